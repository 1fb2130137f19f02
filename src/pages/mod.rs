//! The pages, a file each: every one is a function of a place in the app, so that a route renders
//! the same on the host and in a browser.
//!
//! Every move is a link to the next place. So nothing on a page listens, and a page works as it
//! is once it is in the document.
//!
//! [`page`] makes those that every visitor loads; [`office_page`] makes the ones that come with a module of
//! their own when somebody opens them.

mod action;
mod alert;
mod cause;
mod code;
mod conclusion;
#[cfg(not(target_arch = "wasm32"))]
mod decisions;
mod entitled;
mod find;
mod guides;
mod kit;
mod letter;
mod log;
mod message;
mod now;
mod owner;
mod print;
mod question;
mod quiz;
mod reader;
mod rights;
mod rules;
mod sentence;
mod start;
mod upkeep;

pub use letter::letter_text;
pub use reader::reader_report;

use crate::engine::{self, Advice, Case, Step};
use crate::lookup::Library;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::office::{self, Desk, Loaded};
use crate::parts::{answers, aside, bank, banner, claim_names, header, message_text};
use crate::route::{Page, Route};
use rulebase::{Base, Claim, Date, Find, Lang, LookupWords, QuestionIx, Role, Ui, Words};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// What a page needs to know.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    pub base: &'a Base,
    pub words: &'a Words,
    pub route: &'a Route,
    pub look_up: LookUp<'a>,
    pub today: Date,
}

/// What a page of the office needs to know: besides, what was loaded and told there.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub cx: Cx<'a>,
    pub desk: &'a Desk,
}

impl<'a> Deref for At<'a> {
    type Target = Cx<'a>;

    fn deref(&self) -> &Cx<'a> {
        &self.cx
    }
}

/// The look-up comes after the first page.
#[derive(Clone, Copy)]
pub enum LookUp<'a> {
    Coming,
    /// The network was gone before it came.
    Missing,
    Here(&'a Library),
}

impl<'a> Cx<'a> {
    pub fn ui(&self, key: Ui) -> String {
        self.words.ui(key).to_string()
    }

    pub fn fill(&self, key: Ui, with: &[(&str, &str)]) -> String {
        self.words.fill(key, with)
    }

    /// The look-up with its words in this language, or why there is none.
    pub fn look_up(&self) -> Result<(&'a Library, &'a LookupWords), LookUp<'a>> {
        match self.look_up {
            LookUp::Here(library) => {
                let words = library.words(self.words.lang);
                let none = if library.is_alone() { LookUp::Missing } else { LookUp::Coming };
                words.map(|w| (library, w)).ok_or(none)
            }
            state => Err(state),
        }
    }

    pub fn role(&self) -> Role {
        self.route.role
    }

    /// The address of another page in this language and role.
    pub fn to(&self, page: Page) -> String {
        Route { page, ..self.route.clone() }.fragment(self.base)
    }

    /// The address of the next step after a change to the case.
    pub fn after(&self, case: &Case, change: impl FnOnce(&mut Case)) -> String {
        let mut case = case.clone();
        change(&mut case);
        self.to(Page::Case { case, again: None })
    }

    pub fn in_language(&self, lang: Lang) -> String {
        self.route.with(self.base, lang, self.route.role).fragment(self.base)
    }

    pub fn as_role(&self, role: Role) -> String {
        self.route.with(self.base, self.route.lang, role).fragment(self.base)
    }

    /// Texts joined as this language joins a list.
    pub fn list(&self, texts: impl IntoIterator<Item = String>) -> String {
        texts.into_iter().collect::<Vec<_>>().join(self.words.ui(Ui::ListComma))
    }
}

/// Something that went wrong with the link, told once above the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    Damaged,
    Skipped(Vec<String>),
}

/// The whole of what is inside `<body>`, for a place that every visitor's module shows.
pub fn page(cx: Cx, notice: Option<&Notice>) -> View {
    let main = match &cx.route.page {
        Page::Start { more } => start::start(cx, start::Below::Complaints { more: *more }),
        Page::Find(query) => start::start(cx, start::Below::Found(query)),
        Page::Now(None) => now::cards(cx),
        Page::Now(Some(id)) => now::card(cx, id),
        Page::Message(id) => message::message(cx, id),
        Page::Code(id) => code::code(cx, id),
        Page::Cause(cause) => cause::cause(cx, *cause),
        Page::Sentences => sentence::list(cx),
        Page::Sentence { id, swapped } => sentence::sentence(cx, id, *swapped),
        Page::Rules => rules::rules(cx),
        Page::Case { case, again } => within_case(cx, case, *again),
        // The office makes these.
        _ if cx.route.room().is_some() => waiting(cx, LookUp::Coming),
        _ => missing(cx),
    };
    frame(cx, notice, main)
}

/// A complaint as a list of decisions, to be read without a script.
#[cfg(not(target_arch = "wasm32"))]
pub fn decision_list(cx: Cx, complaint: rulebase::ComplaintIx) -> View {
    frame(cx, None, decisions::decisions(cx, complaint))
}

/// The same for a place of the office.
pub fn office_page(at: At, notice: Option<&Notice>) -> View {
    // A module without a room has none of its code.
    let main = match &at.route.page {
        Page::Rights(_) | Page::Kit if !office::CLAIMS => damaged(at.cx),
        Page::Reader(_) if !office::READER => damaged(at.cx),
        Page::Reader(part) => reader::reader(at, *part),
        page if !office::SHOP && !matches!(page, Page::Rights(_) | Page::Kit) => damaged(at.cx),
        Page::Rights(asked) => rights::rights(at, asked),
        Page::Kit => kit::kit(at),
        Page::Guides => guides::list(at),
        Page::Guide(id) => guides::guide(at, id),
        Page::Log(None) => log::log(at),
        Page::Log(Some(number)) => log::inspect(at, *number),
        Page::Upkeep => upkeep::upkeep(at),
        Page::Quiz => quiz::quiz(at),
        Page::Print(what) => print::print(at, *what),
        Page::Owner => owner::owner(at),
        _ => damaged(at.cx),
    };
    frame(at.cx, notice, main)
}

/// The same as long as the office is not there, or will not come.
pub fn no_office(cx: Cx, came: LookUp, notice: Option<&Notice>) -> View {
    frame(cx, notice, waiting(cx, came))
}

fn frame(cx: Cx, notice: Option<&Notice>, main: View) -> View {
    let notice = notice.map(|n| {
        let text = match n {
            Notice::Damaged => cx.ui(Ui::LinkDamaged),
            Notice::Skipped(parts) => {
                cx.fill(Ui::LinkSkipped, &[("what", &cx.list(parts.clone()))])
            }
        };
        with("p", text).class("notice").attr("role", "status")
    });
    // What was opened or typed on a page is not the next page's.
    let body = el("div").key(cx.route.place(cx.base)).put(main);
    let notices = with("div", notice);
    let main = el("main").attr("id", "main").attr("tabindex", "-1").put(notices).put(body);
    // On every page: nobody knows from which one somebody acts.
    let main = main.put(bank::set_up_by(cx));
    nodes![header::header(cx), main]
}

/// The title of the window, for a place.
pub fn title(cx: Cx) -> String {
    let words = cx.words;
    let here = match &cx.route.page {
        Page::Start { .. } => cx.ui(Ui::Claim),
        Page::Find(query) if query.text().is_empty() => cx.ui(Ui::Search),
        Page::Find(query) => query.text().to_string(),
        Page::Now(None) => cx.ui(Ui::RightNow),
        Page::Sentences => cx.ui(aside::show_to(cx.role())),
        Page::Rights(_) | Page::Kit => cx.ui(Ui::MyRights),
        Page::Now(Some(_)) | Page::Message(_) | Page::Code(_) | Page::Sentence { .. } => {
            looked_up(cx).unwrap_or_else(|| cx.ui(Ui::Loading))
        }
        Page::Cause(cause) => words.cause(*cause).name.clone(),
        Page::Rules => cx.ui(Ui::TenRules),
        Page::Case { again: Some(q), .. } => words.question(*q).ask.clone(),
        Page::Case { case, again: None } => match advice(cx, case).map(|a| a.step) {
            Some(Step::Alert(a)) => words.alert(a).name.clone(),
            Some(Step::Ask(q)) => words.question(q).ask.clone(),
            Some(Step::Try(a)) => words.action(a).name.clone(),
            Some(Step::Conclude { cause, .. }) => words.cause(cause).name.clone(),
            Some(Step::Call(_)) | None => cx.ui(Ui::NotClear),
            Some(Step::Solved(_)) => cx.ui(Ui::SolvedTitle),
        },
        Page::Reader(_) => cx.ui(Ui::ReaderCheck),
        _ => cx.ui(Ui::Guides),
    };
    named(cx, &here)
}

/// The same for a place of the office.
pub fn office_title(at: At) -> String {
    let here = match &at.route.page {
        Page::Rights(_) | Page::Kit if !office::CLAIMS => at.ui(Ui::MyRights),
        Page::Rights(asked) => match (at.desk.claims(at.words.lang), asked.situation) {
            (Loaded::Here(file), Some(situation)) => {
                claim_names::situation_name(&file.words, situation)
            }
            _ => at.ui(Ui::MyRights),
        },
        Page::Kit => match at.desk.claims(at.words.lang) {
            Loaded::Here(file) => file.words.text(Claim::KitTitle).to_string(),
            _ => at.ui(Ui::MyRights),
        },
        Page::Reader(_) if !office::READER => at.ui(Ui::ReaderCheck),
        Page::Reader(part) => reader::title(at, *part),
        _ if !office::SHOP => at.ui(Ui::Guides),
        _ => match at.desk.guides(at.words.lang) {
            Loaded::Here(file) => guides::title(file, &at.route.page),
            _ => at.ui(Ui::Guides),
        },
    };
    named(at.cx, &here)
}

fn named(cx: Cx, here: &str) -> String {
    format!("{here} · {}", cx.words.ui(Ui::AppName))
}

/// The name of what the look-up shows at this place.
fn looked_up(cx: Cx) -> Option<String> {
    let (library, words) = cx.look_up().ok()?;
    Some(match &cx.route.page {
        Page::Now(Some(id)) => words.cards[library.card(id)?.0].name.clone(),
        Page::Message(id) => message_text::first(library.message(id)?.1, words.lang).to_string(),
        Page::Code(id) => {
            let code = library.code(id)?.1;
            let title = words.text(Find::CodeTitle).replace("{code}", &code.code);
            format!("{title} · {}", code::table(words, &code.space))
        }
        Page::Sentence { id, .. } => words.sentences[library.sentence(id)?.0].clone(),
        _ => return None,
    })
}

/// Instead of a page, as long as what it shows is not there.
fn waiting(cx: Cx, state: LookUp) -> View {
    let class = if matches!(state, LookUp::Missing) { "notice" } else { "loading" };
    nodes![with("p", waiting_text(cx, state)).class(class).attr("role", "status")]
}

fn waiting_text(cx: Cx, state: LookUp) -> String {
    cx.ui(match state {
        LookUp::Missing => Ui::NotLoaded,
        LookUp::Coming | LookUp::Here(_) => Ui::Loading,
    })
}

/// The same in the office, which has no start page.
fn damaged(cx: Cx) -> View {
    let start = link(cx.to(Page::Start { more: false })).put(cx.ui(Ui::AppName));
    nodes![
        with("p", cx.ui(Ui::LinkDamaged)).class("notice").attr("role", "alert"),
        with("h1", start),
    ]
}

/// Instead of a page that there is not.
fn missing(cx: Cx) -> View {
    nodes![
        with("p", cx.ui(Ui::LinkDamaged)).class("notice").attr("role", "alert"),
        start::start(cx, start::Below::Complaints { more: false }),
    ]
}

fn advice(cx: Cx, case: &Case) -> Option<Advice> {
    engine::advise(cx.base, case, cx.role(), cx.today)
}

/// What a page around this one may be told: what kind of step this is, and which rule it is about.
fn outcome(cx: Cx, step: Step) -> Element {
    let base = cx.base;
    let (kind, about) = match step {
        Step::Alert(alert) => ("alert", base[alert].id.as_str()),
        Step::Ask(question) => ("ask", base[question].id.as_str()),
        Step::Try(action) => ("try", base[action].id.as_str()),
        Step::Conclude { cause, .. } => ("conclude", base[cause].id.as_str()),
        Step::Call(action) => ("call", base[action].id.as_str()),
        Step::Solved(action) => ("fixed", base[action].id.as_str()),
    };
    let mark = el("span").attr("hidden", "").attr("data-outcome", kind);
    mark.attr("data-about", about.to_string())
}

fn within_case(cx: Cx, case: &Case, again: Option<QuestionIx>) -> View {
    // Without knowing what the words on the screen can mean, an advice would be another one.
    if cx.route.waits_for().is_some() && !matches!(cx.look_up, LookUp::Missing) {
        return waiting(cx, LookUp::Coming);
    }
    let Some(advice) = advice(cx, case) else { return missing(cx) };
    if let Some(question) = again {
        return question::again(cx, case, question);
    }
    if let Step::Alert(alert) = advice.step {
        return nodes![alert::alert(cx, case, alert), outcome(cx, advice.step)];
    }
    let ended = advice.standing.iter().any(|a| cx.base[*a].ends);
    let body = match advice.step {
        Step::Ask(q) => question::question(cx, case, q),
        Step::Try(a) => action::action(cx, case, &advice, a),
        _ => conclusion::conclusion(cx, case, &advice),
    };
    nodes![
        answers::answers(cx, case),
        banner::banners(cx, &advice.standing),
        body,
        // Where an alert ended it, nothing may be said but what it says.
        (!ended).then(|| aside::beside(cx, case)),
        outcome(cx, advice.step),
    ]
}
