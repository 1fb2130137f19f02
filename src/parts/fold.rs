//! A fold: a heading that opens what is below it.

use crate::node::{Child, Element, el, with};

pub fn fold(summary: String, body: impl Child) -> Element {
    el("details").put(with("summary", summary)).put(with("div", body).class("inside"))
}
