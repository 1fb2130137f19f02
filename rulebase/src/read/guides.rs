//! Guides, quiz, upkeep and inspection: their rule files, and their words, those of guides in Markdown.

use super::fields::{Fields, Ids, Problems};
use super::rules::{backed, note, read_all};
use super::texts::Reader;
use super::{Folder, Origin, Problem};
use crate::*;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub(super) fn read(
    folder: &Folder,
    base: &Base,
    lookup: &Lookup,
    origins: &mut Vec<Origin>,
    problems: &Problems,
) -> Guides {
    let titles = titles(folder, base, problems);
    let sources = Ids::new("source", titles.iter().map(|t| t.0.clone()).collect());
    let all = Ids::new("sentence", lookup.sentences.iter().map(|s| s.id.clone()).collect());
    let mut used: Vec<u16> = Vec::new();
    let ids = Ids::new("guide", folder.toml_ids("rules/guides", problems));
    let known = Known { base, lookup, guides: &ids };
    let mut guides = read_all(folder, "rules/guides", &ids.ids, problems, |id, f| {
        let from = f.some("from").into_iter().map(|w| w.value).collect();
        origins.push(Origin { kind: "guides", id: id.into(), from });
        let titled = f.some("sources");
        let titled = titled.iter().filter_map(|s| sources.link(f, s));
        f.date("review");
        let mut step = |t: Fields| {
            let say = t.list("say");
            let say = say.iter().filter_map(|s| all.link(&t, s)).map(|i| {
                let at = used.iter().position(|u| *u == i).unwrap_or_else(|| {
                    used.push(i);
                    used.len() - 1
                });
                at as u16
            });
            let step = GuideStep {
                id: t.string("id").value,
                who: t.word("who"),
                say: say.collect(),
                go: t.optional("go").and_then(|go| known.address(&t, &go)),
            };
            t.finish();
            step
        };
        let steps: Vec<GuideStep> = f.tables("steps").into_iter().map(&mut step).collect();
        if steps.is_empty() {
            f.note(f.wrong(f.start(), "a guide without steps guides nobody"));
        }
        Guide {
            id: id.into(),
            group: f.word("group"),
            order: f.number("order") as u16,
            steps,
            sure: f.word("sure"),
            sources: titled.map(|i| titles[usize::from(i)].1.clone()).collect(),
        }
    });
    guides.sort_by(|a, b| (a.group, a.order, &a.id).cmp(&(b.group, b.order, &b.id)));
    let placed = Ids::new("guide", guides.iter().map(|g| g.id.clone()).collect());
    let mut rest = |kind, id: &str, f: &Fields| backed(kind, id, f, &sources, origins);
    let quiz_ids = folder.toml_ids("rules/quiz", problems);
    let quiz = read_all(folder, "rules/quiz", &quiz_ids, problems, |id, f| {
        rest("quiz", id, f);
        let guide = f.string("guide");
        let answers: Vec<String> = f.some("answers").into_iter().map(|a| a.value).collect();
        let right = f.string("right");
        let at = answers.iter().position(|a| *a == right.value);
        if at.is_none() {
            let wrong =
                f.wrong(right.at.clone(), format!("“{}” is none of the answers", right.value));
            f.note(wrong.near(&right.value, answers.iter().map(String::as_str)));
        }
        Drill {
            id: id.into(),
            guide: placed.link(f, &guide).unwrap_or_default(),
            answers,
            right: at.unwrap_or_default() as u8,
        }
    });
    let upkeep_ids = folder.toml_ids("rules/upkeep", problems);
    let mut upkeep = read_all(folder, "rules/upkeep", &upkeep_ids, problems, |id, f| {
        let sure = rest("upkeep", id, f);
        let upkeep = Upkeep {
            id: id.into(),
            every: f.word("every"),
            heavy: f.has("heavy").then(|| f.word("heavy")),
            guide: f.optional("guide").and_then(|g| placed.link(f, &g)),
            sure,
        };
        (f.number("order") as u32, upkeep)
    });
    upkeep.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    let look_ids = folder.toml_ids("rules/inspect", problems);
    let mut looks = read_all(folder, "rules/inspect", &look_ids, problems, |id, f| {
        rest("inspect", id, f);
        (f.number("order") as u32, Look { id: id.into(), tamper: f.flag("tamper") })
    });
    looks.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    Guides {
        guides,
        sentences: used.iter().map(|i| lookup.sentences[usize::from(*i)].id.clone()).collect(),
        quiz,
        upkeep: upkeep.into_iter().map(|u| u.1).collect(),
        looks: looks.into_iter().map(|l| l.1).collect(),
    }
}

/// Ids and titles of everything that a guide may rest on: the sources of the rules and of the rights.
fn titles(folder: &Folder, base: &Base, problems: &Problems) -> Vec<(String, String)> {
    let own = base.sources.iter().map(|s| (s.id.clone(), s.title.clone()));
    let ids = folder.toml_ids("rules/rights-sources", problems);
    let silent = Problems::default();
    // Their own reader tells what is wrong with them.
    let law = read_all(folder, "rules/rights-sources", &ids, &silent, |id, f| {
        ["kind", "url", "sure"].iter().for_each(|k| {
            f.optional(k);
        });
        f.date("review");
        (id.to_string(), f.string("title").value)
    });
    own.chain(law).collect()
}

/// What a step may lead to.
struct Known<'a> {
    base: &'a Base,
    lookup: &'a Lookup,
    guides: &'a Ids,
}

impl Known<'_> {
    /// The address behind language and role; a problem if there is no such place.
    fn address(&self, f: &Fields, go: &super::At<String>) -> Option<String> {
        let address = self.of(&go.value);
        if address.is_none() {
            let wrong = f.wrong(go.at.clone(), format!("“{}” leads nowhere", go.value));
            f.note(wrong.expected(
                "complaint.ID/QUESTION.ANSWER, guide.ID, card.ID, message.ID, code.ID, rights.SITUATION, log, quiz or upkeep",
            ));
        }
        address
    }

    fn of(&self, go: &str) -> Option<String> {
        if matches!(go, "log" | "quiz" | "upkeep") {
            return Some(go.into());
        }
        let (kind, rest) = go.split_once('.')?;
        let has = |known: bool, way: &str| known.then(|| format!("{way}{rest}"));
        match kind {
            "guide" => has(self.guides.get(rest).is_some(), "guide/"),
            "card" => has(self.lookup.cards.iter().any(|c| c.id == rest), "now/"),
            "message" => has(self.lookup.messages.iter().any(|m| m.id == rest), "message/"),
            "code" => has(self.lookup.codes.iter().any(|c| c.id == rest), "code/"),
            "rights" => has(Situation::parse(rest).is_some(), "rights/"),
            "complaint" => {
                let mut parts = rest.split('/');
                let id = parts.next()?;
                let complaint = self.base.complaints.iter().find(|c| c.id == id)?;
                let known = |part: &str| {
                    let (question, answer) = part.split_once('.')?;
                    let question = self.base.questions.iter().find(|q| q.id == question)?;
                    question.answer(answer)
                };
                let staff = complaint.roles.has(Role::Staff);
                (staff && parts.all(|p| known(p).is_some())).then(|| rest.to_string())
            }
            _ => None,
        }
    }
}

/// One language's words for what [`read`] gave.
pub(super) fn words(
    reader: &mut Reader,
    (lang, tag): (Lang, &'static str),
    guides: &Guides,
    sentences: (&Lookup, &LookupWords),
) -> GuideWords {
    let (folder, problems) = (reader.folder, reader.problems);
    let drills: Vec<String> = guides.quiz.iter().map(|q| q.id.clone()).collect();
    let upkeep: Vec<String> = guides.upkeep.iter().map(|u| u.id.clone()).collect();
    let looks: Vec<String> = guides.looks.iter().map(|l| l.id.clone()).collect();
    let said = |id: &String| {
        let at = sentences.0.sentences.iter().position(|s| s.id == *id);
        at.map(|at| sentences.1.sentences[at].clone()).unwrap_or_default()
    };
    // A project without guides needs no words for them.
    if guides.guides.is_empty() {
        let texts = vec![String::new(); Shop::ALL.len()];
        let (guides, sentences) = (Vec::new(), Vec::new());
        let (quiz, upkeep, looks) = (Vec::new(), Vec::new(), Vec::new());
        return GuideWords { lang, texts, guides, sentences, quiz, upkeep, looks };
    }
    GuideWords {
        lang,
        texts: reader.own::<Shop>("shop"),
        guides: guides.guides.iter().map(|g| guide(folder, tag, g, problems)).collect(),
        sentences: guides.sentences.iter().map(said).collect(),
        quiz: reader.kind("quiz", &drills, |r, f, id| {
            let drill = guides.quiz.iter().find(|q| q.id == id).expect("one of these ids");
            QuizText {
                ask: r.text(f, "quiz", id, "ask"),
                why: r.text(f, "quiz", id, "why"),
                answers: super::rights::labels(r, f, "answers", drill.answers.iter()),
            }
        }),
        upkeep: reader.kind("upkeep", &upkeep, |r, f, id| UpkeepText {
            name: r.text(f, "upkeep", id, "name"),
            what: r.text(f, "upkeep", id, "what"),
            how_often: r.text(f, "upkeep", id, "how-often"),
        }),
        looks: reader.kind("inspect", &looks, |r, f, id| LookText {
            name: r.text(f, "inspect", id, "name"),
            look: r.text(f, "inspect", id, "look"),
            different: r.text(f, "inspect", id, "different"),
        }),
    }
}

/// Reads a guide's text: a title, one paragraph when to use it, and a section a step, in the order of the
/// rule: paragraphs, then perhaps one that is wholly emphasised (how long), then perhaps a quotation (what
/// not to do).
fn guide(folder: &Folder, tag: &str, guide: &Guide, problems: &Problems) -> GuideText {
    let path = format!("locales/{tag}/guides/{}.md", guide.id);
    let mut out = GuideText::default();
    let Some(file) = folder.file(&path, problems) else {
        out.steps = guide.steps.iter().map(|_| StepText::default()).collect();
        return out;
    };
    let tell = |at: std::ops::Range<usize>, said: String| {
        problems.borrow_mut().push(Problem::at(&file, at, said));
    };
    let mut ids: Vec<String> = Vec::new();
    let mut text = String::new();
    // Within emphasis now; whether the paragraph has emphasised and other text; within a quotation.
    let (mut within, mut emphasis, mut plain, mut quoted) = (false, false, false, false);
    let options = Options::ENABLE_HEADING_ATTRIBUTES;
    for (event, at) in Parser::new_ext(&file.text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                text.clear();
                match level {
                    HeadingLevel::H1 if out.title.is_empty() => {}
                    HeadingLevel::H2 => {
                        out.steps.push(StepText::default());
                        ids.push(id.map(|i| i.to_string()).unwrap_or_default());
                    }
                    _ => tell(at, "expected one “# Title” and “## Step {#id}”".into()),
                }
            }
            Event::End(TagEnd::Heading(level)) => {
                let title = std::mem::take(&mut text);
                match (level, out.steps.last_mut()) {
                    (HeadingLevel::H2, Some(step)) => step.title = title,
                    _ => out.title = title,
                }
            }
            Event::Start(Tag::Paragraph) => {
                text.clear();
                (emphasis, plain) = (false, false);
            }
            Event::End(TagEnd::Paragraph) => {
                let said = std::mem::take(&mut text);
                match out.steps.last_mut() {
                    None if out.intro.is_empty() => out.intro = said,
                    None => tell(at, "one paragraph says when to use a guide".into()),
                    Some(step) if quoted => step.not = said,
                    Some(step) if emphasis && !plain => step.long = said,
                    Some(step) => step.paragraphs.push(said),
                }
            }
            Event::Start(Tag::BlockQuote(_)) => quoted = true,
            Event::End(TagEnd::BlockQuote(_)) => quoted = false,
            Event::Start(Tag::Emphasis) => (within, emphasis) = (true, true),
            Event::End(TagEnd::Emphasis) => within = false,
            Event::Text(said) => {
                plain |= !within;
                text.push_str(&said);
            }
            // Lines of a paragraph go on; Chinese needs no blank between them.
            Event::SoftBreak => text.push_str(if tag == "zh-CN" { "" } else { " " }),
            _ => tell(at, "only headings, paragraphs, *how long* and > what not to do".into()),
        }
    }
    let wanted: Vec<&String> = guide.steps.iter().map(|s| &s.id).collect();
    if ids.iter().collect::<Vec<_>>() != wanted {
        let expected = wanted.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
        tell(0..0, format!("the steps are not those of the rule, in its order: {expected}"));
        out.steps = guide.steps.iter().map(|_| StepText::default()).collect();
    }
    let bare = |s: &StepText| s.title.is_empty() || s.paragraphs.is_empty();
    if out.title.is_empty() || out.intro.is_empty() || out.steps.iter().any(bare) {
        tell(0..0, "a title, the paragraph below it, or a step's text is missing".into());
    }
    let digits = |t: &str| t.chars().any(|c| c.is_ascii_digit());
    let counted =
        out.steps.iter().any(|s| digits(&s.long) || s.paragraphs.iter().any(|p| digits(p)));
    if guide.sure == Sure::Experience && counted {
        note(problems, path, "this is graded “experience” but states a number".into());
    }
    out
}
