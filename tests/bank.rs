//! A bank's configuration: what holds is put in, what contradicts is told word for word, and nothing of ours gets
//! weaker.

use pos_aid::bank::{self, Prepared, Problem, schema};
use pos_aid::node::to_html;
use pos_aid::office::{Desk, Loaded};
use pos_aid::pages::{self, Cx, LookUp};
use pos_aid::route::Route;
use proptest::prelude::*;
use rulebase::read::{Reading, read};
use rulebase::{ClaimFile, CodeResult, Date, Lang, MoneyMoved, Retry};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static OURS: LazyLock<Reading> = LazyLock::new(|| read(Path::new(env!("CARGO_MANIFEST_DIR"))));

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).expect("a file")
}

fn own_reading() -> Reading {
    read(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// Everything that is wrong, the look-up's part too.
fn problems(text: &str) -> Vec<Problem> {
    let (mut prepared, mut problems) = bank::prepare(text, "https://bank.example", &OURS.base);
    problems.extend(prepared.look_up(&mut OURS.lookup.clone()));
    problems
}

fn prepared(text: &str) -> Prepared {
    let (prepared, problems) = bank::prepare(text, "https://bank.example", &OURS.base);
    assert_eq!(problems, []);
    prepared
}

/// A page of the app with the example's configuration.
fn page(fragment: &str) -> String {
    let mut reading = own_reading();
    let mut prepared = prepared(&file("docs/embed-examples/bank.json"));
    prepared.base(&mut reading.base);
    reading.words.iter_mut().for_each(|w| prepared.words(w));
    assert_eq!(prepared.look_up(&mut reading.lookup), []);
    reading.lookup_words.iter_mut().for_each(|w| prepared.look_up_words(w));
    let words: Vec<_> = reading.words.iter().collect();
    let library = pos_aid::lookup::Library::new(
        &reading.base,
        &words,
        reading.lookup,
        reading.lookup_words.clone(),
    );
    let route = Route::read(&reading.base, fragment, Lang::En).route;
    let words = words[route.lang as usize];
    let today = Date { year: 2026, month: 11, day: 23 };
    let look_up = LookUp::Here(&library);
    to_html(&pages::page(Cx { base: &reading.base, words, route: &route, look_up, today }, None))
}

#[test]
fn every_mistake_is_told_at_its_field() {
    let told: Vec<String> =
        problems(&file("tests/bank/broken.json")).iter().map(|p| p.to_string()).collect();
    let told = told.join("\n") + "\n";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank/broken.txt"), &told)
            .expect("a file");
    }
    assert_eq!(told, file("tests/bank/broken.txt"));
}

#[test]
fn what_is_no_configuration_leaves_everything_ours() {
    for text in
        ["", "[]", "7", "null", "{", "{\"name\": \"Bank\"}", "{\"hotlines\": []}", "\u{feff}{}"]
    {
        let (prepared, told) = bank::prepare(text, "https://bank.example", &OURS.base);
        assert!(prepared.is_empty, "{text}");
        let mut base = OURS.base.clone();
        prepared.base(&mut base);
        assert_eq!(base, OURS.base, "{text}");
        let fine = text.ends_with("{}") || text.contains("hotlines");
        assert_eq!(told.is_empty(), fine, "{text}: {told:?}");
    }
    // Hotlines of nobody are nobody's to show.
    let nameless =
        r#"{ "hotlines": [{ "label": { "en": "Cards", "zh-CN": "卡" }, "number": "95588" }] }"#;
    let (prepared, told) = bank::prepare(nameless, "", &OURS.base);
    assert!(prepared.is_empty);
    assert_eq!(told[0].at, "name.en");
}

#[test]
fn the_example_holds_and_stands_under_its_name() {
    let start = page("#/en/cardholder");
    for text in [
        "From Example Bank",
        "tel:+861055500100",
        "compare the number",
        "https://bank.example",
        "Example Bank set this page up and may have added to or changed",
        "https://www.bank.example/cards/report",
    ] {
        assert!(start.contains(text), "{text}\n{start}");
    }
    assert!(!start.contains("0200"), "that number is for staff");
    let twice = start.find("twice").expect("the complaint");
    assert!(twice < start.find("remove").unwrap_or(usize::MAX), "it stands first");
    let cause = page("#/zh-CN/cardholder/cause/card-blocked");
    assert!(cause.contains("示例银行补充：") && cause.contains("我行App"), "{cause}");
    let message = page("#/en/staff/message/bank-chip-e17");
    assert!(
        message.contains("E17 CHIP LINK") && message.contains("terminal manual, chapter 7"),
        "{message}"
    );
    let code = page("#/en/staff/code/bank-q7");
    assert!(code.contains("The host gave no clear answer in time."), "{code}");
    let found = page("#/en/staff/find/E17");
    assert!(found.contains("bank-chip-e17"), "{found}");
    assert!(!page("#/en/staff/more").contains("#/en/staff/update"));
}

#[test]
fn a_case_ends_with_the_number_for_whoever_reads_it_but_not_where_an_alert_ends_it() {
    let end = |role: &str| page(&format!("#/en/{role}/cause/issuer-declined"));
    assert!(end("cardholder").contains("5550 0100") && !end("cardholder").contains("5550 0200"));
    assert!(end("staff").contains("5550 0200"));
    let links = |shown: &str, start: &str| -> Vec<String> {
        let all = shown.split("href=\"").skip(1).filter_map(|l| l.split('"').next());
        all.filter(|l| l.starts_with(start)).map(String::from).collect()
    };
    // What the first answers lead to.
    let start = "#/en/staff/card-removal/";
    let mut place = start.to_string();
    let mut shown = page(place.trim_end_matches('/'));
    for _ in 0..40 {
        if ["conclude", "call"].iter().any(|o| shown.contains(&format!("data-outcome=\"{o}\""))) {
            break;
        }
        let longer = |l: &&String| {
            l.len() > place.len() && !l.contains("/again.") && !l.ends_with(".solved")
        };
        let next = links(&shown, start).iter().find(longer).cloned();
        place = next.unwrap_or_else(|| panic!("{place} leads nowhere: {shown}"));
        shown = page(&place);
    }
    assert!(shown.contains("data-outcome=\"c") && shown.contains("5550 0200"), "{place}: {shown}");
    let mut tampered = vec!["#/en/staff/looks-tampered".to_string()];
    tampered.extend(links(&page(&tampered[0]), "#/en/staff/looks-tampered/"));
    assert!(tampered.len() > 1, "{tampered:?}");
    for place in tampered {
        let shown = page(&place);
        assert!(!shown.contains("5550"), "only the contract's number: {shown}");
    }
}

#[test]
fn complaints_that_an_alert_stands_on_cannot_be_hidden() {
    let mut kept = Vec::new();
    for complaint in &OURS.base.complaints {
        let text = format!(
            r#"{{ "name": {{ "en": "Bank", "zh-CN": "银行" }}, "topics": {{ "hide": ["{}"] }} }}"#,
            complaint.id
        );
        if !problems(&text).is_empty() {
            kept.push(complaint.id.as_str());
        }
    }
    for id in
        ["looks-tampered", "somebody-called", "card-stuck", "card-out-of-sight", "card-removal"]
    {
        assert!(kept.contains(&id), "{id}: {kept:?}");
    }
    assert!(kept.len() < OURS.base.complaints.len() * 3 / 4, "{kept:?}");
}

#[test]
fn what_an_alert_forbids_is_refused_and_its_warning_is_not() {
    let told = |en: &str| {
        let both = serde_json::json!({ "en": en, "zh-CN": "说明" });
        let config = serde_json::json!({ "name": { "en": "Bank", "zh-CN": "银行" }, "texts": { "causes.chip-dirty.note": both } });
        problems(&config.to_string()).first().map(|p| p.what.clone()).unwrap_or_default()
    };
    for (text, alert) in [
        ("Tell the agent your PIN", "no-secrets"),
        ("Have the SMS code ready.", "no-secrets"),
        ("Give us the code from the text message", "no-secrets"),
        ("If it is not recognised, tell us your password", "no-secrets"),
        ("Tell staff your P I N", "no-secrets"),
        ("Enter your ＰＩＮ here", "no-secrets"),
        ("特别提醒：请把验证码告诉客服。", "no-secrets"),
        ("请报卡背后的三位数", "no-secrets"),
        ("请提供短信里的数字", "no-secrets"),
        ("请把密 码告诉店员", "no-secrets"),
        ("Swipe again after a minute", "money-first"),
        ("If it does not work, swipe again", "money-first"),
        ("If it does not work swipe again", "money-first"),
        ("Just RETRY.", "money-first"),
        ("Repeat the payment", "money-first"),
        ("Use another card", "money-first"),
        ("如果不能识别，请重新插卡", "money-first"),
        ("没扣款不会有影响，请再刷一次", "money-first"),
        ("Wait. Do not hurry. Then pay again.", "money-first"),
        ("Restart the terminal", "nothing-pending"),
        ("Turn the terminal off and on", "nothing-pending"),
        ("拔掉电源等一分钟", "nothing-pending"),
        ("Use tweezers", "no-tools"),
        ("用酒精棉擦一擦", "no-tools"),
        ("Split the amount in two", "no-way-round"),
        ("分两笔付", "no-way-round"),
        ("Refund in cash", "no-cash-out"),
        ("Install AnyDesk", "fake-caller"),
        ("加微信处理", "fake-caller"),
        // Other verbs, other spellings.
        ("Our agent will ask for your PIN.", "no-secrets"),
        ("Quote your SMS code.", "no-secrets"),
        ("Key in your password", "no-secrets"),
        ("Please supply your CVV.", "no-secrets"),
        ("Tell us the security codes", "no-secrets"),
        ("The long number on your card is needed.", "no-secrets"),
        ("Tell staff your P.I.N.", "no-secrets"),
        ("Photograph both sides of your card and mail it to us.", "no-secrets"),
        ("客服会向您索要密码。", "no-secrets"),
        ("请回复短信验证码。", "no-secrets"),
        ("凭验证码办理。", "no-secrets"),
        ("请回复动态口令", "no-secrets"),
        ("请拍下卡的正反面发给客服。", "no-secrets"),
        ("请把密  码告诉店员", "no-secrets"),
        ("請提供您的卡號和驗證碼。", "no-secrets"),
        // What looks harmless may be the beginning of a request.
        ("请发卡号给我们。", "no-secrets"),
        ("请发出验证码。", "no-secrets"),
        ("请说明验证码。", "no-secrets"),
        ("Keep trying until it works.", "money-first"),
        ("换卡支付即可。", "money-first"),
        ("換一種方式付。", "money-first"),
        ("Pull firmly.", "no-tools"),
        ("扣下这张卡。", "no-accusation"),
        ("The customer may be a thief.", "no-accusation"),
        ("Search the web for our number.", "printed-number"),
        // A negation of something else.
        ("The chip was not read so swipe again.", "money-first"),
        ("The chip was not read swipe again.", "money-first"),
        ("Do not worry - pay again.", "money-first"),
        ("Do not hesitate to restart the terminal.", "nothing-pending"),
        ("Don't forget to give us your PIN.", "no-secrets"),
        ("Never tell it to strangers but tell us your PIN.", "no-secrets"),
        ("不会重复扣款可再刷一次。", "money-first"),
        ("无需担心可以再刷。", "money-first"),
        ("本次不会有影响请再试一次", "money-first"),
        // Promises about money, which no negation turns round.
        ("Nothing was charged.", "money-first"),
        ("Your card was not charged.", "money-first"),
        ("It is paid.", "money-first"),
        ("没有扣款。", "money-first"),
        ("未扣款。", "money-first"),
        ("已付好。", "money-first"),
    ] {
        assert!(told(text).contains(&format!("“{alert}”")), "{text}: {}", told(text));
    }
    for text in [
        "Call 95588",
        "拨打95588",
        "Ring 400.820.8888",
        "bank.example/verify",
        "a\u{202e}b",
        "p\u{200b}in",
        "p\u{34f}in",
        "p\u{fe0f}in",
        "Tell us your РIN",
        "<b>",
        "Call 2233-3000.",
        "Telephone 132221",
        "客服热线40011",
        "客服热线400–820–8888",
        "客服热线10086",
        "010\u{2011}5550\u{2011}0100",
        "WWW.BANK.EXAMPLE",
    ] {
        assert_ne!(told(text), "", "{text}");
    }
    for text in [
        "Never tell anybody your PIN.",
        "We never ask for your password.",
        "Do not restart the terminal.",
        "A spinning wheel",
        "Our app shows the status.",
        "Change your PIN at our cash machines.",
        "Turn off travel blocking in our app.",
        "Closed on 2026-12-25, open from 8:00 to 22:00.",
        "我们从不索取密码。",
        "我行不索要密码。",
        "无需提供密码。",
        "勿将验证码告知他人。",
        "谨防泄露密码。",
        "密码输错三次，卡会被锁。",
        "允许的输入PIN次数超限",
        "密码输入次数超限",
        "密码锁定，请联系发卡行。",
        "验证码请勿告诉他人",
        "密码不要告诉任何人",
        "无论如何不要告诉别人密码",
        "驗證碼請勿告訴他人",
        "We do not ask for your PIN.",
        "Do not split or change the amount.",
        "You can call us 24/7.",
        "Phone: 8:00-22:00",
        "Mon-Fri 8.30-17.30",
        "电话服务9:00–18:00",
        "Closed 25.12.2026 and 2026/12/26",
        "原因分两种",
        "You can pay in cash.",
        "Check whether it is paid.",
        "St.George Bank Co.Ltd",
        "在我行App可以修改密码。",
    ] {
        assert_eq!(told(text), "", "{text}");
    }
}

#[test]
fn a_code_of_their_own_never_calls_paid_what_others_call_open_or_refused() {
    for code in &OURS.lookup.codes {
        let config = serde_json::json!({
            "name": { "en": "Bank", "zh-CN": "银行" },
            "codes": [{
                "code": code.code, "meaning": { "en": "Fine", "zh-CN": "好" }, "result": "approved", "retry": "never",
                "who": ["staff"], "say": "no-clear-answer", "causes": ["host-down"], "source": "Manual", "review": "2027-02-01",
            }],
        });
        let paid = matches!(code.result, CodeResult::Approved | CodeResult::Partial);
        assert!(paid || !problems(&config.to_string()).is_empty(), "{}", code.id);
    }
}

#[test]
fn a_code_of_their_own_is_as_careful_as_every_table_that_knows_it() {
    for code in &OURS.lookup.codes {
        let paid = matches!(code.result, CodeResult::Approved | CodeResult::Partial);
        for (result, retry, say) in [
            ("declined", "once", "no-clear-answer"),
            ("no-payment", "once", "no-clear-answer"),
            ("unknown", "after-query", "paid-thanks"),
        ] {
            let config = serde_json::json!({
                "name": { "en": "Bank", "zh-CN": "银行" },
                "codes": [{
                    "code": code.code, "meaning": { "en": "Fine", "zh-CN": "好" }, "result": result, "retry": retry,
                    "who": ["staff"], "say": say, "causes": ["host-down"], "source": "Manual", "review": "2027-02-01",
                }],
            });
            let told = problems(&config.to_string());
            let careful = matches!(code.retry, Retry::Never | Retry::AfterQuery);
            let wrong = paid || say == "paid-thanks" || careful;
            assert!(!wrong || !told.is_empty(), "{} as {result}, {retry}", code.id);
        }
    }
}

#[test]
fn where_money_may_have_moved_a_bank_adds_a_note_and_no_more() {
    for cause in &OURS.base.causes {
        for field in ["name", "what"] {
            let config = serde_json::json!({
                "name": { "en": "Bank", "zh-CN": "银行" },
                "texts": { format!("causes.{}.{field}", cause.id): { "en": "All is well.", "zh-CN": "没事。" } },
            });
            let told = problems(&config.to_string());
            assert!(
                cause.money == MoneyMoved::Unlikely || told.len() == 1,
                "{}: {told:?}",
                cause.id
            );
        }
    }
}

#[test]
fn the_places_of_a_bank_come_first_and_the_others_stay() {
    let mut reading = own_reading();
    prepared(&file("docs/embed-examples/bank.json")).base(&mut reading.base);
    let route = Route::read(&reading.base, "#/en/cardholder/rights/charged-twice", Lang::En).route;
    let [words, other] = [Lang::En, Lang::ZhCn].map(|l| &reading.claim_words[l as usize]);
    let mut desk = Desk::default();
    let read = ClaimFile {
        claims: reading.claims.clone(),
        words: words.clone(),
        other: other.letters.clone(),
    };
    desk.set_claims(Lang::En, Loaded::Here(read));
    let cx = Cx {
        base: &reading.base,
        words: &reading.words[Lang::En as usize],
        route: &route,
        look_up: LookUp::Missing,
        today: Date { year: 2026, month: 11, day: 23 },
    };
    let shown = to_html(&pages::office_page(pages::At { cx, desk: &desk }, None));
    let at = |place: &str| shown.find(&format!("rights/charged-twice/{place}\"")).expect(place);
    assert!(at("cn") < at("uk") && at("hk") < at("au") && at("hk") < at("uk"), "{shown}");
}

#[test]
fn a_danger_keeps_its_words_and_shows_no_number_of_theirs() {
    for id in ["skimmer", "fake-acquirer", "terminal-swapped", "card-switched"] {
        let shown = page(&format!("#/en/staff/cause/{id}"));
        assert!(!shown.contains("5550"), "{id}");
        let config = serde_json::json!({
            "name": { "en": "Bank", "zh-CN": "银行" },
            "texts": { format!("causes.{id}.note"): { "en": "All is well.", "zh-CN": "没事。" } },
        });
        assert_eq!(problems(&config.to_string()).len(), 1, "{id}");
    }
    let name = r#"{ "name": { "en": "POS-Aid", "zh-CN": "银行" }, "jurisdictions": ["cn"] }"#;
    assert_eq!(problems(name)[0].at, "name");
}

#[test]
fn own_codes_never_make_an_open_result_a_settled_one() {
    let mut reading = own_reading();
    let mut prepared = prepared(&file("docs/embed-examples/bank.json"));
    prepared.look_up(&mut reading.lookup);
    for code in &reading.lookup.codes {
        if matches!(code.result, CodeResult::Unknown | CodeResult::Confirm) {
            assert_eq!(code.retry, Retry::AfterQuery, "{}", code.id);
        }
        for other in &code.conflicts {
            assert_eq!(reading.lookup.codes[usize::from(*other)].code, code.code);
        }
    }
}

#[test]
fn the_schema_knows_every_field_and_the_example_fits_it() {
    let schema: serde_json::Value = serde_json::from_str(&schema::schema()).expect("JSON");
    let example: serde_json::Value =
        serde_json::from_str(&file("docs/embed-examples/bank.json")).expect("JSON");
    let fits = jsonschema::validator_for(&schema).expect("a schema");
    assert!(
        fits.is_valid(&example),
        "{:?}",
        fits.iter_errors(&example).map(|e| e.to_string()).collect::<Vec<_>>()
    );
    let broken: serde_json::Value =
        serde_json::from_str(&file("tests/bank/broken.json")).expect("JSON");
    let errors: Vec<String> =
        fits.iter_errors(&broken).map(|e| e.instance_path.to_string()).collect();
    for at in [
        "",
        "/hotlines/1",
        "/hotlines/4/number",
        "/hotlines/2/for/0",
        "/links/1/url",
        "/look/light",
        "/look/radius",
    ] {
        assert!(errors.iter().any(|e| e == at), "{at}: {errors:?}");
    }
}

#[test]
fn colours_of_the_style_sheet_and_the_ones_that_are_checked_are_the_same() {
    let style = file("public/style.css");
    let (light, dark) =
        style.split_once("@media (prefers-color-scheme: dark)").expect("both themes");
    for (theme, part, ours) in [("light", light, bank::LIGHT), ("dark", dark, bank::DARK)] {
        for (name, colour) in ours {
            let short = match colour {
                "#ffffff" => "#fff",
                colour => colour,
            };
            let own = format!("--{name}: {short};");
            let set = format!("--{name}: var(--bank-{theme}-{name}, {short});");
            let kept = ["stop", "careful", "fine"];
            let asked = !kept.contains(&name.trim_end_matches("-behind"));
            assert!(part.contains(if asked { &set } else { &own }), "{theme} {name}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = problems(&text);
    }

    #[test]
    fn whatever_stands_in_a_field_is_left_out_or_put_in(
        field in "(name|hotlines|links|look|jurisdictions|topics|texts|messages|codes|version)",
        value in "(null|7|true|\"x\"|\\[\\]|\\{\\}|\\[null\\]|\\[\\{\\}\\]|\\[7\\]|\\{\"en\": 7\\}|\\[\\{\"for\": [7]\\}\\])",
    ) {
        let text = format!(r#"{{ "name": {{ "en": "Bank", "zh-CN": "银行" }}, "{field}": {value} }}"#);
        let (mut prepared, _) = bank::prepare(&text, "", &OURS.base);
        prepared.base(&mut OURS.base.clone());
        prepared.look_up(&mut OURS.lookup.clone());
    }
}
