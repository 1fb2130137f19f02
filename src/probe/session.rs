//! One look at a reader: what was told, chosen and tested, for as long as the page lives. Pure: what the script
//! heard, a button and the time go in, orders for the script come out.

mod hear;
mod press;
mod state;

pub use state::*;

use super::cable::{self, Cable};
use super::known::{Known, Makes};
use super::observe;
use super::wire::{
    Device, Failure, Filter, Gates, Heard, Kind, Order, Port, Read, SerialEnd, System,
};
use rulebase::Observed;

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

#[cfg(test)]
mod tests;
