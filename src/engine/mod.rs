//! Decides what a person at a till should do next.
//!
//! A function: rules, case, role and day go in, an [`Advice`] comes out. It holds no state, reads
//! no clock and touches no page, and the same input gives the same advice on every machine.

pub mod alerts;
pub mod belief;
#[cfg(any(not(target_arch = "wasm32"), feature = "bench"))]
pub mod bench;
pub mod case;
#[cfg(not(target_arch = "wasm32"))]
pub mod exact;
pub mod model;
pub mod plan;
#[cfg(not(target_arch = "wasm32"))]
pub mod policy;
pub mod why;

use alerts::{Alerts, Passage};
use belief::{Belief, ranked};
pub use case::{Case, Outcome, Shown, Where};
use model::{Act, Ask, Model};
use plan::{Move, Planner, State};
use rulebase::*;

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Read this before anything else.
    Alert(AlertIx),
    Ask(QuestionIx),
    /// Something that this role may do, or ask the customer to do.
    Try(ActionIx),
    /// One cause is clear, or is best taken up with somebody else: `by` is what that one does.
    Conclude {
        cause: CauseIx,
        by: Option<ActionIx>,
    },
    /// Nothing is clear and nothing more pays: make the call that always ends it.
    Call(ActionIx),
    /// An action solved it.
    Solved(ActionIx),
}

/// The engine's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    pub step: Step,
    /// The alerts that stand, to be shown above the step.
    pub standing: Vec<AlertIx>,
    /// See [`belief::Belief`].
    pub belief: Belief,
    /// Rules behind this advice whose review is due.
    pub overdue: bool,
}

/// The next step for a case. `None` only if the case's complaint is not of this base.
pub fn advise(base: &Base, case: &Case, role: Role, today: Date) -> Option<Advice> {
    let case = &case.within(base)?;
    let alerts = Alerts::of(base, case, role);
    let belief = belief::belief(base, case);
    let step = step(base, case, role, &alerts, &belief);
    let mut standing = alerts.standing().to_vec();
    if matches!(step, Step::Call(_) | Step::Conclude { .. }) {
        standing.extend(AlertIx::all(base).filter(|a| base[*a].on == Some(Standing::Call)));
    }
    let overdue = match step {
        Step::Conclude { cause, .. } => base[cause].review < today,
        Step::Alert(alert) => base[alert].review < today,
        _ => false,
    };
    Some(Advice { step, standing, belief, overdue })
}

fn step(base: &Base, case: &Case, role: Role, alerts: &Alerts, belief: &Belief) -> Step {
    if let Some(alert) = alerts.unseen(base, case) {
        return Step::Alert(alert);
    }
    if let Some(action) = case.solved() {
        return Step::Solved(action);
    }
    if alerts.ended(base).is_some() {
        return conclude(base, role, belief, None);
    }
    if let Some(first) = base[case.complaint].first
        && case.answer(first).is_none()
        && base[first].ask.has(role)
    {
        return Step::Ask(first);
    }
    let offer = Offer::of(base, case, role, alerts);
    let mut state = State::start(&offer.model, belief.clone());
    if case.answers.len() >= usize::from(base.scale.most_questions) {
        state.questions.clear();
    }
    // The plan sees one question ahead. Before anybody is called while nothing is clear, the most
    // telling question is worth its while even where only several together would decide.
    let ask_first = |offer: &Offer| {
        let clear = ranked(belief)[0].1 >= f64::from(base.scale.clear);
        let telling = state.questions.iter().map(|q| (offer.model.bits(belief, *q), *q));
        let best = telling
            .filter(|t| t.0 >= f64::from(base.scale.telling))
            .map(|(bits, q)| (bits / offer.model.questions[q].cost, q));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.filter(|_| !clear).map(|(_, q)| Step::Ask(offer.questions[q]))
    };
    match Planner::new(&offer.model).next(&state) {
        Move::Ask(q) => Step::Ask(offer.questions[q]),
        Move::Do(a) => {
            let action = offer.actions[a];
            // The gate holds for whoever would do it: the page shows the others' actions too.
            match alerts.passage(base, case, role, action) {
                Passage::Ask(q) if base[q].ask.has(role) => Step::Ask(q),
                Passage::Open if may_do(base, role, action) => Step::Try(action),
                Passage::Open => {
                    ask_first(&offer).unwrap_or_else(|| conclude(base, role, belief, Some(action)))
                }
                Passage::Ask(_) | Passage::Shut => conclude(base, role, belief, None),
            }
        }
        Move::Call | Move::GiveUp => {
            ask_first(&offer).unwrap_or_else(|| conclude(base, role, belief, None))
        }
    }
}

/// Whether the one who reads the page may do it, or ask the customer to.
pub fn may_do(base: &Base, role: Role, action: ActionIx) -> bool {
    let action = &base[action];
    let counter = match role {
        Role::Cardholder => action.who.has(Actor::Cardholder),
        Role::Staff => {
            [Actor::Cardholder, Actor::Staff, Actor::Owner].iter().any(|a| action.who.has(*a))
        }
    };
    action.kind == ActionKind::Fix && counter
}

/// Whether a question is open: put to this role, not answered, not settled, and meaningful here.
pub fn may_ask(base: &Base, case: &Case, role: Role, question: QuestionIx) -> bool {
    let complaint = &base[case.complaint];
    let q = &base[question];
    let settled = case.answer(question).is_some()
        || complaint.settles.contains(&question)
        || complaint.evidence.iter().any(|e| e.0 == question && e.1.len() == 1)
        || q.unless.iter().any(|u| case.answer(*u).is_some_and(|a| a.is_some()));
    q.ask.has(role) && !settled && alerts::all_known(base, case, &q.only_if)
}

/// A cause less likely than this is not told as the likeliest.
const NAMED: f64 = 0.2;

/// A cause if one is clear or was taken up by somebody, else the call.
fn conclude(base: &Base, role: Role, belief: &Belief, by: Option<ActionIx>) -> Step {
    let ranked = ranked(belief);
    let call = || Step::Call(service(base, role));
    if let Some(action) = by {
        // The cause that this action would mend, not just the likeliest one.
        let mends = |c: CauseIx| base[c].fixes.iter().any(|f| f.0 == action);
        let cause = ranked.iter().find(|r| r.0.is_some_and(mends));
        return match cause {
            Some((Some(cause), p)) if *p >= NAMED => Step::Conclude { cause: *cause, by },
            _ => call(),
        };
    }
    match ranked[..] {
        [(Some(cause), p), (_, second), ..]
            if p >= f64::from(base.scale.clear) || (p >= 0.4 && p >= 2.0 * second) =>
        {
            Step::Conclude { cause, by: None }
        }
        _ => call(),
    }
}

/// The call that always ends it, for a role. The reader refuses rules without one.
pub fn service(base: &Base, role: Role) -> ActionIx {
    let who = match role {
        Role::Cardholder => Actor::Cardholder,
        Role::Staff => Actor::Staff,
    };
    let fits = |a: &ActionIx| base[*a].kind == ActionKind::Service && base[*a].who.has(who);
    ActionIx::all(base).find(fits).unwrap_or(ActionIx(0))
}

/// What can be done and asked in a case, as a model to plan on.
struct Offer {
    model: Model,
    actions: Vec<ActionIx>,
    questions: Vec<QuestionIx>,
}

impl Offer {
    fn of(base: &Base, case: &Case, role: Role, alerts: &Alerts) -> Offer {
        let mut fixes: Vec<Vec<(usize, f64)>> = vec![Vec::new(); base.actions.len()];
        for c in CauseIx::all(base) {
            for (action, strength) in &base[c].fixes {
                fixes[usize::from(action.0)]
                    .push((usize::from(c.0), base.scale.strength(*strength)));
            }
        }
        let open = |a: &ActionIx| {
            matches!(base[*a].kind, ActionKind::Fix | ActionKind::Outside)
                && alerts::all_known(base, case, &base[*a].only_if)
                && case.outcome(*a).is_none()
                && !case.shown.as_ref().is_some_and(|s| s.bars.contains(a))
                && alerts.passage(base, case, role, *a) != Passage::Shut
        };
        let actions: Vec<ActionIx> = ActionIx::all(base).filter(open).collect();
        let questions: Vec<QuestionIx> =
            QuestionIx::all(base).filter(|q| may_ask(base, case, role, *q)).collect();
        let acts = actions
            .iter()
            .map(|a| Act {
                cost: action_cost(base, case, role, *a),
                fixes: std::mem::take(&mut fixes[usize::from(a.0)]),
            })
            .collect();
        let asks = questions
            .iter()
            .map(|q| Ask { cost: question_cost(base, case, *q), answers: table(base, case, *q) })
            .collect();
        let service = &base[service(base, role)];
        let call = base.scale.cost(&service.cost, case.waiting) + f64::from(base.scale.unsure);
        let causes = base.causes.len() + 1;
        Offer {
            model: Model { causes, actions: acts, questions: asks, call: Some(call) },
            actions,
            questions,
        }
    }
}

/// What an action costs this role: what others do costs only the call, whoever waits meanwhile.
fn action_cost(base: &Base, case: &Case, role: Role, action: ActionIx) -> f64 {
    let cost = &base[action].cost;
    let effort = f64::from(base.scale.effort_action);
    if may_do(base, role, action) {
        base.scale.cost(cost, case.waiting) + effort
    } else {
        let call = &base[service(base, role)].cost;
        base.scale.cost(&Cost { money: cost.money, ..*call }, case.waiting) + effort
    }
}

fn question_cost(base: &Base, case: &Case, question: QuestionIx) -> f64 {
    base.scale.cost(&base[question].cost, case.waiting) + f64::from(base.scale.effort_question)
}

/// P(answer | cause) of a question: a row an answer, a column a cause, “none of these” last.
fn table(base: &Base, case: &Case, question: QuestionIx) -> Vec<Vec<f64>> {
    let usual = belief::likelihoods(base, case, None, question);
    let mut rows: Vec<Vec<f64>> = usual.iter().map(|p| vec![*p; base.causes.len() + 1]).collect();
    for c in CauseIx::all(base) {
        if base[c].signs.binary_search_by_key(&question, |s| s.0).is_ok() {
            for (row, p) in rows.iter_mut().zip(belief::likelihoods(base, case, Some(c), question))
            {
                row[usize::from(c.0)] = p;
            }
        }
    }
    if let Some((_, open)) = base[case.complaint].evidence.iter().find(|e| e.0 == question) {
        // Only what the complaint leaves open can still be answered.
        let others = rows.iter_mut().enumerate().filter(|(a, _)| !open.contains(&(*a as AnswerIx)));
        others.for_each(|(_, row)| row.fill(0.0));
    }
    rows
}
