//! Pieces that pages share, a file each.

pub mod answers;
pub mod aside;
pub mod bank;
pub mod banner;
pub mod bar;
pub mod claim_names;
pub mod fields;
pub mod fold;
pub mod header;
pub mod icon;
pub mod message_text;
pub mod money;
pub mod say;
pub mod shop;
pub mod sources;
pub mod steps;
pub mod who;
pub mod why;
