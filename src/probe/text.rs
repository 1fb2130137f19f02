//! What a device says of itself, made fit to be shown: its manufacturer, its product and, only when
//! somebody asks for it, its serial number.
//!
//! Pure: text in, text out. A device may say anything, so only printable text passes, not too long and
//! without marks that turn the direction of the page. A serial number never passes unasked, nor inside
//! another text.

/// The most characters that are shown of one text. USB allows 126; no known reader needs more than 46.
pub const LONGEST: usize = 64;

/// Stands for a hidden character of a serial number.
const HIDDEN: char = '•';

/// A shorter serial number, or one without a digit, is taken for no number of one device: it stays in a
/// name, which would lose a word of its own otherwise.
const SHORTEST_SERIAL: usize = 5;

/// What the browser gives: `manufacturerName`, `productName` and `serialNumber` of a USBDevice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Strings<'a> {
    pub manufacturer: Option<&'a str>,
    pub product: Option<&'a str>,
    pub serial: Option<&'a str>,
}

/// How much of the serial number was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Serial {
    #[default]
    Out,
    /// The last four characters, to tell two devices apart; never more than half of it.
    LastFour,
    Whole,
}

/// What may be shown; `None` where the device says nothing, or nothing that can be seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    pub manufacturer: Option<String>,
    pub product: Option<String>,
    pub serial: Option<String>,
}

/// What may be shown of a device.
pub fn said(strings: &Strings, serial: Serial) -> Said {
    let number = seen(strings.serial.unwrap_or_default());
    let name = |text: Option<&str>| {
        let text = seen(text.unwrap_or_default());
        some(cut(if serial == Serial::Whole { text } else { without(text, &number) }))
    };
    let (manufacturer, product) = (name(strings.manufacturer), name(strings.product));
    let serial = match serial {
        Serial::Out => None,
        Serial::LastFour => some(cut(end_of(&number))),
        Serial::Whole => some(cut(number)),
    };
    Said { manufacturer, product, serial }
}

/// A text as it may be shown: what can be seen, single spaces, at most [`LONGEST`] characters, the last
/// of them `…` if there were more. `None` if nothing is left.
pub fn printable(text: &str) -> Option<String> {
    some(cut(seen(text)))
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Only what can be seen, with single spaces in it and none around it.
fn seen(text: &str) -> String {
    let mut out = String::new();
    let mut space = false;
    for c in text.chars() {
        if blank(c) {
            space = true;
        } else if !hidden(c) {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out
}

/// What looks like a space. Some fill a text with letters that nobody sees.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

/// What cannot be seen by itself, turns the direction, or piles up above the line: controls, format
/// characters without a shape, combining marks of no script of their own, variation selectors, private use, and what
/// is no character. Ranges as in Unicode 16; nothing printable lies from plane 4 on.
fn hidden(c: char) -> bool {
    c.is_control()
        || c >= '\u{40000}'
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(
            c,
            '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{20d0}'..='\u{20ff}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}'
                | '\u{fff0}'..='\u{fffd}' | '\u{13430}'..='\u{1345f}'
                | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        )
}

/// A text without a serial number in it, upper or lower case.
fn without(mut text: String, serial: &str) -> String {
    let one = serial.chars().count() >= SHORTEST_SERIAL;
    if !one || !serial.contains(|c: char| c.is_ascii_digit()) {
        return text;
    }
    let serial = serial.to_ascii_lowercase();
    // What is left may close up to the same number again.
    while let Some(at) = text.to_ascii_lowercase().find(&serial) {
        text.replace_range(at..at + serial.len(), "");
        text = seen(&text);
    }
    text
}

fn end_of(serial: &str) -> String {
    let all = serial.chars().count();
    let kept = (all / 2).min(4);
    serial.chars().enumerate().map(|(i, c)| if i + kept < all { HIDDEN } else { c }).collect()
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST)
        && let Some((last, _)) = text[..end].char_indices().next_back()
    {
        text.truncate(text[..last].trim_end().len());
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests;
