//! What a merchant does, step by step; what to look at on a terminal; what to do how often; questions to
//! train with. One file a language, loaded when somebody opens it.

use crate::{Lang, Sure, Unreadable, Word, words};
use serde::{Deserialize, Serialize};

words! {
    /// Where a guide stands in the list.
    GuideGroup {
        Payment = "payment",
        Trouble = "trouble",
        EveryDay = "every-day",
        After = "after",
        People = "people",
        Safety = "safety",
    }
}

words! {
    /// Who does a step.
    Doer { Staff = "staff", Owner = "owner", Customer = "customer", Acquirer = "acquirer" }
}

words! {
    /// How often something is due.
    Every {
        Day = "day",
        Week = "week",
        Month = "month",
        Quarter = "quarter",
        HalfYear = "half-year",
        /// On a day that the owner knows: a contract or a certificate ends.
        Date = "date",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guide {
    pub id: String,
    pub group: GuideGroup,
    pub order: u16,
    pub steps: Vec<GuideStep>,
    pub sure: Sure,
    /// Titles of the sources, as published.
    pub sources: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuideStep {
    pub id: String,
    pub who: Doer,
    /// Sentences to say here: indices into [`Guides::sentences`].
    pub say: Vec<u16>,
    /// Where to go if this step shows trouble: what follows language and role in an address.
    pub go: Option<String>,
}

/// A question to train with; exactly one answer is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drill {
    pub id: String,
    /// The guide to read: an index into [`Guides::guides`].
    pub guide: u16,
    pub answers: Vec<String>,
    pub right: u8,
}

/// Something that is due again and again, or on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Upkeep {
    pub id: String,
    pub every: Every,
    /// With heavy use.
    pub heavy: Option<Every>,
    pub guide: Option<u16>,
    pub sure: Sure,
}

/// What to look at on a terminal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    pub id: String,
    /// What is different may be a manipulation: the terminal is not used any more.
    pub tamper: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Guides {
    /// By group, and in their order.
    pub guides: Vec<Guide>,
    /// Ids of the sentences that guides use.
    pub sentences: Vec<String>,
    pub quiz: Vec<Drill>,
    pub upkeep: Vec<Upkeep>,
    pub looks: Vec<Look>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GuideText {
    pub title: String,
    pub intro: String,
    pub steps: Vec<StepText>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StepText {
    pub title: String,
    pub paragraphs: Vec<String>,
    /// How long it takes, in words; may be empty.
    pub long: String,
    /// What not to do; may be empty.
    pub not: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QuizText {
    pub ask: String,
    pub why: String,
    pub answers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct UpkeepText {
    pub name: String,
    pub what: String,
    pub how_often: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LookText {
    /// Short, for the log.
    pub name: String,
    pub look: String,
    pub different: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuideWords {
    pub lang: Lang,
    /// In the order of [`Shop`].
    pub texts: Vec<String>,
    pub guides: Vec<GuideText>,
    pub sentences: Vec<String>,
    pub quiz: Vec<QuizText>,
    pub upkeep: Vec<UpkeepText>,
    pub looks: Vec<LookText>,
}

impl GuideWords {
    pub fn text(&self, key: Shop) -> &str {
        &self.texts[key as usize]
    }
}

/// What is loaded in a language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuideFile {
    pub guides: Guides,
    pub words: GuideWords,
    /// The sentences in the other language, which the customer may read.
    pub other: Vec<String>,
}

impl GuideFile {
    /// Reads the bytes that [`GuideFile::to_bytes`] wrote.
    ///
    /// # Errors
    /// If they are cut, or of another edition.
    pub fn from_bytes(bytes: &[u8]) -> Result<GuideFile, Unreadable> {
        let file: GuideFile =
            postcard::from_bytes(bytes).map_err(|_| Unreadable("the guides are damaged"))?;
        let (of, words) = (&file.guides, &file.words);
        let whole = of.guides.len() == words.guides.len()
            && of.guides.iter().zip(&words.guides).all(|(g, w)| g.steps.len() == w.steps.len())
            && of.sentences.len() == words.sentences.len()
            && of.sentences.len() == file.other.len()
            && of.quiz.len() == words.quiz.len()
            && of.upkeep.len() == words.upkeep.len()
            && of.looks.len() == words.looks.len()
            && words.texts.len() == Shop::ALL.len();
        if whole { Ok(file) } else { Err(Unreadable("the guides do not fit together")) }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }
}

words! {
    /// One text of the pages for merchants (`locales/<lang>/shop.toml`).
    Shop {
        Title = "title",
        TitleWhy = "title-why",
        GroupPayment = "group-payment",
        GroupTrouble = "group-trouble",
        GroupEveryDay = "group-every-day",
        GroupAfter = "group-after",
        GroupPeople = "group-people",
        GroupSafety = "group-safety",
        Tools = "tools",
        DoerStaff = "doer-staff",
        DoerOwner = "doer-owner",
        DoerCustomer = "doer-customer",
        DoerAcquirer = "doer-acquirer",
        SayIt = "say-it",
        GoGuide = "go-guide",
        GoCase = "go-case",
        GoRights = "go-rights",
        GoCard = "go-card",
        GoMessage = "go-message",
        GoCode = "go-code",
        Done = "done",
        AllDone = "all-done",
        Reset = "reset",
        ResetDone = "reset-done",
        Sources = "sources",
        Keep = "keep",
        KeepNever = "keep-never",
        KeepDay = "keep-day",
        KeepAlways = "keep-always",
        KeepRefused = "keep-refused",
        SaveRefused = "save-refused",
        Wipe = "wipe",
        WipeWhy = "wipe-why",
        Wiped = "wiped",
        WipedByTime = "wiped-by-time",
        Print = "print",
        Log = "log",
        LogWhy = "log-why",
        Terminals = "terminals",
        TerminalsNone = "terminals-none",
        TerminalAdd = "terminal-add",
        TerminalRemove = "terminal-remove",
        TerminalName = "terminal-name",
        Model = "model",
        Serial = "serial",
        SerialWrong = "serial-wrong",
        Place = "place",
        Photo = "photo",
        PhotoWhy = "photo-why",
        PhotoOf = "photo-of",
        PhotoRemove = "photo-remove",
        PhotoTooLarge = "photo-too-large",
        Inspect = "inspect",
        InspectWhy = "inspect-why",
        SeenSame = "seen-same",
        SeenDifferent = "seen-different",
        SeenUnsure = "seen-unsure",
        SeenOpen = "seen-open",
        Note = "note",
        InspectSave = "inspect-save",
        InspectSaved = "inspect-saved",
        InspectEmpty = "inspect-empty",
        TamperTitle = "tamper-title",
        TamperDo = "tamper-do",
        TamperGo = "tamper-go",
        History = "history",
        HistoryNone = "history-none",
        HistoryFine = "history-fine",
        HistoryFound = "history-found",
        HistorySome = "history-some",
        HistoryUnsure = "history-unsure",
        UnsureDo = "unsure-do",
        Stopped = "stopped",
        Gone = "gone",
        CsvNothing = "csv-nothing",
        SheetDate = "sheet-date",
        SheetWho = "sheet-who",
        CsvSave = "csv-save",
        CsvOpen = "csv-open",
        CsvFile = "csv-file",
        CsvOpened = "csv-opened",
        CsvRow = "csv-row",
        CsvMore = "csv-more",
        CsvColumns = "csv-columns",
        CsvNoDate = "csv-no-date",
        CsvTwoWays = "csv-two-ways",
        CsvNoTime = "csv-no-time",
        CsvNoCheck = "csv-no-check",
        CsvNoSeen = "csv-no-seen",
        CsvTwice = "csv-twice",
        CsvNoTerminal = "csv-no-terminal",
        CsvWidth = "csv-width",
        CsvEmpty = "csv-empty",
        CsvNoText = "csv-no-text",
        CsvTooLarge = "csv-too-large",
        CsvTooMany = "csv-too-many",
        Upkeep = "upkeep",
        UpkeepWhy = "upkeep-why",
        Heavy = "heavy",
        HeavyNo = "heavy-no",
        HeavyYes = "heavy-yes",
        EveryDay = "every-day",
        EveryWeek = "every-week",
        EveryMonth = "every-month",
        EveryQuarter = "every-quarter",
        EveryHalfYear = "every-half-year",
        EveryNever = "every-never",
        EndsOn = "ends-on",
        EndsPast = "ends-past",
        ToCalendar = "to-calendar",
        CalendarName = "calendar-name",
        Quiz = "quiz",
        QuizWhy = "quiz-why",
        QuizStart = "quiz-start",
        QuizNumber = "quiz-number",
        QuizRight = "quiz-right",
        QuizWrong = "quiz-wrong",
        QuizYours = "quiz-yours",
        QuizBest = "quiz-best",
        QuizNext = "quiz-next",
        QuizEnd = "quiz-end",
        QuizResult = "quiz-result",
        QuizAgain = "quiz-again",
        QuizName = "quiz-name",
        QuizNameWhy = "quiz-name-why",
        QuizRead = "quiz-read",
        Prints = "prints",
        PrintsWhy = "prints-why",
        PrintCounter = "print-counter",
        PrintOpening = "print-opening",
        PrintCalls = "print-calls",
        PrintSize = "print-size",
        SizeA4 = "size-a4",
        SizeA6 = "size-a6",
        CounterTitle = "counter-title",
        Counter1 = "counter-1",
        Counter2 = "counter-2",
        Counter3 = "counter-3",
        CounterNever = "counter-never",
        CounterScan = "counter-scan",
        QrOf = "qr-of",
        CallsAcquirer = "calls-acquirer",
        CallsPhone = "calls-phone",
        CallsMerchant = "calls-merchant",
        CallsTerminal = "calls-terminal",
        CallsBackup = "calls-backup",
        CallsOwner = "calls-owner",
        CallsHave = "calls-have",
        CallsNever = "calls-never",
        Owner = "owner",
        OwnerWhy = "owner-why",
        OwnerNone = "owner-none",
        OwnerCause = "owner-cause",
        OwnerCount = "owner-count",
        OwnerTable = "owner-table",
        OwnerAdjust = "owner-adjust",
        OwnerAdjustNo = "owner-adjust-no",
        OwnerAdjustYes = "owner-adjust-yes",
        OwnerAdjustWhy = "owner-adjust-why",
        OwnerReset = "owner-reset",
    }
}
