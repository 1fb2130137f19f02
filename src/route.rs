//! Where in the app one is, as a URL fragment: everything that a link or a reload needs.
//!
//! ```text
//! #/zh-CN/staff/card-removal/card-where.early/record.nothing/try.restart-payment.failed
//! ```
//! Reading is lenient: what is unknown is left out and told, nothing readable is lost.

use crate::engine::{Case, Outcome};
use rulebase::{ActionIx, AlertIx, Base, ComplaintIx, Lang, QuestionIx, Role, Word};

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
    Start { more: bool },
    /// The ten rules.
    Rules,
    /// The next step of a case, or one of its questions again.
    Case { case: Case, again: Option<QuestionIx> },
}

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
            Page::Case { case, again } => {
                out.push('/');
                out.push_str(&base[case.complaint].id);
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
        (Some("seen"), Some(alert), None, None) => match AlertIx::find(base, alert) {
            Some(a) if !case.seen.contains(&a) => case.seen.push(a),
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

/// A part of a foreign link, short and harmless enough to show. A run of digits may be a card
/// number, so no digit is shown.
fn shown(part: &str) -> String {
    let text: String =
        part.chars().take(24).map(|c| if c.is_ascii_digit() { '•' } else { c }).collect();
    if part.chars().count() > 24 { format!("{text}…") } else { text }
}
