//! What is known of the money, and whether one may pay again. It never promises.

use super::icon::{Icon, icon};
use crate::engine::Case;
use crate::engine::alerts::{Alerts, Passage, through};
use crate::pages::Cx;
use leptos::prelude::*;
use rulebase::{Actor, AlertLevel, CauseIx, Group, MoneyIs, MoneyMoved, Standing, Ui};

pub fn money(cx: Cx, case: &Case, cause: Option<CauseIx>) -> impl IntoView + use<> {
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
    view! {
        <div class=class>
            <p>{icon(sign)}<span><strong>{cx.ui(Ui::YourMoney)}</strong>{cx.ui(Ui::Colon)}{cx.ui(is)}</span></p>
            <p><strong>{cx.ui(Ui::PayAgain)}</strong>" "{cx.ui(again)}</p>
        </div>
    }
}
