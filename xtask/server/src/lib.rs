//! Serves `dist/` on this machine only, with the headers under which the app must work, and keeps
//! a log of requests for the tests.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// The policy that a bank's page may have at its strictest.
pub const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; manifest-src 'self'";

/// What the app may use of a device, and never does.
pub const POWERS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), \
    serial=(self), usb=(self), xr-spatial-tracking=()";

/// Where violations are reported to in tests, by a second, report-only policy of the same words.
const REPORTS: &str = "/csp-report";

/// Every request since the server began: method and path, or a violation's report.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub fn all(&self) -> Vec<String> {
        self.0.lock().map(|l| l.clone()).unwrap_or_default()
    }

    fn push(&self, line: String) {
        if let Ok(mut log) = self.0.lock() {
            log.push(line);
        }
    }
}

/// What a server is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// For people.
    Serve,
    /// For tests: violations of the policy are reported and logged.
    Test,
    /// For tests: a bank's page that may load the app from this origin, and nothing else.
    Host { app: String },
    /// For tests: the same, and the app may run in the page itself; without `wasm` the page forbids its program.
    Inline { app: String, wasm: bool },
}

/// A server that has its port and waits to be run.
pub struct Server {
    listener: tokio::net::TcpListener,
    router: Router,
    pub address: SocketAddr,
    pub log: Log,
}

impl Server {
    /// Takes the first free port from `port` on; 0 takes any.
    ///
    /// # Errors
    /// If none of ten ports is free.
    pub async fn bind(dist: &Path, port: u16, mode: Mode) -> std::io::Result<Server> {
        let mut last = None;
        for port in port..port.saturating_add(10) {
            match tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
                Ok(listener) => {
                    let address = listener.local_addr()?;
                    let log = Log::default();
                    return Ok(Server {
                        listener,
                        router: router(dist, &mode, log.clone()),
                        address,
                        log,
                    });
                }
                Err(e) => last = Some(e),
            }
        }
        Err(last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into()))
    }

    pub async fn run(self) -> std::io::Result<()> {
        axum::serve(self.listener, self.router).await
    }
}

fn router(dist: &Path, mode: &Mode, log: Log) -> Router {
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    let files = ServeDir::new(dist).precompressed_br().precompressed_gzip();
    let router = Router::new()
        .fallback_service(files)
        .layer(fixed(header::CONTENT_SECURITY_POLICY, CSP))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "no-referrer"))
        .layer(fixed(HeaderName::from_static("permissions-policy"), POWERS))
        .layer(fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(fixed(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"))
        .layer(from_fn(cached));
    let router = match mode {
        Mode::Serve => router,
        Mode::Host { app } => with_policy(
            router,
            &format!(
                "default-src 'none'; script-src 'self' {app}; frame-src {app}; style-src 'self'; connect-src 'self'"
            ),
        ),
        Mode::Inline { app, wasm } => {
            let wasm = if *wasm { "'wasm-unsafe-eval'" } else { "" };
            with_policy(
                router,
                &format!(
                    "default-src 'none'; script-src 'self' {app} {wasm}; frame-src {app}; style-src 'self'; \
                     connect-src 'self' {app}"
                ),
            )
        }
        Mode::Test => {
            let report = format!("{CSP}; report-uri {REPORTS}");
            match HeaderValue::from_str(&report) {
                Ok(value) => router.layer(SetResponseHeaderLayer::overriding(
                    header::CONTENT_SECURITY_POLICY_REPORT_ONLY,
                    value,
                )),
                Err(_) => router,
            }
        }
    };
    router.layer(from_fn_with_state(log, keep))
}

fn with_policy(router: Router, policy: &str) -> Router {
    match HeaderValue::from_str(policy) {
        Ok(value) => {
            router.layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, value))
        }
        Err(_) => router,
    }
}

/// A name that tells its content may be kept for ever, if it is there; all else is asked for anew. Banks load the
/// former from their own origin.
async fn cached(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_string();
    let mut response = next.run(request).await;
    let hash = path.rsplit('.').nth(1).unwrap_or_default();
    let hashed = hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let there = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let keep = if hashed && there { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    let file = path.rsplit('/').next().unwrap_or_default();
    let tag = file == "inline.js" || (file.starts_with("embed") && file.ends_with(".js"));
    if hashed || tag {
        let all = HeaderValue::from_static("*");
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, all);
    }
    response
}

async fn keep(State(log): State<Log>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_string();
    if path == REPORTS && request.method() == Method::POST {
        let body = axum::body::to_bytes(request.into_body(), 64 * 1024).await.unwrap_or_default();
        log.push(format!("violation {}", String::from_utf8_lossy(&body)));
        let mut response = Response::default();
        *response.status_mut() = StatusCode::NO_CONTENT;
        return response;
    }
    log.push(format!("{} {path}", request.method()));
    next.run(request).await
}
