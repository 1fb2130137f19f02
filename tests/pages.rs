//! Every kind of page renders on the host, in both languages, without a browser. The pages are
//! written to `target/pages`, where `cargo xtask test` lets the HTML validator read them.

use pos_aid::engine::{Case, Outcome, Step, advise};
use pos_aid::lookup::Library;
use pos_aid::node::to_html;
use pos_aid::office::{Desk, Loaded, Now, Want};
use pos_aid::pages::{At, Cx, LookUp, Notice, office_page, office_title, page, title};
use pos_aid::route::{Asked, Check, Page, Printed, Query, Route};
use rulebase::read::Reading;
use rulebase::{
    Addressee, Blank, Claim, ClaimFile, ComplaintIx, Date, GuideFile, Holder, Lang, Place,
    PlaceFile, ProbeFile, QuestionIx, Role, Situation, Ui, Word, Words,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages")
}

/// Every route of one language: start pages, rules, and for each complaint and role the path
/// through the first answers to its end, with each question shown again.
fn routes(reading: &Reading, library: &Library, words: &Words) -> Vec<Route> {
    let base = &reading.base;
    let mut routes = Vec::new();
    for (role, _) in Role::ALL {
        let at = |page: Page| Route { lang: words.lang, role: *role, page };
        routes.extend([
            at(Page::Start { more: false }),
            at(Page::Start { more: true }),
            at(Page::Rules),
        ]);
        for complaint in ComplaintIx::all(base).filter(|c| base[*c].roles.has(*role)) {
            // Two ways through each complaint: the first answer to everything, and none.
            for knows in [true, false] {
                let mut case = Case::new(complaint);
                for _ in 0..40 {
                    routes.push(at(Page::Case { case: case.clone(), again: None }));
                    match advise(base, &case, *role, TODAY).expect("a complaint of this base").step
                    {
                        Step::Alert(a) => case.seen.push(a),
                        Step::Ask(q) => {
                            case.set(q, knows.then_some(0));
                            routes.push(at(Page::Case { case: case.clone(), again: Some(q) }));
                        }
                        Step::Try(a) => case.set_outcome(a, Outcome::Failed),
                        Step::Conclude { .. } | Step::Call(_) | Step::Solved(_) => break,
                    }
                }
            }
        }
        let mut solved = Case::new(ComplaintIx(0));
        solved.set(QuestionIx(0), None);
        solved.set_outcome(rulebase::ActionIx(0), Outcome::Solved);
        routes.push(at(Page::Case { case: solved, again: None }));
        routes.extend(looked_up(&reading.base, library).into_iter().map(at));
    }
    routes
}

/// Every page of the look-up, what some queries find, and the first page of each diagnosis that words
/// or a code open.
fn looked_up(base: &rulebase::Base, library: &Library) -> Vec<Page> {
    let lookup = &library.lookup;
    let case = |case: Option<Case>| case.map(|case| Page::Case { case, again: None });
    let mut pages = vec![Page::Now(None), Page::Sentences];
    pages.extend(lookup.cards.iter().map(|c| Page::Now(Some(c.id.clone()))));
    pages.extend(lookup.messages.iter().map(|m| Page::Message(m.id.clone())));
    pages.extend(lookup.messages.iter().filter_map(|m| case(library.case_of_message(base, &m.id))));
    pages.extend(lookup.codes.iter().map(|c| Page::Code(c.id.clone())));
    pages.extend(lookup.codes.iter().filter_map(|c| case(library.case_of_code(base, &c.id))));
    pages.extend(rulebase::CauseIx::all(base).map(Page::Cause));
    for swapped in [false, true] {
        let all = lookup.sentences.iter();
        pages.extend(all.map(|s| Page::Sentence { id: s.id.clone(), swapped }));
    }
    let nothing = ["", "a", "zzzzzz", "💳", "<script>alert(1)</script>", "4111 1111 1111 1111"];
    for query in ["拔卡失败", "05", "card stuck", "kpbcll"].into_iter().chain(nothing) {
        pages.push(Page::Find(Query::of(query)));
    }
    pages.extend(["no-such", "x"].map(|id| Page::Code(id.into())));
    pages
}

fn library(reading: &Reading) -> Library {
    let words: Vec<&Words> = reading.words.iter().collect();
    Library::new(&reading.base, &words, reading.lookup.clone(), reading.lookup_words.clone())
}

fn document(
    base: &rulebase::Base,
    words: &Words,
    look_up: LookUp,
    route: &Route,
    notice: Option<&Notice>,
) -> String {
    on_desk(base, words, look_up, &Desk::default(), route, notice)
}

/// The same with what was loaded for the rights and told there.
fn on_desk(
    base: &rulebase::Base,
    words: &Words,
    look_up: LookUp,
    desk: &Desk,
    route: &Route,
    notice: Option<&Notice>,
) -> String {
    let cx = Cx { base, words, route, look_up, today: TODAY };
    let at = At { cx, desk };
    let (body, title) = match route.room().is_some() {
        true => (office_page(at, notice), office_title(at)),
        false => (page(cx, notice), title(cx)),
    };
    let body = to_html(&body);
    let lang = words.lang.spelled();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>{body}</body></html>\n"
    )
}

#[test]
fn every_route_renders_in_both_languages() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(reading.problems.is_empty(), "{}", reading.told());
    std::fs::create_dir_all(folder()).expect("target/pages");
    let library = library(&reading);
    let here = LookUp::Here(&library);
    let mut counts = Vec::new();
    for words in &reading.words {
        let mut seen = BTreeSet::new();
        for route in routes(&reading, &library, words) {
            let html = document(&reading.base, words, here, &route, None);
            assert!(html.contains("<h1"), "{}", route.fragment(&reading.base));
            assert!(
                !html.contains("style="),
                "the policy forbids it: {}",
                route.fragment(&reading.base)
            );
            // Pages of the same address are the same page.
            if seen.insert(route.fragment(&reading.base)) {
                let name = format!("{}-{:04}.html", words.lang.spelled(), seen.len());
                std::fs::write(folder().join(name), html).expect("a page");
            }
        }
        let notice = Notice::Skipped(vec!["gone.<b>".into()]);
        let html = document(
            &reading.base,
            words,
            here,
            &Route::start(words.lang, Role::Staff),
            Some(&notice),
        );
        assert!(html.contains("gone.&lt;b&gt;"), "what a foreign link says is never markup");
        counts.push(seen.len());
    }
    println!("{counts:?} pages");
    assert!(counts.iter().all(|n| *n > 200));
}

#[test]
fn as_long_as_the_look_up_has_not_come_every_page_says_so() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let library = library(&reading);
    for words in &reading.words {
        let pages = looked_up(&reading.base, &library).into_iter();
        for page in pages.filter(|p| !matches!(p, Page::Cause(_))) {
            let mut route = Route { lang: words.lang, role: Role::Staff, page };
            if let Page::Case { case, .. } = &mut route.page {
                // As it is read from an address.
                case.shown.as_mut().expect("it was opened with words").causes.clear();
            }
            for (state, says) in [(LookUp::Coming, Ui::Loading), (LookUp::Missing, Ui::NotLoaded)] {
                let html = document(&reading.base, words, state, &route, None);
                let waits = !matches!((&route.page, state), (Page::Case { .. }, LookUp::Missing));
                assert_eq!(html.contains(words.ui(says)), waits, "{:?}", route.page);
            }
        }
    }
}

#[test]
fn the_two_languages_have_the_same_pages() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let library = library(&reading);
    let here = LookUp::Here(&library);
    let shape = |words: &Words| -> Vec<usize> {
        let tags = |html: String| {
            ["<li", "<a ", "<details", "<p"]
                .iter()
                .map(|t| html.matches(t).count())
                .collect::<Vec<_>>()
        };
        // What is found may be another thing in another language.
        let found = |r: &&Route| !matches!(r.page, Page::Find(_));
        routes(&reading, &library, words)
            .iter()
            .filter(found)
            .flat_map(|r| tags(document(&reading.base, words, here, r, None)))
            .collect()
    };
    assert_eq!(shape(&reading.words[0]), shape(&reading.words[1]));
}

fn guides(reading: &Reading, language: usize) -> GuideFile {
    let file = GuideFile {
        guides: reading.guides.clone(),
        words: reading.guide_words[language].clone(),
        other: reading.guide_words[1 - language].sentences.clone(),
    };
    let read = GuideFile::from_bytes(&file.to_bytes()).expect("the build's own bytes");
    assert_eq!(read, file);
    read
}

/// A desk with everything loaded that a page in one language can want.
fn desk(reading: &Reading, language: usize) -> Desk {
    let (lang, _) = Lang::ALL[language];
    let mut desk = Desk::default();
    let claims = ClaimFile {
        claims: reading.claims.clone(),
        words: reading.claim_words[language].clone(),
        other: reading.claim_words[1 - language].letters.clone(),
    };
    let read = ClaimFile::from_bytes(&claims.to_bytes()).expect("the build's own bytes");
    desk.set_claims(lang, Loaded::Here(read));
    for (language, (lang, _)) in Lang::ALL.iter().enumerate() {
        desk.set_guides(*lang, Loaded::Here(guides(reading, language)));
    }
    for (words, (lang, _)) in reading.rights_words.iter().zip(Lang::ALL) {
        for (rights, words) in reading.rights.iter().zip(words) {
            let file = PlaceFile { rights: rights.clone(), words: words.clone() };
            desk.set_place(rights.place, *lang, Loaded::Here(file));
        }
    }
    for (words, (lang, _)) in reading.probe_words.iter().zip(Lang::ALL) {
        let file = ProbeFile { findings: reading.findings.clone(), words: words.clone() };
        desk.give(Want::Probe(*lang), Some(&file.to_bytes()));
    }
    desk
}

#[test]
fn every_situation_in_every_place_shows_its_rights_or_says_that_none_is_known() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    for (language, words) in reading.words.iter().enumerate() {
        let mut desk = desk(&reading, language);
        desk.take("date-transaction", "2026-10-31");
        desk.take("date-complained", "2026-11-02");
        let spots = Place::ALL.iter().map(|p| p.0).filter(|p| *p != Place::Net).map(Some);
        for (spot, (situation, name)) in spots
            .chain([None])
            .flat_map(|s| Situation::ALL.iter().map(move |situation| (s, situation)))
        {
            for (role, _) in Role::ALL {
                let asked = Asked {
                    situation: Some(*situation),
                    issued: Some(spot),
                    shop: Some(spot),
                    letter: None,
                };
                let page = Page::Rights(asked);
                let route = Route { lang: words.lang, role: *role, page };
                let html = on_desk(&reading.base, words, LookUp::Coming, &desk, &route, None);
                let place = spot.map_or("-", |p| p.spelled());
                assert!(!html.contains("style="), "{place} {name}");
                let heard = reading
                    .claims
                    .replies
                    .iter()
                    .filter(|r| (r.by == Addressee::Acquirer) == (*role == Role::Staff));
                let known = html.matches("<details").count() > heard.count();
                let text = |key: Claim| reading.claim_words[language].text(key);
                let says =
                    html.contains(text(Claim::NoRule)) || html.contains(text(Claim::NotKnown));
                assert!(known || says, "{place} {name}: neither a right nor that none is known");
                let file = format!(
                    "rights-{}-{place}-{name}-{}.html",
                    words.lang.spelled(),
                    role.spelled()
                );
                std::fs::create_dir_all(folder()).expect("target/pages");
                std::fs::write(folder().join(file), html).expect("a page");
            }
        }
    }
}

#[test]
fn every_letter_is_whole_with_all_facts_and_says_what_is_missing_without() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    for (language, words) in reading.words.iter().enumerate() {
        for letter in &reading.claims.letters {
            let asked = Asked {
                situation: Some(letter.about[0]),
                issued: Some(Some(Place::Cn)),
                shop: Some(Some(Place::Uk)),
                letter: Some(letter.id.clone()),
            };
            let role = match letter.by {
                Holder::Cardholder => Role::Cardholder,
                Holder::Merchant => Role::Staff,
            };
            let route = Route { lang: words.lang, role, page: Page::Rights(asked) };
            let bare = desk(&reading, language);
            let html = on_desk(&reading.base, words, LookUp::Coming, &bare, &route, None);
            assert!(html.contains("________"), "{}", letter.id);
            let missing = reading.claim_words[language].text(Claim::Missing).replace("{what}", "");
            assert!(html.contains(&missing), "{}", letter.id);
            let mut full = bare.clone();
            for (_, name) in Blank::ALL {
                full.take(&format!("blank-{name}"), &format!("«{name}»"));
                full.take(&format!("date-{name}"), "2026-11-01");
            }
            // When the addressee was first told is a date of its own.
            full.take("blank-complained", "2026-11-01");
            full.take("amount", "128.50");
            full.take("currency", "CNY");
            for (blank, name) in Blank::ALL {
                let some = full.fill(*blank, TODAY, words.lang).is_some();
                assert!(some || *blank == Blank::Basis, "{name}");
            }
            let html = on_desk(&reading.base, words, LookUp::Coming, &full, &route, None);
            assert!(!html.contains("________") && !html.contains(&missing), "{}", letter.id);
            // Nothing is left open in any paragraph of either language.
            let sheets = html.split("class=\"sheet\"").skip(1);
            for sheet in sheets {
                let sheet = sheet.split("</div>").next().expect("the end of a sheet");
                assert!(!sheet.contains('{') && sheet.matches("<p>").count() >= 4, "{sheet}");
            }
            let file = format!("letter-{}-{}.html", words.lang.spelled(), letter.id);
            std::fs::create_dir_all(folder()).expect("target/pages");
            std::fs::write(folder().join(file), html).expect("a page");
        }
    }
}

const NOW: Now = Now { today: TODAY, minute: 545, ms: 1_795_348_800_000 };

/// A desk on which a shop has noted something everywhere.
fn busy(reading: &Reading, language: usize) -> Desk {
    let mut desk = desk(reading, language);
    let counter = &mut desk.counter;
    counter.act("add-terminal", &reading.guides, NOW);
    for (field, text) in [
        ("terminal-1-model", "<b>X 900</b>"),
        ("terminal-1-serial", "SN 0012-77AB"),
        ("seen-1-slot", "different"),
        ("call-phone", "\u{2022}"),
        ("tick-payment-fails.stop", "on"),
    ] {
        counter.take(field, text, NOW);
    }
    counter.photos.insert(1, "data:image/jpeg;base64,AAAA".into());
    counter.counts.add("chip-dirty");
    let gates = r#"{"heard":"gates","secure":true,"usb":true,"serial":true,"usbAllowed":true,"serialAllowed":true}"#;
    let picked = r#"{"heard":"usb-picked","device":{"key":"1","vendor":1839,"maker":"<b>M</b>","interfaces":[]}}"#;
    let failed = r#"{"heard":"failed","call":"open","kind":"usb","name":"SecurityError","message":"<b>no</b>"}"#;
    for told in [gates, picked, failed] {
        desk.reader.hear(told, NOW.ms);
    }
    desk
}

#[test]
fn every_page_for_merchants_renders_in_both_languages() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    std::fs::create_dir_all(folder()).expect("target/pages");
    for (language, words) in reading.words.iter().enumerate() {
        let mut pages = vec![Page::Guides, Page::Log(None), Page::Log(Some(1)), Page::Log(Some(9))];
        pages.extend([Page::Upkeep, Page::Quiz, Page::Print(None), Page::Owner, Page::Kit]);
        pages.extend(Check::ALL.iter().map(|c| Page::Reader(Some(c.0))));
        pages.push(Page::Reader(None));
        pages.extend(Printed::ALL.iter().map(|p| Page::Print(Some(p.0))));
        pages.extend(reading.guides.guides.iter().map(|g| Page::Guide(g.id.clone())));
        pages.push(Page::Guide("no-such".into()));
        for (name, desk) in
            [("empty", desk(&reading, language)), ("busy", busy(&reading, language))]
        {
            for (i, page) in pages.iter().enumerate() {
                let route = Route { lang: words.lang, role: Role::Staff, page: page.clone() };
                let html = on_desk(&reading.base, words, LookUp::Coming, &desk, &route, None);
                let fragment = route.fragment(&reading.base);
                assert!(html.contains("<h1"), "{fragment}");
                assert!(!html.contains("style=") && !html.contains("<b>"), "{fragment}");
                // The address leads back to the page.
                let read = Route::read(&reading.base, &fragment, Lang::En);
                assert_eq!((read.route, read.damaged), (route, false), "{fragment}");
                let file = format!("shop-{}-{name}-{i}.html", words.lang.spelled());
                std::fs::write(folder().join(file), html).expect("a page");
            }
        }
    }
}

#[test]
fn every_link_of_a_guide_leads_to_a_page_that_there_is() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let library = library(&reading);
    let words = &reading.words[0];
    let mut links = 0;
    for go in reading.guides.guides.iter().flat_map(|g| &g.steps).filter_map(|s| s.go.as_ref()) {
        links += 1;
        let fragment = format!("#/en/staff/{go}");
        let read = Route::read(&reading.base, &fragment, Lang::En);
        assert!(!read.damaged && read.skipped.is_empty(), "{fragment}: {:?}", read.skipped);
        assert_eq!(read.route.role, Role::Staff, "{fragment}");
        let full = desk(&reading, 0);
        let html = on_desk(&reading.base, words, LookUp::Here(&library), &full, &read.route, None);
        assert!(!html.contains(words.ui(Ui::LinkDamaged)), "{fragment}");
    }
    assert!(links > 50, "{links}");
}

#[test]
fn the_code_on_the_counter_card_reads_as_the_address_of_the_app() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut desk = desk(&reading, 0);
    desk.address = "https://example.org/help/".into();
    let page = Page::Print(Some(Printed::Counter));
    let route = Route { lang: Lang::En, role: Role::Staff, page };
    let html = on_desk(&reading.base, &reading.words[0], LookUp::Coming, &desk, &route, None);
    let path =
        html.split("<path d=\"").find_map(|p| p.split_once('"').filter(|p| p.0.contains("h1v1")));
    let path = path.expect("a code").0;
    let edge: usize = html
        .split("viewBox=\"0 0 ")
        .find_map(|v| {
            let size: usize = v.split(' ').next()?.parse().ok()?;
            (size > 25).then_some(size)
        })
        .expect("its size");
    let mut dark = vec![vec![false; edge]; edge];
    for run in path.split('M').filter(|r| !r.is_empty()) {
        let numbers: Vec<usize> =
            run.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let (x, y, long) = (numbers[0], numbers[1], numbers[2]);
        dark[y][x..x + long].iter_mut().for_each(|d| *d = true);
    }
    // Another library reads it, four times as large, as a camera would see it.
    let image = |x: usize, y: usize| if dark[y / 4][x / 4] { 0 } else { 255 };
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(edge * 4, edge * 4, image);
    let grids = prepared.detect_grids();
    let (_, text) = grids.first().expect("a code is found").decode().expect("it reads");
    assert_eq!(text, "https://example.org/help/#/en/cardholder");
}
