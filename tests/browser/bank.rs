//! A bank's server that answers as a test says, also badly; and a bank's page that notes what it hears.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// What is answered at an address.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A type, further headers, and what it says.
    Says(&'static str, &'static [&'static str], Vec<u8>),
    /// Nothing, for longer than anybody waits.
    Nothing,
}

impl Answer {
    pub fn page(text: impl Into<String>) -> Answer {
        Answer::Says("text/html; charset=utf-8", &[], text.into().into_bytes())
    }

    pub fn script(text: impl Into<Vec<u8>>) -> Answer {
        // Modules of another origin need its leave.
        Answer::Says("text/javascript", &["Access-Control-Allow-Origin: *"], text.into())
    }

    pub fn json(text: impl Into<Vec<u8>>) -> Answer {
        Answer::Says("application/json", &[], text.into())
    }
}

/// Serves until the test's process ends; what it has no answer for is not found.
pub struct Bank(u16);

impl Bank {
    pub fn open(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Bank {
        let answers: Arc<HashMap<_, _>> = Arc::new(answers.into_iter().collect());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().map_or(0, |a| a.port());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answers = answers.clone();
                std::thread::spawn(move || answer(stream, &answers));
            }
        });
        Bank(port)
    }

    /// Another host name than the app's is another site, so that frames are as foreign as a bank's.
    pub fn address(&self) -> String {
        format!("http://localhost:{}/", self.0)
    }

    /// The same files where the app's own host name is.
    pub fn app(&self) -> String {
        format!("http://127.0.0.1:{}/", self.0)
    }
}

fn answer(mut stream: TcpStream, answers: &HashMap<&str, Answer>) -> Option<()> {
    let (mut asked, mut part) = (Vec::new(), [0; 4096]);
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = stream.read(&mut part).ok().filter(|l| *l > 0)?;
        asked.extend(&part[..length]);
    }
    let asked = String::from_utf8_lossy(&asked).into_owned();
    let path = asked.split(' ').nth(1)?.split('?').next()?;
    let (status, kind, headers, body) = match answers.get(path) {
        Some(Answer::Says(kind, headers, body)) => {
            ("200 OK", *kind, headers.join("\r\n"), &body[..])
        }
        Some(Answer::Nothing) => {
            std::thread::sleep(Duration::from_secs(120));
            return None;
        }
        None => ("404 Not Found", "text/plain", String::new(), &b""[..]),
    };
    let headers = if headers.is_empty() { headers } else { headers + "\r\n" };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()
}

/// A bank's page with `<pos-aid>` from the address of an app; `before` is script that runs first. It notes events
/// and, in the console's stead, warnings.
pub fn page(app: &str, before: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Help</title><script>{before};
         window.heard = []; window.told = [];
         console.warn = (...words) => told.push(words.join(' '));
         for (const name of ['ready', 'step', 'outcome', 'error'])
           document.addEventListener(`pos-aid:${{name}}`, (e) => heard.push([name, e.detail]));</script>
         <script type=\"module\" src=\"{app}embed.js\"></script><h1>Help</h1>{body}</html>"
    )
}

/// A script that tells whether the page heard an event at least so many times.
pub fn heard(name: &str, times: u32) -> String {
    format!("return heard.filter(([name]) => name === '{name}').length >= {times}")
}
