//! `cargo xtask bench`: how long the next advice takes, natively and in a browser's WASM, on our rules and
//! on rules made 10 and 100 times as large.

use crate::{Outcome, build, root, setup};
use std::process::Command;

/// The p95 of the advice in WASM must stay below this, in milliseconds.
const BUDGET: f64 = 5.0;

pub fn bench() -> Outcome {
    println!("native");
    let mut native = Command::new("cargo");
    native.current_dir(root()).args(["bench", "--quiet", "--bench", "engine"]);
    if !native.status().map_err(|e| format!("cargo: {e}"))?.success() {
        return Err("the native bench failed".into());
    }
    in_browser()
}

fn in_browser() -> Outcome {
    let folder = build::bench()?;
    let ready = setup::engines().into_iter().find(|(e, _)| e.name == "chromium");
    if let Some((_, Err(why))) = ready {
        println!("skipped: in a browser: {why}");
        return Ok(());
    }
    let mut command = Command::new("cargo");
    command.current_dir(root()).args([
        "run",
        "--quiet",
        "--package",
        "browser-tests",
        "--bin",
        "bench",
    ]);
    command
        .env("POS_AID_ENGINE", "chromium")
        .env("POS_AID_ROOT", root())
        .env("POS_AID_BENCH", &folder);
    let out = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|e| format!("cargo: {e}"))?;
    let said = String::from_utf8_lossy(&out.stdout);
    print!("{said}");
    if !out.status.success() {
        return Err("the bench did not run in the browser".into());
    }
    let p95 = said.lines().find_map(|l| l.strip_prefix("p95_ms=")?.trim().parse::<f64>().ok());
    match p95 {
        Some(p95) if p95 <= BUDGET => Ok(()),
        Some(p95) => Err(format!("p95 in WASM is {p95:.2} ms, over {BUDGET} ms")),
        None => Err("the browser told no figure".into()),
    }
}
