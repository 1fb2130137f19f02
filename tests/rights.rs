//! Deadlines against dates that were checked by hand: `tests/deadlines.toml`; and what every place's
//! rights must hold.

use pos_aid::rights::{Due, Facts, after, parts};
use rulebase::read::{Reading, read};
use rulebase::*;
use std::path::Path;
use std::sync::LazyLock;

static READING: LazyLock<Reading> = LazyLock::new(|| {
    let reading = read(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(reading.problems.is_empty(), "{}", reading.told());
    reading
});

fn place(tag: &str) -> Option<&'static PlaceRights> {
    let place = Place::parse(tag)?;
    READING.rights.iter().find(|r| r.place == place)
}

#[test]
fn deadlines_are_those_that_were_counted_by_hand() {
    let table: toml_edit::DocumentMut =
        include_str!("deadlines.toml").parse().expect("the table is TOML");
    let cases = table["case"].as_array_of_tables().expect("[[case]]");
    let mut wrong = Vec::new();
    for case in cases {
        let text = |key: &str| case[key].as_str().unwrap_or_default().to_string();
        let date = |key: &str| -> Option<Date> {
            let day = case.get(key)?.as_datetime()?.date?;
            Some(Date { year: day.year, month: day.month, day: day.day })
        };
        let start = date("start").expect("start");
        let n = case["n"].as_integer().expect("n") as u16;
        let unit = Unit::parse(&text("unit")).expect("unit");
        let holidays = place(&text("place")).and_then(|p| p.holidays.as_ref());
        let due = after(start, n, unit, holidays);
        let right = match date("due") {
            Some(day) => due == Due::On(day),
            None => matches!(due, Due::Beyond { .. } | Due::NoTable),
        };
        if !right {
            wrong.push(format!("{case} gives {due:?}"));
        }
    }
    assert!(cases.len() >= 120, "{}", cases.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_place_helps_in_the_situations_that_bring_most_people_here() {
    let most = [
        Situation::DebitedFailed,
        Situation::ChargedTwice,
        Situation::Unauthorised,
        Situation::RefundMissing,
    ];
    for of in READING.rights.iter().filter(|r| r.place != Place::Net) {
        for situation in most {
            let facts = Facts::default();
            let way = (situation, READING.claims.first(situation));
            let parts = parts(Some(of), Some(of), None, Holder::Cardholder, way, &facts);
            let some = parts.iter().any(|p| !p.entitled.is_empty() || !p.ladder.is_empty());
            assert!(some, "{:?}: nothing on {}", of.place, situation.spelled());
        }
    }
}

#[test]
fn rights_of_a_place_weigh_no_more_than_they_may() {
    for (words, (_, lang)) in READING.rights_words.iter().zip(Lang::ALL) {
        for (rights, words) in READING.rights.iter().zip(words) {
            let file = PlaceFile { rights: rights.clone(), words: words.clone() };
            let bytes = file.to_bytes();
            assert_eq!(PlaceFile::from_bytes(&bytes).as_ref(), Ok(&file));
            // Texts shrink to a third or less; the build checks the compressed size itself.
            assert!(bytes.len() < 90_000, "{lang} {:?}: {} bytes", rights.place, bytes.len());
        }
    }
}

#[test]
fn a_shop_abroad_gives_its_own_rules_on_the_shop_and_none_on_the_bank() {
    let (cn, uk) = (place("cn"), place("uk"));
    let facts = Facts::default();
    let way = (Situation::ChargedTwice, Side::Shop);
    let parts = parts(cn, uk, None, Holder::Cardholder, way, &facts);
    assert_eq!(parts[0].side, Side::Shop, "whom one goes to first stands first");
    for part in parts {
        let wanted = if part.side == Side::Issuer { Place::Cn } else { Place::Uk };
        assert_eq!(part.place.place, wanted);
        assert!(part.entitled.iter().all(|e| e.right.side == part.side));
    }
}

#[test]
fn clocks_stand_in_the_order_in_which_they_run_out() {
    let mut facts = Facts::default();
    for (event, _) in Event::ALL {
        facts.set(*event, Some(Date { year: 2026, month: 3, day: 31 }));
    }
    for of in &READING.rights {
        for (situation, _) in Situation::ALL {
            let way = (*situation, Side::Issuer);
            let all = parts(Some(of), Some(of), None, Holder::Cardholder, way, &facts);
            for part in all {
                let days: Vec<Date> = part
                    .clocks
                    .iter()
                    .filter_map(|c| match c.due {
                        Due::On(day) => Some(day),
                        _ => None,
                    })
                    .collect();
                assert!(days.is_sorted(), "{:?} {days:?}", of.place);
            }
        }
    }
}
