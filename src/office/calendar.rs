//! The days of a claim for a calendar (RFC 5545): whole days, with a reminder the day before.

use super::{Claimed, Loaded, Now};
use crate::pages::At;
use crate::rights::{Due, is_over, side_by_side};
use crate::route::Page;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike};
use rulebase::{Claim, ClockKind, Date, Every, Shop, Word};

/// The file's text; `None` where no day is known.
pub fn of(at: At, now: Now) -> Option<String> {
    let Page::Rights(asked) = &at.route.page else { return None };
    let claimed = Claimed::of(at.desk, asked, at.words.lang, at.role(), now.today)?;
    let text = |key: Claim| claimed.file.words.text(key);
    let mut calendar = empty(text(Claim::CalendarName));
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
        // A calendar shows it far from this page, so its title says what it is about.
        let title = format!("{label} · {of}");
        let mut event = event(&uid, day, now, &title, &body)?;
        // Whoever must act needs time to.
        if running.clock.kind == ClockKind::ActBy {
            for days in [30, 7] {
                let mut early = Alarm::display(&title, TimeDelta::days(-days));
                early.uid(&format!("early-{days}-{uid}")).timestamp(stamp(now));
                event.alarm(early);
            }
        }
        event.alarm(reminder(&uid, &title, now));
        calendar.push(event.done());
        any = true;
    }
    let lang = at.words.lang.spelled();
    any.then(|| calendar.append_property(("X-WR-CALLANG", lang)).to_string())
}

/// What a shop does again and again, and the days on which something ends; `None` where nothing is due.
pub fn of_shop(at: At, now: Now) -> Option<String> {
    let Loaded::Here(file) = at.desk.guides(at.words.lang) else { return None };
    let notes = &at.desk.counter.notes;
    let mut calendar = empty(file.words.text(Shop::CalendarName));
    let mut any = false;
    for (of, words) in file.guides.upkeep.iter().zip(&file.words.upkeep) {
        let Some(every) = notes.every(of) else { continue };
        let rule = match every {
            Every::Day => Some("FREQ=DAILY"),
            Every::Week => Some("FREQ=WEEKLY"),
            Every::Month => Some("FREQ=MONTHLY"),
            Every::Quarter => Some("FREQ=MONTHLY;INTERVAL=3"),
            Every::HalfYear => Some("FREQ=MONTHLY;INTERVAL=6"),
            Every::Date => None,
        };
        let day = match every {
            // Nothing ends further ahead than a slip of the finger does.
            Every::Date => notes
                .ends
                .get(of.id.as_str())
                .copied()
                .filter(|d| *d >= now.today && d.year < now.today.year + 50),
            _ => Some(now.today),
        };
        let Some(day) = day else { continue };
        let uid = format!("{}@pos-aid-shop", of.id);
        let body = format!("{} {}", words.what, words.how_often);
        let mut event = event(&uid, day, now, &words.name, &body)?;
        match rule {
            Some(rule) => {
                event.add_property("RRULE", rule);
            }
            // Renewing takes time, so a month ahead is told too.
            None => {
                let mut early = Alarm::display(&words.name, TimeDelta::days(-30));
                early.uid(&format!("early-{uid}")).timestamp(stamp(now));
                event.alarm(early);
                event.alarm(reminder(&uid, &words.name, now));
            }
        }
        calendar.push(event.done());
        any = true;
    }
    any.then(|| calendar.append_property(("X-WR-CALLANG", at.words.lang.spelled())).to_string())
}

fn empty(name: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//POS Aid//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.name(name);
    calendar
}

/// A whole day.
fn event(uid: &str, day: Date, now: Now, name: &str, body: &str) -> Option<Event> {
    let mut event = Event::new();
    event
        .uid(uid)
        .timestamp(stamp(now))
        .starts(naive(day)?)
        // The end is the first day that does not belong to it.
        .ends(naive(day)?.succ_opt()?)
        .summary(name)
        .description(body)
        .add_property("TRANSP", "TRANSPARENT");
    Some(event)
}

/// At nine on the day before.
fn reminder(uid: &str, name: &str, now: Now) -> Alarm {
    let mut alarm = Alarm::display(name, TimeDelta::hours(-15));
    alarm.uid(&format!("alarm-{uid}")).timestamp(stamp(now));
    alarm
}

/// When it was written.
fn stamp(now: Now) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now.ms as i64).unwrap_or_default()
}

fn naive(day: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
}
