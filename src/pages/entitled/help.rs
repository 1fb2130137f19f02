//! What helps to claim it: letters, papers to keep, and what to do with an answer.

use super::Answer;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fields::paper;
use crate::parts::fold;
use crate::route::{Asked, Page};
use rulebase::{Addressee, Claim, Holder, Letter};

impl Answer<'_> {
    /// The letters for this situation, the first notice first.
    pub(super) fn letters(&self, asked: &Asked) -> View {
        let claims = &self.claimed.file.claims;
        let mut letters: Vec<&Letter> = claims.letters.iter().filter(|l| self.sends(l)).collect();
        letters.sort_by_key(|l| l.order);
        let items: Vec<Element> = letters
            .into_iter()
            .map(|letter| with("li", self.letter(asked, letter).class("choice")))
            .collect();
        if items.is_empty() {
            return View::new();
        }
        nodes![with("h2", self.text(Claim::LettersTitle)), el("ul").class("choices").put(items)]
    }

    fn sends(&self, letter: &Letter) -> bool {
        letter.by == self.claimed.holder && letter.about.contains(&self.claimed.situation)
    }

    fn letter(&self, asked: &Asked, letter: &Letter) -> Element {
        let file = self.claimed.file;
        let at = file.claims.letters.iter().position(|l| l.id == letter.id);
        let name = at.map_or("", |at| &file.words.letters[at].name);
        let asked = Asked { letter: Some(letter.id.clone()), ..asked.clone() };
        link(self.cx.to(Page::Rights(asked))).put(name)
    }

    /// What to keep, to be ticked off.
    pub(super) fn papers(&self) -> View {
        let (claims, texts) = (&self.claimed.file.claims, &self.claimed.file.words.evidence);
        let kept = claims.evidence.iter().find(|e| e.situation == self.claimed.situation);
        let Some(kept) = kept else { return View::new() };
        let items = kept.items.iter().map(|i| usize::from(*i));
        let items: Vec<Element> =
            items.map(|i| paper(self.cx, &claims.items[i], &texts[i])).collect();
        let more = link(self.cx.to(Page::Kit)).put(self.text(Claim::KitLink));
        nodes![
            with("h2", self.text(Claim::KeepTitle)),
            el("ul").class("ticks").put(items),
            with("p", more)
        ]
    }

    /// What people answer, and what to do then.
    pub(super) fn replies(&self, asked: &Asked) -> View {
        let (claims, words) = (&self.claimed.file.claims, self.words);
        let heard_by = match self.claimed.holder {
            Holder::Merchant => [Addressee::Acquirer].as_slice(),
            Holder::Cardholder => [Addressee::Merchant, Addressee::Issuer].as_slice(),
        };
        let replies: Vec<Element> = claims
            .replies
            .iter()
            .zip(&words.replies)
            .filter(|(reply, _)| heard_by.contains(&reply.by))
            .map(|(reply, r)| {
                let next: Vec<Element> = r.next.iter().map(|n| with("li", n.clone())).collect();
                let letter = reply.letter.map(|l| &claims.letters[usize::from(l)]);
                let letter = letter.filter(|l| self.sends(l)).map(|l| {
                    let text = self.text(Claim::ReplyLetter);
                    let (before, after) = text.split_once("{letter}").unwrap_or((&text, ""));
                    with("p", nodes![before, self.letter(asked, l), after])
                });
                let steps = el("ol").class("steps").put(next);
                fold::fold(r.heard.clone(), nodes![with("p", r.means.clone()), steps, letter])
            })
            .collect();
        nodes![with("h2", self.text(Claim::TheySay)), replies]
    }
}
