//! The way to somebody's rights, one question a page: what happened, where the card is from, where the
//! shop is.

use super::At;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::office::Loaded;
use crate::parts::claim_names::{named, place_name};
use crate::route::{Asked, Page};
use rulebase::{Claim, ClaimWords, Place, Situation, Ui, Word};

/// The page that comes next for what was chosen so far.
pub fn rights(cx: At, asked: &Asked) -> View {
    let file = match cx.desk.claims(cx.words.lang) {
        Loaded::Here(file) => file,
        Loaded::Missing => return note(cx, Ui::NotLoaded),
        Loaded::Coming => return note(cx, Ui::Loading),
    };
    let words = &file.words;
    match (asked.situation, asked.issued, asked.shop) {
        (None, ..) => situations(cx, words, asked),
        (Some(_), None, _) => {
            let to = |place| Asked { issued: Some(place), ..asked.clone() };
            places(cx, words, Claim::IssuedWhere, Claim::IssuedWhy, to)
        }
        (Some(_), Some(_), None) => {
            let to = |place| Asked { shop: Some(place), ..asked.clone() };
            places(cx, words, Claim::ShopWhere, Claim::ShopWhy, to)
        }
        (Some(_), Some(_), Some(_)) => match &asked.letter {
            Some(id) => super::letter::letter(cx, file, asked, id),
            None => super::entitled::entitled(cx, asked),
        },
    }
}

/// Instead of a page that is not there, or not yet.
pub fn note(cx: At, key: Ui) -> View {
    let class = if key == Ui::Loading { "loading" } else { "notice" };
    nodes![with("p", cx.ui(key)).class(class).attr("role", "status")]
}

fn situations(cx: At, words: &ClaimWords, asked: &Asked) -> View {
    let items: Vec<Element> = Situation::ALL
        .iter()
        .map(|(situation, _)| {
            let next = Asked { situation: Some(*situation), ..asked.clone() };
            let to = link(cx.to(Page::Rights(next))).class("choice");
            with("li", to.put(words.text(named(*situation))))
        })
        .collect();
    nodes![
        with("p", words.text(Claim::Title)).class("eyebrow"),
        with("h1", words.text(Claim::WhatHappened)).attr("id", "ask"),
        el("ul").class("choices").attr("aria-labelledby", "ask").put(items),
        with("p", link(cx.to(Page::Kit)).put(words.text(Claim::KitLink))),
    ]
}

fn places(
    cx: At,
    words: &ClaimWords,
    ask: Claim,
    why: Claim,
    to: impl Fn(Option<Place>) -> Asked,
) -> View {
    let choice = |place: Option<Place>, class: &'static str| {
        let text = words.text(place.map_or(Claim::Elsewhere, place_name));
        let to = link(cx.to(Page::Rights(to(place)))).class(class);
        with("li", to.put(text))
    };
    let mut known: Vec<Place> =
        Place::ALL.iter().map(|p| p.0).filter(|p| *p != Place::Net).collect();
    // A bank's own places come first. The others stay: a card from elsewhere has its rights, too.
    known.sort_by_key(|p| !cx.base.offers_place(*p));
    let items: Vec<Element> =
        known.into_iter().map(|place| choice(Some(place), "choice")).collect();
    nodes![
        with("p", words.text(Claim::Title)).class("eyebrow"),
        with("h1", words.text(ask)).attr("id", "ask"),
        with("p", words.text(why)),
        el("ul")
            .class("choices two")
            .attr("aria-labelledby", "ask")
            .put(items)
            .put(choice(None, "choice other")),
    ]
}
