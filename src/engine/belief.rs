//! How likely each cause is: prior by complaint × P(answer | cause) × P(action failed | cause).

use super::case::{Case, Outcome};
use rulebase::{ActionIx, AnswerIx, Base, CauseIx, Much, PriorSet, ProbedIx, QuestionIx};

/// Probabilities of all causes in the base's order, then of “none of these”; they sum to 1.
pub type Belief = Vec<f64>;

/// One thing that was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clue {
    Answer(QuestionIx, AnswerIx),
    Tried(ActionIx, Outcome),
    Probed(ProbedIx),
}

/// The belief before anything but the complaint is known.
pub fn prior(base: &Base, case: &Case) -> Belief {
    let complaint = &base[case.complaint];
    let mut belief: Belief = base
        .causes
        .iter()
        .map(|c| match complaint.prior {
            PriorSet::Any => base.scale.prior(c.any),
            PriorSet::Removal => base.scale.prior(c.removal),
        })
        .collect();
    for (cause, prior) in &complaint.likelier {
        belief[usize::from(cause.0)] = base.scale.prior(*prior);
    }
    // Hard evidence comes before every sign: what it cannot mean is out, whatever ranks high. The
    // words on the screen weigh more than the complaint, where the two leave nothing.
    let shown = case.shown.as_ref().map_or(&[][..], |s| &s.causes);
    let both = |c: &CauseIx| {
        (shown.is_empty() || shown.contains(c))
            && (complaint.limits.is_empty() || complaint.limits.contains(c))
    };
    let agree = CauseIx::all(base).any(|c| both(&c));
    for c in CauseIx::all(base) {
        if !(if agree { both(&c) } else { shown.contains(&c) }) {
            belief[usize::from(c.0)] = 0.0;
        }
    }
    own_cases(base, &mut belief);
    belief.push(f64::from(base.scale.none));
    for (question, answers) in &complaint.evidence {
        // A complaint can stand for several answers: any of them may be the one.
        weigh(&mut belief, |c| {
            let p = base.likelihoods(c, *question);
            answers.iter().map(|a| p[usize::from(*a)]).sum()
        });
    }
    belief
}

/// The published order counts as much as this many cases of a shop's own.
const PUBLISHED: f64 = 20.0;

/// Mixes what was confirmed on this device into the prior. What is out stays out, and the sum stays.
fn own_cases(base: &Base, belief: &mut Belief) {
    let standing = |c: &(CauseIx, u16)| belief[usize::from(c.0.0)] > 0.0;
    let counted: Vec<(CauseIx, u16)> = base.counted.iter().copied().filter(standing).collect();
    let all: f64 = counted.iter().map(|c| f64::from(c.1)).sum();
    if all == 0.0 {
        return;
    }
    let sum: f64 = belief.iter().sum();
    belief.iter_mut().for_each(|p| *p *= PUBLISHED / (PUBLISHED + all));
    for (cause, n) in counted {
        belief[usize::from(cause.0)] += sum * f64::from(n) / (PUBLISHED + all);
    }
}

/// What was learnt, in the order in which it is told.
pub fn clues(base: &Base, case: &Case) -> Vec<Clue> {
    let answers = case.answers.iter().filter_map(|(q, a)| Some(Clue::Answer(*q, (*a)?)));
    // Paying another way is a way out: whether it worked tells nothing of the fault.
    let telling = |t: &&(ActionIx, Outcome)| t.1 != Outcome::Cannot && !base.tagged(t.0, "other");
    let tried = case.tried.iter().filter(telling).map(|t| Clue::Tried(t.0, t.1));
    answers.chain(tried).chain(case.probed.iter().map(|p| Clue::Probed(*p))).collect()
}

/// P(answer | cause) of a question in a case: where the complaint left several answers open, it is
/// P(answer | cause, one of these), for the complaint was weighed already.
pub fn likelihoods(
    base: &Base,
    case: &Case,
    cause: Option<CauseIx>,
    question: QuestionIx,
) -> Vec<f64> {
    let mut p = base.likelihoods(cause, question);
    if let Some((_, open)) = base[case.complaint].evidence.iter().find(|e| e.0 == question) {
        let sum: f64 = open.iter().map(|a| p[usize::from(*a)]).sum();
        p.iter_mut().for_each(|p| *p /= sum);
    }
    p
}

/// Takes one clue in.
pub fn learn(base: &Base, case: &Case, belief: &mut Belief, clue: Clue) {
    match clue {
        Clue::Answer(q, a) => weigh(belief, |c| likelihoods(base, case, c, q)[usize::from(a)]),
        Clue::Tried(action, outcome) => weigh(belief, |c| {
            let mends = c.and_then(|c| base[c].fixes.iter().find(|f| f.0 == action));
            let mends = mends.map_or(0.0, |f| base.scale.strength(f.1));
            match outcome {
                Outcome::Solved => mends.max(1e-6),
                Outcome::Failed => 1.0 - mends,
                Outcome::Cannot => 1.0,
            }
        }),
        Clue::Probed(found) => weigh(belief, |c| c.map_or(1.0, |c| odds(base, case, c, found))),
    }
}

/// What a finding of the reader check does to the odds of a cause. Of findings that rest on one fact only
/// the strongest counts: a later one adds what it is stronger than those before it.
fn odds(base: &Base, case: &Case, cause: CauseIx, found: ProbedIx) -> f64 {
    let of = |found: ProbedIx| {
        let weight = |list: &[(CauseIx, Much)]| {
            list.iter().find(|m| m.0 == cause).map_or(1.0, |m| base.scale.much(m.1))
        };
        (weight(&base[found].raises), weight(&base[found].lowers))
    };
    let (mut up, mut down) = of(found);
    if let Some(fact) = base[found].together {
        let before = case.probed.iter().take_while(|p| **p != found);
        let before = before.filter(|p| base[**p].together == Some(fact)).map(|p| of(*p));
        let (most_up, most_down) =
            before.fold((1.0, 1.0), |m: (f64, f64), b| (m.0.max(b.0), m.1.max(b.1)));
        (up, down) = ((up / most_up).max(1.0), (down / most_down).max(1.0));
    }
    up / down
}

/// The belief after all that the case tells.
pub fn belief(base: &Base, case: &Case) -> Belief {
    let mut belief = prior(base, case);
    for clue in clues(base, case) {
        learn(base, case, &mut belief, clue);
    }
    belief
}

/// Multiplies by P(evidence | cause) and makes the sum 1 again. Evidence that nothing allows
/// leaves the belief as it was: a contradiction is no reason to give no advice.
fn weigh(belief: &mut Belief, p: impl Fn(Option<CauseIx>) -> f64) {
    let last = belief.len() - 1;
    let weighed: Vec<f64> = belief
        .iter()
        .enumerate()
        .map(|(i, b)| if *b == 0.0 { 0.0 } else { b * p((i < last).then_some(CauseIx(i as u16))) })
        .collect();
    let sum: f64 = weighed.iter().sum();
    if sum > 1e-300 {
        *belief = weighed.iter().map(|b| b / sum).collect();
    }
}

/// The likeliest first; `None` is “none of these”.
pub fn ranked(belief: &Belief) -> Vec<(Option<CauseIx>, f64)> {
    let last = belief.len() - 1;
    let mut out: Vec<_> = belief
        .iter()
        .enumerate()
        .map(|(i, p)| ((i < last).then_some(CauseIx(i as u16)), *p))
        .collect();
    out.sort_by(|a, b| {
        b.1.total_cmp(&a.1).then(a.0.is_none().cmp(&b.0.is_none())).then(a.0.cmp(&b.0))
    });
    out
}
