//! The rules of POS Aid: the plain types that the app ships, and (feature `read`, host only)
//! the reader and checker of the files they are written in.
//!
//! A [`Base`] holds facts and links, no prose; a [`Words`] holds one language's prose, no logic.
//! Both are read from bytes that `cargo xtask build` wrote, so neither parses text in a browser.

mod bank;
mod base;
mod claims;
mod date;
mod find;
mod guides;
mod lookup;
mod probe;
mod probe_texts;
mod rights;
mod scale;
mod ui;
mod words;

#[cfg(feature = "read")]
pub mod read;

pub use bank::*;
pub use base::*;
pub use claims::*;
pub use date::Date;
pub use find::Find;
pub use guides::*;
pub use lookup::*;
pub use probe::*;
pub use probe_texts::Probe;
pub use rights::*;
pub use scale::*;
pub use ui::Ui;
pub use words::*;

/// Why bytes are no base or no words: they were cut, or another edition wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Unreadable {}
