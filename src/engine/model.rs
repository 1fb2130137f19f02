//! A troubleshooting model: causes, actions that may mend them, questions that tell them apart,
//! and the service call. The rule base becomes one for every case; published models are some.

use serde::Deserialize;

/// What may be done and asked, by index. Probabilities are in [0, 1], costs at least 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// How many causes there are; beliefs have this length.
    pub causes: usize,
    pub actions: Vec<Act>,
    pub questions: Vec<Ask>,
    /// What the call costs that always ends it; without one, every action is tried.
    pub call: Option<f64>,
}

impl Model {
    /// How much a question tells about the cause, in bits: the expected fall of entropy.
    pub fn bits(&self, belief: &[f64], question: usize) -> f64 {
        let mass: f64 = belief.iter().sum();
        let entropy = |weights: &mut dyn Iterator<Item = f64>| {
            let (mut sum, mut own) = (0.0, 0.0);
            for w in weights.filter(|w| *w > 0.0) {
                sum += w;
                own -= w * w.log2();
            }
            // Of masses that sum to `sum`: sum · H + sum · log sum.
            if sum > 0.0 { own + sum * sum.log2() } else { 0.0 }
        };
        let before = entropy(&mut belief.iter().copied());
        let after: f64 = self.questions[question]
            .answers
            .iter()
            .map(|given| entropy(&mut belief.iter().zip(given).map(|(b, p)| b * p)))
            .sum();
        (before - after) / mass.max(f64::MIN_POSITIVE)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    pub cost: f64,
    /// Cause and P(mended | cause), only where it is more than 0.
    pub fixes: Vec<(usize, f64)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    pub cost: f64,
    /// For each answer P(answer | cause), one for every cause.
    pub answers: Vec<Vec<f64>>,
}

/// A model as people write it: `cargo xtask plan MODEL.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    pub causes: Vec<WrittenCause>,
    #[serde(default)]
    pub actions: Vec<WrittenAction>,
    #[serde(default)]
    pub questions: Vec<WrittenQuestion>,
    pub call_service: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenCause {
    pub id: String,
    pub p: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenAction {
    pub id: String,
    pub cost: f64,
    #[serde(default)]
    pub fixes: std::collections::BTreeMap<String, f64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenQuestion {
    pub id: String,
    pub cost: f64,
    pub answers: Vec<WrittenAnswer>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenAnswer {
    pub id: String,
    #[serde(default)]
    pub given: std::collections::BTreeMap<String, f64>,
}

/// How far sums of probabilities may stray from 1.
const TOLERANCE: f64 = 1e-6;

impl Written {
    /// The model and the belief it starts from.
    ///
    /// # Errors
    /// Every probability outside [0, 1], every sum that is not 1, every cost below 0, every
    /// unknown cause and every id given twice, one sentence each.
    pub fn compile(&self) -> Result<(Model, Vec<f64>), Vec<String>> {
        let mut wrong = Vec::new();
        let ids: Vec<&str> = self.causes.iter().map(|c| c.id.as_str()).collect();
        let twice = |kind: &str, ids: &[&str], wrong: &mut Vec<String>| {
            for (i, id) in ids.iter().enumerate() {
                if ids[..i].contains(id) {
                    wrong.push(format!("{kind} “{id}” is there twice"));
                }
            }
        };
        twice("cause", &ids, &mut wrong);
        twice(
            "action",
            &self.actions.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(),
            &mut wrong,
        );
        twice(
            "question",
            &self.questions.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(),
            &mut wrong,
        );
        let probability = |p: f64, of: String, wrong: &mut Vec<String>| {
            if !(0.0..=1.0).contains(&p) {
                wrong.push(format!("{of} is {p}: expected a probability between 0 and 1"));
            }
        };
        let cost = |c: f64, of: String, wrong: &mut Vec<String>| {
            if !(c >= 0.0 && c.is_finite()) {
                wrong.push(format!("the cost of {of} is {c}: expected at least 0"));
            }
        };
        for c in &self.causes {
            probability(c.p, format!("p of cause “{}”", c.id), &mut wrong);
        }
        let sum: f64 = self.causes.iter().map(|c| c.p).sum();
        if (sum - 1.0).abs() > TOLERANCE {
            wrong.push(format!("the probabilities of the causes sum to {sum}: expected 1"));
        }
        let find = |id: &str, of: String, wrong: &mut Vec<String>| {
            let found = ids.iter().position(|x| *x == id);
            if found.is_none() {
                wrong.push(format!("{of} names the cause “{id}”, which is not there"));
            }
            found
        };
        let mut actions = Vec::new();
        for a in &self.actions {
            cost(a.cost, format!("action “{}”", a.id), &mut wrong);
            let mut fixes = Vec::new();
            for (cause, p) in &a.fixes {
                probability(*p, format!("“{cause}” of action “{}”", a.id), &mut wrong);
                if let Some(c) = find(cause, format!("action “{}”", a.id), &mut wrong)
                    && *p > 0.0
                {
                    fixes.push((c, *p));
                }
            }
            fixes.sort_by_key(|f| f.0);
            actions.push(Act { cost: a.cost, fixes });
        }
        let mut questions = Vec::new();
        for q in &self.questions {
            cost(q.cost, format!("question “{}”", q.id), &mut wrong);
            let mut answers = Vec::new();
            for answer in &q.answers {
                let mut given = vec![0.0; ids.len()];
                for (cause, p) in &answer.given {
                    let of = format!("“{cause}” of answer “{}” to “{}”", answer.id, q.id);
                    probability(*p, of, &mut wrong);
                    if let Some(c) = find(cause, format!("question “{}”", q.id), &mut wrong) {
                        given[c] = *p;
                    }
                }
                answers.push(given);
            }
            for (c, id) in ids.iter().enumerate() {
                let sum: f64 = answers.iter().map(|a| a[c]).sum();
                if (sum - 1.0).abs() > TOLERANCE {
                    wrong.push(format!(
                        "the answers to “{}” sum to {sum} for the cause “{id}”: expected 1",
                        q.id
                    ));
                }
            }
            questions.push(Ask { cost: q.cost, answers });
        }
        if let Some(c) = self.call_service {
            cost(c, "call_service".into(), &mut wrong);
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let belief = self.causes.iter().map(|c| c.p).collect();
        Ok((Model { causes: ids.len(), actions, questions, call: self.call_service }, belief))
    }
}
