//! What is due to a person, until when, and where to ask for it. Pure: the rules of a place, what
//! happened and the visitor's own dates go in; today comes as a value.

mod days;
mod facts;

pub use days::{Due, after, days_between, due};
pub use facts::{Amount, Facts, Wrong};

use rulebase::{
    CardKind, Channel, Clock, ClockKind, Date, Event, Holder, Limit, LimitKind, PlaceRights, Right,
    Side, Situation,
};

/// Whether a right reaches this amount and card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Yes,
    /// It would, but for this limit; an index into the right's limits.
    No(usize),
    /// It is for another kind of card.
    OtherCard,
    /// It depends on what was not told, or on an amount in another currency.
    Depends,
}

/// A right that is about a situation, with what is known of it for these facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Entitled<'a> {
    /// Its place in [`PlaceRights::rights`].
    pub at: usize,
    pub right: &'a Right,
    pub fit: Fit,
}

/// A time limit of a right or a channel, with its day.
#[derive(Debug, Clone, PartialEq)]
pub struct Running<'a> {
    pub clock: &'a Clock,
    /// Indices of the right or channel and of the clock in it.
    pub at: (usize, usize),
    pub of_channel: bool,
    pub due: Due,
}

/// The rights that a place gives in a situation, on one side, to one holder. General ones on
/// complaints come last.
pub fn entitled<'a>(
    place: &'a PlaceRights,
    side: Side,
    holder: Holder,
    situation: Situation,
    facts: &Facts,
) -> Vec<Entitled<'a>> {
    let about = |wanted: Situation| {
        let of = place.rights.iter().enumerate();
        of.filter(move |(_, r)| r.side == side && r.holder == holder && r.about.contains(&wanted))
    };
    let mut out: Vec<Entitled> = about(situation)
        .map(|(at, right)| Entitled { at, right, fit: fit(right, facts) })
        .collect();
    for (at, right) in about(Situation::Complaint) {
        if out.iter().all(|e| e.at != at) {
            out.push(Entitled { at, right, fit: fit(right, facts) });
        }
    }
    out
}

/// Whether a right reaches what happened.
pub fn fit(right: &Right, facts: &Facts) -> Fit {
    let other_card = match (right.card, facts.card) {
        (CardKind::Any, _) | (_, None) => false,
        (wanted, Some(is)) => wanted != is,
    };
    if other_card {
        return Fit::OtherCard;
    }
    let mut depends = right.card != CardKind::Any && facts.card.is_none();
    for (i, limit) in right.limits.iter().enumerate() {
        match reaches(limit, facts.amount.as_ref()) {
            Some(true) => {}
            Some(false) => return Fit::No(i),
            None => depends = true,
        }
    }
    if depends { Fit::Depends } else { Fit::Yes }
}

/// Whether an amount passes a threshold; `None` if that cannot be told. Caps, fees and awards keep
/// nobody out.
fn reaches(limit: &Limit, amount: Option<&Amount>) -> Option<bool> {
    if matches!(limit.kind, LimitKind::Cap | LimitKind::Fee | LimitKind::Award) {
        return Some(true);
    }
    let amount = amount.filter(|a| a.currency == limit.currency)?;
    let edge = u64::from(limit.n) * 100;
    Some(match limit.kind {
        LimitKind::Above => amount.cents > edge,
        LimitKind::From => amount.cents >= edge,
        _ => amount.cents <= edge,
    })
}

/// Where to go in a situation, the first first: offices that serve this holder and kind of card.
pub fn ladder<'a>(
    place: &'a PlaceRights,
    side: Side,
    holder: Holder,
    situation: Situation,
    facts: &Facts,
) -> impl Iterator<Item = (usize, &'a Channel)> {
    let card = facts.card;
    let about = move |c: &Channel| c.about.is_empty() || c.about.contains(&situation);
    let serves = move |c: &Channel| {
        let kind = c.card == CardKind::Any || card.is_none_or(|card| card == c.card);
        kind && c.holder.is_none_or(|h| h == holder)
    };
    let all = place.channels.iter().enumerate();
    all.filter(move |(_, c)| c.side == side && about(c) && serves(c))
}

/// All clocks side by side: those with a day first, the first to run out on top; then those that
/// wait for a date, in the order in which these happen.
pub fn clocks<'a>(
    place: &'a PlaceRights,
    entitled: &[Entitled<'a>],
    ladder: &[(usize, &'a Channel)],
    facts: &Facts,
) -> Vec<Running<'a>> {
    let mut out: Vec<Running> = Vec::new();
    let reach = entitled.iter().filter(|e| matches!(e.fit, Fit::Yes | Fit::Depends));
    let rights = reach.map(|e| (e.at, &e.right.clocks, false));
    let card = |r: &Running| (!r.of_channel).then(|| place.rights[r.at.0].card);
    for (at, list, of_channel) in rights.chain(ladder.iter().map(|(at, c)| (*at, &c.clocks, true)))
    {
        for (i, clock) in list.iter().enumerate() {
            // A right and the office that serves it may tell the same limit; once is enough.
            let due = due(clock, facts, place.holidays.as_ref());
            let next = Running { clock, at: (at, i), of_channel, due };
            let same = |r: &Running| {
                let of = |c: &Clock| (c.n, c.unit, c.from, c.kind, c.whose);
                // Credit and debit cards have limits of their own, though of the same length.
                let alike = match (card(r), card(&next)) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                of(r.clock) == of(clock) && alike
            };
            if !out.iter().any(same) {
                out.push(next);
            }
        }
    }
    out.sort_by_key(order);
    out
}

/// What one place's rules say in a case: those on the bank come from where the card was issued, those
/// on the shop from where the shop is, the networks' from both sides.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    pub place: &'a PlaceRights,
    pub side: Side,
    pub entitled: Vec<Entitled<'a>>,
    pub ladder: Vec<(usize, &'a Channel)>,
    /// The first to run out on top.
    pub clocks: Vec<Running<'a>>,
}

/// The rules of both places and of the networks, side by side, those of the side to go to first on top;
/// places that are not known are left out.
pub fn parts<'a>(
    issued_in: Option<&'a PlaceRights>,
    shop_in: Option<&'a PlaceRights>,
    networks: Option<&'a PlaceRights>,
    holder: Holder,
    (situation, first): (Situation, Side),
    facts: &Facts,
) -> Vec<Part<'a>> {
    let mut sides = [
        (issued_in, Side::Issuer),
        (shop_in, Side::Shop),
        (networks, Side::Issuer),
        (networks, Side::Shop),
    ];
    if first == Side::Shop {
        sides.swap(0, 1);
    }
    let known = sides.into_iter().filter_map(|(place, side)| Some((place?, side)));
    known
        .map(|(place, side)| {
            let entitled = entitled(place, side, holder, situation, facts);
            let ladder: Vec<_> = ladder(place, side, holder, situation, facts).collect();
            let clocks = clocks(place, &entitled, &ladder, facts);
            Part { place, side, entitled, ladder, clocks }
        })
        .collect()
}

/// The dates that would set a clock going here, in the order in which they happen. Rights that do not
/// reach this case count too, so that no field goes while somebody fills in another.
pub fn asks_dates(parts: &[Part]) -> Vec<Event> {
    let rights = parts.iter().flat_map(|p| p.entitled.iter().flat_map(|e| &e.right.clocks));
    let channels = parts.iter().flat_map(|p| p.ladder.iter().flat_map(|l| &l.1.clocks));
    let mut events: Vec<Event> = rights.chain(channels).map(|c| c.from).collect();
    events.sort_unstable();
    events.dedup();
    events
}

/// The clocks of all parts side by side, in the same order.
pub fn side_by_side<'a, 'p>(parts: &'p [Part<'a>]) -> Vec<(&'p Part<'a>, &'p Running<'a>)> {
    let mut all: Vec<_> = parts.iter().flat_map(|p| p.clocks.iter().map(move |c| (p, c))).collect();
    all.sort_by_key(|(_, c)| order(c));
    all
}

/// Those with a day first, then those that nobody can count, then those that wait for a date.
fn order(running: &Running) -> (u8, Date, Event) {
    match running.due {
        Due::On(day) => (0, day, running.clock.from),
        Due::Beyond { .. } | Due::NoTable => (1, Date::default(), running.clock.from),
        Due::Needs(event) => (2, Date::default(), event),
    }
}

/// Whether a day is past for the one who must act by it.
pub fn is_over(clock: &Clock, due: Due, today: Date) -> bool {
    matches!((clock.kind, due), (ClockKind::ActBy, Due::On(day)) if day < today)
}

#[cfg(test)]
mod tests;
