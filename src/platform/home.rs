//! Where the app lives: a page of its own, or an element in somebody else's page. That element gives it a small
//! window in the window's stead (`public/inline.js`), with a document, an address, a history and a scroll of its own,
//! so that the other files here need not know, and nothing of the page around is touched.

use super::office::Host;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::Window;

#[wasm_bindgen]
extern "C" {
    /// What only that small window has.
    type Guest;

    /// Whether the page around moves the app just now: then nobody's focus follows. A real window knows no such thing.
    #[wasm_bindgen(method, getter)]
    fn led(this: &Guest) -> bool;
}

thread_local! {
    static LENT: RefCell<Option<Window>> = const { RefCell::new(None) };
}

/// Takes the window that the host lends, if it does.
pub fn settle(host: &Host) {
    LENT.set(host.window());
}

/// The window, as far as this app is concerned.
pub fn window() -> Option<Window> {
    LENT.with_borrow(Clone::clone).or_else(web_sys::window)
}

/// Whether the app lives in somebody else's page.
pub fn is_guest() -> bool {
    LENT.with_borrow(Option::is_some)
}

/// Whether the page around, and not the visitor, moves the app just now.
pub fn is_led() -> bool {
    LENT.with_borrow(|lent| lent.as_ref().is_some_and(|w| w.unchecked_ref::<Guest>().led()))
}
