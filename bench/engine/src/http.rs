//! The program as a process, asked over the loopback address.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Problem;

/// The running program; it ends when this is dropped.
pub struct Server {
    child: Child,
    host: String,
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
        let program = std::env::var("BENKADI_PROGRAM")?;
        let mut child = Command::new(program)
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

    /// Asks for a page; returns the milliseconds that the program spent on it.
    pub fn spent(&self, path: &str) -> Result<f64, Problem> {
        let mut stream = TcpStream::connect(&self.host)?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\nconnection: close\r\n\r\n",
            self.host
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        if !text.starts_with("HTTP/1.1 200") {
            return Err(format!("{path}: {}", text.lines().next().unwrap_or_default()).into());
        }
        let spent = text
            .lines()
            .find_map(|it| it.strip_prefix("server-timing: total;dur="))
            .ok_or("no server-timing")?;
        Ok(spent.trim().parse()?)
    }
}
