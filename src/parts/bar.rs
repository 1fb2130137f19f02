//! A bar for a share, as a picture beside the words or the number that say it.

use crate::node::{Element, el};

/// The empty bar; shares are put into it.
pub fn bar() -> Element {
    el("svg")
        .class("bar")
        .attr("width", "100%")
        .attr("height", "10")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .put(rect("rail", "100%".into()))
}

pub fn rect(class: &'static str, width: String) -> Element {
    el("rect").class(class).attr("width", width).attr("height", "10")
}
