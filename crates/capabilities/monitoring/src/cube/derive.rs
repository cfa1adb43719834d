//! What each unit gives to the indicators of those above it, computed again where a return came.

use super::figures::{Figures, Which};
use super::reader::Reader;
use super::side::Changes;
use crate::questionnaire::{Gathering, Indicator, Level};
use crate::results::{Answer, Contribution};
use kernel::{Decimal, Failure};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many quarters after its own a return can be read: a value of last year, in a sum of four
/// quarters of the year after.
const READ_AFTER: u32 = 8;
/// How many quarters before its own: a yearly value that it corrects.
const READ_BEFORE: u32 = 3;

/// The units and quarters for which something is to be computed again.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    // By view and slot: the units of which everything, or only what the program counts itself.
    all: BTreeMap<(Which, u32), BTreeSet<u32>>,
    counted: BTreeMap<(Which, u32), BTreeSet<u32>>,
}

impl Touched {
    /// Something changed in the return of a unit.
    pub(crate) fn add(&mut self, which: Which, slot: u32, unit: u32) {
        for slot in slot.saturating_sub(READ_BEFORE)..=slot + READ_AFTER {
            self.all.entry((which, slot)).or_default().insert(unit);
        }
    }
}

impl Touched {
    /// Units of one view and one quarter, whatever other quarters read of them.
    pub(crate) fn only(&mut self, key: (Which, u32), units: BTreeSet<u32>) {
        self.all.insert(key, units);
    }
}

impl Figures {
    /// Whether a unit gives anything to the indicator of those above it.
    pub(crate) fn gives(&self, number: usize, (unit, which): (u32, Which), slot: u32) -> bool {
        let lines = self.layout.lines.get(number);
        lines.is_some_and(|it| self.side(which).has(it.over, slot, unit))
    }

    /// Has what the program counts itself computed for all the units of a quarter: those that
    /// filed nothing count too.
    pub(crate) fn fill(&self, slot: u32, touched: &mut Touched) -> Result<(), Failure> {
        let land = self.maps.on(self.calendar.quarter(slot).last_day())?;
        for (place, unit) in land.units.iter().enumerate() {
            touched.counted.entry((Which::Filed, slot)).or_default().insert(*unit);
            if self.open.contains(&(land.units[land.top(place)], slot)) {
                touched.counted.entry((Which::Published, slot)).or_default().insert(*unit);
            }
        }
        Ok(())
    }

    /// Computes again what was touched.
    pub(crate) fn derive(&mut self, touched: Touched) -> Result<(), Failure> {
        let keys: BTreeSet<(Which, u32)> =
            touched.all.keys().chain(touched.counted.keys()).copied().collect();
        let slots = self.slots();
        for key in keys.into_iter().filter(|it| slots.contains(&it.1)) {
            let mut changes = Changes::default();
            let none = BTreeSet::new();
            let all = touched.all.get(&key).unwrap_or(&none);
            let counted = touched.counted.get(&key).unwrap_or(&none);
            self.derive_slot(key, all, counted, &mut changes)?;
            let twin = (key.0 == Which::Published).then(|| self.filed.cube.clone());
            let side = match key.0 {
                Which::Filed => &mut self.filed,
                Which::Published => &mut self.published,
            };
            side.apply(changes, twin.as_ref()).map_err(Failure::broken)?;
        }
        Ok(())
    }

    fn derive_slot(
        &self,
        (which, slot): (Which, u32),
        all: &BTreeSet<u32>,
        counted: &BTreeSet<u32>,
        changes: &mut Changes,
    ) -> Result<(), Failure> {
        let quarter = self.calendar.quarter(slot);
        let land = self.maps.on(quarter.last_day())?;
        let force = Arc::clone(self.force(slot));
        let indicators = self.indicators_of(slot);
        // A larger unit may read its communes.
        let mut units = all.clone();
        for place in all.iter().filter_map(|it| land.place_of(*it)) {
            let above = land.tree.above(place).filter(|it| land.level(*it) == Level::Cercle);
            units.extend(above.map(|it| land.units[it]));
        }
        for unit in units.union(counted) {
            let Some(place) = land.place_of(*unit) else { continue };
            let only_counted = !units.contains(unit);
            let level = land.level(place);
            let reader = Reader {
                figures: self,
                side: self.side(which),
                which,
                questionnaire: &force,
                land,
                place,
                unit: *unit,
                quarter,
                slot,
                portion: None,
            };
            for (number, indicator) in indicators.iter().enumerate() {
                let Some(indicator) = indicator else { continue };
                if indicator.level != level
                    || (only_counted && indicator.gathering != Gathering::Counted)
                {
                    continue;
                }
                let answer = Answer::of(indicator, &reader);
                self.give(number, (slot, *unit), &answer, changes);
            }
        }
        Ok(())
    }

    fn give(
        &self,
        number: usize,
        (slot, unit): (u32, u32),
        answer: &Answer,
        changes: &mut Changes,
    ) {
        let layout = &self.layout;
        let lines = &layout.lines[number];
        let (over, under) = match &answer.contribution {
            None => (None, None),
            Some(Contribution::Components(over, under)) => (Some(*over), Some(*under)),
            // Who answers is counted; what is added is below.
            Some(Contribution::Leaves(_)) => (Some(Decimal::ONE), Some(Decimal::ONE)),
        };
        changes.put(layout, (lines.over, slot, unit), over);
        changes.put(layout, (lines.under, slot, unit), under);
        for (leaf, series) in &lines.leaves {
            let value = match &answer.contribution {
                Some(Contribution::Leaves(leaves)) => leaves.get(leaf).copied(),
                _ => None,
            };
            changes.put(layout, (*series, slot, unit), value);
        }
    }

    /// The indicators as they are defined in a quarter, in the order of the newest questionnaire;
    /// `None` for those that the quarter does not have.
    pub(crate) fn indicators_of(&self, slot: u32) -> Vec<Option<&Indicator>> {
        let newest = self.layout.questionnaire.indicators();
        let force = self.force(slot);
        newest.iter().map(|it| force.indicator(&it.code)).collect()
    }
}
