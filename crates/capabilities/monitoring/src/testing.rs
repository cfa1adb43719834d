//! A small country for the tests: the worked example, and units filled in by hand.

use crate::aggregation::{Data, Returns, Tree};
use crate::questionnaire::{CellKey, Level, Questionnaire};
use crate::values::{Values, example, read, read_file};
use std::collections::BTreeMap;

pub(crate) struct Country {
    pub(crate) questionnaire: &'static std::sync::Arc<Questionnaire>,
    pub(crate) tree: Tree,
    pub(crate) values: Values,
    pub(crate) returns: BTreeMap<String, Returns>,
}

impl Country {
    pub(crate) fn new(units: &[(&str, Level, Option<&str>)]) -> Self {
        Self {
            questionnaire: Questionnaire::shipped().unwrap(),
            tree: Tree::new(units.iter().copied()).unwrap(),
            values: Values::default(),
            returns: BTreeMap::new(),
        }
    }

    /// The worked example; under an invented region and nation if `tall`.
    pub(crate) fn example(tall: bool) -> Self {
        let above = [("NATION", Level::Nation, None), ("REGION", Level::Region, Some("NATION"))];
        let mut units: Vec<(&str, Level, Option<&str>)> =
            if tall { above.to_vec() } else { Vec::new() };
        for line in example::UNITS.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let parent = match cells[3] {
                "" => tall.then_some("REGION"),
                parent => Some(parent),
            };
            units.push((cells[0], Level::from_word(cells[2]).unwrap(), parent));
        }
        let mut country = Self::new(&units);
        let entries = read_file(country.questionnaire, "example_values.csv", example::VALUES);
        for entry in entries.unwrap() {
            country.values.set(&entry.unit, entry.period, entry.cell, entry.value);
        }
        country
    }

    pub(crate) fn data(&self) -> Data<'_> {
        Data {
            questionnaire: self.questionnaire,
            tree: &self.tree,
            values: &self.values,
            returns: &self.returns,
        }
    }

    pub(crate) fn place(&self, unit: &str) -> usize {
        self.tree.place(unit).unwrap()
    }

    /// Fills cells in, as they are typed: `("EDI_CONS|SEXE=F;AGE_ELU=E35", "3")`. A split element
    /// without options receives the number in its first cell and zeros in the others.
    pub(crate) fn fill(&mut self, unit: &str, period: &str, cells: &[(&str, &str)]) {
        for (cell, typed) in cells {
            let (code, options) = cell.split_once('|').unwrap_or((cell, ""));
            let number = self.questionnaire.element_number(code).unwrap();
            let element = self.questionnaire.element(number);
            let value = |typed| read(self.questionnaire, element, typed).unwrap().unwrap();
            let period = period.parse().unwrap();
            let ids: Vec<_> = (0..)
                .zip(&element.cells)
                .map(|(cell, _)| crate::questionnaire::CellId { element: number, cell })
                .collect();
            if options.is_empty() {
                for (at, id) in ids.into_iter().enumerate() {
                    let typed = if at == 0 { typed } else { "0" };
                    self.values.set(unit, period, id, value(typed));
                }
            } else {
                let key = CellKey { element: code.to_owned(), options: options.to_owned() };
                let id = self.questionnaire.cell(&key).unwrap();
                self.values.set(unit, period, id, value(typed));
            }
        }
    }
}
