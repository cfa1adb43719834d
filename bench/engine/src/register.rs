//! Searches in a register of 100 000 invented partnerships, in the server.

use std::path::Path;

use journal::JournalError;

use crate::http::Server;
use crate::{Problem, Row, append, base, sorted};

/// Questions as people ask them: names, old spellings, villages, filters, deep pages.
const QUESTIONS: &[&str] = &[
    "",
    "?page=1500",
    "?q=ouelessebougou",
    "?q=sanankoroba+montville",
    "?q=saint",
    "?q=loire",
    "?q=mont",
    "?q=ka",
    "?q=san",
    "?q=bougou",
    "?pays=FR",
    "?pays=DE&statut=actif",
    "?pays=FR&region=2&statut=actif",
    "?niveau=commune",
    "?lieu=ML0204",
    "?lieu=Kati",
    "?region=1&annee_min=1980&annee_max=1990",
    "?annee_min=2001",
    "?q=saint+martin&pays=FR",
    "?tri=annee",
];
const ROUNDS: usize = 10;

pub fn measure(folder: &Path) -> Result<Vec<Row>, Problem> {
    let data = folder.join("register");
    let journal = base(&data)?;
    for it in ::register::generate(100_000, 7)? {
        journal
            .db()
            .write(|tx| append(&journal, tx, (it.kind, it.subject), it.payload))
            .map_err(|it: JournalError| it)?;
    }
    drop(journal);
    let server = Server::start(&data)?;
    let mut all = Vec::new();
    let mut slowest = (0.0, "");
    for question in QUESTIONS {
        let mut spent = Vec::new();
        for _ in 0..ROUNDS {
            spent.push(server.spent(&format!("/registre{question}"))?);
        }
        let spent = sorted(spent);
        if slowest.0 < spent[ROUNDS / 2] {
            slowest = (spent[ROUNDS / 2], question);
        }
        all.extend(spent);
    }
    let all = sorted(all);
    Ok(vec![
        Row {
            what: format!("Register page over 100 000 partnerships, p95 of {}", all.len()),
            measured: all[all.len() * 95 / 100],
            unit: "ms",
            gate: 20.0,
        },
        Row {
            what: format!("… its slowest question, median: `{}`", slowest.1),
            measured: slowest.0,
            unit: "ms",
            gate: 20.0,
        },
        Row {
            what: "Register page over 100 000 partnerships, median".to_owned(),
            measured: all[all.len() / 2],
            unit: "ms",
            gate: 20.0,
        },
    ])
}
