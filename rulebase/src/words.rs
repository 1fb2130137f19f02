//! One language's prose, in the order of the [`Base`] that it was compiled with.

use crate::{
    ActionIx, AlertIx, AnswerIx, Base, CauseIx, ComplaintIx, QuestionIx, Ui, Unreadable, words,
};
use serde::{Deserialize, Serialize};

words! {
    /// A language of the app, by its BCP 47 tag.
    Lang { En = "en", ZhCn = "zh-CN" }
}

impl Lang {
    pub fn other(self) -> Lang {
        match self {
            Lang::En => Lang::ZhCn,
            Lang::ZhCn => Lang::En,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Words {
    pub lang: Lang,
    /// The [`Base::edition`] that it belongs to.
    pub edition: u32,
    pub ui: Vec<String>,
    pub causes: Vec<CauseWords>,
    pub questions: Vec<QuestionWords>,
    pub actions: Vec<ActionWords>,
    pub complaints: Vec<ComplaintWords>,
    pub alerts: Vec<AlertWords>,
    pub corrections: Vec<CorrectionWords>,
    /// What the reader check found, in the order of [`Base::probed`].
    pub probed: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CauseWords {
    pub name: String,
    /// What happened, and how one can tell.
    pub what: String,
    /// What not to do.
    pub not: String,
    /// When to stop and whom to call.
    pub call: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QuestionWords {
    pub ask: String,
    pub why: String,
    /// In the order of the question's answers.
    pub answers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ActionWords {
    pub name: String,
    pub steps: Vec<String>,
    /// What not to do; may be empty.
    pub not: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComplaintWords {
    pub name: String,
    /// May be empty.
    pub hint: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AlertWords {
    pub name: String,
    pub steps: Vec<String>,
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CorrectionWords {
    pub told: String,
    pub truth: String,
}

impl Words {
    /// Reads the bytes that [`Words::to_bytes`] wrote, for this base and no other.
    pub fn from_bytes(bytes: &[u8], base: &Base) -> Result<Words, Unreadable> {
        let words: Words =
            postcard::from_bytes(bytes).map_err(|_| Unreadable("the words are damaged"))?;
        if words.edition != base.edition {
            return Err(Unreadable("the words belong to other rules"));
        }
        Ok(words)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    pub fn ui(&self, key: Ui) -> &str {
        &self.ui[key as usize]
    }

    /// A text of the app's own with `{name}` replaced by its value.
    pub fn fill(&self, key: Ui, with: &[(&str, &str)]) -> String {
        let mut text = self.ui(key).to_string();
        for (name, value) in with {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    pub fn cause(&self, ix: CauseIx) -> &CauseWords {
        &self.causes[usize::from(ix.0)]
    }

    pub fn question(&self, ix: QuestionIx) -> &QuestionWords {
        &self.questions[usize::from(ix.0)]
    }

    pub fn answer(&self, ix: QuestionIx, answer: Option<AnswerIx>) -> &str {
        match answer {
            Some(a) => &self.question(ix).answers[usize::from(a)],
            None => self.ui(Ui::DontKnow),
        }
    }

    pub fn action(&self, ix: ActionIx) -> &ActionWords {
        &self.actions[usize::from(ix.0)]
    }

    pub fn complaint(&self, ix: ComplaintIx) -> &ComplaintWords {
        &self.complaints[usize::from(ix.0)]
    }

    pub fn alert(&self, ix: AlertIx) -> &AlertWords {
        &self.alerts[usize::from(ix.0)]
    }

    /// Without what only folds show, for the first page.
    pub fn light(&self) -> Words {
        Words { corrections: Vec::new(), ..self.clone() }
    }
}
