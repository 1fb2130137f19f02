//! What brings the app to people besides its page: the tag for banks, and the worker that keeps it on a device.

use crate::build::{Files, Profile, fnv, hashed, squeezed, told};
use crate::{Outcome, root};

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
    let version = format!("{:016x}", fnv(format!("{names:?}{page}{script}").as_bytes()));
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
