//! The office as a program of its own: `public/boot.js` fetches it when the app asks for it. What goes in
//! and out is bytes, so that the two programs share no memory.

use pos_aid::office::{Effect, Now, Office, Visit};
use rulebase::Date;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static OFFICE: RefCell<Option<Office>> = const { RefCell::new(None) };
}

fn main() {}

fn with<T: Default>(run: impl FnOnce(&mut Office) -> T) -> T {
    OFFICE.with_borrow_mut(|office| office.as_mut().map(run).unwrap_or_default())
}

/// Opens it, with the rules and the list of files that it may load.
#[wasm_bindgen]
pub fn open(base: &[u8], shelf: &str, address: &str) -> Result<(), JsError> {
    let office = Office::open(base, shelf, address).map_err(|e| JsError::new(e.0))?;
    OFFICE.set(Some(office));
    Ok(())
}

/// Adds a language's words.
#[wasm_bindgen]
pub fn add_words(words: &[u8]) -> Result<(), JsError> {
    with(|o| o.add_words(words).map_err(|e| e.0).err()).map_or(Ok(()), |e| Err(JsError::new(e)))
}

/// Somebody came to a page.
#[wasm_bindgen]
pub fn arrive(fragment: &str) -> Vec<u8> {
    bytes(with(|o| o.arrive(fragment)))
}

/// A page for a [`Visit`]; empty if there is none.
#[wasm_bindgen]
pub fn show(visit: &[u8]) -> Vec<u8> {
    let Ok(visit) = postcard::from_bytes::<Visit>(visit) else { return Vec::new() };
    let sheet = with(|o| o.show(&visit, now()));
    sheet.and_then(|s| postcard::to_allocvec(&s).ok()).unwrap_or_default()
}

/// Takes in a file that a page asked for; none if it did not come.
#[wasm_bindgen]
pub fn give(name: &str, bytes: Option<Vec<u8>>) {
    with(|o| o.give(name, bytes.as_deref()));
}

/// Takes in what a field holds; tells what is to be done, as bytes of a list of [`Effect`].
#[wasm_bindgen]
pub fn told(field: &str, text: &str) -> Vec<u8> {
    bytes(with(|o| o.told(field, text, now())))
}

/// A button was pressed.
#[wasm_bindgen]
pub fn act(id: &str) -> Vec<u8> {
    bytes(with(|o| o.act(id, now())))
}

/// A file was chosen; none if it cannot be one of ours.
#[wasm_bindgen]
pub fn opened(id: &str, file: Option<Vec<u8>>) -> Vec<u8> {
    // Spreadsheets of mainland China write GB18030; browsers read it, and our tables would be large.
    let text = |bytes: Vec<u8>| match std::str::from_utf8(&bytes) {
        Ok(_) => bytes,
        Err(_) => gb18030(&bytes).map_or(bytes, String::into_bytes),
    };
    let file = file.map(text);
    bytes(with(|o| o.opened(id, file.as_deref(), now())))
}

/// Takes in what was kept on this device.
#[wasm_bindgen]
pub fn kept(name: &str, text: &str) {
    with(|o| o.kept(name, text, now()));
}

fn gb18030(bytes: &[u8]) -> Option<String> {
    let options = web_sys::TextDecoderOptions::new();
    options.set_fatal(true);
    let reader = web_sys::TextDecoder::new_with_label_and_options("gb18030", &options).ok()?;
    reader.decode_with_u8_array(bytes).ok()
}

fn bytes(effects: Vec<Effect>) -> Vec<u8> {
    postcard::to_allocvec(&effects).unwrap_or_default()
}

/// The time where the visitor is.
fn now() -> Now {
    let now = js_sys::Date::new_0();
    let today = Date {
        year: now.get_full_year() as u16,
        month: now.get_month() as u8 + 1,
        day: now.get_date() as u8,
    };
    Now {
        today,
        minute: (now.get_hours() * 60 + now.get_minutes()) as u16,
        ms: js_sys::Date::now() as u64,
    }
}
