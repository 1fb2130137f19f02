//! The office from the app's side: a module that `public/boot.js` loads, with bytes in and out.

use crate::office::{Effect, Sheet, Visit};
use crate::route::Room;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// What `boot.js` hands over at the start.
    #[derive(Clone)]
    pub type Host;

    /// The small window of an app that lives in somebody else's page: see `home.rs`.
    #[wasm_bindgen(method, getter)]
    pub fn window(this: &Host) -> Option<web_sys::Window>;

    /// Loads a room; the promise gives its module.
    #[wasm_bindgen(method)]
    fn office(this: &Host, room: &str) -> Promise;

    /// One of our own files; the promise gives its bytes.
    #[wasm_bindgen(method)]
    fn bytes(this: &Host, name: &str) -> Promise;

    /// Makes a picture small; the promise gives it as a `data:` address.
    #[wasm_bindgen(method)]
    pub fn shrink(this: &Host, picture: &web_sys::File) -> Promise;

    /// Draws the pictures that a page has.
    #[wasm_bindgen(method)]
    pub fn paint(this: &Host);

    /// Gives an order to `probe.js`, which came with the room for it.
    #[wasm_bindgen(method)]
    pub fn probe(this: &Host, order: &str);

    /// The loaded module: see `office_main.rs`.
    #[derive(Clone)]
    pub type Office;

    #[wasm_bindgen(method, catch)]
    fn arrive(this: &Office, fragment: &str) -> Result<Vec<u8>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn show(this: &Office, visit: &[u8]) -> Result<Vec<u8>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn give(this: &Office, name: &str, bytes: Option<Vec<u8>>) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn told(this: &Office, field: &str, text: &str) -> Result<Vec<u8>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn act(this: &Office, id: &str) -> Result<Vec<u8>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn opened(this: &Office, id: &str, bytes: Option<Vec<u8>>) -> Result<Vec<u8>, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn kept(this: &Office, name: &str, text: &str) -> Result<(), JsValue>;
}

/// Loads a room; `None` if it did not come.
pub async fn load(host: &Host, room: Room) -> Option<Office> {
    let room = match room {
        Room::Claims => "claims",
        Room::Shop => "shop",
        Room::Reader => "reader",
    };
    JsFuture::from(host.office(room)).await.ok().map(JsCast::unchecked_into)
}

/// The bytes of a file beside the page; `None` if it did not come in time.
pub async fn bytes(host: &Host, name: &str) -> Option<Vec<u8>> {
    let bytes = JsFuture::from(host.bytes(name)).await.ok()?;
    Some(js_sys::Uint8Array::from(bytes).to_vec())
}

impl Office {
    /// The page for a place; `None` if the office is broken.
    pub fn page(&self, visit: &Visit) -> Option<Sheet> {
        let bytes = self.show(&postcard::to_allocvec(visit).ok()?).ok()?;
        postcard::from_bytes(&bytes).ok()
    }

    /// Tells that somebody came to one of its pages.
    pub fn enter(&self, fragment: &str) -> Vec<Effect> {
        effects(self.arrive(fragment))
    }

    /// Hands over a file that it asked for.
    pub fn hand(&self, name: &str, bytes: Option<Vec<u8>>) {
        let _ = self.give(name, bytes);
    }

    /// Tells what a field holds.
    pub fn tell(&self, field: &str, text: &str) -> Vec<Effect> {
        effects(self.told(field, text))
    }

    /// Tells which button was pressed.
    pub fn press(&self, id: &str) -> Vec<Effect> {
        effects(self.act(id))
    }

    /// Hands over a file that the visitor chose.
    pub fn read(&self, id: &str, bytes: Option<Vec<u8>>) -> Vec<Effect> {
        effects(self.opened(id, bytes))
    }

    /// Hands over what was kept on this device.
    pub fn remind(&self, name: &str, text: &str) {
        let _ = self.kept(name, text);
    }
}

fn effects(bytes: Result<Vec<u8>, JsValue>) -> Vec<Effect> {
    bytes.ok().and_then(|b| postcard::from_bytes(&b).ok()).unwrap_or_default()
}
