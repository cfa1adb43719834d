//! Measures what no small base shows: a register of 100 000 partnerships, the transmission of a
//! cercle of twelve communes, the consolidation of a whole country.
//!
//! Prints Markdown; exits 1 when a gate is missed. `BENKADI_PROGRAM` names the built program.

mod country;
mod http;
mod register;
mod transmission;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use db::{Database, Tx};
use journal::{Audience, Draft, Folds, Journal, JournalError};

type Problem = Box<dyn std::error::Error>;

/// A figure against its gate.
pub struct Row {
    what: String,
    measured: f64,
    unit: &'static str,
    gate: f64,
}

fn main() -> ExitCode {
    match measure() {
        Ok(rows) => {
            println!("| What | Measured | Gate | |\n|---|---|---|---|");
            let mut missed = false;
            for row in rows {
                let held = row.measured <= row.gate;
                missed |= !held;
                let word = if held { "held" } else { "**missed**" };
                println!(
                    "| {} | {:.2} {unit} | ≤ {} {unit} | {word} |",
                    row.what,
                    row.measured,
                    row.gate,
                    unit = row.unit
                );
            }
            ExitCode::from(u8::from(missed))
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(1)
        }
    }
}

fn measure() -> Result<Vec<Row>, Problem> {
    let folder = Folder::make()?;
    let mut rows = register::measure(&folder.0)?;
    rows.extend(transmission::measure(&folder.0)?);
    rows.extend(country::measure(&folder.0)?);
    Ok(rows)
}

/// A folder that goes when the measure ends.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self, Problem> {
        let path = std::env::temp_dir().join(format!("benkadi-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A base as the program makes it, with the shipped territory.
fn base(folder: &Path) -> Result<Journal, Problem> {
    std::fs::create_dir_all(folder)?;
    let db = Database::open(&folder.join("benkadi.db"))?;
    db.write(|tx| {
        identity::migrate(tx)?;
        exchange::migrate(tx)
    })?;
    let folds: Vec<Arc<dyn journal::Fold>> = vec![
        identity::fold(),
        territory::fold(),
        ::register::fold(),
        monitoring::fold(),
        exchange::fold(),
    ];
    let journal = Journal::open(db, Folds::new(folds))?;
    let shipped = territory::shipped()?;
    journal.db().write(|tx| {
        for it in shipped {
            append(&journal, tx, (it.kind, it.subject), it.payload)?;
        }
        Ok::<_, JournalError>(())
    })?;
    Ok(journal)
}

fn append(
    journal: &Journal,
    tx: &mut Tx<'_>,
    (kind, subject): (&str, String),
    payload: Vec<u8>,
) -> Result<(), JournalError> {
    let draft = Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: kind.to_owned(),
        subject,
        payload,
        // 1 January 2026, so that every run writes the same.
        at_millis: 1_767_225_600_000,
    };
    journal.append(tx, draft).map(|_| ())
}

fn sorted(mut figures: Vec<f64>) -> Vec<f64> {
    figures.sort_by(f64::total_cmp);
    figures
}
