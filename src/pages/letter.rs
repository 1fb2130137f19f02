//! One letter: what is still missing, the fields to fill in, and the letter in both languages, paragraph
//! by paragraph; the one that the addressee reads is the one to send.

use super::{At, damaged};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::office::{Claimed, Loaded};
use crate::parts::claim_names::date_name;
use crate::parts::fields::{amount_fields, button, date_field, field, no_day, said};
use crate::rights::Fit;
use crate::route::{Asked, Page};
use rulebase::{
    Addressee, Blank, Claim, ClaimFile, Date, Event, Lang, Letter, LetterWords, Party, Place, Side,
    Word,
};

/// Finds a letter and which of its languages is to be sent; `None` if there is none of this id.
fn written<'a>(cx: At, file: &'a ClaimFile, asked: &Asked, id: &str) -> Option<Written<'a>> {
    let at = file.claims.letters.iter().position(|l| l.id == id)?;
    let (letter, own) = (&file.claims.letters[at], &file.words.letters[at]);
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
    let sheets = if reads == mine.0 { [mine, theirs] } else { [theirs, mine] };
    Some(Written { letter, own, sheets })
}

/// A letter with its name, and its two languages, the one to send first.
struct Written<'a> {
    letter: &'a Letter,
    own: &'a LetterWords,
    sheets: [(Lang, &'a LetterWords); 2],
}

pub fn letter(cx: At, file: &ClaimFile, asked: &Asked, id: &str) -> View {
    let Some(written) = written(cx, file, asked, id) else { return damaged(cx.cx) };
    let Written { letter, own, sheets } = written;
    let text = |key: Claim| file.words.text(key).to_string();
    let used = blanks(own);
    let fields: Vec<Element> =
        used.iter().map(|b| blank_field(cx, file, letter, *b, letter.needs.contains(b))).collect();
    let lacking = letter.needs.iter().filter(|n| value(cx, letter, **n, cx.words.lang).is_none());
    let lacking: Vec<String> = lacking.map(|n| blank_name(cx, file, *n)).collect();
    let lacks = (!lacking.is_empty()).then(|| {
        let said = text(Claim::Missing).replace("{what}", &cx.list(lacking));
        with("p", said).class("notice").attr("role", "status")
    });
    let sheet = |(lang, words): (Lang, &LetterWords), id: &'static str| {
        let paragraphs: Vec<Element> =
            filled(cx, asked, letter, (lang, words)).into_iter().map(|p| with("p", p)).collect();
        let subject = with("p", with("strong", words.subject.clone()));
        el("div")
            .class("sheet")
            .attr("id", id)
            .attr("lang", lang.spelled())
            .put(subject)
            .put(paragraphs)
    };
    let [send, compare] = sheets;
    let buttons = nodes![
        button(&file.words, "copy", Claim::Copy),
        button(&file.words, "print", Claim::Print),
        button(&file.words, "save-letter", Claim::SaveText),
    ];
    let body = nodes![
        with("p", text(Claim::LettersTitle)).class("eyebrow"),
        with("h1", own.name.clone()),
        with("p", text(Claim::NeverCard)).class("careful"),
        with("div", lacks),
        with("h2", text(Claim::FillIn)),
        el("div").class("fields").put(fields),
        with("h2", text(Claim::SendThis)),
        sheet(send, "letter"),
        with("p", buttons).class("show-do"),
        said(cx, &file.words),
        with("h2", text(Claim::ForYou)),
        sheet(compare, "compare"),
        with("p", link(cx.to(Page::Kit)).put(text(Claim::KitLink))).class("hint"),
    ];
    // On paper nothing but the letter.
    nodes![with("div", body).class("letter")]
}

/// The letter as a text file: its name, and both languages, the one to send first.
pub fn letter_text(cx: At) -> Option<(String, String)> {
    let Page::Rights(asked) = &cx.route.page else { return None };
    let Loaded::Here(file) = cx.desk.claims(cx.words.lang) else { return None };
    let id = asked.letter.as_deref()?;
    let written = written(cx, file, asked, id)?;
    let sheets = written.sheets.map(|(lang, words)| {
        let paragraphs = filled(cx, asked, written.letter, (lang, words)).join("\n\n");
        format!("{}\n\n{paragraphs}\n", words.subject)
    });
    let compare = file.words.text(Claim::ForYou);
    Some((id.to_string(), sheets.join(&format!("\n\n--- {compare} ---\n\n"))))
}

/// The paragraphs with everything filled in. What is needed and missing shows as a line to write on; a
/// paragraph with anything else that is missing is left out.
fn filled(
    cx: At,
    asked: &Asked,
    letter: &Letter,
    (lang, words): (Lang, &LetterWords),
) -> Vec<String> {
    // Instruments have commas of their own.
    let between = if lang == Lang::ZhCn { "；" } else { "; " };
    let basis = relies_on(cx, asked, letter, lang).join(between);
    let basis = Some(basis).filter(|b| !b.is_empty());
    let fill = |p: &String| fill(cx, letter, p, lang, basis.as_deref());
    words.text.iter().filter_map(fill).collect()
}

/// No letter is better for more.
const MOST_INSTRUMENTS: usize = 3;

/// The instruments, with their articles, behind what this letter asks of its addressee. Which support a
/// demand, the rules say.
fn relies_on(cx: At, asked: &Asked, letter: &Letter, lang: Lang) -> Vec<String> {
    let owes = match letter.to {
        Addressee::Merchant => [Party::Merchant].as_slice(),
        Addressee::Issuer => [Party::Issuer].as_slice(),
        Addressee::Acquirer => [Party::Acquirer].as_slice(),
        Addressee::Regulator => [Party::Issuer, Party::Merchant, Party::Acquirer].as_slice(),
        Addressee::Police => [].as_slice(),
    };
    let claimed = Claimed::of(cx.desk, asked, cx.words.lang, cx.role(), cx.today);
    let Some(claimed) = claimed else { return Vec::new() };
    let mut list: Vec<String> = Vec::new();
    for part in claimed.parts.iter().filter(|p| p.side == letter.side) {
        let place = part.place.place;
        let Loaded::Here(file) = cx.desk.place(place, lang) else { continue };
        let behind = part.entitled.iter().filter(|e| {
            let fits = matches!(e.fit, Fit::Yes | Fit::Depends);
            fits && e.right.cite.contains(&claimed.situation) && owes.contains(&e.right.duty)
        });
        for entitled in behind {
            let instrument = &file.words.rights[entitled.at].instrument;
            if !list.contains(instrument) && list.len() < MOST_INSTRUMENTS {
                list.push(instrument.clone());
            }
        }
    }
    list
}

/// What is filled in is never looked at again: a name may well have braces.
fn fill(
    cx: At,
    letter: &Letter,
    paragraph: &str,
    lang: Lang,
    basis: Option<&str>,
) -> Option<String> {
    let mut parts = paragraph.split('{');
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        let blank = Blank::parse(name)?;
        let value = match blank {
            Blank::Basis => basis.map(str::to_string),
            blank => value(cx, letter, blank, lang),
        };
        match value {
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
    all.filter(used).filter(|b| !matches!(b, Blank::Today | Blank::Basis)).collect()
}

fn blank_field(cx: At, file: &ClaimFile, letter: &Letter, blank: Blank, needed: bool) -> Element {
    let label = blank_name(cx, file, blank);
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
            let future = blank == Blank::Complained && first_told(cx).is_some_and(|d| d > cx.today);
            let wrong = future.then(|| file.words.text(Claim::WrongFuture).to_string());
            let id = format!("blank-{}", blank.spelled());
            let wrong = no_day(cx, &file.words, &id).or(wrong);
            field(id, label, input, wrong)
        }
    }
}

/// What a blank of this letter is filled with. When its addressee was first told, only it can mean: the
/// date on the page about rights is the bank's.
fn value(cx: At, letter: &Letter, blank: Blank, lang: Lang) -> Option<String> {
    if blank == Blank::Complained && letter.to != Addressee::Issuer {
        // A day that cannot be is none.
        let day = first_told(cx).filter(|d| *d <= cx.today);
        return day.map(|d| d.to_string());
    }
    let wrong = event_of(letter, blank)
        .is_some_and(|e| cx.desk.facts.sound(cx.today).date(e) != cx.desk.facts.date(e));
    cx.desk.fill(blank, cx.today, lang).filter(|_| !wrong)
}

/// The day on which the addressee was first told, as it was typed.
fn first_told(cx: At) -> Option<Date> {
    cx.desk.text(Blank::Complained).parse().ok()
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

fn blank_name(cx: At, file: &ClaimFile, blank: Blank) -> String {
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
        Blank::Transaction => date_name(Event::Transaction, cx.role()),
        Blank::Noticed => date_name(Event::Noticed, cx.role()),
        Blank::Statement => date_name(Event::Statement, cx.role()),
        Blank::Answered => Claim::BlankAnswered,
        Blank::Refund => date_name(Event::Refund, cx.role()),
        Blank::Claimed => Claim::BlankClaimed,
        Blank::Wrong => Claim::BlankWrong,
        Blank::Ask => Claim::BlankAsk,
        Blank::Today | Blank::Basis => Claim::Today,
    };
    file.words.text(key).to_string()
}
