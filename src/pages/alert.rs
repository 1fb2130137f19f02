//! An alert: it fills the screen, and nothing else stands on it.

use super::Cx;
use crate::engine::Case;
use crate::parts::fold;
use crate::parts::icon::{Icon, icon};
use crate::parts::steps::steps;
use leptos::prelude::*;
use rulebase::{AlertIx, Ui};

pub fn alert(cx: Cx, case: &Case, alert: AlertIx) -> AnyView {
    let words = cx.words.alert(alert);
    let to = cx.after(case, |c| c.seen.push(alert));
    view! {
        <section class="alert" role="alert">
            <p class="eyebrow">{icon(Icon::Stop)}{cx.ui(Ui::Alert)}</p>
            <h1>{words.name.clone()}</h1>
            {steps(&words.steps)}
            {fold::fold(cx.ui(Ui::WhyThis), view! { <p>{words.why.clone()}</p> }.into_any())}
            <p><a class="button" href=to>{cx.ui(Ui::Understood)}</a></p>
        </section>
    }
    .into_any()
}
