//! What was chosen on the way to somebody's rights, and its part of the address.

use super::id_of;
use rulebase::{Place, Situation, Word};

/// What was chosen on the way to somebody's rights; each comes after the one before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    pub situation: Option<Situation>,
    /// Where the card was issued, and where the shop is; `Some(None)` is somewhere that we know
    /// nothing of.
    pub issued: Option<Option<Place>>,
    pub shop: Option<Option<Place>>,
    /// One of the letters.
    pub letter: Option<String>,
}

impl Asked {
    pub(super) fn fragment(&self) -> String {
        let place = |p: Option<Place>| p.map_or("-", |p| p.spelled());
        let mut out = "/rights".to_string();
        let Some(situation) = self.situation else { return out };
        out.push_str(&format!("/{}", situation.spelled()));
        let Some(issued) = self.issued else { return out };
        out.push_str(&format!("/{}", place(issued)));
        let Some(shop) = self.shop else { return out };
        out.push_str(&format!("/{}", place(shop)));
        if let Some(letter) = &self.letter {
            out.push_str(&format!("/letter.{letter}"));
        }
        out
    }

    /// Reads the parts behind `rights`; false if one of them is none of ours.
    pub(super) fn read<'a>(&mut self, mut parts: impl Iterator<Item = &'a str>) -> bool {
        let place = |part: &str| match part {
            "-" => Some(None),
            part => Place::parse(part).filter(|p| *p != Place::Net).map(Some),
        };
        let Some(part) = parts.next() else { return true };
        self.situation = Situation::parse(part);
        let Some(part) = parts.next().filter(|_| self.situation.is_some()) else {
            return self.situation.is_some();
        };
        self.issued = place(part);
        let Some(part) = parts.next().filter(|_| self.issued.is_some()) else {
            return self.issued.is_some();
        };
        self.shop = place(part);
        let Some(part) = parts.next().filter(|_| self.shop.is_some()) else {
            return self.shop.is_some();
        };
        self.letter = part.strip_prefix("letter.").and_then(id_of);
        self.letter.is_some()
    }
}
