//! Takes a TOML table apart field by field and notes every problem on the way, so that one run
//! tells all of them.

use super::problem::{File, Problem};
use crate::Word;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use toml_edit::{Document, Item, TableLike};

/// All problems of one run.
pub type Problems = RefCell<Vec<Problem>>;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct At<T> {
    pub value: T,
    pub at: Range<usize>,
}

/// The fields of one table. Whatever is not asked for is unknown, see [`Fields::finish`].
pub struct Fields<'a> {
    pub file: &'a Rc<File>,
    table: &'a dyn TableLike,
    at: Range<usize>,
    problems: &'a Problems,
    asked: RefCell<Vec<&'static str>>,
}

/// Parses a file; a syntax error is a problem and gives nothing.
pub fn parse(file: &Rc<File>, problems: &Problems) -> Option<Document<String>> {
    match Document::parse(file.text.clone()) {
        Ok(doc) => Some(doc),
        Err(e) => {
            let at = e.span().unwrap_or(0..0);
            let said = e.message().lines().collect::<Vec<_>>().join("; ");
            let problem = Problem::at(file, at, format!("this is no TOML: {said}"));
            problems.borrow_mut().push(problem);
            None
        }
    }
}

impl<'a> Fields<'a> {
    pub fn of(
        file: &'a Rc<File>,
        table: &'a dyn TableLike,
        at: Range<usize>,
        problems: &'a Problems,
    ) -> Fields<'a> {
        Fields { file, table, at, problems, asked: RefCell::default() }
    }

    pub fn wrong(&self, at: Range<usize>, message: impl Into<String>) -> Problem {
        Problem::at(self.file, at, message)
    }

    pub fn note(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Where the table begins, for problems about what is not in it.
    pub fn start(&self) -> Range<usize> {
        self.at.start..self.at.start
    }

    fn get(&self, key: &'static str) -> Option<&'a Item> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn missing<T: Default>(&self, key: &'static str) -> T {
        self.note(self.wrong(self.start(), format!("“{key}” is missing")));
        T::default()
    }

    fn mistyped(&self, item: &Item, key: &str, expected: &str) {
        let at = item.span().unwrap_or(self.at.clone());
        let found = item.type_name();
        self.note(self.wrong(at, format!("“{key}” is a {found}")).expected(expected));
    }

    pub fn string(&self, key: &'static str) -> At<String> {
        self.optional(key).unwrap_or_else(|| At { value: self.missing(key), at: self.at.clone() })
    }

    pub fn optional(&self, key: &'static str) -> Option<At<String>> {
        let item = self.get(key)?;
        match item.as_str() {
            Some(s) => {
                Some(At { value: s.to_string(), at: item.span().unwrap_or(self.at.clone()) })
            }
            None => {
                self.mistyped(item, key, "a text in quotes");
                Some(At { value: String::new(), at: self.at.clone() })
            }
        }
    }

    /// A list of texts; a lone text counts as a list of one.
    pub fn list(&self, key: &'static str) -> Vec<At<String>> {
        let Some(item) = self.get(key) else { return Vec::new() };
        self.texts(item, key)
    }

    pub fn some(&self, key: &'static str) -> Vec<At<String>> {
        if self.table.get(key).is_none() {
            return self.missing(key);
        }
        let list = self.list(key);
        if list.is_empty() {
            let at = self.table.get(key).and_then(Item::span).unwrap_or(self.at.clone());
            self.note(self.wrong(at, format!("“{key}” is empty")).expected("at least one"));
        }
        list
    }

    fn texts(&self, item: &'a Item, key: &str) -> Vec<At<String>> {
        if let Some(s) = item.as_str() {
            return vec![At { value: s.into(), at: item.span().unwrap_or(self.at.clone()) }];
        }
        let Some(array) = item.as_array() else {
            self.mistyped(item, key, "a list of texts");
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|v| {
                let at = v.span().unwrap_or(self.at.clone());
                let text = v.as_str().map(str::to_string);
                if text.is_none() {
                    let found = v.type_name();
                    self.note(
                        self.wrong(at.clone(), format!("this is {found}"))
                            .expected("a text in quotes"),
                    );
                }
                Some(At { value: text?, at })
            })
            .collect()
    }

    pub fn word<W: Word>(&self, key: &'static str) -> W {
        match self.optional(key) {
            Some(written) => self.as_word(&written),
            None => {
                let _: bool = self.missing(key);
                W::ALL[0].0
            }
        }
    }

    pub fn word_or<W: Word>(&self, key: &'static str, otherwise: W) -> W {
        self.optional(key).map_or(otherwise, |written| self.as_word(&written))
    }

    pub fn as_word<W: Word>(&self, written: &At<String>) -> W {
        W::parse(&written.value).unwrap_or_else(|| {
            let names = W::ALL.iter().map(|(_, s)| *s);
            self.note(
                self.wrong(
                    written.at.clone(),
                    format!("“{}” is no word of this list", written.value),
                )
                .expected(format!("one of: {}", names.clone().collect::<Vec<_>>().join(", ")))
                .near(&written.value, names),
            );
            W::ALL[0].0
        })
    }

    pub fn set<W: Word>(&self, key: &'static str) -> crate::Set {
        self.some(key).iter().fold(crate::Set::default(), |set, w| set.with(self.as_word::<W>(w)))
    }

    /// A number of at least 0; `0` and a problem if it is none.
    pub fn number(&self, key: &'static str) -> f64 {
        let Some(item) = self.get(key) else { return self.missing(key) };
        match item.as_float().or(item.as_integer().map(|i| i as f64)) {
            Some(n) if n >= 0.0 && n.is_finite() => n,
            _ => {
                self.mistyped(item, key, "a number of at least 0");
                0.0
            }
        }
    }

    pub fn flag(&self, key: &'static str) -> bool {
        let Some(item) = self.get(key) else { return false };
        item.as_bool().unwrap_or_else(|| {
            self.mistyped(item, key, "true or false");
            false
        })
    }

    pub fn date(&self, key: &'static str) -> crate::Date {
        let Some(item) = self.get(key) else { return self.missing(key) };
        let date = item.as_datetime().and_then(|d| d.date).map(|d| crate::Date {
            year: d.year,
            month: d.month,
            day: d.day,
        });
        if date.is_none() {
            self.mistyped(item, key, "a day such as 2027-11-01, without quotes");
        }
        date.unwrap_or_default()
    }

    /// Whether the file says anything of this.
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// A list of days.
    pub fn dates(&self, key: &'static str) -> Vec<crate::Date> {
        let Some(item) = self.get(key) else { return self.missing(key) };
        let Some(array) = item.as_array() else {
            self.mistyped(item, key, "a list of days");
            return Vec::new();
        };
        let mut out = Vec::new();
        for value in array {
            match value.as_datetime().and_then(|d| d.date) {
                Some(d) => out.push(crate::Date { year: d.year, month: d.month, day: d.day }),
                None => {
                    let at = value.span().unwrap_or(self.at.clone());
                    let wrong = self.wrong(at, format!("this is a {}", value.type_name()));
                    self.note(wrong.expected("a day such as 2027-11-01, without quotes"));
                }
            }
        }
        out
    }

    /// The table under a key, as its own fields.
    pub fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        let item = self.get(key)?;
        match item.as_table_like() {
            Some(table) => Some(Fields::of(
                self.file,
                table,
                item.span().unwrap_or(self.at.clone()),
                self.problems,
            )),
            None => {
                self.mistyped(item, key, "a table");
                None
            }
        }
    }

    /// The tables under `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(item) = self.get(key) else { return Vec::new() };
        match item.as_array_of_tables() {
            Some(list) => list
                .iter()
                .map(|t| {
                    Fields::of(self.file, t, t.span().unwrap_or(self.at.clone()), self.problems)
                })
                .collect(),
            None => {
                self.mistyped(item, key, &format!("tables under [[{key}]]"));
                Vec::new()
            }
        }
    }

    /// Every key with the texts under it, for tables whose keys are ids.
    pub fn entries(&self) -> Vec<(At<String>, Vec<At<String>>)> {
        self.keys()
            .into_iter()
            .map(|(key, item)| (key.clone(), self.texts(item, &key.value)))
            .collect()
    }

    /// Every key with the fields under it, for tables whose keys are ids.
    pub fn subtables(&self) -> Vec<(At<String>, Fields<'a>)> {
        self.keys()
            .into_iter()
            .filter_map(|(key, item)| match item.as_table_like() {
                Some(t) => {
                    let at = item.span().unwrap_or(key.at.clone());
                    Some((key, Fields::of(self.file, t, at, self.problems)))
                }
                None => {
                    self.mistyped(item, &key.value, "a table");
                    None
                }
            })
            .collect()
    }

    fn keys(&self) -> Vec<(At<String>, &'a Item)> {
        self.table
            .iter()
            .map(|(name, item)| {
                let at = self.table.key(name).and_then(|k| k.span()).or(item.span());
                (At { value: name.to_string(), at: at.unwrap_or(self.at.clone()) }, item)
            })
            .collect()
    }

    /// Notes every field that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.keys() {
            if !asked.contains(&key.value.as_str()) {
                self.note(
                    self.wrong(key.at, format!("“{}” is no field here", key.value))
                        .expected(format!("one of: {}", asked.join(", ")))
                        .near(&key.value, asked.iter().copied()),
                );
            }
        }
    }
}

/// The ids of one kind, to resolve links.
#[derive(Debug, Default, Clone)]
pub struct Ids {
    /// What one of them is called in a message, “cause”.
    pub kind: &'static str,
    pub ids: Vec<String>,
    by_id: BTreeMap<String, u16>,
}

impl Ids {
    pub fn new(kind: &'static str, ids: Vec<String>) -> Ids {
        let by_id = ids.iter().enumerate().map(|(i, id)| (id.clone(), i as u16)).collect();
        Ids { kind, ids, by_id }
    }

    pub fn get(&self, id: &str) -> Option<u16> {
        self.by_id.get(id).copied()
    }

    /// The index of what is written, or a problem with “did you mean”.
    pub fn link(&self, fields: &Fields, written: &At<String>) -> Option<u16> {
        let found = self.get(&written.value);
        if found.is_none() {
            let names = self.ids.iter().map(String::as_str);
            fields.note(
                fields
                    .wrong(
                        written.at.clone(),
                        format!("there is no {} “{}”", self.kind, written.value),
                    )
                    .near(&written.value, names),
            );
        }
        found
    }
}
