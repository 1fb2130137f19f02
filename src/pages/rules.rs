//! The ten rules that no advice breaks.

use super::Cx;
use crate::node::{Element, View, with};
use crate::nodes;
use crate::parts::fold;
use crate::parts::steps::steps;
use rulebase::{AlertIx, Ui};

pub fn rules(cx: Cx) -> View {
    let alerts: Vec<Element> = AlertIx::all(cx.base)
        .map(|a| {
            let words = cx.words.alert(a);
            let number = |rule: &String| rule.trim_start_matches('R').to_string();
            let numbers = cx.list(cx.base[a].rules.iter().map(number));
            let body = nodes![steps(&words.steps), with("p", words.why.clone())];
            fold::fold(format!("{numbers}. {}", words.name), body)
        })
        .collect();
    nodes![with("h1", cx.ui(Ui::TenRules)), with("p", cx.ui(Ui::TenRulesBody)), alerts]
}
