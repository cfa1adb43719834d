//! Whole maps at once, for what computes over countries.

use db::{DbError, Tx};
use kernel::Date;

use crate::Place;
use crate::fold::day;
use crate::read::place;

/// Every unit of every country on a day, with the code of the unit above, by code.
///
/// # Errors
///
/// If the store fails.
pub fn whole_map(tx: &mut Tx<'_>, on: Date) -> Result<Vec<(Place, Option<String>)>, DbError> {
    tx.query(include_str!("../sql/whole.sql"), &[on.to_string().into()])?
        .iter()
        .map(|row| Ok((place(row)?, row.opt_text("parent")?.map(str::to_owned))))
        .collect()
}

/// The days on which some unit began, changed or ended, oldest first: between two of them, the map
/// is the same on every day. The map before the first of them is the oldest known.
///
/// # Errors
///
/// If the store fails.
pub fn turning_days(tx: &mut Tx<'_>) -> Result<Vec<Date>, DbError> {
    let rows = tx.query(include_str!("../sql/turning_days.sql"), &[])?;
    let days: Vec<Option<Date>> =
        rows.iter().map(|row| day(row.text("day")?)).collect::<Result<_, _>>()?;
    Ok(days.into_iter().flatten().collect())
}
