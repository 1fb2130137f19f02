//! The words: `locales/<lang>/<kind>.toml`, a table a rule, and `ui.toml` for the app's own.

use super::Folder;
use super::fields::{At, Fields, Problems, parse};
use super::problem::{File, Problem};
use crate::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Where every text stands, so that a later check can point at it.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By language, then kind/id/field.
    pub texts: Vec<BTreeMap<String, Place>>,
}

#[derive(Debug, Clone)]
pub(super) struct Place {
    pub file: Rc<File>,
    pub at: Range<usize>,
    pub text: String,
}

pub(super) fn read(
    folder: &Folder,
    base: &Base,
    lookup: &Lookup,
    rights: &[PlaceRights],
    (claims, evidence): (&Claims, &[String]),
    (guides, findings): (&Guides, &[Finding]),
    problems: &Problems,
) -> AllWords {
    let mut places = Places::default();
    let (mut lookup_words, mut rights_words) = (Vec::new(), Vec::new());
    let (mut claim_words, mut guide_words) = (Vec::new(), Vec::new());
    let mut probe_words = Vec::new();
    let words = Lang::ALL
        .iter()
        .map(|(lang, tag)| {
            let mut reader = Reader { folder, problems, tag, texts: BTreeMap::new() };
            let mut words = reader.words(*lang, base);
            let found = super::lookup::words(&mut reader, *lang, lookup);
            let language = (*lang, *tag);
            let said = (lookup, &found);
            guide_words.push(super::guides::words(&mut reader, language, guides, said));
            lookup_words.push(found);
            let probe = super::probe::words(&mut reader, *lang, findings);
            words.probed = super::probe::names(base, findings, &probe);
            probe_words.push(probe);
            rights_words.push(super::rights::words(&mut reader, *lang, rights));
            claim_words.push(super::claims::words(&mut reader, *lang, claims, evidence));
            places.texts.push(reader.texts);
            words
        })
        .collect();
    AllWords {
        words,
        lookup: lookup_words,
        rights: rights_words,
        claims: claim_words,
        guides: guide_words,
        probe: probe_words,
        places,
    }
}

/// The words of every language, in the order of [`Lang`].
pub(super) struct AllWords {
    pub words: Vec<Words>,
    pub lookup: Vec<LookupWords>,
    /// A list of places for each language.
    pub rights: Vec<Vec<PlaceWords>>,
    pub claims: Vec<ClaimWords>,
    pub guides: Vec<GuideWords>,
    pub probe: Vec<ProbeWords>,
    pub places: Places,
}

pub(super) struct Reader<'a> {
    pub(super) folder: &'a Folder,
    pub(super) problems: &'a Problems,
    tag: &'static str,
    texts: BTreeMap<String, Place>,
}

impl Reader<'_> {
    fn words(&mut self, lang: Lang, base: &Base) -> Words {
        let cause_ids: Vec<_> = base.causes.iter().map(|x| x.id.clone()).collect();
        let action_ids: Vec<_> = base.actions.iter().map(|x| x.id.clone()).collect();
        let question_ids: Vec<_> = base.questions.iter().map(|x| x.id.clone()).collect();
        let complaint_ids: Vec<_> = base.complaints.iter().map(|x| x.id.clone()).collect();
        let alert_ids: Vec<_> = base.alerts.iter().map(|x| x.id.clone()).collect();
        let correction_ids: Vec<_> = base.corrections.iter().map(|x| x.id.clone()).collect();
        Words {
            lang,
            edition: base.edition,
            ui: self.own::<Ui>("ui"),
            causes: self.kind("causes", &cause_ids, |r, f, id| CauseWords {
                name: r.text(f, "causes", id, "name"),
                what: r.text(f, "causes", id, "what"),
                not: r.text(f, "causes", id, "not"),
                call: r.text(f, "causes", id, "call"),
            }),
            questions: self.kind("questions", &question_ids, |r, f, id| QuestionWords {
                ask: r.text(f, "questions", id, "ask"),
                why: r.text(f, "questions", id, "why"),
                answers: match base.questions.iter().find(|q| q.id == id) {
                    Some(q) => r.answers(f, q),
                    None => Vec::new(),
                },
            }),
            actions: self.kind("actions", &action_ids, |r, f, id| ActionWords {
                name: r.text(f, "actions", id, "name"),
                steps: r.texts(f, "actions", id, "steps"),
                not: r.optional(f, "actions", id, "not"),
            }),
            complaints: self.kind("complaints", &complaint_ids, |r, f, id| ComplaintWords {
                name: r.text(f, "complaints", id, "name"),
                hint: r.optional(f, "complaints", id, "hint"),
            }),
            alerts: self.kind("alerts", &alert_ids, |r, f, id| AlertWords {
                name: r.text(f, "alerts", id, "name"),
                steps: r.texts(f, "alerts", id, "do"),
                why: r.text(f, "alerts", id, "why"),
            }),
            corrections: self.kind("corrections", &correction_ids, |r, f, id| CorrectionWords {
                told: r.text(f, "corrections", id, "told"),
                truth: r.text(f, "corrections", id, "true"),
            }),
            probed: Vec::new(),
        }
    }

    /// Reads one file of tables; each id must have one, and no other may stand there.
    pub(super) fn kind<T: Default>(
        &mut self,
        kind: &'static str,
        ids: &[String],
        read: impl Fn(&mut Self, &Fields, &str) -> T,
    ) -> Vec<T> {
        self.tables(kind, format!("locales/{}/{kind}.toml", self.tag), ids, read)
    }

    /// The same from a file of a folder: `locales/<lang>/<kind>/<file>.toml`.
    pub(super) fn kind_in<T: Default>(
        &mut self,
        kind: &'static str,
        file: &str,
        ids: &[String],
        read: impl Fn(&mut Self, &Fields, &str) -> T,
    ) -> Vec<T> {
        match ids {
            [] => Vec::new(),
            _ => self.tables(kind, format!("locales/{}/{kind}/{file}.toml", self.tag), ids, read),
        }
    }

    fn tables<T: Default>(
        &mut self,
        kind: &'static str,
        path: String,
        ids: &[String],
        read: impl Fn(&mut Self, &Fields, &str) -> T,
    ) -> Vec<T> {
        let mut by_id: BTreeMap<String, T> = BTreeMap::new();
        if let Some(file) = self.folder.file(&path, self.problems)
            && let Some(doc) = parse(&file, self.problems)
        {
            let fields = Fields::of(&file, doc.as_table(), 0..0, self.problems);
            for (id, table) in fields.subtables() {
                if ids.contains(&id.value) {
                    by_id.insert(id.value.clone(), read(self, &table, &id.value));
                    table.finish();
                } else {
                    let orphan = Problem::at(
                        &file,
                        id.at,
                        format!("no rule in rules/{kind} is called “{}”", id.value),
                    );
                    fields.note(orphan.near(&id.value, ids.iter().map(String::as_str)));
                }
            }
            for id in ids.iter().filter(|id| !by_id.contains_key(*id)) {
                self.problems.borrow_mut().push(Problem::of(
                    &path,
                    format!("[{id}] is missing: rules/{kind}/{id}.toml has no words here"),
                ));
            }
        }
        ids.iter().map(|id| by_id.remove(id).unwrap_or_default()).collect()
    }

    /// Reads a file of the app's own words, a text a key.
    pub(super) fn own<K: Word>(&mut self, kind: &'static str) -> Vec<String> {
        let path = format!("locales/{}/{kind}.toml", self.tag);
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        if let Some(file) = self.folder.file(&path, self.problems)
            && let Some(doc) = parse(&file, self.problems)
        {
            let fields = Fields::of(&file, doc.as_table(), 0..0, self.problems);
            for (key, value) in fields.entries() {
                if K::parse(&key.value).is_none() {
                    let names = K::ALL.iter().map(|(_, s)| *s);
                    let orphan =
                        Problem::at(&file, key.at, format!("the app uses no text “{}”", key.value));
                    fields.note(orphan.near(&key.value, names));
                } else if let Some(value) = value.first() {
                    self.keep(&fields, kind, &key.value, "text", value);
                    texts.insert(key.value, value.value.clone());
                }
            }
            for (_, name) in K::ALL.iter().filter(|(_, n)| !texts.contains_key(*n)) {
                self.problems.borrow_mut().push(Problem::of(&path, format!("“{name}” is missing")));
            }
        }
        K::ALL.iter().map(|(_, name)| texts.remove(*name).unwrap_or_default()).collect()
    }

    pub(super) fn keep(
        &mut self,
        f: &Fields,
        kind: &str,
        id: &str,
        field: &str,
        text: &At<String>,
    ) {
        // A separator of the app's own may end with a space; a text may not.
        if text.value.trim().is_empty() || (kind != "ui" && text.value.trim() != text.value) {
            let said = if text.value.trim().is_empty() {
                "this text is empty"
            } else {
                "this text begins or ends with a space"
            };
            f.note(f.wrong(text.at.clone(), said));
        }
        self.texts.insert(
            format!("{kind}/{id}/{field}"),
            Place { file: f.file.clone(), at: text.at.clone(), text: text.value.clone() },
        );
    }

    pub(super) fn text(&mut self, f: &Fields, kind: &str, id: &str, field: &'static str) -> String {
        match f.optional(field) {
            Some(text) => {
                self.keep(f, kind, id, field, &text);
                text.value
            }
            None => f.string(field).value,
        }
    }

    pub(super) fn optional(
        &mut self,
        f: &Fields,
        kind: &str,
        id: &str,
        field: &'static str,
    ) -> String {
        let text = f.optional(field);
        text.map(|text| {
            self.keep(f, kind, id, field, &text);
            text.value
        })
        .unwrap_or_default()
    }

    pub(super) fn texts(
        &mut self,
        f: &Fields,
        kind: &str,
        id: &str,
        field: &'static str,
    ) -> Vec<String> {
        let list = f.some(field);
        for (i, text) in list.iter().enumerate() {
            self.keep(f, kind, id, &format!("{field}.{i}"), text);
        }
        list.into_iter().map(|t| t.value).collect()
    }

    fn answers(&mut self, f: &Fields, q: &Question) -> Vec<String> {
        let mut by_id = BTreeMap::new();
        if let Some(table) = f.table("answers") {
            let known = |_: &_| !q.answers.is_empty();
            for (id, text) in table.entries().into_iter().filter(known) {
                if q.answer(&id.value).is_none() {
                    let names = q.answers.iter().map(|a| a.id.as_str());
                    table.note(
                        table
                            .wrong(id.at, format!("“{}” has no answer “{}”", q.id, id.value))
                            .near(&id.value, names),
                    );
                } else if let Some(text) = text.first() {
                    self.keep(&table, "questions", &q.id, &format!("answers.{}", id.value), text);
                    by_id.insert(id.value, text.value.clone());
                }
            }
            for a in q.answers.iter().filter(|a| !by_id.contains_key(&a.id)) {
                f.note(f.wrong(f.start(), format!("the answer “{}” has no words", a.id)));
            }
        } else {
            f.note(f.wrong(f.start(), "“answers” is missing"));
        }
        q.answers.iter().map(|a| by_id.remove(&a.id).unwrap_or_default()).collect()
    }
}
