//! What stands in the square brackets of a formula, found in the questionnaire once and for all.

use super::content::{ContentProblem, Line};
use super::{CellId, ContentError, Element, Level, OverTime, Questionnaire, Rhythm};
use expressions::{Condition, Expression, Place, Selection, Subject};
use std::fmt;

/// A formula over the questionnaire.
pub type Formula = Expression<Leaf>;

/// What a pair of square brackets reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaf {
    /// Some cells of an element, added together.
    Cells(Cells),
    /// The element under control, in the rule that holds for all.
    Every,
}

/// Cells of one element that are added together. The whole element, or the part that keeps some
/// options.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cells {
    /// The element.
    pub element: u16,
    /// Its cells, in order.
    pub cells: Vec<u16>,
    // As written between the brackets.
    written: String,
}

impl Cells {
    /// All the cells of an element.
    pub fn all(number: u16, element: &Element) -> Self {
        let cells = (0..element.cells.len()).filter_map(|it| u16::try_from(it).ok()).collect();
        Self { element: number, cells, written: element.code.clone() }
    }

    /// One cell.
    pub fn one(cell: CellId, questionnaire: &Questionnaire) -> Self {
        let key = questionnaire.key(cell);
        let options = key.options.replace(';', ",");
        let gap = if options.is_empty() { "" } else { "|" };
        let written = format!("{}{gap}{options}", key.element);
        Self { element: cell.element, cells: vec![cell.cell], written }
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cells(cells) => f.write_str(&cells.written),
            Self::Every => f.write_str("*"),
        }
    }
}

/// The checks that depend on who uses the formula.
#[derive(Clone, Copy)]
pub(crate) struct Bound {
    /// The level of the elements, if it is already known.
    pub(crate) level: Option<Level>,
    /// Whether `[*]` may be used.
    pub(crate) every: bool,
}

impl Questionnaire {
    /// Finds what a selection means.
    ///
    /// # Errors
    ///
    /// The code of what does not exist.
    pub fn select(&self, selection: &Selection) -> Result<Leaf, String> {
        let Subject::Element(code) = &selection.subject else {
            return if selection.parts.is_empty() { Ok(Leaf::Every) } else { Err("*".to_owned()) };
        };
        let number = self.element_number(code).ok_or_else(|| code.clone())?;
        let element = &self.elements[usize::from(number)];
        // For each dimension of the element, the options kept; `None` keeps them all.
        let mut kept: Vec<Option<Vec<u16>>> = vec![None; element.dimensions.len()];
        for part in &selection.parts {
            let at = element
                .dimensions
                .iter()
                .position(|it| self.dimensions[usize::from(*it)].code == part.dimension)
                .ok_or_else(|| part.dimension.clone())?;
            let dimension = &self.dimensions[usize::from(element.dimensions[at])];
            let options: Result<Vec<u16>, String> = part
                .options
                .iter()
                .map(|it| dimension.option(it).ok_or_else(|| it.clone()))
                .collect();
            kept[at] = Some(options?);
        }
        let mut cells = Vec::new();
        for (at, options) in element.cells.iter().enumerate() {
            let keeps = |(option, kept): (&u16, &Option<Vec<u16>>)| {
                kept.as_ref().is_none_or(|it| it.contains(option))
            };
            if options.iter().zip(&kept).all(keeps) {
                cells.extend(u16::try_from(at).ok());
            }
        }
        Ok(Leaf::Cells(Cells { element: number, cells, written: selection.to_string() }))
    }

    pub(crate) fn formula(
        &self,
        line: Line<'_>,
        column: &str,
        text: &str,
        bound: &mut Bound,
    ) -> Result<Formula, ContentError> {
        let stop = |problem| line.stop(column, problem);
        let written = Expression::parse(text).map_err(|it| stop(ContentProblem::Formula(it)))?;
        let mut read = |it: &Selection, place| self.leaf(it, place, bound).map_err(stop);
        let formula = written.try_map(&mut read)?;
        self.know_parameters(&formula).map_err(stop)?;
        Ok(formula)
    }

    pub(crate) fn condition(
        &self,
        line: Line<'_>,
        column: &str,
        text: &str,
        bound: &mut Bound,
    ) -> Result<Condition<Leaf>, ContentError> {
        let stop = |problem| line.stop(column, problem);
        let written = Condition::parse(text).map_err(|it| stop(ContentProblem::Formula(it)))?;
        let mut read = |it: &Selection, place| self.leaf(it, place, bound).map_err(stop);
        let condition = written.try_map(&mut read)?;
        for side in condition.sides() {
            self.know_parameters(side).map_err(stop)?;
        }
        Ok(condition)
    }

    fn know_parameters(&self, formula: &Formula) -> Result<(), ContentProblem> {
        let unknown = formula.parameters().find(|it| !self.parameters.contains_key(*it));
        match unknown {
            Some(name) => Err(ContentProblem::Unknown(name.to_owned())),
            None => Ok(()),
        }
    }

    fn leaf(
        &self,
        selection: &Selection,
        place: Place,
        bound: &mut Bound,
    ) -> Result<Leaf, ContentProblem> {
        let leaf = self.select(selection).map_err(ContentProblem::Unknown)?;
        let Leaf::Cells(cells) = &leaf else {
            return if bound.every { Ok(leaf) } else { Err(ContentProblem::Unknown("*".into())) };
        };
        let element = &self.elements[usize::from(cells.element)];
        let code = || element.code.clone();
        let level = if place.of_communes {
            Level::Commune
        } else {
            *bound.level.get_or_insert(element.level)
        };
        if element.level != level {
            return Err(ContentProblem::OtherLevel(code()));
        }
        let flow = element.rhythm == Rhythm::Quarterly && element.over_time == OverTime::Sum;
        if place.accumulated && !flow {
            return Err(ContentProblem::NotAFlow(code()));
        }
        Ok(leaf)
    }
}
