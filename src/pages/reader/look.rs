//! Choosing a reader, and what was found of it.

use super::{On, found, gates};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fields::press;
use crate::probe::session::{Choosing, ListHow};
use crate::probe::text::{Serial, Strings, said};
use crate::probe::wire::Device;
use crate::route::Check;
use rulebase::{Lang, Observed, Probe};

pub fn look(on: On) -> View {
    if let Some(closed) = gates::closed(on) {
        return closed;
    }
    let session = &on.at.desk.reader.session;
    let chosen = session.device.is_some() || session.port.is_some();
    // What is asked now stands above everything.
    let asked = session.choosing.is_some() || session.list_how.is_some();
    let choose = nodes![gates::serial_only(on), choosing(on), helper(on)];
    let let_go = session.let_go.then(|| on.p(Probe::LetGoDone).attr("role", "status"));
    let found = session.seen().iter().any(|o| *o != Observed::NothingPicked);
    match chosen || found {
        true if asked => nodes![choose, el("hr"), found::found(on)],
        // What was found stands above what can be chosen again.
        true => nodes![let_go, found::found(on), el("hr"), choose],
        false => nodes![let_go, choose],
    }
}

/// What a device calls itself.
pub fn called(device: &Device, serial: Serial) -> crate::probe::text::Said {
    let strings = Strings {
        manufacturer: device.maker.as_deref(),
        product: device.model.as_deref(),
        serial: device.serial.as_deref(),
    };
    said(&strings, serial)
}

/// How a device is called on the page.
pub fn named(on: On, device: &Device) -> String {
    let said = called(device, Serial::Out);
    let number = format!("{:04x}:{:04x}", device.vendor, device.product);
    let name = said.product.or(said.manufacturer).unwrap_or_else(|| on.text(Probe::Unnamed));
    let (open, close) = match on.at.words.lang {
        Lang::ZhCn => ("（", "）"),
        Lang::En => (" (", ")"),
    };
    format!("{name}{open}{number}{close}")
}

fn choosing(on: On) -> View {
    let session = &on.at.desk.reader.session;
    if let Some(Choosing { silent, .. }) = session.choosing {
        let asked = silent.then(|| {
            nodes![
                with("h2", on.text(Probe::SeeList)).class("sub").attr("tabindex", "-1"),
                with("p", on.button("see-list-yes", Probe::SeeListYes)),
                with("p", on.button("see-list-no", Probe::SeeListNo)),
            ]
        });
        return nodes![
            on.p(Probe::ChooseHow),
            on.p(Probe::Choosing).class("loading").attr("role", "status"),
            el("div").attr("role", "status").put(asked)
        ];
    }
    if let Some(ListHow { .. }) = session.list_how {
        return nodes![
            with("h2", on.text(Probe::ListHow))
                .class("sub")
                .attr("data-focus", "")
                .attr("tabindex", "-1"),
            with("p", on.button("list-without", Probe::ListWithout)),
            with("p", on.button("list-empty", Probe::ListEmpty)),
            with("p", on.button("list-closed", Probe::ListClosed)),
        ];
    }
    let Some(gates) = &session.gates else { return View::new() };
    let usb = gates.may_usb().then(|| {
        let all = session.all_next.then(|| {
            nodes![
                on.hint(Probe::ShowAllWhy),
                with("p", on.main_button("pick-all", Probe::ChooseAll))
            ]
        });
        let first = match session.device.is_some() {
            true => with("p", on.button("pick-usb", Probe::ChooseAgain)),
            false => with("p", on.main_button("pick-usb", Probe::ChooseUsb)),
        };
        nodes![all, first]
    });
    let serial = gates.may_serial().then(|| {
        let class = if gates.may_usb() { "button second act" } else { "button act" };
        let button = el("button").class(class).attr("type", "button").attr("id", "pick-serial");
        nodes![with("p", button.put(on.text(Probe::ChooseSerial))), on.hint(Probe::SerialListWhy)]
    });
    let known: Vec<Element> = session
        .devices
        .iter()
        .enumerate()
        .filter(|d| session.device.as_ref().map(|s| &s.key) != Some(&d.1.key))
        .map(|(at, d)| press(format!("use-usb-{at}"), &named(on, d)))
        .chain(
            session
                .ports
                .iter()
                .enumerate()
                .filter(|p| session.port.as_ref() != Some(p.1))
                .map(|(at, port)| press(format!("use-serial-{at}"), &found::port_name(on, port))),
        )
        .map(|button| with("p", button))
        .collect();
    let before = (!known.is_empty()).then(|| nodes![on.p(Probe::BeforeChosen), known]);
    nodes![before, usb, serial]
}

fn helper(on: On) -> View {
    nodes![with("p", link(on.to(Check::NotListed)).put(on.text(Probe::Helper)))]
}
