use super::*;
use crate::probe::shake::{Random, cut_and_flip, rounds, samples};

fn shown(manufacturer: &str, product: &str, serial: &str, asked: Serial) -> [Option<String>; 3] {
    let strings =
        Strings { manufacturer: Some(manufacturer), product: Some(product), serial: Some(serial) };
    let said = said(&strings, asked);
    [said.manufacturer, said.product, said.serial]
}

fn printed(text: &str) -> String {
    printable(text).unwrap_or_default()
}

#[test]
fn real_names_stay_as_they_are() {
    for sample in samples() {
        for column in ["manufacturer", "product"] {
            let Some(text) = sample.said(column) else { continue };
            let trimmed = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(printed(text), trimmed, "{}", sample.cell("file"));
        }
    }
    assert_eq!(printed("深圳 读卡器 R502®"), "深圳 读卡器 R502®");
    assert_eq!(printed("Čtečka µ-Reader é, เครื่อง"), "Čtečka µ-Reader é, เครื่อง");
}

#[test]
fn nothing_to_see_is_none() {
    let blanks = ["", " ", "   ", "\0\0\0", "\t\r\n", "\u{a0}\u{3000}", "\u{3164}\u{2800}\u{ffa0}"];
    for text in blanks {
        assert_eq!(printable(text), None, "{text:?}");
    }
    for text in ["\u{202e}\u{200b}\u{feff}", "\u{e000}\u{f8ff}\u{f0000}", "\u{fffd}\u{ffff}"] {
        assert_eq!(printable(text), None, "{text:?}");
    }
    assert_eq!(said(&Strings::default(), Serial::Whole), Said::default());
}

#[test]
fn what_cannot_be_seen_is_left_out() {
    for (text, is) in [
        ("  Reader\0\0 ", "Reader"),
        ("A\u{1b}[31mB", "A[31mB"),
        ("Card\u{202e}redaeR\u{202c}", "CardredaeR"),
        ("\u{2066}a\u{2069}\u{200f}b\u{61c}c", "abc"),
        ("a\u{200d}\u{ad}\u{2060}\u{fe0f}b", "ab"),
        ("logo \u{f8ff} x", "logo x"),
        ("a\u{e0041}\u{10fffd}b", "ab"),
        ("Z\u{300}\u{301}\u{489}algo\u{20dd}", "Z\u{489}algo"),
        ("two\u{2028}lines\r\n three", "two lines three"),
    ] {
        assert_eq!(printed(text), is, "{text:?}");
    }
}

#[test]
fn a_long_text_ends_with_a_mark() {
    let fits = "读".repeat(LONGEST);
    assert_eq!(printed(&fits), fits);
    let long = printed(&"读".repeat(LONGEST + 1));
    assert_eq!(long, format!("{}…", "读".repeat(LONGEST - 1)));
    let words = printed(&format!("{} {}", "a".repeat(LONGEST - 2), "b".repeat(9)));
    assert_eq!(words, format!("{}…", "a".repeat(LONGEST - 2)));
}

#[test]
fn a_serial_number_passes_only_if_asked_for() {
    let serial = "SN0012345678";
    let strings = |asked| shown("ACS", "ACR122U", serial, asked);
    let names = [Some("ACS".into()), Some("ACR122U".into())];
    assert_eq!(strings(Serial::Out)[2], None);
    assert_eq!(strings(Serial::LastFour)[2].as_deref(), Some("••••••••5678"));
    assert_eq!(strings(Serial::Whole)[2].as_deref(), Some(serial));
    for asked in [Serial::Out, Serial::LastFour, Serial::Whole] {
        assert_eq!(strings(asked)[..2], names);
    }
    let short = |serial| shown("A", "B", serial, Serial::LastFour)[2].clone();
    assert_eq!(short("12345").as_deref(), Some("•••45"));
    assert_eq!(short("7").as_deref(), Some("•"));
    assert_eq!(short(" \0"), None);
}

#[test]
fn a_serial_number_in_a_name_does_not_pass_either() {
    let product = |product, serial, asked| shown("", product, serial, asked)[1].clone();
    let out = |name, serial| product(name, serial, Serial::Out);
    assert_eq!(out("Reader AB1234 (USB)", "ab1234").as_deref(), Some("Reader (USB)"));
    assert_eq!(out("AB1234", "AB1234"), None);
    assert_eq!(out("xAAB1234B1234y", "AB1234").as_deref(), Some("xy"));
    let far = format!("{} AB1234", "x".repeat(LONGEST - 3));
    assert!(!out(&far, "AB1234").expect("a name").contains("AB"), "not even its beginning");
    assert_eq!(product("Reader AB1234", "AB1234", Serial::Whole).as_deref(), Some("Reader AB1234"));
    assert_eq!(product("Reader AB1234", "AB1234", Serial::LastFour).as_deref(), Some("Reader"));
    // What many devices share is no number of one device.
    assert_eq!(out("CCID 0001", "0001").as_deref(), Some("CCID 0001"));
    assert_eq!(out("Reader CCID", "Reader").as_deref(), Some("Reader CCID"));
}

#[test]
fn no_byte_of_a_name_breaks_it() {
    for name in ["ACS ACR122U 1234567", "  \u{202e}读卡器\0 (é)  R502"] {
        cut_and_flip(name.as_bytes(), |bytes| {
            let text = String::from_utf8_lossy(bytes);
            assert!(printable(&text).is_none_or(|shown| fit(&shown)), "{text:?}");
        });
    }
}

#[test]
fn any_text_can_be_shown() {
    // What is dangerous, beside letters that make numbers appear again.
    let chars: Vec<char> = "aAbB12345 12345  é读\0\n\t\u{1b}\u{7f}\u{85}\u{a0}\u{ad}\u{301}\u{61c}\u{115f}\
        \u{200b}\u{200e}\u{202e}\u{2028}\u{2066}\u{2800}\u{e000}\u{f8ff}\u{fe0f}\u{feff}\u{fffd}\u{ffff}\u{1f4b3}\
        \u{2ffff}\u{40000}\u{e0020}\u{f0000}\u{10ffff}"
        .chars()
        .collect();
    let mut random = Random::new(7);
    for round in 0..rounds() {
        let mut text = |most| -> String {
            let length = random.below(most);
            (0..length)
                .map(|_| match round % 2 {
                    0 => chars[random.below(chars.len())],
                    _ => char::from_u32(random.next() as u32 & 0x1f_ffff).unwrap_or('1'),
                })
                .collect()
        };
        let serial = text(8);
        let product = format!("{}{serial}{}{serial}", text(90), text(40));
        let [_, name, none] = shown("", &product, &serial, Serial::Out);
        assert_eq!(none, None);
        let bare = seen(&serial);
        if let Some(name) = name {
            assert!(fit(&name), "{product:?}: {name:?}");
            let one = bare.chars().count() >= SHORTEST_SERIAL;
            if one && bare.contains(|c: char| c.is_ascii_digit()) {
                let upper = (name.to_ascii_uppercase(), bare.to_ascii_uppercase());
                assert!(!upper.0.contains(&upper.1), "{product:?}: {name:?}");
            }
        }
        let whole = shown("", &product, &serial, Serial::Whole);
        assert_eq!(whole[1], printable(&product));
        assert!(whole.iter().flatten().all(|text| fit(text)));
        let last = shown("", &product, &serial, Serial::LastFour)[2].clone();
        assert!(last.is_none_or(|l| l.chars().filter(|c| *c != HIDDEN).count() <= 4));
    }
}

/// Whether a text is what this file promises.
fn fit(text: &str) -> bool {
    let length = text.chars().count();
    let spaces = text.trim() == text && !text.contains("  ");
    let seen = text.chars().all(|c| c == ' ' || !blank(c) && !hidden(c));
    let again = printable(text).as_deref() == Some(text);
    (1..=LONGEST).contains(&length) && spaces && seen && again
}
