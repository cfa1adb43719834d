//! The embedded engine.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};

use crate::{DbError, Inner, Row, Tx, Value};

/// How long a reader or writer waits for another program that holds the file.
const PATIENCE: Duration = Duration::from_secs(10);
/// Readers kept open between pages. More than this are opened and closed again.
const KEPT_READERS: usize = 4;

pub(crate) struct Sqlite {
    file: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    pub(crate) fn open(file: &Path) -> Result<Self, DbError> {
        let writer = Connection::open(file)?;
        prepare(&writer)?;
        // FULL: a commit that was acknowledged survives a power cut.
        // secure_delete: what is erased is overwritten, not left in free pages.
        writer.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;",
        )?;
        Ok(Self {
            file: file.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
        })
    }

    pub(crate) fn read<T, E: From<DbError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = self.readers.lock().map_err(poisoned)?.pop();
        let connection = match kept {
            Some(it) => it,
            None => self.reader()?,
        };
        run(&connection, "begin deferred").map_err(E::from)?;
        let result = work(&mut Tx(Inner::Sqlite(&connection)));
        run(&connection, "rollback").map_err(E::from)?;
        let mut readers = self.readers.lock().map_err(poisoned)?;
        if readers.len() < KEPT_READERS {
            readers.push(connection);
        }
        result
    }

    pub(crate) fn write<T, E: From<DbError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic inside `work` leaves the transaction open; it is rolled back here, so the next
        // writer may go on.
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if !connection.is_autocommit() {
            run(&connection, "rollback").map_err(E::from)?;
        }
        run(&connection, "begin immediate").map_err(E::from)?;
        match work(&mut Tx(Inner::Sqlite(&connection))) {
            Ok(it) => {
                if let Err(error) = run(&connection, "commit") {
                    let _ = run(&connection, "rollback");
                    return Err(error.into());
                }
                Ok(it)
            }
            Err(stop) => {
                run(&connection, "rollback").map_err(E::from)?;
                Err(stop)
            }
        }
    }

    fn reader(&self) -> Result<Connection, DbError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        prepare(&connection)?;
        connection.execute_batch("pragma query_only = on;")?;
        Ok(connection)
    }
}

fn prepare(connection: &Connection) -> Result<(), DbError> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(())
}

fn run(connection: &Connection, sql: &str) -> Result<(), DbError> {
    connection.execute_batch(sql).map_err(DbError::from)
}

fn poisoned<T>(_: PoisonError<T>) -> DbError {
    DbError::Poisoned
}

pub(crate) fn query(
    connection: &Connection,
    sql: &str,
    parameters: &[Value],
) -> Result<Vec<Row>, DbError> {
    let mut statement = connection.prepare_cached(&numbered(sql))?;
    let columns: Arc<[String]> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns.len())
            .map(|at| read(row.get_ref(at)?))
            .collect::<Result<Vec<_>, DbError>>()?;
        out.push(Row { columns: Arc::clone(&columns), values });
    }
    Ok(out)
}

pub(crate) fn execute(
    connection: &Connection,
    sql: &str,
    parameters: &[Value],
) -> Result<u64, DbError> {
    let mut statement = connection.prepare_cached(&numbered(sql))?;
    let touched = statement.execute(rusqlite::params_from_iter(parameters))?;
    Ok(touched as u64)
}

pub(crate) fn batch(connection: &Connection, sql: &str) -> Result<(), DbError> {
    // SQLite reads `bytea` as a number-like affinity; its own name for bytes is `blob`.
    run(connection, &sql.replace(" bytea", " blob"))
}

fn read(value: ValueRef<'_>) -> Result<Value, DbError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(it) => Value::Int(it),
        ValueRef::Text(it) => Value::Text(String::from_utf8_lossy(it).into_owned()),
        ValueRef::Blob(it) => Value::Bytes(it.to_vec()),
        ValueRef::Real(_) => return Err(DbError::Dialect("real".to_owned())),
    })
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(it) => ValueRef::Integer(*it),
            Value::Text(it) => ValueRef::Text(it.as_bytes()),
            Value::Bytes(it) => ValueRef::Blob(it),
        }))
    }
}

/// `$2` becomes `?2`: SQLite numbers `$`-parameters by order of appearance, not by their number.
/// Texts between apostrophes are left alone, and comments are left out.
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut letters = sql.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '-' if !quoted && letters.peek() == Some(&'-') => {
                letters.by_ref().find(|it| *it == '\n');
                out.push('\n');
            }
            '$' if !quoted => out.push('?'),
            _ => {
                quoted ^= letter == '\'';
                out.push(letter);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn parameters_are_numbered_outside_texts_and_comments() {
        for (sql, expected) in [
            ("select $2, $1", "select ?2, ?1"),
            ("select '$1', $1", "select '$1', ?1"),
            ("select 'it''s $1', $1", "select 'it''s $1', ?1"),
            ("-- the post's own $1\nselect $1", "\nselect ?1"),
            ("select '--', $1 -- it's\n, $2", "select '--', ?1 \n, ?2"),
        ] {
            assert_eq!(super::numbered(sql), expected, "{sql}");
        }
    }
}
