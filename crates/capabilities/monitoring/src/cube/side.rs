//! The values of one view: what was filed, or what was published.

use super::layout::Layout;
use crate::questionnaire::{Rhythm, earlier};
use ::cube::{Change, Cube, CubeError, Joining, LARGEST, MISSING, Pick, Span};
use kernel::{Decimal, Period, Quarter};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest value that the rows of a cube take: a row of all the units of the world then adds
/// up. A larger one is kept apart, exactly.
const FITS: i64 = LARGEST >> 18;

/// One view.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    pub(crate) cube: Cube,
    /// Values that the rows do not hold exactly, by series, period and unit: too large or with too
    /// many decimals. There are hardly any.
    odd: Arc<BTreeMap<(u32, u32), BTreeMap<u32, Decimal>>>,
    /// By rhythm, then by period, then by unit: the arrival of the return that each value comes
    /// from, or zero.
    arrivals: [Vec<Arc<Vec<i64>>>; 3],
    /// Periods filled in with another edition than theirs, and a quarter of that edition: by
    /// whether it is a year, by slot and by unit. There are hardly any.
    editions: Arc<BTreeMap<(bool, u32, u32), Quarter>>,
}

/// What a view needs beside its rows, in a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Kept {
    odd: Vec<(u32, u32, u32, String)>,
    arrivals: [Vec<Vec<i64>>; 3],
    editions: Vec<(bool, u32, u32, String)>,
}

/// Sums of decimals, and what they are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Added {
    /// `None` if nothing is in it, or if it is beyond what a decimal holds: there is no value
    /// rather than a wrong one.
    pub(crate) total: Option<Decimal>,
    pub(crate) count: u32,
}

impl Added {
    /// Adds another sum over the same units: the count is that of the larger one.
    pub(crate) fn join(&mut self, other: Self) {
        self.total = match (self.count, other.count) {
            (_, 0) => self.total,
            (0, _) => other.total,
            _ => self.total.zip(other.total).and_then(|(a, b)| a.checked_add(b)),
        };
        self.count = self.count.max(other.count);
    }
}

/// The periods, from the first quarter on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Calendar {
    pub(crate) first: Quarter,
}

fn index(quarter: Quarter) -> i64 {
    i64::from(quarter.year()) * 4 + i64::from(quarter.number()) - 1
}

impl Calendar {
    /// The slot of a quarter; `None` before the first.
    pub(crate) fn slot(self, quarter: Quarter) -> Option<u32> {
        u32::try_from(index(quarter) - index(self.first)).ok()
    }

    /// The quarter of a slot.
    pub(crate) fn quarter(self, slot: u32) -> Quarter {
        self.first.plus(i32::try_from(slot).unwrap_or(i32::MAX))
    }

    /// The slot where the values of a period lie: those of a year lie in its fourth quarter, in
    /// which a school year opens.
    pub(crate) fn kept(self, period: Period) -> Option<u32> {
        match period {
            Period::Quarter(quarter) => self.slot(quarter),
            Period::Year(year) => self.slot(Quarter::new(year, 4)?),
        }
    }

    /// The period that a formula reads from a quarter, and its slot.
    pub(crate) fn read(self, rhythm: Rhythm, from: Quarter, periods: u16) -> Option<(Period, u32)> {
        let period = earlier(rhythm.period(from), periods);
        Some((period, self.kept(period)?))
    }
}

/// The changes of one view, until they are applied together.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    rows: Vec<Change>,
    odd: BTreeMap<(u32, u32, u32), Decimal>,
}

impl Changes {
    /// Sets a value, or takes it away.
    pub(crate) fn put(
        &mut self,
        layout: &Layout,
        (series, slot, unit): (u32, u32, u32),
        value: Option<Decimal>,
    ) {
        let row = value.and_then(|it| fixed(it, layout.scale(series)));
        let odd = value.filter(|_| row.is_none());
        self.rows.push(Change { slot, series, unit, value: row.unwrap_or(MISSING) });
        if let Some(odd) = odd {
            self.odd.insert((series, slot, unit), odd);
        } else if !self.odd.is_empty() {
            self.odd.remove(&(series, slot, unit));
        }
    }
}

/// A decimal as a whole number at a scale; `None` if it does not fit exactly.
fn fixed(value: Decimal, scale: u8) -> Option<i64> {
    let value = value.normalize();
    let more = u32::from(scale).checked_sub(value.scale())?;
    let whole = value.mantissa().checked_mul(10_i128.checked_pow(more)?)?;
    i64::try_from(whole).ok().filter(|it| it.unsigned_abs() <= FITS.unsigned_abs())
}

/// A whole number at a scale as a decimal.
pub(crate) fn decimal(value: i128, scale: u8) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(value, scale.into()).ok()
}

impl Side {
    pub(crate) fn new(layout: &Layout) -> Self {
        Self { cube: Cube::new(layout.series()), ..Self::default() }
    }

    /// The value of a unit.
    pub(crate) fn get(
        &self,
        layout: &Layout,
        series: u32,
        slot: u32,
        unit: u32,
    ) -> Option<Decimal> {
        match self.cube.get(series, slot, unit) {
            Some(it) => decimal(it.into(), layout.scale(series)),
            None if self.odd.is_empty() => None,
            None => self.odd.get(&(series, slot))?.get(&unit).copied(),
        }
    }

    /// Whether a unit has a value.
    pub(crate) fn has(&self, series: u32, slot: u32, unit: u32) -> bool {
        self.cube.get(series, slot, unit).is_some()
            || self.odd.get(&(series, slot)).is_some_and(|it| it.contains_key(&unit))
    }

    /// The most decimals that the values of some units have.
    pub(crate) fn finest(&self, layout: &Layout, (series, slot): (u32, u32), span: &Span) -> u32 {
        let scale = layout.scale(series);
        let mut finest = 0;
        if 0 < scale {
            self.cube.each(series, slot, span, |_, value| {
                let value = decimal(value.into(), scale).filter(|_| value != MISSING);
                finest = value.map_or(finest, |it| finest.max(it.normalize().scale()));
            });
        }
        let odd = self.odd.get(&(series, slot)).into_iter().flatten();
        let odd = odd.filter(|it| span.has(*it.0)).map(|it| it.1.normalize().scale());
        odd.fold(finest, u32::max)
    }

    /// The sum of one row over a set of units.
    pub(crate) fn sum(&self, layout: &Layout, series: u32, slot: u32, span: &Span) -> Added {
        let sum = self.cube.sum_of(series, slot, span);
        let mut out = Added {
            total: sum.known().and_then(|it| decimal(it, layout.scale(series))),
            count: u32::try_from(sum.count).unwrap_or(u32::MAX),
        };
        if !self.odd.is_empty() {
            let apart = self.odd.get(&(series, slot)).into_iter().flatten();
            for (_, value) in apart.filter(|it| span.has(*it.0)) {
                out.total = match (out.count, out.total) {
                    (0, _) => Some(*value),
                    (_, total) => total.and_then(|it| it.checked_add(*value)),
                };
                out.count += 1;
            }
        }
        out
    }

    /// The sum of several rows of one scale over a set of units; the count is that of the units
    /// that are in it.
    pub(crate) fn sum_many(&self, layout: &Layout, pick: &Pick, span: &Span) -> Added {
        let scale = pick.series.first().map_or(0, |it| layout.scale(*it));
        let same = pick.series.iter().all(|it| layout.scale(*it) == scale);
        let mut out = Added::default();
        let mut add = |value: Option<Decimal>| {
            out.total = match (out.count, out.total, value) {
                (0, _, value) => value,
                (_, Some(total), Some(value)) => total.checked_add(value),
                _ => None,
            };
            out.count += 1;
        };
        if self.odd.is_empty() && same && pick.joining == Joining::Present {
            let sum = self.cube.sum_of_units(&pick.series, &pick.slots, span);
            return Added {
                total: sum.known().and_then(|it| decimal(it, scale)),
                count: u32::try_from(sum.count).unwrap_or(u32::MAX),
            };
        }
        if self.odd.is_empty() && same {
            let totals = self.cube.unit_totals(pick, span);
            let (mut sum, mut count) = (0_i128, 0_u32);
            for it in span.units().filter_map(|it| totals.get(it)) {
                sum += it;
                count += 1;
            }
            return Added { total: if 0 < count { decimal(sum, scale) } else { None }, count };
        }
        for unit in span.units() {
            let rows =
                || pick.series.iter().flat_map(|it| pick.slots.iter().map(move |at| (*it, *at)));
            let there: Vec<Decimal> =
                rows().filter_map(|it| self.get(layout, it.0, it.1, unit)).collect();
            let enough = match pick.joining {
                Joining::Whole => rows().count() == there.len(),
                Joining::Present => !there.is_empty(),
            };
            if enough {
                add(there.into_iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it)));
            }
        }
        out
    }

    /// Applies changes. Rows that are the same in `twin` are shared with it.
    pub(crate) fn apply(
        &mut self,
        mut changes: Changes,
        twin: Option<&Cube>,
    ) -> Result<(), CubeError> {
        self.cube.apply(&mut changes.rows, twin)?;
        if self.odd.is_empty() && changes.odd.is_empty() {
            return Ok(());
        }
        let odd = Arc::make_mut(&mut self.odd);
        for it in &changes.rows {
            if let Some(units) = odd.get_mut(&(it.series, it.slot)) {
                units.remove(&it.unit);
            }
        }
        for ((series, slot, unit), value) in changes.odd {
            odd.entry((series, slot)).or_default().insert(unit, value);
        }
        odd.retain(|_, it| !it.is_empty());
        Ok(())
    }

    /// The arrival of the return that the values of a unit come from, or zero.
    pub(crate) fn arrival(&self, rhythm: Rhythm, slot: u32, unit: u32) -> i64 {
        let slot = self.arrivals[rhythm as usize].get(slot as usize);
        slot.and_then(|it| it.get(unit as usize)).copied().unwrap_or_default()
    }

    /// Notes where values come from.
    pub(crate) fn note(&mut self, rhythm: Rhythm, slot: u32, unit: u32, arrival: i64) {
        let slots = &mut self.arrivals[rhythm as usize];
        if slots.len() <= slot as usize {
            slots.resize_with(slot as usize + 1, Arc::default);
        }
        let units = Arc::make_mut(&mut slots[slot as usize]);
        if units.len() <= unit as usize {
            units.resize(unit as usize + 1, 0);
        }
        units[unit as usize] = arrival;
    }

    /// A quarter of the edition with which a unit filled a period in, if it was another one.
    pub(crate) fn edition(&self, period: Period, slot: u32, unit: u32) -> Option<Quarter> {
        if self.editions.is_empty() {
            return None;
        }
        let is_year = matches!(period, Period::Year(_));
        self.editions.get(&(is_year, slot, unit)).copied()
    }

    /// Notes with which edition a unit filled a period in.
    pub(crate) fn note_edition(
        &mut self,
        period: Period,
        (slot, unit): (u32, u32),
        edition: Option<Quarter>,
    ) {
        let key = (matches!(period, Period::Year(_)), slot, unit);
        match edition {
            Some(it) => {
                Arc::make_mut(&mut self.editions).insert(key, it);
            }
            None if self.editions.contains_key(&key) => {
                Arc::make_mut(&mut self.editions).remove(&key);
            }
            None => {}
        }
    }

    /// What is to be kept beside the rows.
    pub(crate) fn kept(&self) -> Kept {
        let odd = self.odd.iter().flat_map(|((series, slot), units)| {
            units.iter().map(|(unit, it)| (*series, *slot, *unit, it.to_string()))
        });
        let editions = self.editions.iter();
        Kept {
            odd: odd.collect(),
            arrivals: self
                .arrivals
                .each_ref()
                .map(|it| it.iter().map(|it| it.to_vec()).collect::<Vec<Vec<i64>>>()),
            editions: editions.map(|(key, it)| (key.0, key.1, key.2, it.to_string())).collect(),
        }
    }

    /// The view that was kept so.
    pub(crate) fn of_kept(cube: Cube, kept: Kept) -> Self {
        let mut odd: BTreeMap<(u32, u32), BTreeMap<u32, Decimal>> = BTreeMap::new();
        for (series, slot, unit, value) in kept.odd {
            if let Ok(value) = value.parse() {
                odd.entry((series, slot)).or_default().insert(unit, value);
            }
        }
        let editions = kept.editions.into_iter();
        let edition = |it: (bool, u32, u32, String)| Some(((it.0, it.1, it.2), it.3.parse().ok()?));
        Self {
            cube,
            odd: Arc::new(odd),
            arrivals: kept.arrivals.map(|it| it.into_iter().map(Arc::new).collect()),
            editions: Arc::new(editions.filter_map(edition).collect()),
        }
    }

    /// Whether the rows hold every value.
    pub(crate) fn is_plain(&self) -> bool {
        self.odd.is_empty()
    }
}
