//! Every place that somebody may search for or read without a script, as a page of its own: the same words and the
//! same pages as in the app, made here. The app takes over where it can.

use crate::Outcome;
use pos_aid::lookup::Library;
use pos_aid::node::{View, to_html};
use pos_aid::office::{Now, Office, Visit};
use pos_aid::pages::{self, Cx, LookUp};
use pos_aid::route::{Asked, Check, Page, Route};
use rulebase::read::Reading;
use rulebase::{CauseIx, ComplaintIx, Date, Find, Lang, Place, Role, Situation, Word, Words};
use std::collections::BTreeMap;

/// A page that was made.
pub struct Still {
    /// Where it lies: `en/cardholder/cause/chip-dirty/`.
    pub path: String,
    /// The place in the app that it stands for.
    pub fragment: String,
    pub lang: Lang,
    pub title: String,
    pub description: String,
    /// What is inside `<body>`, with its links as the app has them.
    pub body: String,
    /// The same place in the other language.
    pub twin: String,
    /// For search engines, in the terms of schema.org.
    pub data: Option<serde_json::Value>,
}

/// No build reads the clock: what these pages say holds on any day, and what is overdue the app tells.
const ANY_DAY: Date = Date { year: 2020, month: 1, day: 1 };

/// All of them. `shelf` are the files that the office loads, by their plain names.
pub fn all(reading: &Reading, shelf: &BTreeMap<String, Vec<u8>>) -> Outcome<Vec<Still>> {
    let base = &reading.base;
    let words: Vec<&Words> = reading.words.iter().collect();
    let library = Library::new(base, &words, reading.lookup.clone(), reading.lookup_words.clone());
    let names: String = shelf.keys().map(|name| format!("{name} {name}\n")).collect();
    let mut office = Office::open(&base.to_bytes(), &names, "./").map_err(|e| e.0.to_string())?;
    for words in &reading.words {
        office.add_words(&words.to_bytes()).map_err(|e| e.0.to_string())?;
    }
    let mut stills = Vec::new();
    for words in &reading.words {
        for (role, page) in places(reading) {
            let route = Route { lang: words.lang, role, page };
            let cx =
                Cx { base, words, route: &route, look_up: LookUp::Here(&library), today: ANY_DAY };
            let (title, view) = match route.room() {
                Some(_) => in_office(&mut office, &route.fragment(base), shelf)?,
                None => (pages::title(cx), shown(cx)),
            };
            let body = to_html(&view);
            let other = Route { lang: words.lang.other(), ..route.clone() };
            stills.push(Still {
                path: path(&route.fragment(base)),
                fragment: route.fragment(base).trim_end_matches("/more").to_string(),
                lang: words.lang,
                data: structured(reading, &route, &title),
                title,
                description: description(&body),
                body,
                twin: path(&other.fragment(base)),
            });
        }
    }
    Ok(stills)
}

fn shown(cx: Cx) -> View {
    match &cx.route.page {
        Page::Case { case, .. } => pages::decision_list(cx, case.complaint),
        _ => pages::page(cx, None),
    }
}

/// A page of the office with all that it wants.
fn in_office(
    office: &mut Office,
    fragment: &str,
    shelf: &BTreeMap<String, Vec<u8>>,
) -> Outcome<(String, View)> {
    let visit = Visit { fragment: fragment.into(), notice: None, case: None };
    let now = Now { today: ANY_DAY, minute: 0, ms: 0 };
    loop {
        let sheet = office.show(&visit, now).ok_or("the office has no words")?;
        if sheet.wants.is_empty() {
            return Ok((sheet.title, sheet.body));
        }
        for (name, _) in &sheet.wants {
            office.give(name, shelf.get(name).map(Vec::as_slice));
        }
    }
}

/// What is worth a page: whatever stands by itself. What is told or typed there stays in the app.
fn places(reading: &Reading) -> Vec<(Role, Page)> {
    let (base, both) = (&reading.base, [Role::Cardholder, Role::Staff]);
    let mut places = Vec::new();
    for role in both {
        places.push((role, Page::Start { more: true }));
        let seen = ComplaintIx::all(base).filter(|c| base[*c].roles.has(role) && base.offers(*c));
        places.extend(
            seen.map(|c| (role, Page::Case { case: pos_aid::engine::Case::new(c), again: None })),
        );
        places.push((role, Page::Sentences));
    }
    let reader = Role::Cardholder;
    places.push((reader, Page::Rules));
    places.extend(CauseIx::all(base).map(|c| (reader, Page::Cause(c))));
    let lookup = &reading.lookup;
    places.extend(lookup.messages.iter().map(|m| (reader, Page::Message(m.id.clone()))));
    places.extend(lookup.codes.iter().map(|c| (reader, Page::Code(c.id.clone()))));
    places.push((reader, Page::Now(None)));
    places.extend(lookup.cards.iter().map(|c| (reader, Page::Now(Some(c.id.clone())))));
    places.push((reader, Page::Rights(Asked::default())));
    for (situation, _) in Situation::ALL {
        for (place, _) in Place::ALL.iter().filter(|p| p.0 != Place::Net) {
            let here = Some(Some(*place));
            let situation = Some(*situation);
            let asked = Asked { situation, issued: here, shop: here, letter: None };
            places.push((reader, Page::Rights(asked)));
        }
    }
    places.push((Role::Staff, Page::Guides));
    let guides = reading.guides.guides.iter();
    places.extend(guides.map(|g| (Role::Staff, Page::Guide(g.id.clone()))));
    places.push((Role::Staff, Page::Reader(None)));
    places.push((Role::Staff, Page::Reader(Some(Check::NotListed))));
    places
}

/// Where the page of a fragment lies.
fn path(fragment: &str) -> String {
    format!("{}/", fragment.trim_start_matches("#/").trim_end_matches("/more"))
}

/// The first sentences of a page, as search engines show them.
fn description(body: &str) -> String {
    let main = body.find("<main").map_or(body, |at| &body[at..]);
    let mut text = String::new();
    for part in main.split("<p").skip(1) {
        let inner = part.split_once('>').map_or("", |p| p.1).split("</p>").next().unwrap_or("");
        // Without tags, each up to its end.
        let plain: String = inner
            .split('<')
            .enumerate()
            .map(|(at, piece)| match at {
                0 => piece,
                _ => piece.split_once('>').map_or("", |p| p.1),
            })
            .collect();
        if plain.trim().chars().count() < 8 {
            continue;
        }
        text.push_str(plain.trim());
        if text.chars().count() > 60 {
            break;
        }
        text.push(' ');
    }
    text.chars().take(160).collect::<String>().trim().to_string()
}

/// What a page honestly is, for search engines: a guide is a list of steps, a right-now card answers two questions.
fn structured(reading: &Reading, route: &Route, title: &str) -> Option<serde_json::Value> {
    let language = Lang::ALL.iter().position(|l| l.0 == route.lang)?;
    let (kind, list) = match &route.page {
        Page::Guide(id) => {
            let at = reading.guides.guides.iter().position(|g| g.id == *id)?;
            let steps = reading.guide_words[language].guides[at].steps.iter();
            let step = |text| serde_json::json!({ "@type": "HowToStep", "text": text });
            ("HowTo", ("step", steps.map(|s| step(&s.title)).collect::<Vec<_>>()))
        }
        Page::Now(Some(id)) => {
            let at = reading.lookup.cards.iter().position(|c| c.id == *id)?;
            let words = &reading.lookup_words[language];
            let card = &words.cards[at];
            let asked = |key, text: &str| {
                serde_json::json!({
                    "@type": "Question", "name": format!("{} · {}", card.name, words.text(key)),
                    "acceptedAnswer": { "@type": "Answer", "text": text },
                })
            };
            let both = vec![asked(Find::Moved, &card.moved), asked(Find::Again, &card.again)];
            ("FAQPage", ("mainEntity", both))
        }
        _ => return None,
    };
    let mut data = serde_json::json!({
        "@context": "https://schema.org", "@type": kind, "name": title,
        "inLanguage": route.lang.spelled(),
    });
    data[list.0] = list.1.into();
    Some(data)
}

/// A page with its links: to another page of these where there is one, else into the app.
pub fn linked(body: &str, up: &str, stills: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find("href=\"#/") {
        out.push_str(&rest[..at]);
        let fragment = &rest[at + 6..];
        let end = fragment.find('"').unwrap_or(fragment.len());
        let (fragment, behind) = fragment.split_at(end);
        let to = match still(fragment, stills) {
            Some(path) => format!("{up}{path}"),
            None => format!("{up}{fragment}"),
        };
        out.push_str(&format!("href=\"{to}"));
        rest = behind;
    }
    out.push_str(rest);
    // The one link that is no place in the app.
    let about =
        |tag: &str| (format!("href=\"{tag}/about/\""), format!("href=\"{up}{tag}/about/\""));
    Lang::ALL.iter().map(|l| about(l.1)).fold(out, |out, (from, to)| out.replace(&from, &to))
}

/// The page of a fragment; what is the same for both roles stands once.
fn still<'a>(fragment: &str, stills: &'a BTreeMap<String, String>) -> Option<&'a String> {
    let fragment = fragment.trim_end_matches("/more");
    let other = |from: &str, to: &str| stills.get(&fragment.replacen(from, to, 1));
    stills
        .get(fragment)
        .or_else(|| other("/staff", "/cardholder"))
        .or_else(|| other("/cardholder", "/staff"))
}

/// The whole document: the app's own page with this one in it.
pub fn document(page: &str, still: &Still, body: &str, site: Option<&str>) -> Outcome<String> {
    let up = "../".repeat(still.path.matches('/').count());
    let (head, rest) = page.split_once("</head>").ok_or("index.html has no </head>")?;
    let (before, behind) = rest.split_once("<!-- page -->").ok_or("index.html marks no page")?;
    let (_, after) = behind.split_once("<!-- /page -->").ok_or("index.html ends no page")?;
    // The description is cut out of HTML and has its marks already.
    let (title, description) = (escaped(&still.title), still.description.replace('"', "&quot;"));
    let mut out = String::new();
    for line in head.lines() {
        let line = match line {
            l if l.starts_with("<title>") => format!("<title>{title}</title>"),
            l if l.starts_with("<html") => {
                l.replace("lang=\"zh-CN\"", &format!("lang=\"{}\"", still.lang.spelled()))
            }
            l if l.starts_with("<meta name=\"description\"") => {
                format!("<meta name=\"description\" content=\"{description}\">")
            }
            l => l
                .replace("href=\"", &format!("href=\"{up}"))
                .replace("src=\"", &format!("src=\"{up}")),
        };
        let place = format!("id=\"boot\" data-up=\"{up}\" data-route=\"{}\"", still.fragment);
        out.push_str(&line.replace("id=\"boot\"", &place));
        out.push('\n');
    }
    // Search engines take whole addresses only.
    if let Some(site) = site {
        out.push_str(&format!("<link rel=\"canonical\" href=\"{site}{}\">\n", still.path));
        for (path, lang) in [(&still.path, still.lang), (&still.twin, still.lang.other())] {
            let tag = lang.spelled();
            let link =
                format!("<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{site}{path}\">\n");
            out.push_str(&link);
        }
    }
    // The language of this page is known before any script runs.
    let attribute = format!("data-{}=\"", if still.lang == Lang::En { "en" } else { "zh" });
    let words = head.split_once(&attribute).and_then(|h| h.1.split('"').next());
    let words = words.ok_or("index.html names no words")?;
    out.push_str(&format!(
        "<link rel=\"preload\" href=\"{up}{words}\" as=\"fetch\" crossorigin>\n"
    ));
    if let Some(data) = &still.data {
        let data = data.to_string().replace('<', "\\u003c");
        out.push_str(&format!("<script type=\"application/ld+json\">{data}</script>\n"));
    }
    // It is complete as it stands: nothing above it announces another one.
    let before = before.replace("<a href=\"", &format!("<a href=\"{up}"));
    let before = before
        .replace("id=\"loading\" class=\"loading\"", "id=\"loading\" class=\"loading\" hidden");
    let before = match still.lang {
        Lang::En => english_first(&before),
        Lang::ZhCn => before,
    };
    Ok(format!("{out}</head>{before}{body}{after}"))
}

/// What index.html says in Chinese and then in English, the other way round: whoever reads an English page reads that
/// first.
fn english_first(html: &str) -> String {
    const CHINESE: &str = " lang=\"zh-CN\">";
    const ENGLISH: &str = "<span lang=\"en\">";
    const PARAGRAPH: &str = "<p lang=\"en\">";
    let mut lines: Vec<String> = html.lines().map(String::from).collect();
    for line in &mut lines {
        let Some((head, text)) = line.split_once(CHINESE) else { continue };
        let Some((chinese, rest)) = text.split_once(ENGLISH) else { continue };
        let Some((english, tail)) = rest.split_once("</span>") else { continue };
        let Some(between) = ["<br>", " · "].into_iter().find(|b| chinese.ends_with(b)) else {
            continue;
        };
        let chinese = chinese.trim_end_matches(between);
        *line = format!(
            "{head} lang=\"en\">{english}{between}<span lang=\"zh-CN\">{chinese}</span>{tail}"
        );
    }
    for at in 1..lines.len() {
        if lines[at].starts_with(PARAGRAPH) && lines[at - 1].contains(CHINESE) {
            lines.swap(at - 1, at);
        }
    }
    lines.join("\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::english_first;

    #[test]
    fn what_stands_in_two_languages_changes_places_with_its_links_and_buttons() {
        let page = "<p id=\"a\" lang=\"zh-CN\">看<a href=\"x\">这里</a>。<br><span lang=\"en\">Look <a href=\"y\">here</a>.</span></p>\n\
            <p lang=\"zh-CN\">一</p>\n<p lang=\"en\">one</p>\n\
            <button lang=\"zh-CN\">好 · <span lang=\"en\">OK</span></button>\n<div>rest</div>";
        assert_eq!(
            english_first(page),
            "<p id=\"a\" lang=\"en\">Look <a href=\"y\">here</a>.<br><span lang=\"zh-CN\">看<a href=\"x\">这里</a>。</span></p>\n\
            <p lang=\"en\">one</p>\n<p lang=\"zh-CN\">一</p>\n\
            <button lang=\"en\">OK · <span lang=\"zh-CN\">好</span></button>\n<div>rest</div>"
        );
    }
}
