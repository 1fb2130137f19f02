//! The address bar: the fragment is the place in the app, and “back” is the browser's own.

use gloo::events::EventListener;

pub fn fragment() -> String {
    let location = web_sys::window().map(|w| w.location());
    location.and_then(|l| l.hash().ok()).unwrap_or_default()
}

/// Calls back when the fragment changes, until the listener is dropped.
pub fn on_change(mut run: impl FnMut() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| run()))
}

/// How many pages of this app lie behind this one, kept with the browser's own history so that
/// its buttons count too.
#[derive(Default)]
pub struct Depth(std::cell::Cell<u32>);

impl Depth {
    /// To be called on every page: a page that has no depth yet is a new one.
    pub fn arrive(&self, first: bool) {
        let Some(history) = history() else { return };
        match history.state().ok().and_then(|s| s.as_f64()) {
            Some(depth) => self.0.set(depth as u32),
            None => {
                self.0.set(if first { 0 } else { self.0.get() + 1 });
                let _ = history.replace_state(&self.0.get().into(), "");
            }
        }
    }

    /// Another place without a load: a new step of the history, or the same one renamed. The browser
    /// tells nobody of it.
    pub fn show(&self, fragment: &str, new: bool) {
        let Some(history) = history() else { return };
        // A browser may refuse after too many in a row; then the address lags behind the page.
        if new {
            let next = self.0.get() + 1;
            if history.push_state_with_url(&next.into(), "", Some(fragment)).is_ok() {
                self.0.set(next);
            }
        } else {
            let _ = history.replace_state_with_url(&self.0.get().into(), "", Some(fragment));
        }
    }

    /// Goes back within the app; false if this is where the visitor came in.
    pub fn back(&self) -> bool {
        let within = self.0.get() > 0;
        if let Some(history) = history().filter(|_| within) {
            let _ = history.back();
        }
        within
    }
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}
