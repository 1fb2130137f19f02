//! One letter: what is still missing, the fields to fill in, and the letter in both languages, paragraph
//! by paragraph; the one that the addressee reads is the one to send.

use super::{Cx, missing};
use crate::node::{Element, View, el, with};
use crate::nodes;
use crate::parts::claim_names::date_name;
use crate::parts::fields::{amount_fields, date_field, field};
use crate::route::Asked;
use rulebase::{
    Addressee, Blank, Claim, ClaimFile, Event, Lang, Letter, LetterWords, Place, Side, Word,
};

pub fn letter(cx: Cx, file: &ClaimFile, asked: &Asked, id: &str) -> View {
    let Some(at) = file.claims.letters.iter().position(|l| l.id == id) else { return missing(cx) };
    let (letter, own) = (&file.claims.letters[at], &file.words.letters[at]);
    let text = |key: Claim| file.words.text(key).to_string();
    let used = blanks(own);
    let fields: Vec<Element> =
        used.iter().map(|b| blank_field(cx, file, letter, *b, letter.needs.contains(b))).collect();
    let lacking = letter.needs.iter().filter(|n| value(cx, letter, **n).is_none());
    let lacking: Vec<String> = lacking.map(|n| blank_name(file, *n)).collect();
    let lacks = (!lacking.is_empty()).then(|| {
        let said = text(Claim::Missing).replace("{what}", &cx.list(lacking));
        with("p", said).class("notice").attr("role", "status")
    });
    // The shop's letter is read where the shop is, the bank's where the card was issued.
    let place = match letter.side {
        Side::Shop => asked.shop,
        Side::Issuer => asked.issued,
    };
    let reads = match place.flatten() {
        Some(Place::Cn | Place::Hk | Place::Mo | Place::Tw) => Lang::ZhCn,
        Some(_) => Lang::En,
        None => cx.words.lang,
    };
    let mine = (cx.words.lang, own);
    let theirs = (cx.words.lang.other(), &file.other[at]);
    let (send, compare) = if reads == mine.0 { (mine, theirs) } else { (theirs, mine) };
    let sheet = |(lang, words): (Lang, &LetterWords), id: &'static str| {
        let paragraphs: Vec<Element> =
            filled(cx, letter, words).into_iter().map(|p| with("p", p)).collect();
        let subject = with("p", with("strong", words.subject.clone()));
        el("div")
            .class("sheet")
            .attr("id", id)
            .attr("lang", lang.spelled())
            .put(subject)
            .put(paragraphs)
    };
    let button = |id: &'static str, key: Claim| {
        el("button").class("button second").attr("type", "button").attr("id", id).put(text(key))
    };
    let body = nodes![
        with("p", text(Claim::LettersTitle)).class("eyebrow"),
        with("h1", own.name.clone()),
        with("p", text(Claim::NeverCard)).class("careful"),
        with("div", lacks),
        with("h2", text(Claim::FillIn)),
        el("div").class("fields").put(fields),
        with("h2", text(Claim::SendThis)),
        sheet(send, "letter"),
        with("p", nodes![button("copy", Claim::Copy), button("print", Claim::Print)])
            .class("show-do"),
        el("p").class("said").attr("id", "copied").attr("role", "status"),
        with("h2", text(Claim::ForYou)),
        sheet(compare, "compare"),
    ];
    // On paper nothing but the letter.
    nodes![with("div", body).class("letter")]
}

/// The paragraphs with everything filled in. What is needed and missing shows as a line to write on; a
/// paragraph with anything else that is missing is left out.
fn filled(cx: Cx, letter: &Letter, words: &LetterWords) -> Vec<String> {
    words.text.iter().filter_map(|paragraph| fill(cx, letter, paragraph)).collect()
}

/// What is filled in is never looked at again: a name may well have braces.
fn fill(cx: Cx, letter: &Letter, paragraph: &str) -> Option<String> {
    let mut parts = paragraph.split('{');
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        let blank = Blank::parse(name)?;
        match value(cx, letter, blank) {
            Some(value) => out.push_str(&value),
            None if letter.needs.contains(&blank) => out.push_str("________"),
            None => return None,
        }
        out.push_str(rest);
    }
    Some(out)
}

/// The blanks of a letter, in the order in which they are asked for.
fn blanks(words: &LetterWords) -> Vec<Blank> {
    let all = Blank::ALL.iter().map(|b| b.0);
    let used = |b: &Blank| {
        let mark = format!("{{{}}}", b.spelled());
        words.text.iter().any(|p| p.contains(&mark))
    };
    all.filter(used).filter(|b| *b != Blank::Today).collect()
}

fn blank_field(cx: Cx, file: &ClaimFile, letter: &Letter, blank: Blank, needed: bool) -> Element {
    let label = blank_name(file, blank);
    let label = if needed { format!("{label} *") } else { label };
    match event_of(letter, blank) {
        Some(event) => date_field(cx, &file.words, event, label),
        None if blank == Blank::Amount => amount_fields(cx, &file.words, label),
        None => {
            let kind = if blank == Blank::Complained { "date" } else { "text" };
            let input = el("input")
                .attr("type", kind)
                .attr("autocomplete", "off")
                .attr("value", cx.desk.text(blank).to_string());
            field(format!("blank-{}", blank.spelled()), label, input, None)
        }
    }
}

/// What a blank of this letter is filled with. When its addressee was first told, only it can mean: the
/// date on the page about rights is the bank's.
fn value(cx: Cx, letter: &Letter, blank: Blank) -> Option<String> {
    if blank == Blank::Complained && letter.to != Addressee::Issuer {
        return Some(cx.desk.text(blank).to_string()).filter(|t| !t.is_empty());
    }
    let wrong = event_of(letter, blank)
        .is_some_and(|e| cx.desk.facts.sound(cx.today).date(e) != cx.desk.facts.date(e));
    cx.desk.fill(blank, cx.today).filter(|_| !wrong)
}

fn event_of(letter: &Letter, blank: Blank) -> Option<Event> {
    Some(match blank {
        Blank::Complained if letter.to != Addressee::Issuer => return None,
        Blank::Transaction => Event::Transaction,
        Blank::Noticed => Event::Noticed,
        Blank::Statement => Event::Statement,
        Blank::Complained => Event::Complained,
        Blank::Answered => Event::Answered,
        Blank::Refund => Event::Refund,
        _ => return None,
    })
}

fn blank_name(file: &ClaimFile, blank: Blank) -> String {
    let key = match blank {
        Blank::Name => Claim::BlankName,
        Blank::Contact => Claim::BlankContact,
        Blank::Bank => Claim::BlankBank,
        Blank::Shop => Claim::BlankShop,
        Blank::Address => Claim::BlankAddress,
        Blank::Time => Claim::BlankTime,
        Blank::Amount => Claim::Amount,
        Blank::Terminal => Claim::BlankTerminal,
        Blank::MerchantNo => Claim::BlankMerchantNo,
        Blank::Reference => Claim::BlankReference,
        Blank::Approval => Claim::BlankApproval,
        Blank::Second => Claim::BlankSecond,
        Blank::Answer => Claim::BlankAnswer,
        Blank::Complained => Claim::BlankComplained,
        Blank::Transaction => date_name(Event::Transaction),
        Blank::Noticed => date_name(Event::Noticed),
        Blank::Statement => date_name(Event::Statement),
        Blank::Answered => Claim::BlankAnswered,
        Blank::Refund => date_name(Event::Refund),
        Blank::Today => Claim::Today,
    };
    file.words.text(key).to_string()
}
