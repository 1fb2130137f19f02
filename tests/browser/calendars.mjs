// Opens the calendars that the native tests wrote with Thunderbird's own parser, and says what is in them.
import { readdirSync, readFileSync } from "node:fs";
import ICAL from "ical.js";

const folder = process.argv[2];
ICAL.design.strict = true;
const names = readdirSync(folder).filter((name) => name.endsWith(".ics"));
if (names.length < 2) throw new Error(`${folder}: expected the calendars of the native tests`);
for (const name of names) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(`${folder}/${name}`, "utf8")));
  const must = (holds, what) => {
    if (!holds) throw new Error(`${name}: ${what}`);
  };
  must(calendar.getFirstPropertyValue("version") === "2.0", "no version");
  const events = calendar.getAllSubcomponents("vevent").map((e) => new ICAL.Event(e));
  must(events.length > 0, "no events");
  for (const event of events) {
    must(event.startDate.isDate && event.endDate.isDate, `${event.uid}: not a whole day`);
    must(event.duration.toSeconds() === 86400, `${event.uid}: ${event.duration}`);
    must(event.summary.length > 3 && !event.summary.includes("\uFFFD"), `${event.uid}: ${event.summary}`);
    const alarms = event.component.getAllSubcomponents("valarm");
    // What comes again and again needs no reminder; what is due once does.
    must(event.isRecurring() !== alarms.length > 0, `${event.uid}: ${alarms.length} reminders`);
    for (const alarm of alarms.slice(-1)) must(alarm.getFirstPropertyValue("trigger").toSeconds() === -15 * 3600, `${event.uid}: no reminder at nine the day before`);
  }
  must(new Set(events.map((e) => e.uid)).size === events.length, "two events of one id");
  console.log(`${name}: ${events.length} days, the first ${events[0].startDate}`);
}
