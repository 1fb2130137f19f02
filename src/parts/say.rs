//! What to say on the phone: the opening, what we think, and the facts to read out.

use crate::engine::{Case, Outcome};
use crate::node::{Element, View, with};
use crate::nodes;
use crate::pages::Cx;
use rulebase::{CauseIx, Ui};

pub fn say(cx: Cx, case: &Case, cause: Option<CauseIx>) -> View {
    let think = cause.map(|c| {
        let name = &cx.words.cause(c).name;
        with("p", cx.fill(Ui::SayCause, &[("cause", name)]))
    });
    let told: Vec<Element> = case
        .answers
        .iter()
        .filter(|a| a.1.is_some())
        .map(|(q, a)| {
            with("li", format!("{} {}", cx.words.question(*q).ask, cx.words.answer(*q, *a)))
        })
        .collect();
    let tried: Vec<Element> = case
        .tried
        .iter()
        .filter(|t| t.1 == Outcome::Failed)
        .map(|(a, _)| {
            let name = &cx.words.action(*a).name;
            with("li", nodes![name.clone(), cx.ui(Ui::Colon), cx.ui(Ui::NotHelped)])
        })
        .collect();
    let complaint = with("li", cx.words.complaint(case.complaint).name.clone());
    let said = nodes![
        with("p", cx.ui(Ui::SayOpening)),
        think,
        with("p", cx.ui(Ui::SayFacts)),
        with("ul", nodes![complaint, told, tried]),
    ];
    nodes![with("blockquote", said), with("p", cx.ui(Ui::SayNever))]
}
