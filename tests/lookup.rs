//! What people type leads to what they mean: `tests/queries.jsonl`. Each line has a query and the
//! targets that are right, named as in the fact sheets: `message:M003`, `code:05`, `cause:C01`,
//! `complaint:card-stuck`.

use pos_aid::lookup::{Index, Target};
use rulebase::read::{Reading, read};
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
        Target::Card(_) => false,
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
