//! A page within somebody else's page, which has landmarks and a first heading of its own.

use super::{Element, Name, Node, Text};

/// Takes the landmarks away and puts every heading one level down, as far as assistive technology is concerned; what
/// it looks like stays.
pub fn as_guest(view: &mut [Node]) {
    for node in view {
        let Node::Element(Element(parts)) = node else { continue };
        let set: &[(&'static str, &'static str)] = match parts.tag.0 {
            "main" => {
                parts.tag = Name("div");
                &[("class", "main")]
            }
            "nav" => {
                parts.tag = Name("div");
                &[("role", "group")]
            }
            "header" => &[("role", "presentation")],
            // One that is read aloud when it changes is no heading to them.
            "h1" | "h2" | "h3" if parts.attributes.iter().any(|(name, _)| name.0 == "role") => &[],
            "h1" => &[("aria-level", "2")],
            "h2" => &[("aria-level", "3")],
            "h3" => &[("aria-level", "4")],
            _ => &[],
        };
        let set = set.iter().map(|(name, value)| (Name(name), Text::Borrowed(value)));
        parts.attributes.extend(set);
        as_guest(&mut parts.children);
    }
}

#[cfg(test)]
mod tests {
    use super::as_guest;
    use crate::node::{el, to_html, with};

    #[test]
    fn landmarks_go_and_headings_step_down() {
        let nav = el("nav").attr("aria-label", "Who");
        let main = el("main").attr("id", "main").put(with("h1", "A")).put(nav);
        let said = with("h2", "B").attr("role", "status");
        let mut view = crate::nodes![el("header"), main.put(said)];
        as_guest(&mut view);
        assert_eq!(
            to_html(&view),
            "<header role=\"presentation\"></header>\
             <div id=\"main\" class=\"main\"><h1 aria-level=\"2\">A</h1>\
             <div aria-label=\"Who\" role=\"group\"></div><h2 role=\"status\">B</h2></div>"
        );
    }
}
