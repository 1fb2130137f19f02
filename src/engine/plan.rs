//! What to do next: the expected cost of repair (ECR) of doing, asking and calling, compared.
//!
//! Actions alone are put in the order of P(mended)/cost, which is optimal for independent perfect
//! actions (Kadane & Simon 1977), and end where the service call is cheaper. Every possible move
//! is then judged by what it costs and by the best such order after it, with at most one question
//! in between: so a question is compared now, after the next action, and never.
//!
//! Beliefs are masses that need not sum to 1: every value scales with the mass, so none is ever
//! divided.

use super::model::Model;

/// A point in troubleshooting: what is believed, and what can still be done and asked.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub belief: Vec<f64>,
    pub actions: Vec<usize>,
    pub questions: Vec<usize>,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Do(usize),
    Ask(usize),
    Call,
    /// Nothing left that could mend it, and no service to call.
    GiveUp,
}

/// Masses below this are nothing.
const NOTHING: f64 = 1e-12;
/// How many actions an order looks ahead; later ones are reached with next to no mass.
const AHEAD: usize = 12;
/// Up to this many multiplications the planner looks at every move two deep.
const SMALL: usize = 60_000;
/// On large models: how many moves are judged two deep, with how many questions in between.
const WIDE: usize = 4;
const WIDE_QUESTIONS: usize = 5;

impl State {
    /// The start of a model: everything is open.
    pub fn start(model: &Model, belief: Vec<f64>) -> State {
        State {
            belief,
            actions: (0..model.actions.len()).collect(),
            questions: (0..model.questions.len()).collect(),
        }
    }

    pub fn mass(&self) -> f64 {
        self.belief.iter().sum()
    }

    /// The state after an action did not help.
    pub fn failed(&self, model: &Model, action: usize) -> State {
        let mut next = self.clone();
        next.actions.retain(|a| *a != action);
        for (c, p) in &model.actions[action].fixes {
            next.belief[*c] *= 1.0 - p;
        }
        next
    }

    /// The state after an answer.
    pub fn answered(&self, model: &Model, question: usize, answer: usize) -> State {
        let given = &model.questions[question].answers[answer];
        State {
            belief: self.belief.iter().zip(given).map(|(b, p)| b * p).collect(),
            actions: self.actions.clone(),
            questions: self.questions.iter().copied().filter(|q| *q != question).collect(),
        }
    }
}

/// P(mended by the action), as a mass.
pub fn mended(model: &Model, belief: &[f64], action: usize) -> f64 {
    model.actions[action].fixes.iter().map(|(c, p)| belief[*c] * p).sum()
}

/// Plans on one model; holds the room that the arithmetic needs.
pub struct Planner<'m> {
    model: &'m Model,
    room: Vec<f64>,
    order: Vec<(f64, f64)>,
    left: Vec<usize>,
    /// On large models an order ends at an action that is far from worth its cost.
    brief: bool,
}

impl<'m> Planner<'m> {
    pub fn new(model: &'m Model) -> Planner<'m> {
        Planner { model, room: Vec::new(), order: Vec::new(), left: Vec::new(), brief: false }
    }

    /// The next move.
    pub fn next(&mut self, state: &State) -> Move {
        let mass = state.mass();
        let mut best = match self.model.call {
            Some(cost) => (cost * mass, Move::Call),
            None => (f64::INFINITY, Move::GiveUp),
        };
        if mass <= NOTHING {
            return best.1;
        }
        // Counted before anything is tried, so that every value below is of the same kind.
        let open = state.actions.len() + state.questions.len();
        let size = self.model.actions.iter().map(|a| a.fixes.len()).sum::<usize>()
            * state.actions.len().min(AHEAD)
            * open.max(1)
            * state.questions.len().max(1);
        self.brief = size > SMALL;
        // One deep: every move with the best order of actions behind it.
        let mut moves = Vec::with_capacity(state.actions.len() + state.questions.len());
        for &a in &state.actions {
            if mended(self.model, &state.belief, a) > NOTHING * mass {
                moves.push((self.after_action(state, a, &[]), Move::Do(a)));
            }
        }
        if moves.is_empty() {
            return best.1;
        }
        for &q in &state.questions {
            moves.push((self.after_question(state, q, &[]), Move::Ask(q)));
        }
        moves.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Two deep: the promising moves with a question in between.
        let asks = || {
            moves.iter().filter_map(|m| match m.1 {
                Move::Ask(q) => Some(q),
                _ => None,
            })
        };
        let (wide, between): (usize, Vec<usize>) = if !self.brief {
            (moves.len(), asks().collect())
        } else {
            (WIDE, asks().take(WIDE_QUESTIONS).collect())
        };
        for &(_, candidate) in moves.iter().take(wide) {
            let value = match candidate {
                Move::Do(a) => self.after_action(state, a, &between),
                Move::Ask(q) => self.after_question(state, q, &between),
                Move::Call | Move::GiveUp => continue,
            };
            // A move must be really better than the one that it displaces, so that rounding
            // cannot make two machines advise differently.
            if value < best.0 - 1e-9 * mass {
                best = (value, candidate);
            }
        }
        best.1
    }

    fn after_action(&mut self, state: &State, action: usize, between: &[usize]) -> f64 {
        let cost = self.model.actions[action].cost * state.mass();
        let next = state.failed(self.model, action);
        cost + self.value(&next, between, None)
    }

    fn after_question(&mut self, state: &State, question: usize, between: &[usize]) -> f64 {
        let asked = &self.model.questions[question];
        let mut value = asked.cost * state.mass();
        for answer in 0..asked.answers.len() {
            let next = state.answered(self.model, question, answer);
            value += self.value(&next, between, Some(question));
        }
        value
    }

    /// The best order of actions, or one of the questions and then the best order.
    fn value(&mut self, state: &State, between: &[usize], asked: Option<usize>) -> f64 {
        let mut best = self.actions_alone(&state.belief, &state.actions);
        for &q in between.iter().filter(|q| Some(**q) != asked) {
            let question = &self.model.questions[q];
            let mut value = question.cost * state.mass();
            for given in &question.answers {
                if value >= best {
                    break;
                }
                let belief: Vec<f64> = state.belief.iter().zip(given).map(|(b, p)| b * p).collect();
                value += self.actions_alone(&belief, &state.actions);
            }
            best = best.min(value);
        }
        best
    }

    /// ECR of the actions in the order of P/C, ending where the call is cheaper.
    pub fn actions_alone(&mut self, belief: &[f64], open: &[usize]) -> f64 {
        let model = self.model;
        self.room.clear();
        self.room.extend_from_slice(belief);
        self.order.clear();
        self.left.clear();
        self.left.extend_from_slice(open);
        let mut mass: f64 = belief.iter().sum();
        let limit = if model.call.is_some() { AHEAD } else { usize::MAX };
        while self.order.len() < limit {
            let mut best: Option<(f64, f64, usize)> = None;
            for (at, &a) in self.left.iter().enumerate() {
                let p = mended(model, &self.room, a);
                let rate = p / model.actions[a].cost.max(NOTHING);
                if p > NOTHING && best.is_none_or(|b| rate > b.0) {
                    best = Some((rate, p, at));
                }
            }
            let Some((_, p, at)) = best else { break };
            let cost = model.actions[self.left[at]].cost;
            if self.brief && model.call.is_some_and(|call| p * call < 0.5 * cost * mass) {
                break;
            }
            let a = self.left.swap_remove(at);
            self.order.push((mass, model.actions[a].cost));
            for (c, p) in &model.actions[a].fixes {
                self.room[*c] *= 1.0 - p;
            }
            mass = (mass - p).max(0.0);
        }
        let mut value = model.call.map_or(0.0, |cost| cost * mass);
        for (mass, cost) in self.order.iter().rev() {
            value += mass * cost;
            if let Some(call) = model.call {
                value = value.min(mass * call);
            }
        }
        value
    }
}

#[cfg(test)]
mod tests;
