//! Every kind of page renders on the host, in both languages, without a browser. The pages are
//! written to `target/pages`, where `cargo xtask test` lets the HTML validator read them.
#![cfg(feature = "ssr")]

use leptos::prelude::*;
use pos_aid::engine::{Case, Outcome, Step, advise};
use pos_aid::pages::{Cx, Notice, page, title};
use pos_aid::route::{Page, Route};
use rulebase::{ComplaintIx, Date, QuestionIx, Role, Word, Words};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages")
}

/// Every route of one language: start pages, rules, and for each complaint and role the path
/// through the first answers to its end, with each question shown again.
fn routes(base: &rulebase::Base, words: &Words) -> Vec<Route> {
    let mut routes = Vec::new();
    for (role, _) in Role::ALL {
        let at = |page: Page| Route { lang: words.lang, role: *role, page };
        routes.extend([
            at(Page::Start { more: false }),
            at(Page::Start { more: true }),
            at(Page::Rules),
        ]);
        for complaint in ComplaintIx::all(base).filter(|c| base[*c].roles.has(*role)) {
            // Two ways through each complaint: the first answer to everything, and none.
            for knows in [true, false] {
                let mut case = Case::new(complaint);
                for _ in 0..40 {
                    routes.push(at(Page::Case { case: case.clone(), again: None }));
                    match advise(base, &case, *role, TODAY).expect("a complaint of this base").step
                    {
                        Step::Alert(a) => case.seen.push(a),
                        Step::Ask(q) => {
                            case.set(q, knows.then_some(0));
                            routes.push(at(Page::Case { case: case.clone(), again: Some(q) }));
                        }
                        Step::Try(a) => case.set_outcome(a, Outcome::Failed),
                        Step::Conclude { .. } | Step::Call(_) | Step::Solved(_) => break,
                    }
                }
            }
        }
        let mut solved = Case::new(ComplaintIx(0));
        solved.set(QuestionIx(0), None);
        solved.set_outcome(rulebase::ActionIx(0), Outcome::Solved);
        routes.push(at(Page::Case { case: solved, again: None }));
    }
    routes
}

fn document(
    base: &rulebase::Base,
    words: &Words,
    route: &Route,
    notice: Option<&Notice>,
) -> String {
    let cx = Cx { base, words, route, today: TODAY };
    let owner = Owner::new();
    let body = owner.with(|| page(cx, notice).to_html());
    // Leptos marks places with `<!>`, which is no comment to a validator.
    let body = body.replace("<!>", "<!---->");
    let lang = words.lang.spelled();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body>{body}</body></html>\n",
        title(cx)
    )
}

#[test]
fn every_route_renders_in_both_languages() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(reading.problems.is_empty(), "{}", reading.told());
    let _ = std::fs::remove_dir_all(folder());
    std::fs::create_dir_all(folder()).expect("target/pages");
    let mut counts = Vec::new();
    for words in &reading.words {
        let mut seen = BTreeSet::new();
        for route in routes(&reading.base, words) {
            let html = document(&reading.base, words, &route, None);
            assert!(html.contains("<h1"), "{}", route.fragment(&reading.base));
            assert!(
                !html.contains("style="),
                "the policy forbids it: {}",
                route.fragment(&reading.base)
            );
            // Pages of the same address are the same page.
            if seen.insert(route.fragment(&reading.base)) {
                let name = format!("{}-{:04}.html", words.lang.spelled(), seen.len());
                std::fs::write(folder().join(name), html).expect("a page");
            }
        }
        let notice = Notice::Skipped(vec!["gone.<b>".into()]);
        let html =
            document(&reading.base, words, &Route::start(words.lang, Role::Staff), Some(&notice));
        assert!(html.contains("gone.&lt;b&gt;"), "what a foreign link says is never markup");
        counts.push(seen.len());
    }
    println!("{counts:?} pages");
    assert!(counts.iter().all(|n| *n > 200));
}

#[test]
fn the_two_languages_have_the_same_pages() {
    let reading = rulebase::read::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let shape = |words: &Words| -> Vec<usize> {
        let tags = |html: String| {
            ["<li", "<a ", "<details", "<p"]
                .iter()
                .map(|t| html.matches(t).count())
                .collect::<Vec<_>>()
        };
        routes(&reading.base, words)
            .iter()
            .flat_map(|r| tags(document(&reading.base, words, r, None)))
            .collect()
    };
    assert_eq!(shape(&reading.words[0]), shape(&reading.words[1]));
}
