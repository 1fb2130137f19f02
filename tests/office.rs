//! The office without a browser: what is told and pressed there, and what it asks for.

use pos_aid::node::to_html;
use pos_aid::office::{Effect, Now, Office, Sheet, Visit};
use rulebase::read::Reading;
use rulebase::{Claim, ClaimFile, Date, GuideFile, Lang, PlaceFile, Shop, Word};
use std::path::Path;
use std::sync::LazyLock;

static READING: LazyLock<Reading> =
    LazyLock::new(|| rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))));

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };
/// 22 November 2026, 12:00 UTC.
const NOON: u64 = 1_795_348_800_000;
const NOW: Now = Now { today: TODAY, minute: 720, ms: NOON };

const UK: &str = "#/en/cardholder/rights/unauthorised/uk/uk";

/// Every file that it may ask for, by its name.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (language, (_, tag)) in Lang::ALL.iter().enumerate() {
        for (rights, words) in READING.rights.iter().zip(&READING.rights_words[language]) {
            let file = PlaceFile { rights: rights.clone(), words: words.clone() };
            files.push((format!("rights-{}-{tag}.bin", rights.place.spelled()), file.to_bytes()));
        }
        let other = &READING.claim_words[1 - language];
        let file = ClaimFile {
            claims: READING.claims.clone(),
            words: READING.claim_words[language].clone(),
            other: other.letters.clone(),
        };
        files.push((format!("claims-{tag}.bin"), file.to_bytes()));
        let file = GuideFile {
            guides: READING.guides.clone(),
            words: READING.guide_words[language].clone(),
            other: READING.guide_words[1 - language].sentences.clone(),
        };
        files.push((format!("guides-{tag}.bin"), file.to_bytes()));
    }
    files
}

struct Visitor {
    office: Office,
    files: Vec<(String, Vec<u8>)>,
}

impl Visitor {
    fn new() -> Visitor {
        let files = files();
        let shelf: String = files.iter().map(|f| format!("{0} {0}\n", f.0)).collect();
        let mut office = Office::open(&READING.base.to_bytes(), &shelf, "https://example.org/")
            .expect("our own rules");
        for words in &READING.words {
            office.add_words(&words.to_bytes()).expect("our own words");
        }
        Visitor { office, files }
    }

    /// Comes to a place and waits until all that it wants is there.
    fn goes(&mut self, fragment: &str) -> Sheet {
        let visit = Visit { fragment: fragment.into(), notice: None };
        loop {
            let sheet = self.office.show(&visit, NOW).expect("there are words");
            if sheet.wants.is_empty() {
                return sheet;
            }
            for (name, _) in &sheet.wants {
                let file = self.files.iter().find(|f| f.0 == *name).expect("it lies on the shelf");
                self.office.give(name, Some(&file.1));
            }
        }
    }

    fn sees(&mut self, fragment: &str) -> String {
        to_html(&self.goes(fragment).body)
    }

    fn tells(&mut self, fields: &[(&str, &str)]) -> Vec<Effect> {
        fields.iter().flat_map(|(field, text)| self.office.told(field, text, NOW)).collect()
    }

    /// The file that a button saves.
    fn saves(&mut self, button: &str) -> Option<(String, String)> {
        self.office.act(button, NOW).into_iter().find_map(|e| match e {
            Effect::Save { name, text, .. } => Some((name, text)),
            _ => None,
        })
    }
}

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
    let visit = Visit { fragment: UK.into(), notice: None };
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
    visitor.office.arrive();
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
