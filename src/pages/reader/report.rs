//! What was seen, for whoever supplied the reader or for the acquirer: as text in both languages and as JSON.
//! Without the serial number unless somebody wants it in.

use super::look::called;
use super::{On, cable, found};
use crate::node::{View, el, with};
use crate::nodes;
use crate::office::Loaded;
use crate::pages::At;

use crate::probe::ccid::{Ccid, ExchangeLevel, Pin, Protocol, Voltage, readers};
use crate::probe::conclude::conclude;
use crate::probe::descriptor::Configuration;
use crate::probe::session::Session;
use crate::probe::text::Serial;
use crate::probe::wire::System;
use rulebase::{Lang, Local, Observed, Probe, Ui, Word};
use serde_json::json;

pub fn report(on: On) -> View {
    let session = &on.at.desk.reader.session;
    let Some((own, other)) = both(on) else {
        let text = with("p", on.at.ui(Ui::Loading));
        return nodes![text.class("loading").attr("role", "status")];
    };
    let tick = el("input")
        .attr("type", "checkbox")
        .class("fact")
        .attr("id", "with-serial")
        .attr_opt("checked", session.with_serial.then_some(""));
    let tick =
        nodes![tick, with("label", on.text(Probe::WithSerialNumber)).attr("for", "with-serial")];
    let said = on.at.desk.reader.said.map(|key| on.text(key));
    let text = |lines: &str, lang: Lang| {
        el("pre").class("report").attr("lang", lang.spelled()).put(lines.to_string())
    };
    let lang = on.at.words.lang;
    let both =
        el("div").attr("id", "letter").put(nodes![text(&own, lang), text(&other, lang.other())]);
    let gone = session.let_go.then(|| on.p(Probe::LetGoDone).attr("role", "status"));
    let let_go = (session.device.is_some() || session.port.is_some())
        .then(|| nodes![with("p", on.button("let-go", Probe::LetGo)), on.hint(Probe::LetGoWhy)]);
    nodes![
        on.p(Probe::ReportFor),
        with("p", tick).class("tick"),
        on.hint(Probe::WithSerialNumberWhy),
        with(
            "p",
            nodes![on.button("copy", Probe::CopyReport), on.button("save-report", Probe::SaveJson),]
        )
        .class("show-do"),
        el("p").class("said").attr("role", "status").put(said),
        both,
        gone,
        let_go,
        on.results(),
    ]
}

/// The report in the visitor's language and in the other one; `None` before both have come.
fn both(on: On) -> Option<(String, String)> {
    let other = on.at.words.lang.other();
    match on.at.desk.reader.file(other) {
        Loaded::Here(file) => Some((lines(on), lines(On { at: on.at, file }))),
        // One language is better than none.
        Loaded::Missing => Some((lines(on), String::new())),
        Loaded::Coming => None,
    }
}

/// One language's report.
fn lines(on: On) -> String {
    let session = &on.at.desk.reader.session;
    let colon = if on.file.words.lang == Lang::ZhCn { "：" } else { ": " };
    let mut out = vec![on.text(Probe::ReportTitle)];
    let made = on.fill(Probe::ReportMade, "date", &on.at.today.to_string());
    out.push(made);
    if let Some(gates) = &session.gates {
        if !gates.browser.is_empty() {
            out.push(on.fill(Probe::ReportBrowser, "name", &gates.browser));
        }
        let system = match gates.system {
            System::Windows => "Windows",
            System::Macos => "macOS",
            System::Linux => "Linux",
            System::Android => "Android",
            System::Ios => "iOS",
            System::Chromeos => "ChromeOS",
            System::Other => "?",
        };
        out.push(on.fill(Probe::ReportSystem, "name", system));
    }
    let mut row = |key: Probe, value: String| {
        out.push(format!("{}{colon}{value}", on.text(key)));
    };
    if let Some(device) = &session.device {
        let wanted = if session.with_serial { Serial::Whole } else { Serial::Out };
        let said = called(device, wanted);
        said.manufacturer.into_iter().for_each(|v| row(Probe::ReportMaker, v));
        said.product.into_iter().for_each(|v| row(Probe::ReportModel, v));
        row(Probe::ReportNumber, format!("{:04x}:{:04x}", device.vendor, device.product));
        if let Some((vendor, product)) = session.was {
            out.push(on.fill(Probe::WasNumber, "number", &format!("{vendor:04x}:{product:04x}")));
        }
        let mut row = |key: Probe, value: String| {
            out.push(format!("{}{colon}{value}", on.text(key)));
        };
        row(Probe::ReportVersion, device.version.clone());
        row(Probe::ReportParts, classes(session).join(", "));
        match said.serial {
            Some(serial) => row(Probe::ReportSerialNumber, serial),
            None => out.push(on.text(Probe::ReportSerialNumberLeftOut)),
        }
    }
    ccid(session, |ccid| {
        out.push(on.text(Probe::ReportChip));
        let mut row = |key: Probe, value: String| {
            out.push(format!("– {}{colon}{value}", on.text(key)));
        };
        row(Probe::ReportSlots, ccid.slots().to_string());
        row(Probe::ReportVoltages, voltages(ccid).join(", "));
        row(Probe::ReportProtocols, protocols(ccid).join(", "));
        row(Probe::ReportLevel, level(ccid).into());
        let pins: Vec<&str> = ccid.pin().map(pin).collect();
        if !pins.is_empty() {
            row(Probe::ReportPinPad, pins.join(", "));
        }
        if let Some(lcd) = ccid.lcd() {
            row(Probe::ReportDisplay, format!("{} × {}", lcd.lines, lcd.columns));
        }
    });
    if let Some(port) = &session.port {
        out.push(found::port_name(on, port));
        if let Some(lines) = session.line.signals {
            out.push(format!(
                "– {}{colon}{}",
                on.text(Probe::ReportLines),
                signals(lines).join(", ")
            ));
        }
        if session.line.over {
            out.push(format!("– {}{colon}{}", on.text(Probe::ReportBytes), session.line.bytes));
        }
    }
    let concluded = conclude(&on.file.findings, session.seen());
    out.push(String::new());
    match concluded.findings.is_empty() {
        true => out.push(on.text(Probe::ReportEmpty)),
        false => out.push(on.text(Probe::ReportSeen)),
    }
    let names = concluded.findings.iter().map(|at| &on.file.words.findings[*at].name);
    out.extend(names.map(|name| format!("– {name}")));
    let harm = |l: &&(Local, i32)| !matches!(l.0, Local::SystemOwns | Local::Cancelled);
    if let Some((what, much)) = concluded.local.iter().filter(|l| l.1 > 0).find(harm) {
        let key = if *much >= 2 { Probe::MostLikely } else { Probe::Possible };
        out.push(format!("{}{colon}{}", on.text(key), on.text(found::local(*what))));
    }
    if session.cable.proved {
        out.push(format!("{}{colon}", on.text(Probe::ReportCable)));
        out.extend(cable::lines(on, 4).into_iter().map(|l| format!("– {l}")));
    }
    if !session.failures.is_empty() {
        out.push(format!("{}{colon}", on.text(Probe::ReportMessages)));
        out.extend(
            session.failures.iter().map(|f| format!("– {}: {}: {}", f.call, f.name, f.message)),
        );
    }
    out.push(String::new());
    out.push(on.text(Probe::NotTested));
    out.push(on.text(Probe::NotBroken));
    out.join("\n")
}

fn classes(session: &Session) -> Vec<String> {
    let Some(device) = &session.device else { return Vec::new() };
    let parts = device.interfaces.iter().flat_map(|i| &i.alternates);
    let mut classes: Vec<String> = parts.map(|a| format!("0x{:02X}", a.class)).collect();
    classes.dedup();
    classes
}

/// Shows the functional descriptor of a reader, if there was one.
fn ccid(session: &Session, show: impl FnOnce(&Ccid)) {
    let bytes = session.read.as_ref().and_then(|r| r.answer("configuration")).unwrap_or_default();
    if let Ok(configuration) = Configuration::new(&bytes)
        && let Some((_, ccid)) = readers(&configuration).next()
    {
        show(&ccid);
    }
}

fn voltages(ccid: &Ccid) -> Vec<&'static str> {
    let name = |v: Voltage| match v {
        Voltage::Five => "5 V",
        Voltage::Three => "3 V",
        Voltage::OnePointEight => "1.8 V",
    };
    ccid.voltages().map(name).collect()
}

fn protocols(ccid: &Ccid) -> Vec<&'static str> {
    let name = |p: Protocol| match p {
        Protocol::T0 => "T=0",
        Protocol::T1 => "T=1",
    };
    ccid.protocols().map(name).collect()
}

/// As the specification calls it.
fn level(ccid: &Ccid) -> &'static str {
    match ccid.exchange_level() {
        ExchangeLevel::Character => "character",
        ExchangeLevel::Tpdu => "TPDU",
        ExchangeLevel::ShortApdu => "short APDU",
        ExchangeLevel::ExtendedApdu => "short and extended APDU",
        ExchangeLevel::Several => "?",
    }
}

fn pin(pin: Pin) -> &'static str {
    match pin {
        Pin::Verify => "verify",
        Pin::Modify => "modify",
    }
}

fn signals(lines: [bool; 4]) -> Vec<String> {
    let names = ["CTS", "DSR", "DCD", "RI"];
    names.iter().zip(lines).map(|(n, on)| format!("{n} {}", u8::from(on))).collect()
}

/// The report as JSON, with the name of its file; `None` before the texts have come.
pub fn reader_report(at: At) -> Option<(String, String)> {
    let Loaded::Here(file) = at.desk.reader.file(at.words.lang) else { return None };
    let session = &at.desk.reader.session;
    let on = On { at, file };
    let concluded = conclude(&file.findings, session.seen());
    let device = session.device.as_ref().map(|d| {
        let wanted = if session.with_serial { Serial::Whole } else { Serial::Out };
        let said = called(d, wanted);
        let parts: Vec<_> = d.interfaces.iter().flat_map(|i| &i.alternates).collect();
        json!({
            "vendor": format!("{:04x}", d.vendor),
            "product": format!("{:04x}", d.product),
            "version": d.version,
            "maker": said.manufacturer,
            "model": said.product,
            "serialNumber": said.serial,
            "interfaces": parts.iter().map(|a| [a.class, a.subclass, a.protocol]).collect::<Vec<_>>(),
        })
    });
    let mut chip = None;
    ccid(session, |ccid| {
        let pins = |p: Pin| ccid.pin().any(|q| q == p);
        chip = Some(json!({
            "slots": ccid.slots(),
            "voltages": voltages(ccid),
            "protocols": protocols(ccid),
            "exchangeLevel": level(ccid),
            "pinVerify": pins(Pin::Verify),
            "pinModify": pins(Pin::Modify),
        }));
    });
    let ids: Vec<&str> =
        concluded.findings.iter().map(|at| file.findings[*at].id.as_str()).collect();
    let seen: Vec<&str> = session.seen().iter().map(|o: &Observed| o.spelled()).collect();
    let said = session
        .failures
        .iter()
        .map(|f| json!({"call": f.call, "name": f.name, "message": f.message}));
    let whole = json!({
        "format": 1,
        "made": at.today.to_string(),
        "browser": session.gates.as_ref().map(|g| &g.browser),
        "system": session.gates.as_ref().map(|g| format!("{:?}", g.system).to_lowercase()),
        "device": device,
        "numberBefore": session.was.map(|(v, p)| format!("{v:04x}:{p:04x}")),
        "chipReader": chip,
        "port": session.port.as_ref().map(|p| json!({
            "vendor": p.vendor.map(|v| format!("{v:04x}")),
            "product": p.product.map(|v| format!("{v:04x}")),
            "bytesCounted": session.line.over.then_some(session.line.bytes),
            "lines": session.line.signals.map(signals),
        })),
        "observed": seen,
        "findings": ids,
        "cableBreaks": session.cable.proved.then_some(session.cable.breaks),
        "messages": said.collect::<Vec<_>>(),
        "notTested": on.text(Probe::NotTested),
    });
    let text = serde_json::to_string_pretty(&whole).ok()?;
    Some((format!("reader-check-{}.json", at.today), text))
}
