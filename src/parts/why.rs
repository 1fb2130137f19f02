//! Why this advice: a bar for each likely cause, and what each answer added or took, as a picture
//! and as text.

use crate::engine::belief::Clue;
use crate::engine::{Advice, Case, Outcome, Step, why};
use crate::pages::Cx;
use leptos::prelude::*;
use rulebase::{CauseIx, Ui};

/// How many causes are shown.
const SHOWN: usize = 4;
/// Log-odds smaller than this are no news.
const NEWS: f64 = 0.25;

pub fn why(cx: Cx, case: &Case, advice: &Advice) -> AnyView {
    let shares = why::shares(cx.base, case, SHOWN);
    let rows = shares
        .iter()
        .map(|share| {
            let width = format!("{:.1}%", 100.0 * share.now);
            let before = format!("{:.1}%", 100.0 * share.before);
            let pulls = share
                .pulls
                .iter()
                .filter(|p| p.1.abs() >= NEWS)
                .map(|(clue, pull)| {
                    let text = clue_text(cx, *clue);
                    let (key, class) = if *pull > 0.0 { (Ui::RaisedBy, "raised") } else { (Ui::LoweredBy, "lowered") };
                    let sign = if *pull > 0.0 { "+ " } else { "− " };
                    view! { <li class=class><span aria-hidden="true">{sign}</span>{cx.fill(key, &[("answer", &text)])}</li> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{name(cx, share.cause)}</th>
                    <td>
                        <span>{cx.ui(likely(share.now))}</span>
                        <svg class="bar" width="100%" height="10" aria-hidden="true" focusable="false">
                            <rect class="rail" width="100%" height="10"></rect>
                            <rect class="share" width=width height="10"></rect>
                            <rect class="before" x=before width="2" height="10"></rect>
                        </svg>
                        <ul class="pulls">{pulls}</ul>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let concluded = matches!(advice.step, Step::Conclude { .. } | Step::Call(_));
    let changes = concluded.then(|| {
        let turns = why::changes(cx.base, case, cx.role(), SHOWN);
        let empty = turns.is_empty().then(|| view! { <p>{cx.ui(Ui::NoChange)}</p> });
        let list = turns
            .iter()
            .map(|t| {
                let answer = cx.words.answer(t.question, Some(t.answer));
                let text = cx
                    .fill(Ui::IfAnswer, &[("answer", answer), ("cause", &name(cx, Some(t.cause)))]);
                view! { <li>{cx.words.question(t.question).ask.clone()}" "{text}</li> }
            })
            .collect_view();
        view! { <h2 class="sub">{cx.ui(Ui::WouldChange)}</h2>{empty}<ul>{list}</ul> }
    });
    view! {
        <table class="why">
            <caption>{cx.ui(Ui::Evidence)}</caption>
            <thead><tr><th scope="col">{cx.ui(Ui::CauseColumn)}</th><th scope="col">{cx.ui(Ui::ShareColumn)}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {changes}
    }
    .into_any()
}

fn name(cx: Cx, cause: Option<CauseIx>) -> String {
    cause.map_or_else(|| cx.ui(Ui::NoneOfThese), |c| cx.words.cause(c).name.clone())
}

fn clue_text(cx: Cx, clue: Clue) -> String {
    match clue {
        Clue::Answer(q, a) => cx.words.answer(q, Some(a)).to_string(),
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
