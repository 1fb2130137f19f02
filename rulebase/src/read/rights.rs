//! Rights, channels and holiday tables: their rule files and their words, by place.

use super::fields::{Fields, Ids, Problems};
use super::rules::{note, read_all};
use super::texts::Reader;
use super::{Folder, Origin};
use crate::*;

/// A rule with the place that it is about.
type Placed<T> = (Place, T);

pub(super) fn read(
    folder: &Folder,
    origins: &mut Vec<Origin>,
    problems: &Problems,
) -> Vec<PlaceRights> {
    let ids = |kind, path: &str| Ids::new(kind, folder.toml_ids(path, problems));
    let source_ids = ids("source", "rules/rights-sources");
    let sources = read_all(folder, "rules/rights-sources", &source_ids.ids, problems, |id, f| {
        f.optional("kind");
        f.optional("url");
        Instrument {
            id: id.into(),
            title: f.string("title").value,
            sure: f.word("sure"),
            review: f.date("review"),
        }
    });
    let links = |f: &Fields| -> Vec<u16> {
        f.some("sources").iter().filter_map(|s| source_ids.link(f, s)).collect()
    };
    let mut of = |kind: &'static str, id: &str, f: &Fields| {
        let from = f.some("from").into_iter().map(|w| w.value).collect();
        origins.push(Origin { kind, id: id.into(), from });
    };
    let right_ids = folder.toml_ids("rules/rights", problems);
    let rights: Vec<Placed<Right>> =
        read_all(folder, "rules/rights", &right_ids, problems, |id, f| {
            of("rights", id, f);
            let right = Right {
                id: id.into(),
                side: f.word("side"),
                about: f.some("about").iter().map(|a| f.as_word(a)).collect(),
                cite: f.list("cite").iter().map(|a| f.as_word(a)).collect(),
                card: f.word_or("card", CardKind::Any),
                holder: f.word("holder"),
                duty: f.word("duty"),
                force: f.word("force"),
                effective: f.has("effective").then(|| f.date("effective")),
                clocks: clocks(f),
                limits: limits(f),
                sure: f.word("sure"),
                sources: links(f),
                review: f.date("review"),
            };
            (f.word("place"), right)
        });
    let channel_ids = folder.toml_ids("rules/channels", problems);
    let mut channels: Vec<(u32, Placed<Channel>)> =
        read_all(folder, "rules/channels", &channel_ids, problems, |id, f| {
            of("channels", id, f);
            let about = f.some("about");
            let all = about.iter().any(|a| a.value == "all");
            let channel = Channel {
                id: id.into(),
                side: f.word("side"),
                step: f.word("step"),
                about: match all {
                    true => Vec::new(),
                    false => about.iter().map(|a| f.as_word(a)).collect(),
                },
                card: f.word_or("card", CardKind::Any),
                holder: f.has("holder").then(|| f.word("holder")),
                phone: f.optional("phone").map(|p| p.value),
                url: f.optional("url").map(|u| u.value),
                clocks: clocks(f),
                limits: limits(f),
                sure: f.word("sure"),
                sources: links(f),
                review: f.date("review"),
            };
            (f.number("order") as u32, (f.word("place"), channel))
        });
    channels.sort_by(|a, b| (a.0, &a.1.1.id).cmp(&(b.0, &b.1.1.id)));
    let table_ids = folder.toml_ids("rules/holidays", problems);
    let tables: Vec<(String, Holidays)> =
        read_all(folder, "rules/holidays", &table_ids, problems, |id, f| {
            links(f);
            let _: Sure = f.word("sure");
            f.date("review");
            let (off, work) = (f.dates("off"), f.dates("work"));
            let first = |d: &Date| Date { month: 1, day: 1, ..*d };
            let since = off.iter().chain(&work).min().map(first).unwrap_or_default();
            (id.to_string(), Holidays { since, until: f.date("until"), off, work })
        });
    for (id, _) in tables.iter().filter(|t| Place::parse(&t.0).is_none()) {
        note(problems, format!("rules/holidays/{id}.toml"), format!("“{id}” is no place"));
    }
    Place::ALL
        .iter()
        .map(|(place, tag)| {
            let of_place = |p: &Place| p == place;
            let rights = rights.iter().filter(|r| of_place(&r.0)).map(|r| r.1.clone());
            let channels = channels.iter().filter(|c| of_place(&c.1.0)).map(|c| c.1.1.clone());
            let mut of = PlaceRights {
                place: *place,
                rights: rights.collect(),
                channels: channels.collect(),
                holidays: tables.iter().find(|t| t.0 == *tag).map(|t| t.1.clone()),
                sources: Vec::new(),
            };
            of.sources = own_sources(&mut of, &sources);
            of
        })
        .filter(|p| !p.rights.is_empty() || !p.channels.is_empty())
        .collect()
}

/// The sources that a place needs, and its links turned to them.
fn own_sources(of: &mut PlaceRights, all: &[Instrument]) -> Vec<Instrument> {
    let mut own: Vec<u16> = Vec::new();
    let lists = of.rights.iter_mut().map(|r| &mut r.sources);
    for list in lists.chain(of.channels.iter_mut().map(|c| &mut c.sources)) {
        for source in list {
            let at = own.iter().position(|o| o == source).unwrap_or_else(|| {
                own.push(*source);
                own.len() - 1
            });
            *source = at as u16;
        }
    }
    own.into_iter().map(|i| all[usize::from(i)].clone()).collect()
}

fn clocks(f: &Fields) -> Vec<Clock> {
    let read = |t: Fields| {
        let clock = Clock {
            id: t.string("id").value,
            n: t.number("n") as u16,
            unit: t.word("unit"),
            from: t.word("from"),
            kind: t.word("kind"),
            whose: t.word("whose"),
        };
        if clock.n == 0 {
            t.note(t.wrong(t.start(), "a time limit of 0 is none"));
        }
        t.finish();
        clock
    };
    f.tables("clocks").into_iter().map(read).collect()
}

fn limits(f: &Fields) -> Vec<Limit> {
    let read = |t: Fields| {
        let currency = t.string("currency");
        let iso =
            currency.value.len() == 3 && currency.value.bytes().all(|b| b.is_ascii_uppercase());
        if !iso {
            let wrong =
                t.wrong(currency.at.clone(), format!("“{}” is no currency", currency.value));
            t.note(wrong.expected("an ISO 4217 code such as GBP"));
        }
        let limit = Limit {
            id: t.string("id").value,
            n: t.number("n") as u32,
            currency: currency.value,
            kind: t.word("kind"),
        };
        t.finish();
        limit
    };
    f.tables("limits").into_iter().map(read).collect()
}

/// One language's words for what [`read`] gave.
pub(super) fn words(reader: &mut Reader, lang: Lang, places: &[PlaceRights]) -> Vec<PlaceWords> {
    places
        .iter()
        .map(|of| {
            let tag = of.place.spelled();
            let ids: Vec<String> = of.rights.iter().map(|r| r.id.clone()).collect();
            let rights = reader.kind_in("rights", tag, &ids, |r, f, id| {
                let right = of.rights.iter().find(|r| r.id == id).expect("one of these ids");
                RightWords {
                    name: r.text(f, "rights", id, "name"),
                    says: r.text(f, "rights", id, "says"),
                    instrument: r.text(f, "rights", id, "instrument"),
                    clocks: labels(r, f, "clocks", right.clocks.iter().map(|c| &c.id)),
                    limits: labels(r, f, "limits", right.limits.iter().map(|l| &l.id)),
                }
            });
            let ids: Vec<String> = of.channels.iter().map(|c| c.id.clone()).collect();
            let channels = reader.kind_in("channels", tag, &ids, |r, f, id| {
                let channel = of.channels.iter().find(|c| c.id == id).expect("one of these ids");
                ChannelWords {
                    name: r.text(f, "channels", id, "name"),
                    what: r.text(f, "channels", id, "what"),
                    bring: r.text(f, "channels", id, "bring"),
                    cost: r.optional(f, "channels", id, "cost"),
                    clocks: labels(r, f, "clocks", channel.clocks.iter().map(|c| &c.id)),
                    limits: labels(r, f, "limits", channel.limits.iter().map(|l| &l.id)),
                }
            });
            PlaceWords { lang, rights, channels }
        })
        .collect()
}

/// A label for each clock or limit, by its id.
pub(super) fn labels<'a>(
    reader: &mut Reader,
    f: &Fields,
    key: &'static str,
    ids: impl Iterator<Item = &'a String>,
) -> Vec<String> {
    let mut written = match f.table(key) {
        Some(table) => table.entries(),
        None => Vec::new(),
    };
    let labels = ids
        .map(|id| match written.iter().position(|(name, _)| name.value == *id) {
            Some(at) => {
                let (name, texts) = written.remove(at);
                let text = texts.into_iter().next().map(|t| {
                    reader.keep(f, key, &name.value, "label", &t);
                    t.value
                });
                text.unwrap_or_default()
            }
            None => {
                f.note(f.wrong(f.start(), format!("“{key}” has no label for “{id}”")));
                String::new()
            }
        })
        .collect();
    for (name, _) in written {
        f.note(f.wrong(name.at, format!("the rule has nothing called “{}” here", name.value)));
    }
    labels
}

/// What no single file can show.
pub(super) fn check(places: &[PlaceRights], words: &[Vec<PlaceWords>], problems: &Problems) {
    for (p, of) in places.iter().enumerate() {
        for (i, right) in of.rights.iter().enumerate() {
            let path = format!("rules/rights/{}.toml", right.id);
            let texts = words.iter().map(|w| &w[p].rights[i]);
            let digit =
                |t: &str| t.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
            let counted = !right.clocks.is_empty() || !right.limits.is_empty();
            if right.sure == Sure::Experience && (counted || texts.clone().any(|t| digit(&t.says)))
            {
                let said = "this is graded “experience” but states a number";
                note(problems, path.clone(), said.into());
            }
            let law = matches!(right.force, Force::Law | Force::Code);
            let read = law && right.sure == Sure::Official && of.place != Place::Net;
            if !right.cite.is_empty() && !read {
                let said = "a letter cites only law or a code that was read at an official place";
                note(problems, path.clone(), said.into());
            }
            if right.force == Force::None && counted {
                note(problems, path.clone(), "where there is no rule there is no limit".into());
            }
        }
        let tables = of.holidays.iter();
        for table in tables {
            let path = format!("rules/holidays/{}.toml", of.place.spelled());
            let sorted = |d: &[Date]| d.windows(2).all(|w| w[0] < w[1]);
            if !sorted(&table.off) || !sorted(&table.work) {
                note(problems, path, "the days are not in order, or one is there twice".into());
            }
        }
    }
}
