//! A cause by itself, as the look-up finds it: what happened, what not to do, who puts it right. It
//! is no diagnosis, so it offers no fix; the way into one stands at its end.

use super::Cx;
use crate::engine::Case;
use crate::node::{View, link, with};
use crate::nodes;
use crate::parts::{bank, money, sources, steps, who};
use crate::route::Page;
use rulebase::{CauseIx, ComplaintIx, QuestionIx, Ui};

pub fn cause(cx: Cx, cause: CauseIx) -> View {
    let words = cx.words.cause(cause);
    let asks = QuestionIx::find(cx.base, "message");
    let general = ComplaintIx::all(cx.base).find(|c| cx.base[*c].first == asks && asks.is_some());
    let find = general.map(|c| {
        let to = cx.to(Page::Case { case: Case::new(c), again: None });
        with("p", link(to).class("button").put(cx.ui(Ui::FindCause)))
    });
    nodes![
        with("h1", words.name.clone()),
        with("p", words.what.clone()),
        bank::note(cx, cause),
        general.map(|c| money::money(cx, &Case::new(c), Some(cause))),
        steps::not(cx, &words.not),
        with("h2", cx.ui(Ui::WhoFixes)),
        with("p", who::actors(cx, cx.base[cause].fixed_by)),
        with("h2", cx.ui(Ui::StopAndCall)),
        with("p", words.call.clone()),
        (!cx.base.is_danger(cause)).then(|| bank::contacts(cx)),
        find,
        sources::corrections(cx, cause),
        sources::sources(cx, cause),
    ]
}
