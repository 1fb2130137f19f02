//! `cargo xtask probe FILE.jsonl`: what the descriptors of card readers say, as JSON, so that real dumps can
//! be judged. The names are those of `devices/ccid_readers.tsv`.

use crate::Outcome;
use pos_aid::probe::ccid::Oddity;
use pos_aid::probe::descriptor::Problem;
use pos_aid::probe::fields::{self, Reader, Refusal, Value as Field};
use serde_json::{Map, Value, json};

/// Reads `{"id", "hex"}` a line: a configuration descriptor, or a reader's functional descriptor alone.
pub fn probe(path: &str) -> Outcome {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    for (number, line) in text.lines().enumerate().filter(|l| !l.1.trim().is_empty()) {
        let asked: Value =
            serde_json::from_str(line).map_err(|e| format!("{path}:{}: {e}", number + 1))?;
        println!("{}", answer(&asked));
    }
    Ok(())
}

/// Lets every parser look at so many random and shaken inputs.
pub fn fuzz(rounds: &str) -> Outcome {
    if !rounds.parse::<usize>().is_ok_and(|n| n > 0) {
        return Err(format!("cargo xtask probe --fuzz {rounds}: expected a number of inputs"));
    }
    let mut tests = std::process::Command::new("cargo");
    tests.current_dir(crate::root()).env("POS_AID_ROUNDS", rounds);
    tests.args(["test", "--package", "pos-aid", "--lib", "probe::"]);
    let status = tests.status().map_err(|e| format!("cargo: {e}"))?;
    if status.success() { Ok(()) } else { Err("a parser does not stand it".into()) }
}

fn answer(asked: &Value) -> Value {
    // Blanks and line ends stand between bytes in many dumps; anything else is told.
    let hex: String =
        asked["hex"].as_str().unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    let mut out = Map::new();
    out.insert("id".into(), asked["id"].clone());
    match fields::read(&hex) {
        Ok(reading) => {
            // The first reader's fields stand at the top: nearly every device has only one.
            if let Some(first) = reading.readers.first() {
                out.extend(reader(first));
            }
            let all: Vec<Value> =
                reading.readers.iter().map(|r| Value::Object(reader(r))).collect();
            if all.len() > 1 {
                out.insert("readers".into(), json!(all));
            }
            let problems: Vec<String> = reading.problems.iter().map(problem).collect();
            out.insert("problems".into(), json!(problems));
            if reading.surplus > 0 {
                out.insert("surplus_bytes".into(), json!(reading.surplus));
            }
        }
        Err(refusal) => {
            out.insert("problems".into(), json!([refused(refusal)]));
        }
    }
    Value::Object(out)
}

fn reader(reader: &Reader) -> Map<String, Value> {
    let field = |(name, value): &(&'static str, Field)| {
        let value = match value {
            Field::Number(n) => json!(n),
            Field::Word(word) => json!(word),
        };
        (name.to_string(), value)
    };
    let mut out: Map<String, Value> = reader.fields.iter().map(field).collect();
    if !reader.oddities.is_empty() {
        let oddities: Vec<String> = reader.oddities.iter().map(oddity).collect();
        out.insert("oddities".into(), json!(oddities));
    }
    out
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::ZeroLength { at, found, .. } => {
            format!("byte {at}: a descriptor of length {found} leads to no next one")
        }
        Problem::Length { at, found, expected } => {
            format!("byte {at}: a length of {found}, expected {expected}")
        }
        Problem::Type { at, found, expected } => {
            format!("byte {at}: descriptor type {found:#04x}, expected {expected:#04x}")
        }
        Problem::Truncated { at, found, expected } => {
            format!("byte {at}: {found} bytes are there, expected {expected}")
        }
        Problem::Overrun { at, found, expected } => {
            format!("byte {at}: a descriptor of {found} bytes where {expected} are left")
        }
    }
}

fn oddity(oddity: &Oddity) -> String {
    match oddity {
        Oddity::VendorType => "bDescriptorType is 0xff".into(),
        Oddity::SwappedRelease => "bcdCCID has its bytes the wrong way round".into(),
        Oddity::UnknownRelease(n) => format!("bcdCCID {n:#06x} is no release"),
        Oddity::SeveralLevels(bits) => format!("several exchange levels: {bits:#010x}"),
        Oddity::UnknownBits(name, bits) => format!("{name} has bits without meaning: {bits:#010x}"),
    }
}

fn refused(refusal: Refusal) -> String {
    match refusal {
        Refusal::Empty => "no bytes".into(),
        Refusal::Character { column, found } => {
            format!("character {column}: “{found}” is no hexadecimal digit")
        }
        Refusal::HalfByte { digits } => format!("{digits} digits: the last byte has only one"),
        Refusal::Kind { found } => format!(
            "descriptor type {found:#04x} is neither a reader's (0x21) nor a configuration's (0x02)"
        ),
        Refusal::Broken(p) => problem(&p),
    }
}
