//! Numbered steps, and what not to do.

use super::icon::{Icon, icon};
use crate::pages::Cx;
use leptos::prelude::*;
use rulebase::{ActionIx, Ui};

pub fn steps(steps: &[String]) -> impl IntoView + use<> {
    let items = steps.iter().map(|s| view! { <li>{s.clone()}</li> }).collect_view();
    view! { <ol class="steps">{items}</ol> }
}

/// An action's name, steps and warning, as part of another page.
pub fn steps_of(cx: Cx, action: ActionIx) -> impl IntoView + use<> {
    let words = cx.words.action(action);
    view! {
        <h2 class="sub">{words.name.clone()}</h2>
        {steps(&words.steps)}
        {not(cx, &words.not)}
    }
}

pub fn not(cx: Cx, text: &str) -> impl IntoView + use<> {
    (!text.is_empty()).then(|| {
        view! {
            <p class="not">{icon(Icon::Stop)}<span><strong>{cx.ui(Ui::Not)}</strong>{cx.ui(Ui::Colon)}{text.to_string()}</span></p>
        }
    })
}
