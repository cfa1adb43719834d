//! Ours and theirs, side by side.

use super::mapping::target;
use super::store::{Decided, Source};
use crate::questionnaire::{Cells, OverTime, Questionnaire};
use crate::store::Ground;
use crate::values::{UnitValues, Values};
use kernel::{Decimal, Period, Quarter};
use std::collections::{BTreeMap, BTreeSet};

/// How two figures stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Too far apart.
    Differs,
    /// They have a figure, we have none: absent is not zero.
    OnlyTheirs,
    /// We have a figure, they have none.
    OnlyOurs,
    /// Within the tolerance.
    Agrees,
}

impl Standing {
    /// The word of addresses and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Differs => "ecart",
            Self::OnlyTheirs => "absent-ici",
            Self::OnlyOurs => "absent-la-bas",
            Self::Agrees => "accord",
        }
    }
}

/// A figure of ours and one of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// Our data, as a mapping names it.
    pub target: String,
    /// Our figure.
    pub ours: Option<Decimal>,
    /// Units below that have a figure, of all those below, where ours is a sum of units.
    pub answered: Option<(usize, usize)>,
    /// Their figure, in our unit of measure.
    pub theirs: Option<Decimal>,
    /// How they stand.
    pub standing: Standing,
    /// What was decided, if it was about these two figures.
    pub decided: Option<Decided>,
}

impl Gap {
    /// Theirs less ours.
    pub fn difference(&self) -> Option<Decimal> {
        self.theirs?.checked_sub(self.ours?)
    }

    /// The difference in hundredths of ours; `None` where ours is zero.
    pub fn percent(&self) -> Option<Decimal> {
        let ours = self.ours.filter(|it| !it.is_zero())?;
        let share =
            self.difference()?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(ours.abs())?;
        Some(share.round_dp_with_strategy(1, kernel_rounding()))
    }
}

fn kernel_rounding() -> rust_decimal::RoundingStrategy {
    rust_decimal::RoundingStrategy::MidpointAwayFromZero
}

/// Compares a source with our values over a ground, in the order of places, data and periods.
/// Places where the source has one figure of a data are expected to have all that it covers.
pub fn compare(
    questionnaire: &Questionnaire,
    ground: &Ground,
    values: &Values,
    source: &Source,
    decisions: &[Decided],
) -> Vec<Gap> {
    let mut theirs: BTreeMap<(String, String, Period), Decimal> = BTreeMap::new();
    let mut covered: BTreeSet<(String, Period)> = BTreeSet::new();
    for it in &source.values {
        let (Ok(period), Ok(value)) = (it.period.parse::<Period>(), it.value.parse()) else {
            continue;
        };
        covered.insert((it.target.clone(), period));
        theirs.insert((it.unit.clone(), it.target.clone(), period), value);
    }
    let mut gaps = Vec::new();
    for unit in ground.tree.units().iter().filter(|it| it.level == source.mapping.level()) {
        for (wanted, period) in &covered {
            let Some(found) = target(questionnaire, wanted) else { continue };
            let (ours, answered) =
                ours(questionnaire, ground, values, &unit.code, &found.cells, *period);
            let theirs = theirs.get(&(unit.code.clone(), wanted.clone(), *period)).copied();
            let standing = match (ours, theirs) {
                (None, None) => continue,
                (None, Some(_)) => Standing::OnlyTheirs,
                (Some(_), None) => Standing::OnlyOurs,
                (Some(ours), Some(theirs)) if source.mapping.tolerance.holds(ours, theirs) => {
                    Standing::Agrees
                }
                _ => Standing::Differs,
            };
            let plain = |it: Option<Decimal>| it.map(|it| it.normalize().to_string());
            let about = |it: &&Decided| {
                it.unit == unit.code
                    && it.period == period.to_string()
                    && it.target == *wanted
                    && it.ours == plain(ours).unwrap_or_default()
                    && it.theirs == plain(theirs).unwrap_or_default()
            };
            let decided = decisions.iter().rev().find(about).cloned();
            gaps.push(Gap {
                unit: unit.code.clone(),
                period: *period,
                target: wanted.clone(),
                ours,
                answered,
                theirs,
                standing,
                decided,
            });
        }
    }
    gaps
}

/// Our figure of a unit for a period: of the unit itself, or the sum of those below it that
/// collect the data. A sum that lacks one of them is no figure; how many answered is told.
fn ours(
    questionnaire: &Questionnaire,
    ground: &Ground,
    values: &Values,
    unit: &str,
    cells: &Cells,
    period: Period,
) -> (Option<Decimal>, Option<(usize, usize)>) {
    let element = questionnaire.element(cells.element);
    let Some(place) = ground.tree.place(unit) else { return (None, None) };
    let of =
        |code: &str| values.of(code).and_then(|it| over_time(questionnaire, it, cells, period));
    if ground.tree.units()[place].level == element.level {
        return (of(unit), None);
    }
    let below: Vec<Option<Decimal>> = ground
        .tree
        .under(place)
        .filter(|it| ground.tree.units()[*it].level == element.level)
        .map(|it| of(&ground.tree.units()[it].code))
        .collect();
    let answered = below.iter().flatten().count();
    let sum = below.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add((*it)?));
    (sum.filter(|_| 0 < answered), Some((answered, below.len())))
}

/// The figure of a year made of its quarters, or of the period itself.
fn over_time(
    questionnaire: &Questionnaire,
    values: &UnitValues,
    cells: &Cells,
    period: Period,
) -> Option<Decimal> {
    let element = questionnaire.element(cells.element);
    let year = match period {
        Period::Year(year) if !element.rhythm.fits(period) => year,
        _ => return values.total(period, cells),
    };
    let quarter = |number| Some(Period::Quarter(Quarter::new(year, number)?));
    match element.over_time {
        OverTime::Last => values.total(quarter(4)?, cells),
        OverTime::Sum => (1..=4).try_fold(Decimal::ZERO, |sum, number| {
            sum.checked_add(values.total(quarter(number)?, cells)?)
        }),
    }
}

/// The quarters whose values these periods read.
pub(super) fn span(periods: impl Iterator<Item = Period>) -> Option<(Quarter, Quarter)> {
    let mut span: Option<(Quarter, Quarter)> = None;
    for it in periods {
        let (from, to) = match it {
            Period::Quarter(it) => (it, it),
            // A school year ends in the third quarter of the next.
            Period::Year(year) => (Quarter::new(year, 1)?, Quarter::new(year, 4)?.plus(3)),
        };
        span = Some(span.map_or((from, to), |it| (it.0.min(from), it.1.max(to))));
    }
    span
}
