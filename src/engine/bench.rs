//! Measures the engine. The clock is the caller's, so that the same code runs natively and in a browser.

use super::{Case, Outcome, Step, advise};
use rulebase::{Base, CauseIx, ComplaintIx, Date, QuestionIx, Role};

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

/// How long something took each time, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Times {
    pub count: usize,
    pub median: f64,
    pub p95: f64,
    pub most: f64,
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Times { count, median, p95, most } = self;
        write!(f, "median {median:.3} ms, p95 {p95:.3} ms, most {most:.3} ms over {count}")
    }
}

impl Times {
    /// Of at least one.
    pub fn of(mut times: Vec<f64>) -> Times {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        Times { count: times.len(), median: at(0.5), p95: at(0.95), most: at(1.0) }
    }
}

/// Times every advice on the way through each complaint, answering in turn with every answer,
/// until about `least` were timed. `now` tells milliseconds.
pub fn run(base: &Base, now: &mut dyn FnMut() -> f64, least: usize) -> Times {
    let mut times = Vec::new();
    let mut turn = 0;
    while times.len() < least {
        for complaint in ComplaintIx::all(base) {
            let role = if turn % 2 == 0 { Role::Staff } else { Role::Cardholder };
            let mut case = Case::new(complaint);
            loop {
                let before = now();
                let advice = advise(base, &case, role, TODAY);
                times.push(now() - before);
                turn += 1;
                match advice.map(|a| a.step) {
                    Some(Step::Alert(a)) => case.seen.push(a),
                    Some(Step::Ask(q)) => {
                        let answer = turn % base[q].answers.len();
                        case.set(q, Some(answer as u8));
                    }
                    Some(Step::Try(a)) => case.set_outcome(a, Outcome::Failed),
                    _ => break,
                }
            }
        }
    }
    Times::of(times)
}

/// The same rules with every cause and every question several times.
pub fn enlarged(base: &Base, causes: usize, questions: usize) -> Base {
    let mut large = base.clone();
    let (n_causes, n_questions) = (base.causes.len(), base.questions.len());
    for copy in 1..questions {
        for question in &base.questions {
            let mut question = question.clone();
            question.id = format!("{}-{copy}", question.id);
            large.questions.push(question);
        }
    }
    for cause in &mut large.causes {
        let signs = cause.signs.clone();
        for copy in 1..questions {
            let shifted = |q: QuestionIx| QuestionIx(q.0 + (copy * n_questions) as u16);
            cause.signs.extend(signs.iter().map(|(q, a, s)| (shifted(*q), *a, *s)));
        }
        cause.signs.sort();
    }
    for copy in 1..causes {
        for c in 0..n_causes {
            let mut cause = large[CauseIx(c as u16)].clone();
            cause.id = format!("{}-{copy}", cause.id);
            large.causes.push(cause);
        }
    }
    large
}
