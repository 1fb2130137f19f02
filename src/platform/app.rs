//! The running app: rules, words and place, kept for as long as the page lives.

use super::{clock, document, location, storage};
use crate::pages::{self, Cx, Notice};
use crate::route::{Page, Route};
use gloo::events::EventListener;
use leptos::prelude::*;
use rulebase::{Base, Lang, Role, Unreadable, Word, Words};
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    /// Dropping it takes the app out of the page and undoes every listener.
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
}

struct App {
    shared: Shared,
    _view: Box<dyn std::any::Any>,
    _listeners: Vec<EventListener>,
}

/// What every page is made from. The rules and the words live as long as the program.
#[derive(Clone, Copy)]
struct Shared {
    base: &'static Base,
    words: RwSignal<Vec<&'static Words>>,
    place: RwSignal<(Route, Option<Notice>)>,
}

impl Shared {
    /// The words of a language, or of the other one as long as these have not come.
    fn words(&self, lang: Lang) -> Option<&'static Words> {
        let words = self.words.read();
        words.iter().find(|w| w.lang == lang).or(words.first()).copied()
    }

    fn go(&self, fragment: &str) {
        let (Route { lang, role, .. }, _) = self.place.get_untracked();
        let read = Route::read(self.base, fragment, lang);
        let mut route = read.route;
        if fragment.trim_start_matches('#').is_empty() {
            route.role = role;
        }
        let notice = match (read.damaged, read.skipped.is_empty()) {
            (true, _) => Some(Notice::Damaged),
            (false, false) => Some(Notice::Skipped(read.skipped)),
            (false, true) => None,
        };
        storage::keep(route.lang, route.role);
        self.place.set((route, notice));
    }

    fn view(&self, route: &Route, notice: Option<&Notice>) -> AnyView {
        let Some(words) = self.words(route.lang) else { return ().into_any() };
        // A page in the wrong language still leads to the right places.
        let cx = Cx { base: self.base, words, route, today: clock::today() };
        document::describe(words.lang.spelled(), &pages::title(cx));
        pages::page(cx, notice)
    }
}

/// Puts the app into `#app`.
///
/// # Errors
/// If the bytes are no rules, or no words for these rules.
pub fn start(base: &[u8], words: &[u8]) -> Result<(), Unreadable> {
    let base: &'static Base = Box::leak(Box::new(Base::from_bytes(base)?));
    let words: &'static Words = Box::leak(Box::new(Words::from_bytes(words, base)?));
    let root = document::element("app").ok_or(Unreadable("the page has no place for the app"))?;
    let owner = Owner::new();
    let shared = owner.with(|| Shared {
        base,
        words: RwSignal::new(vec![words]),
        place: RwSignal::new((
            Route::start(words.lang, storage::role().unwrap_or(Role::Cardholder)),
            None,
        )),
    });
    shared.go(&location::fragment());
    let view = leptos::mount::mount_to(root.clone(), move || {
        move || {
            let (route, notice) = shared.place.get();
            shared.view(&route, notice.as_ref())
        }
    });
    let depth = Rc::new(location::Depth::default());
    depth.arrive(true);
    let behind = depth.clone();
    let mut listeners = vec![
        document::on_click(&root, "back", move || behind.back()),
        document::on_click(&root, "skip", || {
            document::focus_main();
            true
        }),
    ];
    listeners.extend(location::on_change(move || {
        let fragment = location::fragment();
        if fragment == "#main" {
            return;
        }
        let before = shared.place.with_untracked(|p| p.0.clone());
        shared.go(&fragment);
        depth.arrive(false);
        let now = shared.place.with_untracked(|p| p.0.clone());
        // Only another page begins anew; a switch on the same page leaves focus and scroll alone.
        if stays(&before, &now) {
            return;
        }
        request_animation_frame(document::begin);
    }));
    APP.set(Some(App { shared, _view: Box::new((view, owner)), _listeners: listeners }));
    Ok(())
}

/// Whether a move is a switch of language, role or waiting on the same page.
fn stays(before: &Route, now: &Route) -> bool {
    match (&before.page, &now.page) {
        (Page::Start { more: a }, Page::Start { more: b }) => a == b,
        (Page::Case { case: a, again: x }, Page::Case { case: b, again: y }) => {
            a.complaint == b.complaint
                && a.answers == b.answers
                && a.tried == b.tried
                && a.seen == b.seen
                && x == y
        }
        (a, b) => a == b,
    }
}

/// Adds a language's words; pages that wait for them are shown anew.
///
/// # Errors
/// If the bytes are no words for the rules of the running app.
pub fn add_words(words: &[u8]) -> Result<(), Unreadable> {
    APP.with_borrow(|app| {
        let Some(app) = app else { return Err(Unreadable("the app is not running")) };
        let words: &'static Words = Box::leak(Box::new(Words::from_bytes(words, app.shared.base)?));
        // Nobody who reads a page should see it drawn again for words that it does not use.
        let waiting = app.shared.place.with_untracked(|p| p.0.lang == words.lang);
        if waiting {
            app.shared.words.update(|w| w.push(words));
        } else {
            app.shared.words.update_untracked(|w| w.push(words));
        }
        Ok(())
    })
}
