//! Figures about the rules, for those who write them.

use super::Reading;
use crate::*;
use std::fmt::Write;

/// What is overdue for review on a day, one line each, oldest first.
pub fn due(reading: &Reading, on: Date) -> Vec<String> {
    let (base, lookup) = (&reading.base, &reading.lookup);
    let rights = reading.rights.iter().flat_map(|p| &p.rights);
    let channels = reading.rights.iter().flat_map(|p| &p.channels);
    let instruments = reading.rights.iter().flat_map(|p| &p.sources);
    let dated = |kind: &'static str, id: &str, review: Date| (review, kind, id.to_string());
    let mut rules: Vec<_> = (base.causes.iter().map(|c| dated("causes", &c.id, c.review)))
        .chain(base.alerts.iter().map(|a| dated("alerts", &a.id, a.review)))
        .chain(base.corrections.iter().map(|c| dated("corrections", &c.id, c.review)))
        .chain(base.sources.iter().map(|s| dated("sources", &s.id, s.review)))
        .chain(lookup.messages.iter().map(|m| dated("messages", &m.id, m.review)))
        .chain(lookup.codes.iter().map(|c| dated("codes", &c.id, c.review)))
        .chain(lookup.cards.iter().map(|c| dated("cards", &c.id, c.review)))
        .chain(rights.map(|r| dated("rights", &r.id, r.review)))
        .chain(channels.map(|c| dated("channels", &c.id, c.review)))
        .chain(instruments.map(|s| dated("rights-sources", &s.id, s.review)))
        .filter(|(review, ..)| *review <= on)
        .collect();
    rules.sort();
    // Several places may rest on one instrument.
    rules.dedup();
    rules.into_iter().map(|(review, kind, id)| format!("{review} rules/{kind}/{id}.toml")).collect()
}

/// Coverage of a rule base, as text for a terminal.
pub fn report(reading: &Reading) -> String {
    let base = &reading.base;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} causes, {} questions ({} answers), {} actions, {} complaints, {} alerts, {} corrections, {} sources",
        base.causes.len(),
        base.questions.len(),
        base.questions.iter().map(|q| q.answers.len()).sum::<usize>(),
        base.actions.len(),
        base.complaints.len(),
        base.alerts.len(),
        base.corrections.len(),
        base.sources.len(),
    );
    let lookup = &reading.lookup;
    let _ = writeln!(
        out,
        "{} messages, {} codes, {} right-now cards, {} sentences",
        lookup.messages.len(),
        lookup.codes.len(),
        lookup.cards.len(),
        lookup.sentences.len(),
    );
    for of in &reading.rights {
        let (rights, channels) = (of.rights.len(), of.channels.len());
        let _ = writeln!(out, "{}: {rights} rights, {channels} channels", of.place.spelled());
    }
    let _ = writeln!(out, "\nEvidence");
    for (sure, name) in Sure::ALL {
        let n = base.causes.iter().filter(|c| c.sure == *sure).count();
        let _ = writeln!(out, "  {name:<11} {n:>3} causes");
    }
    let _ = writeln!(out, "\nWords");
    for words in &reading.words {
        let tag = words.lang.spelled();
        let texts = words.to_bytes();
        let chars = String::from_utf8_lossy(&texts).chars().count();
        let _ = writeln!(out, "  {tag:<6} about {chars} characters, {} bytes", texts.len());
    }
    let _ = writeln!(out, "\nCauses that no question separates well");
    let twins = twins(base);
    for (a, b, gap) in &twins {
        let _ = writeln!(out, "  {} ~ {} (largest difference {gap:.2})", base[*a].id, base[*b].id);
    }
    if twins.is_empty() {
        let _ = writeln!(out, "  none");
    }
    let _ = writeln!(out, "\nQuestions that few causes answer otherwise than usual");
    for q in QuestionIx::all(base) {
        let n = base.causes.iter().filter(|c| c.signs.iter().any(|s| s.0 == q)).count();
        if n < 3 {
            let _ = writeln!(out, "  {} ({n})", base[q].id);
        }
    }
    out
}

/// Pairs of causes whose likelihoods differ by less than 0.25 on every answer.
fn twins(base: &Base) -> Vec<(CauseIx, CauseIx, f64)> {
    let table: Vec<Vec<f64>> = CauseIx::all(base)
        .map(|c| QuestionIx::all(base).flat_map(|q| base.likelihoods(Some(c), q)).collect())
        .collect();
    let mut out = Vec::new();
    for a in CauseIx::all(base) {
        for b in CauseIx::all(base).filter(|b| *b > a) {
            let pairs = table[usize::from(a.0)].iter().zip(&table[usize::from(b.0)]);
            let gap = pairs.map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
            if gap < 0.25 {
                out.push((a, b, gap));
            }
        }
    }
    out
}
