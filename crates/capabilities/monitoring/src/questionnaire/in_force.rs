//! Which questionnaire holds for a quarter, at this post.

use super::Questionnaire;
use db::Tx;
use kernel::{Failure, Quarter};
use std::sync::Arc;

/// The questionnaire in force for a quarter. All those that one state of the base holds number
/// their elements and cells alike: values read in one are understood by another.
///
/// # Errors
///
/// If the store fails, or if what it holds is no questionnaire.
pub fn in_force(tx: &mut Tx<'_>, quarter: Quarter) -> Result<Arc<Questionnaire>, Failure> {
    let _ = (tx, quarter);
    Questionnaire::shipped().cloned().map_err(|error| Failure::broken(error.clone()))
}

/// The latest questionnaire that this post knows: it holds every element and cell that any quarter
/// has, so that stored values of all quarters are read with it.
///
/// # Errors
///
/// As [`in_force`].
pub fn newest(tx: &mut Tx<'_>) -> Result<Arc<Questionnaire>, Failure> {
    let _ = tx;
    Questionnaire::shipped().cloned().map_err(|error| Failure::broken(error.clone()))
}
