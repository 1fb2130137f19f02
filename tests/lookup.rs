//! What people type leads to what they mean: `tests/queries.jsonl`. Each line has a query and the
//! targets that are right, named as in the fact sheets: `message:M003`, `code:05`, `cause:C01`,
//! `complaint:card-stuck`.

use pos_aid::engine::belief::belief;
use pos_aid::engine::{Case, Outcome, Step, advise};
use pos_aid::lookup::{Index, Library, Target};
use pos_aid::route::{Page, Query, Route};
use rulebase::read::{Reading, read};
use rulebase::{CauseIx, Date, Lang, Role, Word};
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

static READING: LazyLock<Reading> = LazyLock::new(|| read(Path::new(env!("CARGO_MANIFEST_DIR"))));

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let words: Vec<_> = READING.words.iter().collect();
    let lookup_words: Vec<_> = READING.lookup_words.iter().collect();
    Index::new(&READING.base, &words, &READING.lookup, &lookup_words)
});

/// Whether a result is one of those wanted.
fn wanted(target: Target, wants: &[&str]) -> bool {
    let from = |kind: &str, id: &str, prefix: &str| {
        let rule = READING.origins.iter().find(|o| o.kind == kind && o.id == id);
        rule.is_some_and(|o| {
            o.from.iter().any(|f| wants.contains(&format!("{prefix}:{f}").as_str()))
        })
    };
    match target {
        Target::Complaint(c) => {
            wants.contains(&format!("complaint:{}", READING.base[c].id).as_str())
        }
        Target::Cause(c) => from("causes", &READING.base[c].id, "cause"),
        Target::Message(m) => {
            from("messages", &READING.lookup.messages[usize::from(m)].id, "message")
        }
        Target::Code(c) => {
            wants.contains(&format!("code:{}", READING.lookup.codes[usize::from(c)].code).as_str())
        }
        Target::Card(_) | Target::Right(_) | Target::Guide(_) => false,
    }
}

#[test]
fn ninety_five_in_a_hundred_queries_are_answered_among_the_first_three() {
    let text = include_str!("queries.jsonl");
    let (mut all, mut found, mut first, mut missed) = (0, 0, 0, Vec::new());
    for line in text.lines() {
        let asked: Value = serde_json::from_str(line).expect("a line of JSON");
        let query = asked["query"].as_str().expect("a query");
        let wants: Vec<&str> =
            asked["wants"].as_array().expect("wants").iter().filter_map(Value::as_str).collect();
        let hits = INDEX.search(query, 5);
        let rank = hits.iter().position(|h| wanted(h.target, &wants));
        all += 1;
        first += usize::from(rank == Some(0));
        found += usize::from(rank.is_some_and(|r| r < 3));
        if rank.is_none_or(|r| r >= 3) {
            let got: Vec<String> =
                hits.iter().map(|h| format!("{} {:.2}", h.matched, h.score)).collect();
            missed.push(format!("{} “{query}” wants {wants:?}, got {got:?}", asked["id"]));
        }
    }
    println!("{}", missed.join("\n"));
    println!("{all} queries, {first} answered first, {found} among the first three");
    assert!(all >= 200 && found as f64 >= 0.95 * all as f64);
}

#[test]
fn whatever_is_pasted_gives_an_answer_at_once_or_none() {
    let long = "拔卡失败 card removed ".repeat(500);
    for query in [
        "",
        " ",
        "\t\n",
        "💳💳💳",
        "\u{202e}drac\u{202c}",
        "<script>alert(1)</script>",
        "\u{0}\u{7}\u{1b}[2J",
        &long,
    ] {
        let before = std::time::Instant::now();
        let hits = INDEX.search(query, 5);
        assert!(before.elapsed().as_millis() < 500, "{query:.20} took too long");
        assert!(hits.len() <= 5 && hits.iter().all(|h| h.score.is_finite()));
    }
}

fn library() -> Library {
    let words: Vec<_> = READING.words.iter().collect();
    Library::new(&READING.base, &words, READING.lookup.clone(), READING.lookup_words.clone())
}

/// Every diagnosis that words on a screen or a code open.
fn opened(library: &Library) -> Vec<Case> {
    let (base, lookup) = (&READING.base, &library.lookup);
    let messages = lookup.messages.iter().filter_map(|m| library.case_of_message(base, &m.id));
    messages.chain(lookup.codes.iter().filter_map(|c| library.case_of_code(base, &c.id))).collect()
}

#[test]
fn words_and_codes_limit_the_diagnosis_to_what_they_can_mean() {
    let base = &READING.base;
    let cases = opened(&library());
    assert!(cases.len() > 200, "{}", cases.len());
    for case in cases {
        let shown = case.shown.clone().expect("it was opened with words");
        assert!(!shown.causes.is_empty());
        let belief = belief(base, &case);
        for cause in CauseIx::all(base).filter(|c| !shown.causes.contains(c)) {
            assert_eq!(belief[usize::from(cause.0)], 0.0, "{}: {}", shown.id, base[cause].id);
        }
        let left: f64 = shown.causes.iter().map(|c| belief[usize::from(c.0)]).sum();
        assert!(left > 0.1, "{} leaves {left}", shown.id);
    }
}

#[test]
fn a_diagnosis_from_words_ends_for_everybody_and_comes_back_from_its_address() {
    let base = &READING.base;
    let library = library();
    let today = Date { year: 2026, month: 11, day: 22 };
    for opened in opened(&library) {
        for (role, _) in Role::ALL.iter().filter(|r| base[opened.complaint].roles.has(r.0)) {
            let mut case = opened.clone();
            for step in 0.. {
                assert!(step < 40, "{:?} never ends", opened.shown);
                let route = Route {
                    lang: Lang::En,
                    role: *role,
                    page: Page::Case { case: case.clone(), again: None },
                };
                let read = Route::read(base, &route.fragment(base), Lang::ZhCn);
                assert!(!read.damaged && read.skipped.is_empty(), "{}", route.fragment(base));
                let waits = read.route.waits_for().expect("the look-up tells what it can mean");
                assert_eq!(library.shown(waits.place, &waits.id), case.shown);
                match advise(base, &case, *role, today).expect("a complaint of ours").step {
                    Step::Alert(a) => case.seen.push(a),
                    Step::Ask(q) => {
                        // What the screen says is known.
                        assert_ne!(base[q].id, "message", "{:?}", opened.shown);
                        case.set(q, None);
                    }
                    Step::Try(a) => {
                        let shown = case.shown.as_ref().expect("it was opened with words");
                        assert!(!shown.bars.contains(&a), "{}: {}", shown.id, base[a].id);
                        case.set_outcome(a, Outcome::Failed);
                    }
                    Step::Conclude { .. } | Step::Call(_) | Step::Solved(_) => break,
                }
            }
        }
    }
}

#[test]
fn after_the_last_pin_try_no_pin_is_tried() {
    let base = &READING.base;
    let library = library();
    let pin = rulebase::ActionIx::find(base, "pin-once-more").expect("an action of ours");
    let locked = ["last-pin-try", "pin-tries-used"].map(|m| library.case_of_message(base, m));
    let codes = ["iso-38", "iso-75"].map(|c| library.case_of_code(base, c));
    for case in locked.into_iter().chain(codes) {
        let shown = case.expect("a diagnosis").shown.expect("it was opened with words");
        assert!(shown.bars.contains(&pin), "{}", shown.id);
    }
}

#[test]
fn not_successful_never_finds_successful() {
    for query in ["不成功", "付款不成功", "交易未成功", "没付成功", "unsuccessful", "not approved"]
    {
        for hit in INDEX.search(query, 12) {
            if let Target::Message(m) = hit.target {
                let message = &READING.lookup.messages[usize::from(m)];
                assert!(message.money.is_some(), "{query}: {}", message.id);
            }
        }
    }
    let found = INDEX.search("交易成功", 1);
    assert!(
        matches!(found[0].target, Target::Message(m) if READING.lookup.messages[usize::from(m)].money.is_none())
    );
}

#[test]
fn no_complaint_is_called_like_a_page() {
    for page in [
        "more", "rules", "find", "now", "message", "code", "cause", "say", "rights", "waiting",
        "kit", "guides", "guide", "log", "upkeep", "quiz", "print", "owner",
    ] {
        assert!(READING.base.complaints.iter().all(|c| c.id != page), "{page}");
    }
}

#[test]
fn an_address_holds_no_card_number_whoever_wrote_it() {
    for written in [
        "#/en/cardholder/find/4111111111111111",
        "#/en/find/4111%201111%201111%201111",
        "#/find/%EF%BC%94111111111111111",
        "#/en/cardholder/find/my%20card%205555555555554444%20stuck",
        "#/en/4111111111111111/card-stuck",
        "#/en/cardholder/card-stuck/4111111111111111",
        "#/en/cardholder/say/4111111111111111",
        "#/en/cardholder/card-stuck/shown.code.4111111111111111",
    ] {
        let read = Route::read(&READING.base, written, Lang::En);
        let again = read.route.fragment(&READING.base);
        let digits = again.chars().filter(char::is_ascii_digit).count();
        assert!(digits <= 8 || again.contains("%E2%80%A2"), "{written} became {again}");
        assert!(!again.contains("4111111111111111") && !again.contains("5555555555554444"));
        assert!(read.skipped.iter().all(|s| !s.contains("4111")), "{written}");
    }
}

#[test]
fn a_query_comes_back_from_its_address() {
    for query in ["拔卡失败", "card stuck?", "50 % / #1", "05", "a.b/c", "é💳", ""] {
        let page = Page::Find(Query::of(query));
        let route = Route { lang: Lang::ZhCn, role: Role::Staff, page };
        let fragment = route.fragment(&READING.base);
        assert_eq!(Route::read(&READING.base, &fragment, Lang::En).route, route, "{fragment}");
    }
    assert!(Query::of(&"卡".repeat(10_000)).text().chars().count() <= 80);
}
