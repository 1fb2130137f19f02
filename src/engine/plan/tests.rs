use super::super::exact;
use super::super::model::{Act, Ask, Model};
use super::super::policy;
use super::*;
use proptest::prelude::*;

fn planned(model: &Model, belief: &[f64]) -> (f64, Move) {
    let mut planner = Planner::new(model);
    let start = State::start(model, belief.to_vec());
    let first = planner.next(&start);
    (policy::cost(model, &start, &mut |s| planner.next(s)), first)
}

fn perfect(cost: f64, causes: &[usize]) -> Act {
    Act { cost, fixes: causes.iter().map(|c| (*c, 1.0)).collect() }
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

/// Jensen et al., AI EDAM 15 (2001), figure 1.
fn m1() -> (Model, Vec<f64>) {
    let actions = vec![perfect(1.0, &[0, 1]), perfect(1.0, &[1, 2]), perfect(1.0, &[2, 3])];
    (Model { causes: 4, actions, questions: vec![], call: None }, vec![0.20, 0.25, 0.40, 0.15])
}

#[test]
fn m1_the_order_by_p_over_c_costs_more_than_the_optimum() {
    let (model, belief) = m1();
    close(Planner::new(&model).actions_alone(&belief, &[0, 1, 2]), 1.50);
    let (cost, first) = exact::solve(&model, belief);
    close(cost, 1.45);
    assert_eq!(first, Move::Do(2));
}

#[test]
fn m1_the_planner_sees_the_better_order() {
    let (model, belief) = m1();
    let (cost, first) = planned(&model, &belief);
    close(cost, 1.45);
    assert_eq!(first, Move::Do(2));
}

#[test]
fn m2_the_question_is_asked_after_the_first_action() {
    // Lín, IJAR 55 (2014), figure 2.
    let model = Model {
        causes: 3,
        actions: vec![perfect(1.0, &[0]), perfect(1.0, &[1]), perfect(1.0, &[2])],
        questions: vec![Ask { cost: 1.0, answers: vec![vec![0.5, 1.0, 0.0], vec![0.5, 0.0, 1.0]] }],
        call: None,
    };
    let belief = vec![0.5, 0.25, 0.25];
    // A1, then the question, then the right action: 1 + ½ · (1 + 1) = 2. Without the question,
    // A1, A2, A3 cost 1 + ½ + ¼ = 1.75.
    let mut asked = |s: &State| match (s.actions.contains(&0), s.questions.is_empty()) {
        (true, _) => Move::Do(0),
        (false, false) => Move::Ask(0),
        (false, true) => match s.actions.iter().max_by(|a, b| {
            mended(&model, &s.belief, **a).total_cmp(&mended(&model, &s.belief, **b))
        }) {
            Some(a) => Move::Do(*a),
            None => Move::GiveUp,
        },
    };
    close(policy::cost(&model, &State::start(&model, belief.clone()), &mut asked), 2.0);
    let (best, _) = exact::solve(&model, belief.clone());
    close(best, 1.75);
    close(planned(&model, &belief).0, 1.75);
}

fn independent() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((0.01f64..1.0, 0.1f64..10.0), 1..7)
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![vec![]];
    }
    let mut out = Vec::new();
    for rest in permutations(n - 1) {
        for at in 0..=rest.len() {
            let mut p = rest.clone();
            p.insert(at, n - 1);
            out.push(p);
        }
    }
    out
}

proptest! {
    /// M3: single fault, independent perfect actions, one a fault, no question.
    #[test]
    fn m3_descending_p_over_c_beats_every_permutation(faults in independent()) {
        let sum: f64 = faults.iter().map(|f| f.0).sum();
        let belief: Vec<f64> = faults.iter().map(|f| f.0 / sum).collect();
        let actions = faults.iter().enumerate().map(|(i, f)| perfect(f.1, &[i])).collect();
        let model = Model { causes: faults.len(), actions, questions: vec![], call: None };
        let open: Vec<usize> = (0..faults.len()).collect();
        let by_rate = Planner::new(&model).actions_alone(&belief, &open);
        let least = permutations(faults.len())
            .into_iter()
            .map(|order| {
                let mut left = 1.0;
                order.iter().map(|i| { let c = left * faults[*i].1; left -= belief[*i]; c }).sum::<f64>()
            })
            .fold(f64::INFINITY, f64::min);
        prop_assert!((by_rate - least).abs() < 1e-9, "{} against {}", by_rate, least);
        prop_assert!((planned(&model, &belief).0 - least).abs() < 1e-9);
        prop_assert!((exact::solve(&model, belief).0 - least).abs() < 1e-9);
    }
}
