//! What is refused, and why: names, numbers, links and topics of a configuration against our rules.

use super::config::{Both, Config};
use super::{Problem, refused};
use crate::engine::Case;
use crate::engine::alerts::Alerts;
use crate::guard;
use rulebase::{
    AlertIx, AlertLevel, AnswerIx, BankLink, Base, CauseIx, ComplaintIx, Hotline, InBoth, Place,
    QuestionIx, Role, Set, Word,
};

/// The topic that is no complaint.
pub(super) const GUIDES: &str = "guides";

/// How many hotlines, and how many links, somebody still reads.
const MOST: usize = 6;

/// What a label may not claim of a number: where it is printed is for the caller to look.
const CLAIMS: [&str; 11] = [
    "printed",
    "back of",
    "official",
    "on the card",
    "on your card",
    "卡背",
    "官方",
    "卡上",
    "印在",
    "印着",
    "印的",
];

/// What is checked against, and what was found.
pub(super) struct Check<'a> {
    pub base: &'a Base,
    pub problems: Vec<Problem>,
}

impl Check<'_> {
    pub fn note(&mut self, at: impl Into<String>, what: impl Into<String>) {
        self.problems.push(Problem::new(at, what));
    }

    pub fn whole(&mut self, config: &Config) {
        if config.version > 1 {
            self.note("version", format!("expected 1; {} is of a newer POS Aid", config.version));
        }
    }

    /// A text in both languages that says nothing which an alert forbids.
    pub fn both(&mut self, at: &str, text: &Both, most: usize) -> Option<InBoth> {
        let before = self.problems.len();
        for (lang, text) in [("en", &text.en), ("zh-CN", &text.zh)] {
            let at = format!("{at}.{lang}");
            if text.trim().is_empty() {
                self.note(at, "is missing: both languages say the same");
            } else if text.chars().count() > most {
                self.note(at, format!("is too long: expected {most} characters or fewer"));
            } else if let Some(wrong) = refused::wrong(self.base, text) {
                self.note(at, wrong);
            }
        }
        (self.problems.len() == before).then(|| [text.en.trim().into(), text.zh.trim().into()])
    }

    /// The same for one that may be left out altogether.
    pub fn both_or_none(&mut self, at: &str, text: &Both, most: usize) -> Option<InBoth> {
        if *text == Both::default() { Some(InBoth::default()) } else { self.both(at, text, most) }
    }

    /// Words of a closed list.
    pub fn set<W: Word>(&mut self, at: &str, written: &[String]) -> Option<Set> {
        let before = self.problems.len();
        let mut set = Set::default();
        for (i, word) in written.iter().enumerate() {
            if let Some(word) = self.word::<W>(&format!("{at}.{i}"), word) {
                set = set.with(word);
            }
        }
        (self.problems.len() == before).then_some(set)
    }

    pub fn word<W: Word>(&mut self, at: &str, written: &str) -> Option<W> {
        let found = W::parse(written);
        if found.is_none() {
            let names: Vec<&str> = W::ALL.iter().map(|w| w.1).collect();
            self.note(at, format!("“{written}” is unknown: expected {}", names.join(", ")));
        }
        found
    }

    /// For whom something is; for both if nobody is named.
    pub fn roles(&mut self, at: &str, written: &[String]) -> Option<Set> {
        let set = self.set::<Role>(at, written)?;
        Some(if set.is_empty() {
            Set::default().with(Role::Cardholder).with(Role::Staff)
        } else {
            set
        })
    }

    pub fn hotlines(&mut self, config: &Config) -> Vec<Hotline> {
        let mut hotlines = Vec::new();
        self.few("hotlines", config.hotlines.len());
        for (i, written) in config.hotlines.iter().take(MOST).enumerate() {
            let at = |field: &str| format!("hotlines.{i}.{field}");
            let roles = self.roles(&at("for"), &written.roles);
            let label = self.both(&at("label"), &written.label, 60);
            if self.claims(&at("label"), &written.label)
                || self.claims(&at("hours"), &written.hours)
            {
                continue;
            }
            let hours = self.both_or_none(&at("hours"), &written.hours, 80);
            let number = written.number.trim();
            let digits = number.chars().filter(char::is_ascii_digit).count();
            let fits = number.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
            // E.164 ends at 15.
            let fits = fits && (3..=15).contains(&digits) && number.len() <= 24;
            if !fits || number.rfind('+').is_some_and(|p| p > 0) || guard::mask(number).hidden > 0 {
                self.note(at("number"), format!("“{number}” is not a valid telephone number"));
                continue;
            }
            if let (Some(roles), Some(label), Some(hours)) = (roles, label, hours) {
                hotlines.push(Hotline { roles, label, number: number.into(), hours });
            }
        }
        hotlines
    }

    /// Says so where a text tells where its number stands.
    fn claims(&mut self, at: &str, text: &Both) -> bool {
        let said = [&text.en, &text.zh].map(|l| l.to_lowercase());
        let claim = CLAIMS.iter().find(|c| said.iter().any(|s| s.contains(*c)));
        if let Some(claim) = claim {
            let what = format!(
                "“{claim}” claims what only the caller can see: expected what the number is for"
            );
            self.note(at, what);
        }
        claim.is_some()
    }

    /// Says so where a list is longer than anybody reads.
    pub fn few(&mut self, at: &str, count: usize) {
        if count > MOST {
            self.note(at, format!("has {count}: expected {MOST} or fewer"));
        }
    }

    pub fn links(&mut self, config: &Config) -> Vec<BankLink> {
        let mut links = Vec::new();
        self.few("links", config.links.len());
        for (i, written) in config.links.iter().take(MOST).enumerate() {
            let at = |field: &str| format!("links.{i}.{field}");
            let roles = self.roles(&at("for"), &written.roles);
            let label = self.both(&at("label"), &written.label, 60);
            let url = written.url.trim();
            let host = url.strip_prefix("https://").and_then(|u| u.split(['/', '?', '#']).next());
            let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\`{}|^".contains(c);
            let host_fits = |h: &str| {
                // Look-alikes in other scripts are not for a page that people trust with money.
                let (name, port) = h.split_once(':').unwrap_or((h, "443"));
                let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
                let whole = name.contains('.')
                    && !name.ends_with('.')
                    && !name.to_ascii_lowercase().contains("xn--");
                plain && whole && port.parse::<u16>().is_ok()
            };
            if url.len() > 300 || !url.chars().all(plain) || !host.is_some_and(host_fits) {
                self.note(
                    at("url"),
                    format!("“{url}” is not a valid address: expected https:// and a host"),
                );
                continue;
            }
            if let (Some(roles), Some(label)) = (roles, label) {
                links.push(BankLink { roles, label, url: url.into() });
            }
        }
        links
    }

    pub fn places(&mut self, config: &Config) -> Vec<Place> {
        let mut places = Vec::new();
        for (i, written) in config.jurisdictions.iter().enumerate() {
            match Place::of(written).filter(|p| *p != Place::Net) {
                Some(place) if !places.contains(&place) => places.push(place),
                Some(_) => {}
                None => self.note(
                    format!("jurisdictions.{i}"),
                    format!("nothing is known here of “{written}”: expected cn, hk, uk, … or an ISO 3166 code"),
                ),
            }
        }
        places
    }

    pub fn complaints(&mut self, at: &str, written: &[String]) -> Vec<ComplaintIx> {
        let mut found = Vec::new();
        for (i, id) in written.iter().enumerate() {
            match ComplaintIx::find(self.base, id) {
                Some(ix) if !found.contains(&ix) => found.push(ix),
                Some(_) => {}
                None => {
                    let what = format!("no complaint is called “{id}”");
                    let near = nearest(id, self.base.complaints.iter().map(|c| c.id.as_str()));
                    self.note(format!("{at}.{i}"), what + &near);
                }
            }
        }
        found
    }

    /// Which complaints are left out. Those that an alert stands on stay, and the one for everything else.
    pub fn topics(&mut self, config: &Config) -> Vec<ComplaintIx> {
        let mut hidden = Vec::new();
        for (i, id) in config.topics.hide.iter().enumerate().filter(|t| t.1 != GUIDES) {
            let at = format!("topics.hide.{i}");
            if ["rights", "rules"].contains(&id.as_str()) {
                self.note(
                    at,
                    format!("“{id}” is for the visitor's protection and cannot be hidden"),
                );
                continue;
            }
            let Some(complaint) = ComplaintIx::find(self.base, id) else {
                let ids = self.base.complaints.iter().map(|c| c.id.as_str()).chain([GUIDES]);
                self.note(at, format!("no complaint is called “{id}”") + &nearest(id, ids));
                continue;
            };
            match self.protects(complaint) {
                Some(alert) => self
                    .note(at, format!("“{id}” leads to the alert “{alert}” and cannot be hidden")),
                None => hidden.push(complaint),
            }
        }
        for (role, name) in Role::ALL {
            let mut left = ComplaintIx::all(self.base).filter(|c| self.base[*c].roles.has(*role));
            if !hidden.is_empty() && left.all(|c| hidden.contains(&c)) {
                self.note("topics.hide", format!("leaves nothing for “{name}”: nothing is hidden"));
                return Vec::new();
            }
        }
        hidden
    }

    /// The alert that a complaint leads to, by itself or by an answer to its first question, for anybody. The one for
    /// everything else leads to all of them.
    pub fn protects(&self, complaint: ComplaintIx) -> Option<String> {
        let base = self.base;
        let first = base[complaint].first;
        if first.is_some() && first == QuestionIx::find(base, "message") {
            return AlertIx::all(base).next().map(|a| base[a].id.clone());
        }
        let mut cases = vec![Case::new(complaint)];
        if let Some(question) = first {
            cases.extend((0..base[question].answers.len()).map(|answer| {
                let mut case = Case::new(complaint);
                case.set(question, Some(answer as AnswerIx));
                case
            }));
        }
        // By itself any warning counts, after an answer what fills the screen.
        cases.iter().enumerate().find_map(|(n, case)| {
            Role::ALL.iter().find_map(|(role, _)| {
                let standing = Alerts::of(base, case, *role);
                let alert = standing.standing().iter().map(|a| &base[*a]);
                let mut warns = alert.filter(|a| {
                    a.on.is_none()
                        && (a.level == AlertLevel::Stop || n == 0 && a.level != AlertLevel::Rule)
                });
                warns.next().map(|a| a.id.clone())
            })
        })
    }

    /// Whether a cause is a crime or may be one: what is said of it stays ours, and so do the numbers.
    pub fn is_danger(&self, cause: CauseIx) -> bool {
        self.base.is_danger(cause)
    }
}

/// “, did you mean …”, where something is near.
pub(super) fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> String {
    let near = names.map(|n| (strsim::damerau_levenshtein(written, n), n)).min();
    let near = near.filter(|(d, n)| *d <= 1 + n.len() / 4);
    near.map_or(String::new(), |(_, n)| format!("; did you mean “{n}”?"))
}
