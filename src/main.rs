//! The program that runs in a browser. `public/boot.js` fetches the files and calls [`start`].

use pos_aid::platform::app;
use wasm_bindgen::prelude::*;

fn main() {}

/// Puts the app into the page, with the rules and one language's words.
#[wasm_bindgen]
pub fn start(base: &[u8], words: &[u8]) -> Result<(), JsError> {
    app::start(base, words).map_err(|e| JsError::new(e.0))
}

/// Adds another language's words.
#[wasm_bindgen]
pub fn add_words(words: &[u8]) -> Result<(), JsError> {
    app::add_words(words).map_err(|e| JsError::new(e.0))
}
