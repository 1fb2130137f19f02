//! What pages cost a phone: `cargo xtask bench page`, and what Lighthouse says of three of them.

use crate::build::{Options, Profile, build};
use crate::{Outcome, root, setup};
use std::process::Command;

/// The start page, a cause, a right: where people come in.
const PAGES: [&str; 3] =
    ["", "en/cardholder/cause/chip-dirty/", "en/cardholder/rights/charged-twice/cn/cn/"];

/// Transfer, largest paint, jumps, and how long until the first question answers a tap, on a slow network and a slow
/// processor, cold and warm. Builds what visitors get.
pub fn bench() -> Outcome {
    ready()?;
    build(Profile::Browser, &Options::default())?;
    served(|address| node(&["page.mjs", address]))
}

/// Lets Lighthouse judge `dist/`. Accessibility, best practices and SEO have to be 100; how fast a page is depends on
/// the machine, so the least is far below what a quiet one gives.
pub fn lighthouse() -> Outcome {
    served(|address| {
        let pages = PAGES.map(|page| format!("{address}{page}"));
        let mut args = vec!["lighthouse.mjs", "--performance", "40"];
        args.extend(pages.iter().map(String::as_str));
        node(&args)
    })
}

/// What both need.
fn ready() -> Outcome {
    setup::node_checkers()?;
    let state = setup::engines().into_iter().find(|(e, _)| e.name == "chromium");
    state.map_or(Ok(()), |(_, state)| state)
}

fn node(args: &[&str]) -> Outcome {
    let mut node = Command::new("node");
    node.current_dir(root().join("tests/browser")).args(args);
    if let Some(chromium) = setup::on_path("chromium") {
        node.env("CHROME", chromium);
    }
    let status = node.status().map_err(|e| format!("node: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{} is not content", args[0])) }
}

/// Serves `dist/` meanwhile.
fn served(run: impl FnOnce(&str) -> Outcome) -> Outcome {
    let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
    let bound =
        runtime.block_on(server::Server::bind(&root().join("dist"), 0, server::Mode::Serve));
    let server = bound.map_err(|e| e.to_string())?;
    // Workers want a name that is as good as https.
    let address = format!("http://localhost:{}/", server.address.port());
    runtime.spawn(server.run());
    run(&address)
}
