//! The app end to end, in the browser that `POS_AID_ENGINE` names.

use browser_tests::{By, Engine, Key, Stage, WebDriverResult, Wishes, copy_of_dist, play};
use serde_json::json;

/// The routes that show every kind of page.
const PAGES: [&str; 22] = [
    "staff",
    "cardholder/more",
    "cardholder/rules",
    "staff/card-removal",
    "staff/card-removal/card-where.early/record.nothing/debit.none",
    "staff/card-removal/card-where.early/record.nothing/debit.none/again.card-where",
    "cardholder/card-stuck",
    "staff/money-left/record.nothing",
    "staff/printer/record.approved/seen.already-paid/try.load-paper.solved",
    "cardholder/card-removal/card-where.loop/record.not-approved/debit.none/slot-look.clean/stage.end/which-cards.every-card/frozen.no/worked-elsewhere.yes",
    "staff/looks-tampered/seen.tampered",
    "staff/other/message.unknown/record.unknown/nonsense.yes",
    "cardholder/find/51",
    "staff/find/zzzz",
    "cardholder/find/4111111111111111",
    "cardholder/now",
    "cardholder/now/stuck-card",
    "staff/message/removal-failed",
    "staff/code/iso-05",
    "cardholder/cause/card-out-early",
    "staff/say",
    "cardholder/say/look-up-first",
];

fn plain() -> Wishes {
    Wishes::default()
}

/// Answers until the case ends, always with the first answer that is no alarm; returns the steps.
async fn to_the_end(stage: &Stage, wanted: &[&str]) -> WebDriverResult<Vec<String>> {
    let mut steps = Vec::new();
    for _ in 0..25 {
        steps.push(stage.heading().await?);
        if !stage.driver.find_all(By::Css("#app .money, #app .eyebrow.good")).await?.is_empty() {
            return Ok(steps);
        }
        let mut moved = false;
        for ending in wanted {
            if !stage
                .driver
                .find_all(By::Css(format!("#app a.choice[href$='{ending}']")))
                .await?
                .is_empty()
            {
                stage.follow(ending).await?;
                moved = true;
                break;
            }
        }
        if !moved {
            for ending in [".unknown", ".failed"] {
                if !stage
                    .driver
                    .find_all(By::Css(format!("#app a.choice[href$='{ending}']")))
                    .await?
                    .is_empty()
                {
                    stage.follow(ending).await?;
                    moved = true;
                    break;
                }
            }
        }
        assert!(moved, "nothing to choose on “{}”", stage.heading().await?);
    }
    panic!("no end after {steps:?}");
}

#[test]
fn staff_are_led_from_the_message_to_a_solution_in_both_languages() {
    play(plain(), async |stage| {
        for (lang, title) in [("en", "Card payment failed?"), ("zh-CN", "刷卡没成功？")] {
            stage.open(&format!("#/{lang}")).await?;
            assert_eq!(stage.heading().await?, title);
            stage.follow("/staff").await?;
            stage.follow("/card-removal").await?;
            stage.follow("card-where.early").await?;
            let steps = to_the_end(
                stage,
                &["record.nothing", "debit.none", "pending.nothing", "try.restart-payment.solved"],
            )
            .await?;
            assert!(steps.len() >= 3, "{steps:?}");
            assert!(stage.fragment().await?.contains("try.restart-payment.solved"), "{steps:?}");
            let said =
                stage.script("return document.title + document.documentElement.lang").await?;
            assert!(said.ends_with(lang), "{said}");
        }
        Ok(())
    });
}

#[test]
fn a_cardholder_is_led_to_a_conclusion_in_both_languages() {
    play(plain(), async |stage| {
        for (lang, money) in [("en", "The money"), ("zh-CN", "钱的情况")] {
            stage.open(&format!("#/{lang}/cardholder")).await?;
            stage.follow("/card-removal").await?;
            stage.follow("card-where.loop").await?;
            let steps = to_the_end(
                stage,
                &["record.not-approved", "debit.none", "which-cards.every-card", "slot-look.clean"],
            )
            .await?;
            assert!(stage.text().await?.contains(money), "{steps:?}");
            assert!(!stage.text().await?.contains("restart-once"), "ids are no words");
        }
        Ok(())
    });
}

#[test]
fn an_earlier_answer_can_be_changed_and_the_later_ones_stay() {
    play(plain(), async |stage| {
        stage.open("#/en/staff/card-removal/card-where.early/record.nothing/debit.none").await?;
        stage.driver.find(By::Css("#app .told summary")).await?.click().await?;
        stage.follow("again.card-where").await?;
        assert_eq!(stage.heading().await?, "Where is the card now?");
        stage.follow("card-where.loop/record.nothing/debit.none").await?;
        assert_eq!(
            stage.fragment().await?,
            "#/en/staff/card-removal/card-where.loop/record.nothing/debit.none"
        );
        Ok(())
    });
}

#[test]
fn reload_resumes_and_back_goes_back() {
    play(plain(), async |stage| {
        stage.open("#/zh-CN/staff").await?;
        stage.follow("/card-removal").await?;
        let asked = stage.heading().await?;
        stage.follow("card-where.early").await?;
        let after = stage.heading().await?;
        stage.driver.refresh().await?;
        stage.ready().await?;
        assert_eq!(stage.heading().await?, after);
        stage.driver.find(By::Id("back")).await?.click().await?;
        stage.arrived("#/zh-CN/staff/card-removal").await?;
        assert_eq!(stage.heading().await?, asked);
        stage.driver.find(By::Id("back")).await?.click().await?;
        stage.arrived("#/zh-CN/staff").await?;
        Ok(())
    });
}

#[test]
fn an_alert_pre_empts_everything_until_it_is_understood() {
    play(plain(), async |stage| {
        stage.open("#/en/staff/card-removal/card-where.early/record.nothing/debit.none/slot-look.odd-part").await?;
        assert_eq!(stage.heading().await?, "Do not use this terminal any more");
        assert!(stage.driver.find_all(By::Css("#app .choices")).await?.is_empty());
        stage.follow("seen.tampered").await?;
        assert!(stage.driver.find_all(By::Css("#app .banner.stop")).await?.len() == 1);
        // Nothing may follow but the call.
        assert!(stage.driver.find_all(By::Css("#app a.choice")).await?.is_empty());
        Ok(())
    });
}

#[test]
fn the_language_switch_keeps_the_place_without_a_request() {
    play(plain(), async |stage| {
        stage.open("#/en/staff/card-removal/card-where.early").await?;
        let english = stage.heading().await?;
        stage.driver.find(By::Css("#app .language")).await?.click().await?;
        stage.arrived("#/zh-CN/staff/card-removal/card-where.early").await?;
        let chinese = stage.heading().await?;
        assert!(chinese != english && chinese.chars().any(|c| c > '\u{4e00}'), "{chinese}");
        // A later visit without a link remembers it.
        stage.open("").await?;
        assert_eq!(stage.heading().await?, "刷卡没成功？");
        Ok(())
    });
}

#[test]
fn a_damaged_link_leads_to_the_start_and_says_so() {
    play(plain(), async |stage| {
        for damaged in ["#foreign", "#/en/staff/no-such-complaint/x.y", "#/%00/../..//"] {
            stage.open(damaged).await?;
            assert!(!stage.heading().await?.is_empty());
            assert_eq!(stage.driver.find_all(By::Css("#app .notice")).await?.len(), 1, "{damaged}");
        }
        stage.open("#/en/staff/card-removal/card-where.early/gone.yes/try.gone.failed").await?;
        let notice = stage.driver.find(By::Css("#app .notice")).await?.text().await?;
        assert!(notice.contains("gone.yes") && notice.contains("try.gone.failed"), "{notice}");
        assert!(stage.text().await?.contains("Your answers (1)"), "what could be read is kept");
        Ok(())
    });
}

#[test]
fn the_keyboard_alone_reaches_an_answer() {
    play(plain(), async |stage| {
        stage.open("#/en/cardholder").await?;
        let tab_to = async |ending: &str| -> WebDriverResult<()> {
            for _ in 0..30 {
                stage.driver.active_element().await?.send_keys(Key::Tab + "").await?;
                let at = stage
                    .script("return document.activeElement?.getAttribute('href') ?? ''")
                    .await?;
                if at.ends_with(ending) {
                    let outline = stage
                        .script("return getComputedStyle(document.activeElement).outlineStyle")
                        .await?;
                    assert_eq!(outline, "solid", "focus is to be seen on {at}");
                    return stage.driver.active_element().await?.send_keys(Key::Enter + "").await;
                }
            }
            panic!("Tab never reached {ending}");
        };
        tab_to("/card-removal").await?;
        stage.arrived("#/en/cardholder/card-removal").await?;
        stage
            .until("focus is on the new page", "return document.activeElement?.id === 'main'")
            .await?;
        tab_to("card-where.loop").await?;
        stage.arrived("#/en/cardholder/card-removal/card-where.loop").await?;
        Ok(())
    });
}

#[test]
fn axe_finds_nothing_on_any_page() {
    for dark in [false, true] {
        let wishes = Wishes { dark, ..plain() };
        if dark && Engine::wanted() == Engine::WebKit {
            // MiniBrowser follows the desktop's theme, and there is no desktop.
            continue;
        }
        play(wishes, async |stage| {
            for lang in ["en", "zh-CN"] {
                for page in PAGES {
                    stage.open(&format!("#/{lang}/{page}")).await?;
                    let found = stage.axe().await?;
                    assert!(found.is_empty(), "{lang}/{page}, dark {dark}: {found:#?}");
                }
            }
            Ok(())
        });
    }
}

#[test]
fn a_phone_needs_no_sideways_scrolling_and_a_start_no_scrolling_at_all() {
    if Engine::wanted() != Engine::Chromium {
        println!("only Chromium can be made as narrow as a phone");
        return;
    }
    // 360 px is a small phone; 320 px is 200 % zoom on it and what WCAG 1.4.10 asks.
    for (width, height) in [(360, 640), (320, 640), (1280, 800)] {
        play(Wishes { size: Some((width, height)), ..plain() }, async |stage| {
            for lang in ["en", "zh-CN"] {
                for page in PAGES {
                    stage.open(&format!("#/{lang}/{page}")).await?;
                    stage.script("document.querySelectorAll('#app details').forEach((d) => { d.open = true; })").await?;
                    let wide = stage
                        .script("return document.documentElement.scrollWidth - innerWidth")
                        .await?;
                    assert!(
                        wide.parse::<i64>().unwrap_or(1) <= 0,
                        "{lang}/{page} at {width} px is {wide} px too wide"
                    );
                    let small = stage.script("return [...document.querySelectorAll('#app a.choice, #app a.button, #app a.role, #app summary')].filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.outerHTML).join()").await?;
                    assert!(small.is_empty(), "targets under 44 px: {small}");
                }
                stage.open(&format!("#/{lang}/cardholder")).await?;
                if width >= 360 {
                    let bottom = stage.script("return [...document.querySelectorAll('#app a.choice')].at(-1).getBoundingClientRect().bottom <= innerHeight").await?;
                    assert_eq!(
                        bottom, "true",
                        "the last choice of the start page is below the fold in {lang} at {width} px"
                    );
                }
            }
            Ok(())
        });
    }
}

#[test]
fn a_browser_that_refuses_storage_works_all_the_same() {
    if Engine::wanted() == Engine::WebKit {
        println!("WebKitGTK's driver cannot refuse storage");
        return;
    }
    play(Wishes { no_storage: true, ..plain() }, async |stage| {
        stage.open("#/en/staff").await?;
        let refused = stage.script("try { return localStorage === null ? 'null' : 'there' } catch { return 'refused' }").await?;
        assert_ne!(refused, "there");
        stage.follow("/card-removal").await?;
        stage.follow("card-where.early").await?;
        Ok(())
    });
}

#[test]
fn without_wasm_the_static_page_stays_and_says_so() {
    let dist = copy_of_dist("nowasm", |name| !name.contains(".wasm"));
    let wishes = Wishes { dist: Some(dist.clone()), errors_expected: true, ..plain() };
    play(wishes, async |stage| {
        stage.driver.goto(stage.address.clone()).await?;
        stage
            .until(
                "the static page says so",
                "return document.getElementById('failed').hidden === false",
            )
            .await?;
        let text = stage.text().await?;
        assert!(text.contains("Do not pay again yet") && text.contains("先不要再付"), "{text}");
        assert!(text.contains("cannot start in this browser"), "{text}");
        Ok(())
    });
    let _ = std::fs::remove_dir_all(&dist);
}

#[test]
fn after_a_crash_the_static_page_returns_and_the_case_is_kept() {
    // A driver's own script runs apart from the page, and so do its errors.
    let dist = copy_of_dist("crash", |_| true);
    let crash = "setTimeout(() => { throw new WebAssembly.RuntimeError('trap'); });";
    std::fs::write(dist.join("crash.js"), crash).expect("a file");
    let wishes = Wishes { errors_expected: true, dist: Some(dist.clone()), ..plain() };
    play(wishes, async |stage| {
        stage.open("#/en/staff/card-removal/card-where.early").await?;
        let before = stage.heading().await?;
        // WebKit said so on a busy machine when a frame grew, and the app gave way to “The page stopped”.
        let no_crash = "dispatchEvent(new ErrorEvent('error', { message:
            'ResizeObserver loop completed with undelivered notifications.' }))";
        stage.script(no_crash).await?;
        assert_eq!(stage.heading().await?, before, "nothing was thrown");
        let crash = "const script = document.createElement('script');
            script.src = 'crash.js'; document.head.append(script)";
        stage.script(crash).await?;
        stage
            .until(
                "the static page is back",
                "return document.getElementById('crashed').hidden === false",
            )
            .await?;
        assert!(stage.text().await?.contains("Do not pay again yet"));
        assert!(
            stage.driver.find(By::Css("#app h1")).await?.text().await?.is_empty(),
            "the app is hidden"
        );
        stage.driver.find(By::Css("#crashed button")).await?.click().await?;
        stage.until("the app is back", "return !document.getElementById('app').hidden").await?;
        stage.ready().await?;
        assert_eq!(stage.heading().await?, before);
        Ok(())
    });
    let _ = std::fs::remove_dir_all(dist);
}

#[test]
fn every_file_comes_with_its_type_and_encoding_and_the_exact_policy() {
    play(plain(), async |stage| {
        stage.open("").await?;
        let script = "const done = arguments[0];
            Promise.all([location.pathname, ...Object.values(document.getElementById('boot').dataset)].map((url) => fetch(url)
              .then((r) => [url, r.headers.get('content-type'), r.headers.get('content-encoding'), r.headers.get('content-security-policy')]))).then(done);";
        let rows = stage.driver.execute_async(script, vec![]).await?;
        for row in rows.json().as_array().into_iter().flatten() {
            let url = row[0].as_str().unwrap_or_default();
            if url.ends_with(".wasm") {
                assert_eq!(row[1], json!("application/wasm"));
            }
            assert_eq!(row[3], json!(server::CSP), "{url}");
            assert!(
                row[2] == json!("br") || row[2] == json!("gzip"),
                "{url} is not compressed: {}",
                row[2]
            );
        }
        // These requests were the test's own.
        stage.ready().await
    });
}

#[test]
fn back_leads_to_where_the_page_was_left_and_a_new_page_to_its_top() {
    play(Wishes::default(), async |stage| {
        stage.open("#/en/staff/more").await?;
        stage.driver.execute("window.scrollTo(0, 300)", vec![]).await?;
        let links = stage.driver.find_all(By::Css("#app .choice")).await?;
        links[links.len() - 2].click().await?;
        stage.until("another page", "return !location.hash.endsWith('/more')").await?;
        stage.settled().await?;
        let top = "return String(Math.round(window.scrollY))";
        assert_eq!(stage.script(top).await?, "0");
        stage.driver.back().await?;
        stage.arrived("#/en/staff/more").await?;
        stage.until("it is where it was", "return window.scrollY > 200").await?;
        Ok(())
    });
}
