//! A complaint on paper: what to do first, and what each answer to the first questions points at. For readers without a
//! script and for printing; the build makes these pages, no visitor's module has them.

use super::Cx;
use crate::engine::belief::ranked;
use crate::engine::{Advice, Case, Step, advise};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::banner::banners;
use crate::parts::steps;
use crate::route::Page;
use rulebase::{AnswerIx, CauseIx, ComplaintIx, Ui};

/// How many causes are named for one answer.
const LIKELY: usize = 3;
/// How many questions follow each other.
const DEEP: usize = 2;

pub fn decisions(cx: Cx, complaint: ComplaintIx) -> View {
    let case = Case::new(complaint);
    let words = cx.words.complaint(complaint);
    let hint = (!words.hint.is_empty()).then(|| with("p", words.hint.clone()).class("hint"));
    let advice = advise(cx.base, &case, cx.role(), cx.today);
    let body =
        advice.map(|advice| nodes![banners(cx, &advice.standing), next(cx, &case, &advice, DEEP)]);
    let start = link(cx.to(Page::Case { case, again: None })).class("button");
    nodes![
        with("h1", words.name.clone()),
        hint,
        body,
        // Without a script there is nowhere to go on.
        with("p", start.put(cx.ui(Ui::FindCause))).class("scripted"),
    ]
}

/// What the advice says, with what each answer to its question leads to.
fn next(cx: Cx, case: &Case, advice: &Advice, deep: usize) -> View {
    match advice.step {
        Step::Alert(alert) => {
            let words = cx.words.alert(alert);
            let mut seen = case.clone();
            seen.seen.push(alert);
            let then = advise(cx.base, &seen, cx.role(), cx.today);
            // Where an alert ends it, nothing may follow.
            let then =
                then.filter(|a| deep > 0 && !cx.base[alert].ends && a.step != Step::Alert(alert));
            nodes![
                with("p", with("strong", words.name.clone())),
                steps::steps(&words.steps),
                then.map(|a| next(cx, &seen, &a, deep - 1)),
            ]
        }
        Step::Ask(question) if deep > 0 => {
            let ask = with("h2", cx.words.question(question).ask.clone()).class("sub");
            let count = cx.base[question].answers.len() as AnswerIx;
            let answers: Vec<Element> = (0..count)
                .map(|answer| {
                    let mut told = case.clone();
                    told.set(question, Some(answer));
                    let name = cx.words.answer(question, Some(answer)).to_string();
                    let then = advise(cx.base, &told, cx.role(), cx.today);
                    let then = then.map(|a| next(cx, &told, &a, deep - 1));
                    with("li", nodes![with("strong", name), then])
                })
                .collect();
            nodes![ask, el("ul").class("decisions").put(answers)]
        }
        Step::Ask(_) => likely(cx, advice),
        Step::Try(action) => {
            let words = cx.words.action(action);
            nodes![
                with("p", words.name.clone()),
                steps::steps(&words.steps),
                steps::not(cx, &words.not),
                likely(cx, advice),
            ]
        }
        Step::Conclude { .. } | Step::Call(_) | Step::Solved(_) => likely(cx, advice),
    }
}

/// The likeliest causes, each a page of its own.
fn likely(cx: Cx, advice: &Advice) -> View {
    let causes: Vec<CauseIx> =
        ranked(&advice.belief).into_iter().filter_map(|r| r.0).take(LIKELY).collect();
    let links = causes.into_iter().map(|cause| {
        let name = cx.words.cause(cause).name.clone();
        with("li", link(cx.to(Page::Cause(cause))).put(name))
    });
    let links: Vec<Element> = links.collect();
    nodes![with("p", cx.ui(Ui::MostLikely)).class("eyebrow"), el("ul").put(links)]
}
