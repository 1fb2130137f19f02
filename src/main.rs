//! The program that runs in a browser. `public/boot.js` fetches the files and calls [`start`].

use pos_aid::platform::app;
use pos_aid::platform::office::Host;
use wasm_bindgen::prelude::*;

fn main() {}

/// Puts the app into the page, with the rules and one language's words; `host` is what loads the office. An app that
/// runs already gives way.
#[wasm_bindgen]
pub fn start(base: &[u8], words: &[u8], host: Host) -> Result<(), JsError> {
    app::start(base, words, host).map_err(|e| JsError::new(e.0))
}

/// Takes the app out of the page. It can be started again.
#[wasm_bindgen]
pub fn stop() {
    app::stop();
}

/// Adds another language's words.
#[wasm_bindgen]
pub fn add_words(words: &[u8]) -> Result<(), JsError> {
    app::add_words(words).map_err(|e| JsError::new(e.0))
}

/// Adds the look-up with one language's words for it.
#[wasm_bindgen]
pub fn add_look_up(look_up: &[u8], words: &[u8]) -> Result<(), JsError> {
    app::add_look_up(look_up, words).map_err(|e| JsError::new(e.0))
}

/// Adds another language's words for the look-up.
#[wasm_bindgen]
pub fn add_look_up_words(words: &[u8]) -> Result<(), JsError> {
    app::add_look_up_words(words).map_err(|e| JsError::new(e.0))
}

/// Takes in what `public/probe.js` told.
#[wasm_bindgen]
pub fn heard(text: &str) {
    app::heard(text);
}

/// Tells that the other language's words will not come.
#[wasm_bindgen]
pub fn miss_words() {
    app::miss_words();
}

/// Tells that the look-up will not come.
#[wasm_bindgen]
pub fn miss_look_up() {
    app::miss_look_up();
}
