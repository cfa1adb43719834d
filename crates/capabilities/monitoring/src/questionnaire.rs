//! The questionnaire: what is collected, controlled and computed. It is content, not code.
//!
//! A [`Questionnaire`] is read once from its files and checked whole: a code that does not exist, a
//! formula that cannot be read or a sum over time of a stock refuses the file, with the line and
//! the column. What is read is numbered, so that values and formulas meet without comparing texts.

mod adopt;
mod content;
mod draft;
mod edition;
#[cfg(test)]
mod edition_tests;
mod element;
mod english;
mod fold;
mod form;
mod formula;
mod in_force;
mod indicator;
mod life;
mod load;
pub mod meeting;
pub(crate) mod pages;
mod paper;
pub mod records;
mod rule;
#[cfg(test)]
mod second_example_tests;
mod tables;
#[cfg(test)]
mod tests;
mod typography;
mod units;
mod validity;

pub use adopt::{AdoptRefused, Counts, LARGEST_FILE, adopt, look};
pub use content::{ContentError, ContentProblem, Place};
pub use draft::{
    Draft, Refused as DraftRefused, Working, change_of, draft, drop as drop_draft, issue, retire,
    start, undo, working, write as write_row,
};
pub use edition::{Edition, Editions};
pub use element::{
    Choice, DataSet, Dated, Dimension, Element, Kind, Label, Level, OverTerritory, OverTime,
    Parameter, Rhythm, Status, Tier,
};
pub use form::{Form, FormPart, FormRow};
pub use formula::{Cells, Formula, Leaf};
pub use in_force::{Issued, Meeting, Series, in_force, newest, series};
pub use indicator::{Direction, Gathering, Indicator, places};
pub use life::Life;
pub use paper::forms_between;
pub use rule::{Rule, Severity, Test};
pub use tables::{Change, Row, Sheet, Tables};
pub use typography::french;
pub use validity::Validity;

pub(crate) use content::{Table, line_of as line_of_record, reader_of};
pub(crate) use element::earlier;
pub(crate) use fold::{KINDS, apply};
pub(crate) use indicator::rounded;
pub(crate) use records::DECIDING;

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The texts of the files of a questionnaire.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// `datasets.csv`.
    pub data_sets: &'a str,
    /// `data_elements.csv`.
    pub elements: &'a str,
    /// `categories.csv`.
    pub categories: &'a str,
    /// `parameters.csv`.
    pub parameters: &'a str,
    /// `validation_rules.csv`.
    pub rules: &'a str,
    /// `indicators.csv`.
    pub indicators: &'a str,
    /// `english.csv`.
    pub english: &'a str,
}

impl<'a> Files<'a> {
    /// The text of the file of a table.
    pub fn text(&self, sheet: Sheet) -> &'a str {
        match sheet {
            Sheet::Forms => self.data_sets,
            Sheet::Options => self.categories,
            Sheet::Elements => self.elements,
            Sheet::Parameters => self.parameters,
            Sheet::Rules => self.rules,
            Sheet::Indicators => self.indicators,
            Sheet::English => self.english,
        }
    }
}

/// The files that the program ships.
pub const SHIPPED: Files<'static> = Files {
    data_sets: include_str!("../../../../reference/oise/datasets.csv"),
    elements: include_str!("../../../../reference/oise/data_elements.csv"),
    categories: include_str!("../../../../reference/oise/categories.csv"),
    parameters: include_str!("../../../../reference/oise/parameters.csv"),
    rules: include_str!("../../../../reference/oise/validation_rules.csv"),
    indicators: include_str!("../../../../reference/oise/indicators.csv"),
    english: include_str!("../../../../reference/oise/english.csv"),
};

/// A questionnaire, checked whole. Elements, data sets and dimensions are named by their place in
/// their list; those numbers hold for this questionnaire only and are never stored: store
/// [`CellKey`]s.
#[derive(Clone, Debug, Default)]
pub struct Questionnaire {
    pub(crate) data_sets: Vec<DataSet>,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) elements: Vec<Element>,
    pub(crate) parameters: BTreeMap<String, Parameter>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) indicators: Vec<Indicator>,
    numbers: BTreeMap<String, u16>,
    mark: String,
    // By data set: a short hash of what its paper shows.
    form_marks: Vec<String>,
    // The texts of the cells, by number; and back. Looked up, never walked through: the order of
    // the second is nobody's.
    texts: Vec<Vec<String>>,
    cells: HashMap<String, CellId>,
}

/// A cell, by its place in one questionnaire. In memory only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId {
    /// The element.
    pub element: u16,
    /// The cell of the element.
    pub cell: u16,
}

/// A cell, by its codes: what is stored, exchanged and written in files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellKey {
    /// The code of the element.
    pub element: String,
    /// The options, in the order of the element's dimensions: `SEXE=F;AGE_POP=A00`. Empty if the
    /// element is not split.
    pub options: String,
}

impl fmt::Display for CellKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.options.as_str() {
            "" => f.write_str(&self.element),
            options => write!(f, "{}|{options}", self.element),
        }
    }
}

impl Questionnaire {
    /// Reads a questionnaire.
    ///
    /// # Errors
    ///
    /// The first mistake, with its file, line and column.
    pub fn read(files: Files<'_>) -> Result<Self, ContentError> {
        let tables = Tables::read(files)?;
        load::read(&[Edition { from: None, tables }], 0).map_err(load::first)
    }

    /// The questionnaire that the program ships, read at the first call.
    ///
    /// # Errors
    ///
    /// If the shipped files are faulty, which a test of this crate excludes.
    pub fn shipped() -> Result<&'static Arc<Self>, &'static ContentError> {
        static SHIPPED_ONCE: OnceLock<Result<Arc<Questionnaire>, ContentError>> = OnceLock::new();
        SHIPPED_ONCE.get_or_init(|| Self::read(SHIPPED).map(Arc::new)).as_ref()
    }

    /// Which questionnaire this is: a short hash of its content, written on returns and documents.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// A short hash of what the paper of a form shows: the same in editions that leave the form as
    /// it is. That of the whole questionnaire if there is no such form.
    pub fn form_mark(&self, data_set: u16) -> &str {
        self.form_marks.get(usize::from(data_set)).unwrap_or(&self.mark)
    }

    /// The cell that this text names, as [`Questionnaire::cell_text`] writes it.
    pub fn cell_of(&self, text: &str) -> Option<CellId> {
        self.cells.get(text).copied()
    }

    /// A cell as it is stored: `DEM_POP|SEXE=F;AGE_POP=A00`. Empty if there is no such cell.
    pub fn cell_text(&self, cell: CellId) -> &str {
        let texts = self.texts.get(usize::from(cell.element));
        texts.and_then(|it| it.get(usize::from(cell.cell))).map_or("", String::as_str)
    }

    /// The data sets, in order. Like elements, options and indicators, those of other editions are
    /// among them and not `in_force`.
    pub fn data_sets(&self) -> &[DataSet] {
        &self.data_sets
    }

    /// The data set of this code, with its number.
    pub fn data_set(&self, code: &str) -> Option<(u16, &DataSet)> {
        (0..).zip(&self.data_sets).find(|(_, it)| it.code == code)
    }

    /// The dimensions.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// The elements, in the order of their numbers, those not `in_force` included.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// The element of this number, which must come from this questionnaire.
    pub fn element(&self, number: u16) -> &Element {
        &self.elements[usize::from(number)]
    }

    /// The number of the element of this code.
    pub fn element_number(&self, code: &str) -> Option<u16> {
        self.numbers.get(code).copied()
    }

    /// The parameters, by code.
    pub fn parameters(&self) -> &BTreeMap<String, Parameter> {
        &self.parameters
    }

    /// The rules, in order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The indicators, in the order of their numbers, those not `in_force` included.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The indicator of this code.
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|it| it.code == code)
    }

    /// The codes of a cell of this questionnaire.
    pub fn key(&self, cell: CellId) -> CellKey {
        let written: Vec<String> = self
            .cell_options(cell)
            .map(|(dimension, option)| format!("{}={}", dimension.code, option.code))
            .collect();
        CellKey { element: self.element(cell.element).code.clone(), options: written.join(";") }
    }

    /// The options that a cell of this questionnaire stands for, with their dimensions.
    pub fn cell_options(&self, cell: CellId) -> impl Iterator<Item = (&Dimension, &Choice)> {
        let element = self.element(cell.element);
        let options = element.cells.get(usize::from(cell.cell)).map_or(&[][..], Vec::as_slice);
        element.dimensions.iter().zip(options).map(|(dimension, option)| {
            let dimension = &self.dimensions[usize::from(*dimension)];
            (dimension, &dimension.options[usize::from(*option)])
        })
    }

    /// The cell of these codes, the options being in any order. `None` if there is no such cell.
    pub fn cell(&self, key: &CellKey) -> Option<CellId> {
        let number = self.element_number(&key.element)?;
        let element = self.element(number);
        let mut options: Vec<Option<u16>> = vec![None; element.dimensions.len()];
        for part in key.options.split(';').filter(|it| !it.is_empty()) {
            let (dimension, option) = part.split_once('=')?;
            let at = element
                .dimensions
                .iter()
                .position(|it| self.dimensions[usize::from(*it)].code == dimension)?;
            let found = self.dimensions[usize::from(element.dimensions[at])].option(option)?;
            if options[at].replace(found).is_some() {
                return None;
            }
        }
        let options: Vec<u16> = options.into_iter().collect::<Option<_>>()?;
        let cell = element.cells.iter().position(|it| *it == options)?;
        Some(CellId { element: number, cell: u16::try_from(cell).ok()? })
    }
}
