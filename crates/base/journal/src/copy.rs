//! Copies of a whole journal, for backup and restore: the same form whatever the engine.
//!
//! A copy is a sequence of CBOR items: a title, the settings, the rows of the tables that the caller
//! names (those that are in no journal, such as credentials), then each entry in order of arrival
//! with its chain. Restoring checks every signature on the way. Copies of the first form, without
//! such rows, still read.

use std::io::{Read, Write};

use db::{Tx, Value};
use minicbor::{Decode, Encode};

use crate::entry::{Audience, Stream};
use crate::store::{INCARNATION, set, walk};
use crate::{Journal, JournalError, Planted, ReceiveError, Sealed, planted};

const TITLE: &str = "benkadi copy 2";
const FIRST_TITLE: &str = "benkadi copy 1";
/// The longest item that a copy may hold: an imported file of 16 MiB with its frame.
const LONGEST: u32 = 20 * 1024 * 1024;

/// A copy could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The file cannot be read or written.
    #[error("the copy cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// The file is not a copy, is cut off, or was damaged.
    #[error("item {0} of the copy is unreadable: the file is not a copy, or was cut or damaged")]
    Unreadable(u64),
    /// An entry of the copy does not hold.
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<db::DbError> for CopyError {
    fn from(error: db::DbError) -> Self {
        Self::Journal(error.into())
    }
}

#[derive(Encode, Decode)]
enum Item {
    #[n(0)]
    Title(#[n(0)] String),
    #[n(1)]
    Setting(#[n(0)] String, #[n(1)] String),
    #[n(2)]
    Entry(#[n(0)] Box<Copied>),
    #[n(3)]
    End(#[n(0)] u64),
    /// A row of a table that is in no journal.
    #[n(4)]
    Row(#[n(0)] String, #[n(1)] Vec<Field>),
}

/// A column's name and value.
#[derive(Encode, Decode)]
struct Field(#[n(0)] String, #[n(1)] Cell);

#[derive(Encode, Decode)]
enum Cell {
    #[n(0)]
    Null,
    #[n(1)]
    Int(#[n(0)] i64),
    #[n(2)]
    Text(#[n(0)] String),
    #[n(3)]
    Bytes(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(it) => Self::Int(*it),
            Value::Text(it) => Self::Text(it.clone()),
            Value::Bytes(it) => Self::Bytes(it.clone()),
        }
    }
}

impl From<Cell> for Value {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Int(it) => Self::Int(it),
            Cell::Text(it) => Self::Text(it),
            Cell::Bytes(it) => Self::Bytes(it),
        }
    }
}

#[derive(Encode, Decode)]
struct Copied {
    #[cbor(n(0), with = "minicbor::bytes")]
    public_key: [u8; 32],
    #[n(1)]
    incarnation: String,
    #[n(2)]
    audience: String,
    #[n(3)]
    scope: String,
    #[n(4)]
    known_millis: i64,
    #[n(5)]
    sealed: Sealed,
}

impl Journal {
    /// Writes a copy of the journal and the settings; returns how many entries it holds.
    ///
    /// # Errors
    ///
    /// If the store fails or the file cannot be written.
    pub fn copy_to(&self, out: &mut dyn Write) -> Result<u64, CopyError> {
        self.copy_with(out, &[])
    }

    /// As [`Journal::copy_to`], with the rows of these tables, which are in no journal.
    ///
    /// # Errors
    ///
    /// If the store fails or the file cannot be written.
    pub fn copy_with(&self, out: &mut dyn Write, beside: &[&str]) -> Result<u64, CopyError> {
        self.db().read(|tx| {
            put(out, &Item::Title(TITLE.to_owned()))?;
            for row in tx.query("select name, value from setting order by name", &[])? {
                // The mark says how the tables of this base are shaped, not those of the next.
                if row.text("name")? != "fold.mark" {
                    let item =
                        Item::Setting(row.text("name")?.to_owned(), row.text("value")?.to_owned());
                    put(out, &item)?;
                }
            }
            for table in beside {
                for row in tx.query(&format!("select * from {table} order by 1"), &[])? {
                    let fields = row.columns().iter().zip(row.values());
                    let fields = fields.map(|it| Field(it.0.clone(), it.1.into())).collect();
                    put(out, &Item::Row((*table).to_owned(), fields))?;
                }
            }
            let mut count = 0;
            walk(tx, |_, it| {
                count += 1;
                let copied = Copied {
                    public_key: it.stream.public_key,
                    incarnation: it.stream.incarnation,
                    audience: it.stream.audience.word().to_owned(),
                    scope: it.stream.scope,
                    known_millis: it.entry.known_millis,
                    sealed: it.sealed,
                };
                put(out, &Item::Entry(Box::new(copied)))
            })?;
            put(out, &Item::End(count))?;
            out.flush()?;
            Ok(count)
        })
    }

    /// Reads a copy into this journal, which must hold no entry yet; returns how many it took.
    ///
    /// A restored post begins a new incarnation: it never continues a chain that the lost base may
    /// have continued. Its key is that of the copy.
    ///
    /// # Errors
    ///
    /// If the file is not a whole copy or an entry does not hold; nothing is then kept.
    pub fn restore_from(&self, input: &mut dyn Read) -> Result<u64, CopyError> {
        self.restore_with(input, &[])
    }

    /// As [`Journal::restore_from`], and takes the rows of these tables, which must exist.
    ///
    /// # Errors
    ///
    /// As there; also if the copy holds rows of another table.
    pub fn restore_with(&self, input: &mut dyn Read, beside: &[&str]) -> Result<u64, CopyError> {
        self.db().write(|tx| {
            let (present, _) = Self::extent(tx)?;
            if present != 0 {
                return Err(JournalError::Damaged(
                    "this base already holds entries; restore into an empty one".to_owned(),
                )
                .into());
            }
            let mut at = 0;
            let mut count = 0;
            loop {
                let item = take(input, at)?;
                match (at, item) {
                    (0, Item::Title(title)) if [TITLE, FIRST_TITLE].contains(&title.as_str()) => {}
                    (1.., Item::Setting(name, value)) => restore_setting(tx, &name, &value)?,
                    (1.., Item::Entry(it)) => {
                        count += 1;
                        self.restore_entry(tx, *it, at)?;
                    }
                    (1.., Item::Row(table, fields)) if beside.contains(&table.as_str()) => {
                        restore_row(tx, &table, fields, at)?;
                    }
                    (1.., Item::End(said)) if said == count => {
                        // What follows the end is no part of a copy: two files were joined.
                        if input.read(&mut [0])? != 0 {
                            return Err(CopyError::Unreadable(at + 1));
                        }
                        return Ok(count);
                    }
                    _ => return Err(CopyError::Unreadable(at)),
                }
                at += 1;
            }
        })
    }

    fn restore_entry(&self, tx: &mut Tx<'_>, it: Copied, at: u64) -> Result<(), CopyError> {
        let audience: Audience = it.audience.parse().map_err(|()| CopyError::Unreadable(at))?;
        let stream = Stream::new(it.public_key, &it.incarnation, audience, &it.scope);
        self.receive(tx, &stream, it.sealed, it.known_millis)?;
        Ok(())
    }
}

fn restore_setting(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), CopyError> {
    // The incarnation stays that of the new base.
    let other = name == INCARNATION && !planted(Planted::IncarnationKept);
    let left = planted(Planted::SettingsNotRestored) && !name.starts_with("post.");
    if !other && !left {
        set(tx, name, value)?;
    }
    Ok(())
}

fn restore_row(tx: &mut Tx<'_>, table: &str, fields: Vec<Field>, at: u64) -> Result<(), CopyError> {
    // Names of columns become part of a statement: only names pass.
    let named = |it: &str| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
    if fields.is_empty() || !fields.iter().all(|it| named(&it.0)) {
        return Err(CopyError::Unreadable(at));
    }
    let columns: Vec<&str> = fields.iter().map(|it| it.0.as_str()).collect();
    let places: Vec<String> = (1..=fields.len()).map(|it| format!("${it}")).collect();
    let sql =
        format!("insert into {table} ({}) values ({})", columns.join(", "), places.join(", "));
    let values: Vec<Value> = fields.into_iter().map(|it| it.1.into()).collect();
    tx.execute(&sql, &values)?;
    Ok(())
}

fn put(out: &mut dyn Write, item: &Item) -> Result<(), CopyError> {
    let bytes = minicbor::to_vec(item).map_err(std::io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&bytes)?;
    Ok(())
}

fn take(input: &mut dyn Read, at: u64) -> Result<Item, CopyError> {
    let cut = |_| CopyError::Unreadable(at);
    let mut length = [0; 4];
    input.read_exact(&mut length).map_err(cut)?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(CopyError::Unreadable(at));
    }
    let mut bytes = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != u64::from(length) {
        return Err(CopyError::Unreadable(at));
    }
    minicbor::decode(&bytes).map_err(|_| CopyError::Unreadable(at))
}
