//! The one place where the slices are put together.

use std::fs;

use db::{Database, Tx};
use journal::{Folds, Journal};
use kernel::{Date, Failure};
use web::{App, Catalogue, CatalogueError, Routes, Shell};

use crate::cli::Base;
use crate::say::Refusal;

/// The folds of all slices, from the base up.
pub fn folds() -> Folds {
    Folds::new(vec![
        identity::fold(),
        territory::fold(),
        register::fold(),
        monitoring::fold(),
        exchange::fold(),
    ])
}

/// The words of all slices.
pub fn catalogue() -> Result<Catalogue, CatalogueError> {
    let mut parts = web::words().to_vec();
    parts.push(graphics::words());
    parts.push(territory::words());
    parts.push(register::words());
    parts.extend(monitoring::words());
    parts.push(exchange::words());
    parts.push((include_str!("fr.ftl"), include_str!("en.ftl")));
    Catalogue::new(&parts)
}

/// The routes of all slices.
pub fn routes() -> Routes {
    web::routes()
        .and(crate::home::routes())
        .and(crate::activity::routes())
        .and(territory::routes())
        .and(register::routes())
        .and(monitoring::routes())
        .and(exchange::routes())
}

/// Opens the base that the command line names, and its journal.
pub fn open(base: &Base) -> Result<Journal, Refusal> {
    let db = match &base.database {
        Some(address) => Database::connect(address)?,
        None => {
            fs::create_dir_all(&base.data)?;
            Database::open(&base.data.join("benkadi.db"))?
        }
    };
    db.write(|tx| {
        identity::migrate(tx)?;
        exchange::migrate(tx)
    })?;
    Ok(Journal::open(db, folds())?)
}

/// The application over a journal.
pub fn app(journal: Journal) -> Result<App, Refusal> {
    let catalogue = catalogue().map_err(|it| Refusal::Told(it.to_string()))?;
    let shell = Shell {
        menu: vec![
            ("/registre", "nav-register"),
            ("/territoire", "nav-territory"),
            ("/suivi", "nav-monitoring"),
            ("/echanges", "nav-exchange"),
        ],
        status: vec![crate::home::saved, exchange::status],
        place_name,
        pdf: |document| pdf::write(document).map_err(Failure::broken),
    };
    Ok(App::new(journal, catalogue, shell))
}

fn place_name(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Option<String>, Failure> {
    Ok(territory::version_near(tx, code, on)?.map(|it| it.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogues_hold_together() {
        if let Err(error) = catalogue() {
            panic!("{error}");
        }
    }

    /// The table of addresses, written out for people.
    fn table() -> String {
        let routes = routes();
        let mut lines: Vec<String> = routes
            .table()
            .iter()
            .map(|(method, path, access)| {
                let access = match access {
                    web::Access::Public => "anybody".to_owned(),
                    web::Access::SignedIn => "anybody signed in".to_owned(),
                    web::Access::Needs(action) => format!("{action:?}"),
                };
                format!("| `{path}` | {method} | {access} |\n")
            })
            .collect();
        lines.sort();
        lines.concat()
    }

    #[test]
    fn every_address_is_declared_once_and_written_out() {
        let table = table();
        let mut seen = std::collections::BTreeSet::new();
        for line in table.lines() {
            let address = line.rsplit_once(" | ").map(|it| it.0);
            assert!(seen.insert(address), "twice: {line}");
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/addresses.md");
        let page = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            page.contains(&table),
            "docs/addresses.md does not show today's addresses; it should hold:\n\n{table}"
        );
    }
}
