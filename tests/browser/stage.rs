//! One browser, one server, one test: starts them, watches them, and stops them.
//!
//! A test is a closure over a [`Stage`]. When it returns, the stage fails it for whatever nobody
//! looked at: an error on the console, a violation of the policy, a request after load.

mod bank;
mod engine;

pub use bank::{Answer, Bank, heard, page};
pub use engine::Engine;
use serde_json::{Value, json};
use server::{Log, Mode, Server};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
pub use thirtyfour::{By, Key, WebDriver, error::WebDriverResult};

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a test wants otherwise than usual.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Viewport in CSS pixels; only Chromium can be made narrow.
    pub size: Option<(u32, u32)>,
    pub dark: bool,
    /// The browser refuses localStorage.
    pub no_storage: bool,
    /// Another folder than `dist/`.
    pub dist: Option<PathBuf>,
    /// The test makes errors on purpose.
    pub errors_expected: bool,
    /// The page may look at every device without asking; only Chromium can be told so.
    pub devices: bool,
    /// Pages run no script.
    pub no_script: bool,
    /// Firefox's own serial ports for tests.
    pub serial_mock: bool,
    /// Files of ours that may be asked for after load, by the beginning of their names.
    pub later: Vec<&'static str>,
    /// The page may go to as many places as it likes; browsers hold back one that hurries.
    pub hurry: bool,
    /// Chromium notes what it sends, also what no server of ours gets.
    pub watched: bool,
}

pub struct Stage {
    pub driver: WebDriver,
    pub log: Log,
    pub address: String,
    engine: Engine,
    console: PathBuf,
    /// Requests up to the moment when everything was loaded.
    loaded: usize,
    /// See [`Wishes::later`].
    later: Vec<&'static str>,
    /// Whether the worker gets what it keeps: not from a build that a test has broken.
    keeps: bool,
    dist: PathBuf,
    running: Option<Running>,
}

/// A server with a runtime of its own, so that connections that are open end with it.
struct Running(Option<tokio::runtime::Runtime>);

impl Running {
    /// Serves at a port; 0 takes any.
    async fn start(dist: &Path, port: u16) -> (Running, Log, u16) {
        let server = Server::bind(dist, port, Mode::Test).await.expect("a port");
        let (log, port) = (server.log.clone(), server.address.port());
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.spawn(server.run());
        (Running(Some(runtime)), log, port)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Waiting for what it does is not allowed where something else waits.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

pub fn root() -> PathBuf {
    std::env::var_os("POS_AID_ROOT")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), PathBuf::from)
}

/// A copy of the build that a test may break; `wanted` says which files it has.
pub fn copy_of_dist(name: &str, wanted: impl Fn(&str) -> bool) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("pos-aid-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    copy_into(&root().join("dist"), &folder, &wanted, 0);
    folder
}

fn copy_into(from: &Path, to: &Path, wanted: &impl Fn(&str) -> bool, deep: usize) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a build").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let text = name.to_string_lossy();
        if path.is_dir() {
            // The pages of causes are enough of the deeper ones.
            if deep < 2 || text == "cause" || deep > 2 {
                copy_into(&path, &to.join(&name), wanted, deep + 1);
            }
        } else if !text.ends_with(".br") && !text.ends_with(".gz") && wanted(&text) {
            std::fs::copy(&path, to.join(&name)).expect("a file");
        }
    }
}

/// Makes another version of a build: its worker and its pages get another name for it.
pub fn renew(dist: &Path) {
    for name in ["index.html", "sw.js", "en/about/index.html", "zh-CN/about/index.html"] {
        let path = dist.join(name);
        let text = std::fs::read_to_string(&path).expect("a file");
        let page = std::fs::read_to_string(root().join("dist/index.html")).expect("a page");
        let version = page.split("data-build=\"").nth(1).and_then(|v| v.split('"').next());
        let version = version.expect("a version");
        std::fs::write(path, text.replace(version, "00000000000000ff")).expect("a file");
    }
}

/// Runs a test in the wanted browser.
pub fn play<F>(wishes: Wishes, test: F)
where
    F: AsyncFnOnce(&mut Stage) -> WebDriverResult<()>,
{
    let engine = Engine::wanted();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let dist = wishes.dist.clone().unwrap_or_else(|| root().join("dist"));
        let (running, log, port) = Running::start(&dist, 0).await;
        let address = format!("http://127.0.0.1:{port}/");
        let scratch = scratch();
        let console = scratch.join("console.log");
        let (port, _process) = engine::driver(engine, &scratch, &console).await;
        let session = format!("http://127.0.0.1:{port}");
        let origin = address.trim_end_matches('/');
        let driver =
            WebDriver::new(session, engine::capabilities(engine, &wishes, &scratch, origin))
                .await
                .expect("a session");
        let later = wishes.later.clone();
        let keeps = wishes.dist.is_none() || !wishes.errors_expected;
        let running = Some(running);
        let mut stage =
            Stage { driver, log, address, engine, console, loaded: 0, later, keeps, dist, running };
        let result = test(&mut stage).await;
        let quiet = if wishes.errors_expected { Vec::new() } else { stage.complaints().await };
        let _ = stage.driver.clone().quit().await;
        if let Err(e) = result {
            panic!("{e}");
        }
        assert!(quiet.is_empty(), "nobody looked at: {quiet:#?}");
        let _ = std::fs::remove_dir_all(&scratch);
    });
}

/// A browser fetches these for itself, when it likes.
fn own(line: &str) -> bool {
    ["/favicon.ico", "/icon.svg", "/manifest.webmanifest", "/sw.js"]
        .iter()
        .any(|f| line.ends_with(f))
}

fn scratch() -> PathBuf {
    let unique = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |d| d.as_nanos());
    let folder = std::env::temp_dir().join(format!("pos-aid-{}-{unique}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}

impl Stage {
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The network is gone.
    pub fn stop_server(&mut self) {
        self.running = None;
    }

    /// The network is back.
    pub async fn start_server(&mut self) {
        let port = self.address.trim_end_matches('/').rsplit(':').next();
        let port = port.and_then(|p| p.parse().ok()).unwrap_or(0);
        let (running, log, at) = Running::start(&self.dist, port).await;
        assert_eq!(at, port, "somebody took the port");
        (self.running, self.log, self.loaded) = (Some(running), log, 0);
    }

    /// Opens a fragment in a fresh page and waits until everything is there.
    pub async fn open(&mut self, fragment: &str) -> WebDriverResult<()> {
        // Another fragment of the same page would be no new load.
        self.driver.goto("about:blank").await?;
        self.driver.goto(format!("{}{fragment}", self.address)).await?;
        self.ready().await
    }

    /// Waits for the app, both languages and what is kept on the device, and counts requests from then on.
    pub async fn ready(&mut self) -> WebDriverResult<()> {
        self.until(
            "the app is ready",
            "return document.documentElement.dataset.ready !== undefined",
        )
        .await?;
        // What the worker keeps for use without a network is fetched when the page is idle: that is still the load.
        let kept = "return ['0', 'none'].includes(document.documentElement.dataset.kept)";
        if self.keeps {
            self.until("all of it is kept", kept).await?;
        }
        self.loaded = self.log.all().len();
        Ok(())
    }

    /// Loads the page anew, as its visitor would.
    pub async fn reload(&mut self) -> WebDriverResult<()> {
        self.driver.execute("window.before = true; location.reload()", vec![]).await?;
        self.until("it is another page", "return window.before === undefined").await?;
        self.ready().await
    }

    /// Makes the page as slow as on a processor that many times slower; only Chromium can.
    pub async fn slow_down(&self, times: u32) -> WebDriverResult<()> {
        let rate = json!({ "rate": times });
        self.driver.cdp().send_raw("Emulation.setCPUThrottlingRate", rate).await?;
        Ok(())
    }

    /// Waits until a script returns true.
    pub async fn until(&self, what: &str, script: &str) -> WebDriverResult<()> {
        let end = Instant::now() + PATIENCE;
        loop {
            if self.driver.execute(script, vec![]).await?.json() == &json!(true) {
                return Ok(());
            }
            if Instant::now() > end {
                let body = self.driver.execute("return document.body.innerText", vec![]).await?;
                panic!(
                    "waited in vain until {what}; at {} the page says: {}",
                    self.fragment().await?,
                    body.json()
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn fragment(&self) -> WebDriverResult<String> {
        self.script("return location.hash").await
    }

    pub async fn heading(&self) -> WebDriverResult<String> {
        self.script("return document.querySelector('#app h1')?.innerText ?? ''").await
    }

    pub async fn text(&self) -> WebDriverResult<String> {
        self.script("return document.body.innerText").await
    }

    pub async fn script(&self, script: &str) -> WebDriverResult<String> {
        let value = self.driver.execute(script, vec![]).await?;
        Ok(value.json().as_str().map_or_else(|| value.json().to_string(), str::to_string))
    }

    /// Clicks the visible link whose address ends so, and waits for the place that it leads to.
    pub async fn follow(&self, ending: &str) -> WebDriverResult<()> {
        let link = self.driver.find(By::Css(format!("#app main a[href$='{ending}']"))).await;
        let Ok(link) = link else {
            panic!(
                "no link ends in {ending} on “{}”: {}",
                self.heading().await?,
                self.text().await?
            );
        };
        // WebKit tells the whole address, the others what is written.
        let to = link.attr("href").await?.unwrap_or_default();
        let to = to.find('#').map_or("", |at| &to[at..]);
        link.click().await?;
        self.arrived(to).await
    }

    pub async fn arrived(&self, fragment: &str) -> WebDriverResult<()> {
        let end = Instant::now() + PATIENCE;
        while self.fragment().await? != fragment {
            assert!(
                Instant::now() < end,
                "expected to arrive at {fragment}, but am at {}",
                self.fragment().await?
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.settled().await
    }

    /// Waits for the page to be drawn: that happens in the next turn of the loop.
    pub async fn settled(&self) -> WebDriverResult<()> {
        self.driver
            .execute_async(
                "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 0));",
                vec![],
            )
            .await?;
        Ok(())
    }

    /// What the server was asked for since everything was loaded, but for what browsers fetch for themselves.
    pub fn asked(&self) -> Vec<String> {
        let later = self.log.all().into_iter().skip(self.loaded);
        later.filter(|l| !l.starts_with("violation") && !own(l)).collect()
    }

    /// What nobody should ever see.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.log.all();
        let mut out: Vec<String> =
            log.iter().filter(|l| l.starts_with("violation")).cloned().collect();
        let wanted = |l: &String| self.later.iter().any(|name| l.contains(name));
        let later = self.asked().into_iter().filter(|l| !wanted(l));
        out.extend(later.map(|l| format!("request after load: {l}")));
        match self.engine {
            Engine::Chromium => {
                let entries = self.driver.get_log("browser").await.unwrap_or_default();
                let severe =
                    entries.iter().filter(|e| matches!(e.level.as_str(), "SEVERE" | "WARNING"));
                out.extend(severe.map(|e| format!("console: {}", e.message)));
            }
            Engine::Firefox | Engine::WebKit => {
                let said = std::fs::read(&self.console).unwrap_or_default();
                let said = String::from_utf8_lossy(&said).into_owned();
                let ours = |l: &&str| {
                    let error = l.starts_with("console.error")
                        || l.starts_with("JavaScript error")
                        || (l.contains("CONSOLE") && l.contains("ERROR"));
                    // Firefox's own scripts speak here too.
                    error && !["chrome://", "resource://", "RSLoader"].iter().any(|w| l.contains(w))
                };
                out.extend(said.lines().filter(ours).map(|l| format!("console: {l}")));
            }
        }
        out
    }

    /// Everything that axe-core has to say about the page as it is.
    pub async fn axe(&self) -> WebDriverResult<Vec<String>> {
        let source = root().join("tests/browser/node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(&source)
            .unwrap_or_else(|e| panic!("{}: {e}", source.display()));
        let loaded = self.driver.execute("return typeof axe === 'object'", vec![]).await?;
        if loaded.json() != &json!(true) {
            // A script tag would be against the policy; the driver's own evaluation is not.
            self.driver.execute(format!("{source};window.axe = axe;"), vec![]).await?;
        }
        let run = "const done = arguments[0];
            document.querySelectorAll('#app details').forEach((d) => { d.open = true; });
            axe.run(document, { resultTypes: ['violations'] }).then(
              (r) => done(r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html + ' ' + n.failureSummary).join(' | '))),
              (e) => done([String(e)]));";
        let found = self.driver.execute_async(run, vec![]).await?;
        let list = found
            .json()
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![Value::String("axe gave no answer".into())]);
        Ok(list.iter().map(|v| v.as_str().unwrap_or_default().to_string()).collect())
    }
}
