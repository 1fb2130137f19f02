//! The alerts that stand above a page: the stops that were seen, then the warnings.

use super::icon::{Icon, icon};
use super::steps::steps;
use crate::pages::Cx;
use leptos::prelude::*;
use rulebase::{AlertIx, AlertLevel, Ui};

fn shown(cx: Cx, alert: AlertIx) -> bool {
    match cx.base[alert].level {
        AlertLevel::Stop => true,
        AlertLevel::Careful => cx.base[alert].roles.has(cx.role()),
        AlertLevel::Rule => false,
    }
}

pub fn banners(cx: Cx, standing: &[AlertIx]) -> AnyView {
    let mut alerts: Vec<AlertIx> = standing.iter().copied().filter(|a| shown(cx, *a)).collect();
    alerts.sort_by_key(|a| cx.base[*a].level != AlertLevel::Stop);
    alerts
        .into_iter()
        .map(|a| {
            let words = cx.words.alert(a);
            let (class, sign, word) = match cx.base[a].level {
                AlertLevel::Stop => ("banner stop", Icon::Stop, Ui::Stop),
                AlertLevel::Careful | AlertLevel::Rule => ("banner careful", Icon::Careful, Ui::Careful),
            };
            view! {
                <details class=class>
                    <summary>{icon(sign)}<span><span class="aside">{cx.ui(word)}{cx.ui(Ui::Colon)}</span>{words.name.clone()}</span></summary>
                    <div class="inside">{steps(&words.steps)}<p>{words.why.clone()}</p></div>
                </details>
            }
        })
        .collect_view()
        .into_any()
}
