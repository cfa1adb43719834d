//! Sums by group of units and group of series.

use crate::pick::add;
use crate::row::Cells;
use crate::{Cube, Span, Sum};

/// A number for each unit or each series that says to which group it belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labelled {
    labels: Vec<u8>,
    groups: usize,
}

impl Labelled {
    /// The group of no group.
    pub const NONE: u8 = u8::MAX;

    /// The groups of the units or series, in their order; [`Labelled::NONE`] leaves one out.
    pub fn new(labels: Vec<u8>) -> Self {
        let most = labels.iter().filter(|it| **it != Self::NONE).max();
        let groups = most.map_or(0, |it| usize::from(*it) + 1);
        Self { labels, groups }
    }

    /// The number of groups.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// The group of this number.
    pub fn of(&self, number: u32) -> Option<usize> {
        let label = *self.labels.get(number as usize)?;
        (label != Self::NONE).then_some(usize::from(label))
    }
}

impl Cube {
    /// Sums of all values by period, then by group of series, then by group of units, over a set
    /// of units.
    pub fn roll_up(
        &self,
        series: &Labelled,
        units: &Labelled,
        slots: &[u32],
        span: &Span,
    ) -> Vec<Sum> {
        let (kinds, groups) = (series.groups(), units.groups());
        let mut out = vec![Sum::default(); slots.len() * kinds * groups];
        let hull = span.hull();
        let (mut small, mut large) = (vec![0_i64; hull.len()], vec![0_i128; hull.len()]);
        let mut counts = vec![0_u32; hull.len()];
        let by_kind: Vec<Vec<u32>> = (0..kinds)
            .map(|kind| (0..self.series).filter(|it| series.of(*it) == Some(kind)).collect())
            .collect();
        for (at, slot) in slots.iter().enumerate() {
            for (kind, members) in by_kind.iter().enumerate() {
                // First unit by unit, which goes fast, then once by group.
                small.fill(0);
                large.fill(0);
                counts.fill(0);
                for row in members.iter().filter_map(|it| self.row(*it, *slot)) {
                    let part = row.clip(&hull);
                    match &row.cells {
                        Cells::Short(it) => add(&it[part], &mut small, &mut counts),
                        Cells::Word(it) => add(&it[part], &mut small, &mut counts),
                        Cells::Long(it) => add(&it[part], &mut large, &mut counts),
                    }
                }
                let sums = &mut out[(at * kinds + kind) * groups..][..groups];
                for unit in span.units() {
                    let Some(group) = units.of(unit) else { continue };
                    let place = (unit - hull.start) as usize;
                    let total = i128::from(small[place]) + large[place];
                    sums[group].add(Sum { total, count: counts[place].into() });
                }
            }
        }
        out
    }
}
