//! A browser of a few lines: one request a connection, cookies, the token of a form.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than any answer takes; a test that waits longer has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// A person's browser on one program.
pub struct Browser {
    pub address: String,
    cookies: Vec<(String, String)>,
}

impl Browser {
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), cookies: Vec::new() }
    }

    /// Asks for an address.
    ///
    /// # Errors
    ///
    /// If the program is gone.
    pub fn get(&mut self, path: &str) -> io::Result<Page> {
        self.ask("GET", path, "")
    }

    /// Sends the fields of a form.
    ///
    /// # Errors
    ///
    /// If the program is gone, or goes before it answered.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Page> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.ask("POST", path, &pairs.join("&"))
    }

    /// The token of the forms of a page.
    pub fn token(&mut self, path: &str) -> String {
        let page = self.get(path).unwrap();
        assert_eq!(page.status, 200, "{path}: {}", page.head);
        between(&page.body, "name=\"jeton\" value=\"", "\"").to_owned()
    }

    /// Signs in.
    pub fn sign_in(&mut self, login: &str, password: &str) {
        let fields = [("identifiant", login), ("mot_de_passe", password)];
        let page = self.post("/connexion", &fields).unwrap();
        assert_eq!(page.status, 303, "{}\n{}", page.head, page.body);
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> io::Result<Page> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\nconnection: close\r\n\
             cookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{body}",
            self.address,
            cookies.join("; "),
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        for line in head.lines() {
            if let Some(cookie) = line.strip_prefix("set-cookie: ") {
                self.keep(cookie);
            }
        }
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0);
        Ok(Page { status, head: head.to_owned(), body: whole(head, body)? })
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else { return };
        self.cookies.retain(|it| it.0 != name);
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// The body, if it came whole: an answer cut off by a power cut acknowledges nothing.
fn whole(head: &str, body: &str) -> io::Result<String> {
    let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let lower = head.to_lowercase();
    if lower.contains("transfer-encoding: chunked") {
        let mut rest = body;
        let mut out = String::new();
        loop {
            let (size, more) = rest.split_once("\r\n").ok_or_else(cut)?;
            let size = usize::from_str_radix(size, 16).map_err(|_| cut())?;
            if size == 0 {
                return Ok(out);
            }
            out.push_str(more.get(..size).ok_or_else(cut)?);
            rest = more.get(size + 2..).ok_or_else(cut)?;
        }
    }
    let length = lower
        .lines()
        .find_map(|it| it.strip_prefix("content-length: "))
        .and_then(|it| it.trim().parse::<usize>().ok());
    match length {
        Some(length) if body.len() < length => Err(cut()),
        _ => Ok(body.to_owned()),
    }
}

/// The text between two marks.
pub fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from)
        .and_then(|it| it.1.split_once(to))
        .map(|it| it.0)
        .unwrap_or_else(|| panic!("no {from:?} … {to:?} in:\n{text}"))
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|it| match it {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(it).to_string()
            }
            _ => format!("%{it:02X}"),
        })
        .collect()
}
