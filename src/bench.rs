//! The engine alone, timed in a browser: `cargo xtask bench`.

use pos_aid::engine::bench::{enlarged, run};
use rulebase::Base;
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
