//! One thin, synchronous seam over two engines: SQLite, embedded, and PostgreSQL, at the centre.
//!
//! The same SQL text runs on both. Keep to the shared dialect: types `text`, `bigint` and `bytea`;
//! parameters `$1`, `$2`…; `cast(sum(x) as bigint)`; dates, decimals and JSON are computed in Rust.

mod bulk;
mod embedded;
mod error;
mod server;
mod shape;
#[cfg(feature = "testing")]
pub mod testing;
mod value;

pub use error::DbError;
pub use shape::{Piece, expected_shape};
pub use value::{Row, Value};

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A base, shared by all threads: one writer at a time, readers beside it on a snapshot.
#[derive(Clone)]
pub struct Database(Arc<Engine>, u64);

/// Bases that this process has opened.
static OPENED: AtomicU64 = AtomicU64::new(0);

/// One state of one open base: what was read after it was asked for holds as long as the base
/// answers the same. Another base, or this one opened again, never has the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation {
    base: u64,
    moves: i64,
}

impl Generation {
    /// Whether both are of one base.
    pub fn is_same_base(self, other: Self) -> bool {
        self.base == other.base
    }
}

enum Engine {
    Sqlite(Box<embedded::Sqlite>),
    Postgres(Box<server::Postgres>),
}

impl Database {
    /// Opens, or creates, the embedded base in this file: write-ahead log, and each commit on the
    /// disk before it is acknowledged. A new file is for its owner only, where the system knows
    /// owners.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened or is not a base.
    pub fn open(file: &Path) -> Result<Self, DbError> {
        Ok(Self::of(Engine::Sqlite(Box::new(embedded::Sqlite::open(file)?))))
    }

    /// Opens the embedded base in this file to look at it: also from a medium or folder that
    /// refuses writing. Never creates a file.
    ///
    /// # Errors
    ///
    /// [`DbError::ReadOnly`] if the folder refuses writing and the last writer was cut off, so that
    /// part of the base lies in its log; otherwise if the file cannot be opened or is not a base.
    pub fn open_to_read(file: &Path) -> Result<Self, DbError> {
        Ok(Self::of(Engine::Sqlite(Box::new(embedded::Sqlite::open_to_read(file)?))))
    }

    /// Whether nothing can be written here.
    pub fn is_read_only(&self) -> bool {
        match &*self.0 {
            Engine::Sqlite(it) => it.is_read_only(),
            Engine::Postgres(_) => false,
        }
    }

    /// Connects to a PostgreSQL server by its address (`postgresql://user@host/base`).
    ///
    /// # Errors
    ///
    /// If the server does not answer or refuses, or [`DbError::Collation`].
    pub fn connect(address: &str) -> Result<Self, DbError> {
        Ok(Self::of(Engine::Postgres(Box::new(server::Postgres::connect(address)?))))
    }

    fn of(engine: Engine) -> Self {
        Self(Arc::new(engine), OPENED.fetch_add(1, Ordering::Relaxed))
    }

    /// The state of the base now, which is another one as soon as anything was committed, by
    /// whichever program. Far cheaper than a statement; `None` where that cannot be told so: on a
    /// server, or while the file is held.
    ///
    /// Ask for it **before** the transaction whose findings are to be kept: what is committed
    /// between the two then only makes them look older than they are.
    pub fn generation(&self) -> Option<Generation> {
        match &*self.0 {
            Engine::Sqlite(it) => Some(Generation { base: self.1, moves: it.moves()? }),
            Engine::Postgres(_) => None,
        }
    }

    /// The engine's name, for the person who looks after the post.
    pub fn engine(&self) -> &'static str {
        match &*self.0 {
            Engine::Sqlite(_) => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
        }
    }

    /// Runs `work` on a snapshot; it can change nothing.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns, or the engine's own failure.
    pub fn read<T, E: From<DbError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match &*self.0 {
            Engine::Sqlite(it) => it.read(work),
            Engine::Postgres(it) => it.read(work),
        }
    }

    /// Runs `work` as the only writer, in one transaction: all of it is on the disk when this
    /// returns `Ok`, and none of it when it returns `Err` or the machine stops.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns, or the engine's own failure.
    pub fn write<T, E: From<DbError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match &*self.0 {
            Engine::Sqlite(it) => it.write(work),
            Engine::Postgres(it) => it.write(work),
        }
    }
}

/// An open transaction.
pub struct Tx<'a>(pub(crate) Inner<'a>);

pub(crate) enum Inner<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(server::Transaction<'a>),
}

impl Tx<'_> {
    /// The rows that a statement gives.
    ///
    /// # Errors
    ///
    /// If the engine refuses the statement.
    pub fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DbError> {
        match &mut self.0 {
            Inner::Sqlite(it) => embedded::query(it, sql, parameters),
            Inner::Postgres(it) => it.query(sql, parameters),
        }
    }

    /// Runs a statement and returns how many rows it touched.
    ///
    /// # Errors
    ///
    /// If the engine refuses the statement.
    pub fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DbError> {
        match &mut self.0 {
            Inner::Sqlite(it) => embedded::execute(it, sql, parameters),
            Inner::Postgres(it) => it.execute(sql, parameters),
        }
    }

    /// Runs several statements without parameters, as a migration has them.
    ///
    /// # Errors
    ///
    /// If the engine refuses one of them.
    pub fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        match &mut self.0 {
            Inner::Sqlite(it) => embedded::batch(it, sql),
            Inner::Postgres(it) => it.batch(sql),
        }
    }
}
