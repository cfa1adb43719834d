//! Values that come, change or go.

use crate::row::Row;
use crate::{Cube, CubeError};
use std::sync::Arc;

/// The value of one unit in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The period.
    pub slot: u32,
    /// The series.
    pub series: u32,
    /// The unit.
    pub unit: u32,
    /// Its value; [`crate::MISSING`] takes it away.
    pub value: i64,
}

impl Cube {
    /// Sets values: of two changes of one value, the later one holds. Each row that changes is
    /// written once; where `twin` has the same row, both cubes share it. The changes are left in
    /// another order.
    ///
    /// # Errors
    ///
    /// The first row that does not exist or cannot be added. The cube is then good for nothing but
    /// to be dropped: keep the clone from before.
    pub fn apply(&mut self, changes: &mut [Change], twin: Option<&Self>) -> Result<(), CubeError> {
        // Stable, so that of two changes of one value the later one stays behind the earlier.
        changes.sort_by_key(|it| (it.slot, it.series));
        let mut values = Vec::new();
        for group in changes.chunk_by(|a, b| (a.slot, a.series) == (b.slot, b.series)) {
            let (slot, series) = (group[0].slot, group[0].series);
            let at = self.check(slot, series)?;
            let row = self.slots[slot as usize].get(at).and_then(Option::as_ref);
            let value = |unit: u32| row.map_or(crate::MISSING, |it| it.get(unit as usize));
            if group.iter().all(|it| value(it.unit) == it.value) {
                continue;
            }
            values.clear();
            if let Some(row) = row {
                row.write_to(&mut values);
            }
            for change in group {
                let unit = change.unit as usize;
                if values.len() <= unit {
                    values.resize(unit + 1, crate::MISSING);
                }
                values[unit] = change.value;
                self.units = self.units.max(unit + 1);
            }
            let row = Row::of(&values).map_err(|()| CubeError::TooLarge { series, slot })?;
            let same = twin.and_then(|it| it.slots.get(slot as usize)?.get(at)?.as_ref());
            let row = match (row, same) {
                (Some(row), Some(same)) if row == **same => Some(Arc::clone(same)),
                (row, _) => row.map(Arc::new),
            };
            let rows = Arc::make_mut(&mut self.slots[slot as usize]);
            rows.resize(self.series as usize, None);
            rows[at] = row;
        }
        Ok(())
    }

    fn check(&self, slot: u32, series: u32) -> Result<usize, CubeError> {
        let known = (slot as usize) < self.slots.len() && series < self.series;
        if known { Ok(series as usize) } else { Err(CubeError::Nowhere { series, slot }) }
    }
}
