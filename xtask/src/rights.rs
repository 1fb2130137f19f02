//! `cargo xtask rights FILE.jsonl`: what the rules say in each case, as JSON, so that it can be judged
//! from outside.

use crate::{Outcome, rules};
use pos_aid::rights::{Amount, Due, Facts, Fit, Part, Wrong, is_over, parts, side_by_side};
use rulebase::read::Reading;
use rulebase::{
    CardKind, Date, Event, Holder, Lang, Place, PlaceRights, PlaceWords, Situation, Word,
};
use serde_json::{Value, json};

pub fn rights(path: &str) -> Outcome {
    let reading = rules::sound()?;
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    for (number, line) in text.lines().enumerate().filter(|l| !l.1.trim().is_empty()) {
        let wrong = |e: String| format!("{path}:{}: {e}", number + 1);
        let asked: Value = serde_json::from_str(line).map_err(|e| wrong(e.to_string()))?;
        println!("{}", answer(&reading, &asked).map_err(wrong)?);
    }
    Ok(())
}

/// Other names that people use for the situations.
fn situation(written: &str) -> Option<Situation> {
    let name = written.trim().to_lowercase().replace(['_', ' '], "-");
    let name = match name.as_str() {
        "declined-debited" | "debited-but-failed" | "card-removed-early" => "debited-failed",
        "double-charge" | "duplicate" => "charged-twice",
        "skimming" => "skimmed",
        "hold-not-released" | "pre-authorisation" => "hold",
        "card-stuck" | "card-stuck-or-kept" => "card-kept",
        "min-spend" | "minimum-spend" => "minimum",
        "no-receipt" => "receipt",
        "cash-only" | "refused-card" => "refused",
        "unauthorized" => "unauthorised",
        name => name,
    };
    Situation::parse(name)
}

fn answer(reading: &Reading, asked: &Value) -> Outcome<Value> {
    let text = |key: &str| asked[key].as_str();
    let wanted = text("situation").unwrap_or_default();
    let situation = situation(wanted).ok_or_else(|| format!("“{wanted}” is no situation"))?;
    let lang = text("lang").and_then(Lang::parse).unwrap_or(Lang::En);
    let holder = text("holder").and_then(Holder::parse).unwrap_or(Holder::Cardholder);
    let (facts, mut problems) = facts(asked);
    let mut place = |key: &str| -> Option<&PlaceRights> {
        let code = text(key)?;
        let found = Place::of(code).and_then(|p| reading.rights.iter().find(|r| r.place == p));
        if found.is_none() {
            problems.push(format!("{key}: nothing is known of “{code}”"));
        }
        found
    };
    let (issued_in, shop_in) = (place("issued_in"), place("shop_in"));
    let networks = reading.rights.iter().find(|r| r.place == Place::Net);
    let way = (situation, reading.claims.first(situation));
    let parts = parts(issued_in, shop_in, networks, holder, way, &facts);
    let today = text("today").and_then(|t| t.parse().ok());
    if let Some(today) = today {
        problems.extend(facts.wrong(today).into_iter().map(told));
    }
    let words = |p: &Part| words_of(reading, lang, p.place.place);
    let rights: Vec<Value> = parts
        .iter()
        .flat_map(|p| p.entitled.iter().map(move |e| (p, e)))
        .map(|(p, e)| {
            let texts = &words(p).rights[e.at];
            let fit = match e.fit {
                Fit::Yes => "yes".to_string(),
                Fit::No(limit) => format!("no: {}", texts.limits[limit]),
                Fit::OtherCard => "no: another kind of card".into(),
                Fit::Depends => "depends".into(),
            };
            let limits: Vec<Value> = e.right.limits.iter().map(|l| {
                json!({ "id": l.id, "n": l.n, "currency": l.currency, "kind": l.kind.spelled() })
            }).collect();
            json!({
                "id": e.right.id, "place": p.place.place.spelled(), "side": p.side.spelled(),
                "name": texts.name, "says": texts.says, "instrument": texts.instrument,
                "duty": e.right.duty.spelled(), "force": e.right.force.spelled(),
                "sure": e.right.sure.spelled(), "fits": fit, "limits": limits,
            })
        })
        .collect();
    let deadlines: Vec<Value> = side_by_side(&parts)
        .into_iter()
        .map(|(p, c)| {
            let (rule, label) = match c.of_channel {
                true => {
                    let channel = &p.place.channels[c.at.0];
                    (&channel.id, &words(p).channels[c.at.0].clocks[c.at.1])
                }
                false => {
                    let right = &p.place.rights[c.at.0];
                    (&right.id, &words(p).rights[c.at.0].clocks[c.at.1])
                }
            };
            let mut out = json!({
                "rule": rule, "place": p.place.place.spelled(), "clock": c.clock.id,
                "label": label, "n": c.clock.n, "unit": c.clock.unit.spelled(),
                "from": c.clock.from.spelled(), "kind": c.clock.kind.spelled(),
                "whose": c.clock.whose.spelled(),
            });
            match c.due {
                Due::On(day) => {
                    out["due"] = json!(day.to_string());
                    if let Some(today) = today {
                        out["over"] = json!(is_over(c.clock, c.due, today));
                    }
                }
                Due::Needs(event) => out["needs"] = json!(event.spelled()),
                Due::Beyond { since, until } => {
                    out["refused"] = json!(format!("the holiday table covers {since} to {until}"))
                }
                Due::NoTable => out["refused"] = json!("no holiday table for this place"),
            }
            out
        })
        .collect();
    let channels: Vec<Value> = parts
        .iter()
        .flat_map(|p| p.ladder.iter().map(move |(at, c)| (p, *at, *c)))
        .map(|(p, at, c)| {
            json!({
                "id": c.id, "place": p.place.place.spelled(), "side": p.side.spelled(),
                "step": c.step.spelled(), "name": words(p).channels[at].name,
                "phone": c.phone, "url": c.url, "sure": c.sure.spelled(),
            })
        })
        .collect();
    Ok(json!({
        "id": asked["id"], "situation": situation.spelled(),
        "rights": rights, "deadlines": deadlines, "channels": channels, "problems": problems,
    }))
}

/// What can be read of the facts, and what cannot.
fn facts(asked: &Value) -> (Facts, Vec<String>) {
    let mut facts = Facts::default();
    let mut problems = Vec::new();
    for (name, value) in asked["dates"].as_object().into_iter().flatten() {
        let event = match name.as_str() {
            "posted" | "paid" | "payment" => Some(Event::Transaction),
            "reported" | "notified" => Some(Event::Complained),
            name => Event::parse(name),
        };
        match (event, value.as_str().map(str::parse::<Date>)) {
            (Some(event), Some(Ok(date))) => facts.set(event, Some(date)),
            (Some(_), Some(Err(e))) => problems.push(format!("{name}: {e}")),
            (Some(_), None) => {}
            (None, _) => problems.push(format!("“{name}” is no date that rules count from")),
        }
    }
    let currency = asked["currency"].as_str().unwrap_or_default().to_uppercase();
    let amount = match &asked["amount"] {
        Value::Number(n) => Some(n.to_string()),
        Value::String(s) => Some(s.clone()),
        _ => None,
    };
    if let Some(text) = amount {
        facts.amount = Amount::read(&text, &currency);
        if facts.amount.is_none() {
            problems.push(format!("“{text}” is no amount"));
        }
    }
    facts.card = asked["card"].as_str().and_then(CardKind::parse).filter(|c| *c != CardKind::Any);
    (facts, problems)
}

fn told(wrong: Wrong) -> String {
    match wrong {
        Wrong::Future(e) => format!("{}: this day has not come yet", e.spelled()),
        Wrong::LongAgo(e) => format!("{}: this is too long ago", e.spelled()),
        Wrong::Order(e, earlier) => format!("{}: before {}", e.spelled(), earlier.spelled()),
    }
}

fn words_of(reading: &Reading, lang: Lang, place: Place) -> &PlaceWords {
    let language = Lang::ALL.iter().position(|l| l.0 == lang).unwrap_or(0);
    let at = reading.rights.iter().position(|r| r.place == place).unwrap_or(0);
    &reading.rights_words[language][at]
}
