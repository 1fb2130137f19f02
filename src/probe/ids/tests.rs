use super::*;
use crate::probe::shake::{Random, cut_and_flip, fuzz, names, rounds};
use std::collections::BTreeMap;

const FEW: [(u16, u16, &str); 5] = [
    (0x072f, 0x90cc, "ACR38"),
    (0x04e6, 0xffff, "last"),
    (0x072f, 0x0000, "first"),
    (0xffff, 0x0100, "读卡器"),
    (0x072f, 0x90cb, "before"),
];

#[test]
fn every_name_goes_round() {
    let all = names();
    assert_eq!(all.len(), 864);
    let bytes = compile(&all);
    let table = Names::new(&bytes).expect("a table");
    let known: BTreeMap<(u16, u16), &str> = all.iter().map(|(v, p, n)| ((*v, *p), *n)).collect();
    assert_eq!(known.len(), 864);
    for (vendor, product, _) in &all {
        // Neighbours too, which are mostly nobody.
        for (v, p) in [(0, 0), (0, 1), (1, 0), (0, u16::MAX), (u16::MAX, 0)] {
            let (v, p) = (vendor.wrapping_add(v), product.wrapping_add(p));
            assert_eq!(table.name(v, p), known.get(&(v, p)).copied(), "{v:04x}:{p:04x}");
        }
    }
    assert_eq!(table.name(0x072f, 0x2200), Some("ACR122U"));
}

#[test]
fn order_and_repeats_do_not_matter() {
    let bytes = compile(&FEW);
    let mut sorted = FEW;
    sorted.sort();
    assert_eq!(compile(&sorted), bytes);
    let again = [&FEW[..], &[(0x072f, 0x90cc, "another"), (0x04e6, 1, "")]].concat();
    assert_eq!(compile(&again), bytes);
    let table = Names::new(&bytes).expect("a table");
    for (vendor, product, name) in FEW {
        assert_eq!(table.name(vendor, product), Some(name));
    }
    assert_eq!(table.name(0x04e6, 1), None);
    let lines = compile(&[(1, 1, "two\nlines"), (1, 2, "b")]);
    let table = Names::new(&lines).expect("a table");
    assert_eq!((table.name(1, 1), table.name(1, 2)), (Some("two lines"), Some("b")));
}

#[test]
fn an_empty_table_knows_nothing() {
    let bytes = compile(&[]);
    assert_eq!(bytes, [0, 0, 0, 0]);
    assert_eq!(Names::new(&bytes).expect("a table").name(0, 0), None);
}

#[test]
fn a_vendor_may_have_all_products() {
    let all: Vec<(u16, u16, &str)> = (0..=u16::MAX).map(|product| (7, product, "x")).collect();
    let bytes = compile(&all);
    let table = Names::new(&bytes).expect("a table");
    assert_eq!(
        (table.name(7, 0), table.name(7, 65535), table.name(8, 0)),
        (Some("x"), Some("x"), None)
    );
}

#[test]
fn bytes_that_are_no_table_are_refused() {
    for bytes in [&[][..], &[1], &[1, 0, 0, 0], &[255; 4], &[1, 0, 0, 0, 0, 1, 0, 0, 0]] {
        assert!(Names::new(bytes).is_none(), "{bytes:?}");
    }
    assert!(Names::new(&[0, 0, 0, 0, 0xff]).is_none(), "no UTF-8");
}

fn look(bytes: &[u8]) {
    let Some(table) = Names::new(bytes) else { return };
    for (vendor, product) in [(0, 0), (0x072f, 0x90cc), (0x04e6, 0xffff), (u16::MAX, u16::MAX)] {
        let _ = table.name(vendor, product);
    }
    if let (Some(vendor), Some(product)) = (table.vendors.at(0), table.products.at(0)) {
        let _ = table.name(vendor, product);
    }
}

#[test]
fn any_bytes_can_be_looked_up() {
    let good = compile(&FEW);
    cut_and_flip(&good, look);
    fuzz(&[good], 60, look);
    let real = compile(&names());
    let table = Names::new(&real).expect("a table");
    let known: BTreeMap<(u16, u16), &str> =
        names().iter().map(|(v, p, n)| ((*v, *p), *n)).collect();
    let vendors: Vec<u16> = names().iter().map(|(vendor, ..)| *vendor).collect();
    let mut random = Random::new(3);
    for _ in 0..rounds() {
        let vendor = vendors[random.below(vendors.len())];
        let product = random.next() as u16 & 0x0fff;
        assert_eq!(table.name(vendor, product), known.get(&(vendor, product)).copied());
    }
}
