//! The functional descriptor of a smart-card reader: what its maker says that it can do with a card.
//!
//! Pure: it reads 54 bytes and never panics. It says nothing of cards: no slot, contact, chip or
//! antenna can be seen here, and nothing is ever sent to a reader.
//!
//! Names, offsets and bits are those of the USB-IF class specification CCID, revision 1.1, table 5.1-1.

use super::descriptor::{Configuration, Descriptor, Interface, Problem, getters};

/// The bLength of a functional descriptor.
const LENGTH: usize = 54;

/// The bDescriptorType that the specification gives, and the one that some old readers have.
const TYPES: [u8; 2] = [0x21, 0xff];

/// A functional descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ccid<'a>(&'a [u8; LENGTH]);

/// What a reader and a computer exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangeLevel {
    /// Single characters: the computer does everything.
    Character,
    /// Blocks of T=0 or T=1 (TPDU).
    Tpdu,
    /// Whole commands (APDU) of up to 261 bytes.
    ShortApdu,
    /// Whole commands, also long ones.
    ExtendedApdu,
    /// The device names more than one, which the specification does not allow.
    Several,
}

/// A supply voltage of the card: bVoltageSupport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voltage {
    /// Class A, 5.0 V.
    Five,
    /// Class B, 3.0 V.
    Three,
    /// Class C, 1.8 V.
    OnePointEight,
}

/// A transmission protocol of ISO/IEC 7816-3: dwProtocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    T0,
    T1,
}

/// A protocol of memory cards: dwSynchProtocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronous {
    TwoWire,
    ThreeWire,
    I2c,
}

/// What the reader's mechanics can do: dwMechanical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanical {
    Accept,
    Eject,
    Capture,
    LockUnlock,
}

/// What the reader does by itself, and a few more abilities: dwFeatures without the exchange level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    ParametersFromAtr,
    ActivationOnInsertion,
    VoltageSelection,
    ClockChange,
    BaudChange,
    /// Negotiates parameters in the maker's own way.
    ParameterNegotiation,
    Pps,
    /// Can stop the clock of the card.
    ClockStop,
    /// Accepts a NAD other than 0.
    Nad,
    IfsdExchange,
    /// A card and a reader in one (ICCD).
    Token,
    /// Wakes the computer when a card comes or goes.
    WakeUp,
}

/// What can be done with a PIN at the reader: bPINSupport. Any of it means a keypad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pin {
    Verify,
    Modify,
}

/// A display: wLcdLayout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lcd {
    pub lines: u8,
    /// Characters a line.
    pub columns: u8,
}

/// What a real reader may say though the specification does not know it. None of it is a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// The bDescriptorType is 0xFF.
    VendorType,
    /// The bytes of bcdCCID are the wrong way round.
    SwappedRelease,
    /// bcdCCID is no release, either way round.
    UnknownRelease(u16),
    /// More than one exchange level; their bits in dwFeatures.
    SeveralLevels(u32),
    /// Bits that have no meaning, of the field with this name in the specification.
    UnknownBits(&'static str, u32),
}

/// The bits of a field and what they mean.
type Bits<T> = [(u32, T)];

const VOLTAGES: &Bits<Voltage> =
    &[(0x01, Voltage::Five), (0x02, Voltage::Three), (0x04, Voltage::OnePointEight)];
const PROTOCOLS: &Bits<Protocol> = &[(0x01, Protocol::T0), (0x02, Protocol::T1)];
const SYNCHRONOUS: &Bits<Synchronous> =
    &[(0x01, Synchronous::TwoWire), (0x02, Synchronous::ThreeWire), (0x04, Synchronous::I2c)];
const MECHANICAL: &Bits<Mechanical> = &[
    (0x01, Mechanical::Accept),
    (0x02, Mechanical::Eject),
    (0x04, Mechanical::Capture),
    (0x08, Mechanical::LockUnlock),
];
const FEATURES: &Bits<Feature> = &[
    (0x0000_0002, Feature::ParametersFromAtr),
    (0x0000_0004, Feature::ActivationOnInsertion),
    (0x0000_0008, Feature::VoltageSelection),
    (0x0000_0010, Feature::ClockChange),
    (0x0000_0020, Feature::BaudChange),
    (0x0000_0040, Feature::ParameterNegotiation),
    (0x0000_0080, Feature::Pps),
    (0x0000_0100, Feature::ClockStop),
    (0x0000_0200, Feature::Nad),
    (0x0000_0400, Feature::IfsdExchange),
    (0x0000_0800, Feature::Token),
    (0x0010_0000, Feature::WakeUp),
];
const LEVELS: &Bits<ExchangeLevel> = &[
    (0x0001_0000, ExchangeLevel::Tpdu),
    (0x0002_0000, ExchangeLevel::ShortApdu),
    (0x0004_0000, ExchangeLevel::ExtendedApdu),
];
const PINS: &Bits<Pin> = &[(0x01, Pin::Verify), (0x02, Pin::Modify)];

/// The readers of a configuration, each with the interface before its functional descriptor; that
/// may stand before the endpoints or behind them. Interfaces of class 0x0B and 0xFF count: some
/// readers hide behind the vendor's own class.
pub fn readers<'a>(
    configuration: &Configuration<'a>,
) -> impl Iterator<Item = (Interface<'a>, Ccid<'a>)> {
    let mut last = None;
    configuration.descriptors().filter_map(move |descriptor| match descriptor {
        Ok(Descriptor::Interface(interface)) => {
            last = matches!(interface.b_interface_class(), 0x0b | 0xff).then_some(interface);
            None
        }
        Ok(Descriptor::Other(other)) => last.zip(Ccid::new(other.bytes()).ok()),
        Ok(Descriptor::Endpoint(_)) => None,
        // It may have been an interface, so what follows belongs to nobody.
        Err(_) => {
            last = None;
            None
        }
    })
}

impl<'a> Ccid<'a> {
    /// Reads a functional descriptor; bytes behind it are left alone.
    pub fn new(bytes: &'a [u8]) -> Result<Ccid<'a>, Problem> {
        let truncated = Problem::Truncated { at: 0, found: bytes.len(), expected: LENGTH };
        let [length, kind, ..] = bytes else { return Err(truncated) };
        if !TYPES.contains(kind) {
            let (found, expected) = ((*kind).into(), TYPES[0].into());
            return Err(Problem::Type { at: 0, found, expected });
        }
        if usize::from(*length) != LENGTH {
            return Err(Problem::Length { at: 0, found: (*length).into(), expected: LENGTH });
        }
        bytes.first_chunk().map(Ccid).ok_or(truncated)
    }

    /// The descriptor itself.
    pub fn bytes(&self) -> &'a [u8] {
        self.0
    }

    getters! {
        /// bDescriptorType: 0x21, or 0xFF with some old readers.
        b_descriptor_type: 1 => u8;
        /// bcdCCID: the release of the class specification, in BCD; see [`Ccid::release`].
        bcd_ccid: 2 3 => u16;
        /// bMaxSlotIndex: the highest number of a slot, counted from 0.
        b_max_slot_index: 4 => u8;
        /// bVoltageSupport: bits, see [`Voltage`].
        b_voltage_support: 5 => u8;
        /// dwProtocols: bits, see [`Protocol`].
        dw_protocols: 6 7 8 9 => u32;
        /// dwDefaultClock: the usual clock of a card, in kHz.
        dw_default_clock: 10 11 12 13 => u32;
        /// dwMaximumClock: the highest clock of a card, in kHz.
        dw_maximum_clock: 14 15 16 17 => u32;
        /// bNumClockSupported: a count of clocks; 0 is the usual and the highest only.
        b_num_clock_supported: 18 => u8;
        /// dwDataRate: the usual rate of a card, in bit/s.
        dw_data_rate: 19 20 21 22 => u32;
        /// dwMaxDataRate: the highest rate of a card, in bit/s.
        dw_max_data_rate: 23 24 25 26 => u32;
        /// bNumDataRatesSupported: a count of rates; 0 is all between the usual and the highest.
        b_num_data_rates_supported: 27 => u8;
        /// dwMaxIFSD: the longest information field of a T=1 block, in bytes.
        dw_max_ifsd: 28 29 30 31 => u32;
        /// dwSynchProtocols: bits, see [`Synchronous`].
        dw_synch_protocols: 32 33 34 35 => u32;
        /// dwMechanical: bits, see [`Mechanical`].
        dw_mechanical: 36 37 38 39 => u32;
        /// dwFeatures: bits, see [`Feature`] and [`ExchangeLevel`].
        dw_features: 40 41 42 43 => u32;
        /// dwMaxCCIDMessageLength: the longest message, its header too, in bytes.
        dw_max_ccid_message_length: 44 45 46 47 => u32;
        /// bClassGetResponse: the class byte of GET RESPONSE; 0xFF is that of the command.
        b_class_get_response: 48 => u8;
        /// bClassEnvelope: the class byte of ENVELOPE; 0xFF is that of the command.
        b_class_envelope: 49 => u8;
        /// wLcdLayout: lines in the high byte, characters a line in the low one, see [`Lcd`].
        w_lcd_layout: 50 51 => u16;
        /// bPINSupport: bits, see [`Pin`].
        b_pin_support: 52 => u8;
        /// bMaxCCIDBusySlots: a count of slots that may be busy at once.
        b_max_ccid_busy_slots: 53 => u8;
    }

    /// bcdCCID in BCD, the right way round; `None` if it is no release either way.
    pub fn release(&self) -> Option<u16> {
        let said = self.bcd_ccid();
        [said, said.swap_bytes()].into_iter().find(|r| matches!(r >> 8, 1 | 2))
    }

    /// How many cards it can hold, as bMaxSlotIndex says.
    pub fn slots(&self) -> u16 {
        u16::from(self.b_max_slot_index()) + 1
    }

    /// bVoltageSupport, the highest voltage first.
    pub fn voltages(&self) -> impl Iterator<Item = Voltage> + use<> {
        set(self.b_voltage_support().into(), VOLTAGES)
    }

    /// dwProtocols.
    pub fn protocols(&self) -> impl Iterator<Item = Protocol> + use<> {
        set(self.dw_protocols(), PROTOCOLS)
    }

    /// dwSynchProtocols.
    pub fn synchronous(&self) -> impl Iterator<Item = Synchronous> + use<> {
        set(self.dw_synch_protocols(), SYNCHRONOUS)
    }

    /// dwMechanical.
    pub fn mechanical(&self) -> impl Iterator<Item = Mechanical> + use<> {
        set(self.dw_mechanical(), MECHANICAL)
    }

    /// dwFeatures without the exchange level.
    pub fn features(&self) -> impl Iterator<Item = Feature> + use<> {
        set(self.dw_features(), FEATURES)
    }

    /// bPINSupport.
    pub fn pin(&self) -> impl Iterator<Item = Pin> + use<> {
        set(self.b_pin_support().into(), PINS)
    }

    /// The exchange level of dwFeatures.
    pub fn exchange_level(&self) -> ExchangeLevel {
        let mut levels = set(self.dw_features(), LEVELS);
        match (levels.next(), levels.next()) {
            (None, _) => ExchangeLevel::Character,
            (Some(level), None) => level,
            _ => ExchangeLevel::Several,
        }
    }

    /// wLcdLayout; `None` if the reader has no display.
    pub fn lcd(&self) -> Option<Lcd> {
        let [columns, lines] = self.w_lcd_layout().to_le_bytes();
        ((lines, columns) != (0, 0)).then_some(Lcd { lines, columns })
    }

    /// What the specification does not know, in the order of the bytes.
    pub fn oddities(&self) -> impl Iterator<Item = Oddity> + use<> {
        let release = match self.release() {
            Some(release) => (release != self.bcd_ccid()).then_some(Oddity::SwappedRelease),
            None => Some(Oddity::UnknownRelease(self.bcd_ccid())),
        };
        let bits = |name, bits: u32| (bits != 0).then_some(Oddity::UnknownBits(name, bits));
        let features = self.dw_features();
        let several = Oddity::SeveralLevels(features & known(LEVELS));
        let voltages = u32::from(self.b_voltage_support()) & !known(VOLTAGES);
        let pins = u32::from(self.b_pin_support()) & !known(PINS);
        [
            (self.b_descriptor_type() != TYPES[0]).then_some(Oddity::VendorType),
            release,
            bits("bVoltageSupport", voltages),
            bits("dwProtocols", self.dw_protocols() & !known(PROTOCOLS)),
            bits("dwSynchProtocols", self.dw_synch_protocols() & !known(SYNCHRONOUS)),
            bits("dwMechanical", self.dw_mechanical() & !known(MECHANICAL)),
            bits("dwFeatures", features & !known(FEATURES) & !known(LEVELS)),
            (self.exchange_level() == ExchangeLevel::Several).then_some(several),
            bits("bPINSupport", pins),
        ]
        .into_iter()
        .flatten()
    }
}

/// The meanings of the bits that are set.
fn set<T: Copy + 'static>(bits: u32, table: &'static Bits<T>) -> impl Iterator<Item = T> {
    table.iter().filter(move |(bit, _)| bits & bit != 0).map(|(_, meaning)| *meaning)
}

/// All bits that have a meaning.
fn known<T>(table: &Bits<T>) -> u32 {
    table.iter().fold(0, |all, (bit, _)| all | bit)
}

#[cfg(test)]
mod tests;
