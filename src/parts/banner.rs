//! The alerts that stand above a page: the stops that were seen, then the warnings.

use super::icon::{Icon, icon};
use super::steps::steps;
use crate::node::{Element, View, el, with};
use crate::nodes;
use crate::pages::Cx;
use rulebase::{AlertIx, AlertLevel, Ui};

fn shown(cx: Cx, alert: AlertIx) -> bool {
    match cx.base[alert].level {
        AlertLevel::Stop => true,
        AlertLevel::Careful => cx.base[alert].roles.has(cx.role()),
        AlertLevel::Rule => false,
    }
}

pub fn banners(cx: Cx, standing: &[AlertIx]) -> View {
    let mut alerts: Vec<AlertIx> = standing.iter().copied().filter(|a| shown(cx, *a)).collect();
    alerts.sort_by_key(|a| cx.base[*a].level != AlertLevel::Stop);
    nodes![alerts.into_iter().map(|a| banner(cx, a)).collect::<Vec<_>>()]
}

fn banner(cx: Cx, alert: AlertIx) -> Element {
    let words = cx.words.alert(alert);
    let (class, sign, word) = match cx.base[alert].level {
        AlertLevel::Stop => ("banner stop", Icon::Stop, Ui::Stop),
        AlertLevel::Careful | AlertLevel::Rule => ("banner careful", Icon::Careful, Ui::Careful),
    };
    let aside = with("span", nodes![cx.ui(word), cx.ui(Ui::Colon)]).class("aside");
    let name = with("span", nodes![aside, words.name.clone()]);
    let body = nodes![steps(&words.steps), with("p", words.why.clone())];
    el("details")
        .class(class)
        .put(with("summary", nodes![icon(sign), name]))
        .put(with("div", body).class("inside"))
}
