//! What was sent and received, for people.

use db::Tx;
use journal::Journal;
use kernel::Failure;

use crate::send::{Unsent, unsent_for};
use crate::{Known, Posts, Territory};

/// A package that this post made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The receiver's short name.
    pub to: String,
    /// Its number.
    pub number: i64,
    /// When, in milliseconds since 1970.
    pub made_millis: i64,
    /// Entries in it.
    pub entries: i64,
    /// The size of its file, in bytes.
    pub bytes: i64,
    /// Who made it.
    pub person: String,
    /// When the receiver took it or a later one in, by the receiver's clock; `None` until its
    /// receipt comes back.
    pub accepted_millis: Option<i64>,
}

/// A package that this post took in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// The sender's short name.
    pub from: String,
    /// Its number.
    pub number: i64,
    /// When, in milliseconds since 1970.
    pub accepted_millis: i64,
    /// Entries that were new.
    pub entries: i64,
    /// Who took it in.
    pub person: String,
}

/// The latest packages made here, newest first.
///
/// # Errors
///
/// If the store fails.
pub fn sendings(journal: &Journal, tx: &mut Tx<'_>, count: i64) -> Result<Vec<Sending>, Failure> {
    let sql = include_str!("../sql/made.sql");
    let rows = tx.query(sql, &[journal.post_id().into(), count.into()])?;
    rows.iter()
        .map(|row| {
            Ok(Sending {
                to: row.text("to_post")?.to_owned(),
                number: row.int("number")?,
                made_millis: row.int("made_millis")?,
                entries: row.int("entries")?,
                bytes: row.int("bytes")?,
                person: row.text("person")?.to_owned(),
                accepted_millis: row.opt_int("accepted_millis")?,
            })
        })
        .collect()
}

/// The latest packages taken in here, newest first.
///
/// # Errors
///
/// If the store fails.
pub fn receptions(
    journal: &Journal,
    tx: &mut Tx<'_>,
    count: i64,
) -> Result<Vec<Reception>, Failure> {
    let sql = include_str!("../sql/taken.sql");
    let rows = tx.query(sql, &[journal.post_id().into(), count.into()])?;
    rows.iter()
        .map(|row| {
            Ok(Reception {
                from: row.text("from_post")?.to_owned(),
                number: row.int("number")?,
                accepted_millis: row.int("accepted_millis")?,
                entries: row.int("entries")?,
                person: row.text("person")?.to_owned(),
            })
        })
        .collect()
}

/// The posts with which this one exchanges, and what waits for each.
///
/// # Errors
///
/// If the store fails.
pub fn waiting(
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    posts: &Posts,
) -> Result<Vec<(Known, Unsent)>, Failure> {
    posts
        .peers()
        .into_iter()
        .map(|(_, it)| Ok((it.clone(), unsent_for(tx, territory, posts, &it.card)?)))
        .collect()
}
