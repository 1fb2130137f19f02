//! What goes between the pages and `public/probe.js`, the only script that reaches readers: orders to it, and
//! what it tells, each as JSON.
//!
//! Pure. No order names anything that could change a device: see [`Order`].

use serde::{Deserialize, Serialize};

/// What the script is asked to do. This list is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
pub enum Order {
    /// Whether this browser can look at all.
    Gates,
    /// Devices that this page may look at already.
    KnownUsb,
    /// The browser's own list of devices; no filter shows all.
    PickUsb {
        filters: Vec<Filter>,
    },
    /// Opens a device, asks what it is, and closes it.
    ReadUsb {
        key: String,
    },
    KnownSerial,
    PickSerial {
        filters: Vec<Filter>,
    },
    /// Opens a port for so many seconds, counts what arrives, and closes it.
    Listen {
        key: String,
        rate: u32,
        seconds: u32,
    },
    /// Tells what is plugged in and out.
    Watch,
    /// The browser forgets that this page may look.
    Forget {
        kind: Kind,
        key: String,
    },
    /// Ends what is open and stops listening to plugs.
    Stop,
}

impl Order {
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What the browser's list is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Filter {
    VendorId(u16),
    /// A class of devices or of their interfaces.
    ClassCode(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Usb,
    Serial,
}

/// What the script tells.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "heard", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Heard {
    Gates(Gates),
    UsbKnown {
        devices: Vec<Device>,
    },
    UsbPicked {
        device: Device,
    },
    UsbRead(Read),
    SerialKnown {
        ports: Vec<Port>,
    },
    SerialPicked {
        port: Port,
    },
    Failed {
        call: String,
        kind: Kind,
        name: String,
        message: String,
    },
    /// Neither a choice nor a refusal came for eight seconds.
    Silent,
    /// Something was unplugged.
    Gone {
        kind: Kind,
        key: String,
    },
    Back {
        kind: Kind,
        key: String,
        device: Option<Device>,
    },
    /// Another page is in front of this one.
    Hidden,
    Visible,
    /// The port is open.
    Listening,
    Signals {
        cts: bool,
        dsr: bool,
        dcd: bool,
        ri: bool,
    },
    /// How many bytes came until now.
    Bytes {
        count: u32,
    },
    LineError {
        name: String,
    },
    SerialEnd(SerialEnd),
    Forgotten,
    /// Something typed like a card reader with a keyboard's plug; what it was is thrown away.
    Swiped,
}

impl Heard {
    /// Reads what the script told; `None` if it is nothing that is known.
    pub fn read(json: &str) -> Option<Heard> {
        serde_json::from_str(json).ok()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Gates {
    pub secure: bool,
    pub framed: bool,
    /// Whether there is an object for it.
    pub usb: bool,
    pub serial: bool,
    pub usb_allowed: bool,
    pub serial_allowed: bool,
    pub system: System,
    /// Family and version; empty if unknown.
    pub browser: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    Windows,
    Macos,
    Linux,
    Android,
    Ios,
    Chromeos,
    #[default]
    #[serde(other)]
    Other,
}

/// A USB device as the browser knows it, with nothing opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Device {
    /// Vendor, product and serial number: the same after plugging it in again.
    pub key: String,
    pub vendor: u16,
    pub product: u16,
    /// bcdUSB and bcdDevice, as `2.0.0`.
    pub usb: String,
    pub version: String,
    /// Class, subclass, protocol.
    pub class: (u8, u8, u8),
    pub maker: Option<String>,
    pub model: Option<String>,
    pub serial: Option<String>,
    pub configured: bool,
    pub interfaces: Vec<Interface>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Interface {
    pub number: u8,
    pub alternates: Vec<Alternate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Alternate {
    pub class: u8,
    pub subclass: u8,
    pub protocol: u8,
    pub endpoints: u8,
}

/// What a device answered while it was open for a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Read {
    pub key: String,
    pub opened: bool,
    pub answers: Vec<Answer>,
    pub failed: Option<Failure>,
    /// An answer did not come within three seconds.
    pub timeout: bool,
}

/// What was asked, how it ended (`ok`, `stall`, `babble`), and what came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub what: String,
    pub status: String,
    pub hex: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Failure {
    pub call: String,
    pub name: String,
    pub message: String,
}

/// How listening to a port ended.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct SerialEnd {
    pub key: String,
    /// The port left.
    pub lost: bool,
    pub count: u32,
    /// It is closed for certain.
    pub closed: bool,
    /// It was listened to as long as was ordered, or until something came.
    pub whole: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Port {
    pub key: String,
    pub vendor: Option<u16>,
    pub product: Option<u16>,
    pub bluetooth: bool,
}

impl Device {
    /// Class, subclass and protocol of the device and of all its interfaces.
    pub fn classes(&self) -> impl Iterator<Item = (u8, u8, u8)> {
        let parts = self.interfaces.iter().flat_map(|i| &i.alternates);
        [self.class].into_iter().chain(parts.map(|a| (a.class, a.subclass, a.protocol)))
    }
}

impl Read {
    /// The bytes that were answered to a question; `None` if it was not answered.
    pub fn answer(&self, what: &str) -> Option<Vec<u8>> {
        let answer = self.answers.iter().find(|a| a.what == what && a.status == "ok")?;
        let digit = |at: usize| u8::from_str_radix(answer.hex.get(at..at + 2)?, 16).ok();
        (0..answer.hex.len()).step_by(2).map(digit).collect()
    }
}
