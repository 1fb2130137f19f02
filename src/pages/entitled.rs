//! What is due in one situation and two places: dates to fill in, clocks side by side, rights, whom to
//! go to, letters, what to keep, and what to do with an answer.

mod help;

use super::At;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::office::{Claimed, Keep};
use crate::parts::claim_names::{date_name, named, owes, place_name};
use crate::parts::fields::{amount_fields, button, date_field, field};
use crate::parts::{fold, sources};
use crate::rights::{
    Due, Entitled, Fit, Part, Running, asks_dates, days_between, is_over, side_by_side,
};
use crate::route::{Asked, Page};
use rulebase::{
    CardKind, Claim, ClaimWords, ClockKind, Date, Event, Force, Place, PlaceFile, Role, Side, Sure,
    Ui,
};

pub fn entitled(cx: At, asked: &Asked) -> View {
    let claimed = Claimed::of(cx.desk, asked, cx.words.lang, cx.role(), cx.today);
    let Some(claimed) = claimed else { return super::rights::note(cx, Ui::Loading) };
    let words = &claimed.file.words;
    let (issued, shop) = (claimed.issued, claimed.shop);
    let name = |p: Option<Place>| words.text(p.map_or(Claim::Elsewhere, place_name)).to_string();
    let two = words
        .text(Claim::TwoPlaces)
        .replace("{issued}", &name(issued))
        .replace("{shop}", &name(shop));
    let unknown = (issued.is_none() || shop.is_none())
        .then(|| with("p", words.text(Claim::NotKnown)).class("notice"));
    let change = |key: Claim, to: Asked| link(cx.to(Page::Rights(to))).put(words.text(key));
    let both = nodes![
        change(Claim::ChangeIssued, Asked { issued: None, shop: None, ..asked.clone() }),
        change(Claim::ChangeShop, Asked { shop: None, ..asked.clone() }),
    ];
    let missing = claimed.missing;
    let page = Answer { cx, words, claimed };
    nodes![
        with("p", words.text(Claim::Title)).class("eyebrow"),
        with("h1", words.text(named(page.claimed.situation))),
        with("p", two),
        with("p", both).class("hint beside"),
        missing.then(|| with("p", cx.ui(Ui::NotLoaded)).class("notice").attr("role", "status")),
        unknown,
        page.fields(),
        page.clocks(),
        page.rights(),
        page.ladder(),
        page.letters(asked),
        page.papers(),
        page.replies(asked),
        with("p", words.text(Claim::NoAdvice)).class("foot"),
    ]
}

/// What the parts of the page share.
struct Answer<'a> {
    cx: At<'a>,
    words: &'a ClaimWords,
    claimed: Claimed<'a>,
}

impl Answer<'_> {
    fn text(&self, key: Claim) -> String {
        self.words.text(key).to_string()
    }

    fn file(&self, place: Place) -> &PlaceFile {
        self.claimed.file_of(place)
    }

    /// Fields for the dates that a clock here counts from, and for what a right depends on.
    fn fields(&self) -> View {
        let parts = &self.claimed.parts;
        let desk = self.cx.desk;
        let dates: Vec<Element> = asks_dates(parts)
            .into_iter()
            .map(|e| date_field(self.cx, self.words, e, self.text(date_name(e, self.cx.role()))))
            .collect();
        let limited = parts.iter().flat_map(|p| &p.entitled).any(|e| {
            e.right.limits.iter().any(|l| {
                use rulebase::LimitKind::{Above, From, UpTo};
                matches!(l.kind, Above | From | UpTo)
            })
        });
        let amount = limited.then(|| amount_fields(self.cx, self.words, self.text(Claim::Amount)));
        let kinds = parts.iter().flat_map(|p| &p.entitled).any(|e| e.right.card != CardKind::Any);
        let card = kinds.then(|| {
            let options = [
                ("", Claim::CardUnknown, None),
                ("credit", Claim::CardCredit, Some(CardKind::Credit)),
                ("debit", Claim::CardDebit, Some(CardKind::Debit)),
            ];
            let options: Vec<Element> = options
                .into_iter()
                .map(|(value, key, kind)| {
                    let chosen = (desk.facts.card == kind).then_some("");
                    el("option")
                        .attr("value", value)
                        .attr_opt("selected", chosen)
                        .put(self.text(key))
                })
                .collect();
            field("card".into(), self.text(Claim::Card), el("select").put(options), None)
        });
        if dates.is_empty() && amount.is_none() && card.is_none() {
            return View::new();
        }
        let kept = match desk.keep {
            Keep::Never => Claim::DatesStay,
            _ => Claim::DatesKept,
        };
        nodes![
            with("h2", self.text(Claim::YourDates)),
            with("p", self.text(kept)).class("hint"),
            el("div").class("fields").put(dates).put(amount).put(card),
        ]
    }

    /// Every clock of every part, the first to run out on top.
    fn clocks(&self) -> View {
        let parts = &self.claimed.parts;
        let (known, waiting): (Vec<_>, Vec<_>) =
            side_by_side(parts).into_iter().partition(|(_, c)| !matches!(c.due, Due::Needs(_)));
        let rows = |of: Vec<(&Part, &Running)>| {
            of.into_iter().map(|(p, c)| self.clock(p, c)).collect::<Vec<_>>()
        };
        let none = known.is_empty() && waiting.is_empty();
        let all = waiting.len().to_string();
        let list = |of: Vec<Element>| (!of.is_empty()).then(|| el("ul").class("clocks").put(of));
        // What waits for a date is told in one line, until somebody wants to see it.
        let waiting = (!waiting.is_empty()).then(|| {
            let title = self.text(Claim::ClocksWaiting).replace("{n}", &all);
            fold::fold(title, list(rows(waiting))).key("waiting".into())
        });
        let head = with("h2", self.text(Claim::Clocks));
        // Days that are over need no reminder.
        let ahead = |c: &Running| matches!(c.due, Due::On(day) if day >= self.cx.today);
        let any = parts.iter().any(|p| p.clocks.iter().any(ahead));
        let save = any.then(|| with("p", button(self.words, "calendar", Claim::ToCalendar)));
        match none {
            true => nodes![head, with("p", self.text(Claim::ClocksNone))],
            false => nodes![head, list(rows(known)), save, waiting],
        }
    }

    fn clock(&self, part: &Part, running: &Running) -> Element {
        let words = &self.file(part.place.place).words;
        let (rule, clock) = running.at;
        let (label, of) = match running.of_channel {
            true => (&words.channels[rule].clocks[clock], &words.channels[rule].name),
            false => (&words.rights[rule].clocks[clock], &words.rights[rule].name),
        };
        let today = self.cx.today;
        let (day, note, class) = match running.due {
            Due::On(day) => {
                let left = days_between(today, day);
                let note = match left {
                    0 => self.text(Claim::Today),
                    n if n > 0 => self.text(Claim::DaysLeft).replace("{n}", &n.to_string()),
                    _ => self.text(match running.clock.kind {
                        ClockKind::AnswerBy if self.answered(running.clock.from, day) => {
                            Claim::AnsweredInTime
                        }
                        ClockKind::AnswerBy => Claim::Late,
                        ClockKind::WaitUntil => Claim::NowOpen,
                        ClockKind::HoldUntil => Claim::HoldEnded,
                        ClockKind::ActBy => Claim::Over,
                    }),
                };
                let late = is_over(running.clock, running.due, today);
                let class = if late {
                    "clock over"
                } else if running.clock.kind == ClockKind::ActBy && (0..=14).contains(&left) {
                    "clock soon"
                } else {
                    "clock"
                };
                (Some(day.to_string()), note, class)
            }
            Due::Needs(event) => {
                let note = self
                    .text(Claim::NeedsDate)
                    .replace("{date}", self.words.text(date_name(event, self.cx.role())));
                (None, note, "clock open")
            }
            Due::Beyond { since, until } => {
                let note = self
                    .text(Claim::BeyondTable)
                    .replace("{since}", &since.to_string())
                    .replace("{date}", &until.to_string());
                (None, note, "clock open")
            }
            Due::NoTable => (None, self.text(Claim::NoTable), "clock open"),
        };
        let day = day.map(|d| with("time", d.clone()).attr("datetime", d));
        let said = with("span", nodes![with("strong", label.clone()), " ", day]);
        el("li").class(class).put(said).put(with("span", format!("{note} · {of}")).class("hint"))
    }

    /// Whether the visitor told of an answer that came by a day.
    fn answered(&self, from: Event, day: Date) -> bool {
        let answer = self.cx.desk.facts.date(Event::Answered);
        from == Event::Complained && answer.is_some_and(|a| a <= day)
    }

    /// The rights of each part; those that do not reach this case at the end.
    fn rights(&self) -> View {
        let parts = &self.claimed.parts;
        let section = |part: &Part| -> Option<View> {
            let reach = |e: &&Entitled| matches!(e.fit, Fit::Yes | Fit::Depends);
            let (fit, unfit): (Vec<&Entitled>, Vec<&Entitled>) =
                part.entitled.iter().partition(reach);
            // The networks' rules may be silent; a place says that it is.
            if fit.is_empty() && unfit.is_empty() && part.place.place == Place::Net {
                return None;
            }
            let place = part.place.place;
            let title = match (place, part.side) {
                (Place::Net, _) => self.text(Claim::NetworkSide),
                (_, Side::Issuer) => self.named_side(Claim::BankSide, place),
                (_, Side::Shop) => self.named_side(Claim::ShopSide, place),
            };
            let list = |of: Vec<&Entitled>| {
                of.into_iter().map(|e| self.right(place, e)).collect::<Vec<_>>()
            };
            let rest =
                (!unfit.is_empty()).then(|| fold::fold(self.text(Claim::NotTheRight), list(unfit)));
            let none = part.entitled.is_empty().then(|| with("p", self.text(Claim::NoRule)));
            // The networks' rules on both sides are one section to a reader.
            let again = place == Place::Net && part.side == Side::Shop;
            let title = (!again).then(|| with("h2", title));
            Some(nodes![title, none, list(fit), rest])
        };
        nodes![parts.iter().filter_map(section).collect::<Vec<_>>()]
    }

    fn named_side(&self, key: Claim, place: Place) -> String {
        self.text(key).replace("{place}", self.words.text(place_name(place)))
    }

    fn right(&self, place: Place, entitled: &Entitled) -> Element {
        let file = self.file(place);
        let (right, words) = (entitled.right, &file.words.rights[entitled.at]);
        let note = match entitled.fit {
            Fit::Yes => None,
            Fit::No(limit) => {
                let limit = self.limit(&words.limits[limit], &right.limits[limit]);
                Some(self.text(Claim::FitsNot).replace("{limit}", &limit))
            }
            Fit::OtherCard => Some(self.text(Claim::FitsOtherCard)),
            Fit::Depends => {
                // Caps keep nobody out, so the amount does not matter for them.
                use rulebase::LimitKind::{Above, From, UpTo};
                let edge = |l: &rulebase::Limit| matches!(l.kind, Above | From | UpTo);
                let amount = right.limits.iter().any(edge);
                Some(self.text(if amount { Claim::FitsDepends } else { Claim::FitsCard }))
            }
        };
        let limits: Vec<Element> = right
            .limits
            .iter()
            .zip(&words.limits)
            .map(|(limit, label)| with("li", self.limit(label, limit)))
            .collect();
        let limits = (!limits.is_empty()).then(|| with("ul", limits));
        let force = self.text(match right.force {
            Force::Law => Claim::ForceLaw,
            Force::Code => Claim::ForceCode,
            Force::NetworkRule => Claim::ForceNetworkRule,
            Force::Practice => Claim::ForcePractice,
            Force::Pending => Claim::ForcePending,
            Force::None => Claim::ForceNone,
        });
        let since = right.effective.map(|d| {
            let since = self.text(Claim::Since).replace("{date}", &d.to_string());
            format!(" · {since}")
        });
        let owes = format!(
            "{}{}{}",
            self.text(Claim::Owes),
            self.cx.words.ui(Ui::Colon),
            self.text(owes(right.duty))
        );
        let body = nodes![
            note.map(|n| with("p", n).class("hint")),
            with("p", words.says.clone()),
            limits,
            with("p", owes).class("hint"),
            with("p", nodes![force, since]).class("hint"),
            with("p", words.instrument.clone()).class("hint"),
            self.behind(file, right.sure, &right.sources, right.review),
        ];
        fold::fold(words.name.clone(), body).key(right.id.clone())
    }

    /// A limit with its label: “The item must cost more than 100 GBP”.
    fn limit(&self, label: &str, limit: &rulebase::Limit) -> String {
        format!("{label} {} {}", limit.n, limit.currency)
    }

    fn behind(&self, file: &PlaceFile, sure: Sure, list: &[u16], review: Date) -> View {
        let titles = list.iter().map(|s| file.rights.sources[usize::from(*s)].title.clone());
        let titles = self.cx.list(titles);
        let review = self.cx.fill(Ui::ReviewBy, &[("date", &review.to_string())]);
        nodes![
            with(
                "p",
                format!(
                    "{}{}{titles}",
                    self.cx.ui(sources::sure(sure)),
                    self.cx.words.ui(Ui::Colon)
                )
            )
            .class("hint"),
            with("p", review).class("hint"),
        ]
    }

    fn ladder(&self) -> View {
        let parts = &self.claimed.parts;
        let steps = |part: &Part| -> Vec<Element> {
            part.ladder
                .iter()
                .map(|(at, channel)| {
                    let words = &self.file(part.place.place).words.channels[*at];
                    let colon = self.cx.words.ui(Ui::Colon).to_string();
                    let line = |key: Claim, text: &str| {
                        (!text.is_empty()).then(|| {
                            with("p", nodes![with("strong", self.text(key)), colon.clone(), text])
                        })
                    };
                    let phone = channel.phone.as_deref().unwrap_or_default();
                    let limits: Vec<String> = channel
                        .limits
                        .iter()
                        .zip(&words.limits)
                        .map(|(l, label)| self.limit(label, l))
                        .collect();
                    let cost =
                        [words.cost.clone()].into_iter().filter(|c| !c.is_empty()).chain(limits);
                    let cost = cost.collect::<Vec<_>>().join(" ");
                    let body = nodes![
                        with("p", words.what.clone()),
                        line(Claim::Bring, &words.bring),
                        (!cost.is_empty()).then(|| with("p", cost)),
                        line(Claim::Phone, phone),
                        channel
                            .url
                            .clone()
                            .map(|u| with("p", link(u.clone()).attr("rel", "noreferrer").put(u))),
                    ];
                    with("li", fold::fold(words.name.clone(), body)).key(channel.id.clone())
                })
                .collect()
        };
        // The bank and the shop are two ways, each with its own first step.
        let lists: Vec<View> = parts
            .iter()
            .filter(|p| !p.ladder.is_empty())
            .map(|part| {
                let side = match part.side {
                    Side::Issuer => Claim::BankSide,
                    Side::Shop => Claim::ShopSide,
                };
                let title = self.named_side(side, part.place.place);
                nodes![with("h3", title), el("ol").class("ladder").put(steps(part))]
            })
            .collect();
        let none = lists.is_empty().then(|| {
            let none = match self.cx.role() {
                Role::Cardholder => Claim::LadderNone,
                Role::Staff => Claim::LadderNoneStaff,
            };
            with("p", self.text(none)).class("ladder")
        });
        nodes![with("h2", self.text(Claim::Ladder)), none, lists]
    }
}
