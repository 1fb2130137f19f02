//! Why this advice: a bar for each likely cause, and what each answer added or took, as a picture
//! and as text.

use crate::engine::belief::Clue;
use crate::engine::why::Share;
use crate::engine::{Advice, Case, Outcome, Step, why};
use crate::node::{Element, View, el, with};
use crate::nodes;
use crate::pages::Cx;
use crate::parts::bar::{bar, rect};
use rulebase::{CauseIx, Ui};

/// How many causes are shown.
const SHOWN: usize = 4;
/// Log-odds smaller than this are no news.
const NEWS: f64 = 0.25;

pub fn why(cx: Cx, case: &Case, advice: &Advice) -> View {
    let own =
        (!cx.base.counted.is_empty()).then(|| with("p", cx.ui(Ui::AdjustedHere)).class("hint"));
    let shares = why::shares(cx.base, case, SHOWN);
    let rows: Vec<Element> = shares.iter().map(|s| row(cx, s)).collect();
    let column = |key: Ui| with("th", cx.ui(key)).attr("scope", "col");
    let head = with("tr", nodes![column(Ui::CauseColumn), column(Ui::ShareColumn)]);
    let table = el("table")
        .class("why")
        .put(with("caption", cx.ui(Ui::Evidence)))
        .put(with("thead", head))
        .put(with("tbody", rows));
    let concluded = matches!(advice.step, Step::Conclude { .. } | Step::Call(_));
    nodes![own, table, concluded.then(|| changes(cx, case))]
}

fn row(cx: Cx, share: &Share) -> Element {
    let pulls: Vec<Element> = share
        .pulls
        .iter()
        .filter(|p| p.1.abs() >= NEWS)
        .map(|(clue, pull)| {
            let text = clue_text(cx, *clue);
            let (key, class, sign) = match *pull > 0.0 {
                true => (Ui::RaisedBy, "raised", "+ "),
                false => (Ui::LoweredBy, "lowered", "− "),
            };
            el("li")
                .class(class)
                .put(with("span", sign).attr("aria-hidden", "true"))
                .put(cx.fill(key, &[("answer", &text)]))
        })
        .collect();
    let bar = bar()
        .put(rect("share", percent(share.now)))
        .put(rect("before", "2".into()).attr("x", percent(share.before)));
    let cell =
        nodes![with("span", cx.ui(likely(share.now))), bar, with("ul", pulls).class("pulls"),];
    with("tr", nodes![with("th", name(cx, share.cause)).attr("scope", "row"), with("td", cell)])
}

/// Whole steps of a tenth, without the code that prints any number at all.
fn percent(share: f64) -> String {
    let tenths = (share * 1000.0) as u32;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn changes(cx: Cx, case: &Case) -> View {
    let turns = why::changes(cx.base, case, cx.role(), SHOWN);
    let empty = turns.is_empty().then(|| with("p", cx.ui(Ui::NoChange)));
    let list: Vec<Element> = turns
        .iter()
        .map(|t| {
            let answer = cx.words.answer(t.question, Some(t.answer));
            let cause = name(cx, Some(t.cause));
            let text = cx.fill(Ui::IfAnswer, &[("answer", answer), ("cause", &cause)]);
            with("li", format!("{} {text}", cx.words.question(t.question).ask))
        })
        .collect();
    nodes![with("h2", cx.ui(Ui::WouldChange)).class("sub"), empty, with("ul", list)]
}

fn name(cx: Cx, cause: Option<CauseIx>) -> String {
    cause.map_or_else(|| cx.ui(Ui::NoneOfThese), |c| cx.words.cause(c).name.clone())
}

fn clue_text(cx: Cx, clue: Clue) -> String {
    match clue {
        Clue::Answer(q, a) => cx.words.answer(q, Some(a)).to_string(),
        Clue::Probed(p) => cx.words.probed[usize::from(p.0)].clone(),
        Clue::Tried(action, outcome) => {
            let result = match outcome {
                Outcome::Solved => Ui::Solved,
                Outcome::Failed => Ui::NotHelped,
                Outcome::Cannot => Ui::Cannot,
            };
            format!(
                "{}{}{}",
                cx.words.action(action).name,
                cx.words.ui(Ui::Colon),
                cx.words.ui(result)
            )
        }
    }
}

/// A probability in words: the figures are judgement, and a percentage would look counted.
fn likely(p: f64) -> Ui {
    match p {
        p if p >= 0.6 => Ui::VeryLikely,
        p if p >= 0.25 => Ui::Likely,
        p if p >= 0.08 => Ui::Possible,
        _ => Ui::Unlikely,
    }
}
