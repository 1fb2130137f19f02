//! What stands behind a statement, and what is commonly told of a cause but wrong.

use super::fold::fold;
use crate::node::{Element, el, with};
use crate::nodes;
use crate::pages::Cx;
use rulebase::{CauseIx, CorrectionIx, Date, SourceIx, Sure, Ui};

pub fn sources(cx: Cx, cause: CauseIx) -> Element {
    let rule = &cx.base[cause];
    listed(cx, rule.sure, &rule.sources, rule.review)
}

pub fn listed(cx: Cx, how: Sure, sources: &[SourceIx], review: Date) -> Element {
    let items: Vec<Element> = sources
        .iter()
        .map(|s| {
            let source = &cx.base[*s];
            let title = with("span", source.title.clone()).attr("lang", "en");
            with("li", nodes![title, format!(" ({})", cx.ui(sure(source.sure)))])
        })
        .collect();
    let body = nodes![
        with("p", cx.ui(sure(how))),
        with("ul", items),
        with("p", cx.fill(Ui::ReviewBy, &[("date", &review.to_string())])),
    ];
    fold(cx.ui(Ui::Sources), body)
}

pub fn corrections(cx: Cx, cause: CauseIx) -> Option<Element> {
    let list: Vec<Element> = CorrectionIx::all(cx.base)
        .filter(|c| cx.base[*c].causes.contains(&cause))
        .map(|c| {
            let words = cx.words.correction(c);
            with("li", nodes![with("s", words.told.clone()), el("br"), words.truth.clone()])
        })
        .collect();
    (!list.is_empty()).then(|| fold(cx.ui(Ui::Told), with("ul", list).class("told-wrong")))
}

fn sure(sure: Sure) -> Ui {
    match sure {
        Sure::Experience => Ui::SureExperience,
        Sure::Secondary => Ui::SureSecondary,
        Sure::Vendor => Ui::SureVendor,
        Sure::Official => Ui::SureOfficial,
    }
}
