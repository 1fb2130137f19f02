//! What stands behind a cause, and what is commonly told of it but wrong.

use super::fold::fold;
use crate::pages::Cx;
use leptos::prelude::*;
use rulebase::{CauseIx, CorrectionIx, Sure, Ui};

pub fn sources(cx: Cx, cause: CauseIx) -> impl IntoView + use<> {
    let rule = &cx.base[cause];
    let list = rule
        .sources
        .iter()
        .map(|s| {
            let source = &cx.base[*s];
            view! { <li><span lang="en">{source.title.clone()}</span>" ("{cx.ui(sure(source.sure))}")"</li> }
        })
        .collect_view();
    let date = rule.review.to_string();
    let body = view! {
        <p>{cx.ui(sure(rule.sure))}</p>
        <ul>{list}</ul>
        <p>{cx.fill(Ui::ReviewBy, &[("date", &date)])}</p>
    };
    fold(cx.ui(Ui::Sources), body.into_any())
}

pub fn corrections(cx: Cx, cause: CauseIx) -> impl IntoView + use<> {
    let list: Vec<_> = CorrectionIx::all(cx.base)
        .filter(|c| cx.base[*c].causes.contains(&cause))
        .map(|c| {
            let words = cx.words.correction(c);
            view! {
                <li><s>{words.told.clone()}</s><br/>{words.truth.clone()}</li>
            }
        })
        .collect();
    (!list.is_empty())
        .then(|| fold(cx.ui(Ui::Told), view! { <ul class="told-wrong">{list}</ul> }.into_any()))
}

fn sure(sure: Sure) -> Ui {
    match sure {
        Sure::Experience => Ui::SureExperience,
        Sure::Secondary => Ui::SureSecondary,
        Sure::Vendor => Ui::SureVendor,
        Sure::Official => Ui::SureOfficial,
    }
}
