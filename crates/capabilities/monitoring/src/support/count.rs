//! What the log holds of a quarter, by area: offered beside the cells of the form that count it.

use super::read::requests;
use crate::store::Ground;
use db::Tx;
use kernel::{Failure, Quarter};
use std::collections::BTreeMap;

/// The element that counts requests received, and the one that counts support given.
pub(crate) const RECEIVED: &str = "CCC_DEM";
pub(crate) const DELIVERED: &str = "CCC_APP";
/// The list of areas.
pub(crate) const DIMENSION: &str = "TYPE_APPUI";

/// What the log of a centre holds of a quarter, by area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests received.
    pub received: BTreeMap<String, u32>,
    /// Support given, with a report.
    pub delivered: BTreeMap<String, u32>,
    /// Whether the log holds anything up to the end of the quarter: without it nothing is known,
    /// and nothing is not zero.
    pub is_kept: bool,
}

impl Counts {
    /// The count for an element and an area; `None` if it is not counted by the log, or if nothing
    /// is known.
    pub fn of(&self, element: &str, domain: &str) -> Option<u32> {
        let counts = match element {
            RECEIVED => &self.received,
            DELIVERED => &self.delivered,
            _ => return None,
        };
        self.is_kept.then(|| counts.get(domain).copied().unwrap_or_default())
    }
}

/// Counts the requests of the communes whose quarters a place closes. A request counts in the quarter
/// in which it was received, support in the one in which it ended.
///
/// # Errors
///
/// If the store fails.
pub fn counts(
    tx: &mut Tx<'_>,
    ground: &Ground,
    place: &str,
    quarter: Quarter,
) -> Result<Counts, Failure> {
    let mut found = Counts::default();
    let communes: Vec<String> =
        ground.closes(place).into_iter().filter(|it| *it != place).map(str::to_owned).collect();
    for commune in communes {
        for it in requests(tx, &commune)? {
            let received = Quarter::of(it.asked.asked_on);
            found.is_kept |= received <= quarter;
            if received == quarter {
                *found.received.entry(it.asked.domain.clone()).or_default() += 1;
            }
            let given = it.closed().filter(|it| it.done);
            if given.is_some_and(|it| Quarter::of(it.closed_on) == quarter) {
                *found.delivered.entry(it.asked.domain.clone()).or_default() += 1;
            }
        }
    }
    Ok(found)
}
