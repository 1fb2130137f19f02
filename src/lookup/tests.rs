use super::grams::Postings;
use super::normal::{Script, codes, fold_ocr, normal, unfolded};
use rulebase::Lookup;

fn script() -> Script {
    Script::new(&Lookup {
        readings: "bai败ka卡shi失".into(),
        traditional: "败敗 为為爲".into(),
        ..Lookup::default()
    })
}

#[test]
fn width_case_and_traditional_characters_do_not_matter() {
    assert_eq!(normal("ＣＡＲＤ  Ｅｒｒｏｒ！", &script()), "card error");
    assert_eq!(normal("【卡 失敗】", &script()), "卡失败");
    assert_eq!(normal("為爲为", &script()), "为为为");
    assert_eq!(normal("Can't read", &script()), "cant read");
}

#[test]
fn nothing_but_signs_is_nothing() {
    for empty in ["", "   ", "💳🔥", "\u{202e}\u{0007}", "<>&\"", "…—！"] {
        assert_eq!(normal(empty, &script()), "", "{empty:?}");
    }
}

#[test]
fn characters_are_spelled_whole_and_by_first_letters() {
    assert_eq!(script().spelled("卡失败"), ("kashibai".into(), "ksb".into()));
    assert_eq!(script().spelled("card"), Default::default());
}

#[test]
fn two_characters_by_themselves_are_a_code() {
    assert_eq!(codes("代码05"), ["05"]);
    assert_eq!(codes("code z1"), ["z1"]);
    assert_eq!(codes("card stuck"), Vec::<String>::new());
    assert_eq!(codes("it is 2025"), Vec::<String>::new());
    assert_eq!(fold_ocr("o5"), fold_ocr("05"));
}

#[test]
fn digits_among_letters_are_read_as_letters() {
    assert_eq!(unfolded("c0nnect10n"), ["connectlon", "connection"]);
    assert_eq!(unfolded("code 05"), Vec::<String>::new());
}

#[test]
fn the_same_pairs_are_alike() {
    let texts = ["remove card", "insert card", "", "卡失败"];
    let postings = Postings::of(texts.into_iter());
    let typo = postings.shared("remvoe card");
    assert!(typo.dice(0) > 0.6 && typo.dice(0) < 1.0 && typo.dice(1) < typo.dice(0));
    assert!(!typo.any(2) && !typo.any(3));
    let same = postings.shared("remove card");
    assert_eq!((same.dice(0), same.covered(0), same.covers(0)), (1.0, 1.0, true));
    assert_eq!(postings.shared("").dice(2), 0.0);
}
