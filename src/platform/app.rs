//! The running app: rules, words and place, kept for as long as the page lives.

use super::{clipboard, clock, document, fetch, input, location, speech, storage};
use crate::guard;
use crate::lookup::Library;
use crate::node::Body;
use crate::pages::{self, Cx, LookUp, Notice};
use crate::rights::{Desk, Loaded, Want};
use crate::route::{Page, Query, Route};
use gloo::events::EventListener;
use leptos::prelude::*;
use rulebase::{
    Base, Claim, ClaimFile, Lang, Lookup, LookupWords, PlaceFile, Role, Unreadable, Word, Words,
};
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
    look_up: RwSignal<LookUp<'static>>,
    desk: RwSignal<Desk>,
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
        let mut skipped = read.skipped;
        skipped.extend(resolve(self.look_up.get_untracked(), &mut route));
        let notice = match (read.damaged, skipped.is_empty()) {
            (true, _) => Some(Notice::Damaged),
            (false, false) => Some(Notice::Skipped(skipped)),
            (false, true) => None,
        };
        storage::keep(route.lang, route.role);
        self.desk.update_untracked(Desk::forget_missing);
        self.place.set((route, notice));
        self.load();
    }

    /// Loads what this place needs and was never asked for. What does not come is asked for again when
    /// somebody comes back here.
    fn load(self) {
        let (route, _) = self.place.get_untracked();
        let Some(words) = self.words(route.lang) else { return };
        for want in route.wants(words.lang) {
            let name = self.desk.with_untracked(|desk| match want {
                want if !desk.lacks(want) => None,
                Want::Claims(lang) => match self.look_up.get_untracked() {
                    LookUp::Here(library) => library.words(lang).map(|w| w.claims.clone()),
                    _ => None,
                },
                Want::Place(place, lang) => desk.address(place, lang).map(str::to_string),
            });
            let Some(name) = name else {
                // Without the file that knows the names nothing will ever come.
                let never = match want {
                    Want::Claims(_) => matches!(self.look_up.get_untracked(), LookUp::Missing),
                    Want::Place(_, lang) => {
                        let known = |d: &Desk| !matches!(d.claims(lang), Loaded::Coming);
                        self.desk.with_untracked(known)
                    }
                };
                if never && self.desk.with_untracked(|d| d.lacks(want)) {
                    self.desk.update(|d| d.miss(want));
                }
                continue;
            };
            self.desk.update(|desk| match want {
                Want::Claims(lang) => desk.set_claims(lang, Loaded::Coming),
                Want::Place(place, lang) => desk.set_place(place, lang, Loaded::Coming),
            });
            leptos::task::spawn_local(async move {
                let bytes = fetch::bytes(&name).await;
                self.desk.update(|desk| match want {
                    Want::Claims(lang) => {
                        let file = bytes.and_then(|b| ClaimFile::from_bytes(&b).ok());
                        desk.set_claims(lang, file.map_or(Loaded::Missing, Loaded::Here));
                    }
                    Want::Place(place, lang) => {
                        let file = bytes.and_then(|b| PlaceFile::from_bytes(&b).ok());
                        desk.set_place(place, lang, file.map_or(Loaded::Missing, Loaded::Here));
                    }
                });
                // Where the places' files lie stands in the first one.
                self.load();
            });
        }
    }

    /// A card number that came with somebody's link leaves the address too.
    fn clean_address(&self, depth: &location::Depth) {
        let clean = self.place.with_untracked(|(route, notice)| {
            let typed = matches!(route.page, Page::Find(_));
            (typed || notice.is_some()).then(|| route.fragment(self.base))
        });
        if let Some(clean) = clean {
            depth.show(&clean, false);
        }
    }

    fn view(&self, route: &Route, notice: Option<&Notice>) -> Body {
        let Some(words) = self.words(route.lang) else { return Body(Vec::new()) };
        // A page in the wrong language still leads to the right places.
        let look_up = self.look_up.get();
        self.desk.with(|desk| {
            let cx = Cx { base: self.base, words, route, look_up, desk, today: clock::today() };
            document::describe(words.lang.spelled(), &pages::title(cx));
            Body(pages::page(cx, notice))
        })
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
        look_up: RwSignal::new(LookUp::Coming),
        desk: RwSignal::new(Desk::default()),
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
    shared.clean_address(&depth);
    let behind = depth.clone();
    let typing = depth.clone();
    let mut listeners = vec![
        document::on_click(&root, "speak", || {
            speech::speak("large");
            true
        }),
        document::on_click(&root, "copy", move || {
            clipboard::copy("letter", move |done| shared.copied(done));
            true
        }),
        document::on_click(&root, "print", || {
            clipboard::print();
            true
        }),
        input::on_enter(&root, "find", ".result"),
        document::on_click(&root, "back", move || behind.back()),
        document::on_click(&root, "skip", || {
            document::focus_main();
            true
        }),
    ];
    listeners.extend(input::on_input(&root, "find", move |text| typed(shared, &typing, text)));
    listeners.push(input::on_field(&root, "fact", move |id, text| shared.told(id, text)));
    listeners.extend(speech::on_voices(|| speech::offer("speak", "large")));
    let page = root.clone();
    listeners.extend(location::on_change(move || {
        let fragment = location::fragment();
        if fragment == "#main" {
            return;
        }
        let before = shared.place.with_untracked(|p| p.0.clone());
        shared.go(&fragment);
        depth.arrive(false);
        shared.clean_address(&depth);
        let now = shared.place.with_untracked(|p| p.0.clone());
        speech::stop();
        input::show(&page, "find", now.query());
        // Only another page begins anew; a switch on the same page leaves focus and scroll alone.
        let stays = before.place(shared.base) == now.place(shared.base);
        request_animation_frame(move || {
            speech::offer("speak", "large");
            if !stays {
                document::begin();
            }
        });
    }));
    APP.set(Some(App { shared, _view: Box::new((view, owner)), _listeners: listeners }));
    Ok(())
}

/// Takes in what is in the search box: the page becomes what is found for it, without a new one.
/// Gives back what is to stand in the box instead, where that held a card number.
fn typed(shared: Shared, depth: &location::Depth, text: &str) -> Option<String> {
    let masked = guard::mask(text);
    let query = Query::of(&masked.text);
    let (before, _) = shared.place.get_untracked();
    let new = !matches!(before.page, Page::Find(_));
    let route = Route { page: Page::Find(query), ..before };
    depth.show(&route.fragment(shared.base), new);
    shared.place.set((route, None));
    (masked.hidden > 0).then_some(masked.text)
}

/// Fills in what the words on a screen can mean, once that is known. Gives back what nobody knows.
fn resolve(look_up: LookUp, route: &mut Route) -> Option<String> {
    let shown = route.waits_for()?.clone();
    let Page::Case { case, .. } = &mut route.page else { return None };
    let known = match look_up {
        LookUp::Coming => return None,
        LookUp::Missing => None,
        LookUp::Here(library) => library.shown(shown.place, &shown.id),
    };
    case.shown = known.filter(|s| !s.causes.is_empty());
    case.shown.is_none().then_some(shown.id)
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

/// Adds the look-up with one language's words for it.
///
/// # Errors
/// If the bytes are no look-up for the rules of the running app.
pub fn add_look_up(look_up: &[u8], words: &[u8]) -> Result<(), Unreadable> {
    with_app(|shared| {
        let look_up = Lookup::from_bytes(look_up, shared.base)?;
        let words = LookupWords::from_bytes(words, shared.base)?;
        let known = shared.words.get_untracked();
        let library = Library::new(shared.base, &known, look_up, vec![words]);
        shared.found(LookUp::Here(Box::leak(Box::new(library))));
        Ok(())
    })
}

/// Adds another language's words for the look-up.
///
/// # Errors
/// If the bytes are no words for it, or if it is not there.
pub fn add_look_up_words(words: &[u8]) -> Result<(), Unreadable> {
    with_app(|shared| {
        let LookUp::Here(library) = shared.look_up.get_untracked() else {
            return Err(Unreadable("the look-up is not there"));
        };
        let words = LookupWords::from_bytes(words, shared.base)?;
        let known = shared.words.get_untracked();
        let library = library.with(shared.base, &known, words);
        shared.found(LookUp::Here(Box::leak(Box::new(library))));
        Ok(())
    })
}

/// Tells that the other language's words for the look-up will not come; what waits for them says so.
pub fn miss_words() {
    let _ = with_app(|shared| {
        if let LookUp::Here(library) = shared.look_up.get_untracked() {
            library.stays_alone();
            shared.found(LookUp::Here(library));
        }
        Ok(())
    });
}

/// Tells that the look-up will not come; what waits for it says so.
pub fn miss_look_up() {
    let _ = with_app(|shared| {
        shared.found(LookUp::Missing);
        Ok(())
    });
}

fn with_app(run: impl FnOnce(Shared) -> Result<(), Unreadable>) -> Result<(), Unreadable> {
    let shared = APP.with_borrow(|app| app.as_ref().map(|a| a.shared));
    run(shared.ok_or(Unreadable("the app is not running"))?)
}

impl Shared {
    /// Takes in what a field holds. Gives back what is to stand there instead, where that was a card
    /// number.
    fn told(self, field: &str, text: &str) -> Option<String> {
        let other = ["reference", "merchant_no", "terminal", "approval"];
        let other = field.strip_prefix("blank-").is_some_and(|f| other.contains(&f));
        let masked = if other { guard::mask_beside(text) } else { guard::mask(text) };
        document::say("copied", "");
        self.desk.update(|desk| desk.take(field, &masked.text));
        (masked.hidden > 0).then_some(masked.text)
    }

    /// Says that the letter was copied, or selects it to be copied by hand.
    fn copied(self, done: bool) {
        let said = self.desk.with_untracked(|desk| {
            let lang = self.place.with_untracked(|p| p.0.lang);
            match desk.claims(lang) {
                Loaded::Here(file) => {
                    let key = if done { Claim::Copied } else { Claim::CopyByHand };
                    file.words.text(key).to_string()
                }
                _ => String::new(),
            }
        });
        document::say("copied", &said);
        if !done {
            document::select("letter");
        }
    }

    /// Takes the look-up in, and shows a page that waits for it anew.
    fn found(&self, look_up: LookUp<'static>) {
        self.look_up.set(look_up);
        let (mut route, notice) = self.place.get_untracked();
        if route.waits_for().is_some() {
            let lost = resolve(look_up, &mut route);
            self.place.set((route, lost.map(|id| Notice::Skipped(vec![id])).or(notice)));
        }
        self.load();
        request_animation_frame(|| speech::offer("speak", "large"));
    }
}
