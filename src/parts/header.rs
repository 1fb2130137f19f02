//! The top of every page: the mark that leads to the start, back, and the other language.

use super::icon::{Icon, icon};
use crate::pages::Cx;
use crate::route::Page;
use leptos::prelude::*;
use rulebase::{Ui, Word};

pub fn header(cx: Cx) -> impl IntoView {
    let start = cx.to(Page::Start { more: false });
    // The host turns this link into the browser's own “back” where there is something to go back to.
    let back = (cx.route.page != Page::Start { more: false })
        .then(|| view! { <a class="back" id="back" href=start.clone()>"← "{cx.ui(Ui::Back)}</a> });
    let other = cx.route.lang.other();
    view! {
        <header>
            <a class="skip" href="#main" id="skip">{cx.ui(Ui::Skip)}</a>
            <a class="mark" href=start>{icon(Icon::Mark)}<span>{cx.ui(Ui::AppName)}</span></a>
            {back}
            <a class="language" href=cx.in_language(other) hreflang=other.spelled() lang=other.spelled()>
                {cx.ui(Ui::OtherLanguage)}
            </a>
        </header>
    }
}
