//! A bank's configuration: read, checked against our rules, and put into what the app loads. What contradicts a rule
//! or an alert is refused and told; the rest holds.
//!
//! Pure: text and rules in, rules, words and problems out. It never fetches anything, and it never weakens an alert.

mod check;
mod colours;
mod config;
mod look_up;
mod read;
mod refused;
#[cfg(feature = "schema")]
pub mod schema;
mod texts;

pub use colours::{DARK, LIGHT};

use check::Check;
use config::Config;
use look_up::{OwnCode, OwnMessage};
use rulebase::{Bank, Base, InBoth, Lookup, LookupWords, Words};
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
    // Without a name nobody would know whose words and numbers these are; and nobody else is us.
    let ours = [&config.name.en, &config.name.zh].map(|n| refused::letters(n));
    if ours.iter().any(|n| n.contains("posaid") || n.contains("刷卡急救")) {
        check.note("name", "is ours: expected the name of whoever sets it up");
        return (Prepared { is_empty: true, ..Prepared::default() }, check.problems);
    }
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
        no_guides: config.topics.hide.iter().any(|t| t == check::GUIDES),
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
