//! `cargo xtask serve`: builds, serves, and builds again when a file changes.

use crate::build::{Options, Profile, build};
use crate::{Outcome, root};
use notify::{RecursiveMode, Watcher};
use std::sync::mpsc;
use std::time::Duration;

const PORT: u16 = 8080;
/// Editors write a file in several steps; wait for the last.
const CALM: Duration = Duration::from_millis(300);

pub fn serve(profile: Profile) -> Outcome {
    build(profile, &Options::default())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
    let bound =
        runtime.block_on(server::Server::bind(&root().join("dist"), PORT, server::Mode::Serve));
    let server = bound.map_err(|e| format!("no port from {PORT} on is free: {e}"))?;
    println!("http://{}", server.address);
    runtime.spawn(server.run());

    let (tell, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|e| !e.kind.is_access()) {
            let _ = tell.send(());
        }
    })
    .map_err(|e| e.to_string())?;
    for name in [
        "src",
        "rulebase/src",
        "rules",
        "locales",
        "public",
        "tests/cases",
        "index.html",
        "Cargo.toml",
    ] {
        let mode = RecursiveMode::Recursive;
        watcher.watch(&root().join(name), mode).map_err(|e| format!("{name}: {e}"))?;
    }
    while changes.recv().is_ok() {
        while changes.recv_timeout(CALM).is_ok() {}
        match build(profile, &Options::default()) {
            Ok(()) => println!("built again"),
            Err(why) => eprintln!("{}\nthe last good build is still served", why.trim_end()),
        }
    }
    Ok(())
}
