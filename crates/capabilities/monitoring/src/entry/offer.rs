//! What another part of the product counts of what a form asks. It is shown beside the field, with
//! its source: the person decides, and nothing is ever entered by itself.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{Failure, Period};

/// Counts for the cells of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The page that explains them.
    pub href: String,
    /// The counts, by the cell as the questionnaire writes it: `PLA_COUT_REAL|ORIGINE_FIN=ANICT`.
    pub cells: BTreeMap<String, i64>,
}

/// Who counts: for a unit and a period; nothing where nothing is known.
pub type Offer = fn(&mut Tx<'_>, &str, Period) -> Result<Option<Offered>, Failure>;

/// Nobody counts.
///
/// # Errors
///
/// Never.
pub fn nothing_offered(_: &mut Tx<'_>, _: &str, _: Period) -> Result<Option<Offered>, Failure> {
    Ok(None)
}
