//! Buttons and fields.

use super::*;

impl Session {
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

    /// What Windows' own list of devices shows: one thing at a time, taken back by saying it once more.
    fn say(&mut self, what: Option<Observed>) {
        let before = what.is_some_and(|w| self.seen.contains(&w));
        self.forget(&[Observed::SaidWarningSign, Observed::SaidDescriptorFailed]);
        self.said_fine = what.is_none() && !self.said_fine;
        what.filter(|_| !before).into_iter().for_each(|w| self.see(w));
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
