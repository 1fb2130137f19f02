//! Shows a view in a browser, as a view of Leptos: built once, then changed only where it differs, so
//! that focus, scroll and what was typed stay.

use super::{Element, Name, Node, Parts, Text, View};
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::{Rndr, types};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// The whole of what the app shows.
pub struct Body(pub View);

/// A node that is on the screen.
pub struct Live {
    node: types::Node,
    is: Is,
}

enum Is {
    Text(types::Text, String),
    Element {
        dom: types::Element,
        tag: Name,
        key: Option<String>,
        attributes: Vec<(Name, Text)>,
        children: Vec<Live>,
    },
}

/// All of it, and where it is.
pub struct BodyState {
    top: Vec<Live>,
    parent: Option<types::Element>,
}

const SVG: &str = "http://www.w3.org/2000/svg";

fn build(node: Node) -> Live {
    match node {
        Node::Text(text) => {
            let dom = Rndr::create_text_node(&text);
            Live { node: dom.clone().into(), is: Is::Text(dom, text) }
        }
        Node::Element(Element(parts)) => {
            let Parts { tag, attributes, children, key } = *parts;
            let svg = matches!(tag.0, "svg" | "path" | "rect" | "text");
            let dom = Rndr::create_element(tag.0, svg.then_some(SVG));
            for (name, value) in &attributes {
                Rndr::set_attribute(&dom, name.0, value);
            }
            let children: Vec<Live> = children.into_iter().map(build).collect();
            for child in &children {
                Rndr::insert_node(&dom, &child.node, None);
            }
            let is = Is::Element { dom: dom.clone(), tag, key, attributes, children };
            Live { node: dom.into(), is }
        }
    }
}

/// What a field holds parts from its attribute as soon as somebody uses it, so it is set beside it; but
/// a text not under the hands of whoever is just typing it.
fn hold(dom: &types::Element, name: &str, value: Option<&str>) {
    if !matches!(name, "value" | "checked" | "selected") {
        return;
    }
    let typed = || dom.closest("input:focus").ok().flatten().is_some();
    if name != "value" || !typed() {
        let value = match name {
            "value" => value.unwrap_or_default().into(),
            _ => value.is_some().into(),
        };
        let now = js_sys::Reflect::get(dom, &name.into());
        if now.as_ref() != Ok(&value) {
            let _ = js_sys::Reflect::set(dom, &name.into(), &value);
        }
    }
}

/// Makes what is on the screen the new one; false if it is another thing altogether.
fn change(live: &mut Live, new: Node) -> Result<(), Node> {
    match (&mut live.is, new) {
        (Is::Text(dom, old), Node::Text(new)) => {
            if *old != new {
                Rndr::set_text(dom, &new);
                *old = new;
            }
            Ok(())
        }
        (Is::Element { dom, tag, key, attributes, children }, Node::Element(Element(new)))
            if *tag == new.tag && *key == new.key =>
        {
            for (name, _) in attributes.iter() {
                if new.attributes.iter().all(|a| a.0 != *name) {
                    Rndr::remove_attribute(dom, name.0);
                    hold(dom, name.0, None);
                }
            }
            for attribute in &new.attributes {
                if !attributes.contains(attribute) {
                    Rndr::set_attribute(dom, attribute.0.0, &attribute.1);
                }
                hold(dom, attribute.0.0, Some(&attribute.1));
            }
            *attributes = new.attributes;
            change_all(dom, children, new.children);
            Ok(())
        }
        (_, new) => Err(new),
    }
}

fn change_all(parent: &types::Element, old: &mut Vec<Live>, new: View) {
    for extra in old.drain(new.len().min(old.len())..) {
        Rndr::remove(&extra.node);
    }
    for (i, node) in new.into_iter().enumerate() {
        match old.get_mut(i) {
            Some(live) => {
                if let Err(node) = change(live, node) {
                    let other = build(node);
                    Rndr::insert_node(parent, &other.node, Some(&live.node));
                    Rndr::remove(&live.node);
                    *live = other;
                }
            }
            None => {
                let live = build(node);
                Rndr::insert_node(parent, &live.node, None);
                old.push(live);
            }
        }
    }
}

impl Render for Body {
    type State = BodyState;

    fn build(self) -> BodyState {
        BodyState { top: self.0.into_iter().map(build).collect(), parent: None }
    }

    fn rebuild(self, state: &mut BodyState) {
        if let Some(parent) = &state.parent {
            change_all(parent, &mut state.top, self.0);
        }
    }
}

impl Mountable for BodyState {
    fn unmount(&mut self) {
        self.top.iter().for_each(|l| Rndr::remove(&l.node));
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.top.iter().for_each(|l| Rndr::insert_node(parent, &l.node, marker));
        self.parent = Some(parent.clone());
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let (Some(parent), Some(first)) = (&self.parent, self.top.first()) else { return false };
        child.mount(parent, Some(&first.node));
        true
    }

    fn elements(&self) -> Vec<types::Element> {
        let elements = self.top.iter().filter_map(|l| match &l.is {
            Is::Element { dom, .. } => Some(dom.clone()),
            Is::Text(..) => None,
        });
        elements.collect()
    }
}

no_attrs!(Body);

/// What Leptos asks of every view. The host writes pages with [`super::to_html`] instead, and nothing
/// here hydrates: the app takes over by drawing its page.
impl RenderHtml for Body {
    type AsyncOutput = Body;
    type Owned = Body;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Body {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        buf.push_str(&super::to_html(&self.0));
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> BodyState {
        self.build()
    }

    fn into_owned(self) -> Body {
        self
    }
}
