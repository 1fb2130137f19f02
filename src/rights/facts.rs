//! What the visitor told of the payment: dates, amount, kind of card. It stays in memory.

use rulebase::{CardKind, Date, Event, Word};

/// What was told; any of it may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// In the order of [`Event`].
    dates: [Option<Date>; Event::ALL.len()],
    pub amount: Option<Amount>,
    pub card: Option<CardKind>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Hundredths of the currency's unit, also where it has no such coin.
    pub cents: u64,
    /// ISO 4217.
    pub currency: String,
}

/// What cannot be, so that a page can say it at the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The day has not come yet.
    Future(Event),
    /// The first is said to have happened before the second, which comes before it.
    Order(Event, Event),
    /// So long ago that it is a slip of the finger.
    LongAgo(Event),
}

/// Dates further back are none of a claim that anybody can still make.
const OLDEST: u16 = 20;

impl Facts {
    pub fn date(&self, event: Event) -> Option<Date> {
        self.dates[event as usize]
    }

    pub fn set(&mut self, event: Event, date: Option<Date>) {
        self.dates[event as usize] = date;
    }

    /// The dates that can be: what is wrong sets no clock going.
    pub fn sound(&self, today: Date) -> Facts {
        let mut sound = self.clone();
        for wrong in self.wrong(today) {
            let (Wrong::Future(e) | Wrong::LongAgo(e) | Wrong::Order(e, _)) = wrong;
            sound.set(e, None);
        }
        sound
    }

    /// All that cannot be, in the order of the events.
    pub fn wrong(&self, today: Date) -> Vec<Wrong> {
        let mut out = Vec::new();
        for (event, _) in Event::ALL {
            let Some(date) = self.date(*event) else { continue };
            if date > today {
                out.push(Wrong::Future(*event));
            } else if date.year + OLDEST < today.year {
                out.push(Wrong::LongAgo(*event));
            }
            for earlier in comes_after(*event) {
                if self.date(*earlier).is_some_and(|e| date < e) {
                    out.push(Wrong::Order(*event, *earlier));
                }
            }
        }
        out
    }
}

/// What must have happened before an event. A statement may close before the payment is noticed or
/// after, a refund may be promised before anybody complains.
fn comes_after(event: Event) -> &'static [Event] {
    match event {
        Event::Transaction => &[],
        Event::Statement | Event::Noticed | Event::Refund => &[Event::Transaction],
        Event::Told | Event::Filed => &[Event::Transaction],
        Event::Complained => &[Event::Transaction, Event::Noticed],
        Event::Answered => &[Event::Transaction, Event::Complained],
    }
}

impl Amount {
    /// Reads what people write: `1,234.50`, `1 234,50`, `１２３４．５`, `¥1234`. `None` if that is no
    /// amount, or one that no card payment has.
    pub fn read(text: &str, currency: &str) -> Option<Amount> {
        let mut marks: Vec<(usize, char)> = Vec::new();
        let mut digits = String::new();
        let sign = |c: char| matches!(c, '¥' | '￥' | '$' | '£' | '€' | '元');
        for c in text.trim_matches(|c: char| c.is_whitespace() || sign(c)).chars() {
            match c {
                '0'..='9' => digits.push(c),
                '０'..='９' => digits.extend(char::from_u32(u32::from(c) - 0xfee0)),
                '.' | '．' | '。' => marks.push((digits.len(), '.')),
                ',' | '，' | '、' => marks.push((digits.len(), ',')),
                ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' => marks.push((digits.len(), ' ')),
                _ => return None,
            }
        }
        // The last mark parts the hundredths if one or two digits follow it and it is alone of its kind.
        let last = marks.last().copied().filter(|m| {
            let alone = marks.iter().filter(|o| o.1 == m.1).count() == 1;
            m.1 != ' ' && alone && (1..=2).contains(&(digits.len() - m.0))
        });
        let whole = last.map_or(digits.len(), |m| m.0);
        // Thousands stand in threes.
        let groups: Vec<usize> = marks.iter().filter(|m| Some(**m) != last).map(|m| m.0).collect();
        let head = groups.first().is_none_or(|m| (1..=3).contains(m) && !digits.starts_with('0'));
        let threes = groups.iter().all(|m| *m < whole && (whole - m) % 3 == 0);
        let once = groups.windows(2).all(|w| w[0] < w[1]);
        if digits.is_empty() || digits.len() > 12 || !(head && threes && once) {
            return None;
        }
        let (whole, part) = digits.split_at(whole);
        let part: u64 = format!("{part:0<2}").parse().ok()?;
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let cents = whole * 100 + part;
        // Nobody pays nothing by card.
        (cents > 0).then(|| Amount { cents, currency: currency.into() })
    }
}
