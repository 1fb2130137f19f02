//! Making a claim: letters, what to do with an answer, what to keep. One file a language, loaded when
//! somebody opens the rights.

use crate::{Holder, Lang, Side, Situation, Sure, Unreadable, Word, words};
use serde::{Deserialize, Serialize};

words! {
    /// Who gets a letter, or gave an answer.
    Addressee {
        Merchant = "merchant",
        Issuer = "issuer",
        Acquirer = "acquirer",
        Regulator = "regulator",
        Police = "police",
    }
}

words! {
    /// What a letter leaves to be filled in, as `{name}`.
    Blank {
        Name = "name",
        Contact = "contact",
        Bank = "bank",
        Shop = "shop",
        Address = "address",
        Transaction = "transaction",
        Time = "time",
        Amount = "amount",
        Terminal = "terminal",
        MerchantNo = "merchant_no",
        Reference = "reference",
        Approval = "approval",
        Second = "second",
        Noticed = "noticed",
        Statement = "statement",
        Complained = "complained",
        Answered = "answered",
        Answer = "answer",
        Refund = "refund",
        Today = "today",
        /// The sum that was too much.
        Claimed = "claimed",
        /// What is wrong, and what is asked for.
        Wrong = "wrong",
        Ask = "ask",
        /// What the letter relies on; it is never asked for.
        Basis = "basis",
    }
}

words! {
    /// What people hear.
    Heard {
        Wait = "wait",
        NotOurFault = "not-our-fault",
        AskMerchant = "ask-merchant",
        AskBank = "ask-bank",
        TooLate = "too-late",
        ProveIt = "prove-it",
        Refused = "refused",
        Silence = "silence",
    }
}

words! {
    /// One text of the pages about rights (`locales/<lang>/claim.toml`).
    Claim {
        Title = "title",
        WhatHappened = "what-happened",
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
        IssuedWhere = "issued-where",
        IssuedWhy = "issued-why",
        ShopWhere = "shop-where",
        ShopWhy = "shop-why",
        Elsewhere = "elsewhere",
        Cn = "cn",
        Hk = "hk",
        Mo = "mo",
        Tw = "tw",
        Us = "us",
        Uk = "uk",
        Eu = "eu",
        Sg = "sg",
        Au = "au",
        Ca = "ca",
        Nz = "nz",
        Jp = "jp",
        Kr = "kr",
        My = "my",
        Th = "th",
        Net = "net",
        TwoPlaces = "two-places",
        NotKnown = "not-known",
        NoRule = "no-rule",
        NoAdvice = "no-advice",
        YourDates = "your-dates",
        DatesStay = "dates-stay",
        DateTransaction = "date-transaction",
        DateStatement = "date-statement",
        DateNoticed = "date-noticed",
        DateRefund = "date-refund",
        DateComplained = "date-complained",
        DateAnswered = "date-answered",
        Amount = "amount",
        Currency = "currency",
        Card = "card",
        CardUnknown = "card-unknown",
        CardCredit = "card-credit",
        CardDebit = "card-debit",
        WrongFuture = "wrong-future",
        WrongNoDay = "wrong-no-day",
        WrongLongAgo = "wrong-long-ago",
        WrongOrder = "wrong-order",
        WrongAmountText = "wrong-amount-text",
        WrongCurrency = "wrong-currency",
        Clocks = "clocks",
        ClocksNone = "clocks-none",
        DaysLeft = "days-left",
        Today = "today",
        Over = "over",
        Late = "late",
        NowOpen = "now-open",
        HoldEnded = "hold-ended",
        NeedsDate = "needs-date",
        BeyondTable = "beyond-table",
        NoTable = "no-table",
        BankSide = "bank-side",
        ShopSide = "shop-side",
        NetworkSide = "network-side",
        Owes = "owes",
        OwesMerchant = "owes-merchant",
        OwesIssuer = "owes-issuer",
        OwesAcquirer = "owes-acquirer",
        OwesNetwork = "owes-network",
        OwesRegulator = "owes-regulator",
        OwesMediator = "owes-mediator",
        OwesCourt = "owes-court",
        OwesYou = "owes-you",
        ForceLaw = "force-law",
        ForceCode = "force-code",
        ForceNetworkRule = "force-network-rule",
        ForcePractice = "force-practice",
        ForcePending = "force-pending",
        ForceNone = "force-none",
        Since = "since",
        FitsNot = "fits-not",
        FitsOtherCard = "fits-other-card",
        FitsDepends = "fits-depends",
        FitsCard = "fits-card",
        Ladder = "ladder",
        LadderNone = "ladder-none",
        Bring = "bring",
        Phone = "phone",
        NotTheRight = "not-the-right",
        LettersTitle = "letters-title",
        KeepTitle = "keep-title",
        TheySay = "they-say",
        SendThis = "send-this",
        ForYou = "for-you",
        Missing = "missing",
        Copy = "copy",
        Copied = "copied",
        CopyByHand = "copy-by-hand",
        Print = "print",
        FillIn = "fill-in",
        NeverCard = "never-card",
        BlankName = "blank-name",
        BlankContact = "blank-contact",
        BlankBank = "blank-bank",
        BlankShop = "blank-shop",
        BlankAddress = "blank-address",
        BlankTime = "blank-time",
        BlankTerminal = "blank-terminal",
        BlankMerchantNo = "blank-merchant-no",
        BlankReference = "blank-reference",
        BlankApproval = "blank-approval",
        BlankSecond = "blank-second",
        BlankAnswer = "blank-answer",
        BlankComplained = "blank-complained",
        BlankAnswered = "blank-answered",
        DateTold = "date-told",
        DateFiled = "date-filed",
        DateNoticedStaff = "date-noticed-staff",
        DateComplainedStaff = "date-complained-staff",
        ChangeIssued = "change-issued",
        ChangeShop = "change-shop",
        BlankClaimed = "blank-claimed",
        BlankWrong = "blank-wrong",
        BlankAsk = "blank-ask",
        DatesKept = "dates-kept",
        AnsweredInTime = "answered-in-time",
        ClocksWaiting = "clocks-waiting",
        LadderNoneStaff = "ladder-none-staff",
        LineRemoved = "line-removed",
        ReplyLetter = "reply-letter",
        ToCalendar = "to-calendar",
        CalendarName = "calendar-name",
        CalendarBody = "calendar-body",
        SaveText = "save-text",
        SaveRefused = "save-refused",
        KitTitle = "kit-title",
        KitLink = "kit-link",
        KitWhy = "kit-why",
        Papers = "papers",
        PapersNone = "papers-none",
        Timeline = "timeline",
        TimelineNone = "timeline-none",
        LineDate = "line-date",
        LineText = "line-text",
        LineAdd = "line-add",
        LineRemove = "line-remove",
        KeepOnDevice = "keep-on-device",
        KeepNever = "keep-never",
        KeepHour = "keep-hour",
        KeepDay = "keep-day",
        KeepAlways = "keep-always",
        KeepRefused = "keep-refused",
        KitSave = "kit-save",
        KitFile = "kit-file",
        KitOpen = "kit-open",
        KitOpened = "kit-opened",
        KitBroken = "kit-broken",
        KitNotOurs = "kit-not-ours",
        KitNewer = "kit-newer",
        KitTooLarge = "kit-too-large",
        Undo = "undo",
        Undone = "undone",
        Wipe = "wipe",
        WipeWhy = "wipe-why",
        Wiped = "wiped",
        WipedByTime = "wiped-by-time",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    pub id: String,
    pub to: Addressee,
    pub about: Vec<Situation>,
    pub side: Side,
    pub by: Holder,
    /// Within a situation the first notice comes first.
    pub order: u16,
    /// Without these it cannot be sent; a paragraph with any other that is missing is left out.
    pub needs: Vec<Blank>,
    pub sure: Sure,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    pub id: String,
    pub heard: Heard,
    pub by: Addressee,
    /// An index into [`Claims::letters`].
    pub letter: Option<u16>,
    pub sure: Sure,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Claims {
    pub letters: Vec<Letter>,
    pub replies: Vec<Reply>,
    pub evidence: Vec<Evidence>,
    /// The ids of all that is to be kept, in the order of [`ClaimWords::evidence`].
    pub items: Vec<String>,
}

/// What belongs to a situation besides its rights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub situation: Situation,
    /// Whom one goes to first.
    pub first: Side,
    /// What to keep: indices into [`ClaimWords::evidence`].
    pub items: Vec<u16>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LetterWords {
    pub name: String,
    pub subject: String,
    /// Paragraphs, the same ones in every language.
    pub text: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReplyWords {
    pub heard: String,
    pub means: String,
    pub next: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimWords {
    pub lang: Lang,
    /// In the order of [`Claim`].
    pub texts: Vec<String>,
    pub letters: Vec<LetterWords>,
    pub replies: Vec<ReplyWords>,
    pub evidence: Vec<String>,
}

/// What is loaded for a language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimFile {
    pub claims: Claims,
    pub words: ClaimWords,
    /// The other language's letters: what is sent is written in the one that the addressee reads.
    pub other: Vec<LetterWords>,
}

impl ClaimFile {
    /// Reads the bytes that [`ClaimFile::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<ClaimFile, Unreadable> {
        let file: ClaimFile =
            postcard::from_bytes(bytes).map_err(|_| Unreadable("the letters are damaged"))?;
        let (claims, words) = (&file.claims, &file.words);
        let whole = claims.letters.len() == words.letters.len()
            && claims.letters.len() == file.other.len()
            && words.texts.len() == Claim::ALL.len();
        if whole { Ok(file) } else { Err(Unreadable("the letters do not fit together")) }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }
}

impl Claims {
    /// Whom one goes to first.
    pub fn first(&self, situation: Situation) -> Side {
        self.evidence.iter().find(|e| e.situation == situation).map_or(Side::Issuer, |e| e.first)
    }
}

impl ClaimWords {
    pub fn text(&self, key: Claim) -> &str {
        &self.texts[key as usize]
    }
}
