//! What brings the app to people besides its page: the tag for banks, and the worker that keeps it on a device.

use crate::build::{Files, Profile, fnv, hashed, squeezed, told};
use crate::{Outcome, root};
use rulebase::{Lang, Word};

/// The tag for banks: under the name of its major version, which stays, and under one that tells its content, for
/// pages that want its integrity checked.
pub fn embed(files: &Files, bytes: &[u8]) -> Outcome {
    use base64::Engine;
    use sha2::Digest;
    let text = squeezed("embed.js", bytes);
    // Not “embed.…”: hosts that tell files by the beginning of their names keep the other two shortly.
    let name = hashed("tag.js", text.as_bytes());
    let digest = base64::engine::general_purpose::STANDARD.encode(sha2::Sha384::digest(&text));
    for name in ["embed.js", "embed-1.js", &name] {
        files.plain(name, text.as_bytes())?;
    }
    println!(
        "<script type=\"module\" src=\"{name}\" integrity=\"sha384-{digest}\" crossorigin=\"anonymous\"></script>"
    );
    Ok(())
}

/// What runs the app within somebody else's page. It has a plain name as the tag has, so that an old tag finds a new
/// app, and knows the files that the page names to its script.
pub fn inline(files: &Files, page: &str) -> Outcome {
    let script = std::fs::read(root().join("public/inline.js")).map_err(told("inline.js"))?;
    let tag = |mark: &str| page.split(mark).nth(1).and_then(|rest| rest.split('>').next());
    let (Some(style), Some(boot)) = (tag("<link rel=\"stylesheet\" "), tag(" id=\"boot\" ")) else {
        return Err("index.html names no style sheet or no script".into());
    };
    let mut names = serde_json::Map::new();
    let attributes = [style, boot].into_iter().flat_map(|t| t.split("\" "));
    for (name, value) in attributes.filter_map(|a| a.split_once("=\"")) {
        let name = match name {
            "href" => "style".to_string(),
            "src" => "boot".to_string(),
            name => camel(name.trim_start_matches("data-")),
        };
        names.insert(name, value.trim_end_matches('"').into());
    }
    // Readers are looked at on the app's own page only; frame and worker are for pages of their own.
    for name in ["reader", "readerWasm", "probe", "offline", "frame"] {
        names.remove(name);
    }
    let names = serde_json::Value::Object(names);
    let script = squeezed("inline.js", &script);
    let script = script.replacen("const FILES = {};", &format!("const FILES = {names};"), 1);
    files.plain("inline.js", script.as_bytes())
}

/// The name of a data attribute as a script has it.
fn camel(name: &str) -> String {
    let mut parts = name.split('-');
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (first, rest) = part.split_at(part.len().min(1));
        out.push_str(&first.to_uppercase());
        out.push_str(rest);
    }
    out
}

/// Writes the worker that keeps the app on a device, and puts its version into the page: the worker refuses a page of
/// another one.
pub fn worker(files: &Files, page: &str, profile: Profile) -> Outcome<String> {
    let read = |name: &str| std::fs::read(root().join(name)).map_err(told(name));
    if profile == Profile::Dev {
        // Takes back what a release left on this machine.
        files.plain("sw.js", &read("hosting/sw-off.js")?)?;
        return Ok(page.to_string());
    }
    let script = squeezed("sw.js", &read("public/sw.js")?);
    let mut names: Vec<String> = std::fs::read_dir(&files.folder)
        .map_err(told("target/dist"))?
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|name| is_hashed(name) && !name.starts_with("tag.") && !name.starts_with("bank."))
        .collect();
    names.sort();
    // The pages about the app name no file that tells their words.
    let about = |tag: &str| read(&format!("locales/{tag}/about.md"));
    let abouts = Lang::ALL.iter().map(|l| about(l.1)).collect::<Outcome<Vec<_>>>()?;
    let made_of = format!("{names:?}{page}{script}{abouts:?}");
    let version = format!("{:016x}", fnv(made_of.as_bytes()));
    let starts = |name: &String, all: &[&str]| all.iter().any(|start| name.starts_with(start));
    let of = |all: &[&str]| names.iter().filter(|n| starts(n, all)).collect::<Vec<_>>();
    let both = ["app.", "base.", "boot.", "style.", "offline.", "look-up."];
    let (en, zh) = (["words-en.", "look-up-en."], ["words-zh-CN.", "look-up-zh-CN."]);
    let mut rest: Vec<&String> =
        names.iter().filter(|n| !starts(n, &[&both[..], &en, &zh].concat())).collect();
    // What is small comes first, so that a bad network gets something whole.
    let size = |name: &&String| std::fs::metadata(files.folder.join(name)).map_or(0, |m| m.len());
    rest.sort_by_key(size);
    let build = serde_json::json!({
        "version": version,
        "page": ["./", "index.html"],
        // What the app has no place for, and the pages that have no script.
        "apart": Lang::ALL.iter().map(|l| format!("{}/about/", l.1)).collect::<Vec<_>>(),
        "first": { "both": of(&both), "en": of(&en), "zh-CN": of(&zh) },
        "rest": rest,
    });
    let line = |l: &str| match l.starts_with("const BUILD = ") {
        true => format!("const BUILD = {build};"),
        false => l.to_string(),
    };
    let script: Vec<String> = script.lines().map(line).collect();
    files.plain("sw.js", script.join("\n").as_bytes())?;
    Ok(page.replacen("<html ", &format!("<html data-build=\"{version}\" "), 1))
}

/// Whether a name tells its content.
fn is_hashed(name: &str) -> bool {
    let hash = name.rsplit('.').nth(1).unwrap_or_default();
    hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit())
}
