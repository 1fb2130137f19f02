//! What a bank or an acquirer puts into the app besides our rules: read, checked and brought into this shape by
//! `pos_aid::bank`. It adds; what our rules say stays ours.

use crate::{Actor, Base, CauseIx, ComplaintIx, Group, Lang, Place, Role, Set};
use serde::{Deserialize, Serialize};

/// A text in both languages, in the order of [`Lang`].
pub type InBoth = [String; 2];

/// Who set the app up, and what they add.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bank {
    pub name: InBoth,
    /// The origin of the page that handed it over, so that nobody takes a stranger's for ours; empty where it was
    /// built in.
    pub host: String,
    pub hotlines: Vec<Hotline>,
    pub links: Vec<BankLink>,
    /// The places that stand first where somebody chooses; none for all alike.
    pub places: Vec<Place>,
    /// Complaints that the start page and the search leave out. Links to them still open.
    pub hidden: Vec<ComplaintIx>,
    /// Complaints that stand first.
    pub first: Vec<ComplaintIx>,
    /// Whether the start page has no way to the guides.
    pub no_guides: bool,
    /// What is added to causes.
    pub notes: Vec<(CauseIx, InBoth)>,
}

/// A telephone number, for those who are to call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hotline {
    /// [`Role`]s.
    pub roles: Set,
    pub label: InBoth,
    /// As it is to be shown: digits, spaces, `+`, `-` and brackets.
    pub number: String,
    /// When somebody answers; may be empty.
    pub hours: InBoth,
}

/// A page of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankLink {
    /// [`Role`]s.
    pub roles: Set,
    pub label: InBoth,
    /// `https:`.
    pub url: String,
}

/// A text of [`InBoth`] in a language.
pub fn in_language(text: &InBoth, lang: Lang) -> &str {
    &text[lang as usize]
}

impl Bank {
    pub fn hotlines(&self, role: Role) -> impl Iterator<Item = &Hotline> {
        self.hotlines.iter().filter(move |h| h.roles.has(role))
    }

    pub fn links(&self, role: Role) -> impl Iterator<Item = &BankLink> {
        self.links.iter().filter(move |l| l.roles.has(role))
    }

    pub fn note(&self, cause: CauseIx, lang: Lang) -> Option<&str> {
        let note = self.notes.iter().find(|n| n.0 == cause)?;
        Some(in_language(&note.1, lang))
    }
}

impl Base {
    /// Whether a complaint is offered.
    pub fn offers(&self, complaint: ComplaintIx) -> bool {
        self.bank.as_ref().is_none_or(|b| !b.hidden.contains(&complaint))
    }

    /// Whether a cause is a crime or may be one: then only what is ours is said of it, and only printed numbers help.
    pub fn is_danger(&self, cause: CauseIx) -> bool {
        let cause = &self[cause];
        cause.group == Group::Security || cause.fixed_by.has(Actor::Police)
    }

    /// Whether there is a way to the guides.
    pub fn offers_guides(&self) -> bool {
        self.bank.as_ref().is_none_or(|b| !b.no_guides)
    }

    /// Whether a place's rights are offered before those of others.
    pub fn offers_place(&self, place: Place) -> bool {
        self.bank.as_ref().is_none_or(|b| b.places.is_empty() || b.places.contains(&place))
    }
}
