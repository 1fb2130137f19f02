//! The pages, a file each: every one is a function of a place in the app, so that a route renders
//! the same on the host and in a browser.
//!
//! Every move is a link to the next place. So nothing on a page listens, and a page works as it
//! is once it is in the document.

mod action;
mod alert;
mod conclusion;
mod question;
mod rules;
mod start;

use crate::engine::{self, Advice, Case, Step};
use crate::parts::{answers, banner, header};
use crate::route::{Page, Route};
use leptos::prelude::*;
use rulebase::{Base, Date, Lang, QuestionIx, Role, Ui, Words};

/// What a page needs to know.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    pub base: &'a Base,
    pub words: &'a Words,
    pub route: &'a Route,
    pub today: Date,
}

impl<'a> Cx<'a> {
    pub fn ui(&self, key: Ui) -> String {
        self.words.ui(key).to_string()
    }

    pub fn fill(&self, key: Ui, with: &[(&str, &str)]) -> String {
        self.words.fill(key, with)
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    Damaged,
    Skipped(Vec<String>),
}

/// The whole of what is inside `<body>`, for a place.
pub fn page(cx: Cx, notice: Option<&Notice>) -> AnyView {
    let main = match &cx.route.page {
        Page::Start { more } => start::start(cx, *more),
        Page::Rules => rules::rules(cx),
        Page::Case { case, again } => within_case(cx, case, *again),
    };
    let notice = notice.map(|n| {
        let text = match n {
            Notice::Damaged => cx.ui(Ui::LinkDamaged),
            Notice::Skipped(parts) => {
                cx.fill(Ui::LinkSkipped, &[("what", &cx.list(parts.clone()))])
            }
        };
        view! { <p class="notice" role="status">{text}</p> }
    });
    view! {
        {header::header(cx)}
        <main id="main" tabindex="-1">
            {notice}
            {main}
        </main>
    }
    .into_any()
}

/// The title of the window, for a place.
pub fn title(cx: Cx) -> String {
    let words = cx.words;
    let here = match &cx.route.page {
        Page::Start { .. } => cx.ui(Ui::Claim),
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
    };
    format!("{here} · {}", words.ui(Ui::AppName))
}

fn advice(cx: Cx, case: &Case) -> Option<Advice> {
    engine::advise(cx.base, case, cx.role(), cx.today)
}

fn within_case(cx: Cx, case: &Case, again: Option<QuestionIx>) -> AnyView {
    let Some(advice) = advice(cx, case) else { return start::start(cx, false) };
    if let Some(question) = again {
        return question::again(cx, case, question);
    }
    if let Step::Alert(alert) = advice.step {
        return alert::alert(cx, case, alert);
    }
    let body = match advice.step {
        Step::Ask(q) => question::question(cx, case, q),
        Step::Try(a) => action::action(cx, case, &advice, a),
        _ => conclusion::conclusion(cx, case, &advice),
    };
    view! {
        {answers::answers(cx, case)}
        {banner::banners(cx, &advice.standing)}
        {body}
    }
    .into_any()
}
