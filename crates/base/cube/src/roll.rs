//! Sums by group of units and group of series.

use crate::row::{Cells, Narrow, Row};
use crate::{Cube, Span, Sum};
use std::ops::Range;

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
        let mut totals = Totals::new(hull.len());
        let mut by_kind: Vec<Vec<u32>> = vec![Vec::new(); kinds];
        for it in 0..self.series {
            if let Some(kind) = series.of(it) {
                by_kind[kind].push(it);
            }
        }
        for (at, slot) in slots.iter().enumerate() {
            for (kind, members) in by_kind.iter().enumerate() {
                let sums = &mut out[(at * kinds + kind) * groups..][..groups];
                // First unit by unit, which goes fast, then once by group.
                for members in members.chunks(MOST_ROWS) {
                    totals.clear();
                    for row in members.iter().filter_map(|it| self.row(*it, *slot)) {
                        totals.add(row, &hull);
                    }
                    totals.give(units, span, &hull, sums);
                }
            }
        }
        out
    }
}

/// So many rows of 16 bits add up in 32, and their number in 16.
const MOST_ROWS: usize = 30_000;

/// The totals of the units of a run over some rows of one kind, by the width of the rows: narrow
/// ones, which most are, add up several at a time.
struct Totals {
    short: Vec<i32>,
    word: Vec<i64>,
    long: Vec<i128>,
    counts: Vec<u16>,
    is_long: bool,
}

impl Totals {
    fn new(units: usize) -> Self {
        let (short, word, counts) = (vec![0; units], vec![0; units], vec![0; units]);
        Self { short, word, long: Vec::new(), counts, is_long: false }
    }

    fn clear(&mut self) {
        self.short.fill(0);
        self.word.fill(0);
        self.long.fill(0);
        self.counts.fill(0);
        self.is_long = false;
    }

    fn add(&mut self, row: &Row, run: &Range<u32>) {
        let part = row.clip(run);
        match &row.cells {
            Cells::Short(it) => {
                let all = it[part].iter().zip(&mut self.short).zip(&mut self.counts);
                for ((value, total), count) in all {
                    let here = *value != i16::NONE;
                    *total += if here { i32::from(*value) } else { 0 };
                    *count += u16::from(here);
                }
            }
            Cells::Word(it) => {
                let all = it[part].iter().zip(&mut self.word).zip(&mut self.counts);
                for ((value, total), count) in all {
                    let here = *value != i32::NONE;
                    *total += if here { i64::from(*value) } else { 0 };
                    *count += u16::from(here);
                }
            }
            Cells::Long(it) => {
                self.is_long = true;
                self.long.resize(self.short.len(), 0);
                let all = it[part].iter().zip(&mut self.long).zip(&mut self.counts);
                for ((value, total), count) in all {
                    let here = *value != i64::NONE;
                    *total += if here { i128::from(*value) } else { 0 };
                    *count += u16::from(here);
                }
            }
        }
    }

    /// Adds the totals of the units of a set to those of their groups.
    fn give(&self, groups: &Labelled, span: &Span, hull: &Range<u32>, sums: &mut [Sum]) {
        // Of one run of units, what fits in 32 and 64 bits adds up in 64.
        let mut here = vec![(0_i64, 0_u64); sums.len()];
        for run in span.runs() {
            for unit in run.clone() {
                let Some(group) = groups.of(unit) else { continue };
                let at = (unit - hull.start) as usize;
                let sum = &mut here[group];
                sum.1 += u64::from(self.counts[at]);
                let total = i64::from(self.short[at]) + self.word[at];
                match sum.0.checked_add(total) {
                    Some(it) => sum.0 = it,
                    None => {
                        sums[group].total += i128::from(sum.0);
                        sum.0 = total;
                    }
                }
                if self.is_long {
                    sums[group].total += self.long[at];
                }
            }
        }
        for (sum, (total, count)) in sums.iter_mut().zip(here) {
            sum.add(Sum { total: total.into(), count });
        }
    }
}
