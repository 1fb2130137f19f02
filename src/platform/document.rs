//! What a page changes outside itself: title, language, focus and scroll; and the two links that
//! the browser does better than an address.

use super::home;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

pub fn element(id: &str) -> Option<HtmlElement> {
    home::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Tells the window what is shown.
pub fn describe(lang: &str, title: &str) {
    let Some(document) = home::window().and_then(|w| w.document()) else { return };
    document.set_title(title);
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("lang", lang);
    }
}

/// A new page begins at its top, for eyes and for screen readers; one that somebody came back to, where
/// it was left.
pub fn begin(top: f64) {
    focus_main();
    // After the focus, which scrolls what is above it out of sight.
    if let Some(window) = home::window() {
        window.scroll_to_with_x_and_y(0.0, top);
    }
}

pub fn focus_main() {
    if let Some(main) = element("main") {
        let _ = main.focus();
    }
}

/// Whether something on the page has the focus.
pub fn is_held() -> bool {
    let document = home::window().and_then(|w| w.document());
    document.and_then(|d| d.active_element()).is_some_and(|a| a.tag_name() != "BODY")
}

/// Where the button that had the focus is gone, it goes to what the page holds out for it, else to the
/// page; nothing scrolls out of sight.
pub fn catch_focus() {
    let Some(document) = home::window().and_then(|w| w.document()) else { return };
    let lost = !is_held();
    let held = document.query_selector("#app [data-focus]").ok().flatten();
    let to = held.and_then(|h| h.dyn_into::<HtmlElement>().ok()).or_else(|| element("main"));
    if let Some(to) = to.filter(|_| lost) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = to.focus_with_options(&options);
    }
}

/// What was just added is what somebody wants to fill in.
pub fn focus_added() {
    let document = home::window().and_then(|w| w.document());
    let all = document.and_then(|d| d.query_selector_all("#app .added").ok());
    let last = all.and_then(|a| a.item(a.length().checked_sub(1)?));
    let field = last.and_then(|l| l.dyn_into::<Element>().ok()?.query_selector("input").ok()?);
    if let Some(field) = field.and_then(|f| f.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// Puts a short text into an element that is read aloud when it changes.
pub fn say(id: &str, text: &str) {
    if let Some(element) = element(id) {
        element.set_text_content(Some(text));
    }
}

/// A button that did its work for good.
pub fn disable(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.set_attribute("disabled", "");
    }
}

/// Selects all of an element's text.
pub fn select(id: &str) {
    let selection = web_sys::window().and_then(|w| w.get_selection().ok().flatten());
    if let (Some(selection), Some(element)) = (selection, element(id)) {
        let _ = selection.select_all_children(&element);
    }
}

/// Calls back on a click on the link with this id, in its stead. The callback says whether it
/// took the click.
pub fn on_click(
    root: &HtmlElement,
    id: &'static str,
    run: impl Fn() -> bool + 'static,
) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(root, "click", options, move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let hit = target.and_then(|t| t.closest(&format!("#{id}")).ok().flatten());
        if hit.is_some() && run() {
            event.prevent_default();
        }
    })
}
