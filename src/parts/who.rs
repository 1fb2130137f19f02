//! Who does something, and how long it takes.

use crate::pages::Cx;
use rulebase::{Actor, Cost, Set, Ui};

pub fn actors(cx: Cx, set: Set) -> String {
    cx.list(set.words::<Actor>().map(|actor| {
        cx.ui(match actor {
            Actor::Cardholder => Ui::Cardholder,
            Actor::Staff => Ui::Staff,
            Actor::Owner => Ui::Owner,
            Actor::Acquirer => Ui::Acquirer,
            Actor::Issuer => Ui::Issuer,
            Actor::Police => Ui::Police,
        })
    }))
}

pub fn minutes(cx: Cx, cost: Cost) -> String {
    match cost.minutes() {
        m if m >= 600.0 => cx.ui(Ui::Days),
        m if m >= 45.0 => cx.ui(Ui::AboutAnHour),
        m => cx.fill(Ui::Minutes, &[("n", &(m.ceil() as u32).to_string())]),
    }
}
