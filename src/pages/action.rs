//! One thing to do: steps, minutes, who, what not to do, and what came of it.

use super::Cx;
use crate::engine::{Advice, Case, Outcome};
use crate::node::{View, el, link, with};
use crate::nodes;
use crate::parts::icon::{Icon, icon};
use crate::parts::{fold, steps, who, why};
use rulebase::{ActionIx, Actor, Role, Ui};

pub fn action(cx: Cx, case: &Case, advice: &Advice, action: ActionIx) -> View {
    let words = cx.words.action(action);
    let rule = &cx.base[action];
    let result = |outcome: Outcome, key: Ui, class: &'static str| {
        let to = cx.after(case, |c| c.set_outcome(action, outcome));
        with("li", link(to).class(class).put(cx.ui(key)))
    };
    let others =
        cx.role() == Role::Staff && !rule.who.has(Actor::Staff) && rule.who.has(Actor::Cardholder);
    let relay = others.then(|| with("p", cx.ui(Ui::CustomerDoes)).class("relay"));
    nodes![
        with("p", cx.ui(Ui::DoThisNow)).class("eyebrow"),
        with("h1", words.name.clone()),
        relay,
        steps::steps(&words.steps),
        el("p")
            .class("meta")
            .put(icon(Icon::Clock))
            .put(with("span", who::minutes(cx, rule.cost)))
            .put(icon(Icon::Person))
            .put(with("span", who::actors(cx, rule.who))),
        steps::not(cx, &words.not),
        el("ul")
            .class("choices")
            .put(result(Outcome::Solved, Ui::Solved, "choice good"))
            .put(result(Outcome::Failed, Ui::NotHelped, "choice"))
            .put(result(Outcome::Cannot, Ui::Cannot, "choice other")),
        fold::fold(cx.ui(Ui::WhyThis), why::why(cx, case, advice)),
    ]
}
