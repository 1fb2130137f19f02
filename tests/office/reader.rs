use crate::visitor::{NOON, NOW, READING, TODAY, Visitor};
use pos_aid::engine::{self, Case, why};
use pos_aid::node::to_html;
use pos_aid::office::{Effect, Now, Visit};
use pos_aid::route::{Check, Page, Route};
use rulebase::{Lang, Probe, ProbedIx, Role, Word};
use serde_json::{Value, json};

const LOOK: &str = "#/en/staff/reader/look";

/// What the script would tell of a browser that can look.
fn gates(change: impl FnOnce(&mut Value)) -> String {
    let mut gates = json!({
        "heard": "gates", "secure": true, "framed": false, "usb": true, "serial": true,
        "usbAllowed": true, "serialAllowed": true, "system": "linux", "browser": "Chromium 156",
    });
    change(&mut gates);
    gates.to_string()
}

fn device(serial: &str) -> Value {
    json!({
        "key": format!("08e6:4433:{serial}"), "vendor": 0x08e6, "product": 0x4433, "usb": "1.1.0",
        "version": "0.0.0", "class": [0, 0, 0], "maker": "QEMU", "model": "QEMU USB CCID",
        "serial": serial, "configured": true,
        "interfaces": [{"number": 0, "alternates": [
            {"class": 11, "subclass": 0, "protocol": 0, "name": null, "endpoints": 3}]}],
    })
}

fn hears(visitor: &mut Visitor, told: &Value, ms: u64) -> Vec<Effect> {
    let now = Now { ms: NOON + ms, ..NOW };
    visitor.office.told("heard", &told.to_string(), now)
}

fn presses(visitor: &mut Visitor, id: &str, ms: u64) -> Vec<Effect> {
    visitor.office.act(id, Now { ms: NOON + ms, ..NOW })
}

fn at_reader() -> Visitor {
    let mut visitor = Visitor::new();
    visitor.goes(LOOK);
    visitor.office.arrive(LOOK);
    visitor.office.told("heard", &gates(|_| {}), NOW);
    visitor
}

/// Somebody whose reader drops out when it is moved at its own end.
fn loose() -> Visitor {
    let mut visitor = at_reader();
    presses(&mut visitor, "pick-usb", 0);
    let picked = json!({"heard": "usb-picked", "device": device("SN-4711-A"), "filtered": true});
    hears(&mut visitor, &picked, 0);
    visitor.goes("#/en/staff/reader/cable");
    visitor.office.arrive("#/en/staff/reader/cable");
    let key = device("SN-4711-A")["key"].clone();
    let breaks = |visitor: &mut Visitor, at: u64| {
        hears(visitor, &json!({"heard": "gone", "kind": "usb", "key": key}), at);
        let back =
            json!({"heard": "back", "kind": "usb", "key": key, "device": device("SN-4711-A")});
        hears(visitor, &back, at + 800);
    };
    presses(&mut visitor, "cable-start", 0);
    breaks(&mut visitor, 2_000);
    for part in 0..4_u64 {
        let begin = 10_000 + part * 30_000;
        presses(&mut visitor, "cable-next", begin);
        if part == 1 {
            breaks(&mut visitor, begin + 3_000);
        }
        presses(&mut visitor, "wake", begin + 20_000);
    }
    visitor
}

#[test]
fn every_part_is_there_in_both_languages_with_no_text_missing() {
    for lang in ["en", "zh-CN"] {
        let mut visitor = loose();
        let parts = Check::ALL.iter().map(|c| format!("/{}", c.1)).chain([String::new()]);
        for part in parts {
            let html = visitor.sees(&format!("#/{lang}/staff/reader{part}"));
            assert!(html.contains("<h1"), "{lang}{part}");
            assert!(!html.contains('{'), "{lang}{part}: {html}");
        }
    }
}

#[test]
fn arriving_asks_only_what_the_browser_can_and_leaving_closes_everything() {
    let mut visitor = Visitor::new();
    visitor.goes(LOOK);
    let orders = |effects: Vec<Effect>| -> Vec<String> {
        let order = |e| match e {
            Effect::Probe(order) => order,
            other => panic!("{other:?}"),
        };
        effects.into_iter().map(order).collect()
    };
    let arrived = orders(visitor.office.arrive(LOOK));
    assert_eq!(arrived, [r#"{"order":"gates"}"#, r#"{"order":"watch"}"#]);
    assert_eq!(orders(presses(&mut visitor, "leave", 0)), [r#"{"order":"stop"}"#]);
}

#[test]
fn whoever_cannot_look_is_told_why_and_what_instead() {
    type Case = (&'static str, fn(&mut Value), Probe, bool);
    let cases: [Case; 5] = [
        ("insecure", |g| g["secure"] = false.into(), Probe::InsecureDo, true),
        (
            "neither",
            |g| {
                g["usb"] = false.into();
                g["serial"] = false.into();
            },
            Probe::UnsupportedDo,
            true,
        ),
        (
            "framed",
            |g| {
                g["usbAllowed"] = false.into();
                g["serialAllowed"] = false.into();
                g["framed"] = true.into();
            },
            Probe::DeveloperFrame,
            true,
        ),
        (
            "not allowed",
            |g| {
                g["usbAllowed"] = false.into();
                g["serialAllowed"] = false.into();
            },
            Probe::NotAllowedDo,
            true,
        ),
        ("serial only", |g| g["usb"] = false.into(), Probe::SerialOnlyDo, false),
    ];
    for (name, change, key, closed) in cases {
        for (language, (_, tag)) in Lang::ALL.iter().enumerate() {
            let mut visitor = Visitor::new();
            let look = format!("#/{tag}/staff/reader/look");
            visitor.goes(&look);
            visitor.office.told("heard", &gates(change), NOW);
            let html = visitor.sees(&look);
            let text = |key: Probe| {
                READING.probe_words[language]
                    .text(key)
                    .replace('"', "&quot;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;")
            };
            assert!(html.contains(&text(key)), "{name} {tag}: {html}");
            assert_eq!(html.contains("id=\"pick-"), !closed, "{name} {tag}");
            // The questions work everywhere.
            assert_eq!(html.contains(&text(Probe::QuestionsInstead)), closed, "{name} {tag}");
        }
    }
}

#[test]
fn what_was_found_goes_into_the_open_case_and_shows_in_its_why() {
    let mut visitor = loose();
    let base = &READING.base;
    let case = "#/en/staff/no-connection".to_string();
    let visit = Visit { fragment: LOOK.into(), notice: None, case: Some(case.clone()) };
    let html = to_html(&visitor.office.show(&visit, NOW).expect("a page").body);
    let start = html.find(&format!("{case}/found.")).expect("a link into the case");
    let link: String = html[start..].chars().take_while(|c| *c != '"').collect();
    let read = Route::read(base, &link, Lang::En);
    assert_eq!(read.skipped, Vec::<String>::new());
    let Page::Case { case, .. } = read.route.page else { panic!("{link}") };
    let loose = ProbedIx::find(base, "loose-at-reader").expect("it says something of causes");
    assert!(case.probed.contains(&loose), "{link}");
    let without = Case { probed: Vec::new(), ..case.clone() };
    let belief =
        |case: &Case| engine::advise(base, case, Role::Staff, TODAY).expect("advice").belief;
    let (now, before) = (belief(&case), belief(&without));
    let raised = base[loose].raises[0].0;
    let at = usize::from(raised.0);
    assert!(now[at] > 2.0 * before[at], "{} {}", before[at], now[at]);
    let shares = why::shares(base, &case, base.causes.len());
    let share = shares.iter().find(|s| s.cause == Some(raised)).expect("a share");
    let pull = share.pulls.iter().find(|p| p.0 == engine::belief::Clue::Probed(loose));
    assert!(pull.is_some_and(|p| p.1 > 0.0), "{share:?}");
}

#[test]
fn findings_that_rest_on_one_fact_weigh_once_in_a_case() {
    let base = &READING.base;
    let complaint = rulebase::ComplaintIx::find(base, "no-connection").expect("a complaint");
    let fact = base.probed.iter().find_map(|p| p.together).expect("a fact");
    let group: Vec<ProbedIx> =
        ProbedIx::all(base).filter(|p| base[*p].together == Some(fact)).collect();
    assert!(group.len() > 2);
    let belief = |probed: &[ProbedIx]| {
        let case = Case { probed: probed.to_vec(), ..Case::new(complaint) };
        engine::advise(base, &case, Role::Staff, TODAY).expect("advice").belief
    };
    let mut reversed = group.clone();
    reversed.reverse();
    for (a, b) in belief(&group).iter().zip(belief(&reversed)) {
        assert!((a - b).abs() < 1e-9, "the order does not count");
    }
    let doubled = [&group[..], &group[..]].concat();
    assert_eq!(belief(&group), belief(&doubled));
}

#[test]
fn the_report_has_both_languages_and_no_serial_number_unless_it_is_wanted() {
    let mut visitor = loose();
    let report = "#/en/staff/reader/report";
    let html = visitor.sees(report);
    for words in &READING.probe_words {
        assert!(html.contains(words.text(Probe::ReportTitle)), "{:?}", words.lang);
        assert!(html.contains(words.text(Probe::NotTested)), "{:?}", words.lang);
    }
    assert!(!html.contains("SN-4711-A"), "{html}");
    let (name, text) = visitor.saves("save-report").expect("a file");
    assert_eq!(name, "reader-check-2026-11-22.json");
    let saved: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(saved["device"]["serialNumber"], Value::Null);
    assert_eq!(saved["device"]["vendor"], "08e6");
    assert_eq!(saved["cableBreaks"], json!([0, 1, 0, 0]));
    assert!(saved["findings"].as_array().expect("ids").contains(&json!("loose-at-reader")));
    visitor.office.told("with-serial", "on", NOW);
    assert!(visitor.sees(report).contains("SN-4711-A"));
    let (_, text) = visitor.saves("save-report").expect("a file");
    let saved: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(saved["device"]["serialNumber"], "SN-4711-A");
}

#[test]
fn going_to_another_part_ends_a_test_that_runs() {
    let mut visitor = at_reader();
    let picked = json!({"heard": "usb-picked", "device": device("1"), "filtered": true});
    hears(&mut visitor, &picked, 0);
    visitor.goes("#/en/staff/reader/cable");
    visitor.office.arrive("#/en/staff/reader/cable");
    presses(&mut visitor, "cable-start", 0);
    // Another language is the same part.
    visitor.office.arrive("#/zh-CN/staff/reader/cable");
    assert!(visitor.sees("#/en/staff/reader/cable").contains("cable-stop"));
    visitor.office.arrive("#/en/staff/reader/power");
    let html = visitor.sees("#/en/staff/reader/cable");
    assert!(html.contains(READING.probe_words[0].text(Probe::ResultVoid)), "{html}");
}

#[test]
fn what_is_no_good_result_is_never_called_one() {
    let fine = READING.probe_words[0].text(Probe::ConnectionFine);
    let mut visitor = at_reader();
    let picked = json!({"heard": "usb-picked", "device": device("1"), "filtered": true});
    hears(&mut visitor, &picked, 0);
    let html = visitor.sees(LOOK);
    assert!(html.contains(fine));
    assert!(html.contains(READING.probe_words[0].text(Probe::NotTested)));
    // It hangs.
    let key = device("1")["key"].clone();
    let hangs = json!({"heard": "usb-read", "key": key, "opened": true, "answers": [], "failed": null, "timeout": true});
    hears(&mut visitor, &hangs, 3_000);
    let html = visitor.sees(LOOK);
    assert!(!html.contains(fine), "{html}");
    assert!(html.contains(READING.probe_words[0].text(Probe::IsReaderHangs)));
    // It is away.
    let mut visitor = at_reader();
    hears(&mut visitor, &picked, 0);
    hears(&mut visitor, &json!({"heard": "gone", "kind": "usb", "key": key}), 9_000);
    let html = visitor.sees(LOOK);
    assert!(!html.contains(fine), "{html}");
    assert!(html.contains(READING.probe_words[0].text(Probe::NotConnected)));
}

#[test]
fn a_device_that_may_be_updating_is_left_alone_until_somebody_says_otherwise() {
    let mut visitor = at_reader();
    let mut updating = device("1");
    updating["interfaces"] = json!([{"number": 0, "alternates": [
        {"class": 0xfe, "subclass": 1, "protocol": 0, "name": null, "endpoints": 0}]}]);
    hears(&mut visitor, &json!({"heard": "usb-picked", "device": updating, "filtered": true}), 0);
    for (part, start) in
        [("cable", "cable-start"), ("replug", "replug-start"), ("power", "power-start")]
    {
        let fragment = format!("#/en/staff/reader/{part}");
        assert!(!visitor.sees(&fragment).contains(start), "{part}");
    }
    presses(&mut visitor, "no-update", 0);
    assert!(visitor.sees("#/en/staff/reader/cable").contains("cable-start"));
}
