//! Where in the app one is, as a URL fragment: everything that a link or a reload needs.
//!
//! ```text
//! #/zh-CN/staff/card-removal/card-where.early/record.nothing/try.restart-payment.failed
//! #/en/cardholder/find/card%20stuck
//! ```
//! Reading is lenient: what is unknown is left out and told, nothing readable is lost.

mod asked;

pub use asked::Asked;

use crate::engine::{Case, Outcome, Shown, Where};
use crate::guard;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rulebase::{
    ActionIx, AlertIx, Base, CauseIx, ComplaintIx, Lang, ProbedIx, QuestionIx, Role, Word,
};

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub lang: Lang,
    pub role: Role,
    pub page: Page,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// `more` shows the rarer complaints too.
    Start {
        more: bool,
    },
    /// The ten rules.
    Rules,
    /// What was found for a query.
    Find(Query),
    /// All right-now cards, or one of them. Ids of the look-up, which comes later than the rules:
    /// whether there is such a rule, the page tells.
    Now(Option<String>),
    Message(String),
    Code(String),
    Cause(CauseIx),
    /// What is due, until when, and whom to go to.
    Rights(Asked),
    /// Papers, notes and dates of a claim; what is kept, and erasing it.
    Kit,
    /// All guides and tools for merchants; one guide as a checklist.
    Guides,
    Guide(String),
    /// The terminals of a shop and their inspections; the inspection of one of them.
    Log(Option<u32>),
    /// What is due how often.
    Upkeep,
    Quiz,
    /// A card or a list to print; none is the choice of them.
    Print(Option<Printed>),
    /// What went wrong how often.
    Owner,
    /// A look at the card reader, or a part of it.
    Reader(Option<Check>),
    /// All sentences to show the other side.
    Sentences,
    /// One of them, filling the screen; `swapped` shows the reader's own language large.
    Sentence {
        id: String,
        swapped: bool,
    },
    /// The next step of a case, or one of its questions again.
    Case {
        case: Case,
        again: Option<QuestionIx>,
    },
}

rulebase::words! {
    /// What can be printed.
    Printed { Counter = "counter", Opening = "opening", Calls = "calls" }
}

rulebase::words! {
    /// The parts of the reader check.
    Check {
        Look = "look",
        NotListed = "not-listed",
        Replug = "replug",
        Cable = "cable",
        Power = "power",
        Serial = "serial",
        Change = "change",
        Other = "other",
        Report = "report",
    }
}

/// A module that is loaded when somebody opens one of its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Rights, letters, papers.
    Claims,
    /// What merchants do.
    Shop,
    /// The reader check.
    Reader,
}

/// What somebody looks for. It never holds a card number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query(String);

impl Query {
    /// Takes a text in, without card numbers and without the rest of what is no query.
    pub fn of(text: &str) -> Query {
        // Before the guard looks, for what is left out here would close the gaps in a number.
        let clean: String = text.chars().filter(|c| !c.is_control()).collect();
        Query(guard::mask_and_shorten(&clean).chars().take(LONGEST_QUERY).collect())
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    /// What is looked for: what is left of a hidden number is no word.
    pub fn searched(&self) -> String {
        if !self.masked() {
            return self.0.clone();
        }
        let word = |w: &&str| w.chars().any(char::is_alphabetic);
        self.0.split_whitespace().filter(word).collect::<Vec<_>>().join(" ")
    }

    /// Whether a card number was hidden in it.
    pub fn masked(&self) -> bool {
        self.0.contains(guard::HIDDEN)
    }
}

/// In characters. Nobody types more; pasted text is searched by its beginning.
const LONGEST_QUERY: usize = 80;

/// A route as it was read from a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub route: Route,
    /// The fragment was none of ours, or told of no place that there is.
    pub damaged: bool,
    /// Parts that are not known any more.
    pub skipped: Vec<String>,
}

/// Longer fragments are nobody's link.
const LONGEST: usize = 4096;

impl Route {
    pub fn start(lang: Lang, role: Role) -> Route {
        Route { lang, role, page: Page::Start { more: false } }
    }

    /// What of a screen or a slip this place rests on, as long as the look-up has not told what it
    /// can mean.
    pub fn waits_for(&self) -> Option<&Shown> {
        match &self.page {
            Page::Case { case, .. } => case.shown.as_ref().filter(|s| s.causes.is_empty()),
            _ => None,
        }
    }

    /// What is the same for everything that counts as one page: switches of language, role and waiting
    /// stay on it, and so does typing in the search box.
    pub fn place(&self, base: &Base) -> String {
        let page = match &self.page {
            Page::Find(_) | Page::Start { .. } => Page::Start { more: false },
            Page::Sentence { id, .. } => Page::Sentence { id: id.clone(), swapped: false },
            Page::Case { case, again } => {
                Page::Case { case: Case { waiting: false, ..case.clone() }, again: *again }
            }
            page => page.clone(),
        };
        Route { page, ..Route::start(Lang::En, Role::Staff) }.fragment(base)
    }

    /// What the search box holds here.
    pub fn query(&self) -> &str {
        match &self.page {
            Page::Find(query) => query.text(),
            _ => "",
        }
    }

    /// The room of the office that shows this place: see [`crate::office`].
    pub fn room(&self) -> Option<Room> {
        match self.page {
            Page::Rights(_) | Page::Kit => Some(Room::Claims),
            Page::Guides | Page::Guide(_) | Page::Log(_) | Page::Upkeep => Some(Room::Shop),
            Page::Quiz | Page::Print(_) | Page::Owner => Some(Room::Shop),
            Page::Reader(_) => Some(Room::Reader),
            _ => None,
        }
    }

    /// The same place in another language or role. A case goes along only where the role sees its
    /// complaint.
    pub fn with(&self, base: &Base, lang: Lang, role: Role) -> Route {
        let page = match &self.page {
            Page::Case { case, .. } if !base[case.complaint].roles.has(role) => {
                Page::Start { more: false }
            }
            Page::Case { case, again } => {
                Page::Case { case: case.clone(), again: again.filter(|q| base[*q].ask.has(role)) }
            }
            page => page.clone(),
        };
        Route { lang, role, page }
    }

    /// The fragment, with its `#`.
    pub fn fragment(&self, base: &Base) -> String {
        let mut out = format!("#/{}/{}", self.lang.spelled(), self.role.spelled());
        match &self.page {
            Page::Start { more: false } => {}
            Page::Start { more: true } => out.push_str("/more"),
            Page::Rules => out.push_str("/rules"),
            Page::Find(query) => {
                let query = utf8_percent_encode(query.text(), NON_ALPHANUMERIC);
                out.push_str(&format!("/find/{query}"));
            }
            Page::Now(None) => out.push_str("/now"),
            Page::Now(Some(id)) => out.push_str(&format!("/now/{id}")),
            Page::Message(id) => out.push_str(&format!("/message/{id}")),
            Page::Code(id) => out.push_str(&format!("/code/{id}")),
            Page::Cause(cause) => out.push_str(&format!("/cause/{}", base[*cause].id)),
            Page::Rights(asked) => out.push_str(&asked.fragment()),
            Page::Kit => out.push_str("/kit"),
            Page::Guides => out.push_str("/guides"),
            Page::Guide(id) => out.push_str(&format!("/guide/{id}")),
            Page::Log(None) => out.push_str("/log"),
            Page::Log(Some(number)) => out.push_str(&format!("/log/{number}")),
            Page::Upkeep => out.push_str("/upkeep"),
            Page::Quiz => out.push_str("/quiz"),
            Page::Print(None) => out.push_str("/print"),
            Page::Print(Some(what)) => out.push_str(&format!("/print/{}", what.spelled())),
            Page::Owner => out.push_str("/owner"),
            Page::Reader(None) => out.push_str("/reader"),
            Page::Reader(Some(part)) => out.push_str(&format!("/reader/{}", part.spelled())),
            Page::Sentences => out.push_str("/say"),
            Page::Sentence { id, swapped } => {
                out.push_str(&format!("/say/{id}{}", if *swapped { "/swapped" } else { "" }));
            }
            Page::Case { case, again } => {
                out.push('/');
                out.push_str(&base[case.complaint].id);
                if let Some(shown) = &case.shown {
                    out.push_str(&format!("/shown.{}.{}", shown.place.spelled(), shown.id));
                }
                if case.waiting {
                    out.push_str("/waiting");
                }
                for (q, a) in &case.answers {
                    let answer = a.map_or("unknown", |a| &base[*q].answers[usize::from(a)].id);
                    out.push_str(&format!("/{}.{answer}", base[*q].id));
                }
                for (action, outcome) in &case.tried {
                    out.push_str(&format!("/try.{}.{}", base[*action].id, outcome.spelled()));
                }
                for found in &case.probed {
                    out.push_str(&format!("/found.{}", base[*found].id));
                }
                for alert in &case.seen {
                    out.push_str(&format!("/seen.{}", base[*alert].id));
                }
                if let Some(q) = again {
                    out.push_str(&format!("/again.{}", base[*q].id));
                }
            }
        }
        out
    }

    /// Reads a fragment, with or without its `#`. An empty one is the start page in `lang`.
    pub fn read(base: &Base, fragment: &str, lang: Lang) -> Read {
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let mut read = Read {
            route: Route::start(lang, Role::Cardholder),
            damaged: false,
            skipped: Vec::new(),
        };
        if text.is_empty() {
            return read;
        }
        let Some(path) = text.strip_prefix('/').filter(|_| text.len() <= LONGEST) else {
            read.damaged = true;
            return read;
        };
        let mut parts = path.split('/').filter(|p| !p.is_empty()).peekable();
        // Language and role may be missing or wrong and the rest still mean something.
        if let Some(lang) = parts.peek().and_then(|p| Lang::parse(p)) {
            read.route.lang = lang;
            parts.next();
        }
        if let Some(role) = parts.peek().and_then(|p| Role::parse(p)) {
            read.route.role = role;
            parts.next();
        }
        match parts.next() {
            None => {}
            Some("more") => read.route.page = Page::Start { more: true },
            Some("rules") => read.route.page = Page::Rules,
            Some("find") => {
                let query = parts.next().unwrap_or_default();
                let query = percent_decode_str(query).decode_utf8_lossy();
                read.route.page = Page::Find(Query::of(&query));
            }
            Some("now") => match parts.next().map(id_of) {
                None => read.route.page = Page::Now(None),
                Some(Some(id)) => read.route.page = Page::Now(Some(id)),
                Some(None) => read.damaged = true,
            },
            Some("message") => match parts.next().and_then(id_of) {
                Some(id) => read.route.page = Page::Message(id),
                None => read.damaged = true,
            },
            Some("code") => match parts.next().and_then(id_of) {
                Some(id) => read.route.page = Page::Code(id),
                None => read.damaged = true,
            },
            Some("cause") => match parts.next().and_then(|id| CauseIx::find(base, id)) {
                Some(cause) => read.route.page = Page::Cause(cause),
                None => read.damaged = true,
            },
            Some("rights") => {
                let mut asked = Asked::default();
                if !asked.read(parts.by_ref()) {
                    read.damaged = true;
                }
                read.route.page = Page::Rights(asked);
            }
            Some("kit") => read.route.page = Page::Kit,
            Some("guides") => read.route.page = Page::Guides,
            Some("guide") => match parts.next().and_then(id_of) {
                Some(id) => read.route.page = Page::Guide(id),
                None => read.damaged = true,
            },
            Some("log") => {
                let number = parts.next().map(|n| n.parse::<u32>().ok());
                read.damaged = number == Some(None);
                read.route.page = Page::Log(number.flatten());
            }
            Some("upkeep") => read.route.page = Page::Upkeep,
            Some("quiz") => read.route.page = Page::Quiz,
            Some("print") => {
                let what = parts.next().map(Printed::parse);
                read.damaged = what == Some(None);
                read.route.page = Page::Print(what.flatten());
            }
            Some("owner") => read.route.page = Page::Owner,
            Some("reader") => {
                let part = parts.next().map(Check::parse);
                read.damaged = part == Some(None);
                read.route.page = Page::Reader(part.flatten());
            }
            Some("say") => match parts.next().map(id_of) {
                None => read.route.page = Page::Sentences,
                Some(Some(id)) => {
                    let swapped = parts.next_if_eq(&"swapped").is_some();
                    read.route.page = Page::Sentence { id, swapped };
                }
                Some(None) => read.damaged = true,
            },
            Some(id) => match ComplaintIx::find(base, id) {
                Some(complaint) => {
                    if !base[complaint].roles.has(read.route.role)
                        && let Some(role) = base[complaint].roles.words().next()
                    {
                        read.route.role = role;
                    }
                    let mut case = Case::new(complaint);
                    let mut again = None;
                    for part in parts.by_ref() {
                        if !take(base, part, &mut case, &mut again) {
                            read.skipped.push(shown(part));
                        }
                    }
                    read.route.page = Page::Case { case, again };
                }
                None => read.damaged = true,
            },
        }
        read.skipped.extend(parts.map(shown));
        read
    }
}

/// Takes one part into the case; false if nothing here knows it.
fn take(base: &Base, part: &str, case: &mut Case, again: &mut Option<QuestionIx>) -> bool {
    if part == "waiting" {
        case.waiting = true;
        return true;
    }
    let mut words = part.split('.');
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some("try"), Some(action), Some(outcome), None) => {
            match (ActionIx::find(base, action), Outcome::parse(outcome)) {
                (Some(a), Some(o)) => case.set_outcome(a, o),
                _ => return false,
            }
        }
        // What it can mean, the look-up tells when it has come.
        (Some("shown"), Some(place), Some(id), None) => match (Where::parse(place), id_of(id)) {
            (Some(place), Some(id)) => {
                case.shown = Some(Shown { place, id, causes: Vec::new(), bars: Vec::new() })
            }
            _ => return false,
        },
        (Some("seen"), Some(alert), None, None) => match AlertIx::find(base, alert) {
            Some(a) if !case.seen.contains(&a) => case.seen.push(a),
            Some(_) => {}
            None => return false,
        },
        (Some("found"), Some(id), None, None) => match ProbedIx::find(base, id) {
            Some(found) if !case.probed.contains(&found) => case.probed.push(found),
            Some(_) => {}
            None => return false,
        },
        (Some("again"), Some(question), None, None) => match QuestionIx::find(base, question) {
            Some(q) => *again = Some(q),
            None => return false,
        },
        (Some(question), Some(answer), None, None) => {
            let Some(q) = QuestionIx::find(base, question) else { return false };
            let given = base[q].answer(answer);
            if given.is_none() && answer != "unknown" {
                return false;
            }
            case.set(q, given);
        }
        _ => return false,
    }
    true
}

/// A part that can be an id at all.
fn id_of(part: &str) -> Option<String> {
    let fine = (1..=48).contains(&part.len())
        && guard::mask(part).hidden == 0
        && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    fine.then(|| part.to_string())
}

/// A part of a foreign link, short and harmless enough to show. A run of digits may be a card
/// number, so no digit is shown.
fn shown(part: &str) -> String {
    let text: String =
        part.chars().take(24).map(|c| if c.is_ascii_digit() { '•' } else { c }).collect();
    if part.chars().count() > 24 { format!("{text}…") } else { text }
}
