//! The start page: who are you, and what do you see? And what was found for what was typed there:
//! the box stays where it is.

use super::{Cx, find};
use crate::engine::Case;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::icon::{Icon, icon};
use crate::parts::{aside, bank};
use crate::route::{Asked, Page, Query};
use rulebase::{ComplaintIx, Role, Ui, Word};

/// What stands below the search box.
pub enum Below<'a> {
    /// `more` shows the rarer ones too.
    Complaints {
        more: bool,
    },
    Found(&'a Query),
}

/// How many complaints stand before “something else”.
const FIRST: usize = 4;

pub fn start(cx: Cx, below: Below) -> View {
    let role = |r: Role, key: Ui| {
        let chosen = (cx.role() == r).then_some("true");
        link(cx.as_role(r)).class("role").attr_opt("aria-current", chosen).put(cx.ui(key))
    };
    let roles = el("nav")
        .class("roles")
        .attr("aria-label", cx.ui(Ui::WhoAreYou))
        .put(role(Role::Cardholder, Ui::IAmPaying))
        .put(role(Role::Staff, Ui::IWorkHere));
    let (query, said, body) = match below {
        Below::Complaints { more } => (None, String::new(), complaints(cx, more)),
        Below::Found(query) => {
            let found = find::results(cx, query);
            (Some(query), found.said, found.body)
        }
    };
    nodes![
        with("h1", cx.ui(Ui::Claim)),
        roles,
        find::search_box(cx, query),
        // It is there before it has something to say, so that it is heard.
        with("p", said).class("said").attr("role", "status"),
        body,
    ]
}

fn complaints(cx: Cx, more: bool) -> View {
    let mut complaints: Vec<ComplaintIx> = ComplaintIx::all(cx.base)
        .filter(|c| cx.base[*c].roles.has(cx.role()) && cx.base.offers(*c))
        .collect();
    if let Some(bank) = &cx.base.bank {
        let place = |c: &ComplaintIx| bank.first.iter().position(|f| f == c);
        complaints.sort_by_key(|c| place(c).unwrap_or(usize::MAX));
    }
    let shown = if more { complaints.len() } else { FIRST.min(complaints.len()) };
    let choices: Vec<Element> = complaints[..shown]
        .iter()
        .map(|c| {
            let words = cx.words.complaint(*c);
            let hint =
                (!words.hint.is_empty()).then(|| with("span", words.hint.clone()).class("hint"));
            let to = cx.to(Page::Case { case: Case::new(*c), again: None });
            let said = nodes![with("span", words.name.clone()), hint];
            with("li", link(to).class("choice").put(said))
        })
        .collect();
    let rest = (!more).then(|| {
        let to = cx.to(Page::Start { more: true });
        with("li", link(to).class("choice other").put(cx.ui(Ui::More)))
    });
    let now = (cx.role() == Role::Cardholder)
        .then(|| link(cx.to(Page::Now(None))).put(cx.ui(Ui::RightNow)));
    let guided = cx.role() == Role::Staff && cx.base.offers_guides();
    let guides = guided.then(|| link(cx.to(Page::Guides)).put(cx.ui(Ui::Guides)));
    let show = link(cx.to(Page::Sentences)).put(cx.ui(aside::show_to(cx.role())));
    let rights = link(cx.to(Page::Rights(Asked::default()))).put(cx.ui(Ui::MyRights));
    nodes![
        with("p", nodes![now, guides, show]).class("doors"),
        with("h2", cx.ui(Ui::WhatDoYouSee)).attr("id", "see"),
        el("ul").class("choices").attr("aria-labelledby", "see").put(choices).put(rest),
        bank::contacts(cx),
        el("p")
            .class("foot")
            .put(icon(Icon::Shield))
            .put(with("span", cx.ui(Ui::Private)).class("alone"))
            // Which of these holds the style sheet knows: the page is the same wherever it stands.
            .put(
                with(
                    "span",
                    nodes![
                        cx.ui(Ui::PrivateFramed),
                        with("span", nodes![" ", cx.ui(Ui::PrivateInside)]).class("unframed"),
                    ]
                )
                .class("framed")
            )
            .put(rights)
            .put(link(cx.to(Page::Rules)).put(cx.ui(Ui::TenRules)))
            // A page of its own, made by the build.
            .put(link(format!("{}/about/", cx.words.lang.spelled())).put(cx.ui(Ui::About))),
    ]
}
