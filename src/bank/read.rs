//! JSON → [`Config`] and everything that is wrong with its shape. What is wrong is left out, and the rest is read.

use super::Problem;
use super::config::Config;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// Nobody writes more mistakes than this; whoever does gets these first.
const MOST: usize = 100;

/// Reads what can be read.
pub fn read(text: &str) -> (Config, Vec<Problem>) {
    let mut value: Value = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(value @ Value::Object(_)) => value,
        Ok(_) => {
            return (
                Config::default(),
                vec![Problem::new("", "a configuration is a JSON object: { … }")],
            );
        }
        Err(e) => {
            let what = format!("this is no JSON: {e}");
            return (Config::default(), vec![Problem::new("", what)]);
        }
    };
    let mut problems: Vec<Problem> = Vec::new();
    for _ in 0..MOST {
        let wrong = match serde_path_to_error::deserialize::<_, Config>(&value) {
            Ok(config) => return (config, problems),
            Err(wrong) => wrong,
        };
        let what = said(&wrong.inner().to_string());
        let at = address(wrong.path());
        if !cut(&mut value, wrong.path()) {
            problems.push(Problem { at, what });
            break;
        }
        // An item of a list is emptied first and only then found to be of another kind: told once.
        if problems.iter().all(|p| p.at != at) {
            problems.push(Problem { at, what });
        }
    }
    (Config::default(), problems)
}

/// serde's words, as this project says it.
fn said(what: &str) -> String {
    let what = what.replace('`', "").replace("invalid type: ", "found ");
    match what.split_once("expected struct ") {
        Some((found, _)) => format!("{found}expected an object"),
        None => what,
    }
}

/// Where it is, as somebody would write it: `hotlines.0.number`.
fn address(path: &Path) -> String {
    let part = |s: &Segment| match s {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } => key.clone(),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => String::new(),
    };
    let parts: Vec<String> = path.iter().map(part).filter(|p| !p.is_empty()).collect();
    parts.join(".")
}

/// Takes what stands there out; an item of a list becomes an empty one, so that the others keep their numbers. False if
/// there is nothing.
fn cut(value: &mut Value, path: &Path) -> bool {
    let mut at = value;
    let all: Vec<&Segment> = path.iter().collect();
    let Some((last, before)) = all.split_last() else { return false };
    for segment in before {
        let next = match segment {
            Segment::Seq { index } => at.get_mut(*index),
            Segment::Map { key } => at.get_mut(key),
            Segment::Enum { .. } | Segment::Unknown => None,
        };
        let Some(next) = next else { return false };
        at = next;
    }
    match last {
        Segment::Map { key } => at.as_object_mut().is_some_and(|o| o.remove(key).is_some()),
        Segment::Seq { index } => {
            let Some(item) = at.get_mut(*index) else { return false };
            // Lists hold objects or texts.
            *item = match item {
                Value::Object(o) if o.is_empty() => Value::String(String::new()),
                Value::String(t) if t.is_empty() => return false,
                _ => Value::Object(serde_json::Map::new()),
            };
            true
        }
        Segment::Enum { .. } | Segment::Unknown => false,
    }
}
