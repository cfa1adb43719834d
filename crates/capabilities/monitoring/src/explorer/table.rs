//! The answer as a table: one axis across, the others down. Pages, documents and files share it.

use kernel::Decimal;

use super::answer::{Answer, Cell};
use super::asked::Axis;

/// Where a figure stands: place, measure, part, period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) place: usize,
    pub(crate) measure: usize,
    pub(crate) part: usize,
    pub(crate) period: usize,
}

impl Spot {
    fn at(mut self, axis: Axis, item: usize) -> Self {
        *self.on(axis) = item;
        self
    }

    fn on(&mut self, axis: Axis) -> &mut usize {
        match axis {
            Axis::Places => &mut self.place,
            Axis::Measures => &mut self.measure,
            Axis::Splits => &mut self.part,
            Axis::Periods => &mut self.period,
        }
    }

    /// The item of an axis.
    pub(crate) fn item(mut self, axis: Axis) -> usize {
        *self.on(axis)
    }
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Where it stands; its item on the axis across means nothing.
    pub(crate) spot: Spot,
    /// It begins a new group of the first axis, whose name stands over it.
    pub(crate) begins: bool,
    /// It is the row of the whole.
    pub(crate) whole: bool,
    /// One a column.
    pub(crate) cells: Vec<(Spot, Cell)>,
    /// The sum of the columns; `None` where a sum has no sense, or where one is missing.
    pub(crate) sum: Option<Decimal>,
    /// A sum has a sense here, whether it is known or not.
    pub(crate) adds: bool,
}

/// The answer as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pivot {
    /// The axis across.
    pub(crate) across: Axis,
    /// The axis whose names stand over groups of rows.
    pub(crate) group: Option<Axis>,
    /// The axes of the heads of rows, at least one.
    pub(crate) down: Vec<Axis>,
    pub(crate) columns: usize,
    pub(crate) rows: Vec<Row>,
    /// A last column holds the sum of the periods: only flows have one, never a rate.
    pub(crate) sums: bool,
}

impl Pivot {
    pub(crate) fn of(answer: &Answer) -> Self {
        let across = answer.across();
        let order = [Axis::Measures, Axis::Places, Axis::Splits, Axis::Periods];
        let mut down: Vec<Axis> =
            order.into_iter().filter(|it| *it != across && 1 < answer.count(*it)).collect();
        let group = (1 < down.len() && down[0] == Axis::Measures).then(|| down.remove(0));
        if down.is_empty() {
            down.push(if across == Axis::Places { Axis::Measures } else { Axis::Places });
        }
        let columns = answer.count(across);
        // Nothing is asked: there is nothing to lay out.
        if answer.measures.is_empty() {
            return Self { across, group, down, columns, rows: Vec::new(), sums: false };
        }
        let adds = |spot: Spot| {
            across == Axis::Periods
                && 1 < columns
                && answer.measures[spot.measure].adds_over_time(&answer.questionnaire)
                && answer.periods.iter().all(|it| matches!(it, kernel::Period::Quarter(_)))
        };
        let mut rows = Vec::new();
        for spot in spots(answer, group.into_iter().chain(down.iter().copied())) {
            let cells: Vec<(Spot, Cell)> = (0..columns)
                .map(|it| spot.at(across, it))
                .map(|it| (it, answer.cell(it.place, it.measure, it.part, it.period)))
                .collect();
            // A part that no figure here has is no row.
            if spot.part != 0 && cells.iter().all(|it| it.1 == Cell::NotCollected) {
                continue;
            }
            let indicator = &answer.indicators[spot.measure];
            let sum = || {
                cells
                    .iter()
                    .try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.1.value(indicator)?))
            };
            let adds = adds(spot);
            rows.push(Row {
                spot,
                begins: false,
                whole: across != Axis::Places && answer.places[spot.place].whole,
                sum: if adds { sum() } else { None },
                adds,
                cells,
            });
        }
        if let Some(axis) = group {
            let mut last = None;
            for row in &mut rows {
                let item = row.spot.item(axis);
                row.begins = last != Some(item);
                last = Some(item);
            }
        }
        let sums = rows.iter().any(|it| it.adds);
        Self { across, group, down, columns, rows, sums }
    }
}

/// All the crossings of some axes, the last turning fastest.
fn spots(answer: &Answer, axes: impl Iterator<Item = Axis>) -> Vec<Spot> {
    let mut out = vec![Spot::default()];
    for axis in axes {
        out = out
            .iter()
            .flat_map(|spot| (0..answer.count(axis)).map(|it| spot.at(axis, it)))
            .collect();
    }
    out
}
