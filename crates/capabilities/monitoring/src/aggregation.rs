//! From communes to the nation: the tree of units, what a formula reads in one of them, and the
//! value of a larger unit.

mod source;
mod tree;

pub use source::UnitSource;
pub use tree::{Tree, TreeError, Unit};

use crate::questionnaire::{Cells, OverTerritory, OverTime, Questionnaire, Rhythm};
use crate::values::Values;
use kernel::{Decimal, Period, Quarter};
use std::collections::BTreeMap;

/// The returns of a unit for one quarter, which the circuit counts and no cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Returns {
    /// The forms expected.
    pub expected: u32,
    /// The forms that came within the deadline.
    pub on_time: u32,
}

/// All that is known for a computation: it is the caller's, and nothing is kept.
#[derive(Clone, Copy, Debug)]
pub struct Data<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// The units, at the date of the quarter.
    pub tree: &'a Tree,
    /// The values.
    pub values: &'a Values,
    /// The returns of the quarter by the code of the unit; empty if they are not counted.
    pub returns: &'a BTreeMap<String, Returns>,
}

/// The value of a unit, and who answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aggregate {
    /// The value; `None` if nobody answered.
    pub value: Option<Decimal>,
    /// The units that answered.
    pub respondents: u32,
    /// The units that were to answer.
    pub expected: u32,
}

impl<'a> Data<'a> {
    /// What formulas read in this unit for this quarter.
    pub fn source(&self, unit: usize, quarter: Quarter) -> UnitSource<'a> {
        UnitSource::new(*self, unit, quarter)
    }

    /// The value of cells of one element for any unit of the tree and for a period: the unit's own
    /// value where it is collected, the sum (or what the element's territory rule says) of those
    /// below it elsewhere. Units that have not answered are left out and show in the count.
    ///
    /// A year of an element that is collected each quarter is the sum of its quarters for a flow,
    /// the last quarter for a stock.
    pub fn aggregate(&self, unit: usize, cells: &Cells, period: Period) -> Aggregate {
        let element = self.questionnaire.element(cells.element);
        let mut found = Aggregate::default();
        let mut sum = Some(Decimal::ZERO);
        for below in self.tree.at_level(unit, element.level) {
            found.expected += 1;
            if let Some(value) = self.over_time(below, cells, period) {
                found.respondents += 1;
                sum = sum.and_then(|it| it.checked_add(value));
            }
        }
        let own = self.tree.units()[unit].level == element.level;
        found.value = match (found.respondents, element.over_territory) {
            (0, _) | (_, OverTerritory::Nothing) => None,
            (_, OverTerritory::Mean) if !own => {
                sum.and_then(|it| it.checked_div(found.respondents.into()))
            }
            _ => sum,
        };
        found
    }

    fn over_time(&self, unit: usize, cells: &Cells, period: Period) -> Option<Decimal> {
        let values = self.values.of(&self.tree.units()[unit].code)?;
        let element = self.questionnaire.element(cells.element);
        let total = |quarter| values.total(element.rhythm.period(quarter), cells);
        match period {
            Period::Quarter(quarter) => total(quarter),
            Period::Year(_) if element.rhythm != Rhythm::Quarterly => values.total(period, cells),
            Period::Year(year) => {
                let last = Quarter::new(year, 4)?;
                match element.over_time {
                    OverTime::Last => total(last),
                    OverTime::Sum => (0..4).try_fold(Decimal::ZERO, |sum, back| {
                        sum.checked_add(total(last.plus(-back))?)
                    }),
                }
            }
        }
    }
}
