//! One form for what people type: width, case, traditional characters and punctuation aside.

use rulebase::Lookup;

/// How Chinese characters are written and read, as far as our texts use them. Tables over all of CJK
/// Unified Ideographs: the index asks for every character of every text.
pub(super) struct Script {
    /// The simplified form, or 0.
    simplified: Vec<u16>,
    /// The place in `sounds`, or 0.
    reading: Vec<u16>,
    /// The first one is nobody's.
    sounds: Vec<String>,
}

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

fn place(c: char) -> Option<usize> {
    (FIRST..=LAST).contains(&u32::from(c)).then(|| (u32::from(c) - FIRST) as usize)
}

impl Script {
    pub(super) fn new(lookup: &Lookup) -> Script {
        let all = (LAST - FIRST + 1) as usize;
        let (mut simplified, mut reading) = (vec![0; all], vec![0; all]);
        let mut sounds = vec![String::new()];
        let mut sound = String::new();
        for c in lookup.readings.chars() {
            match place(c) {
                Some(at) => {
                    if !sound.is_empty() {
                        sounds.push(std::mem::take(&mut sound));
                    }
                    reading[at] = sounds.len() as u16 - 1;
                }
                None => sound.push(c),
            }
        }
        for word in lookup.traditional.split(' ') {
            let mut chars = word.chars();
            let plain = chars.next().map_or(0, |c| c as u16);
            for at in chars.filter_map(place) {
                simplified[at] = plain;
            }
        }
        Script { simplified, reading, sounds }
    }

    fn simplified(&self, c: char) -> char {
        match place(c).map(|at| self.simplified[at]) {
            None | Some(0) => c,
            Some(plain) => char::from_u32(u32::from(plain)).unwrap_or(c),
        }
    }

    fn reading(&self, c: char) -> Option<&str> {
        let sound = &self.sounds[usize::from(self.reading[place(c)?])];
        (!sound.is_empty()).then_some(sound)
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
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => script.simplified(c),
        };
        // What is in the tables is a letter without case; asking Unicode for it takes long.
        let ideograph = place(c).is_some();
        if !ideograph && !c.is_alphanumeric() {
            // An apostrophe joins: “can't” is one word.
            gap |= !matches!(c, '\'' | '’');
            continue;
        }
        let latin = |c: char| (c as u32) < 0x2e80;
        if gap && out.chars().last().is_some_and(latin) && latin(c) {
            out.push(' ');
        }
        gap = false;
        // The tables for other alphabets would weigh more than the rest of the look-up's code.
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Whether a normal text says that something did not happen.
pub(super) fn negated(plain: &str) -> bool {
    let chinese = ["不", "未", "没", "失败", "拒"];
    let latin = ["not", "unsucc", "unappr", "fail", "declin", "refus"];
    chinese.iter().any(|w| plain.contains(w))
        || plain.split(' ').any(|word| word == "no" || latin.iter().any(|w| word.starts_with(w)))
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

/// A query as it was before optical reading, or a hand in a hurry, took letters for digits (“c0nnecti0n”):
/// in words of both, the digits as the letters that they look like. Empty if no word is of both.
pub(super) fn unfolded(plain: &str) -> Vec<String> {
    let mixed = |w: &str| {
        w.chars().any(|c| c.is_ascii_digit()) && w.chars().any(|c| c.is_ascii_alphabetic())
    };
    if !plain.split(' ').any(mixed) {
        return Vec::new();
    }
    let read = |one: char| {
        let words = plain.split(' ').map(|w| match mixed(w) {
            true => w.chars().map(|c| letter(c, one)).collect(),
            false => w.to_string(),
        });
        words.collect::<Vec<String>>().join(" ")
    };
    let mut both = vec![read('l'), read('i')];
    both.dedup();
    both
}

fn letter(c: char, one: char) -> char {
    match c {
        '0' => 'o',
        '1' => one,
        '3' => 'e',
        '5' => 's',
        '8' => 'b',
        c => c,
    }
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
            "be", "an", "ba", "as", "so", "if", "go",
        ]
        .contains(&r.as_str())
    };
    runs.retain(|r| r.len() == 2 && (!word(r) || r == plain));
    runs
}
