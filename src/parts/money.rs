//! What is known of the money, and whether one may pay again. It never promises.

use super::icon::{Icon, icon};
use crate::engine::Case;
use crate::engine::alerts::{Alerts, Passage, through};
use crate::node::{Element, el, with};
use crate::nodes;
use crate::pages::Cx;

use rulebase::{
    Actor, AlertLevel, CauseIx, CodeResult, Find, Group, LookupWords, Message, MoneyIs, MoneyMoved,
    Pay, Standing, Ui,
};

pub fn money(cx: Cx, case: &Case, cause: Option<CauseIx>) -> Element {
    let alerts = Alerts::of(cx.base, case, cx.role());
    let known = alerts.money(cx.base);
    let stopped = alerts.standing().iter().any(|a| cx.base[*a].level == AlertLevel::Stop);
    // Paying again in the same way helps only where neither the card nor the terminal is at fault.
    let once_more = match cause.map(|c| &cx.base[c]) {
        Some(c) if matches!(c.group, Group::Card | Group::Issuer) => Ui::PayAgainOther,
        Some(c) if !c.fixed_by.has(Actor::Acquirer) && c.group != Group::Security => {
            Ui::PayAgainYes
        }
        Some(_) | None => Ui::PayAgainElsewhere,
    };
    let ended = alerts.ended(cx.base).is_some();
    let first = cx.base.alerts.iter().find(|a| a.on == Some(Standing::Every));
    let gate = first.and_then(|a| a.gates.first());
    let clear = gate.is_some_and(|g| through(cx.base, case, cx.role(), g) == Passage::Open);
    let (class, sign, is, again) = match (known, clear, cause.map(|c| cx.base[c].money)) {
        (Some(MoneyIs::Paid), ..) => ("money fine", Icon::Fine, Ui::MoneyPaid, Ui::PayAgainNever),
        (Some(MoneyIs::Twice), ..) => ("money stop", Icon::Stop, Ui::MoneyTwice, Ui::PayAgainNever),
        (Some(MoneyIs::Held), ..) => ("money stop", Icon::Stop, Ui::MoneyHeld, Ui::PayAgainOther),
        (Some(MoneyIs::Seen), ..) => {
            ("money careful", Icon::Careful, Ui::MoneyLikely, Ui::PayAgainAfter)
        }
        (None, ..) if ended => ("money stop", Icon::Stop, Ui::MoneyMaybe, Ui::PayAgainNever),
        (None, true, _) if stopped => {
            ("money careful", Icon::Careful, Ui::MoneyClear, Ui::PayAgainNever)
        }
        (None, true, _) => ("money fine", Icon::Fine, Ui::MoneyClear, once_more),
        (None, false, Some(MoneyMoved::Unlikely)) => {
            ("money careful", Icon::Careful, Ui::MoneyUnlikely, Ui::PayAgainAfter)
        }
        (None, false, Some(MoneyMoved::Likely)) => {
            ("money careful", Icon::Careful, Ui::MoneyLikely, Ui::PayAgainAfter)
        }
        (None, false, Some(MoneyMoved::Maybe) | None) => {
            ("money careful", Icon::Careful, Ui::MoneyMaybe, Ui::PayAgainAfter)
        }
    };
    boxed(class, sign, (cx.ui(Ui::YourMoney), cx.ui(is)), (cx.ui(Ui::PayAgain), cx.ui(again)), cx)
}

/// What words on a screen tell of the money, and of paying again. Nothing where no payment is in question.
pub fn of_message(cx: Cx, words: &LookupWords, message: &Message) -> Option<Element> {
    let text = |key: Find| words.text(key).to_string();
    let again = match message.pay {
        Pay::None => return None,
        Pay::Running => text(Find::AgainRunning),
        Pay::Nobody => text(Find::AgainNobody),
        Pay::Batch => text(Find::AgainBatch),
        Pay::After if message.money.is_none() => cx.ui(Ui::PayAgainNever),
        Pay::After => cx.ui(Ui::PayAgainAfter),
    };
    let (class, sign, is) = match message.money {
        _ if message.pay == Pay::Batch => ("money careful", Icon::Careful, text(Find::MoneyBatch)),
        None => ("money fine", Icon::Fine, text(Find::MoneyApproved)),
        Some(moved) => {
            let is = cx.ui(match moved {
                MoneyMoved::Unlikely => Ui::MoneyUnlikely,
                MoneyMoved::Maybe => Ui::MoneyMaybe,
                MoneyMoved::Likely => Ui::MoneyLikely,
            });
            ("money careful", Icon::Careful, is)
        }
    };
    Some(boxed(class, sign, (cx.ui(Ui::YourMoney), is), (cx.ui(Ui::PayAgain), again), cx))
}

/// What a code tells of the money, and when the card may be tried again.
pub fn of_code(cx: Cx, words: &LookupWords, result: CodeResult, retry: Find) -> Element {
    let text = |key: Find| words.text(key).to_string();
    let (class, sign, is) = match result {
        CodeResult::Approved => ("money fine", Icon::Fine, text(Find::MoneyApproved)),
        CodeResult::Confirm => ("money careful", Icon::Careful, text(Find::MoneyConfirm)),
        CodeResult::Partial => ("money careful", Icon::Careful, text(Find::MoneyPart)),
        CodeResult::Unknown => ("money careful", Icon::Careful, text(Find::MoneyOpen)),
        CodeResult::NoPayment => ("money careful", Icon::Careful, text(Find::MoneyNone)),
        CodeResult::Declined | CodeResult::Pickup | CodeResult::Setup => {
            ("money careful", Icon::Careful, cx.ui(Ui::MoneyUnlikely))
        }
    };
    boxed(class, sign, (cx.ui(Ui::YourMoney), is), (text(Find::RetryTitle), text(retry)), cx)
}

fn boxed(
    class: &'static str,
    sign: Icon,
    money: (String, String),
    again: (String, String),
    cx: Cx,
) -> Element {
    let said = nodes![with("strong", money.0), cx.ui(Ui::Colon), money.1];
    // A full-width question mark brings its own space.
    let gap = (!again.0.ends_with('？')).then_some(" ");
    el("div")
        .class(class)
        .put(with("p", nodes![icon(sign), with("span", said)]))
        .put(with("p", nodes![with("strong", again.0), gap, again.1]))
}
