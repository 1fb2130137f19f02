//! The training quiz: a question, its explanation, the next; the result to print.

use super::At;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fields::{field, press};
use crate::parts::icon::{Icon, icon};
use crate::parts::shop::{button, file, head};
use crate::route::Page;
use crate::shop::Quiz;
use rulebase::{GuideFile, Shop};

pub fn quiz(cx: At) -> View {
    let file = match file(cx) {
        Ok(file) => file,
        Err(view) => return view,
    };
    let words = &file.words;
    let body = match &cx.desk.counter.quiz {
        None => {
            let why = words.text(Shop::QuizWhy).replace("{n}", &file.guides.quiz.len().to_string());
            nodes![with("p", why), with("p", button(file, "start-quiz", Shop::QuizStart))]
        }
        Some(quiz) => match quiz.open() {
            Some(at) => question(file, quiz, at),
            None => result(cx, file, quiz),
        },
    };
    nodes![head(cx, file, words.text(Shop::Quiz)), body]
}

fn question(file: &GuideFile, quiz: &Quiz, at: usize) -> View {
    let words = &file.words;
    let (question, mix) = &quiz.order[at];
    let question = usize::from(*question);
    let (drill, text) = (&file.guides.quiz[question], &words.quiz[question]);
    let number = words
        .text(Shop::QuizNumber)
        .replace("{n}", &(at + 1).to_string())
        .replace("{all}", &quiz.order.len().to_string());
    let said = |key: Shop, answer: u8| {
        words.text(key).replace("{answer}", &text.answers[usize::from(answer)])
    };
    let answers = if quiz.explained {
        let picked = quiz.picked[at];
        let right = picked == drill.right;
        let (key, class, sign) = match right {
            true => (Shop::QuizRight, "money fine", Icon::Fine),
            false => (Shop::QuizWrong, "money careful", Icon::Careful),
        };
        let yours = (!right).then(|| with("p", said(Shop::QuizYours, picked)));
        let verdict = nodes![
            with("p", nodes![icon(sign), with("strong", words.text(key))]),
            yours,
            with("p", said(Shop::QuizBest, drill.right)),
            with("p", text.why.clone()),
        ];
        let last = at + 1 == quiz.order.len();
        let next = if last { Shop::QuizEnd } else { Shop::QuizNext };
        nodes![
            held(el("div").class(class).attr("role", "status")).put(verdict),
            with("p", button(file, "next-question", next)),
        ]
    } else {
        let items: Vec<Element> = mix
            .iter()
            .map(|a| {
                let answer = &text.answers[usize::from(*a)];
                let pick = el("button")
                    .class("choice act")
                    .attr("type", "button")
                    .attr("id", format!("pick-{a}"))
                    .put(answer.clone());
                with("li", pick)
            })
            .collect();
        nodes![el("ul").class("choices").attr("aria-labelledby", "asked").put(items)]
    };
    let asked = with("h2", text.ask.clone()).attr("id", "asked");
    let asked = if quiz.explained { asked } else { held(asked) };
    let body = nodes![with("p", number).class("hint"), asked, answers];
    nodes![el("div").key(format!("question-{at}-{}", quiz.explained)).put(body)]
}

/// Where the focus goes when the button that had it is gone.
fn held(element: Element) -> Element {
    element.attr("tabindex", "-1").attr("data-focus", "")
}

fn result(cx: At, file: &GuideFile, quiz: &Quiz) -> View {
    let words = &file.words;
    let asked = quiz.order.iter().zip(&quiz.picked);
    let missed: Vec<usize> = asked
        .filter(|((q, _), picked)| file.guides.quiz[usize::from(*q)].right != **picked)
        .map(|((q, _), _)| usize::from(*q))
        .collect();
    let right = quiz.order.len() - missed.len();
    let said = words
        .text(Shop::QuizResult)
        .replace("{right}", &right.to_string())
        .replace("{all}", &quiz.order.len().to_string());
    let mut guides: Vec<usize> =
        missed.iter().map(|q| usize::from(file.guides.quiz[*q].guide)).collect();
    guides.sort_unstable();
    guides.dedup();
    let again: Vec<Element> = guides
        .into_iter()
        .map(|g| {
            let to = cx.to(Page::Guide(file.guides.guides[g].id.clone()));
            with("li", link(to).put(words.guides[g].title.clone()))
        })
        .collect();
    let again = (!again.is_empty()).then(|| {
        nodes![with("h2", words.text(Shop::QuizRead)), el("ul").class("links").put(again)]
    });
    let missed: Vec<Element> = missed
        .into_iter()
        .map(|q| {
            let (drill, text) = (&file.guides.quiz[q], &words.quiz[q]);
            let best = &text.answers[usize::from(drill.right)];
            let best = words.text(Shop::QuizBest).replace("{answer}", best);
            let asked = with("strong", text.ask.clone());
            with("li", nodes![asked, with("p", best), with("p", text.why.clone()).class("hint")])
        })
        .collect();
    let input = el("input")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("value", cx.desk.counter.quiz_name.clone());
    let name = cx.desk.counter.quiz_name.trim();
    let printed = match name.is_empty() {
        true => cx.today.to_string(),
        false => format!("{name} · {}", cx.today),
    };
    nodes![
        held(with("h2", said).attr("role", "status")),
        with("p", printed).class("on-paper"),
        field("quiz-name".into(), words.text(Shop::QuizName).into(), input, None),
        with("p", words.text(Shop::QuizNameWhy)).class("hint"),
        with(
            "p",
            nodes![
                button(file, "print", Shop::Print),
                press("start-quiz".into(), words.text(Shop::QuizAgain))
            ]
        )
        .class("show-do"),
        el("ol").class("told-wrong").put(missed),
        again,
    ]
}
