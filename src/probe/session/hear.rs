//! What the script told, taken in.

use super::*;

/// Two breaks within so many milliseconds are one, seen twice.
const ONE_BREAK: u64 = 1_500;

impl Session {
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
    pub(super) fn pick(&mut self, device: Device, known: Option<&Known>, now: u64) -> Vec<Order> {
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

    pub(super) fn ask(&mut self, key: String) -> Vec<Order> {
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

    pub(super) fn pick_port(&mut self, port: Port) {
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
    pub(super) fn return_after(&mut self, now: u64, chosen: bool) {
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
}
