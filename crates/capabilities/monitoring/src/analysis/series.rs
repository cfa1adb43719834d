//! The same figure over the quarters.

use db::Tx;
use identity::Actor;
use kernel::{Date, Decimal, Failure, Quarter};

use super::{Moment, Sight};

/// What a visitor may see of a place, quarter by quarter, oldest first. A quarter that may not be
/// seen has no figure: the line breaks there.
#[derive(Clone, Debug)]
pub struct Series(Vec<(Quarter, Option<Sight>)>);

/// The last `count` quarters up to `last`.
///
/// # Errors
///
/// If the store fails.
pub fn series(
    tx: &mut Tx<'_>,
    actor: &Actor,
    root: &str,
    place: &str,
    last: Quarter,
    count: i32,
) -> Result<Series, Failure> {
    series_under(tx, actor, root, place, (last, None), count)
}

/// As [`series`], all under the map of one day; `None` for each quarter under its own.
///
/// # Errors
///
/// If the store fails.
pub fn series_under(
    tx: &mut Tx<'_>,
    actor: &Actor,
    root: &str,
    place: &str,
    (last, map): (Quarter, Option<Date>),
    count: i32,
) -> Result<Series, Failure> {
    let mut quarters = Vec::new();
    for back in (0..count).rev() {
        let quarter = last.plus(-back);
        let moment = Moment::from((quarter, map));
        let moment = if back == 0 { moment } else { moment.as_reminder() };
        let seen = Sight::open(tx, actor, root, place, moment)?;
        quarters.push((quarter, seen.ok()));
    }
    Ok(Series(quarters))
}

impl Series {
    /// What could be seen in a quarter.
    pub fn at(&self, quarter: Quarter) -> Option<&Sight> {
        self.0.iter().find(|it| it.0 == quarter)?.1.as_ref()
    }

    /// The values of an indicator in a unit, from the first quarter that has one.
    pub fn points(&self, indicator: usize, unit: &str) -> Vec<(Quarter, Option<Decimal>)> {
        let points = self.0.iter().map(|(quarter, sight)| {
            (*quarter, sight.as_ref().and_then(|it| it.value(indicator, unit)))
        });
        points.skip_while(|it| it.1.is_none()).collect()
    }

    /// The quarters, oldest first.
    pub fn quarters(&self) -> impl Iterator<Item = Quarter> {
        self.0.iter().map(|it| it.0)
    }
}
