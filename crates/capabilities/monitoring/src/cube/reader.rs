//! What a formula reads in one unit for one quarter, from the figures in memory.

use super::figures::{Figures, Which};
use super::land::Land;
use super::portions::{Portion, divides};
use super::side::Side;
use crate::questionnaire::{DataSet, Kind, Leaf, Level, Questionnaire, Rhythm};
use crate::values::UNKNOWN;
use expressions::{At, Count, Source};
use kernel::{Decimal, Quarter};

/// One unit and one quarter.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) figures: &'a Figures,
    pub(crate) side: &'a Side,
    pub(crate) which: Which,
    /// The questionnaire in force for the quarter.
    pub(crate) questionnaire: &'a Questionnaire,
    pub(crate) land: &'a Land,
    pub(crate) place: usize,
    pub(crate) unit: u32,
    pub(crate) quarter: Quarter,
    pub(crate) slot: u32,
    /// The part of the unit whose values are read instead of its own.
    pub(crate) portion: Option<&'a Portion>,
}

impl Reader<'_> {
    fn level(&self) -> Level {
        self.land.level(self.place)
    }

    /// The forms due with the quarter, and those that came in time. Nothing if they may not be
    /// told.
    fn returns(&self) -> Option<(usize, Decimal)> {
        let level = self.level();
        if !matches!(level, Level::Commune | Level::Cercle) {
            return None;
        }
        let layout = &self.figures.layout;
        let public = || self.side.has(layout.public, self.slot, self.unit);
        if self.which == Which::Published && !public() {
            return None;
        }
        let sets = self.questionnaire.data_sets().iter();
        let is_due =
            |it: &&DataSet| it.in_force && it.level == level && it.rhythm == Rhythm::Quarterly;
        let due = sets.filter(is_due).count();
        let filed = &self.figures.filed;
        let on_time = filed.get(layout, layout.on_time, self.slot, self.unit);
        Some((due, on_time.unwrap_or_default()))
    }

    /// The mandatory cells due with the quarter: filled, and all.
    fn mandatory(&self) -> (u32, u32) {
        let level = self.level();
        let (mut filled, mut all) = (0, 0);
        for (number, element) in (0..).zip(self.questionnaire.elements()) {
            let is_due = element.in_force && element.mandatory && element.level == level;
            if !is_due || element.rhythm != Rhythm::Quarterly {
                continue;
            }
            let series = self.figures.layout.cells(number);
            for series in element.asked_cells().filter_map(|it| series.get(usize::from(it))) {
                all += 1;
                filled += u32::from(self.side.has(*series, self.slot, self.unit));
            }
        }
        (filled, all)
    }
}

impl Source for Reader<'_> {
    type Leaf = Leaf;

    fn quarter(&self) -> Quarter {
        self.quarter
    }

    fn value(&self, leaf: &Leaf, at: At) -> Option<Decimal> {
        // `[*]` is a rule's, never an indicator's.
        let Leaf::Cells(cells) = leaf else { return None };
        let element = self.questionnaire.element(cells.element);
        if matches!(element.kind, Kind::Choice(_)) {
            return None;
        }
        let from = self.quarter.plus(-i32::from(at.quarters));
        let (period, slot) = self.figures.calendar.read(element.rhythm, from, at.periods)?;
        let layout = &self.figures.layout;
        let series = layout.cells(cells.element);
        let edition = self.side.edition(period, slot, self.unit);
        if self.portion.is_some() && !divides(element.over_territory) {
            return None;
        }
        let mut sum = None;
        for cell in cells.at(period, edition) {
            let series = *series.get(usize::from(cell))?;
            let value = match self.portion {
                None => self.side.get(layout, series, slot, self.unit)?,
                Some(it) => it.of(self.side, layout, (series, slot))?,
            };
            sum = Some(sum.unwrap_or(Decimal::ZERO).checked_add(value)?);
        }
        sum
    }

    fn parameter(&self, name: &str) -> Option<Decimal> {
        self.questionnaire.parameters().get(name).map(|it| it.value)
    }

    fn count(&self, count: Count) -> Option<Decimal> {
        match count {
            Count::Communes => Some(u32::from(self.level() == Level::Commune).into()),
            Count::ReturnsOnTime => self.returns().map(|it| it.1),
            Count::ReturnsExpected => self.returns().map(|it| it.0.into()),
            Count::CellsFilled => Some(self.mandatory().0.into()),
            Count::CellsExpected => Some(self.mandatory().1.into()),
        }
    }

    fn communes(&self, visit: &mut dyn FnMut(&Self)) {
        // Nobody knows which communes went with a part: they are read under the whole unit.
        if self.portion.is_some() {
            return;
        }
        for place in self.land.tree.at_level(self.place, Level::Commune) {
            visit(&Self { place, unit: self.land.units[place], ..*self });
        }
    }
}

/// The number that a stored value counts for; an option counts for itself, so that a filled cell
/// is seen to be filled.
pub(crate) fn counted(is_choice: bool, stored: &str) -> Option<Decimal> {
    if stored == UNKNOWN {
        None
    } else if is_choice {
        Some(Decimal::ONE)
    } else {
        stored.parse().ok()
    }
}
