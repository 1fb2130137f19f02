//! What was told so far: seen at any time, and each answer can be changed.

use crate::engine::{Case, Outcome};
use crate::pages::Cx;
use crate::route::Page;
use leptos::prelude::*;
use rulebase::Ui;

pub fn answers(cx: Cx, case: &Case) -> impl IntoView {
    let count = case.answers.len() + case.tried.len();
    (count > 0).then(|| {
        let complaint = cx.words.complaint(case.complaint).name.clone();
        let rows = case
            .answers
            .iter()
            .map(|(q, a)| {
                let to = cx.to(Page::Case { case: case.clone(), again: Some(*q) });
                let ask = cx.words.question(*q).ask.clone();
                let label = format!("{}{}{ask}", cx.words.ui(Ui::Change), cx.words.ui(Ui::Colon));
                view! {
                    <li>
                        <span class="asked">{ask}</span>
                        <span>{cx.words.answer(*q, *a).to_string()}</span>
                        <a href=to aria-label=label>{cx.ui(Ui::Change)}</a>
                    </li>
                }
            })
            .collect_view();
        let tried = case
            .tried
            .iter()
            .map(|(a, outcome)| {
                let result = match outcome {
                    Outcome::Solved => Ui::Solved,
                    Outcome::Failed => Ui::NotHelped,
                    Outcome::Cannot => Ui::Cannot,
                };
                let action = *a;
                let name = cx.words.action(action).name.clone();
                let to = cx.after(case, |c| c.tried.retain(|t| t.0 != action));
                let label = format!("{}{}{name}", cx.words.ui(Ui::Change), cx.words.ui(Ui::Colon));
                view! {
                    <li>
                        <span class="asked">{cx.ui(Ui::Tried)}{cx.ui(Ui::Colon)}{name}</span>
                        <span>{cx.ui(result)}</span>
                        <a href=to aria-label=label>{cx.ui(Ui::Change)}</a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <details class="told">
                <summary>{cx.fill(Ui::Answers, &[("n", &count.to_string())])}</summary>
                <ul class="inside">
                    <li><span class="asked">{cx.ui(Ui::Complaint)}</span><span>{complaint}</span></li>
                    {rows}
                    {tried}
                </ul>
            </details>
        }
    })
}
