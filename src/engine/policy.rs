//! Follows a way of deciding through everything that can happen and adds up what it costs.

use super::model::Model;
use super::plan::{Move, State};
use std::collections::HashMap;

/// A plan as a tree, with the probability of reaching each move.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub step: Move,
    pub reached: f64,
    /// For `Do`: what follows if it did not help. For `Ask`: one node an answer.
    pub then: Vec<Node>,
}

/// The expected cost of repair of following `decide` from `state` on.
pub fn cost(model: &Model, state: &State, decide: &mut impl FnMut(&State) -> Move) -> f64 {
    follow(model, state, decide, &mut HashMap::new())
}

type Seen = HashMap<(Vec<usize>, Vec<usize>, Vec<u64>), f64>;

fn follow(
    model: &Model,
    state: &State,
    decide: &mut impl FnMut(&State) -> Move,
    seen: &mut Seen,
) -> f64 {
    let mass = state.mass();
    if mass <= 0.0 {
        return 0.0;
    }
    // The same set of tries and answers, in whatever order, is the same state.
    let bits = state.belief.iter().map(|b| (b * 1e12).round().to_bits()).collect();
    let key = (state.actions.clone(), state.questions.clone(), bits);
    if let Some(known) = seen.get(&key) {
        return *known;
    }
    let value = match decide(state) {
        Move::GiveUp => 0.0,
        Move::Call => model.call.unwrap_or(0.0) * mass,
        Move::Do(a) => {
            model.actions[a].cost * mass + follow(model, &state.failed(model, a), decide, seen)
        }
        Move::Ask(q) => {
            let answers = 0..model.questions[q].answers.len();
            let asked: f64 =
                answers.map(|a| follow(model, &state.answered(model, q, a), decide, seen)).sum();
            model.questions[q].cost * mass + asked
        }
    };
    seen.insert(key, value);
    value
}

/// The plan that `decide` makes, `depth` moves deep.
pub fn tree(
    model: &Model,
    state: &State,
    depth: usize,
    decide: &mut impl FnMut(&State) -> Move,
) -> Node {
    let step = decide(state);
    let then = match step {
        _ if depth == 0 => Vec::new(),
        Move::Do(a) => {
            let next = state.failed(model, a);
            if next.mass() > 1e-9 {
                vec![tree(model, &next, depth - 1, decide)]
            } else {
                Vec::new()
            }
        }
        Move::Ask(q) => (0..model.questions[q].answers.len())
            .map(|a| tree(model, &state.answered(model, q, a), depth - 1, decide))
            .collect(),
        Move::Call | Move::GiveUp => Vec::new(),
    };
    Node { step, reached: state.mass(), then }
}
