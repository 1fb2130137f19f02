//! What is due to whom, where, until when. A file a place, loaded when somebody opens it.

use crate::{Date, Lang, Sure, Unreadable, Word, words};
use serde::{Deserialize, Serialize};

words! {
    /// Whose law. A tag of ours, for most the ISO 3166 code in small letters.
    Place {
        Cn = "cn", Hk = "hk", Mo = "mo", Tw = "tw", Us = "us", Uk = "uk", Eu = "eu", Sg = "sg",
        Au = "au", Ca = "ca", Nz = "nz", Jp = "jp", Kr = "kr", My = "my", Th = "th",
        /// The card networks' own rules, everywhere.
        Net = "net",
    }
}

/// The European Economic Area without the countries that have a place of their own; ISO 3166.
const EEA: [&str; 30] = [
    "at", "be", "bg", "hr", "cy", "cz", "dk", "ee", "fi", "fr", "de", "gr", "hu", "ie", "it", "lv",
    "lt", "lu", "mt", "nl", "pl", "pt", "ro", "sk", "si", "es", "se", "is", "li", "no",
];

impl Place {
    /// The place whose rules hold in a country, by our tag or its ISO 3166 code in any case.
    pub fn of(code: &str) -> Option<Place> {
        let code = code.trim().to_ascii_lowercase();
        match code.as_str() {
            "gb" => Some(Place::Uk),
            code if EEA.contains(&code) => Some(Place::Eu),
            code => Place::parse(code),
        }
    }
}

words! {
    /// Two laws at once: the bank's duties follow where the card was issued, the shop's where it is.
    Side { Issuer = "issuer", Shop = "shop" }
}

words! {
    /// What happened, as far as rights go.
    Situation {
        DebitedFailed = "debited-failed",
        ChargedTwice = "charged-twice",
        WrongAmount = "wrong-amount",
        Unauthorised = "unauthorised",
        Skimmed = "skimmed",
        CardKept = "card-kept",
        RefundMissing = "refund-missing",
        Hold = "hold",
        Surcharge = "surcharge",
        Minimum = "minimum",
        Receipt = "receipt",
        Dcc = "dcc",
        Refused = "refused",
        CashOut = "cash-out",
        Complaint = "complaint",
    }
}

words! { CardKind { Any = "any", Credit = "credit", Debit = "debit" } }

words! { Holder { Cardholder = "cardholder", Merchant = "merchant" } }

words! {
    /// Who owes it, or must act.
    Party {
        Cardholder = "cardholder",
        Merchant = "merchant",
        Issuer = "issuer",
        Acquirer = "acquirer",
        Network = "network",
        Regulator = "regulator",
        Mediator = "mediator",
        Court = "court",
    }
}

words! {
    Force {
        Law = "law",
        /// A code or a contract that firms bound themselves to.
        Code = "code",
        NetworkRule = "network-rule",
        Practice = "practice",
        /// Not in force yet.
        Pending = "pending",
        /// There is no such rule, and that is worth knowing.
        None = "none",
    }
}

words! {
    Unit {
        Day = "day",
        BusinessDay = "business-day",
        Week = "week",
        Month = "month",
        Year = "year",
    }
}

words! {
    /// The visitor's own dates, in the order in which they happen.
    Event {
        Transaction = "transaction",
        Statement = "statement",
        Noticed = "noticed",
        Refund = "refund",
        /// The shop was told.
        Told = "told",
        /// The bank was told, or by staff the acquirer.
        Complained = "complained",
        Answered = "answered",
        /// An authority or a mediator got the complaint.
        Filed = "filed",
    }
}

words! {
    ClockKind {
        /// The visitor, or whoever it names, must act until then.
        ActBy = "act-by",
        /// The other side must have acted by then.
        AnswerBy = "answer-by",
        /// Too early before then.
        WaitUntil = "wait-until",
        /// A hold ends by then at the latest.
        HoldUntil = "hold-until",
    }
}

words! {
    LimitKind {
        /// The amount must be more.
        Above = "above",
        /// The amount must be as much or more.
        From = "from",
        /// The amount must not be more.
        UpTo = "up-to",
        /// The most that one can lose.
        Cap = "cap",
        Fee = "fee",
        /// The most that one can get.
        Award = "award",
    }
}

words! {
    /// A step of the ladder.
    Rung {
        Merchant = "merchant",
        Bank = "bank",
        Acquirer = "acquirer",
        Association = "association",
        Regulator = "regulator",
        Police = "police",
        Mediator = "mediator",
        Court = "court",
    }
}

/// A time limit. The day of the event is not counted; the last day counts to its end, where the
/// visitor is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    pub id: String,
    pub n: u16,
    pub unit: Unit,
    pub from: Event,
    pub kind: ClockKind,
    pub whose: Party,
}

/// A threshold or a cap, in whole units of its currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    pub id: String,
    pub n: u32,
    /// ISO 4217.
    pub currency: String,
    pub kind: LimitKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Right {
    pub id: String,
    pub side: Side,
    pub about: Vec<Situation>,
    /// Where a letter to the one who owes it may cite it.
    pub cite: Vec<Situation>,
    pub card: CardKind,
    pub holder: Holder,
    pub duty: Party,
    pub force: Force,
    pub effective: Option<Date>,
    pub clocks: Vec<Clock>,
    pub limits: Vec<Limit>,
    pub sure: Sure,
    /// Indices into [`PlaceRights::sources`].
    pub sources: Vec<u16>,
    pub review: Date,
}

/// Where to complain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    pub id: String,
    pub side: Side,
    pub step: Rung,
    /// Empty: whatever happened.
    pub about: Vec<Situation>,
    pub card: CardKind,
    /// Whom it serves; `None` is both.
    pub holder: Option<Holder>,
    pub phone: Option<String>,
    pub url: Option<String>,
    pub clocks: Vec<Clock>,
    pub limits: Vec<Limit>,
    pub sure: Sure,
    pub sources: Vec<u16>,
    pub review: Date,
}

/// Which days are worked, as far as that is known.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Holidays {
    /// The first and the last day that the table is sure about.
    pub since: Date,
    pub until: Date,
    /// Days off from Monday to Friday, sorted.
    pub off: Vec<Date>,
    /// Days worked on a weekend (调休), sorted.
    pub work: Vec<Date>,
}

/// The title of an instrument or a page, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    pub id: String,
    pub title: String,
    pub sure: Sure,
    pub review: Date,
}

/// All that is known of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceRights {
    pub place: Place,
    pub rights: Vec<Right>,
    /// The first to go to first.
    pub channels: Vec<Channel>,
    pub holidays: Option<Holidays>,
    pub sources: Vec<Instrument>,
}

/// One language's words for a [`PlaceRights`], in its order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceWords {
    pub lang: Lang,
    pub rights: Vec<RightWords>,
    pub channels: Vec<ChannelWords>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RightWords {
    pub name: String,
    pub says: String,
    /// Instrument and article.
    pub instrument: String,
    /// In the order of the right's clocks and limits.
    pub clocks: Vec<String>,
    pub limits: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChannelWords {
    pub name: String,
    pub what: String,
    pub bring: String,
    /// May be empty.
    pub cost: String,
    pub clocks: Vec<String>,
    pub limits: Vec<String>,
}

/// What is loaded for a place and a language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceFile {
    pub rights: PlaceRights,
    pub words: PlaceWords,
}

impl PlaceFile {
    /// Reads the bytes that [`PlaceFile::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<PlaceFile, Unreadable> {
        let file: PlaceFile =
            postcard::from_bytes(bytes).map_err(|_| Unreadable("the rights are damaged"))?;
        let (of, words) = (&file.rights, &file.words);
        let whole =
            of.rights.len() == words.rights.len() && of.channels.len() == words.channels.len();
        if whole { Ok(file) } else { Err(Unreadable("the rights do not fit together")) }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }
}
