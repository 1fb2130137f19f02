//! What leaves the device, and what stays on it: every page is opened in the running app, a case is answered to its
//! end, something is searched, written and kept, and all that is asked for meanwhile is recorded, by the server and
//! by the browser.

use browser_tests::{By, Engine, Stage, WebDriverResult, Wishes, play, root};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Places that are made for nobody beforehand, and how their addresses end.
const MORE: [&str; 14] = [
    "cardholder/more",
    "cardholder/find/51",
    "cardholder/kit",
    "staff/log",
    "staff/upkeep",
    "staff/quiz",
    "staff/print",
    "staff/print/counter",
    "staff/print/opening",
    "staff/print/calls",
    "staff/owner",
    "staff/reader/look",
    "staff/reader/report",
    "cardholder/rights/charged-twice/cn/uk",
];

/// A case that ended well, where staff may count the cause.
const SOLVED: &str =
    "#/en/staff/chip-not-read/record.nothing/app.nothing/pending.nothing/try.wipe-chip.solved";

/// Notes every address that the page asks for, or would have asked for if no policy had kept it from that.
const WATCH: &str = "window.watched = [];
    new PerformanceObserver((list) => watched.push(...list.getEntries().map((e) => e.name))).observe({ type: 'resource', buffered: true });
    document.addEventListener('securitypolicyviolation', (e) => watched.push(e.blockedURI));";

/// Opens places one after the other, and tells those whose heading did not come.
const VISIT: &str = "const [places, done] = arguments; (async () => {
    const missed = [];
    for (const [route, heading] of places) {
      const changed = new Promise((go) => addEventListener('hashchange', go, { once: true }));
      const other = location.hash !== route;
      location.hash = route;
      if (other) await changed;
      const until = performance.now() + 5000;
      const title = () => document.querySelector('#app h1')?.textContent.trim() ?? '';
      const there = () => !document.querySelector('#app .loading') && (heading ? title() === heading : title());
      // Only a page that was drawn has asked for what its style names.
      do await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      while (!there() && performance.now() < until);
      if (!there()) missed.push([route, heading, title()]);
      if (missed.length > 2) break;
    }
    done(missed);
  })()";

/// The text between two others, wherever they are.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

/// The place and the heading of every page that was made beforehand.
fn places(folder: &Path, out: &mut Vec<[String; 2]>) {
    for entry in std::fs::read_dir(folder).expect("a build").flatten() {
        let path = entry.path();
        if path.is_dir() {
            places(&path, out);
        } else if entry.file_name() == "index.html" {
            let text = std::fs::read_to_string(&path).expect("a page");
            let Some(route) = between(&text, "data-route=\"", "\"").first().map(|r| r.to_string())
            else {
                continue;
            };
            let heading = between(&text, "<h1", "</h1>")[0];
            let heading = heading.split_once('>').map_or(heading, |(_, heading)| heading).trim();
            // A complaint's page has all its questions, of which the app asks the first.
            let same = route.matches('/').count() > 3;
            out.push([route, if same { heading.to_string() } else { String::new() }]);
        }
    }
}

/// What the page about the app says that is kept: names in storage, and how names of caches begin.
fn kept_as_told() -> (BTreeSet<String>, Vec<String>) {
    let about = std::fs::read_to_string(root().join("dist/en/about/index.html")).expect("a page");
    let table = between(&about, "<h2>What is kept on your device</h2>", "</table>")[0];
    let (mut names, mut caches) = (BTreeSet::new(), Vec::new());
    for row in between(table, "<tr>", "</tr>") {
        let cell = between(row, "<td>", "</td>").first().copied().unwrap_or_default();
        for name in between(cell, "<code>", "</code>") {
            if cell.starts_with("caches") {
                caches.push(name.to_string());
            } else {
                names.insert(name.to_string());
            }
        }
    }
    assert!(names.len() > 3 && caches.len() == 2, "{names:?} {caches:?}");
    (names, caches)
}

async fn goes(stage: &Stage, place: &str) -> WebDriverResult<()> {
    let missed = stage.driver.execute_async(VISIT, vec![json!([[place, ""]])]).await?;
    assert_eq!(missed.json(), &json!([]));
    Ok(())
}

async fn fill(stage: &Stage, id: &str, value: &str) -> WebDriverResult<()> {
    stage.until(id, &format!("return document.getElementById('{id}') !== null")).await?;
    let script = "const field = document.getElementById(arguments[0]); field.focus(); field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }));";
    stage.driver.execute(script, vec![id.into(), value.into()]).await?;
    stage.settled().await
}

/// Gives the first answer until there is none.
async fn diagnose(stage: &Stage) -> WebDriverResult<()> {
    goes(stage, "#/en/cardholder/card-removal").await?;
    for _ in 0..30 {
        let before = stage.fragment().await?;
        let first = "const answers = [...document.querySelectorAll('#app main a.choice[href*=\"/card-removal/\"]')];
            const first = answers.find((a) => a.getClientRects().length); first?.click(); return Boolean(first)";
        if stage.script(first).await? == "false" {
            break;
        }
        let moved = format!("return location.hash !== {}", json!(before));
        stage.until("another step", &moved).await?;
        stage.settled().await?;
    }
    let end = "return document.querySelector('#app [data-outcome]')?.dataset.outcome ?? ''";
    let end = stage.script(end).await?;
    assert!(!["", "ask", "try"].contains(&end.as_str()), "{end} at {}", stage.fragment().await?);
    Ok(())
}

/// What Chromium sent from the page, also where no server of ours is.
async fn sent(stage: &Stage) -> WebDriverResult<Vec<String>> {
    let mut out = Vec::new();
    for entry in stage.driver.get_log("performance").await? {
        let Ok(event) = serde_json::from_str::<Value>(&entry.message) else { continue };
        let event = &event["message"];
        let at = match event["method"].as_str() {
            Some("Network.requestWillBeSent") => &event["params"]["request"]["url"],
            Some("Network.webSocketCreated" | "Network.webTransportCreated") => {
                &event["params"]["url"]
            }
            _ => continue,
        };
        out.push(at.as_str().unwrap_or_default().to_string());
    }
    // The browser's own first page is in it, too, and pictures that lie in the style sheet.
    out.retain(|at| !at.starts_with("chrome://") && !at.starts_with("data:"));
    Ok(out)
}

/// Every address is a file of the build, without anything behind its name.
fn all_ours(stage: &Stage, asked: &[String]) {
    for at in asked {
        let file = at.strip_prefix(&stage.address).unwrap_or_else(|| panic!("{at} is not ours"));
        let there = !file.contains(['?', '#', '%', '/']) && root().join("dist").join(file).exists();
        assert!(there, "{at} is no file of ours");
    }
}

#[test]
fn nothing_leaves_the_device_and_nothing_stays_but_what_is_told() {
    let wishes = Wishes { hurry: true, watched: true, ..Wishes::default() };
    play(wishes, async |stage| {
        stage.open("#/en/cardholder").await?;
        stage.driver.execute(WATCH, vec![]).await?;

        let mut all = Vec::new();
        places(&root().join("dist"), &mut all);
        assert!(all.len() > 1000, "{} places", all.len());
        if stage.engine() == Engine::WebKit {
            // Too slow for all: half of the pages that are of one kind, and whatever is one of its kind.
            all.sort();
            let mut others = 0;
            all.retain(|[_, heading]| {
                others += usize::from(!heading.is_empty());
                heading.is_empty() || others % 2 == 0
            });
        }
        let more = |lang: &str| MORE.map(|m| [format!("#/{lang}/{m}"), String::new()]);
        all.extend(["en", "zh-CN"].into_iter().flat_map(more));
        let began = std::time::Instant::now();
        for places in all.chunks(50) {
            let missed = stage.driver.execute_async(VISIT, vec![json!(places)]).await?;
            assert_eq!(missed.json(), &json!([]), "these did not come");
        }
        println!("{} places in {:?}", all.len(), began.elapsed());

        diagnose(stage).await?;
        goes(stage, "#/en/cardholder").await?;
        fill(stage, "find", "payment declined 51").await?;
        // The address may lag behind: WebKit renames it a hundred times in ten seconds and no more.
        let found = "return document.querySelector('#app main a[href$=\"/code/iso-51\"]') !== null";
        stage.until("something is found", found).await?;
        goes(stage, "#/en/cardholder/rights/unauthorised/uk/uk").await?;
        stage.follow("letter.unauthorised-use").await?;
        fill(stage, "blank-name", "Lin 林").await?;
        // All that can be kept is kept.
        goes(stage, "#/en/cardholder/kit").await?;
        fill(stage, "keep", "always").await?;
        goes(stage, "#/en/staff/guide/payment-fails").await?;
        fill(stage, "keep-shop", "always").await?;
        stage.driver.find(By::Css(".checklist input")).await?.click().await?;
        goes(stage, SOLVED).await?;
        stage.driver.find(By::Css("[id^=count-]")).await?.click().await?;
        stage.settled().await?;

        let read = "const done = arguments[0]; (async () => done({
            cookie: document.cookie,
            cookies: self.cookieStore ? await cookieStore.getAll() : [],
            databases: self.indexedDB?.databases ? await indexedDB.databases() : [],
            local: Object.keys(localStorage), session: Object.keys(sessionStorage),
            caches: self.caches ? await caches.keys() : [], watched }))()";
        let read = stage.driver.execute_async(read, vec![]).await?;
        let list = |name: &str| -> Vec<String> {
            let list = read.json()[name].as_array().expect("a list");
            list.iter().map(|v| v.as_str().map_or(v.to_string(), str::to_string)).collect()
        };
        let none: [String; 0] = [];

        // Rooms and files of places were kept by the worker, so that no server learns which one somebody opened.
        assert_eq!(stage.asked(), none);
        let watched = list("watched");
        let opened = |name: &str| watched.iter().any(|at| at.contains(name));
        assert!(opened("office-claims") && opened("office-reader") && opened("rights-cn-en"));
        all_ours(stage, &watched);
        if stage.engine() == Engine::Chromium {
            // The page itself is there without a name.
            let page = stage.address.clone();
            let sent: Vec<_> = sent(stage).await?.into_iter().filter(|at| *at != page).collect();
            assert!(sent.len() > 20, "{sent:?}");
            all_ours(stage, &sent);
        }

        assert_eq!(read.json()["cookie"], "");
        assert_eq!(list("cookies"), none);
        // Also those that only the server could set and read.
        assert!(stage.driver.get_all_cookies().await?.is_empty());
        assert_eq!(list("databases"), none);
        assert_eq!(list("session"), none);
        let (names, told) = kept_as_told();
        assert_eq!(list("local").into_iter().collect::<BTreeSet<_>>(), names, "as is told");
        for cache in list("caches") {
            let told = told.iter().any(|t| match t.strip_suffix('…') {
                Some(beginning) => cache.starts_with(beginning),
                None => cache == *t,
            });
            assert!(told && cache.starts_with("pos-aid"), "{cache}");
        }
        Ok(())
    });
}

#[test]
fn an_attempt_to_ask_another_site_would_be_noticed() {
    play(Wishes { errors_expected: true, ..Wishes::default() }, async |stage| {
        stage.open("#/en/cardholder").await?;
        stage.driver.execute(WATCH, vec![]).await?;
        let elsewhere = stage.address.replace("127.0.0.1", "localhost");
        let script = "const image = document.createElement('img'); image.src = arguments[0];
            document.body.append(image);";
        stage.driver.execute(script, vec![json!(format!("{elsewhere}seen"))]).await?;
        let noticed = "return watched.some((at) => at.includes('//localhost:'))";
        stage.until("the page notices it", noticed).await?;
        // Every test looks at this; WebKit tells the server and the console nothing of it, or too late.
        if stage.engine() != Engine::WebKit {
            let complaints = stage.complaints().await;
            assert!(complaints.iter().any(|c| c.contains("localhost")), "{complaints:?}");
        }
        // An address of ours that only a curious one would ask for.
        let script = "const done = arguments[0]; fetch('curious').then(() => done(true));";
        stage.driver.execute_async(script, vec![]).await?;
        assert!(stage.asked().iter().any(|at| at.ends_with("/curious")), "{:?}", stage.asked());
        Ok(())
    });
}
