//! The published JSON Schema (2020-12), made from the types that read a configuration. Host only.

use super::config::Config;
use rulebase::{Actor, CodeResult, MoneyMoved, Retry, Role, Word};
use schemars::{Schema, SchemaGenerator, json_schema};

/// The schema as text, ending in a line break.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Config);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn of<W: Word>() -> Schema {
    let names: Vec<&str> = W::ALL.iter().map(|w| w.1).collect();
    json_schema!({ "type": "string", "enum": names })
}

fn list_of<W: Word>() -> Schema {
    json_schema!({ "type": "array", "items": of::<W>() })
}

pub(super) fn roles(_: &mut SchemaGenerator) -> Schema {
    list_of::<Role>()
}

pub(super) fn actors(_: &mut SchemaGenerator) -> Schema {
    list_of::<Actor>()
}

pub(super) fn money(_: &mut SchemaGenerator) -> Schema {
    of::<MoneyMoved>()
}

pub(super) fn result(_: &mut SchemaGenerator) -> Schema {
    of::<CodeResult>()
}

pub(super) fn retry(_: &mut SchemaGenerator) -> Schema {
    of::<Retry>()
}
