//! A fold: a heading that opens what is below it.

use leptos::prelude::*;

pub fn fold(summary: String, body: AnyView) -> impl IntoView {
    view! { <details><summary>{summary}</summary><div class="inside">{body}</div></details> }
}
