//! Who may know whom: the pure parts know no page, no browser and no clock; web-sys stays in
//! files named for the API that they wrap.

use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("a file");
                out.push((path, text));
            }
        }
    }
    assert!(!out.is_empty(), "{folder} has files");
    out
}

fn none_names(folder: &str, words: &[&str]) {
    for (path, text) in sources(folder) {
        for word in words {
            assert!(!text.contains(word), "{} must not know {word}", path.display());
        }
    }
}

#[test]
fn the_engine_knows_only_rules() {
    let outside = [
        "leptos",
        "web_sys",
        "js_sys",
        "gloo",
        "crate::pages",
        "crate::parts",
        "crate::platform",
        "crate::route",
        "std::time",
        "std::fs",
        "std::env",
        "rand",
    ];
    none_names("src/engine", &outside);
}

#[test]
fn rights_look_up_office_shop_and_probe_know_no_clock_and_no_browser() {
    let outside =
        ["leptos", "web_sys", "js_sys", "gloo", "crate::platform", "std::time", "std::fs"];
    none_names("src/rights", &[&outside[..], &["crate::pages", "crate::route"]].concat());
    none_names("src/lookup", &outside);
    none_names("src/office", &outside);
    none_names("src/shop", &[&outside[..7], &["crate::pages", "crate::route"]].concat());
    none_names("src/bank", &[&outside[..], &["crate::pages", "crate::route"]].concat());
    none_names("src/probe", &[&outside[..], &["crate::pages", "crate::route"]].concat());
    none_names("src/guard", &outside);
    let guard = include_str!("../src/guard.rs");
    assert!(outside.iter().all(|word| !guard.contains(word)));
}

#[test]
fn pages_and_parts_touch_no_browser() {
    for folder in ["src/pages", "src/parts"] {
        none_names(
            folder,
            &["web_sys", "js_sys", "gloo", "crate::platform", "std::time", "std::fs"],
        );
    }
}

#[test]
fn what_ships_reads_no_files() {
    for (path, text) in sources("rulebase/src") {
        let shipped = !path.components().any(|c| c.as_os_str() == "read");
        assert!(
            !shipped || !text.contains("std::fs"),
            "{} ships and must not read files",
            path.display()
        );
    }
}
