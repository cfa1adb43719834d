//! Kept questions as a fold of their entries; called by the fold of the slice.

use db::Tx;
use journal::{Entry, FoldError};

use super::{QUERY_KEPT, QueryKept, QueryRetired};

/// The table.
pub(crate) const TABLE: &str = "kept_query";

/// Applies one entry.
///
/// # Errors
///
/// If the payload is not that of its kind, or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    if entry.kind != QUERY_KEPT {
        let it: QueryRetired = entry.read()?;
        tx.execute(include_str!("sql/retire.sql"), &[it.id.into()])?;
        return Ok(());
    }
    let it: QueryKept = entry.read()?;
    // The first who keeps it stays its owner.
    tx.execute(
        include_str!("sql/put.sql"),
        &[
            it.id.into(),
            it.sharing.word().into(),
            it.place.into(),
            entry.person.as_str().into(),
            entry.payload.as_slice().into(),
            entry.arrival.into(),
            entry.known_millis.into(),
        ],
    )?;
    Ok(())
}
