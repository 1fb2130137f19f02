//! The reader check in a real Chromium with real USB events: `reader/plug.py` makes the system show the devices of
//! `reader/devices.jsonl`, and plugs them in and out on order. Nothing in the page is replaced.

use browser_tests::{By, Stage, WebDriverResult, Wishes, play, root};
use rulebase::read::Reading;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::sync::LazyLock;

static READING: LazyLock<Reading> = LazyLock::new(|| rulebase::read::read(&root()));

const LOOK: &str = "#/en/staff/reader/look";

fn granted() -> Wishes {
    let later = vec!["office-", "shelf.", "guides-", "probe", "devices."];
    Wishes { devices: true, later, ..Wishes::default() }
}

/// Sends an order to `plug.py`.
fn order(text: &str) -> String {
    let address = std::env::var("PLUG").expect("run it with cargo xtask test");
    let mut line = std::net::TcpStream::connect(address).expect("plug.py");
    writeln!(line, "{text}").expect("an order");
    let mut answer = String::new();
    BufReader::new(line).read_line(&mut answer).expect("an answer");
    assert!(answer.starts_with("ok"), "{text}: {answer}");
    answer
}

fn devices() -> Vec<Value> {
    let text = std::fs::read_to_string(root().join("tests/browser/reader/devices.jsonl"));
    let text = text.expect("the devices");
    text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

fn finding(id: &str) -> &'static str {
    let at = READING.findings.iter().position(|f| f.id == id).expect("a finding");
    &READING.probe_words[0].findings[at].name
}

async fn says(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.body.textContent.includes({})", json!(text));
    stage.until(text, &script).await
}

async fn press(stage: &Stage, id: &str) -> WebDriverResult<()> {
    stage.until(id, &format!("return document.getElementById('{id}') !== null")).await?;
    stage.driver.find(By::Id(id)).await?.click().await?;
    stage.settled().await
}

async fn goes(stage: &Stage, fragment: &str) -> WebDriverResult<()> {
    stage.driver.execute("location.hash = arguments[0]", vec![fragment.into()]).await?;
    stage.arrived(fragment).await
}

/// Chooses the device with this number; the page lists what it may look at by name and number.
async fn choose(stage: &Stage, id: &str) -> WebDriverResult<()> {
    let button = format!(
        "[...document.querySelectorAll('[id^=use-]')].find((b) => b.textContent.includes('{id}'))"
    );
    stage.until(id, &format!("return {button} !== undefined")).await?;
    stage.driver.execute(format!("{button}.click()"), vec![]).await?;
    says(stage, &READING.probe_words[0].text(rulebase::Probe::ReportNumber)).await
}

#[test]
fn real_readers_are_known_asked_and_described() {
    play(granted(), async |stage| {
        stage.open(LOOK).await?;
        let mut seen = 0;
        for device in devices().iter().filter(|d| d["kind"] == "usb") {
            let id = format!(
                "{}:{}",
                device["vendor"].as_str().expect("a number"),
                device["product"].as_str().expect("a number")
            );
            choose(stage, &id).await?;
            says(stage, finding("answers-now")).await?;
            says(stage, finding("usb-link-works")).await?;
            let classes = device["configuration"].as_str().expect("hex");
            let own = !classes.contains("030b00") && !classes.contains("0b00");
            if own {
                says(stage, finding("chip-reader-own-class")).await?;
            }
            says(stage, finding("description-complete")).await?;
            seen += 1;
        }
        assert!(seen >= 20, "{seen}");
        assert_eq!(stage.axe().await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn a_real_unplugging_drives_the_cable_test() {
    play(granted(), async |stage| {
        let all = devices();
        let at = all.iter().position(|d| d["kind"] == "usb" && d["serial"].is_string());
        let at = at.expect("one with a serial number");
        let id = format!(
            "{}:{}",
            all[at]["vendor"].as_str().expect("it"),
            all[at]["product"].as_str().expect("it")
        );
        stage.open(LOOK).await?;
        choose(stage, &id).await?;
        says(stage, finding("answers-now")).await?;
        goes(stage, "#/en/staff/reader/cable").await?;
        press(stage, "cable-start").await?;
        // Parts of twenty seconds need not take that long here.
        let clock = "window.skew = 0; const real = window.Date.now.bind(window.Date); window.Date.now = () => real() + window.skew;";
        stage.driver.execute(clock, vec![]).await?;
        order(&format!("unplug {at}"));
        says(stage, READING.probe_words[0].text(rulebase::Probe::ProofIn)).await?;
        order(&format!("plug {at}"));
        for part in 0..4 {
            press(stage, "cable-next").await?;
            if part == 2 {
                stage.driver.execute("window.skew += 2000", vec![]).await?;
                order(&format!("unplug {at}"));
                says(stage, READING.probe_words[0].text(rulebase::Probe::GoneNow)).await?;
                order(&format!("plug {at}"));
                let back = format!(
                    "return !document.body.textContent.includes({})",
                    json!(READING.probe_words[0].text(rulebase::Probe::GoneNow))
                );
                stage.until("it is back", &back).await?;
            }
            stage.driver.execute("window.skew += 21000", vec![]).await?;
            let next = if part < 3 { "cable-next" } else { "cable-start" };
            stage
                .until(next, &format!("return document.getElementById('{next}') !== null"))
                .await?;
        }
        says(stage, finding("loose-at-computer")).await
    });
}

#[test]
fn a_device_that_hangs_fails_or_refuses_is_told_apart() {
    play(granted(), async |stage| {
        let all = devices();
        let id = format!(
            "{}:{}",
            all[0]["vendor"].as_str().expect("it"),
            all[0]["product"].as_str().expect("it")
        );
        for (fault, wanted) in
            [("error", "no-answer"), ("silent", "hangs"), ("stall", "not-supported")]
        {
            order(&format!("fault 0 {fault}"));
            stage.open(LOOK).await?;
            choose(stage, &id).await?;
            says(stage, finding(wanted)).await?;
            order("fault 0 none");
        }
        Ok(())
    });
}

#[test]
fn a_real_port_is_known_counted_and_never_written_to() {
    play(granted(), async |stage| {
        let all = devices();
        let at = all.iter().position(|d| d["kind"] == "tty").expect("a port");
        let id = format!(
            "{}:{}",
            all[at]["vendor"].as_str().expect("it"),
            all[at]["product"].as_str().expect("it")
        );
        stage.open(LOOK).await?;
        let button = format!(
            "[...document.querySelectorAll('[id^=use-serial]')].find((b) => b.textContent.includes('{id}'))"
        );
        stage.until(&id, &format!("return {button} !== undefined")).await?;
        stage.driver.execute(format!("{button}.click()"), vec![]).await?;
        says(stage, finding("port-there")).await?;
        goes(stage, "#/en/staff/reader/serial").await?;
        press(stage, "serial-yes").await?;
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        // A card number in a till's language: its length is all that may be known.
        order(&format!("send {at} 2542343131313131313131313131313131315e54"));
        says(stage, READING.probe_words[0].text(rulebase::Probe::SerialClosed)).await?;
        says(stage, finding("terminal-talks")).await?;
        let whole = stage.script("return document.documentElement.outerHTML").await?;
        assert!(!whole.contains("4111"), "{whole}");
        assert_eq!(order(&format!("took {at}")).trim(), "ok", "nothing was written to it");
        Ok(())
    });
}
