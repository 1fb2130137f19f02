//! The end of a case: the likeliest cause, or that none is clear, or that it is solved; what that
//! means for the money, who takes over, and what to say.

use super::Cx;
use crate::engine::alerts::Alerts;
use crate::engine::belief::ranked;
use crate::engine::{Advice, Case, Outcome, Step, service};
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::{aside, bank, fold, money, say, sources, steps, who, why};
use crate::route::Page;
use rulebase::{ActionIx, ActionKind, Actor, CauseIx, MoneyIs, Role, Standing, Ui};

/// How many other causes are named.
const OTHERS: usize = 3;
/// Causes below this are not worth a line.
const WORTH: f64 = 0.03;

pub fn conclusion(cx: Cx, case: &Case, advice: &Advice) -> View {
    match advice.step {
        Step::Solved(_) => solved(cx, case, advice),
        Step::Conclude { cause, by } => found(cx, case, advice, Some(cause), by),
        _ => found(cx, case, advice, None, None),
    }
}

fn found(
    cx: Cx,
    case: &Case,
    advice: &Advice,
    cause: Option<CauseIx>,
    by: Option<ActionIx>,
) -> View {
    let head = match cause {
        Some(cause) => {
            let words = cx.words.cause(cause);
            nodes![
                with("p", cx.ui(Ui::MostLikely)).class("eyebrow"),
                with("h1", words.name.clone()),
                with("p", words.what.clone()),
                bank::note(cx, cause),
            ]
        }
        None => {
            let title = match cx.role() {
                Role::Cardholder => Ui::CallTitleCardholder,
                Role::Staff => Ui::CallTitleStaff,
            };
            nodes![
                with("p", cx.ui(Ui::NotClear)).class("eyebrow"),
                with("h1", cx.ui(title)),
                with("p", cx.ui(Ui::NotClearBody)),
            ]
        }
    };
    // Where the reader check can tell more of this cause.
    let checked =
        |cause: CauseIx| cx.base.probed.iter().any(|p| p.raises.iter().any(|r| r.0 == cause));
    let ended = Alerts::of(cx.base, case, cx.role()).ended(cx.base).is_some();
    let open = cx.role() == Role::Staff && case.probed.is_empty() && !ended;
    let reader = (open && cause.is_some_and(checked))
        .then(|| with("p", link(cx.to(Page::Reader(None))).put(cx.ui(Ui::ReaderCheck))));
    let warnings = cause.map(|cause| {
        let words = cx.words.cause(cause);
        nodes![
            steps::not(cx, &words.not),
            with("h2", cx.ui(Ui::StopAndCall)),
            with("p", words.call.clone()),
        ]
    });
    nodes![
        head,
        money::money(cx, case, cause),
        hand_over(cx, case, cause, by),
        warnings,
        // Where somebody may have tampered, only the number in the contract will do.
        (!ended && !cause.is_some_and(|c| cx.base.is_danger(c))).then(|| bank::contacts(cx)),
        reader,
        others(cx, advice, cause),
        fold::fold(cx.ui(Ui::SayThis), say::say(cx, case, cause)),
        fold::fold(cx.ui(Ui::WhyThis), why::why(cx, case, advice)),
        cause.map(|c| sources::corrections(cx, c)),
        cause.map(|c| sources::sources(cx, c)),
        count(cx, cause),
        aside::rights(cx, case),
        start_again(cx),
    ]
}

/// For the owner's view: what staff confirm is counted on this device, and nowhere else.
fn count(cx: Cx, cause: Option<CauseIx>) -> Option<Element> {
    let cause = cause.filter(|_| cx.role() == Role::Staff)?;
    let button = el("button").class("button second act").attr("type", "button");
    let button = button.attr("id", format!("count-{}", cx.base[cause].id));
    let name = &cx.words.cause(cause).name;
    Some(with("p", button.put(cx.fill(Ui::CountThis, &[("cause", name)]))))
}

/// Who puts it right and how; then the call.
fn hand_over(cx: Cx, case: &Case, cause: Option<CauseIx>, by: Option<ActionIx>) -> View {
    // What the engine says somebody should do, else the surest of what others do for this cause.
    let by = by.or_else(|| {
        let fixes = &cx.base[cause?].fixes;
        let others = fixes.iter().filter(|f| cx.base[f.0].kind == ActionKind::Outside);
        others.max_by_key(|f| f.1).map(|f| f.0)
    });
    let who_fixes =
        cause.map(|c| with("p", with("span", who::actors(cx, cx.base[c].fixed_by))).class("meta"));
    let help = by.map(|action| {
        let rule = &cx.base[action];
        // A cardholder must not take what others do for something to do.
        let others = match cx.role() {
            Role::Cardholder if rule.who.has(Actor::Cardholder) => None,
            Role::Cardholder if rule.who.has(Actor::Staff) => Some(Ui::AskStaff),
            Role::Cardholder if rule.who.has(Actor::Acquirer) => Some(Ui::ForStaff),
            Role::Cardholder | Role::Staff => None,
        };
        let ask = others.map(|key| with("p", cx.ui(key)).class("relay"));
        // At the counter one can tell at once whether it helped.
        let failed = (rule.kind == ActionKind::Fix).then(|| {
            let result = |outcome, key: Ui, class| {
                let to = cx.after(case, |c| c.set_outcome(action, outcome));
                with("li", link(to).class(class).put(cx.ui(key)))
            };
            el("ul")
                .class("choices")
                .put(result(Outcome::Solved, Ui::Solved, "choice good"))
                .put(result(Outcome::Failed, Ui::NotHelped, "choice"))
        });
        nodes![ask, steps::steps_of(cx, action), failed]
    });
    let alerts = Alerts::of(cx.base, case, cx.role());
    if let Some(alert) = alerts.ended(cx.base) {
        // The alert's own steps are the end; the usual ones could contradict them.
        let own = steps::steps(&cx.words.alert(alert).steps);
        return nodes![with("h2", cx.ui(Ui::TakeOver)), who_fixes, own];
    }
    // As long as the money is not clear, the first step is to look it up.
    let first = cx.base.alerts.iter().find(|a| a.on == Some(Standing::Every));
    let need = first.and_then(|a| a.gates.first()).and_then(|g| g.needs.first());
    let known = alerts.money(cx.base);
    let look_up = need.filter(|n| known.is_none() && case.answer(n.question).flatten().is_none());
    let look_up = look_up.map(|n| {
        let relay =
            (cx.role() == Role::Cardholder).then(|| with("p", cx.ui(Ui::AskStaff)).class("relay"));
        let check = cx.base[n.question].checks.first();
        nodes![relay, check.map(|c| steps::steps_of(cx, *c))]
    });
    let open = matches!(known, Some(MoneyIs::Held | MoneyIs::Twice | MoneyIs::Seen));
    let concerned = match cx.role() {
        Role::Cardholder => Actor::Issuer,
        Role::Staff => Actor::Acquirer,
    };
    let needed = open || cause.is_none_or(|c| cx.base[c].fixed_by.has(concerned));
    let needed = needed || (help.is_none() && look_up.is_none());
    let call = needed.then(|| steps::steps_of(cx, service(cx.base, cx.role())));
    let title = cx.ui(if cause.is_some() { Ui::WhoFixes } else { Ui::TakeOver });
    nodes![with("h2", title), look_up, who_fixes, help, call]
}

fn others(cx: Cx, advice: &Advice, cause: Option<CauseIx>) -> Option<View> {
    let others: Vec<CauseIx> = ranked(&advice.belief)
        .into_iter()
        .filter(|r| r.1 >= WORTH)
        .filter_map(|r| r.0)
        .filter(|c| Some(*c) != cause)
        .take(OTHERS)
        .collect();
    (!others.is_empty()).then(|| {
        let list: Vec<Element> = others
            .iter()
            .map(|c| {
                let words = cx.words.cause(*c);
                let body = nodes![with("p", words.what.clone()), with("p", words.call.clone())];
                fold::fold(words.name.clone(), body)
            })
            .collect();
        nodes![with("h2", cx.ui(Ui::AlsoPossible)), list]
    })
}

fn solved(cx: Cx, case: &Case, advice: &Advice) -> View {
    let alerts = Alerts::of(cx.base, case, cx.role());
    let way_out = case.solved().is_some_and(|a| cx.base.tagged(a, "other"));
    let open = alerts.money(cx.base).is_some();
    let (title, body) = match (way_out, open) {
        (_, true) => (Ui::SolvedBut, Ui::SolvedBody),
        (true, false) => (Ui::SolvedOther, Ui::SolvedOtherBody),
        (false, false) => (Ui::SolvedTitle, Ui::SolvedBody),
    };
    // A hold or a double charge is not over because the terminal works again.
    let rest = open.then(|| {
        nodes![money::money(cx, case, None), steps::steps_of(cx, service(cx.base, cx.role()))]
    });
    nodes![
        with("p", cx.ui(Ui::Solved)).class("eyebrow good"),
        with("h1", cx.ui(title)),
        with("p", cx.ui(body)),
        rest,
        fold::fold(cx.ui(Ui::WhyThis), why::why(cx, case, advice)),
        count(cx, ranked(&advice.belief).first().and_then(|r| r.0)),
        start_again(cx),
    ]
}

fn start_again(cx: Cx) -> Element {
    let start = link(cx.to(Page::Start { more: false }));
    with("p", start.class("button second").put(cx.ui(Ui::StartAgain)))
}
