//! What the merchant's pages work with: what was noted, what is being filled in, what the last button did.

use super::kit::Keep;
use super::{Effect, Now};
use crate::guard;
use crate::shop::{Counts, Inspection, Pairs, Quiz, Seen, Shop, Stamp, log};
use rulebase::{Date, Every, Guides, Shop as Text, Word};
use serde::{Deserialize, Serialize};

/// The name under which the notes are kept, and before the number of a terminal its photo.
pub const NOTES: &str = "shop";
pub const PHOTO: &str = "photo-";
/// What staff counted; it is kept because they press a button for it. `platform::counts` knows it too.
pub const COUNTS: &str = "causes";

const VERSION: u32 = 1;

/// Longer lists of wrong rows help nobody.
const MOST_WRONG: usize = 20;

/// What the last button did.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Text(Text),
    Opened(log::Brought),
    Wrong(Vec<log::Wrong>),
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counter {
    pub notes: Shop,
    pub keep: Keep,
    /// Milliseconds since 1970.
    pub until: Option<u64>,
    pub said: Option<Said>,
    /// Of terminals by number, as `data:` addresses.
    pub photos: Pairs<u32, String>,
    /// The inspections that are being filled in: `1-slot` is the slot of terminal 1.
    pub draft: Pairs<String, Seen>,
    pub draft_notes: Pairs<String, String>,
    pub quiz: Option<Quiz>,
    /// Printed, never kept.
    pub quiz_name: String,
    /// A6 instead of A4.
    pub small: bool,
    pub counts: Counts,
}

/// What is kept, as text.
#[derive(Serialize, Deserialize)]
struct File {
    #[serde(rename = "pos-aid")]
    what: String,
    version: u32,
    #[serde(default)]
    keep: Keep,
    #[serde(default)]
    until: Option<u64>,
    shop: Shop,
}

impl Counter {
    /// Takes in what a field holds; false if it is none of these pages.
    pub fn take(&mut self, field: &str, value: &str, now: Now) -> bool {
        let stamp = Stamp { date: now.today, minute: now.minute };
        let put = |map: &mut Pairs<String, String>, key: &str| {
            map.insert(key.into(), super::desk::short(value));
        };
        if let Some(step) = field.strip_prefix("tick-") {
            match value {
                "on" => self.notes.ticks.insert(step.into(), stamp),
                _ => self.notes.ticks.remove(step),
            };
        } else if let Some(check) = field.strip_prefix("seen-") {
            match Seen::parse(value) {
                Some(seen) => self.draft.insert(check.into(), seen),
                None => self.draft.remove(check),
            };
        } else if let Some(number) = field.strip_prefix("note-") {
            self.draft_notes.insert(number.into(), super::desk::short(value));
        } else if let Some(of) = field.strip_prefix("every-") {
            self.notes.every.insert(of.into(), Every::parse(value));
        } else if let Some(of) = field.strip_prefix("ends-") {
            match value.parse::<Date>() {
                Ok(date) => self.notes.ends.insert(of.into(), date),
                Err(_) => self.notes.ends.remove(of),
            };
        } else if let Some(of) = field.strip_prefix("call-") {
            put(&mut self.notes.calls, of);
        } else if let Some((number, part)) =
            field.strip_prefix("terminal-").and_then(|f| f.split_once('-'))
        {
            let number = number.parse::<u32>().ok();
            let terminal = self.notes.terminals.iter_mut().find(|t| Some(t.number) == number);
            let text = super::desk::short(value);
            match (terminal, part) {
                (Some(t), "model") => t.model = text,
                // Never the whole number: the last four are enough to tell terminals apart.
                (Some(t), "serial") => t.serial = last_four(&text),
                (Some(t), "place") => t.place = text,
                _ => {}
            }
        } else {
            match field {
                "heavy" => self.notes.heavy = value == "yes",
                "sheet-size" => self.small = value == "a6",
                "quiz-name" => self.quiz_name = super::desk::short(value),
                _ => return false,
            }
        }
        self.said = None;
        true
    }

    /// A button was pressed; `None` if it is none of these pages.
    pub fn act(&mut self, id: &str, guides: &Guides, now: Now) -> Option<Vec<Effect>> {
        let number = |prefix: &str| id.strip_prefix(prefix).and_then(|n| n.parse::<u32>().ok());
        if let Some(guide) = id.strip_prefix("reset-") {
            let of = format!("{guide}.");
            self.notes.ticks.retain(|step| !step.starts_with(&of));
            self.said = Some(Said::Text(Text::ResetDone));
        } else if let Some(terminal) = number("remove-terminal-") {
            // Its inspections stay, and stay its own.
            let known = self.notes.terminals.iter_mut().filter(|t| t.number == terminal);
            known.for_each(|t| t.gone = Some(now.today));
            self.said = None;
            return Some([self.forget_photo(terminal), self.kept()].concat());
        } else if let Some(terminal) = number("remove-photo-") {
            self.said = None;
            return Some(self.forget_photo(terminal));
        } else if let Some(terminal) = number("save-inspection-") {
            self.save_inspection(terminal, now);
        } else if let Some(answer) = number("pick-") {
            if let (Some(quiz), Ok(answer)) = (&mut self.quiz, u8::try_from(answer)) {
                quiz.pick(answer);
            }
            return Some(Vec::new());
        } else {
            match id {
                "add-terminal" => {
                    self.notes.add_terminal();
                    self.said = None;
                }
                "start-quiz" => {
                    let answers: Vec<usize> = guides.quiz.iter().map(|q| q.answers.len()).collect();
                    self.quiz = Some(Quiz::new(&answers, answers.len(), now.ms));
                    return Some(Vec::new());
                }
                "next-question" => {
                    self.quiz.iter_mut().for_each(Quiz::next);
                    return Some(Vec::new());
                }
                "owner-reset" => {
                    self.counts = Counts::default();
                    return Some(vec![Effect::Forget { name: COUNTS.into() }]);
                }
                "wipe-shop" => return Some(self.wipe(Text::Wiped)),
                _ => return None,
            }
        }
        Some(self.kept())
    }

    fn save_inspection(&mut self, terminal: u32, now: Now) {
        let of = format!("{terminal}-");
        let seen: Vec<(String, Seen)> = std::mem::take(&mut self.draft)
            .into_pairs()
            .into_iter()
            .filter_map(|(look, seen)| match look.strip_prefix(&of) {
                Some(look) => Some((look.to_string(), seen)),
                None => {
                    self.draft.insert(look, seen);
                    None
                }
            })
            .collect();
        if seen.is_empty() {
            self.said = Some(Said::Text(Text::InspectEmpty));
            return;
        }
        let number = terminal.to_string();
        let note = self.draft_notes.get(&number).cloned().unwrap_or_default();
        self.draft_notes.remove(&number);
        let at = Stamp { date: now.today, minute: now.minute };
        self.notes.inspections.push(Inspection { terminal, at, seen, note });
        self.said = Some(Said::Text(Text::InspectSaved));
    }

    /// A file was chosen; `None` if it is none of these pages.
    pub fn opened(
        &mut self,
        id: &str,
        bytes: Option<&[u8]>,
        guides: &Guides,
    ) -> Option<Vec<Effect>> {
        if let Some(number) = id.strip_prefix(PHOTO).and_then(|n| n.parse::<u32>().ok()) {
            // The app made it small; what is no picture comes as nothing.
            let photo = bytes.and_then(|b| std::str::from_utf8(b).ok());
            let photo = photo.filter(|p| p.starts_with("data:image/jpeg;base64,"));
            match photo {
                Some(photo) => {
                    self.photos.insert(number, photo.into());
                    self.said = None;
                }
                None => self.said = Some(Said::Text(Text::PhotoTooLarge)),
            }
            return Some(if photo.is_some() { self.kept_photo(number) } else { Vec::new() });
        }
        if id != "open-log" {
            return None;
        }
        let checks: Vec<String> = guides.looks.iter().map(|l| l.id.clone()).collect();
        let Some(bytes) = bytes else {
            self.said = Some(Said::Text(Text::CsvTooLarge));
            return Some(Vec::new());
        };
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.said = Some(Said::Text(Text::CsvNoText));
            return Some(Vec::new());
        };
        let clean = |text: &str| super::desk::short(&guard::mask(text).text);
        let clean = |column: usize, text: &str| match column {
            log::SERIAL => last_four(&clean(text)),
            _ => clean(text),
        };
        let mut notes = self.notes.clone();
        match log::read(&mut notes, text, &checks, clean) {
            Ok(brought) => {
                self.notes = notes;
                self.said = Some(Said::Opened(brought));
                Some(self.kept())
            }
            Err(mut wrong) => {
                // The rest is told as a number.
                let rest = wrong.len().saturating_sub(MOST_WRONG);
                wrong.truncate(MOST_WRONG);
                wrong.push(log::Wrong { row: rest, why: log::Why::TooMany });
                self.said = Some(Said::Wrong(wrong));
                Some(Vec::new())
            }
        }
    }

    /// How long it is to stay on this device.
    pub fn keeps(&mut self, value: &str, now: Now) -> Vec<Effect> {
        self.keep = Keep::ALL.iter().find(|k| k.1 == value).map_or(Keep::Never, |k| k.0);
        self.until = self.keep.lasts().map(|ms| now.ms + ms);
        self.said = None;
        if self.keep == Keep::Never {
            return self.forget();
        }
        let photos: Vec<u32> = self.photos.keys().copied().collect();
        let photos = photos.into_iter().flat_map(|n| self.kept_photo(n));
        self.kept().into_iter().chain(photos).collect()
    }

    /// Whether counts change the order of causes.
    pub fn adjusts(&mut self, value: &str) -> Vec<Effect> {
        self.counts.adjust = value == "yes";
        let text = self.counts.write();
        vec![Effect::Keep { name: COUNTS.into(), until: None, text }]
    }

    pub fn kept(&self) -> Vec<Effect> {
        if self.keep == Keep::Never {
            return Vec::new();
        }
        let file = File {
            what: "shop".into(),
            version: VERSION,
            keep: self.keep,
            until: self.until,
            shop: self.notes.clone(),
        };
        let text = serde_json::to_string(&file).unwrap_or_default();
        vec![Effect::Keep { name: NOTES.into(), until: self.until, text }]
    }

    fn kept_photo(&self, number: u32) -> Vec<Effect> {
        let photo = self.photos.get(&number).filter(|_| self.keep != Keep::Never);
        let name = format!("{PHOTO}{number}");
        photo
            .map(|p| Effect::Keep { name, until: self.until, text: p.clone() })
            .into_iter()
            .collect()
    }

    fn forget_photo(&mut self, number: u32) -> Vec<Effect> {
        self.photos.remove(&number);
        vec![Effect::Forget { name: format!("{PHOTO}{number}") }]
    }

    fn forget(&self) -> Vec<Effect> {
        let photos = self.photos.keys().map(|n| format!("{PHOTO}{n}"));
        photos.chain([NOTES.to_string()]).map(|name| Effect::Forget { name }).collect()
    }

    /// Forgets all of it, but not what was counted: that has a button of its own.
    pub fn wipe(&mut self, said: Text) -> Vec<Effect> {
        let effects = self.forget();
        let counts = std::mem::take(&mut self.counts);
        *self = Counter { said: Some(Said::Text(said)), counts, ..Counter::default() };
        effects
    }

    /// Takes in what was kept on this device; false if it is none of these pages.
    pub fn remind(&mut self, name: &str, text: &str, now: Now) -> bool {
        if name == COUNTS {
            self.counts = Counts::read(text);
        } else if let Some(number) = name.strip_prefix(PHOTO).and_then(|n| n.parse().ok()) {
            self.photos.insert(number, text.into());
        } else if name == NOTES {
            let file = serde_json::from_str::<File>(text).ok();
            let good = |f: &File| f.what == "shop" && f.version <= VERSION;
            if let Some(file) = file.filter(good)
                && file.until.is_none_or(|until| until > now.ms)
            {
                (self.notes, self.keep, self.until) = (file.shop, file.keep, file.until);
            }
        } else {
            return false;
        }
        true
    }
}

fn last_four(text: &str) -> String {
    let all: Vec<char> = text.trim().chars().filter(|c| c.is_alphanumeric()).collect();
    all[all.len().saturating_sub(4)..].iter().collect()
}
