//! What a fresh machine needs, installed where that is allowed, else named in one line.

use crate::{Outcome, root};
use std::path::PathBuf;
use std::process::{Command, Stdio};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// The compiler's WASM target, by rustup.
pub fn wasm_target() -> Outcome {
    let has = |list: &str| list.lines().any(|l| l == TARGET);
    if rustup(&["target", "list", "--installed"]).is_some_and(|l| has(&l)) {
        return Ok(());
    }
    println!("installing the {TARGET} target");
    if rustup(&["target", "add", TARGET]).is_some() {
        // Smaller files only; without it the build works all the same.
        let _ = rustup(&["component", "add", "rust-src"]);
        return Ok(());
    }
    // A compiler that no rustup manages may have it all the same.
    let found = sysroot().is_some_and(|s| s.join("lib/rustlib").join(TARGET).exists());
    if found {
        return Ok(());
    }
    Err(format!(
        "missing: the {TARGET} target. With rustup (https://rustup.rs): rustup target add {TARGET}; Debian/Ubuntu: apt install libstd-rust-dev-wasm32; Fedora: dnf install rust-std-static-{TARGET}"
    ))
}

/// Whether the standard library's source is there to be built anew.
pub fn has_std_source() -> bool {
    sysroot().is_some_and(|s| s.join("lib/rustlib/src/rust/library/Cargo.lock").exists())
}

fn rustup(args: &[&str]) -> Option<String> {
    let out = Command::new("rustup").args(args).stderr(Stdio::null()).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

fn sysroot() -> Option<PathBuf> {
    let out = Command::new("rustc").args(["--print", "sysroot"]).output().ok()?;
    Some(PathBuf::from(String::from_utf8_lossy(&out.stdout).trim()))
}

/// Runs a command quietly; its output is shown only if it fails.
pub fn quietly(command: &mut Command) -> Outcome {
    let out = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    if out.status.success() {
        return Ok(());
    }
    let said = [&out.stdout[..], &out.stderr[..]].map(String::from_utf8_lossy).join("\n");
    Err(format!("{command:?} failed:\n{}", said.trim()))
}

/// Whether a program can be found.
pub fn on_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|p| p.join(name)).find(|p| p.is_file())
}

/// A browser that the tests can drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engine {
    pub name: &'static str,
    /// What must be on the path.
    programs: &'static [&'static str],
    /// Debian's and Ubuntu's packages that bring it.
    packages: &'static [&'static str],
    /// How to get it elsewhere.
    elsewhere: &'static str,
}

pub const ENGINES: [Engine; 3] = [
    Engine {
        name: "chromium",
        programs: &["chromium", "chromedriver"],
        packages: &["chromium", "chromium-driver"],
        elsewhere: "Fedora: dnf install chromium chromedriver; Arch: pacman -S chromium; macOS: brew install --cask chromium chromedriver",
    },
    Engine {
        name: "firefox",
        programs: &["firefox-esr"],
        packages: &["firefox-esr"],
        elsewhere: "any Firefox as firefox-esr on the path, with geckodriver",
    },
    Engine {
        name: "webkit",
        programs: &["WebKitWebDriver", "Xvfb"],
        packages: &["webkit2gtk-driver", "xvfb", "xauth"],
        elsewhere: "Fedora: dnf install webkitgtk6.0 xorg-x11-server-Xvfb; other systems have no WebKitGTK driver",
    },
];

/// Fonts with Chinese characters, or the screenshots show boxes and lines break elsewhere.
const FONTS: &str = "fonts-noto-cjk";

/// The engines that can be driven here; installs what is missing when root on Debian or Ubuntu.
pub fn engines() -> Vec<(Engine, Result<(), String>)> {
    let missing = |e: &Engine| e.programs.iter().any(|p| on_path(p).is_none());
    let mut wanted: Vec<&str> =
        ENGINES.iter().filter(|e| missing(e)).flat_map(|e| e.packages).copied().collect();
    if !wanted.is_empty() {
        wanted.push(FONTS);
        if let Some(Err(why)) = apt(&wanted) {
            eprintln!("{why}");
        }
    }
    ENGINES
        .iter()
        .map(|e| {
            let state = if missing(e) {
                Err(format!(
                    "missing: {}. Debian/Ubuntu: apt install {}; {}",
                    e.programs.join(" and "),
                    e.packages.join(" "),
                    e.elsewhere
                ))
            } else if e.name == "firefox" {
                geckodriver().map(|_| ())
            } else {
                Ok(())
            };
            (*e, state)
        })
        .collect()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|o| o.stdout == b"0\n")
}

/// Firefox's driver: the system's, else built once from its crate into `target/tools`.
pub fn geckodriver() -> Outcome<PathBuf> {
    if let Some(found) = on_path("geckodriver") {
        return Ok(found);
    }
    let tools = root().join("target/tools");
    let built = tools.join("bin/geckodriver");
    if !built.is_file() {
        println!("building geckodriver from its crate, once");
        let mut cargo = Command::new("cargo");
        // Unoptimised: it only passes messages on, and builds in half the time.
        cargo
            .args([
                "install",
                "geckodriver",
                "--version",
                "0.37.1",
                "--locked",
                "--debug",
                "--root",
            ])
            .arg(&tools);
        cargo.env("CARGO_TARGET_DIR", tools.join("build")).env("CARGO_PROFILE_DEV_OPT_LEVEL", "0");
        quietly(&mut cargo)?;
    }
    Ok(built)
}

/// The checkers that come as npm packages, pinned by `tests/browser/package-lock.json`.
pub fn node_checkers() -> Outcome {
    let folder = root().join("tests/browser");
    if folder.join("node_modules/axe-core/axe.min.js").is_file()
        && folder.join("node_modules/vnu-jar").is_dir()
        && folder.join("node_modules/ical.js").is_dir()
        && folder.join("node_modules/lighthouse").is_dir()
    {
        return Ok(());
    }
    if on_path("npm").is_none() {
        return Err("missing: npm, for axe-core, Lighthouse, the HTML validator and a calendar parser. Debian/Ubuntu: apt install npm; other systems: https://nodejs.org".into());
    }
    println!("installing axe-core, Lighthouse, the HTML validator and a calendar parser");
    quietly(Command::new("npm").current_dir(folder).args(["ci", "--no-audit", "--no-fund"]))
}

/// Makes the system show USB devices that there are not, to one command and its children.
pub fn devices() -> Outcome {
    let has = || {
        let mut python = Command::new("/usr/bin/python3");
        python.args(["-c", "import gi; gi.require_version('UMockdev', '1.0')"]);
        on_path("umockdev-wrapper").is_some() && quietly(&mut python).is_ok()
    };
    if has() {
        return Ok(());
    }
    let packages = ["umockdev", "gir1.2-umockdev-1.0", "python3-gi"];
    match apt(&packages) {
        Some(outcome) => outcome,
        None => Err(format!(
            "missing: umockdev with its Python binding. Debian/Ubuntu: apt install {}; Fedora: dnf install umockdev python3-gobject; other systems have none",
            packages.join(" ")
        )),
    }
}

/// A web server as hosts use it.
pub fn nginx() -> Outcome {
    if on_path("nginx").is_some() {
        return Ok(());
    }
    let packages = ["nginx-light", "libnginx-mod-http-brotli-static"];
    match apt(&packages) {
        Some(outcome) => outcome,
        None => Err(format!(
            "missing: nginx. Debian/Ubuntu: apt install {}; macOS: brew install nginx",
            packages.join(" ")
        )),
    }
}

/// Installs Debian's packages where that is allowed; `None` elsewhere.
fn apt(packages: &[&str]) -> Option<Outcome> {
    if on_path("apt-get").is_none() || !is_root() {
        return None;
    }
    println!("installing {}", packages.join(" "));
    let _ = quietly(Command::new("apt-get").arg("update"));
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    install.args(["install", "-y", "--no-install-recommends"]).args(packages);
    Some(quietly(&mut install))
}

/// Java runs the HTML validator.
pub fn java() -> Outcome {
    if on_path("java").is_some() {
        return Ok(());
    }
    if let Some(outcome) = apt(&["default-jre-headless"]) {
        return outcome;
    }
    Err("missing: java, for the HTML validator. Debian/Ubuntu: apt install default-jre-headless; macOS: brew install openjdk".into())
}
