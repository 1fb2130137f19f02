//! Letters, replies and evidence: their rule files and their words.

use super::fields::{Fields, Ids, Problems};
use super::rules::{backed, note, read_all};
use super::texts::Reader;
use super::{Folder, Origin};
use crate::*;
use std::collections::BTreeSet;

pub(super) fn read(
    folder: &Folder,
    sources: &[Source],
    origins: &mut Vec<Origin>,
    problems: &Problems,
) -> (Claims, Vec<String>) {
    let sources = Ids::new("source", sources.iter().map(|s| s.id.clone()).collect());
    let mut backed = |kind, id: &str, f: &Fields| backed(kind, id, f, &sources, origins);
    let letter_ids = Ids::new("letter", folder.toml_ids("rules/letters", problems));
    let letters = read_all(folder, "rules/letters", &letter_ids.ids, problems, |id, f| Letter {
        id: id.into(),
        to: f.word("to"),
        about: f.some("about").iter().map(|a| f.as_word(a)).collect(),
        side: f.word("side"),
        by: f.word("by"),
        order: f.number("order") as u16,
        needs: f.some("needs").iter().map(|n| f.as_word(n)).collect(),
        sure: backed("letters", id, f),
    });
    let reply_ids = folder.toml_ids("rules/replies", problems);
    let replies = read_all(folder, "rules/replies", &reply_ids, problems, |id, f| Reply {
        id: id.into(),
        heard: f.word("answer"),
        by: f.word("from_whom"),
        letter: f.optional("letter").and_then(|l| letter_ids.link(f, &l)),
        sure: backed("replies", id, f),
    });
    let list_ids = folder.toml_ids("rules/evidence", problems);
    let mut items: Vec<String> = Vec::new();
    let mut evidence = read_all(folder, "rules/evidence", &list_ids, problems, |id, f| {
        let _: Sure = backed("evidence", id, f);
        let places = f.some("items").into_iter().map(|item| {
            let at = items.iter().position(|i| *i == item.value).unwrap_or_else(|| {
                items.push(item.value);
                items.len() - 1
            });
            at as u16
        });
        (Situation::parse(id), f.word("first"), places.collect::<Vec<_>>())
    });
    for (id, _) in list_ids.iter().zip(&evidence).filter(|(_, e)| e.0.is_none()) {
        note(problems, format!("rules/evidence/{id}.toml"), format!("“{id}” is no situation"));
    }
    let kept = evidence.drain(..).filter_map(|(situation, first, items)| {
        Some(Evidence { situation: situation?, first, items })
    });
    let evidence = kept.collect();
    (Claims { letters, replies, evidence, items: items.clone() }, items)
}

/// One language's words for what [`read`] gave.
pub(super) fn words(
    reader: &mut Reader,
    lang: Lang,
    claims: &Claims,
    items: &[String],
) -> ClaimWords {
    let letters: Vec<String> = claims.letters.iter().map(|l| l.id.clone()).collect();
    let replies: Vec<String> = claims.replies.iter().map(|r| r.id.clone()).collect();
    ClaimWords {
        lang,
        texts: reader.own::<Claim>("claim"),
        letters: reader.kind("letters", &letters, |r, f, id| LetterWords {
            name: r.text(f, "letters", id, "name"),
            subject: r.text(f, "letters", id, "subject"),
            text: r.texts(f, "letters", id, "text"),
        }),
        replies: reader.kind("replies", &replies, |r, f, id| ReplyWords {
            heard: r.text(f, "replies", id, "heard"),
            means: r.text(f, "replies", id, "means"),
            next: r.texts(f, "replies", id, "next"),
        }),
        evidence: reader.kind("evidence", items, |r, f, id| r.text(f, "evidence", id, "text")),
    }
}

/// Blanks that there are, the same paragraphs in every language, and nothing needed that is not used.
pub(super) fn check(claims: &Claims, words: &[ClaimWords], problems: &Problems) {
    for (i, letter) in claims.letters.iter().enumerate() {
        let path = format!("rules/letters/{}.toml", letter.id);
        let lengths: BTreeSet<usize> = words.iter().map(|w| w.letters[i].text.len()).collect();
        if lengths.len() > 1 {
            note(problems, path.clone(), "the languages have not the same paragraphs".into());
        }
        let mut used: BTreeSet<Blank> = BTreeSet::new();
        let texts =
            words.iter().flat_map(|w| w.letters[i].text.iter().chain([&w.letters[i].subject]));
        for name in texts.flat_map(|t| blanks(t)) {
            match Blank::parse(&name) {
                Some(blank) => {
                    used.insert(blank);
                }
                None => note(problems, path.clone(), format!("there is no blank “{{{name}}}”")),
            }
        }
        for need in letter.needs.iter().filter(|n| !used.contains(n)) {
            let said = format!("it needs “{}” but never says it", need.spelled());
            note(problems, path.clone(), said);
        }
    }
}

/// The names in `{}` of a text.
fn blanks(text: &str) -> Vec<String> {
    let rest = text.split('{').skip(1);
    rest.filter_map(|r| r.split_once('}')).map(|(name, _)| name.to_string()).collect()
}
