//! The owner's view: what went wrong how often, as staff confirmed it on this device.

use super::At;
use crate::node::{Element, View, el, with};
use crate::nodes;
use crate::parts::bar::{bar, rect};
use crate::parts::fields::choice;
use crate::parts::shop::{button, file, head};
use rulebase::{CauseIx, Shop};

pub fn owner(cx: At) -> View {
    let file = match file(cx) {
        Ok(file) => file,
        Err(view) => return view,
    };
    let words = &file.words;
    let counts = &cx.desk.counter.counts;
    let known = counts.of.iter().filter_map(|(id, n)| Some((CauseIx::find(cx.base, id)?, *n)));
    let mut known: Vec<(CauseIx, u16)> = known.collect();
    known.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let why = with("p", words.text(Shop::OwnerWhy));
    if known.is_empty() {
        let none = with("p", words.text(Shop::OwnerNone));
        return nodes![head(cx, file, words.text(Shop::Owner)), why, none];
    }
    let most = known.iter().map(|k| k.1).max().unwrap_or(1).max(1);
    let rows: Vec<Element> = known.iter().map(|(cause, n)| row(cx, *cause, *n, most)).collect();
    let column = |key: Shop| with("th", words.text(key)).attr("scope", "col");
    let header = with("tr", nodes![column(Shop::OwnerCause), column(Shop::OwnerCount)]);
    let table = el("table")
        .class("why")
        .put(with("caption", words.text(Shop::OwnerTable)))
        .put(with("thead", header))
        .put(with("tbody", rows));
    let options = [
        ("", words.text(Shop::OwnerAdjustNo).to_string()),
        ("yes", words.text(Shop::OwnerAdjustYes).to_string()),
    ];
    let chosen = if counts.adjust { "yes" } else { "" };
    nodes![
        head(cx, file, words.text(Shop::Owner)),
        why,
        table,
        choice("owner-adjust".into(), words.text(Shop::OwnerAdjust), &options, chosen),
        with("p", words.text(Shop::OwnerAdjustWhy)).class("hint"),
        with(
            "p",
            nodes![
                button(file, "print", Shop::Print),
                button(file, "owner-reset", Shop::OwnerReset)
            ]
        )
        .class("show-do"),
    ]
}

fn row(cx: At, cause: CauseIx, n: u16, most: u16) -> Element {
    let share = format!("{}%", u32::from(n) * 100 / u32::from(most));
    let bar = bar().put(rect("share", share));
    let name = with("th", cx.words.cause(cause).name.clone()).attr("scope", "row");
    with("tr", nodes![name, with("td", nodes![with("span", n.to_string()), bar])])
}
