//! What a shop notes for itself: ticks of checklists, its terminals and their inspections, when things are
//! due, answers of the quiz, how often what went wrong. Pure; kept only if somebody wants it.

pub mod log;
mod pairs;
mod quiz;

pub use pairs::Pairs;
pub use quiz::{Quiz, shuffled};

use rulebase::{Date, Every};
use serde::{Deserialize, Serialize};

/// When something was done, where the visitor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    pub date: Date,
    /// Of the day.
    pub minute: u16,
}

impl std::fmt::Display for Stamp {
    /// `2026-11-22 14:05`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:02}:{:02}", self.date, self.minute / 60, self.minute % 60)
    }
}

/// A terminal as a shop knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Terminal {
    /// Never given twice.
    pub number: u32,
    #[serde(default)]
    pub model: String,
    /// The last four characters of its serial number.
    #[serde(default)]
    pub serial: String,
    #[serde(default)]
    pub place: String,
    /// Since when it is not used any more.
    #[serde(default)]
    pub gone: Option<Date>,
}

rulebase::words! {
    /// What was seen at one thing to look at.
    Seen { Same = "as-always", Different = "different", Unsure = "cannot-tell" }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    pub terminal: u32,
    pub at: Stamp,
    /// By the id of what was looked at.
    pub seen: Vec<(String, Seen)>,
    #[serde(default)]
    pub note: String,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shop {
    /// `guide.step` → when it was ticked.
    pub ticks: Pairs<String, Stamp>,
    pub terminals: Vec<Terminal>,
    pub inspections: Vec<Inspection>,
    /// What was chosen other than as proposed; `None` is never.
    pub every: Pairs<String, Option<Every>>,
    /// When what ends on a day ends.
    pub ends: Pairs<String, Date>,
    pub heavy: bool,
    /// Names and numbers on the card “who to call”.
    pub calls: Pairs<String, String>,
}

impl Shop {
    pub fn terminal(&self, number: u32) -> Option<&Terminal> {
        self.terminals.iter().find(|t| t.number == number)
    }

    pub fn add_terminal(&mut self) -> &mut Terminal {
        let used = self.inspections.iter().map(|i| i.terminal);
        let last = self.terminals.iter().map(|t| t.number).chain(used).max().unwrap_or(0);
        self.terminals.push(Terminal { number: last + 1, ..Terminal::default() });
        self.terminals.last_mut().expect("it was just put there")
    }

    /// What of a terminal was different and may be a manipulation, when it was last looked at: ids of looks,
    /// and when. Until the same thing was seen as always again, it is not to be used.
    pub fn stopped(&self, number: u32, tamper: impl Fn(&str) -> bool) -> Vec<(String, Stamp)> {
        let mut open: Vec<(String, Stamp)> = Vec::new();
        for inspection in self.inspections.iter().filter(|i| i.terminal == number) {
            for (look, seen) in &inspection.seen {
                match seen {
                    Seen::Different if tamper(look) && open.iter().all(|o| o.0 != *look) => {
                        open.push((look.clone(), inspection.at));
                    }
                    Seen::Same => open.retain(|o| o.0 != *look),
                    _ => {}
                }
            }
        }
        open
    }

    /// How often something is due here: as the shop chose, else as it is proposed.
    pub fn every(&self, of: &rulebase::Upkeep) -> Option<Every> {
        let proposed = of.heavy.filter(|_| self.heavy).unwrap_or(of.every);
        self.every.get(of.id.as_str()).copied().unwrap_or(Some(proposed))
    }
}

/// How often what went wrong here, as staff confirmed it: causes by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Whether they change the order of causes on this device.
    pub adjust: bool,
    pub of: Vec<(String, u16)>,
}

impl Counts {
    /// Reads what [`Counts::write`] wrote; lines that cannot be read are left out.
    pub fn read(text: &str) -> Counts {
        let mut lines = text.lines();
        let adjust = lines.next() == Some("adjust");
        let line = |l: &str| {
            let (id, n) = l.split_once(' ')?;
            Some((id.to_string(), n.parse().ok()?))
        };
        Counts { adjust, of: lines.filter_map(line).collect() }
    }

    pub fn write(&self) -> String {
        let mut out = String::from(if self.adjust { "adjust" } else { "count" });
        self.of.iter().for_each(|(id, n)| out.push_str(&format!("\n{id} {n}")));
        out
    }

    pub fn add(&mut self, cause: &str) {
        match self.of.iter_mut().find(|c| c.0 == cause) {
            Some(found) => found.1 = found.1.saturating_add(1),
            None => self.of.push((cause.into(), 1)),
        }
    }
}
