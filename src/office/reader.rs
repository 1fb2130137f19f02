//! What the reader check's pages work with: its texts, what is known of devices, and the look that is under way.

use super::{Effect, Loaded, Want};
use crate::probe::known::Known;
use crate::probe::session::Session;
use crate::probe::wire::{Heard, Order};
use crate::route::Check;
use rulebase::{Lang, Probe, ProbeFile};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reader {
    files: Vec<(Lang, Loaded<ProbeFile>)>,
    known: Option<Loaded<Known>>,
    pub session: Session,
    /// What the last button did.
    pub said: Option<Probe>,
    /// The time of the page, in milliseconds since 1970.
    pub now: u64,
    /// The part that was open last.
    at: Option<Check>,
    /// The case that was open last, as a fragment.
    pub case: Option<String>,
}

impl Reader {
    pub fn file(&self, lang: Lang) -> &Loaded<ProbeFile> {
        self.files.iter().find(|f| f.0 == lang).map_or(&Loaded::Coming, |f| &f.1)
    }

    pub fn known(&self) -> Option<&Known> {
        here(&self.known)
    }

    pub fn lacks(&self, want: Want) -> bool {
        match want {
            Want::Probe(lang) => self.files.iter().all(|f| f.0 != lang),
            _ => self.known.is_none(),
        }
    }

    pub fn forget_missing(&mut self) {
        self.files.retain(|f| !matches!(f.1, Loaded::Missing));
        self.known.take_if(|k| matches!(k, Loaded::Missing));
    }

    pub fn ask(&mut self, want: Want) {
        match want {
            Want::Probe(lang) => self.set(lang, Loaded::Coming),
            _ => self.known = Some(Loaded::Coming),
        }
    }

    pub fn give(&mut self, want: Want, bytes: Option<&[u8]>) {
        match want {
            Want::Probe(lang) => {
                let file = bytes.and_then(|b| ProbeFile::from_bytes(b).ok());
                self.set(lang, file.map_or(Loaded::Missing, Loaded::Here));
            }
            _ => {
                let known = bytes.and_then(Known::from_bytes);
                if let Some(known) = &known {
                    self.session.learn(known);
                }
                self.known = Some(known.map_or(Loaded::Missing, Loaded::Here));
            }
        }
    }

    fn set(&mut self, lang: Lang, file: Loaded<ProbeFile>) {
        self.files.retain(|f| f.0 != lang);
        self.files.push((lang, file));
    }

    /// Somebody came to a part of it.
    pub fn arrive(&mut self, part: Option<Check>) -> Vec<Effect> {
        self.said = None;
        let mut orders = match self.at == part {
            true => Vec::new(),
            false => self.session.pause(),
        };
        self.at = part;
        orders.extend(self.session.enter());
        effects(orders)
    }

    /// Takes in what the script told.
    pub fn hear(&mut self, json: &str, ms: u64) -> Vec<Effect> {
        let Some(heard) = Heard::read(json) else { return Vec::new() };
        // Apart, for the session is changed while it is looked up.
        let known = std::mem::take(&mut self.known);
        let orders = self.session.hear(heard, here(&known), ms);
        self.known = known;
        effects(orders)
    }

    /// A button was pressed.
    pub fn press(&mut self, id: &str, ms: u64) -> Vec<Effect> {
        self.said = match id {
            "copied" => Some(Probe::Copied),
            "copy-by-hand" => Some(Probe::CopyByHand),
            "save-refused" => Some(Probe::SaveRefused),
            "wake" => self.said,
            _ => None,
        };
        if id == "leave" {
            self.at = None;
            return effects(self.session.leave());
        }
        let known = std::mem::take(&mut self.known);
        let orders = self.session.press(id, here(&known), ms);
        self.known = known;
        effects(orders)
    }
}

fn here(known: &Option<Loaded<Known>>) -> Option<&Known> {
    match known {
        Some(Loaded::Here(known)) => Some(known),
        _ => None,
    }
}

fn effects(orders: Vec<Order>) -> Vec<Effect> {
    orders.iter().map(|o| Effect::Probe(o.to_json())).collect()
}
