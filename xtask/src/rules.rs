//! Commands for those who write rules.

use crate::{Outcome, cases, root};
use rulebase::Base;
use rulebase::read::{Reading, read};
use std::path::Path;

/// The rules and words, or all that is wrong with them.
pub fn sound() -> Outcome<Reading> {
    let reading = read(&root());
    if reading.problems.is_empty() { Ok(reading) } else { Err(reading.told()) }
}

pub fn base() -> Outcome<Base> {
    Ok(sound()?.base)
}

pub fn check() -> Outcome {
    let reading = sound()?;
    let base = &reading.base;
    let lookup = &reading.lookup;
    println!(
        "{} messages, {} codes, {} cards, {} sentences; {} rights in {} places",
        lookup.messages.len(),
        lookup.codes.len(),
        lookup.cards.len(),
        lookup.sentences.len(),
        reading.rights.iter().map(|p| p.rights.len()).sum::<usize>(),
        reading.rights.len()
    );
    println!(
        "{} causes, {} questions, {} actions, {} complaints, {} alerts in {} languages: no problem",
        base.causes.len(),
        base.questions.len(),
        base.actions.len(),
        base.complaints.len(),
        base.alerts.len(),
        reading.words.len()
    );
    Ok(())
}

pub fn new_cause(id: &str) -> Outcome {
    let written = rulebase::read::new_cause(&root(), id).map_err(|e| e.to_string())?;
    for path in written {
        println!("wrote {}", path.strip_prefix(root()).unwrap_or(&path).display());
    }
    println!("Fill them in, add a story to tests/cases, then: cargo xtask rules check");
    Ok(())
}

pub fn due(date: &str) -> Outcome {
    let on = date.parse()?;
    let due = rulebase::read::due(&sound()?, on);
    for line in &due {
        println!("{line}");
    }
    println!("{} to be reviewed by {on}", due.len());
    Ok(())
}

pub fn report() -> Outcome {
    let reading = sound()?;
    print!("{}", rulebase::read::report(&reading));
    println!("\nQuestions that no story of tests/cases was ever asked");
    let never = cases::never_asked(&reading.base, &root().join("tests/cases"), TODAY.parse()?)?;
    println!("  {}", if never.is_empty() { "none".into() } else { never.join("\n  ") });
    Ok(())
}

/// The stories are told on a fixed day, so that they say the same on every other.
const TODAY: &str = "2026-11-22";

pub fn cases(dir: &str, verbose: bool) -> Outcome {
    cases::run(&base()?, Path::new(dir), TODAY.parse()?, verbose)
}
