//! The days of a claim for a calendar (RFC 5545): whole days, with a reminder the day before.

use super::{Claimed, Now};
use crate::pages::At;
use crate::rights::{Due, is_over, side_by_side};
use crate::route::Page;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike};
use rulebase::{Claim, Date, Word};

/// The file's text; `None` where no day is known.
pub fn of(at: At, now: Now) -> Option<String> {
    let Page::Rights(asked) = &at.route.page else { return None };
    let claimed = Claimed::of(at.desk, asked, at.words.lang, at.role(), now.today)?;
    let text = |key: Claim| claimed.file.words.text(key);
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//POS Aid//rights//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.name(text(Claim::CalendarName));
    let mut any = false;
    for (part, running) in side_by_side(&claimed.parts) {
        let Due::On(day) = running.due else { continue };
        if is_over(running.clock, running.due, now.today) || day < now.today {
            continue;
        }
        let words = &claimed.file_of(part.place.place).words;
        let (rule, clock) = running.at;
        let (label, of, id) = match running.of_channel {
            true => {
                let channel = &words.channels[rule];
                (&channel.clocks[clock], &channel.name, &part.place.channels[rule].id)
            }
            false => {
                let right = &words.rights[rule];
                (&right.clocks[clock], &right.name, &part.place.rights[rule].id)
            }
        };
        // The same day of the same rule is the same entry, also when it is saved again.
        let uid = format!("{id}-{}-{day}@pos-aid", running.clock.id);
        let body = text(Claim::CalendarBody).replace("{of}", of);
        let mut alarm = Alarm::display(label, TimeDelta::hours(-15));
        alarm.uid(&format!("alarm-{uid}")).timestamp(stamp(now));
        let mut event = Event::new();
        event
            .uid(&uid)
            .timestamp(stamp(now))
            .starts(naive(day)?)
            // The end is the first day that does not belong to it.
            .ends(naive(day)?.succ_opt()?)
            .summary(label)
            .description(&body)
            .add_property("TRANSP", "TRANSPARENT")
            .alarm(alarm);
        calendar.push(event.done());
        any = true;
    }
    let lang = at.words.lang.spelled();
    any.then(|| calendar.append_property(("X-WR-CALLANG", lang)).to_string())
}

/// When it was written.
fn stamp(now: Now) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now.ms as i64).unwrap_or_default()
}

fn naive(day: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
}
