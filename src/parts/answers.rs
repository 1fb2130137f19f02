//! What was told so far: seen at any time, and each answer can be changed.

use super::message_text;
use crate::engine::{Case, Outcome, Shown, Where};
use crate::node::{Element, el, link, with};
use crate::pages::Cx;
use crate::route::Page;
use rulebase::{Find, QuestionIx, Ui};

pub fn answers(cx: Cx, case: &Case) -> Option<Element> {
    let asks = QuestionIx::find(cx.base, "message");
    // What the screen says is told by the words themselves.
    let told = |q: QuestionIx| case.shown.is_none() || Some(q) != asks;
    let complaint = cx.words.complaint(case.complaint).name.clone();
    let mut rows = vec![row(cx.ui(Ui::Complaint), complaint)];
    rows.extend(case.shown.as_ref().and_then(|s| shown(cx, case, s, asks)));
    rows.extend(case.answers.iter().filter(|(q, _)| told(*q)).map(|(q, a)| {
        let to = cx.to(Page::Case { case: case.clone(), again: Some(*q) });
        let ask = cx.words.question(*q).ask.clone();
        let change = change(cx, to, Ui::Change, &ask);
        row(ask, cx.words.answer(*q, *a).to_string()).put(change)
    }));
    rows.extend(case.tried.iter().map(|(action, outcome)| {
        let result = match outcome {
            Outcome::Solved => Ui::Solved,
            Outcome::Failed => Ui::NotHelped,
            Outcome::Cannot => Ui::Cannot,
        };
        let name = cx.words.action(*action).name.clone();
        let to = cx.after(case, |c| c.tried.retain(|t| t.0 != *action));
        let change = change(cx, to, Ui::Change, &name);
        let head = format!("{}{}{name}", cx.words.ui(Ui::Tried), cx.words.ui(Ui::Colon));
        row(head, cx.ui(result)).put(change)
    }));
    rows.extend(case.probed.iter().map(|found| {
        let name = cx.words.probed[usize::from(found.0)].clone();
        let to = cx.after(case, |c| c.probed.retain(|p| p != found));
        let change = change(cx, to, Ui::Remove, &name);
        row(cx.ui(Ui::ReaderCheck), name).put(change)
    }));
    let count = rows.len() - 1;
    let summary = cx.fill(Ui::Answers, &[("n", &count.to_string())]);
    (count > 0).then(|| {
        el("details")
            .class("told")
            .put(with("summary", summary))
            .put(with("ul", rows).class("inside"))
    })
}

fn row(head: String, text: String) -> Element {
    el("li").put(with("span", head).class("asked")).put(with("span", text))
}

/// A link that names what it is about, for those who hear it alone.
fn change(cx: Cx, to: String, key: Ui, about: &str) -> Element {
    let label = format!("{}{}{about}", cx.words.ui(key), cx.words.ui(Ui::Colon));
    link(to).attr("aria-label", label).put(cx.ui(key))
}

/// The words or the code that a case was opened with.
fn shown(cx: Cx, case: &Case, shown: &Shown, asks: Option<QuestionIx>) -> Option<Element> {
    let (library, words) = cx.look_up().ok()?;
    let (key, text) = match shown.place {
        Where::Message => {
            let message = library.message(&shown.id)?.1;
            (Find::ScreenSays, message_text::first(message, cx.words.lang).to_string())
        }
        Where::Code => (Find::CodeSays, library.code(&shown.id)?.1.code.clone()),
    };
    let to = cx.after(case, |c| {
        c.shown = None;
        c.answers.retain(|a| Some(a.0) != asks);
    });
    let head = words.text(key).to_string();
    let change = change(cx, to, Ui::Remove, &head);
    Some(row(head, text).put(change))
}
