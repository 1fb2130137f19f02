//! The address bar: the fragment is the place in the app, and “back” is the browser's own.

use super::home;
use gloo::events::EventListener;

pub fn fragment() -> String {
    let location = home::window().map(|w| w.location());
    location.and_then(|l| l.hash().ok()).unwrap_or_default()
}

/// Calls back when the fragment changes, until the listener is dropped.
pub fn on_change(mut run: impl FnMut() + 'static) -> Option<EventListener> {
    let window = home::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| run()))
}

/// How many pages of this app lie behind this one, kept with the browser's own history so that
/// its buttons count too.
#[derive(Default)]
pub struct Depth(std::cell::Cell<u32>, std::cell::RefCell<Vec<f64>>);

impl Depth {
    /// Remembers how far this page was scrolled; to be called before somebody leaves it by a link.
    pub fn leave(&self) {
        let top = home::window().and_then(|w| w.scroll_y().ok()).unwrap_or_default();
        let mut tops = self.1.borrow_mut();
        let at = self.0.get() as usize;
        // Nobody goes back further.
        if at < 1000 {
            let length = tops.len().max(at + 1);
            tops.resize(length, 0.0);
            tops[at] = top;
        }
    }

    /// To be called on every page: a page that has no depth yet is a new one. For one that somebody came
    /// back to, how far it was scrolled.
    pub fn arrive(&self, first: bool) -> Option<f64> {
        let history = history()?;
        let before = self.0.get();
        match history.state().ok().and_then(|s| s.as_f64()) {
            Some(depth) => self.0.set(depth as u32),
            None => {
                self.0.set(if first { 0 } else { self.0.get() + 1 });
                let _ = history.replace_state(&self.0.get().into(), "");
            }
        }
        let back = !first && self.0.get() < before;
        self.1.borrow().get(self.0.get() as usize).copied().filter(|_| back)
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
    home::window()?.history().ok()
}
