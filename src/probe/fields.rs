//! What a reader's descriptor says, field by field, for `cargo xtask probe` and for comparing with what
//! others have read: the names are those of `devices/ccid_readers.tsv`.
//!
//! Pure: it never guesses. What is not exactly pairs of hexadecimal digits, or neither a functional
//! descriptor of a reader nor a configuration descriptor, is refused, and it says where and why.

use super::ccid::{Ccid, ExchangeLevel, Oddity, readers};
use super::descriptor::{Configuration, Interface, Problem};

/// A field: its name in the specification, with a unit where the sample has one, and its value.
pub type Field = (&'static str, Value);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    Number(u32),
    Word(&'static str),
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// In the order of the descriptors. A configuration may hold none.
    pub readers: Vec<Reader>,
    /// What does not add up in the configuration around them.
    pub problems: Vec<Problem>,
    /// How many bytes follow the descriptor that are none of it.
    pub surplus: usize,
}

/// One reader: its interface, if it was found in a configuration, and its functional descriptor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub fields: Vec<Field>,
    pub oddities: Vec<Oddity>,
}

/// Why nothing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    /// Something else than a hexadecimal digit; characters counted from 1.
    Character {
        column: usize,
        found: char,
    },
    /// The last byte has only one digit; how many digits there are.
    HalfByte {
        digits: usize,
    },
    /// Neither a functional descriptor nor a configuration: this bDescriptorType.
    Kind {
        found: u8,
    },
    Broken(Problem),
}

/// Reads a functional descriptor or a whole configuration descriptor, in hexadecimal digits without
/// anything between or around them.
pub fn read(hex: &str) -> Result<Reading, Refusal> {
    let bytes = bytes(hex)?;
    match bytes.get(1) {
        Some(0x02) => configuration(&bytes).map_err(Refusal::Broken),
        None | Some(0x21 | 0xff) => alone(&bytes).map_err(Refusal::Broken),
        Some(found) => Err(Refusal::Kind { found: *found }),
    }
}

/// The fields of a functional descriptor, in the order of its bytes, then what follows from them.
pub fn of_ccid(ccid: &Ccid) -> Vec<Field> {
    let numbers = [
        ("bcdCCID", ccid.bcd_ccid().into()),
        ("bMaxSlotIndex", ccid.b_max_slot_index().into()),
        ("bVoltageSupport", ccid.b_voltage_support().into()),
        ("dwProtocols", ccid.dw_protocols()),
        ("dwDefaultClock_kHz", ccid.dw_default_clock()),
        ("dwMaximumClock_kHz", ccid.dw_maximum_clock()),
        ("bNumClockSupported", ccid.b_num_clock_supported().into()),
        ("dwDataRate_bps", ccid.dw_data_rate()),
        ("dwMaxDataRate_bps", ccid.dw_max_data_rate()),
        ("bNumDataRatesSupported", ccid.b_num_data_rates_supported().into()),
        ("dwMaxIFSD", ccid.dw_max_ifsd()),
        ("dwSynchProtocols", ccid.dw_synch_protocols()),
        ("dwMechanical", ccid.dw_mechanical()),
        ("dwFeatures", ccid.dw_features()),
        ("dwMaxCCIDMessageLength", ccid.dw_max_ccid_message_length()),
        ("bClassGetResponse", ccid.b_class_get_response().into()),
        ("bClassEnvelope", ccid.b_class_envelope().into()),
        ("wLcdLayout", ccid.w_lcd_layout().into()),
        ("bPINSupport", ccid.b_pin_support().into()),
        ("bMaxCCIDBusySlots", ccid.b_max_ccid_busy_slots().into()),
        ("ccid_bDescriptorType", ccid.b_descriptor_type().into()),
    ];
    let mut out: Vec<Field> = numbers.map(|(name, n)| (name, Value::Number(n))).into();
    out.push(("exchange_level", Value::Word(word(ccid.exchange_level()))));
    out
}

/// The fields of an interface. Its iInterface is not among them: the sample has the text of that
/// name, which is in no descriptor.
pub fn of_interface(interface: &Interface) -> Vec<Field> {
    let numbers = [
        ("bInterfaceNumber", interface.b_interface_number()),
        ("bAlternateSetting", interface.b_alternate_setting()),
        ("bNumEndpoints", interface.b_num_endpoints()),
        ("bInterfaceClass", interface.b_interface_class()),
        ("bInterfaceSubClass", interface.b_interface_sub_class()),
        ("bInterfaceProtocol", interface.b_interface_protocol()),
    ];
    numbers.map(|(name, n)| (name, Value::Number(n.into()))).into()
}

fn alone(bytes: &[u8]) -> Result<Reading, Problem> {
    let ccid = Ccid::new(bytes)?;
    let surplus = bytes.len() - usize::from(bytes[0]);
    let reader = Reader { fields: of_ccid(&ccid), oddities: ccid.oddities().collect() };
    Ok(Reading { readers: vec![reader], problems: Vec::new(), surplus })
}

fn configuration(bytes: &[u8]) -> Result<Reading, Problem> {
    let configuration = Configuration::new(bytes)?;
    let reader = |(interface, ccid): (Interface, Ccid)| Reader {
        fields: [of_interface(&interface), of_ccid(&ccid)].concat(),
        oddities: ccid.oddities().collect(),
    };
    Ok(Reading {
        readers: readers(&configuration).map(reader).collect(),
        problems: configuration.descriptors().filter_map(Result::err).collect(),
        surplus: bytes.len().saturating_sub(configuration.w_total_length().into()),
    })
}

fn bytes(hex: &str) -> Result<Vec<u8>, Refusal> {
    let mut digits = Vec::new();
    for (i, found) in hex.chars().enumerate() {
        let digit = found.to_digit(16).ok_or(Refusal::Character { column: i + 1, found })?;
        digits.push(digit as u8);
    }
    match digits.as_chunks() {
        ([], []) => Err(Refusal::Empty),
        (pairs, []) => Ok(pairs.iter().map(|[high, low]| high * 16 + low).collect()),
        _ => Err(Refusal::HalfByte { digits: digits.len() }),
    }
}

fn word(level: ExchangeLevel) -> &'static str {
    match level {
        ExchangeLevel::Character => "character",
        ExchangeLevel::Tpdu => "tpdu",
        ExchangeLevel::ShortApdu => "short_apdu",
        ExchangeLevel::ExtendedApdu => "extended_apdu",
        ExchangeLevel::Several => "several",
    }
}

#[cfg(test)]
mod tests;
