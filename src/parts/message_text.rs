//! Words on a terminal's screen, in the order in which a reader wants to see them.

use rulebase::{Lang, Message};

/// The way a message is spelled that a reader of this language most likely saw.
pub fn first(message: &Message, lang: Lang) -> &str {
    let wanted = |s: &&String| is_chinese(s) == (lang == Lang::ZhCn);
    message.says.iter().find(wanted).or(message.says.first()).map_or("", String::as_str)
}

pub fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

/// The language that a text on a screen is to be read in.
pub fn tag(text: &str) -> &'static str {
    if is_chinese(text) { "zh" } else { "en" }
}
