//! What a look at a reader holds besides what was observed, and what doing a part of it again takes back.

use crate::probe::wire::Kind;
use rulebase::{Observed, words};

/// The browser's list of devices is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choosing {
    pub kind: Kind,
    pub filtered: bool,
    /// Nothing came of it for eight seconds.
    pub silent: bool,
}

/// What is asked after a list was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListHow {
    pub kind: Kind,
    pub filtered: bool,
}

words! {
    /// How a reader is plugged in.
    Plugged { Direct = "direct", OwnHub = "hub-own", Hub = "hub" }
}

words! {
    /// Whether the reader's own adapter is connected.
    Adapter { Yes = "yes", No = "no", None = "none" }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Power {
    pub plugged: Option<Plugged>,
    pub adapter: Option<Adapter>,
    /// Watching until then for a break under load.
    pub until: Option<u64>,
    /// It stayed connected.
    pub stayed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Replug {
    #[default]
    Idle,
    /// To be unplugged, until then.
    Out(u64),
    /// To be plugged in again.
    In,
    Back,
    /// No unplugging was noticed.
    Unheard,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    Cable,
    Port,
}

/// A serial port while and after it is listened to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    pub listening: bool,
    /// It was listened to.
    pub over: bool,
    /// It is closed again for certain.
    pub closed: bool,
    pub bytes: u32,
    /// CTS, DSR, DCD and RI, as they were read last.
    pub signals: Option<[bool; 4]>,
}

/// What a new list takes back.
pub const LIST: [Observed; 7] = [
    Observed::NothingPicked,
    Observed::ChooserSilent,
    Observed::SaidNotInList,
    Observed::SaidListEmpty,
    Observed::NoUserGesture,
    Observed::PolicyDenied,
    Observed::DeviceGone,
];

/// What a device is; another one is something else.
pub const IDENTITY: [Observed; 10] = [
    Observed::PhoneLikeDevice,
    Observed::KnownId,
    Observed::UnknownId,
    Observed::ClassSmartCard,
    Observed::ClassHidOnly,
    Observed::ClassCdc,
    Observed::ClassVendorCcid,
    Observed::UpdateModeClass,
    Observed::NotConfigured,
    Observed::CcidComplete,
];

/// What asking a device again takes back.
pub const ASKED: [Observed; 15] = [
    Observed::UsbOpened,
    Observed::OpenDeniedWindows,
    Observed::OpenDeniedLinux,
    Observed::OpenDeniedAndroid,
    Observed::OpenDeniedMacos,
    Observed::DeviceGone,
    Observed::DescriptorAnswered,
    Observed::TransferFailedWindows,
    Observed::TransferFailed,
    Observed::TransferSilent,
    Observed::TransferStalled,
    Observed::WeakHub,
    Observed::CcidComplete,
    Observed::CcidDiffers,
    Observed::ClassVendorCcid,
];

/// What listening again takes back.
pub const LISTENED: [Observed; 12] = [
    Observed::PortOpenFailed,
    Observed::PortAlreadyOpen,
    Observed::PortOpened,
    Observed::SignalsUnreadable,
    Observed::LinesAllLow,
    Observed::LineHigh,
    Observed::BytesArrived,
    Observed::NoBytes,
    Observed::FramingError,
    Observed::BreakSeen,
    Observed::BufferOverrun,
    Observed::PortLost,
];
