//! One thing to do: steps, minutes, who, what not to do, and what came of it.

use super::Cx;
use crate::engine::{Advice, Case, Outcome};
use crate::parts::icon::{Icon, icon};
use crate::parts::{fold, steps, who, why};
use leptos::prelude::*;
use rulebase::{ActionIx, Actor, Role, Ui};

pub fn action(cx: Cx, case: &Case, advice: &Advice, action: ActionIx) -> AnyView {
    let words = cx.words.action(action);
    let rule = &cx.base[action];
    let result = |outcome: Outcome, key: Ui, class: &'static str| {
        let to = cx.after(case, |c| c.set_outcome(action, outcome));
        view! { <li><a class=class href=to>{cx.ui(key)}</a></li> }
    };
    let others =
        cx.role() == Role::Staff && !rule.who.has(Actor::Staff) && rule.who.has(Actor::Cardholder);
    let relay = others.then(|| view! { <p class="relay">{cx.ui(Ui::CustomerDoes)}</p> });
    view! {
        <p class="eyebrow">{cx.ui(Ui::DoThisNow)}</p>
        <h1>{words.name.clone()}</h1>
        {relay}
        {steps::steps(&words.steps)}
        <p class="meta">
            {icon(Icon::Clock)}<span>{who::minutes(cx, rule.cost)}</span>
            {icon(Icon::Person)}<span>{who::actors(cx, rule.who)}</span>
        </p>
        {steps::not(cx, &words.not)}
        <ul class="choices">
            {result(Outcome::Solved, Ui::Solved, "choice good")}
            {result(Outcome::Failed, Ui::NotHelped, "choice")}
            {result(Outcome::Cannot, Ui::Cannot, "choice other")}
        </ul>
        {fold::fold(cx.ui(Ui::WhyThis), why::why(cx, case, advice))}
    }
    .into_any()
}
