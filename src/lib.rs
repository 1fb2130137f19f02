//! POS Aid · 刷卡急救: first aid for a card payment that fails at the till.
pub mod engine;
pub mod route;
