//! The peers beside us, in the same run: PostgreSQL with tables, indexes and SQL as DHIS2 builds
//! them, and DuckDB. Their scripts lie beside the project, in `shared/bench/analytics`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use crate::Problem;
use crate::reference::Digest;

const PACKAGES: [&str; 6] = [
    "duckdb==2.0.1",
    "numpy==2.4.6",
    "polars==2.1.0",
    "psutil==7.2.2",
    "psycopg[binary]==3.3.9",
    "pyarrow==26.0.1",
];

/// What a peer needed.
pub struct Peer {
    /// The median of a question, in milliseconds.
    pub median: BTreeMap<usize, f64>,
    /// What it answered to the first sets of each question.
    pub answers: BTreeMap<usize, Vec<Digest>>,
    /// Seconds to load.
    pub load: Option<f64>,
    /// Bytes on the disk.
    pub bytes: Option<f64>,
    /// Questions a second with two clients.
    pub throughput: Option<f64>,
    /// Seconds to correct one value in a hundred, and to see it.
    pub refresh: Option<f64>,
    /// The minutes after which it was stopped, and the last that it had said.
    pub cut: Option<(f64, String)>,
}

/// Where the peers work.
pub struct Peers {
    folder: PathBuf,
    scripts: PathBuf,
}

impl Peers {
    /// Makes their folder: a copy of the scripts and a Python of its own.
    pub fn prepare(folder: &Path) -> Result<Self, Problem> {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let source = project.join("../shared/bench/analytics").canonicalize()?;
        let scripts = folder.join("scripts");
        fs::create_dir_all(&scripts)?;
        for entry in fs::read_dir(source)? {
            let from = entry?.path();
            let to = scripts.join(from.file_name().unwrap_or_default());
            let _ = fs::remove_file(&to);
            fs::write(&to, fs::read(&from)?)?;
        }
        let it = Self { folder: folder.to_owned(), scripts };
        if !it.python().exists() {
            run(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv")))?;
            run(Command::new(it.python()).args(["-m", "pip", "-q", "install"]).args(PACKAGES))?;
        }
        Ok(it)
    }

    fn python(&self) -> PathBuf {
        self.folder.join("venv/bin/python")
    }

    fn script(&self, name: &str) -> Command {
        let mut command = Command::new(self.python());
        command.arg(self.scripts.join(name)).env("BENCH_DIR", &self.folder);
        command
    }

    /// Writes the synthetic country of a scale, unless it is there; gives its folder.
    pub fn generate(&self, scale: &str) -> Result<PathBuf, Problem> {
        let to = self.folder.join(scale);
        if !to.join("meta.json").exists() {
            run(self.script("gen.py").arg(scale).arg(&to))?;
        }
        Ok(to)
    }

    /// Runs DuckDB.
    pub fn duckdb(&self, data: &Path) -> Result<Peer, Problem> {
        run(self.script("b_embed.py").arg(data).arg("duckdb"))?;
        self.read(data, "duckdb")
    }

    /// Runs PostgreSQL the way of DHIS2, on a server of its own.
    ///
    /// After so many minutes it is stopped: what it has answered until then counts.
    pub fn postgres(&self, data: &Path, minutes: f64) -> Result<Peer, Problem> {
        let server = |word: &str| {
            let mut command = Command::new("bash");
            let bin = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
            let bin = bin.map(|it| it.path().join("bin")).max().unwrap_or_default();
            let path = std::env::var("PATH").unwrap_or_default();
            command
                .arg(self.scripts.join("pg.sh"))
                .arg(word)
                .env("BENCH_DIR", &self.folder)
                .env("PATH", format!("{}:{path}", bin.display()));
            run(&mut command)
        };
        // Its files are another account's.
        run(Command::new("chmod").arg("755").arg(&self.folder))?;
        let log = self.folder.join("pg.log");
        fs::write(&log, "")?;
        run(Command::new("chown").arg("postgres").arg(&log))?;
        server("start")?;
        let mut command = self.script("b_pg.py");
        command.arg(data).args(["dhis", "55871"]);
        let said = run_for(&mut command, Duration::from_secs_f64(minutes * 60.0));
        let stopped = server("stop");
        let _ = fs::remove_dir_all(self.folder.join("pgdata"));
        let said = said?;
        stopped?;
        match said {
            None => self.read(data, "pg-dhis"),
            Some(lines) => Ok(of_lines(&lines, minutes)),
        }
    }

    fn read(&self, data: &Path, engine: &str) -> Result<Peer, Problem> {
        let scale = data.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = self.scripts.join(format!("results/{scale}-{engine}.json"));
        let it: serde_json::Value = serde_json::from_slice(&fs::read(file)?)?;
        let number = |name: &str| it[name].as_f64().ok_or_else(|| format!("{engine}: no {name}"));
        let mut peer = Peer {
            median: BTreeMap::new(),
            answers: BTreeMap::new(),
            load: Some(number("load_s")?),
            bytes: Some(number("bytes")?),
            throughput: it["qps2"][0].as_f64(),
            refresh: it["refresh_s"].as_f64(),
            cut: None,
        };
        for (name, of) in it["latency"].as_object().into_iter().flatten() {
            let question: usize = name.trim_start_matches('Q').parse()?;
            peer.median.insert(question, of["p50_ms"].as_f64().ok_or("p50_ms")?);
            let digests = of["digest"].as_array().into_iter().flatten().map(|it| Digest {
                count: usize::try_from(it[0].as_u64().unwrap_or_default()).unwrap_or_default(),
                sum: it[1].as_f64().unwrap_or_default(),
            });
            peer.answers.insert(question, digests.collect());
        }
        Ok(peer)
    }
}

/// What a script that was stopped had said: a line for each year that is loaded, one with what
/// loading took, then one for each question.
fn of_lines(lines: &[String], minutes: f64) -> Peer {
    let number = |line: &str, name: &str| -> Option<f64> {
        let rest = line.split(&format!("'{name}': ")).nth(1)?;
        rest.split([',', '}']).next()?.trim().parse().ok()
    };
    let mut peer = Peer {
        median: BTreeMap::new(),
        answers: BTreeMap::new(),
        load: None,
        bytes: None,
        throughput: None,
        refresh: None,
        cut: Some((minutes, lines.last().cloned().unwrap_or_default())),
    };
    for line in lines {
        peer.load = number(line, "load_s").or(peer.load);
        peer.bytes = number(line, "bytes").or(peer.bytes);
        let question = line.trim().strip_prefix('Q').and_then(|it| it.split(' ').next());
        let question = question.and_then(|it| it.parse().ok());
        if let Some((question, median)) = question.zip(number(line, "p50_ms")) {
            peer.median.insert(question, median);
        }
    }
    peer
}

/// Runs a script for at most so long; gives its lines if it was stopped.
fn run_for(command: &mut Command, most: Duration) -> Result<Option<Vec<String>>, Problem> {
    eprintln!("· {}, at most {} s", command.get_program().to_string_lossy(), most.as_secs());
    let end = Instant::now() + most;
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().ok_or("no output")?;
    let (send, heard) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    let mut lines = Vec::new();
    loop {
        match heard.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => lines.push(line),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                child.kill()?;
                child.wait()?;
                let _ = reader.join();
                return Ok(Some(lines));
            }
        }
    }
    let _ = reader.join();
    if child.wait()?.success() {
        return Ok(None);
    }
    Err(format!("{command:?} failed; it had said:\n{}", lines.join("\n")).into())
}

fn run(command: &mut Command) -> Result<(), Problem> {
    eprintln!("· {}", command.get_program().to_string_lossy());
    let out = command.stdin(std::process::Stdio::null()).output()?;
    if out.status.success() {
        return Ok(());
    }
    let said = [out.stdout, out.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    let last: Vec<&str> = said.lines().rev().take(12).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    Err(format!("{command:?} failed:\n{}", last.join("\n")).into())
}
