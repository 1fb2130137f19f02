//! The shorter tests: plugging in anew, power, the serial port, a change, another computer.

use super::{On, gates};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fields::choice as choice_of;
use crate::parts::icon::{Icon, icon};
use crate::probe::session::{Adapter, LISTEN, LISTENED, LOAD, Plugged, RATES, Replug};
use crate::route::Check;
use rulebase::{Observed, Probe, Word};

pub fn replug(on: On) -> View {
    if let Some(stopped) = on.stopped() {
        return stopped;
    }
    let session = &on.at.desk.reader.session;
    let nameless =
        session.device.as_ref().is_some_and(|d| d.serial.as_deref().unwrap_or_default().is_empty());
    let pick =
        nodes![on.hint(Probe::ProofPick), with("p", on.button("pick-usb", Probe::ChooseAgain))];
    let status = |key: Probe| with("p", with("strong", on.text(key))).attr("role", "status");
    let steps = on.steps(&[Probe::Replug1, Probe::Replug2, Probe::Replug3]);
    let body = match session.replug {
        Replug::Idle => nodes![
            on.p(Probe::ReplugWhy),
            on.careful(Probe::CableBefore),
            with("p", on.main_button("replug-start", Probe::Begin)),
        ],
        Replug::Out(_) => nodes![on.held(Probe::ReplugOut), steps],
        Replug::In => nodes![
            on.held(Probe::ReplugWaiting),
            status(Probe::ProofIn),
            nameless.then_some(pick),
            session.seen().contains(&Observed::NotBack).then(|| on.careful(Probe::ReplugNone)),
        ],
        Replug::Back => nodes![
            on.held(Probe::Results),
            shown(on, &[Observed::ReplugAnswered, Observed::IdChanged]),
            with("p", on.button("replug-start", Probe::Again)),
        ],
        Replug::Unheard => nodes![
            on.held(Probe::ProofFailed),
            on.p(Probe::ProofFailedWhy),
            on.list(&[Probe::ProofFailed1, Probe::ProofFailed2, Probe::ProofFailed3]),
            with("p", on.button("replug-start", Probe::Again)),
        ],
    };
    nodes![body, on.results()]
}

/// What some observations mean, where they were made.
pub fn shown(on: On, of: &[Observed]) -> View {
    let seen = on.at.desk.reader.session.seen();
    let all = on.file.findings.iter().zip(&on.file.words.findings);
    let cards: Vec<Element> = all
        .filter(|(f, _)| of.contains(&f.when) && seen.contains(&f.when))
        .map(|(_, text)| {
            let body = nodes![
                with("p", with("strong", text.name.clone())),
                with("p", text.proves.clone()),
                with("p", text.not.clone()),
                with("p", text.next.clone()),
            ];
            el("div").class("panel").put(body)
        })
        .collect();
    nodes![el("div").attr("role", "status").put(cards)]
}

pub fn power(on: On) -> View {
    if let Some(stopped) = on.stopped() {
        return stopped;
    }
    let session = &on.at.desk.reader.session;
    let power = session.power;
    let says = session.milliamps().map(|n| {
        let own = session
            .read
            .as_ref()
            .and_then(|r| r.answer("configuration"))
            .is_some_and(|b| b.get(7).is_some_and(|bits| bits & 0x40 != 0));
        match own {
            true => on.p(Probe::PowerSaysOwn),
            false => with("p", on.fill(Probe::PowerSaysBus, "n", &n.to_string())),
        }
    });
    let plugged = [
        (Plugged::Direct, Probe::PowerDirect),
        (Plugged::OwnHub, Probe::PowerHubOwn),
        (Plugged::Hub, Probe::PowerHub),
    ];
    let adapter = [
        (Adapter::Yes, Probe::PowerAdapterYes),
        (Adapter::No, Probe::PowerAdapterNo),
        (Adapter::None, Probe::PowerAdapterNone),
    ];
    let watch = match (session.out.is_some(), power.until) {
        (_, Some(_)) => {
            let text = on.fill(Probe::PowerWatching, "s", &(LOAD / 1000).to_string());
            nodes![
                with("p", text).class("loading").attr("data-focus", "").attr("tabindex", "-1"),
                on.p(Probe::PowerDo),
            ]
        }
        (true, None) => nodes![on.careful(Probe::GoneNow)],
        (false, None) => {
            let stayed = power.stayed.then(|| {
                nodes![
                    on.p(Probe::PowerStayed).attr("role", "status"),
                    on.p(Probe::NotTested),
                    on.p(Probe::PowerAgain)
                ]
            });
            nodes![
                stayed,
                on.p(Probe::PowerDo),
                with("p", on.main_button("power-start", Probe::PowerDone)),
            ]
        }
    };
    let of = [Observed::WeakHub, Observed::SelfPoweredNoAdapter, Observed::DropsUnderLoad];
    nodes![
        on.p(Probe::PowerWhy),
        on.careful(Probe::CableBefore),
        says,
        choice(on, "power-plugged", Probe::PowerHow, &plugged, power.plugged),
        choice(on, "power-adapter", Probe::PowerAdapter, &adapter, power.adapter),
        watch,
        shown(on, &of),
        on.results(),
    ]
}

fn choice<W: Word>(
    on: On,
    id: &str,
    label: Probe,
    options: &[(W, Probe)],
    chosen: Option<W>,
) -> Element {
    let mut all = vec![("", "—".to_string())];
    all.extend(options.iter().map(|(word, key)| (word.spelled(), on.text(*key))));
    choice_of(id.into(), &on.text(label), &all, chosen.map_or("", Word::spelled))
}

pub fn serial(on: On) -> View {
    if let Some(closed) = gates::closed(on) {
        return closed;
    }
    let session = &on.at.desk.reader.session;
    if session.port.is_none() {
        let pick = with("p", on.main_button("pick-serial", Probe::ChooseSerial));
        return nodes![on.p(Probe::SerialListWhy), pick, on.results()];
    }
    let line = &session.line;
    let count = on.fill(Probe::SerialCount, "n", &line.bytes.to_string());
    if line.listening {
        let text = on.fill(Probe::SerialListening, "s", &LISTEN.to_string());
        return nodes![
            with("p", text).class("loading").attr("data-focus", "").attr("tabindex", "-1"),
            with("p", count).attr("aria-live", "off"),
            with("p", on.button("serial-stop", Probe::Stop)),
        ];
    }
    let closed = line.over.then(|| {
        let said = match line.closed {
            true => on.p(Probe::SerialClosed),
            false => on.careful(Probe::SerialNotClosed),
        };
        nodes![on.held(Probe::Results), with("p", count), with("div", said).attr("role", "status")]
    });
    let rates: Vec<(String, String)> =
        RATES.iter().map(|r| (r.to_string(), r.to_string())).collect();
    let rates: Vec<(&str, String)> = rates.iter().map(|r| (r.0.as_str(), r.1.clone())).collect();
    let never = with("strong", on.text(Probe::SerialOpenNever));
    nodes![
        closed,
        shown(on, &LISTENED),
        with("h2", on.text(Probe::SerialOpenTitle)).class("sub"),
        el("p").class("not").put(icon(Icon::Stop)).put(never),
        on.p(Probe::SerialOpenWhy),
        on.list(&[Probe::SerialOpen1, Probe::SerialOpen2]),
        choice_of("rate".into(), &on.text(Probe::SerialRate), &rates, &session.rate.to_string()),
        with("p", on.button("serial-yes", Probe::SerialOpenYes)),
        with("p", link(on.to(Check::Look)).class("button").put(on.text(Probe::SerialOpenNo))),
    ]
}

pub fn change(on: On) -> View {
    if let Some(stopped) = on.updating() {
        return stopped;
    }
    let session = &on.at.desk.reader.session;
    let body = match session.changed {
        None => nodes![
            on.p(Probe::SwapWhy),
            on.careful(Probe::Before1),
            with("p", on.button("changed-cable", Probe::SwapCable)),
            with("p", on.button("changed-port", Probe::SwapPort)),
        ],
        Some(_) => nodes![
            on.held(Probe::SwapAsk),
            with("p", on.button("change-gone", Probe::SwapGone)),
            with("p", on.button("change-same", Probe::SwapSame)),
        ],
    };
    nodes![body, shown(on, &[Observed::FixedByCable, Observed::FixedByPort]), on.results()]
}

pub fn other(on: On) -> View {
    if let Some(stopped) = on.updating() {
        return stopped;
    }
    nodes![
        on.p(Probe::OtherWhy),
        on.steps(&[Probe::Other1, Probe::Other2, Probe::Other3]),
        with("h2", on.text(Probe::OtherAsk)).class("sub"),
        with("p", on.button("other-same", Probe::OtherSame)),
        with("p", on.button("other-fine", Probe::OtherFine)),
        with("p", on.button("other-none", Probe::OtherNone)),
        shown(on, &[Observed::SameOnOtherComputer, Observed::FineOnOtherComputer]),
        on.results(),
    ]
}
