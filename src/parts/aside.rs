//! What the look-up offers beside a page: sentences to show, right-now cards, causes.

use crate::engine::Case;
use crate::lookup::Library;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::pages::Cx;
use crate::parts::fold;
use crate::route::{Asked, Page};
use rulebase::{CauseIx, Find, LookupWords, Role, Ui};

/// How many sentences stand beside a case.
const SENTENCES: usize = 4;

/// Sentences as links to where they fill the screen.
pub fn sentences(cx: Cx, library: &Library, words: &LookupWords, which: &[usize]) -> Element {
    let items: Vec<Element> = which
        .iter()
        .map(|i| {
            let id = library.lookup.sentences[*i].id.clone();
            let to = cx.to(Page::Sentence { id, swapped: false });
            with("li", link(to).class("choice say").put(words.sentences[*i].clone()))
        })
        .collect();
    el("ul").class("choices").put(items)
}

/// Causes as links.
pub fn causes(cx: Cx, words: &LookupWords, causes: &[CauseIx]) -> Option<View> {
    let items: Vec<Element> = causes
        .iter()
        .map(|c| with("li", link(cx.to(Page::Cause(*c))).put(cx.words.cause(*c).name.clone())))
        .collect();
    (!items.is_empty()).then(|| {
        nodes![with("h2", words.text(Find::UsuallyBehind)), el("ul").class("links").put(items)]
    })
}

/// What a role shows to the other side.
pub fn show_to(role: Role) -> Ui {
    match role {
        Role::Cardholder => Ui::ShowCashier,
        Role::Staff => Ui::ShowCustomer,
    }
}

/// Beside every step of a case: what to show the other side and, for a cardholder, what to know
/// right now. Nothing as long as the look-up has not come.
pub fn beside(cx: Cx, case: &Case) -> Option<View> {
    let (library, words) = cx.look_up().ok()?;
    let mut which = library.sentences(cx.role(), case.complaint);
    which.truncate(SENTENCES);
    let all = link(cx.to(Page::Sentences)).class("quiet").put(words.text(Find::AllSentences));
    let show = nodes![sentences(cx, library, words, &which), with("p", all)];
    let cards: Vec<Element> = library
        .lookup
        .cards
        .iter()
        .zip(&words.cards)
        .filter(|(card, _)| cx.role() == Role::Cardholder && card.complaint == Some(case.complaint))
        .map(|(card, texts)| {
            let to = cx.to(Page::Now(Some(card.id.clone())));
            with("li", link(to).class("choice").put(texts.name.clone()))
        })
        .collect();
    let cards = (!cards.is_empty())
        .then(|| fold::fold(cx.ui(Ui::RightNow), el("ul").class("choices").put(cards)));
    Some(nodes![cards, fold::fold(cx.ui(show_to(cx.role())), show)])
}

/// From a conclusion to what is due, with what happened carried over.
pub fn rights(cx: Cx, case: &Case) -> Option<Element> {
    let situation = cx.base[case.complaint].situation?;
    let asked = Asked { situation: Some(situation), ..Asked::default() };
    let to = link(cx.to(Page::Rights(asked))).class("button second");
    Some(with("p", to.put(cx.ui(Ui::MyRights))))
}
