//! The texts of reports as a fold of their entries; called by the fold of the slice.

use db::Tx;
use journal::{Entry, FoldError};

use super::written::Written;

/// The table.
pub(crate) const TABLE: &str = "report_text";

/// Keeps the last version of the texts of a place and a quarter.
///
/// # Errors
///
/// If the payload is not a [`Written`], or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let written: Written = entry.read()?;
    tx.execute(
        include_str!("sql/put.sql"),
        &[
            written.place.as_str().into(),
            written.quarter.as_str().into(),
            entry.payload.as_slice().into(),
            entry.person.as_str().into(),
            entry.office.as_str().into(),
            entry.arrival.into(),
            entry.known_millis.into(),
        ],
    )?;
    Ok(())
}
