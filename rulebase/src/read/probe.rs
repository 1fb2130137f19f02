//! What a look at a reader can find: its rule files and words.

use super::fields::{At, Fields, Ids, Problems};
use super::rules::{note, read_all};
use super::texts::Reader;
use super::{Folder, Origin};
use crate::*;
use std::collections::BTreeSet;

pub(super) fn read(
    folder: &Folder,
    base: &Base,
    origins: &mut Vec<Origin>,
    problems: &Problems,
) -> Vec<Finding> {
    let sources = Ids::new("source", base.sources.iter().map(|s| s.id.clone()).collect());
    let causes = Ids::new("cause", base.causes.iter().map(|c| c.id.clone()).collect());
    let ids = folder.toml_ids("rules/findings", problems);
    let mut findings = read_all(folder, "rules/findings", &ids, problems, |id, f| {
        let from = f.some("from").into_iter().map(|w| w.value).collect();
        origins.push(Origin { kind: "findings", id: id.into(), from });
        let (raises, raises_local) = weights(f, "raises", &causes);
        let (lowers, lowers_local) = weights(f, "lowers", &causes);
        let titles = f.some("sources");
        let titles = titles.iter().filter_map(|s| sources.link(f, s));
        f.date("review");
        let finding = Finding {
            id: id.into(),
            when: f.word("when"),
            raises,
            lowers,
            raises_local,
            lowers_local,
            next: f.word("next"),
            together: f.has("together").then(|| f.word("together")),
            sure: f.word("sure"),
            sources: titles.map(|i| base.sources[usize::from(i)].title.clone()).collect(),
        };
        (f.number("order") as u32, finding)
    });
    findings.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    let findings: Vec<Finding> = findings.into_iter().map(|f| f.1).collect();
    let mut seen = BTreeSet::new();
    for finding in &findings {
        let path = format!("rules/findings/{}.toml", finding.id);
        if !seen.insert(finding.when) {
            let said = format!("“{}” is another finding's observation too", finding.when.spelled());
            note(problems, path.clone(), said);
        }
        // A look from outside cannot know it.
        let broken = |c: &&(CauseIx, Much)| base[c.0].id == "reader-broken";
        if finding.raises.iter().any(|c| broken(&c)) {
            note(problems, path, "nothing that a browser sees makes a reader broken".into());
        }
    }
    if !findings.is_empty() {
        for (observed, name) in Observed::ALL.iter().filter(|o| !seen.contains(&o.0)) {
            let _ = observed;
            note(problems, "rules/findings".into(), format!("“{name}” has no finding"));
        }
    }
    findings
}

/// What of it a case can take in.
pub(super) fn probed(findings: &[Finding]) -> Vec<Probed> {
    let moves = |f: &&Finding| !(f.raises.is_empty() && f.lowers.is_empty());
    let probed = |f: &Finding| Probed {
        id: f.id.clone(),
        raises: f.raises.clone(),
        lowers: f.lowers.clone(),
        together: f.together,
    };
    findings.iter().filter(moves).map(probed).collect()
}

/// What is moved, and how much.
type Moved<T> = Vec<(T, Much)>;

/// Causes of the diagnosis, and what only this check tells apart, with how much they are moved.
fn weights(f: &Fields, key: &'static str, causes: &Ids) -> (Moved<CauseIx>, Moved<Local>) {
    let (mut known, mut local) = (Vec::new(), Vec::new());
    let Some(table) = f.has(key).then(|| f.table(key)).flatten() else { return (known, local) };
    for (name, much) in table.entries() {
        let Some(much) = much.first().map(|m: &At<String>| table.as_word::<Much>(m)) else {
            continue;
        };
        match Local::parse(&name.value) {
            Some(word) => local.push((word, much)),
            None => known.extend(causes.link(&table, &name).map(|i| (CauseIx(i), much))),
        }
    }
    (known, local)
}

/// One language's words for what [`read`] gave.
pub(super) fn words(reader: &mut Reader, lang: Lang, findings: &[Finding]) -> ProbeWords {
    let ids: Vec<String> = findings.iter().map(|f| f.id.clone()).collect();
    let texts = match findings.is_empty() {
        true => vec![String::new(); Probe::ALL.len()],
        false => reader.own::<Probe>("probe"),
    };
    let findings = match ids.is_empty() {
        true => Vec::new(),
        false => reader.kind("findings", &ids, |r, f, id| FindingText {
            name: r.text(f, "findings", id, "name"),
            proves: r.text(f, "findings", id, "proves"),
            not: r.text(f, "findings", id, "not"),
            next: r.text(f, "findings", id, "next"),
        }),
    };
    ProbeWords { lang, texts, findings }
}

/// The names of what a case can take in.
pub(super) fn names(base: &Base, findings: &[Finding], words: &ProbeWords) -> Vec<String> {
    let name = |p: &Probed| {
        let at = findings.iter().position(|f| f.id == p.id);
        at.and_then(|at| words.findings.get(at)).map(|t| t.name.clone()).unwrap_or_default()
    };
    base.probed.iter().map(name).collect()
}
