//! What a first visit weighs, and the budgets that it may not pass.

use crate::{Outcome, setup};
use std::path::Path;

/// Bytes, Brotli. Raised never without saying why in ARCHITECTURE.md.
const WASM: u64 = 120 * 1024;
/// Everything up to the first question, one language.
const FIRST_VISIT: u64 = 160 * 1024;

/// What a room of the office adds when somebody opens it, without its rules and words.
const OFFICE: u64 = 136 * 1024;
/// The rights of one place in one language.
const PLACE: u64 = 30 * 1024;

/// One file of `dist/`.
struct Row {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
    /// Part of a first visit in one language.
    first: bool,
}

/// Prints the table.
///
/// # Errors
/// If a budget is passed.
pub fn table(dist: &Path) -> Outcome {
    let mut rows = Vec::new();
    let entries = std::fs::read_dir(dist).map_err(|e| format!("{}: {e}", dist.display()))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".br") || name.ends_with(".gz") || entry.path().is_dir() {
            continue;
        }
        let size =
            |suffix: &str| std::fs::metadata(dist.join(format!("{name}{suffix}"))).map(|m| m.len());
        let raw = size("").unwrap_or(0);
        // The larger of the two languages stands for one; the look-up comes after the first page, the
        // rights when somebody opens them.
        let later = [
            "words-", "look-up", "rights-", "claims-", "guides-", "office-", "shelf.", "probe-",
            "probe.", "devices.", "sw.", "offline.", "frame.", "embed", "tag.", "inline.", "icon-",
            "sitemap", "robots",
        ];
        let first = later.iter().all(|l| !name.starts_with(l));
        rows.push(Row {
            raw,
            gzip: size(".gz").unwrap_or(raw),
            brotli: size(".br").unwrap_or(raw),
            name,
            first,
        });
    }
    rows.sort_by_key(|r| std::cmp::Reverse(r.brotli));
    println!("{:<34} {:>10} {:>9} {:>9}", "file", "bytes", "gzip", "brotli");
    for row in &rows {
        println!("{:<34} {:>10} {:>9} {:>9}", row.name, row.raw, row.gzip, row.brotli);
    }
    let named = |start: &str, end: &str| -> u64 {
        let named = rows.iter().filter(|r| r.name.starts_with(start) && r.name.ends_with(end));
        named.map(|r| r.brotli).sum()
    };
    let wasm = named("app.", ".wasm");
    let room = |name: &str| named(&format!("office-{name}."), "");
    let office = room("claims").max(room("shop")).max(room("reader"));
    let words =
        rows.iter().filter(|r| r.name.starts_with("words-")).map(|r| r.brotli).max().unwrap_or(0);
    let first: u64 = rows.iter().filter(|r| r.first).map(|r| r.brotli).sum::<u64>() + words;
    let kb = |n: u64| n as f64 / 1024.0;
    println!(
        "WASM {:.1} KB of {:.0}; first visit in one language {:.1} KB of {:.0}; the larger room {:.1} KB of {:.0}",
        kb(wasm),
        kb(WASM),
        kb(first),
        kb(FIRST_VISIT),
        kb(office),
        kb(OFFICE)
    );
    if let Some(heavy) = rows.iter().find(|r| r.name.starts_with("rights-") && r.brotli > PLACE) {
        return Err(format!("{} is {} bytes over its budget", heavy.name, heavy.brotli - PLACE));
    }
    if !setup::has_std_source() {
        // A tenth of the WASM is the standard library as it comes.
        println!("not judged: rust-src is missing here, and visitors get a build with it");
        return Ok(());
    }
    if office > OFFICE {
        return Err(format!("the office is {} bytes over its budget", office - OFFICE));
    }
    match (wasm > WASM, first > FIRST_VISIT) {
        (false, false) => Ok(()),
        (true, _) => Err(format!("the WASM is {} bytes over its budget", wasm - WASM)),
        (_, true) => Err(format!("a first visit is {} bytes over its budget", first - FIRST_VISIT)),
    }
}
