//! The inspection log (PCI DSS 9.5.1): the shop's terminals, one inspection, what was found, and the whole as
//! a file.

use super::At;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fields::{choice, field, press};
use crate::parts::icon::{Icon, icon};
use crate::parts::shop::{button, file, head, keep, said};
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
    let used = notes.terminals.iter().filter(|t| t.gone.is_none());
    let terminals: Vec<Element> = used.map(|t| terminal(cx, file, t)).collect();
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
        with("h2", words.text(Shop::Terminals)),
        none,
        terminals,
        with("p", button(file, "add-terminal", Shop::TerminalAdd)),
        with("h2", words.text(Shop::History)),
        history(cx, file),
        with("p", button(file, "save-log", Shop::CsvSave)).class("show-do"),
        open,
        // Beside what it is about.
        said(cx, file),
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
        .class("terminal added")
        .key(format!("terminal-{number}"))
        .put(with("h3", name.clone()))
        .put(stopped(cx, file, number))
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
        let all = file.guides.looks.len();
        let found = named_as(file, &inspection.seen, Seen::Different);
        let unsure = named_as(file, &inspection.seen, Seen::Unsure);
        let looked = inspection.seen.len();
        let mut text = match (found.is_empty(), looked == all && unsure.is_empty()) {
            (true, true) => words.text(Shop::HistoryFine).to_string(),
            (true, false) => words
                .text(Shop::HistorySome)
                .replace("{n}", &looked.to_string())
                .replace("{all}", &all.to_string()),
            (false, _) => words.text(Shop::HistoryFound).replace("{what}", &cx.list(found)),
        };
        if !unsure.is_empty() {
            let unsure = words.text(Shop::HistoryUnsure).replace("{what}", &cx.list(unsure));
            text = format!("{text} · {unsure}");
        }
        let gone = terminal
            .and_then(|t| t.gone)
            .map(|d| format!(" · {}", words.text(Shop::Gone).replace("{date}", &d.to_string())));
        let note = (!inspection.note.is_empty()).then(|| format!(" · {}", inspection.note));
        let when = inspection.at.to_string();
        with("li", nodes![with("time", when), " ", name, " · ", text, note, gone])
    };
    let rows: Vec<Element> = notes.inspections.iter().rev().take(SHOWN).map(row).collect();
    nodes![el("ol").class("timeline").put(rows)]
}

/// What was seen so, by its short name.
fn named_as(file: &GuideFile, seen: &[(String, Seen)], so: Seen) -> Vec<String> {
    let looks = file.guides.looks.iter().zip(&file.words.looks);
    looks
        .filter(|(look, _)| seen.iter().any(|s| s.0 == look.id && s.1 == so))
        .map(|(_, text)| text.name.clone())
        .collect()
}

/// That a terminal is not to be used, and why; nothing if it may be.
fn stopped(cx: At, file: &GuideFile, number: u32) -> Option<Element> {
    let words = &file.words;
    let tamper = |id: &str| file.guides.looks.iter().any(|l| l.id == id && l.tamper);
    let open = cx.desk.counter.notes.stopped(number, tamper);
    let since = open.iter().map(|o| o.1.date).min()?;
    let seen: Vec<(String, Seen)> =
        open.into_iter().map(|(look, _)| (look, Seen::Different)).collect();
    let what = cx.list(named_as(file, &seen, Seen::Different));
    let text =
        words.text(Shop::Stopped).replace("{date}", &since.to_string()).replace("{what}", &what);
    Some(el("p").class("not").put(icon(Icon::Stop)).put(with("span", text)))
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
            let seen = counter.draft.get(&format!("{number}-{}", look.id)).copied();
            let found = seen == Some(Seen::Different);
            alarm |= found && look.tamper;
            let chosen = seen.map_or("", rulebase::Word::spelled);
            let next = match seen {
                Some(Seen::Different) => {
                    let said = with("span", text.different.clone());
                    Some(el("p").class("not").put(icon(Icon::Stop)).put(said))
                }
                Some(Seen::Unsure) => Some(with("p", words.text(Shop::UnsureDo)).class("hint")),
                _ => None,
            };
            let choose = choice(format!("seen-{number}-{}", look.id), &text.look, &options, chosen);
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
        .attr("value", counter.draft_notes.get(&number.to_string()).cloned().unwrap_or_default());
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
        with("div", nodes![stopped(cx, file, number), stop]).class("sticky"),
        picture,
        el("ol").class("looks").put(items),
        field(format!("note-{number}"), words.text(Shop::Note).into(), note, None),
        with("p", press(format!("save-inspection-{number}"), words.text(Shop::InspectSave))),
        said(cx, file),
    ]
}
