//! Bad input, from the bank's page, the network and the browser: each has a state that is defined, and the app says
//! which.

use browser_tests::{Answer, Bank, By, Engine, Stage, WebDriverResult, Wishes, copy_of_dist};
use browser_tests::{heard, page, play, renew, root};
use rulebase::read::Reading;
use rulebase::{Claim, Probe, Ui};
use serde_json::{Value, json};
use std::sync::LazyLock;

static READING: LazyLock<Reading> = LazyLock::new(|| rulebase::read::read(&root()));

/// The app is loaded within frames, which nobody waits for, and errors are what these tests are about.
fn rough() -> Wishes {
    Wishes { later: vec!["/"], errors_expected: true, ..Wishes::default() }
}

/// A bank with one page.
fn bank(page: String) -> Bank {
    Bank::open([("/", Answer::page(page))])
}

/// What the bank's page was told on the console, instead of it.
async fn told(stage: &Stage) -> WebDriverResult<Vec<String>> {
    let told = stage.driver.execute("return told", vec![]).await?;
    Ok(serde_json::from_value(told.json().clone()).expect("texts"))
}

async fn errors(stage: &Stage) -> WebDriverResult<Value> {
    let script =
        "return heard.filter(([name]) => name === 'error').map(([, detail]) => detail.code)";
    Ok(stage.driver.execute(script, vec![]).await?.json().clone())
}

/// Which slots and which link of the element can be seen.
async fn slots(stage: &Stage) -> WebDriverResult<String> {
    stage.script("const inside = document.querySelector('pos-aid').shadowRoot;
        return [...inside.querySelectorAll('slot, a')].filter((e) => !e.hidden).map((e) => e.name || e.href).join(' ')").await
}

async fn says(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.body.textContent.includes({})", json!(text));
    stage.until(text, &script).await
}

/// Goes into the frame of the first `<pos-aid>`; only Chromium's driver finds it in there.
async fn enter(stage: &Stage) -> WebDriverResult<()> {
    let host = stage.driver.find(By::Css("pos-aid")).await?;
    host.get_shadow_root().await?.find(By::Css("iframe")).await?.enter_frame().await
}

#[test]
fn an_attribute_that_is_not_understood_is_left_out_and_told_once() {
    play(rough(), async |stage| {
        let tag = "<pos-aid lang='tlh' audience='boss' start='javascript:alert(1)' jurisdiction='CHINA' theme='pink'
            allow='camera usb' colour='red' onready='alert(1)'></pos-aid>";
        stage.driver.goto(bank(page(&stage.address, "", tag)).address()).await?;
        stage.until("it is ready", &heard("ready", 1)).await?;
        // The same again is not told again.
        let again = "const one = document.querySelector('pos-aid'); one.audience = ''; one.audience = 'boss'; one.reload()";
        stage.driver.execute(again, vec![]).await?;
        stage.until("it is ready anew", &heard("ready", 2)).await?;
        let mut told = told(stage).await?;
        told.sort();
        let wanted = [
            "allow=\"camera\"",
            "audience=\"boss\"",
            "jurisdiction=\"CHINA\"",
            "start=\"javascript:alert(1)\"",
            "theme=\"pink\"",
        ];
        let wanted = wanted.map(|w| format!("<pos-aid> {w} is not understood and left out"));
        assert_eq!(told, wanted);
        let frame = "const { src, allow } = document.querySelector('pos-aid').shadowRoot.querySelector('iframe'); return src + ' ' + allow";
        let frame = stage.script(frame).await?;
        assert!(frame.contains("theme=auto#/en ") && frame.ends_with(" usb"), "{frame}");
        assert_eq!(errors(stage).await?, json!([]));
        Ok(())
    });
}

#[test]
fn a_configuration_that_is_missing_broken_large_or_late_is_left_out_and_the_app_opens() {
    play(rough(), async |stage| {
        let large = format!("{{\"a\":\"{}\"}}", "x".repeat(200_000));
        let tag = "<pos-aid start='card-removal' config='missing.json'></pos-aid>";
        let bank = Bank::open([
            ("/", Answer::page(page(&stage.address, "", tag))),
            ("/broken.json", Answer::json("{\"hotline\": ")),
            ("/list.json", Answer::json("[]")),
            ("/large.json", Answer::json(large)),
            ("/late.json", Answer::Nothing),
        ]);
        stage.driver.goto(bank.address()).await?;
        stage.until("it is ready", &heard("ready", 1)).await?;
        for (name, why) in [
            ("missing", "the server answered 404"),
            ("broken", "SyntaxError"),
            ("list", "it is no JSON object"),
            ("large", "it is larger than 200 KB"),
            ("late", "it did not come within 5 s"),
        ] {
            let change = "const one = document.querySelector('pos-aid'); if (one.config !== arguments[0]) one.config = arguments[0]";
            stage.driver.execute(change, vec![json!(format!("{name}.json"))]).await?;
            let text = format!("<pos-aid> config=\"{name}.json\" is left out: {why}");
            let script = format!("return told.some((text) => text.startsWith({}))", json!(text));
            stage.until(&text, &script).await?;
        }
        assert_eq!(told(stage).await?.len(), 5);
        // It still does what it is told.
        stage
            .driver
            .execute("document.querySelector('pos-aid').go('cause:chip-dirty')", vec![])
            .await?;
        let there =
            "return heard.some(([name, detail]) => name === 'step' && detail.id === 'chip-dirty')";
        stage.until("it goes there", there).await?;
        assert_eq!(errors(stage).await?, json!([]));
        Ok(())
    });
}

#[test]
fn a_frame_that_may_not_look_at_devices_says_so_and_leads_out() {
    if Engine::wanted() != Engine::Chromium {
        println!("only Chromium has both ways to devices, and a policy for them");
        return;
    }
    play(rough(), async |stage| {
        const FORBIDS: &[&str] = &["Permissions-Policy: usb=(), serial=()"];
        let shut = |allow: &str| {
            page(
                &stage.address,
                "",
                &format!("<pos-aid audience='staff' start='reader' allow='{allow}'></pos-aid>"),
            )
        };
        let bank = Bank::open([
            ("/passed-on", Answer::page(shut("usb serial"))),
            ("/not-passed-on", Answer::page(shut(""))),
            ("/forbidden", Answer::Says("text/html", FORBIDS, shut("usb serial").into_bytes())),
        ]);
        let framed = READING.probe_words[0].text(Probe::FramedTitle);
        for (place, closed) in [("passed-on", false), ("not-passed-on", true), ("forbidden", true)]
        {
            stage.driver.goto(format!("{}{place}", bank.address())).await?;
            stage.until("it is ready", &heard("ready", 1)).await?;
            enter(stage).await?;
            stage.driver.execute("location.hash = '#/en/staff/reader/look'", vec![]).await?;
            let there = "return document.querySelector('#app h1') !== null && document.querySelector('#app .loading') === null";
            stage.until("the check is there", there).await?;
            if closed {
                says(stage, framed).await?;
                let own = "return document.querySelector('#app main a.button[target=_blank]').href";
                let wanted = format!("{}#/en/staff/reader/look", stage.address);
                assert_eq!(stage.script(own).await?, wanted, "{place}");
            } else {
                stage
                    .until("it can look", "return document.getElementById('pick-usb') !== null")
                    .await?;
                assert!(!stage.text().await?.contains(framed));
            }
            stage.driver.enter_default_frame().await?;
        }
        Ok(())
    });
}

/// A bank that frames the app by itself: what a frame without storage does is all but keeping, and “keep” says so.
async fn keeps_nothing(stage: &Stage, more: &str) -> WebDriverResult<()> {
    let framed = |fragment: &str| {
        let src = format!("{}index.html?embed=1{fragment}", stage.address);
        let style = "width: 90%; height: 900px";
        Answer::page(page(
            &stage.address,
            "",
            &format!("<iframe {more} style='{style}' src='{src}'></iframe>"),
        ))
    };
    let bank = Bank::open([("/", framed("#/zh-CN/staff")), ("/anew", framed(""))]);
    let ready = "return document.documentElement.dataset.ready !== undefined";
    stage.driver.goto(bank.address()).await?;
    stage.driver.find(By::Css("iframe")).await?.enter_frame().await?;
    stage.until("the app is ready", ready).await?;
    assert_eq!(stage.script("return document.documentElement.lang").await?, "zh-CN");
    let refused =
        "try { return localStorage === null ? 'null' : 'there' } catch { return 'refused' }";
    assert_ne!(stage.script(refused).await?, "there");
    stage.driver.execute("location.hash = '#/zh-CN/cardholder/kit'", vec![]).await?;
    let field = "return document.getElementById('keep') !== null";
    stage.until("the papers are there", field).await?;
    let keep = "const field = document.getElementById('keep'); field.focus(); field.value = 'always';
        field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }));";
    stage.driver.execute(keep, vec![]).await?;
    says(stage, READING.claim_words[1].text(Claim::KeepRefused)).await?;
    // What was refused does not look chosen, also while somebody is still in the field.
    let chosen = "return document.getElementById('keep').selectedIndex === 0";
    stage.until("it is not chosen any more", chosen).await?;
    // The language was not kept: without one in the address it is the browser's again.
    stage.driver.enter_default_frame().await?;
    stage.driver.goto(format!("{}anew", bank.address())).await?;
    stage.driver.find(By::Css("iframe")).await?.enter_frame().await?;
    stage.until("the app is ready anew", ready).await?;
    assert_eq!(stage.script("return document.documentElement.lang").await?, "en");
    Ok(())
}

#[test]
fn a_frame_whose_browser_refuses_storage_keeps_nothing_and_says_so() {
    if Engine::wanted() == Engine::WebKit {
        println!("WebKitGTK's driver cannot refuse storage");
        return;
    }
    play(Wishes { no_storage: true, ..rough() }, async |stage| keeps_nothing(stage, "").await);
}

#[test]
fn a_frame_in_a_sandbox_without_an_origin_keeps_nothing_and_says_so() {
    play(rough(), async |stage| {
        let sandbox = "sandbox='allow-scripts'";
        if stage.engine() != Engine::WebKit {
            return keeps_nothing(stage, sandbox).await;
        }
        // Here the policy's own origin is nobody's in such a frame, so no script runs; the steps are there without.
        let frame =
            format!("<iframe {sandbox} src='{}index.html?embed=1'></iframe>", stage.address);
        let bank = bank(page(&stage.address, "", &frame));
        stage.driver.goto(bank.address()).await?;
        stage.driver.find(By::Css("iframe")).await?.enter_frame().await?;
        says(stage, "Do not pay again yet").await?;
        stage.until("nothing else is shown", "return document.getElementById('app').hidden").await
    });
}

/// Takes files out of what the worker keeps, and out of what Chromium keeps by itself.
async fn lose(stage: &Stage, lost: &str) -> WebDriverResult<u64> {
    let script = format!(
        "const done = arguments[0]; (async () => {{
           const name = (await caches.keys()).find((name) => name.startsWith('pos-aid-'));
           const cache = await caches.open(name);
           const lost = (await cache.keys()).filter(({{ url }}, n) => {lost});
           for (const request of lost) await cache.delete(request);
           done(lost.length);
         }})()"
    );
    let lost = stage.driver.execute_async(script, vec![]).await?.json().as_u64().unwrap_or(0);
    assert!(lost > 0);
    if stage.engine() == Engine::Chromium {
        stage.driver.cdp().send_raw("Network.clearBrowserCache", json!({})).await?;
    }
    Ok(lost)
}

async fn kept(stage: &Stage) -> WebDriverResult<Value> {
    let count = "const done = arguments[0]; (async () => {
        const name = (await caches.keys()).find((name) => name.startsWith('pos-aid-'));
        done((await (await caches.open(name)).keys()).length); })()";
    Ok(stage.driver.execute_async(count, vec![]).await?.json().clone())
}

async fn reload(stage: &Stage) -> WebDriverResult<()> {
    stage.driver.execute("window.before = true; location.reload()", vec![]).await?;
    stage.until("it is another page", "return window.before === undefined").await
}

/// The app, or the static page that says it cannot start.
const OPENS_OR_SAYS: &str = "return document.documentElement.dataset.ready !== undefined
    || document.getElementById('failed')?.hidden === false";

#[test]
fn a_cache_without_its_rooms_opens_says_what_is_missing_and_is_repaired() {
    play(rough(), async |stage| {
        stage.open("#/en/staff").await?;
        let whole = kept(stage).await?;
        // More than half: all that the app does not begin with.
        lose(stage, "/(office|shelf|guides|claims|rights|probe|devices|frame)/.test(url)").await?;
        stage.stop_server();
        reload(stage).await?;
        stage
            .until(
                "the app is ready",
                "return document.documentElement.dataset.ready !== undefined",
            )
            .await?;
        stage.follow("/guides").await?;
        if stage.engine() == Engine::Chromium {
            says(stage, READING.words[0].ui(Ui::NotLoaded)).await?;
        }
        stage.driver.execute("location.hash = '#/en/cardholder/cause/chip-dirty'", vec![]).await?;
        says(stage, "Grease or dust").await?;
        stage.start_server().await;
        stage.reload().await?;
        assert_eq!(kept(stage).await?, whole);
        stage.driver.execute("location.hash = '#/en/staff/guide/payment-fails'", vec![]).await?;
        stage.until("a guide", "return document.querySelector('#app .checklist') !== null").await
    });
}

#[test]
fn a_cache_without_every_second_file_opens_or_says_so_and_is_repaired() {
    play(rough(), async |stage| {
        stage.open("#/en/staff").await?;
        let whole = kept(stage).await?;
        // The page, what starts the app and every second of the others stay.
        lose(
            stage,
            "/\\/app\\./.test(url) || (n % 2 && !/(\\/|\\.html|\\/boot\\.\\w+\\.js)$/.test(url))",
        )
        .await?;
        stage.stop_server();
        reload(stage).await?;
        stage.until("it opens or says so", OPENS_OR_SAYS).await?;
        if stage.engine() == Engine::Chromium {
            let text = stage.text().await?;
            assert!(text.contains("cannot start in this browser"), "{text}");
        }
        stage.start_server().await;
        if stage.engine() == Engine::WebKit {
            // Now and then it does not ask the network again for what it did not get, also after more reloads.
            return Ok(());
        }
        stage.reload().await?;
        assert_eq!(kept(stage).await?, whole);
        assert_eq!(stage.fragment().await?, "#/en/staff");
        if stage.engine() == Engine::Chromium {
            // Without what starts the app nobody can say so, but the steps are there.
            lose(stage, "/\\/boot\\./.test(url)").await?;
            stage.stop_server();
            reload(stage).await?;
            says(stage, "Do not pay again yet").await?;
            let waits = "return !document.getElementById('static').hidden && !document.getElementById('loading').hidden";
            stage.until("the steps stay", waits).await?;
        }
        Ok(())
    });
}

#[test]
fn a_room_that_is_missing_says_so_and_the_others_work() {
    let room = |name: &str| name.starts_with("office-shop.") && name.ends_with(".wasm");
    let dist = copy_of_dist("room", |name| !room(name));
    play(Wishes { dist: Some(dist.clone()), ..rough() }, async |stage| {
        stage.open("#/en/staff/guides").await?;
        says(stage, READING.words[0].ui(Ui::NotLoaded)).await?;
        for (place, there) in [
            ("cardholder/card-removal", "a.choice"),
            ("cardholder/rights/charged-twice/cn/uk", ".ladder"),
            ("staff/reader/look", "#pick-usb, .address, h2"),
        ] {
            stage
                .driver
                .execute("location.hash = arguments[0]", vec![json!(format!("#/en/{place}"))])
                .await?;
            let there = format!(
                "return document.querySelector('#app main').querySelector('{there}') !== null && document.querySelector('#app .loading') === null"
            );
            stage.until(place, &there).await?;
        }
        Ok(())
    });
    let _ = std::fs::remove_dir_all(dist);
}

#[test]
fn messages_of_a_newer_version_are_left_out_and_told_once() {
    play(rough(), async |stage| {
        // An app that speaks both.
        let both = "<!doctype html><title>app</title><script>const say = (message) => parent.postMessage(message, '*');
            for (let n = 0; n < 3; n += 1) say({ posAid: 2, type: 'ready', height: 9 });
            say({ posAid: 2, type: 'error', detail: { code: 'crashed' } });
            say({ posAid: 1, type: 'resize', height: 456 }); say({ posAid: 1, type: 'ready', again: false });</script>";
        let tag = std::fs::read(root().join("dist/embed.js")).expect("the tag");
        let app =
            Bank::open([("/embed.js", Answer::script(tag)), ("/index.html", Answer::page(both))]);
        stage.driver.goto(bank(page(&app.app(), "", "<pos-aid></pos-aid>")).address()).await?;
        stage.until("it is ready", &heard("ready", 1)).await?;
        stage.settled().await?;
        assert_eq!(told(stage).await?, ["<pos-aid> left out a message of a newer version"]);
        assert_eq!(errors(stage).await?, json!([]));
        assert_eq!(slots(stage).await?, "");
        let high =
            "return document.querySelector('pos-aid').getBoundingClientRect().height === 456";
        stage.until("the frame is as high as was said", high).await
    });
}

#[test]
fn a_page_that_stayed_open_frames_the_app_that_came_since() {
    let dist = copy_of_dist("since", |_| true);
    play(Wishes { dist: Some(dist.clone()), ..rough() }, async |stage| {
        stage
            .driver
            .goto(
                bank(page(&stage.address, "", "<pos-aid start='card-removal'></pos-aid>"))
                    .address(),
            )
            .await?;
        stage.until("it is ready", &heard("ready", 1)).await?;
        renew(&dist);
        stage.driver.execute("document.querySelector('pos-aid').reload()", vec![]).await?;
        stage.until("it is ready anew", &heard("ready", 2)).await?;
        stage
            .driver
            .execute("document.querySelector('pos-aid').go('cause:chip-dirty')", vec![])
            .await?;
        let there =
            "return heard.some(([name, detail]) => name === 'step' && detail.id === 'chip-dirty')";
        stage.until("it goes there", there).await?;
        assert_eq!(told(stage).await?, [] as [String; 0]);
        assert_eq!(errors(stage).await?, json!([]));
        if stage.engine() == Engine::Chromium {
            enter(stage).await?;
            let build = "return document.documentElement.dataset.build";
            assert_eq!(stage.script(build).await?, "00000000000000ff");
        }
        Ok(())
    });
    let _ = std::fs::remove_dir_all(dist);
}

/// Makes the waits of a page short: a minute is two seconds.
const HURRY: &str = "const wait = setTimeout;
    window.setTimeout = (then, ms, ...more) => wait(then, ms > 1000 ? ms / 30 : ms, ...more)";

#[test]
fn an_app_that_refuses_frames_or_does_not_answer_leaves_a_link() {
    play(rough(), async |stage| {
        const REFUSES: &[&str] = &["X-Frame-Options: DENY"];
        let tag = || Answer::script(std::fs::read(root().join("dist/embed.js")).expect("the tag"));
        let index = std::fs::read(root().join("dist/index.html")).expect("a page");
        let refuses = ("/index.html", Answer::Says("text/html", REFUSES, index));
        for answer in [refuses, ("/index.html", Answer::Nothing), ("/other", Answer::Nothing)] {
            let app = Bank::open([("/embed.js", tag()), answer]);
            let body = "<pos-aid start='card-removal' lang='en'></pos-aid>";
            stage.driver.goto(bank(page(&app.app(), HURRY, body)).address()).await?;
            stage.until("it gives up", &heard("error", 1)).await?;
            assert_eq!(errors(stage).await?, json!(["timeout"]));
            let link = format!("{}index.html#/en/card-removal", app.app());
            assert_eq!(slots(stage).await?, format!("unsupported {link}"));
        }
        Ok(())
    });
}
