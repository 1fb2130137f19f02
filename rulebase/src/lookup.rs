//! What can be looked up: words on screens and response codes. Loaded apart from the [`crate::Base`],
//! after the first page is shown, so that nobody waits for it.

use crate::{
    ActionIx, AnswerIx, Base, CauseIx, ComplaintIx, CorrectionWords, Date, Find, Lang, MoneyMoved,
    Role, Set, Source, SourceIx, Sure, Unreadable, words,
};
use serde::{Deserialize, Serialize};

words! {
    /// What the host said with a code.
    CodeResult {
        Approved = "approved",
        /// Approved, but not for good before the card's bank has confirmed it.
        Confirm = "confirm",
        /// Only part of the amount.
        Partial = "partial",
        Declined = "declined",
        /// The payment may have gone through: look it up, never try again first.
        Unknown = "unknown",
        /// The host asks to keep the card. It accuses nobody.
        Pickup = "pickup",
        /// Terminal, keys or merchant are not in order.
        Setup = "setup",
        /// No payment at all: a check of the card, or the answer to something else.
        NoPayment = "no-payment",
    }
}

words! {
    /// When the same card may be tried again.
    Retry {
        Never = "never",
        Once = "once",
        AfterCorrection = "after-correction",
        AfterQuery = "after-query",
        Later = "later",
    }
}

words! {
    /// What a message means for paying again.
    Pay {
        /// Only after a look at the record, as after every failure.
        After = "after",
        /// A payment is still running.
        Running = "running",
        /// Something was to be given back, so nobody pays.
        Nobody = "nobody",
        /// It is about payments that are made already.
        Batch = "batch",
        /// No payment is in question.
        None = "none",
    }
}

words! {
    /// What a right-now card is about.
    CardGroup {
        CardOut = "card-out",
        Money = "money",
        Refused = "refused",
        Security = "security",
        Abroad = "abroad",
        Help = "help",
    }
}

/// Words on a terminal's screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub id: String,
    /// As on screens, in any language.
    pub says: Vec<String>,
    /// Hard evidence: what it can mean at all. None for a prompt that is no fault.
    pub causes: Vec<CauseIx>,
    /// The answer to the question `message` that it stands for.
    pub evidence: Option<AnswerIx>,
    /// Whose diagnosis it opens, if not the one that asks what the screen says.
    pub complaint: Option<ComplaintIx>,
    /// `None` if it tells of an approval.
    pub money: Option<MoneyMoved>,
    pub pay: Pay,
    /// What is never advised after it.
    pub bars: Vec<ActionIx>,
    pub sure: Sure,
    pub sources: Vec<SourceIx>,
    pub review: Date,
}

/// A response code in a namespace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Code {
    pub id: String,
    /// `iso8583`, `unionpay`, `visa`, `mastercard`, or an acquirer.
    pub space: String,
    pub code: String,
    pub result: CodeResult,
    /// [`crate::Actor`]s who act.
    pub who: Set,
    pub retry: Retry,
    /// What staff say: an index into [`Lookup::sentences`].
    pub wording: u16,
    pub causes: Vec<CauseIx>,
    /// What is never advised after it.
    pub bars: Vec<ActionIx>,
    /// Codes of the same name that mean something else: indices into [`Lookup::codes`].
    pub conflicts: Vec<u16>,
    pub sure: Sure,
    pub sources: Vec<SourceIx>,
    pub review: Date,
}

/// What to know right now in one situation, for a cardholder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub id: String,
    pub group: CardGroup,
    /// Whose diagnosis it opens.
    pub complaint: Option<ComplaintIx>,
    pub money: Option<MoneyMoved>,
    /// What to show the other side: indices into [`Lookup::sentences`].
    pub sentences: Vec<u16>,
    pub sure: Sure,
    pub sources: Vec<SourceIx>,
    pub review: Date,
}

/// One sentence to show or read aloud to the other side of the counter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    pub id: String,
    /// Who says it.
    pub by: Role,
    /// Where it is offered; nowhere in particular means always.
    pub when: Vec<ComplaintIx>,
}

/// Everything that can be looked up besides complaints and causes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Lookup {
    /// The [`crate::Base::edition`] that its links belong to.
    pub edition: u32,
    pub messages: Vec<Message>,
    pub codes: Vec<Code>,
    /// By group, the first to be shown first.
    pub cards: Vec<Card>,
    pub sentences: Vec<Sentence>,
    /// Ids of the guides, which are loaded when somebody opens one.
    pub guides: Vec<String>,
    /// The titles of all sources, in the order of [`SourceIx`]: they stand under folds, so the first page
    /// does not wait for them. [`Base::light`] leaves them out of the base.
    pub sources: Vec<Source>,
    /// Words that people type for a cause or a complaint; matched, never shown as ours.
    pub spoken_causes: Vec<(CauseIx, Vec<String>)>,
    pub spoken_complaints: Vec<(ComplaintIx, Vec<String>)>,
    /// The same for indices into the lists above.
    pub spoken_messages: Vec<(u16, Vec<String>)>,
    pub spoken_codes: Vec<(u16, Vec<String>)>,
    pub spoken_cards: Vec<(u16, Vec<String>)>,
    /// How the Chinese characters of all texts are read, without tones: each syllable followed by the
    /// characters that are read so (`bai败百ka卡`).
    pub readings: String,
    /// Each simplified character of the texts followed by its traditional ones, words parted by a
    /// space (`败敗 为為爲`).
    pub traditional: String,
}

/// One language's words for a [`Lookup`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LookupWords {
    pub lang: Lang,
    pub edition: u32,
    /// In the order of [`Find`].
    pub texts: Vec<String>,
    pub messages: Vec<MessageWords>,
    pub codes: Vec<CodeWords>,
    pub cards: Vec<CardWords>,
    pub sentences: Vec<String>,
    /// What the pages about rights call each [`crate::Situation`].
    pub situations: Vec<String>,
    /// The titles of the guides, in the order of [`Lookup::guides`].
    pub guides: Vec<String>,
    /// What is commonly told but wrong; [`crate::Words::light`] leaves it out there.
    pub corrections: Vec<CorrectionWords>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MessageWords {
    pub meaning: String,
    /// The first thing to do.
    pub first: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CodeWords {
    pub meaning: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CardWords {
    pub name: String,
    /// Has money moved, and how to tell.
    pub moved: String,
    /// May I pay again.
    pub again: String,
    pub keep: String,
    /// What happens by itself, and when to act.
    pub then: String,
}

impl Lookup {
    /// Reads the bytes that [`Lookup::to_bytes`] wrote, for this base and no other.
    pub fn from_bytes(bytes: &[u8], base: &Base) -> Result<Lookup, Unreadable> {
        let lookup: Lookup =
            postcard::from_bytes(bytes).map_err(|_| Unreadable("the look-up is damaged"))?;
        if lookup.edition != base.edition {
            return Err(Unreadable("the look-up belongs to other rules"));
        }
        Ok(lookup)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }
}

impl LookupWords {
    /// Reads the bytes that [`LookupWords::to_bytes`] wrote, for this base and no other.
    pub fn from_bytes(bytes: &[u8], base: &Base) -> Result<LookupWords, Unreadable> {
        let words: LookupWords = postcard::from_bytes(bytes)
            .map_err(|_| Unreadable("the look-up's words are damaged"))?;
        if words.edition != base.edition {
            return Err(Unreadable("the look-up's words belong to other rules"));
        }
        Ok(words)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    pub fn text(&self, key: Find) -> &str {
        &self.texts[key as usize]
    }
}
