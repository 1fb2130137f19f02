//! The page about the app: what it keeps, its version, its sources, the licences of what it is made of. It has no script.

use crate::{Outcome, root};
use pulldown_cmark::{Options, Parser, html};
use rulebase::read::Reading;
use rulebase::{Lang, Sure, Word};
use std::collections::BTreeSet;
use std::process::Command;

/// The document in a language. `header` is the top of every page, with its links for this place.
pub fn page(
    reading: &Reading,
    lang: Lang,
    header: &str,
    style: &str,
    build: &str,
) -> Outcome<String> {
    let tag = lang.spelled();
    let path = root().join(format!("locales/{tag}/about.md"));
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let text = text
        .replace("{versions}", &versions(reading, lang, build))
        .replace("{sources}", &sources(reading))
        .replace("{licences}", &licences()?);
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(&text, Options::ENABLE_TABLES));
    let title = text.lines().next().unwrap_or_default().trim_start_matches("# ");
    let other = lang.other().spelled();
    Ok(format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"icon\" href=\"../../icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"manifest\" href=\"../../manifest.webmanifest\">\n\
         <link rel=\"stylesheet\" href=\"../../{style}\">\n\
         <link rel=\"alternate\" hreflang=\"{other}\" href=\"../../{other}/about/\">\n\
         </head>\n<body>\n<div class=\"static about\">{header}<main id=\"main\" tabindex=\"-1\">{body}</main></div>\n</body>\n</html>\n"
    ))
}

fn versions(reading: &Reading, lang: Lang, build: &str) -> String {
    let base = &reading.base;
    // When somebody last read the sources is not known to a build; by when they are to be read again is.
    let next = base.causes.iter().map(|c| c.review).min().map_or(String::new(), |d| d.to_string());
    let (app, causes) = (env!("CARGO_PKG_VERSION"), base.causes.len());
    let (messages, codes) = (reading.lookup.messages.len(), reading.lookup.codes.len());
    let rights: usize = reading.rights.iter().map(|p| p.rights.len()).sum();
    match lang {
        Lang::En => format!(
            "- POS Aid {app}, build `{build}`\n- Rules: {causes} causes, {messages} messages, {codes} codes, {rights} rights; edition `{:08x}`; the first are to be read again by {next}",
            base.edition
        ),
        Lang::ZhCn => format!(
            "- 刷卡急救 {app}，构建`{build}`\n- 规则：{causes}个原因、{messages}条屏幕文字、{codes}个代码、{rights}条权利；版次`{:08x}`；最早一批要在{next}前重新核对",
            base.edition
        ),
    }
}

/// Titles as published, what is official first.
fn sources(reading: &Reading) -> String {
    let mut sources: Vec<_> = reading.base.sources.iter().collect();
    sources.sort_by(|a, b| (b.sure as u8, &a.title).cmp(&(a.sure as u8, &b.title)));
    let titles: BTreeSet<&str> = BTreeSet::new();
    let mut seen = titles;
    sources
        .iter()
        .filter(|s| s.sure != Sure::Experience && seen.insert(&s.title))
        .map(|s| format!("- {}\n", s.title.replace('<', "&lt;").replace('*', "\\*")))
        .collect()
}

/// Crates that end up in what visitors load, with their licences.
fn licences() -> Outcome<String> {
    let mut tree = Command::new("cargo");
    tree.current_dir(root()).args([
        "tree",
        "--target",
        crate::setup::TARGET,
        "--edges",
        "normal,no-proc-macro",
    ]);
    tree.args([
        "--features",
        "csr,office,claims,shop,reader",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ]);
    let out = tree.output().map_err(|e| format!("cargo tree: {e}"))?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into_owned());
    }
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let lines: BTreeSet<String> = text
        .lines()
        // Our own stand with their folder.
        .filter(|line| !line.contains(" (/") && line.contains('|'))
        .filter_map(|line| {
            let (name, licence) = line.split_once('|')?;
            let name = name.trim_end_matches(" (*)");
            let licence = licence.trim_end_matches(" (*)").trim();
            (!name.is_empty()).then(|| format!("- {name}: {licence}\n"))
        })
        .collect();
    Ok(lines.into_iter().collect())
}
