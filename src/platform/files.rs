//! Files that the visitor is given, or opens here. None of them goes anywhere else.

use gloo::events::EventListener;
use gloo::file::Blob;
use gloo::file::callbacks::{FileReader, read_as_bytes};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

/// In bytes. Nothing of ours is larger.
const LARGEST: u64 = 8 << 20;

thread_local! {
    /// Dropping a reader stops it.
    static READING: RefCell<Option<FileReader>> = const { RefCell::new(None) };
    /// The address of the file that was saved last. Some browsers read it only after a while.
    static SAVED: RefCell<Option<gloo::file::ObjectUrl>> = const { RefCell::new(None) };
}

/// Gives the visitor a file to save; false if the browser has no way to.
pub fn save(name: &str, kind: &str, text: &str) -> bool {
    let blob = Blob::new_with_options(text, Some(kind));
    let url = gloo::file::ObjectUrl::from(blob);
    let document = web_sys::window().and_then(|w| w.document());
    let link = document.and_then(|d| d.create_element("a").ok());
    let Some(link) = link.and_then(|l| l.dyn_into::<HtmlElement>().ok()) else { return false };
    let set = link.set_attribute("href", &url).and(link.set_attribute("download", name));
    link.click();
    SAVED.set(Some(url));
    set.is_ok()
}

/// Calls back with the id of a file field of this class and what was chosen in it; none if it is too large
/// or cannot be read. Pictures of terminals are made small first.
pub fn on_open(
    root: &HtmlElement,
    class: &'static str,
    shrink: impl Fn(&web_sys::File) -> js_sys::Promise + 'static,
    run: impl Fn(&str, Option<Vec<u8>>) + Clone + 'static,
) -> EventListener {
    EventListener::new(root, "change", move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = target.filter(|t| t.class_list().contains(class)) else { return };
        let Some(file) = field.files().and_then(|f| f.get(0)) else { return };
        let (id, then) = (field.id(), run.clone());
        // The same file again is a choice too.
        field.set_value("");
        if id.starts_with("photo-") {
            let small = shrink(&file);
            wasm_bindgen_futures::spawn_local(async move {
                let small = wasm_bindgen_futures::JsFuture::from(small).await.ok();
                then(&id, small.and_then(|s| s.as_string()).map(String::into_bytes));
            });
            return;
        }
        let file = gloo::file::File::from(file);
        if file.size() > LARGEST {
            return then(&id, None);
        }
        READING.set(Some(read_as_bytes(&file, move |read| then(&id, read.ok()))));
    })
}
