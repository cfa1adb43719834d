//! The program as a process, asked over the loopback address on a connection that stays open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Problem;

/// The running program; it ends when this is dropped.
pub struct Server {
    child: Child,
    pub host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts the program on a base and waits for its line.
    pub fn start(data: &Path) -> Result<Self, Problem> {
        let mut child = Command::new(std::env::var("BENKADI_PROGRAM")?)
            .args(["serve", "--listen", "127.0.0.1:0", "--json", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = child.stdout.take().ok_or("no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let answer: serde_json::Value = serde_json::from_str(&line)?;
        let address = answer["address"].as_str().ok_or("no address")?;
        let host = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Ok(Self { child, host })
    }

    /// Ends it as its owner would, so that it may leave what helps its next start.
    pub fn stop(mut self) -> Result<(), Problem> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        self.child.wait()?;
        Ok(())
    }

    /// The memory that it holds now, in bytes.
    pub fn memory(&self) -> Result<u64, Problem> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).ok_or("VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
    }
}

/// One connection, with the cookies of a person who has signed in.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
    cookie: String,
    body: Vec<u8>,
}

impl Client {
    pub fn new(host: &str, cookie: &str) -> Result<Self, Problem> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::with_capacity(1 << 16, stream),
            host: host.to_owned(),
            cookie: cookie.to_owned(),
            body: Vec::new(),
        })
    }

    /// Signs a person in; gives her cookies.
    pub fn sign_in(host: &str, login: &str, password: &str) -> Result<String, Problem> {
        let mut client = Self::new(host, "")?;
        let form = format!("identifiant={login}&mot_de_passe={}", password.replace(' ', "+"));
        let (status, cookies) = client.send("/connexion", &form)?;
        if status != 303 {
            return Err(format!("signing in answered {status}").into());
        }
        Ok(cookies.join("; "))
    }

    /// Asks for an address; the body stands until the next question.
    pub fn get(&mut self, path: &str) -> Result<&[u8], Problem> {
        self.get_as(path, "application/json")
    }

    /// Asks for an address in one packet, as browsers do.
    pub fn get_as(&mut self, path: &str, kind: &str) -> Result<&[u8], Problem> {
        let question = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\naccept: {kind}\r\ncookie: {}\r\n\r\n",
            self.host, self.cookie
        );
        self.stream.get_mut().write_all(question.as_bytes())?;
        let (status, _) = self.answer()?;
        if status != 200 {
            let said = String::from_utf8_lossy(&self.body).into_owned();
            return Err(format!("{path}: {status} {said}").into());
        }
        Ok(&self.body)
    }

    /// Posts a form of a page; gives the status.
    pub fn post(&mut self, path: &str, form: &str) -> Result<u16, Problem> {
        Ok(self.send(path, form)?.0)
    }

    /// The token that the forms of a page carry.
    pub fn token(&mut self, page: &str) -> Result<String, Problem> {
        let body = String::from_utf8_lossy(self.get_as(page, "text/html")?).into_owned();
        let at = body.find("name=\"jeton\"").ok_or("a page without a form")?;
        let value = body[at..].split("value=\"").nth(1).ok_or("a form without a token")?;
        Ok(value.split('"').next().unwrap_or_default().to_owned())
    }

    fn send(&mut self, path: &str, form: &str) -> Result<(u16, Vec<String>), Problem> {
        let question = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\ncookie: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.host,
            self.cookie,
            form.len()
        );
        self.stream.get_mut().write_all(question.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> Result<(u16, Vec<String>), Problem> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).ok_or("no status")?.parse()?;
        let (mut length, mut chunked, mut cookies) = (0, false, Vec::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let header = line.trim_end();
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(':').ok_or("no header")?;
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse()?,
                "transfer-encoding" => chunked = value.contains("chunked"),
                "set-cookie" => {
                    cookies.extend(value.trim().split(';').next().map(str::to_owned));
                }
                _ => {}
            }
        }
        self.body.clear();
        if !chunked {
            self.body.resize(length, 0);
            self.stream.read_exact(&mut self.body)?;
            return Ok((status, cookies));
        }
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim_end(), 16)?;
            let from = self.body.len();
            self.body.resize(from + size, 0);
            self.stream.read_exact(&mut self.body[from..])?;
            line.clear();
            self.stream.read_line(&mut line)?;
            if size == 0 {
                return Ok((status, cookies));
            }
        }
    }
}
