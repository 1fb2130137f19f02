//! `cargo xtask config`: a bank's configuration, checked with the very code that a browser runs, and built in.

use crate::{Outcome, root, rules};
use pos_aid::bank::{self, schema};
use rulebase::read::Reading;
use std::path::Path;

/// Tells everything that is wrong with a configuration, field by field.
pub fn check(file: &str) -> Outcome {
    let mut reading = rules::sound()?;
    apply(Path::new(file), &mut reading)?;
    println!("{file}: fine");
    Ok(())
}

/// Prints the JSON Schema.
pub fn print_schema() -> Outcome {
    print!("{}", schema::schema());
    Ok(())
}

/// Builds a configuration into the rules and words, and gives the style sheet's part of it. A build takes all of it or
/// none.
pub fn apply(file: &Path, reading: &mut Reading) -> Outcome<String> {
    let name = file.display();
    let text = std::fs::read_to_string(root().join(file)).map_err(|e| format!("{name}: {e}"))?;
    let (mut prepared, mut problems) = bank::prepare(&text, "", &reading.base);
    prepared.base(&mut reading.base);
    reading.words.iter_mut().for_each(|w| prepared.words(w));
    problems.extend(prepared.look_up(&mut reading.lookup));
    reading.lookup_words.iter_mut().for_each(|w| prepared.look_up_words(w));
    if !problems.is_empty() {
        let lines: Vec<String> = problems.iter().map(|p| format!("{name}: {p}")).collect();
        let count = match lines.len() {
            1 => "1 problem".to_string(),
            n => format!("{n} problems"),
        };
        return Err(format!("{}\n{count}", lines.join("\n")));
    }
    let tokens: Vec<String> = prepared.tokens.iter().map(|(k, v)| format!("{k}: {v};")).collect();
    Ok(match tokens.is_empty() {
        true => String::new(),
        false => format!("\n:root, .guest {{ {} }}\n", tokens.join(" ")),
    })
}
