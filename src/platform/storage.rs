//! What is kept on the device: language and role, nothing of a case. A browser that refuses
//! storage changes nothing but this.

use gloo::storage::{LocalStorage, Storage};
use rulebase::{Role, Word};

/// `public/boot.js` reads this one too, so it is kept as plain text.
const LANG: &str = "pos-aid-lang";
const ROLE: &str = "pos-aid-role";

pub fn role() -> Option<Role> {
    Role::parse(&raw()?.get_item(ROLE).ok()??)
}

pub fn keep(lang: rulebase::Lang, role: Role) {
    if let Some(storage) = raw() {
        let _ = storage.set_item(LANG, lang.spelled());
        let _ = storage.set_item(ROLE, role.spelled());
    }
}

fn raw() -> Option<web_sys::Storage> {
    // Asking is what a browser refuses, so ask in the way that can fail.
    web_sys::window()?.local_storage().ok()??;
    Some(LocalStorage::raw())
}
