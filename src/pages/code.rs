//! A response code: who acts, whether to try again, what staff do and say, what the cardholder does.
//! Where tables disagree, all readings stand side by side.

use super::{Cx, missing, waiting};
use crate::lookup::Library;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::{aside, bank, money, sources, who};
use crate::route::Page;
use rulebase::{Code, CodeResult, Find, LookupWords, Retry, Role, Ui};

pub fn code(cx: Cx, id: &str) -> View {
    let (library, words) = match cx.look_up() {
        Ok(found) => found,
        Err(state) => return waiting(cx, state),
    };
    let Some((i, code)) = library.code(id) else { return missing(cx) };
    let find = library.case_of_code(cx.base, id).map(|case| {
        let to = cx.to(Page::Case { case, again: None });
        with("p", link(to).class("button").put(cx.ui(Ui::FindCause)))
    });
    let texts = texts(code);
    let heading = |key: Find| with("h2", words.text(key));
    let text = |key: Find| with("p", words.text(key));
    let staff = nodes![heading(Find::StaffDo), text(texts.staff)];
    let cardholder = nodes![heading(Find::CardholderDo), text(texts.cardholder)];
    let say = nodes![
        heading(Find::SayToCustomer),
        aside::sentences(cx, library, words, &[usize::from(code.wording)]),
    ];
    let (first, second) = match cx.role() {
        Role::Staff => (nodes![staff, say], cardholder),
        Role::Cardholder => (cardholder, nodes![staff, say]),
    };
    nodes![
        bank::whose(cx, id),
        with("p", table(words, &code.space)).class("eyebrow"),
        with("h1", words.text(Find::CodeTitle).replace("{code}", &code.code)),
        readings(cx, library, words, i),
        with("p", words.codes[i].meaning.clone()).class("lead"),
        text(texts.result),
        money::of_code(cx, words, code.result, retry(code)),
        first,
        second,
        heading(Find::WhoActs),
        with("p", who::actors(cx, code.who)),
        find,
        sources::listed(cx, code.sure, &code.sources, code.review),
    ]
}

/// Where tables disagree: which one, and what each says.
fn readings(cx: Cx, library: &Library, words: &LookupWords, this: usize) -> Option<View> {
    let conflicts = library.lookup.codes[this].conflicts.iter().map(|c| usize::from(*c));
    let mut readings: Vec<usize> = conflicts.chain([this]).collect();
    readings.sort_unstable();
    let links: Vec<Element> = readings
        .iter()
        .map(|r| {
            let reading = &library.lookup.codes[*r];
            let to = cx.to(Page::Code(reading.id.clone()));
            let meaning = with("span", words.codes[*r].meaning.clone()).class("hint");
            let name = with("span", table(words, &reading.space));
            let current = (*r == this).then_some("true");
            let link = link(to).class("choice").attr_opt("aria-current", current);
            with("li", link.put(nodes![name, meaning]))
        })
        .collect();
    (readings.len() > 1).then(|| {
        nodes![
            with("p", words.text(Find::WhichTable)).class("careful").attr("id", "tables"),
            el("ul").class("choices").attr("aria-labelledby", "tables").put(links),
        ]
    })
}

/// The name of the table that a code is from.
pub fn table(words: &LookupWords, space: &str) -> String {
    let key = match space {
        "iso8583" => Find::TableIso8583,
        "unionpay" => Find::TableUnionpay,
        "visa" => Find::TableVisa,
        "mastercard" => Find::TableMastercard,
        "emv" => Find::TableEmv,
        "gicc" => Find::TableGicc,
        "mispos" => Find::TableMispos,
        "pc-eftpos" => Find::TablePcEftpos,
        _ => Find::TableAcquirer,
    };
    words.text(key).to_string()
}

struct Texts {
    result: Find,
    staff: Find,
    cardholder: Find,
}

fn texts(code: &Code) -> Texts {
    let (result, staff, cardholder) = match code.result {
        // What the code names can be put right here and now.
        CodeResult::Declined if code.retry == Retry::AfterCorrection => {
            (Find::ResultDeclined, Find::StaffCorrect, Find::CardholderCorrect)
        }
        CodeResult::Approved => {
            (Find::ResultApproved, Find::StaffApproved, Find::CardholderApproved)
        }
        CodeResult::Confirm => (Find::ResultConfirm, Find::StaffUnknown, Find::CardholderUnknown),
        CodeResult::NoPayment => {
            (Find::ResultNoPayment, Find::StaffNoPayment, Find::CardholderNoPayment)
        }
        CodeResult::Partial => (Find::ResultPartial, Find::StaffPartial, Find::CardholderPartial),
        CodeResult::Declined => {
            (Find::ResultDeclined, Find::StaffDeclined, Find::CardholderDeclined)
        }
        CodeResult::Unknown => (Find::ResultUnknown, Find::StaffUnknown, Find::CardholderUnknown),
        CodeResult::Pickup => (Find::ResultPickup, Find::StaffPickup, Find::CardholderPickup),
        CodeResult::Setup => (Find::ResultSetup, Find::StaffSetup, Find::CardholderSetup),
    };
    Texts { result, staff, cardholder }
}

fn retry(code: &Code) -> Find {
    match (code.result, code.retry) {
        // Whatever a table says of the retry: nobody knows yet whether it was paid.
        (CodeResult::Unknown | CodeResult::Confirm, _) => Find::RetryAfterQuery,
        (_, Retry::Never) => Find::RetryNever,
        (_, Retry::Once) => Find::RetryOnce,
        (_, Retry::AfterCorrection) => Find::RetryAfterCorrection,
        (_, Retry::AfterQuery) => Find::RetryAfterQuery,
        (_, Retry::Later) => Find::RetryLater,
    }
}
