//! `cargo xtask lookup FILE.jsonl`: runs queries, so that a list of real messages can be judged.

use crate::{Outcome, rules};
use pos_aid::lookup::{Index, Target};
use rulebase::read::Reading;
use rulebase::{Lang, Word};
use serde_json::{Value, json};

/// Results printed for each query.
const MOST: usize = 5;

pub fn lookup(path: &str) -> Outcome {
    let reading = rules::sound()?;
    let words: Vec<_> = reading.words.iter().collect();
    let lookup_words: Vec<_> = reading.lookup_words.iter().collect();
    let index = Index::new(&reading.base, &words, &reading.lookup, &lookup_words);
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    for (number, line) in text.lines().enumerate().filter(|l| !l.1.trim().is_empty()) {
        let wrong = |e: String| format!("{path}:{}: {e}", number + 1);
        let asked: Value = serde_json::from_str(line).map_err(|e| wrong(e.to_string()))?;
        let query = asked["query"].as_str().ok_or_else(|| wrong("“query” is missing".into()))?;
        let lang = asked["lang"].as_str().and_then(Lang::parse).unwrap_or(Lang::En);
        let results: Vec<Value> = index
            .search(query, MOST)
            .into_iter()
            .map(|hit| {
                let (kind, id, title) = named(&reading, lang, hit.target);
                json!({ "kind": kind, "id": id, "title": title, "score": (f64::from(hit.score) * 1000.0).round() / 1000.0 })
            })
            .collect();
        println!("{}", json!({ "id": asked["id"], "results": results }));
    }
    Ok(())
}

/// Kind, id and title of a result, in a language.
pub fn named(reading: &Reading, lang: Lang, target: Target) -> (&'static str, String, String) {
    let at = reading.words.iter().position(|w| w.lang == lang).unwrap_or(0);
    let (words, lookup_words) = (&reading.words[at], &reading.lookup_words[at]);
    let (base, lookup) = (&reading.base, &reading.lookup);
    match target {
        Target::Complaint(c) => ("complaint", base[c].id.clone(), words.complaint(c).name.clone()),
        Target::Cause(c) => ("cause", base[c].id.clone(), words.cause(c).name.clone()),
        Target::Message(m) => {
            let m = usize::from(m);
            ("message", lookup.messages[m].id.clone(), lookup_words.messages[m].meaning.clone())
        }
        Target::Code(c) => {
            let c = usize::from(c);
            ("code", lookup.codes[c].id.clone(), lookup_words.codes[c].meaning.clone())
        }
        Target::Right(s) => {
            ("right", s.spelled().to_string(), lookup_words.situations[s as usize].clone())
        }
        Target::Guide(g) => {
            let g = usize::from(g);
            ("guide", lookup.guides[g].clone(), lookup_words.guides[g].clone())
        }
        Target::Card(c) => {
            let c = usize::from(c);
            ("card", lookup.cards[c].id.clone(), lookup_words.cards[c].name.clone())
        }
    }
}
