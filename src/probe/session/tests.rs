use super::*;
use crate::probe::wire::{Alternate, Answer, Interface};

const GOLDEN_DEVICE: &str = "1201100100000040e6083344000001020301";
const GOLDEN_CONFIGURATION: &str = concat!(
    "09025d00010100e03209040000030b000004",
    "36211001000701000000a00f000000000100008025000000c2010000fe0000000000000000000000fe04010012000100ffff00000101",
    "070581034000ff0705820240000007050302400000"
);

fn known() -> Option<&'static Known> {
    static KNOWN: std::sync::LazyLock<Known> = std::sync::LazyLock::new(table);
    Some(&KNOWN)
}

fn table() -> Known {
    Known { makers: vec![(0x0403, Makes::Bridge), (0x0e8d, Makes::Computer)], ..Known::default() }
}

fn reader(serial: Option<&str>) -> Device {
    let alternate = Alternate { class: 0x0b, endpoints: 3, ..Alternate::default() };
    Device {
        key: format!("08e6:4433:{}", serial.unwrap_or_default()),
        vendor: 0x08e6,
        product: 0x4433,
        maker: Some("Gemalto".into()),
        model: Some("Reader".into()),
        serial: serial.map(str::to_string),
        configured: true,
        interfaces: vec![Interface { number: 0, alternates: vec![alternate] }],
        ..Device::default()
    }
}

/// A port that was listened to as long as was ordered.
fn end(count: u32) -> Heard {
    let key = "p".to_string();
    Heard::SerialEnd(SerialEnd { key, count, closed: true, whole: true, lost: false })
}

fn on(system: System) -> Session {
    let mut session = Session::default();
    let gates = Gates {
        secure: true,
        usb: true,
        serial: true,
        usb_allowed: true,
        serial_allowed: true,
        system,
        ..Gates::default()
    };
    assert_eq!(
        session.hear(Heard::Gates(gates), known(), 0),
        [Order::KnownUsb, Order::KnownSerial]
    );
    session
}

fn with_reader(serial: Option<&str>) -> Session {
    let mut session = on(System::Linux);
    session.press("pick-usb", known(), 0);
    session.hear(Heard::UsbPicked { device: reader(serial) }, known(), 0);
    session
}

fn gone(session: &mut Session, now: u64) {
    let key = session.device.as_ref().expect("chosen").key.clone();
    session.hear(Heard::Gone { kind: Kind::Usb, key }, known(), now);
}

fn back(session: &mut Session, now: u64) {
    let device = session.device.clone();
    let key = device.as_ref().expect("chosen").key.clone();
    session.hear(Heard::Back { kind: Kind::Usb, key, device }, known(), now);
}

/// Through the proof, up to the first part.
fn proved(session: &mut Session) {
    session.press("cable-start", known(), 0);
    gone(session, 5_000);
    back(session, 9_000);
    assert_eq!(session.cable.stage, cable::Stage::Ready(0));
}

/// One part, with breaks so many milliseconds after its beginning.
fn part(session: &mut Session, begins: u64, breaks: &[u64]) {
    session.press("cable-next", known(), begins);
    for at in breaks {
        gone(session, begins + at);
        back(session, begins + at + 500);
    }
    session.press("wake", known(), begins + cable::PART);
}

#[test]
fn nothing_is_opened_before_something_was_chosen() {
    let mut session = on(System::Linux);
    for id in ["ask-device", "serial-yes", "cable-next", "change-gone", "use-usb-0", "nonsense"] {
        assert_eq!(session.press(id, known(), 0), [], "{id}");
    }
    assert_eq!(session.seen(), []);
}

#[test]
fn a_chosen_reader_is_asked_what_it_is_but_not_on_windows() {
    let picked = Heard::UsbPicked { device: reader(None) };
    let key = reader(None).key;
    let asked = on(System::Linux).hear(picked.clone(), known(), 0);
    assert_eq!(asked, [Order::ReadUsb { key: key.clone() }]);
    let mut windows = on(System::Windows);
    assert_eq!(windows.hear(picked, known(), 0), []);
    assert_eq!(windows.press("ask-device", known(), 0), [Order::ReadUsb { key }]);
}

#[test]
fn what_a_reader_answers_shows_that_it_is_alive_and_complete() {
    let mut session = with_reader(None);
    let answer =
        |what: &str, hex: &str| Answer { what: what.into(), status: "ok".into(), hex: hex.into() };
    let read = Read {
        key: reader(None).key,
        opened: true,
        answers: vec![
            answer("device", GOLDEN_DEVICE),
            answer("configuration", GOLDEN_CONFIGURATION),
            answer("status", "0100"),
        ],
        ..Read::default()
    };
    session.hear(Heard::UsbRead(read), known(), 0);
    for what in [
        Observed::DevicePicked,
        Observed::ClassSmartCard,
        Observed::UsbOpened,
        Observed::DescriptorAnswered,
        Observed::CcidComplete,
    ] {
        assert!(session.seen().contains(&what), "{what:?}");
    }
    assert_eq!(session.milliamps(), Some(100));
    // It says that it has its own power; somebody says that its adapter is not there.
    session.take("power-adapter", "no");
    assert!(session.seen().contains(&Observed::SelfPoweredNoAdapter));
}

#[test]
fn the_same_refusal_means_another_thing_on_every_system() {
    let read = |session: &mut Session| {
        let failed = Some(Failure {
            call: "open".into(),
            name: "SecurityError".into(),
            message: "Access denied.".into(),
        });
        let read = Read { key: reader(None).key, failed, ..Read::default() };
        session.hear(Heard::UsbRead(read), known(), 0);
    };
    for (system, what) in [
        (System::Windows, Some(Observed::OpenDeniedWindows)),
        (System::Linux, Some(Observed::OpenDeniedLinux)),
        (System::Android, Some(Observed::OpenDeniedAndroid)),
        (System::Macos, Some(Observed::OpenDeniedMacos)),
        (System::Chromeos, None),
    ] {
        let mut session = on(system);
        session.hear(Heard::UsbPicked { device: reader(None) }, known(), 0);
        read(&mut session);
        let denied: Vec<Observed> =
            session.seen().iter().copied().filter(|o| ASKED.contains(o)).collect();
        assert_eq!(denied, what.into_iter().collect::<Vec<_>>(), "{system:?}");
        assert_eq!(session.failures.len(), 1);
    }
}

#[test]
fn a_closed_list_is_no_evidence_and_asks_how_it_looked() {
    let mut session = on(System::Linux);
    let failed = |call: &str| Heard::Failed {
        call: call.into(),
        kind: Kind::Usb,
        name: "NotFoundError".into(),
        message: "No device selected.".into(),
    };
    session.press("pick-usb", known(), 0);
    session.hear(failed("requestDevice"), known(), 0);
    assert_eq!(session.list_how, Some(ListHow { kind: Kind::Usb, filtered: true }));
    session.press("list-without", known(), 0);
    assert!(session.all_next, "the list of all devices comes before any finding");
    assert!(!session.seen().contains(&Observed::SaidNotInList));
    session.press("pick-all", known(), 0);
    session.hear(failed("requestDevice"), known(), 0);
    session.press("list-without", known(), 0);
    assert!(session.seen().contains(&Observed::SaidNotInList));
    // Choosing after all takes it back.
    session.press("pick-usb", known(), 0);
    assert!(!session.seen().contains(&Observed::SaidNotInList));
}

#[test]
fn a_browser_that_shows_no_list_leaves_the_page_usable() {
    let mut session = on(System::Android);
    session.press("pick-usb", known(), 0);
    session.hear(Heard::Silent, known(), 8_000);
    assert!(session.choosing.is_some_and(|c| c.silent));
    session.press("see-list-no", known(), 9_000);
    assert_eq!(session.seen(), [Observed::ChooserSilent]);
    assert_eq!(session.choosing, None);
}

#[test]
fn a_plug_that_moves_at_the_reader_is_told_from_one_at_the_computer() {
    for (parts, wanted) in [
        ([&[][..], &[3_000, 9_000][..], &[][..], &[][..]], vec![Observed::DropsAtReader]),
        ([&[][..], &[][..], &[3_000][..], &[][..]], vec![Observed::DropsAtComputer]),
        ([&[][..], &[][..], &[][..], &[][..]], vec![Observed::NoDrops]),
        ([&[2_000, 8_000][..], &[][..], &[][..], &[][..]], vec![Observed::DropsWhileStill]),
    ] {
        let mut session = with_reader(Some("1"));
        proved(&mut session);
        for (at, breaks) in parts.iter().enumerate() {
            part(&mut session, 20_000 + at as u64 * 30_000, breaks);
        }
        assert_eq!(session.cable.stage, cable::Stage::Done);
        let seen: Vec<Observed> =
            session.seen().iter().copied().filter(|o| cable::SHOWN[..4].contains(o)).collect();
        assert_eq!(seen, wanted);
        // The proof is the replug check too.
        assert!(session.seen().contains(&Observed::ReplugAnswered));
    }
}

#[test]
fn without_the_proof_nothing_is_counted() {
    let mut session = with_reader(Some("1"));
    session.press("cable-start", known(), 0);
    session.press("wake", known(), cable::PROOF);
    assert_eq!(session.cable.stage, cable::Stage::Failed);
    assert_eq!(session.cable.text, Some(rulebase::Probe::ProofFailed));
    session.press("cable-next", known(), cable::PROOF + 1);
    assert_eq!(session.cable.stage, cable::Stage::Failed);
}

#[test]
fn one_unplugging_seen_twice_counts_once() {
    let mut session = with_reader(Some("1"));
    proved(&mut session);
    part(&mut session, 20_000, &[]);
    session.press("cable-next", known(), 50_000);
    gone(&mut session, 52_000);
    let other = Heard::Gone { kind: Kind::Usb, key: "0403:6001:A".into() };
    session.hear(other, known(), 52_100);
    back(&mut session, 52_400);
    gone(&mut session, 52_900);
    assert_eq!(session.cable.breaks[1], Some(1));
    assert!(session.seen().contains(&Observed::EventsTogether));
}

#[test]
fn a_part_behind_another_page_begins_anew() {
    let mut session = with_reader(Some("1"));
    proved(&mut session);
    session.press("cable-next", known(), 20_000);
    gone(&mut session, 22_000);
    session.hear(Heard::Hidden, known(), 23_000);
    assert!(session.cable.paused);
    assert_eq!(session.cable.stage, cable::Stage::Ready(0));
    assert_eq!(session.cable.breaks[0], None);
}

#[test]
fn a_skipped_part_takes_nothing_from_what_another_showed() {
    let mut session = with_reader(Some("1"));
    proved(&mut session);
    part(&mut session, 20_000, &[]);
    part(&mut session, 50_000, &[4_000]);
    session.press("cable-skip", known(), 80_000);
    session.press("cable-skip", known(), 81_000);
    assert_eq!(session.cable.stage, cable::Stage::Done);
    assert!(session.seen().contains(&Observed::DropsAtReader));
    // Without the last part, that nothing broke is not known.
    let mut session = with_reader(Some("1"));
    proved(&mut session);
    (0..3).for_each(|at| part(&mut session, 20_000 + at * 30_000, &[]));
    session.press("cable-skip", known(), 120_000);
    assert_eq!(session.cable.text, Some(rulebase::Probe::ResultVoid));
    assert!(!session.seen().contains(&Observed::NoDrops));
    // All skipped is no result.
    let mut session = with_reader(Some("1"));
    proved(&mut session);
    (0..4).for_each(|_| drop(session.press("cable-skip", known(), 80_000)));
    assert_eq!(session.cable.text, Some(rulebase::Probe::ResultVoid));
}

#[test]
fn a_reader_without_a_serial_number_must_be_chosen_again_and_that_is_no_fault() {
    let mut session = with_reader(None);
    gone(&mut session, 10_000);
    session.press("wake", known(), 10_000 + CHOOSE_AGAIN);
    assert!(session.seen().contains(&Observed::NotBackNoSerialNumber));
    session.press("wake", known(), 10_000 + NOT_BACK);
    assert!(!session.seen().contains(&Observed::NotBack));
    session.press("pick-usb", known(), 50_000);
    let asked = session.hear(Heard::UsbPicked { device: reader(None) }, known(), 52_000);
    assert_eq!(asked, [], "what it is, is known");
    assert!(!session.seen().contains(&Observed::NotBackNoSerialNumber));
    assert_eq!(session.out, None);
}

#[test]
fn a_reader_that_comes_back_under_another_number_is_told() {
    let mut session = with_reader(Some("1"));
    gone(&mut session, 10_000);
    let other = Device { key: "08e6:0001:1".into(), product: 1, ..reader(Some("1")) };
    let key = other.key.clone();
    session.hear(Heard::Back { kind: Kind::Usb, key, device: Some(other) }, known(), 12_000);
    assert!(session.seen().contains(&Observed::IdChanged));
    assert_eq!(session.out, None);
}

#[test]
fn a_break_under_load_is_seen_only_within_its_time() {
    let mut session = with_reader(Some("1"));
    session.press("power-start", known(), 10_000);
    gone(&mut session, 14_000);
    assert!(session.seen().contains(&Observed::DropsUnderLoad));
    let mut session = with_reader(Some("1"));
    session.press("power-start", known(), 10_000);
    session.press("wake", known(), 10_000 + LOAD);
    assert!(session.power.stayed);
    gone(&mut session, 40_000);
    assert!(!session.seen().contains(&Observed::DropsUnderLoad));
}

#[test]
fn a_port_is_opened_only_on_a_yes_and_its_lines_mean_something_only_behind_an_adapter() {
    let listen = |vendor: u16| {
        let mut session = on(System::Linux);
        let port = Port { key: "p".into(), vendor: Some(vendor), ..Port::default() };
        session.hear(Heard::SerialPicked { port }, known(), 0);
        let orders = session.press("serial-yes", known(), 0);
        assert_eq!(orders, [Order::Listen { key: "p".into(), rate: 9_600, seconds: LISTEN }]);
        session.hear(Heard::Listening, known(), 0);
        let silent = Heard::Signals { cts: false, dsr: false, dcd: false, ri: false };
        session.hear(silent, known(), 0);
        session.hear(end(0), known(), 5_000);
        session
    };
    assert!(listen(0x0403).seen().contains(&Observed::LinesAllLow));
    assert!(!listen(0x11ca).seen().contains(&Observed::LinesAllLow));
}

#[test]
fn no_rate_but_those_of_the_list_is_ever_ordered() {
    let mut session = on(System::Linux);
    let port = Port { key: "p".into(), ..Port::default() };
    session.hear(Heard::SerialPicked { port }, known(), 0);
    for text in ["1200", "0", "-1", "", "9600; 1200", "115200"] {
        session.take("rate", text);
        assert!(RATES.contains(&session.rate), "{text}");
    }
    assert_eq!(session.rate, 115_200);
}

#[test]
fn another_device_takes_nothing_over_from_the_last_one() {
    let mut session = with_reader(Some("1"));
    proved(&mut session);
    let other = Device { key: "0e8d:0001:".into(), vendor: 0x0e8d, ..Device::default() };
    session.hear(Heard::UsbPicked { device: other }, known(), 0);
    assert!(!session.seen().contains(&Observed::ClassSmartCard));
    assert!(!session.seen().contains(&Observed::ReplugAnswered));
    assert!(session.seen().contains(&Observed::PhoneLikeDevice));
}

#[test]
fn letting_go_leaves_nothing() {
    let mut session = with_reader(Some("1"));
    let orders = session.press("let-go", known(), 0);
    assert_eq!(orders[0], Order::Stop);
    assert!(matches!(&orders[1], Order::Forget { key, .. } if key.ends_with(":1")));
    session.hear(Heard::Forgotten, known(), 0);
    assert_eq!((session.device.clone(), session.seen().len()), (None, 0));
    assert!(session.let_go && session.gates.is_some());
}

#[test]
fn what_the_script_tells_is_read_and_junk_is_not() {
    let gates = r#"{"heard":"gates","secure":true,"framed":false,"usb":true,"serial":false,
        "usbAllowed":true,"serialAllowed":true,"system":"plan9","browser":"Chromium 156"}"#;
    let Some(Heard::Gates(gates)) = Heard::read(gates) else { panic!("gates") };
    assert!(gates.may_usb() && !gates.may_serial());
    assert_eq!(gates.system, System::Other);
    let end =
        r#"{"heard":"serial-end","key":"p","lost":true,"count":7,"closed":false,"whole":false}"#;
    let wanted = SerialEnd { key: "p".into(), lost: true, count: 7, ..SerialEnd::default() };
    assert_eq!(Heard::read(end), Some(Heard::SerialEnd(wanted)));
    for junk in ["", "[]", "{}", r#"{"heard":"fire"}"#, r#"{"heard":"bytes","count":-1}"#] {
        assert_eq!(Heard::read(junk), None, "{junk}");
    }
    let filters = vec![Filter::ClassCode(11), Filter::VendorId(0x08e6)];
    assert_eq!(
        Order::PickUsb { filters }.to_json(),
        r#"{"order":"pick-usb","filters":[{"classCode":11},{"vendorId":2278}]}"#
    );
    assert_eq!(Order::Gates.to_json(), r#"{"order":"gates"}"#);
}

#[test]
fn a_press_or_a_message_out_of_turn_never_panics() {
    let ids = [
        "pick-usb",
        "pick-all",
        "pick-serial",
        "list-empty",
        "list-without",
        "list-closed",
        "see-list-no",
        "ask-device",
        "serial-yes",
        "cable-start",
        "cable-next",
        "cable-skip",
        "cable-stop",
        "replug-start",
        "power-start",
        "changed-cable",
        "change-gone",
        "wake",
        "use-usb-0",
        "use-usb-99",
        "let-go",
    ];
    let mut random = crate::probe::shake::Random::new(7);
    let mut session = with_reader(None);
    for step in 0..20_000_u64 {
        let now = step * 700;
        match random.below(8) {
            0 => gone_or_not(&mut session, now),
            1 => drop(session.hear(Heard::Hidden, known(), now)),
            2 => drop(session.hear(Heard::UsbPicked { device: reader(None) }, known(), now)),
            3 => drop(session.hear(Heard::Silent, known(), now)),
            _ => drop(session.press(ids[random.below(ids.len())], known(), now)),
        }
        assert!(session.failures.len() <= 20);
    }
}

fn gone_or_not(session: &mut Session, now: u64) {
    if session.device.is_some() {
        gone(session, now);
        back(session, now + 300);
    }
}

#[test]
fn nothing_is_counted_while_the_reader_is_away() {
    let mut session = with_reader(Some("1"));
    proved(&mut session);
    part(&mut session, 20_000, &[]);
    session.press("cable-next", known(), 50_000);
    gone(&mut session, 52_000);
    session.press("wake", known(), 70_000);
    assert_eq!(session.cable.stage, cable::Stage::Ready(2));
    session.press("cable-next", known(), 71_000);
    assert_eq!(session.cable.stage, cable::Stage::Ready(2), "it has to come back first");
    session.press("power-start", known(), 72_000);
    assert_eq!(session.power.until, None);
    back(&mut session, 73_000);
    session.press("cable-next", known(), 74_000);
    assert!(matches!(session.cable.stage, cable::Stage::Running(2, _)));
}

#[test]
fn what_comes_after_somebody_left_opens_and_changes_nothing() {
    let mut session = on(System::Linux);
    session.press("pick-usb", known(), 0);
    assert_eq!(session.leave(), [Order::Stop]);
    let picked = Heard::UsbPicked { device: reader(None) };
    assert_eq!(session.hear(picked, known(), 0), []);
    assert_eq!(session.device, None);
    // Going to another part while a port is open closes it, and its end counts for nothing.
    let mut session = on(System::Linux);
    let port = Port { key: "p".into(), ..Port::default() };
    session.hear(Heard::SerialPicked { port }, known(), 0);
    session.press("serial-yes", known(), 0);
    assert_eq!(session.pause(), [Order::Stop, Order::Watch]);
    let cut = SerialEnd { key: "p".into(), closed: true, ..SerialEnd::default() };
    session.hear(Heard::SerialEnd(cut), known(), 900);
    assert!(!session.seen().contains(&Observed::NoBytes));
}

#[test]
fn a_port_without_the_readers_number_shows_nothing_and_inherits_nothing() {
    let mut session = with_reader(Some("1"));
    let port = |key: &str, vendor, product| Heard::SerialPicked {
        port: Port { key: key.into(), vendor, product, ..Port::default() },
    };
    session.hear(port("a", None, None), known(), 0);
    assert!(!session.seen().contains(&Observed::PortListed));
    let failed = Heard::Failed {
        call: "open".into(),
        kind: Kind::Serial,
        name: "NetworkError".into(),
        message: "Failed to open serial port.".into(),
    };
    session.hear(failed, known(), 0);
    assert!(session.seen().contains(&Observed::PortOpenFailed));
    session.hear(port("b", Some(0x08e6), Some(0x4433)), known(), 0);
    assert!(!session.seen().contains(&Observed::PortOpenFailed));
    assert!(session.seen().contains(&Observed::PortListed));
}

#[test]
fn another_reader_of_the_same_kind_is_not_the_one_that_left() {
    let mut session = with_reader(Some("1"));
    gone(&mut session, 10_000);
    let asked = session.hear(Heard::UsbPicked { device: reader(Some("2")) }, known(), 20_000);
    assert_eq!(asked.len(), 1, "it is asked what it is");
    assert!(!session.seen().contains(&Observed::ReplugAnswered));
}

#[test]
fn what_changed_while_nobody_looked_is_taken_in_and_counts_as_no_break() {
    let mut session = with_reader(Some("1"));
    session.hear(Heard::UsbKnown { devices: Vec::new() }, known(), 5_000);
    assert_eq!(session.out, Some(5_000));
    session.hear(Heard::UsbKnown { devices: vec![reader(Some("1"))] }, known(), 90_000);
    assert_eq!(session.out, None);
    assert!(!session.seen().contains(&Observed::NotBack));
}

#[test]
fn without_the_list_of_devices_nothing_is_called_another_device() {
    let mut session = on(System::Linux);
    let device = Device { interfaces: Vec::new(), ..reader(None) };
    session.hear(Heard::UsbPicked { device }, None, 0);
    assert!(!session.seen().contains(&Observed::UnknownId));
    session.learn(known().expect("it came"));
    assert!(session.seen().contains(&Observed::UnknownId));
}

#[test]
fn a_swipe_stays_told_until_somebody_does_something() {
    let mut session = with_reader(None);
    session.hear(Heard::Swiped, known(), 0);
    session.press("wake", known(), 500);
    assert!(session.swiped);
    session.press("cable-start", known(), 900);
    assert!(!session.swiped);
}
