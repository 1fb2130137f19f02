//! `cargo xtask plan MODEL.json`: what the engine would do on a small model, and the optimum.

use crate::Outcome;
use pos_aid::engine::model::Written;
use pos_aid::engine::plan::{Move, Planner, State};
use pos_aid::engine::{exact, policy};

/// The solver keeps what was tried as bits; far smaller models already take it minutes.
const LARGEST: usize = 63;

/// Moves shown of a tree.
const DEPTH: usize = 12;

pub fn plan(path: &str, tree: bool) -> Outcome {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let written: Written = serde_json::from_str(&text).map_err(|e| format!("{path}: {e}"))?;
    let (model, belief) = written
        .compile()
        .map_err(|wrong| format!("{path}: {}", wrong.join(&format!("\n{path}: "))))?;
    if model.actions.len() > LARGEST || model.questions.len() > LARGEST {
        return Err(format!(
            "{path}: the exact solver takes at most {LARGEST} actions and questions"
        ));
    }
    let start = State::start(&model, belief.clone());
    let mut planner = Planner::new(&model);
    let first = planner.next(&start);
    let ecr = policy::cost(&model, &start, &mut |s| planner.next(s));
    let (best, best_first) = exact::solve(&model, belief);
    println!("greedy ecr={ecr:.6} first={}", name(&written, first));
    println!("exact ecr={best:.6} first={}", name(&written, best_first));
    if tree {
        let plan = policy::tree(&model, &start, DEPTH, &mut |s| planner.next(s));
        show(&written, &plan, 0);
    }
    Ok(())
}

fn name(written: &Written, step: Move) -> &str {
    match step {
        Move::Do(a) => &written.actions[a].id,
        Move::Ask(q) => &written.questions[q].id,
        Move::Call => "call_service",
        Move::GiveUp => "none",
    }
}

fn show(written: &Written, node: &policy::Node, indent: usize) {
    println!("{:indent$}{} (reached with p={:.4})", "", name(written, node.step), node.reached);
    for (i, next) in node.then.iter().enumerate() {
        match node.step {
            Move::Ask(q) => {
                println!("{:1$}{2}:", "", indent + 2, written.questions[q].answers[i].id)
            }
            _ => println!("{:1$}did not help:", "", indent + 2),
        }
        show(written, next, indent + 4);
    }
}
