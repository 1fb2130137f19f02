//! A bank's own messages and codes beside ours. One that we know already is ours to explain, and none may call an open
//! result a settled one.

use super::Problem;
use super::check::{Check, nearest};
use super::config::Config;
use super::refused::{self, letters};
use rulebase::{
    Actor, CauseIx, Code, CodeResult, CodeWords, Date, InBoth, Lookup, LookupWords, Message,
    MessageWords, MoneyMoved, Pay, Retry, Role, Set, Source, SourceIx, Sure, Word, in_language,
};

/// The sentences that say how much was paid.
const PAID: &str = "paid-thanks";
const PARTLY: &str = "partly-approved";

#[derive(Debug, Clone)]
pub(super) struct OwnMessage {
    at: String,
    rule: Message,
    source: String,
    meaning: InBoth,
    first: InBoth,
}

#[derive(Debug, Clone)]
pub(super) struct OwnCode {
    at: String,
    rule: Code,
    source: String,
    /// The id of a sentence.
    say: String,
    meaning: InBoth,
}

pub(super) fn messages(check: &mut Check, config: &Config) -> Vec<OwnMessage> {
    let mut own: Vec<OwnMessage> = Vec::new();
    for (i, written) in config.messages.iter().enumerate() {
        let at = |field: &str| format!("messages.{i}.{field}");
        let before = check.problems.len();
        let part = |p: &str| {
            !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if written.id.len() > 40 || !written.id.split('-').all(part) {
            check.note(
                at("id"),
                format!("“{}” is not a valid id: expected small letters, digits and -", written.id),
            );
        }
        let id = format!("bank-{}", written.id);
        if own.iter().any(|m| m.rule.id == id) {
            check.note(at("id"), format!("“{}” appears twice", written.id));
        }
        let says: Vec<String> = written.says.iter().map(|s| s.trim().into()).collect();
        if says.is_empty() {
            check.note(at("says"), "is missing: the words as they stand on the screen");
        }
        for (n, text) in says.iter().enumerate() {
            if letters(text).chars().count() < 2 || text.chars().count() > 60 {
                check.note(at(&format!("says.{n}")), "expected 2 to 60 characters");
            } else if let Some(wrong) = refused::wrong_on_screen(check.base, text) {
                check.note(at(&format!("says.{n}")), wrong);
            }
        }
        let meaning = check.both(&at("meaning"), &written.meaning, 200);
        let first = check.both(&at("first"), &written.first, 200);
        let causes = causes(check, &at("causes"), &written.causes);
        let money = match written.money.as_str() {
            "" => Some(MoneyMoved::Maybe),
            word => check.word::<MoneyMoved>(&at("money"), word),
        };
        let moved = |c: &&CauseIx| check.base[**c].money != MoneyMoved::Unlikely;
        let moved = causes.iter().find(moved).map(|c| check.base[*c].id.clone());
        if let (Some(MoneyMoved::Unlikely), Some(cause)) = (money, moved) {
            check.note(
                at("money"),
                format!("with “{cause}” money may have moved: expected maybe or likely"),
            );
        }
        let review = review(check, &at("review"), &written.review);
        let source = source(check, &at("source"), &written.source);
        if check.problems.len() > before {
            continue;
        }
        if let (Some(meaning), Some(first), Some(review)) = (meaning, first, review) {
            let rule = Message {
                id,
                says,
                causes,
                evidence: None,
                complaint: None,
                money,
                pay: Pay::After,
                bars: Vec::new(),
                sure: Sure::Vendor,
                sources: Vec::new(),
                review,
            };
            own.push(OwnMessage { at: format!("messages.{i}"), rule, source, meaning, first });
        }
    }
    own
}

pub(super) fn codes(check: &mut Check, config: &Config) -> Vec<OwnCode> {
    let mut own: Vec<OwnCode> = Vec::new();
    for (i, written) in config.codes.iter().enumerate() {
        let at = |field: &str| format!("codes.{i}.{field}");
        let before = check.problems.len();
        let code = written.code.trim().to_ascii_uppercase();
        if !(1..=8).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            check.note(
                at("code"),
                format!("“{code}” is not a valid code: expected 1 to 8 letters and digits"),
            );
        }
        if own.iter().any(|c| c.rule.code == code) {
            check.note(at("code"), format!("“{code}” appears twice"));
        }
        let meaning = check.both(&at("meaning"), &written.meaning, 200);
        let result = check.word::<CodeResult>(&at("result"), &written.result);
        let retry = check.word::<Retry>(&at("retry"), &written.retry);
        let who = check.set::<Actor>(&at("who"), &written.who);
        let causes = causes(check, &at("causes"), &written.causes);
        let review = review(check, &at("review"), &written.review);
        let source = source(check, &at("source"), &written.source);
        if who == Some(Set::default()) && written.who.is_empty() {
            check.note(at("who"), "is missing: who acts");
        }
        match (result, retry) {
            (Some(CodeResult::Unknown | CodeResult::Confirm), Some(r))
                if r != Retry::AfterQuery =>
            {
                check.note(
                    at("retry"),
                    "whether it was paid is open, so a retry waits: expected after-query",
                );
            }
            (Some(CodeResult::Pickup | CodeResult::Approved | CodeResult::Partial), Some(r))
                if r != Retry::Never =>
            {
                check.note(at("retry"), format!("after “{}”: expected never", written.result));
            }
            _ => {}
        }
        if check.problems.len() > before {
            continue;
        }
        if let (Some(meaning), Some(result), Some(retry), Some(who), Some(review)) =
            (meaning, result, retry, who, review)
        {
            let rule = Code {
                id: format!("bank-{}", code.to_ascii_lowercase()),
                space: "acquirer".into(),
                code,
                result,
                who,
                retry,
                wording: 0,
                causes,
                bars: Vec::new(),
                conflicts: Vec::new(),
                sure: Sure::Vendor,
                sources: Vec::new(),
                review,
            };
            own.push(OwnCode {
                at: format!("codes.{i}"),
                rule,
                source,
                say: written.say.clone(),
                meaning,
            });
        }
    }
    own
}

fn causes(check: &mut Check, at: &str, written: &[String]) -> Vec<CauseIx> {
    let mut found = Vec::new();
    for (i, id) in written.iter().enumerate() {
        match CauseIx::find(check.base, id) {
            Some(ix) => found.push(ix),
            None => {
                let near = nearest(id, check.base.causes.iter().map(|c| c.id.as_str()));
                check.note(format!("{at}.{i}"), format!("no cause is called “{id}”{near}"));
            }
        }
    }
    if written.is_empty() {
        check.note(at, "is missing: ids of the causes that it can mean");
    }
    found
}

fn review(check: &mut Check, at: &str, written: &str) -> Option<Date> {
    let date = written.parse::<Date>().ok();
    if date.is_none() {
        check.note(at, "is not a valid day: expected YYYY-MM-DD");
    }
    date
}

fn source(check: &mut Check, at: &str, written: &str) -> String {
    let length = written.trim().chars().count();
    if !(3..=120).contains(&length) {
        check.note(at, "is missing: where it is written, in 3 to 120 characters");
    } else if let Some(wrong) = refused::wrong(check.base, written) {
        check.note(at, wrong);
    }
    written.trim().into()
}

/// How careful a code's word on trying again is: what one table forbids no other may allow.
fn care(retry: Retry) -> u8 {
    match retry {
        Retry::Never => 3,
        Retry::AfterQuery => 2,
        Retry::AfterCorrection | Retry::Later => 1,
        Retry::Once => 0,
    }
}

/// Adds them to ours, and drops those that contradict.
pub(super) fn apply(
    messages: &mut Vec<OwnMessage>,
    codes: &mut Vec<OwnCode>,
    lookup: &mut Lookup,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    messages.retain(|own| {
        let known = own.rule.says.iter().enumerate().find_map(|(n, said)| {
            let theirs = |m: &&Message| m.says.iter().any(|s| letters(s) == letters(said));
            Some((n, said, &lookup.messages.iter().find(theirs)?.id))
        });
        if let Some((n, said, id)) = known {
            let what =
                format!("“{said}” is known here as message “{id}”, which says what it means");
            problems.push(Problem::new(format!("{}.says.{n}", own.at), what));
        }
        known.is_none()
    });
    codes.retain_mut(|own| {
        let sentence = lookup.sentences.iter().position(|s| s.id == own.say && s.by == Role::Staff);
        let Some(sentence) = sentence else {
            let of_staff = lookup.sentences.iter().filter(|s| s.by == Role::Staff);
            let near = nearest(&own.say, of_staff.map(|s| s.id.as_str()));
            let what = format!("staff have no sentence called “{}”{near}", own.say);
            problems.push(Problem::new(format!("{}.say", own.at), what));
            return false;
        };
        own.rule.wording = sentence as u16;
        // What one table calls open no other may call settled, and what one calls refused no other may call paid.
        let is_open = |r: CodeResult| matches!(r, CodeResult::Unknown | CodeResult::Confirm);
        let is_paid = |r: CodeResult| matches!(r, CodeResult::Approved | CodeResult::Partial);
        let same = || lookup.codes.iter().filter(|c| c.code == own.rule.code);
        if let Some(open) = same().find(|c| is_open(c.result) && !is_open(own.rule.result)) {
            let what = format!(
                "“{}” leaves open whether it was paid: expected unknown or confirm",
                open.id
            );
            problems.push(Problem::new(format!("{}.result", own.at), what));
            return false;
        }
        let mut refuse = |field: &str, what: String| {
            problems.push(Problem::new(format!("{}.{field}", own.at), what));
            false
        };
        if let Some(other) = same().find(|c| is_paid(own.rule.result) && !is_paid(c.result)) {
            return refuse(
                "result",
                format!(
                    "“{}” says that it was not paid: expected anything but approved or partial",
                    other.id
                ),
            );
        }
        if let Some(other) = same().find(|c| is_paid(c.result) && !is_paid(own.rule.result)) {
            return refuse(
                "result",
                format!("“{}” says that it was paid: expected approved or partial", other.id),
            );
        }
        if let Some(other) = same().find(|c| care(c.retry) > care(own.rule.retry)) {
            let expected = other.retry.spelled();
            return refuse("retry", format!("“{}” is more careful: expected {expected}", other.id));
        }
        let thanks = own.say == PAID && own.rule.result != CodeResult::Approved;
        let part = own.say == PARTLY && own.rule.result != CodeResult::Partial;
        if thanks || part {
            return refuse("say", format!("“{}” says what the result does not", own.say));
        }
        true
    });
    for own in messages.iter_mut() {
        own.rule.sources = vec![add_source(lookup, &own.source, own.rule.review)];
        lookup.messages.push(own.rule.clone());
    }
    for own in codes.iter_mut() {
        own.rule.sources = vec![add_source(lookup, &own.source, own.rule.review)];
        let this = lookup.codes.len() as u16;
        let same = |c: &(usize, &mut Code)| c.1.code == own.rule.code;
        own.rule.conflicts.clear();
        for (i, other) in lookup.codes.iter_mut().enumerate().filter(same) {
            other.conflicts.push(this);
            own.rule.conflicts.push(i as u16);
        }
        lookup.codes.push(own.rule.clone());
    }
    problems
}

fn add_source(lookup: &mut Lookup, title: &str, review: Date) -> SourceIx {
    let source = Source { id: "bank".into(), title: title.into(), sure: Sure::Vendor, review };
    lookup.sources.push(source);
    SourceIx(lookup.sources.len() as u16 - 1)
}

pub(super) fn apply_words(messages: &[OwnMessage], codes: &[OwnCode], words: &mut LookupWords) {
    let lang = words.lang;
    words.messages.extend(messages.iter().map(|own| MessageWords {
        meaning: in_language(&own.meaning, lang).into(),
        first: in_language(&own.first, lang).into(),
    }));
    let meaning = |own: &OwnCode| CodeWords { meaning: in_language(&own.meaning, lang).into() };
    words.codes.extend(codes.iter().map(meaning));
}
