//! Our own icons: one path each, in the colour of the text. They repeat what a word beside them
//! says, so a screen reader skips them.

use crate::node::{Element, el};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// An octagon.
    Stop,
    /// A triangle.
    Careful,
    /// A tick.
    Fine,
    Clock,
    Person,
    Shield,
    /// A magnifying glass.
    Glass,
    /// A loudspeaker.
    Voice,
    /// The mark: a card with a plaster on it.
    Mark,
}

pub fn icon(icon: Icon) -> Element {
    let path = match icon {
        Icon::Stop => "M8 2h8l6 6v8l-6 6H8l-6-6V8zM11 6v8h2V6zm0 10v2h2v-2z",
        Icon::Careful => "M12 2 23 21H1zM11 9v6h2V9zm0 7v2h2v-2z",
        Icon::Fine => "M9 16.2 4.8 12l-1.9 1.9L9 20 21.5 7.5l-1.9-1.9z",
        Icon::Clock => {
            "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16zm-1 3v6l5 3 1-1.7-4-2.3V7z"
        }
        Icon::Person => "M12 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-5 3.5-8 8-8s8 3 8 8z",
        Icon::Shield => {
            "M12 2 4 5v6c0 5 3.4 9.3 8 11 4.6-1.7 8-6 8-11V5zm-1 13.6-3.5-3.5 1.4-1.4 2.1 2.1 4.6-4.6L17 9.600z"
        }
        Icon::Glass => {
            "M10 2a8 8 0 1 0 4.900 14.300l5.400 5.400 1.400-1.400-5.400-5.400A8 8 0 0 0 10 2zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12z"
        }
        Icon::Voice => {
            "M3 9v6h4l6 5V4L7 9zm13-1.500v9a5 5 0 0 0 0-9zm0-4.500v2a8 8 0 0 1 0 14v2a10 10 0 0 0 0-18z"
        }
        Icon::Mark => {
            "M4 3h16a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5c0-1.100.9-2 2-2zm0 3v2h16V6zm10.600 3.700-5.700 5.700a1.800 1.800 0 0 0 2.600 2.600l5.700-5.700a1.800 1.800 0 0 0-2.600-2.600zm-1.500 3.600a.7.7 0 1 1 0 1.400.7.7 0 0 1 0-1.400z"
        }
    };
    let path = el("path").attr("fill", "currentColor").attr("fill-rule", "evenodd").attr("d", path);
    el("svg")
        .class("icon")
        .attr("viewBox", "0 0 24 24")
        .attr("width", "20")
        .attr("height", "20")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .put(path)
}
