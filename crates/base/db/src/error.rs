//! What can go wrong below a query.

/// A failure of the store. Its words are for the operator's log, never for a page.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The embedded engine.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The server.
    #[error("PostgreSQL: {0}")]
    Postgres(#[from] postgres::Error),
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
