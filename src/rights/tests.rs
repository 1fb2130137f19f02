use super::{Amount, Facts, Fit, Wrong, fit};
use rulebase::*;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn right(card: CardKind, limits: &[(u32, &str, LimitKind)]) -> Right {
    let limit = |l: &(u32, &str, LimitKind)| Limit {
        id: "l".into(),
        n: l.0,
        currency: l.1.into(),
        kind: l.2,
    };
    Right {
        id: "r".into(),
        side: Side::Issuer,
        cite: Vec::new(),
        about: vec![Situation::Unauthorised],
        card,
        holder: Holder::Cardholder,
        duty: Party::Issuer,
        force: Force::Law,
        effective: None,
        clocks: Vec::new(),
        limits: limits.iter().map(limit).collect(),
        sure: Sure::Official,
        sources: Vec::new(),
        review: day("2027-11-01"),
    }
}

fn paid(text: &str, currency: &str) -> Facts {
    let mut facts = Facts::default();
    facts.amount = Amount::read(text, currency);
    facts
}

#[test]
fn a_threshold_is_met_at_its_edge_or_just_beyond_it() {
    // Section 75: more than 100 pounds, at most 30 000.
    let s75 =
        right(CardKind::Any, &[(100, "GBP", LimitKind::Above), (30_000, "GBP", LimitKind::UpTo)]);
    for (amount, fits) in [
        ("99.99", Fit::No(0)),
        ("100", Fit::No(0)),
        ("100.01", Fit::Yes),
        ("30,000.00", Fit::Yes),
        ("30000.01", Fit::No(1)),
    ] {
        assert_eq!(fit(&s75, &paid(amount, "GBP")), fits, "{amount}");
    }
    assert_eq!(fit(&s75, &paid("500", "EUR")), Fit::Depends, "nobody converts for the visitor");
    assert_eq!(fit(&s75, &Facts::default()), Fit::Depends);
    let from = right(CardKind::Any, &[(40_000, "JPY", LimitKind::From)]);
    assert_eq!(fit(&from, &paid("39999", "JPY")), Fit::No(0));
    assert_eq!(fit(&from, &paid("40000", "JPY")), Fit::Yes);
}

#[test]
fn a_cap_keeps_nobody_out() {
    let cap = right(CardKind::Any, &[(50, "EUR", LimitKind::Cap)]);
    assert_eq!(fit(&cap, &Facts::default()), Fit::Yes);
    assert_eq!(fit(&cap, &paid("9000", "EUR")), Fit::Yes);
}

#[test]
fn a_right_of_credit_cards_is_none_of_debit_cards() {
    let credit = right(CardKind::Credit, &[]);
    let with = |card| {
        let mut facts = Facts::default();
        facts.card = card;
        facts
    };
    assert_eq!(fit(&credit, &with(Some(CardKind::Credit))), Fit::Yes);
    assert_eq!(fit(&credit, &with(Some(CardKind::Debit))), Fit::OtherCard);
    assert_eq!(fit(&credit, &with(None)), Fit::Depends);
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (text, cents) in [
        ("12", 1200),
        ("12.5", 1250),
        ("12,50", 1250),
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("1 234,50", 123_450),
        ("1,234", 123_400),
        ("1,234,567", 123_456_700),
        ("¥1234", 123_400),
        ("１２３４．５", 123_450),
        ("88元", 8800),
        (" 0.99 ", 99),
        (".99", 99),
        ("1'234.00", 123_400),
        ("100 €", 10_000),
        ("€ 12,50", 1250),
        ("$ 20", 2000),
    ] {
        assert_eq!(Amount::read(text, "CNY").map(|a| a.cents), Some(cents), "{text}");
    }
    for text in [
        "",
        "abc",
        "-5",
        "1,23,4",
        "1.2.3",
        "12..5",
        ",",
        "5e3",
        "12345678901234",
        "1,2345",
        "0.999",
        "1234,567",
        "1,,234",
    ] {
        assert_eq!(Amount::read(text, "CNY"), None, "{text}");
    }
}

#[test]
fn impossible_dates_are_told_each_at_its_field() {
    let today = day("2026-11-22");
    let mut facts = Facts::default();
    facts.set(Event::Transaction, Some(day("2026-11-10")));
    facts.set(Event::Complained, Some(day("2026-11-12")));
    facts.set(Event::Answered, Some(day("2026-11-20")));
    assert_eq!(facts.wrong(today), []);
    facts.set(Event::Answered, Some(day("2026-11-11")));
    assert_eq!(facts.wrong(today), [Wrong::Order(Event::Answered, Event::Complained)]);
    facts.set(Event::Answered, Some(day("2026-11-23")));
    assert_eq!(facts.wrong(today), [Wrong::Future(Event::Answered)]);
    facts.set(Event::Transaction, Some(day("1926-11-10")));
    facts.set(Event::Answered, None);
    assert_eq!(facts.wrong(today), [Wrong::LongAgo(Event::Transaction)]);
    assert!("2026-02-29".parse::<Date>().is_err() && "2024-02-29".parse::<Date>().is_ok());
}
