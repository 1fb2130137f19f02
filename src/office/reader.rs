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

    pub fn known(&self) -> &Known {
        static NOTHING: Known = Known { names: Vec::new(), makers: Vec::new(), seen: Vec::new() };
        match &self.known {
            Some(Loaded::Here(known)) => known,
            _ => &NOTHING,
        }
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
        if self.at != part {
            self.session.pause();
        }
        self.at = part;
        effects(self.session.enter())
    }

    /// Takes in what the script told.
    pub fn hear(&mut self, json: &str, ms: u64) -> Vec<Effect> {
        let Some(heard) = Heard::read(json) else { return Vec::new() };
        // Apart, for the session is changed while it is looked up.
        let known = std::mem::take(&mut self.known);
        let nothing = Known::default();
        let orders = match &known {
            Some(Loaded::Here(known)) => self.session.hear(heard, known, ms),
            _ => self.session.hear(heard, &nothing, ms),
        };
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
        let nothing = Known::default();
        let orders = match &known {
            Some(Loaded::Here(known)) => self.session.press(id, known, ms),
            _ => self.session.press(id, &nothing, ms),
        };
        self.known = known;
        effects(orders)
    }
}

fn effects(orders: Vec<Order>) -> Vec<Effect> {
    orders.iter().map(|o| Effect::Probe(o.to_json())).collect()
}
