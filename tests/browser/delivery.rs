//! How the app reaches people: pages without a script, taking over, without a network, a newer version, within a
//! bank's page.

use browser_tests::{By, Engine, Stage, WebDriverResult, Wishes, copy_of_dist, play, renew};
use serde_json::{Value, json};
use server::{Mode, Server};
use std::path::PathBuf;

const CAUSE: &str = "en/cardholder/cause/chip-dirty/";

#[test]
fn without_a_script_every_page_reads_and_leads_on() {
    // Every page is a load of its own.
    play(Wishes { no_script: true, later: vec!["/"], ..Wishes::default() }, async |stage| {
        if stage.engine() == Engine::WebKit {
            // Its driver cannot switch scripts off.
            return Ok(());
        }
        stage.driver.goto(format!("{}{CAUSE}", stage.address)).await?;
        let main = stage.driver.find(By::Css("#static main")).await?;
        let text = main.text().await?;
        assert!(text.contains("Grease or dust") && text.lines().count() > 8, "{text}");
        assert_eq!(
            stage.driver.find(By::Css("h1")).await?.text().await?,
            "The chip on the card is dirty"
        );
        // The mark leads to the start page, its complaints to lists of decisions, these to causes.
        stage.driver.find(By::Css("#static a.mark")).await?.click().await?;
        stage.driver.find(By::Css("#static main a[href$='card-removal/']")).await?.click().await?;
        let text = stage.driver.find(By::Css("#static main")).await?.text().await?;
        assert!(text.contains("Where is the card"), "{text}");
        stage.driver.find(By::Css("#static main a[href*='/cause/']")).await?.click().await?;
        assert!(stage.driver.current_url().await?.path().contains("/cause/"));
        // The other language is the same place.
        stage.driver.find(By::Css("#static a.language")).await?.click().await?;
        let url = stage.driver.current_url().await?;
        assert!(url.path().starts_with("/zh-CN/cardholder/cause/"), "{url}");
        // The first page of all leads to both.
        stage.driver.goto(stage.address.clone()).await?;
        stage.driver.find(By::Css("noscript a, .states a[href='en/cardholder/']")).await?;
        Ok(())
    });
}

#[test]
fn a_page_that_was_made_beforehand_becomes_the_app_in_its_place() {
    play(Wishes::default(), async |stage| {
        stage.driver.goto(format!("{}{CAUSE}", stage.address)).await?;
        stage.ready().await?;
        assert_eq!(stage.heading().await?, "The chip on the card is dirty");
        assert_eq!(
            stage.script("return location.pathname + location.hash").await?,
            "/#/en/cardholder/cause/chip-dirty"
        );
        if stage.engine() == Engine::Chromium {
            let shift = "const done = arguments[0]; let sum = 0;
                new PerformanceObserver((list) => list.getEntries().forEach((e) => { sum += e.value; }))
                  .observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 300)";
            let shift = stage.driver.execute_async(shift, vec![]).await?;
            assert!(shift.json().as_f64().is_some_and(|s| s < 0.02), "{:?}", shift.json());
        }
        // It goes on as an app, and a reload finds the place again.
        stage.driver.find(By::Css("#app a.language")).await?.click().await?;
        stage.arrived("#/zh-CN/cardholder/cause/chip-dirty").await?;
        stage.reload().await?;
        assert_eq!(stage.fragment().await?, "#/zh-CN/cardholder/cause/chip-dirty");
        Ok(())
    });
}

#[test]
fn a_page_whose_program_does_not_come_stays_and_says_so() {
    let program = |name: &str| name.starts_with("app.") && name.ends_with(".wasm");
    let dist = copy_of_dist("broken", |name| !program(name));
    let wishes = Wishes { dist: Some(dist.clone()), errors_expected: true, ..Wishes::default() };
    play(wishes, async |stage| {
        stage.driver.goto(format!("{}{CAUSE}", stage.address)).await?;
        stage.until("it says so", "return !document.getElementById('failed').hidden").await?;
        let text = stage.text().await?;
        assert!(text.contains("Grease or dust"), "{text}");
        Ok(())
    });
    let _ = std::fs::remove_dir_all(dist);
}

#[test]
fn without_a_network_it_opens_again_in_both_languages() {
    // The browser itself asks for the manifest and the icon, in vain.
    play(Wishes { errors_expected: true, ..Wishes::default() }, async |stage| {
        stage.open("#/en/staff/card-removal").await?;
        let heading = stage.heading().await?;
        stage.stop_server();
        stage.reload().await?;
        assert_eq!(stage.heading().await?, heading);
        stage.driver.find(By::Css("#app a.language")).await?.click().await?;
        stage.arrived("#/zh-CN/staff/card-removal").await?;
        // What was never opened is there, too.
        stage.driver.execute("location.hash = '#/en/staff/guide/payment-fails'", vec![]).await?;
        stage.until("a guide", "return document.querySelector('#app .checklist') !== null").await?;
        stage.driver.execute("location.hash = '#/en/staff/reader'", vec![]).await?;
        let reader =
            "return (document.querySelector('#app h1')?.innerText ?? '').includes('reader')";
        stage.until("the reader check", reader).await?;
        // It has no place in the app.
        stage.driver.goto(format!("{}en/about/", stage.address)).await?;
        stage
            .until("About", "return document.querySelector('h1')?.innerText === 'About POS Aid'")
            .await
    });
}

#[test]
fn a_newer_version_is_offered_and_never_forced() {
    let dist = copy_of_dist("newer", |_| true);
    let wishes = Wishes { dist: Some(dist.clone()), ..Wishes::default() };
    play(wishes, async |stage| {
        stage.open("#/en/staff/card-removal").await?;
        renew(&dist);
        stage.reload().await?;
        let build = "return document.documentElement.dataset.build === '00000000000000ff'";
        stage.until("it is offered", "return !document.getElementById('newer').hidden").await?;
        assert_eq!(stage.script(build).await?, "false", "not forced");
        // The answers go on meanwhile.
        let first = stage.heading().await?;
        stage
            .driver
            .find(By::Css("#app main a.choice, #app main .choices a"))
            .await?
            .click()
            .await?;
        stage
            .until(
                "another step",
                &format!("return document.querySelector('#app h1').innerText !== {}", json!(first)),
            )
            .await?;
        let place = stage.fragment().await?;
        stage.driver.find(By::Css("#newer button")).await?.click().await?;
        stage.until("it is the newer one", build).await?;
        stage.ready().await?;
        assert_eq!(stage.fragment().await?, place);
        Ok(())
    });
    let _ = std::fs::remove_dir_all(dist);
}

/// A bank's page with two of them, and what it hears.
fn bank(app: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("pos-aid-bank-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Help</title>\
         <script type=\"module\" src=\"bank.js\"></script><script type=\"module\" src=\"{app}embed.js\"></script>\
         <h1>Help</h1><pos-aid id=\"one\" lang=\"en\" audience=\"staff\" start=\"card-removal\"></pos-aid>\
         <pos-aid id=\"two\" lang=\"zh-CN\" start=\"cause:chip-dirty\" theme=\"dark\"></pos-aid></html>"
    );
    std::fs::write(folder.join("index.html"), page).expect("a page");
    let script = "window.heard = []; for (const name of ['ready', 'step', 'outcome', 'error', 'resize'])
        document.addEventListener(`pos-aid:${name}`, (e) => heard.push([e.target.id, name, e.detail]));";
    std::fs::write(folder.join("bank.js"), script).expect("a script");
    folder
}

async fn frame_heading(stage: &Stage, id: &str) -> WebDriverResult<String> {
    let host = stage.driver.find(By::Id(id)).await?;
    let frame = host.get_shadow_root().await?.find(By::Css("iframe")).await?;
    frame.enter_frame().await?;
    let heading = stage.heading().await?;
    stage.driver.enter_default_frame().await?;
    Ok(heading)
}

#[test]
fn a_bank_frames_two_of_them_under_a_strict_policy() {
    // What is loaded is loaded within frames, which nobody waits for one by one.
    play(Wishes { later: vec!["/"], ..Wishes::default() }, async |stage| {
        let folder = bank(&stage.address);
        let mode = Mode::Host { app: stage.address.trim_end_matches('/').to_string() };
        let host = Server::bind(&folder, 0, mode).await.expect("a port");
        // Another host name is another site, so that frames are as foreign as a bank's.
        let address = format!("http://localhost:{}/", host.address.port());
        tokio::spawn(host.run());
        stage.driver.goto(address).await?;
        let count =
            |what: &str| format!("return heard.filter(([, name]) => name === '{what}').length");
        let two = format!("{} >= 2", count("ready"));
        stage.until("both are ready", &two).await?;
        let last = |id: &str| {
            format!(
                "return JSON.stringify(heard.filter(([id, name]) => id === '{id}' && name === 'step').at(-1)?.[2] ?? null)"
            )
        };
        let step: Value = serde_json::from_str(&stage.script(&last("one")).await?).expect("JSON");
        assert_eq!(step["id"], "card-removal", "{step}");
        let step: Value = serde_json::from_str(&stage.script(&last("two")).await?).expect("JSON");
        assert_eq!((&step["page"], &step["id"]), (&json!("cause"), &json!("chip-dirty")), "{step}");
        let heights = "return [...document.querySelectorAll('pos-aid')].every((e) => e.getBoundingClientRect().height > 330)";
        stage.until("both are as high as their pages", heights).await?;
        if stage.engine() == Engine::Chromium {
            assert_ne!(frame_heading(stage, "one").await?, "");
        }
        let before = stage.driver.current_url().await?.to_string();
        // Commands, junk and floods: the last command holds, and the rest does nothing.
        stage.driver.execute("const one = document.getElementById('one');
            const frame = one.shadowRoot.querySelector('iframe').contentWindow;
            for (const junk of [null, 7, 'go', {}, { posAid: 1 }, { posAid: 1, type: 'go', route: 'javascript:1' }, { posAid: 9, type: 'go' }])
              { frame.postMessage(junk, '*'); window.postMessage(junk, '*'); }
            for (let n = 0; n < 2000; n += 1) frame.postMessage({ posAid: 1, type: 'go', route: '#/en/staff/printer' }, '*');
            one.start = 'message:' + 'x'.repeat(60); one.start = 'no-connection';", vec![]).await?;
        stage.until("the command holds", "return heard.some(([id, name, d]) => id === 'one' && name === 'step' && d.id === 'no-connection')").await?;
        assert_eq!(stage.driver.current_url().await?.to_string(), before, "nobody was led away");
        stage.driver.execute("document.getElementById('two').lang = 'en'", vec![]).await?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        if stage.engine() == Engine::Chromium {
            assert_eq!(frame_heading(stage, "two").await?, "The chip on the card is dirty");
        }
        let errors = stage
            .script("return JSON.stringify(heard.filter(([, name]) => name === 'error'))")
            .await?;
        assert_eq!(errors, "[]");
        let _ = std::fs::remove_dir_all(folder);
        Ok(())
    });
}

#[test]
fn a_browser_would_install_it() {
    play(Wishes::default(), async |stage| {
        if stage.engine() != Engine::Chromium {
            // The others tell nobody what they ask for.
            return Ok(());
        }
        stage.open("#/en/cardholder").await?;
        let found = stage.driver.cdp().send_raw("Page.getInstallabilityErrors", json!({})).await?;
        assert_eq!(found["installabilityErrors"], json!([]), "{found}");
        let manifest = stage.driver.cdp().send_raw("Page.getAppManifest", json!({})).await?;
        assert_eq!(manifest["errors"], json!([]), "{manifest}");
        let text = manifest["data"].as_str().unwrap_or_default();
        let manifest: Value = serde_json::from_str(text).expect("JSON");
        for kind in ["any", "maskable"] {
            let icons = manifest["icons"].as_array().expect("icons");
            let fits = |i: &Value| i["purpose"].as_str().unwrap_or("any").contains(kind);
            assert!(icons.iter().any(fits), "{kind}: {manifest}");
        }
        Ok(())
    });
}
