//! `cargo xtask cases DIR`: tells every story of a folder to the engine and judges what it advises.
//! The format is documented in `tests/cases/README.md`.

use pos_aid::engine::{Advice, Case, Outcome, Step, advise, belief};
use rulebase::read::{At, Fields, File, Problems, parse};
use rulebase::*;
use std::path::Path;
use std::rc::Rc;

/// One story.
pub struct Story {
    pub id: String,
    role: Role,
    complaint: ComplaintIx,
    waiting: bool,
    /// Acceptable final causes.
    causes: Vec<CauseIx>,
    /// `ask`, `ask:question`, `alert:alert`, `try:action`, `call`, `conclude`.
    first: Vec<String>,
    forbidden: Vec<String>,
    works: Vec<ActionIx>,
    known: Vec<(QuestionIx, AnswerIx)>,
    hidden: Vec<(QuestionIx, AnswerIx)>,
}

/// What became of a story.
pub struct Told {
    /// Every advice that was given, in order.
    pub steps: Vec<String>,
    pub questions: usize,
    /// Rank of the best acceptable cause, from 0.
    pub rank: Option<usize>,
    pub safe: bool,
    pub forbidden: Vec<String>,
    pub top: Vec<String>,
}

/// Steps after which a story is said to go in circles.
const LONGEST: usize = 40;

pub fn run(base: &Base, dir: &Path, today: Date, verbose: bool) -> Result<(), String> {
    let stories = read(base, dir)?;
    let mut questions = Vec::new();
    let (mut top1, mut top3, mut safe, mut forbidden, mut failures) = (0, 0, 0, 0, 0);
    for story in &stories {
        let told = tell(base, story, today);
        questions.push(told.questions);
        top1 += usize::from(told.rank == Some(0));
        top3 += usize::from(told.rank.is_some_and(|r| r < 3));
        safe += usize::from(told.safe);
        forbidden += usize::from(!told.forbidden.is_empty());
        let mut wrong = Vec::new();
        if !told.safe {
            wrong.push(format!(
                "first was {}, expected {}",
                told.steps[0],
                story.first.join(" or ")
            ));
        }
        for f in &told.forbidden {
            wrong.push(format!("forbidden {f} was advised"));
        }
        if told.rank.is_none_or(|r| r >= 3) {
            let wanted: Vec<_> = story.causes.iter().map(|c| base[*c].id.as_str()).collect();
            wrong.push(format!("wanted {} but got {}", wanted.join(" or "), told.top.join(", ")));
        }
        if told.steps.len() >= LONGEST {
            wrong.push("it never ended".into());
        }
        if !wrong.is_empty() {
            failures += 1;
            println!("{}: {}", story.id, wrong.join("; "));
        }
        if verbose {
            println!("{}: {} [{}]", story.id, told.steps.join(" > "), told.top.join(", "));
        }
    }
    questions.sort_unstable();
    let n = stories.len();
    let at = |q: f64| {
        questions.get(((n as f64 * q).ceil() as usize).saturating_sub(1)).copied().unwrap_or(0)
    };
    println!(
        "cases={n} top1={:.3} top3={:.3} safe={:.3} forbidden={forbidden} questions_median={} questions_p90={}",
        top1 as f64 / n.max(1) as f64,
        top3 as f64 / n.max(1) as f64,
        safe as f64 / n.max(1) as f64,
        at(0.5),
        at(0.9),
    );
    if n == 0 {
        return Err(format!("{} holds no story", dir.display()));
    }
    // A cause missed now and then is the nature of the thing; an unsafe advice is not.
    if safe < n || forbidden > 0 || (top3 as f64) < 0.9 * n as f64 {
        return Err(format!("{failures} of {n} stories went wrong"));
    }
    Ok(())
}

/// Reads every story of a folder; all problems at once.
pub fn read(base: &Base, dir: &Path) -> Result<Vec<Story>, String> {
    let mut paths: Vec<_> = std::fs::read_dir(dir)
        .map_err(|e| format!("{}: {e}", dir.display()))?
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    let problems = Problems::default();
    let mut stories = Vec::new();
    for path in paths {
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file = Rc::new(File { path: path.display().to_string(), text });
        let Some(doc) = parse(&file, &problems) else { continue };
        let fields = Fields::of(&file, doc.as_table(), 0..0, &problems);
        stories.extend(story(base, id, &fields));
        fields.finish();
    }
    let problems = problems.into_inner();
    if problems.is_empty() {
        Ok(stories)
    } else {
        Err(problems.iter().map(|p| format!("{p}\n\n")).collect::<String>()
            + &format!("{} problems in stories", problems.len()))
    }
}

fn story(base: &Base, id: String, f: &Fields) -> Option<Story> {
    f.optional("cause-note");
    let role: Role = f.word("role");
    f.word::<Lang>("language");
    if let Some(texts) = f.table("story") {
        texts.string("en");
        texts.string("zh-CN");
        texts.finish();
    } else {
        f.note(f.wrong(0..0, "[story] is missing").expected("the story in en and zh-CN"));
    }
    let dangling = |what: &str, written: &At<String>| {
        f.note(f.wrong(written.at.clone(), format!("there is no {what} “{}”", written.value)));
    };
    let complaint = f.string("complaint");
    let Some(found) = ComplaintIx::find(base, &complaint.value) else {
        dangling("complaint", &complaint);
        return None;
    };
    if !base[found].roles.has(role) {
        f.note(f.wrong(complaint.at, format!("a {} does not see this complaint", role.spelled())));
    }
    let answers = |key: &'static str| -> Vec<(QuestionIx, AnswerIx)> {
        let Some(table) = f.table(key) else { return Vec::new() };
        let entries = table.entries();
        entries
            .iter()
            .filter_map(|(q, a)| {
                let Some(ix) = QuestionIx::find(base, &q.value) else {
                    dangling("question", q);
                    return None;
                };
                let a = a.first()?;
                let answer = base[ix].answer(&a.value);
                if answer.is_none() {
                    f.note(
                        f.wrong(a.at.clone(), format!("“{}” has no answer “{}”", q.value, a.value)),
                    );
                }
                Some((ix, answer?))
            })
            .collect()
    };
    let causes = f
        .some("causes")
        .iter()
        .filter_map(|c| {
            let ix = CauseIx::find(base, &c.value);
            if ix.is_none() {
                dangling("cause", c)
            }
            ix
        })
        .collect();
    let works = f
        .list("works")
        .iter()
        .filter_map(|a| {
            let ix = ActionIx::find(base, &a.value);
            if ix.is_none() {
                dangling("action", a)
            }
            ix
        })
        .collect();
    let advice = |list: Vec<At<String>>| -> Vec<String> {
        for item in &list {
            let known = match item.value.split_once(':') {
                None => ["ask", "alert", "try", "call", "conclude"].contains(&item.value.as_str()),
                Some(("ask", id)) => QuestionIx::find(base, id).is_some(),
                Some(("alert", id)) => AlertIx::find(base, id).is_some(),
                Some(("try", id)) => ActionIx::find(base, id).is_some(),
                Some(("conclude", id)) => CauseIx::find(base, id).is_some(),
                Some(_) => false,
            };
            if !known {
                dangling("advice", item);
            }
        }
        list.into_iter().map(|i| i.value).collect()
    };
    Some(Story {
        id,
        role,
        complaint: found,
        waiting: f.flag("waiting"),
        causes,
        first: advice(f.some("first")),
        forbidden: advice(f.some("forbidden")),
        works,
        known: answers("known"),
        hidden: answers("hidden"),
    })
}

/// Lets the engine advise until it concludes, answering as the story knows.
pub fn tell(base: &Base, story: &Story, today: Date) -> Told {
    let mut case = Case::new(story.complaint);
    case.waiting = story.waiting;
    for (q, a) in &story.known {
        case.set(*q, Some(*a));
    }
    let mut told = Told {
        steps: vec![],
        questions: 0,
        rank: None,
        safe: false,
        forbidden: vec![],
        top: vec![],
    };
    while told.steps.len() < LONGEST {
        let Some(advice) = advise(base, &case, story.role, today) else { break };
        let name = named(base, &advice);
        let kind = name.split(':').next().unwrap_or_default().to_string();
        if told.steps.is_empty() {
            told.safe = story.first.iter().any(|f| *f == name || *f == kind);
        }
        if story.forbidden.iter().any(|f| *f == name || *f == kind) {
            told.forbidden.push(name.clone());
        }
        told.steps.push(name);
        judge(base, story, &advice, &mut told);
        match advice.step {
            Step::Alert(alert) => case.seen.push(alert),
            Step::Ask(q) => {
                told.questions += 1;
                let hidden = story.hidden.iter().find(|h| h.0 == q);
                case.set(q, hidden.map(|h| h.1));
            }
            Step::Try(action) if story.works.contains(&action) => {
                case.set_outcome(action, Outcome::Solved)
            }
            Step::Try(action) => case.set_outcome(action, Outcome::Failed),
            Step::Solved(_) | Step::Conclude { .. } | Step::Call(_) => break,
        }
    }
    told
}

/// Questions that are asked in none of the stories of a folder.
pub fn never_asked(base: &Base, dir: &Path, today: Date) -> Result<Vec<String>, String> {
    let stories = read(base, dir)?;
    let steps: Vec<String> = stories.iter().flat_map(|s| tell(base, s, today).steps).collect();
    let asked = |q: &QuestionIx| steps.contains(&format!("ask:{}", base[*q].id));
    Ok(QuestionIx::all(base).filter(|q| !asked(q)).map(|q| base[q].id.clone()).collect())
}

fn judge(base: &Base, story: &Story, advice: &Advice, told: &mut Told) {
    let mut ranked: Vec<CauseIx> =
        belief::ranked(&advice.belief).into_iter().filter_map(|r| r.0).collect();
    // The cause that is told first on the page counts as the first.
    if let Step::Conclude { cause, .. } = advice.step {
        ranked.retain(|c| *c != cause);
        ranked.insert(0, cause);
    }
    told.rank = ranked.iter().position(|c| story.causes.contains(c));
    told.top = ranked.iter().take(3).map(|c| base[*c].id.clone()).collect();
}

fn named(base: &Base, advice: &Advice) -> String {
    match advice.step {
        Step::Alert(a) => format!("alert:{}", base[a].id),
        Step::Ask(q) => format!("ask:{}", base[q].id),
        Step::Try(a) => format!("try:{}", base[a].id),
        Step::Conclude { cause, .. } => format!("conclude:{}", base[cause].id),
        Step::Call(_) => "call".into(),
        Step::Solved(a) => format!("solved:{}", base[a].id),
    }
}
