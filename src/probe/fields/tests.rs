use super::*;
use crate::probe::shake::{CONFIGURATION, DEVICE, Random, cut_and_flip, rounds, samples};

const OF_INTERFACE: [&str; 6] = [
    "bInterfaceNumber",
    "bAlternateSetting",
    "bNumEndpoints",
    "bInterfaceClass",
    "bInterfaceSubClass",
    "bInterfaceProtocol",
];

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_real_reader_has_the_fields_of_the_sample() {
    for sample in samples() {
        let name = sample.cell("file");
        let expected = |field: &str| match field {
            "exchange_level" => Value::Word(sample.cell(field)),
            _ => Value::Number(sample.number(field)),
        };
        let alone = read(sample.cell("hex")).unwrap_or_else(|r| panic!("{name}: {r:?}"));
        assert!(alone.problems.is_empty() && alone.surplus == 0 && alone.readers.len() == 1);
        let own = &alone.readers[0].fields;
        assert_eq!(own.len(), 22);
        for (field, value) in own {
            assert_eq!(*value, expected(field), "{name}: {field}");
        }
        // The same within a configuration, before and behind the endpoints.
        let interface: Vec<u8> = OF_INTERFACE.map(|field| sample.number(field) as u8).into();
        let interface = [&[9, 4], &interface[..], &[0]].concat();
        let endpoints = [7, 5, 0x81, 3, 8, 0, 16].repeat(sample.number("bNumEndpoints") as usize);
        let ccid = sample.bytes();
        for (before, behind) in [(&ccid, &endpoints), (&endpoints, &ccid)] {
            let total = (9 + 9 + before.len() + behind.len()) as u8;
            let head = vec![9, 2, total, 0, 1, 1, 0, 0x80, 50];
            let whole = [&head, &interface, before, behind].map(|part| digits(part)).concat();
            let reading = read(&whole).expect("a configuration");
            assert_eq!((reading.problems.len(), reading.surplus), (0, 0), "{name}");
            let [reader] = &reading.readers[..] else { panic!("{name}: {reading:?}") };
            for (at, field) in OF_INTERFACE.iter().enumerate() {
                assert_eq!(reader.fields[at], (*field, expected(field)), "{name}");
            }
            assert_eq!(reader.fields[OF_INTERFACE.len()..], own[..]);
            assert_eq!(reader.oddities, alone.readers[0].oddities);
        }
    }
}

#[test]
fn a_whole_configuration_is_read() {
    let reading = read(CONFIGURATION).expect("a configuration");
    let [reader] = &reading.readers[..] else { panic!("{reading:?}") };
    assert_eq!(reader.fields.len(), 28);
    assert_eq!(reader.fields[3], ("bInterfaceClass", Value::Number(11)));
    assert_eq!(reader.fields[6], ("bcdCCID", Value::Number(0x0110)));
    assert_eq!(reader.fields[27], ("exchange_level", Value::Word("tpdu")));
    assert_eq!(read(&CONFIGURATION.to_uppercase()), Ok(reading));
}

#[test]
fn a_configuration_without_a_reader_has_none() {
    let keyboard = CONFIGURATION.replace("030b0000", "03030000");
    let reading = read(&keyboard).expect("a configuration");
    assert!(reading.readers.is_empty() && reading.problems.is_empty());
    let cut = read(&CONFIGURATION[..100]).expect("a configuration");
    let problem = Problem::Truncated { at: 18, found: 32, expected: 54 };
    assert_eq!((cut.readers.len(), cut.problems), (0, vec![problem]));
}

#[test]
fn what_is_behind_is_told() {
    let ccid = &CONFIGURATION[36..144];
    assert_eq!(read(&format!("{ccid}0705")).expect("a reader").surplus, 2);
    let reading = read(&format!("{CONFIGURATION}00")).expect("a configuration");
    assert_eq!((reading.surplus, reading.problems.len()), (1, 0));
}

#[test]
fn what_is_no_hex_is_refused_with_its_place() {
    let character = |column, found| Err(Refusal::Character { column, found });
    assert_eq!(read(""), Err(Refusal::Empty));
    assert_eq!(read("36 21"), character(3, ' '));
    assert_eq!(read(" 3621"), character(1, ' '));
    assert_eq!(read("3621\n"), character(5, '\n'));
    assert_eq!(read("0x36"), character(2, 'x'));
    assert_eq!(read("36:21"), character(3, ':'));
    assert_eq!(read("３６"), character(1, '３'));
    assert_eq!(read("读g"), character(1, '读'));
    assert_eq!(read("362"), Err(Refusal::HalfByte { digits: 3 }));
    assert_eq!(read("3"), Err(Refusal::HalfByte { digits: 1 }));
    assert_eq!(read(DEVICE), Err(Refusal::Kind { found: 1 }));
    let broken = |problem| Err(Refusal::Broken(problem));
    assert_eq!(read("36"), broken(Problem::Truncated { at: 0, found: 1, expected: 54 }));
    assert_eq!(read("0921"), broken(Problem::Length { at: 0, found: 9, expected: 54 }));
    assert_eq!(read("0902"), broken(Problem::Truncated { at: 0, found: 2, expected: 9 }));
}

#[test]
fn a_reader_that_is_cut_off_is_refused_at_every_length() {
    let ccid = &CONFIGURATION[36..144];
    for end in 1..ccid.len() {
        let refused = read(&ccid[..end]);
        match end % 2 {
            1 => assert_eq!(refused, Err(Refusal::HalfByte { digits: end })),
            _ => {
                let problem = Problem::Truncated { at: 0, found: end / 2, expected: 54 };
                assert_eq!(refused, Err(Refusal::Broken(problem)));
            }
        }
    }
}

#[test]
fn any_text_can_be_read() {
    for good in [&CONFIGURATION[36..144], CONFIGURATION] {
        // Each character as each other one of the first 256.
        let chars: Vec<u8> = good.bytes().collect();
        cut_and_flip(&chars, |latin| {
            let text: String = latin.iter().map(|byte| char::from(*byte)).collect();
            let known = text.chars().all(|c| c.is_ascii_hexdigit());
            let refused = matches!(read(&text), Err(Refusal::Character { .. }));
            assert_eq!(refused, !known, "{text:?}");
        });
    }
    let good: Vec<Vec<u8>> = samples().iter().map(|sample| sample.bytes()).collect();
    let mut random = Random::new(5);
    for round in 0..rounds() {
        let _ = match round % 3 {
            0 => read(&digits(&random.bytes(100))),
            1 => {
                let sample = &good[random.below(good.len())];
                read(&digits(&random.shaken(sample)))
            }
            _ => read(&String::from_utf8_lossy(&random.bytes(100))),
        };
    }
}
