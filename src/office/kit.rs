//! What the visitor told and wrote down, as a file: to save, to open again, and to keep on the device.
//!
//! JSON with a version, readable by people. No card number gets in: what a file brings passes the guard.

use super::desk::{Desk, Line, short};
use crate::guard;
use crate::rights::Facts;
use rulebase::{Blank, CardKind, Date, Event, Situation, Word};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The layout that this program writes, and the newest that it reads.
const VERSION: u32 = 1;

/// More lines are nobody's notes.
const MOST_LINES: usize = 500;

/// Why a file was not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    TooLarge,
    NotOurs,
    /// A newer version of this program wrote it.
    Newer,
    Broken,
}

/// For how long it is kept on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    #[default]
    Never,
    Hour,
    Day,
    Always,
}

impl Keep {
    pub const ALL: [(Keep, &'static str); 4] =
        [(Keep::Never, ""), (Keep::Hour, "hour"), (Keep::Day, "day"), (Keep::Always, "always")];

    /// How long, in milliseconds, where it ends by itself.
    pub fn lasts(self) -> Option<u64> {
        match self {
            Keep::Hour => Some(3_600_000),
            Keep::Day => Some(86_400_000),
            Keep::Never | Keep::Always => None,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    #[serde(rename = "pos-aid")]
    what: String,
    version: u32,
    #[serde(default)]
    keep: Keep,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<u64>,
    #[serde(default)]
    dates: BTreeMap<String, String>,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    card: String,
    #[serde(default)]
    blanks: BTreeMap<String, String>,
    #[serde(default)]
    timeline: Vec<Noted>,
    #[serde(default)]
    papers: Vec<String>,
    #[serde(default)]
    situation: String,
}

#[derive(Serialize, Deserialize)]
struct Noted {
    #[serde(default)]
    date: String,
    what: String,
}

/// What every file of ours begins with.
#[derive(Deserialize)]
struct Mark {
    #[serde(rename = "pos-aid")]
    what: String,
    version: u32,
}

/// The file's text; with `kept` also how long it may stay on the device.
pub fn write(desk: &Desk, kept: bool) -> String {
    let date = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let dates = Event::ALL
        .iter()
        .filter_map(|(event, tag)| Some((tag.to_string(), desk.facts.date(*event)?.to_string())));
    let blanks = Blank::ALL.iter().map(|(blank, tag)| (tag.to_string(), desk.text(*blank)));
    let file = File {
        what: "kit".into(),
        version: VERSION,
        keep: if kept { desk.keep } else { Keep::Never },
        until: desk.until.filter(|_| kept),
        dates: dates.collect(),
        amount: desk.amount.clone(),
        currency: desk.currency.clone(),
        card: desk.facts.card.map_or(String::new(), |c| c.spelled().into()),
        blanks: blanks.filter(|b| !b.1.is_empty()).map(|(k, v)| (k, v.to_string())).collect(),
        timeline: desk
            .lines
            .iter()
            .map(|l| Noted { date: date(l.date), what: l.text.clone() })
            .collect(),
        papers: desk.papers.iter().cloned().collect(),
        situation: desk.situation.map_or(String::new(), |s| s.spelled().into()),
    };
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// Puts a file's content in place of what is on the desk. Files that were loaded stay.
///
/// # Errors
/// Says why nothing was taken from it; the desk is as it was.
pub fn read(desk: &mut Desk, text: &[u8]) -> Result<(), Unread> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let json: serde_json::Value = serde_json::from_slice(text).map_err(|_| match text.first() {
        // It began as ours would.
        Some(b'{') => Unread::Broken,
        _ => Unread::NotOurs,
    })?;
    let mark = Mark::deserialize(&json).map_err(|_| Unread::NotOurs)?;
    if mark.what != "kit" {
        return Err(Unread::NotOurs);
    }
    if mark.version > VERSION {
        return Err(Unread::Newer);
    }
    let file = File::deserialize(&json).map_err(|_| Unread::Broken)?;
    if file.timeline.len() > MOST_LINES {
        return Err(Unread::Broken);
    }
    let day = |text: &str| -> Result<Option<Date>, Unread> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| Unread::Broken)
    };
    let mut facts = Facts::default();
    for (name, date) in &file.dates {
        facts.set(Event::parse(name).ok_or(Unread::Broken)?, day(date)?);
    }
    facts.card = CardKind::parse(&file.card).filter(|c| *c != CardKind::Any);
    let mut blanks = Vec::new();
    for (name, text) in &file.blanks {
        blanks.push((Blank::parse(name).ok_or(Unread::Broken)?, clean(name, text)));
    }
    let mut lines = Vec::new();
    for noted in &file.timeline {
        lines.push(Line { date: day(&noted.date)?, text: clean("", &noted.what) });
    }
    desk.replace(facts, clean("", &file.amount), clean("", &file.currency), blanks);
    desk.lines = lines;
    desk.papers = file.papers.iter().filter(|p| is_id(p)).cloned().collect();
    desk.situation = Situation::parse(&file.situation);
    desk.keep = file.keep;
    desk.until = file.until;
    Ok(())
}

/// Without card numbers and no longer than a field.
fn clean(blank: &str, text: &str) -> String {
    let masked = if beside(blank) { guard::mask_beside(text) } else { guard::mask(text) };
    short(&masked.text)
}

/// Whether a blank holds numbers of the payment, which are none of a card.
pub fn beside(blank: &str) -> bool {
    ["reference", "merchant_no", "terminal", "approval"].contains(&blank)
}

fn is_id(text: &str) -> bool {
    text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
