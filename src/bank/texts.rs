//! Which of our words a bank may replace, and where it may add some. What people are to do with money, card and
//! terminal stays ours: questions, actions, alerts and what not to do are not among them.

use super::check::{Check, nearest};
use super::config::Config;
use rulebase::{CauseIx, ComplaintIx, InBoth, Lang, MoneyMoved, Ui, Word, Words, in_language};

/// Keys of `ui.toml` that are names and headings.
const FREE: [Ui; 5] = [Ui::AppName, Ui::WhatDoYouSee, Ui::SearchHint, Ui::Acquirer, Ui::Guides];

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Ui(Ui),
    ComplaintName(ComplaintIx),
    ComplaintHint(ComplaintIx),
    CauseName(CauseIx),
    CauseWhat(CauseIx),
    /// Added beside ours.
    CauseNote(CauseIx),
}

impl Slot {
    /// The most characters that fit there.
    fn most(self) -> usize {
        match self {
            Slot::Ui(Ui::AppName) => 20,
            Slot::Ui(_) | Slot::ComplaintName(_) | Slot::CauseName(_) => 60,
            Slot::ComplaintHint(_) => 80,
            Slot::CauseWhat(_) | Slot::CauseNote(_) => 300,
        }
    }
}

pub(super) fn check(check: &mut Check, config: &Config) -> Vec<(Slot, InBoth)> {
    let mut texts = Vec::new();
    for (key, text) in &config.texts {
        let at = format!("texts.{key}");
        match slot(check, key) {
            Ok(slot) => texts.extend(check.both(&at, text, slot.most()).map(|t| (slot, t))),
            Err(what) => check.note(at, what),
        }
    }
    texts
}

fn slot(check: &Check, key: &str) -> Result<Slot, String> {
    let base = check.base;
    let parts: Vec<&str> = key.split('.').collect();
    let unknown = |kind: &str, id: &str, near: String| format!("no {kind} is called “{id}”{near}");
    match parts[..] {
        ["ui", key] => match Ui::parse(key) {
            Some(key) if FREE.contains(&key) => Ok(Slot::Ui(key)),
            Some(_) => Err(format!("“ui.{key}” is not yours to set")),
            None => Err(unknown("text", key, nearest(key, FREE.iter().map(|k| k.spelled())))),
        },
        ["complaints", id, field] => {
            let ids = base.complaints.iter().map(|c| c.id.as_str());
            let ix = ComplaintIx::find(base, id).ok_or_else(|| unknown("complaint", id, nearest(id, ids)))?;
            if let Some(alert) = check.protects(ix) {
                return Err(format!("“{id}” leads to the alert “{alert}”: its words are not yours to set"));
            }
            match field {
                "name" => Ok(Slot::ComplaintName(ix)),
                "hint" => Ok(Slot::ComplaintHint(ix)),
                _ => Err(format!("“{field}” is not yours to set: expected name or hint")),
            }
        }
        ["causes", id, field] => {
            let ids = base.causes.iter().map(|c| c.id.as_str());
            let ix = CauseIx::find(base, id).ok_or_else(|| unknown("cause", id, nearest(id, ids)))?;
            if check.is_danger(ix) {
                return Err(format!("“{id}” is a danger: what is said of it is not yours to set"));
            }
            // Where money may have moved, our sentence says so, and none without that comes in its place.
            if base[ix].money != MoneyMoved::Unlikely && ["name", "what"].contains(&field) {
                return Err(format!("with “{id}” money may have moved: its words are not yours to set; expected note"));
            }
            match field {
                "name" => Ok(Slot::CauseName(ix)),
                "what" => Ok(Slot::CauseWhat(ix)),
                "note" => Ok(Slot::CauseNote(ix)),
                _ => Err(format!("“{field}” is not yours to set: expected name, what or note")),
            }
        }
        ["alerts" | "actions" | "questions" | "sentences" | "corrections", ..] => {
            Err(format!("“{}” are not yours to set: people act on them while money is at stake", parts[0]))
        }
        _ => Err("expected complaints.ID.name, complaints.ID.hint, causes.ID.name, causes.ID.what, causes.ID.note or ui.KEY".into()),
    }
}

pub(super) fn notes(texts: &[(Slot, InBoth)]) -> Vec<(CauseIx, InBoth)> {
    let note = |(slot, text): &(Slot, InBoth)| match slot {
        Slot::CauseNote(cause) => Some((*cause, text.clone())),
        _ => None,
    };
    texts.iter().filter_map(note).collect()
}

pub(super) fn apply(texts: &[(Slot, InBoth)], words: &mut Words) {
    let lang: Lang = words.lang;
    for (slot, text) in texts {
        let place = match slot {
            Slot::Ui(key) => words.ui.get_mut(*key as usize),
            Slot::ComplaintName(c) => {
                words.complaints.get_mut(usize::from(c.0)).map(|w| &mut w.name)
            }
            Slot::ComplaintHint(c) => {
                words.complaints.get_mut(usize::from(c.0)).map(|w| &mut w.hint)
            }
            Slot::CauseName(c) => words.causes.get_mut(usize::from(c.0)).map(|w| &mut w.name),
            Slot::CauseWhat(c) => words.causes.get_mut(usize::from(c.0)).map(|w| &mut w.what),
            Slot::CauseNote(_) => None,
        };
        if let Some(place) = place {
            *place = in_language(text, lang).into();
        }
    }
}
