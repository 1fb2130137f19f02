//! The office without a browser: what is told and pressed there, and what it asks for.

mod claims;
mod reader;
mod shop;
mod visitor;
