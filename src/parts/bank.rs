//! What whoever set the app up adds: whom to call, where to go, a note. It always stands under their name.

use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::pages::Cx;
use rulebase::{Bank, CauseIx, InBoth, Ui, in_language};

/// Hotlines and pages for whoever reads this; nothing if there are none.
pub fn contacts(cx: Cx) -> Option<View> {
    let bank = cx.base.bank.as_deref()?;
    let text = |t: &InBoth| in_language(t, cx.words.lang).to_string();
    let hotlines: Vec<Element> = bank
        .hotlines(cx.role())
        .map(|hotline| {
            let dialled = hotline.number.chars().filter(|c| c.is_ascii_digit() || *c == '+');
            let call = link(format!("tel:{}", dialled.collect::<String>()));
            let name = format!("{}{}", text(&hotline.label), cx.words.ui(Ui::Colon));
            let hours = text(&hotline.hours);
            let hours = (!hours.is_empty()).then(|| with("span", hours).class("hint"));
            with("li", nodes![with("span", name), call.put(hotline.number.clone()), hours])
        })
        .collect();
    let compare = (!hotlines.is_empty()).then(|| with("p", cx.ui(Ui::BankCompare)).class("hint"));
    let links = bank.links(cx.role()).map(|l| with("li", link(l.url.clone()).put(text(&l.label))));
    let links: Vec<Element> = links.collect();
    (!hotlines.is_empty() || !links.is_empty()).then(|| {
        let name = cx.fill(Ui::BankFrom, &[("name", name(cx, bank))]);
        nodes![
            with("h2", name),
            (!hotlines.is_empty()).then(|| el("ul").class("hotlines").put(hotlines)),
            compare,
            (!links.is_empty()).then(|| el("ul").class("links").put(links)),
        ]
    })
}

/// What they add to a cause.
pub fn note(cx: Cx, cause: CauseIx) -> Option<Element> {
    let bank = cx.base.bank.as_deref()?;
    let note = bank.note(cause, cx.words.lang)?;
    let whose = with("strong", cx.fill(Ui::BankNote, &[("name", name(cx, bank))]));
    Some(el("p").class("sheet").put(nodes![whose, note.to_string()]))
}

/// Above what is theirs altogether: a message or a code of their own.
pub fn whose(cx: Cx, id: &str) -> Option<Element> {
    let bank = cx.base.bank.as_deref().filter(|_| id.starts_with(OWN))?;
    let said = cx.fill(Ui::BankFrom, &[("name", name(cx, bank))]);
    Some(with("p", nodes![said, host(bank)]).class("hint"))
}

/// Who set the app up, and from where it came: a stranger's must not look like ours.
pub fn set_up_by(cx: Cx) -> Option<Element> {
    let bank = cx.base.bank.as_deref()?;
    let said = cx.fill(Ui::BankSetUp, &[("name", name(cx, bank))]);
    Some(el("p").class("set-up").put(nodes![said, host(bank)]))
}

/// How ids of their own messages and codes begin.
const OWN: &str = "bank-";

fn host(bank: &Bank) -> Option<String> {
    (!bank.host.is_empty()).then(|| format!(" · {}", bank.host))
}

fn name<'a>(cx: Cx<'a>, bank: &'a Bank) -> &'a str {
    in_language(&bank.name, cx.words.lang)
}
