//! A bank's colours beside ours: whether every text can be read and every line seen (WCAG 2.2, 1.4.3 and 1.4.11).

use super::Problem;
use super::config::{Colours, Look};

/// Our own, as in `public/style.css`; a test holds the two together.
pub const LIGHT: [(&str, &str); 14] = [
    ("paper", "#ffffff"),
    ("surface", "#f3f5f4"),
    ("ink", "#16211d"),
    ("muted", "#4a5a54"),
    ("line", "#7d8c86"),
    ("act", "#0a5f4e"),
    ("on-act", "#ffffff"),
    ("focus", "#1f5fd0"),
    ("stop", "#a3201a"),
    ("careful", "#7a4a00"),
    ("fine", "#1a6b37"),
    ("stop-behind", "#fdecea"),
    ("careful-behind", "#fff3d9"),
    ("fine-behind", "#e7f5ea"),
];

/// The same in the dark.
pub const DARK: [(&str, &str); 14] = [
    ("paper", "#101614"),
    ("surface", "#19221f"),
    ("ink", "#eef3f1"),
    ("muted", "#b3c1bb"),
    ("line", "#7a8a84"),
    ("act", "#5fd0b5"),
    ("on-act", "#06231c"),
    ("focus", "#8ab4ff"),
    ("stop", "#ff9a92"),
    ("careful", "#f2c063"),
    ("fine", "#86d8a0"),
    ("stop-behind", "#3a1513"),
    ("careful-behind", "#33260a"),
    ("fine-behind", "#12301d"),
];

/// What is seen on what, and the least contrast.
const SEEN: [(&str, &str, f64); 18] = [
    ("ink", "paper", 4.5),
    ("ink", "surface", 4.5),
    ("muted", "paper", 4.5),
    ("muted", "surface", 4.5),
    ("act", "paper", 4.5),
    ("act", "surface", 4.5),
    ("on-act", "act", 4.5),
    ("stop", "paper", 4.5),
    ("stop", "surface", 4.5),
    ("careful", "paper", 4.5),
    ("fine", "paper", 4.5),
    ("line", "paper", 3.0),
    ("line", "surface", 3.0),
    ("focus", "paper", 3.0),
    ("ink", "stop-behind", 4.5),
    ("ink", "careful-behind", 4.5),
    ("act", "stop-behind", 4.5),
    ("focus", "stop-behind", 3.0),
];

/// How far two colours have to lie apart, in steps of all three channels together.
const APART: u32 = 24;

type Rgb = [u8; 3];

/// The custom properties of the style sheet that make the look. Colours that cannot be read are left out, and then all
/// of their theme, since colours are chosen together.
pub fn tokens(look: &Look, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let mut tokens = Vec::new();
    for (theme, colours, ours) in [("light", &look.light, &LIGHT), ("dark", &look.dark, &DARK)] {
        let before = problems.len();
        let given = given(theme, colours, problems);
        check(theme, &given, ours, problems);
        keeps_apart(theme, &given, ours, problems);
        if problems.len() == before {
            let token = |(name, c): &(&str, Rgb)| {
                (format!("--bank-{theme}-{name}"), format!("#{:02x}{:02x}{:02x}", c[0], c[1], c[2]))
            };
            tokens.extend(given.iter().map(token));
        }
    }
    match look.radius {
        Some(radius @ 0..=24) => tokens.push(("--bank-radius".into(), format!("{radius}px"))),
        Some(_) => problems.push(Problem::new("look.radius", "expected 0 to 24, in CSS pixels")),
        None => {}
    }
    tokens
}

fn given(theme: &str, colours: &Colours, problems: &mut Vec<Problem>) -> Vec<(&'static str, Rgb)> {
    let Colours { paper, surface, ink, muted, line, act, on_act, focus } = colours;
    let all = [
        ("paper", paper),
        ("surface", surface),
        ("ink", ink),
        ("muted", muted),
        ("line", line),
        ("act", act),
        ("on-act", on_act),
        ("focus", focus),
    ];
    let mut given = Vec::new();
    for (name, written) in all {
        let Some(written) = written else { continue };
        match rgb(written) {
            Some(colour) => given.push((name, colour)),
            None => problems.push(Problem::new(
                format!("look.{theme}.{name}"),
                format!("“{written}” is not a valid colour: expected # and six hexadecimal digits"),
            )),
        }
    }
    given
}

fn check(theme: &str, given: &[(&str, Rgb)], ours: &[(&str, &str)], problems: &mut Vec<Problem>) {
    let is_given = |name: &str| given.iter().find(|g| g.0 == name).map(|g| g.1);
    let colour = |name: &str| {
        let our = || ours.iter().find(|o| o.0 == name).and_then(|o| rgb(o.1));
        is_given(name).or_else(our).unwrap_or_default()
    };
    for (front, behind, least) in SEEN {
        let whose = [front, behind].into_iter().find(|n| is_given(n).is_some());
        let Some(whose) = whose else { continue };
        let found = contrast(colour(front), colour(behind));
        if found < least {
            // Down, so that nobody reads “4.5, needs 4.5”.
            let found = (found * 10.0) as u32;
            problems.push(Problem::new(
                format!("look.{theme}.{whose}"),
                format!(
                    "“{front}” on “{behind}” has a contrast of {}.{}; it needs {least:?}",
                    found / 10,
                    found % 10
                ),
            ));
        }
    }
}

/// Danger, care and success keep their boxes' colours to themselves, and danger the colour of its words: what a bank
/// draws boxes and buttons in must differ.
fn keeps_apart(
    theme: &str,
    given: &[(&str, Rgb)],
    ours: &[(&str, &str)],
    problems: &mut Vec<Problem>,
) {
    for (name, colour) in given {
        let taken = |of: &str| match *name {
            "paper" | "surface" => of.ends_with("-behind"),
            "act" => of == "stop",
            _ => false,
        };
        let near = |of: &(&str, &str)| {
            let other = rgb(of.1).unwrap_or_default();
            let apart: u32 = colour.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
            taken(of.0) && apart < APART
        };
        if ours.iter().any(near) {
            problems.push(Problem::new(
                format!("look.{theme}.{name}"),
                "is nearly the colour of a warning or of success: expected another one",
            ));
        }
    }
}

/// `#rrggbb`.
fn rgb(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let part = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).ok();
    let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    hex.then_some([part(0)?, part(2)?, part(4)?])
}

/// The contrast ratio, 1 to 21 (WCAG 2.2, “contrast ratio”).
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = colour.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_guideline() {
        let of = |a: &str, b: &str| contrast(rgb(a).expect("a colour"), rgb(b).expect("a colour"));
        assert!((of("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        // Known from WebAIM's checker: 4.54 and 4.48.
        assert!((of("#767676", "#ffffff") - 4.54).abs() < 0.005);
        assert!((of("#777777", "#ffffff") - 4.48).abs() < 0.005);
    }

    #[test]
    fn our_own_colours_pass() {
        for ours in [LIGHT, DARK] {
            for (front, behind, least) in SEEN {
                let of = |n: &str| ours.iter().find(|o| o.0 == n).and_then(|o| rgb(o.1));
                let found = contrast(of(front).expect("a colour"), of(behind).expect("a colour"));
                assert!(found >= least, "{front} on {behind}: {found}");
            }
        }
    }

    #[test]
    fn a_colour_is_a_mark_and_six_digits() {
        for wrong in ["", "#", "#fff", "0a5f4e", "#0a5f4g", "#0a5f4e0", "red", "#+a5f4e", "#é5f4e"]
        {
            assert_eq!(rgb(wrong), None, "{wrong}");
        }
        assert_eq!(rgb("#0A5f4e"), Some([10, 95, 78]));
    }
}
