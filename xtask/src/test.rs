//! `cargo xtask test`: everything, in the order of what fails soonest.

use crate::build::{Options, Profile, build};
use crate::{Outcome, page, root, rules, setup};
use std::process::Command;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Without browsers.
    Native,
    /// Only what needs a build for visitors.
    Browsers,
}

pub fn test(scope: Scope) -> Outcome {
    let mut skipped = Vec::new();
    if scope == Scope::Browsers {
        return browsers(&mut skipped);
    }
    said("formatting");
    cargo(&["fmt", "--all", "--check"])?;
    said("rules and words");
    rules::check()?;
    said("stories");
    rules::cases(&root().join("tests/cases").display().to_string(), false)?;
    said("lints");
    setup::wasm_target()?;
    let deny = ["--", "-D", "warnings"];
    cargo(&[&["clippy", "--quiet", "--workspace", "--all-targets"][..], &deny].concat())?;
    let web = [
        "clippy",
        "--quiet",
        "--features",
        "csr",
        "--target",
        setup::TARGET,
        "--target-dir",
        "target/web",
    ];
    cargo(&[&web[..], &deny].concat())?;
    for room in ["office,claims", "office,shop", "office,reader", "bank"] {
        let office = web.map(|part| if part == "csr" { room } else { part });
        cargo(&[&office[..], &deny].concat())?;
    }
    said("native tests");
    cargo(&["test", "--workspace", "--exclude", "browser-tests"])?;
    said("HTML validator");
    match setup::node_checkers().and_then(|()| setup::java()) {
        Ok(()) => validate(&["target/pages", "index.html"])?,
        Err(why) => skip(&mut skipped, "the HTML validator", &why)?,
    }
    said("calendars in Thunderbird's parser");
    match setup::node_checkers() {
        Ok(()) => calendars()?,
        Err(why) => skip(&mut skipped, "the calendar parser", &why)?,
    }
    match scope {
        Scope::Native => println!("skipped: the browser tests (--native)"),
        Scope::All | Scope::Browsers => browsers(&mut skipped)?,
    }
    println!(
        "\nall tests passed{}",
        if skipped.is_empty() {
            String::new()
        } else {
            format!("; skipped: {}", skipped.join(", "))
        }
    );
    Ok(())
}

fn said(what: &str) {
    println!("\n== {what}");
}

/// In CI nothing may be left out.
fn skip(skipped: &mut Vec<String>, what: &str, why: &str) -> Outcome {
    if std::env::var_os("CI").is_some() {
        return Err(format!("{what} must run in CI, but: {why}"));
    }
    println!("skipped: {what}: {why}");
    skipped.push(what.into());
    Ok(())
}

fn cargo(args: &[&str]) -> Outcome {
    let status = Command::new("cargo")
        .current_dir(root())
        .args(args)
        .status()
        .map_err(|e| format!("cargo: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", args.join(" "))) }
}

/// Runs the Nu validator on pages.
fn validate(pages: &[&str]) -> Outcome {
    let jar = root().join("tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
    let mut java = Command::new("java");
    java.arg("-jar").arg(jar).args(["--Werror", "--skip-non-html"]);
    java.args(pages.iter().map(|page| root().join(page)));
    setup::quietly(&mut java)?;
    println!("no complaint about the pages in {}", pages.join(" and "));
    Ok(())
}

/// Lets a calendar client's parser open what the native tests wrote.
fn calendars() -> Outcome {
    let folder = root().join("tests/browser");
    let mut node = Command::new("node");
    node.current_dir(&folder).arg("calendars.mjs").arg(root().join("target/calendars"));
    let status = node.status().map_err(|e| format!("node: {e}"))?;
    if status.success() { Ok(()) } else { Err("a calendar does not open".into()) }
}

fn browsers(skipped: &mut Vec<String>) -> Outcome {
    said("build for browsers");
    build(Profile::Browser, &Options::default())?;
    if setup::node_checkers().is_ok() && setup::java().is_ok() {
        validate(&["dist/index.html", "dist/en", "dist/zh-CN"])?;
    }
    said("browser tests");
    let mut ready = Vec::new();
    for (engine, state) in setup::engines() {
        match state {
            Ok(()) => ready.push(engine.name),
            Err(why) => skip(skipped, engine.name, &why)?,
        }
    }
    setup::node_checkers()?;
    match setup::nginx() {
        Ok(()) => hosted(ready.contains(&"chromium"))?,
        Err(why) => skip(skipped, "nginx", &why)?,
    }
    if ready.contains(&"chromium") {
        said("Lighthouse");
        page::lighthouse()?;
    }
    for engine in ready {
        println!("-- {engine}");
        let mut tests = Command::new("cargo");
        tests.current_dir(root()).args([
            "test",
            "--quiet",
            "--package",
            "browser-tests",
            "--",
            "--nocapture",
            "--test-threads",
            "1",
        ]);
        tests.env("POS_AID_ENGINE", engine).env("POS_AID_ROOT", root());
        if engine == "firefox" {
            tests.env("POS_AID_GECKODRIVER", setup::geckodriver()?);
        }
        if !tests.status().map_err(|e| format!("cargo: {e}"))?.success() {
            return Err(format!("the browser tests failed in {engine}"));
        }
        if engine == "chromium" {
            match setup::devices() {
                Ok(()) => plugged()?,
                Err(why) => skip(skipped, "devices that are plugged in", &why)?,
            }
        }
    }
    Ok(())
}

/// Runs the tests that need USB devices, with devices that umockdev makes the system show.
fn plugged() -> Outcome {
    println!("-- chromium, with devices plugged in");
    // Built before and outside: a compiler hangs where it is made to believe in devices.
    let mut build = Command::new("cargo");
    build.current_dir(root()).args(["test", "--package", "browser-tests", "--test", "plugged"]);
    let build = build.args(["--no-run", "--message-format", "json"]).output();
    let build = build.map_err(|e| format!("cargo: {e}"))?;
    let told = String::from_utf8_lossy(&build.stdout).into_owned();
    let messages = told.lines().filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok());
    let mut programs = messages.filter(|m| m["target"]["name"] == "plugged");
    let program = programs.find_map(|m| m["executable"].as_str().map(str::to_string));
    let program = program.ok_or("the tests with devices do not compile")?;
    let folder = root().join("tests/browser/reader");
    let mut plug = Command::new("/usr/bin/python3");
    plug.current_dir(root()).arg(folder.join("plug.py")).arg(folder.join("devices.jsonl"));
    plug.args(["--", &program, "--nocapture", "--test-threads", "1"]);
    plug.env("POS_AID_ENGINE", "chromium").env("POS_AID_ROOT", root());
    let status = plug.status().map_err(|e| format!("python3: {e}"))?;
    if status.success() { Ok(()) } else { Err("the tests with devices failed".into()) }
}

/// Serves `dist/` with nginx and the sample configuration: every file's headers, then the main path in a browser.
fn hosted(chromium: bool) -> Outcome {
    println!("-- behind nginx");
    let temp = root().join("target/nginx");
    let _ = std::fs::remove_dir_all(&temp);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    drop(listener);
    let hosting = root().join("hosting");
    let mut nginx = Command::new("bash");
    nginx.arg(hosting.join("run-nginx.sh")).arg(root().join("dist")).arg(&temp);
    nginx.arg(port.to_string());
    let mut nginx = nginx.spawn().map_err(|e| format!("nginx: {e}"))?;
    let outcome = || {
        let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if std::time::Instant::now() > until {
                return Err("nginx did not start".to_string());
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let address = format!("http://127.0.0.1:{port}/");
        for args in [[address.as_str(), "dist"], ["rules", "dist"]] {
            let mut check = Command::new("python3");
            check.current_dir(root()).arg(hosting.join("check.py")).args(args);
            setup::quietly(&mut check)?;
        }
        if !chromium {
            return Ok(());
        }
        let mut test = Command::new("cargo");
        test.current_dir(root()).args(["test", "--quiet", "--package", "browser-tests"]);
        test.args(["--test", "hosted", "--", "--nocapture"]);
        test.env("POS_AID_ENGINE", "chromium").env("POS_AID_ROOT", root());
        test.env("POS_AID_HOST", &address);
        let status = test.status().map_err(|e| format!("cargo: {e}"))?;
        if status.success() { Ok(()) } else { Err("the app does not run behind nginx".into()) }
    };
    let outcome = outcome();
    let _ = nginx.kill();
    let _ = nginx.wait();
    outcome
}
