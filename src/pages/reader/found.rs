//! What was found: what device it is, what may be behind the trouble, each finding with what it shows and what
//! not, what to do next; and the way into the questions with it.

use super::On;
use super::look::{called, named};
use crate::engine::Case;
use crate::engine::belief::prior;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::fold::fold;
use crate::parts::icon::{Icon, icon};
use crate::parts::sources::sure;
use crate::probe::conclude::{Concluded, conclude};
use crate::probe::text::Serial;
use crate::probe::wire::Port;
use crate::route::Check;
use rulebase::{
    Base, CauseIx, ComplaintIx, Finding, Local, NextStep, Observed, Probe, ProbedIx, Role, Ui, Word,
};

pub fn found(on: On) -> View {
    let session = &on.at.desk.reader.session;
    let concluded = conclude(&on.file.findings, session.seen());
    nodes![
        device(on),
        port(on),
        verdict(on, &concluded),
        findings(on, &concluded),
        closer(on),
        evidence(on, &concluded),
        on.hint(Probe::NotTested),
        on.hint(Probe::NotBroken),
        on.hint(Probe::Call),
    ]
}

/// How a port is called on the page.
pub fn port_name(on: On, port: &Port) -> String {
    let title = on.text(Probe::ReportSerial);
    match (port.vendor, port.product) {
        (Some(vendor), Some(product)) => format!("{title} {vendor:04x}:{product:04x}"),
        _ => title,
    }
}

fn device(on: On) -> Option<Element> {
    let session = &on.at.desk.reader.session;
    let device = session.device.as_ref()?;
    let said = called(device, Serial::LastFour);
    let known = on.at.desk.reader.known();
    let known = known.and_then(|k| k.name(device.vendor, device.product));
    let looks = known.map(|name| {
        nodes![with("p", on.fill(Probe::LooksLike, "name", name)), on.hint(Probe::LooksLikeWhy)]
    });
    let row = |key: Probe, value: Option<String>| {
        value.map(|v| nodes![with("dt", on.text(key)), with("dd", v)])
    };
    let mut classes: Vec<u8> =
        device.interfaces.iter().flat_map(|i| &i.alternates).map(|a| a.class).collect();
    classes.sort_unstable();
    classes.dedup();
    let classes: Vec<String> = classes.iter().map(|c| format!("0x{c:02X}")).collect();
    let number = format!("{:04x}:{:04x}", device.vendor, device.product);
    let end = said.serial.map(|last| on.fill(Probe::ReportSerialNumberEnd, "last", &last));
    let rows = el("dl").class("facts-list").put(nodes![
        row(Probe::ReportMaker, said.manufacturer),
        row(Probe::ReportModel, said.product),
        row(Probe::ReportNumber, Some(number)),
        row(Probe::ReportVersion, Some(device.version.clone()).filter(|v| !v.is_empty())),
        row(Probe::ReportParts, (!classes.is_empty()).then(|| classes.join(", "))),
    ]);
    let state = match session.out {
        Some(_) => Some(on.text(Probe::GoneNow)),
        None if session.reading => Some(on.text(Probe::AskingDevice)),
        None => None,
    };
    let ask = (!session.reading && session.out.is_none())
        .then(|| with("p", on.button("ask-device", Probe::AskDevice)));
    let head = on.fill(Probe::Chosen, "name", &named(on, device));
    Some(el("section").class("panel").put(nodes![
        with("h2", head).class("sub").attr("data-focus", "").attr("tabindex", "-1"),
        el("p").attr("role", "status").put(state),
        looks,
        rows,
        end.map(|e| with("p", e).class("hint")),
        ask,
    ]))
}

fn port(on: On) -> Option<Element> {
    let port = on.at.desk.reader.session.port.as_ref()?;
    let head = on.fill(Probe::Chosen, "name", &port_name(on, port));
    Some(el("section").class("panel").put(with("h2", head).class("sub")))
}

/// What the trouble most likely is, in one glance.
fn verdict(on: On, concluded: &Concluded) -> View {
    let raised: Vec<Local> =
        concluded.local.iter().filter(|l| l.1 > 0).map(|l| l.0).filter(|l| !harmless(*l)).collect();
    let session = &on.at.desk.reader.session;
    let acts = |at: &usize| trouble(&on.file.findings[*at]);
    let Some(first) = raised.first() else {
        if session.out.is_some() {
            return nodes![on.careful(Probe::NotConnected)];
        }
        let good = session.seen().contains(&Observed::DevicePicked)
            && !concluded.findings.iter().any(acts);
        let text = match good {
            true => nodes![icon(Icon::Fine), with("span", on.text(Probe::ConnectionFine))],
            false => nodes![with("span", on.text(Probe::NothingKnown))],
        };
        let class = if good { "fine" } else { "notice" };
        let card = good.then(|| {
            let text = on.text(Probe::CardSide);
            with("p", link(on.at.to(crate::route::Page::Start { more: false })).put(text))
        });
        let not = good.then(|| nodes![on.p(Probe::CardSideWhy), on.p(Probe::NotTested)]);
        return nodes![el("p").class(class).attr("role", "status").put(text), not, card];
    };
    let weight = concluded.local.iter().find(|l| l.0 == *first).map_or(0, |l| l.1);
    let also: Vec<Element> =
        raised.iter().skip(1).take(3).map(|l| with("li", on.text(local(*l)))).collect();
    let also = (!also.is_empty()).then(|| nodes![on.p(Probe::AlsoPossible), el("ul").put(also)]);
    let likely = nodes![
        // A weak sign makes nothing likely.
        with("p", on.text(if weight >= 2 { Probe::MostLikely } else { Probe::Possible }))
            .class("eyebrow"),
        with("p", with("strong", on.text(local(*first)))).attr("role", "status"),
        also,
    ];
    nodes![el("div").class("panel").put(likely)]
}

/// What is as it should be, or says nothing.
fn harmless(what: Local) -> bool {
    matches!(what, Local::SystemOwns | Local::Cancelled)
}

/// Each finding: what points at a trouble stands open with what to do, the rest folds behind its name.
fn findings(on: On, concluded: &Concluded) -> View {
    let (mut open, mut folded) = (Vec::new(), Vec::new());
    for at in &concluded.findings {
        let (finding, text) = (&on.file.findings[*at], &on.file.words.findings[*at]);
        let grade = on.at.ui(sure(finding.sure));
        let list = on.cx().list(finding.sources.clone());
        let told = |key: Probe, text: &str| {
            let key = with("strong", format!("{}{}", on.text(key), on.at.ui(Ui::Colon)));
            with("p", nodes![key, text])
        };
        let what = nodes![
            told(Probe::Proves, &text.proves),
            told(Probe::NotProves, &text.not),
            with("p", format!("{grade} · {list}")).class("hint"),
        ];
        let next = next(on, finding.next, &text.next);
        match trouble(finding) {
            true => {
                let summary = format!("{} · {}", on.text(Probe::Proves), on.text(Probe::NotProves));
                let body = nodes![with("h3", text.name.clone()), next, fold(summary, what)];
                open.push(el("li").key(finding.id.clone()).put(body));
            }
            false => {
                let body = fold(text.name.clone(), nodes![next, what]);
                folded.push(el("div").key(finding.id.clone()).put(body));
            }
        }
    }
    let head = |key: Probe| with("h2", on.text(key)).class("sub");
    let (no_open, no_folded) = (open.is_empty(), folded.is_empty());
    nodes![
        (!no_open).then(|| head(Probe::DoNow)),
        (!no_open).then(|| el("ul").class("looks").put(open)),
        (!no_folded).then(|| head(Probe::InOrder)),
        folded,
    ]
}

/// Whether a finding points at something that somebody has to do.
fn trouble(finding: &Finding) -> bool {
    let acts = !matches!(
        finding.next,
        // What is in order, what a test may look at further, and what is only a way to go on.
        NextStep::GoOn | NextStep::KeepTheChange | NextStep::ReplugCheck | NextStep::SerialStep
    );
    acts || finding.raises_local.iter().any(|l| !harmless(l.0) && finding.next != NextStep::GoOn)
}

/// What to do next; a text whose step disturbs a till says itself that nothing may be pending.
fn next(on: On, step: NextStep, text: &str) -> View {
    let part = match step {
        NextStep::CableTest => Some(Check::Cable),
        NextStep::ReplugCheck | NextStep::UnplugAndWait => Some(Check::Replug),
        NextStep::PowerCheck | NextStep::ConnectPower => Some(Check::Power),
        NextStep::ChangeCable
        | NextStep::ChangeCableOrPort
        | NextStep::ChangePort
        | NextStep::PlugInDirectly => Some(Check::Change),
        NextStep::InstallDriver => Some(Check::NotListed),
        _ => None,
    };
    let link = part.map(|p| with("p", link(on.to(p)).put(on.text(super::name(p)))));
    nodes![with("p", text), link]
}

/// The guided tests.
fn closer(on: On) -> View {
    let session = &on.at.desk.reader.session;
    let mut parts = Vec::new();
    if session.device.is_some() {
        parts.extend([Check::Replug, Check::Cable, Check::Power]);
    }
    if session.port.is_some() {
        parts.push(Check::Serial);
    }
    parts.extend([Check::Change, Check::Other, Check::Report]);
    let parts: Vec<Element> = parts.into_iter().map(|p| on.part(p)).collect();
    nodes![
        with("h2", on.text(Probe::Closer)).class("sub"),
        on.hint(Probe::CloserWhy),
        el("ul").class("choices two").put(parts),
    ]
}

/// Links that take the findings along as evidence.
fn evidence(on: On, concluded: &Concluded) -> View {
    let cx = on.cx();
    let ids = concluded.findings.iter().map(|at| on.file.findings[*at].id.as_str());
    let taken: Vec<String> = ids
        .filter(|id| ProbedIx::find(cx.base, id).is_some())
        .map(|id| format!("/found.{id}"))
        .collect();
    if taken.is_empty() {
        return View::new();
    }
    let taken = taken.concat();
    let case = on.at.desk.reader.case.as_ref().map(|case| {
        // What was found before stands there once more, and counts once.
        let to = link(format!("{case}{taken}")).class("button");
        with("p", to.put(on.text(Probe::EvidenceCase)))
    });
    let raised: Vec<CauseIx> = concluded.causes.iter().filter(|c| c.1 > 0).map(|c| c.0).collect();
    let staff = Role::Staff;
    let mut complaints: Vec<(ComplaintIx, f64)> = ComplaintIx::all(cx.base)
        // What is about the money is no fault of a reader.
        .filter(|c| cx.base[*c].roles.has(staff) && cx.base[*c].situation.is_none())
        .map(|c| (c, mass(cx.base, c, &raised)))
        .collect();
    // What such findings are most often behind stands first; the order of the start page holds otherwise.
    complaints.sort_by(|a, b| b.1.total_cmp(&a.1));
    let complaints: Vec<Element> = complaints
        .into_iter()
        .take(COMPLAINTS)
        .map(|(c, _)| {
            let id = &cx.base[c].id;
            let to = format!("#/{}/{}/{id}{taken}", cx.words.lang.spelled(), staff.spelled());
            with("li", link(to).class("choice").put(cx.words.complaint(c).name.clone()))
        })
        .collect();
    let which = case.is_some().then(|| on.p(Probe::EvidenceWhich));
    nodes![
        with("h2", on.text(Probe::Evidence)).class("sub"),
        on.p(Probe::EvidenceWhy),
        case,
        which,
        el("ul").class("choices two").put(complaints),
    ]
}

/// How many complaints are offered.
const COMPLAINTS: usize = 5;

/// How much of what a complaint usually is falls to these causes.
fn mass(base: &Base, complaint: ComplaintIx, causes: &[CauseIx]) -> f64 {
    let prior = prior(base, &Case::new(complaint));
    let sum: f64 = prior.iter().sum();
    causes.iter().map(|c| prior[usize::from(c.0)]).sum::<f64>() / sum
}

/// What only the reader check tells apart, by its text.
pub fn local(what: Local) -> Probe {
    match what {
        Local::CableData => Probe::IsCableData,
        Local::CableLoose => Probe::IsCableLoose,
        Local::Port => Probe::IsPort,
        Local::PowerWeak => Probe::IsPowerWeak,
        Local::ReaderSilent => Probe::IsReaderSilent,
        Local::DriverMissing => Probe::IsDriverMissing,
        Local::SystemOwns => Probe::IsSystemOwns,
        Local::SystemPermission => Probe::IsSystemPermission,
        Local::Held => Probe::IsHeld,
        Local::Browser => Probe::IsBrowser,
        Local::Policy => Probe::IsPolicy,
        Local::OtherDevice => Probe::IsOtherDevice,
        Local::Cancelled => Probe::IsCancelled,
        Local::UsbMode => Probe::IsUsbMode,
        Local::PortSettings => Probe::IsPortSettings,
        Local::Adapter => Probe::IsAdapter,
        Local::ReaderHangs => Probe::IsReaderHangs,
    }
}
