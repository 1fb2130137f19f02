//! The running app: rules, words and place, kept for as long as the page lives.

mod acts;

use super::{clock, document, files, home, input, location, office, speech, storage};
use crate::guard;
use crate::lookup::Library;
use crate::node::{self, Body};
use crate::office::{COUNTS, Loaded, NO_DAY, Visit};
use crate::pages::{self, Cx, LookUp, Notice};
use crate::route::{Page, Query, Room, Route};
use crate::shop::Counts;
use gloo::events::EventListener;
use leptos::prelude::*;
use rulebase::{Base, CauseIx, Lang, Lookup, LookupWords, Role, Unreadable, Word, Words};
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

/// The rooms of the office, in the order of [`Room`]; `None` was never opened.
type Rooms = [Option<Loaded<office::Office>>; 3];

/// What every page is made from. The rules and the words live as long as the program.
#[derive(Clone, Copy)]
struct Shared {
    base: &'static Base,
    words: RwSignal<Vec<&'static Words>>,
    look_up: RwSignal<LookUp<'static>>,
    /// The pages that are loaded when somebody opens them.
    rooms: RwSignal<Rooms, LocalStorage>,
    /// What loads them.
    host: StoredValue<office::Host, LocalStorage>,
    place: RwSignal<(Route, Option<Notice>)>,
    /// The case that was open last, as a fragment.
    case: StoredValue<Option<String>>,
    /// Counts the pages of the office that were shown: only the last one is woken.
    shown: StoredValue<u32>,
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
        if let Page::Case { case, .. } = &route.page {
            let page = Page::Case { case: case.clone(), again: None };
            let next = Route { page, ..route.clone() };
            self.case.set_value(Some(next.fragment(self.base)));
        }
        let room = route.room();
        let left = self.place.with_untracked(|p| p.0.room()).filter(|r| Some(*r) != room);
        // A port or a watch that a page opened ends with it.
        let mut effects = left.and_then(|r| self.ask(r, |o| o.press("leave"))).unwrap_or_default();
        let fragment = route.fragment(self.base);
        effects.extend(room.and_then(|r| self.ask(r, |o| o.enter(&fragment))).unwrap_or_default());
        self.place.set((route, notice));
        effects.into_iter().for_each(|e| self.perform(e));
        self.load();
    }

    /// Asks a room that is there.
    fn ask<T>(&self, room: Room, of: impl FnOnce(&office::Office) -> T) -> Option<T> {
        match &self.rooms.read_untracked()[room as usize] {
            Some(Loaded::Here(office)) => Some(of(office)),
            _ => None,
        }
    }

    /// Loads a room when somebody first comes to one of its pages, or comes back after it did not come.
    fn load(self) {
        let Some(room) = self.place.with_untracked(|p| p.0.room()) else { return };
        let at = room as usize;
        if !matches!(self.rooms.read_untracked()[at], None | Some(Loaded::Missing)) {
            return;
        }
        self.rooms.update(|r| r[at] = Some(Loaded::Coming));
        let host = self.host.get_value();
        wasm_bindgen_futures::spawn_local(async move {
            let office = office::load(&host, room).await;
            if let Some(office) = &office {
                storage::kept().iter().for_each(|(name, text)| office.remind(name, text));
            }
            self.rooms.update(|r| r[at] = Some(office.map_or(Loaded::Missing, Loaded::Here)));
            let here = self.place.with_untracked(|p| p.0.clone());
            if here.room() == Some(room) {
                let fragment = here.fragment(self.base);
                let effects = self.ask(room, |o| o.enter(&fragment)).unwrap_or_default();
                effects.into_iter().for_each(|e| self.perform(e));
            }
        });
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
        let cx = Cx { base: self.base, words, route, look_up, today: clock::today() };
        if let Some(room) = route.room() {
            return self.in_office(cx, room, notice);
        }
        document::describe(words.lang.spelled(), &pages::title(cx));
        body(pages::page(cx, notice))
    }

    /// A page of the office, or what stands there until it has come.
    fn in_office(&self, cx: Cx, room: Room, notice: Option<&Notice>) -> Body {
        let office = self.rooms.with(|r| r[room as usize].clone()).unwrap_or(Loaded::Coming);
        let visit = || Visit {
            fragment: cx.route.fragment(cx.base),
            notice: notice.cloned(),
            case: self.case.get_value(),
        };
        let sheet = match &office {
            Loaded::Here(office) => office.page(&visit()),
            _ => None,
        };
        let Some(sheet) = sheet else {
            let came = match office {
                Loaded::Coming => LookUp::Coming,
                Loaded::Missing | Loaded::Here(_) => LookUp::Missing,
            };
            document::describe(cx.words.lang.spelled(), &pages::title(cx));
            return body(pages::no_office(cx, came, notice));
        };
        document::describe(sheet.lang.spelled(), &sheet.title);
        if let Some(wake) = sheet.wake {
            let shared = *self;
            let mine = self.shown.get_value().wrapping_add(1);
            self.shown.set_value(mine);
            clock::after(wake, move || {
                if shared.shown.get_value() == mine {
                    shared.do_all("wake");
                }
            });
        }
        let painter = self.host;
        request_animation_frame(move || painter.with_value(office::Host::paint));
        for (name, lies) in sheet.wants {
            let shared = *self;
            wasm_bindgen_futures::spawn_local(async move {
                let bytes = office::bytes(&shared.host.get_value(), &lies).await;
                shared.with_room(room, |office| office.hand(&name, bytes));
            });
        }
        body(sheet.body)
    }

    /// Lets the office take something in, and shows its page anew.
    fn with_office(&self, run: impl FnOnce(&office::Office)) {
        if let Some(room) = self.place.with_untracked(|p| p.0.room()) {
            self.with_room(room, run);
        }
    }

    fn with_room(&self, room: Room, run: impl FnOnce(&office::Office)) {
        if let Some(Loaded::Here(office)) = &self.rooms.read_untracked()[room as usize] {
            run(office);
        }
        self.rooms.notify();
    }
}

/// What is shown of a page here.
fn body(mut view: node::View) -> Body {
    if home::is_guest() {
        node::as_guest(&mut view);
    }
    Body(view)
}

/// Puts the app into `#app`; one that runs already gives way, and its place is taken over.
///
/// # Errors
/// If the bytes are no rules, or no words for these rules.
pub fn start(base: &[u8], words: &[u8], host: office::Host) -> Result<(), Unreadable> {
    home::settle(&host);
    let mut base = Base::from_bytes(base)?;
    // Where the owner wants it, what was confirmed here changes what is asked first.
    let counts = storage::text(COUNTS).map(|t| Counts::read(&t)).filter(|c| c.adjust);
    let known = counts.into_iter().flat_map(|c| c.of);
    base.counted = known.filter_map(|(id, n)| Some((CauseIx::find(&base, &id)?, n))).collect();
    let base: &'static Base = Box::leak(Box::new(base));
    let words: &'static Words = Box::leak(Box::new(Words::from_bytes(words, base)?));
    let root = document::element("app").ok_or(Unreadable("the page has no place for the app"))?;
    storage::sweep();
    let held = document::is_held();
    let again = stop();
    let owner = Owner::new();
    let shared = owner.with(|| Shared {
        base,
        words: RwSignal::new(vec![words]),
        look_up: RwSignal::new(LookUp::Coming),
        rooms: RwSignal::new_local([None, None, None]),
        case: StoredValue::new(None),
        shown: StoredValue::new(0),
        host: StoredValue::new_local(host),
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
    let leaving = depth.clone();
    let mut listeners = vec![
        document::on_click(&root, "speak", || {
            speech::speak("large");
            true
        }),
        EventListener::new(&root, "click", move |_| leaving.leave()),
        input::on_press(&root, "act", move |id| shared.act(id)),
        files::on_open(
            &root,
            "open",
            move |picture| shared.host.with_value(|h| h.shrink(picture)),
            move |id, bytes| shared.opened(id, bytes),
        ),
        input::on_enter(&root, "find", ".result"),
        document::on_click(&root, "back", move || behind.back()),
        document::on_click(&root, "skip", || {
            document::focus_main();
            true
        }),
    ];
    listeners.extend(input::on_input(&root, "find", move |text| typed(shared, &typing, text)));
    listeners.push(input::on_field(&root, "fact", move |id, text| shared.told(id, text)));
    listeners.push(input::on_no_day(&root, "fact", move |id| {
        shared.told(id, NO_DAY);
    }));
    listeners.extend(speech::on_voices(|| speech::offer("speak", "large")));
    let page = root.clone();
    listeners.extend(location::on_change(move || {
        let fragment = location::fragment();
        if fragment == "#main" {
            return;
        }
        let before = shared.place.with_untracked(|p| p.0.clone());
        shared.go(&fragment);
        let top = depth.arrive(false).unwrap_or_default();
        shared.clean_address(&depth);
        let now = shared.place.with_untracked(|p| p.0.clone());
        speech::stop();
        input::show(&page, "find", now.query());
        // Only another page begins anew; a switch on the same page leaves focus and scroll alone.
        let stays = before.place(shared.base) == now.place(shared.base);
        let led = home::is_led();
        request_animation_frame(move || {
            speech::offer("speak", "large");
            if !stays && !led {
                document::begin(top);
            }
        });
    }));
    // What still waits for a file may look at these after the app was stopped, so they stay.
    std::mem::forget(owner);
    APP.set(Some(App { shared, _view: Box::new(view), _listeners: listeners }));
    if held && again {
        request_animation_frame(document::catch_focus);
    }
    Ok(())
}

/// Takes the app out of the page; false if none runs.
pub fn stop() -> bool {
    let app = APP.take();
    if let Some(app) = &app {
        // A port or a watch that a page opened ends with it.
        let room = app.shared.place.with_untracked(|p| p.0.room());
        let effects = room.and_then(|r| app.shared.ask(r, |o| o.press("leave")));
        effects.into_iter().flatten().for_each(|e| app.shared.perform(e));
        speech::stop();
        clock::stop();
    }
    app.is_some()
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

/// Takes in what the script for readers told.
pub fn heard(text: &str) {
    let shared = APP.with_borrow(|app| app.as_ref().map(|a| a.shared));
    let Some(shared) = shared else { return };
    let mut effects = Vec::new();
    shared.with_room(Room::Reader, |office| effects = office.tell("heard", text));
    effects.into_iter().for_each(|e| shared.perform(e));
    request_animation_frame(document::catch_focus);
}

fn with_app(run: impl FnOnce(Shared) -> Result<(), Unreadable>) -> Result<(), Unreadable> {
    let shared = APP.with_borrow(|app| app.as_ref().map(|a| a.shared));
    run(shared.ok_or(Unreadable("the app is not running"))?)
}
