//! The words in which rules state how likely and how dear something is. What each word weighs is
//! data (`rules/scale.toml`), so that it can be tuned on cases without touching code.

use crate::Much;
use serde::{Deserialize, Serialize};

/// A closed list of words that a rule file may use, in a fixed order.
pub trait Word: Copy + PartialEq + Sized + 'static {
    /// Every value with its spelling in rule files.
    const ALL: &'static [(Self, &'static str)];

    fn spelled(self) -> &'static str {
        Self::ALL.iter().find(|(v, _)| *v == self).map_or("", |(_, s)| s)
    }

    fn parse(s: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == s).map(|(v, _)| *v)
    }
}

/// Declares an enum whose variants are words of the rule files.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $spelled:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }
        impl $crate::Word for $name {
            const ALL: &'static [(Self, &'static str)] = &[$(($name::$variant, $spelled)),+];
        }
    };
}

words! {
    /// How strongly a cause shows an observation, or how surely an action mends a cause.
    Strength {
        AlmostNever = "almost-never",
        Rarely = "rarely",
        Sometimes = "sometimes",
        Often = "often",
        AlmostAlways = "almost-always",
    }
}

words! {
    /// How common a cause is before anything is known.
    Prior {
        Never = "never",
        Rare = "rare",
        Uncommon = "uncommon",
        Occasional = "occasional",
        Common = "common",
        VeryCommon = "very-common",
    }
}

words! {
    /// What an action costs in money.
    Money { Free = "free", Low = "low", Contract = "contract", Chargeable = "chargeable" }
}

words! {
    /// How much of a risk or an embarrassment something is.
    Level { None = "none", Some = "some", High = "high" }
}

/// What every word weighs.
///
/// Strengths are probabilities; priors are weights, normalised by the engine; costs are in minutes
/// of a person's time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    pub strength: [f32; 5],
    pub prior: [f32; 6],
    /// By how much a finding of the reader check raises the odds of a cause, or lowers them.
    pub much: [f32; 3],
    /// The prior of “none of these”.
    pub none: f32,
    pub money: [f32; 4],
    pub risk: [f32; 3],
    pub embarrassment: [f32; 3],
    /// What it costs to ask a question or to do something, beyond its minutes.
    pub effort_question: f32,
    pub effort_action: f32,
    /// What a call costs more when nobody can say what is wrong.
    pub unsure: f32,
    /// What a minute costs while people are waiting, in minutes.
    pub waiting: f32,
    /// Above this probability a cause counts as clear.
    pub clear: f32,
    /// While no cause is clear, a question is asked before anybody is called if it tells at least
    /// this much, in bits.
    pub telling: f32,
    /// Diagnostic questions after which the engine stops asking.
    pub most_questions: u8,
}

impl Scale {
    pub fn strength(&self, s: Strength) -> f64 {
        f64::from(self.strength[s as usize])
    }

    pub fn prior(&self, p: Prior) -> f64 {
        f64::from(self.prior[p as usize])
    }

    pub fn much(&self, m: Much) -> f64 {
        f64::from(self.much[m as usize])
    }

    /// Minutes of time that the four-part cost of a question or an action is worth.
    pub fn cost(&self, cost: &Cost, waiting: bool) -> f64 {
        let minutes = f64::from(cost.tenths) / 10.0;
        minutes * if waiting { f64::from(self.waiting) } else { 1.0 }
            + f64::from(self.money[cost.money as usize])
            + f64::from(self.risk[cost.risk as usize])
            + f64::from(self.embarrassment[cost.embarrassment as usize])
    }
}

/// What asking or doing something costs, in four parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Tenths of a minute.
    pub tenths: u16,
    pub money: Money,
    pub risk: Level,
    pub embarrassment: Level,
}

impl Cost {
    pub fn minutes(&self) -> f64 {
        f64::from(self.tenths) / 10.0
    }
}
