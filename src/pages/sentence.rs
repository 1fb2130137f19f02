//! Sentences for the other side of the counter: a list, and one that fills the screen in the other
//! side's language with the reader's own below it.

use super::{Cx, LookUp, missing, waiting};
use crate::node::{View, el, link, with};
use crate::nodes;
use crate::parts::aside;
use crate::parts::icon::{Icon, icon};
use crate::route::Page;
use rulebase::{ComplaintIx, Find, Role, Ui, Word};

pub fn list(cx: Cx) -> View {
    let (library, words) = match cx.look_up() {
        Ok(found) => found,
        Err(state) => return waiting(cx, state),
    };
    let own = |i: &usize| library.lookup.sentences[*i].by == cx.role();
    let all: Vec<usize> = (0..library.lookup.sentences.len()).filter(own).collect();
    // Under the first situation that each belongs to; what fits always stands at the end.
    let of = |c: Option<ComplaintIx>| -> Vec<usize> {
        let first = |i: &&usize| library.lookup.sentences[**i].when.first().copied() == c;
        all.iter().filter(first).copied().collect()
    };
    let groups: Vec<View> = ComplaintIx::all(cx.base)
        .map(|c| (cx.words.complaint(c).name.clone(), of(Some(c))))
        .chain([(words.text(Find::AllSentences).to_string(), of(None))])
        .filter(|g| !g.1.is_empty())
        .map(|(name, group)| {
            let list = aside::sentences(cx, library, words, &group);
            nodes![with("h2", name).class("group"), list]
        })
        .collect();
    nodes![with("h1", cx.ui(aside::show_to(cx.role()))), groups]
}

pub fn sentence(cx: Cx, id: &str, swapped: bool) -> View {
    let (library, words) = match cx.look_up() {
        Ok(found) => found,
        Err(state) => return waiting(cx, state),
    };
    let Some((i, sentence)) = library.sentence(id) else { return missing(cx) };
    let own = cx.words.lang;
    // The other language comes last; until then a sentence cannot be shown in it.
    let Some(theirs) = library.words(own.other()) else {
        return waiting(cx, if library.is_alone() { LookUp::Missing } else { LookUp::Coming });
    };
    let mut texts = [(own.other(), theirs.sentences[i].clone()), (own, words.sentences[i].clone())];
    if swapped {
        texts.reverse();
    }
    let [(large_lang, large), (small_lang, small)] = texts;
    let turn = cx.to(Page::Sentence { id: id.into(), swapped: !swapped });
    let role = match sentence.by {
        Role::Cardholder => Ui::ShowCashier,
        Role::Staff => Ui::ShowCustomer,
    };
    // It shows itself where the browser has a voice for this language on the device.
    let speak = el("button")
        .class("button second")
        .attr("type", "button")
        .attr("id", "speak")
        .attr("hidden", "")
        .put(icon(Icon::Voice))
        .put(words.text(Find::ReadAloud));
    let swap = link(turn).class("button second").put(words.text(Find::Swap));
    let body = nodes![
        with("h1", cx.ui(role)).class("eyebrow"),
        with("p", large).class("large").attr("id", "large").attr("lang", large_lang.spelled()),
        with("p", small).class("own").attr("lang", small_lang.spelled()),
        with("p", nodes![speak, swap]).class("show-do"),
    ];
    nodes![with("section", body).class("show")]
}
