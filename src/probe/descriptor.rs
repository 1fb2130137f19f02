//! Views on the bytes of USB descriptors: what a device says it is, how it is powered, what it offers.
//!
//! Pure: it copies nothing, checks each length once, before anything is read, and never panics. It
//! never repairs what a device says: what does not add up is told as a [`Problem`].
//!
//! Names and offsets are those of the USB 2.0 specification, chapter 9.6, and of USB 3.2, chapter 9.6.

/// What does not add up: where it stands, what was found there, and what was expected. Places and
/// lengths are in bytes, counted from the first one that was handed in; types are codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// A bLength of 0 or 1, which leads to no next descriptor.
    ZeroLength { at: usize, found: usize, expected: usize },
    /// A bLength that does not fit the kind of descriptor.
    Length { at: usize, found: usize, expected: usize },
    /// Another bDescriptorType than was asked for.
    Type { at: usize, found: usize, expected: usize },
    /// The bytes end too early: fewer arrived than the device has.
    Truncated { at: usize, found: usize, expected: usize },
    /// A descriptor reaches beyond the wTotalLength of its own configuration.
    Overrun { at: usize, found: usize, expected: usize },
}

/// How fast a device runs, as far as its power depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    /// Low, full and high speed.
    UpToHigh,
    /// SuperSpeed and faster.
    Super,
}

/// Which way the data of an endpoint go, seen from the computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Out,
    In,
}

/// How an endpoint transfers its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transfer {
    Control,
    Isochronous,
    Bulk,
    Interrupt,
}

/// A device descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device<'a>(&'a [u8; 18]);

/// A configuration descriptor, with everything that follows it up to its wTotalLength.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Configuration<'a>(&'a [u8; 9], &'a [u8]);

/// An interface descriptor: one alternate setting of one function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interface<'a>(&'a [u8; 9]);

/// An endpoint descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint<'a>(&'a [u8; 7]);

/// A descriptor of a class or a vendor, or any other kind; at least two bytes, as long as its bLength.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other<'a>(&'a [u8]);

/// One of the descriptors that follow a configuration descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Descriptor<'a> {
    Interface(Interface<'a>),
    Endpoint(Endpoint<'a>),
    Other(Other<'a>),
}

/// Goes through the descriptors of a configuration in their order.
///
/// A descriptor that is too short for its kind is told and passed by. Where the next one cannot be
/// found any more, that is told last.
#[derive(Debug, Clone)]
pub struct Descriptors<'a> {
    /// What arrived, at most `total` bytes.
    bytes: &'a [u8],
    /// Where the next one begins, if that is known.
    next: Option<usize>,
    /// The wTotalLength.
    total: usize,
}

/// Getters of little-endian fields: name, offsets of the bytes, type. The compiler checks the offsets.
macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident: $($at:literal)+ => $type:ty;)+) => {
        $($(#[$doc])* pub fn $name(&self) -> $type {
            <$type>::from_le_bytes([$(self.0[$at]),+])
        })+
    };
}
pub(super) use getters;

impl<'a> Device<'a> {
    /// Reads the answer to GET_DESCRIPTOR (device); bytes behind it are left alone.
    pub fn new(bytes: &'a [u8]) -> Result<Device<'a>, Problem> {
        head(bytes, 0, 0x01).map(Device)
    }

    getters! {
        /// bcdUSB: the release of the USB specification, in BCD; 0x0210 is 2.1.
        bcd_usb: 2 3 => u16;
        /// bDeviceClass: a class code; 0 leaves it to the interfaces, 0xFF is the vendor's own.
        b_device_class: 4 => u8;
        /// bDeviceSubClass: a code that depends on the class.
        b_device_sub_class: 5 => u8;
        /// bDeviceProtocol: a code that depends on class and subclass.
        b_device_protocol: 6 => u8;
        /// bMaxPacketSize0: bytes; an exponent of 2 from USB 3.0 on.
        b_max_packet_size_0: 7 => u8;
        /// idVendor: given out by USB-IF, and easily copied.
        id_vendor: 8 9 => u16;
        /// idProduct: given by the vendor, often one for a whole family.
        id_product: 10 11 => u16;
        /// bcdDevice: the release of the device, in BCD.
        bcd_device: 12 13 => u16;
        /// iManufacturer: index of a string; 0 is none.
        i_manufacturer: 14 => u8;
        /// iProduct: index of a string; 0 is none.
        i_product: 15 => u8;
        /// iSerialNumber: index of a string; 0 is none.
        i_serial_number: 16 => u8;
        /// bNumConfigurations: a count.
        b_num_configurations: 17 => u8;
    }

    /// The speed at which it runs now: only then does it call itself USB 3 (USB 3.2, 9.6.1).
    pub fn speed(&self) -> Speed {
        if self.bcd_usb() < 0x0300 { Speed::UpToHigh } else { Speed::Super }
    }
}

impl<'a> Configuration<'a> {
    /// Reads the answer to GET_DESCRIPTOR (configuration), also one that was cut off behind its own
    /// nine bytes.
    pub fn new(bytes: &'a [u8]) -> Result<Configuration<'a>, Problem> {
        let own: &[u8; 9] = head(bytes, 0, 0x02)?;
        let total = usize::from(u16::from_le_bytes([own[2], own[3]]));
        Ok(Configuration(own, bytes.get(..total).unwrap_or(bytes)))
    }

    getters! {
        /// bLength: bytes of the configuration descriptor alone.
        b_length: 0 => u8;
        /// wTotalLength: bytes of the configuration with all that belongs to it.
        w_total_length: 2 3 => u16;
        /// bNumInterfaces: a count, as the device says it.
        b_num_interfaces: 4 => u8;
        /// bConfigurationValue: the number by which it would be selected.
        b_configuration_value: 5 => u8;
        /// iConfiguration: index of a string; 0 is none.
        i_configuration: 6 => u8;
        /// bmAttributes: bits; 6 self-powered, 5 remote wake-up.
        bm_attributes: 7 => u8;
        /// bMaxPower: in units that depend on the speed, see [`Configuration::max_power_milliamps`].
        b_max_power: 8 => u8;
    }

    /// bmAttributes bit 6: it has a power supply of its own, whether that is plugged in or not.
    pub fn self_powered(&self) -> bool {
        self.bm_attributes() & 0x40 != 0
    }

    /// bmAttributes bit 5: it can wake the computer.
    pub fn remote_wakeup(&self) -> bool {
        self.bm_attributes() & 0x20 != 0
    }

    /// bMaxPower in mA: the most that it asks of the bus; no measured value. One unit is 2 mA, and
    /// 8 mA at SuperSpeed (USB 3.2, 9.6.3).
    pub fn max_power_milliamps(&self, speed: Speed) -> u16 {
        let unit = match speed {
            Speed::UpToHigh => 2,
            Speed::Super => 8,
        };
        u16::from(self.b_max_power()) * unit
    }

    /// All that follows the configuration descriptor itself.
    pub fn descriptors(&self) -> Descriptors<'a> {
        Descriptors {
            bytes: self.1,
            next: Some(self.b_length().into()),
            total: self.w_total_length().into(),
        }
    }
}

impl<'a> Interface<'a> {
    getters! {
        /// bInterfaceNumber: counted from 0.
        b_interface_number: 2 => u8;
        /// bAlternateSetting: counted from 0.
        b_alternate_setting: 3 => u8;
        /// bNumEndpoints: a count without endpoint 0, as the device says it.
        b_num_endpoints: 4 => u8;
        /// bInterfaceClass: a class code; 0x0B is a smart-card reader, 0xFF the vendor's own.
        b_interface_class: 5 => u8;
        /// bInterfaceSubClass: a code that depends on the class.
        b_interface_sub_class: 6 => u8;
        /// bInterfaceProtocol: a code that depends on class and subclass.
        b_interface_protocol: 7 => u8;
        /// iInterface: index of a string; 0 is none.
        i_interface: 8 => u8;
    }
}

impl<'a> Endpoint<'a> {
    getters! {
        /// bEndpointAddress: the number in bits 0 to 3, the direction in bit 7.
        b_endpoint_address: 2 => u8;
        /// bmAttributes: bits; the transfer type in 0 and 1.
        bm_attributes: 3 => u8;
        /// wMaxPacketSize: bytes in bits 0 to 10, further transactions a microframe in 11 and 12.
        w_max_packet_size: 4 5 => u16;
        /// bInterval: of an interrupt endpoint, frames of 1 ms up to full speed, and an exponent of
        /// 2 over microframes of 125 µs (one more than it) from high speed on.
        b_interval: 6 => u8;
    }

    /// bEndpointAddress bits 0 to 3.
    pub fn number(&self) -> u8 {
        self.b_endpoint_address() & 0x0f
    }

    /// bEndpointAddress bit 7; a control endpoint goes both ways, whatever it says.
    pub fn direction(&self) -> Direction {
        if self.b_endpoint_address() & 0x80 == 0 { Direction::Out } else { Direction::In }
    }

    /// bmAttributes bits 0 and 1.
    pub fn transfer(&self) -> Transfer {
        match self.bm_attributes() & 0x03 {
            0 => Transfer::Control,
            1 => Transfer::Isochronous,
            2 => Transfer::Bulk,
            _ => Transfer::Interrupt,
        }
    }

    /// wMaxPacketSize bits 0 to 10, in bytes.
    pub fn max_packet_bytes(&self) -> u16 {
        self.w_max_packet_size() & 0x07ff
    }
}

impl<'a> Other<'a> {
    /// bDescriptorType: what it is; 0x20 and above belong to classes and vendors.
    pub fn b_descriptor_type(&self) -> u8 {
        // There are at least two bytes, so this is no guess.
        self.0.get(1).copied().unwrap_or_default()
    }

    /// All its bytes, bLength and bDescriptorType too.
    pub fn bytes(&self) -> &'a [u8] {
        self.0
    }
}

impl<'a> Iterator for Descriptors<'a> {
    type Item = Result<Descriptor<'a>, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        // Whatever goes wrong from here on leads to no next descriptor.
        let (at, total) = (self.next.take()?, self.total);
        if at == total {
            return None;
        }
        if at > total {
            // Only the configuration descriptor itself can be longer than its own whole.
            return Some(Err(Problem::Overrun { at: 0, found: total, expected: at }));
        }
        let rest = self.bytes.get(at..).unwrap_or_default();
        let length = match rest {
            [length @ 0..=1, ..] => {
                let found = (*length).into();
                return Some(Err(Problem::ZeroLength { at, found, expected: 2 }));
            }
            [length, _, ..] => usize::from(*length),
            _ => 2,
        };
        let Some(own) = rest.get(..length) else {
            let found = rest.len();
            return Some(Err(match at + length > total {
                true => Problem::Overrun { at, found: total - at, expected: length },
                false => Problem::Truncated { at, found, expected: length },
            }));
        };
        self.next = Some(at + length);
        Some(match own.get(1) {
            Some(0x04) => head(own, at, 0x04).map(|i| Descriptor::Interface(Interface(i))),
            Some(0x05) => head(own, at, 0x05).map(|e| Descriptor::Endpoint(Endpoint(e))),
            _ => Ok(Descriptor::Other(Other(own))),
        })
    }
}

/// The first bytes of a descriptor that is of this type and at least `N` bytes long.
fn head<const N: usize>(bytes: &[u8], at: usize, kind: u8) -> Result<&[u8; N], Problem> {
    let [length, found, ..] = bytes else {
        return Err(Problem::Truncated { at, found: bytes.len(), expected: N });
    };
    if *found != kind {
        return Err(Problem::Type { at, found: (*found).into(), expected: kind.into() });
    }
    if usize::from(*length) < N {
        return Err(Problem::Length { at, found: (*length).into(), expected: N });
    }
    bytes.first_chunk().ok_or(Problem::Truncated { at, found: bytes.len(), expected: N })
}

#[cfg(test)]
mod tests;
