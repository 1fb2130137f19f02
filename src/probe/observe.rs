//! From what the browser tells of a device to observations of the decision table. Pure; names of errors are
//! looked at first, their texts only where one name stands for several things.

use super::ccid::readers;
use super::descriptor::{Configuration, Device as Descriptor};
use super::known::{Known, Makes};
use super::wire::{Device, Failure, Gates, Read, System};
use rulebase::Observed;

/// What can be said before anybody chose anything.
pub fn of_gates(gates: &Gates) -> Option<Observed> {
    match gates {
        Gates { secure: false, .. } => Some(Observed::InsecureContext),
        Gates { usb: false, serial: false, .. } => Some(Observed::NoDeviceApi),
        gates if !gates.may_usb() && !gates.may_serial() => Some(Observed::PolicyDenied),
        _ => None,
    }
}

impl Gates {
    pub fn may_usb(&self) -> bool {
        self.secure && self.usb && self.usb_allowed
    }

    pub fn may_serial(&self) -> bool {
        self.secure && self.serial && self.serial_allowed
    }
}

/// What the browser knows of a chosen device, with nothing opened.
pub fn of_device(device: &Device, known: Option<&Known>, system: System) -> Vec<Observed> {
    let mut seen = vec![Observed::DevicePicked];
    let any = |class: &[u8]| device.classes().any(|c| class.contains(&c.0));
    // MTP, and the debug bridge of Android.
    let phone = device.classes().any(|c| c.0 == 0x06 || c == (0xff, 0x42, 0x01));
    let name = |k: &Known| k.name(device.vendor, device.product).is_some();
    if phone || known.and_then(|k| k.makes(device.vendor)) == Some(Makes::Computer) {
        seen.push(Observed::PhoneLikeDevice);
    } else if known.is_some_and(name) {
        seen.push(Observed::KnownId);
    } else if known.is_some() && !any(&[0x0b, 0x02, 0x0a, 0x07]) {
        seen.push(Observed::UnknownId);
    }
    if any(&[0x0b]) {
        seen.push(Observed::ClassSmartCard);
    }
    let mut parts = device.interfaces.iter().flat_map(|i| &i.alternates).peekable();
    if parts.peek().is_some() && parts.all(|a| a.class == 0x03) {
        seen.push(Observed::ClassHidOnly);
    }
    if any(&[0x02, 0x0a]) {
        seen.push(Observed::ClassCdc);
    }
    if device.classes().any(|c| (c.0, c.1) == (0xfe, 0x01)) {
        seen.push(Observed::UpdateModeClass);
    }
    // Windows tells no configuration of its own; the browser then assumes the first.
    if !device.configured && system != System::Windows {
        seen.push(Observed::NotConfigured);
    }
    if device.maker.is_none() || device.model.is_none() {
        seen.push(Observed::StringMissing);
    }
    seen
}

/// What a device answered, or why it did not.
pub fn of_read(
    read: &Read,
    device: &Device,
    known: Option<&Known>,
    system: System,
) -> Vec<Observed> {
    let mut seen = Vec::new();
    if read.opened {
        seen.push(Observed::UsbOpened);
    }
    if let Some(failure) = &read.failed {
        seen.extend(of_usb_failure(failure, system));
    }
    if read.timeout {
        seen.push(Observed::TransferSilent);
    }
    let told = read.answer("device");
    if let Some(told) = told.as_deref().and_then(|b| Descriptor::new(b).ok())
        && (told.id_vendor(), told.id_product()) == (device.vendor, device.product)
    {
        seen.push(Observed::DescriptorAnswered);
    }
    if read.answers.iter().any(|a| a.status == "stall") {
        seen.push(Observed::TransferStalled);
    }
    if let Some(bytes) = read.answer("configuration")
        && let Ok(configuration) = Configuration::new(&bytes)
        && let Some((interface, ccid)) = readers(&configuration).next()
    {
        seen.push(Observed::CcidComplete);
        if interface.b_interface_class() == 0xff {
            seen.push(Observed::ClassVendorCcid);
        }
        if known.is_some_and(|k| k.differs(device.vendor, device.product, ccid.bytes())) {
            seen.push(Observed::CcidDiffers);
        }
    }
    seen
}

fn of_usb_failure(failure: &Failure, system: System) -> Option<Observed> {
    match (failure.call.as_str(), failure.name.as_str()) {
        (_, "NotFoundError") => Some(Observed::DeviceGone),
        ("open", "SecurityError") => match system {
            System::Windows => Some(Observed::OpenDeniedWindows),
            System::Linux => Some(Observed::OpenDeniedLinux),
            System::Android => Some(Observed::OpenDeniedAndroid),
            System::Macos => Some(Observed::OpenDeniedMacos),
            System::Chromeos | System::Ios | System::Other => None,
        },
        ("controlTransferIn", "NetworkError") => match system {
            System::Windows => Some(Observed::TransferFailedWindows),
            _ => Some(Observed::TransferFailed),
        },
        _ => None,
    }
}

/// What it means that a list was not shown or nothing was chosen in it.
pub fn of_choice(failure: &Failure) -> Option<Observed> {
    let says = |words: &[&str]| words.iter().any(|w| failure.message.to_lowercase().contains(w));
    match failure.name.as_str() {
        "NotFoundError" => Some(Observed::NothingPicked),
        "SecurityError" if says(&["policy"]) => Some(Observed::PolicyDenied),
        "SecurityError" if says(&["gesture", "activation"]) => Some(Observed::NoUserGesture),
        _ => None,
    }
}

/// What it means that a port did not open.
pub fn of_port_failure(failure: &Failure) -> Option<Observed> {
    match (failure.call.as_str(), failure.name.as_str()) {
        ("open", "NetworkError") => Some(Observed::PortOpenFailed),
        ("open", "InvalidStateError") => Some(Observed::PortAlreadyOpen),
        ("getSignals", _) => Some(Observed::SignalsUnreadable),
        ("read", "NetworkError") => Some(Observed::PortLost),
        _ => None,
    }
}

/// An error on the line that ends nothing.
pub fn of_line_error(name: &str) -> Option<Observed> {
    match name {
        "FramingError" | "ParityError" => Some(Observed::FramingError),
        "BreakError" => Some(Observed::BreakSeen),
        "BufferOverrunError" => Some(Observed::BufferOverrun),
        _ => None,
    }
}
