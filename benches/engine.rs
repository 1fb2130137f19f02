//! How long the next advice takes natively, on our rules and on rules made 10 and 100 times as
//! large. `cargo xtask bench` runs it, and then the same in a browser.

use pos_aid::engine::bench::{enlarged, run};
use std::path::Path;

fn main() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(reading.problems.is_empty(), "{}", reading.told());
    let base = reading.base;
    let clock = std::time::Instant::now();
    let mut now = || clock.elapsed().as_secs_f64() * 1e3;
    let mut per_cell = Vec::new();
    for (causes, questions, name) in [(1, 1, "as it is"), (10, 1, "10×"), (10, 10, "100×")] {
        let large = enlarged(&base, causes, questions);
        let times = run(&large, &mut now, if causes == 1 { 2000 } else { 100 });
        per_cell.push(times.p95 / (large.causes.len() * large.questions.len()) as f64);
        let (c, q) = (large.causes.len(), large.questions.len());
        println!("{name:<9} {c:>5} causes {q:>4} questions: {times}");
    }
    println!(
        "time a cause and question: 10× takes {:.2}, 100× takes {:.2} of what it takes now (linear is 1)",
        per_cell[1] / per_cell[0],
        per_cell[2] / per_cell[0]
    );
}
