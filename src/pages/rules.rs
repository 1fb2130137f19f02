//! The ten rules that no advice breaks.

use super::Cx;
use crate::parts::fold;
use crate::parts::steps::steps;
use leptos::prelude::*;
use rulebase::{AlertIx, Ui};

pub fn rules(cx: Cx) -> AnyView {
    let alerts = AlertIx::all(cx.base)
        .map(|a| {
            let words = cx.words.alert(a);
            let body = view! { {steps(&words.steps)}<p>{words.why.clone()}</p> };
            let number = |rule: &String| rule.trim_start_matches('R').to_string();
            let numbers = cx.list(cx.base[a].rules.iter().map(number));
            fold::fold(format!("{numbers}. {}", words.name), body.into_any())
        })
        .collect_view();
    view! {
        <h1>{cx.ui(Ui::TenRules)}</h1>
        <p>{cx.ui(Ui::TenRulesBody)}</p>
        {alerts}
    }
    .into_any()
}
