//! What a card reader says of itself and what a browser tells of it: descriptors, observations, guided tests.
//!
//! Pure: bytes, texts and times go in, plain values come out; what a page wants looked at goes out as an order. Nothing here asks a device for anything, and
//! nothing says that a device is genuine, healthy or broken.

pub mod cable;
pub mod ccid;
pub mod conclude;
pub mod descriptor;
pub mod fields;
pub mod ids;
pub mod known;
pub mod observe;
pub mod session;
#[cfg(test)]
mod shake;
pub mod text;
pub mod wire;
