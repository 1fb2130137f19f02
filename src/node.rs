//! A page as a value: elements, attributes and texts. Pages make it, the browser shows it
//! (`render`, with Leptos), the host writes it as HTML.
//!
//! It is one type for every page, where `view!` makes a type for each, with code for each: see
//! ARCHITECTURE.md, "Bytes".

mod guest;
#[cfg(feature = "csr")]
mod render;
pub use guest::as_guest;
#[cfg(feature = "csr")]
pub use render::Body;

use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::cell::RefCell;

/// A text that is ours or was made.
pub type Text = Cow<'static, str>;

/// Siblings: what a page or a part of one is.
pub type View = Vec<Node>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    Text(String),
    Element(Element),
}

/// Behind a pointer, because pages hand elements on at every step: moving more would be most of their
/// code. For the same reason nothing here is inlined into them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Parts {
    tag: Name,
    attributes: Vec<(Name, Text)>,
    children: Vec<Node>,
    /// Another key is another element, even in the same place: what was opened or typed in it is
    /// not kept.
    key: Option<String>,
}

/// An element without attributes or children.
#[inline(never)]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag: Name(tag),
        attributes: Vec::new(),
        children: Vec::new(),
        key: None,
    }))
}

/// An element with one text or child.
pub fn with(tag: &'static str, child: impl Child) -> Element {
    el(tag).put(child)
}

/// What an element or an attribute is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Name(&'static str);

thread_local! {
    /// Names that came with a page of the other module. There are as many as HTML words in our pages.
    static NAMES: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
        let name = <&str>::deserialize(from)?;
        NAMES.with_borrow_mut(|names| {
            if let Some(known) = names.iter().find(|n| **n == name) {
                return Ok(Name(known));
            }
            let known: &'static str = Box::leak(name.into());
            names.push(known);
            Ok(Name(known))
        })
    }
}

impl Element {
    pub fn attr(self, name: &'static str, value: impl Into<Text>) -> Element {
        self.set(name, value.into())
    }

    #[inline(never)]
    fn set(mut self, name: &'static str, value: Text) -> Element {
        self.0.attributes.push((Name(name), value));
        self
    }

    /// An attribute that is there only if it has a value.
    pub fn attr_opt(self, name: &'static str, value: Option<impl Into<Text>>) -> Element {
        match value {
            Some(value) => self.set(name, value.into()),
            None => self,
        }
    }

    #[inline(never)]
    pub fn class(self, class: &'static str) -> Element {
        self.set("class", Text::Borrowed(class))
    }

    pub fn put(mut self, child: impl Child) -> Element {
        child.add(&mut self.0.children);
        self
    }

    pub fn key(mut self, key: String) -> Element {
        self.0.key = Some(key);
        self
    }
}

/// A link.
#[inline(never)]
pub fn link(to: String) -> Element {
    el("a").set("href", Text::Owned(to))
}

/// What can be put into an element or a view: one thing, several, or perhaps none.
pub trait Child {
    fn add(self, children: &mut View);
}

impl Child for Node {
    #[inline(never)]
    fn add(self, children: &mut View) {
        children.push(self);
    }
}

impl Child for Element {
    #[inline(never)]
    fn add(self, children: &mut View) {
        children.push(Node::Element(self));
    }
}

impl Child for String {
    #[inline(never)]
    fn add(self, children: &mut View) {
        children.push(Node::Text(self));
    }
}

impl Child for &str {
    #[inline(never)]
    fn add(self, children: &mut View) {
        children.push(Node::Text(self.into()));
    }
}

impl<C: Child> Child for Option<C> {
    #[inline(never)]
    fn add(self, children: &mut View) {
        if let Some(child) = self {
            child.add(children);
        }
    }
}

impl<C: Child> Child for Vec<C> {
    #[inline(never)]
    fn add(self, children: &mut View) {
        self.into_iter().for_each(|c| c.add(children));
    }
}

/// Siblings of any kind, in order.
#[macro_export]
macro_rules! nodes {
    ($($child:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut view: $crate::node::View = Vec::new();
        $($crate::node::Child::add($child, &mut view);)*
        view
    }};
}

/// Elements that never have an end tag.
const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// A view as HTML.
pub fn to_html(view: &[Node]) -> String {
    let mut out = String::new();
    view.iter().for_each(|n| write(n, &mut out));
    out
}

fn write(node: &Node, out: &mut String) {
    match node {
        Node::Text(text) => out.push_str(&escaped(text)),
        Node::Element(Element(e)) => {
            out.push('<');
            out.push_str(e.tag.0);
            for (name, value) in &e.attributes {
                out.push_str(&format!(" {}=\"{}\"", name.0, escaped(value)));
            }
            out.push('>');
            if !VOID.contains(&e.tag.0) {
                e.children.iter().for_each(|n| write(n, out));
                out.push_str(&format!("</{}>", e.tag.0));
            }
        }
    }
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{el, to_html, with};

    #[test]
    fn texts_and_attributes_are_never_markup() {
        let nasty = "<b a='1'>&\"";
        let html = to_html(&nodes![with("p", nasty).attr("title", nasty.to_string())]);
        let text = "&lt;b a='1'&gt;&amp;&quot;";
        assert_eq!(html, format!("<p title=\"{text}\">{text}</p>"));
    }

    #[test]
    fn what_is_not_there_leaves_no_trace() {
        let none: Option<&str> = None;
        let view = nodes![el("p").attr_opt("id", none).put(none).put(vec!["a", "b"]), el("br")];
        assert_eq!(to_html(&view), "<p>ab</p><br>");
    }
}
