//! What is wrong in a rule file: where, what, and what was expected instead.

use std::ops::Range;
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

/// A file as it was read, by its path below the project's root.
#[derive(Debug)]
pub struct File {
    pub path: String,
    pub text: String,
}

/// One thing wrong. Its `Display` is the form that people see.
#[derive(Debug, Clone)]
pub struct Problem {
    pub path: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub message: String,
    /// “expected …”, empty if the message says it all.
    pub expected: String,
    /// “did you mean …”.
    pub hint: Option<String>,
    /// The line's text, and the display columns of the caret: start and width.
    shown: Option<(String, usize, usize)>,
}

impl Problem {
    /// A problem at a range of bytes of a file.
    pub fn at(file: &Rc<File>, at: Range<usize>, message: impl Into<String>) -> Problem {
        let text = &file.text;
        let start = floor(text, at.start);
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let end = floor(text, at.end).clamp(start, line_end);
        Problem {
            path: file.path.clone(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            message: message.into(),
            expected: String::new(),
            hint: None,
            shown: Some((
                text[line_start..line_end].trim_end().to_string(),
                text[line_start..start].width(),
                text[start..end].width().max(1),
            )),
        }
    }

    /// A problem of a file as a whole, or of one that is missing.
    pub fn of(path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem {
            path: path.into(),
            line: 1,
            column: 1,
            message: message.into(),
            expected: String::new(),
            hint: None,
            shown: None,
        }
    }

    pub fn expected(mut self, expected: impl Into<String>) -> Problem {
        self.expected = expected.into();
        self
    }

    /// Adds “did you mean”, if one of the names is near enough to what was written.
    pub fn near<'a>(mut self, written: &str, names: impl IntoIterator<Item = &'a str>) -> Problem {
        self.hint = names
            .into_iter()
            .map(|n| (strsim::damerau_levenshtein(written, n), n))
            .filter(|(d, n)| *d <= 1 + n.chars().count() / 4)
            .min()
            .map(|(_, n)| n.to_string());
        self
    }
}

fn floor(text: &str, mut i: usize) -> usize {
    i = i.min(text.len());
    while !text.is_char_boundary(i) {
        i -= 1;
    }
    i
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}: {}", self.path, self.line, self.column, self.message)?;
        if let Some((line, start, width)) = &self.shown {
            let margin = self.line.to_string().len();
            write!(f, "\n {} | {line}", self.line)?;
            write!(f, "\n {:margin$} | {:start$}{:^<width$}", "", "", "")?;
            if !self.expected.is_empty() {
                write!(f, " expected {}", self.expected)?;
            }
        } else if !self.expected.is_empty() {
            write!(f, "\n   expected {}", self.expected)?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n   did you mean “{hint}”?")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_word_after_wide_characters() {
        let file =
            Rc::new(File { path: "a.toml".into(), text: "名 = \"卡\" # x\nb = 1\n".into() });
        let at = file.text.find('x').map(|i| i..i + 1).unwrap_or_default();
        let shown = Problem::at(&file, at, "wrong").expected("y").to_string();
        assert_eq!(
            shown,
            "a.toml:1:11: wrong\n 1 | 名 = \"卡\" # x\n   |             ^ expected y"
        );
        let at = file.text.rfind('b').map(|i| i..i + 1).unwrap_or_default();
        assert!(Problem::at(&file, at, "wrong").to_string().starts_with("a.toml:2:1: wrong\n"));
    }
}
