//! The right-now cards, for a cardholder at the till: has money moved, may I pay again, what to keep,
//! what to say, and what comes next.

use super::{Cx, missing, waiting};
use crate::engine::Case;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::icon::{Icon, icon};
use crate::parts::{aside, sources};
use crate::route::Page;
use rulebase::{CardGroup, Find, MoneyMoved, Role, Ui, Word};

/// All of them, grouped.
pub fn cards(cx: Cx) -> View {
    let (library, words) = match cx.look_up() {
        Ok(found) => found,
        Err(state) => return waiting(cx, state),
    };
    let groups: Vec<View> = CardGroup::ALL
        .iter()
        .map(|(group, _)| {
            let title = words.text(match group {
                CardGroup::CardOut => Find::GroupCardOut,
                CardGroup::Money => Find::GroupMoney,
                CardGroup::Refused => Find::GroupRefused,
                CardGroup::Security => Find::GroupSecurity,
                CardGroup::Abroad => Find::GroupAbroad,
                CardGroup::Help => Find::GroupHelp,
            });
            let cards = library.lookup.cards.iter().zip(&words.cards);
            let items: Vec<Element> = cards
                .filter(|(card, _)| card.group == *group)
                .map(|(card, texts)| {
                    let to = cx.to(Page::Now(Some(card.id.clone())));
                    with("li", link(to).class("choice").put(texts.name.clone()))
                })
                .collect();
            nodes![with("h2", title), el("ul").class("choices").put(items)]
        })
        .collect();
    nodes![
        with("p", cx.ui(Ui::RightNow)).class("eyebrow"),
        with("h1", words.text(Find::WhatHappened)),
        groups,
    ]
}

pub fn card(cx: Cx, id: &str) -> View {
    let (library, words) = match cx.look_up() {
        Ok(found) => found,
        Err(state) => return waiting(cx, state),
    };
    let Some((i, card)) = library.card(id) else { return missing(cx) };
    let texts = &words.cards[i];
    let (class, sign) = match card.money {
        Some(MoneyMoved::Unlikely) => ("money plain", Icon::Person),
        Some(_) => ("money careful", Icon::Careful),
        None => ("money fine", Icon::Fine),
    };
    let strong = |key: Find| with("strong", words.text(key));
    let heading = |key: Find| with("h2", words.text(key));
    let sentences: Vec<usize> = card.sentences.iter().map(|s| usize::from(*s)).collect();
    let complaint = card.complaint.filter(|c| cx.base[*c].roles.has(Role::Cardholder));
    let find = complaint.map(|c| {
        let to = cx.to(Page::Case { case: Case::new(c), again: None });
        with("p", link(to).class("button").put(cx.ui(Ui::FindCause)))
    });
    let moved = with("span", nodes![strong(Find::Moved), " ", texts.moved.clone()]);
    let money = el("div")
        .class(class)
        .put(with("p", nodes![icon(sign), moved]))
        .put(with("p", nodes![strong(Find::Again), " ", texts.again.clone()]));
    nodes![
        with("p", cx.ui(Ui::RightNow)).class("eyebrow"),
        with("h1", texts.name.clone()),
        money,
        heading(Find::SayThis),
        aside::sentences(cx, library, words, &sentences),
        heading(Find::KeepThis),
        with("p", texts.keep.clone()),
        heading(Find::Then),
        with("p", texts.then.clone()),
        find,
        sources::listed(cx, card.sure, &card.sources, card.review),
    ]
}
