//! Messages, codes, right-now cards and sentences: their rule files, and their words.

use super::fields::{At, Fields, Ids, Problems};
use super::rules::{read_all, read_file};
use super::texts::Reader;
use super::{Folder, Origin};
use crate::*;
use std::collections::{BTreeMap, BTreeSet};

/// What these rules link to.
struct Links<'b> {
    base: &'b Base,
    causes: Ids,
    actions: Ids,
    sources: Ids,
    complaints: Ids,
    sentences: Ids,
    codes: Ids,
}

impl Links<'_> {
    fn causes(&self, f: &Fields) -> Vec<CauseIx> {
        let links = f.list("causes");
        links.iter().filter_map(|c| self.causes.link(f, c).map(CauseIx)).collect()
    }

    fn bars(&self, f: &Fields) -> Vec<ActionIx> {
        let links = f.list("bars");
        links.iter().filter_map(|a| self.actions.link(f, a).map(ActionIx)).collect()
    }

    fn sources(&self, f: &Fields) -> Vec<SourceIx> {
        let links = f.some("sources");
        links.iter().filter_map(|s| self.sources.link(f, s).map(SourceIx)).collect()
    }

    fn complaint(&self, f: &Fields, written: &At<String>) -> Option<ComplaintIx> {
        self.complaints.link(f, written).map(ComplaintIx)
    }

    fn sentences(&self, f: &Fields, key: &'static str) -> Vec<u16> {
        f.list(key).iter().filter_map(|s| self.sentences.link(f, s)).collect()
    }

    /// An answer of the question `message`.
    fn evidence(&self, f: &Fields, written: &At<String>) -> Option<AnswerIx> {
        let question = &self.base[QuestionIx::find(self.base, "message")?];
        let found = question.answer(&written.value);
        if found.is_none() {
            let names = question.answers.iter().map(|a| a.id.as_str());
            let wrong =
                f.wrong(written.at.clone(), format!("“message” has no answer “{}”", written.value));
            f.note(wrong.near(&written.value, names));
        }
        found
    }
}

pub(super) fn read(
    folder: &Folder,
    base: &Base,
    origins: &mut Vec<Origin>,
    problems: &Problems,
) -> Lookup {
    let of_base = |ids: Vec<&String>| ids.into_iter().cloned().collect();
    let ids = |kind, path: &str| Ids::new(kind, folder.toml_ids(path, problems));
    let links = Links {
        base,
        causes: Ids::new("cause", of_base(base.causes.iter().map(|x| &x.id).collect())),
        actions: Ids::new("action", of_base(base.actions.iter().map(|x| &x.id).collect())),
        sources: Ids::new("source", of_base(base.sources.iter().map(|x| &x.id).collect())),
        complaints: Ids::new("complaint", of_base(base.complaints.iter().map(|x| &x.id).collect())),
        sentences: ids("sentence", "rules/sentences"),
        codes: ids("code", "rules/codes"),
    };
    let mut of = |kind: &'static str, id: &str, f: &Fields| {
        let from = f.some("from").into_iter().map(|w| w.value).collect();
        origins.push(Origin { kind, id: id.into(), from });
    };
    let message_ids = folder.toml_ids("rules/messages", problems);
    let messages = read_all(folder, "rules/messages", &message_ids, problems, |id, f| {
        of("messages", id, f);
        Message {
            id: id.into(),
            says: f.some("says").into_iter().map(|s| s.value).collect(),
            causes: links.causes(f),
            evidence: f.optional("evidence").and_then(|e| links.evidence(f, &e)),
            complaint: f.optional("complaint").and_then(|c| links.complaint(f, &c)),
            money: money(f),
            pay: f.word_or("pay", Pay::After),
            bars: links.bars(f),
            sure: f.word("sure"),
            sources: links.sources(f),
            review: f.date("review"),
        }
    });
    let codes = read_all(folder, "rules/codes", &links.codes.ids, problems, |id, f| {
        of("codes", id, f);
        let conflicts = f.list("conflicts");
        let wording = f.string("wording");
        Code {
            id: id.into(),
            space: f.string("space").value,
            code: f.string("code").value,
            result: f.word("result"),
            who: f.list("who").iter().fold(Set::default(), |s, w| s.with(f.as_word::<Actor>(w))),
            retry: f.word("retry"),
            wording: links.sentences.link(f, &wording).unwrap_or_default(),
            causes: links.causes(f),
            bars: links.bars(f),
            conflicts: conflicts.iter().filter_map(|c| links.codes.link(f, c)).collect(),
            sure: f.word("sure"),
            sources: links.sources(f),
            review: f.date("review"),
        }
    });
    let card_ids = folder.toml_ids("rules/cards", problems);
    let mut cards = read_all(folder, "rules/cards", &card_ids, problems, |id, f| {
        of("cards", id, f);
        let card = Card {
            id: id.into(),
            group: f.word("group"),
            complaint: f.optional("complaint").and_then(|c| links.complaint(f, &c)),
            money: money(f),
            sentences: links.sentences(f, "sentences"),
            sure: f.word("sure"),
            sources: links.sources(f),
            review: f.date("review"),
        };
        (f.number("order") as u32, card)
    });
    cards.sort_by_key(|(order, card)| (card.group, *order));
    let cards: Vec<Card> = cards.into_iter().map(|(_, card)| card).collect();
    let sentences = read_all(folder, "rules/sentences", &links.sentences.ids, problems, |id, f| {
        of("sentences", id, f);
        let when = f.list("when");
        Sentence {
            id: id.into(),
            by: f.word("by"),
            when: when.iter().filter_map(|c| links.complaint(f, c)).collect(),
        }
    });
    let card_ids = Ids::new("card", cards.iter().map(|c| c.id.clone()).collect());
    let message_ids = Ids::new("message", message_ids);
    let spoken = spoken(folder, &links, [&message_ids, &card_ids], problems);
    Lookup {
        guides: Vec::new(),
        edition: base.edition,
        messages,
        codes,
        cards,
        sentences,
        sources: base.sources.clone(),
        spoken_causes: spoken.causes,
        spoken_complaints: spoken.complaints,
        spoken_messages: spoken.messages,
        spoken_codes: spoken.codes,
        spoken_cards: spoken.cards,
        ..Lookup::default()
    }
}

type Typed<T> = Vec<(T, Vec<String>)>;

/// What people type for things.
struct Spoken {
    causes: Typed<CauseIx>,
    complaints: Typed<ComplaintIx>,
    messages: Typed<u16>,
    codes: Typed<u16>,
    cards: Typed<u16>,
}

fn spoken(
    folder: &Folder,
    links: &Links,
    [messages, cards]: [&Ids; 2],
    problems: &Problems,
) -> Spoken {
    fn list(f: &Fields, key: &'static str, ids: &Ids) -> Typed<u16> {
        let Some(table) = f.table(key) else { return Vec::new() };
        let entries = table.entries().into_iter();
        entries
            .filter_map(|(id, texts)| {
                let texts = texts.into_iter().map(|t| t.value).collect();
                Some((ids.link(&table, &id)?, texts))
            })
            .collect()
    }
    read_file(folder, "rules/spoken.toml", problems, |f| Spoken {
        causes: list(f, "causes", &links.causes)
            .into_iter()
            .map(|(i, t)| (CauseIx(i), t))
            .collect(),
        complaints: list(f, "complaints", &links.complaints)
            .into_iter()
            .map(|(i, t)| (ComplaintIx(i), t))
            .collect(),
        messages: list(f, "messages", messages),
        codes: list(f, "codes", &links.codes),
        cards: list(f, "cards", cards),
    })
}

/// `paid` tells of an approval, all else how likely money moved.
fn money(f: &Fields) -> Option<MoneyMoved> {
    let written = f.string("money");
    (written.value != "paid").then(|| f.as_word(&written))
}

/// One language's words for what [`read`] gave.
pub(super) fn words(reader: &mut Reader, lang: Lang, lookup: &Lookup) -> LookupWords {
    let ids = |list: Vec<&String>| list.into_iter().cloned().collect::<Vec<_>>();
    let messages = ids(lookup.messages.iter().map(|x| &x.id).collect());
    let codes = ids(lookup.codes.iter().map(|x| &x.id).collect());
    let cards = ids(lookup.cards.iter().map(|x| &x.id).collect());
    let sentences = ids(lookup.sentences.iter().map(|x| &x.id).collect());
    LookupWords {
        lang,
        edition: lookup.edition,
        texts: reader.own::<Find>("find"),
        messages: reader.kind("messages", &messages, |r, f, id| MessageWords {
            meaning: r.text(f, "messages", id, "meaning"),
            first: r.text(f, "messages", id, "do"),
        }),
        codes: reader.kind("codes", &codes, |r, f, id| CodeWords {
            meaning: r.text(f, "codes", id, "meaning"),
        }),
        cards: reader.kind("cards", &cards, |r, f, id| CardWords {
            name: r.text(f, "cards", id, "name"),
            moved: r.text(f, "cards", id, "moved"),
            again: r.text(f, "cards", id, "again"),
            keep: r.text(f, "cards", id, "keep"),
            then: r.text(f, "cards", id, "then"),
        }),
        sentences: reader
            .kind("sentences", &sentences, |r, f, id| r.text(f, "sentences", id, "text")),
        situations: Vec::new(),
        guides: Vec::new(),
        corrections: Vec::new(),
    }
}

/// Readings and simplified forms of every Chinese character that can be looked for.
pub(super) fn characters(lookup: &mut Lookup, words: &[Words], lookup_words: &[LookupWords]) {
    use pinyin::ToPinyin;
    let mut used = BTreeSet::new();
    let mut take = |text: &str| used.extend(text.chars().filter(|c| *c >= '\u{3400}'));
    lookup.messages.iter().flat_map(|m| &m.says).for_each(|s| take(s));
    lookup.spoken_causes.iter().flat_map(|s| &s.1).for_each(|s| take(s));
    lookup.spoken_complaints.iter().flat_map(|s| &s.1).for_each(|s| take(s));
    for words in [&lookup.spoken_messages, &lookup.spoken_codes, &lookup.spoken_cards] {
        words.iter().flat_map(|s| &s.1).for_each(|s| take(s));
    }
    for words in words {
        words.causes.iter().for_each(|c| take(&c.name));
        words.complaints.iter().for_each(|c| {
            take(&c.name);
            take(&c.hint);
        });
    }
    for words in lookup_words {
        words.messages.iter().for_each(|m| take(&m.meaning));
        words.codes.iter().for_each(|c| take(&c.meaning));
        words.cards.iter().for_each(|c| take(&c.name));
        words.situations.iter().for_each(|s| take(s));
        words.guides.iter().for_each(|s| take(s));
    }
    let mut sounds: BTreeMap<String, String> = BTreeMap::new();
    for c in &used {
        if let Some(reading) = c.to_pinyin() {
            sounds.entry(reading.plain().replace('ü', "v")).or_default().push(*c);
        }
    }
    lookup.readings = sounds.into_iter().map(|(sound, chars)| sound + &chars).collect();
    let mut forms: BTreeMap<char, String> = BTreeMap::new();
    for c in '\u{4e00}'..='\u{9fff}' {
        let text = c.to_string();
        let plain = character_converter::traditional_to_simplified(&text).chars().next();
        if let Some(plain) = plain.filter(|p| *p != c && used.contains(p)) {
            forms.entry(plain).or_default().push(c);
        }
    }
    let words: Vec<String> = forms.into_iter().map(|(c, forms)| format!("{c}{forms}")).collect();
    lookup.traditional = words.join(" ");
}
