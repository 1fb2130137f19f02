//! Measures the look-up. The clock is the caller's, as in [`crate::engine::bench`].

use super::Library;
use crate::engine::bench::Times;
use crate::pages::{Cx, LookUp, page};
use crate::route::{Page, Query, Route};
use rulebase::{Base, Date, Lookup, LookupWords, Role, Words};

/// Builds the index from everything that there is, some times; milliseconds each.
pub fn build(
    base: &Base,
    words: &[&Words],
    lookup: &Lookup,
    lookup_words: &[LookupWords],
    now: &mut dyn FnMut() -> f64,
) -> (Library, Times) {
    let mut times = Vec::new();
    let mut once = || {
        let (lookup, lookup_words) = (lookup.clone(), lookup_words.to_vec());
        let before = now();
        let library = Library::new(base, words, lookup, lookup_words);
        times.push(now() - before);
        library
    };
    let mut library = once();
    for _ in 0..8 {
        library = once();
    }
    (library, Times::of(times))
}

/// Types queries letter by letter; after each letter the whole page is made as it would be shown.
pub fn type_all(
    base: &Base,
    words: &Words,
    library: &Library,
    queries: &[&str],
    now: &mut dyn FnMut() -> f64,
) -> Times {
    let mut times = Vec::new();
    for query in queries {
        let mut typed = String::new();
        for c in query.chars() {
            typed.push(c);
            let before = now();
            let page_of = Page::Find(Query::of(&typed));
            let route = Route { lang: words.lang, role: Role::Cardholder, page: page_of };
            let today = Date { year: 2026, month: 11, day: 22 };
            let look_up = LookUp::Here(library);
            let cx = Cx { base, words, route: &route, look_up, today };
            let shown = page(cx, None);
            times.push(now() - before);
            assert!(!shown.is_empty());
        }
    }
    Times::of(times)
}
