//! `cargo xtask bench`: how long the next advice takes, natively and in a browser's WASM, on our rules and
//! on rules made 10 and 100 times as large; and how long the look-up takes for each letter typed.

use crate::{Outcome, build, root, setup};
use std::process::Command;

/// The p95 of the advice in WASM must stay below this, in milliseconds.
const ADVICE: f64 = 5.0;
/// The same for a letter typed in the search box, on a processor slowed down four times.
const SEARCH: f64 = 5.0;
/// The median for building the index, on the same processor.
const INDEX: f64 = 20.0;

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
    let weight = |name: &str| build::weight(&folder.join(name));
    let language = weight("look-up-en.bin")?.max(weight("look-up-zh-CN.bin")?);
    let kb = (weight("look-up.bin")? + language) as f64 / 1024.0;
    println!("the look-up's data in one language, Brotli: {kb:.1} KB");
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
    let figure = |name: &str| {
        let line = said.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix('='));
        line.and_then(|l| l.trim().parse::<f64>().ok())
    };
    for (name, budget) in [("p95_ms", ADVICE), ("index_ms", INDEX), ("search_p95_ms", SEARCH)] {
        match figure(name) {
            Some(is) if is <= budget => {}
            Some(is) => return Err(format!("{name} is {is:.2} in WASM, over {budget}")),
            None => return Err(format!("the browser told no {name}")),
        }
    }
    Ok(())
}
