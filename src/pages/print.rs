//! Cards and lists to print, in both languages: the counter card, the opening checklist, who to call.

use super::At;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::office::Loaded;
use crate::parts::fields::{choice, field};
use crate::parts::shop::{button, file, head, keep, said};
use crate::route::{Page, Printed, Route};
use fast_qr::QRBuilder;
use rulebase::{GuideFile, GuideWords, Lang, Role, Shop, Word};

const ALL: [(Printed, Shop); 3] = [
    (Printed::Counter, Shop::PrintCounter),
    (Printed::Opening, Shop::PrintOpening),
    (Printed::Calls, Shop::PrintCalls),
];

pub fn print(cx: At, what: Option<Printed>) -> View {
    let file = match file(cx) {
        Ok(file) => file,
        Err(view) => return view,
    };
    let words = &file.words;
    let Some(what) = what else {
        let items = ALL.map(|(what, key)| {
            let to = link(cx.to(Page::Print(Some(what)))).class("choice");
            with("li", to.put(words.text(key)))
        });
        return nodes![
            head(cx, file, words.text(Shop::Prints)),
            with("p", words.text(Shop::PrintsWhy)),
            el("ul").class("choices").put(items.to_vec()),
        ];
    };
    let other = match cx.desk.guides(cx.words.lang.other()) {
        Loaded::Here(other) => Some(&other.words),
        _ => None,
    };
    let both: Vec<&GuideWords> = [Some(words), other].into_iter().flatten().collect();
    let (title, fields, sheet) = match what {
        Printed::Counter => (Shop::PrintCounter, View::new(), counter(cx, &both)),
        Printed::Opening => (Shop::PrintOpening, View::new(), opening(file, &both)),
        Printed::Calls => (Shop::PrintCalls, call_fields(cx, words), calls(cx, &both)),
    };
    let sizes = [("a4", words.text(Shop::SizeA4).into()), ("a6", words.text(Shop::SizeA6).into())];
    let small = cx.desk.counter.small;
    let size = choice(
        "sheet-size".into(),
        words.text(Shop::PrintSize),
        &sizes,
        if small { "a6" } else { "a4" },
    );
    let all = link(cx.to(Page::Print(None))).put(words.text(Shop::Prints));
    let paper = el("div").class(if small { "paper a6" } else { "paper a4" }).attr("id", "paper");
    nodes![
        with("p", all).class("eyebrow"),
        with("h1", words.text(title)),
        with("p", words.text(Shop::PrintsWhy)),
        el("div").class("fields").put(fields).put(size),
        with("p", button(file, "print", Shop::Print)).class("show-do"),
        said(cx, file),
        paper.put(sheet),
        el("div").class("after-paper").put(keep(cx, file)),
    ]
}

/// A part of a sheet in one language.
fn in_language(words: &GuideWords, body: View) -> Element {
    el("div").attr("lang", words.lang.spelled()).put(body)
}

fn counter(cx: At, both: &[&GuideWords]) -> View {
    let part = |words: &&GuideWords| {
        let steps = [Shop::Counter1, Shop::Counter2, Shop::Counter3];
        let steps = steps.map(|key| with("li", words.text(key)));
        let body = nodes![
            with("h2", words.text(Shop::CounterTitle)),
            el("ol").class("steps").put(steps.to_vec()),
            with("p", with("strong", words.text(Shop::CounterNever))),
        ];
        in_language(words, body)
    };
    let parts: Vec<Element> = both.iter().map(part).collect();
    // The customer holds the phone, and the first language of a phone is found by the app itself.
    let start = Route::start(cx.words.lang, Role::Cardholder).fragment(cx.base);
    let address = format!("{}{start}", cx.desk.address);
    let scan: Vec<Element> = both
        .iter()
        .map(|w| with("p", w.text(Shop::CounterScan)).attr("lang", w.lang.spelled()))
        .collect();
    let label = both[0].text(Shop::QrOf).replace("{address}", &address);
    nodes![parts, qr(&address, label).map(|code| el("div").class("scan").put(code).put(scan))]
}

/// A code for an address, as one path of squares; `None` for an address that is too long for one.
fn qr(address: &str, label: String) -> Option<Element> {
    let code = QRBuilder::new(address.as_bytes().to_vec()).build().ok()?;
    let size = code.size;
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| code[y][*x].value()).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + 4, y + 4));
            }
            x += run.max(1);
        }
    }
    // Four light squares around it are part of the code.
    let edge = size + 8;
    let ground =
        el("rect").class("ground").attr("width", edge.to_string()).attr("height", edge.to_string());
    Some(
        el("svg")
            .class("qr")
            .attr("viewBox", format!("0 0 {edge} {edge}"))
            .attr("role", "img")
            .attr("aria-label", label)
            .put(ground)
            .put(el("path").attr("d", path)),
    )
}

fn opening(file: &GuideFile, both: &[&GuideWords]) -> View {
    let Some(at) = file.guides.guides.iter().position(|g| g.id == "opening-checks") else {
        return View::new();
    };
    let both_of = |text: &dyn Fn(&GuideWords) -> String| -> Vec<Element> {
        both.iter().map(|w| with("span", text(w)).attr("lang", w.lang.spelled())).collect()
    };
    let count = file.guides.guides[at].steps.len();
    // A box a step: two would be ticked by two people.
    let steps: Vec<Element> = (0..count)
        .map(|i| {
            let names = both_of(&|w| w.guides[at].steps[i].title.clone());
            let nots = both_of(&|w| w.guides[at].steps[i].not.clone());
            let has = both.iter().any(|w| !w.guides[at].steps[i].not.is_empty());
            let nots = has.then(|| with("p", nots).class("both"));
            let tick = with("span", "☐ ").attr("aria-hidden", "true");
            with("li", nodes![tick, with("strong", names).class("both"), nots])
        })
        .collect();
    let line = |key: Shop| {
        let name = with("span", both_of(&|w| w.text(key).to_string())).class("both");
        with("p", nodes![name, " ____________________"])
    };
    nodes![
        with("h2", both_of(&|w| w.guides[at].title.clone())).class("both"),
        line(Shop::SheetDate),
        line(Shop::SheetWho),
        el("ul").class("boxes").put(steps),
    ]
}

const CALLS: [(&str, Shop); 6] = [
    ("acquirer", Shop::CallsAcquirer),
    ("phone", Shop::CallsPhone),
    ("merchant", Shop::CallsMerchant),
    ("terminal", Shop::CallsTerminal),
    ("backup", Shop::CallsBackup),
    ("owner", Shop::CallsOwner),
];

fn told<'a>(cx: At<'a>, key: &str) -> &'a str {
    cx.desk.counter.notes.calls.get(key).map_or("", |t| t)
}

fn call_fields(cx: At, words: &GuideWords) -> View {
    let one = |(key, label): &(&str, Shop)| {
        let input = el("input")
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("value", told(cx, key).to_string());
        field(format!("call-{key}"), words.text(*label).into(), input, None)
    };
    nodes![CALLS.iter().map(one).collect::<Vec<_>>()]
}

fn calls(cx: At, both: &[&GuideWords]) -> View {
    let rows: Vec<Element> = CALLS
        .iter()
        .map(|(key, label)| {
            let names: Vec<Element> = both
                .iter()
                .map(|w| with("span", w.text(*label)).attr("lang", w.lang.spelled()))
                .collect();
            let value = Some(told(cx, key)).filter(|t| !t.is_empty()).unwrap_or("____________");
            with("tr", nodes![with("th", names).attr("scope", "row"), with("td", value)])
        })
        .collect();
    let below = |words: &&GuideWords| {
        let have = with("p", words.text(Shop::CallsHave));
        in_language(words, nodes![have, with("p", with("strong", words.text(Shop::CallsNever)))])
    };
    let titles: Vec<Element> = both
        .iter()
        .map(|w| with("span", w.text(Shop::PrintCalls)).attr("lang", w.lang.spelled()))
        .collect();
    nodes![
        with("h2", titles).class("both"),
        el("table").class("why").put(with("tbody", rows)),
        both.iter().map(below).collect::<Vec<_>>(),
    ]
}

/// Both languages have the same sheets.
const _: () = assert!(Lang::ALL.len() == 2);
