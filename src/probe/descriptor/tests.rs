use super::*;
use crate::probe::shake::{CONFIGURATION, DEVICE, cut_and_flip, fuzz, hex};

/// Reads whatever can be read. What the walk says is held against a walk of its own kind.
fn look(bytes: &[u8]) {
    match Device::new(bytes) {
        Ok(device) => {
            assert!(bytes.len() >= 18 && bytes[0] >= 18 && bytes[1] == 1);
            assert_eq!(device.id_vendor(), u16::from(bytes[8]) + 256 * u16::from(bytes[9]));
            let _ = (format!("{device:?}"), device.speed(), device.b_num_configurations());
        }
        Err(problem) => assert!(found_and_expected_differ(problem), "{problem:?}"),
    }
    let configuration = match Configuration::new(bytes) {
        Ok(configuration) => configuration,
        Err(problem) => {
            assert!(bytes.len() < 9 || bytes[0] < 9 || bytes[1] != 2);
            return assert!(found_and_expected_differ(problem), "{problem:?}");
        }
    };
    assert!(configuration.max_power_milliamps(Speed::Super) <= 2040);
    let mut walk = configuration.descriptors();
    let told: Vec<_> = walk.by_ref().collect();
    assert!(walk.next().is_none(), "it ends once");
    let total = usize::from(bytes[2]) + 256 * usize::from(bytes[3]);
    let mut at = usize::from(bytes[0]);
    for (i, one) in told.iter().enumerate() {
        let last = i + 1 == told.len();
        let length = bytes.get(at).copied().map_or(0, usize::from);
        match one {
            Ok(Descriptor::Interface(_)) => assert!(length >= 9 && bytes[at + 1] == 4),
            Ok(Descriptor::Endpoint(endpoint)) => {
                assert!(length >= 7 && bytes[at + 1] == 5);
                assert!(endpoint.max_packet_bytes() < 2048 && endpoint.number() < 16);
                let _ = (endpoint.direction(), endpoint.transfer());
            }
            Ok(Descriptor::Other(other)) => {
                assert_eq!(other.bytes(), &bytes[at..at + length]);
                assert_eq!(other.b_descriptor_type(), bytes[at + 1]);
            }
            Err(problem) => {
                assert!(found_and_expected_differ(*problem), "{problem:?}");
                match *problem {
                    Problem::Length { at: told, found, .. } => {
                        assert_eq!((told, found), (at, length));
                    }
                    Problem::ZeroLength { at: told, .. } => assert!(last && told == at),
                    Problem::Truncated { at: told, .. } => {
                        assert!(last && told == at && at < total && bytes.len() < total);
                    }
                    Problem::Overrun { .. } => assert!(last),
                    Problem::Type { .. } => panic!("nothing of one type was asked for"),
                }
            }
        }
        at += length;
    }
    if told.last().is_none_or(|one| !ends(one)) {
        assert_eq!(at, total, "without an end that is told, all was walked through");
    }
}

fn ends(one: &Result<Descriptor, Problem>) -> bool {
    !matches!(one, Ok(_) | Err(Problem::Length { .. }))
}

fn found_and_expected_differ(problem: Problem) -> bool {
    let (Problem::ZeroLength { found, expected, .. }
    | Problem::Length { found, expected, .. }
    | Problem::Type { found, expected, .. }
    | Problem::Truncated { found, expected, .. }
    | Problem::Overrun { found, expected, .. }) = problem;
    found != expected
}

/// A configuration of these bytes, with a wTotalLength of `total`.
fn configuration(total: u16, rest: &[u8]) -> Vec<u8> {
    let [low, high] = total.to_le_bytes();
    [&[9, 2, low, high, 1, 1, 0, 0x80, 50], rest].concat()
}

fn told(bytes: &[u8]) -> Vec<Result<u8, Problem>> {
    let kind = |descriptor| match descriptor {
        Descriptor::Interface(_) => 4,
        Descriptor::Endpoint(_) => 5,
        Descriptor::Other(other) => other.b_descriptor_type(),
    };
    let configuration = Configuration::new(bytes).expect("a configuration");
    configuration.descriptors().map(|one| one.map(kind)).collect()
}

#[test]
fn a_device_is_read_field_by_field() {
    let bytes = hex(DEVICE);
    let device = Device::new(&bytes).expect("a device");
    assert_eq!(device.bcd_usb(), 0x0110);
    let class = (device.b_device_class(), device.b_device_sub_class(), device.b_device_protocol());
    assert_eq!(class, (0, 0, 0));
    assert_eq!(device.b_max_packet_size_0(), 64);
    assert_eq!((device.id_vendor(), device.id_product()), (0x08e6, 0x4433));
    assert_eq!(device.bcd_device(), 0x0000);
    assert_eq!((device.i_manufacturer(), device.i_product(), device.i_serial_number()), (1, 2, 3));
    assert_eq!(device.b_num_configurations(), 1);
    assert_eq!(device.speed(), Speed::UpToHigh);
    let mut faster = bytes.clone();
    faster[2..4].copy_from_slice(&[0x20, 0x03]);
    assert_eq!(Device::new(&faster).expect("a device").speed(), Speed::Super);
}

#[test]
fn a_configuration_is_read_field_by_field() {
    let bytes = hex(CONFIGURATION);
    let configuration = Configuration::new(&bytes).expect("a configuration");
    assert_eq!((configuration.b_length(), configuration.w_total_length()), (9, 93));
    assert_eq!((configuration.b_num_interfaces(), configuration.b_configuration_value()), (1, 1));
    assert_eq!((configuration.i_configuration(), configuration.bm_attributes()), (0, 0xe0));
    assert!(configuration.self_powered() && configuration.remote_wakeup());
    assert_eq!(configuration.b_max_power(), 50);
    assert_eq!(configuration.max_power_milliamps(Speed::UpToHigh), 100);
    assert_eq!(configuration.max_power_milliamps(Speed::Super), 400);

    let all: Vec<_> = configuration.descriptors().map(|d| d.expect("no problem")).collect();
    let Descriptor::Interface(interface) = all[0] else { panic!("{:?}", all[0]) };
    assert_eq!((interface.b_interface_number(), interface.b_alternate_setting()), (0, 0));
    assert_eq!((interface.b_num_endpoints(), interface.i_interface()), (3, 4));
    assert_eq!(interface.b_interface_class(), 0x0b);
    assert_eq!((interface.b_interface_sub_class(), interface.b_interface_protocol()), (0, 0));
    let Descriptor::Other(other) = all[1] else { panic!("{:?}", all[1]) };
    assert_eq!((other.bytes().len(), other.b_descriptor_type()), (54, 0x21));
    let endpoint = |at: usize| match all[at] {
        Descriptor::Endpoint(endpoint) => endpoint,
        other => panic!("{other:?}"),
    };
    let interrupt = endpoint(2);
    assert_eq!((interrupt.b_endpoint_address(), interrupt.bm_attributes()), (0x81, 3));
    assert_eq!((interrupt.number(), interrupt.direction()), (1, Direction::In));
    assert_eq!(interrupt.transfer(), Transfer::Interrupt);
    assert_eq!((interrupt.w_max_packet_size(), interrupt.b_interval()), (64, 255));
    assert_eq!((endpoint(3).transfer(), endpoint(3).direction()), (Transfer::Bulk, Direction::In));
    let out = endpoint(4);
    assert_eq!((out.number(), out.direction(), out.max_packet_bytes()), (3, Direction::Out, 64));
    assert_eq!(all.len(), 5);
}

#[test]
fn every_field_stands_at_its_offset() {
    // No two bytes are alike, which real devices do not manage.
    let numbered = |head: [u8; 2], end: u8| [&head[..], &(2..end).collect::<Vec<_>>()].concat();
    let bytes = numbered([18, 1], 18);
    let device = Device::new(&bytes).expect("a device");
    let long = [device.bcd_usb(), device.id_vendor(), device.id_product(), device.bcd_device()];
    assert_eq!(long, [0x0302, 0x0908, 0x0b0a, 0x0d0c]);
    let class = [device.b_device_class(), device.b_device_sub_class(), device.b_device_protocol()];
    assert_eq!((class, device.b_max_packet_size_0()), ([4, 5, 6], 7));
    assert_eq!((device.i_manufacturer(), device.i_product()), (14, 15));
    assert_eq!((device.i_serial_number(), device.b_num_configurations()), (16, 17));

    let bytes = configuration(27, &numbered([9, 4], 9));
    let bytes = [bytes, numbered([9, 5], 9)].concat();
    let read = Configuration::new(&bytes).expect("a configuration");
    let all: Vec<_> = read.descriptors().collect();
    let [Ok(Descriptor::Interface(interface)), Ok(Descriptor::Endpoint(endpoint))] = all[..] else {
        panic!("{all:?}");
    };
    assert_eq!((interface.b_interface_number(), interface.b_alternate_setting()), (2, 3));
    assert_eq!((interface.b_num_endpoints(), interface.b_interface_class()), (4, 5));
    assert_eq!((interface.b_interface_sub_class(), interface.b_interface_protocol()), (6, 7));
    assert_eq!(interface.i_interface(), 8);
    // An endpoint of nine bytes, as audio devices have them.
    assert_eq!((endpoint.b_endpoint_address(), endpoint.bm_attributes()), (2, 3));
    assert_eq!((endpoint.w_max_packet_size(), endpoint.b_interval()), (0x0504, 6));

    let mut bytes = numbered([9, 2], 9);
    bytes[2..4].copy_from_slice(&[9, 0]);
    let read = Configuration::new(&bytes).expect("a configuration");
    assert_eq!((read.b_num_interfaces(), read.b_configuration_value()), (4, 5));
    assert_eq!((read.i_configuration(), read.bm_attributes(), read.b_max_power()), (6, 7, 8));
    assert!(!read.self_powered() && !read.remote_wakeup());
}

#[test]
fn an_endpoint_may_send_more_than_once_a_microframe() {
    let bytes = configuration(16, &[7, 5, 0x85, 0x0d, 0x00, 0x14, 1]);
    let configuration = Configuration::new(&bytes).expect("a configuration");
    let Some(Ok(Descriptor::Endpoint(endpoint))) = configuration.descriptors().next() else {
        panic!("no endpoint");
    };
    assert_eq!((endpoint.w_max_packet_size(), endpoint.max_packet_bytes()), (0x1400, 1024));
    assert_eq!(endpoint.transfer(), Transfer::Isochronous);
}

#[test]
fn what_does_not_add_up_is_told_with_its_place() {
    // A bLength of 0 and of 1.
    for found in 0..2 {
        let bytes = configuration(14, &[2, 0x21, found, 5, 9]);
        let expected = Problem::ZeroLength { at: 11, found: found.into(), expected: 2 };
        assert_eq!(told(&bytes), [Ok(0x21), Err(expected)]);
    }
    // Too short for an endpoint; the next one is found all the same.
    let bytes = configuration(17, &[5, 5, 0, 0, 0, 3, 0x30, 0]);
    let short = Problem::Length { at: 9, found: 5, expected: 7 };
    assert_eq!(told(&bytes), [Err(short), Ok(0x30)]);
    // Cut off within a descriptor, before one, and after one byte of it.
    let bytes = configuration(18, &[9, 4, 0, 0]);
    let cut = Problem::Truncated { at: 9, found: 4, expected: 9 };
    assert_eq!(told(&bytes), [Err(cut)]);
    let cut = |found| Problem::Truncated { at: 9, found, expected: 2 };
    assert_eq!(told(&bytes[..9]), [Err(cut(0))]);
    assert_eq!(told(&bytes[..10]), [Err(cut(1))]);
    // Beyond the configuration, although there are bytes.
    let bytes = configuration(13, &[9, 4, 0, 0, 0, 11, 0, 0, 0]);
    let over = Problem::Overrun { at: 9, found: 4, expected: 9 };
    assert_eq!(told(&bytes), [Err(over)]);
    let bytes = configuration(10, &[9, 4, 0, 0, 0, 11, 0, 0, 0]);
    let over = Problem::Overrun { at: 9, found: 1, expected: 2 };
    assert_eq!(told(&bytes), [Err(over)]);
    // A configuration that is shorter than its own first descriptor.
    for total in 0..9 {
        let over = Problem::Overrun { at: 0, found: total.into(), expected: 9 };
        assert_eq!(told(&configuration(total, &[])), [Err(over)]);
    }
    // Nothing follows, and bytes behind the end are none of it.
    assert_eq!(told(&configuration(9, &[])), []);
    assert_eq!(told(&configuration(9, &[0, 0, 7])), []);
}

#[test]
fn other_kinds_and_lengths_are_refused() {
    let device = hex(DEVICE);
    let wrong = Problem::Type { at: 0, found: 1, expected: 2 };
    assert_eq!(Configuration::new(&device).err(), Some(wrong));
    let short = Problem::Length { at: 0, found: 17, expected: 18 };
    assert_eq!(Device::new(&[&[17], &device[1..]].concat()).err(), Some(short));
    for found in 0..18 {
        let cut = Problem::Truncated { at: 0, found, expected: 18 };
        assert_eq!(Device::new(&device[..found]).err(), Some(cut));
    }
}

#[test]
fn a_configuration_that_is_cut_off_says_so_at_every_length() {
    let bytes = hex(CONFIGURATION);
    for end in 9..bytes.len() {
        let last = told(&bytes[..end]).pop();
        let cut = matches!(last, Some(Err(Problem::Truncated { found, .. })) if found < 54);
        assert!(cut, "{end}: {last:?}");
    }
    assert!(told(&bytes).iter().all(Result::is_ok));
}

#[test]
fn any_bytes_can_be_looked_at() {
    let good = [hex(DEVICE), hex(CONFIGURATION)];
    good.iter().for_each(|bytes| cut_and_flip(bytes, look));
    fuzz(&good, 120, look);
    // A good head before random bytes, so that the walk begins.
    fuzz(&good[1..], 120, |bytes| {
        let total = bytes.len() as u16 + 9 - u16::from(bytes.first().copied().unwrap_or(0) & 3);
        look(&configuration(total, bytes));
    });
}
