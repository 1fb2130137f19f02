//! The numbers are the test numbers that card schemes and their processors publish.

use super::{HIDDEN, is_card, mask, mask_and_shorten};
use proptest::prelude::*;

const CARDS: [&str; 12] = [
    "4111111111111111",
    "4222222222222",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "30569309025904",
    "36227206271667",
    "3530111333300000",
    "6011111111111117",
    "6200000000000005",
    "6250947000000014",
    "6759649826438453",
];

#[test]
fn test_numbers_of_every_scheme_are_hidden_but_for_four_digits() {
    for card in CARDS {
        let masked = mask(card);
        assert_eq!(masked.hidden, 1, "{card}");
        assert_eq!(masked.text.chars().filter(char::is_ascii_digit).count(), 4, "{card}");
        assert!(masked.text.ends_with(&card[card.len() - 4..]), "{card}");
        assert!(masked.text.contains(HIDDEN));
    }
}

#[test]
fn gaps_width_and_neighbours_do_not_help_a_number_through() {
    for text in [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "４１１１１１１１１１１１１１１１",
        "我的卡是4111111111111111，被吞了",
        "card:4111\u{200b}1111\u{200b}1111\u{200b}1111",
        "4111\n1111\n1111\n1111",
        "4111+1111+1111+1111",
        "4111\u{1}1111\u{1}1111\u{1}1111",
        "4111\u{2011}1111\u{2011}1111\u{2011}1111",
        "4111*1111*1111*1111",
        "51 4111111111111111",
        "4111111111111111 2512 123",
        "4111111111111111=25121011234",
        "41111111111111112512101123400",
        ";4111111111111111?",
    ] {
        let masked = mask(text);
        assert_eq!(masked.hidden, 1, "{text}");
        assert!(!masked.text.contains("41111"), "{text} → {}", masked.text);
        assert_eq!(masked.text.chars().count(), text.chars().count(), "{text}");
    }
}

#[test]
fn two_numbers_are_both_hidden() {
    assert_eq!(mask("4111111111111111, 5555555555554444").hidden, 2);
}

#[test]
fn what_is_no_card_stays() {
    for text in [
        "",
        "91",
        "拔出卡失败",
        // A merchant number of 15 digits that passes Luhn but starts like no card.
        "898310148160568",
        // One digit wrong.
        "4111111111111112",
        // A phone number, an order, a time.
        "+86 138 0013 8000",
        "20261122 193055",
        "1234567890123456",
    ] {
        assert_eq!(mask(text).text, text, "{text}");
    }
}

#[test]
fn a_number_that_is_told_to_be_another_stays() {
    for before in ["商户号", "终端号：", "merchant no. ", "MID ", "参考号 ", "RRN:"] {
        let text = format!("{before}4111111111111111");
        assert_eq!(mask(&text).text, text, "{text}");
    }
}

#[test]
fn a_pin_or_an_sms_code_is_hidden_too() {
    for text in [
        "PIN 1234",
        "pin: 123456",
        "my pin is 1234",
        "密码是123456",
        "验证码 8899",
        "cvv 123",
        "安全码456",
    ] {
        let masked = mask(text);
        assert_eq!(masked.hidden, 1, "{text}");
        assert!(!masked.text.chars().any(|c| c.is_ascii_digit()), "{text} → {}", masked.text);
    }
    // As it is typed, the part that was hidden first stays where it is.
    assert_eq!(mask("PIN ••••56").hidden, 1);
    for text in ["code 1234", "PIN 51", "代码1234", "PIN tries 3"] {
        assert_eq!(mask(text).text, text, "{text}");
    }
}

#[test]
fn a_field_for_a_reference_keeps_one_that_looks_like_a_short_card() {
    assert_eq!(super::mask_beside("632512000018").hidden, 0);
    assert_eq!(super::mask_beside("4111111111111111").hidden, 1);
}

#[test]
fn only_the_word_right_before_it_counts() {
    for before in [
        "信用卡 ",
        "merchant refused card ",
        "refund ",
        "I understand ",
        "商户拒绝 ",
        "终端吞了我的卡",
    ] {
        assert_eq!(mask(&format!("{before}4111111111111111")).hidden, 1, "{before}");
    }
}

#[test]
fn a_number_that_is_half_typed_is_not_kept_either() {
    assert_eq!(mask_and_shorten("411111111111111"), "41111111");
    assert_eq!(mask_and_shorten("4111 1111 1111 111"), "4111 1111  ");
    assert_eq!(mask_and_shorten("code 91, 05"), "code 91, 05");
}

proptest! {
    /// Whatever stands around a card number, it does not get through.
    #[test]
    fn no_text_lets_a_card_number_through(before in "[a-z<>/ ,é拔\u{202e}💳]{0,12}", card in 0..CARDS.len(), after in "[a-z<>, 失💳]{0,12}") {
        // “ref…” and the like tell that it is no card.
        prop_assume!(!super::named_otherwise(&before.chars().collect::<Vec<_>>()));
        let text = format!("{before}{}{after}", CARDS[card]);
        prop_assert!(!mask(&text).text.contains(CARDS[card]));
        prop_assert!(!mask_and_shorten(&text).contains(CARDS[card]));
    }

    /// Masking twice is masking once, and any text is taken.
    #[test]
    fn a_masked_text_stays_as_it_is(text in "\\PC{0,80}") {
        let once = mask(&text);
        prop_assert_eq!(mask(&once.text).text, once.text);
    }

    #[test]
    fn any_digits_are_judged_without_a_panic(digits in prop::collection::vec(0_u8..10, 0..40)) {
        is_card(&digits);
    }
}
