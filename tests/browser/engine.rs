//! Browsers and their drivers: how each is started, and what it is told at the start.

use super::{PATIENCE, Wishes};
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::Capabilities;

/// The browser that this run is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    /// From `POS_AID_ENGINE`, which `cargo xtask test` sets.
    pub fn wanted() -> Engine {
        match std::env::var("POS_AID_ENGINE").as_deref() {
            Ok("chromium") => Engine::Chromium,
            Ok("firefox") => Engine::Firefox,
            Ok("webkit") => Engine::WebKit,
            _ => panic!(
                "POS_AID_ENGINE names no engine: run the browser tests with cargo xtask test"
            ),
        }
    }
}

/// Kills the driver when it goes out of scope, and with it the browser.
pub struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg("--").arg(format!("-{}", self.0.id())).status();
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().map_or(0, |a| a.port())
}

pub async fn driver(engine: Engine, scratch: &Path, console: &Path) -> (u16, Process) {
    use std::os::unix::process::CommandExt;
    let port = free_port();
    let mut command = match engine {
        Engine::Chromium => {
            let mut c = Command::new("chromedriver");
            c.arg(format!("--port={port}"));
            c
        }
        Engine::Firefox => {
            let mut c = Command::new(
                std::env::var("POS_AID_GECKODRIVER").unwrap_or_else(|_| "geckodriver".into()),
            );
            c.arg(format!("--port={port}")).args(["--websocket-port", &free_port().to_string()]);
            c
        }
        Engine::WebKit => {
            let mut c = Command::new("xvfb-run");
            c.args([
                "-a",
                "-s",
                "-screen 0 1400x1000x24",
                "WebKitWebDriver",
                &format!("--port={port}"),
            ]);
            // Its sandbox cannot be nested in a container, and the pages are our own.
            c.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                .env("GTK_A11Y", "none")
                .env("NO_AT_BRIDGE", "1");
            c
        }
    };
    let out = File::create(console).expect("a log");
    let err = out.try_clone().expect("a log");
    // Its own group, so that the browser ends with it; its own home, so that nothing is kept.
    command
        .env("HOME", scratch)
        .env("TMPDIR", scratch)
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .process_group(0);
    let process = Process(command.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}")));
    let until = Instant::now() + PATIENCE;
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "the driver of {engine:?} did not start");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    (port, process)
}

pub fn capabilities(engine: Engine, wishes: &Wishes, scratch: &Path, origin: &str) -> Capabilities {
    let mut caps = Capabilities::new();
    let (key, value) = match engine {
        Engine::Chromium => {
            let mut args = vec![
                "--headless".to_string(),
                "--no-sandbox".into(),
                "--disable-gpu".into(),
                "--disable-quic".into(),
                "--disable-dev-shm-usage".into(),
                "--no-first-run".into(),
                "--disable-background-networking".into(),
                "--disable-component-update".into(),
                "--disable-sync".into(),
                "--lang=en".into(),
                format!("--user-data-dir={}", scratch.join("profile").display()),
            ];
            if wishes.hurry {
                args.push("--disable-ipc-flooding-protection".into());
            }
            args.push(format!("--blink-settings=preferredColorScheme={}", u8::from(!wishes.dark)));
            let mut options = json!({ "args": args });
            if let Some((width, height)) = wishes.size {
                let metrics =
                    json!({ "width": width, "height": height, "pixelRatio": 1.0, "touch": false });
                options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
            }
            if wishes.no_script {
                options["prefs"] =
                    json!({ "profile.default_content_setting_values.javascript": 2 });
            }
            if wishes.no_storage {
                options["prefs"] = json!({ "profile.default_content_setting_values.cookies": 2 });
            }
            if wishes.devices {
                // What an administrator's policy would grant, in the profile that this run throws away.
                options["prefs"] = json!({ "profile": { "managed_web_usb_allow_devices_for_urls":
                    [{ "devices": [{}], "urls": [origin] }] } });
                options["localState"] =
                    json!({ "managed": { "serial_allow_all_ports_for_urls": [origin] } });
            }
            let mut logs = json!({ "browser": "ALL" });
            if wishes.watched {
                logs["performance"] = "ALL".into();
            }
            let _ = caps.set("goog:loggingPrefs", logs);
            ("goog:chromeOptions", options)
        }
        Engine::Firefox => {
            let mut prefs = json!({
                "devtools.console.stdout.content": true,
                "intl.accept_languages": "en",
                "ui.systemUsesDarkTheme": u8::from(wishes.dark),
                "layout.css.prefers-color-scheme.content-override": if wishes.dark { 0 } else { 1 },
                "dom.storage.enabled": !wishes.no_storage,
                "datareporting.policy.dataSubmissionEnabled": false,
                "app.normandy.enabled": false,
                "javascript.enabled": !wishes.no_script,
                "dom.webserial.testing.enabled": wishes.serial_mock,
                "dom.webserial.gated": !wishes.serial_mock,
            });
            if wishes.hurry {
                prefs["dom.navigation.locationChangeRateLimit.count"] = 0.into();
                prefs["dom.navigation.navigationRateLimit.count"] = 0.into();
            }
            (
                "moz:firefoxOptions",
                json!({ "binary": "/usr/bin/firefox-esr", "args": ["-headless"], "prefs": prefs }),
            )
        }
        Engine::WebKit => (
            "webkitgtk:browserOptions",
            json!({ "binary": mini_browser(), "args": ["--automation", "--enable-write-console-messages-to-stdout=true"] }),
        ),
    };
    let _ = caps.set(key, value);
    caps
}

/// WebKitGTK's own small browser, which lives where programs usually do not.
fn mini_browser() -> String {
    let folders = [
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/libexec",
        "/usr/lib64",
        "/usr/lib",
    ];
    let kinds = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
    let mut paths =
        folders.iter().flat_map(|f| kinds.iter().map(move |k| format!("{f}/{k}/MiniBrowser")));
    paths.find(|p| Path::new(p).is_file()).unwrap_or_else(|| {
        panic!("MiniBrowser comes with WebKitGTK, but is in none of {folders:?}")
    })
}
