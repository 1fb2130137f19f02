//! One question: large answers, “I don't know”, why it is asked and how to find out.

use super::Cx;
use crate::engine::{Case, why};
use crate::parts::{fold, steps};
use crate::route::Page;
use leptos::prelude::*;
use rulebase::{Actor, AnswerIx, QuestionIx, Role, Ui};

/// The next question of a case.
pub fn question(cx: Cx, case: &Case, question: QuestionIx) -> AnyView {
    let needed = cx
        .base
        .alerts
        .iter()
        .flat_map(|a| &a.gates)
        .any(|g| g.needs.iter().any(|n| n.question == question));
    let eyebrow = needed.then(|| view! { <p class="eyebrow">{cx.ui(Ui::FirstCheck)}</p> });
    view! {
        {eyebrow}
        {ask(cx, case, question)}
        {waiting(cx, case)}
    }
    .into_any()
}

/// A question that was answered before, to change the answer.
pub fn again(cx: Cx, case: &Case, question: QuestionIx) -> AnyView {
    let keep = cx.after(case, |_| {});
    let back = cx.after(case, |c| c.answers.retain(|a| a.0 != question));
    view! {
        {ask(cx, case, question)}
        <p class="again">
            <a class="quiet" href=keep>{cx.ui(Ui::Keep)}</a>
            <a class="quiet" href=back>{cx.ui(Ui::Remove)}</a>
        </p>
    }
    .into_any()
}

fn ask(cx: Cx, case: &Case, question: QuestionIx) -> impl IntoView {
    let words = cx.words.question(question);
    let given = case.answer(question);
    let link = |answer: Option<AnswerIx>| {
        let chosen = given == Some(answer);
        let class = if answer.is_none() { "choice other" } else { "choice" };
        let to = cx.after(case, |c| c.set(question, answer));
        view! {
            <li><a class=class href=to aria-current=chosen.then_some("true")>{cx.words.answer(question, answer).to_string()}</a></li>
        }
    };
    // Where the complaint left only some answers open, only those make sense.
    let open = cx.base[case.complaint].evidence.iter().find(|e| e.0 == question).map(|e| &e.1);
    let answers = (0..cx.base[question].answers.len() as AnswerIx)
        .filter(|a| open.is_none_or(|open| open.contains(a)))
        .map(|a| link(Some(a)))
        .collect_view();
    let turns = why::decides(cx.base, case, question);
    let differ = turns.iter().any(|t| t.cause != turns[0].cause);
    let turns = differ.then(|| {
        let rows = turns
            .iter()
            .filter(|t| open.is_none_or(|open| open.contains(&t.answer)))
            .map(|t| {
                let answer = cx.words.answer(question, Some(t.answer));
                let cause = &cx.words.cause(t.cause).name;
                view! { <li>{cx.fill(Ui::IfAnswer, &[("answer", answer), ("cause", cause)])}</li> }
            })
            .collect_view();
        view! { <h2 class="sub">{cx.ui(Ui::TellsApart)}</h2><ul>{rows}</ul> }
    });
    let why_asked = view! { <p>{words.why.clone()}</p>{turns} }.into_any();
    let checks = &cx.base[question].checks;
    let how = (!checks.is_empty()).then(|| {
        let checks = checks
            .iter()
            .map(|c| {
                let others =
                    cx.role() == Role::Cardholder && !cx.base[*c].who.has(Actor::Cardholder);
                let ask = others.then(|| view! { <p class="relay">{cx.ui(Ui::AskStaff)}</p> });
                view! { {steps::steps_of(cx, *c)}{ask} }
            })
            .collect_view();
        fold::fold(cx.ui(Ui::HowToFindOut), checks.into_any())
    });
    view! {
        <h1 id="ask">{words.ask.clone()}</h1>
        <ul class="choices" aria-labelledby="ask">{answers}{link(None)}</ul>
        {how}
        {fold::fold(cx.ui(Ui::WhyAsk), why_asked)}
    }
}

/// Whether people wait makes minutes dearer, so it can be told anywhere.
fn waiting(cx: Cx, case: &Case) -> impl IntoView {
    let mut other = case.clone();
    other.waiting = !case.waiting;
    let to = cx.to(Page::Case { case: other, again: None });
    let on = if case.waiting { "true" } else { "false" };
    view! {
        <p class="waiting">
            <a class="toggle" href=to aria-current=on><span class="box" aria-hidden="true"></span>{cx.ui(Ui::Waiting)}</a>
        </p>
    }
}
