//! The rule files: one reader a kind.

use super::fields::{Fields, Ids, Problems, parse};
use super::links::Links;
use super::{Folder, Origin, Problem};
use crate::*;
use std::rc::Rc;

/// Reads every rule file below the folder.
pub(super) fn read(folder: &Folder, problems: &Problems) -> (Base, Vec<Origin>) {
    let ids = |kind, path: &str| Ids::new(kind, folder.toml_ids(path, problems));
    let mut links = Links {
        causes: ids("cause", "rules/causes"),
        questions: ids("question", "rules/questions"),
        answers: Vec::new(),
        actions: ids("action", "rules/actions"),
        sources: ids("source", "rules/sources"),
        tags: Default::default(),
    };
    let mut origins = Vec::new();
    // Answers are links too, so they are read first; the second pass tells what is wrong.
    links.answers =
        read_all(folder, "rules/questions", &links.questions.ids, &Problems::default(), |_, f| {
            f.some("answers").into_iter().map(|a| a.value).collect()
        });
    let links = links;

    let mut of = |kind: &'static str, id: &str, f: &Fields| {
        let from = f.some("from").into_iter().map(|w| w.value).collect();
        origins.push(Origin { kind, id: id.into(), from });
    };
    let sources = read_all(folder, "rules/sources", &links.sources.ids, problems, |id, f| {
        f.optional("kind");
        f.optional("url");
        Source {
            id: id.into(),
            title: f.string("title").value,
            sure: f.word("sure"),
            review: f.date("review"),
        }
    });
    let questions = read_all(folder, "rules/questions", &links.questions.ids, problems, |id, f| {
        of("questions", id, f);
        question(id, f, &links)
    });
    let actions = read_all(folder, "rules/actions", &links.actions.ids, problems, |id, f| {
        of("actions", id, f);
        action(id, f, &links)
    });
    let causes = read_all(folder, "rules/causes", &links.causes.ids, problems, |id, f| {
        of("causes", id, f);
        cause(id, f, &links, &questions)
    });
    let complaint_ids = folder.toml_ids("rules/complaints", problems);
    let mut complaints = read_all(folder, "rules/complaints", &complaint_ids, problems, |id, f| {
        (f.number("order") as u32, complaint(id, f, &links))
    });
    complaints.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    let alert_ids = folder.toml_ids("rules/alerts", problems);
    let mut alerts = read_all(folder, "rules/alerts", &alert_ids, problems, |id, f| {
        of("alerts", id, f);
        (f.number("order") as u32, alert(id, f, &links))
    });
    alerts.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    let correction_ids = folder.toml_ids("rules/corrections", problems);
    let corrections = read_all(folder, "rules/corrections", &correction_ids, problems, |id, f| {
        of("corrections", id, f);
        Correction {
            id: id.into(),
            causes: f
                .list("causes")
                .iter()
                .filter_map(|c| links.causes.link(f, c).map(CauseIx))
                .collect(),
            sure: f.word("sure"),
            sources: links.sources(f),
            review: f.date("review"),
        }
    });
    let base = Base {
        edition: 0,
        scale: scale(folder, problems),
        causes,
        questions,
        actions,
        complaints: complaints.into_iter().map(|c| c.1).collect(),
        alerts: alerts.into_iter().map(|a| a.1).collect(),
        corrections,
        sources,
        probed: Vec::new(),
        tags: links.tags.into_inner(),
        moved: moved(folder, problems),
        bank: None,
        counted: Vec::new(),
    };
    (base, origins)
}

/// Reads one file a rule. A file that cannot be parsed still gives a rule, of defaults: the lists
/// must stay in step with the ids, or every link after it would be wrong too.
pub(super) fn read_all<T>(
    folder: &Folder,
    path: &str,
    ids: &[String],
    problems: &Problems,
    mut reader: impl FnMut(&str, &Fields) -> T,
) -> Vec<T> {
    ids.iter()
        .map(|id| read_file(folder, &format!("{path}/{id}.toml"), problems, |f| reader(id, f)))
        .collect()
}

pub(super) fn read_file<T>(
    folder: &Folder,
    path: &str,
    problems: &Problems,
    reader: impl FnOnce(&Fields) -> T,
) -> T {
    let parsed = folder.file(path, problems).and_then(|file| Some((parse(&file, problems)?, file)));
    let silent = Problems::default();
    let nothing =
        (toml_edit::Table::new(), Rc::new(super::File { path: path.into(), text: String::new() }));
    let (table, file, problems) = match &parsed {
        Some((doc, file)) => (doc.as_table(), file, problems),
        None => (&nothing.0, &nothing.1, &silent),
    };
    let fields = Fields::of(file, table, 0..0, problems);
    let out = reader(&fields);
    fields.finish();
    out
}

fn cost(f: &Fields) -> Cost {
    Cost {
        tenths: (f.number("minutes") * 10.0).round() as u16,
        money: f.word_or("money", Money::Free),
        risk: f.word_or("risk", Level::None),
        embarrassment: f.word_or("embarrassment", Level::None),
    }
}

fn question(id: &str, f: &Fields, links: &Links) -> Question {
    let names = f.some("answers");
    let mut defaults = vec![Strength::Rarely; names.len()];
    let mut given = vec![false; names.len()];
    if let Some(table) = f.table("default") {
        let me = links.questions.get(id).unwrap_or_default();
        for (answer, strength) in table.entries() {
            let (Some(a), Some(strength)) = (links.answer(&table, me, &answer), strength.first())
            else {
                continue;
            };
            defaults[usize::from(a)] = table.as_word(strength);
            given[usize::from(a)] = true;
        }
    }
    let yes_no = matches!(&names[..], [y, n] if y.value == "yes" && n.value == "no");
    for (name, given) in names.iter().zip(&given) {
        if yes_no && name.value == "no" {
            if *given {
                f.note(
                    f.wrong(name.at.clone(), "“no” has no default: it is what “yes” leaves over"),
                );
            }
        } else if !given {
            f.note(
                f.wrong(name.at.clone(), format!("“{}” has no line under [default]", name.value)),
            );
        }
    }
    if names.len() < 2 {
        let at = names.first().map_or(0..0, |n| n.at.clone());
        f.note(f.wrong(at, "a question needs two answers or more"));
    }
    Question {
        id: id.into(),
        ask: f.set::<Role>("ask"),
        cost: cost(f),
        answers: names
            .into_iter()
            .zip(defaults)
            .map(|(name, default)| Answer { id: name.value, default })
            .collect(),
        checks: f
            .list("checks")
            .iter()
            .filter_map(|c| links.actions.link(f, c).map(ActionIx))
            .collect(),
        unless: f
            .list("unless")
            .iter()
            .filter_map(|q| links.questions.link(f, q).map(QuestionIx))
            .collect(),
        only_if: f.table("only-if").map(|t| links.conditions(&t)).unwrap_or_default(),
    }
}

fn action(id: &str, f: &Fields, links: &Links) -> Action {
    for q in f.list("answers") {
        links.questions.link(f, &q);
    }
    Action {
        id: id.into(),
        kind: f.word("kind"),
        who: f.set::<Actor>("who"),
        cost: cost(f),
        tags: links.tags(f, "tags"),
        only_if: f.table("only-if").map(|t| links.conditions(&t)).unwrap_or_default(),
    }
}

fn cause(id: &str, f: &Fields, links: &Links, questions: &[Question]) -> Cause {
    let mut signs = Vec::new();
    if let Some(table) = f.table("signs") {
        for (question, answers) in table.subtables() {
            let Some(q) = links.questions.link(&table, &question) else { continue };
            for (answer, strength) in answers.entries() {
                let (Some(a), Some(strength)) =
                    (links.answer(&answers, q, &answer), strength.first())
                else {
                    continue;
                };
                let yes_no = questions.get(usize::from(q)).is_some_and(Question::is_yes_no);
                if yes_no && answer.value == "no" {
                    answers.note(
                        answers
                            .wrong(answer.at, "“no” cannot be given: it is what “yes” leaves over")
                            .expected("a strength for “yes”"),
                    );
                    continue;
                }
                let word: Strength = answers.as_word(strength);
                let default =
                    questions.get(usize::from(q)).map(|q| q.answers[usize::from(a)].default);
                if default == Some(word) {
                    answers.note(answers.wrong(
                        strength.at.clone(),
                        "this is the question's default: leave it out",
                    ));
                }
                signs.push((QuestionIx(q), a, word));
            }
        }
    }
    let mut fixes = Vec::new();
    if let Some(table) = f.table("fixes") {
        for (action, strength) in table.entries() {
            let (Some(a), Some(strength)) = (links.actions.link(&table, &action), strength.first())
            else {
                continue;
            };
            fixes.push((ActionIx(a), table.as_word(strength)));
        }
    }
    let at = || 0..0;
    if signs.is_empty() {
        f.note(
            f.wrong(at(), "this cause has no sign").expected("a [signs] table that tells it apart"),
        );
    }
    if fixes.is_empty() {
        f.note(f.wrong(at(), "this cause has no action").expected("a [fixes] table"));
    }
    signs.sort();
    Cause {
        id: id.into(),
        group: f.word("group"),
        any: f.word("any"),
        removal: f.word("removal"),
        fixed_by: f.set::<Actor>("fixed-by"),
        money: f.word("money"),
        signs,
        fixes,
        sure: f.word("sure"),
        sources: links.sources(f),
        review: f.date("review"),
    }
}

fn complaint(id: &str, f: &Fields, links: &Links) -> Complaint {
    let mut likelier = Vec::new();
    if let Some(table) = f.table("likelier") {
        for (cause, prior) in table.entries() {
            if let (Some(c), Some(p)) = (links.causes.link(&table, &cause), prior.first()) {
                likelier.push((CauseIx(c), table.as_word(p)));
            }
        }
    }
    Complaint {
        id: id.into(),
        roles: f.set::<Role>("for"),
        prior: f.word("prior"),
        first: f.optional("first").and_then(|q| links.questions.link(f, &q)).map(QuestionIx),
        evidence: f.table("evidence").map(|t| links.conditions(&t)).unwrap_or_default(),
        settles: f
            .list("settles")
            .iter()
            .filter_map(|q| links.questions.link(f, q).map(QuestionIx))
            .collect(),
        limits: f
            .list("limits")
            .iter()
            .filter_map(|c| links.causes.link(f, c).map(CauseIx))
            .collect(),
        likelier,
        situation: f.optional("situation").map(|s| f.as_word(&s)),
    }
}

fn alert(id: &str, f: &Fields, links: &Links) -> Alert {
    f.list("forbids");
    let gate = |gate: &Fields| {
        let needs =
            gate.table("needs").map(|t| links.conditions_or_unknown(&t)).unwrap_or_default();
        let needs = needs.into_iter().map(|(question, answers)| Need {
            question,
            or_unknown: answers.contains(&UNKNOWN),
            answers: answers.into_iter().filter(|a| *a != UNKNOWN).collect(),
        });
        Gate { tags: links.tags(gate, "tags"), needs: needs.collect() }
    };
    let gates = f.tables("gate").into_iter().map(|table| {
        let read = gate(&table);
        table.finish();
        read
    });
    let gates = gates.collect();
    let both = Role::ALL.iter().fold(Set::default(), |s, r| s.with(r.0));
    let roles = f.list("for").iter().fold(Set::default(), |s, r| s.with(f.as_word::<Role>(r)));
    Alert {
        id: id.into(),
        level: f.word("level"),
        roles: if roles.is_empty() { both } else { roles },
        on: f.optional("on").map(|w| f.as_word(&w)),
        ends: f.flag("ends"),
        money: f.optional("money").map(|w| f.as_word(&w)),
        when: f.tables("when").iter().map(|t| links.conditions_or_unknown(t)).collect(),
        blocks: links.tags(f, "blocks"),
        unless: f.table("unless").map(|t| links.conditions_or_unknown(&t)).unwrap_or_default(),
        gates,
        rules: f.list("from").into_iter().map(|w| w.value).collect(),
        sure: f.word("sure"),
        sources: links.sources(f),
        review: f.date("review"),
    }
}

/// Tags that the ten rules forbid any action to carry, with the alert that says so.
pub(super) fn forbidden_tags(folder: &Folder) -> Vec<(String, String)> {
    let silent = Problems::default();
    let ids = folder.toml_ids("rules/alerts", &silent);
    read_all(folder, "rules/alerts", &ids, &silent, |id, f| {
        f.list("forbids").into_iter().map(|t| (t.value, id.to_string())).collect::<Vec<_>>()
    })
    .concat()
}

fn scale(folder: &Folder, problems: &Problems) -> Scale {
    fn weights<const N: usize, W: Word>(f: &Fields, key: &'static str) -> [f32; N] {
        let mut out = [0.0; N];
        let Some(table) = f.table(key) else {
            f.note(f.wrong(0..0, format!("[{key}] is missing")));
            return out;
        };
        for (slot, (_, name)) in out.iter_mut().zip(W::ALL) {
            *slot = table.number(name) as f32;
        }
        table.finish();
        out
    }
    read_file(folder, "rules/scale.toml", problems, |f| {
        let strength = weights::<5, Strength>(f, "strength");
        if strength.iter().any(|p| !(0.0 < *p && *p < 1.0)) {
            f.note(
                f.wrong(0..0, "a strength is a probability")
                    .expected("more than 0 and less than 1"),
            );
        }
        Scale {
            strength,
            prior: weights::<6, Prior>(f, "prior"),
            much: weights::<3, Much>(f, "much"),
            none: f.number("none") as f32,
            money: weights::<4, Money>(f, "money"),
            risk: weights::<3, Level>(f, "risk"),
            embarrassment: weights::<3, Level>(f, "embarrassment"),
            effort_question: f.number("effort-question") as f32,
            effort_action: f.number("effort-action") as f32,
            unsure: f.number("unsure") as f32,
            waiting: f.number("waiting") as f32,
            clear: f.number("clear") as f32,
            telling: f.number("telling") as f32,
            most_questions: f.number("most-questions") as u8,
        }
    })
}

/// `[questions]` `old = "new"`: renamed ids, so that an old link still finds its rule.
fn moved(folder: &Folder, problems: &Problems) -> Vec<(String, String, String)> {
    read_file(folder, "rules/moved.toml", problems, |f| {
        let mut out = Vec::new();
        for list in
            ["causes", "questions", "actions", "complaints", "alerts", "corrections", "sources"]
        {
            let Some(table) = f.table(list) else { continue };
            for (old, new) in table.entries() {
                if let Some(new) = new.first() {
                    out.push((list.to_string(), old.value, new.value.clone()));
                }
            }
        }
        out
    })
}

/// FNV-1a over every id in order: words compiled from other ids must not be read with these.
pub(super) fn edition(base: &Base) -> u32 {
    let ids = (base.causes.iter().map(|x| &x.id))
        .chain(
            base.questions
                .iter()
                .flat_map(|q| std::iter::once(&q.id).chain(q.answers.iter().map(|a| &a.id))),
        )
        .chain(base.actions.iter().map(|x| &x.id))
        .chain(base.complaints.iter().map(|x| &x.id))
        .chain(base.alerts.iter().map(|x| &x.id))
        .chain(base.corrections.iter().map(|x| &x.id))
        .chain(base.probed.iter().map(|x| &x.id));
    let mut hash = 0x811c_9dc5_u32;
    for byte in ids.flat_map(|id| id.bytes().chain([0])) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}

/// Adds a problem without a place in a file; used by the checks.
pub(super) fn note(problems: &Problems, path: String, message: String) {
    problems.borrow_mut().push(Problem::of(path, message));
}

/// What a rule says of where it comes from: origins are noted, links to sources checked, and the grade given
/// back.
pub(super) fn backed(
    kind: &'static str,
    id: &str,
    f: &Fields,
    sources: &Ids,
    origins: &mut Vec<Origin>,
) -> Sure {
    let from = f.some("from").into_iter().map(|w| w.value).collect();
    origins.push(Origin { kind, id: id.into(), from });
    f.some("sources").iter().for_each(|s| {
        sources.link(f, s);
    });
    f.date("review");
    f.word("sure")
}
