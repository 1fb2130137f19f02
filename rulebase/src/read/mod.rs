//! Reads the rule files and the words of a project folder, checks them against each other and
//! compiles them. It returns what could be read plus all the problems; it writes nothing.

mod check;
mod claims;
mod fields;
mod guides;
mod links;
mod lookup;
mod probe;
mod problem;
mod report;
mod rights;
mod rules;
mod scaffold;
mod texts;

pub use fields::{At, Fields, Ids, Problems, parse};
pub use problem::{File, Problem};
pub use report::{due, report};
pub use scaffold::{new_cause, slug_problem};

use crate::{
    Base, Claim, ClaimWords, Claims, Finding, GuideWords, Guides, Lookup, LookupWords, PlaceRights,
    PlaceWords, ProbeWords, Situation, Word, Words,
};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a run over a project folder gave.
#[derive(Debug)]
pub struct Reading {
    /// The rules as far as they could be read. Use them only if `problems` is empty.
    pub base: Base,
    /// The words, one set a language, in the order of [`crate::Lang`].
    pub words: Vec<Words>,
    pub lookup: Lookup,
    /// In the order of [`crate::Lang`] too.
    pub lookup_words: Vec<LookupWords>,
    /// In the order of [`crate::Place`].
    pub rights: Vec<PlaceRights>,
    /// For each language of [`crate::Lang`], in the order of `rights`.
    pub rights_words: Vec<Vec<PlaceWords>>,
    pub claims: Claims,
    /// In the order of [`crate::Lang`].
    pub claim_words: Vec<ClaimWords>,
    pub guides: Guides,
    /// In the order of [`crate::Lang`].
    pub guide_words: Vec<GuideWords>,
    /// In the order of the decision table.
    pub findings: Vec<Finding>,
    /// In the order of [`crate::Lang`].
    pub probe_words: Vec<ProbeWords>,
    /// Sorted by file and line.
    pub problems: Vec<Problem>,
    /// For each rule, the ids that it has in the fact sheets.
    pub origins: Vec<Origin>,
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// `causes`, `questions`, …
    pub kind: &'static str,
    pub id: String,
    /// `C01`, `o12`, `K03`, `R5`.
    pub from: Vec<String>,
}

/// Reads `rules/`, `locales/` and the acceptable causes of `tests/cases/` below `root`.
pub fn read(root: &Path) -> Reading {
    let problems = Problems::default();
    let folder = Folder { root: root.to_path_buf() };
    let (mut base, mut origins) = rules::read(&folder, &problems);
    let findings = probe::read(&folder, &base, &mut origins, &problems);
    base.probed = probe::probed(&findings);
    base.edition = rules::edition(&base);
    let base = base;
    let mut lookup = lookup::read(&folder, &base, &mut origins, &problems);
    let rights = rights::read(&folder, &mut origins, &problems);
    let (claims, evidence) = claims::read(&folder, &base.sources, &mut origins, &problems);
    let guides = guides::read(&folder, &base, &lookup, &mut origins, &problems);
    lookup.guides = guides.guides.iter().map(|g| g.id.clone()).collect();
    let claimed = (&claims, &evidence[..]);
    let all =
        texts::read(&folder, &base, &lookup, &rights, claimed, (&guides, &findings), &problems);
    let texts::AllWords {
        words,
        lookup: mut lookup_words,
        rights: rights_words,
        claims: claim_words,
        guides: guide_words,
        probe: probe_words,
        places,
    } = all;
    for (guides, lookup) in guide_words.iter().zip(&mut lookup_words) {
        lookup.guides = guides.guides.iter().map(|g| g.title.clone()).collect();
    }
    for (words, lookup) in words.iter().zip(&mut lookup_words) {
        lookup.corrections = words.corrections.clone();
    }
    for (claims, lookup) in claim_words.iter().zip(&mut lookup_words) {
        let named = |tag: &str| Claim::parse(tag).map(|key| claims.text(key).to_string());
        lookup.situations = Situation::ALL.iter().map(|s| named(s.1).unwrap_or_default()).collect();
    }
    lookup::characters(&mut lookup, &words, &lookup_words);
    rights::check(&rights, &rights_words, &problems);
    claims::check(&claims, &claim_words, &problems);
    check::check(&folder, &base, &lookup, &places, &problems);
    let mut problems = problems.into_inner();
    problems.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
    Reading {
        base,
        words,
        lookup,
        lookup_words,
        rights,
        rights_words,
        claims,
        claim_words,
        guides,
        guide_words,
        findings,
        probe_words,
        problems,
        origins,
    }
}

impl Reading {
    /// All problems in the form for people, with a closing count; empty if there are none.
    pub fn told(&self) -> String {
        let mut out: String = self.problems.iter().map(|p| format!("{p}\n\n")).collect();
        match self.problems.len() {
            0 => {}
            1 => out.push_str("1 problem\n"),
            n => out.push_str(&format!("{n} problems\n")),
        }
        out
    }
}

/// A project folder, read with paths relative to it.
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    /// A file's text, or a problem.
    pub(crate) fn file(&self, path: &str, problems: &Problems) -> Option<Rc<File>> {
        match std::fs::read_to_string(self.root.join(path)) {
            Ok(text) => Some(Rc::new(File { path: path.into(), text })),
            Err(e) => {
                let why = match e.kind() {
                    std::io::ErrorKind::NotFound => "this file is missing".to_string(),
                    std::io::ErrorKind::InvalidData => "this file is not UTF-8".to_string(),
                    _ => format!("this file cannot be read: {e}"),
                };
                problems.borrow_mut().push(Problem::of(path, why));
                None
            }
        }
    }

    /// The `.toml` files of a folder by id, sorted; other files are a problem.
    pub(crate) fn toml_ids(&self, folder: &str, problems: &Problems) -> Vec<String> {
        let mut ids = Vec::new();
        let Ok(entries) = std::fs::read_dir(self.root.join(folder)) else { return ids };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match name.strip_suffix(".toml") {
                Some(id) => {
                    if let Some(wrong) = slug_problem(id) {
                        problems.borrow_mut().push(Problem::of(format!("{folder}/{name}"), wrong));
                    }
                    ids.push(id.to_string());
                }
                None if name == "README.md" => {}
                None => problems.borrow_mut().push(
                    Problem::of(format!("{folder}/{name}"), "this is no rule file")
                        .expected("a name that ends in .toml"),
                ),
            }
        }
        ids.sort();
        ids
    }
}
