//! Numbered steps, and what not to do.

use super::icon::{Icon, icon};
use crate::node::{Element, View, el, with};
use crate::nodes;
use crate::pages::Cx;
use rulebase::{ActionIx, Ui};

pub fn steps(steps: &[String]) -> Element {
    let items: Vec<Element> = steps.iter().map(|s| with("li", s.clone())).collect();
    el("ol").class("steps").put(items)
}

/// An action's name, steps and warning, as part of another page.
pub fn steps_of(cx: Cx, action: ActionIx) -> View {
    let words = cx.words.action(action);
    nodes![with("h2", words.name.clone()).class("sub"), steps(&words.steps), not(cx, &words.not)]
}

pub fn not(cx: Cx, text: &str) -> Option<Element> {
    let said = nodes![with("strong", cx.ui(Ui::Not)), cx.ui(Ui::Colon), text];
    (!text.is_empty()).then(|| el("p").class("not").put(icon(Icon::Stop)).put(with("span", said)))
}
