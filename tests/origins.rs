//! Nothing of the fact sheets was lost: every id has a rule that says it came from there.

use std::collections::BTreeSet;
use std::path::Path;

fn from(kinds: &[&str]) -> BTreeSet<String> {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let of_kind = reading.origins.into_iter().filter(|o| kinds.contains(&o.kind));
    of_kind.flat_map(|o| o.from).collect()
}

fn missing(ids: impl Iterator<Item = String>, has: &BTreeSet<String>) -> Vec<String> {
    ids.filter(|id| !has.contains(id)).collect()
}

#[test]
fn all_94_causes_have_a_rule() {
    assert_eq!(
        missing((1..=94).map(|n| format!("C{n:02}")), &from(&["causes"])),
        Vec::<String>::new()
    );
}

#[test]
fn all_43_observations_and_the_21_added_ones_have_a_question() {
    let has = from(&["questions"]);
    assert_eq!(missing((1..=43).map(|n| format!("o{n}")), &has), Vec::<String>::new());
    assert_eq!(missing((1..=21).map(|n| format!("a{n:02}")), &has), Vec::<String>::new());
}

#[test]
fn all_44_checks_have_an_action() {
    assert_eq!(
        missing((1..=44).map(|n| format!("K{n:02}")), &from(&["actions"])),
        Vec::<String>::new()
    );
}

#[test]
fn the_six_added_first_advices_have_an_action() {
    let added = ["a-settle", "a-wait", "a-contact", "a-giveback", "a-line", "a-freeze"];
    assert_eq!(
        missing(added.iter().map(|s| s.to_string()), &from(&["actions"])),
        Vec::<String>::new()
    );
}

#[test]
fn all_ten_rules_have_an_alert() {
    assert_eq!(
        missing((1..=10).map(|n| format!("R{n}")), &from(&["alerts"])),
        Vec::<String>::new()
    );
}

#[test]
fn everything_that_the_seed_article_gets_wrong_is_corrected() {
    let has = from(&["corrections"]);
    let seed = [
        "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4", "4.1",
        "4.2", "4.3", "4.4",
    ];
    assert_eq!(missing(seed.iter().map(|s| s.to_string()), &has), Vec::<String>::new());
    assert_eq!(missing((1..=22).map(|n| format!("D{n:02}")), &has), Vec::<String>::new());
}

#[test]
fn every_fact_about_rights_has_a_rule_or_a_reason_to_have_none() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    // Messages of terminals have numbers that facts about merchants have too.
    let message = |kind: &str, id: &str| {
        kind == "messages" && id.starts_with('M') && id[1..].bytes().all(|b| b.is_ascii_digit())
    };
    let of = |o: &rulebase::read::Origin| {
        o.from.iter().filter(|id| !message(o.kind, id)).cloned().collect::<Vec<_>>()
    };
    let told: BTreeSet<String> = reading.origins.iter().flat_map(of).collect();
    let facts: toml_edit::DocumentMut = include_str!("facts.toml").parse().expect("TOML");
    let list = |key: &str| -> Vec<String> {
        let ids = facts[key].as_array().expect("a list");
        ids.iter().filter_map(|i| i.as_str().map(str::to_string)).collect()
    };
    let left_out = facts["left-out"].as_table().expect("a table");
    let ids = [list("china"), list("international")].concat();
    assert!(ids.len() > 400, "{}", ids.len());
    let lost = ids.iter().filter(|id| !told.contains(*id) && !left_out.contains_key(id));
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<&String>::new(), "neither told nor left out");
    let both = left_out.iter().map(|l| l.0).filter(|id| told.contains(*id));
    assert_eq!(both.collect::<Vec<_>>(), Vec::<&str>::new(), "left out, but told");
    for (id, reason) in left_out {
        let reason = reason.as_str().unwrap_or_default();
        let reasons = ["repealed", "pending-unclear", "memory-only", "other-trade", "technical"];
        let covered = reason.strip_prefix("covered: ").is_some_and(|by| told.contains(by));
        assert!(covered || reasons.contains(&reason), "{id}: {reason}");
    }
}
