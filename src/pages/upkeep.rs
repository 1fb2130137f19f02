//! What is due how often: chosen by the shop, saved for its calendar.

use super::At;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fields::{choice, field};
use crate::parts::shop::{button, file, head, keep, said};
use crate::parts::sources::sure;
use crate::route::Page;
use rulebase::{Every, Shop, Word};

const OFTEN: [(Every, Shop); 5] = [
    (Every::Day, Shop::EveryDay),
    (Every::Week, Shop::EveryWeek),
    (Every::Month, Shop::EveryMonth),
    (Every::Quarter, Shop::EveryQuarter),
    (Every::HalfYear, Shop::EveryHalfYear),
];

pub fn upkeep(cx: At) -> View {
    let file = match file(cx) {
        Ok(file) => file,
        Err(view) => return view,
    };
    let words = &file.words;
    let notes = &cx.desk.counter.notes;
    let mut options: Vec<(&str, String)> =
        OFTEN.iter().map(|(e, key)| (e.spelled(), words.text(*key).to_string())).collect();
    options.push(("", words.text(Shop::EveryNever).into()));
    let items: Vec<Element> = file
        .guides
        .upkeep
        .iter()
        .zip(&words.upkeep)
        .map(|(of, text)| {
            let chosen = match of.every {
                Every::Date => {
                    let day = notes.ends.get(&of.id);
                    let past = day.is_some_and(|d| *d < cx.today);
                    let value = day.map(|d| d.to_string()).unwrap_or_default();
                    let input = el("input").attr("type", "date").attr("value", value);
                    let wrong = past.then(|| words.text(Shop::EndsPast).to_string());
                    field(format!("ends-{}", of.id), words.text(Shop::EndsOn).into(), input, wrong)
                }
                _ => {
                    let every = notes.every(of).map_or("", Word::spelled);
                    choice(format!("every-{}", of.id), &text.name, &options, every)
                }
            };
            let guide = of.guide.map(|g| {
                let g = usize::from(g);
                let to = cx.to(Page::Guide(file.guides.guides[g].id.clone()));
                let name = &words.guides[g].title;
                with("p", link(to).put(words.text(Shop::GoGuide).replace("{name}", name)))
            });
            // The field has the name where one chooses how often.
            let name = (of.every == Every::Date).then(|| with("h2", text.name.clone()));
            let why = format!("{} ({})", text.how_often, cx.ui(sure(of.sure)));
            let body = nodes![
                name,
                chosen,
                with("p", text.what.clone()),
                with("p", why).class("hint"),
                guide
            ];
            el("li").put(body).key(of.id.clone())
        })
        .collect();
    let heavy = [
        ("", words.text(Shop::HeavyNo).to_string()),
        ("yes", words.text(Shop::HeavyYes).to_string()),
    ];
    let used = if notes.heavy { "yes" } else { "" };
    nodes![
        head(cx, file, words.text(Shop::Upkeep)),
        with("p", words.text(Shop::UpkeepWhy)),
        choice("heavy".into(), words.text(Shop::Heavy), &heavy, used),
        el("ul").class("looks").put(items),
        with("p", button(file, "shop-calendar", Shop::ToCalendar)),
        said(cx, file),
        keep(cx, file),
    ]
}
