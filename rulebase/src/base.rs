//! The compiled rules. Ids are strings that never change their meaning; links are indices into
//! the lists of the same [`Base`], which the reader has proved to be in range.

use crate::{
    Bank, Cost, Date, Much, Prior, Scale, Situation, Strength, Together, Unreadable, Word, words,
};
use serde::{Deserialize, Serialize};

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident -> $list:ident: $item:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u16);

        impl std::ops::Index<$name> for Base {
            type Output = $item;
            fn index(&self, ix: $name) -> &$item {
                &self.$list[usize::from(ix.0)]
            }
        }

        impl $name {
            /// The index of an id, following renames.
            pub fn find(base: &Base, id: &str) -> Option<$name> {
                let id = base.moved.iter().find(|m| m.0 == stringify!($list) && m.1 == id).map_or(id, |m| &m.2);
                base.$list.iter().position(|x| x.id == id).map(|i| $name(i as u16))
            }

            /// Every index of the base, in order.
            pub fn all(base: &Base) -> impl Iterator<Item = $name> + use<> {
                (0..base.$list.len() as u16).map($name)
            }
        }
    )+};
}

index! {
    CauseIx -> causes: Cause;
    QuestionIx -> questions: Question;
    ActionIx -> actions: Action;
    ComplaintIx -> complaints: Complaint;
    AlertIx -> alerts: Alert;
    CorrectionIx -> corrections: Correction;
    SourceIx -> sources: Source;
    ProbedIx -> probed: Probed;
}

/// Which answer of a question: an index into its `answers`.
pub type AnswerIx = u8;

/// Stands among answers for “I don't know”.
pub const UNKNOWN: AnswerIx = AnswerIx::MAX;

/// A question and some of its answers: true when one of these was given.
pub type OneOf = (QuestionIx, Vec<AnswerIx>);

words! {
    /// Who reads the page.
    Role { Cardholder = "cardholder", Staff = "staff" }
}

words! {
    /// Who can do something about a fault. The first three stand at the counter.
    Actor {
        Cardholder = "cardholder",
        Staff = "staff",
        Owner = "owner",
        Acquirer = "acquirer",
        Issuer = "issuer",
        Police = "police",
    }
}

words! {
    /// Where in the chain a cause sits.
    Group {
        Handling = "handling",
        Contactless = "contactless",
        Card = "card",
        ReaderHardware = "reader-hardware",
        PowerPrinter = "power-printer",
        SoftwareKeys = "software-keys",
        Network = "network",
        AcquirerMerchant = "acquirer-merchant",
        Issuer = "issuer",
        Security = "security",
    }
}

words! {
    /// Whether money may have moved when this is the cause.
    MoneyMoved { Unlikely = "unlikely", Maybe = "maybe", Likely = "likely" }
}

words! {
    /// How sure we are of a statement.
    Sure { Experience = "experience", Secondary = "secondary", Vendor = "vendor", Official = "official" }
}

words! {
    /// What doing an action is for.
    ActionKind {
        /// Something that may mend the fault, done at the counter.
        Fix = "fix",
        /// A way to find out the answer of a question.
        Check = "check",
        /// What somebody outside the shop does.
        Outside = "outside",
        /// The call that always ends it.
        Service = "service",
    }
}

words! {
    /// How an alert is shown.
    AlertLevel {
        /// Fills the screen and pre-empts everything until it was seen.
        Stop = "stop",
        /// Stands above the page.
        Careful = "careful",
        /// Only among the ten rules.
        Rule = "rule",
    }
}

words! {
    /// What an alert says about the money.
    MoneyIs { Paid = "paid", Held = "held", Twice = "twice", Seen = "seen" }
}

words! {
    /// When an alert stands without a condition.
    Standing { Every = "every", Call = "call" }
}

words! {
    /// Which of the two sets of priors holds.
    PriorSet { Any = "any", Removal = "removal" }
}

/// A set of roles or actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Set(pub u8);

impl Set {
    pub fn with<W: Word>(self, word: W) -> Set {
        Set(self.0 | 1 << W::ALL.iter().position(|(w, _)| *w == word).unwrap_or(7))
    }

    pub fn has<W: Word>(self, word: W) -> bool {
        self.0 & Set(0).with(word).0 != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn words<W: Word>(self) -> impl Iterator<Item = W> {
        W::ALL.iter().map(|(w, _)| *w).filter(move |w| self.has(*w))
    }
}

/// All rules, without words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// Tells whether a [`crate::Words`] was compiled from the same ids.
    pub edition: u32,
    pub scale: Scale,
    pub causes: Vec<Cause>,
    pub questions: Vec<Question>,
    pub actions: Vec<Action>,
    pub complaints: Vec<Complaint>,
    pub alerts: Vec<Alert>,
    pub corrections: Vec<Correction>,
    pub sources: Vec<Source>,
    /// What the reader check can bring into a case.
    pub probed: Vec<Probed>,
    /// What kinds of action a gate or an alert can hold back.
    pub tags: Vec<String>,
    /// Renamed ids: list, old, new.
    pub moved: Vec<(String, String, String)>,
    /// What whoever set the app up adds to it.
    pub bank: Option<Box<Bank>>,
    /// How often a cause was confirmed on this device, where somebody wants that to count. Never in a file.
    #[serde(skip)]
    pub counted: Vec<(CauseIx, u16)>,
}

/// What a finding of the reader check does to causes: see [`crate::Finding`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probed {
    pub id: String,
    pub raises: Vec<(CauseIx, Much)>,
    pub lowers: Vec<(CauseIx, Much)>,
    pub together: Option<Together>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    pub id: String,
    pub group: Group,
    pub any: Prior,
    pub removal: Prior,
    /// [`Actor`]s, who can put it right.
    pub fixed_by: Set,
    pub money: MoneyMoved,
    /// The answers that it shows otherwise than the question's default.
    pub signs: Vec<(QuestionIx, AnswerIx, Strength)>,
    pub fixes: Vec<(ActionIx, Strength)>,
    pub sure: Sure,
    pub sources: Vec<SourceIx>,
    pub review: Date,
}

/// Something that one can notice, asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub id: String,
    /// [`Role`]s that it is put to.
    pub ask: Set,
    pub cost: Cost,
    pub answers: Vec<Answer>,
    /// Ways to find out.
    pub checks: Vec<ActionIx>,
    /// Not asked once one of these was answered: they tell the same.
    pub unless: Vec<QuestionIx>,
    /// Asked only where all of these are known.
    pub only_if: Vec<OneOf>,
}

impl Question {
    /// A yes/no question states only how strongly a cause shows “yes”.
    pub fn is_yes_no(&self) -> bool {
        matches!(&self.answers[..], [y, n] if y.id == "yes" && n.id == "no")
    }

    pub fn answer(&self, id: &str) -> Option<AnswerIx> {
        self.answers.iter().position(|a| a.id == id).map(|i| i as AnswerIx)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub id: String,
    /// How strongly a cause shows it that says nothing about it.
    pub default: Strength,
}

/// A check, a fix, what others do, or the service call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    pub id: String,
    pub kind: ActionKind,
    /// [`Actor`]s who may do it.
    pub who: Set,
    pub cost: Cost,
    /// Indices into [`Base::tags`].
    pub tags: Vec<u8>,
    /// Advised only where all of these are known.
    pub only_if: Vec<OneOf>,
}

/// What the visitor sees at the start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Complaint {
    pub id: String,
    /// [`Role`]s that see it.
    pub roles: Set,
    pub prior: PriorSet,
    /// Asked before anything is planned.
    pub first: Option<QuestionIx>,
    /// What it says by itself.
    pub evidence: Vec<OneOf>,
    /// Questions that it makes pointless.
    pub settles: Vec<QuestionIx>,
    /// Hard evidence: the only causes that it can mean, or none for any.
    pub limits: Vec<CauseIx>,
    /// Causes whose prior it sets.
    pub likelier: Vec<(CauseIx, Prior)>,
    /// What it is where rights are concerned.
    pub situation: Option<Situation>,
}

/// A rule that no ranking may override.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    pub id: String,
    /// Which of the ten rules it serves, `R1` to `R10`.
    pub rules: Vec<String>,
    pub level: AlertLevel,
    /// [`Role`]s whose pages show it as a warning; a stop is for every role.
    pub roles: Set,
    pub on: Option<Standing>,
    /// Nothing follows it but the call.
    pub ends: bool,
    pub money: Option<MoneyIs>,
    /// Any of these, each with all of its conditions.
    pub when: Vec<Vec<OneOf>>,
    /// Tags of actions that it takes away while it stands.
    pub blocks: Vec<u8>,
    /// It does not stand where one of these is known.
    pub unless: Vec<OneOf>,
    pub gates: Vec<Gate>,
    pub sure: Sure,
    pub sources: Vec<SourceIx>,
    pub review: Date,
}

/// Actions with one of the tags wait until every question has one of the answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    pub tags: Vec<u8>,
    pub needs: Vec<Need>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Need {
    pub question: QuestionIx,
    pub answers: Vec<AnswerIx>,
    /// Whether “I don't know” will do, once it was asked.
    pub or_unknown: bool,
}

/// Commonly told, but wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    pub id: String,
    pub causes: Vec<CauseIx>,
    pub sure: Sure,
    pub sources: Vec<SourceIx>,
    pub review: Date,
}

/// A manual, a standard, a page behind a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub id: String,
    /// As published; not translated.
    pub title: String,
    pub sure: Sure,
    pub review: Date,
}

impl Base {
    /// Reads the bytes that [`Base::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Base, Unreadable> {
        postcard::from_bytes(bytes).map_err(|_| Unreadable("the rules are damaged"))
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Without what only folds show, for the first page.
    pub fn light(&self) -> Base {
        Base { sources: Vec::new(), ..self.clone() }
    }

    pub fn tag(&self, tag: u8) -> &str {
        &self.tags[usize::from(tag)]
    }

    /// Whether an action carries a tag.
    pub fn tagged(&self, action: ActionIx, tag: &str) -> bool {
        self[action].tags.iter().any(|t| self.tag(*t) == tag)
    }
}

impl Base {
    /// P(answer | cause) for every answer of a question; they sum to 1.
    ///
    /// Strengths of a question with several answers are weights to normalise; a yes/no question
    /// states P(yes). `None` stands for “none of these”, which shows the defaults.
    pub fn likelihoods(&self, cause: Option<CauseIx>, question: QuestionIx) -> Vec<f64> {
        let q = &self[question];
        let mut p: Vec<f64> = q.answers.iter().map(|a| self.scale.strength(a.default)).collect();
        if let Some(cause) = cause {
            let signs = &self[cause].signs;
            let from = signs.partition_point(|s| s.0 < question);
            for (_, answer, strength) in signs[from..].iter().take_while(|s| s.0 == question) {
                p[usize::from(*answer)] = self.scale.strength(*strength);
            }
        }
        if q.is_yes_no() {
            p[1] = 1.0 - p[0];
        }
        let sum: f64 = p.iter().sum();
        p.iter_mut().for_each(|x| *x /= sum);
        p
    }
}
