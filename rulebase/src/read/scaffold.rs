//! Writes the files of a new rule, to be filled in.

use crate::{Lang, Word};
use std::io;
use std::path::{Path, PathBuf};

/// Why a name is no id; `None` if it is one.
pub fn slug_problem(id: &str) -> Option<String> {
    let fine = !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
    (!fine)
        .then(|| format!("“{id}” is no id: expected words of a–z and 0–9 joined by single hyphens"))
}

/// Writes `rules/causes/<id>.toml` and a table in each language; returns what was written.
///
/// # Errors
/// If the id is none, if the cause exists, or if a file cannot be written. Nothing is written
/// unless all of it can be.
pub fn new_cause(root: &Path, id: &str) -> io::Result<Vec<PathBuf>> {
    let refuse = |why: String| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    if let Some(wrong) = slug_problem(id) {
        return refuse(wrong);
    }
    let rule = root.join(format!("rules/causes/{id}.toml"));
    if rule.exists() {
        return refuse(format!("rules/causes/{id}.toml exists already"));
    }
    let mut writes = vec![(rule, RULE.to_string())];
    for (lang, tag) in Lang::ALL {
        let path = root.join(format!("locales/{tag}/causes.toml"));
        let mut text = std::fs::read_to_string(&path)?;
        let [name, what, not, call] = match lang {
            Lang::En => [
                "The cause in plain words",
                "What happened, and how one can tell.",
                "What not to do.",
                "When to stop and whom to call.",
            ],
            Lang::ZhCn => [
                "用一句话说清原因",
                "发生了什么，怎么看出来。",
                "不要做什么。",
                "什么时候停下来，找谁。",
            ],
        };
        text.push_str(&format!(
            "\n[{id}]\nname = \"{name}\"\nwhat = \"{what}\"\nnot = \"{not}\"\ncall = \"{call}\"\n"
        ));
        writes.push((path, text));
    }
    for (path, text) in &writes {
        std::fs::write(path, text)?;
    }
    Ok(writes.into_iter().map(|(path, _)| path).collect())
}

/// A cause that the checker accepts once it has signs that tell it apart and a story.
const RULE: &str = r#"from = "new"
group = "handling"
any = "rare"
removal = "rare"
fixed-by = ["staff"]
money = "maybe"
sure = "experience"
sources = ["pos-aid"]
review = 2027-05-01

# What it shows otherwise than most causes: question.answer = strength.
[signs]

# What mends it: action = strength.
[fixes]
"#;
