//! Copying a letter, and printing it.

use super::{document, home};
use wasm_bindgen_futures::JsFuture;

/// Copies the text of an element; then calls back with whether that worked.
pub fn copy(id: &str, then: impl FnOnce(bool) + 'static) {
    let text = document::element(id).map(|e| e.inner_text()).unwrap_or_default();
    let clipboard = web_sys::window().map(|w| w.navigator().clipboard());
    // Without a secure address there is none, whatever the type says.
    let Some(clipboard) = clipboard.filter(|c| !c.is_undefined()) else { return then(false) };
    wasm_bindgen_futures::spawn_local(async move {
        then(JsFuture::from(clipboard.write_text(&text)).await.is_ok());
    });
}

pub fn print() {
    if let Some(window) = home::window() {
        let _ = window.print();
    }
}
