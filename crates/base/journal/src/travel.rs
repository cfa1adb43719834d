//! What a post needs to know of its own journal before it sends a part of it.

use db::Tx;

use crate::pack::unpack;
use crate::store::number;
use crate::{Journal, JournalError, Sealed};

/// What stands in a chain after a point, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The kind of entry.
    pub kind: String,
    /// How many entries.
    pub entries: u64,
    /// How many records they concern.
    pub subjects: u64,
}

impl Journal {
    /// At most `count` entries of a chain after its `after`-th, as they travel, each with its
    /// place in the order in which this post learned it: entries sent in that order never come
    /// before what their author knew.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn travelling_after(
        tx: &mut Tx<'_>,
        stream_id: &str,
        after: u64,
        count: u64,
    ) -> Result<Vec<(i64, Sealed)>, JournalError> {
        let sql = include_str!("../sql/travelling_after.sql");
        let rows = tx.query(sql, &[stream_id.into(), number(after), number(count)])?;
        rows.iter()
            .map(|row| {
                let sealed = Sealed {
                    header: row.bytes("header")?.to_vec(),
                    signature: row.bytes("signature")?.to_vec(),
                    salt: row.bytes("salt").ok().map(<[u8]>::to_vec),
                    payload: row.bytes("payload").ok().map(|it| unpack(it).into_owned()),
                };
                Ok((row.int("arrival")?, sealed))
            })
            .collect()
    }

    /// How many entries, and of how many records, a chain holds after its `after`-th, by kind.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn tally_after(
        tx: &mut Tx<'_>,
        stream_id: &str,
        after: u64,
    ) -> Result<Vec<Tally>, JournalError> {
        let sql = include_str!("../sql/tally_after.sql");
        let rows = tx.query(sql, &[stream_id.into(), number(after)])?;
        let positive = |it: i64| u64::try_from(it).unwrap_or_default();
        rows.iter()
            .map(|row| {
                Ok(Tally {
                    kind: row.text("kind")?.to_owned(),
                    entries: positive(row.int("entries")?),
                    subjects: positive(row.int("subjects")?),
                })
            })
            .collect()
    }
}
