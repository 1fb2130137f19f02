use super::grams::Grams;
use super::normal::{Script, codes, fold_ocr, normal};
use rulebase::Lookup;

fn script() -> Script {
    Script::new(&Lookup {
        readings: vec![('卡', "ka".into()), ('失', "shi".into()), ('败', "bai".into())],
        traditional: vec![('敗', '败')],
        ..Lookup::default()
    })
}

#[test]
fn width_case_and_traditional_characters_do_not_matter() {
    assert_eq!(normal("ＣＡＲＤ  Ｅｒｒｏｒ！", &script()), "card error");
    assert_eq!(normal("【卡 失敗】", &script()), "卡失败");
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
fn the_same_pairs_are_alike() {
    let (a, b) = (Grams::of("remove card"), Grams::of("remvoe card"));
    assert!(a.dice(&b) > 0.6 && a.dice(&b) < 1.0);
    assert_eq!(a.dice(&Grams::of("remove card")), 1.0);
    assert_eq!(Grams::of("").dice(&Grams::of("")), 0.0);
}
