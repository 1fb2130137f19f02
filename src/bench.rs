//! The engine and the look-up alone, timed in a browser: `cargo xtask bench`.

use pos_aid::engine::bench::{enlarged, run};
use pos_aid::lookup::bench::{build, type_all};
use rulebase::{Base, Lookup, LookupWords, Words};
use wasm_bindgen::prelude::*;

fn main() {}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now() -> f64;
}

/// What was measured, a line each; the last one is `p95_ms=…` on the rules as they are.
#[wasm_bindgen]
pub fn measure(base: &[u8]) -> Result<String, JsError> {
    let base = Base::from_bytes(base).map_err(|e| JsError::new(e.0))?;
    let mut clock = now;
    let times = run(&base, &mut clock, 400);
    let large = run(&enlarged(&base, 10, 1), &mut clock, 40);
    Ok(format!("as it is: {times}\n10×: {large}\np95_ms={:.3}", times.p95))
}

/// The same for the look-up: the last lines are `index_ms=…` (median) and `search_p95_ms=…`, for the
/// words of the language that is told first and both languages in the index.
#[wasm_bindgen]
pub fn measure_search(
    base: &[u8],
    words: &[u8],
    other_words: &[u8],
    look_up: &[u8],
    look_up_words: &[u8],
    other_look_up_words: &[u8],
    queries: &str,
) -> Result<String, JsError> {
    let unreadable = |e: rulebase::Unreadable| JsError::new(e.0);
    let base = Base::from_bytes(base).map_err(unreadable)?;
    let read = |bytes: &[u8]| Words::from_bytes(bytes, &base).map_err(unreadable);
    let read_look_up = |bytes: &[u8]| LookupWords::from_bytes(bytes, &base).map_err(unreadable);
    let words = [read(words)?, read(other_words)?];
    let look_up = Lookup::from_bytes(look_up, &base).map_err(unreadable)?;
    let look_up_words = [read_look_up(look_up_words)?, read_look_up(other_look_up_words)?];
    let mut clock = now;
    let all: Vec<&Words> = words.iter().collect();
    let (library, index) = build(&base, &all, &look_up, &look_up_words, &mut clock);
    let queries: Vec<&str> = queries.lines().collect();
    let typed = type_all(&base, &words[0], &library, &queries, &mut clock);
    Ok(format!(
        "index: {index}\na letter typed: {typed}\nindex_ms={:.3}\nsearch_p95_ms={:.3}",
        index.median, typed.p95
    ))
}
