//! Pairs of neighbouring characters, to tell how alike texts are whatever was mistyped; and which of
//! many texts share pairs with a query, without looking at the others.

/// Pairs are told apart by so many numbers; two pairs of the same number are taken for one.
const NUMBERS: u32 = 1 << 13;

/// Finds the pairs of one text after another, each once.
struct Pairs {
    /// The text that had a pair last, counted from 1.
    last: Vec<u16>,
    text: u16,
}

impl Pairs {
    fn new() -> Pairs {
        Pairs { last: vec![0; NUMBERS as usize], text: 0 }
    }

    /// Calls back with each pair of the next text.
    fn next(&mut self, text: &str, mut found: impl FnMut(u16)) {
        self.text += 1;
        let mut before: Option<char> = None;
        for c in text.chars().filter(|c| *c != ' ') {
            if let Some(before) = before {
                let pair = number(before, c);
                let last = &mut self.last[usize::from(pair)];
                if *last != self.text {
                    *last = self.text;
                    found(pair);
                }
            }
            before = Some(c);
        }
    }
}

fn number(a: char, b: char) -> u16 {
    // Knuth's multiplicative hash: the upper bits depend on all of both.
    let mixed = u32::from(a).wrapping_mul(0x9e37_79b1) ^ u32::from(b);
    (mixed.wrapping_mul(0x85eb_ca6b) >> (32 - NUMBERS.trailing_zeros())) as u16
}

/// For each pair the texts that have it.
pub(super) struct Postings {
    /// Where the texts of a pair begin; one more at the end.
    starts: Vec<u32>,
    texts: Vec<u16>,
    /// How many pairs each text has.
    lengths: Vec<u16>,
}

impl Postings {
    /// Of the texts in this order; at most 65 534 of them.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Postings {
        let mut all: Vec<(u16, u16)> = Vec::with_capacity(1 << 15);
        let mut lengths = Vec::new();
        let mut pairs = Pairs::new();
        for (i, text) in texts.enumerate() {
            let before = all.len();
            pairs.next(text, |pair| all.push((pair, i as u16)));
            lengths.push((all.len() - before) as u16);
        }
        // Sorted by counting: there are few numbers and many pairs.
        let mut starts = vec![0_u32; NUMBERS as usize + 1];
        for (pair, _) in &all {
            starts[usize::from(*pair) + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut texts = vec![0; all.len()];
        for (pair, text) in all {
            let at = &mut next[usize::from(pair)];
            texts[*at as usize] = text;
            *at += 1;
        }
        Postings { starts, texts, lengths }
    }

    /// How many pairs each text shares with a query, and how many the query has.
    pub(super) fn shared(&self, query: &str) -> Shared<'_> {
        let mut counts = vec![0; self.lengths.len()];
        let mut length = 0;
        Pairs::new().next(query, |pair| {
            length += 1;
            let from = self.starts[usize::from(pair)] as usize;
            let to = self.starts[usize::from(pair) + 1] as usize;
            for text in &self.texts[from..to] {
                counts[usize::from(*text)] += 1;
            }
        });
        Shared { counts, query: length, lengths: &self.lengths }
    }
}

pub(super) struct Shared<'a> {
    counts: Vec<u16>,
    query: u16,
    lengths: &'a [u16],
}

impl Shared<'_> {
    /// Whether a text shares any pair.
    pub(super) fn any(&self, text: usize) -> bool {
        self.counts[text] > 0
    }

    /// Sørensen and Dice's measure: 1 for the same pairs, 0 for none shared.
    pub(super) fn dice(&self, text: usize) -> f32 {
        let all = self.query + self.lengths[text];
        if all == 0 { 0.0 } else { 2.0 * f32::from(self.counts[text]) / f32::from(all) }
    }

    /// The share of the query's pairs that the text has too; 1 is needed for it to be within the text.
    pub(super) fn covered(&self, text: usize) -> f32 {
        if self.query == 0 { 0.0 } else { f32::from(self.counts[text]) / f32::from(self.query) }
    }

    /// Whether the query has all pairs of the text, as it must where the text is within the query.
    pub(super) fn covers(&self, text: usize) -> bool {
        self.counts[text] >= self.lengths[text]
    }
}
