//! Where the app meets a browser: a file for each of its APIs that we use.

pub mod app;
mod clipboard;
mod clock;
mod document;
mod files;
mod home;
mod input;
mod location;
pub mod office;
mod speech;
mod storage;
