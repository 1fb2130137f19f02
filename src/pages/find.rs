//! The search box and what it finds: on the start page, and as a page of its own.

use super::{Cx, waiting_text};
use crate::engine::Case;
use crate::lookup::{Hit, Library, Target};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::icon::{Icon, icon};
use crate::parts::message_text;
use crate::route::{Asked, Page, Query};
use rulebase::{Find, Lang, LookupWords, Role, Ui};

/// How many results are shown, all kinds together.
const MOST: usize = 12;

/// The box. What is typed moves the page to [`Page::Find`]; `platform::app` listens.
pub fn search_box(cx: Cx, query: Option<&Query>) -> Element {
    let input = el("input")
        .attr("id", "find")
        .attr("type", "search")
        .attr("value", query.map(|q| q.text().to_string()).unwrap_or_default())
        .attr("aria-label", cx.ui(Ui::Search))
        .attr("placeholder", cx.ui(Ui::SearchHint))
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("enterkeyhint", "search");
    el("search").class("search").put(icon(Icon::Glass)).put(input)
}

/// What was found, and a line about it that is read aloud when it changes.
pub struct Found {
    pub said: String,
    pub body: View,
}

/// What stands below the box.
pub fn results(cx: Cx, query: &Query) -> Found {
    let (library, words) = match cx.look_up() {
        Ok(found) => found,
        Err(state) => return Found { said: waiting_text(cx, state), body: View::new() },
    };
    let text = |key: Find| words.text(key).to_string();
    let hidden = query.masked().then(|| {
        let told = format!("{} {}", text(Find::CardHidden), text(Find::NotACard));
        with("p", told).class("notice").attr("role", "alert")
    });
    let typed = query.text().trim().chars().count();
    if typed == 0 {
        return Found { said: text(Find::Examples), body: nodes![hidden] };
    }
    let hits = shown(cx, library.search(&query.searched(), 2 * MOST));
    if hits.is_empty() {
        // Nobody has finished typing yet.
        if typed == 1 {
            return Found { said: text(Find::Examples), body: View::new() };
        }
        if query.masked() && query.searched().trim().is_empty() {
            return Found { said: String::new(), body: nodes![hidden] };
        }
        let said = text(Find::Nothing).replace("{query}", query.text());
        return Found { said, body: nodes![hidden, with("p", text(Find::NothingHelp))] };
    }
    // A group stands where its best result would.
    let mut kinds: Vec<Kind> = Vec::new();
    for hit in &hits {
        let kind = Kind::of(hit.target);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let groups: Vec<View> = kinds
        .into_iter()
        .map(|kind| {
            let of_kind = hits.iter().filter(|h| Kind::of(h.target) == kind);
            let items: Vec<Element> = of_kind.map(|h| result(cx, library, words, h)).collect();
            let heading = with("h2", kind.title(cx, words)).class("group");
            nodes![heading, el("ul").class("choices").put(items)]
        })
        .collect();
    let said = text(Find::Results).replace("{n}", &hits.len().to_string());
    Found { said, body: nodes![hidden, groups] }
}

/// What this role has a page for, the first of them.
fn shown(cx: Cx, hits: Vec<Hit>) -> Vec<Hit> {
    let for_role = |h: &Hit| match h.target {
        Target::Complaint(c) => cx.base[c].roles.has(cx.role()) && cx.base.offers(c),
        // They are written for the one who pays.
        Target::Card(_) => cx.role() == Role::Cardholder,
        // And these for the one behind the counter.
        Target::Guide(_) => cx.role() == Role::Staff && cx.base.offers_guides(),
        _ => true,
    };
    hits.into_iter().filter(for_role).take(MOST).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Message,
    Code,
    Cause,
    Card,
    Guided,
    Right,
    Guide,
}

impl Kind {
    fn of(target: Target) -> Kind {
        match target {
            Target::Complaint(_) => Kind::Guided,
            Target::Cause(_) => Kind::Cause,
            Target::Message(_) => Kind::Message,
            Target::Code(_) => Kind::Code,
            Target::Card(_) => Kind::Card,
            Target::Right(_) => Kind::Right,
            Target::Guide(_) => Kind::Guide,
        }
    }

    fn title(self, cx: Cx, words: &LookupWords) -> String {
        let key = match self {
            Kind::Right => return cx.ui(Ui::MyRights),
            Kind::Guide => return cx.ui(Ui::Guides),
            Kind::Guided => Find::Guided,
            Kind::Cause => Find::Causes,
            Kind::Message => Find::Messages,
            Kind::Code => Find::Codes,
            Kind::Card => Find::Cards,
        };
        words.text(key).to_string()
    }
}

fn result(cx: Cx, library: &Library, words: &LookupWords, hit: &Hit) -> Element {
    let (page, name, about) = match hit.target {
        Target::Complaint(c) => {
            let words = cx.words.complaint(c);
            let page = Page::Case { case: Case::new(c), again: None };
            (page, words.name.clone(), words.hint.clone())
        }
        Target::Cause(c) => (Page::Cause(c), cx.words.cause(c).name.clone(), String::new()),
        Target::Message(i) => {
            let i = usize::from(i);
            let message = &library.lookup.messages[i];
            // As it was typed, unless the reader would be shown another script than either.
            let script = message_text::is_chinese(&hit.matched);
            let readable = script == (cx.words.lang == Lang::ZhCn)
                || script == message_text::is_chinese(cx.route.query());
            let name = if readable && message.says.contains(&hit.matched) {
                hit.matched.clone()
            } else {
                message_text::first(message, cx.words.lang).to_string()
            };
            (Page::Message(message.id.clone()), name, words.messages[i].meaning.clone())
        }
        Target::Code(i) => {
            let i = usize::from(i);
            let code = &library.lookup.codes[i];
            let name = format!(
                "{} · {}",
                words.text(Find::CodeTitle).replace("{code}", &code.code),
                super::code::table(words, &code.space)
            );
            (Page::Code(code.id.clone()), name, words.codes[i].meaning.clone())
        }
        Target::Right(situation) => {
            let asked = Asked { situation: Some(situation), ..Asked::default() };
            (Page::Rights(asked), words.situations[situation as usize].clone(), String::new())
        }
        Target::Guide(i) => {
            let i = usize::from(i);
            let id = library.lookup.guides[i].clone();
            (Page::Guide(id), words.guides[i].clone(), String::new())
        }
        Target::Card(i) => {
            let i = usize::from(i);
            let id = library.lookup.cards[i].id.clone();
            (Page::Now(Some(id)), words.cards[i].name.clone(), String::new())
        }
    };
    // What was matched, where the result does not show it anyway.
    let seen = hit.matched == name || hit.matched == about || hit.matched.chars().count() <= 2;
    let hint = |text: String| with("span", text).class("hint");
    let matched = (!seen).then(|| hint(words.text(Find::Matched).replace("{text}", &hit.matched)));
    let about = (!about.is_empty()).then(|| hint(about));
    let said = nodes![with("span", name), about, matched];
    with("li", link(cx.to(page)).class("choice result").put(said))
}
