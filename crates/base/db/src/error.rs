//! What can go wrong below a query.

/// A failure of the store. Its words are for the operator's log, never for a page.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The embedded engine.
    #[error("SQLite: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// The server.
    #[error("PostgreSQL: {0}")]
    Postgres(#[source] postgres::Error),
    /// Nothing more fits on the disk.
    #[error("the disk is full")]
    Full,
    /// The base may be read only: its file or folder refuses writing.
    #[error("the base is read-only: its file or its folder refuses writing")]
    ReadOnly,
    /// The server sorts texts by a language's rules; the product counts on the order of their bytes.
    #[error("the database sorts texts by {0}: create it with lc_collate 'C' and template0")]
    Collation(String),
    /// A row lacks the column that the code reads, or it holds another type.
    #[error("column {column:?}: expected {expected}, found {found}")]
    Column {
        /// The name asked for.
        column: String,
        /// What the code reads.
        expected: &'static str,
        /// What the row holds.
        found: String,
    },
    /// A result uses a type outside the shared dialect.
    #[error(
        "the type {0} is outside the shared dialect (text, bigint, bytea): cast it in the statement"
    )]
    Dialect(String),
    /// What a row holds is not what its type promises (a date, an identifier).
    #[error("unreadable value in the store: {0}")]
    Unreadable(String),
    /// A thread died while it held the base.
    #[error("the base was left in use by a thread that stopped")]
    Poisoned,
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::ReadOnly) => Self::ReadOnly,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<postgres::Error> for DbError {
    fn from(error: postgres::Error) -> Self {
        match error.code() {
            Some(it) if *it == postgres::error::SqlState::DISK_FULL => Self::Full,
            _ => Self::Postgres(error),
        }
    }
}

impl From<DbError> for kernel::Failure {
    fn from(error: DbError) -> Self {
        Self::broken(error)
    }
}

impl<R> From<DbError> for kernel::Stop<R> {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}
