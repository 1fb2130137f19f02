//! Pairs of neighbouring characters, to tell how alike two texts are whatever was mistyped.

/// The pairs of a text, sorted, each as often as it occurs.
pub(super) struct Grams(Vec<u64>);

impl Grams {
    pub(super) fn of(text: &str) -> Grams {
        let chars: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
        let mut grams: Vec<u64> =
            chars.windows(2).map(|w| u64::from(w[0]) << 32 | u64::from(w[1])).collect();
        // A single character is a pair with nothing.
        if let [only] = chars[..] {
            grams.push(u64::from(only) << 32);
        }
        grams.sort_unstable();
        Grams(grams)
    }

    fn shared(&self, other: &Grams) -> f64 {
        let (mut i, mut j, mut n) = (0, 0, 0_u32);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    n += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        f64::from(n)
    }

    /// Sørensen and Dice's measure: 1 for the same pairs, 0 for none shared.
    pub(super) fn dice(&self, other: &Grams) -> f64 {
        let all = (self.0.len() + other.0.len()) as f64;
        if all == 0.0 { 0.0 } else { 2.0 * self.shared(other) / all }
    }

    /// The share of these pairs that the other text has too.
    pub(super) fn covered_by(&self, other: &Grams) -> f64 {
        if self.0.is_empty() { 0.0 } else { self.shared(other) / self.0.len() as f64 }
    }
}
