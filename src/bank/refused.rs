//! What no text of a bank may say, because an alert says the opposite. A check of words knows no meaning: it refuses
//! much that is harmless, and whoever wants to writes around it. So where a wrong sentence would cost money, texts
//! cannot be set at all (`texts.rs`); this is for what slips in by mistake.

mod numbers;
mod words;

use numbers::{has_domain, has_number};
use rulebase::{AlertIx, Base};
use words::{
    DENIES, ENDS, FORBIDS, HARMLESS, IF, JOINS, NEAR, REFUSED, Refused, TRADITIONAL, UNDOES,
};

/// What is wrong with a text, if anything.
pub fn wrong(base: &Base, text: &str) -> Option<String> {
    match plain(text) {
        Ok(text) => contradicted(base, &text, |_| true),
        Err(what) => Some(what),
    }
}

/// The same for what stands on a screen: terminals do say “try again”.
pub fn wrong_on_screen(base: &Base, text: &str) -> Option<String> {
    match plain(text) {
        Ok(text) => contradicted(base, &text, |refused| refused.alert == "no-secrets"),
        Err(what) => Some(what),
    }
}

/// Letters and digits alone, in one form: what two names or two screens have in common whatever their punctuation.
pub fn letters(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What contradicts an alert. A rule base without that alert forbids nothing by it.
fn contradicted(base: &Base, text: &str, wanted: impl Fn(&Refused) -> bool) -> Option<String> {
    let held = |r: &&Refused| wanted(r) && AlertIx::find(base, r.alert).is_some();
    let (clause, refused, word) = clauses(text).find_map(|clause| {
        let found = |r: &'static Refused| Some((clause.clone(), r, said(&clause, r)?));
        REFUSED.iter().filter(held).find_map(found)
    })?;
    let (word, clause) = (word.replace('+', " … "), clause.trim());
    let what = refused.what;
    Some(format!("“{word}” in “{clause}” contradicts the alert “{}”: {what}", refused.alert))
}

/// A text in the one form that is matched, or what must not stand in any.
fn plain(text: &str) -> Result<String, String> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    if text.chars().any(hidden) {
        return Err("contains characters that nobody sees: expected one plain line".into());
    }
    // Letters that look like others say what no check reads.
    let strange = |c: &char| {
        let latin = c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(c);
        let han = matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff5e}' | '\u{20000}'..='\u{3ffff}');
        c.is_alphanumeric() && !latin && !han && !('\u{2460}'..='\u{2473}').contains(c)
    };
    if let Some(c) = text.chars().find(strange) {
        return Err(format!("contains “{c}”, which is neither English nor Chinese"));
    }
    // Judged as it is written: “St.George” is a name.
    if text.contains("://") || text.to_lowercase().contains("www.") || has_domain(text) {
        return Err("contains a link: it belongs into “links”".into());
    }
    let text = folded(text);
    if text.contains(['<', '>']) {
        return Err("contains “<” or “>”: expected plain text".into());
    }
    if has_number(&text) {
        return Err("contains a telephone or card number: the former belongs into “hotlines”, the latter nowhere".into());
    }
    let text = HARMLESS.iter().fold(closed(&text), |text, word| text.replace(word, "□"));
    Ok(text)
}

/// One width, one case, one blank, simplified characters.
fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        '’' | '‘' | '`' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        c => c,
    };
    let simple = |c: char| {
        let mut pairs = TRADITIONAL.chars().filter(|c| !c.is_whitespace());
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            if from == c {
                return to;
            }
        }
        c
    };
    let text: String = text.chars().map(|c| simple(narrow(c))).collect::<String>().to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without blanks between Chinese characters, and with letters that stand alone put together: “p i n”, “p.i.n.”, “密 码”.
fn closed(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter = |i: usize| chars.get(i).is_some_and(char::is_ascii_alphabetic);
    let alone = |i: usize| letter(i) && (i == 0 || !letter(i - 1)) && !letter(i + 1);
    let wide = |i: usize| chars.get(i).is_some_and(|c| *c >= '\u{2e80}');
    let mut out = String::new();
    for (i, c) in chars.iter().enumerate() {
        let between = i > 0
            && (*c == ' ' && wide(i - 1) && wide(i + 1)
                || " .-_*/·".contains(*c) && alone(i - 1) && alone(i + 1));
        if !between {
            out.push(*c);
        }
    }
    out
}

fn clauses(text: &str) -> impl Iterator<Item = String> {
    let joined = JOINS.iter().fold(text.to_string(), |text, join| text.replace(join, "\n"));
    joined.split(ENDS).map(String::from).collect::<Vec<_>>().into_iter()
}

/// The word of a clause that is refused, if it is not warned of.
fn said(clause: &str, refused: &Refused) -> Option<&'static str> {
    refused.words.iter().copied().find(|word| {
        let fine =
            |at: usize, with: Option<usize>| refused.warned && is_warned(clause, refused, at, with);
        all(clause, word).into_iter().any(|at| {
            if refused.with.is_empty() {
                return !fine(at, None);
            }
            let beside = refused.with.iter().flat_map(|w| all(clause, w));
            beside.into_iter().any(|with| !fine(at, Some(with)))
        })
    })
}

/// Whether a word, and the verb beside it, are forbidden right before.
fn is_warned(clause: &str, refused: &Refused, at: usize, with: Option<usize>) -> bool {
    let first = with.map_or(at, |w| w.min(at));
    let last = with.map_or(at, |w| w.max(at));
    if IF.iter().any(|w| find(clause, w).is_some_and(|c| c < first)) {
        return false;
    }
    let denies = if refused.alert == "no-secrets" { &DENIES[..] } else { &[] };
    let words = || FORBIDS.iter().chain(denies);
    let right_before = |place: usize, from: usize| {
        words().any(|word| {
            all(clause, word).into_iter().any(|n| {
                if n < from || n >= place {
                    return false;
                }
                let between = clause.get(n + word.len()..place).unwrap_or("");
                let near = if between.chars().any(|c| c >= '\u{2e80}') {
                    between.chars().count() <= NEAR[1]
                } else {
                    between.split_whitespace().count() <= NEAR[0]
                };
                near && !UNDOES.iter().any(|u| find(between, u).is_some())
            })
        })
    };
    // “Never tell your PIN”, and “密码不要告诉任何人”.
    right_before(first, 0) || right_before(last, first)
}

/// Where a text has a word first; English ones whole. Parts of a word may have a little between them.
fn find(text: &str, word: &str) -> Option<usize> {
    all(text, word).into_iter().next()
}

/// Everywhere.
fn all(text: &str, word: &str) -> Vec<usize> {
    let Some((first, rest)) = word.split_once('+') else { return whole(text, word) };
    let followed = |at: &usize| {
        let behind = &text[at + first.len()..];
        whole(behind, rest).into_iter().next().is_some_and(|next| {
            if rest.is_ascii() {
                behind[..next].split_whitespace().count() <= 4
            } else {
                behind[..next].chars().count() <= 4
            }
        })
    };
    whole(text, first).into_iter().filter(followed).collect()
}

fn whole(text: &str, word: &str) -> Vec<usize> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let alone = |at: &usize| {
        !word.is_ascii()
            || !letter(text[..*at].chars().next_back())
                && !letter(text[at + word.len()..].chars().next())
    };
    text.match_indices(word).map(|m| m.0).filter(alone).collect()
}
