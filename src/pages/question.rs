//! One question: large answers, “I don't know”, why it is asked and how to find out.

use super::Cx;
use crate::engine::{Case, why};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::{fold, steps};
use crate::route::Page;
use rulebase::{Actor, AnswerIx, QuestionIx, Role, Ui};

/// The next question of a case.
pub fn question(cx: Cx, case: &Case, question: QuestionIx) -> View {
    let needed = cx
        .base
        .alerts
        .iter()
        .flat_map(|a| &a.gates)
        .any(|g| g.needs.iter().any(|n| n.question == question));
    let eyebrow = needed.then(|| with("p", cx.ui(Ui::FirstCheck)).class("eyebrow"));
    nodes![eyebrow, ask(cx, case, question), waiting(cx, case)]
}

/// A question that was answered before, to change the answer.
pub fn again(cx: Cx, case: &Case, question: QuestionIx) -> View {
    let keep = cx.after(case, |_| {});
    let back = cx.after(case, |c| c.answers.retain(|a| a.0 != question));
    let links = nodes![
        link(keep).class("quiet").put(cx.ui(Ui::Keep)),
        link(back).class("quiet").put(cx.ui(Ui::Remove)),
    ];
    nodes![ask(cx, case, question), with("p", links).class("again")]
}

fn ask(cx: Cx, case: &Case, question: QuestionIx) -> View {
    let words = cx.words.question(question);
    let given = case.answer(question);
    let answer = |answer: Option<AnswerIx>| {
        let class = if answer.is_none() { "choice other" } else { "choice" };
        let to = cx.after(case, |c| c.set(question, answer));
        let chosen = (given == Some(answer)).then_some("true");
        let text = cx.words.answer(question, answer);
        with("li", link(to).class(class).attr_opt("aria-current", chosen).put(text))
    };
    // Where the complaint left only some answers open, only those make sense.
    let open = cx.base[case.complaint].evidence.iter().find(|e| e.0 == question).map(|e| &e.1);
    let answers: Vec<Element> = (0..cx.base[question].answers.len() as AnswerIx)
        .filter(|a| open.is_none_or(|open| open.contains(a)))
        .map(|a| answer(Some(a)))
        .collect();
    let turns = why::decides(cx.base, case, question);
    let differ = turns.iter().any(|t| t.cause != turns[0].cause);
    let turns = differ.then(|| {
        let rows: Vec<Element> = turns
            .iter()
            .filter(|t| open.is_none_or(|open| open.contains(&t.answer)))
            .map(|t| {
                let answer = cx.words.answer(question, Some(t.answer));
                let cause = &cx.words.cause(t.cause).name;
                with("li", cx.fill(Ui::IfAnswer, &[("answer", answer), ("cause", cause)]))
            })
            .collect();
        nodes![with("h2", cx.ui(Ui::TellsApart)).class("sub"), with("ul", rows)]
    });
    let checks = &cx.base[question].checks;
    let how = (!checks.is_empty()).then(|| {
        let checks: Vec<View> = checks
            .iter()
            .map(|c| {
                let others =
                    cx.role() == Role::Cardholder && !cx.base[*c].who.has(Actor::Cardholder);
                let ask = others.then(|| with("p", cx.ui(Ui::AskStaff)).class("relay"));
                nodes![steps::steps_of(cx, *c), ask]
            })
            .collect();
        fold::fold(cx.ui(Ui::HowToFindOut), checks)
    });
    nodes![
        with("h1", words.ask.clone()).attr("id", "ask"),
        el("ul").class("choices").attr("aria-labelledby", "ask").put(answers).put(answer(None)),
        how,
        fold::fold(cx.ui(Ui::WhyAsk), nodes![with("p", words.why.clone()), turns]),
    ]
}

/// Whether people wait makes minutes dearer, so it can be told anywhere.
fn waiting(cx: Cx, case: &Case) -> Element {
    let mut other = case.clone();
    other.waiting = !case.waiting;
    let to = cx.to(Page::Case { case: other, again: None });
    let on = if case.waiting { "true" } else { "false" };
    let toggle = link(to)
        .class("toggle")
        .attr("aria-current", on)
        .put(el("span").class("box").attr("aria-hidden", "true"))
        .put(cx.ui(Ui::Waiting));
    with("p", toggle).class("waiting")
}
