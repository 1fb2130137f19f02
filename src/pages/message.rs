//! Words on a screen: what they mean, whether the money is safe, what to do first, and the way into
//! the diagnosis that they limit.

use super::{Cx, missing, waiting};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::{aside, bank, fold, message_text, money, sources};
use crate::route::Page;
use rulebase::{Find, Ui};

pub fn message(cx: Cx, id: &str) -> View {
    let (library, words) = match cx.look_up() {
        Ok(found) => found,
        Err(state) => return waiting(cx, state),
    };
    let Some((i, message)) = library.message(id) else { return missing(cx) };
    let texts = &words.messages[i];
    let title = message_text::first(message, cx.words.lang);
    let others: Vec<Element> = message
        .says
        .iter()
        .filter(|s| *s != title)
        .map(|s| with("li", s.clone()).attr("lang", message_text::tag(s)))
        .collect();
    let others = (!others.is_empty()).then(|| {
        let list = el("ul").class("screens").put(others);
        fold::fold(words.text(Find::SaysAlso).to_string(), list)
    });
    let case = library.case_of_message(cx.base, id);
    let find = case.filter(|c| cx.base[c.complaint].roles.has(cx.role())).map(|case| {
        let to = cx.to(Page::Case { case, again: None });
        with("p", link(to).class("button").put(cx.ui(Ui::FindCause)))
    });
    nodes![
        bank::whose(cx, id),
        with("p", words.text(Find::ScreenSays)).class("eyebrow"),
        with("h1", title).attr("lang", message_text::tag(title)),
        with("p", texts.meaning.clone()),
        money::of_message(cx, words, message),
        with("h2", words.text(Find::FirstDo)),
        with("p", texts.first.clone()),
        find,
        aside::causes(cx, words, &message.causes),
        others,
        sources::listed(cx, message.sure, &message.sources, message.review),
    ]
}
