//! Broken rule files and, word for word, what the checker says of them: `tests/problems`.

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("a copy");
        }
    }
}

/// A fresh copy of the sound project.
fn project(name: &str) -> PathBuf {
    let root = Path::new(ROOT);
    let to = root.join("target/problems").join(name);
    let _ = std::fs::remove_dir_all(&to);
    copy(&root.join("tests/problems/sound"), &to);
    for shared in [
        "rules/scale.toml",
        "rules/moved.toml",
        "locales/en/ui.toml",
        "locales/zh-CN/ui.toml",
        "locales/en/find.toml",
        "locales/zh-CN/find.toml",
        "locales/en/claim.toml",
        "locales/zh-CN/claim.toml",
    ] {
        std::fs::copy(root.join(shared), to.join(shared)).expect("a copy");
    }
    to
}

#[test]
fn the_sound_project_has_no_problem() {
    let reading = rulebase::read::read(&project("sound"));
    assert_eq!(reading.told(), "");
}

#[test]
fn every_broken_file_is_told_word_for_word() {
    let folder = Path::new(ROOT).join("tests/problems");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("tests/problems")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    assert!(files.len() >= 10);
    let mut wrong = Vec::new();
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a file");
        let to = project(&name);
        let (overlay, expected) = text.split_once("--- expected\n").expect("a line “--- expected”");
        for part in overlay.split("--- ").filter(|p| !p.is_empty()) {
            let (file, content) = part.split_once('\n').expect("a path and a text");
            let file = to.join(file);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, content).expect("a file");
        }
        let told = rulebase::read::read(&to).told();
        if told != expected {
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, format!("{overlay}--- expected\n{told}")).expect("a file");
            }
            wrong.push(format!("{name}: expected\n{expected}\nbut told\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_new_cause_gets_its_files_in_both_languages() {
    let to = project("new-cause");
    let written = rulebase::read::new_cause(&to, "bent").expect("three files");
    assert_eq!(written.len(), 3);
    let told = rulebase::read::read(&to).told();
    for missing in [
        "this cause has no sign",
        "this cause has no action",
        "no story in tests/cases has this cause",
    ] {
        assert!(told.contains(missing), "{told}");
    }
    assert!(!told.contains("[bent] is missing"), "{told}");
    let again = rulebase::read::new_cause(&to, "bent").expect_err("it exists");
    assert_eq!(again.to_string(), "rules/causes/bent.toml exists already");
    let bad = rulebase::read::new_cause(&to, "Not an id").expect_err("no id");
    assert_eq!(
        bad.to_string(),
        "“Not an id” is no id: expected words of a–z and 0–9 joined by single hyphens"
    );
}
