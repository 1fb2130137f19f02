//! What a look at a reader can find: observations, what each proves, and what to do next. One file a language,
//! loaded when somebody opens the reader check.

use crate::{CauseIx, Lang, Probe, Sure, Unreadable, Word, words};
use serde::{Deserialize, Serialize};

words! {
    /// Something that the browser, the reader or the person told. One for each row of the decision table.
    Observed {
        InsecureContext = "insecure-context",
        NoDeviceApi = "no-device-api",
        ChooserSilent = "chooser-silent",
        PolicyDenied = "policy-denied",
        NoUserGesture = "no-user-gesture",
        NothingPicked = "nothing-picked",
        SaidNotInList = "said-not-in-list",
        SaidListEmpty = "said-list-empty",
        SaidWarningSign = "said-warning-sign",
        SaidDescriptorFailed = "said-descriptor-failed",
        DevicePicked = "device-picked",
        PhoneLikeDevice = "phone-like-device",
        KnownId = "known-id",
        UnknownId = "unknown-id",
        ClassSmartCard = "class-smart-card",
        ClassHidOnly = "class-hid-only",
        ClassCdc = "class-cdc",
        ClassVendorCcid = "class-vendor-ccid",
        UpdateModeClass = "update-mode-class",
        NotConfigured = "not-configured",
        StringMissing = "string-missing",
        UsbOpened = "usb-opened",
        OpenDeniedWindows = "open-denied-windows",
        OpenDeniedLinux = "open-denied-linux",
        OpenDeniedAndroid = "open-denied-android",
        OpenDeniedMacos = "open-denied-macos",
        DeviceGone = "device-gone",
        DescriptorAnswered = "descriptor-answered",
        TransferFailedWindows = "transfer-failed-windows",
        TransferFailed = "transfer-failed",
        TransferSilent = "transfer-silent",
        TransferStalled = "transfer-stalled",
        WeakHub = "weak-hub",
        SelfPoweredNoAdapter = "self-powered-no-adapter",
        CcidComplete = "ccid-complete",
        CcidDiffers = "ccid-differs",
        PortListed = "port-listed",
        NoPortListed = "no-port-listed",
        PortOpenFailed = "port-open-failed",
        PortAlreadyOpen = "port-already-open",
        PortOpened = "port-opened",
        SignalsUnreadable = "signals-unreadable",
        LinesAllLow = "lines-all-low",
        LineHigh = "line-high",
        BytesArrived = "bytes-arrived",
        NoBytes = "no-bytes",
        FramingError = "framing-error",
        BreakSeen = "break-seen",
        BufferOverrun = "buffer-overrun",
        PortLost = "port-lost",
        DropsWhileStill = "drops-while-still",
        DropsAtReader = "drops-at-reader",
        DropsAtComputer = "drops-at-computer",
        NoDrops = "no-drops",
        BackAtOnce = "back-at-once",
        BackAfterSeconds = "back-after-seconds",
        NotBackNoSerialNumber = "not-back-no-serial-number",
        NotBack = "not-back",
        DropsUnderLoad = "drops-under-load",
        FixedByCable = "fixed-by-cable",
        FixedByPort = "fixed-by-port",
        SameOnOtherComputer = "same-on-other-computer",
        FineOnOtherComputer = "fine-on-other-computer",
        IdChanged = "id-changed",
        EventsTogether = "events-together",
        ReplugAnswered = "replug-answered",
    }
}

words! {
    /// What may be behind it that no cause of the diagnosis is.
    Local {
        CableData = "cable-data",
        CableLoose = "cable-loose",
        Port = "port",
        PowerWeak = "power-weak",
        ReaderSilent = "reader-silent",
        DriverMissing = "driver-missing",
        SystemOwns = "system-owns",
        SystemPermission = "system-permission",
        Held = "held",
        Browser = "browser",
        Policy = "policy",
        OtherDevice = "other-device",
        Cancelled = "cancelled",
        UsbMode = "usb-mode",
        PortSettings = "port-settings",
        Adapter = "adapter",
        ReaderHangs = "reader-hangs",
    }
}

words! {
    /// What to do next.
    NextStep {
        GoOn = "go-on",
        OpenSecurePage = "open-secure-page",
        OtherBrowser = "other-browser",
        OpenInOwnTab = "open-in-own-tab",
        PressAgain = "press-again",
        ReloadPage = "reload-page",
        SayWhatListShowed = "say-what-list-showed",
        PickAgain = "pick-again",
        PlugInAnything = "plug-in-anything",
        AllowInDialog = "allow-in-dialog",
        SerialStep = "serial-step",
        DoNotSwipe = "do-not-swipe",
        ChangeCableOrPort = "change-cable-or-port",
        ChangeCable = "change-cable",
        ChangePort = "change-port",
        PlugInDirectly = "plug-in-directly",
        UnplugAndWait = "unplug-and-wait",
        WaitAndLook = "wait-and-look",
        ReplugCheck = "replug-check",
        CableTest = "cable-test",
        PowerCheck = "power-check",
        ConnectPower = "connect-power",
        CheckFarEnd = "check-far-end",
        CompareSettings = "compare-settings",
        RepeatOnce = "repeat-once",
        CloseTillProgram = "close-till-program",
        InstallDriver = "install-driver",
        SetUsbMode = "set-usb-mode",
        LetUpdateFinish = "let-update-finish",
        KeepTheChange = "keep-the-change",
        LookAtFirstComputer = "look-at-first-computer",
        CallSupplier = "call-supplier",
    }
}

words! {
    /// How much a finding raises or lowers something.
    Much {
        Slightly = "slightly",
        Somewhat = "somewhat",
        Strongly = "strongly",
    }
}

words! {
    /// Findings that rest on the same fact: for each cause only the strongest weighs.
    Together {
        LinkStands = "link-stands",
        PortOpens = "port-opens",
        WhatItIs = "what-it-is",
    }
}

impl NextStep {
    /// Whether it disturbs what runs: it waits until nothing is pending.
    pub fn disturbs(self) -> bool {
        matches!(
            self,
            NextStep::CableTest
                | NextStep::ChangeCable
                | NextStep::ChangeCableOrPort
                | NextStep::ChangePort
                | NextStep::CloseTillProgram
                | NextStep::LetUpdateFinish
                | NextStep::LookAtFirstComputer
                | NextStep::PlugInDirectly
                | NextStep::PowerCheck
                | NextStep::ReplugCheck
                | NextStep::UnplugAndWait
                | NextStep::WaitAndLook
        )
    }
}

/// What an observation means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub id: String,
    pub when: Observed,
    pub raises: Vec<(CauseIx, Much)>,
    pub lowers: Vec<(CauseIx, Much)>,
    pub raises_local: Vec<(Local, Much)>,
    pub lowers_local: Vec<(Local, Much)>,
    pub next: NextStep,
    pub together: Option<Together>,
    pub sure: Sure,
    /// Titles of the sources, as published.
    pub sources: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FindingText {
    /// What was seen.
    pub name: String,
    pub proves: String,
    /// What it does not prove.
    pub not: String,
    pub next: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProbeWords {
    pub lang: Lang,
    /// In the order of [`Probe`].
    pub texts: Vec<String>,
    pub findings: Vec<FindingText>,
}

impl ProbeWords {
    pub fn text(&self, key: Probe) -> &str {
        &self.texts[key as usize]
    }
}

/// What is loaded in a language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProbeFile {
    pub findings: Vec<Finding>,
    pub words: ProbeWords,
}

impl ProbeFile {
    /// Reads the bytes that [`ProbeFile::to_bytes`] wrote.
    ///
    /// # Errors
    /// If they are cut, or of another edition.
    pub fn from_bytes(bytes: &[u8]) -> Result<ProbeFile, Unreadable> {
        let file: ProbeFile =
            postcard::from_bytes(bytes).map_err(|_| Unreadable("the findings are damaged"))?;
        let whole = file.findings.len() == file.words.findings.len()
            && file.words.texts.len() == Probe::ALL.len();
        if whole { Ok(file) } else { Err(Unreadable("the findings do not fit together")) }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }
}
