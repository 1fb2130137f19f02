//! The search box: what is typed, pasted or composed in it.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent};

/// Calls back with what the box with this id holds, on every change. What the callback gives back
/// takes its place.
pub fn on_input(
    root: &HtmlElement,
    id: &'static str,
    run: impl Fn(&str) -> Option<String> + Clone + 'static,
) -> [EventListener; 2] {
    let heard = move |event: &Event| {
        let Some(input) = of(event, id) else { return };
        let text = input.value();
        let instead = run(&text);
        // While an input method composes, the box is its own.
        if let Some(instead) = instead.filter(|_| !composing(event)) {
            input.set_value(&instead);
        }
    };
    let ended = heard.clone();
    [EventListener::new(root, "input", heard), EventListener::new(root, "compositionend", ended)]
}

/// Calls back with the id and the content of a field of this class, on every change.
pub fn on_field(
    root: &HtmlElement,
    class: &'static str,
    run: impl Fn(&str, &str) -> Option<String> + 'static,
) -> EventListener {
    EventListener::new(root, "input", move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|t| t.class_list().contains(class)) else { return };
        let tick = target.dyn_ref::<HtmlInputElement>().filter(|i| i.type_() == "checkbox");
        if let Some(tick) = tick {
            run(&target.id(), if tick.checked() { "on" } else { "" });
            return;
        }
        // Inputs, areas and selections all have one.
        let name = "value".into();
        let value = js_sys::Reflect::get(&target, &name).ok().and_then(|v| v.as_string());
        let instead = run(&target.id(), &value.unwrap_or_default());
        if let Some(instead) = instead.filter(|_| !composing(event)) {
            let _ = js_sys::Reflect::set(&target, &name, &instead.into());
        }
    })
}

/// Calls back with the id of a date field of this class that somebody leaves with a day in it that there is
/// not, such as 30 February: the browser gives no value for it.
pub fn on_no_day(
    root: &HtmlElement,
    class: &'static str,
    run: impl Fn(&str) + 'static,
) -> EventListener {
    EventListener::new(root, "focusout", move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        let field = target.filter(|t| t.type_() == "date" && t.class_list().contains(class));
        if let Some(field) = field.filter(|f| f.validity().bad_input()) {
            run(&field.id());
        }
    })
}

/// Calls back with the id of a button of this class, when it is pressed.
pub fn on_press(
    root: &HtmlElement,
    class: &'static str,
    run: impl Fn(&str) + 'static,
) -> EventListener {
    EventListener::new(root, "click", move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let button = target.and_then(|t| t.closest(&format!(".{class}")).ok().flatten());
        if let Some(button) = button {
            run(&button.id());
        }
    })
}

/// “Enter” in the box goes on to the first thing that was found.
pub fn on_enter(root: &HtmlElement, id: &'static str, to: &'static str) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    let within = root.clone();
    EventListener::new_with_options(root, "keydown", options, move |event| {
        let enter = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|k| k.key() == "Enter" && !k.is_composing());
        if !enter || of(event, id).is_none() {
            return;
        }
        event.prevent_default();
        let first = within.query_selector(to).ok().flatten();
        if let Some(first) = first.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
    })
}

/// Lets the box show a text that came another way.
pub fn show(root: &HtmlElement, id: &str, text: &str) {
    let input = root.query_selector(&format!("#{id}")).ok().flatten();
    let input = input.and_then(|e| e.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input.filter(|i| i.value() != text) {
        input.set_value(text);
    }
}

fn composing(event: &Event) -> bool {
    event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing)
}

fn of(event: &Event, id: &str) -> Option<HtmlInputElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    (target.id() == id).then(|| target.dyn_into().ok()).flatten()
}
