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
    /// What readers open: the file, or its address when it cannot be written.
    file: PathBuf,
    flags: OpenFlags,
    read_only: bool,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// Only asked whether anything moved: it never writes and keeps no transaction open.
    watch: Mutex<Option<Connection>>,
}

impl Sqlite {
    pub(crate) fn open(file: &Path) -> Result<Self, DbError> {
        create(file);
        let writer = Connection::open(file)?;
        prepare(&writer)?;
        // FULL: a commit that was acknowledged survives a power cut.
        // secure_delete: what is erased is overwritten, not left in free pages.
        writer.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;",
        )?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(Self {
            file: file.to_owned(),
            flags,
            read_only: false,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            watch: Mutex::new(None),
        })
    }

    /// A base in memory: gone with its last connection, which is the writer.
    #[cfg(feature = "testing")]
    pub(crate) fn in_memory(name: &str) -> Result<Self, DbError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let file = PathBuf::from(format!("file:{name}?mode=memory&cache=shared"));
        let writer = Connection::open_with_flags(&file, flags)?;
        prepare(&writer)?;
        Ok(Self {
            file,
            flags,
            read_only: false,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            watch: Mutex::new(None),
        })
    }

    /// The write-ahead log wants a file beside the base even to read it. Where none can be made,
    /// the base is opened as one that nobody changes: right as long as no log is left.
    pub(crate) fn open_to_read(file: &Path) -> Result<Self, DbError> {
        let no_mutex = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let ways = [
            (file.to_owned(), no_mutex | OpenFlags::SQLITE_OPEN_READ_WRITE),
            (file.to_owned(), no_mutex | OpenFlags::SQLITE_OPEN_READ_ONLY),
            (
                PathBuf::from(unchanging(file)),
                no_mutex | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
            ),
        ];
        let mut log = file.as_os_str().to_owned();
        log.push("-wal");
        let log_left = std::fs::metadata(log).is_ok_and(|it| 0 < it.len());
        let mut first = None;
        for (number, (place, flags)) in ways.into_iter().enumerate() {
            if number == 2 && log_left {
                return Err(DbError::ReadOnly);
            }
            match probe(&place, flags) {
                Ok(writer) => {
                    let read_only = writer.is_readonly("main")?;
                    return Ok(Self {
                        file: place,
                        flags,
                        read_only,
                        writer: Mutex::new(writer),
                        readers: Mutex::new(Vec::new()),
                        watch: Mutex::new(None),
                    });
                }
                Err(error) => first = first.or(Some(error)),
            }
        }
        Err(first.unwrap_or(DbError::ReadOnly))
    }

    pub(crate) fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// How often other connections, of this program or of any other, have changed the base since
    /// this one was opened. It looks at the index of the log in memory, never at the disk, and
    /// gives up rather than wait.
    pub(crate) fn moves(&self) -> Option<i64> {
        let mut watch = self.watch.lock().ok()?;
        if watch.is_none() {
            let connection = self.reader().ok()?;
            connection.busy_timeout(Duration::ZERO).ok()?;
            *watch = Some(connection);
        }
        let mut statement = watch.as_ref()?.prepare_cached("pragma data_version").ok()?;
        statement.query_row([], |row| row.get(0)).ok()
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
        if !give_up(&connection) {
            // A connection that cannot end its transaction is not kept for the next page.
            return result;
        }
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
        give_up(&connection);
        run(&connection, "begin immediate").map_err(E::from)?;
        match work(&mut Tx(Inner::Sqlite(&connection))) {
            Ok(it) => {
                if let Err(error) = run(&connection, "commit") {
                    give_up(&connection);
                    return Err(error.into());
                }
                Ok(it)
            }
            Err(stop) => {
                give_up(&connection);
                Err(stop)
            }
        }
    }

    fn reader(&self) -> Result<Connection, DbError> {
        let connection = Connection::open_with_flags(&self.file, self.flags)?;
        prepare(&connection)?;
        connection.execute_batch("pragma query_only = on;")?;
        Ok(connection)
    }
}

/// A new base is its owner's alone; the log and its index take after it.
fn create(file: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // If this fails, the engine says better than the system what is wrong.
    let _ = options.open(file);
}

fn probe(place: &Path, flags: OpenFlags) -> Result<Connection, DbError> {
    let connection = Connection::open_with_flags(place, flags)?;
    prepare(&connection)?;
    connection.query_row("select count(*) from sqlite_master", [], |_| Ok(()))?;
    Ok(connection)
}

/// The address of a file that nobody changes.
fn unchanging(file: &Path) -> String {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let path = path.to_string_lossy().replace('\\', "/");
    let mut out = String::from("file:");
    if !path.starts_with('/') {
        out.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b':' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out.push_str("?immutable=1");
    out
}

/// Ends what is open, if the engine has not done so itself (it does when the disk is full). The
/// first error is the one to tell, so this one is dropped; says whether nothing is open.
fn give_up(connection: &Connection) -> bool {
    connection.is_autocommit() || run(connection, "rollback").is_ok()
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
        if let Value::Text(it) = self
            && it.contains('\0')
        {
            return Ok(crate::value::without_nul(it).into_owned().into());
        }
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
