//! A bank's configuration as a program of its own: `public/boot.js` fetches it where a page hands one over, and lets
//! everything that the app loads pass through it.

use pos_aid::bank::{self, Prepared, Problem};
use rulebase::{Base, Lookup, LookupWords, Words};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[derive(Default)]
struct State {
    base: Option<Base>,
    prepared: Prepared,
    /// Found since they were last asked for.
    problems: Vec<Problem>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn main() {}

/// Reads a configuration that the page of `host` handed over, for these rules. Gives back as JSON whether there is
/// something to apply, the custom properties of the style sheet, and what is wrong, field by field.
#[wasm_bindgen]
pub fn open(config: &str, base: &[u8], host: &str) -> Result<String, JsError> {
    let base = Base::from_bytes(base).map_err(|e| JsError::new(e.0))?;
    let (prepared, problems) = bank::prepare(config, host, &base);
    let tokens = prepared.tokens.iter().map(|(k, v)| (k.clone(), v.clone().into()));
    let tokens: serde_json::Map<String, serde_json::Value> = tokens.collect();
    let told = serde_json::json!({
        "applied": !prepared.is_empty, "tokens": tokens, "problems": as_json(&problems),
    });
    STATE.set(State { base: Some(base), prepared, problems: Vec::new() });
    Ok(told.to_string())
}

/// The rules with the bank's part.
#[wasm_bindgen]
pub fn base() -> Vec<u8> {
    STATE.with_borrow(|state| {
        let mut base = state.base.clone();
        base.iter_mut().for_each(|b| state.prepared.base(b));
        base.map(|b| b.to_bytes()).unwrap_or_default()
    })
}

/// A language's words with the bank's.
#[wasm_bindgen]
pub fn words(bytes: &[u8]) -> Result<Vec<u8>, JsError> {
    with(|base, prepared, _| {
        let mut words = Words::from_bytes(bytes, base)?;
        prepared.words(&mut words);
        Ok(words.to_bytes())
    })
}

/// The look-up with the bank's messages and codes; what contradicts ours is told by [`problems`].
#[wasm_bindgen]
pub fn look_up(bytes: &[u8]) -> Result<Vec<u8>, JsError> {
    with(|base, prepared, problems| {
        let mut lookup = Lookup::from_bytes(bytes, base)?;
        problems.extend(prepared.look_up(&mut lookup));
        Ok(lookup.to_bytes())
    })
}

/// A language's words for the look-up with the bank's. After [`look_up`].
#[wasm_bindgen]
pub fn look_up_words(bytes: &[u8]) -> Result<Vec<u8>, JsError> {
    with(|base, prepared, _| {
        let mut words = LookupWords::from_bytes(bytes, base)?;
        prepared.look_up_words(&mut words);
        Ok(words.to_bytes())
    })
}

/// What was found since this was last asked, as JSON.
#[wasm_bindgen]
pub fn problems() -> String {
    STATE.with_borrow_mut(|state| as_json(&std::mem::take(&mut state.problems)).to_string())
}

fn with(
    run: impl FnOnce(&Base, &mut Prepared, &mut Vec<Problem>) -> Result<Vec<u8>, rulebase::Unreadable>,
) -> Result<Vec<u8>, JsError> {
    STATE.with_borrow_mut(|state| {
        let State { base: Some(base), prepared, problems } = state else {
            return Err(JsError::new("no configuration was read"));
        };
        run(base, prepared, problems).map_err(|e| JsError::new(e.0))
    })
}

fn as_json(problems: &[Problem]) -> serde_json::Value {
    problems.iter().map(|p| serde_json::json!({ "at": p.at, "what": p.what })).collect()
}
