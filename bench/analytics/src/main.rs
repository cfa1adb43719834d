//! The work of an analyst on the figures of a nation, asked through the program's own address, side
//! by side in one run with PostgreSQL built the way of DHIS2 and with DuckDB.
//!
//! Prints Markdown; exits 1 when a gate is missed or an answer differs from the plain reference.
//! `BENKADI_PROGRAM` names the built program; `BENKADI_BENCH_SCALE` the scales (`s`, 2 million
//! values, and `m`, 20 million; both by default); `BENKADI_BENCH_PEERS` the peers (`pg`, `duckdb`;
//! both by default); `BENKADI_BENCH_PG_MINUTES` how long PostgreSQL may take at a scale (60).

mod data;
mod http;
mod peers;
mod product;
mod questions;
mod reference;
mod table;
mod visible;

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
    let said =
        |name: &str, otherwise: &str| std::env::var(name).unwrap_or_else(|_| otherwise.into());
    let scales = said("BENKADI_BENCH_SCALE", "s,m");
    let wanted = said("BENKADI_BENCH_PEERS", "pg,duckdb");
    let minutes: f64 = said("BENKADI_BENCH_PG_MINUTES", "60").parse()?;
    let home = std::env::var("BENKADI_BENCH_DIR").map(PathBuf::from);
    let folder = home.unwrap_or_else(|_| std::env::temp_dir().join("benkadi-bench-analytics"));
    let peers = peers::Peers::prepare(&folder)?;
    let mut held = true;
    for scale in scales.split(',') {
        let country = peers.generate(scale)?;
        let mut data = data::Data::read(&country)?;
        let ours = questions::measure(&mut data, &folder.join(format!("ours-{scale}")))?;
        // The peers are given what was there before the corrections.
        drop(data);
        let data = data::Data::read(&country)?;
        let duckdb = wanted.contains("duckdb").then(|| peers.duckdb(&data.folder)).transpose()?;
        let postgres = wanted.contains("pg").then(|| peers.postgres(&data.folder, minutes));
        let postgres = postgres.transpose()?;
        held &= table::print(&data, scale, &ours, postgres.as_ref(), duckdb.as_ref());
    }
    Ok(held)
}
