//! The work of an analyst on the figures of a nation, asked through the program's own address, side
//! by side in one run with PostgreSQL built the way of DHIS2 and with DuckDB.
//!
//! Prints Markdown; exits 1 when a gate is missed or an answer differs from the plain reference.
//! `BENKADI_PROGRAM` names the built program; `BENKADI_BENCH_SCALE` the scale (`s`, 2 million
//! values, or `m`, 20 million); `BENKADI_BENCH_PEERS` the peers (`pg`, `duckdb`; both by default).

mod data;
mod http;
mod peers;
mod product;
mod questions;
mod reference;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

type Problem = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match measure() {
        Ok(held) => ExitCode::from(u8::from(!held)),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(1)
        }
    }
}

fn measure() -> Result<bool, Problem> {
    let scale = std::env::var("BENKADI_BENCH_SCALE").unwrap_or_else(|_| "s".to_owned());
    let wanted = std::env::var("BENKADI_BENCH_PEERS").unwrap_or_else(|_| "pg,duckdb".to_owned());
    let home = std::env::var("BENKADI_BENCH_DIR").map(PathBuf::from);
    let folder = home.unwrap_or_else(|_| std::env::temp_dir().join("benkadi-bench-analytics"));
    let peers = peers::Peers::prepare(&folder)?;
    let country = peers.generate(&scale)?;
    let data = data::Data::read(&country)?;
    let ours = questions::measure(&data, &folder.join(format!("ours-{scale}")))?;
    let duckdb = wanted.contains("duckdb").then(|| peers.duckdb(&data.folder)).transpose()?;
    let postgres = wanted.contains("pg").then(|| peers.postgres(&data.folder)).transpose()?;
    Ok(table::print(&data, &scale, &ours, postgres.as_ref(), duckdb.as_ref()))
}
