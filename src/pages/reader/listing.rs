//! Help where the device is not in the browser's list, for each system.

use super::On;
use super::trials::shown;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::probe::wire::System;
use crate::route::Check;
use rulebase::{Observed, Probe};

type Texts = (System, Probe, &'static [Probe]);

const SYSTEMS: [Texts; 6] = [
    (
        System::Windows,
        Probe::Windows,
        &[
            Probe::Windows1,
            Probe::Windows2,
            Probe::Windows3,
            Probe::Windows4,
            Probe::Windows5,
            Probe::Windows6,
        ],
    ),
    (
        System::Macos,
        Probe::Macos,
        &[Probe::Macos1, Probe::Macos2, Probe::Macos3, Probe::Macos4, Probe::Macos5],
    ),
    (
        System::Linux,
        Probe::Linux,
        &[Probe::Linux1, Probe::Linux2, Probe::Linux3, Probe::Linux4, Probe::Linux5, Probe::Linux6],
    ),
    (
        System::Android,
        Probe::Android,
        &[Probe::Android1, Probe::Android2, Probe::Android3, Probe::Android4, Probe::Android5],
    ),
    (
        System::Chromeos,
        Probe::Chromeos,
        &[Probe::Chromeos1, Probe::Chromeos2, Probe::Chromeos3, Probe::Chromeos4],
    ),
    (System::Other, Probe::OtherSystem, &[Probe::OtherSystem1, Probe::OtherSystem2]),
];

/// The visitor's own system stands first and open; the check may run for a reader on another computer.
pub fn listing(on: On) -> View {
    let session = &on.at.desk.reader.session;
    let own = match session.system() {
        System::Ios => System::Other,
        system => system,
    };
    let open = session.gates.is_some().then_some(own);
    let mut systems = SYSTEMS.to_vec();
    systems.sort_by_key(|s| Some(s.0) != open);
    let folds: Vec<Element> = systems
        .into_iter()
        .map(|(system, name, texts)| {
            let saw = (system == System::Windows).then(|| saw(on));
            el("details")
                .attr_opt("open", (Some(system) == open).then_some(""))
                .put(with("summary", on.text(name)))
                .put(el("div").class("inside").put(nodes![on.steps(texts), saw]))
        })
        .collect();
    nodes![
        on.careful(Probe::HelperSafe),
        on.p(Probe::HelperWhich),
        folds,
        on.p(Probe::HelperStill),
        on.results(),
        on.questions(Probe::ToQuestions),
    ]
}

/// What Windows' own list shows is a finding too.
fn saw(on: On) -> View {
    let session = &on.at.desk.reader.session;
    let fine = session.said_fine.then(|| {
        let all = link(on.to(Check::Look)).class("button").put(on.text(Probe::ChooseAll));
        nodes![on.p(Probe::SawFineNext), with("p", all)]
    });
    let of = [Observed::SaidWarningSign, Observed::SaidDescriptorFailed];
    nodes![
        on.p(Probe::SawWhich),
        with("p", on.button("said-fine", Probe::SawFine)),
        with("p", on.button("said-warning-sign", Probe::SawWarning)),
        with("p", on.button("said-descriptor-failed", Probe::SawUnknown)),
        el("div").attr("role", "status").put(fine),
        shown(on, &of),
    ]
}
