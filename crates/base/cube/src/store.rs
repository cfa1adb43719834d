//! The rows of a cube.

use crate::MISSING;
use crate::row::Row;
use std::sync::Arc;

/// The rows of one period, by series; a period or a row without any value takes no room.
pub(crate) type Slot = Arc<Vec<Option<Arc<Row>>>>;

/// Values by series, period and unit, all numbered from zero. Cloning it shares all its rows.
#[derive(Clone, Debug, Default)]
pub struct Cube {
    pub(crate) series: u32,
    pub(crate) units: usize,
    pub(crate) slots: Vec<Slot>,
}

impl Cube {
    /// An empty cube for so many series. Periods are added with [`Cube::lengthen`], units by the
    /// values that they give.
    pub fn new(series: u32) -> Self {
        Self { series, units: 0, slots: Vec::new() }
    }

    /// Makes room for so many periods; never fewer than there are.
    pub fn lengthen(&mut self, slots: usize) {
        while self.slots.len() < slots {
            self.slots.push(Arc::default());
        }
    }

    /// The number of series.
    pub fn series(&self) -> u32 {
        self.series
    }

    /// The number of periods.
    pub fn slots(&self) -> usize {
        self.slots.len()
    }

    /// One more than the highest unit that has ever given a value.
    pub fn units(&self) -> usize {
        self.units
    }

    /// A value; `None` if it is missing.
    pub fn get(&self, series: u32, slot: u32, unit: u32) -> Option<i64> {
        let value = self.row(series, slot)?.get(unit as usize);
        (value != MISSING).then_some(value)
    }

    /// Lets series `b` share the row of series `a` in a period, if they are the same.
    pub fn join(&mut self, slot: u32, a: u32, b: u32) {
        let Some(rows) = self.slots.get_mut(slot as usize) else { return };
        let (Some(Some(first)), Some(Some(second))) = (rows.get(a as usize), rows.get(b as usize))
        else {
            return;
        };
        if !Arc::ptr_eq(first, second) && first == second {
            let shared = Arc::clone(first);
            Arc::make_mut(rows)[b as usize] = Some(shared);
        }
    }

    /// How many values it holds.
    pub fn values(&self) -> u64 {
        let all = 0..u32::try_from(self.units).unwrap_or(u32::MAX);
        self.rows().map(|it| u64::from(it.sum(&all).1)).sum()
    }

    /// How many bytes its rows take, a row that is shared counted once for each place.
    pub fn bytes(&self) -> usize {
        self.slots.iter().map(|it| it.len() * 8).sum::<usize>()
            + self.rows().map(|it| it.bytes()).sum::<usize>()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &Arc<Row>> {
        self.slots.iter().flat_map(|it| it.iter().flatten())
    }

    pub(crate) fn row(&self, series: u32, slot: u32) -> Option<&Row> {
        self.slots.get(slot as usize)?.get(series as usize)?.as_deref()
    }
}
