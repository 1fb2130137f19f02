//! The merchant's guides: a list by group, and each as a checklist to tick, print and follow into the
//! diagnosis.

use super::{At, damaged};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fields::press;
use crate::parts::shop::{button, file, head, keep, not, said};
use crate::parts::sources::sure;
use crate::route::{Page, Printed};
use rulebase::{Doer, Guide, GuideFile, GuideGroup, GuideStep, Shop, StepText, Ui};

/// What the window is called.
pub fn title(file: &GuideFile, page: &Page) -> String {
    let key = match page {
        Page::Guide(id) => {
            let at = file.guides.guides.iter().position(|g| g.id == *id);
            return at
                .map_or(file.words.text(Shop::Title), |at| &file.words.guides[at].title)
                .into();
        }
        Page::Log(_) => Shop::Log,
        Page::Upkeep => Shop::Upkeep,
        Page::Quiz => Shop::Quiz,
        Page::Print(_) => Shop::Prints,
        Page::Owner => Shop::Owner,
        _ => Shop::Title,
    };
    file.words.text(key).into()
}

const GROUPS: [(GuideGroup, Shop); 6] = [
    (GuideGroup::Trouble, Shop::GroupTrouble),
    (GuideGroup::Payment, Shop::GroupPayment),
    (GuideGroup::EveryDay, Shop::GroupEveryDay),
    (GuideGroup::After, Shop::GroupAfter),
    (GuideGroup::People, Shop::GroupPeople),
    (GuideGroup::Safety, Shop::GroupSafety),
];

pub fn list(cx: At) -> View {
    let file = match file(cx) {
        Ok(file) => file,
        Err(view) => return view,
    };
    let words = &file.words;
    let entry = |page: Page, name: &str| with("li", link(cx.to(page)).class("choice").put(name));
    let groups: Vec<View> = GROUPS
        .iter()
        .map(|(group, key)| {
            let all = file.guides.guides.iter().zip(&words.guides);
            let items: Vec<Element> = all
                .filter(|(guide, _)| guide.group == *group)
                .map(|(guide, text)| entry(Page::Guide(guide.id.clone()), &text.title))
                .collect();
            nodes![
                with("h2", words.text(*key)).class("group"),
                el("ul").class("choices two").put(items)
            ]
        })
        .collect();
    let tools = [
        (Page::Log(None), Shop::Log),
        (Page::Upkeep, Shop::Upkeep),
        (Page::Quiz, Shop::Quiz),
        (Page::Print(None), Shop::Prints),
        (Page::Owner, Shop::Owner),
    ];
    let tools: Vec<Element> =
        tools.into_iter().map(|(page, key)| entry(page, words.text(key))).collect();
    let reader = entry(Page::Reader(None), &cx.ui(Ui::ReaderCheck));
    nodes![
        with("h1", words.text(Shop::Title)),
        with("p", words.text(Shop::TitleWhy)),
        groups,
        with("h2", words.text(Shop::Tools)).class("group"),
        el("ul").class("choices two").put(tools).put(reader),
    ]
}

pub fn guide(cx: At, id: &str) -> View {
    let file = match file(cx) {
        Ok(file) => file,
        Err(view) => return view,
    };
    let Some(at) = file.guides.guides.iter().position(|g| g.id == id) else {
        return damaged(cx.cx);
    };
    let (guide, text) = (&file.guides.guides[at], &file.words.guides[at]);
    let words = &file.words;
    let ticks = &cx.desk.counter.notes.ticks;
    let done = guide.steps.iter().filter(|s| ticks.get(&name(guide, s)).is_some()).count();
    let all = guide.steps.len();
    let key = if done == all { Shop::AllDone } else { Shop::Done };
    let progress =
        words.text(key).replace("{n}", &done.to_string()).replace("{all}", &all.to_string());
    let items: Vec<Element> = guide
        .steps
        .iter()
        .zip(&text.steps)
        .map(|(step, text)| item(cx, file, guide, step, text))
        .collect();
    let reset = (done > 0).then(|| press(format!("reset-{id}"), words.text(Shop::Reset)));
    let sources = (!guide.sources.is_empty()).then(|| {
        let grade = cx.ui(sure(guide.sure));
        let list = cx.list(guide.sources.clone());
        with("p", format!("{}{}{grade} · {list}", words.text(Shop::Sources), cx.ui(Ui::Colon)))
            .class("hint")
    });
    let opening = (id == "opening-checks").then(|| {
        let to = cx.to(Page::Print(Some(Printed::Opening)));
        with("p", link(to).put(words.text(Shop::PrintOpening)))
    });
    nodes![
        head(cx, file, &text.title),
        with("p", text.intro.clone()),
        el("ol").class("checklist").put(items),
        with("p", progress).class("hint").attr("role", "status"),
        said(cx, file),
        with("p", nodes![button(file, "print", Shop::Print), reset]).class("show-do"),
        opening,
        keep(cx, file),
        sources,
    ]
}

/// What a tick is kept under.
fn name(guide: &Guide, step: &GuideStep) -> String {
    format!("{}.{}", guide.id, step.id)
}

fn item(cx: At, file: &GuideFile, guide: &Guide, step: &GuideStep, text: &StepText) -> Element {
    let words = &file.words;
    let name = name(guide, step);
    let ticked = cx.desk.counter.notes.ticks.get(&name);
    let field = format!("tick-{name}");
    let tick = el("input")
        .attr("type", "checkbox")
        .class("fact")
        .attr("id", field.clone())
        .attr_opt("checked", ticked.map(|_| ""));
    let doer = match step.who {
        Doer::Staff => Shop::DoerStaff,
        Doer::Owner => Shop::DoerOwner,
        Doer::Customer => Shop::DoerCustomer,
        Doer::Acquirer => Shop::DoerAcquirer,
    };
    let long = (!text.long.is_empty()).then(|| format!(" · {}", text.long));
    let at = ticked.map(|t| nodes![" · ✓ ", with("time", t.to_string())]);
    let meta = with("p", nodes![words.text(doer), long, at]).class("hint");
    let paragraphs: Vec<Element> = text.paragraphs.iter().map(|p| with("p", p.clone())).collect();
    let say: Vec<Element> = step
        .say
        .iter()
        .map(|i| {
            let i = usize::from(*i);
            let other = cx.words.lang.other();
            let id = file.guides.sentences[i].clone();
            let both = nodes![
                with("span", words.sentences[i].clone()),
                with("span", file.other[i].clone())
                    .class("hint")
                    .attr("lang", rulebase::Word::spelled(other)),
            ];
            let to = cx.to(Page::Sentence { id, swapped: false });
            with("li", link(to).class("choice say").put(both))
        })
        .collect();
    let say = (!say.is_empty()).then(|| {
        nodes![with("p", words.text(Shop::SayIt)).class("hint"), el("ul").class("choices").put(say)]
    });
    let go = step.go.as_deref().map(|go| with("p", go_to(cx, file, go)));
    let heading = with("h2", with("label", text.title.clone()).attr("for", field));
    let body = nodes![heading, meta, paragraphs, not(&text.not), say, go];
    el("li").class("tick").put(tick).put(with("div", body))
}

/// A link to where a step leads.
fn go_to(cx: At, file: &GuideFile, go: &str) -> Element {
    let words = &file.words;
    let text = match go.split_once('/') {
        Some(("guide", id)) => {
            let at = file.guides.guides.iter().position(|g| g.id == id);
            let name = at.map_or("", |at| &words.guides[at].title);
            words.text(Shop::GoGuide).replace("{name}", name)
        }
        Some(("now", _)) => words.text(Shop::GoCard).into(),
        Some(("message", _)) => words.text(Shop::GoMessage).into(),
        Some(("code", _)) => words.text(Shop::GoCode).into(),
        Some(("rights", _)) => words.text(Shop::GoRights).into(),
        _ => match go {
            "log" => words.text(Shop::Log).into(),
            "quiz" => words.text(Shop::Quiz).into(),
            "upkeep" => words.text(Shop::Upkeep).into(),
            _ => words.text(Shop::GoCase).to_string(),
        },
    };
    // What is behind language and role is checked where the rules are read.
    let start = cx.to(Page::Start { more: false });
    link(format!("{start}/{go}")).put(text)
}
