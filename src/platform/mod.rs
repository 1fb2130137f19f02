//! Where the app meets a browser: a file for each of its APIs that we use.

pub mod app;
mod clock;
mod document;
mod input;
mod location;
mod speech;
mod storage;
