//! POS Aid · 刷卡急救: first aid for a card payment that fails at the till.
//!
//! `engine`, `lookup`, `rights`, `office`, `guard` and `route` are pure; `pages` and `parts` turn them into HTML, in a browser or on the
//! host; only files under `platform` touch a browser.

#[cfg(any(feature = "bank", not(target_arch = "wasm32")))]
pub mod bank;
pub mod engine;
pub mod guard;
pub mod lookup;
pub mod node;
pub mod office;
pub mod pages;
mod parts;
#[cfg(feature = "csr")]
pub mod platform;
pub mod probe;
pub mod rights;
pub mod route;
pub mod shop;
