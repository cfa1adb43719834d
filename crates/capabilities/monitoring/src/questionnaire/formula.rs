//! What stands in the square brackets of a formula, found in the questionnaire once and for all.

use super::content::{ContentProblem, Line};
use super::{CellId, ContentError, Element, Kind, Level, Life, OverTime, Questionnaire, Rhythm};
use expressions::{Condition, Expression, Function, Node, Place, Selection, Subject};
use kernel::{Period, Quarter};
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
    /// Its cells in this edition, in order.
    pub cells: Vec<u16>,
    // What limits the life of each cell of any edition that the brackets mean; empty if all are
    // asked in every quarter.
    dated: Vec<(u16, Vec<Life>)>,
    rhythm: Rhythm,
    // As written between the brackets.
    written: String,
}

impl Cells {
    /// All the cells of an element.
    pub fn all(number: u16, element: &Element) -> Self {
        let cells = element.asked_cells().collect();
        let dated = (0..).zip(element.dated.iter().cloned()).collect();
        let written = element.code.clone();
        Self { element: number, cells, dated, rhythm: element.rhythm, written }
    }

    /// These cells of the same element, `written` as it would stand between brackets.
    #[must_use]
    pub fn only(&self, keeps: impl Fn(u16) -> bool, written: &str) -> Self {
        let mut kept = self.clone();
        kept.cells.retain(|it| keeps(*it));
        kept.dated.retain(|it| keeps(it.0));
        written.clone_into(&mut kept.written);
        kept
    }

    /// One cell.
    pub fn one(cell: CellId, questionnaire: &Questionnaire) -> Self {
        let key = questionnaire.key(cell);
        let options = key.options.replace(';', ",");
        let gap = if options.is_empty() { "" } else { "|" };
        let written = format!("{}{gap}{options}", key.element);
        let element = questionnaire.element(cell.element);
        let dated = element.dated.get(usize::from(cell.cell)).filter(|it| !it.is_empty());
        let dated = dated.map(|it| (cell.cell, it.clone())).into_iter().collect();
        let cells = vec![cell.cell];
        Self { element: cell.element, cells, dated, rhythm: element.rhythm, written }
    }

    /// The cells that a period asks: an old quarter keeps those that it had. `read_as` is another
    /// quarter whose edition the return was filled in with.
    pub fn at(&self, period: Period, read_as: Option<Quarter>) -> impl Iterator<Item = u16> + '_ {
        let quarter = read_as.or_else(|| self.rhythm.first_quarter(period));
        let of_edition = if self.dated.is_empty() { self.cells.as_slice() } else { &[] };
        let holds = move |lives: &[Life]| {
            quarter.is_some_and(|quarter| lives.iter().all(|it| it.holds(quarter)))
        };
        let dated = self.dated.iter().filter(move |it| holds(&it.1)).map(|it| it.0);
        of_edition.iter().copied().chain(dated)
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
    /// Whether the formula is of the past, and may read what is retired.
    pub(crate) past: bool,
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
        let (mut cells, mut dated) = (Vec::new(), Vec::new());
        for (at, options) in element.cells.iter().enumerate() {
            let keeps = |(option, kept): (&u16, &Option<Vec<u16>>)| {
                kept.as_ref().is_none_or(|it| it.contains(option))
            };
            if options.iter().zip(&kept).all(keeps) {
                let Ok(cell) = u16::try_from(at) else { continue };
                if element.asked[at] {
                    cells.push(cell);
                }
                if let Some(lives) = element.dated.get(at) {
                    dated.push((cell, lives.clone()));
                }
            }
        }
        let (rhythm, written) = (element.rhythm, selection.to_string());
        Ok(Leaf::Cells(Cells { element: number, cells, dated, rhythm, written }))
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
        let columns = Expression::columns(text).unwrap_or_default();
        let located =
            |node: usize, problem| line.stop(column, problem).at(columns.get(node).copied());
        self.bind(&written, &located, bound)
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
        let (left_at, right_at) = Condition::columns(text).unwrap_or_default();
        let at = |columns: &[usize], node: usize, problem| {
            line.stop(column, problem).at(columns.get(node).copied())
        };
        let left = self.bind(&written.left, &|node, it| at(&left_at, node, it), bound)?;
        let comparison = match &written.comparison {
            None => None,
            Some((comparator, right)) => {
                let columns = right_at.map(|it| it.1).unwrap_or_default();
                let right = self.bind(right, &|node, it| at(&columns, node, it), bound)?;
                Some((*comparator, right))
            }
        };
        Ok(Condition { left, comparison })
    }

    /// Finds what the names of a formula mean. `located` gives a mistake its place, from that of
    /// its node.
    fn bind(
        &self,
        written: &Expression,
        located: &impl Fn(usize, ContentProblem) -> ContentError,
        bound: &mut Bound,
    ) -> Result<Formula, ContentError> {
        // The places of the leaves among the nodes, in the order in which they are resolved.
        let nodes = written.nodes();
        let places = |keep: fn(&Node) -> bool| -> Vec<usize> {
            (0..nodes.len()).filter(|it| keep(nodes[*it])).collect()
        };
        let mut leaves = places(|it| matches!(it, Node::Leaf(_))).into_iter();
        let mut read = |it: &Selection, place| {
            let node = leaves.next().unwrap_or_default();
            self.leaf(it, place, bound).map_err(|it| located(node, it))
        };
        let formula = written.try_map(&mut read)?;
        for (node, it) in nodes.iter().enumerate() {
            if let Node::Parameter(name) = it
                && !self.parameters.contains_key(name)
            {
                return Err(located(node, ContentProblem::Unknown(name.clone())));
            }
        }
        let words = formula.nodes().iter().position(|it| match it {
            Node::Leaf(Leaf::Cells(it)) => {
                matches!(self.element(it.element).kind, Kind::Choice(_))
            }
            _ => false,
        });
        if let Some(node) = words.filter(|_| !formula.calls(Function::Filled)) {
            let code = formula.nodes().get(node).map(|it| match it {
                Node::Leaf(leaf) => leaf.to_string(),
                _ => String::new(),
            });
            return Err(located(node, ContentProblem::Words(code.unwrap_or_default())));
        }
        self.unit_of(&formula).map_err(|it| located(it.node, ContentProblem::Units(it.problem)))?;
        Ok(formula)
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
        if !bound.past && !element.in_force {
            return Err(ContentProblem::Retired(code()));
        }
        let named = selection.parts.iter().flat_map(|it| &it.options);
        let retired = |option: &&String| {
            element.dimensions.iter().any(|it| {
                let options = &self.dimensions[usize::from(*it)].options;
                options.iter().any(|it| it.code == **option && !it.in_force)
            })
        };
        if let Some(option) = named.clone().find(retired).filter(|_| !bound.past) {
            return Err(ContentProblem::Retired(option.clone()));
        }
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
