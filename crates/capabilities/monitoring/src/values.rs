//! Values of cells, in memory: what a formula reads and what a form shows.

pub mod example;
mod file;
mod read;

pub use file::{Entry, read_file};
pub use read::{Refused, read};

use crate::questionnaire::{CellId, Cells, Element, Level, Questionnaire, Rhythm, Tier};
use kernel::{Decimal, Period, Quarter};
use std::collections::BTreeMap;
use std::fmt;

/// What a person has answered. No answer is no value at all: **absent is neither zero nor « ne sait
/// pas »**.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number; 1 or 0 for yes or no.
    Number(Decimal),
    /// The code of an option.
    Choice(String),
    /// « Ne sait pas »: the question was asked and nobody could answer. Read as absent by formulas.
    Unknown,
}

/// How « ne sait pas » is written in files and on the paper form.
pub const UNKNOWN: &str = "NSP";

impl Value {
    /// The number that formulas read.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Choice(_) | Self::Unknown => None,
        }
    }
}

/// As files and the journal write it; [`read()`] reads it back.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.normalize().fmt(f),
            Self::Choice(code) => f.write_str(code),
            Self::Unknown => f.write_str(UNKNOWN),
        }
    }
}

/// The values of all units, by the code of the unit.
#[derive(Clone, Debug, Default)]
pub struct Values {
    units: BTreeMap<String, UnitValues>,
}

/// The values of one unit.
#[derive(Clone, Debug, Default)]
pub struct UnitValues {
    // By period, then by cell: the cells of an element follow each other.
    periods: BTreeMap<Period, BTreeMap<CellId, Value>>,
    // Periods whose return was filled in with another edition than theirs, and a quarter of that
    // edition.
    read_as: BTreeMap<Period, Quarter>,
}

impl Values {
    /// Keeps a value; gives back the one that it replaces.
    pub fn set(&mut self, unit: &str, period: Period, cell: CellId, value: Value) -> Option<Value> {
        if !self.units.contains_key(unit) {
            self.units.insert(unit.to_owned(), UnitValues::default());
        }
        let unit = self.units.get_mut(unit)?;
        unit.periods.entry(period).or_default().insert(cell, value)
    }

    /// Says that a unit filled a period in with the edition that is in force in another quarter.
    pub fn read_as(&mut self, unit: &str, period: Period, edition_of: Quarter) {
        let unit = self.units.entry(unit.to_owned()).or_default();
        unit.read_as.insert(period, edition_of);
    }

    /// Empties a cell; gives back what it held.
    pub fn clear(&mut self, unit: &str, period: Period, cell: CellId) -> Option<Value> {
        self.units.get_mut(unit)?.periods.get_mut(&period)?.remove(&cell)
    }

    /// The value of a cell.
    pub fn get(&self, unit: &str, period: Period, cell: CellId) -> Option<&Value> {
        self.of(unit)?.get(period, cell)
    }

    /// The values of a unit.
    pub fn of(&self, unit: &str) -> Option<&UnitValues> {
        self.units.get(unit)
    }

    /// Gives a unit the values that another one has.
    #[cfg(test)]
    pub(crate) fn copy(&mut self, model: &str, from: &Self, unit: &str) {
        if let Some(values) = from.of(model) {
            self.units.insert(unit.to_owned(), values.clone());
        }
    }

    /// The codes of the units that hold values.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.units.keys().map(String::as_str)
    }
}

/// How far a form is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Cells with a value.
    pub filled: u32,
    /// Cells answered « ne sait pas ».
    pub unknown: u32,
    /// Cells.
    pub cells: u32,
}

impl UnitValues {
    /// The value of a cell.
    pub fn get(&self, period: Period, cell: CellId) -> Option<&Value> {
        self.periods.get(&period)?.get(&cell)
    }

    /// All the values, by period, in the order of the questionnaire.
    pub fn all(&self) -> impl Iterator<Item = (Period, CellId, &Value)> {
        self.periods.iter().flat_map(|(period, cells)| {
            cells.iter().map(move |(cell, value)| (*period, *cell, value))
        })
    }

    /// The values of a period, in the order of the questionnaire.
    pub fn period(&self, period: Period) -> impl Iterator<Item = (CellId, &Value)> {
        self.periods.get(&period).into_iter().flatten().map(|(cell, value)| (*cell, value))
    }

    /// The sum of cells of an element; `None` as soon as one of them is empty or unknown, since a
    /// sum without it would be too small and nobody would see it.
    pub fn total(&self, period: Period, cells: &Cells) -> Option<Decimal> {
        let values = self.periods.get(&period)?;
        let mut sum = None;
        for cell in cells.at(period, self.read_as.get(&period).copied()) {
            let id = CellId { element: cells.element, cell };
            let before = sum.unwrap_or(Decimal::ZERO);
            sum = Some(before.checked_add(values.get(&id)?.number()?)?);
        }
        sum
    }

    /// How far the form of a data set is filled in for a quarter: « 118/120 ».
    pub fn completeness(
        &self,
        questionnaire: &Questionnaire,
        data_set: u16,
        tier: Tier,
        quarter: Quarter,
    ) -> Completeness {
        let Some(set) = questionnaire.data_sets().get(usize::from(data_set)) else {
            return Completeness::default();
        };
        let elements = set.elements.iter().map(|it| (*it, questionnaire.element(*it)));
        self.counted(elements.filter(|(_, it)| it.tier <= tier), quarter)
    }

    /// How far the mandatory cells of the forms due each quarter are filled in. Yearly forms have
    /// their own day and are not due with the quarter.
    pub fn mandatory(
        &self,
        questionnaire: &Questionnaire,
        level: Level,
        quarter: Quarter,
    ) -> Completeness {
        let due = |it: &Element| {
            it.in_force && it.mandatory && it.level == level && it.rhythm == Rhythm::Quarterly
        };
        let elements = (0..).zip(questionnaire.elements());
        self.counted(elements.filter(|(_, it)| due(it)), quarter)
    }

    fn counted<'a>(
        &self,
        elements: impl Iterator<Item = (u16, &'a Element)>,
        quarter: Quarter,
    ) -> Completeness {
        let mut count = Completeness::default();
        for (number, element) in elements {
            let values = self.periods.get(&element.rhythm.period(quarter));
            for cell in element.asked_cells() {
                count.cells += 1;
                match values.and_then(|it| it.get(&CellId { element: number, cell })) {
                    Some(Value::Unknown) => count.unknown += 1,
                    Some(_) => count.filled += 1,
                    None => {}
                }
            }
        }
        count
    }
}
