//! The rules that no ranking may override: which of them stand, what they hold back, and what
//! must be known first.

use super::case::Case;
use rulebase::{
    ActionIx, Alert, AlertIx, AlertLevel, AnswerIx, Base, Gate, MoneyIs, OneOf, QuestionIx, Role,
    Standing, UNKNOWN,
};

/// The alerts that stand in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alerts {
    standing: Vec<AlertIx>,
}

/// What a gate says about an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    Open,
    /// This must be asked first.
    Ask(QuestionIx),
    Shut,
}

impl Alerts {
    pub fn of(base: &Base, case: &Case, role: Role) -> Alerts {
        let mut standing: Vec<AlertIx> =
            AlertIx::all(base).filter(|a| stands(base, &base[*a], case, role)).collect();
        // What is known of the money says more than the warning to look it up.
        if standing.iter().any(|a| base[*a].money.is_some() || base[*a].ends) {
            standing.retain(|a| base[*a].on != Some(Standing::Every));
        }
        Alerts { standing }
    }

    /// What is known of the money, if an alert says it.
    pub fn money(&self, base: &Base) -> Option<MoneyIs> {
        self.standing.iter().find_map(|a| base[*a].money)
    }

    /// The first alert that fills the screen and was not seen yet.
    pub fn unseen(&self, base: &Base, case: &Case) -> Option<AlertIx> {
        self.standing
            .iter()
            .copied()
            .find(|a| base[*a].level == AlertLevel::Stop && !case.seen.contains(a))
    }

    /// The alert after which nothing follows but the call.
    pub fn ended(&self, base: &Base) -> Option<AlertIx> {
        self.standing.iter().copied().find(|a| base[*a].ends)
    }

    /// All that stand, the stops first, each in the order of the rules.
    pub fn standing(&self) -> &[AlertIx] {
        &self.standing
    }

    /// Whether an action may be advised now.
    pub fn passage(&self, base: &Base, case: &Case, role: Role, action: ActionIx) -> Passage {
        let tags = &base[action].tags;
        let blocked = |a: &AlertIx| base[*a].blocks.iter().any(|t| tags.contains(t));
        if self.standing.iter().any(blocked) {
            return Passage::Shut;
        }
        let gates = base.alerts.iter().flat_map(|a| &a.gates);
        let on_the_way = gates.filter(|g| g.tags.iter().any(|t| tags.contains(t)));
        on_the_way.map(|g| through(base, case, role, g)).fold(Passage::Open, |so_far, next| match (
            so_far, next,
        ) {
            (Passage::Shut, _) | (_, Passage::Shut) => Passage::Shut,
            (Passage::Ask(q), _) => Passage::Ask(q),
            (Passage::Open, next) => next,
        })
    }
}

/// Whether a gate lets pass, in a case.
pub fn through(base: &Base, case: &Case, role: Role, gate: &Gate) -> Passage {
    let mut passage = Passage::Open;
    // What a role is never asked it cannot be kept waiting for.
    for need in gate.needs.iter().filter(|n| base[n.question].ask.has(role)) {
        match known(base, case, need.question) {
            Known::Answers(answers) if answers.iter().all(|a| need.answers.contains(a)) => {}
            Known::Unknown if need.or_unknown => {}
            Known::Answers(_) | Known::Unknown => return Passage::Shut,
            Known::NotAsked if passage == Passage::Open => passage = Passage::Ask(need.question),
            Known::NotAsked => {}
        }
    }
    passage
}

/// Whether all of these are known to hold.
pub fn all_known(base: &Base, case: &Case, conditions: &[OneOf]) -> bool {
    conditions.iter().all(|(question, answers)| match known(base, case, *question) {
        Known::Answers(given) => given.iter().all(|g| answers.contains(g)),
        Known::Unknown => answers.contains(&UNKNOWN),
        Known::NotAsked => false,
    })
}

/// What the case tells about a question.
enum Known {
    NotAsked,
    Unknown,
    /// One answer, or those that the complaint leaves open.
    Answers(Vec<AnswerIx>),
}

fn known(base: &Base, case: &Case, question: QuestionIx) -> Known {
    match case.answer(question) {
        Some(Some(a)) => Known::Answers(vec![a]),
        Some(None) => Known::Unknown,
        None => {
            let evidence = base[case.complaint].evidence.iter().find(|e| e.0 == question);
            evidence.map_or(Known::NotAsked, |e| Known::Answers(e.1.clone()))
        }
    }
}

fn stands(base: &Base, alert: &Alert, case: &Case, role: Role) -> bool {
    // A warning with a gate stands until the gate is open.
    let open = |g: &Gate| through(base, case, role, g) == Passage::Open;
    let warns = || alert.gates.is_empty() || !alert.gates.iter().all(open);
    let excused = alert.unless.iter().any(|u| all_known(base, case, std::slice::from_ref(u)));
    if excused {
        return false;
    }
    (alert.on == Some(Standing::Every) && warns())
        || alert.when.iter().any(|all| all_known(base, case, all))
}
