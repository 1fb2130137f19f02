//! The visitor's papers, dates and notes of a claim: to tick and write down, keep, save, open, erase.

use super::At;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::office::{Keep, Line, Loaded};
use crate::parts::claim_names::date_name;
use crate::parts::fields::{button, field, no_day, paper, press, said};
use crate::route::{Asked, Page};
use rulebase::{Claim, ClaimWords, Date, Event, Ui, Word};

pub fn kit(cx: At) -> View {
    let file = match cx.desk.claims(cx.words.lang) {
        Loaded::Here(file) => file,
        Loaded::Missing => return super::rights::note(cx, Ui::NotLoaded),
        Loaded::Coming => return super::rights::note(cx, Ui::Loading),
    };
    let words = &file.words;
    let text = |key: Claim| words.text(key).to_string();
    let now = file.claims.evidence.iter().find(|e| Some(e.situation) == cx.desk.situation);
    let now = now.map_or(&[][..], |e| &e.items);
    let all = file.claims.items.iter().zip(&words.evidence).enumerate();
    // The list of what happened last; what was ticked for something else stays in sight.
    let mine = all
        .filter(|(i, (id, _))| now.contains(&(*i as u16)) || cx.desk.papers.contains(id.as_str()));
    let papers: Vec<Element> = mine.map(|(_, (id, text))| paper(cx, id, text)).collect();
    let none = papers.is_empty().then(|| with("p", text(Claim::PapersNone)).class("hint"));
    // What a button did is told beside it.
    let about = |line: bool| {
        let here = line == (cx.desk.said == Some(Claim::LineRemoved));
        let undo = cx.desk.before.is_some().then(|| button(words, "undo", Claim::Undo));
        here.then(|| nodes![said(cx, words), undo])
    };
    let rights = link(cx.to(Page::Rights(Asked::default()))).put(cx.ui(Ui::MyRights));
    nodes![
        with("p", text(Claim::Title)).class("eyebrow"),
        with("h1", text(Claim::KitTitle)),
        with("p", text(Claim::KitWhy)),
        with("p", text(Claim::NeverCard)).class("careful"),
        with("h2", text(Claim::Timeline)),
        timeline(cx, words),
        with("div", lines(cx, words)),
        with("div", about(true)),
        with("p", button(words, "add-line", Claim::LineAdd)),
        with("h2", text(Claim::Papers)),
        none,
        el("ul").class("ticks").put(papers),
        keep(cx, words),
        with("p", button(words, "save-kit", Claim::KitSave)).class("show-do"),
        open(words),
        with("div", about(false)),
        with("h2", text(Claim::Wipe)),
        with("p", text(Claim::WipeWhy)),
        with("p", button(words, "wipe", Claim::Wipe)),
        with("p", rights),
    ]
}

/// All that has a date, in the order in which it happened.
fn timeline(cx: At, words: &ClaimWords) -> Element {
    let told = Event::ALL.iter().filter_map(|(event, _)| {
        let date = cx.desk.facts.date(*event)?;
        Some((date, words.text(date_name(*event, cx.role())).to_string()))
    });
    let noted = cx.desk.lines.iter().filter(|l| !l.text.trim().is_empty());
    let noted = noted.filter_map(|l| Some((l.date?, l.text.clone())));
    let mut all: Vec<(Date, String)> = told.chain(noted).collect();
    all.sort_by_key(|e| e.0);
    if all.is_empty() {
        return with("p", words.text(Claim::TimelineNone)).class("hint");
    }
    let row = |(date, text): (Date, String)| {
        let date = date.to_string();
        with("li", nodes![with("time", date.clone()).attr("datetime", date), " ", text])
    };
    el("ol").class("timeline").put(all.into_iter().map(row).collect::<Vec<_>>())
}

/// The visitor's own lines, to be changed.
fn lines(cx: At, words: &ClaimWords) -> Vec<Element> {
    let text = |key: Claim| words.text(key).to_string();
    let row = |(at, line): (usize, &Line)| {
        let value = line.date.map(|d| d.to_string()).unwrap_or_default();
        let future = line.date.is_some_and(|d| d > cx.today);
        let date = el("input").attr("type", "date").attr("value", value);
        let said = el("input")
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("value", line.text.clone());
        let id = format!("line-{at}-date");
        let wrong = no_day(cx, words, &id).or(future.then(|| text(Claim::WrongFuture)));
        let remove = press(format!("remove-line-{at}"), words.text(Claim::LineRemove));
        let name = format!("{} {}", text(Claim::LineRemove), at + 1);
        el("div")
            .class("line added")
            .key(format!("line-{at}"))
            .put(field(id, text(Claim::LineDate), date, wrong))
            .put(field(format!("line-{at}-text"), text(Claim::LineText), said, None))
            .put(remove.attr("aria-label", name))
    };
    cx.desk.lines.iter().enumerate().map(row).collect()
}

/// Whether it stays on the device, and how long.
fn keep(cx: At, words: &ClaimWords) -> Element {
    let name = |keep: Keep| match keep {
        Keep::Never => Claim::KeepNever,
        Keep::Hour => Claim::KeepHour,
        Keep::Day => Claim::KeepDay,
        Keep::Always => Claim::KeepAlways,
    };
    let options = Keep::ALL.map(|(keep, value)| {
        let chosen = (cx.desk.keep == keep).then_some("");
        let option = el("option").attr("value", value).attr_opt("selected", chosen);
        option.put(words.text(name(keep)))
    });
    let label = words.text(Claim::KeepOnDevice).to_string();
    field("keep".into(), label, el("select").put(options.to_vec()), None)
}

/// A file to open.
fn open(words: &ClaimWords) -> Element {
    let file = el("input")
        .attr("type", "file")
        .class("open")
        .attr("accept", ".json,application/json")
        .attr("id", "open-kit");
    let label = with("label", words.text(Claim::KitOpen)).attr("for", "open-kit");
    el("div").class("field").put(label).put(file)
}
