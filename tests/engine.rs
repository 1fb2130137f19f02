//! What the engine promises on our own rules, whatever the case.

use pos_aid::engine::belief::belief;
use pos_aid::engine::case::{Case, Outcome, Shown, Where};
use pos_aid::engine::{Step, advise, may_do};
use pos_aid::route::{Page, Route};
use proptest::prelude::*;
use rulebase::*;
use std::sync::LazyLock;

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

static BASE: LazyLock<Base> = LazyLock::new(|| {
    let reading = rulebase::read::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(reading.problems.is_empty(), "{}", reading.told());
    // What the app reads is what the build wrote.
    Base::from_bytes(&reading.base.to_bytes()).expect("the build's own bytes")
});

/// Any case at all, also with links that lead nowhere.
fn any_case() -> impl Strategy<Value = Case> {
    let answers = prop::collection::vec((0u16..60, prop::option::of(0u8..20)), 0..12);
    let tried = prop::collection::vec((0u16..120, 0usize..3), 0..8);
    let seen = prop::collection::vec(0u16..30, 0..6);
    let shown = prop::option::of((
        prop::collection::vec(0u16..120, 0..5),
        prop::collection::vec(0u16..120, 0..3),
    ));
    let probed = prop::collection::vec(0u16..80, 0..6);
    (0u16..30, any::<bool>(), answers, tried, seen, shown, probed).prop_map(
        |(complaint, waiting, answers, tried, seen, shown, probed)| Case {
            complaint: ComplaintIx(complaint),
            shown: shown.map(|(causes, bars)| Shown {
                place: Where::Message,
                id: "some-words".into(),
                causes: causes.into_iter().map(CauseIx).collect(),
                bars: bars.into_iter().map(ActionIx).collect(),
            }),
            waiting,
            answers: answers.into_iter().map(|(q, a)| (QuestionIx(q), a)).collect(),
            tried: tried.into_iter().map(|(a, o)| (ActionIx(a), Outcome::ALL[o].0)).collect(),
            probed: probed.into_iter().map(ProbedIx).collect(),
            seen: seen.into_iter().map(AlertIx).collect(),
        },
    )
}

/// A case with one of our complaints and answers that there are.
fn real_case() -> impl Strategy<Value = Case> {
    let answers =
        prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..8);
    (any::<prop::sample::Index>(), answers).prop_map(|(complaint, answers)| {
        let mut case = Case::new(ComplaintIx(complaint.index(BASE.complaints.len()) as u16));
        for (q, a) in answers {
            let q = QuestionIx(q.index(BASE.questions.len()) as u16);
            case.set(q, Some(a.index(BASE[q].answers.len()) as u8));
        }
        case
    })
}

/// The complaint's own evidence or an answer says so.
fn says(case: &Case, question: &str, answers: &[&str]) -> bool {
    let q = QuestionIx::find(&BASE, question).expect(question);
    let is = |a: u8| answers.contains(&BASE[q].answers[usize::from(a)].id.as_str());
    match case.answer(q) {
        Some(given) => given.is_some_and(is),
        None => {
            BASE[case.complaint].evidence.iter().any(|e| e.0 == q && e.1.iter().all(|a| is(*a)))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_case_is_advised_on_without_panic(case in any_case(), staff: bool) {
        let role = if staff { Role::Staff } else { Role::Cardholder };
        let first = advise(&BASE, &case, role, TODAY);
        prop_assert_eq!(first.is_some(), usize::from(case.complaint.0) < BASE.complaints.len());
        prop_assert_eq!(first, advise(&BASE, &case, role, TODAY));
    }

    #[test]
    fn answers_in_any_order_give_the_same_belief(case in real_case(), shuffled in any::<prop::sample::Index>()) {
        let mut other = case.clone();
        let n = other.answers.len();
        if n > 0 {
            other.answers.rotate_left(shuffled.index(n));
        }
        for (a, b) in belief(&BASE, &case).iter().zip(belief(&BASE, &other)) {
            prop_assert!((a - b).abs() < 1e-9);
        }
    }

    #[test]
    fn dont_know_changes_no_belief(case in real_case(), q in any::<prop::sample::Index>()) {
        let q = QuestionIx(q.index(BASE.questions.len()) as u16);
        prop_assume!(case.answer(q).is_none());
        let mut other = case.clone();
        other.set(q, None);
        prop_assert_eq!(belief(&BASE, &case), belief(&BASE, &other));
    }

    #[test]
    fn nobody_is_told_to_pay_again_before_the_money_is_clear(case in real_case(), staff: bool) {
        let role = if staff { Role::Staff } else { Role::Cardholder };
        let Some(advice) = advise(&BASE, &case, role, TODAY) else { return Ok(()) };
        // What somebody else would do stands on the page too.
        let (Step::Try(action) | Step::Conclude { by: Some(action), .. }) = advice.step else {
            return Ok(());
        };
        if BASE.tagged(action, "retry") || BASE.tagged(action, "other") {
            prop_assert!(says(&case, "record", &["nothing", "not-approved"]), "{}", BASE[action].id);
            prop_assert!(!says(&case, "debit", &["pending", "booked", "two"]), "{}", BASE[action].id);
            prop_assert!(!says(&case, "pending", &["reversal", "offline"]), "{}", BASE[action].id);
        }
        if BASE.tagged(action, "retry") {
            prop_assert!(says(&case, "debit", &["none"]), "{}", BASE[action].id);
        }
    }

    #[test]
    fn nothing_is_restarted_while_something_is_pending(case in real_case()) {
        if let Some(advice) = advise(&BASE, &case, Role::Staff, TODAY)
            && let Step::Try(action) = advice.step
            && BASE.tagged(action, "restart")
        {
            prop_assert!(says(&case, "pending", &["nothing"]), "{}", BASE[action].id);
        }
    }

    #[test]
    fn a_cardholder_is_never_told_to_handle_the_terminal(case in real_case()) {
        if let Some(advice) = advise(&BASE, &case, Role::Cardholder, TODAY)
            && let Step::Try(action) = advice.step
        {
            prop_assert!(may_do(&BASE, Role::Cardholder, action));
            prop_assert!(BASE[action].who.has(Actor::Cardholder));
        }
    }

    #[test]
    fn signs_of_tampering_stop_everything(mut case in real_case(), staff: bool) {
        let role = if staff { Role::Staff } else { Role::Cardholder };
        let q = QuestionIx::find(&BASE, "slot-look").expect("slot-look");
        prop_assume!(case.solved().is_none());
        case.set(q, BASE[q].answer("odd-part"));
        for _ in 0..10 {
            match advise(&BASE, &case, role, TODAY).expect("a real case").step {
                Step::Alert(a) => case.seen.push(a),
                Step::Ask(_) | Step::Try(_) | Step::Solved(_) => prop_assert!(false, "something follows a tamper sign"),
                Step::Conclude { by, .. } => { prop_assert_eq!(by, None); return Ok(()) }
                Step::Call(_) => return Ok(()),
            }
        }
        prop_assert!(false, "the alerts never end");
    }

    #[test]
    fn a_case_survives_its_link(case in real_case(), waiting: bool, staff: bool) {
        let mut case = case;
        case.waiting = waiting;
        let role = if staff { Role::Staff } else { Role::Cardholder };
        prop_assume!(BASE[case.complaint].roles.has(role));
        let route = Route { lang: Lang::ZhCn, role, page: Page::Case { case, again: None } };
        let read = Route::read(&BASE, &route.fragment(&BASE), Lang::En);
        prop_assert_eq!(read.route, route);
        prop_assert!(!read.damaged && read.skipped.is_empty());
    }

    #[test]
    fn any_fragment_is_read_without_panic(fragment in "\\PC{0,80}", path in "#/(en|zh-CN|xx)/(staff|cardholder)?(/[a-z.-]{0,20}){0,6}") {
        for text in [fragment, path] {
            let read = Route::read(&BASE, &text, Lang::En);
            if let Page::Case { case, .. } = &read.route.page {
                prop_assert!(advise(&BASE, case, read.route.role, TODAY).is_some());
            }
        }
    }

    #[test]
    fn every_case_ends(case in real_case(), staff: bool, answers in prop::collection::vec(any::<prop::sample::Index>(), 60)) {
        let role = if staff { Role::Staff } else { Role::Cardholder };
        let mut case = case;
        for pick in answers {
            match advise(&BASE, &case, role, TODAY).expect("a real case").step {
                Step::Alert(a) => case.seen.push(a),
                Step::Ask(q) => {
                    prop_assert!(case.answer(q).is_none(), "{} is asked twice", BASE[q].id);
                    case.set(q, Some(pick.index(BASE[q].answers.len()) as u8));
                }
                Step::Try(a) => {
                    prop_assert!(case.outcome(a).is_none(), "{} is advised twice", BASE[a].id);
                    case.set_outcome(a, Outcome::Failed);
                }
                Step::Conclude { .. } | Step::Call(_) | Step::Solved(_) => return Ok(()),
            }
        }
        prop_assert!(false, "sixty steps and no end");
    }
}

#[test]
fn the_first_split_of_the_seed_message_is_where_the_card_is() {
    let complaint = ComplaintIx::find(&BASE, "card-removal").expect("the seed message");
    for (role, _) in Role::ALL {
        let advice = advise(&BASE, &Case::new(complaint), *role, TODAY).expect("a real case");
        assert_eq!(
            advice.step,
            Step::Ask(QuestionIx::find(&BASE, "card-where").expect("card-where"))
        );
    }
}

#[test]
fn an_early_card_never_leads_straight_to_another_payment() {
    let complaint = ComplaintIx::find(&BASE, "card-removal").expect("the seed message");
    let mut case = Case::new(complaint);
    let q = QuestionIx::find(&BASE, "card-where").expect("card-where");
    case.set(q, BASE[q].answer("early"));
    let advice = advise(&BASE, &case, Role::Staff, TODAY).expect("a real case");
    assert!(matches!(advice.step, Step::Ask(_)), "{:?}", advice.step);
    let warned = advice.standing.iter().any(|a| BASE[*a].id == "money-first");
    assert!(warned, "and “do not pay again yet” stands above it");
}

#[test]
fn a_number_like_a_card_is_not_shown_back_from_a_link() {
    let read = Route::read(&BASE, "#/en/staff/card-removal/4111111111111111", Lang::En);
    assert_eq!(read.skipped, ["••••••••••••••••"]);
}

#[test]
fn cases_of_the_shop_s_own_move_the_order_and_never_what_is_out() {
    let mut base = BASE.clone();
    let complaint = rulebase::ComplaintIx::all(&base).next().expect("a complaint");
    let case = Case::new(complaint);
    let before = pos_aid::engine::belief::prior(&base, &case);
    let rare = (0..base.causes.len()).filter(|i| before[*i] > 0.0);
    let rare = rare.min_by(|a, b| before[*a].total_cmp(&before[*b])).expect("a cause");
    base.counted = vec![(rulebase::CauseIx(rare as u16), 30)];
    let after = pos_aid::engine::belief::prior(&base, &case);
    assert!(after[rare] > 10.0 * before[rare], "{} {}", before[rare], after[rare]);
    let (sum, new): (f64, f64) = (before.iter().sum(), after.iter().sum());
    assert!((sum - new).abs() < 1e-9, "{sum} {new}");
    let out = before.iter().zip(&after).filter(|(b, _)| **b == 0.0).all(|(_, a)| *a == 0.0);
    assert!(out, "what is out stays out");
}
