//! Everything that can be looked up, found by id, with the words of the languages that have come.

use super::{Hit, Index};
use crate::engine::{Case, Shown, Where};
use rulebase::{
    Base, Card, Code, ComplaintIx, Lang, Lookup, LookupWords, Message, QuestionIx, Role, Sentence,
    Words,
};
use std::sync::atomic::{AtomicBool, Ordering};

/// See the module.
pub struct Library {
    pub lookup: Lookup,
    words: Vec<LookupWords>,
    index: Index,
    /// No other language will come.
    alone: AtomicBool,
}

impl Library {
    /// Builds the index from the words that are there; with another language, build it again.
    pub fn new(
        base: &Base,
        words: &[&Words],
        lookup: Lookup,
        lookup_words: Vec<LookupWords>,
    ) -> Library {
        let index = Index::new(base, words, &lookup, &lookup_words.iter().collect::<Vec<_>>());
        Library { lookup, words: lookup_words, index, alone: AtomicBool::new(false) }
    }

    /// The same with one more language.
    pub fn with(&self, base: &Base, words: &[&Words], more: LookupWords) -> Library {
        let mut lookup_words = self.words.clone();
        lookup_words.retain(|w| w.lang != more.lang);
        lookup_words.push(more);
        Library::new(base, words, self.lookup.clone(), lookup_words)
    }

    /// The words of a language, if they have come.
    pub fn words(&self, lang: Lang) -> Option<&LookupWords> {
        self.words.iter().find(|w| w.lang == lang)
    }

    /// Tells that no other language will come.
    pub fn stays_alone(&self) {
        self.alone.store(true, Ordering::Relaxed);
    }

    pub fn is_alone(&self) -> bool {
        self.alone.load(Ordering::Relaxed)
    }

    pub fn search(&self, query: &str, most: usize) -> Vec<Hit> {
        self.index.search(query, most)
    }

    pub fn message(&self, id: &str) -> Option<(usize, &Message)> {
        self.lookup.messages.iter().enumerate().find(|m| m.1.id == id)
    }

    pub fn code(&self, id: &str) -> Option<(usize, &Code)> {
        self.lookup.codes.iter().enumerate().find(|c| c.1.id == id)
    }

    pub fn card(&self, id: &str) -> Option<(usize, &Card)> {
        self.lookup.cards.iter().enumerate().find(|c| c.1.id == id)
    }

    pub fn sentence(&self, id: &str) -> Option<(usize, &Sentence)> {
        self.lookup.sentences.iter().enumerate().find(|s| s.1.id == id)
    }

    /// What of a screen or a slip a case was opened with.
    pub fn shown(&self, place: Where, id: &str) -> Option<Shown> {
        let (causes, bars) = match place {
            Where::Message => self.message(id).map(|m| (&m.1.causes, &m.1.bars))?,
            Where::Code => self.code(id).map(|c| (&c.1.causes, &c.1.bars))?,
        };
        Some(Shown { place, id: id.into(), causes: causes.clone(), bars: bars.clone() })
    }

    /// The diagnosis that words on a screen open: limited to what they can mean, with the answer that
    /// they stand for. `None` where they tell of no fault.
    pub fn case_of_message(&self, base: &Base, id: &str) -> Option<Case> {
        let (_, message) = self.message(id).filter(|m| !m.1.causes.is_empty())?;
        let asks = QuestionIx::find(base, "message")?;
        let complaint = message.complaint.or_else(|| first_asks(base, asks))?;
        let mut case = Case::new(complaint);
        case.shown = self.shown(Where::Message, id);
        if base[complaint].first == Some(asks) {
            case.set(asks, message.evidence);
        }
        Some(case)
    }

    /// The diagnosis that a code opens. `None` where it tells of no fault.
    pub fn case_of_code(&self, base: &Base, id: &str) -> Option<Case> {
        let (_, code) = self.code(id).filter(|c| !c.1.causes.is_empty())?;
        let asks = QuestionIx::find(base, "message")?;
        let declined = base[asks].answer("declined")?;
        let mut case = Case::new(first_asks(base, asks)?);
        case.shown = self.shown(Where::Code, &code.id);
        case.set(asks, Some(declined));
        Some(case)
    }

    /// Sentences that a role shows in a case, its own before those that fit always.
    pub fn sentences(&self, by: Role, complaint: ComplaintIx) -> Vec<usize> {
        let of = |i: &usize| self.lookup.sentences[*i].when.contains(&complaint);
        (0..self.lookup.sentences.len())
            .filter(|i| self.lookup.sentences[*i].by == by)
            .filter(of)
            .collect()
    }
}

/// The complaint that begins with this question.
fn first_asks(base: &Base, question: QuestionIx) -> Option<ComplaintIx> {
    ComplaintIx::all(base).find(|c| base[*c].first == Some(question))
}
