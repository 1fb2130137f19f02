//! The reader check: what it can and cannot tell, a look at a reader, guided tests, a report. Every part is a
//! place of its own; what was seen is kept for as long as the page lives.

mod cable;
mod found;
mod gates;
mod listing;
mod look;
mod report;
mod trials;

pub use report::reader_report;

use super::{At, Cx};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::office::Loaded;
use crate::parts::fields::press;
use crate::parts::fold::fold;
use crate::parts::icon::{Icon, icon};
use crate::route::{Check, Page};
use rulebase::{Observed, Probe, ProbeFile, Ui};

/// What the window is called.
pub fn title(at: At, part: Option<Check>) -> String {
    let Loaded::Here(file) = at.desk.reader.file(at.words.lang) else {
        return at.ui(Ui::ReaderCheck);
    };
    file.words.text(part.map_or(Probe::Title, |part| heading(at, part))).to_string()
}

/// What stands above a part: before anything was chosen, nothing was found.
fn heading(at: At, part: Check) -> Probe {
    let session = &at.desk.reader.session;
    let gates = session.gates.as_ref();
    match part {
        Check::Look if session.device.is_some() || session.port.is_some() => Probe::Results,
        Check::Look if gates.is_some_and(|g| g.may_usb()) => Probe::ChooseUsb,
        Check::Look if gates.is_some_and(|g| g.may_serial()) => Probe::ChooseSerial,
        Check::Look => Probe::Title,
        part => name(part),
    }
}

/// What a part is called.
fn name(part: Check) -> Probe {
    match part {
        Check::Look => Probe::Results,
        Check::NotListed => Probe::Helper,
        Check::Replug => Probe::ReplugTitle,
        Check::Cable => Probe::CableTitle,
        Check::Power => Probe::PowerTitle,
        Check::Serial => Probe::SerialTitle,
        Check::Change => Probe::SwapTitle,
        Check::Other => Probe::OtherTitle,
        Check::Report => Probe::Report,
    }
}

pub fn reader(at: At, part: Option<Check>) -> View {
    let file = match at.desk.reader.file(at.words.lang) {
        Loaded::Here(file) => file,
        Loaded::Missing => {
            let text = with("p", at.ui(Ui::NotLoaded));
            return nodes![text.class("notice").attr("role", "status")];
        }
        Loaded::Coming => {
            let text = with("p", at.ui(Ui::Loading));
            return nodes![text.class("loading").attr("role", "status")];
        }
    };
    let on = On { at, file };
    // Somebody swiped a card where none is wanted: told at once, wherever it was.
    let swiped = at.desk.reader.session.swiped.then(|| on.careful(Probe::DoNotSwipe));
    let body = match part {
        None => start(on),
        Some(Check::Look) => look::look(on),
        Some(Check::NotListed) => listing::listing(on),
        Some(Check::Replug) => trials::replug(on),
        Some(Check::Cable) => cable::cable(on),
        Some(Check::Power) => trials::power(on),
        Some(Check::Serial) => trials::serial(on),
        Some(Check::Change) => trials::change(on),
        Some(Check::Other) => trials::other(on),
        Some(Check::Report) => report::report(on),
    };
    let head = part.map(|part| {
        let whole = link(at.to(Page::Reader(None))).put(on.text(Probe::Title));
        nodes![with("p", whole).class("eyebrow"), with("h1", on.text(heading(at, part)))]
    });
    let body = el("div").class("trial").put(body);
    nodes![with("div", swiped).attr("role", "alert"), head, body]
}

/// What every part of it needs: the place, and the texts.
#[derive(Clone, Copy)]
struct On<'a> {
    at: At<'a>,
    file: &'a ProbeFile,
}

impl<'a> On<'a> {
    fn cx(&self) -> Cx<'a> {
        self.at.cx
    }

    fn text(&self, key: Probe) -> String {
        self.file.words.text(key).to_string()
    }

    fn fill(&self, key: Probe, name: &str, value: &str) -> String {
        self.text(key).replace(&format!("{{{name}}}"), value)
    }

    fn p(&self, key: Probe) -> Element {
        with("p", self.text(key))
    }

    fn hint(&self, key: Probe) -> Element {
        self.p(key).class("hint")
    }

    fn careful(&self, key: Probe) -> Element {
        el("p").class("careful").put(icon(Icon::Careful)).put(with("span", self.text(key)))
    }

    fn button(&self, id: &'static str, key: Probe) -> Element {
        press(id.into(), self.file.words.text(key))
    }

    /// The one that leads on.
    fn main_button(&self, id: &'static str, key: Probe) -> Element {
        let button = el("button").class("button act").attr("type", "button").attr("id", id);
        button.key(id.into()).put(self.text(key))
    }

    fn list(&self, keys: &[Probe]) -> Element {
        let items: Vec<Element> = keys.iter().map(|k| with("li", self.text(*k))).collect();
        el("ul").put(items)
    }

    fn steps(&self, keys: &[Probe]) -> Element {
        let items: Vec<Element> = keys.iter().map(|k| with("li", self.text(*k))).collect();
        el("ol").class("steps").put(items)
    }

    fn to(&self, part: Check) -> String {
        self.at.to(Page::Reader(Some(part)))
    }

    /// A link to a part, under its own name.
    fn part(&self, part: Check) -> Element {
        let key = match part {
            Check::Serial => Probe::SerialCheck,
            part => name(part),
        };
        with("li", link(self.to(part)).class("choice").put(self.text(key)))
    }

    /// What stops a part: the browser cannot look, no device was chosen, or it may be updating. Every part that needs
    /// a device begins with it.
    fn stopped(&self) -> Option<View> {
        if let Some(closed) = gates::closed(*self) {
            return Some(closed);
        }
        let session = &self.at.desk.reader.session;
        if session.device.is_none() {
            let choose =
                link(self.to(Check::Look)).class("button").put(self.text(Probe::ChooseUsb));
            return Some(nodes![self.p(Probe::PowerFirst), with("p", choose)]);
        }
        self.updating()
    }

    /// A device that may be in the middle of an update is left alone until somebody says that it is not.
    fn updating(&self) -> Option<View> {
        let session = &self.at.desk.reader.session;
        let signs = [Observed::UpdateModeClass, Observed::IdChanged];
        let maybe = signs.iter().any(|s| session.seen().contains(s)) && !session.no_update;
        maybe.then(|| {
            let text = with("span", self.text(Probe::MaybeUpdating));
            nodes![
                el("p").class("not").put(icon(Icon::Stop)).put(text),
                with("p", self.button("no-update", Probe::NoUpdate)),
                self.results(),
            ]
        })
    }

    /// Where focus goes when the button that had it is gone.
    fn held(&self, key: Probe) -> Element {
        with("h2", self.text(key)).attr("data-focus", "").attr("tabindex", "-1")
    }

    /// The way back to what was found.
    fn results(&self) -> Element {
        with("p", link(self.to(Check::Look)).class("button second").put(self.text(Probe::Results)))
    }

    /// The way that needs no check.
    fn questions(&self, key: Probe) -> Element {
        let to = self.at.to(Page::Start { more: false });
        with("p", link(to).put(self.text(key)))
    }
}

fn start(on: On) -> View {
    let closed = gates::closed(on);
    let begin = closed.is_none().then(|| {
        let begin = link(on.to(Check::Look)).class("button").put(on.text(Probe::Begin));
        nodes![
            with("h2", on.text(Probe::Before)).class("sub"),
            on.list(&[Probe::Before1, Probe::Before2]),
            el("p").class("not").put(icon(Icon::Stop)).put(with("span", on.text(Probe::Before3))),
            with("p", begin),
        ]
    });
    let can = on.list(&[Probe::Can1, Probe::Can2, Probe::Can3, Probe::Can4]);
    let never =
        on.list(&[Probe::Never1, Probe::Never2, Probe::Never3, Probe::Never4, Probe::Never5]);
    nodes![
        with("h1", on.text(Probe::Title)),
        with("p", on.text(Probe::Claim)).class("claim"),
        on.p(Probe::ForWhom),
        closed,
        begin,
        on.questions(Probe::ToQuestions),
        with("h2", on.text(Probe::Cannot)).class("sub"),
        on.list(&[Probe::Cannot1, Probe::Cannot2, Probe::Cannot3]),
        fold(on.text(Probe::Can), can),
        fold(on.text(Probe::Never), never),
    ]
}
