//! The reader check: what it says where it cannot look, what it makes of every answer that a browser was seen to
//! give (`reader/scenarios.json`, replayed by `reader/stub.js`), its guided tests, and that it never touches
//! what it must not.

use browser_tests::{By, Engine, Stage, WebDriverResult, Wishes, play, root};
use rulebase::read::Reading;
use serde_json::{Value, json};
use std::sync::LazyLock;

static READING: LazyLock<Reading> = LazyLock::new(|| rulebase::read::read(&root()));

const LOOK: &str = "#/en/staff/reader/look";

fn plain() -> Wishes {
    Wishes { later: vec!["office-", "shelf.", "guides-", "probe", "devices."], ..Wishes::default() }
}

fn text(key: rulebase::Probe) -> &'static str {
    READING.probe_words[0].text(key)
}

async fn says(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.body.textContent.includes({})", json!(text));
    stage.until(text, &script).await
}

async fn goes(stage: &Stage, fragment: &str) -> WebDriverResult<()> {
    stage.driver.execute("location.hash = arguments[0]", vec![fragment.into()]).await?;
    stage.arrived(fragment).await?;
    let script = "return document.querySelector('#app h1') !== null";
    stage.until("the page is there", script).await
}

/// Presses a button as soon as it is there.
async fn press(stage: &Stage, id: &str) -> WebDriverResult<()> {
    stage.until(id, &format!("return document.getElementById('{id}') !== null")).await?;
    stage.driver.find(By::Id(id)).await?.click().await?;
    stage.settled().await
}

/// A fresh page whose browser answers as a scenario says.
async fn begin(stage: &mut Stage, scenario: &Value, system: &Value) -> WebDriverResult<()> {
    stage.open("#/en/staff").await?;
    let stub = std::fs::read_to_string(root().join("tests/browser/reader/stub.js")).expect("it");
    let script = format!("{stub}\nstubReader(arguments[0], arguments[1]);");
    stage.driver.execute(script, vec![scenario.clone(), system.clone()]).await?;
    goes(stage, LOOK).await?;
    stage.until("the browser was asked", "return !document.querySelector('#app .loading')").await
}

/// What is asked of the page beyond choosing and looking: nothing that is not on the list, and at the end
/// nothing is left open.
async fn left_nothing(stage: &Stage, name: &str) -> WebDriverResult<()> {
    goes(stage, "#/en/staff").await?;
    stage.until("everything is closed", "return leftOpen().length === 0").await?;
    let touched = stage.driver.execute("return touched", vec![]).await?;
    let touched = touched.json().as_array().cloned().unwrap_or_default();
    let forbidden: Vec<&Value> =
        touched.iter().filter(|t| t.as_str().is_some_and(|t| t.starts_with("forbidden"))).collect();
    assert!(forbidden.is_empty(), "{name}: {forbidden:?}");
    Ok(())
}

#[test]
fn what_this_browser_can_truly_do_is_said_and_reads_well() {
    play(plain(), async |stage| {
        for lang in ["en", "zh-CN"] {
            stage.open(&format!("#/{lang}/staff/reader")).await?;
            let words = &READING.probe_words[usize::from(lang != "en")];
            let key = match stage.engine() {
                Engine::Chromium => rulebase::Probe::Begin,
                Engine::Firefox => rulebase::Probe::Begin,
                Engine::WebKit => rulebase::Probe::UnsupportedDo,
            };
            says(stage, words.text(key)).await?;
            assert_eq!(stage.axe().await?, Vec::<String>::new());
            goes(stage, &format!("#/{lang}/staff/reader/look")).await?;
            match stage.engine() {
                Engine::Chromium => says(stage, words.text(rulebase::Probe::ChooseUsb)).await?,
                Engine::Firefox => says(stage, words.text(rulebase::Probe::SerialOnlyDo)).await?,
                Engine::WebKit => {
                    says(stage, words.text(rulebase::Probe::QuestionsInstead)).await?;
                    let pick = "return document.querySelector('[id^=pick-]') === null";
                    stage.until("nothing can be chosen", pick).await?;
                }
            }
            assert_eq!(stage.axe().await?, Vec::<String>::new());
        }
        Ok(())
    });
}

/// Does with a page what a person would for a row of the table.
async fn act(stage: &Stage, row: &str, system: &str, serial: bool) -> WebDriverResult<()> {
    if row.starts_with('E') && row < "E05" && row != "E03" {
        return Ok(());
    }
    if serial {
        press(stage, "pick-serial").await?;
        if matches!(row, "E03" | "E05" | "E06" | "S01") {
            return Ok(());
        }
        says(stage, text(rulebase::Probe::SerialCheck)).await?;
        goes(stage, "#/en/staff/reader/serial").await?;
        press(stage, "serial-yes").await?;
        let done = "return !document.querySelector('#app .loading')";
        stage.until("the port is closed again", done).await?;
        return goes(stage, LOOK).await;
    }
    // What the page may look at already needs no list.
    let known = if row == "E13" { "use-usb-0" } else { "pick-usb" };
    press(stage, known).await?;
    if system == "windows" && row.starts_with('U') {
        press(stage, "ask-device").await?;
    }
    Ok(())
}

#[test]
fn every_answer_that_a_browser_gives_leads_to_its_finding() {
    let scenarios: Value = serde_json::from_str(
        &std::fs::read_to_string(root().join("tests/browser/reader/scenarios.json")).expect("it"),
    )
    .expect("JSON");
    play(Wishes { errors_expected: false, ..plain() }, async |stage| {
        let mut done = 0;
        for one in scenarios.as_array().expect("a list") {
            let (name, row) =
                (one["name"].as_str().expect("a name"), one["row"].as_str().expect("a row"));
            // The pages are the same in every engine; one that has neither API shows that they run there.
            if stage.engine() != Engine::Chromium && !matches!(row, "E02" | "E06" | "U07" | "S09") {
                continue;
            }
            // What takes a plug has tests of its own; how a list looked, a person tells.
            if row.starts_with(['W', 'R']) || matches!(row, "S02" | "U12" | "U06") {
                continue;
            }
            if one["scenario"]["engine"] == "firefox" && stage.engine() == Engine::WebKit {
                continue;
            }
            begin(stage, &one["scenario"], &one["system"]).await?;
            let serial = row.starts_with('S') || one["scenario"]["usb"].is_null();
            act(stage, row, one["system"].as_str().unwrap_or_default(), serial).await?;
            if row == "E03" && name.contains("never") {
                press(stage, "see-list-no").await?;
            }
            let origin = READING
                .origins
                .iter()
                .find(|o| o.kind == "findings" && o.from.iter().any(|f| f == row))
                .unwrap_or_else(|| panic!("{row} has no finding"));
            let at = READING.findings.iter().position(|f| f.id == origin.id).expect("a finding");
            let wanted = match row {
                // These have pages instead of findings.
                "E01" => text(rulebase::Probe::InsecureTitle),
                "E02" => text(rulebase::Probe::UnsupportedTitle),
                "E03" if name.contains("never") => text(rulebase::Probe::NoListTitle),
                "E03" => text(rulebase::Probe::InOrder),
                "E04" => text(rulebase::Probe::NotAllowedTitle),
                // Nothing is known then, and it is asked how the list looked.
                // Too short to mean anything; the page goes on.
                _ if matches!(name, "short-answer" | "another-read-error") => {
                    text(rulebase::Probe::InOrder)
                }
                "E06" => text(rulebase::Probe::ListHow),
                _ => READING.probe_words[0].findings[at].name.as_str(),
            };
            println!("{name} ({row})");
            says(stage, wanted).await?;
            left_nothing(stage, name).await?;
            done += 1;
        }
        let least = if stage.engine() == Engine::Chromium { 40 } else { 4 };
        assert!(done >= least, "{done}");
        Ok(())
    });
}

/// A reader with a serial number, plugged into a page that may look.
fn reader() -> Value {
    json!({
        "vendor": 0x08e6, "product": 0x4433, "usb": "1.1.0", "version": "0.0.0", "class": [0, 0, 0],
        "maker": "QEMU", "model": "QEMU USB CCID", "serial": "SN-4711-A", "configured": true,
        "interfaces": [{"number": 0, "alternates": [
            {"class": 11, "subclass": 0, "protocol": 0, "name": null, "endpoints": 3}]}],
    })
}

fn alive() -> Value {
    json!({"usb": {"pick": {"device": reader()}, "answers": {
        "device": "1201100100000040e6083344000001020301",
        "configuration": "09025d00010100e03209040000030b00000436211001000701000000a00f000000000100008025000000c2010000fe0000000000000000000000fe04010012000100ffff00000101070581034000ff0705820240000007050302400000",
        "status": "0100", "current": "01"}}, "serial": null})
}

#[test]
fn a_cable_test_by_events_ends_in_a_report_and_in_the_questions() {
    play(Wishes { later: [plain().later, vec!["claims-"]].concat(), ..plain() }, async |stage| {
        // Somebody is in a case, and comes back to it.
        begin(stage, &alive(), &json!("linux")).await?;
        goes(stage, "#/en/staff/no-connection").await?;
        goes(stage, LOOK).await?;
        press(stage, "pick-usb").await?;
        says(stage, "QEMU USB CCID").await?;
        stage.follow("/reader/cable").await?;
        press(stage, "cable-start").await?;
        let key = json!("08e6:4433:SN-4711-A");
        let unplug = async |stage: &Stage| {
            stage.driver.execute("unplug(arguments[0], 'usb')", vec![key.clone()]).await
        };
        let replug = async |stage: &Stage| {
            stage.driver.execute("replug(arguments[0], true)", vec![reader()]).await
        };
        // Time is what the page's clock says: parts of twenty seconds need not take that long here.
        let clock = "window.skew = 0; const real = window.Date.now.bind(window.Date); window.Date.now = () => real() + window.skew;";
        stage.driver.execute(clock, vec![]).await?;
        unplug(stage).await?;
        says(stage, text(rulebase::Probe::ProofIn)).await?;
        replug(stage).await?;
        for part in 0..4 {
            press(stage, "cable-next").await?;
            if part == 1 {
                stage.driver.execute("window.skew += 2000", vec![]).await?;
                unplug(stage).await?;
                says(stage, text(rulebase::Probe::GoneNow)).await?;
                replug(stage).await?;
            }
            stage.driver.execute("window.skew += 21000", vec![]).await?;
            let next = if part < 3 { "cable-next" } else { "cable-start" };
            stage
                .until(next, &format!("return document.getElementById('{next}') !== null"))
                .await?;
        }
        let at = READING.findings.iter().position(|f| f.id == "loose-at-reader").expect("it");
        let found = READING.probe_words[0].findings[at].name.clone();
        says(stage, &found).await?;
        assert_eq!(stage.axe().await?, Vec::<String>::new());
        goes(stage, "#/en/staff/reader/report").await?;
        says(stage, READING.probe_words[1].text(rulebase::Probe::ReportTitle)).await?;
        says(stage, &found).await?;
        let whole = stage.text().await?;
        assert!(!whole.contains("SN-4711-A"), "{whole}");
        assert_eq!(stage.axe().await?, Vec::<String>::new());
        press(stage, "with-serial").await?;
        says(stage, "SN-4711-A").await?;
        goes(stage, LOOK).await?;
        // One tap takes it into the case that was open.
        stage.driver.execute(
            "document.querySelector('#app a[href^=\"#/en/staff/no-connection/found.\"]').click()", vec![]).await?;
        stage.until("the case", "return location.hash.includes('/found.loose-at-reader')").await?;
        says(stage, &found).await?;
        left_nothing(stage, "cable").await
    });
}

#[test]
fn received_bytes_are_counted_and_nowhere_else() {
    play(plain(), async |stage| {
        let scenario = json!({"usb": null, "serial": {
            "pick": {"port": {"vendor": 0x0403, "product": 0x6001, "bluetooth": false, "connected": true}},
            "signals": {"cts": true, "dsr": true, "dcd": false, "ri": false}, "bytes": [7, 24, 5]}});
        begin(stage, &scenario, &json!("windows")).await?;
        press(stage, "pick-serial").await?;
        goes(stage, "#/en/staff/reader/serial").await?;
        press(stage, "serial-yes").await?;
        says(stage, &text(rulebase::Probe::SerialCount).replace("{n}", "36")).await?;
        says(stage, text(rulebase::Probe::SerialClosed)).await?;
        goes(stage, "#/en/staff/reader/report").await?;
        let anywhere = "return JSON.stringify([document.documentElement.outerHTML, location.href, document.title, Object.entries(localStorage), document.cookie])";
        let anywhere = stage.script(anywhere).await?;
        assert!(
            anywhere.contains("/reader/report")
                && !anywhere.contains("4111")
                && !anywhere.contains("%B4"),
            "{anywhere}"
        );
        left_nothing(stage, "bytes").await
    });
}

#[test]
fn what_is_swiped_is_thrown_away_and_told() {
    play(plain(), async |stage| {
        begin(stage, &alive(), &json!("linux")).await?;
        // What writes nothing is no swipe, however fast: Tab kept down, or sent by an aid.
        let tabs = "let kept = 0; for (let n = 0; n < 20; n += 1) {
            const event = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true });
            if (document.body.dispatchEvent(event)) kept += 1; } return kept";
        assert_eq!(stage.driver.execute(tabs, vec![]).await?.json(), &json!(20));
        // As fast as a reader with a keyboard's plug types; a person types slower.
        let swipe = "let kept = 0; for (const key of '%B4111111111111111^A?') {
            const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
            if (document.body.dispatchEvent(event)) kept += 1; } return kept";
        let kept = stage.driver.execute(swipe, vec![]).await?;
        assert!(kept.json().as_u64().is_some_and(|n| n < 8), "{:?}", kept.json());
        says(stage, text(rulebase::Probe::DoNotSwipe)).await?;
        let whole = stage.script("return document.documentElement.outerHTML").await?;
        assert!(!whole.contains("4111"), "{whole}");
        left_nothing(stage, "swipe").await
    });
}

#[test]
fn firefox_counts_its_own_test_ports() {
    play(Wishes { serial_mock: true, ..plain() }, async |stage| {
        if stage.engine() != Engine::Firefox {
            return Ok(());
        }
        stage.open(LOOK).await?;
        let ready = "if (navigator.serial.autoselectPorts === undefined && !('simulateDeviceConnection' in navigator.serial)) return false;
            navigator.serial.resetToDefaultMockDevices?.(); navigator.serial.autoselectPorts = true; return true";
        stage.until("Firefox has its test ports", ready).await?;
        press(stage, "pick-serial").await?;
        let at = READING.findings.iter().position(|f| f.id == "port-there").expect("it");
        says(stage, &READING.probe_words[0].findings[at].name).await?;
        goes(stage, "#/en/staff/reader/serial").await?;
        press(stage, "serial-yes").await?;
        says(stage, text(rulebase::Probe::SerialClosed)).await
    });
}

/// What may not even be named by a script or imported by a program: see `facts/probe/requests.json`'s list.
const FORBIDDEN: [&str; 18] = [
    "claimInterface",
    "releaseInterface",
    "selectConfiguration",
    "selectAlternateInterface",
    "clearHalt",
    "controlTransferOut",
    "transferIn",
    "transferOut",
    "isochronousTransferIn",
    "isochronousTransferOut",
    "setSignals",
    "writable",
    "getWriter",
    "hid",
    "bluetooth",
    "sendFeatureReport",
    "sendReport",
    "smartCard",
];

#[test]
fn no_script_of_the_build_can_name_a_forbidden_call() {
    let word = |text: &str, word: &str| {
        let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back().is_some_and(part);
            let behind = text[at + word.len()..].chars().next().is_some_and(part);
            !before && !behind
        })
    };
    let mut scripts = 0;
    for entry in std::fs::read_dir(root().join("dist")).expect("a build").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).expect("a file");
        let text = match name.rsplit('.').next() {
            Some("js") => String::from_utf8_lossy(&bytes).into_owned(),
            // The names of what a program imports stand in it as they are.
            Some("wasm") => imports(&bytes).join("\n"),
            _ => continue,
        };
        scripts += 1;
        for call in FORBIDDEN {
            // The shim tells whether a port is one of Bluetooth; it cannot reach navigator.bluetooth.
            let reaches = match call {
                "hid" | "bluetooth" | "smartCard" => text.contains(&format!("navigator.{call}")),
                call => word(&text, call),
            };
            assert!(!reaches, "{name} names {call}");
        }
        if !name.starts_with("probe.") {
            for api in ["navigator.usb", "navigator.serial", "requestDevice", "requestPort"] {
                assert!(!text.contains(api), "{name} reaches {api}");
            }
        } else {
            // A name that is put together at run time could be any name.
            assert!(!text.contains("navigator["), "{name}");
            assert!(!text.contains(".reset("), "{name}");
        }
    }
    assert!(scripts >= 8, "{scripts}");
}

/// Module and name of everything that a WASM program imports.
fn imports(wasm: &[u8]) -> Vec<String> {
    fn number(bytes: &mut &[u8]) -> usize {
        let (mut value, mut shift) = (0, 0);
        while let Some((byte, rest)) = bytes.split_first() {
            *bytes = rest;
            value |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        value
    }
    fn name(bytes: &mut &[u8]) -> String {
        let length = number(bytes);
        let (name, rest) = bytes.split_at(length);
        *bytes = rest;
        String::from_utf8_lossy(name).into_owned()
    }
    let mut rest = &wasm[8..];
    while let Some((id, behind)) = rest.split_first() {
        rest = behind;
        let length = number(&mut rest);
        let (mut section, behind) = rest.split_at(length);
        rest = behind;
        if *id != 2 {
            continue;
        }
        let mut names = Vec::new();
        for _ in 0..number(&mut section) {
            names.push(format!("{}.{}", name(&mut section), name(&mut section)));
            let (kind, behind) = section.split_first().expect("a kind");
            section = behind;
            match kind {
                // A function: its type. A global: its type and whether it changes.
                0 => drop(number(&mut section)),
                3 => section = &section[2..],
                kind => panic!("an import of kind {kind}"),
            }
        }
        return names;
    }
    panic!("no imports");
}
