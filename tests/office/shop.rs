//! A shop: checklists, inspections, the quiz, care, notes that are kept or erased.

use crate::visitor::*;
use pos_aid::office::Effect;
use rulebase::Shop;
use std::path::Path;

fn shop(lang: usize, key: Shop) -> &'static str {
    READING.guide_words[lang].text(key)
}

#[test]
fn a_tick_has_its_time_and_a_reset_takes_the_ticks_of_one_guide() {
    let mut visitor = Visitor::new();
    let guide = &READING.guides.guides[0];
    let (id, step) = (&guide.id, &guide.steps[0].id);
    let place = format!("#/en/staff/guide/{id}");
    visitor.goes(&place);
    let tick = format!("tick-{id}.{step}");
    let other = format!("tick-{}.x", READING.guides.guides[1].id);
    assert_eq!(
        visitor.tells(&[(&tick, "on"), (&other, "on")]),
        Vec::new(),
        "nothing is kept unasked"
    );
    let html = visitor.sees(&place);
    assert!(html.contains("<time>2026-11-22 12:00</time>"), "{html}");
    let done =
        shop(0, Shop::Done).replace("{n}", "1").replace("{all}", &guide.steps.len().to_string());
    assert!(html.contains(&done), "{html}");
    let kept = visitor.tells(&[("keep-shop", "always")]);
    assert!(matches!(kept.as_slice(), [Effect::Keep { name, until: None, .. }] if name == "shop"));
    let after = visitor.office.act(&format!("reset-{id}"), NOW);
    let [Effect::Keep { text, .. }] = after.as_slice() else { panic!("{after:?}") };
    assert!(!text.contains(&format!("{id}.{step}")) && text.contains(&other[5..]), "{text}");
    // It is there again on the next visit.
    let mut back = Visitor::new();
    back.office.kept("shop", text, NOW);
    let html = back.sees(&format!("#/en/staff/guide/{}", READING.guides.guides[1].id));
    assert!(html.contains("value=\"always\" selected"), "{html}");
}

#[test]
fn a_finding_that_may_be_tampering_stops_everything_and_leads_into_the_diagnosis() {
    let mut visitor = Visitor::new();
    visitor.goes("#/en/staff/log");
    visitor.office.act("add-terminal", NOW);
    visitor.tells(&[
        ("terminal-1-model", "X 900"),
        ("terminal-1-serial", "SN 0012-77AB"),
        ("seen-1-slot", "as-always"),
        ("seen-1-place", "different"),
    ]);
    let place = "#/en/staff/log/1";
    let html = visitor.sees(place);
    assert!(!html.contains("role=\"alert\""), "another place is no tampering: {html}");
    assert!(html.contains("77AB") && !html.contains("0012"), "only the last four: {html}");
    visitor.tells(&[("seen-1-slot", "different")]);
    let html = visitor.sees(place);
    assert!(html.contains(shop(0, Shop::TamperTitle)), "{html}");
    assert!(html.contains("href=\"#/en/staff/looks-tampered\""), "{html}");
    visitor.office.act("save-inspection-1", NOW);
    let html = visitor.sees("#/zh-CN/staff/log");
    assert!(html.contains("2026-11-22 12:00") && html.contains("不一样"), "{html}");
    let (name, csv) = visitor.saves("save-log").expect("a file");
    assert!(name.ends_with("-2026-11-22.csv") && csv.contains("slot,different"), "{name}: {csv}");
    // The file brings the same log to another device, a broken one brings nothing.
    let mut other = Visitor::new();
    other.goes("#/en/staff/log");
    other.office.opened("open-log", Some(csv.replace("2026-11-22", "22-22-22").as_bytes()), NOW);
    let html = other.sees("#/en/staff/log");
    assert!(html.contains("Row 2:") && html.contains(shop(0, Shop::HistoryNone)), "{html}");
    other.office.opened("open-log", Some(csv.as_bytes()), NOW);
    assert!(other.sees("#/en/staff/log").contains("77AB"));
    other.office.opened("open-log", Some(b"\xff\xfe\x00"), NOW);
    assert!(other.sees("#/en/staff/log").contains(shop(0, Shop::CsvNoText)));
}

#[test]
fn the_quiz_asks_everything_once_explains_and_counts() {
    let mut visitor = Visitor::new();
    let place = "#/en/staff/quiz";
    visitor.goes(place);
    visitor.office.act("start-quiz", NOW);
    let all = READING.guides.quiz.len();
    assert!(all >= 40, "{all}");
    for i in 0..all {
        let html = visitor.sees(place);
        let number = shop(0, Shop::QuizNumber);
        let number = number.replace("{n}", &(i + 1).to_string()).replace("{all}", &all.to_string());
        assert!(html.contains(&number), "{html}");
        let drill = READING.guides.quiz.iter().zip(&READING.guide_words[0].quiz);
        let (drill, text) = drill
            .into_iter()
            .find(|(_, t)| html.contains(&format!(">{}</h2>", escaped(&t.ask))))
            .expect("the question that is asked");
        // Right, but for the first.
        let pick = if i == 0 { (drill.right + 1) % drill.answers.len() as u8 } else { drill.right };
        visitor.office.act(&format!("pick-{pick}"), NOW);
        let html = visitor.sees(place);
        assert!(html.contains(&escaped(&text.why)), "{html}");
        visitor.office.act("next-question", NOW);
    }
    let html = visitor.sees(place);
    let right = (all - 1).to_string();
    let result =
        shop(0, Shop::QuizResult).replace("{right}", &right).replace("{all}", &all.to_string());
    assert!(html.contains(&result), "{html}");
    // The name is printed and nothing else.
    visitor.tells(&[("keep-shop", "always")]);
    let kept = visitor.tells(&[("quiz-name", "Wang")]);
    assert!(visitor.sees(place).contains("Wang · 2026-11-22"));
    assert!(kept.iter().all(|e| !format!("{e:?}").contains("Wang")), "{kept:?}");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn care_goes_to_a_calendar_as_often_as_the_shop_chose() {
    let mut visitor = Visitor::new();
    visitor.goes("#/en/staff/upkeep");
    let dated = READING.guides.upkeep.iter().find(|u| u.every == rulebase::Every::Date);
    let dated = dated.expect("a contract ends").id.clone();
    let weekly =
        READING.guides.upkeep.iter().find(|u| u.heavy.is_some()).expect("cleaning").id.clone();
    let ends = format!("ends-{dated}");
    visitor.tells(&[(&ends, "2027-01-31")]);
    let (_, calendar) = visitor.saves("shop-calendar").expect("a calendar");
    let of = |id: &str| -> String {
        let event = calendar.split("BEGIN:VEVENT").find(|e| e.contains(&format!("UID:{id}@")));
        event.unwrap_or_default().to_string()
    };
    assert!(of(&dated).contains("DTSTART;VALUE=DATE:20270131"), "{calendar}");
    assert!(of(&dated).contains("TRIGGER:-P30D") || of(&dated).contains("TRIGGER:-PT2592000S"));
    assert!(of(&weekly).contains("RRULE:FREQ=WEEKLY"), "{}", of(&weekly));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/calendars");
    std::fs::create_dir_all(&folder).expect("target/calendars");
    std::fs::write(folder.join("shop-en.ics"), &calendar).expect("a file");
    visitor.tells(&[("heavy", "yes"), (&format!("every-{}", READING.guides.upkeep[0].id), "")]);
    let (_, calendar) = visitor.saves("shop-calendar").expect("a calendar");
    assert!(calendar.contains("RRULE:FREQ=DAILY"));
    assert!(
        !calendar.contains(&format!("UID:{}@", READING.guides.upkeep[0].id)),
        "not in this shop"
    );
}

#[test]
fn a_shop_s_notes_go_at_one_press_with_the_photos_and_the_counts_stay() {
    let mut visitor = Visitor::new();
    visitor.goes("#/en/staff/log");
    visitor.office.kept("causes", "adjust\nchip-dirty 3", NOW);
    visitor.office.act("add-terminal", NOW);
    visitor.tells(&[("keep-shop", "day")]);
    let photo = "data:image/jpeg;base64,AAAA";
    let kept = visitor.office.opened("photo-1", Some(photo.as_bytes()), NOW);
    assert!(
        matches!(kept.as_slice(), [Effect::Keep { name, .. }] if name == "photo-1"),
        "{kept:?}"
    );
    visitor.office.opened("photo-1", Some(b"GIF89a"), NOW);
    assert!(visitor.sees("#/en/staff/log").contains(shop(0, Shop::PhotoTooLarge)));
    let gone = visitor.office.act("wipe-shop", NOW);
    let gone: Vec<String> = gone.iter().map(|e| format!("{e:?}")).collect();
    assert!(gone.iter().any(|e| e.contains("photo-1")) && gone.iter().any(|e| e.contains("shop")));
    let html = visitor.sees("#/en/staff/log");
    assert!(html.contains(shop(0, Shop::TerminalsNone)) && html.contains(shop(0, Shop::Wiped)));
    let owner = visitor.sees("#/en/staff/owner");
    assert!(owner.contains("<span>3</span>"), "{owner}");
    assert_eq!(visitor.office.act("owner-reset", NOW), [Effect::Forget { name: "causes".into() }]);
    assert!(visitor.sees("#/en/staff/owner").contains(&escaped(shop(0, Shop::OwnerNone))));
}
