//! The peers beside us, in the same run: PostgreSQL with tables, indexes and SQL as DHIS2 builds
//! them, and DuckDB. Their scripts lie beside the project, in `shared/bench/analytics`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    pub load: f64,
    /// Bytes on the disk.
    pub bytes: f64,
    /// Questions a second with two clients.
    pub throughput: f64,
    /// Seconds to correct one value in a hundred, and to see it.
    pub refresh: Option<f64>,
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
    pub fn postgres(&self, data: &Path) -> Result<Peer, Problem> {
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
        let done = run(self.script("b_pg.py").arg(data).args(["dhis", "55871"]));
        let stopped = server("stop");
        let _ = fs::remove_dir_all(self.folder.join("pgdata"));
        done?;
        stopped?;
        self.read(data, "pg-dhis")
    }

    fn read(&self, data: &Path, engine: &str) -> Result<Peer, Problem> {
        let scale = data.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = self.scripts.join(format!("results/{scale}-{engine}.json"));
        let it: serde_json::Value = serde_json::from_slice(&fs::read(file)?)?;
        let number = |name: &str| it[name].as_f64().ok_or_else(|| format!("{engine}: no {name}"));
        let mut peer = Peer {
            median: BTreeMap::new(),
            answers: BTreeMap::new(),
            load: number("load_s")?,
            bytes: number("bytes")?,
            throughput: it["qps2"][0].as_f64().unwrap_or_default(),
            refresh: it["refresh_s"].as_f64(),
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
