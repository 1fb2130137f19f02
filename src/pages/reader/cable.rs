//! The cable test: a proof, then four parts, each with a picture and the same in words.

use super::On;
use super::trials::shown;
use crate::node::{Element, View, el, with};
use crate::nodes;
use crate::probe::cable::{PART, SHOWN, Stage};
use rulebase::Probe;

const PARTS: [(Probe, Probe); 4] = [
    (Probe::PhaseStill, Probe::PhaseStillDo),
    (Probe::PhaseReader, Probe::PhaseReaderDo),
    (Probe::PhaseComputer, Probe::PhaseComputerDo),
    (Probe::PhaseStillAgain, Probe::PhaseStillAgainDo),
];

pub fn cable(on: On) -> View {
    if let Some(stopped) = on.stopped() {
        return stopped;
    }
    let test = &on.at.desk.reader.session.cable;
    let body = match test.stage {
        Stage::Idle => nodes![
            on.p(Probe::CableWhy),
            on.careful(Probe::CableBefore),
            with("p", on.main_button("cable-start", Probe::CableStart)),
        ],
        Stage::ProofOut(_) => proof(on, Probe::ProofOut),
        Stage::ProofIn(_) => nodes![proof(on, Probe::ProofIn), again(on)],
        Stage::Ready(part) => ready(on, part),
        Stage::Running(part, until) => running(on, part, until),
        Stage::Failed if test.text == Some(Probe::ProofNotBack) => nodes![
            head(on, Probe::ProofNotBack),
            on.p(Probe::ReplugNone),
            with("p", on.button("cable-start", Probe::Again)),
        ],
        Stage::Failed => nodes![
            head(on, Probe::ProofFailed),
            on.p(Probe::ProofFailedWhy),
            on.list(&[Probe::ProofFailed1, Probe::ProofFailed2, Probe::ProofFailed3]),
            with("p", on.button("cable-start", Probe::Again)),
        ],
        Stage::Done => done(on),
    };
    let runs = test.runs();
    let stop = runs.then(|| {
        nodes![
            with("p", on.button("cable-skip", Probe::Skip)),
            with("p", on.button("cable-stop", Probe::Stop)),
        ]
    });
    nodes![body, stop, (!runs).then(|| on.results())]
}

/// What a step is called; focus comes here where the button of the last one is gone.
fn head(on: On, key: Probe) -> Element {
    held(on.text(key))
}

fn held(text: String) -> Element {
    with("h2", text).attr("data-focus", "").attr("tabindex", "-1")
}

fn proof(on: On, what: Probe) -> View {
    nodes![
        head(on, Probe::ProofTitle),
        on.p(Probe::ProofWhy),
        picture(on, Some(Probe::ComputerEnd), what == Probe::ProofIn),
        with("p", with("strong", on.text(what))).attr("role", "status"),
    ]
}

/// A reader without a serial number does not come back by itself.
fn again(on: On) -> Option<View> {
    let session = &on.at.desk.reader.session;
    let nameless =
        session.device.as_ref().is_some_and(|d| d.serial.as_deref().unwrap_or_default().is_empty());
    (nameless && session.out.is_some()).then(|| {
        nodes![on.hint(Probe::ProofPick), with("p", on.button("pick-usb", Probe::PickToGoOn)),]
    })
}

fn number(on: On, part: usize) -> String {
    on.fill(Probe::Phase, "n", &(part + 1).to_string()).replace("{of}", "4")
}

fn ready(on: On, part: usize) -> View {
    let test = &on.at.desk.reader.session.cable;
    let (name, what) = PARTS[part];
    let paused = test.paused.then(|| on.careful(Probe::Paused));
    let out = on.at.desk.reader.session.out.is_some();
    // What is said aloud: the deliberate proof is done, or the last part is, or the reader is away.
    let good = match (out, part) {
        (true, _) => Some(on.text(Probe::GoneNow)),
        (_, _) if test.paused => None,
        (_, 0) => Some(on.text(Probe::ProofGood)),
        (_, part) => Some(on.fill(Probe::PartOver, "n", &part.to_string())),
    };
    nodes![
        with("p", number(on, part)).class("eyebrow"),
        head(on, name),
        with("p", good).attr("role", "status"),
        paused,
        counts(on, part),
        picture(on, end(part), out),
        on.p(what),
        again(on),
        // While it is away there is nothing to count.
        (!out).then(|| with("p", on.main_button("cable-next", Probe::CableNext))),
    ]
}

fn running(on: On, part: usize, until: u64) -> View {
    let session = &on.at.desk.reader.session;
    let (name, what) = PARTS[part];
    let left = until.saturating_sub(on.at.desk.reader.now).min(PART).div_ceil(1000);
    let count = session.cable.breaks[part].unwrap_or(0);
    let counted = match count {
        0 => on.text(Probe::CountNone),
        n => on.fill(Probe::Count, "n", &n.to_string()),
    };
    let gone = session.out.is_some();
    let state = gone.then(|| on.text(Probe::GoneNow));
    nodes![
        with("p", number(on, part)).class("eyebrow"),
        head(on, name),
        on.p(what),
        picture(on, end(part), gone),
        // The seconds are for the eye; a screen reader hears the breaks.
        with("p", on.fill(Probe::PhaseLeft, "s", &left.to_string())).attr("aria-live", "off"),
        with("p", with("strong", counted)).attr("role", "status"),
        el("p").attr("role", "status").put(state),
        again(on),
    ]
}

fn done(on: On) -> View {
    let test = &on.at.desk.reader.session.cable;
    let text = match test.text {
        Some(Probe::ResultBoth) => Some((Probe::ResultBoth, Some(Probe::ResultBothNext))),
        Some(Probe::ResultLate) => Some((Probe::ResultLate, Some(Probe::ResultLateNext))),
        Some(Probe::ResultEndLate) => {
            let found = shown(on, &SHOWN);
            return nodes![head(on, Probe::ResultEndLate), found, counts(on, 4), repeat(on)];
        }
        Some(Probe::ResultOnce) => Some((Probe::ResultOnce, Some(Probe::ResultOnceNext))),
        Some(_) => Some((Probe::ResultVoid, None)),
        None => None,
    };
    let said = match text {
        Some((what, next)) => nodes![head(on, what), next.map(|n| on.p(n))],
        None => nodes![head(on, Probe::Results), shown(on, &SHOWN)],
    };
    nodes![said, counts(on, 4), repeat(on)]
}

fn repeat(on: On) -> Element {
    with("p", on.button("cable-start", Probe::Again))
}

/// What was counted in the parts before this one.
pub fn counts(on: On, before: usize) -> Option<Element> {
    let test = &on.at.desk.reader.session.cable;
    let items: Vec<Element> = lines(on, before).into_iter().map(|text| with("li", text)).collect();
    (before > 0 && test.proved).then(|| el("ul").put(items))
}

/// The same as texts.
pub fn lines(on: On, before: usize) -> Vec<String> {
    let test = &on.at.desk.reader.session.cable;
    let parts = PARTS.iter().zip(test.breaks).take(before);
    parts
        .map(|((name, _), breaks)| match breaks {
            Some(n) => {
                on.fill(Probe::PhaseCount, "phase", &on.text(*name)).replace("{n}", &n.to_string())
            }
            None if test.stage == Stage::Done => {
                on.fill(Probe::PhaseSkipped, "phase", &on.text(*name))
            }
            None => format!("{} – {}", on.text(*name), on.text(Probe::ReportNotDone)),
        })
        .collect()
}

/// The end that is moved in a part.
fn end(part: usize) -> Option<Probe> {
    match part {
        1 => Some(Probe::ReaderEnd),
        2 => Some(Probe::ComputerEnd),
        _ => None,
    }
}

/// Reader, cable, computer; the end that is moved stands out, and a break shows as a gap. What it says stands
/// in words beside it.
fn picture(on: On, moved: Option<Probe>, gone: bool) -> Element {
    let rect = |x: &'static str, width: &'static str, height: &'static str, y: &'static str| {
        el("rect")
            .attr("x", x)
            .attr("y", y)
            .attr("width", width)
            .attr("height", height)
            .attr("rx", "6")
    };
    let plug = |x: &'static str, here: bool| {
        let class = if here { "plug moved" } else { "plug" };
        rect(x, "22", "20", "40").class(class)
    };
    let line = match gone {
        true => "M96 50h40M184 50h40",
        false => "M96 50h128",
    };
    let class = if gone { "wire gone" } else { "wire" };
    let label = |x: &'static str, key: Probe| {
        el("text").attr("x", x).attr("y", "94").attr("text-anchor", "middle").put(on.text(key))
    };
    el("svg")
        .class("cable")
        .attr("viewBox", "0 0 320 104")
        .attr("role", "img")
        .attr("aria-label", on.text(moved.unwrap_or(Probe::CablePicture)))
        .put(nodes![
            rect("8", "66", "56", "22").class("device"),
            el("path").class(class).attr("d", line),
            plug("74", moved == Some(Probe::ReaderEnd)),
            plug("224", moved == Some(Probe::ComputerEnd)),
            rect("246", "66", "56", "22").class("device"),
            label("42", Probe::ReaderEnd),
            label("278", Probe::ComputerEnd),
        ])
}
