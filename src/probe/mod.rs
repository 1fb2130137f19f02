//! What a card reader says of itself, read from the bytes of its USB descriptors.
//!
//! Pure: bytes and texts go in, plain values come out. Nothing here asks a device for anything, and
//! nothing says that a device is genuine, healthy or broken.

pub mod ccid;
pub mod conclude;
pub mod descriptor;
pub mod fields;
pub mod ids;
#[cfg(test)]
mod shake;
pub mod text;
