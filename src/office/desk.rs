//! What the office's pages work with: what was loaded for them, and what the visitor told there. It is
//! kept for as long as the page lives, and nowhere else unless the visitor wants it kept.

use super::counter::Counter;
use super::kit::Keep;
use super::reader::Reader;
use crate::rights::{Amount, Facts};
use rulebase::{
    Blank, CardKind, Claim, ClaimFile, Date, Event, GuideFile, Lang, Place, PlaceFile, Situation,
    Word,
};
use std::collections::BTreeSet;

/// A file that is loaded when it is first needed.
#[derive(Debug, Clone, PartialEq)]
pub enum Loaded<T> {
    Coming,
    Missing,
    Here(T),
}

/// What a page needs before it can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Claims(Lang),
    Place(Place, Lang),
    Guides(Lang),
    Probe(Lang),
    /// What is known of devices.
    Devices,
}

impl Want {
    /// What its file is called before a build names it for its content.
    pub fn file(self) -> String {
        match self {
            Want::Claims(lang) => format!("claims-{}.bin", lang.spelled()),
            Want::Guides(lang) => format!("guides-{}.bin", lang.spelled()),
            Want::Probe(lang) => format!("probe-{}.bin", lang.spelled()),
            Want::Devices => "devices.bin".into(),
            Want::Place(place, lang) => {
                format!("rights-{}-{}.bin", place.spelled(), lang.spelled())
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Desk {
    claims: Vec<(Lang, Loaded<ClaimFile>)>,
    places: Vec<(Place, Lang, Loaded<PlaceFile>)>,
    guides: Vec<(Lang, Loaded<GuideFile>)>,
    /// What the merchant's pages work with.
    pub counter: Counter,
    /// What the reader check works with.
    pub reader: Reader,
    /// Where this app lies, for what is printed.
    pub address: String,
    pub facts: Facts,
    /// The amount as it was typed, also where it is none.
    pub amount: String,
    pub currency: String,
    /// What letters are filled with besides the dates and the amount. Without card numbers.
    texts: Vec<(Blank, String)>,
    /// What the visitor noted, in the order in which it was written down.
    pub lines: Vec<Line>,
    /// What happened, on the page about rights that was open last.
    pub situation: Option<Situation>,
    /// Date fields with a day that there is not, by their ids.
    pub no_days: Vec<String>,
    /// The papers that the visitor has, by their ids.
    pub papers: BTreeSet<String>,
    pub keep: Keep,
    /// When what is kept is to go, in milliseconds since 1970.
    pub until: Option<u64>,
    /// What the last button did.
    pub said: Option<Claim>,
    /// What was here before a file was opened.
    pub before: Option<String>,
}

/// Something that happened, as the visitor tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    pub date: Option<Date>,
    pub text: String,
}

impl Desk {
    /// An empty one; `address` is where the app lies.
    pub fn at(address: &str) -> Desk {
        Desk { address: address.into(), ..Desk::default() }
    }

    pub fn claims(&self, lang: Lang) -> &Loaded<ClaimFile> {
        self.claims.iter().find(|c| c.0 == lang).map_or(&Loaded::Coming, |c| &c.1)
    }

    pub fn place(&self, place: Place, lang: Lang) -> &Loaded<PlaceFile> {
        let found = self.places.iter().find(|p| p.0 == place && p.1 == lang);
        found.map_or(&Loaded::Coming, |p| &p.2)
    }

    pub fn guides(&self, lang: Lang) -> &Loaded<GuideFile> {
        self.guides.iter().find(|g| g.0 == lang).map_or(&Loaded::Coming, |g| &g.1)
    }

    pub fn set_guides(&mut self, lang: Lang, file: Loaded<GuideFile>) {
        self.guides.retain(|g| g.0 != lang);
        self.guides.push((lang, file));
    }

    /// Whether something was neither loaded nor asked for.
    pub fn lacks(&self, want: Want) -> bool {
        match want {
            Want::Claims(lang) => self.claims.iter().all(|c| c.0 != lang),
            Want::Guides(lang) => self.guides.iter().all(|g| g.0 != lang),
            Want::Probe(_) | Want::Devices => self.reader.lacks(want),
            Want::Place(place, lang) => self.places.iter().all(|p| (p.0, p.1) != (place, lang)),
        }
    }

    /// Forgets what did not come, so that it is asked for again.
    pub fn forget_missing(&mut self) {
        self.claims.retain(|c| !matches!(c.1, Loaded::Missing));
        self.guides.retain(|g| !matches!(g.1, Loaded::Missing));
        self.places.retain(|p| !matches!(p.2, Loaded::Missing));
        self.reader.forget_missing();
    }

    /// Remembers that a file was asked for.
    pub fn ask(&mut self, want: Want) {
        match want {
            Want::Claims(lang) => self.set_claims(lang, Loaded::Coming),
            Want::Guides(lang) => self.set_guides(lang, Loaded::Coming),
            Want::Probe(_) | Want::Devices => self.reader.ask(want),
            Want::Place(place, lang) => self.set_place(place, lang, Loaded::Coming),
        }
    }

    /// Takes a file in; `None`, or what is none of ours, is a file that did not come.
    pub fn give(&mut self, want: Want, bytes: Option<&[u8]>) {
        match want {
            // What the other room loads.
            Want::Guides(_) if !super::SHOP => {}
            Want::Claims(_) | Want::Place(..) if !super::CLAIMS => {}
            Want::Probe(_) | Want::Devices if !super::READER => {}
            Want::Probe(_) | Want::Devices => self.reader.give(want, bytes),
            Want::Claims(lang) => {
                let file = bytes.and_then(|b| ClaimFile::from_bytes(b).ok());
                self.set_claims(lang, file.map_or(Loaded::Missing, Loaded::Here));
            }
            Want::Guides(lang) => {
                let file = bytes.and_then(|b| GuideFile::from_bytes(b).ok());
                self.set_guides(lang, file.map_or(Loaded::Missing, Loaded::Here));
            }
            Want::Place(place, lang) => {
                let file = bytes.and_then(|b| PlaceFile::from_bytes(b).ok());
                self.set_place(place, lang, file.map_or(Loaded::Missing, Loaded::Here));
            }
        }
    }

    pub fn set_claims(&mut self, lang: Lang, file: Loaded<ClaimFile>) {
        self.claims.retain(|c| c.0 != lang);
        self.claims.push((lang, file));
    }

    pub fn set_place(&mut self, place: Place, lang: Lang, file: Loaded<PlaceFile>) {
        self.places.retain(|p| (p.0, p.1) != (place, lang));
        self.places.push((place, lang, file));
    }

    pub fn text(&self, blank: Blank) -> &str {
        self.texts.iter().find(|t| t.0 == blank).map_or("", |t| &t.1)
    }

    /// Takes in what a field holds; the field is named by its id.
    pub fn take(&mut self, field: &str, value: &str) {
        self.said = None;
        self.before = None;
        self.no_days.retain(|f| f != field);
        if value == NO_DAY {
            self.no_days.push(field.into());
            return;
        }
        if let Some(line) = field.strip_prefix("line-") {
            self.take_line(line, value);
            return;
        }
        if let Some(paper) = field.strip_prefix("paper-") {
            match value {
                "on" => self.papers.insert(paper.into()),
                _ => self.papers.remove(paper),
            };
            return;
        }
        if let Some(event) = field.strip_prefix("date-").and_then(Event::parse) {
            self.facts.set(event, value.parse().ok());
            return;
        }
        match field {
            "amount" => self.amount = short(value),
            "currency" => self.currency = short(value).trim().to_ascii_uppercase(),
            "card" => {
                let kind = CardKind::parse(value).filter(|c| *c != CardKind::Any);
                self.facts.card = kind;
            }
            _ => {
                if let Some(blank) = field.strip_prefix("blank-").and_then(Blank::parse) {
                    self.texts.retain(|t| t.0 != blank);
                    self.texts.push((blank, short(value)));
                }
            }
        }
        self.facts.amount = Amount::read(&self.amount, &self.currency);
    }

    /// A line's date or text: `3-date`, `3-text`.
    fn take_line(&mut self, field: &str, value: &str) {
        let Some((at, part)) = field.split_once('-') else { return };
        let line = at.parse::<usize>().ok().and_then(|at| self.lines.get_mut(at));
        match (line, part) {
            (Some(line), "date") => line.date = value.parse().ok(),
            (Some(line), "text") => line.text = short(value),
            _ => {}
        }
    }

    /// Puts other facts in place of those that were told.
    pub fn replace(
        &mut self,
        facts: Facts,
        amount: String,
        currency: String,
        texts: Vec<(Blank, String)>,
    ) {
        self.facts = facts;
        self.facts.amount = Amount::read(&amount, &currency);
        (self.amount, self.currency, self.texts) = (amount, currency, texts);
    }

    /// Forgets all that was told; what was loaded stays.
    pub fn wipe(&mut self) {
        let old = std::mem::take(self);
        let Desk { claims, places, guides, counter, reader, address, .. } = old;
        *self = Desk { claims, places, guides, counter, reader, address, ..Desk::default() };
    }

    /// What a blank of a letter is filled with; `None` if that was not told.
    pub fn fill(&self, blank: Blank, today: Date, lang: Lang) -> Option<String> {
        let written = |d: Date| match lang {
            Lang::ZhCn => format!("{}年{}月{}日", d.year, d.month, d.day),
            Lang::En => d.to_string(),
        };
        let date = |event: Event| self.facts.date(event).map(written);
        match blank {
            Blank::Today => Some(written(today)),
            Blank::Basis => None,
            Blank::Transaction => date(Event::Transaction),
            Blank::Noticed => date(Event::Noticed),
            Blank::Statement => date(Event::Statement),
            Blank::Complained => date(Event::Complained),
            Blank::Answered => date(Event::Answered),
            Blank::Refund => date(Event::Refund),
            Blank::Amount => {
                let amount = self.facts.amount.as_ref().filter(|a| !a.currency.is_empty())?;
                let (whole, part) = (amount.cents / 100, amount.cents % 100);
                // Yen and won have no smaller coin.
                let coins = part > 0 || !matches!(amount.currency.as_str(), "JPY" | "KRW");
                let part = if coins { format!(".{part:02}") } else { String::new() };
                Some(format!("{whole}{part} {}", amount.currency))
            }
            blank => Some(self.text(blank).trim()).filter(|t| !t.is_empty()).map(str::to_string),
        }
    }
}

/// What a date field tells where somebody wrote a day that there is not.
pub const NO_DAY: &str = "no such day";

/// Nobody's name or answer is longer than this; what is pasted beyond it is left out.
const LONGEST: usize = 600;

/// As much of a text as a field holds.
pub fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST).collect()
}
