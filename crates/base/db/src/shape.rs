//! The pieces that a base is made of, and whether the engine finds them sound.

use std::collections::BTreeSet;

use crate::{DbError, Inner, Tx};

/// A table or an index, by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// A table.
    Table(String),
    /// An index made by a statement of its own.
    Index(String),
}

impl Piece {
    /// Its name in the base.
    pub fn name(&self) -> &str {
        match self {
            Self::Table(it) | Self::Index(it) => it,
        }
    }
}

const SQLITE: &str = "select type as kind, name from sqlite_master
    where type in ('table', 'index') and name not like 'sqlite~_%' escape '~'";
const POSTGRES: &str = "select 'table' as kind, cast(tablename as text) as name from pg_tables
    where schemaname = current_schema()
    union all
    select 'index', cast(indexname as text) from pg_indexes where schemaname = current_schema()";
/// How many faults the engine lists before it stops looking.
const FIRST_FAULTS: &str = "pragma integrity_check(10)";

/// The pieces that these statements make, on an empty base of the memory.
///
/// # Errors
///
/// If the engine refuses a statement.
pub fn expected_shape(schemas: &[&str]) -> Result<BTreeSet<Piece>, DbError> {
    let connection = rusqlite::Connection::open_in_memory()?;
    let mut tx = Tx(Inner::Sqlite(&connection));
    for schema in schemas {
        tx.batch(schema)?;
    }
    tx.shape()
}

impl Tx<'_> {
    /// The tables and indexes of this base. A server also names those that it made itself.
    ///
    /// # Errors
    ///
    /// If the engine fails.
    pub fn shape(&mut self) -> Result<BTreeSet<Piece>, DbError> {
        let sql = match &self.0 {
            Inner::Sqlite(_) => SQLITE,
            Inner::Postgres(_) => POSTGRES,
        };
        self.query(sql, &[])?
            .iter()
            .map(|row| {
                let name = row.text("name")?.to_owned();
                Ok(match row.text("kind")? {
                    "table" => Piece::Table(name),
                    _ => Piece::Index(name),
                })
            })
            .collect()
    }

    /// What the engine itself finds wrong in its file (pages, indexes that miss rows), in its own
    /// words: the first faults only. A server looks after its files and finds nothing here.
    ///
    /// # Errors
    ///
    /// If the engine cannot even look.
    pub fn engine_faults(&mut self) -> Result<Vec<String>, DbError> {
        match &self.0 {
            Inner::Sqlite(_) => match self.query(FIRST_FAULTS, &[]) {
                Ok(rows) => rows
                    .iter()
                    .filter_map(|row| match row.text("integrity_check") {
                        Ok("ok") => None,
                        Ok(it) => Some(Ok(it.to_owned())),
                        Err(error) => Some(Err(error)),
                    })
                    .collect(),
                // Damage that keeps the engine from looking further is a fault like others.
                Err(DbError::Sqlite(error)) => Ok(vec![error.to_string()]),
                Err(error) => Err(error),
            },
            Inner::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// Makes the indexes of the file again from its tables; a server needs none of this.
    ///
    /// # Errors
    ///
    /// If a table holds rows that an index forbids.
    pub fn remake_indexes(&mut self) -> Result<(), DbError> {
        match &self.0 {
            Inner::Sqlite(_) => self.batch("reindex;"),
            Inner::Postgres(_) => Ok(()),
        }
    }
}
