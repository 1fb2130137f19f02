//! A claim: papers, notes, files, calendar, letters.

use crate::visitor::*;
use pos_aid::node::to_html;
use pos_aid::office::{Effect, Now, Visit};
use rulebase::Claim;
use std::path::Path;

/// A visitor in the middle of a claim.
fn told() -> Visitor {
    let mut visitor = Visitor::new();
    visitor.goes(UK);
    visitor.tells(&[
        ("date-transaction", "2026-10-31"),
        ("date-complained", "2026-11-02"),
        ("amount", "128.50"),
        ("currency", "GBP"),
        ("blank-name", "Lin 林"),
        ("blank-shop", "Corner shop"),
        ("paper-slip", "on"),
    ]);
    visitor.office.act("add-line", NOW);
    visitor
        .tells(&[("line-0-date", "2026-11-01"), ("line-0-text", "Called the bank 打了银行电话")]);
    visitor
}

fn text(lang: usize, key: Claim) -> &'static str {
    READING.claim_words[lang].text(key)
}

#[test]
fn what_a_page_wants_is_asked_for_once_and_again_after_it_did_not_come() {
    let mut visitor = Visitor::new();
    let visit = Visit { fragment: UK.into(), notice: None, case: None };
    let wants = |v: &mut Visitor| -> Vec<String> {
        v.office.show(&visit, NOW).expect("a page").wants.into_iter().map(|w| w.0).collect()
    };
    let wanted = ["claims-en.bin", "rights-uk-en.bin", "rights-uk-en.bin", "rights-net-en.bin"];
    assert_eq!(wants(&mut visitor), [wanted[0], wanted[1], wanted[3]]);
    assert_eq!(wants(&mut visitor), Vec::<String>::new());
    wanted.iter().for_each(|name| visitor.office.give(name, None));
    assert_eq!(wants(&mut visitor), Vec::<String>::new());
    let html = to_html(&visitor.office.show(&visit, NOW).expect("a page").body);
    assert!(html.contains(READING.words[0].ui(rulebase::Ui::NotLoaded)), "{html}");
    visitor.office.arrive(UK);
    assert_eq!(wants(&mut visitor), [wanted[0], wanted[1], wanted[3]]);
}

#[test]
fn a_saved_file_opens_to_the_same_claim() {
    let mut visitor = told();
    let (name, file) = visitor.saves("save-kit").expect("a file");
    assert_eq!(name, "card-payment-notes-2026-11-22.json");
    let before = visitor.sees("#/en/cardholder/kit");
    assert!(before.contains("Called the bank"), "{before}");
    let mut other = Visitor::new();
    other.goes("#/en/cardholder/kit");
    other.office.opened("open-kit", Some(file.as_bytes()), NOW);
    let after = other.sees("#/en/cardholder/kit");
    for said in
        ["Called the bank 打了银行电话", "2026-10-31", "2026-11-01", "id=\"paper-slip\" checked"]
    {
        assert!(after.contains(said), "{said}: {after}");
    }
    let letter = other.sees(&format!("{UK}/letter.unauthorised-use"));
    assert!(letter.contains("Lin 林") && letter.contains("128.50 GBP"), "{letter}");
    // And back to the empty desk.
    other.office.act("undo", NOW);
    let undone = other.sees("#/en/cardholder/kit");
    assert!(!undone.contains("Called") && undone.contains(text(0, Claim::Undone)), "{undone}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_and_changes_nothing() {
    let whole = told().saves("save-kit").expect("a file").1;
    let newer = whole.replace("\"version\": 1", "\"version\": 2");
    let cut = &whole[..whole.len() / 2];
    let day = whole.replace("2026-10-31", "2026-02-30");
    let event = whole.replace("\"transaction\"", "\"yesterday\"");
    let cases: [(Option<&[u8]>, Claim); 9] = [
        (None, Claim::KitTooLarge),
        (Some(b""), Claim::KitNotOurs),
        (Some(b"\x89PNG\r\n\x1a\n"), Claim::KitNotOurs),
        (Some(b"[1, 2]"), Claim::KitNotOurs),
        (Some(br#"{"pos-aid": "log", "version": 1}"#), Claim::KitNotOurs),
        (Some(newer.as_bytes()), Claim::KitNewer),
        (Some(cut.as_bytes()), Claim::KitBroken),
        (Some(day.as_bytes()), Claim::KitBroken),
        (Some(event.as_bytes()), Claim::KitBroken),
    ];
    for (file, said) in cases {
        let mut visitor = told();
        let effects = visitor.office.opened("open-kit", file, NOW);
        assert_eq!(effects, Vec::new());
        let html = visitor.sees("#/en/cardholder/kit");
        assert!(html.contains(text(0, said)), "{said:?}: {html}");
        assert!(html.contains("Called the bank") && html.contains("2026-10-31"), "{said:?}");
        assert_eq!(visitor.saves("save-kit").expect("a file").1, whole, "{said:?}");
    }
}

#[test]
fn a_file_brings_no_card_number_and_no_markup() {
    let file = r#"{"pos-aid": "kit", "version": 1, "amount": "4111111111111111",
        "blanks": {"name": "4111 1111 1111 1111", "reference": "260130123456"},
        "timeline": [{"date": "2026-11-01", "what": "PIN 482913, card 6222021234567890128 <b>"}],
        "papers": ["slip", "<script>"]}"#;
    let mut visitor = Visitor::new();
    visitor.goes("#/en/cardholder/kit");
    visitor.office.opened("open-kit", Some(file.as_bytes()), NOW);
    let saved = visitor.saves("save-kit").expect("a file").1;
    for secret in ["4111", "482913", "6222021234567890128", "<script>"] {
        assert!(!saved.contains(secret), "{secret}: {saved}");
    }
    assert!(saved.contains("260130123456"), "a reference number is none of a card: {saved}");
    let html = visitor.sees("#/en/cardholder/kit");
    assert!(html.contains("&lt;b&gt;") && !html.contains("<b>"), "{html}");
}

#[test]
fn nothing_is_kept_before_somebody_wants_it_and_all_goes_at_one_press() {
    let mut visitor = Visitor::new();
    visitor.goes("#/en/cardholder/kit");
    assert_eq!(visitor.tells(&[("blank-name", "Lin"), ("paper-slip", "on")]), Vec::new());
    let kept = visitor.tells(&[("keep", "hour")]);
    let [Effect::Keep { name, until, text: file }] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!((name.as_str(), *until), ("kit", Some(NOON + 3_600_000)));
    assert!(file.contains("Lin"));
    // What is told later is kept too; the hour does not begin anew.
    let again = visitor.tells(&[("blank-name", "Lin 林")]);
    let [Effect::Keep { until, text: file, .. }] = again.as_slice() else { panic!("{again:?}") };
    assert_eq!(*until, Some(NOON + 3_600_000));
    // Somebody comes back within the hour, and after it.
    for (later, there) in [(3_599_000, true), (3_600_000, false)] {
        let mut back = Visitor::new();
        back.office.kept("kit", file, Now { ms: NOON + later, ..NOW });
        let saved = back.saves("save-kit").expect("a file").1;
        assert_eq!(saved.contains("Lin 林"), there, "{later}: {saved}");
    }
    // Whoever leaves the page open.
    assert_eq!(visitor.goes("#/en/cardholder/kit").wake, Some(3_600_000));
    let early = visitor.office.act("wake", Now { ms: NOON + 1_000, ..NOW });
    assert_eq!(early, Vec::new());
    let gone = visitor.office.act("wake", Now { ms: NOON + 3_600_000, ..NOW });
    assert_eq!(gone, [Effect::Forget { name: "kit".into() }]);
    assert!(visitor.sees("#/en/cardholder/kit").contains(text(0, Claim::WipedByTime)));

    let mut visitor = told();
    visitor.tells(&[("keep", "always")]);
    assert_eq!(visitor.office.act("wipe", NOW), [Effect::Forget { name: "kit".into() }]);
    let html = visitor.sees("#/zh-CN/cardholder/kit");
    assert!(html.contains(text(1, Claim::Wiped)) && !html.contains("2026-10-31"), "{html}");
    assert!(!visitor.saves("save-kit").expect("a file").1.contains("Lin"));
    assert_eq!(visitor.tells(&[("blank-name", "Lin")]), Vec::new(), "nothing is kept any more");
}

#[test]
fn a_browser_that_keeps_nothing_is_told_of() {
    let mut visitor = told();
    visitor.tells(&[("keep", "always")]);
    visitor.office.act("keep-refused", NOW);
    let html = visitor.sees("#/en/cardholder/kit");
    assert!(
        html.contains(text(0, Claim::KeepRefused)) && html.contains("Called the bank"),
        "{html}"
    );
    assert_eq!(visitor.tells(&[("amount", "5")]), Vec::new());
}

#[test]
fn days_ahead_come_as_calendar_entries_with_a_reminder() {
    let mut visitor = told();
    let (name, calendar) = visitor.saves("calendar").expect("a calendar");
    assert_eq!(name, "card-payment-notes.ics");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/calendars");
    std::fs::create_dir_all(&folder).expect("target/calendars");
    std::fs::write(folder.join("uk-en.ics"), &calendar).expect("a file");
    assert!(calendar.lines().all(|l| l.len() <= 75), "lines are folded: {calendar}");
    let events = calendar.matches("BEGIN:VEVENT").count();
    assert!(events >= 3 && calendar.matches("BEGIN:VALARM").count() >= events, "{calendar}");
    // Thirteen months for an unauthorised payment is no number of ours (see rules/rights), so none is
    // here; the bank's fifteen business days after 2 November are.
    assert!(calendar.contains("DTSTART;VALUE=DATE:20261123"), "{calendar}");
    assert!(calendar.contains("DTEND;VALUE=DATE:20261124"), "{calendar}");
    assert!(!calendar.contains("DTSTART;VALUE=DATE:202610"), "no day that is over: {calendar}");
    // The same entries again are the same, so that a calendar changes and does not double them.
    let uids = |text: &str| -> Vec<String> {
        text.lines().filter(|l| l.starts_with("UID")).map(str::to_string).collect()
    };
    assert_eq!(uids(&calendar), uids(&visitor.saves("calendar").expect("a calendar").1));
    let mut chinese = Visitor::new();
    chinese.goes("#/zh-CN/cardholder/rights/charged-twice/cn/hk");
    chinese.tells(&[("date-transaction", "2026-11-01"), ("date-complained", "2026-11-20")]);
    let (_, calendar) = chinese.saves("calendar").expect("a calendar");
    std::fs::write(folder.join("cn-zh.ics"), &calendar).expect("a file");
    assert!(calendar.contains("刷卡"), "{calendar}");
    let mut none = Visitor::new();
    none.goes(UK);
    assert_eq!(none.saves("calendar"), None, "without dates there are no days");
}

#[test]
fn a_letter_says_what_it_relies_on_in_both_languages_and_saves_as_text() {
    let mut visitor = Visitor::new();
    let place = "#/en/cardholder/rights/surcharge/uk/uk/letter.surcharge";
    let html = visitor.sees(place);
    assert!(html.contains("I rely on: ") && html.contains("依据："), "{html}");
    visitor.tells(&[("date-transaction", "2026-10-31"), ("blank-name", "Lin")]);
    let (name, text) = visitor.saves("save-letter").expect("a file");
    assert_eq!(name, "surcharge.txt");
    let (send, compare) = text.split_once("\n\n--- ").expect("two languages");
    assert!(send.contains("I rely on: ") && send.contains("2026-10-31"), "{send}");
    assert!(compare.contains("依据：") && compare.contains("Lin"), "{compare}");
}
