//! The start page: who are you, and what do you see?

use super::Cx;
use crate::engine::Case;
use crate::parts::icon::{Icon, icon};
use crate::route::Page;
use leptos::prelude::*;
use rulebase::{ComplaintIx, Role, Ui};

/// How many complaints stand before “something else”.
const FIRST: usize = 5;

pub fn start(cx: Cx, more: bool) -> AnyView {
    let role = |r: Role, key: Ui| {
        let chosen = cx.role() == r;
        view! {
            <a class="role" href=cx.as_role(r) aria-current=chosen.then_some("true")>{cx.ui(key)}</a>
        }
    };
    let complaints: Vec<ComplaintIx> =
        ComplaintIx::all(cx.base).filter(|c| cx.base[*c].roles.has(cx.role())).collect();
    let shown = if more { complaints.len() } else { FIRST.min(complaints.len()) };
    let choices = complaints[..shown]
        .iter()
        .map(|c| {
            let words = cx.words.complaint(*c);
            let hint = (!words.hint.is_empty())
                .then(|| view! { <span class="hint">{words.hint.clone()}</span> });
            let to = cx.to(Page::Case { case: Case::new(*c), again: None });
            view! { <li><a class="choice" href=to><span>{words.name.clone()}</span>{hint}</a></li> }
        })
        .collect_view();
    let rest = (!more).then(|| {
        view! { <li><a class="choice other" href=cx.to(Page::Start { more: true })>{cx.ui(Ui::More)}</a></li> }
    });
    view! {
        <h1>{cx.ui(Ui::Claim)}</h1>
        <nav class="roles" aria-label=cx.ui(Ui::WhoAreYou)>
            {role(Role::Cardholder, Ui::IAmPaying)}
            {role(Role::Staff, Ui::IWorkHere)}
        </nav>
        <h2 id="see">{cx.ui(Ui::WhatDoYouSee)}</h2>
        <ul class="choices" aria-labelledby="see">{choices}{rest}</ul>
        <p class="foot">
            {icon(Icon::Shield)}
            <span>{cx.ui(Ui::Private)}</span>
            <a href=cx.to(Page::Rules)>{cx.ui(Ui::TenRules)}</a>
        </p>
    }
    .into_any()
}
