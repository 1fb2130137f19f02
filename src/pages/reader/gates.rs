//! Where the browser, the address, the frame or the site keeps the check from looking: what to do instead.

use super::On;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fold::fold;
use crate::parts::icon::{Icon, icon};
use crate::probe::wire::Kind;
use rulebase::{Observed, Probe, Ui};

/// Why the check cannot go on here; `None` if it can.
pub fn closed(on: On) -> Option<View> {
    let session = &on.at.desk.reader.session;
    let Some(gates) = &session.gates else {
        let text = with("p", on.at.ui(Ui::Loading));
        return Some(nodes![text.class("loading").attr("role", "status")]);
    };
    let seen = |what: Observed| session.seen().contains(&what);
    let why = if seen(Observed::InsecureContext) {
        nodes![told(on, [Probe::InsecureTitle, Probe::InsecureWhy, Probe::InsecureDo])]
    } else if seen(Observed::NoDeviceApi) {
        nodes![
            told(on, [Probe::UnsupportedTitle, Probe::UnsupportedWhy, Probe::UnsupportedDo]),
            address(on),
        ]
    } else if seen(Observed::ChooserSilent) {
        nodes![
            told(on, [Probe::NoListTitle, Probe::NoListWhy, Probe::NoListDo]),
            address(on),
            with(
                "p",
                match session.asked {
                    Kind::Usb => on.button("pick-all", Probe::ChooseAgain),
                    Kind::Serial => on.button("pick-serial", Probe::ChooseAgain),
                }
            ),
        ]
    } else if seen(Observed::PolicyDenied) && gates.framed {
        let own = link(on.at.desk.address.clone() + &on.at.route.fragment(on.at.base));
        let own = own.attr("target", "_blank").attr("rel", "noopener").class("button");
        let head = with("h2", nodes![icon(Icon::Careful), on.text(Probe::FramedTitle)]);
        nodes![
            el("section").class("panel").put(nodes![head.class("sub"), on.p(Probe::FramedWhy)]),
            with("p", own.put(on.text(Probe::FramedDo))),
            developers(on, true),
        ]
    } else if seen(Observed::PolicyDenied) {
        nodes![
            told(on, [Probe::NotAllowedTitle, Probe::NotAllowedWhy, Probe::NotAllowedDo]),
            developers(on, false),
            told(on, [Probe::CompanyTitle, Probe::CompanyWhy, Probe::CompanyDo]),
        ]
    } else {
        return None;
    };
    let instead = on.p(Probe::QuestionsInstead);
    Some(nodes![why, instead, on.questions(Probe::ToQuestions)])
}

/// This browser sees one kind only.
pub fn serial_only(on: On) -> Option<Element> {
    let gates = on.at.desk.reader.session.gates.as_ref()?;
    let why = match (gates.usb, gates.usb_allowed) {
        (false, _) => [Probe::SerialOnlyTitle, Probe::SerialOnlyWhy, Probe::SerialOnlyDo],
        (true, false) => [Probe::NotAllowedTitle, Probe::NotAllowedWhy, Probe::NotAllowedDo],
        (true, true) => return None,
    };
    gates.may_serial().then(|| told(on, why))
}

fn told(on: On, [title, why, what]: [Probe; 3]) -> Element {
    let head = with("h2", nodes![icon(Icon::Careful), on.text(title)]).class("sub");
    let what = with("p", with("strong", on.text(what)));
    el("section").class("panel").put(nodes![head, on.p(why), what])
}

/// What a bank's developer has to add.
fn developers(on: On, framed: bool) -> Element {
    let frame = framed.then(|| on.p(Probe::DeveloperFrame));
    let body = nodes![frame, on.p(Probe::DeveloperHeader), on.p(Probe::DeveloperNoMore)];
    fold(on.text(Probe::DeveloperTitle), body)
}

/// The address of this place, to be opened in another browser.
fn address(on: On) -> View {
    let here = on.at.desk.address.clone() + &on.at.route.fragment(on.at.base);
    let said = on.at.desk.reader.said.map(|key| on.text(key));
    let label = format!("{}{}", on.text(Probe::Address), on.at.ui(Ui::Colon));
    nodes![
        with("p", nodes![label, el("span").class("address").attr("id", "letter").put(here)]),
        with("p", on.button("copy", Probe::LinkCopy)),
        el("p").class("said").attr("role", "status").put(said),
    ]
}
