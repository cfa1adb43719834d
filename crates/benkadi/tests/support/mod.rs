//! The built program as others run it: a process with words, answers and an exit code.

#![allow(dead_code, reason = "each file of tests uses its part")]

pub mod web;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

/// A password that no rule refuses.
pub const PASSWORD: &str = "le fleuve passe à Ségou";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A folder of its own, gone with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("benkadi_program_{}_{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Where a base lies: a folder, or a database on the test server.
pub enum Base {
    Embedded(Folder),
    Server(db::testing::Empty, String),
}

/// An empty base of each engine.
pub fn both() -> [Base; 2] {
    [embedded(), server()]
}

pub fn embedded() -> Base {
    Base::Embedded(Folder::new())
}

pub fn server() -> Base {
    let empty = db::testing::postgres();
    let rows = empty
        .db
        .read(|tx| tx.query("select cast(current_database() as text) as name", &[]))
        .unwrap();
    let server = std::env::var(db::testing::SERVER).unwrap();
    let (host, _) = server.rsplit_once('/').unwrap();
    let address = format!("{host}/{}", rows[0].text("name").unwrap());
    Base::Server(empty, address)
}

/// How a command ended.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    /// The standard output, and the object in it if the command was asked for one.
    pub said: String,
    pub json: Value,
    /// The error output.
    pub told: String,
}

impl Base {
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Embedded(_) => "SQLite",
            Self::Server(empty, _) => empty.engine,
        }
    }

    /// The words of the command line that name this base.
    pub fn words(&self) -> [String; 2] {
        match self {
            Self::Embedded(folder) => ["--data".to_owned(), folder.0.display().to_string()],
            Self::Server(_, address) => ["--database".to_owned(), address.clone()],
        }
    }

    /// The file of an embedded base.
    pub fn file(&self) -> PathBuf {
        match self {
            Self::Embedded(folder) => folder.file("benkadi.db"),
            Self::Server(..) => panic!("a server keeps no file here"),
        }
    }

    /// Runs a command on this base, answering in JSON.
    pub fn run(&self, words: &[&str]) -> Answer {
        let own = self.words();
        let all: Vec<&str> =
            words.iter().copied().chain(own.iter().map(String::as_str)).chain(["--json"]).collect();
        run(&all)
    }

    /// Runs a command that must succeed; gives its answer.
    pub fn done(&self, words: &[&str]) -> Value {
        let answer = self.run(words);
        assert_eq!(answer.code, 0, "{words:?} on {}: {answer:?}", self.engine());
        assert_eq!(answer.json["ok"], true, "{words:?}: {answer:?}");
        answer.json
    }

    /// Runs a command that must be refused; gives the code and the sentence.
    pub fn refused(&self, words: &[&str]) -> (String, String) {
        let answer = self.run(words);
        assert_eq!(answer.code, 1, "{words:?} on {}: {answer:?}", self.engine());
        assert_eq!(answer.json["ok"], false, "{words:?}: {answer:?}");
        let text = |it: &str| answer.json[it].as_str().unwrap_or_default().to_owned();
        let (code, message) = (text("code"), text("message"));
        assert!(!code.is_empty() && message.len() > 20, "{words:?} is refused without words");
        assert!(!message.contains("??"), "a raw key: {message}");
        (code, message)
    }

    /// Adds a person with an office.
    pub fn person(&self, login: &str, office: &str, place: &str) -> Answer {
        let words = ["person", "--name", "Moussa Keïta", "--login", login, "--office", office];
        self.typed(&[&words[..], &["--title", "Conseiller", "--place", place]].concat(), PASSWORD)
    }

    /// Runs a command that reads this on the standard input, answering in JSON.
    pub fn typed(&self, words: &[&str], input: &str) -> Answer {
        let own = self.words();
        let all: Vec<&str> =
            words.iter().copied().chain(own.iter().map(String::as_str)).chain(["--json"]).collect();
        let mut child = command(&all)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that is refused before it reads has closed its end.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        answer(&child.wait_with_output().unwrap())
    }
}

/// Runs the program with these words.
pub fn run(words: &[&str]) -> Answer {
    answer(&command(words).stdin(Stdio::null()).output().unwrap())
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_benkadi"));
    // A base that somebody's shell names must not be written by the tests.
    command.args(words).env_remove("BENKADI_DATABASE").current_dir(std::env::temp_dir());
    command
}

fn answer(output: &std::process::Output) -> Answer {
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    let json = said.lines().last().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
    Answer { code: output.status.code().unwrap_or(-1), said, json, told }
}

/// A program that serves; killed with the test at the latest.
pub struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    /// The line by which it said that it is ready.
    pub ready: String,
    /// `127.0.0.1:PORT`.
    pub address: String,
}

impl Served {
    /// Starts it on a base and waits for its line.
    pub fn start(base: &Base, words: &[&str]) -> Self {
        let own = base.words();
        let mut all = vec!["serve"];
        if !words.contains(&"--listen") {
            all.extend(["--listen", "127.0.0.1:0"]);
        }
        all.extend(own.iter().map(String::as_str));
        all.extend(words);
        let mut child = command(&all).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut ready = String::new();
        out.read_line(&mut ready).unwrap();
        let address = ready
            .split_once("http://")
            .and_then(|it| it.1.split_once('/'))
            .map(|it| it.0.to_owned())
            .unwrap_or_else(|| panic!("no address in the line {ready:?}"));
        Self { child, out, ready, address }
    }

    /// The power goes.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The operator ends it; gives the exit code and all that it said after its first line.
    pub fn terminate(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        let done = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(done.success());
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.out, &mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The place of a text in a file, if it is there once.
pub fn find_once(file: &Path, text: &str) -> usize {
    let bytes = std::fs::read(file).unwrap();
    let found: Vec<usize> = bytes
        .windows(text.len())
        .enumerate()
        .filter(|(_, it)| *it == text.as_bytes())
        .map(|(at, _)| at)
        .collect();
    assert_eq!(found.len(), 1, "{text:?} in {}", file.display());
    found[0]
}
