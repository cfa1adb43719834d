//! The tables of reports as a fold of their entries; called by the fold of the slice.

use db::Tx;
use journal::{Entry, FoldError};

use super::written::{HIGHLIGHTS_WRITTEN, Written};
use super::{issue, recommend};

/// Applies an entry of this part of the slice.
///
/// # Errors
///
/// If the payload is not what its kind promises, or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    match entry.kind.as_str() {
        HIGHLIGHTS_WRITTEN => write(tx, entry),
        recommend::RECOMMENDATION_MADE | recommend::RECOMMENDATION_FOLLOWED => {
            recommend::apply(tx, entry)
        }
        _ => issue::apply(tx, entry),
    }
}

/// Keeps the last version of the texts of a place and a quarter.
fn write(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
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
