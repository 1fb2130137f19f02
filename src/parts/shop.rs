//! What the merchant's pages share: their texts, the choice to keep, and what the last button did.

use super::fields::{choice, press};
use super::icon::{Icon, icon};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::office::{Keep, Loaded, Said};
use crate::pages::At;
use crate::route::Page;
use crate::shop::log::{Why, Wrong};
use rulebase::{GuideFile, Shop, Ui};

/// The guides in this language, or what stands there until they have come.
pub fn file<'a>(cx: At<'a>) -> Result<&'a GuideFile, View> {
    let note = |key: Ui, class: &'static str| {
        nodes![with("p", cx.ui(key)).class(class).attr("role", "status")]
    };
    match cx.desk.guides(cx.words.lang) {
        Loaded::Here(file) => Ok(file),
        Loaded::Missing => Err(note(Ui::NotLoaded, "notice")),
        Loaded::Coming => Err(note(Ui::Loading, "loading")),
    }
}

/// A title with the way back to all guides above it.
pub fn head(cx: At, file: &GuideFile, title: &str) -> View {
    let all = link(cx.to(Page::Guides)).put(file.words.text(Shop::Title));
    nodes![with("p", all).class("eyebrow"), with("h1", title)]
}

pub fn button(file: &GuideFile, id: &'static str, key: Shop) -> Element {
    press(id.to_string(), file.words.text(key))
}

/// What the last button did, read aloud where it appears.
pub fn said(cx: At, file: &GuideFile) -> Element {
    let words = &file.words;
    let body: Option<View> = cx.desk.counter.said.as_ref().map(|said| match said {
        Said::Text(key) => nodes![with("p", words.text(*key))],
        Said::Opened(brought) => {
            let text = words
                .text(Shop::CsvOpened)
                .replace("{n}", &brought.inspections.to_string())
                .replace("{known}", &brought.known.to_string());
            nodes![with("p", text)]
        }
        Said::Wrong(rows) => wrong(file, rows),
    });
    let class = match &cx.desk.counter.said {
        Some(Said::Wrong(_)) => "notice",
        _ => "said",
    };
    el("div").class(class).attr("role", "status").put(body)
}

/// Why a file was not taken in; the last row is how many more there are.
fn wrong(file: &GuideFile, rows: &[Wrong]) -> View {
    let words = &file.words;
    let why = |why: &Why| match why {
        Why::Empty => words.text(Shop::CsvEmpty).to_string(),
        Why::TooMany => words.text(Shop::CsvTooMany).to_string(),
        Why::Columns => words.text(Shop::CsvColumns).to_string(),
        Why::Width => words.text(Shop::CsvWidth).to_string(),
        Why::NoTerminal => words.text(Shop::CsvNoTerminal).to_string(),
        Why::Twice => words.text(Shop::CsvTwice).to_string(),
        Why::NoDate(t) => words.text(Shop::CsvNoDate).replace("{text}", t),
        Why::TwoWays(t) => words.text(Shop::CsvTwoWays).replace("{text}", t),
        Why::NoTime(t) => words.text(Shop::CsvNoTime).replace("{text}", t),
        Why::NoCheck(t) => words.text(Shop::CsvNoCheck).replace("{text}", t),
        Why::NoSeen(t) => words.text(Shop::CsvNoSeen).replace("{text}", t),
    };
    let Some((rest, rows)) = rows.split_last() else { return View::new() };
    let items: Vec<Element> = rows
        .iter()
        .map(|w| {
            let row = words.text(Shop::CsvRow).replace("{row}", &w.row.to_string());
            with("li", row.replace("{why}", &why(&w.why)))
        })
        .collect();
    let more = words.text(Shop::CsvMore).replace("{n}", &rest.row.to_string());
    let more = (rest.row > 0).then(|| with("p", more));
    nodes![with("ul", items), more, with("p", words.text(Shop::CsvNothing))]
}

/// Whether the shop's notes stay on the device; and erasing them.
pub fn keep(cx: At, file: &GuideFile) -> View {
    let words = &file.words;
    let kept = |keep: Keep| Keep::ALL.iter().find(|k| k.0 == keep).map_or("", |k| k.1);
    let options = [
        (kept(Keep::Never), words.text(Shop::KeepNever).to_string()),
        (kept(Keep::Day), words.text(Shop::KeepDay).to_string()),
        (kept(Keep::Always), words.text(Shop::KeepAlways).to_string()),
    ];
    let chosen = kept(cx.desk.counter.keep);
    nodes![
        choice("keep-shop".into(), words.text(Shop::Keep), &options, chosen),
        with("p", button(file, "wipe-shop", Shop::Wipe)),
        with("p", words.text(Shop::WipeWhy)).class("hint"),
    ]
}

/// What not to do; the text says so itself.
pub fn not(text: &str) -> Option<Element> {
    let shown = el("p").class("not").put(icon(Icon::Stop)).put(with("span", text));
    (!text.is_empty()).then_some(shown)
}
