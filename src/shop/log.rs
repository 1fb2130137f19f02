//! The inspection log as CSV (RFC 4180), a row for each thing that was looked at: written for the programs
//! that shops have, read back whole or not at all.

use super::{Inspection, Seen, Shop, Stamp};
use rulebase::{Date, Word};
use std::collections::BTreeSet;

/// The columns, in this order, in every language.
pub const COLUMNS: [&str; 9] =
    ["inspection", "date", "time", "model", "serial", "place", "check", "seen", "note"];

/// Where the serial number stands: no more than its end is taken in.
pub const SERIAL: usize = 4;

/// A shop that looks at twenty terminals every day for a year has fewer rows.
pub const MOST_ROWS: usize = 100_000;

/// Why a file was not taken in, with the row as a program shows it: the header is row 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub row: usize,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There is nothing in the file but perhaps a header.
    Empty,
    TooMany,
    /// The header has not our columns.
    Columns,
    /// The row has another number of fields.
    Width,
    /// What stands there is no date.
    NoDate(String),
    /// A date that can be read in two ways, such as 03/04/2026.
    TwoWays(String),
    NoTime(String),
    NoTerminal,
    NoCheck(String),
    NoSeen(String),
    /// The same was told in an earlier row.
    Twice,
}

/// What a file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub inspections: usize,
    /// Those that the log had already.
    pub known: usize,
}

/// The log as CSV, with the mark that makes spreadsheets read it as UTF-8.
pub fn write(shop: &Shop) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = out.write_record(COLUMNS);
    for (number, inspection) in shop.inspections.iter().enumerate() {
        let mut terminal = shop.terminal(inspection.terminal).cloned().unwrap_or_default();
        // A terminal that nobody named still is one.
        if [&terminal.model, &terminal.serial, &terminal.place].iter().all(|t| t.trim().is_empty())
        {
            terminal.place = format!("#{}", inspection.terminal);
        }
        let number = (number + 1).to_string();
        let (date, minute) = (inspection.at.date, inspection.at.minute);
        let time = format!("{:02}:{:02}", minute / 60, minute % 60);
        for (check, seen) in &inspection.seen {
            let row = [
                number.as_str(),
                &date.to_string(),
                &time,
                &harmless(&terminal.model),
                &harmless(&terminal.serial),
                &harmless(&terminal.place),
                check.as_str(),
                seen.spelled(),
                &harmless(&inspection.note),
            ];
            let _ = out.write_record(row);
        }
    }
    let bytes = out.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// Spreadsheets take a text that begins so for a formula.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_string() }
}

/// The text as it was before [`harmless`].
fn plain(text: &str) -> &str {
    let rest = text.strip_prefix('\'');
    rest.filter(|r| r.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(text)
}

/// Adds what a file tells to the shop's log; terminals that are not there are added. `checks` are the ids of
/// what can be looked at, `clean` keeps card numbers out of what was written by hand.
///
/// # Errors
/// All that is wrong, row by row; then nothing was taken in.
pub fn read(
    shop: &mut Shop,
    text: &str,
    checks: &[String],
    clean: impl Fn(usize, &str) -> String,
) -> Result<Brought, Vec<Wrong>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Spreadsheets of many countries part fields by semicolons.
    let first = text.lines().next().unwrap_or_default();
    let parting =
        [b',', b';', b'\t'].into_iter().max_by_key(|b| first.bytes().filter(|c| c == b).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(parting.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = reader.records().map(|r| r.unwrap_or_default()).enumerate();
    let one = |row: usize, why: Why| vec![Wrong { row, why }];
    let Some((_, header)) = rows.next() else { return Err(one(1, Why::Empty)) };
    let named = header.iter().map(|f| f.trim().to_ascii_lowercase());
    if !named.eq(COLUMNS.iter().map(|c| c.to_string())) {
        return Err(one(1, Why::Columns));
    }
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut told: Vec<(Told, Vec<(String, Seen)>)> = Vec::new();
    let mut seen_rows: BTreeSet<(Told, String)> = BTreeSet::new();
    for (i, row) in rows {
        let number = i + 1;
        if number > MOST_ROWS {
            return Err(one(number, Why::TooMany));
        }
        if row.iter().all(|f| f.trim().is_empty()) {
            continue;
        }
        match one_row(&row, checks, &clean) {
            Ok((about, check, seen)) => {
                if !seen_rows.insert((about.clone(), check.clone())) {
                    wrong.push(Wrong { row: number, why: Why::Twice });
                    continue;
                }
                match told.iter_mut().rev().find(|t| t.0 == about) {
                    Some(known) => known.1.push((check, seen)),
                    None => told.push((about, vec![(check, seen)])),
                }
            }
            Err(whys) => wrong.extend(whys.into_iter().map(|why| Wrong { row: number, why })),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if told.is_empty() {
        return Err(one(1, Why::Empty));
    }
    let mut brought = Brought { inspections: 0, known: 0 };
    for (about, seen) in told {
        let same = |t: &&super::Terminal| {
            (&t.model, &t.serial, &t.place) == (&about.model, &about.serial, &about.place)
        };
        let terminal = match shop.terminals.iter().find(same) {
            Some(known) => known.number,
            None => {
                let new = shop.add_terminal();
                (new.model, new.serial, new.place) =
                    (about.model.clone(), about.serial.clone(), about.place.clone());
                new.number
            }
        };
        let next = Inspection { terminal, at: about.at, seen, note: about.note };
        if shop.inspections.contains(&next) {
            brought.known += 1;
        } else {
            shop.inspections.push(next);
            brought.inspections += 1;
        }
    }
    shop.inspections.sort_by_key(|i| i.at);
    Ok(brought)
}

/// What the rows of one inspection share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    /// As the file counts; a file may have its own way to.
    inspection: String,
    at: Stamp,
    model: String,
    serial: String,
    place: String,
    note: String,
}

fn one_row(
    row: &csv::StringRecord,
    checks: &[String],
    clean: impl Fn(usize, &str) -> String,
) -> Result<(Told, String, Seen), Vec<Why>> {
    if row.len() != COLUMNS.len() {
        return Err(vec![Why::Width]);
    }
    let field = |i: usize| row.get(i).unwrap_or_default().trim();
    let text = |i: usize| clean(i, plain(field(i)));
    let mut wrong = Vec::new();
    let mut or_wrong = |why: Why| wrong.push(why);
    let date = match day(field(1)) {
        Ok(date) => date,
        Err(why) => {
            or_wrong(why);
            Date::default()
        }
    };
    let minute = time(field(2)).unwrap_or_else(|| {
        or_wrong(Why::NoTime(field(2).into()));
        0
    });
    let (model, serial, place) = (text(3), text(SERIAL), text(5));
    if [&model, &serial, &place].iter().all(|t| t.is_empty()) {
        or_wrong(Why::NoTerminal);
    }
    let check = field(6).to_string();
    if !checks.contains(&check) {
        or_wrong(Why::NoCheck(check.clone()));
    }
    let seen = Seen::parse(field(7)).unwrap_or_else(|| {
        or_wrong(Why::NoSeen(field(7).into()));
        Seen::Unsure
    });
    let note = text(8);
    let inspection = field(0).to_string();
    let at = Stamp { date, minute };
    if wrong.is_empty() {
        Ok((Told { inspection, at, model, serial, place, note }, check, seen))
    } else {
        Err(wrong)
    }
}

/// A date as `2026-11-22`, `2026/11/22`, `2026.11.22`, `2026年11月22日` or `22.11.2026`. What can be the day or
/// the month is not guessed.
fn day(text: &str) -> Result<Date, Why> {
    let no = || Why::NoDate(text.into());
    let whole = text.trim_end_matches('日').replace(['年', '月'], "-");
    let parts: Vec<&str> = whole.split(['-', '/', '.']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else { return Err(no()) };
    let padded = |y: &str, m: &str, d: &str| format!("{y:0>4}-{m:0>2}-{d:0>2}").parse::<Date>();
    if a.len() == 4 {
        return padded(a, b, c).map_err(|_| no());
    }
    if c.len() != 4 {
        return Err(no());
    }
    if text.contains('.') {
        return padded(c, b, a).map_err(|_| no());
    }
    match (padded(c, a, b), padded(c, b, a)) {
        (Ok(one), Ok(other)) if one == other => Ok(one),
        (Ok(_), Ok(_)) => Err(Why::TwoWays(text.into())),
        (Ok(date), Err(_)) | (Err(_), Ok(date)) => Ok(date),
        (Err(_), Err(_)) => Err(no()),
    }
}

/// Minutes of the day from `14:05`, also with seconds.
fn time(text: &str) -> Option<u16> {
    let mut parts = text.split(':').map(|p| p.trim().parse::<u16>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let seconds = parts.next().is_none_or(|s| s.is_some_and(|s| s < 60));
    (hour < 24 && minute < 60 && seconds && parts.next().is_none()).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests;
