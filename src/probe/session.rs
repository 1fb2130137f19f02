//! One look at a reader: what was told, chosen and tested, for as long as the page lives. Pure: what the script
//! heard, a button and the time go in, orders for the script come out.

mod state;

pub use state::*;

use super::cable::{self, Cable};
use super::known::{Known, Makes};
use super::observe;
use super::wire::{
    Device, Failure, Filter, Gates, Heard, Kind, Order, Port, Read, SerialEnd, System,
};
use rulebase::Observed;

/// Two breaks within so many milliseconds are one, seen twice.
const ONE_BREAK: u64 = 1_500;
/// How long something that does not come back by itself is waited for.
const NOT_BACK: u64 = 30_000;
/// How long a device without a serial number is waited for before it is said that it must be chosen again.
const CHOOSE_AGAIN: u64 = 5_000;
/// How long a device is watched while it works.
pub const LOAD: u64 = 30_000;
/// How long a port is listened to, in seconds.
pub const LISTEN: u32 = 5;
/// Speeds that may be chosen, in bits per second. 1200 is not among them: many devices take it as the knock to
/// enter their boot loader.
pub const RATES: [u32; 7] = [9_600, 115_200, 57_600, 38_400, 19_200, 4_800, 2_400];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub gates: Option<Gates>,
    /// Devices and ports that the page may look at already.
    pub devices: Vec<Device>,
    pub ports: Vec<Port>,
    pub choosing: Option<Choosing>,
    pub list_how: Option<ListHow>,
    /// Which list was asked for last.
    pub asked: Kind,
    /// The list of all devices ought to be looked at next.
    pub all_next: bool,
    pub device: Option<Device>,
    pub reading: bool,
    pub read: Option<Read>,
    pub port: Option<Port>,
    pub rate: u32,
    pub line: Line,
    pub cable: Cable,
    pub replug: Replug,
    pub power: Power,
    pub changed: Option<Changed>,
    /// Since when the chosen device is gone.
    pub out: Option<u64>,
    pub swiped: bool,
    pub let_go: bool,
    pub with_serial: bool,
    /// Vendor and product before it came back under another number.
    pub was: Option<(u16, u16)>,
    /// Somebody said that no update is running.
    pub no_update: bool,
    /// Windows shows it without a warning sign.
    pub said_fine: bool,
    /// Somebody is on one of the pages: what is told to nobody is not taken in.
    here: bool,
    /// What the browser said, word for word, each once.
    pub failures: Vec<Failure>,
    last_break: Option<u64>,
    seen: Vec<Observed>,
}

impl Default for Session {
    fn default() -> Session {
        Session {
            gates: None,
            devices: Vec::new(),
            ports: Vec::new(),
            choosing: None,
            list_how: None,
            asked: Kind::Usb,
            all_next: false,
            device: None,
            reading: false,
            read: None,
            port: None,
            rate: RATES[0],
            line: Line::default(),
            cable: Cable::default(),
            replug: Replug::Idle,
            power: Power::default(),
            changed: None,
            out: None,
            swiped: false,
            let_go: false,
            with_serial: false,
            was: None,
            no_update: false,
            said_fine: false,
            here: true,
            failures: Vec::new(),
            last_break: None,
            seen: Vec::new(),
        }
    }
}

impl Session {
    /// What was observed, in the order in which it was.
    pub fn seen(&self) -> &[Observed] {
        &self.seen
    }

    pub fn system(&self) -> System {
        self.gates.as_ref().map_or(System::Other, |g| g.system)
    }

    /// What Windows' own list of devices shows: one thing at a time, taken back by saying it once more.
    fn say(&mut self, what: Option<Observed>) {
        let before = what.is_some_and(|w| self.seen.contains(&w));
        self.forget(&[Observed::SaidWarningSign, Observed::SaidDescriptorFailed]);
        self.said_fine = what.is_none() && !self.said_fine;
        what.filter(|_| !before).into_iter().for_each(|w| self.see(w));
    }

    fn see(&mut self, what: Observed) {
        if !self.seen.contains(&what) {
            self.seen.push(what);
        }
    }

    fn forget(&mut self, what: &[Observed]) {
        self.seen.retain(|s| !what.contains(s));
    }

    /// Somebody came to the reader check: what it may look at is asked for. Nothing is opened.
    pub fn enter(&mut self) -> Vec<Order> {
        self.here = true;
        vec![Order::Gates, Order::Watch]
    }

    /// Somebody left it: everything is closed, and a test that ran is void.
    pub fn leave(&mut self) -> Vec<Order> {
        self.pause();
        self.here = false;
        vec![Order::Stop]
    }

    /// Somebody went to another part of it: no port stays open, no test goes on unseen.
    pub fn pause(&mut self) -> Vec<Order> {
        self.cable.stop();
        self.power.until = None;
        self.choosing = None;
        self.swiped = false;
        self.changed = None;
        if !matches!(self.replug, Replug::Back) {
            self.replug = Replug::Idle;
        }
        match std::mem::take(&mut self.line.listening) {
            true => vec![Order::Stop, Order::Watch],
            false => Vec::new(),
        }
    }

    /// Takes in what the script told; `known` is none as long as the list of devices has not come.
    pub fn hear(&mut self, heard: Heard, known: Option<&Known>, now: u64) -> Vec<Order> {
        if !self.here {
            return Vec::new();
        }
        match heard {
            Heard::Gates(gates) => return self.gates(gates),
            Heard::UsbKnown { devices } => self.list(devices, now),
            Heard::SerialKnown { ports } => {
                if self.port.as_ref().is_some_and(|p| ports.iter().all(|o| o.key != p.key)) {
                    self.forget(&[Observed::PortListed]);
                }
                self.ports = ports;
            }
            Heard::UsbPicked { device } => return self.pick(device, known, now),
            Heard::SerialPicked { port } => self.pick_port(port),
            Heard::Silent => {
                if let Some(choosing) = &mut self.choosing {
                    choosing.silent = true;
                }
            }
            Heard::UsbRead(read) => {
                let Some(device) = self.device.clone().filter(|d| d.key == read.key) else {
                    return Vec::new();
                };
                self.reading = false;
                if let Some(failure) = &read.failed {
                    self.note(failure.clone());
                }
                let seen = observe::of_read(&read, &device, known, self.system());
                seen.into_iter().for_each(|o| self.see(o));
                self.read = Some(read);
                self.weigh_power();
            }
            Heard::Failed { call, kind, name, message } => {
                self.fail(kind, Failure { call, name, message });
            }
            Heard::Gone { kind, key } => self.gone(kind, &key, now),
            Heard::Back { kind: Kind::Usb, device: Some(device), .. } => {
                self.back(device, known, now);
            }
            Heard::Back { .. } => {}
            // What happens meanwhile may be told late.
            Heard::Hidden => {
                self.cable.hidden();
                self.power.until = None;
            }
            // Who came back may have plugged something in or out.
            Heard::Visible => return vec![Order::Gates],
            Heard::Listening => {
                self.line = Line { listening: true, ..Line::default() };
                self.see(Observed::PortOpened);
            }
            Heard::Signals { cts, dsr, dcd, ri } => {
                self.line.signals = Some([cts, dsr, dcd, ri]);
            }
            Heard::Bytes { count } => self.line.bytes = count,
            Heard::LineError { name } => {
                observe::of_line_error(&name).into_iter().for_each(|o| self.see(o));
            }
            Heard::SerialEnd(end) => self.listened(end, known),
            Heard::Forgotten => {
                let (gates, with_serial) = (self.gates.take(), self.with_serial);
                *self = Session { gates, with_serial, let_go: true, ..Session::default() };
            }
            Heard::Swiped => self.swiped = true,
        }
        Vec::new()
    }

    fn gates(&mut self, gates: Gates) -> Vec<Order> {
        let mut orders = Vec::new();
        if gates.may_usb() {
            orders.push(Order::KnownUsb);
        }
        if gates.may_serial() {
            orders.push(Order::KnownSerial);
        }
        self.forget(&[Observed::InsecureContext, Observed::NoDeviceApi, Observed::PolicyDenied]);
        observe::of_gates(&gates).into_iter().for_each(|o| self.see(o));
        self.gates = Some(gates);
        orders
    }

    /// A device was chosen. Where the system lets pages ask, it is asked what it is; on Windows only if somebody
    /// wants it, for there a healthy reader refuses.
    fn pick(&mut self, device: Device, known: Option<&Known>, now: u64) -> Vec<Order> {
        (self.choosing, self.list_how, self.let_go) = (None, None, false);
        self.forget(&LIST);
        let same = |old: &Device| {
            let of = |d: &Device| (d.vendor, d.product, d.serial.clone(), d.model.clone());
            of(old) == of(&device)
        };
        if self.device.as_ref().is_some_and(same) && self.out.is_some() {
            self.device = Some(device);
            self.return_after(now, true);
            return Vec::new();
        }
        if self.device.as_ref().map(|d| &d.key) != Some(&device.key) {
            self.begin_anew();
        }
        let seen = observe::of_device(&device, known, self.system());
        seen.into_iter().for_each(|o| self.see(o));
        let key = device.key.clone();
        self.device = Some(device);
        self.match_port();
        match self.system() {
            System::Windows => Vec::new(),
            _ => self.ask(key),
        }
    }

    fn ask(&mut self, key: String) -> Vec<Order> {
        self.reading = true;
        self.forget(&ASKED);
        vec![Order::ReadUsb { key }]
    }

    /// Another device: what was seen of the last one is not its.
    fn begin_anew(&mut self) {
        self.seen.retain(|s| LISTENED.contains(s));
        (self.was, self.no_update) = (None, false);
        (self.read, self.out, self.cable) = (None, None, Cable::default());
        (self.replug, self.power) = (Replug::Idle, Power::default());
    }

    fn pick_port(&mut self, port: Port) {
        (self.choosing, self.list_how, self.let_go) = (None, None, false);
        self.forget(&[Observed::NoPortListed, Observed::NothingPicked]);
        if self.port.as_ref().map(|p| &p.key) != Some(&port.key) {
            // What another port did says nothing of this one.
            self.forget(&LISTENED);
            self.line = Line::default();
        }
        self.port = Some(port);
        self.match_port();
    }

    /// A port shows that its device's driver works; one without a number, or of another device, shows nothing.
    fn match_port(&mut self) {
        self.forget(&[Observed::PortListed]);
        let Some(port) = &self.port else { return };
        let its = |d: &Device| (port.vendor, port.product) == (Some(d.vendor), Some(d.product));
        if port.vendor.is_some() && self.device.as_ref().is_none_or(its) {
            self.see(Observed::PortListed);
        }
    }

    /// What may be looked at now: what was chosen is among it, or it is gone. What happened while nobody looked
    /// is no break.
    fn list(&mut self, devices: Vec<Device>, now: u64) {
        if let Some(key) = self.device.as_ref().map(|d| d.key.clone()) {
            if devices.iter().any(|d| d.key == key) {
                self.out = None;
                self.forget(&[Observed::NotBack, Observed::NotBackNoSerialNumber]);
            } else {
                self.out = self.out.or(Some(now));
            }
        }
        self.devices = devices;
    }

    fn fail(&mut self, kind: Kind, failure: Failure) {
        match failure.call.as_str() {
            "requestDevice" | "requestPort" => {
                let filtered = self.choosing.is_none_or(|c| c.filtered);
                let what = observe::of_choice(&failure);
                if what == Some(Observed::NothingPicked) {
                    self.list_how = Some(ListHow { kind, filtered });
                }
                what.into_iter().for_each(|o| self.see(o));
                self.choosing = None;
            }
            _ if kind == Kind::Serial => {
                if failure.call == "open" {
                    self.line.listening = false;
                }
                observe::of_port_failure(&failure).into_iter().for_each(|o| self.see(o));
            }
            _ => {}
        }
        self.note(failure);
    }

    fn note(&mut self, failure: Failure) {
        // Nobody reads more, and a browser that fails at every call must not fill the memory.
        let ours = failure.name == "AbortError";
        if !ours && !self.failures.contains(&failure) && self.failures.len() < 20 {
            self.failures.push(failure);
        }
    }

    fn gone(&mut self, kind: Kind, key: &str, now: u64) {
        let ours = self.device.as_ref().is_some_and(|d| d.key == key);
        let fresh = self.last_break.is_none_or(|at| now.saturating_sub(at) >= ONE_BREAK);
        if kind == Kind::Serial {
            if self.port.as_ref().is_some_and(|p| p.key == key) {
                self.forget(&[Observed::PortListed]);
            }
            return;
        }
        if !ours {
            if !fresh {
                self.see(Observed::EventsTogether);
            }
            return;
        }
        self.out = Some(now);
        // It answers no more.
        self.forget(&[Observed::DescriptorAnswered, Observed::UsbOpened]);
        if !fresh {
            return;
        }
        self.last_break = Some(now);
        self.cable.gone(now);
        if matches!(self.replug, Replug::Out(_)) {
            self.replug = Replug::In;
        }
        if self.power.until.take().is_some() {
            self.see(Observed::DropsUnderLoad);
        }
    }

    fn back(&mut self, device: Device, known: Option<&Known>, now: u64) {
        let Some(ours) = self.device.clone() else { return };
        if ours.key != device.key {
            let other = self.out.is_some()
                && ours.vendor == device.vendor
                && ours.product != device.product;
            if !other {
                return;
            }
        }
        let changed = ours.product != device.product || ours.classes().ne(device.classes());
        if changed {
            // What it was says nothing of what it is now.
            self.forget(&IDENTITY);
            let seen = observe::of_device(&device, known, self.system());
            seen.into_iter().for_each(|o| self.see(o));
            self.see(Observed::IdChanged);
            (self.was, self.read) = (Some((ours.vendor, ours.product)), None);
        }
        self.device = Some(device);
        self.return_after(now, false);
        if changed {
            self.forget(&[Observed::ReplugAnswered]);
        }
    }

    /// The chosen device is there again; `chosen` by a person, or by itself.
    fn return_after(&mut self, now: u64, chosen: bool) {
        let Some(since) = self.out.take() else { return };
        self.forget(&[Observed::NotBack, Observed::NotBackNoSerialNumber]);
        self.cable.back(now.saturating_sub(since), chosen);
        if self.replug == Replug::In {
            self.replug = Replug::Back;
        }
        if self.replug == Replug::Back || self.cable.proved {
            self.see(Observed::ReplugAnswered);
        }
    }

    fn listened(&mut self, end: SerialEnd, known: Option<&Known>) {
        if self.port.as_ref().is_none_or(|p| p.key != end.key) {
            return;
        }
        let (listening, over) = (false, true);
        let signals = self.line.signals;
        self.line = Line { listening, over, closed: end.closed, bytes: end.count, signals };
        if end.lost {
            self.see(Observed::PortLost);
            return;
        }
        match end.count {
            // Silence means something only if it was listened to to the end.
            0 if end.whole => self.see(Observed::NoBytes),
            0 => {}
            _ => self.see(Observed::BytesArrived),
        }
        let makes = |p: &Port| known?.makes(p.vendor?);
        let bridge = self.port.as_ref().and_then(makes) == Some(Makes::Bridge);
        match self.line.signals {
            // Lines mean something only behind an adapter: virtual ports make them up.
            Some([false, false, false, _]) if bridge => self.see(Observed::LinesAllLow),
            Some([cts, dsr, ..]) if bridge && (cts || dsr) => self.see(Observed::LineHigh),
            _ => {}
        }
    }

    /// The list of devices came after one was chosen.
    pub fn learn(&mut self, known: &Known) {
        if let Some(device) = self.device.clone() {
            let seen = observe::of_device(&device, Some(known), self.system());
            seen.into_iter().for_each(|o| self.see(o));
        }
    }

    /// A hub may be too weak, or the reader on its battery.
    fn weigh_power(&mut self) {
        use super::descriptor::Configuration;
        self.forget(&[Observed::WeakHub, Observed::SelfPoweredNoAdapter]);
        let Some(read) = &self.read else { return };
        let bytes = read.answer("configuration").unwrap_or_default();
        let Ok(configuration) = Configuration::new(&bytes) else { return };
        let much = self.milliamps().is_some_and(|m| m > 100);
        let weak = !configuration.self_powered() && much;
        let own = read.answer("status").and_then(|b| b.first().copied()).is_some_and(|b| b & 1 > 0);
        if weak && self.power.plugged == Some(Plugged::Hub) {
            self.see(Observed::WeakHub);
        }
        if own && self.power.adapter == Some(Adapter::No) {
            self.see(Observed::SelfPoweredNoAdapter);
        }
    }

    /// The most that the device asks of the bus, as it says; `None` if it was not asked.
    pub fn milliamps(&self) -> Option<u16> {
        use super::descriptor::{Configuration, Device as Descriptor, Speed};
        let read = self.read.as_ref()?;
        let bytes = read.answer("configuration")?;
        let told = read.answer("device").unwrap_or_default();
        let speed = Descriptor::new(&told).map_or(Speed::UpToHigh, |d| d.speed());
        Some(Configuration::new(&bytes).ok()?.max_power_milliamps(speed))
    }

    /// A button was pressed; what none of them is does nothing.
    pub fn press(&mut self, id: &str, known: Option<&Known>, now: u64) -> Vec<Order> {
        self.swiped &= id == "wake";
        match id {
            "pick-usb" => return self.choose(Kind::Usb, known, true),
            "pick-all" => return self.choose(Kind::Usb, known, false),
            "pick-serial" => return self.choose(Kind::Serial, known, false),
            "list-empty" | "list-without" => {
                let Some(list) = self.list_how.take() else { return Vec::new() };
                self.forget(&[Observed::NothingPicked]);
                let cdc = self.seen.contains(&Observed::ClassCdc);
                match list {
                    ListHow { kind: Kind::Usb, filtered: true } => self.all_next = true,
                    ListHow { kind: Kind::Usb, .. } if id == "list-empty" => {
                        self.see(Observed::SaidListEmpty);
                    }
                    ListHow { kind: Kind::Usb, .. } => self.see(Observed::SaidNotInList),
                    ListHow { kind: Kind::Serial, .. } if cdc => self.see(Observed::NoPortListed),
                    ListHow { kind: Kind::Serial, .. } => {}
                }
            }
            "list-closed" => {
                self.list_how = None;
                self.forget(&[Observed::NothingPicked]);
            }
            "see-list-yes" => {
                if let Some(choosing) = &mut self.choosing {
                    choosing.silent = false;
                }
            }
            "see-list-no" => {
                self.choosing = None;
                self.see(Observed::ChooserSilent);
            }
            "said-warning-sign" => self.say(Some(Observed::SaidWarningSign)),
            "said-descriptor-failed" => self.say(Some(Observed::SaidDescriptorFailed)),
            "said-fine" => {
                self.say(None);
                self.all_next = true;
            }
            "ask-device" => {
                if let Some(device) = self.device.as_ref().filter(|_| !self.reading) {
                    let key = device.key.clone();
                    return self.ask(key);
                }
            }
            "serial-yes" => {
                if let Some(port) = self.port.as_ref().filter(|_| !self.line.listening) {
                    let (key, rate) = (port.key.clone(), self.rate);
                    self.forget(&LISTENED);
                    self.line = Line { listening: true, ..Line::default() };
                    return vec![Order::Listen { key, rate, seconds: LISTEN }];
                }
            }
            "cable-start" => {
                self.forget(&cable::SHOWN);
                self.cable.begin(now);
            }
            "no-update" => self.no_update = true,
            "serial-stop" => return self.pause(),
            "cable-next" if self.out.is_none() => self.cable.next(now),
            "cable-skip" => {
                let seen = self.cable.skip();
                seen.into_iter().for_each(|o| self.see(o));
            }
            "cable-stop" => self.cable.stop(),
            "replug-start" => {
                self.forget(&[Observed::ReplugAnswered]);
                self.replug = match self.out {
                    Some(_) => Replug::In,
                    None => Replug::Out(now + cable::PROOF),
                };
            }
            "power-start" if self.out.is_none() => {
                self.forget(&[Observed::DropsUnderLoad]);
                (self.power.until, self.power.stayed) = (Some(now + LOAD), false);
            }
            "changed-cable" => self.changed = Some(Changed::Cable),
            "changed-port" => self.changed = Some(Changed::Port),
            "change-gone" => match self.changed.take() {
                Some(Changed::Cable) => self.see(Observed::FixedByCable),
                Some(Changed::Port) => self.see(Observed::FixedByPort),
                None => {}
            },
            "change-same" => match self.changed.take() {
                Some(Changed::Cable) => self.forget(&[Observed::FixedByCable]),
                Some(Changed::Port) => self.forget(&[Observed::FixedByPort]),
                None => {}
            },
            "other-same" => {
                self.forget(&[Observed::FineOnOtherComputer]);
                self.see(Observed::SameOnOtherComputer);
            }
            "other-fine" => {
                self.forget(&[Observed::SameOnOtherComputer]);
                self.see(Observed::FineOnOtherComputer);
            }
            "other-none" => {
                self.forget(&[Observed::SameOnOtherComputer, Observed::FineOnOtherComputer]);
            }
            "let-go" => {
                let usb = self.device.iter().map(|d| (Kind::Usb, d.key.clone()));
                let serial = self.port.iter().map(|p| (Kind::Serial, p.key.clone()));
                let mut orders = vec![Order::Stop];
                orders.extend(usb.chain(serial).map(|(kind, key)| Order::Forget { kind, key }));
                orders.push(Order::Watch);
                return orders;
            }
            "wake" => self.tick(now),
            id => return self.use_known(id, known, now),
        }
        Vec::new()
    }

    /// A device or a port that the page may look at already was chosen.
    fn use_known(&mut self, id: &str, known: Option<&Known>, now: u64) -> Vec<Order> {
        let at = |start: &str| id.strip_prefix(start).and_then(|n| n.parse::<usize>().ok());
        if let Some(device) = at("use-usb-").and_then(|at| self.devices.get(at)) {
            let device = device.clone();
            return self.pick(device, known, now);
        }
        if let Some(port) = at("use-serial-").and_then(|at| self.ports.get(at)) {
            self.pick_port(port.clone());
        }
        Vec::new()
    }

    fn choose(&mut self, kind: Kind, known: Option<&Known>, filtered: bool) -> Vec<Order> {
        // Without the list of makers, the first list would show next to nothing.
        let filtered = filtered && known.is_some();
        self.asked = kind;
        self.choosing = Some(Choosing { kind, filtered, silent: false });
        (self.list_how, self.all_next) = (None, false);
        self.forget(&LIST);
        vec![match kind {
            Kind::Usb if filtered => Order::PickUsb { filters: filters(known) },
            Kind::Usb => Order::PickUsb { filters: Vec::new() },
            Kind::Serial => Order::PickSerial { filters: Vec::new() },
        }]
    }

    /// A field was filled in.
    pub fn take(&mut self, field: &str, text: &str) {
        use rulebase::Word;
        match field {
            "power-plugged" => self.power.plugged = Plugged::parse(text),
            "power-adapter" => self.power.adapter = Adapter::parse(text),
            "rate" => {
                let rate = text.parse().ok().filter(|r| RATES.contains(r));
                self.rate = rate.unwrap_or(RATES[0]);
            }
            "with-serial" => self.with_serial = text == "on",
            _ => {}
        }
        self.weigh_power();
    }

    /// Time passed.
    fn tick(&mut self, now: u64) {
        let seen = self.cable.tick(now);
        seen.into_iter().for_each(|o| self.see(o));
        if self.power.until.is_some_and(|until| now >= until) {
            (self.power.until, self.power.stayed) = (None, self.out.is_none());
        }
        if matches!(self.replug, Replug::Out(until) if now >= until) {
            self.replug = Replug::Unheard;
        }
        if let (Some(since), Some(device)) = (self.out, &self.device) {
            let away = now.saturating_sub(since);
            let nameless = device.serial.as_deref().unwrap_or_default().is_empty();
            if nameless && away >= CHOOSE_AGAIN {
                self.see(Observed::NotBackNoSerialNumber);
            } else if !nameless && away >= NOT_BACK {
                self.see(Observed::NotBack);
            }
        }
    }

    /// After how many milliseconds [`Session::press`] is to hear `wake`; `None` if nothing passes.
    pub fn wake(&self) -> Option<u32> {
        let told = [Observed::NotBack, Observed::NotBackNoSerialNumber];
        let out = self.out.is_some() && !self.seen.iter().any(|s| told.contains(s));
        let waits = out || self.power.until.is_some() || matches!(self.replug, Replug::Out(_));
        (waits || (self.cable.runs() && !matches!(self.cable.stage, cable::Stage::Ready(_))))
            .then_some(500)
    }
}

/// What the first list shows: readers, terminals, and what they hide behind.
fn filters(known: Option<&Known>) -> Vec<Filter> {
    let other = |makes: Makes| {
        matches!(makes, Makes::Printer | Makes::Scanner | Makes::Hub | Makes::Key | Makes::Cheque)
    };
    let makers = known.into_iter().flat_map(|k| &k.makers);
    let makers = makers.filter(|m| !other(m.1)).map(|m| Filter::VendorId(m.0));
    [Filter::ClassCode(0x0b)].into_iter().chain(makers).collect()
}

#[cfg(test)]
mod tests;
