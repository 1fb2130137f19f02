//! What to say on the phone: the opening, what we think, and the facts to read out.

use crate::engine::{Case, Outcome};
use crate::pages::Cx;
use leptos::prelude::*;
use rulebase::{CauseIx, Ui};

pub fn say(cx: Cx, case: &Case, cause: Option<CauseIx>) -> AnyView {
    let think = cause.map(|c| {
        let name = &cx.words.cause(c).name;
        view! { <p>{cx.fill(Ui::SayCause, &[("cause", name)])}</p> }
    });
    let complaint = cx.words.complaint(case.complaint).name.clone();
    let told = case
        .answers
        .iter()
        .filter(|a| a.1.is_some())
        .map(|(q, a)| view! { <li>{cx.words.question(*q).ask.clone()}" "{cx.words.answer(*q, *a).to_string()}</li> })
        .collect_view();
    let tried = case
        .tried
        .iter()
        .filter(|t| t.1 == Outcome::Failed)
        .map(|(a, _)| {
            view! { <li>{cx.words.action(*a).name.clone()}{cx.ui(Ui::Colon)}{cx.ui(Ui::NotHelped)}</li> }
        })
        .collect_view();
    view! {
        <blockquote>
            <p>{cx.ui(Ui::SayOpening)}</p>
            {think}
            <p>{cx.ui(Ui::SayFacts)}</p>
            <ul><li>{complaint}</li>{told}{tried}</ul>
        </blockquote>
        <p>{cx.ui(Ui::SayNever)}</p>
    }
    .into_any()
}
