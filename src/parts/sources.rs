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
    // Their titles come with the look-up; until then the grade stands alone.
    let titles = cx.look_up().map_or(&[][..], |(library, _)| &library.lookup.sources);
    let items: Vec<Element> = sources
        .iter()
        .filter_map(|s| titles.get(usize::from(s.0)))
        .map(|source| {
            let title = with("span", source.title.clone()).attr("lang", "en");
            with("li", nodes![title, format!(" ({})", cx.ui(sure(source.sure)))])
        })
        .collect();
    let body = nodes![
        with("p", cx.ui(sure(how))),
        (!items.is_empty()).then(|| with("ul", items)),
        with("p", cx.fill(Ui::ReviewBy, &[("date", &review.to_string())])),
    ];
    fold(cx.ui(Ui::Sources), body)
}

pub fn corrections(cx: Cx, cause: CauseIx) -> Option<Element> {
    let (_, words) = cx.look_up().ok()?;
    let list: Vec<Element> = CorrectionIx::all(cx.base)
        .filter(|c| cx.base[*c].causes.contains(&cause))
        .map(|c| {
            let words = &words.corrections[usize::from(c.0)];
            with("li", nodes![with("s", words.told.clone()), el("br"), words.truth.clone()])
        })
        .collect();
    (!list.is_empty()).then(|| fold(cx.ui(Ui::Told), with("ul", list).class("told-wrong")))
}

/// How sure a source is, in words.
pub fn sure(sure: Sure) -> Ui {
    match sure {
        Sure::Experience => Ui::SureExperience,
        Sure::Secondary => Ui::SureSecondary,
        Sure::Vendor => Ui::SureVendor,
        Sure::Official => Ui::SureOfficial,
    }
}
