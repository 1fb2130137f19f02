//! One letter: what is still missing, the fields to fill in, and the letter in both languages, paragraph
//! by paragraph; the one that the addressee reads is the one to send.

use super::rights::{date_name, field};
use super::{Cx, missing};
use crate::node::{Element, View, el, with};
use crate::nodes;
use crate::route::Asked;
use rulebase::{Blank, Claim, ClaimFile, Date, Event, Lang, LetterWords, Place, Side, Word};

pub fn letter(cx: Cx, file: &ClaimFile, asked: &Asked, id: &str) -> View {
    let Some(at) = file.claims.letters.iter().position(|l| l.id == id) else { return missing(cx) };
    let (letter, own) = (&file.claims.letters[at], &file.words.letters[at]);
    let text = |key: Claim| file.words.text(key).to_string();
    let used = blanks(own);
    let fields: Vec<Element> =
        used.iter().filter_map(|b| blank_field(cx, file, *b, letter.needs.contains(b))).collect();
    let lacking = letter.needs.iter().filter(|n| cx.desk.fill(**n, cx.today).is_none());
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
            filled(cx, letter.needs.as_slice(), words).into_iter().map(|p| with("p", p)).collect();
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
    nodes![
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
    ]
}

/// The paragraphs with everything filled in. What is needed and missing shows as a line to write on; a
/// paragraph with anything else that is missing is left out.
fn filled(cx: Cx, needs: &[Blank], words: &LetterWords) -> Vec<String> {
    words.text.iter().filter_map(|paragraph| fill(cx, needs, paragraph)).collect()
}

fn fill(cx: Cx, needs: &[Blank], paragraph: &str) -> Option<String> {
    let mut out = paragraph.to_string();
    for (blank, name) in Blank::ALL {
        let mark = format!("{{{name}}}");
        if !out.contains(&mark) {
            continue;
        }
        match cx.desk.fill(*blank, cx.today) {
            Some(value) => out = out.replace(&mark, &value),
            None if needs.contains(blank) => out = out.replace(&mark, "________"),
            None => return None,
        }
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

fn blank_field(cx: Cx, file: &ClaimFile, blank: Blank, needed: bool) -> Option<Element> {
    let label = blank_name(file, blank);
    let label = if needed { format!("{label} *") } else { label };
    let date = |event: Event| {
        let value: Option<Date> = cx.desk.facts.date(event);
        let input = el("input")
            .attr("type", "date")
            .attr("max", cx.today.to_string())
            .attr("value", value.map(|d| d.to_string()).unwrap_or_default());
        field(format!("date-{}", event.spelled()), label.clone(), input, None)
    };
    Some(match event_of(blank) {
        Some(event) => date(event),
        None if blank == Blank::Amount => {
            let input = el("input")
                .attr("type", "text")
                .attr("inputmode", "decimal")
                .attr("autocomplete", "off")
                .attr("value", cx.desk.amount.clone());
            let bad = !cx.desk.amount.trim().is_empty() && cx.desk.facts.amount.is_none();
            let wrong = bad.then(|| file.words.text(Claim::WrongAmountText).to_string());
            let currency = el("input")
                .attr("type", "text")
                .attr("autocomplete", "off")
                .attr("maxlength", "3")
                .attr("value", cx.desk.currency.clone());
            let pair = nodes![
                field("amount".into(), label, input, wrong),
                field("currency".into(), file.words.text(Claim::Currency).into(), currency, None),
            ];
            with("div", pair).class("pair")
        }
        None => {
            let id = format!("blank-{}", blank.spelled());
            let input = el("input")
                .attr("type", "text")
                .attr("autocomplete", "off")
                .attr("value", cx.desk.text(blank).to_string());
            field(id, label, input, None)
        }
    })
}

fn event_of(blank: Blank) -> Option<Event> {
    Some(match blank {
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
        blank => event_of(blank).map_or(Claim::Today, date_name),
    };
    file.words.text(key).to_string()
}
