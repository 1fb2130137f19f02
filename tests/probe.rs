//! The reader check against its decision table (`tests/probe/table.json`): each observation gives its finding,
//! and what rests on one fact weighs once.

use pos_aid::probe::conclude::{cable, conclude};
use rulebase::read::Reading;
use rulebase::{Local, Observed, Probe, Word};
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

static READING: LazyLock<Reading> =
    LazyLock::new(|| rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))));

static TABLE: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("probe/table.json")).expect("JSON"));

fn list(key: &str) -> &'static Vec<Value> {
    TABLE[key].as_array().expect("a list")
}

fn found(seen: &[Observed]) -> Vec<&'static str> {
    let concluded = conclude(&READING.findings, seen);
    concluded.findings.iter().map(|f| READING.findings[*f].id.as_str()).collect()
}

#[test]
fn each_observation_of_the_table_gives_its_finding_and_next_step() {
    for row in list("table") {
        let when = row["when"].as_str().expect("a word");
        let when = Observed::parse(when).unwrap_or_else(|| panic!("{when}"));
        assert_eq!(found(&[when]), [row["finding"].as_str().expect("an id")], "{row}");
        let finding = READING.findings.iter().find(|f| f.when == when).expect("a finding");
        assert_eq!(finding.next.spelled(), row["next"], "{row}");
    }
    assert_eq!(list("table").len(), Observed::ALL.len());
}

#[test]
fn every_good_finding_says_what_was_not_tested() {
    for (language, slot) in [(0, "slot"), (1, "卡槽")] {
        for row in list("table").iter().filter(|r| r["good"] == true) {
            let at = READING.findings.iter().position(|f| f.id == row["finding"]);
            let text = &READING.probe_words[language].findings[at.expect("a finding")].not;
            assert!(text.contains(slot), "{}: {text}", row["finding"]);
        }
    }
}

#[test]
fn a_cable_test_means_what_the_table_says_and_nothing_before_its_proof() {
    for phase in list("phases") {
        let breaks = phase["breaks"].as_array().expect("numbers");
        let breaks: Vec<u32> = breaks.iter().filter_map(|b| Some(b.as_u64()? as u32)).collect();
        let (seen, text) = cable(&breaks, phase["proof"] == true);
        let wanted: Vec<&str> =
            phase["findings"].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
        assert_eq!(found(&seen), wanted, "{phase}");
        assert_eq!(text.map(Word::spelled), phase["text"].as_str(), "{phase}");
    }
    assert_eq!(cable(&[9, 9, 9, 9], false), (Vec::new(), Some(Probe::ProofFailed)));
}

#[test]
fn what_rests_on_one_fact_weighs_once() {
    let together = TABLE["together"]["link-stands"].as_array().expect("ids");
    let of = |id: &Value| READING.findings.iter().find(|f| f.id == *id).map(|f| f.when);
    let all: Vec<Observed> = together.iter().filter_map(of).collect();
    assert!(all.len() > 3);
    let silent = |seen: &[Observed]| {
        let local = conclude(&READING.findings, seen).local;
        local.iter().find(|l| l.0 == Local::ReaderSilent).map_or(0, |l| l.1)
    };
    let strongest = all.iter().map(|o| silent(&[*o])).min().unwrap_or_default();
    assert!(strongest < 0);
    assert_eq!(silent(&all), strongest);
}

#[test]
fn nothing_observed_means_nothing_and_all_of_it_no_broken_reader() {
    assert_eq!(conclude(&READING.findings, &[]), Default::default());
    let all: Vec<Observed> = Observed::ALL.iter().map(|o| o.0).collect();
    let causes = conclude(&READING.findings, &all).causes;
    assert!(!causes.is_empty());
    let broken = |c: &&(rulebase::CauseIx, i32)| READING.base[c.0].id == "reader-broken" && c.1 > 0;
    assert_eq!(causes.iter().find(broken), None);
}
