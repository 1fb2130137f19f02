//! Rights: what happened, where the card is from and where the shop is, one question a page; then what
//! is due, until when, and whom to go to.

use super::Cx;
use crate::node::{Element, View, el, link, with};
use crate::nodes;
use crate::parts::icon::{Icon, icon};
use crate::parts::{fold, sources};
use crate::rights::{
    Due, Entitled, Fit, Loaded, Part, Running, Wrong, asks_dates, days_between, is_over, parts,
    side_by_side,
};
use crate::route::{Asked, Page};
use rulebase::{
    CardKind, Claim, ClaimFile, ClaimWords, ClockKind, Date, Event, Force, Holder, Party, Place,
    PlaceFile, PlaceRights, Role, Side, Situation, Sure, Ui, Word,
};

/// The page that comes next for what was chosen so far.
pub fn rights(cx: Cx, asked: &Asked) -> View {
    let file = match cx.desk.claims(cx.words.lang) {
        Loaded::Here(file) => file,
        Loaded::Missing => return note(cx, Ui::NotLoaded),
        Loaded::Coming => return note(cx, Ui::Loading),
    };
    let words = &file.words;
    match (asked.situation, asked.issued, asked.shop) {
        (None, ..) => situations(cx, words, asked),
        (Some(_), None, _) => {
            let to = |place| Asked { issued: Some(place), ..asked.clone() };
            places(cx, words, Claim::IssuedWhere, Claim::IssuedWhy, to)
        }
        (Some(_), Some(_), None) => {
            let to = |place| Asked { shop: Some(place), ..asked.clone() };
            places(cx, words, Claim::ShopWhere, Claim::ShopWhy, to)
        }
        (Some(situation), Some(issued), Some(shop)) => match &asked.letter {
            Some(id) => super::letter::letter(cx, file, asked, id),
            None => answer(cx, file, asked, situation, issued, shop),
        },
    }
}

fn note(cx: Cx, key: Ui) -> View {
    let class = if key == Ui::Loading { "loading" } else { "notice" };
    nodes![with("p", cx.ui(key)).class(class).attr("role", "status")]
}

fn situations(cx: Cx, words: &ClaimWords, asked: &Asked) -> View {
    let items: Vec<Element> = Situation::ALL
        .iter()
        .map(|(situation, _)| {
            let next = Asked { situation: Some(*situation), ..asked.clone() };
            let to = link(cx.to(Page::Rights(next))).class("choice");
            with("li", to.put(words.text(named(*situation))))
        })
        .collect();
    nodes![
        with("p", words.text(Claim::Title)).class("eyebrow"),
        with("h1", words.text(Claim::WhatHappened)).attr("id", "ask"),
        el("ul").class("choices").attr("aria-labelledby", "ask").put(items),
    ]
}

fn places(
    cx: Cx,
    words: &ClaimWords,
    ask: Claim,
    why: Claim,
    to: impl Fn(Option<Place>) -> Asked,
) -> View {
    let choice = |place: Option<Place>, class: &'static str| {
        let text = words.text(place.map_or(Claim::Elsewhere, place_name));
        let to = link(cx.to(Page::Rights(to(place)))).class(class);
        with("li", to.put(text))
    };
    let known = Place::ALL.iter().filter(|p| p.0 != Place::Net);
    let items: Vec<Element> = known.map(|(place, _)| choice(Some(*place), "choice")).collect();
    nodes![
        with("p", words.text(Claim::Title)).class("eyebrow"),
        with("h1", words.text(ask)).attr("id", "ask"),
        with("p", words.text(why)),
        el("ul")
            .class("choices two")
            .attr("aria-labelledby", "ask")
            .put(items)
            .put(choice(None, "choice other")),
    ]
}

fn answer(
    cx: Cx,
    file: &ClaimFile,
    asked: &Asked,
    situation: Situation,
    issued: Option<Place>,
    shop: Option<Place>,
) -> View {
    let words = &file.words;
    let mut missing = false;
    let mut loaded = |place: Option<Place>| -> Result<Option<&PlaceFile>, ()> {
        let Some(place) = place else { return Ok(None) };
        match cx.desk.place(place, cx.words.lang) {
            Loaded::Here(file) => Ok(Some(file)),
            Loaded::Missing => {
                missing = true;
                Ok(None)
            }
            Loaded::Coming => Err(()),
        }
    };
    let (Ok(issued_in), Ok(shop_in), Ok(net)) =
        (loaded(issued), loaded(shop), loaded(Some(Place::Net)))
    else {
        return note(cx, Ui::Loading);
    };
    let holder = match cx.role() {
        Role::Cardholder => Holder::Cardholder,
        Role::Staff => Holder::Merchant,
    };
    let sound = cx.desk.facts.sound(cx.today);
    let parts = parts(of(issued_in), of(shop_in), of(net), holder, situation, &sound);
    let files: Vec<&PlaceFile> = [issued_in, shop_in, net].into_iter().flatten().collect();
    let page = Answer { cx, words, files };
    let name = |p: Option<Place>| words.text(p.map_or(Claim::Elsewhere, place_name)).to_string();
    let two = words
        .text(Claim::TwoPlaces)
        .replace("{issued}", &name(issued))
        .replace("{shop}", &name(shop));
    let unknown = (issued.is_none() || shop.is_none())
        .then(|| with("p", words.text(Claim::NotKnown)).class("notice"));
    let change = Asked { issued: None, shop: None, ..asked.clone() };
    nodes![
        with("p", words.text(Claim::Title)).class("eyebrow"),
        with("h1", words.text(named(situation))),
        with(
            "p",
            nodes![
                two,
                " ",
                link(cx.to(Page::Rights(change))).put(words.text(Claim::ChangeAnswers))
            ]
        ),
        missing.then(|| with("p", cx.ui(Ui::NotLoaded)).class("notice").attr("role", "status")),
        unknown,
        page.fields(&parts),
        page.clocks(&parts),
        page.rights(&parts),
        page.ladder(&parts),
        page.claims(file, asked, situation, holder),
        with("p", words.text(Claim::NoAdvice)).class("foot"),
    ]
}

fn of(file: Option<&PlaceFile>) -> Option<&PlaceRights> {
    file.map(|f| &f.rights)
}

/// What the parts of the page share.
struct Answer<'a> {
    cx: Cx<'a>,
    words: &'a ClaimWords,
    files: Vec<&'a PlaceFile>,
}

impl Answer<'_> {
    fn text(&self, key: Claim) -> String {
        self.words.text(key).to_string()
    }

    fn file(&self, place: Place) -> &PlaceFile {
        let found = self.files.iter().find(|f| f.rights.place == place);
        found.expect("a part comes from a file that is here")
    }

    /// Fields for the dates that a clock here counts from, and for what a right depends on.
    fn fields(&self, parts: &[Part]) -> View {
        let desk = self.cx.desk;
        let dates: Vec<Element> = asks_dates(parts)
            .into_iter()
            .map(|e| date_field(self.cx, self.words, e, self.text(date_name(e))))
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
        nodes![
            with("h2", self.text(Claim::YourDates)),
            with("p", self.text(Claim::DatesStay)).class("hint"),
            el("div").class("fields").put(dates).put(amount).put(card),
        ]
    }

    /// Every clock of every part, the first to run out on top.
    fn clocks(&self, parts: &[Part]) -> View {
        let rows: Vec<Element> =
            side_by_side(parts).into_iter().map(|(p, c)| self.clock(p, c)).collect();
        let head = with("h2", self.text(Claim::Clocks));
        match rows.is_empty() {
            true => nodes![head, with("p", self.text(Claim::ClocksNone))],
            false => nodes![head, el("ul").class("clocks").put(rows)],
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
                    .replace("{date}", self.words.text(date_name(event)));
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

    /// The rights of each part; those that do not reach this case at the end.
    fn rights(&self, parts: &[Part]) -> View {
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
            Fit::Depends => Some(self.text(match right.limits.is_empty() {
                true => Claim::FitsCard,
                false => Claim::FitsDepends,
            })),
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

    fn ladder(&self, parts: &[Part]) -> View {
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
        let none =
            lists.is_empty().then(|| with("p", self.text(Claim::LadderNone)).class("ladder"));
        nodes![with("h2", self.text(Claim::Ladder)), none, lists]
    }

    /// Letters, what to keep, and what to do with an answer.
    fn claims(
        &self,
        file: &ClaimFile,
        asked: &Asked,
        situation: Situation,
        holder: Holder,
    ) -> View {
        let (claims, words) = (&file.claims, &file.words);
        let letters: Vec<Element> = claims
            .letters
            .iter()
            .zip(&words.letters)
            .filter(|(l, _)| l.by == holder && l.about.contains(&situation))
            .map(|(letter, texts)| {
                let asked = Asked { letter: Some(letter.id.clone()), ..asked.clone() };
                with(
                    "li",
                    link(self.cx.to(Page::Rights(asked))).class("choice").put(texts.name.clone()),
                )
            })
            .collect();
        let keep: Vec<Element> = claims
            .evidence
            .iter()
            .filter(|e| e.0 == situation)
            .flat_map(|e| &e.1)
            .map(|i| with("li", words.evidence[usize::from(*i)].clone()))
            .collect();
        let replies: Vec<Element> = words
            .replies
            .iter()
            .map(|r| {
                let next: Vec<Element> = r.next.iter().map(|n| with("li", n.clone())).collect();
                fold::fold(
                    r.heard.clone(),
                    nodes![with("p", r.means.clone()), el("ol").class("steps").put(next)],
                )
            })
            .collect();
        let letters = (!letters.is_empty()).then(|| {
            nodes![
                with("h2", self.text(Claim::LettersTitle)),
                el("ul").class("choices").put(letters)
            ]
        });
        let keep = (!keep.is_empty())
            .then(|| nodes![with("h2", self.text(Claim::KeepTitle)), with("ul", keep)]);
        nodes![letters, keep, with("h2", self.text(Claim::TheySay)), replies,]
    }
}

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

/// A field for one of the visitor's dates, with what cannot be about it.
pub fn date_field(cx: Cx, words: &ClaimWords, event: Event, label: String) -> Element {
    let wrong = cx.desk.facts.wrong(cx.today);
    let problem = wrong.into_iter().find_map(|wrong| {
        let (at, key, earlier) = match wrong {
            Wrong::Future(at) => (at, Claim::WrongFuture, None),
            Wrong::LongAgo(at) => (at, Claim::WrongLongAgo, None),
            Wrong::Order(at, earlier) => (at, Claim::WrongOrder, Some(earlier)),
        };
        let earlier = earlier.map_or("", |e| words.text(date_name(e)));
        (at == event).then(|| words.text(key).replace("{earlier}", earlier))
    });
    let value = cx.desk.facts.date(event).map(|d| d.to_string()).unwrap_or_default();
    let input =
        el("input").attr("type", "date").attr("value", value).attr("max", cx.today.to_string());
    field(format!("date-{}", event.spelled()), label, input, problem)
}

/// Fields for the amount and its currency.
pub fn amount_fields(cx: Cx, words: &ClaimWords, label: String) -> Element {
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

fn named(situation: Situation) -> Claim {
    match situation {
        Situation::DebitedFailed => Claim::DebitedFailed,
        Situation::ChargedTwice => Claim::ChargedTwice,
        Situation::WrongAmount => Claim::WrongAmount,
        Situation::Unauthorised => Claim::Unauthorised,
        Situation::Skimmed => Claim::Skimmed,
        Situation::CardKept => Claim::CardKept,
        Situation::RefundMissing => Claim::RefundMissing,
        Situation::Hold => Claim::Hold,
        Situation::Surcharge => Claim::Surcharge,
        Situation::Minimum => Claim::Minimum,
        Situation::Receipt => Claim::Receipt,
        Situation::Dcc => Claim::Dcc,
        Situation::Refused => Claim::Refused,
        Situation::CashOut => Claim::CashOut,
        Situation::Complaint => Claim::Complaint,
    }
}

/// The situation's name, for a title.
pub fn situation_name(words: &ClaimWords, situation: Situation) -> String {
    words.text(named(situation)).to_string()
}

fn place_name(place: Place) -> Claim {
    match place {
        Place::Cn => Claim::Cn,
        Place::Hk => Claim::Hk,
        Place::Mo => Claim::Mo,
        Place::Tw => Claim::Tw,
        Place::Us => Claim::Us,
        Place::Uk => Claim::Uk,
        Place::Eu => Claim::Eu,
        Place::Sg => Claim::Sg,
        Place::Au => Claim::Au,
        Place::Ca => Claim::Ca,
        Place::Nz => Claim::Nz,
        Place::Jp => Claim::Jp,
        Place::Kr => Claim::Kr,
        Place::My => Claim::My,
        Place::Th => Claim::Th,
        Place::Net => Claim::Net,
    }
}

pub fn date_name(event: Event) -> Claim {
    match event {
        Event::Transaction => Claim::DateTransaction,
        Event::Statement => Claim::DateStatement,
        Event::Noticed => Claim::DateNoticed,
        Event::Refund => Claim::DateRefund,
        Event::Complained => Claim::DateComplained,
        Event::Answered => Claim::DateAnswered,
    }
}

fn owes(party: Party) -> Claim {
    match party {
        Party::Cardholder => Claim::OwesYou,
        Party::Merchant => Claim::OwesMerchant,
        Party::Issuer => Claim::OwesIssuer,
        Party::Acquirer => Claim::OwesAcquirer,
        Party::Network => Claim::OwesNetwork,
        Party::Regulator => Claim::OwesRegulator,
        Party::Mediator => Claim::OwesMediator,
        Party::Court => Claim::OwesCourt,
    }
}
