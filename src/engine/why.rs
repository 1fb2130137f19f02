//! Why an advice was given: what each clue did to each cause, what a question would decide, and
//! what would change the conclusion. Only worked out when somebody asks.

use super::alerts::Alerts;
use super::belief::{self, Belief, Clue, ranked};
use super::case::Case;
use super::may_ask;
use rulebase::{AlertLevel, AnswerIx, Base, CauseIx, QuestionIx, Role};

/// One cause, or “none of these”, and how it came to its share.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    pub cause: Option<CauseIx>,
    /// Probability before any answer, and now.
    pub before: f64,
    pub now: f64,
    /// What each clue did, in natural log-odds: above 0 raised it.
    pub pulls: Vec<(Clue, f64)>,
}

/// Where an answer would lead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    pub question: QuestionIx,
    pub answer: AnswerIx,
    pub cause: CauseIx,
}

/// The likeliest causes with what moved them, the likeliest first.
pub fn shares(base: &Base, case: &Case, most: usize) -> Vec<Share> {
    let Some(case) = case.within(base) else { return Vec::new() };
    let prior = belief::prior(base, &case);
    let sum: f64 = prior.iter().sum();
    let prior: Belief = prior.iter().map(|p| p / sum).collect();
    let mut stages = vec![prior];
    let clues = belief::clues(base, &case);
    for clue in &clues {
        let mut next = stages[stages.len() - 1].clone();
        belief::learn(base, &case, &mut next, *clue);
        stages.push(next);
    }
    let (first, last) = (&stages[0], &stages[stages.len() - 1]);
    ranked(last)
        .into_iter()
        .take(most)
        .map(|(cause, now)| {
            let at = cause.map_or(last.len() - 1, |c| usize::from(c.0));
            let pulls = clues
                .iter()
                .zip(stages.windows(2))
                .map(|(clue, pair)| (*clue, log_odds(pair[1][at]) - log_odds(pair[0][at])))
                .collect();
            Share { cause, before: first[at], now, pulls }
        })
        .collect()
}

fn log_odds(p: f64) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).ln()
}

/// The likeliest cause after each answer to a question, where answers differ in that.
pub fn decides(base: &Base, case: &Case, question: QuestionIx) -> Vec<Turn> {
    let Some(case) = case.within(base) else { return Vec::new() };
    let turns: Vec<Turn> = (0..base[question].answers.len() as AnswerIx)
        .filter_map(|answer| {
            let mut next = case.clone();
            next.set(question, Some(answer));
            let top = ranked(&belief::belief(base, &next)).into_iter().find_map(|r| r.0)?;
            Some(Turn { question, answer, cause: top })
        })
        .collect();
    turns
}

/// Answers to questions not yet asked that would put another cause on top, the strongest first.
pub fn changes(base: &Base, case: &Case, role: Role, most: usize) -> Vec<Turn> {
    let Some(case) = case.within(base) else { return Vec::new() };
    let now = belief::belief(base, &case);
    let Some(top) = ranked(&now).into_iter().find_map(|r| r.0) else { return Vec::new() };
    let mut found = Vec::new();
    for question in QuestionIx::all(base) {
        if !may_ask(base, &case, role, question) {
            continue;
        }
        for answer in 0..base[question].answers.len() as AnswerIx {
            let mut next = case.clone();
            next.set(question, Some(answer));
            // An answer that stops everything is told by its alert, not as a change of mind.
            let alerts = Alerts::of(base, &next, role);
            if alerts.standing().iter().any(|a| base[*a].level == AlertLevel::Stop && base[*a].ends)
            {
                continue;
            }
            let mut belief = now.clone();
            belief::learn(base, &case, &mut belief, Clue::Answer(question, answer));
            if let Some((Some(cause), p)) = ranked(&belief).into_iter().find(|r| r.0.is_some())
                && cause != top
            {
                found.push((p, Turn { question, answer, cause }));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut turns: Vec<Turn> = Vec::new();
    for (_, turn) in found {
        if turns.iter().all(|t| t.question != turn.question && t.cause != turn.cause) {
            turns.push(turn);
        }
    }
    turns.truncate(most);
    turns
}
