//! Counting: days, business days with a place's holidays, weeks, months and years.
//!
//! The day of the event is not counted. A month later is the same day of the month, or its last day.
//! A last day on a weekend stays: whether it moves differs by place, and the earlier day is safe.

use super::Facts;
use rulebase::{Clock, Date, Event, Holidays, Unit};
use time::{Date as Day, Duration, Month, Weekday};

/// When a time limit runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// At the end of this day, where the visitor is.
    On(Date),
    /// It begins with an event whose date nobody told.
    Needs(Event),
    /// It needs days after the last one that the holiday table knows, or before its first.
    Beyond { since: Date, until: Date },
    /// It counts business days and there is no table for the place.
    NoTable,
}

/// When a clock runs out for these facts.
pub fn due(clock: &Clock, facts: &Facts, holidays: Option<&Holidays>) -> Due {
    match facts.date(clock.from) {
        Some(start) => after(start, clock.n, clock.unit, holidays),
        None => Due::Needs(clock.from),
    }
}

/// The last day of a limit that begins after `start`.
pub fn after(start: Date, n: u16, unit: Unit, holidays: Option<&Holidays>) -> Due {
    let Some(start) = to_day(start) else {
        return Due::Beyond { since: start, until: start };
    };
    // A calendar that ends is as good as none.
    let beyond = Due::NoTable;
    let on = |day: Option<Day>| day.map_or(beyond, |d| Due::On(from_day(d)));
    match unit {
        Unit::Day => on(start.checked_add(Duration::days(n.into()))),
        Unit::Week => on(start.checked_add(Duration::weeks(n.into()))),
        Unit::Month => on(months_later(start, n.into())),
        Unit::Year => on(months_later(start, i32::from(n) * 12)),
        Unit::BusinessDay => match holidays {
            Some(holidays) => business_days(start, n, holidays),
            None => Due::NoTable,
        },
    }
}

fn months_later(start: Day, n: i32) -> Option<Day> {
    let months = start.year() * 12 + i32::from(u8::from(start.month())) - 1 + n;
    let month = Month::try_from((months.rem_euclid(12) + 1) as u8).ok()?;
    let year = months.div_euclid(12);
    let last = month.length(year);
    Day::from_calendar_date(year, month, start.day().min(last)).ok()
}

/// Counts days that are worked, as far as the table is sure.
fn business_days(start: Day, n: u16, holidays: &Holidays) -> Due {
    let beyond = Due::Beyond { since: holidays.since, until: holidays.until };
    let mut left = n;
    let mut day = start;
    while left > 0 {
        let Some(next) = day.next_day() else { return beyond };
        day = next;
        let date = from_day(day);
        if date < holidays.since || date > holidays.until {
            return beyond;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let worked = match weekend {
            true => holidays.work.binary_search(&date).is_ok(),
            false => holidays.off.binary_search(&date).is_err(),
        };
        left -= u16::from(worked);
    }
    Due::On(from_day(day))
}

/// How many days from one to the other; negative if it is past.
pub fn days_between(from: Date, to: Date) -> i64 {
    match (to_day(from), to_day(to)) {
        (Some(from), Some(to)) => (to - from).whole_days(),
        _ => 0,
    }
}

fn to_day(date: Date) -> Option<Day> {
    let month = Month::try_from(date.month).ok()?;
    Day::from_calendar_date(date.year.into(), month, date.day).ok()
}

fn from_day(day: Day) -> Date {
    Date { year: day.year() as u16, month: day.month().into(), day: day.day() }
}
