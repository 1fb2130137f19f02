//! The office: pages that are loaded when somebody opens them, in modules of their own (rooms), with what was
//! told on them. Pure: places, texts and files go in, a page and what is to be done outside come out.
//!
//! The app (`platform::office`) shows the pages, listens to their fields and does what they ask for.

mod calendar;
mod claim;
mod counter;
mod desk;
mod kit;
mod reader;

pub use claim::Claimed;
pub use counter::{COUNTS, Counter, Said};
pub use desk::{Desk, Line, Loaded, NO_DAY, Want};
pub use kit::{Keep, Unread, beside};
pub use reader::Reader;

use crate::node::View;
use crate::pages::{self, At, Cx, LookUp, Notice};
use crate::route::{Asked, Check, Page, Route};
use rulebase::{Base, Claim, Date, Guides, Lang, Place, Shop, Unreadable, Word, Words};
use serde::{Deserialize, Serialize};

/// Whether this build has the room for claims, the one for shops, the one for the reader check. The host has all; a visitor loads the
/// one that is opened, and what a constant rules out is not in its module.
pub const CLAIMS: bool = cfg!(any(feature = "claims", not(feature = "office")));
pub const SHOP: bool = cfg!(any(feature = "shop", not(feature = "office")));
pub const READER: bool = cfg!(any(feature = "reader", not(feature = "office")));

/// What the app hands over to be shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    pub fragment: String,
    pub notice: Option<Notice>,
    /// The case that was open last, as a fragment.
    pub case: Option<String>,
}

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    pub title: String,
    pub lang: Lang,
    pub body: View,
    /// Files to load for it, by their names on the shelf and where they lie. Each is told once; with
    /// [`Office::give`] it comes, or is known not to come.
    pub wants: Vec<(String, String)>,
    /// After how many milliseconds `wake` is to be pressed.
    pub wake: Option<u32>,
}

/// The time where the visitor is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Now {
    pub today: Date,
    /// Of the day.
    pub minute: u16,
    /// Since 1970.
    pub ms: u64,
}

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// The visitor is given a file. `kind` is its media type.
    Save {
        name: String,
        kind: String,
        text: String,
    },
    /// A text is kept on the device, for some until then (milliseconds since 1970).
    Keep {
        name: String,
        until: Option<u64>,
        text: String,
    },
    Forget {
        name: String,
    },
    /// An order for what looks at readers (`public/probe.js`).
    Probe(String),
}

/// What is kept is kept under this name.
const KIT: &str = "kit";

pub struct Office {
    base: Base,
    words: Vec<Words>,
    /// Names of files and where they lie.
    shelf: Vec<(String, String)>,
    asked: Vec<Want>,
    desk: Desk,
    /// The place that was shown last.
    at: String,
}

impl Office {
    /// `address` is where the app lies, without a fragment.
    ///
    /// # Errors
    /// If the bytes are no rules. A line of the shelf that cannot be read is a file that is not there.
    pub fn open(base: &[u8], shelf: &str, address: &str) -> Result<Office, Unreadable> {
        let line = |l: &str| l.split_once(' ').map(|(name, lies)| (name.into(), lies.into()));
        Ok(Office {
            base: Base::from_bytes(base)?,
            words: Vec::new(),
            shelf: shelf.lines().filter_map(line).collect(),
            asked: Vec::new(),
            desk: Desk::at(address),
            at: String::new(),
        })
    }

    /// Adds a language's words.
    ///
    /// # Errors
    /// If the bytes are no words for the rules.
    pub fn add_words(&mut self, words: &[u8]) -> Result<(), Unreadable> {
        self.words.push(Words::from_bytes(words, &self.base)?);
        Ok(())
    }

    /// Somebody came to a page: what did not load before is tried again.
    pub fn arrive(&mut self, fragment: &str) -> Vec<Effect> {
        // What a button did on another page is no news here.
        self.desk.said = None;
        self.desk.counter.said = None;
        self.desk.forget_missing();
        match Route::read(&self.base, fragment, Lang::En).route.page {
            Page::Reader(part) if READER => self.desk.reader.arrive(part),
            _ => Vec::new(),
        }
    }

    /// The page for a place; `None` as long as there are no words at all.
    pub fn show(&mut self, visit: &Visit, now: Now) -> Option<Sheet> {
        self.at = visit.fragment.clone();
        let route = Route::read(&self.base, &visit.fragment, Lang::En).route;
        let words = self.words.iter().find(|w| w.lang == route.lang);
        let lang = words.or(self.words.first())?.lang;
        if let Page::Rights(Asked { situation: Some(situation), .. }) = &route.page {
            self.desk.situation = Some(*situation);
        }
        if READER && matches!(route.page, Page::Reader(_)) {
            self.desk.reader.case.clone_from(&visit.case);
            self.desk.reader.now = now.ms;
        }
        let files = self.ask(&route, lang);
        let words = self.words.iter().find(|w| w.lang == lang)?;
        let (base, look_up, today) = (&self.base, LookUp::Coming, now.today);
        let at = At { cx: Cx { base, words, route: &route, look_up, today }, desk: &self.desk };
        let title = pages::office_title(at);
        let body = pages::office_page(at, visit.notice.as_ref());
        let ends = [self.desk.until, self.desk.counter.until];
        let wake = ends.into_iter().flatten().min();
        let wake = wake.map(|u| u32::try_from(u.saturating_sub(now.ms)).unwrap_or(u32::MAX));
        let wake = if READER { self.desk.reader.session.wake().or(wake) } else { wake };
        Some(Sheet { title, lang, body, wants: files, wake })
    }

    /// What a place needs and was never asked for.
    fn ask(&mut self, route: &Route, lang: Lang) -> Vec<(String, String)> {
        let mut files = Vec::new();
        for want in wants(route, lang) {
            if !self.desk.lacks(want) {
                continue;
            }
            let name = want.file();
            match self.shelf.iter().find(|f| f.0 == name) {
                Some(file) => {
                    files.push(file.clone());
                    self.desk.ask(want);
                    self.asked.push(want);
                }
                None => self.desk.give(want, None),
            }
        }
        files
    }

    /// Takes a file in that was asked for; `None` if it did not come.
    pub fn give(&mut self, name: &str, bytes: Option<&[u8]>) {
        let Some(at) = self.asked.iter().position(|w| w.file() == name) else { return };
        let want = self.asked.remove(at);
        self.desk.give(want, bytes);
    }

    /// Takes in what a field holds, without card numbers; the field is named by its id.
    pub fn told(&mut self, field: &str, text: &str, now: Now) -> Vec<Effect> {
        if READER && field == "heard" {
            return self.desk.reader.hear(text, now.ms);
        }
        if READER && (!CLAIMS || self.on_reader()) {
            self.desk.reader.session.take(field, text);
            return Vec::new();
        }
        if SHOP && field == "keep-shop" {
            return self.desk.counter.keeps(text, now);
        }
        if SHOP && field == "owner-adjust" {
            return self.desk.counter.adjusts(text);
        }
        if SHOP && self.desk.counter.take(field, text, now) {
            return self.desk.counter.kept();
        }
        if !CLAIMS {
            return Vec::new();
        }
        if field == "keep" {
            let keep = Keep::ALL.iter().find(|k| k.1 == text).map_or(Keep::Never, |k| k.0);
            self.desk.keep = keep;
            self.desk.until = keep.lasts().map(|ms| now.ms + ms);
            self.desk.said = None;
            if keep == Keep::Never {
                return vec![Effect::Forget { name: KIT.into() }];
            }
        } else {
            self.desk.take(field, text);
        }
        self.keep()
    }

    /// A button was pressed; it is named by its id.
    pub fn act(&mut self, id: &str, now: Now) -> Vec<Effect> {
        if READER && (!CLAIMS || self.on_reader()) {
            return self.act_on_reader(id, now);
        }
        if SHOP && let Some(effects) = self.act_in_shop(id, now) {
            return effects;
        }
        if CLAIMS { self.act_on_claim(id, now) } else { Vec::new() }
    }

    fn act_in_shop(&mut self, id: &str, now: Now) -> Option<Vec<Effect>> {
        let guides = self.guides();
        if let Some(effects) = self.desk.counter.act(id, &guides, now) {
            return Some(effects);
        }
        let counter = &mut self.desk.counter;
        match id {
            "save-refused" => counter.said = Some(Said::Text(Shop::SaveRefused)),
            "keep-refused" => {
                (counter.keep, counter.until) = (Keep::Never, None);
                counter.said = Some(Said::Text(Shop::KeepRefused));
            }
            "wake" if counter.until.is_some_and(|until| until <= now.ms) => {
                return Some(counter.wipe(Shop::WipedByTime));
            }
            "save-log" => {
                let name = format!("{}-{}.csv", self.shop_text(Shop::CsvFile), now.today);
                let text = crate::shop::log::write(&self.desk.counter.notes);
                return Some(vec![Effect::Save { name, kind: "text/csv".into(), text }]);
            }
            "shop-calendar" => {
                let name = format!("{}.ics", self.shop_text(Shop::CalendarName));
                let text = self.at(now, |at| calendar::of_shop(at, now)).flatten();
                let kind = "text/calendar".to_string();
                let file = text.map(|text| Effect::Save { name, kind, text });
                return Some(file.into_iter().collect());
            }
            _ => {}
        }
        // Both rooms may have something to say.
        None
    }

    /// Whether the reader check was shown last: on the host, all rooms are one.
    fn on_reader(&self) -> bool {
        matches!(Route::read(&self.base, &self.at, Lang::En).route.page, Page::Reader(_))
    }

    fn act_on_reader(&mut self, id: &str, now: Now) -> Vec<Effect> {
        if id == "save-report" {
            let text = self.at(now, pages::reader_report).flatten();
            let file = |(name, text)| Effect::Save { name, kind: "application/json".into(), text };
            return text.map(file).into_iter().collect();
        }
        self.desk.reader.press(id, now.ms)
    }

    fn act_on_claim(&mut self, id: &str, now: Now) -> Vec<Effect> {
        let save = |name: String, kind: &str, text: String| {
            vec![Effect::Save { name, kind: kind.into(), text }]
        };
        self.desk.said = None;
        match id {
            "copied" => self.desk.said = Some(Claim::Copied),
            "copy-by-hand" => self.desk.said = Some(Claim::CopyByHand),
            "save-refused" => {
                self.desk.said = Some(Claim::SaveRefused);
            }
            "keep-refused" => {
                (self.desk.keep, self.desk.until) = (Keep::Never, None);
                self.desk.said = Some(Claim::KeepRefused);
            }
            "wipe" => return self.wipe(Claim::Wiped),
            "wake" if self.desk.until.is_some_and(|until| until <= now.ms) => {
                return self.wipe(Claim::WipedByTime);
            }
            "save-kit" => {
                let name = self.claim_text(Claim::KitFile);
                return save(
                    format!("{name}-{}.json", now.today),
                    "application/json",
                    kit::write(&self.desk, false),
                );
            }
            "undo" => {
                if let Some(before) = self.desk.before.take() {
                    let (keep, until) = (self.desk.keep, self.desk.until);
                    let _ = kit::read(&mut self.desk, before.as_bytes());
                    (self.desk.keep, self.desk.until) = (keep, until);
                    self.desk.said = Some(Claim::Undone);
                }
                return self.keep();
            }
            "add-line" => {
                // What was written since is not to be lost by going back.
                self.desk.before = None;
                self.desk.lines.push(Line::default());
                return self.keep();
            }
            "calendar" => {
                let name = self.claim_text(Claim::KitFile);
                let text = self.at(now, |at| calendar::of(at, now));
                let file = |t| save(format!("{name}.ics"), "text/calendar", t);
                return text.flatten().map(file).unwrap_or_default();
            }
            "save-letter" => {
                let text = self.at(now, pages::letter_text).flatten();
                let file = |(name, t)| save(format!("{name}.txt"), "text/plain", t);
                return text.map(file).unwrap_or_default();
            }
            id => {
                let line = id.strip_prefix("remove-line-").and_then(|n| n.parse::<usize>().ok());
                if let Some(line) = line.filter(|l| *l < self.desk.lines.len()) {
                    self.desk.before = Some(kit::write(&self.desk, false));
                    self.desk.said = Some(Claim::LineRemoved);
                    self.desk.lines.remove(line);
                    return self.keep();
                }
            }
        }
        Vec::new()
    }

    /// A file was chosen in a field; none if it is too large to be one of ours.
    pub fn opened(&mut self, id: &str, bytes: Option<&[u8]>, _: Now) -> Vec<Effect> {
        if SHOP {
            let guides = self.guides();
            if let Some(effects) = self.desk.counter.opened(id, bytes, &guides) {
                return effects;
            }
        }
        if !CLAIMS || id != "open-kit" {
            return Vec::new();
        }
        let before = kit::write(&self.desk, false);
        let (keep, until) = (self.desk.keep, self.desk.until);
        let read = bytes.ok_or(Unread::TooLarge).and_then(|b| kit::read(&mut self.desk, b));
        // How long it stays on this device, a file does not decide.
        (self.desk.keep, self.desk.until) = (keep, until);
        self.desk.said = Some(match read {
            Ok(()) => {
                self.desk.before = Some(before);
                Claim::KitOpened
            }
            Err(Unread::TooLarge) => Claim::KitTooLarge,
            Err(Unread::NotOurs) => Claim::KitNotOurs,
            Err(Unread::Newer) => Claim::KitNewer,
            Err(Unread::Broken) => Claim::KitBroken,
        });
        if read.is_ok() { self.keep() } else { Vec::new() }
    }

    /// Takes in what was kept on this device. What is over or damaged is left; it goes with its time or
    /// when somebody erases it.
    pub fn kept(&mut self, name: &str, text: &str, now: Now) {
        if SHOP && self.desk.counter.remind(name, text, now) {
            return;
        }
        if !CLAIMS || name != KIT {
            return;
        }
        let mut desk = Desk::default();
        let read = kit::read(&mut desk, text.as_bytes());
        let over = desk.until.is_some_and(|until| until <= now.ms);
        if read.is_ok() && !over {
            let _ = kit::read(&mut self.desk, text.as_bytes());
        }
    }

    /// The guides in whatever language has come; empty before.
    fn guides(&self) -> Guides {
        let here = Lang::ALL.iter().find_map(|(lang, _)| match self.desk.guides(*lang) {
            Loaded::Here(file) => Some(file.guides.clone()),
            _ => None,
        });
        here.unwrap_or_default()
    }

    /// A text of the merchant's pages for the place that was shown last.
    fn shop_text(&self, key: Shop) -> String {
        let lang = Route::read(&self.base, &self.at, Lang::En).route.lang;
        match self.desk.guides(lang) {
            Loaded::Here(file) => file.words.text(key).to_string(),
            _ => String::new(),
        }
    }

    /// Keeps what is on the desk, if that is wanted.
    fn keep(&self) -> Vec<Effect> {
        if self.desk.keep == Keep::Never {
            return Vec::new();
        }
        let (until, text) = (self.desk.until, kit::write(&self.desk, true));
        vec![Effect::Keep { name: KIT.into(), until, text }]
    }

    fn wipe(&mut self, said: Claim) -> Vec<Effect> {
        self.desk.wipe();
        self.desk.said = Some(said);
        vec![Effect::Forget { name: KIT.into() }]
    }

    /// Lets something look at the place that was shown last.
    fn at<T>(&self, now: Now, run: impl FnOnce(At) -> T) -> Option<T> {
        let route = Route::read(&self.base, &self.at, Lang::En).route;
        let words = self.words.iter().find(|w| w.lang == route.lang).or(self.words.first())?;
        let (base, look_up, today) = (&self.base, LookUp::Coming, now.today);
        Some(run(At { cx: Cx { base, words, route: &route, look_up, today }, desk: &self.desk }))
    }

    /// A text for the place that was shown last.
    fn claim_text(&self, key: Claim) -> String {
        let lang = Route::read(&self.base, &self.at, Lang::En).route.lang;
        let words = self.words.iter().find(|w| w.lang == lang).or(self.words.first());
        match words.map(|w| self.desk.claims(w.lang)) {
            Some(Loaded::Here(file)) => file.words.text(key).to_string(),
            _ => String::new(),
        }
    }
}

/// What must be loaded before a place can be shown in a language, besides the rules.
fn wants(route: &Route, lang: Lang) -> Vec<Want> {
    let mut wants = match &route.page {
        Page::Rights(_) | Page::Kit => vec![Want::Claims(lang)],
        // What is printed stands in both languages.
        Page::Print(_) => vec![Want::Guides(lang), Want::Guides(lang.other())],
        // So does a report.
        Page::Reader(Some(Check::Report)) => {
            vec![Want::Probe(lang), Want::Probe(lang.other()), Want::Devices]
        }
        Page::Reader(_) => vec![Want::Probe(lang), Want::Devices],
        _ => vec![Want::Guides(lang)],
    };
    let Page::Rights(asked) = &route.page else { return wants };
    if let (Some(issued), Some(shop)) = (asked.issued, asked.shop) {
        let places: Vec<Place> = [issued, shop, Some(Place::Net)].into_iter().flatten().collect();
        wants.extend(places.iter().map(|p| Want::Place(*p, lang)));
        // A letter stands in both languages, with what it relies on.
        if asked.letter.is_some() {
            wants.extend(places.iter().map(|p| Want::Place(*p, lang.other())));
        }
    }
    wants
}
