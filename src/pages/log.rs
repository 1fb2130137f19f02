//! The inspection log (PCI DSS 9.5.1): the shop's terminals, one inspection, what was found, and the whole as
//! a file.

use super::At;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fields::{field, press};
use crate::parts::icon::{Icon, icon};
use crate::parts::shop::{button, choice, file, head, keep, said};
use crate::route::Page;
use crate::shop::{Inspection, Seen, Terminal};
use rulebase::{GuideFile, Shop};

/// As many inspections are shown; the file has all.
const SHOWN: usize = 50;

pub fn log(cx: At) -> View {
    let file = match file(cx) {
        Ok(file) => file,
        Err(view) => return view,
    };
    let words = &file.words;
    let notes = &cx.desk.counter.notes;
    let terminals: Vec<Element> = notes.terminals.iter().map(|t| terminal(cx, file, t)).collect();
    let none = terminals.is_empty().then(|| with("p", words.text(Shop::TerminalsNone)));
    let open = el("input")
        .attr("type", "file")
        .class("open")
        .attr("accept", ".csv,text/csv,text/plain")
        .attr("id", "open-log");
    let open = el("div")
        .class("field")
        .put(with("label", words.text(Shop::CsvOpen)).attr("for", "open-log"))
        .put(open);
    nodes![
        head(cx, file, words.text(Shop::Log)),
        with("p", words.text(Shop::LogWhy)),
        said(cx, file),
        with("h2", words.text(Shop::Terminals)),
        none,
        terminals,
        with("p", button(file, "add-terminal", Shop::TerminalAdd)),
        with("h2", words.text(Shop::History)),
        history(cx, file),
        with("p", button(file, "save-log", Shop::CsvSave)).class("show-do"),
        open,
        keep(cx, file),
    ]
}

fn named(file: &GuideFile, terminal: &Terminal) -> String {
    let name = file.words.text(Shop::TerminalName).replace("{n}", &terminal.number.to_string());
    let parts = [&terminal.model, &terminal.serial, &terminal.place];
    let parts = parts.into_iter().map(|p| p.trim()).filter(|p| !p.is_empty());
    [name.as_str()].into_iter().chain(parts).collect::<Vec<_>>().join(" · ")
}

fn terminal(cx: At, file: &GuideFile, terminal: &Terminal) -> Element {
    let words = &file.words;
    let number = terminal.number;
    let text = |part: &'static str, key: Shop, value: &str| {
        let input = el("input")
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("value", value.to_string());
        field(format!("terminal-{number}-{part}"), words.text(key).into(), input, None)
    };
    let photo = format!("photo-{number}");
    let name = named(file, terminal);
    let picture = cx.desk.counter.photos.get(&number).map(|data| {
        let label = words.text(Shop::PhotoOf).replace("{name}", &name);
        let canvas = el("canvas")
            .class("photo")
            .attr("role", "img")
            .attr("aria-label", label)
            .attr("data-photo", data.clone());
        nodes![canvas, press(format!("remove-photo-{number}"), words.text(Shop::PhotoRemove))]
    });
    let choose = el("input")
        .attr("type", "file")
        .class("open")
        .attr("accept", "image/*")
        .attr("id", photo.clone());
    let choose = el("div")
        .class("field")
        .put(with("label", words.text(Shop::Photo)).attr("for", photo))
        .put(choose)
        .put(with("p", words.text(Shop::PhotoWhy)).class("hint"));
    let inspect = link(cx.to(Page::Log(Some(number)))).class("button");
    let remove = press(format!("remove-terminal-{number}"), words.text(Shop::TerminalRemove));
    el("section")
        .class("terminal")
        .key(format!("terminal-{number}"))
        .put(with("h3", name.clone()))
        .put(with("p", inspect.put(words.text(Shop::Inspect))))
        .put(
            el("div")
                .class("fields")
                .put(text("model", Shop::Model, &terminal.model))
                .put(text("serial", Shop::Serial, &terminal.serial))
                .put(text("place", Shop::Place, &terminal.place)),
        )
        .put(picture)
        .put(choose)
        .put(with(
            "p",
            remove.attr("aria-label", format!("{} · {name}", words.text(Shop::TerminalRemove))),
        ))
}

/// What was inspected, the last first.
fn history(cx: At, file: &GuideFile) -> View {
    let words = &file.words;
    let notes = &cx.desk.counter.notes;
    if notes.inspections.is_empty() {
        return nodes![with("p", words.text(Shop::HistoryNone))];
    }
    let row = |inspection: &Inspection| {
        let terminal = notes.terminal(inspection.terminal);
        let name = terminal.map_or(String::new(), |t| named(file, t));
        let found = different(file, &inspection.seen);
        let text = match found.is_empty() {
            true => words.text(Shop::HistoryFine).to_string(),
            false => words.text(Shop::HistoryFound).replace("{what}", &cx.list(found)),
        };
        let note = (!inspection.note.is_empty()).then(|| format!(" · {}", inspection.note));
        let when = inspection.at.to_string();
        with("li", nodes![with("time", when), " ", name, " · ", text, note])
    };
    let rows: Vec<Element> = notes.inspections.iter().rev().take(SHOWN).map(row).collect();
    nodes![el("ol").class("timeline").put(rows)]
}

/// What is not as always, in words.
fn different(file: &GuideFile, seen: &[(String, Seen)]) -> Vec<String> {
    let looks = file.guides.looks.iter().zip(&file.words.looks);
    looks
        .filter(|(look, _)| seen.contains(&(look.id.clone(), Seen::Different)))
        .map(|(_, text)| text.look.clone())
        .collect()
}

/// One inspection of one terminal. What may be a manipulation is told at once, before it is saved.
pub fn inspect(cx: At, number: u32) -> View {
    let file = match file(cx) {
        Ok(file) => file,
        Err(view) => return view,
    };
    let words = &file.words;
    let counter = &cx.desk.counter;
    let Some(terminal) = counter.notes.terminal(number) else { return log(cx) };
    let options = [
        ("", words.text(Shop::SeenOpen).to_string()),
        (rulebase::Word::spelled(Seen::Same), words.text(Shop::SeenSame).into()),
        (rulebase::Word::spelled(Seen::Different), words.text(Shop::SeenDifferent).into()),
        (rulebase::Word::spelled(Seen::Unsure), words.text(Shop::SeenUnsure).into()),
    ];
    let mut alarm = false;
    let items: Vec<Element> = file
        .guides
        .looks
        .iter()
        .zip(&words.looks)
        .map(|(look, text)| {
            let seen = counter.draft.get(&look.id).copied();
            let found = seen == Some(Seen::Different);
            alarm |= found && look.tamper;
            let chosen = seen.map_or("", rulebase::Word::spelled);
            let next = found.then(|| {
                let said = with("span", text.different.clone());
                el("p").class("not").put(icon(Icon::Stop)).put(said)
            });
            let choose = choice(format!("seen-{}", look.id), &text.look, &options, chosen);
            el("li").put(choose).put(with("div", next).attr("role", "status"))
        })
        .collect();
    // As in the diagnosis: a stop stands above everything.
    let stop = alarm.then(|| {
        let start = cx.to(Page::Start { more: false });
        let go = link(format!("{start}/looks-tampered")).class("button");
        el("div")
            .class("alert short")
            .attr("role", "alert")
            .put(with("h2", words.text(Shop::TamperTitle)))
            .put(with("p", words.text(Shop::TamperDo)))
            .put(with("p", go.put(words.text(Shop::TamperGo))))
    });
    let note = el("input")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("value", counter.draft_note.clone());
    let picture = counter.photos.get(&number).map(|data| {
        let label = words.text(Shop::PhotoOf).replace("{name}", &named(file, terminal));
        el("canvas")
            .class("photo")
            .attr("role", "img")
            .attr("aria-label", label)
            .attr("data-photo", data.clone())
    });
    let back = link(cx.to(Page::Log(None))).put(words.text(Shop::Log));
    nodes![
        with("p", back).class("eyebrow"),
        with("h1", named(file, terminal)),
        with("p", words.text(Shop::InspectWhy)),
        with("div", stop),
        picture,
        el("ol").class("looks").put(items),
        field("inspect-note".into(), words.text(Shop::Note).into(), note, None),
        with("p", press(format!("save-inspection-{number}"), words.text(Shop::InspectSave))),
        said(cx, file),
    ]
}
