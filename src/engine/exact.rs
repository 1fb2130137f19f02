//! The optimum, for small models: dynamic programming over what was tried and answered, with
//! branch and bound. It tells how far the planner is from it; the app never runs it.

use super::model::Model;
use super::plan::{Move, Planner, State, mended};
use std::collections::HashMap;

/// The least expected cost of repair of a model, and the first move that reaches it.
pub fn solve(model: &Model, belief: Vec<f64>) -> (f64, Move) {
    let mut solver = Solver {
        model,
        known: HashMap::new(),
        planner: Planner::new(model),
        menders: menders(model),
    };
    let start = State::start(model, belief);
    match solver.value(&start, Done::default(), f64::INFINITY) {
        Bound::Exact(value, first) => (value, first),
        Bound::AtLeast(value) => (value, Move::GiveUp),
    }
}

/// What was tried (bits) and answered (one more than the answer, a byte a question): with the
/// start, all that a belief depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Done {
    tried: u64,
    answers: Vec<(u8, u8)>,
}

#[derive(Debug, Clone, Copy)]
enum Bound {
    Exact(f64, Move),
    AtLeast(f64),
}

struct Solver<'m> {
    model: &'m Model,
    known: HashMap<Done, Bound>,
    planner: Planner<'m>,
    menders: Vec<Vec<Mender>>,
}

/// An action as one cause sees it.
struct Mender {
    action: usize,
    cost: f64,
    p: f64,
}

/// For each cause the actions that mend it, the best rate first: the order in which one would
/// take them if the cause were known.
fn menders(model: &Model) -> Vec<Vec<Mender>> {
    let mut out: Vec<Vec<Mender>> = (0..model.causes).map(|_| Vec::new()).collect();
    for (action, act) in model.actions.iter().enumerate() {
        for (c, p) in &act.fixes {
            out[*c].push(Mender { action, cost: act.cost, p: *p });
        }
    }
    let rate = |m: &Mender| m.p / m.cost.max(1e-12);
    out.iter_mut().for_each(|list| list.sort_by(|a, b| rate(b).total_cmp(&rate(a))));
    out
}

impl Solver<'_> {
    /// The value of a state if it is below `limit`, else a lower bound of at least `limit`.
    fn value(&mut self, state: &State, done: Done, limit: f64) -> Bound {
        match self.known.get(&done) {
            Some(known @ Bound::Exact(..)) => return *known,
            Some(known @ Bound::AtLeast(v)) if *v >= limit => return *known,
            _ => {}
        }
        let found = self.search(state, &done, limit);
        self.known.insert(done, found);
        found
    }

    fn search(&mut self, state: &State, done: &Done, limit: f64) -> Bound {
        let mass = state.mass();
        let useful: Vec<usize> = state
            .actions
            .iter()
            .copied()
            .filter(|a| mended(self.model, &state.belief, *a) > 1e-13 * mass)
            .collect();
        let call = self.model.call.map(|c| c * mass);
        if mass <= 0.0 || useful.is_empty() {
            return match call {
                Some(cost) => Bound::Exact(cost, Move::Call),
                None => Bound::Exact(0.0, Move::GiveUp),
            };
        }
        let floor_here = self.floor(&state.belief, done.tried);
        if floor_here >= limit {
            return Bound::AtLeast(floor_here);
        }
        // The order by P/C is a plan that there is: nothing dearer needs a look.
        let alone = self.planner.actions_alone(&state.belief, &useful);
        let rate =
            |a: usize| mended(self.model, &state.belief, a) / self.model.actions[a].cost.max(1e-12);
        let first = useful.iter().copied().max_by(|a, b| rate(*a).total_cmp(&rate(*b)));
        let mut best = match (call, first) {
            (Some(cost), _) if cost <= alone => (cost, Move::Call),
            (_, Some(a)) => (alone, Move::Do(a)),
            (_, None) => (alone, Move::GiveUp),
        };
        let mut moves: Vec<(f64, Move)> = Vec::new();
        for &a in &useful {
            let after = self.floor_after(floor_here, state, done.tried, a);
            moves.push((self.model.actions[a].cost * mass + after, Move::Do(a)));
        }
        for &q in &state.questions {
            moves.push((self.model.questions[q].cost * mass + floor_here, Move::Ask(q)));
        }
        moves.sort_by(|a, b| a.0.total_cmp(&b.0));
        // The least that a pruned move could have cost.
        let mut pruned = f64::INFINITY;
        for (floor, candidate) in moves {
            let cap = best.0.min(limit);
            if floor >= cap {
                pruned = pruned.min(floor);
                continue;
            }
            let (value, exact) = match candidate {
                Move::Do(a) => self.after_action(state, done, a, cap),
                Move::Ask(q) => self.after_question(state, done, q, cap),
                Move::Call | Move::GiveUp => continue,
            };
            if !exact {
                pruned = pruned.min(value);
            } else if value < best.0 {
                best = (value, candidate);
            }
        }
        // Whatever was cut off against `best` is no better than it.
        if best.0 <= pruned || best.0 < limit {
            Bound::Exact(best.0, best.1)
        } else {
            Bound::AtLeast(pruned.max(limit))
        }
    }

    fn after_action(&mut self, state: &State, done: &Done, a: usize, cap: f64) -> (f64, bool) {
        let cost = self.model.actions[a].cost * state.mass();
        let done = Done { tried: done.tried | 1 << a, answers: done.answers.clone() };
        match self.value(&state.failed(self.model, a), done, cap - cost) {
            Bound::Exact(v, _) => (cost + v, true),
            Bound::AtLeast(v) => (cost + v, false),
        }
    }

    fn after_question(&mut self, state: &State, done: &Done, q: usize, cap: f64) -> (f64, bool) {
        let next: Vec<State> = (0..self.model.questions[q].answers.len())
            .map(|a| state.answered(self.model, q, a))
            .collect();
        let floors: Vec<f64> = next.iter().map(|s| self.floor(&s.belief, done.tried)).collect();
        let mut cost = self.model.questions[q].cost * state.mass();
        for (a, next) in next.iter().enumerate() {
            let rest: f64 = floors[a + 1..].iter().sum();
            if next.mass() <= 0.0 {
                continue;
            }
            let mut answers = done.answers.clone();
            answers.push((q as u8, a as u8));
            answers.sort_unstable();
            match self.value(next, Done { tried: done.tried, answers }, cap - cost - rest) {
                Bound::Exact(v, _) => cost += v,
                Bound::AtLeast(v) => return (cost + v + rest, false),
            }
            if cost + rest >= cap && !rest.eq(&0.0) {
                return (cost + rest, false);
            }
        }
        (cost, true)
    }

    /// A lower bound: what it would cost if the cause were known.
    fn floor(&self, belief: &[f64], tried: u64) -> f64 {
        belief.iter().enumerate().map(|(c, mass)| mass * self.known_cost(c, tried)).sum()
    }

    /// What one cause costs by itself, with the actions that are left.
    fn known_cost(&self, cause: usize, tried: u64) -> f64 {
        let open = self.menders[cause].iter().filter(|m| tried & 1 << m.action == 0);
        let call = self.model.call;
        open.rev().fold(call.unwrap_or(0.0), |cost, m| {
            let with = m.cost + (1.0 - m.p) * cost;
            if call.is_some() { with.min(cost) } else { with }
        })
    }

    /// The floor after an action failed: only the causes that it mends change.
    fn floor_after(&self, floor: f64, state: &State, tried: u64, action: usize) -> f64 {
        let change = |(c, p): &(usize, f64)| {
            let mass = state.belief[*c];
            mass * (1.0 - p) * self.known_cost(*c, tried | 1 << action)
                - mass * self.known_cost(*c, tried)
        };
        floor + self.model.actions[action].fixes.iter().map(change).sum::<f64>()
    }
}
