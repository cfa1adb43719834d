//! The one place where the slices are put together.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use db::{Database, DbError, Piece, Tx};
use journal::{Folds, Journal, JournalError};
use kernel::{Date, Failure, Message, Period};
use web::{App, Catalogue, CatalogueError, Fill, Routes, Shell};

use crate::cli::{Base, Content};
use crate::content;
use crate::private;
use crate::say::Refusal;

/// The folds of all slices, from the base up.
pub fn folds() -> Folds {
    Folds::new(vec![
        identity::fold(),
        territory::fold(),
        register::fold(),
        observations::fold(),
        plans::fold(),
        assessments::fold(),
        voices::fold(),
        monitoring::fold(),
        monitoring::crosscheck::fold(),
        exchange::fold(),
    ])
}

/// The words of all slices.
pub fn catalogue() -> Result<Catalogue, CatalogueError> {
    let mut parts = web::words().to_vec();
    parts.push(graphics::words());
    parts.push(tables::words());
    parts.push(territory::words());
    parts.push(register::words());
    parts.push(observations::words());
    parts.push(plans::words());
    parts.push(assessments::words());
    parts.push(voices::words());
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
        .and(observations::routes())
        .and(assessments::routes())
        .and(voices::routes())
        .and(plans::routes())
        .and(monitoring::routes_offering(from_plans))
        .and(exchange::routes())
}

/// The file of the embedded base.
pub fn file(base: &Base) -> PathBuf {
    base.data.join("benkadi.db")
}

/// Opens the base that the command line names, and its journal; makes them if they are not there.
pub fn create(base: &Base) -> Result<Journal, Refusal> {
    let db = match &base.database {
        Some(address) => Database::connect(address)?,
        None => {
            private::make_folder(&base.data)?;
            Database::open(&file(base)).map_err(|it| unusable(base, it))?
        }
    };
    whole(db)
}

/// Opens the base that the command line names, which must exist.
pub fn open(base: &Base) -> Result<Journal, Refusal> {
    let db = match &base.database {
        Some(address) => Database::connect(address)?,
        None => {
            check_present(base)?;
            Database::open(&file(base)).map_err(|it| unusable(base, it))?
        }
    };
    if !db.read(|tx| tx.shape())?.contains(&Piece::Table("entry".to_owned())) {
        return Err(absent(base));
    }
    whole(db)
}

/// Opens the base that the command line names to read from it, also where nothing can be written.
pub fn open_to_read(base: &Base) -> Result<Journal, Refusal> {
    let journal = open_as_is(base)?;
    if !journal.db().is_read_only() {
        drop(journal);
        return open(base);
    }
    if !journal.db().read(|tx| journal.is_current(tx))? {
        return Err(JournalError::OtherEdition.into());
    }
    Ok(journal)
}

/// Opens the base that the command line names as it lies there: nothing is created or rebuilt.
pub fn open_as_is(base: &Base) -> Result<Journal, Refusal> {
    let db = match &base.database {
        Some(address) => Database::connect(address)?,
        None => {
            check_present(base)?;
            Database::open_to_read(&file(base)).map_err(|it| match it {
                DbError::ReadOnly => {
                    Message::new("command-read-only-log").with("folder", base.data.display()).into()
                }
                other => unusable(base, other),
            })?
        }
    };
    Journal::open_as_is(db, folds()).map_err(|it| match it {
        JournalError::Absent => absent(base),
        other => other.into(),
    })
}

fn whole(db: Database) -> Result<Journal, Refusal> {
    db.write(|tx| {
        identity::migrate(tx)?;
        observations::migrate(tx)?;
        exchange::migrate(tx)
    })?;
    Ok(Journal::open(db, folds())?)
}

/// An empty file is no base: opening it would make one.
fn check_present(base: &Base) -> Result<(), Refusal> {
    match fs::metadata(file(base)) {
        Ok(it) if 0 < it.len() => Ok(()),
        Ok(_) => Err(absent(base)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(absent(base)),
        Err(error) => Err(private::unreadable(&file(base), &error)),
    }
}

fn absent(base: &Base) -> Refusal {
    match &base.database {
        Some(_) => Message::new("command-no-base-server").into(),
        None => Message::new("command-no-base").with("folder", base.data.display()).into(),
    }
}

fn unusable(base: &Base, error: DbError) -> Refusal {
    match error {
        DbError::Full | DbError::ReadOnly => error.into(),
        other => Message::new("command-base-unusable")
            .with("file", file(base).display())
            .with("reason", other)
            .into(),
    }
}

/// The application over a journal.
pub fn app(journal: Journal) -> Result<App, Refusal> {
    let catalogue = catalogue().map_err(|it| Refusal::Told(it.to_string()))?;
    let shell = Shell {
        menu: vec![
            ("/registre", "nav-register"),
            ("/territoire", "nav-territory"),
            ("/plans", "nav-plans"),
            ("/suivi", "nav-monitoring"),
            ("/observations", "nav-observations"),
            ("/echanges", "nav-exchange"),
        ],
        status: vec![
            crate::home::saved,
            exchange::status,
            monitoring::national::status,
            observations::status,
        ],
        places: vec![
            monitoring::of_place,
            plans::of_place,
            monitoring::support::of_place,
            register::of_place,
            observations::of_place,
            voices::of_place,
        ],
        duties: vec![
            monitoring::duties,
            monitoring::support::waiting,
            observations::duties,
            assessments::duties,
        ],
        place_name,
        pdf: |document| pdf::write(document).map_err(Failure::broken),
        paper: |booklets| pdf::write_paper(booklets).map_err(Failure::broken),
        picture: |svg, width| pdf::picture(svg, width).map_err(Failure::broken),
    };
    // A post that was begun empty has no place to be set up at until it is filled.
    let fill = Fill { is_due: |tx| Ok(Journal::extent(tx)?.0 == 0), run: load };
    Ok(App::with_fill(journal, catalogue, shell, Some(fill)))
}

fn load(journal: &Journal) -> Result<(), Failure> {
    let now = crate::commands::now_millis();
    let done = content::fill(journal, Content::Reference, now, |_| Ok(()));
    done.map(|_| ()).map_err(|it| match it {
        Refusal::Said(message) => Failure::told(message.key),
        Refusal::Told(chain) => Failure::told(chain),
        Refusal::Several(messages) => {
            Failure::told(messages.into_iter().map(|it| it.key).collect::<Vec<_>>().join(", "))
        }
    })
}

/// What the registry of plans counts of what the questionnaire asks.
fn from_plans(
    tx: &mut Tx<'_>,
    commune: &str,
    period: Period,
) -> Result<Option<monitoring::entry::Offered>, Failure> {
    let last = match period {
        Period::Year(year) => i16::try_from(year).ok().and_then(|it| Date::new(it, 12, 31)),
        Period::Quarter(quarter) => Some(quarter.last_day()),
    };
    let Some(last) = last else { return Ok(None) };
    let found = plans::offered(tx, commune, last)?;
    Ok(found.map(|it| monitoring::entry::Offered { href: it.href, cells: it.cells }))
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
