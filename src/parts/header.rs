//! The top of every page: the mark that leads to the start, back, and the other language.

use super::icon::{Icon, icon};
use crate::node::{Element, el, link, with};
use crate::pages::Cx;
use crate::route::Page;
use rulebase::{Ui, Word};

pub fn header(cx: Cx) -> Element {
    let start = cx.to(Page::Start { more: false });
    // The host turns this link into the browser's own “back” where there is something to go back to.
    let back = (cx.route.page != Page::Start { more: false }).then(|| {
        link(start.clone()).class("back").attr("id", "back").put("← ").put(cx.ui(Ui::Back))
    });
    let other = cx.route.lang.other();
    el("header")
        .put(link("#main".into()).class("skip").attr("id", "skip").put(cx.ui(Ui::Skip)))
        .put(back)
        .put(link(start).class("mark").put(icon(Icon::Mark)).put(with("span", cx.ui(Ui::AppName))))
        .put(
            link(cx.in_language(other))
                .class("language")
                .attr("hreflang", other.spelled())
                .attr("lang", other.spelled())
                .put(cx.ui(Ui::OtherLanguage)),
        )
}
