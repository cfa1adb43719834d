//! The layout of a data set on paper and on the screen, in the order in which it is typed.

use super::{CellId, Questionnaire, Tier};

/// The form of a data set.
#[derive(Clone, Debug)]
pub struct Form {
    /// The data set.
    pub data_set: u16,
    /// Its elements, in paper order.
    pub parts: Vec<FormPart>,
}

/// An element on its form.
#[derive(Clone, Debug)]
pub struct FormPart {
    /// The element.
    pub element: u16,
    /// The dimension and the options that head the columns; `None` if there is one column.
    pub columns: Option<(u16, Vec<u16>)>,
    /// The rows, from top to bottom.
    pub rows: Vec<FormRow>,
}

/// A row of cells.
#[derive(Clone, Debug)]
pub struct FormRow {
    /// The dimensions and options that head the row; empty if the element is not split.
    pub options: Vec<(u16, u16)>,
    /// The cells, from left to right.
    pub cells: Vec<CellId>,
}

impl Form {
    /// The cells in the order in which they are typed.
    pub fn cells(&self) -> impl Iterator<Item = CellId> {
        self.parts.iter().flat_map(|it| &it.rows).flat_map(|it| it.cells.iter().copied())
    }
}

impl Questionnaire {
    /// The form of a data set of this questionnaire, core or complete.
    ///
    /// An element that is split once is a column of cells; split more, a table whose columns are
    /// women and men where they are told apart, or else its last dimension: tables stay narrow
    /// enough for a telephone and for paper.
    pub fn form(&self, data_set: u16, tier: Tier) -> Form {
        let elements = self.data_sets.get(usize::from(data_set)).map_or(&[][..], |it| &it.elements);
        let parts = elements
            .iter()
            .filter(|it| self.element(**it).tier <= tier)
            .map(|it| self.part(*it))
            .collect();
        Form { data_set, parts }
    }

    fn part(&self, number: u16) -> FormPart {
        let element = self.element(number);
        let dimensions = &element.dimensions;
        let sex = dimensions.iter().position(|it| self.dimensions[usize::from(*it)].code == "SEXE");
        let across = (dimensions.len() > 1).then(|| sex.unwrap_or(dimensions.len() - 1));
        let columns = across.map(|at| {
            let options = &self.dimensions[usize::from(dimensions[at])].options;
            let asked = (0..).zip(options).filter(|(_, it)| it.in_force);
            (dimensions[at], asked.map(|(number, _)| number).collect())
        });
        let mut rows: Vec<FormRow> = Vec::new();
        for cell in element.asked_cells() {
            let options = &element.cells[usize::from(cell)];
            let id = CellId { element: number, cell };
            let heads: Vec<(u16, u16)> = (0..)
                .zip(dimensions.iter().zip(options))
                .filter(|(at, _)| Some(*at) != across)
                .map(|(_, (dimension, option))| (*dimension, *option))
                .collect();
            match rows.iter_mut().find(|it| it.options == heads) {
                Some(row) => row.cells.push(id),
                None => rows.push(FormRow { options: heads, cells: vec![id] }),
            }
        }
        FormPart { element: number, columns, rows }
    }
}
