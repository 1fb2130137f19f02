//! Writes `dist/`: rules compiled, WASM bound and stripped, names hashed, everything compressed.

use crate::{Outcome, about, config, delivery, prerender, root, rules, setup, sizes};
use pos_aid::bank::schema;
use pos_aid::probe::known::{self, Known};
use rulebase::read::Reading;
use rulebase::{ClaimFile, GuideFile, Lang, PlaceFile, ProbeFile, Word};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build, large to load.
    Dev,
    /// What visitors get.
    Browser,
}

/// What a build is for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where it will lie, with a slash at the end: search engines want whole addresses.
    pub site: Option<String>,
    /// A bank's configuration, relative to the project's root, that is built in.
    pub config: Option<PathBuf>,
}

/// Builds, and for visitors checks the budgets.
pub fn build(profile: Profile, options: &Options) -> Outcome {
    let dist = root().join("dist");
    // Rules first: a problem there should not cost minutes of compiling.
    let mut reading = rules::sound()?;
    let colours = match &options.config {
        Some(file) => config::apply(file, &mut reading)?,
        None => String::new(),
    };
    setup::wasm_target()?;
    let wasm = compile(profile, "pos-aid", "csr")?;
    let bound = bind(&wasm, profile)?;
    let rooms = ["claims", "shop", "reader"];
    let rooms: Vec<(&str, Bound)> = rooms
        .into_iter()
        .map(|room| {
            let wasm = compile(profile, "office", &format!("office,{room}"))?;
            Ok((room, bind(&wasm, profile)?))
        })
        .collect::<Outcome<_>>()?;
    let bank = bind(&compile(profile, "bank", "bank")?, profile)?;

    // Written beside and moved at the end, so that a server never shows half a build.
    let fresh = root().join("target/dist");
    let _ = std::fs::remove_dir_all(&fresh);
    std::fs::create_dir_all(&fresh).map_err(told("target/dist"))?;
    let mut files = Files { folder: fresh.clone(), names: Vec::new() };
    files.hashed("app.wasm", &bound.wasm)?;
    files.hashed("app.js", squeezed("app.js", bound.js.as_bytes()).as_bytes())?;
    files.hashed("base.bin", &reading.base.light().to_bytes())?;
    for words in &reading.words {
        files.hashed(&format!("words-{}.bin", words.lang.spelled()), &words.light().to_bytes())?;
    }
    files.hashed("look-up.bin", &reading.lookup.to_bytes())?;
    for words in &reading.lookup_words {
        files.hashed(&format!("look-up-{}.bin", words.lang.spelled()), &words.to_bytes())?;
    }
    for (room, bound) in &rooms {
        files.hashed(&format!("office-{room}.wasm"), &bound.wasm)?;
        let js = squeezed("office.js", bound.js.as_bytes());
        files.hashed(&format!("office-{room}.js"), js.as_bytes())?;
    }
    files.hashed("bank.wasm", &bank.wasm)?;
    files.hashed("bank.js", squeezed("bank.js", bank.js.as_bytes()).as_bytes())?;
    files.plain("config-1.schema.json", schema::schema().as_bytes())?;
    let shelf = shelf(&reading)?;
    files.hashed("shelf.txt", files.put(&shelf)?.as_bytes())?;
    let public = root().join("public");
    let mut named: Vec<_> = std::fs::read_dir(&public)
        .map_err(told("public"))?
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    named.sort();
    for name in named {
        let bytes = std::fs::read(public.join(&name)).map_err(told(&name))?;
        match name.as_str() {
            "style.css" => {
                let style = squeezed(&name, &bytes) + &colours;
                files.hashed(&name, style.as_bytes())?
            }
            "boot.js" | "probe.js" | "offline.js" | "frame.js" => {
                files.hashed(&name, squeezed(&name, &bytes).as_bytes())?
            }
            // Written last: they name all the others.
            "sw.js" | "inline.js" => {}
            "embed.js" => delivery::embed(&files, &bytes)?,
            _ => files.plain(&name, &bytes)?,
        }
    }
    let page = std::fs::read_to_string(root().join("index.html")).map_err(told("index.html"))?;
    let page = match profile {
        Profile::Browser => page,
        // A worker would show developers yesterday's build.
        Profile::Dev => page.replace(" data-offline=\"offline.js\"", ""),
    };
    let page = match options.config {
        Some(_) => page.replace(" data-bank=\"bank.js\" data-bank-wasm=\"bank.wasm\"", ""),
        None => page,
    };
    let page = files.renamed(&page)?;
    delivery::inline(&files, &page)?;
    let page = delivery::worker(&files, &page, profile)?;
    files.plain("index.html", page.as_bytes())?;
    stills(&reading, &shelf, &files, &page, options)?;
    compress(&fresh, profile)?;
    let _ = std::fs::remove_dir_all(&dist);
    std::fs::rename(&fresh, &dist).map_err(told("dist"))?;
    match profile {
        Profile::Browser => sizes::table(&dist),
        Profile::Dev => Ok(()),
    }
}

/// What the office loads when somebody opens it, by its plain names.
fn shelf(reading: &Reading) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut shelf = BTreeMap::new();
    let mut put = |name: String, bytes: Vec<u8>| {
        shelf.insert(name, bytes);
    };
    for (language, (lang, tag)) in Lang::ALL.iter().enumerate() {
        for (rights, words) in reading.rights.iter().zip(&reading.rights_words[language]) {
            let file = PlaceFile { rights: rights.clone(), words: words.clone() };
            put(format!("rights-{}-{tag}.bin", rights.place.spelled()), file.to_bytes());
        }
        let other = Lang::ALL.iter().position(|l| l.0 == lang.other()).unwrap_or(language);
        let file = ClaimFile {
            claims: reading.claims.clone(),
            words: reading.claim_words[language].clone(),
            other: reading.claim_words[other].letters.clone(),
        };
        put(format!("claims-{tag}.bin"), file.to_bytes());
        let words = reading.guide_words[language].clone();
        let other = reading.guide_words[other].sentences.clone();
        let file = GuideFile { guides: reading.guides.clone(), words, other };
        put(format!("guides-{tag}.bin"), file.to_bytes());
        let findings = reading.findings.clone();
        let file = ProbeFile { findings, words: reading.probe_words[language].clone() };
        put(format!("probe-{tag}.bin"), file.to_bytes());
    }
    put("devices.bin".into(), devices()?.to_bytes());
    Ok(shelf)
}

/// Writes the pages that can be read without a script, and the list of them for search engines.
fn stills(
    reading: &Reading,
    shelf: &BTreeMap<String, Vec<u8>>,
    files: &Files,
    page: &str,
    options: &Options,
) -> Outcome {
    let stills = prerender::all(reading, shelf)?;
    let paths: BTreeMap<String, String> =
        stills.iter().map(|s| (s.fragment.clone(), s.path.clone())).collect();
    let site = options.site.as_deref();
    let mut map = String::new();
    for still in &stills {
        let up = "../".repeat(still.path.matches('/').count());
        let body = prerender::linked(&still.body, &up, &paths);
        let document = prerender::document(page, still, &body, site)?;
        files.plain(&format!("{}index.html", still.path), document.as_bytes())?;
        if let Some(site) = site {
            map.push_str(&format!("<url><loc>{site}{}</loc></url>\n", still.path));
        }
    }
    abouts(reading, &stills, &paths, files, page)?;
    println!("{} pages to be read without a script", stills.len());
    if let Some(site) = site {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
        files.plain("sitemap.xml", format!("{head}{map}</urlset>\n").as_bytes())?;
        files.plain(
            "robots.txt",
            format!("User-agent: *\nSitemap: {site}sitemap.xml\n").as_bytes(),
        )?;
    }
    Ok(())
}

/// Writes the page about the app in both languages.
fn abouts(
    reading: &Reading,
    stills: &[prerender::Still],
    paths: &BTreeMap<String, String>,
    files: &Files,
    page: &str,
) -> Outcome {
    let style = files.names.iter().find(|n| n.0 == "style.css").map_or("", |n| n.1.as_str());
    let build = page.split("data-build=\"").nth(1).and_then(|v| v.split('"').next());
    for (lang, tag) in Lang::ALL {
        let start = stills.iter().find(|s| s.path == format!("{tag}/cardholder/"));
        let start = start.ok_or("there is no start page")?;
        let header = start.body.split_inclusive("</header>").next().unwrap_or_default();
        let header = prerender::linked(header, "../../", paths);
        // The other language of this page is this page.
        let other = lang.other().spelled();
        let header = header.replace(
            &format!("href=\"../../{other}/cardholder/\""),
            &format!("href=\"../../{other}/about/\""),
        );
        let text = about::page(reading, *lang, &header, style, build.unwrap_or("dev"))?;
        files.plain(&format!("{tag}/about/index.html"), text.as_bytes())?;
    }
    Ok(())
}

/// What is known of devices.
fn devices() -> Outcome<Known> {
    let read = |name: &str| {
        let path = root().join("devices").join(name);
        std::fs::read_to_string(&path).map_err(told(name))
    };
    let names = (read("usb_names.tsv")?, read("usb_vendors.tsv")?, read("ccid_readers.tsv")?);
    Ok(known::compile(&names.0, &names.1, &names.2))
}

/// Names the file that an error is about.
pub fn told(what: &str) -> impl FnOnce(std::io::Error) -> String {
    move |e| format!("{what}: {e}")
}

/// The files of a build, and what their names became.
pub struct Files {
    pub folder: PathBuf,
    names: Vec<(String, String)>,
}

impl Files {
    /// Writes a file whose name tells its content, so that it may be kept for ever.
    fn hashed(&mut self, name: &str, bytes: &[u8]) -> Outcome {
        let hashed = hashed(name, bytes);
        self.plain(&hashed, bytes)?;
        self.names.push((name.into(), hashed));
        Ok(())
    }

    /// Writes the shelf's files and tells where each lies, a line each: its name, a blank, its name with its
    /// content's hash. No page names them.
    fn put(&self, shelf: &BTreeMap<String, Vec<u8>>) -> Outcome<String> {
        let mut lines = String::new();
        for (name, bytes) in shelf {
            let hashed = hashed(name, bytes);
            self.plain(&hashed, bytes)?;
            lines.push_str(&format!("{name} {hashed}\n"));
        }
        Ok(lines)
    }

    pub fn plain(&self, name: &str, bytes: &[u8]) -> Outcome {
        if let Some((folder, _)) = name.rsplit_once('/') {
            std::fs::create_dir_all(self.folder.join(folder)).map_err(told(name))?;
        }
        std::fs::write(self.folder.join(name), bytes).map_err(|e| format!("dist/{name}: {e}"))
    }

    /// A page with every name replaced where it stands as an attribute's whole value.
    fn renamed(&self, page: &str) -> Outcome<String> {
        let mut page = page.to_string();
        for (name, hashed) in &self.names {
            let quoted = format!("\"{name}\"");
            // A build for developers has no worker, one with a configuration takes no other.
            let may_miss = name == "offline.js" || name.starts_with("bank.");
            if !page.contains(&quoted) && !may_miss {
                return Err(format!("index.html does not name {name}"));
            }
            page = page.replace(&quoted, &format!("\"{hashed}\""));
        }
        Ok(page)
    }
}

/// A name that tells the content.
pub fn hashed(name: &str, bytes: &[u8]) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{:016x}.{ending}", fnv(bytes))
}

/// FNV-1a, 64 bits: enough to tell two builds apart; nothing trusts it.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, b| {
        (hash ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Without comment lines and indents: the rest Brotli does better.
pub fn squeezed(name: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let script = name.ends_with(".js");
    let mut within = false;
    let lines = text.lines().map(str::trim_start).filter(|l| {
        let block = within || l.starts_with("/*");
        // A comment ends where its line ends; nobody writes code behind it.
        within = block && !l.trim_end().ends_with("*/");
        let comment = block || (script && l.starts_with("//"));
        !l.is_empty() && !comment
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Compiles one of the root's programs for browsers; its name is also the feature's, but for the app.
fn compile(profile: Profile, program: &str, feature: &str) -> Outcome<PathBuf> {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    // Its own target folder: the one that runs this command may hold the lock of the other.
    cargo.current_dir(root()).args(["build", "--quiet", "--bin", program, "--features", feature]);
    cargo.args(["--target", setup::TARGET, "--target-dir", "target/web"]);
    let folder = match profile {
        Profile::Dev => {
            cargo.args(["--profile", "serve"]);
            "serve"
        }
        Profile::Browser => {
            cargo.args(["--profile", "browser"]);
            if setup::has_std_source() {
                // The standard library again, without the text of its panics: see ARCHITECTURE.md.
                cargo.args(["-Zbuild-std=std,panic_abort"]);
                cargo.arg("-Zbuild-std-features=optimize_for_size");
                cargo.env("RUSTC_BOOTSTRAP", "1");
                let flags = "-Zunstable-options -Cpanic=immediate-abort";
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
            }
            "browser"
        }
    };
    let status = cargo.status().map_err(|e| format!("cargo: {e}"))?;
    if !status.success() {
        return Err(format!("{program} does not compile for browsers"));
    }
    Ok(root().join(format!("target/web/{}/{folder}/{program}.wasm", setup::TARGET)))
}

/// Writes the page of `cargo xtask bench`, built as visitors get the app, and tells where.
pub fn bench() -> Outcome<PathBuf> {
    let reading = rules::sound()?;
    setup::wasm_target()?;
    let bound = bind(&compile(Profile::Browser, "bench", "bench")?, Profile::Browser)?;
    let folder = root().join("target/bench-dist");
    std::fs::create_dir_all(&folder).map_err(told("target/bench-dist"))?;
    let files = Files { folder: folder.clone(), names: Vec::new() };
    files.plain("app.wasm", &bound.wasm)?;
    files.plain("app.js", bound.js.as_bytes())?;
    files.plain("base.bin", &reading.base.to_bytes())?;
    files.plain("look-up.bin", &reading.lookup.to_bytes())?;
    for words in &reading.words {
        files.plain(&format!("words-{}.bin", words.lang.spelled()), &words.to_bytes())?;
    }
    for words in &reading.lookup_words {
        files.plain(&format!("look-up-{}.bin", words.lang.spelled()), &words.to_bytes())?;
    }
    files.plain("queries.txt", queries()?.as_bytes())?;
    files.plain("bench.js", include_bytes!("bench.js"))?;
    files.plain("index.html", include_bytes!("bench.html"))?;
    Ok(folder)
}

/// What the tests look for, a line each.
fn queries() -> Outcome<String> {
    let path = root().join("tests/queries.jsonl");
    let text = std::fs::read_to_string(&path).map_err(told("tests/queries.jsonl"))?;
    let query = |line: &str| {
        let asked: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        Ok(asked["query"].as_str().unwrap_or_default().replace('\n', " "))
    };
    let queries: Vec<String> = text.lines().map(query).collect::<Outcome<_>>()?;
    Ok(queries.join("\n"))
}

struct Bound {
    wasm: Vec<u8>,
    js: String,
}

fn bind(wasm: &Path, profile: Profile) -> Outcome<Bound> {
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    let strip = profile == Profile::Browser;
    let mut module = walrus::ModuleConfig::new()
        .strict_validate(false)
        .generate_dwarf(false)
        .generate_name_section(!strip)
        .generate_producers_section(!strip)
        .parse_file(wasm)
        .map_err(|e| format!("{}: {e:#}", wasm.display()))?;
    // Leptos brings a library for streams, whose exports keep it alive though nobody calls them. Without
    // an export and its description, wasm-bindgen makes no glue and the code goes.
    let unused = module.exports.iter().filter(|e| e.name.contains("intounderlying"));
    let unused: Vec<_> = unused.map(|e| e.id()).collect();
    unused.into_iter().for_each(|id| module.exports.delete(id));
    bindgen
        .input_module("app", module)
        .typescript(false)
        .remove_name_section(strip)
        .remove_producers_section(strip);
    bindgen.web(true).map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    bindgen.omit_default_module_path(true);
    let mut output = bindgen.generate_output().map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    Ok(Bound { js: output.js().to_string(), wasm: output.wasm_mut().emit_wasm() })
}

/// What a file weighs on the way to a visitor: bytes, Brotli.
pub fn weight(path: &Path) -> Outcome<usize> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut br = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    br.write_all(&bytes).map_err(|e| e.to_string())?;
    Ok(br.into_inner().len())
}

/// Writes `.br` and `.gz` beside every file.
fn compress(folder: &Path, profile: Profile) -> Outcome {
    let (quality, level) = match profile {
        Profile::Dev => (3, 3),
        Profile::Browser => (11, 9),
    };
    let entries: Vec<_> = std::fs::read_dir(folder).map_err(|e| e.to_string())?.flatten().collect();
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            compress(&path, profile)?;
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let told = |e: std::io::Error| format!("dist/{name}: {e}");
        let bytes = std::fs::read(&path).map_err(told)?;
        let mut br = Vec::new();
        brotli::CompressorWriter::new(&mut br, 1 << 16, quality, 22)
            .write_all(&bytes)
            .map_err(told)?;
        std::fs::write(folder.join(format!("{name}.br")), br).map_err(told)?;
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
        gz.write_all(&bytes).map_err(told)?;
        std::fs::write(folder.join(format!("{name}.gz")), gz.finish().map_err(told)?)
            .map_err(told)?;
    }
    Ok(())
}
