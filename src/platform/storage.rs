//! What is kept on the device: language and role, and only if the visitor wants it what was told in the
//! office, until it is to be forgotten. A browser that refuses storage changes nothing but this.

use super::home;
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
    home::window()?.local_storage().ok()?
}

/// Before the name of what the visitor wants kept. Its first line is the time after which it is to go, in
/// milliseconds since 1970, or nothing.
const KEPT: &str = "pos-aid-kept-";

/// Keeps a text under a name; false if the browser refuses.
pub fn keep_text(name: &str, until: Option<u64>, text: &str) -> bool {
    let until = until.map_or(String::new(), |u| u.to_string());
    let kept = raw().map(|s| s.set_item(&format!("{KEPT}{name}"), &format!("{until}\n{text}")));
    matches!(kept, Some(Ok(())))
}

/// What is kept under a name.
pub fn text(name: &str) -> Option<String> {
    let kept = raw()?.get_item(&format!("{KEPT}{name}")).ok()??;
    Some(kept.split_once('\n')?.1.to_string())
}

pub fn forget(name: &str) {
    if let Some(storage) = raw() {
        let _ = storage.remove_item(&format!("{KEPT}{name}"));
    }
}

/// Whatever is kept, with its names.
pub fn kept() -> Vec<(String, String)> {
    let Some(storage) = raw() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|i| storage.key(i).ok()?);
    let keys: Vec<String> = keys.filter(|k| k.starts_with(KEPT)).collect();
    let text = |key: &String| {
        let kept = storage.get_item(key).ok()??;
        Some((key[KEPT.len()..].to_string(), kept.split_once('\n')?.1.to_string()))
    };
    keys.iter().filter_map(text).collect()
}

/// Forgets whatever was to be kept only until now, also where nobody comes back to the page that kept it.
pub fn sweep() {
    let Some(storage) = raw() else { return };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|i| storage.key(i).ok()?);
    let keys: Vec<String> = keys.filter(|k| k.starts_with(KEPT)).collect();
    let now = js_sys::Date::now() as u64;
    for key in keys {
        let kept = storage.get_item(&key).ok().flatten().unwrap_or_default();
        let until = kept.lines().next().and_then(|l| l.parse::<u64>().ok());
        if until.is_some_and(|u| u <= now) {
            let _ = storage.remove_item(&key);
        }
    }
}
