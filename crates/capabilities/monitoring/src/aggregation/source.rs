//! What a formula reads in one unit for one quarter.

use super::Data;
use crate::questionnaire::{Cells, Leaf, Level, earlier};
use crate::values::UnitValues;
use expressions::{At, Count, Source};
use kernel::{Decimal, Quarter};

/// The values of one unit, read from one quarter: its own values, never those of the units below,
/// unless the formula asks for the sum of its communes.
#[derive(Clone, Debug)]
pub struct UnitSource<'a> {
    data: Data<'a>,
    unit: usize,
    quarter: Quarter,
    values: Option<&'a UnitValues>,
    every: Option<Cells>,
}

impl<'a> UnitSource<'a> {
    pub(super) fn new(data: Data<'a>, unit: usize, quarter: Quarter) -> Self {
        let values = data.tree.units().get(unit).and_then(|it| data.values.of(&it.code));
        Self { data, unit, quarter, values, every: None }
    }

    /// The same unit, with this element standing for `[*]`.
    #[must_use]
    pub fn with_every(self, element: u16) -> Self {
        let every = Cells::all(element, self.data.questionnaire.element(element));
        Self { every: Some(every), ..self }
    }

    fn total(&self, cells: &Cells, at: At) -> Option<Decimal> {
        let rhythm = self.data.questionnaire.element(cells.element).rhythm;
        let from = rhythm.period(self.quarter.plus(-i32::from(at.quarters)));
        self.values?.total(earlier(from, at.periods), cells)
    }
}

impl Source for UnitSource<'_> {
    type Leaf = Leaf;

    fn quarter(&self) -> Quarter {
        self.quarter
    }

    fn value(&self, leaf: &Leaf, at: At) -> Option<Decimal> {
        match leaf {
            Leaf::Cells(cells) => self.total(cells, at),
            Leaf::Every => self.total(self.every.as_ref()?, at),
        }
    }

    fn parameter(&self, name: &str) -> Option<Decimal> {
        self.data.questionnaire.parameters().get(name).map(|it| it.value)
    }

    fn count(&self, count: Count) -> Option<Decimal> {
        let unit = self.data.tree.units().get(self.unit)?;
        let returns = || self.data.returns.get(&unit.code);
        let mandatory = || {
            let empty = UnitValues::default();
            let values = self.values.unwrap_or(&empty);
            values.mandatory(self.data.questionnaire, unit.level, self.quarter)
        };
        let count = match count {
            Count::Communes => u32::from(unit.level == Level::Commune),
            Count::ReturnsOnTime => returns()?.on_time,
            Count::ReturnsExpected => returns()?.expected,
            Count::CellsFilled => mandatory().filled,
            Count::CellsExpected => mandatory().cells,
        };
        Some(count.into())
    }

    fn communes(&self, visit: &mut dyn FnMut(&Self)) {
        for place in self.data.tree.at_level(self.unit, Level::Commune) {
            let mut commune = Self::new(self.data, place, self.quarter);
            commune.every.clone_from(&self.every);
            visit(&commune);
        }
    }
}
