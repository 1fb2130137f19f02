//! A bank's configuration: read, checked against our rules, and put into what the app loads. What contradicts a rule
//! or an alert is refused and told; the rest holds.
//!
//! Pure: text and rules in, rules, words and problems out. It never fetches anything, and it never weakens an alert.

mod colours;
mod config;
mod look_up;
mod read;
mod refused;
#[cfg(feature = "schema")]
pub mod schema;
mod texts;

pub use colours::{DARK, LIGHT};

use crate::engine::Case;
use crate::engine::alerts::Alerts;
use crate::guard;
use config::{Both, Config};
use look_up::{OwnCode, OwnMessage};
use rulebase::{
    AlertLevel, Bank, BankLink, Base, ComplaintIx, Hotline, InBoth, Lookup, LookupWords, Place,
    Role, Set, Word, Words,
};
use std::fmt;
use texts::Slot;

/// Something that is left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field: `hotlines.0.number`; empty for the whole.
    pub at: String,
    /// What is wrong and what was expected, in English: it is for those who write configurations.
    pub what: String,
}

impl Problem {
    fn new(at: impl Into<String>, what: impl Into<String>) -> Problem {
        Problem { at: at.into(), what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at.as_str() {
            "" => f.write_str(&self.what),
            at => write!(f, "{at}: {}", self.what),
        }
    }
}

/// What of a configuration holds.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// Nothing in it says anything.
    pub is_empty: bool,
    /// Custom properties for the style sheet, name and value.
    pub tokens: Vec<(String, String)>,
    bank: Bank,
    texts: Vec<(Slot, InBoth)>,
    messages: Vec<OwnMessage>,
    codes: Vec<OwnCode>,
}

/// Reads a configuration that the page of an origin handed over, or none for one that is built in. `base` is ours, as it was before.
pub fn prepare(text: &str, host: &str, base: &Base) -> (Prepared, Vec<Problem>) {
    let (mut config, problems) = read::read(text);
    config.schema.clear();
    let told = problems.len();
    let mut check = Check { base, problems };
    if config == Config::default() {
        return (Prepared { is_empty: true, ..Prepared::default() }, check.problems);
    }
    check.whole(&config);
    // Without a name nobody would know whose words and numbers these are.
    let Some(name) = check.both("name", &config.name, 60) else {
        return (Prepared { is_empty: true, ..Prepared::default() }, check.problems);
    };
    let mut prepared = Prepared::default();
    let hidden = check.topics(&config);
    prepared.bank = Bank {
        name,
        host: host.into(),
        hotlines: check.hotlines(&config),
        links: check.links(&config),
        places: check.places(&config),
        hidden,
        first: check.complaints("topics.first", &config.topics.first),
        no_guides: config.topics.hide.iter().any(|t| t == GUIDES),
        notes: Vec::new(),
    };
    prepared.texts = texts::check(&mut check, &config);
    prepared.messages = look_up::messages(&mut check, &config);
    prepared.codes = look_up::codes(&mut check, &config);
    prepared.tokens = colours::tokens(&config.look, &mut check.problems);
    let (shape, sense) = check.problems.split_at(told);
    // What was left out for its shape is missed by the rest; it was told already.
    let within = |a: &str, b: &str| a == b || a.strip_prefix(b).is_some_and(|r| r.starts_with('.'));
    let known = |p: &&Problem| !shape.iter().any(|s| within(&s.at, &p.at) || within(&p.at, &s.at));
    let problems = shape.iter().chain(sense.iter().filter(known)).cloned().collect();
    (prepared, problems)
}

/// The topic that is no complaint.
const GUIDES: &str = "guides";

impl Prepared {
    /// Puts it into the rules.
    pub fn base(&self, base: &mut Base) {
        let mut bank = self.bank.clone();
        bank.notes = texts::notes(&self.texts);
        base.bank = (!self.is_empty).then(|| Box::new(bank));
    }

    /// Puts it into a language's words.
    pub fn words(&self, words: &mut Words) {
        texts::apply(&self.texts, words);
    }

    /// Puts it into the look-up, and tells what contradicts it. To be done before [`Prepared::look_up_words`].
    pub fn look_up(&mut self, lookup: &mut Lookup) -> Vec<Problem> {
        look_up::apply(&mut self.messages, &mut self.codes, lookup)
    }

    /// Puts it into a language's words for the look-up.
    pub fn look_up_words(&self, words: &mut LookupWords) {
        look_up::apply_words(&self.messages, &self.codes, words);
    }
}

/// What is checked against, and what was found.
struct Check<'a> {
    base: &'a Base,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn note(&mut self, at: impl Into<String>, what: impl Into<String>) {
        self.problems.push(Problem::new(at, what));
    }

    fn whole(&mut self, config: &Config) {
        if config.version > 1 {
            self.note("version", format!("expected 1; {} is of a newer POS Aid", config.version));
        }
    }

    /// A text in both languages that says nothing which an alert forbids.
    fn both(&mut self, at: &str, text: &Both, most: usize) -> Option<InBoth> {
        let before = self.problems.len();
        for (lang, text) in [("en", &text.en), ("zh-CN", &text.zh)] {
            let at = format!("{at}.{lang}");
            if text.trim().is_empty() {
                self.note(at, "is missing: both languages say the same");
            } else if text.chars().count() > most {
                self.note(at, format!("is too long: expected {most} characters or fewer"));
            } else if let Some(wrong) = refused::wrong(self.base, text) {
                self.note(at, wrong);
            }
        }
        (self.problems.len() == before).then(|| [text.en.trim().into(), text.zh.trim().into()])
    }

    /// The same for one that may be left out altogether.
    fn both_or_none(&mut self, at: &str, text: &Both, most: usize) -> Option<InBoth> {
        if *text == Both::default() { Some(InBoth::default()) } else { self.both(at, text, most) }
    }

    /// Words of a closed list.
    fn set<W: Word>(&mut self, at: &str, written: &[String]) -> Option<Set> {
        let before = self.problems.len();
        let mut set = Set::default();
        for (i, word) in written.iter().enumerate() {
            if let Some(word) = self.word::<W>(&format!("{at}.{i}"), word) {
                set = set.with(word);
            }
        }
        (self.problems.len() == before).then_some(set)
    }

    fn word<W: Word>(&mut self, at: &str, written: &str) -> Option<W> {
        let found = W::parse(written);
        if found.is_none() {
            let names: Vec<&str> = W::ALL.iter().map(|w| w.1).collect();
            self.note(at, format!("“{written}” is unknown: expected {}", names.join(", ")));
        }
        found
    }

    /// For whom something is; for both if nobody is named.
    fn roles(&mut self, at: &str, written: &[String]) -> Option<Set> {
        let set = self.set::<Role>(at, written)?;
        Some(if set.is_empty() {
            Set::default().with(Role::Cardholder).with(Role::Staff)
        } else {
            set
        })
    }

    fn hotlines(&mut self, config: &Config) -> Vec<Hotline> {
        let mut hotlines = Vec::new();
        for (i, written) in config.hotlines.iter().enumerate() {
            let at = |field: &str| format!("hotlines.{i}.{field}");
            let roles = self.roles(&at("for"), &written.roles);
            let label = self.both(&at("label"), &written.label, 60);
            let hours = self.both_or_none(&at("hours"), &written.hours, 80);
            let number = written.number.trim();
            let digits = number.chars().filter(char::is_ascii_digit).count();
            let fits = number.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
            // E.164 ends at 15.
            let fits = fits && (3..=15).contains(&digits) && number.len() <= 24;
            if !fits || number.rfind('+').is_some_and(|p| p > 0) || guard::mask(number).hidden > 0 {
                self.note(at("number"), format!("“{number}” is no telephone number"));
                continue;
            }
            if let (Some(roles), Some(label), Some(hours)) = (roles, label, hours) {
                hotlines.push(Hotline { roles, label, number: number.into(), hours });
            }
        }
        hotlines
    }

    fn links(&mut self, config: &Config) -> Vec<BankLink> {
        let mut links = Vec::new();
        for (i, written) in config.links.iter().enumerate() {
            let at = |field: &str| format!("links.{i}.{field}");
            let roles = self.roles(&at("for"), &written.roles);
            let label = self.both(&at("label"), &written.label, 60);
            let url = written.url.trim();
            let host = url.strip_prefix("https://").and_then(|u| u.split(['/', '?', '#']).next());
            let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\`{}|^".contains(c);
            let host_fits = |h: &str| {
                h.contains('.') && h.chars().all(|c| c.is_ascii_alphanumeric() || "-.:".contains(c))
            };
            if url.len() > 300 || !url.chars().all(plain) || !host.is_some_and(host_fits) {
                self.note(
                    at("url"),
                    format!("“{url}” is no address: expected https:// and a host"),
                );
                continue;
            }
            if let (Some(roles), Some(label)) = (roles, label) {
                links.push(BankLink { roles, label, url: url.into() });
            }
        }
        links
    }

    fn places(&mut self, config: &Config) -> Vec<Place> {
        let mut places = Vec::new();
        for (i, written) in config.jurisdictions.iter().enumerate() {
            match Place::of(written).filter(|p| *p != Place::Net) {
                Some(place) if !places.contains(&place) => places.push(place),
                Some(_) => {}
                None => self.note(
                    format!("jurisdictions.{i}"),
                    format!("nothing is known here of “{written}”: expected cn, hk, uk, … or an ISO 3166 code"),
                ),
            }
        }
        places
    }

    fn complaints(&mut self, at: &str, written: &[String]) -> Vec<ComplaintIx> {
        let mut found = Vec::new();
        for (i, id) in written.iter().enumerate() {
            match ComplaintIx::find(self.base, id) {
                Some(ix) if !found.contains(&ix) => found.push(ix),
                Some(_) => {}
                None => {
                    let what = format!("no complaint is called “{id}”");
                    let near = nearest(id, self.base.complaints.iter().map(|c| c.id.as_str()));
                    self.note(format!("{at}.{i}"), what + &near);
                }
            }
        }
        found
    }

    /// Which complaints are left out. Those that an alert stands on stay, and the one for everything else.
    fn topics(&mut self, config: &Config) -> Vec<ComplaintIx> {
        let mut hidden = Vec::new();
        for (i, id) in config.topics.hide.iter().enumerate().filter(|t| t.1 != GUIDES) {
            let at = format!("topics.hide.{i}");
            if ["rights", "rules"].contains(&id.as_str()) {
                self.note(
                    at,
                    format!("“{id}” is for the visitor's protection and cannot be hidden"),
                );
                continue;
            }
            let Some(complaint) = ComplaintIx::find(self.base, id) else {
                let ids = self.base.complaints.iter().map(|c| c.id.as_str()).chain([GUIDES]);
                self.note(at, format!("no complaint is called “{id}”") + &nearest(id, ids));
                continue;
            };
            match self.protects(complaint) {
                Some(alert) => self
                    .note(at, format!("“{id}” leads to the alert “{alert}” and cannot be hidden")),
                None => hidden.push(complaint),
            }
        }
        for (role, name) in Role::ALL {
            let mut left = ComplaintIx::all(self.base).filter(|c| self.base[*c].roles.has(*role));
            if !hidden.is_empty() && left.all(|c| hidden.contains(&c)) {
                self.note("topics.hide", format!("leaves nothing for “{name}”: nothing is hidden"));
                return Vec::new();
            }
        }
        hidden
    }

    /// The alert that a complaint leads to by itself, for anybody.
    fn protects(&self, complaint: ComplaintIx) -> Option<String> {
        let case = Case::new(complaint);
        Role::ALL.iter().find_map(|(role, _)| {
            let standing = Alerts::of(self.base, &case, *role);
            let alert = standing.standing().iter().map(|a| &self.base[*a]);
            let mut warns = alert.filter(|a| a.on.is_none() && a.level != AlertLevel::Rule);
            warns.next().map(|a| a.id.clone())
        })
    }
}

/// “, did you mean …”, where something is near.
fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> String {
    let near = names.map(|n| (strsim::damerau_levenshtein(written, n), n)).min();
    let near = near.filter(|(d, n)| *d <= 1 + n.len() / 4);
    near.map_or(String::new(), |(_, n)| format!("; did you mean “{n}”?"))
}
