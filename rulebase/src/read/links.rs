//! Turns what a rule file names into indices, and tells where nothing has that name.

use super::At;
use super::fields::{Fields, Ids};
use crate::*;

/// The ids of every kind, known before any file is read so that links resolve in one pass.
pub(super) struct Links {
    pub(super) causes: Ids,
    pub(super) questions: Ids,
    pub(super) answers: Vec<Vec<String>>,
    pub(super) actions: Ids,
    pub(super) sources: Ids,
    pub(super) tags: std::cell::RefCell<Vec<String>>,
}

impl Links {
    fn tag(&self, tag: &str) -> u8 {
        let mut tags = self.tags.borrow_mut();
        let known = tags.iter().position(|t| t == tag);
        known.unwrap_or_else(|| {
            tags.push(tag.into());
            tags.len() - 1
        }) as u8
    }

    pub(super) fn tags(&self, fields: &Fields, key: &'static str) -> Vec<u8> {
        fields.list(key).iter().map(|t| self.tag(&t.value)).collect()
    }

    pub(super) fn answer(&self, fields: &Fields, q: u16, written: &At<String>) -> Option<AnswerIx> {
        let names = &self.answers[usize::from(q)];
        let found = names.iter().position(|n| *n == written.value);
        // A question that could not be read has no answers; that is told once, where it stands.
        if found.is_none() && !names.is_empty() {
            fields.note(
                fields
                    .wrong(
                        written.at.clone(),
                        format!(
                            "“{}” has no answer “{}”",
                            self.questions.ids[usize::from(q)],
                            written.value
                        ),
                    )
                    .expected(format!("one of: {}", names.join(", ")))
                    .near(&written.value, names.iter().map(String::as_str)),
            );
        }
        found.map(|i| i as AnswerIx)
    }

    /// `question = ["answer", …]` for every key of a table.
    pub(super) fn conditions(&self, fields: &Fields) -> Vec<OneOf> {
        self.answers_by_question(fields, |_| None)
    }

    /// The same, where “unknown” may stand among the answers.
    pub(super) fn conditions_or_unknown(&self, fields: &Fields) -> Vec<OneOf> {
        self.answers_by_question(fields, |a| (a == "unknown").then_some(UNKNOWN))
    }

    fn answers_by_question(
        &self,
        fields: &Fields,
        special: impl Fn(&str) -> Option<AnswerIx>,
    ) -> Vec<OneOf> {
        let mut out = Vec::new();
        for (key, answers) in fields.entries() {
            if let Some(q) = self.questions.link(fields, &key) {
                let answer =
                    |a: At<String>| special(&a.value).or_else(|| self.answer(fields, q, &a));
                out.push((QuestionIx(q), answers.into_iter().filter_map(answer).collect()));
            }
        }
        out
    }

    pub(super) fn sources(&self, fields: &Fields) -> Vec<SourceIx> {
        fields
            .some("sources")
            .iter()
            .filter_map(|s| self.sources.link(fields, s).map(SourceIx))
            .collect()
    }
}
