//! One form for what people type: width, case, traditional characters and punctuation aside.

use rulebase::Lookup;

/// How Chinese characters are written and read, as far as our texts use them.
pub(super) struct Script {
    readings: Vec<(char, String)>,
    traditional: Vec<(char, char)>,
}

impl Script {
    pub(super) fn new(lookup: &Lookup) -> Script {
        Script { readings: lookup.readings.clone(), traditional: lookup.traditional.clone() }
    }

    fn simplified(&self, c: char) -> char {
        let found = self.traditional.binary_search_by_key(&c, |t| t.0);
        found.map_or(c, |i| self.traditional[i].1)
    }

    fn reading(&self, c: char) -> Option<&str> {
        let found = self.readings.binary_search_by_key(&c, |r| r.0).ok()?;
        Some(&self.readings[found].1)
    }

    /// A normal text spelled in pinyin, and the first letters of it. Both are empty if it has no
    /// Chinese character. Letters among the characters stay as they are.
    pub(super) fn spelled(&self, plain: &str) -> (String, String) {
        let (mut sound, mut initials, mut any) = (String::new(), String::new(), false);
        for c in plain.chars().filter(|c| *c != ' ') {
            match self.reading(c) {
                Some(reading) => {
                    any = true;
                    sound.push_str(reading);
                    initials.extend(reading.chars().next());
                }
                None if c.is_ascii() => {
                    sound.push(c);
                    initials.push(c);
                }
                None => {}
            }
        }
        if any { (sound, initials) } else { Default::default() }
    }
}

/// The normal form: full-width to half, lower case, simplified; letters, digits and characters only,
/// words parted by one space.
pub(super) fn normal(text: &str, script: &Script) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => script.simplified(c),
        };
        if !c.is_alphanumeric() {
            // An apostrophe joins: “can't” is one word.
            gap |= !matches!(c, '\'' | '’');
            continue;
        }
        let latin = |c: char| (c as u32) < 0x2e80;
        if gap && out.chars().last().is_some_and(latin) && latin(c) {
            out.push(' ');
        }
        gap = false;
        out.extend(c.to_lowercase());
    }
    out
}

/// Letters that optical reading takes for digits, as the digits.
pub(super) fn fold_ocr(plain: &str) -> String {
    let fold = |c| match c {
        'o' => '0',
        'l' | 'i' => '1',
        's' => '5',
        'e' => '3',
        'b' => '8',
        c => c,
    };
    plain.chars().map(fold).collect()
}

/// What in a query may be a response code: two characters by themselves, whatever stands around
/// them (“代码05”, “code 51”).
pub(super) fn codes(plain: &str) -> Vec<String> {
    let mut runs: Vec<String> = vec![String::new()];
    for c in plain.chars() {
        if c.is_ascii_alphanumeric() {
            runs.last_mut().expect("never empty").push(c);
        } else {
            runs.push(String::new());
        }
    }
    let word = |r: &String| {
        [
            "is", "no", "my", "it", "to", "of", "in", "on", "or", "me", "we", "do", "up", "at",
            "be", "an", "as", "so", "if", "go",
        ]
        .contains(&r.as_str())
    };
    runs.retain(|r| r.len() == 2 && !word(r));
    runs
}
