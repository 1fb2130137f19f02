//! One box for screen words, codes and plain words, typed in Chinese, English or pinyin, with
//! typos. Pure: it gets rules and words, and a query as text; it keeps nothing of it.

#[cfg(any(not(target_arch = "wasm32"), feature = "bench"))]
pub mod bench;
mod grams;
mod library;
mod normal;

use grams::{Postings, Shared};
pub use library::Library;
use normal::{Script, codes, fold_ocr, negated, normal, unfolded};
use rulebase::{Base, CauseIx, ComplaintIx, Lookup, LookupWords, Message, Situation, Word, Words};

/// What a query can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Complaint(ComplaintIx),
    Cause(CauseIx),
    /// Indices into the [`Lookup`].
    Message(u16),
    Code(u16),
    Card(u16),
    Right(Situation),
    Guide(u16),
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub target: Target,
    /// 0 to about 1; above 1 for an exact code.
    pub score: f32,
    /// The text that was matched.
    pub matched: String,
}

/// A text that leads to a target.
struct Entry {
    target: Target,
    /// As it is shown.
    shown: String,
    /// Normal form: letters, digits and simplified characters, words parted by one space.
    plain: String,
    /// Spelled in pinyin, if it has Chinese characters: whole, and first letters only.
    sound: String,
    initials: String,
    /// How much a match of this text counts: a name or a screen text more than a hint.
    weight: f32,
}

/// Everything that can be found, ready for queries.
pub struct Index {
    script: Script,
    entries: Vec<Entry>,
    plain: Postings,
    sound: Postings,
    initials: Postings,
    /// Codes in normal form with their index.
    codes: Vec<(String, u16)>,
    /// Messages that tell of an approval.
    approvals: Vec<u16>,
}

/// Below this a result is noise.
const NOISE: f32 = 0.3;
/// What is so much less like the query than the best is no answer to it.
const WORTH: f32 = 0.5;
/// Texts that count less than this describe; the others are names.
const NAME: f32 = 0.7;
/// Longer queries are cut: nobody types so much, and pasted text is searched by its beginning.
const LONGEST: usize = 80;

impl Index {
    /// Builds the index from the words of every language that is there.
    pub fn new(
        base: &Base,
        words: &[&Words],
        lookup: &Lookup,
        lookup_words: &[&LookupWords],
    ) -> Index {
        let script = Script::new(lookup);
        let none = || Postings::of(std::iter::empty());
        let (plain, sound, initials) = (none(), none(), none());
        let (entries, codes) = (Vec::new(), Vec::new());
        let approves = |m: &(usize, &Message)| m.1.money.is_none();
        let approvals = lookup.messages.iter().enumerate().filter(approves);
        let approvals = approvals.map(|m| m.0 as u16).collect();
        let mut index = Index { script, entries, plain, sound, initials, codes, approvals };
        for (i, message) in lookup.messages.iter().enumerate() {
            let target = Target::Message(i as u16);
            for says in &message.says {
                index.add(target, says, 1.0);
            }
            for words in lookup_words {
                index.add(target, &words.messages[i].meaning, 0.75);
            }
        }
        for (i, code) in lookup.codes.iter().enumerate() {
            index.codes.push((code.code.to_ascii_lowercase(), i as u16));
            for words in lookup_words {
                index.add(Target::Code(i as u16), &words.codes[i].meaning, 0.8);
            }
        }
        for (i, _) in lookup.cards.iter().enumerate() {
            for words in lookup_words {
                index.add(Target::Card(i as u16), &words.cards[i].name, 0.9);
            }
        }
        for words in lookup_words {
            for ((situation, _), name) in Situation::ALL.iter().zip(&words.situations) {
                index.add(Target::Right(*situation), name, 0.9);
            }
            for (i, name) in words.guides.iter().enumerate() {
                index.add(Target::Guide(i as u16), name, 0.9);
            }
        }
        for (cause, texts) in &lookup.spoken_causes {
            texts.iter().for_each(|t| index.add(Target::Cause(*cause), t, 0.97));
        }
        for (complaint, texts) in &lookup.spoken_complaints {
            texts.iter().for_each(|t| index.add(Target::Complaint(*complaint), t, 1.0));
        }
        for (message, texts) in &lookup.spoken_messages {
            texts.iter().for_each(|t| index.add(Target::Message(*message), t, 0.98));
        }
        for (code, texts) in &lookup.spoken_codes {
            texts.iter().for_each(|t| index.add(Target::Code(*code), t, 0.98));
        }
        for (card, texts) in &lookup.spoken_cards {
            texts.iter().for_each(|t| index.add(Target::Card(*card), t, 0.97));
        }
        for words in words {
            for c in ComplaintIx::all(base) {
                index.add(Target::Complaint(c), &words.complaint(c).name, 1.0);
                index.add(Target::Complaint(c), &words.complaint(c).hint, 0.9);
            }
            for c in CauseIx::all(base) {
                index.add(Target::Cause(c), &words.cause(c).name, 0.95);
                index.add(Target::Cause(c), &words.cause(c).what, 0.6);
            }
        }
        let entries = &index.entries;
        index.plain = Postings::of(entries.iter().map(|e| e.plain.as_str()));
        index.sound = Postings::of(entries.iter().map(|e| e.sound.as_str()));
        index.initials = Postings::of(entries.iter().map(|e| e.initials.as_str()));
        index
    }

    fn add(&mut self, target: Target, text: &str, weight: f32) {
        let plain = normal(text, &self.script);
        if plain.is_empty() {
            return;
        }
        // Nobody spells a whole description; a name, they do.
        let (sound, initials) =
            if weight < NAME { Default::default() } else { self.script.spelled(&plain) };
        let shown = text.to_string();
        self.entries.push(Entry { target, shown, plain, sound, initials, weight });
    }

    /// The best results, the best first, each target once.
    pub fn search(&self, query: &str, most: usize) -> Vec<Hit> {
        let cut: String = query.chars().take(LONGEST).collect();
        let plain = normal(&cut, &self.script);
        if plain.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<Hit> = Vec::new();
        for code in codes(&plain) {
            for (known, i) in &self.codes {
                let score = match code.as_str() {
                    c if c == known => 1.5,
                    c if fold_ocr(c) == fold_ocr(known) => 1.2,
                    _ => continue,
                };
                let target = Target::Code(*i);
                match hits.iter_mut().find(|h| h.target == target) {
                    Some(hit) => hit.score = hit.score.max(score),
                    None => hits.push(Hit { target, score, matched: known.to_ascii_uppercase() }),
                }
            }
        }
        // Nothing but a code asks for nothing but the code.
        if plain.len() == 2 && !hits.is_empty() {
            hits.sort_by(|a, b| b.score.total_cmp(&a.score));
            hits.truncate(most);
            return hits;
        }
        let mut scores = self.scores(&plain);
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        let worth = WORTH * scores.first().map_or(0.0, |s| s.0);
        for (score, i) in scores {
            let entry = &self.entries[i];
            if hits.len() >= most || score < worth {
                break;
            }
            if hits.iter().all(|h| h.target != entry.target) {
                hits.push(Hit { target: entry.target, score, matched: entry.shown.clone() });
            }
        }
        hits.truncate(most);
        hits
    }

    /// How well each entry fits that is worth a word, with its index.
    fn scores(&self, plain: &str) -> Vec<(f32, usize)> {
        let mut best = vec![0_f32; self.entries.len()];
        let mut take = |postings: &Postings, query: &str, worth: f32, of: fn(&Entry) -> &str| {
            let shared = postings.shared(query);
            let length = query.chars().count();
            for (i, best) in best.iter_mut().enumerate().filter(|(i, _)| shared.any(*i)) {
                let score = worth * fit(query, length, of(&self.entries[i]), &shared, i);
                *best = best.max(score);
            }
        };
        take(&self.plain, plain, 1.0, |e| &e.plain);
        for read in unfolded(plain) {
            take(&self.plain, &read, 0.95, |e| &e.plain);
        }
        // What sounds alike: pinyin, wrong characters of the same sound, or both mixed.
        let (sound, _) = self.script.spelled(plain);
        if !sound.is_empty() {
            take(&self.sound, &sound, 0.81, |e| &e.sound);
        }
        let only_letters = plain.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
        let letters: String = plain.chars().filter(char::is_ascii_alphabetic).collect();
        if only_letters && letters.len() >= 3 {
            take(&self.sound, &letters, 0.9, |e| &e.sound);
            let shared = self.initials.shared(&letters);
            for (i, best) in best.iter_mut().enumerate().filter(|(i, _)| shared.any(*i)) {
                *best = best.max(0.85 * initials(&letters, &self.entries[i].initials));
            }
        }
        // Who types “not successful” must not be shown “successful” for it.
        let refused = negated(plain);
        let approves =
            |e: &Entry| matches!(e.target, Target::Message(m) if self.approvals.contains(&m));
        let weight = |e: &Entry| if refused && approves(e) { 0.0 } else { e.weight };
        let weighed = best.iter().zip(&self.entries).map(|(score, e)| score * weight(e));
        weighed.enumerate().filter(|(_, s)| *s >= NOISE).map(|(i, s)| (s, i)).collect()
    }
}

/// First letters: they must stand there in a row, or nearly so.
fn initials(letters: &str, initials: &str) -> f32 {
    let (typed, known) = (letters.len() as f32, initials.len() as f32);
    if letters == initials {
        return 1.0;
    }
    if initials.contains(letters) {
        return 0.75 + 0.25 * typed / known;
    }
    if letters.len() >= 5 && letters.contains(initials) && initials.len() >= 4 {
        return 0.7 * known / typed;
    }
    // More letters too many or too few than that are no slip.
    if letters.len() >= 5 && letters.len().abs_diff(initials.len()) <= 2 {
        // Without the hash map that the unrestricted distance needs.
        let slips = strsim::osa_distance(letters, initials) as f32;
        return 0.8 * (1.0 - slips / typed.max(known)).powi(2);
    }
    0.0
}

/// How well a query fits a text: the same, part of it, around it, or alike.
fn fit(query: &str, length: usize, text: &str, shared: &Shared, i: usize) -> f32 {
    if query == text {
        return 1.0;
    }
    let q = length as f32;
    if shared.covered(i) >= 1.0 && text.contains(query) {
        return 0.7 + 0.28 * (q / text.chars().count() as f32).sqrt();
    }
    if shared.covers(i) && query.contains(text) {
        return 0.6 + 0.35 * (text.chars().count() as f32 / q);
    }
    // All of a short query within a longer text is nearly as good as likeness of the whole.
    (0.95 * shared.dice(i)).max(0.75 * shared.covered(i).powi(2))
}

#[cfg(test)]
mod tests;
