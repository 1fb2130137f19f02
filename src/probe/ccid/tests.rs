use super::*;
use crate::probe::descriptor::{Configuration, Problem};
use crate::probe::shake::{CONFIGURATION, cut_and_flip, fuzz, hex, samples};

const TELLING: [&str; 4] = [
    "36210001000703000000a00f0000a00f000000002a000090d0030000f70000000000000000000000300001000f010000000000000001",
    "36ff0001000103000000dc050000dc05000000c00f00001bb7000000fe0000000000000000000000300201000f010000000000000001",
    "36210010000703000000a00f0000401f0000005827000090d0030000fe0000000700000000000000300001000a140000ffff00000301",
    "36211001000103000200660e0000660e000000012a00002940050000000400000000000000000000be0404000a040000ffff00000001",
];

/// Reads whatever can be read.
fn look(bytes: &[u8]) {
    match Ccid::new(bytes) {
        Ok(ccid) => {
            assert!(bytes.len() >= 54 && bytes[0] == 54 && matches!(bytes[1], 0x21 | 0xff));
            assert!((1..=256).contains(&ccid.slots()));
            assert_eq!(
                ccid.features().count() as u32,
                (ccid.dw_features() & 0x10_0ffe).count_ones()
            );
            assert_eq!(ccid.lcd().is_none(), bytes[50..52] == [0, 0]);
            let told: Vec<Oddity> = ccid.oddities().collect();
            let unknown = ccid.dw_features() & !0x17_0ffe;
            let named = Oddity::UnknownBits("dwFeatures", unknown);
            assert_eq!(told.contains(&named), unknown != 0);
            let _ = (ccid.exchange_level(), ccid.release(), format!("{ccid:?}"));
            let _ = (ccid.voltages().count(), ccid.protocols().count(), ccid.pin().count());
            let _ = (ccid.synchronous().count(), ccid.mechanical().count());
        }
        Err(Problem::Truncated { at: 0, found, expected: 54 }) => {
            assert!(found == bytes.len() && found < 54);
        }
        Err(Problem::Length { at: 0, found, expected: 54 }) => assert_ne!(found, 54),
        Err(Problem::Type { at: 0, found, expected: 0x21 }) => {
            assert!(found != 0x21 && found != 0xff);
        }
        Err(problem) => panic!("{problem:?}"),
    }
    if let Ok(configuration) = Configuration::new(bytes) {
        for (interface, ccid) in readers(&configuration) {
            assert!(matches!(interface.b_interface_class(), 0x0b | 0xff));
            assert!(bytes.windows(54).any(|w| Ccid::new(w) == Ok(ccid)));
        }
    }
}

/// The fields of a sample, by the names of its columns.
fn number(ccid: &Ccid, name: &str) -> u32 {
    match name {
        "bcdCCID" => ccid.bcd_ccid().into(),
        "bMaxSlotIndex" => ccid.b_max_slot_index().into(),
        "bVoltageSupport" => ccid.b_voltage_support().into(),
        "dwProtocols" => ccid.dw_protocols(),
        "dwDefaultClock_kHz" => ccid.dw_default_clock(),
        "dwMaximumClock_kHz" => ccid.dw_maximum_clock(),
        "bNumClockSupported" => ccid.b_num_clock_supported().into(),
        "dwDataRate_bps" => ccid.dw_data_rate(),
        "dwMaxDataRate_bps" => ccid.dw_max_data_rate(),
        "bNumDataRatesSupported" => ccid.b_num_data_rates_supported().into(),
        "dwMaxIFSD" => ccid.dw_max_ifsd(),
        "dwSynchProtocols" => ccid.dw_synch_protocols(),
        "dwMechanical" => ccid.dw_mechanical(),
        "dwFeatures" => ccid.dw_features(),
        "dwMaxCCIDMessageLength" => ccid.dw_max_ccid_message_length(),
        "bClassGetResponse" => ccid.b_class_get_response().into(),
        "bClassEnvelope" => ccid.b_class_envelope().into(),
        "wLcdLayout" => ccid.w_lcd_layout().into(),
        "bPINSupport" => ccid.b_pin_support().into(),
        "bMaxCCIDBusySlots" => ccid.b_max_ccid_busy_slots().into(),
        "ccid_bDescriptorType" => ccid.b_descriptor_type().into(),
        other => panic!("{other} is no field"),
    }
}

/// Field, offset and size in bytes, as the specification has them.
const FIELDS: [(&str, usize, usize); 21] = [
    ("ccid_bDescriptorType", 1, 1),
    ("bcdCCID", 2, 2),
    ("bMaxSlotIndex", 4, 1),
    ("bVoltageSupport", 5, 1),
    ("dwProtocols", 6, 4),
    ("dwDefaultClock_kHz", 10, 4),
    ("dwMaximumClock_kHz", 14, 4),
    ("bNumClockSupported", 18, 1),
    ("dwDataRate_bps", 19, 4),
    ("dwMaxDataRate_bps", 23, 4),
    ("bNumDataRatesSupported", 27, 1),
    ("dwMaxIFSD", 28, 4),
    ("dwSynchProtocols", 32, 4),
    ("dwMechanical", 36, 4),
    ("dwFeatures", 40, 4),
    ("dwMaxCCIDMessageLength", 44, 4),
    ("bClassGetResponse", 48, 1),
    ("bClassEnvelope", 49, 1),
    ("wLcdLayout", 50, 2),
    ("bPINSupport", 52, 1),
    ("bMaxCCIDBusySlots", 53, 1),
];

#[test]
fn every_field_stands_at_its_offset() {
    // No two bytes are alike, which real readers do not manage.
    let mut bytes: Vec<u8> = (0..54).map(|at| at + 100).collect();
    bytes[..2].copy_from_slice(&[54, 0x21]);
    let ccid = Ccid::new(&bytes).expect("a reader");
    for (name, at, size) in FIELDS {
        let own = bytes[at..at + size].iter().rev();
        let expected = own.fold(0, |sum, byte| sum * 256 + u32::from(*byte));
        assert_eq!(number(&ccid, name), expected, "{name}");
    }
}

#[test]
fn every_real_reader_is_read_as_others_have_read_it() {
    for sample in samples() {
        let (bytes, name) = (sample.bytes(), sample.cell("file"));
        let ccid = Ccid::new(&bytes).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        for (field, ..) in FIELDS {
            assert_eq!(number(&ccid, field), sample.number(field), "{name}: {field}");
        }
        let level = match sample.cell("exchange_level") {
            "character" => ExchangeLevel::Character,
            "tpdu" => ExchangeLevel::Tpdu,
            "short_apdu" => ExchangeLevel::ShortApdu,
            "extended_apdu" => ExchangeLevel::ExtendedApdu,
            other => panic!("{other}"),
        };
        assert_eq!(ccid.exchange_level(), level, "{name}");
    }
}

#[test]
fn few_real_readers_are_odd() {
    let mut odd = Vec::new();
    for sample in samples() {
        let bytes = sample.bytes();
        let ccid = Ccid::new(&bytes).expect("a reader");
        odd.extend(ccid.oddities().map(|oddity| (sample.cell("file"), oddity)));
    }
    let expected = [
        ("ELYCTIS_CL_reader.txt", Oddity::UnknownBits("dwProtocols", 0x2_0000)),
        ("Gem_e-SealPro.txt", Oddity::VendorType),
        ("ReinerSCT_cyberJack_RFID_standard.txt", Oddity::UnknownRelease(0x1000)),
    ];
    assert_eq!(odd, expected);
}

#[test]
fn bits_have_names() {
    let mut bytes = hex(TELLING[0]);
    bytes[4] = 2;
    bytes[5] = 0x06;
    bytes[6..10].copy_from_slice(&[2, 0, 0, 0]);
    bytes[32] = 5;
    bytes[36] = 0x0a;
    bytes[40..44].copy_from_slice(&[0x02, 0x09, 0x10, 0]);
    bytes[50..52].copy_from_slice(&[16, 2]);
    bytes[52] = 1;
    let ccid = Ccid::new(&bytes).expect("a reader");
    assert_eq!(ccid.slots(), 3);
    assert!(ccid.voltages().eq([Voltage::Three, Voltage::OnePointEight]));
    assert!(ccid.protocols().eq([Protocol::T1]));
    assert!(ccid.synchronous().eq([Synchronous::TwoWire, Synchronous::I2c]));
    assert!(ccid.mechanical().eq([Mechanical::Eject, Mechanical::LockUnlock]));
    let features =
        [Feature::ParametersFromAtr, Feature::ClockStop, Feature::Token, Feature::WakeUp];
    assert!(ccid.features().eq(features));
    assert_eq!(ccid.exchange_level(), ExchangeLevel::Character);
    assert_eq!(ccid.lcd(), Some(Lcd { lines: 2, columns: 16 }));
    assert!(ccid.pin().eq([Pin::Verify]));
    assert_eq!(ccid.release(), Some(0x0100));
    assert_eq!(ccid.oddities().count(), 0);
}

#[test]
fn what_the_specification_does_not_know_is_told() {
    let mut bytes = hex(TELLING[0]);
    bytes[2..4].copy_from_slice(&[0x01, 0x10]);
    bytes[5] = 0x0f;
    bytes[9] = 0x80;
    bytes[32] = 0x18;
    bytes[36] = 0x10;
    bytes[40..44].copy_from_slice(&[0x01, 0x10, 0x06, 0x80]);
    bytes[52] = 0x84;
    let ccid = Ccid::new(&bytes).expect("a reader");
    assert_eq!(ccid.release(), Some(0x0110));
    assert_eq!(ccid.exchange_level(), ExchangeLevel::Several);
    let told = [
        Oddity::SwappedRelease,
        Oddity::UnknownBits("bVoltageSupport", 0x08),
        Oddity::UnknownBits("dwProtocols", 0x8000_0000),
        Oddity::UnknownBits("dwSynchProtocols", 0x18),
        Oddity::UnknownBits("dwMechanical", 0x10),
        Oddity::UnknownBits("dwFeatures", 0x8000_1001),
        Oddity::SeveralLevels(0x6_0000),
        Oddity::UnknownBits("bPINSupport", 0x84),
    ];
    assert_eq!(ccid.oddities().collect::<Vec<_>>(), told);
}

#[test]
fn a_reader_is_found_before_and_behind_its_endpoints() {
    let golden = hex(CONFIGURATION);
    let classes = |bytes: &[u8]| -> Vec<(u8, u8)> {
        let configuration = Configuration::new(bytes).expect("a configuration");
        let found = readers(&configuration);
        found.map(|(i, _)| (i.b_interface_number(), i.b_interface_class())).collect()
    };
    assert_eq!(classes(&golden), [(0, 0x0b)]);
    let (head, own, ends) = (&golden[..18], &golden[18..72], &golden[72..]);
    assert_eq!(classes(&[head, ends, own].concat()), [(0, 0x0b)]);
    let mut hidden = golden.clone();
    hidden[14] = 0xff;
    assert_eq!(classes(&hidden), [(0, 0xff)]);
    // With a keyboard, 54 bytes of this type are a report list.
    hidden[14] = 0x03;
    assert_eq!(classes(&hidden), []);
    // An interface that cannot be read owns what follows it.
    let mut broken = golden.clone();
    broken[2] += 5;
    broken.splice(18..18, [5, 4, 1, 0, 0]);
    assert_eq!(classes(&broken), []);
    // Two interfaces, each with its own.
    let mut second = golden[9..].to_vec();
    second[2] = 1;
    let mut two = [golden, second].concat();
    two[2] = two.len() as u8;
    assert_eq!(classes(&two), [(0, 0x0b), (1, 0x0b)]);
}

#[test]
fn any_bytes_can_be_looked_at() {
    for digits in TELLING.iter().chain(&[CONFIGURATION]) {
        cut_and_flip(&hex(digits), look);
    }
    let mut good: Vec<Vec<u8>> = samples().iter().map(|s| s.bytes()).collect();
    good.push(hex(CONFIGURATION));
    fuzz(&good, 100, look);
    fuzz(&good[156..], 100, look);
}
