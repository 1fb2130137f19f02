//! What no single file can show: rules that need each other, and words that must agree.

use super::Folder;
use super::fields::{Fields, Problems, parse};
use super::problem::Problem;
use super::rules::{forbidden_tags, note};
use super::texts::Places;
use crate::*;
use std::collections::BTreeSet;

pub(super) fn check(
    folder: &Folder,
    base: &Base,
    lookup: &Lookup,
    places: &Places,
    problems: &Problems,
) {
    codes(lookup, problems);
    answers(base, problems);
    actions(folder, base, problems);
    complaints(base, problems);
    evidence(base, places, problems);
    placeholders(places, problems);
    cases(folder, base, problems);
}

/// A code must not lead anybody to charge twice or to accuse, and readings that differ know each other.
fn codes(lookup: &Lookup, problems: &Problems) {
    for (i, code) in lookup.codes.iter().enumerate() {
        let path = || format!("rules/codes/{}.toml", code.id);
        let open = matches!(code.result, CodeResult::Unknown | CodeResult::Confirm);
        if open && code.retry != Retry::AfterQuery {
            let said =
                "whether it was paid is open, so a retry waits: expected retry = “after-query”";
            note(problems, path(), said.into());
        }
        if code.result == CodeResult::Pickup && code.retry != Retry::Never {
            let said = "the card's bank wants the card back: expected retry = “never”";
            note(problems, path(), said.into());
        }
        for (other, reading) in lookup.codes.iter().enumerate() {
            let knows = code.conflicts.contains(&(other as u16));
            if other != i && reading.code == code.code && !knows {
                let said =
                    format!("“{}” reads {} too: name it in “conflicts”", reading.id, code.code);
                note(problems, path(), said);
            }
            if knows && reading.code != code.code {
                let said = format!("“{}” is another code, so it cannot conflict", reading.id);
                note(problems, path(), said);
            }
        }
    }
}

/// Every answer must tell some cause from another, or trigger an alert, or open a gate.
fn answers(base: &Base, problems: &Problems) {
    let mut used: BTreeSet<(QuestionIx, AnswerIx)> = BTreeSet::new();
    for cause in &base.causes {
        used.extend(cause.signs.iter().map(|(q, a, _)| (*q, *a)));
    }
    for alert in &base.alerts {
        for (q, answers) in alert.when.iter().flatten() {
            used.extend(answers.iter().map(|a| (*q, *a)));
        }
        for need in alert.gates.iter().flat_map(|g| &g.needs) {
            used.extend(need.answers.iter().map(|a| (need.question, *a)));
        }
    }
    for ix in QuestionIx::all(base) {
        let question = &base[ix];
        if question.answers.is_empty() {
            continue;
        }
        let path = format!("rules/questions/{}.toml", question.id);
        let counts = |a: usize| used.contains(&(ix, a as AnswerIx));
        if !(0..question.answers.len()).any(counts) {
            note(
                problems,
                path,
                "nobody can need this question: no cause, alert or gate knows its answers".into(),
            );
            continue;
        }
        // “no” and the ordinary answer are what the others leave over.
        let ordinary = question.answers.iter().map(|a| a.default).max();
        for (a, answer) in question.answers.iter().enumerate() {
            let rest = answer.id == "no" || Some(answer.default) == ordinary;
            if !rest && !counts(a) {
                note(
                    problems,
                    path.clone(),
                    format!("no cause distinguishes the answer “{}”", answer.id),
                );
            }
        }
    }
}

fn actions(folder: &Folder, base: &Base, problems: &Problems) {
    let forbidden = forbidden_tags(folder);
    for ix in ActionIx::all(base) {
        let action = &base[ix];
        let path = format!("rules/actions/{}.toml", action.id);
        for tag in &action.tags {
            if let Some((tag, alert)) = forbidden.iter().find(|(t, _)| t == base.tag(*tag)) {
                note(
                    problems,
                    path.clone(),
                    format!("no action may be “{tag}”: rules/alerts/{alert}.toml forbids it"),
                );
            }
        }
        let fixes = base.causes.iter().any(|c| c.fixes.iter().any(|(a, _)| *a == ix));
        let checks = base.questions.iter().any(|q| q.checks.contains(&ix));
        match action.kind {
            ActionKind::Fix | ActionKind::Outside if !fixes => {
                note(problems, path, "no cause is mended by this action".into());
            }
            ActionKind::Check if !checks => {
                note(problems, path, "no question uses this check".into())
            }
            ActionKind::Fix if !action.who.words::<Actor>().any(|w| w < Actor::Acquirer) => {
                note(
                    problems,
                    path,
                    "a fix is done at the counter: “who” needs cardholder, staff or owner".into(),
                );
            }
            _ => {}
        }
    }
    for role in Role::ALL {
        if !base.actions.iter().any(|a| a.kind == ActionKind::Service && a.who.has(actor(role.0))) {
            note(problems, "rules/actions".into(), format!("no service call for the {}", role.1));
        }
    }
}

fn actor(role: Role) -> Actor {
    match role {
        Role::Cardholder => Actor::Cardholder,
        Role::Staff => Actor::Staff,
    }
}

fn complaints(base: &Base, problems: &Problems) {
    for c in &base.complaints {
        let path = format!("rules/complaints/{}.toml", c.id);
        if let Some(first) = c.first {
            for role in c.roles.words::<Role>() {
                if !base[first].ask.has(role) {
                    let id = &base[first].id;
                    note(
                        problems,
                        path.clone(),
                        format!("“{id}” comes first but is not put to the {}", role.spelled()),
                    );
                }
            }
            if c.evidence.iter().any(|(q, _)| *q == first) || c.settles.contains(&first) {
                note(
                    problems,
                    path.clone(),
                    format!("“{}” comes first but is settled already", base[first].id),
                );
            }
        }
    }
}

/// A claim from experience carries no number: nobody has counted.
fn evidence(base: &Base, places: &Places, problems: &Problems) {
    let from_experience = base
        .causes
        .iter()
        .map(|c| ("causes", &c.id, c.sure))
        .chain(base.alerts.iter().map(|a| ("alerts", &a.id, a.sure)))
        .chain(base.corrections.iter().map(|c| ("corrections", &c.id, c.sure)))
        .filter(|(_, _, sure)| *sure == Sure::Experience);
    for (kind, id, _) in from_experience {
        for texts in &places.texts {
            let prefix = format!("{kind}/{id}/");
            for (_, place) in
                texts.range(prefix.clone()..).take_while(|(k, _)| k.starts_with(&prefix))
            {
                if place.text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
                    let problem = Problem::at(
                        &place.file,
                        place.at.clone(),
                        "this is graded “experience” but states a number",
                    );
                    problems
                        .borrow_mut()
                        .push(problem.expected("words such as “usually”, or a source"));
                }
            }
        }
    }
}

fn placeholders(places: &Places, problems: &Problems) {
    let [first, others @ ..] = &places.texts[..] else { return };
    for (key, place) in first {
        for other in others.iter().filter_map(|texts| texts.get(key)) {
            let (a, b) = (names(&place.text), names(&other.text));
            if a != b {
                let list = |s: &BTreeSet<String>| {
                    if s.is_empty() {
                        "none".into()
                    } else {
                        s.iter().cloned().collect::<Vec<_>>().join(" ")
                    }
                };
                let problem = Problem::at(
                    &other.file,
                    other.at.clone(),
                    format!("the placeholders differ: {}", list(&b)),
                );
                problems.borrow_mut().push(problem.expected(format!(
                    "{} as in {}",
                    list(&a),
                    place.file.path
                )));
            }
        }
    }
    for key in first.keys() {
        for other in others {
            // Optional fields are the only ones that can be missing without a problem yet.
            if !other.contains_key(key) && (key.ends_with("/not") || key.ends_with("/hint")) {
                let place = &first[key];
                let field = key.rsplit('/').next().unwrap_or_default();
                problems.borrow_mut().push(Problem::at(
                    &place.file,
                    place.at.clone(),
                    format!("the other language has no “{field}” here"),
                ));
            }
        }
    }
    for other in others {
        for (key, place) in other.iter().filter(|(k, _)| !first.contains_key(*k)) {
            let field = key.rsplit('/').next().unwrap_or_default();
            if field == "not"
                || field == "hint"
                || field.starts_with("steps.")
                || field.starts_with("do.")
            {
                problems.borrow_mut().push(Problem::at(
                    &place.file,
                    place.at.clone(),
                    format!("the other language has no “{field}” here"),
                ));
            }
        }
    }
    for (key, place) in first {
        let field = key.rsplit('/').next().unwrap_or_default();
        if (field.starts_with("steps.") || field.starts_with("do."))
            && others.iter().any(|o| !o.contains_key(key))
        {
            problems.borrow_mut().push(Problem::at(
                &place.file,
                place.at.clone(),
                format!("the other language has no “{field}” here"),
            ));
        }
    }
}

/// The `{names}` in a text.
fn names(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| format!("{{{name}}}"))
        .collect()
}

/// Every cause needs a story in which it is acceptable.
fn cases(folder: &Folder, base: &Base, problems: &Problems) {
    let mut told = BTreeSet::new();
    for id in folder.toml_ids("tests/cases", problems) {
        let Some(file) = folder.file(&format!("tests/cases/{id}.toml"), problems) else { continue };
        let Some(doc) = parse(&file, problems) else { continue };
        let fields = Fields::of(&file, doc.as_table(), 0..0, problems);
        told.extend(fields.list("causes").into_iter().map(|c| c.value));
    }
    for cause in base.causes.iter().filter(|c| !told.contains(&c.id)) {
        let path = format!("rules/causes/{}.toml", cause.id);
        note(problems, path, "no story in tests/cases has this cause".into());
    }
}
