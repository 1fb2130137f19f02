//! An alert: it fills the screen, and nothing else stands on it.

use super::Cx;
use crate::engine::Case;
use crate::node::{View, el, link, with};
use crate::nodes;
use crate::parts::fold;
use crate::parts::icon::{Icon, icon};
use crate::parts::steps::steps;
use rulebase::{AlertIx, Ui};

pub fn alert(cx: Cx, case: &Case, alert: AlertIx) -> View {
    let words = cx.words.alert(alert);
    let to = cx.after(case, |c| c.seen.push(alert));
    let body = nodes![
        el("p").class("eyebrow").put(icon(Icon::Stop)).put(cx.ui(Ui::Alert)),
        with("h1", words.name.clone()),
        steps(&words.steps),
        fold::fold(cx.ui(Ui::WhyThis), with("p", words.why.clone())),
        with("p", link(to).class("button").put(cx.ui(Ui::Understood))),
    ];
    nodes![with("section", body).class("alert").attr("role", "alert")]
}
