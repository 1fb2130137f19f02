//! `cargo xtask bench`: how long the next advice takes, natively and in a browser's WASM, on our rules and
//! on rules made 10 and 100 times as large.

use crate::{Outcome, build, root, rules, setup};
use pos_aid::engine::bench::{enlarged, run};
use std::process::Command;

/// The p95 of the advice in WASM must stay below this, in milliseconds.
const BUDGET: f64 = 5.0;

pub fn bench() -> Outcome {
    let base = rules::base()?;
    let clock = std::time::Instant::now();
    let mut now = || clock.elapsed().as_secs_f64() * 1e3;
    println!("native, {} profile", if cfg!(debug_assertions) { "debug" } else { "release" });
    let mut per_cell = Vec::new();
    for (causes, questions, name) in [(1, 1, "as it is"), (10, 1, "10×"), (10, 10, "100×")] {
        let large = enlarged(&base, causes, questions);
        let times = run(&large, &mut now, if causes == 1 { 400 } else { 40 });
        let cells = (large.causes.len() * large.questions.len()) as f64;
        per_cell.push(times.p95 / cells);
        println!(
            "{name:<9} {:>5} causes {:>4} questions: {times}",
            large.causes.len(),
            large.questions.len()
        );
    }
    println!(
        "time a cause and question: 10× takes {:.2}, 100× takes {:.2} of what it takes as it is (linear is 1)",
        per_cell[1] / per_cell[0],
        per_cell[2] / per_cell[0]
    );
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
