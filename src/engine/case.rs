//! Everything a visitor has told us; the only state. It never holds a card number, for it holds
//! nothing but links into the rules.

use rulebase::{
    ActionIx, AlertIx, AnswerIx, Base, CauseIx, ComplaintIx, ProbedIx, QuestionIx, words,
};

words! {
    /// What came of an action.
    Outcome { Solved = "solved", Failed = "failed", Cannot = "cannot" }
}

words! {
    /// Where words were read.
    Where { Message = "message", Code = "code" }
}

/// What a screen or a slip shows: hard evidence, for it limits what it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub place: Where,
    /// An id of the look-up's rules.
    pub id: String,
    /// What it can mean at all; none limits nothing.
    pub causes: Vec<CauseIx>,
    /// What is never advised after it.
    pub bars: Vec<ActionIx>,
}

/// A case. Any earlier answer can be changed without losing the later ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub complaint: ComplaintIx,
    pub shown: Option<Shown>,
    /// People are waiting behind the customer.
    pub waiting: bool,
    /// In the order given; `None` is “I don't know”.
    pub answers: Vec<(QuestionIx, Option<AnswerIx>)>,
    pub tried: Vec<(ActionIx, Outcome)>,
    /// What the reader check found.
    pub probed: Vec<ProbedIx>,
    /// Alerts that were read and understood.
    pub seen: Vec<AlertIx>,
}

impl Case {
    pub fn new(complaint: ComplaintIx) -> Case {
        Case {
            complaint,
            shown: None,
            waiting: false,
            answers: Vec::new(),
            tried: Vec::new(),
            probed: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// What was answered: `None` if not asked, `Some(None)` for “I don't know”.
    pub fn answer(&self, question: QuestionIx) -> Option<Option<AnswerIx>> {
        self.answers.iter().find(|a| a.0 == question).map(|a| a.1)
    }

    /// Sets an answer in its old place, or at the end.
    pub fn set(&mut self, question: QuestionIx, answer: Option<AnswerIx>) {
        match self.answers.iter_mut().find(|a| a.0 == question) {
            Some(old) => old.1 = answer,
            None => self.answers.push((question, answer)),
        }
    }

    pub fn outcome(&self, action: ActionIx) -> Option<Outcome> {
        self.tried.iter().find(|t| t.0 == action).map(|t| t.1)
    }

    pub fn set_outcome(&mut self, action: ActionIx, outcome: Outcome) {
        self.tried.retain(|t| t.0 != action);
        self.tried.push((action, outcome));
    }

    /// The action that solved it.
    pub fn solved(&self) -> Option<ActionIx> {
        self.tried.iter().find(|t| t.1 == Outcome::Solved).map(|t| t.0)
    }

    /// Only what the base knows, each thing once: so that whatever was built or read by hand can
    /// be advised on.
    pub(crate) fn within(&self, base: &Base) -> Option<Case> {
        if usize::from(self.complaint.0) >= base.complaints.len() {
            return None;
        }
        let mut shown = self.shown.clone();
        if let Some(shown) = &mut shown {
            shown.causes.retain(|c| usize::from(c.0) < base.causes.len());
            shown.bars.retain(|a| usize::from(a.0) < base.actions.len());
        }
        let mut case = Case { shown, waiting: self.waiting, ..Case::new(self.complaint) };
        for &(q, a) in &self.answers {
            if let Some(question) = base.questions.get(usize::from(q.0))
                && a.is_none_or(|a| usize::from(a) < question.answers.len())
            {
                case.set(q, a);
            }
        }
        for &(a, outcome) in &self.tried {
            if usize::from(a.0) < base.actions.len() {
                case.set_outcome(a, outcome);
            }
        }
        for &found in &self.probed {
            if usize::from(found.0) < base.probed.len() && !case.probed.contains(&found) {
                case.probed.push(found);
            }
        }
        for &alert in &self.seen {
            if usize::from(alert.0) < base.alerts.len() && !case.seen.contains(&alert) {
                case.seen.push(alert);
            }
        }
        Some(case)
    }
}
