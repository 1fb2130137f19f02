//! Keeps card numbers out of everything: state, address, log and letters.
//!
//! Pure: text in, text out. It never tells which number it hid, and never asks for one.
//! A card number is 12 to 19 digits whose last one is a check digit (ISO/IEC 7812-1, Luhn) and whose
//! first ones belong to a card scheme. Everything else, such as a 15-digit merchant number, stays.

/// Stands for a hidden digit. Nobody types it by chance, so a text that has it was masked.
pub const HIDDEN: char = '•';

/// A text without card numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    pub text: String,
    /// How many numbers were hidden.
    pub hidden: usize,
}

/// One run of digits of a text.
struct Run {
    /// Where it stands, in characters.
    from: usize,
    to: usize,
    digits: Vec<u8>,
}

/// Hides every digit but the last four of whatever looks like a card number, also with gaps in it.
pub fn mask(text: &str) -> Masked {
    let mut chars: Vec<char> = text.chars().collect();
    let runs = runs(&chars);
    let (mut hidden, mut i) = (0, 0);
    for run in runs.iter().filter(|r| r.digits.len() <= 6) {
        let before = &chars[..run.from];
        // What follows a hidden part was typed after it.
        let enough = run.digits.len() >= 3 || before.last() == Some(&HIDDEN);
        if enough && secret(before, run.digits.len()) {
            chars[run.from..run.to].fill(HIDDEN);
            hidden += 1;
        }
    }
    while i < runs.len() {
        match card_at(&chars, &runs, i) {
            Some(last) => {
                hide(&mut chars, &runs[i..=last]);
                hidden += 1;
                i = last + 1;
            }
            None => i += 1,
        }
    }
    Masked { text: chars.into_iter().collect(), hidden }
}

/// [`mask`], and of every other long number only the beginning: for what is kept in an address,
/// where half a card number that is being typed has no business either.
pub fn mask_and_shorten(text: &str) -> String {
    let mut left = LONGEST_KEPT;
    let mut out = String::new();
    for c in mask(text).text.chars() {
        if digit(c).is_some() {
            if left > 0 {
                out.push(c);
            }
            left = left.saturating_sub(1);
            continue;
        }
        if !gap(c) {
            left = LONGEST_KEPT;
        }
        out.push(c);
    }
    out
}

/// [`mask`] for a field that asks for a number of another kind: shorter ones than a full card number (a
/// reference has 12 digits, a merchant number 15) stay.
pub fn mask_beside(text: &str) -> Masked {
    match text.chars().filter(|c| digit(*c).is_some()).count() {
        0..16 => Masked { text: text.into(), hidden: 0 },
        _ => mask(text),
    }
}

/// As many digits as tell a bank, not an account (ISO/IEC 7812-1: the issuer's number).
const LONGEST_KEPT: usize = 8;

/// The last run of a card number that begins with the run `first`.
fn card_at(chars: &[char], runs: &[Run], first: usize) -> Option<usize> {
    if named_otherwise(&chars[..runs[first].from]) {
        return None;
    }
    let mut digits: Vec<u8> = Vec::new();
    let mut found = None;
    for (i, run) in runs.iter().enumerate().skip(first) {
        if i > first && !chars[runs[i - 1].to..run.from].iter().all(|c| gap(*c)) {
            break;
        }
        digits.extend(&run.digits);
        if is_card(&digits) {
            found = Some(i);
        }
        if digits.len() > 19 {
            break;
        }
    }
    // A track or a paste without gaps: the number and more digits behind it.
    let long = &runs[first].digits;
    let begins = || (13..=19).any(|n| is_card(&long[..n]));
    found.or_else(|| (long.len() > 19 && begins()).then_some(first))
}

fn hide(chars: &mut [char], runs: &[Run]) {
    let all: usize = runs.iter().map(|r| r.digits.len()).sum();
    let mut seen = 0;
    for run in runs {
        for c in &mut chars[run.from..run.to] {
            if digit(*c).is_some() {
                seen += 1;
                // Of a longer run, the end is no check digit but what follows the number.
                if all > 19 || seen + 4 <= all {
                    *c = HIDDEN;
                }
            }
        }
    }
}

fn runs(chars: &[char]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (i, c) in chars.iter().enumerate() {
        let Some(d) = digit(*c) else { continue };
        match runs.last_mut() {
            Some(run) if run.to == i => {
                run.to = i + 1;
                run.digits.push(d);
            }
            _ => runs.push(Run { from: i, to: i + 1, digits: vec![d] }),
        }
    }
    runs
}

/// ASCII, full-width, Arabic-Indic and Devanagari digits: what keyboards in shops write.
fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '๐'..='๙' => '๐',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

/// What people put between the groups of a number.
fn gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '+' | '-' | '.' | '_' | '·' | '–' | '—' | '－' | '/' | ',' | '，' | '*' | '|' | ':'
                | '\u{ad}' | '\u{2010}'..='\u{2012}' | '\u{2212}' | '\u{fe0f}' | '\u{20e3}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}'
        )
}

/// Whether the words before a short number say that it is a PIN or a code from a card or an SMS. Three
/// digits are a security code or nothing.
fn secret(before: &[char], digits: usize) -> bool {
    let last = last_word(before);
    let is = |chinese: &[&str], latin: &[&str]| {
        chinese.iter().any(|w| last.ends_with(w)) || latin.contains(&last.as_str())
    };
    let security = is(&["安全码", "安全碼"], &["cvv", "cvc", "cvn"]);
    let pin = is(&["密码", "密碼", "验证码", "驗證碼"], &["pin", "otp", "password"]);
    security || (pin && digits != 3)
}

/// Whether the word before a number says that it is none of a card.
fn named_otherwise(before: &[char]) -> bool {
    let last = last_word(before);
    let last = FILLERS.iter().fold(last.as_str(), |w, f| w.strip_suffix(f).unwrap_or(w));
    let chinese = [
        "商户", "商戶", "终端", "終端", "流水", "凭证", "批次", "参考", "參考", "授权", "订单",
        "訂單",
    ];
    let latin = [
        "merchant",
        "terminal",
        "mid",
        "tid",
        "rrn",
        "reference",
        "ref",
        "order",
        "stan",
        "trace",
        "batch",
        "serial",
    ];
    chinese.iter().any(|w| last.ends_with(w)) || latin.contains(&last)
}

const FILLERS: [&str; 4] = ["号", "號", "码", "碼"];

/// The word before a number, without what only leads on to it (“merchant number is”, “商户号是”).
fn last_word(before: &[char]) -> String {
    let tail: String = before[before.len().saturating_sub(24)..].iter().collect();
    let tail = tail.to_ascii_lowercase();
    let mut tail = tail.trim_end_matches(|c: char| !c.is_alphanumeric());
    let leads = ["是", "为", " no", " number", " is", " code"];
    while let Some(rest) = leads.iter().find_map(|f| tail.strip_suffix(f)) {
        tail = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
    }
    tail.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_string()
}

/// Whether digits are a card number by scheme, length and check digit.
fn is_card(digits: &[u8]) -> bool {
    (12..=19).contains(&digits.len()) && luhn(digits) && scheme(digits)
}

/// The check digit of ISO/IEC 7812-1, annex B.
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| match (i % 2, u32::from(*d)) {
            (0, d) => d,
            (_, d) if d > 4 => 2 * d - 9,
            (_, d) => 2 * d,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether a card scheme numbers its cards like this. Prefixes and lengths as the schemes publish them;
/// where they leave lengths open, all that occur.
fn scheme(digits: &[u8]) -> bool {
    let first = |n: usize| digits[..n].iter().fold(0_u32, |sum, d| sum * 10 + u32::from(*d));
    let (two, three, four) = (first(2), first(3), first(4));
    let length = digits.len();
    match two {
        // American Express.
        34 | 37 => length == 15,
        // Diners Club.
        36 | 38 | 39 => (14..=19).contains(&length),
        30 => (300..=305).contains(&three) || four == 3095,
        // JCB, and its older cards of 15 digits.
        35 => (3528..=3589).contains(&four) && length >= 16,
        21 => four == 2131 && length == 15,
        18 => four == 1800 && length == 15,
        // Mastercard, and Mir between its two blocks.
        51..=55 => length == 16,
        22..=27 => {
            ((2200..=2204).contains(&four) && length >= 16)
                || ((2221..=2720).contains(&four) && length == 16)
        }
        // Visa.
        40..=49 => matches!(length, 13 | 16 | 19),
        // Maestro, UnionPay, Discover, RuPay and others share this.
        50 | 56..=69 => length >= 12,
        81 | 82 => length >= 16,
        // Troy, and older debit cards of Chinese banks.
        97 => four == 9792 && length == 16,
        95 => length >= 16,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
