//! Where the journal stands, cheaply asked, for what is computed from it and kept in memory.

use db::Tx;

use crate::{Hash, Journal, JournalError};

/// The state of a journal: its last entry, sealed with all that came before. Two journals with the
/// same head hold the same entries, learned in the same order at the same times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    /// The number of the last entry in the order of arrival; zero if there is none.
    pub arrival: i64,
    /// Its seal; zeros if there is none.
    pub seal: Hash,
}

impl Journal {
    /// Where the journal stands: one statement.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn head(tx: &mut Tx<'_>) -> Result<Head, JournalError> {
        let rows = tx.query(include_str!("../sql/last_arrival.sql"), &[])?;
        let Some(row) = rows.first() else { return Ok(Head::default()) };
        let seal = row.bytes("seal")?.try_into().map_err(|_| unreadable())?;
        Ok(Head { arrival: row.int("arrival")?, seal })
    }

    /// Whether the journal has stood there: what was made then holds, and only what came since is
    /// to be added.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn has_stood_at(tx: &mut Tx<'_>, head: Head) -> Result<bool, JournalError> {
        if head == Head::default() {
            return Ok(true);
        }
        let rows = tx.query(include_str!("../sql/seal_of_arrival.sql"), &[head.arrival.into()])?;
        let Some(row) = rows.first() else { return Ok(false) };
        Ok(row.bytes("seal")? == head.seal)
    }

    /// The kinds of the entries learned after one, each once.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn kinds_after(tx: &mut Tx<'_>, arrival: i64) -> Result<Vec<String>, JournalError> {
        let rows = tx.query(include_str!("../sql/kinds_after.sql"), &[arrival.into()])?;
        Ok(rows.iter().map(|it| it.text("kind").map(str::to_owned)).collect::<Result<_, _>>()?)
    }
}

fn unreadable() -> JournalError {
    JournalError::Damaged("the seal of an entry is unreadable".to_owned())
}
