//! Fields to fill in, each with its label and, beside it, what cannot be.

use super::claim_names::date_name;
use super::icon::{Icon, icon};
use crate::node::{Element, el, with};
use crate::nodes;
use crate::pages::At;
use crate::rights::Wrong;
use rulebase::{Claim, ClaimWords, Event, Word};

/// A labelled field with what is wrong with it.
pub fn field(id: String, label: String, input: Element, problem: Option<String>) -> Element {
    let about = format!("{id}-wrong");
    let described = problem.is_some().then(|| about.clone());
    let input = input
        .attr("id", id.clone())
        .attr("class", "fact")
        .attr_opt("aria-describedby", described)
        .attr_opt("aria-invalid", problem.is_some().then_some("true"));
    let problem = with("p", problem.map(|p| nodes![icon(Icon::Careful), p]))
        .class("wrong")
        .attr("id", about)
        .attr("role", "status");
    let label = with("label", label).attr("for", id.clone());
    el("div").class("field").key(id).put(label).put(input).put(problem)
}

/// A choice of one among some, named by their values.
pub fn choice(id: String, label: &str, options: &[(&str, String)], chosen: &str) -> Element {
    let options: Vec<Element> = options
        .iter()
        .map(|(value, text)| {
            let here = (*value == chosen).then_some("");
            el("option")
                .attr("value", value.to_string())
                .attr_opt("selected", here)
                .put(text.clone())
        })
        .collect();
    field(id, label.into(), el("select").put(options), None)
}

/// A field for one of the visitor's dates, with what cannot be about it.
pub fn date_field(cx: At, words: &ClaimWords, event: Event, label: String) -> Element {
    let wrong = cx.desk.facts.wrong(cx.today);
    let problem = wrong.into_iter().find_map(|wrong| {
        let (at, key, earlier) = match wrong {
            Wrong::Future(at) => (at, Claim::WrongFuture, None),
            Wrong::LongAgo(at) => (at, Claim::WrongLongAgo, None),
            Wrong::Order(at, earlier) => (at, Claim::WrongOrder, Some(earlier)),
        };
        let earlier = earlier.map_or("", |e| words.text(date_name(e, cx.role())));
        (at == event).then(|| words.text(key).replace("{earlier}", earlier))
    });
    let id = format!("date-{}", event.spelled());
    let problem = no_day(cx, words, &id).or(problem);
    let value = cx.desk.facts.date(event).map(|d| d.to_string()).unwrap_or_default();
    let input =
        el("input").attr("type", "date").attr("value", value).attr("max", cx.today.to_string());
    field(id, label, input, problem)
}

/// A button; the app hears of it by its id.
pub fn button(words: &ClaimWords, id: &'static str, key: Claim) -> Element {
    press(id.to_string(), words.text(key))
}

/// The same with an id and a text that were made.
pub fn press(id: String, text: &str) -> Element {
    // Another button in its place is another one: focus must not stay on what says something else.
    let button = el("button").class("button second act").attr("type", "button");
    button.attr("id", id.clone()).key(id).put(text)
}

/// What the last button did, read aloud where it appears.
pub fn said(cx: At, words: &ClaimWords) -> Element {
    let text = cx.desk.said.map(|key| words.text(key).to_string());
    el("p").class("said").attr("role", "status").put(text)
}

/// A paper to tick off.
pub fn paper(cx: At, id: &str, text: &str) -> Element {
    let have = cx.desk.papers.contains(id);
    let field = format!("paper-{id}");
    let tick = el("input")
        .attr("type", "checkbox")
        .class("fact")
        .attr("id", field.clone())
        .attr_opt("checked", have.then_some(""));
    with("li", nodes![tick, with("label", text).attr("for", field)]).class("tick")
}

/// What is said of a date field with a day that there is not.
pub fn no_day(cx: At, words: &ClaimWords, id: &str) -> Option<String> {
    let wrong = cx.desk.no_days.iter().any(|f| f == id);
    wrong.then(|| words.text(Claim::WrongNoDay).to_string())
}

/// Fields for the amount and its currency.
pub fn amount_fields(cx: At, words: &ClaimWords, label: String) -> Element {
    let desk = cx.desk;
    let told = !desk.amount.trim().is_empty();
    let bad = (told && desk.facts.amount.is_none())
        .then(|| words.text(Claim::WrongAmountText).to_string());
    let open =
        (told && desk.currency.is_empty()).then(|| words.text(Claim::WrongCurrency).to_string());
    let amount = el("input")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("value", desk.amount.clone());
    let mut select = el("select").put(el("option").attr("value", "").put("—"));
    for currency in CURRENCIES {
        let chosen = (desk.currency == currency).then_some("");
        let option = el("option").attr("value", currency).attr_opt("selected", chosen);
        select = select.put(option.put(currency));
    }
    el("div")
        .class("pair")
        .key("pair".into())
        .put(field("amount".into(), label, amount, bad))
        .put(field("currency".into(), words.text(Claim::Currency).into(), select, open))
}

/// Of the places that we know rules of (ISO 4217).
const CURRENCIES: [&str; 15] = [
    "CNY", "HKD", "MOP", "TWD", "USD", "GBP", "EUR", "SGD", "AUD", "CAD", "NZD", "JPY", "KRW",
    "MYR", "THB",
];
