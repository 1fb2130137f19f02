//! What is known of devices before anybody looks: names, what their makers make, and how their functional
//! descriptors looked elsewhere. A file of its own, loaded with the reader check.
//!
//! Pure. To be in it proves nothing, and not to be in it costs nothing.

use super::ids::Names;
use rulebase::words;
use serde::{Deserialize, Serialize};

words! {
    /// What a maker of devices mostly makes.
    Makes {
        Terminal = "terminal",
        ChipReader = "ccid",
        Bridge = "bridge",
        Computer = "soc",
        Stripe = "msr",
        Till = "pos",
        Reader = "reader",
        Printer = "printer",
        Scanner = "scanner",
        Cheque = "cheque",
        Key = "security_key",
        Hub = "hub",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Known {
    /// See [`Names`].
    pub names: Vec<u8>,
    pub makers: Vec<(u16, Makes)>,
    /// Vendor, product, and [`print`] of a functional descriptor that such a device had.
    pub seen: Vec<(u16, u16, u32)>,
}

impl Known {
    /// Reads what [`Known::to_bytes`] wrote; nothing is known if it cannot be read.
    pub fn from_bytes(bytes: &[u8]) -> Option<Known> {
        postcard::from_bytes(bytes).ok()
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    pub fn name(&self, vendor: u16, product: u16) -> Option<&str> {
        Names::new(&self.names)?.name(vendor, product)
    }

    pub fn makes(&self, vendor: u16) -> Option<Makes> {
        self.makers.iter().find(|m| m.0 == vendor).map(|m| m.1)
    }

    /// Whether a functional descriptor differs from every one that such a device had; `false` if none is known.
    pub fn differs(&self, vendor: u16, product: u16, descriptor: &[u8]) -> bool {
        let mut such = self.seen.iter().filter(|s| (s.0, s.1) == (vendor, product)).peekable();
        such.peek().is_some() && such.all(|s| s.2 != print(descriptor))
    }
}

/// FNV-1a: tells descriptors apart; nothing trusts it.
pub fn print(descriptor: &[u8]) -> u32 {
    descriptor.iter().fold(0x811c_9dc5, |hash, b| (hash ^ u32::from(*b)).wrapping_mul(0x0100_0193))
}

/// Makes the file from the tables of `devices/`: names, makers, readers. Lines that cannot be read are left out.
#[cfg(not(target_arch = "wasm32"))]
pub fn compile(names: &str, makers: &str, readers: &str) -> Known {
    use rulebase::Word;
    let number = |hex: &str| u16::from_str_radix(hex, 16).ok();
    let lines = |text: &'_ str| -> Vec<Vec<String>> {
        let told = text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        told.map(|l| l.split('\t').map(str::to_string).collect()).collect()
    };
    let named = lines(names);
    let named: Vec<(u16, u16, &str)> = named
        .iter()
        .filter_map(|l| Some((number(l.first()?)?, number(l.get(1)?)?, l.get(2)?.as_str())))
        .collect();
    let readers = lines(readers);
    let column = |name: &str| readers.first()?.iter().position(|c| c == name);
    let reader = |line: &Vec<String>| {
        let cell = |name: &str| line.get(column(name)?).map(String::as_str);
        let id = |name: &str| number(cell(name)?.trim_start_matches("0x"));
        let hex = cell("hex")?;
        let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
        Some((id("vid")?, id("pid")?, print(&bytes?)))
    };
    let maker = |l: &Vec<String>| Some((number(l.first()?)?, Makes::parse(l.get(1)?)?));
    Known {
        names: super::ids::compile(&named),
        makers: lines(makers).iter().filter_map(maker).collect(),
        seen: readers.iter().skip(1).filter_map(reader).collect(),
    }
}
