//! `cargo xtask`: builds, serves and tests the app, and works on its rules. See README.md.

mod about;
mod bench;
mod build;
mod cases;
mod config;
mod delivery;
mod lookup;
mod page;
mod plan;
mod prerender;
mod probe;
mod rights;
mod rules;
mod serve;
mod setup;
mod sizes;
mod test;

use build::Options;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve [--release]        build and serve the app at http://127.0.0.1:8080, again on every change
cargo xtask test [--native|--browsers] run every test there is; --native leaves the browsers out
cargo xtask build [--dev]            write dist/ and print what it weighs
cargo xtask build --site ADDRESS     the same with whole addresses and a sitemap for search engines
cargo xtask build --config FILE.json the same with a bank's configuration built in
cargo xtask config check FILE.json   tell everything that is wrong with a bank's configuration
cargo xtask config schema            print the JSON Schema of configurations
cargo xtask bench                    time the engine natively and in a browser
cargo xtask bench page               what a first and a second visit cost a phone, on slow 4G
cargo xtask rules check              read all rules and words and tell every problem
cargo xtask rules new cause ID       write the files of a new cause
cargo xtask rules due --on DATE      list what is to be reviewed
cargo xtask rules report             coverage, words, grades of evidence
cargo xtask cases DIR [-v]           tell the stories of a folder to the engine
cargo xtask lookup FILE.jsonl        look up queries, one JSON object a line
cargo xtask rights FILE.jsonl        rights, deadlines and channels of cases, one JSON object a line
cargo xtask probe FILE.jsonl         what descriptors of card readers say, one JSON object a line
cargo xtask probe --fuzz [N]          ten million (or N) random inputs for each parser of descriptors
cargo xtask plan MODEL.json [--tree] the greedy and the exact plan of a small model
";

/// What went wrong, in words for the one at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{}", why.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Outcome {
    match args {
        ["serve"] => serve::serve(build::Profile::Dev),
        ["serve", "--release"] => serve::serve(build::Profile::Browser),
        ["build", options @ ..] => {
            let (profile, options) = build_options(options)?;
            build::build(profile, &options)
        }
        ["test"] => test::test(test::Scope::All),
        ["test", "--native"] => test::test(test::Scope::Native),
        ["test", "--browsers"] => test::test(test::Scope::Browsers),
        ["bench"] => bench::bench(),
        ["bench", "page"] => page::bench(),
        ["config", "check", file] => config::check(file),
        ["config", "schema"] => config::print_schema(),
        ["rules", "check"] => rules::check(),
        ["rules", "new", "cause", id] => rules::new_cause(id),
        ["rules", "due", "--on", date] => rules::due(date),
        ["rules", "report"] => rules::report(),
        ["cases", dir] => rules::cases(dir, false),
        ["cases", dir, "-v"] => rules::cases(dir, true),
        ["lookup", file] => lookup::lookup(file),
        ["rights", file] => rights::rights(file),
        ["probe", "--fuzz"] => probe::fuzz("10000000"),
        ["probe", "--fuzz", rounds] => probe::fuzz(rounds),
        ["probe", file] => probe::probe(file),
        ["plan", model] => plan::plan(model, false),
        ["plan", model, "--tree"] => plan::plan(model, true),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("cargo xtask {}: no such command\n\n{HELP}", args.join(" "))),
    }
}

/// What `build` was asked for: options in any order.
fn build_options(args: &[&str]) -> Outcome<(build::Profile, Options)> {
    let (mut profile, mut options) = (build::Profile::Browser, Options::default());
    let mut rest = args;
    loop {
        rest = match rest {
            [] => return Ok((profile, options)),
            ["--dev", rest @ ..] => {
                profile = build::Profile::Dev;
                rest
            }
            ["--site", site, rest @ ..] => {
                options.site = Some(format!("{}/", site.trim_end_matches('/')));
                rest
            }
            ["--config", file, rest @ ..] => {
                options.config = Some(PathBuf::from(file));
                rest
            }
            [other, ..] => {
                return Err(format!(
                    "cargo xtask build {other}: unknown, or something is missing after it"
                ));
            }
        };
    }
}

/// The project's root, wherever the command is called from.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}
