//! One box for screen words, codes and plain words, typed in Chinese, English or pinyin, with
//! typos. Pure: it gets rules and words, and a query as text; it keeps nothing of it.

mod grams;
mod normal;

use grams::Grams;
use normal::{Script, codes, fold_ocr, normal};
use rulebase::{Base, CauseIx, ComplaintIx, Lookup, LookupWords, Words};

/// What a query can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Complaint(ComplaintIx),
    Cause(CauseIx),
    /// Indices into the [`Lookup`].
    Message(u16),
    Code(u16),
    Card(u16),
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub target: Target,
    /// 0 to about 1; above 1 for an exact code.
    pub score: f64,
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
    grams: Grams,
    /// Spelled in pinyin, if it has Chinese characters: whole, and first letters only.
    sound: String,
    sound_grams: Grams,
    initials: String,
    /// How much a match of this text counts: a name or a screen text more than a hint.
    weight: f64,
}

/// Everything that can be found, ready for queries.
pub struct Index {
    script: Script,
    entries: Vec<Entry>,
    /// Codes in normal form with their index.
    codes: Vec<(String, u16)>,
}

/// Below this a result is noise.
const NOISE: f64 = 0.3;
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
        let mut index = Index { script, entries: Vec::new(), codes: Vec::new() };
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
            index.codes.push((code.code.to_lowercase(), i as u16));
            for words in lookup_words {
                index.add(Target::Code(i as u16), &words.codes[i].meaning, 0.8);
            }
        }
        for (i, _) in lookup.cards.iter().enumerate() {
            for words in lookup_words {
                index.add(Target::Card(i as u16), &words.cards[i].name, 0.9);
            }
        }
        for (cause, texts) in &lookup.spoken_causes {
            texts.iter().for_each(|t| index.add(Target::Cause(*cause), t, 0.97));
        }
        for (complaint, texts) in &lookup.spoken_complaints {
            texts.iter().for_each(|t| index.add(Target::Complaint(*complaint), t, 1.0));
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
        index
    }

    fn add(&mut self, target: Target, text: &str, weight: f64) {
        let plain = normal(text, &self.script);
        if plain.is_empty() {
            return;
        }
        let (sound, initials) = self.script.spelled(&plain);
        let grams = Grams::of(&plain);
        let sound_grams = Grams::of(&sound);
        let shown = text.to_string();
        self.entries.push(Entry {
            target,
            shown,
            plain,
            grams,
            sound,
            sound_grams,
            initials,
            weight,
        });
    }

    /// The best results, the best first, each target once.
    pub fn search(&self, query: &str, most: usize) -> Vec<Hit> {
        let cut: String = query.chars().take(LONGEST).collect();
        let plain = normal(&cut, &self.script);
        if plain.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<Hit> = Vec::new();
        let mut keep = |hit: Hit| match hits.iter_mut().find(|h| h.target == hit.target) {
            Some(known) if known.score >= hit.score => {}
            Some(known) => *known = hit,
            None => hits.push(hit),
        };
        for code in codes(&plain) {
            for (known, i) in &self.codes {
                let score = match code.as_str() {
                    c if c == known => 1.5,
                    c if fold_ocr(c) == fold_ocr(known) => 1.2,
                    _ => continue,
                };
                keep(Hit { target: Target::Code(*i), score, matched: known.to_uppercase() });
            }
        }
        let query = Query::new(plain, &self.script);
        for entry in &self.entries {
            let score = query.score(entry) * entry.weight;
            if score >= NOISE {
                keep(Hit { target: entry.target, score, matched: entry.shown.clone() });
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        hits.truncate(most);
        hits
    }
}

/// A query in every form that it is compared in.
struct Query {
    plain: String,
    folded: String,
    grams: Grams,
    folded_grams: Grams,
    sound: String,
    sound_grams: Grams,
    /// Letters only: it may be pinyin, or the first letters of it.
    letters: String,
}

impl Query {
    fn new(plain: String, script: &Script) -> Query {
        let (sound, _) = script.spelled(&plain);
        let letters: String = plain.chars().filter(char::is_ascii_alphabetic).collect();
        let only_letters = plain.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
        let folded = fold_ocr(&plain);
        Query {
            grams: Grams::of(&plain),
            folded_grams: Grams::of(&folded),
            folded,
            sound_grams: Grams::of(&sound),
            sound,
            letters: if only_letters { letters } else { String::new() },
            plain,
        }
    }

    /// How well an entry fits, 0 to 1.
    fn score(&self, entry: &Entry) -> f64 {
        let mut best = fit(&self.plain, &self.grams, &entry.plain, &entry.grams);
        if self.folded != self.plain {
            let folded = fold_ocr(&entry.plain);
            let grams = Grams::of(&folded);
            best = best.max(0.95 * fit(&self.folded, &self.folded_grams, &folded, &grams));
        }
        if entry.sound.is_empty() {
            return best;
        }
        // What sounds alike: pinyin, wrong characters of the same sound, or both mixed.
        if !self.sound.is_empty() {
            let alike = fit(&self.sound, &self.sound_grams, &entry.sound, &entry.sound_grams);
            best = best.max(0.9 * alike);
        }
        if self.letters.len() >= 3 {
            let alike =
                fit(&self.letters, &Grams::of(&self.letters), &entry.sound, &entry.sound_grams);
            best = best.max(0.9 * alike);
            best = best.max(0.85 * initials(&self.letters, &entry.initials));
        }
        best
    }
}

/// First letters: they must stand there in a row, or nearly so.
fn initials(letters: &str, initials: &str) -> f64 {
    if letters == initials {
        return 1.0;
    }
    if initials.contains(letters) {
        return 0.75 + 0.25 * letters.len() as f64 / initials.len() as f64;
    }
    if letters.len() >= 5 && letters.contains(initials) && initials.len() >= 4 {
        return 0.7 * initials.len() as f64 / letters.len() as f64;
    }
    if letters.len() >= 5 {
        return 0.8 * strsim::normalized_damerau_levenshtein(letters, initials).max(0.0).powi(2);
    }
    0.0
}

/// How well a query fits a text: the same, part of it, around it, or alike.
fn fit(query: &str, query_grams: &Grams, text: &str, text_grams: &Grams) -> f64 {
    if query == text {
        return 1.0;
    }
    let (q, t) = (query.chars().count() as f64, text.chars().count() as f64);
    if q >= 2.0 && text.contains(query) {
        return 0.7 + 0.28 * (q / t).sqrt();
    }
    if t >= 2.0 && query.contains(text) {
        return 0.6 + 0.35 * (t / q);
    }
    let dice = query_grams.dice(text_grams);
    let covered = query_grams.covered_by(text_grams);
    // All of a short query within a longer text is nearly as good as likeness of the whole.
    (0.95 * dice).max(0.75 * covered * covered)
}

#[cfg(test)]
mod tests;
