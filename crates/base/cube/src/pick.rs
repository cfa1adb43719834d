//! Rows that are added together, over sets of units.

use crate::row::{Cells, Narrow, Row, each_width};
use crate::{Cube, Span};
use std::ops::Range;

/// Which units count where several rows are added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joining {
    /// Each value that is there.
    #[default]
    Present,
    /// Only units that have a value in every row: a sum without one of them would be too small and
    /// nobody would see it.
    Whole,
}

/// The rows that are added together: each series in each period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// The series.
    pub series: Vec<u32>,
    /// The periods.
    pub slots: Vec<u32>,
    /// Which units count.
    pub joining: Joining,
}

/// A sum, and what it is made of: values with [`Joining::Present`], units with [`Joining::Whole`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The sum, exact.
    pub total: i128,
    /// How many values, or units, it is made of; if none, the sum is no zero but nothing.
    pub count: u64,
}

impl Sum {
    /// The sum, if anything is in it.
    pub fn known(self) -> Option<i128> {
        (0 < self.count).then_some(self.total)
    }

    /// Adds another sum: of another part of the country, or of another machine.
    pub fn add(&mut self, other: Self) {
        self.total += other.total;
        self.count += other.count;
    }
}

/// The smallest and the largest of the totals of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The smallest.
    pub smallest: i128,
    /// The largest.
    pub largest: i128,
    /// How many units.
    pub count: u64,
}

/// The total of each unit of a run.
#[derive(Clone, Debug, Default)]
pub struct UnitTotals {
    start: u32,
    small: Vec<i64>,
    // Only if some row holds values that 32 bits do not.
    large: Vec<i128>,
    counts: Vec<u32>,
    wanted: u32,
}

impl UnitTotals {
    /// The total of a unit; `None` if it has none.
    pub fn get(&self, unit: u32) -> Option<i128> {
        let at = unit.checked_sub(self.start)? as usize;
        let count = *self.counts.get(at)?;
        if count < self.wanted.max(1) {
            return None;
        }
        Some(i128::from(self.small[at]) + self.large.get(at).copied().unwrap_or_default())
    }

    /// How many rows a unit has a value in.
    pub fn count(&self, unit: u32) -> u32 {
        let at = unit.checked_sub(self.start).map(|it| it as usize);
        at.and_then(|it| self.counts.get(it)).copied().unwrap_or_default()
    }

    fn of(rows: &[&Row], run: Range<u32>, wanted: u32) -> Self {
        let len = run.len();
        let mut out = Self {
            start: run.start,
            small: vec![0; len],
            large: Vec::new(),
            counts: vec![0; len],
            wanted,
        };
        if rows.iter().any(|it| matches!(it.cells, Cells::Long(_))) {
            out.large = vec![0; len];
        }
        for row in rows {
            let part = row.clip(&run);
            let counts = &mut out.counts[..part.len()];
            match &row.cells {
                Cells::Short(it) => add(&it[part], &mut out.small, counts),
                Cells::Word(it) => add(&it[part], &mut out.small, counts),
                Cells::Long(it) => add(&it[part], &mut out.large, counts),
            }
        }
        out
    }
}

/// Adds a part of a row to the totals of units.
#[inline]
fn add<T: Narrow, S: From<i64> + std::ops::AddAssign>(
    values: &[T],
    totals: &mut [S],
    counts: &mut [u32],
) {
    for ((value, total), count) in values.iter().zip(totals).zip(counts) {
        let here = *value != T::NONE;
        *total += S::from(if here { value.wide() } else { 0 });
        *count += u32::from(here);
    }
}

/// Marks the units that have a value in a part of a row.
#[inline]
fn see<T: Narrow>(values: &[T], seen: &mut [u8]) {
    for (value, seen) in values.iter().zip(seen) {
        *seen |= u8::from(*value != T::NONE);
    }
}

impl Cube {
    fn picked(&self, pick: &Pick) -> Vec<&Row> {
        let of = |series: u32| pick.slots.iter().filter_map(move |it| self.row(series, *it));
        pick.series.iter().flat_map(|it| of(*it)).collect()
    }

    /// The sum of one row over a set of units.
    pub fn sum_of(&self, series: u32, slot: u32, span: &Span) -> Sum {
        let mut out = Sum::default();
        let Some(row) = self.row(series, slot) else { return out };
        for run in span.runs() {
            let (sum, count) = row.sum(run);
            out.add(Sum { total: sum.into(), count: count.into() });
        }
        out
    }

    /// The sum of rows over a set of units.
    pub fn sum(&self, pick: &Pick, span: &Span) -> Sum {
        let mut out = [Sum::default()];
        self.sums(pick, std::slice::from_ref(span), &mut out);
        out[0]
    }

    /// The sums of several picks, one after the other, each over all the sets of units in order.
    pub fn table(&self, picks: &[Pick], spans: &[Span]) -> Vec<Sum> {
        let mut out = vec![Sum::default(); picks.len() * spans.len()];
        if !spans.is_empty() {
            for (pick, out) in picks.iter().zip(out.chunks_mut(spans.len())) {
                self.sums(pick, spans, out);
            }
        }
        out
    }

    fn sums(&self, pick: &Pick, spans: &[Span], out: &mut [Sum]) {
        let one = pick.series.len() == 1 && pick.slots.len() == 1;
        if one || pick.joining == Joining::Present {
            for series in &pick.series {
                for row in pick.slots.iter().filter_map(|it| self.row(*series, *it)) {
                    for (span, out) in spans.iter().zip(&mut *out) {
                        for run in span.runs() {
                            let (sum, count) = row.sum(run);
                            out.add(Sum { total: sum.into(), count: count.into() });
                        }
                    }
                }
            }
            return;
        }
        let rows = self.picked(pick);
        let wanted = pick.series.len() * pick.slots.len();
        if rows.len() < wanted {
            return;
        }
        let hulls = spans.iter().filter(|it| !it.is_empty()).map(Span::hull);
        let Some(hull) = hulls.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)) else {
            return;
        };
        let totals = UnitTotals::of(&rows, hull, u32::try_from(wanted).unwrap_or(u32::MAX));
        for (span, out) in spans.iter().zip(out) {
            for total in span.units().filter_map(|it| totals.get(it)) {
                out.add(Sum { total, count: 1 });
            }
        }
    }

    /// The sum of the values that rows have, over a set of units, and the number of the **units**
    /// that have any: what [`Cube::unit_totals`] would add up to with [`Joining::Present`], without
    /// the total of each.
    pub fn sum_of_units(&self, series: &[u32], slots: &[u32], span: &Span) -> Sum {
        let rows = || {
            let of = |series: u32| slots.iter().filter_map(move |it| self.row(series, *it));
            series.iter().flat_map(move |it| of(*it))
        };
        let mut out = Sum::default();
        let mut number = 0;
        for row in rows() {
            number += 1;
            for run in span.runs() {
                let (sum, count) = row.sum(run);
                out.add(Sum { total: sum.into(), count: count.into() });
            }
        }
        if number < 2 {
            return out;
        }
        out.count = 0;
        let mut seen = [0_u8; 128];
        for run in span.runs() {
            let mut start = run.start;
            while start < run.end {
                let part = start..run.end.min(start + 128);
                let seen = &mut seen[..part.len()];
                seen.fill(0);
                for row in rows() {
                    let clipped = row.clip(&part);
                    each_width!(&row.cells, it => see(&it[clipped], seen));
                }
                out.count += seen.iter().map(|it| u64::from(*it)).sum::<u64>();
                start = part.end;
            }
        }
        out
    }

    /// The total of each unit between the first and the last of a set.
    pub fn unit_totals(&self, pick: &Pick, span: &Span) -> UnitTotals {
        let wanted = match pick.joining {
            Joining::Present => 1,
            Joining::Whole => pick.series.len() * pick.slots.len(),
        };
        let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
        UnitTotals::of(&self.picked(pick), span.hull(), wanted)
    }

    /// The units of a set that have the largest totals (or the smallest), in that order; of equal
    /// totals, the unit with the lower number comes first. At most `most`.
    pub fn top(&self, pick: &Pick, span: &Span, most: usize, largest: bool) -> Vec<(u32, i128)> {
        let totals = self.unit_totals(pick, span);
        let mut found: Vec<(u32, i128)> =
            span.units().filter_map(|it| Some((it, totals.get(it)?))).collect();
        let order = |a: &(u32, i128), b: &(u32, i128)| {
            let by_total = if largest { b.1.cmp(&a.1) } else { a.1.cmp(&b.1) };
            by_total.then(a.0.cmp(&b.0))
        };
        if most == 0 {
            return Vec::new();
        }
        if most < found.len() {
            found.select_nth_unstable_by(most - 1, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        found
    }

    /// The smallest and the largest total of the units of a set; `None` if none has one.
    pub fn extent(&self, pick: &Pick, span: &Span) -> Option<Extent> {
        let totals = self.unit_totals(pick, span);
        let mut found: Option<Extent> = None;
        for total in span.units().filter_map(|it| totals.get(it)) {
            found = Some(match found {
                None => Extent { smallest: total, largest: total, count: 1 },
                Some(it) => Extent {
                    smallest: it.smallest.min(total),
                    largest: it.largest.max(total),
                    count: it.count + 1,
                },
            });
        }
        found
    }

    /// Calls with each unit of a set that has a value in a row.
    pub fn each(&self, series: u32, slot: u32, span: &Span, mut with: impl FnMut(u32, i64)) {
        let Some(row) = self.row(series, slot) else { return };
        for run in span.runs() {
            let part = row.clip(run);
            each_width!(&row.cells, it => {
                for (unit, value) in (run.start..).zip(&it[part]) {
                    let value = crate::row::wide(*value);
                    if value != crate::MISSING {
                        with(unit, value);
                    }
                }
            });
        }
    }
}
