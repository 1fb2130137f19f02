//! What the app does when a field, a button or a file is used, and when something has come.

use super::super::{clipboard, document, files, speech, storage};
use super::{Shared, resolve};
use crate::guard;
use crate::office::{COUNTS, Effect, beside};
use crate::pages::{LookUp, Notice};
use crate::shop::Counts;
use leptos::prelude::*;
use rulebase::Ui;

impl Shared {
    /// Takes in what a field holds. Gives back what is to stand there instead, where that was a card
    /// number.
    pub(super) fn told(self, field: &str, text: &str) -> Option<String> {
        let beside = field.strip_prefix("blank-").is_some_and(beside);
        let masked = if beside { guard::mask_beside(text) } else { guard::mask(text) };
        let mut effects = Vec::new();
        self.with_office(|office| effects = office.tell(field, &masked.text));
        effects.into_iter().for_each(|e| self.perform(e));
        (masked.hidden > 0).then_some(masked.text)
    }

    /// A button was pressed.
    pub(super) fn act(self, id: &str) {
        match id {
            "copy" => clipboard::copy("letter", move |done| {
                self.do_all(if done { "copied" } else { "copy-by-hand" });
                if !done {
                    document::select("letter");
                }
            }),
            "print" => clipboard::print(),
            id if id.starts_with("count-") => self.count(id),
            id => self.do_all(id),
        }
    }

    /// Staff confirmed a cause: it is counted on this device.
    fn count(self, id: &str) {
        let mut counts = storage::text(COUNTS).map_or_else(Counts::default, |t| Counts::read(&t));
        counts.add(id.trim_start_matches("count-"));
        let kept = storage::keep_text(COUNTS, None, &counts.write());
        let lang = self.place.with_untracked(|p| p.0.lang);
        if let Some(words) = self.words(lang).filter(|_| kept) {
            document::say(id, words.ui(Ui::Counted));
            document::disable(id);
        }
    }

    /// Tells the office, and does what it asks for.
    pub(super) fn do_all(self, id: &str) {
        let mut effects = Vec::new();
        self.with_office(|office| effects = office.press(id));
        for effect in effects {
            self.perform(effect);
        }
        let added = id.starts_with("add-");
        request_animation_frame(move || match added {
            true => document::focus_added(),
            false => document::catch_focus(),
        });
    }

    pub(super) fn perform(self, effect: Effect) {
        match effect {
            Effect::Save { name, kind, text } => {
                if !files::save(&name, &kind, &text) {
                    self.do_all("save-refused");
                }
            }
            Effect::Keep { name, until, text } => {
                if !storage::keep_text(&name, until, &text) {
                    self.do_all("keep-refused");
                }
            }
            Effect::Forget { name } => storage::forget(&name),
            Effect::Probe(order) => self.host.with_value(|h| h.probe(&order)),
        }
    }

    /// A file was chosen; none if it is too large to be one of ours.
    pub(super) fn opened(self, id: &str, bytes: Option<Vec<u8>>) {
        let mut effects = Vec::new();
        self.with_office(|office| effects = office.read(id, bytes));
        effects.into_iter().for_each(|e| self.perform(e));
    }

    /// Takes the look-up in, and shows a page that waits for it anew.
    pub(super) fn found(&self, look_up: LookUp<'static>) {
        self.look_up.set(look_up);
        let (mut route, notice) = self.place.get_untracked();
        if route.waits_for().is_some() {
            let lost = resolve(look_up, &mut route);
            self.place.set((route, lost.map(|id| Notice::Skipped(vec![id])).or(notice)));
        }
        request_animation_frame(|| speech::offer("speak", "large"));
    }
}
