//! The visitor's own day, and waiting.

use gloo::timers::callback::Timeout;
use rulebase::Date;

/// Today where the visitor is.
pub fn today() -> Date {
    let now = js_sys::Date::new_0();
    Date {
        year: now.get_full_year() as u16,
        month: now.get_month() as u8 + 1,
        day: now.get_date() as u8,
    }
}

thread_local! {
    /// One is enough: a new one takes the place of the one before.
    static WAITING: std::cell::RefCell<Option<Timeout>> = const { std::cell::RefCell::new(None) };
}

/// Calls back after some milliseconds, at most a day.
pub fn after(ms: u32, run: impl FnOnce() + 'static) {
    WAITING.set(Some(Timeout::new(ms.min(86_400_000), run)));
}

/// Nobody waits any more.
pub fn stop() {
    WAITING.set(None);
}
