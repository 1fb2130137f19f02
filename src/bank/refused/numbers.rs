//! Links and numbers in a text. They have fields of their own, where they are checked and shown as what they are.

use super::{all, find};

/// `bank.example`, but not `8.30`, not `a.m.`, and not `St.George` or `Co.Ltd`.
pub(super) fn has_domain(text: &str) -> bool {
    let one_case = |s: &[char]| {
        s.iter().all(char::is_ascii_lowercase) || s.iter().all(char::is_ascii_uppercase)
    };
    text.match_indices(['.', '．', '。']).any(|(at, dot)| {
        let before = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        let behind: Vec<char> =
            text[at + dot.len()..].chars().take_while(char::is_ascii_alphanumeric).collect();
        // A Chinese full stop ends a sentence, unless small letters follow.
        let fits = dot != "。" || behind.iter().all(char::is_ascii_lowercase);
        before
            && fits
            && behind.len() >= 2
            && behind.iter().all(char::is_ascii_alphabetic)
            && one_case(&behind)
    })
}

/// Seven digits and more, whatever parts them as in a telephone number; a service number of China; or digits to call.
/// `text` is folded. Times and days are none.
pub(super) fn has_number(text: &str) -> bool {
    const ANYWHERE: [&str; 7] = ["call", "ring", "dial", "phone", "拨", "致电", "电话"];
    const BEFORE: [&str; 5] = ["telephone", "tel", "hotline", "热线", "客服"];
    let text = without_times(text);
    let calls = ANYWHERE.iter().any(|w| find(&text, w).is_some());
    let near = |start: usize| {
        BEFORE
            .iter()
            .flat_map(|w| all(&text, w).into_iter().map(|at| at + w.len()))
            .any(|end| text.get(end..start).is_some_and(|between| between.chars().count() <= 8))
    };
    let mut run = String::new();
    let mut start = 0;
    let mut found = false;
    for (at, c) in text.char_indices().chain([(text.len(), 'x')]) {
        match c {
            '0'..='9' => {
                if run.is_empty() {
                    start = at;
                }
                run.push(c);
            }
            ' ' | '-' | '(' | ')' | '+' | '.' | '/' | '·' | '–' | '—' | '_' | '*' => {}
            _ => {
                let digits = run.len();
                let service =
                    digits == 5 && ["95", "100", "123"].iter().any(|s| run.starts_with(s));
                found |= digits > 6 || service || digits >= 3 && (calls || near(start));
                run.clear();
            }
        }
    }
    found
}

/// A text without `8:00-22:00`, `8.30`, `24/7` and days.
fn without_times(text: &str) -> String {
    let part = |c: char| c.is_ascii_digit() || ":.-/–".contains(c);
    let mut out = String::new();
    let mut piece = String::new();
    for c in text.chars().chain(['\0']) {
        if part(c) {
            piece.push(c);
            continue;
        }
        if !is_time(&piece) {
            out.push_str(&piece);
        }
        piece.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn is_time(piece: &str) -> bool {
    let piece = piece.trim_end_matches(['.', ':', '-', '/', '–']);
    let number = |s: &str, digits: std::ops::RangeInclusive<usize>, most: u32| {
        digits.contains(&s.len())
            && s.bytes().all(|b| b.is_ascii_digit())
            && s.parse::<u32>().is_ok_and(|n| n <= most)
    };
    let time = |s: &str| {
        s.split_once([':', '.']).is_some_and(|(h, m)| number(h, 1..=2, 24) && number(m, 2..=2, 59))
    };
    let day = |s: &str| {
        let parts: Vec<&str> = s.split(['-', '/', '.']).collect();
        let (year, small) = match parts[..] {
            [a, b, c] if a.len() == 4 => (a, [b, c]),
            [a, b, c] => (c, [a, b]),
            _ => return false,
        };
        number(year, 4..=4, 2100)
            && year.starts_with("20")
            && small.iter().all(|s| number(s, 1..=2, 31))
    };
    piece == "24/7" || day(piece) || piece.split(['-', '–']).all(time)
}
