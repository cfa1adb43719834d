//! Columns out of the figures held in memory.

use std::collections::BTreeSet;
use std::sync::Arc;

use identity::Actor;
use kernel::{Decimal, Failure, Period, Stop};

use super::{Column, Scope, adds_quarters};
use crate::analysis::{Figure, Land};
use crate::cube;
use crate::explorer::{Measure, Subject};
use crate::questionnaire::{Level, Questionnaire};

/// The measure as the figures held in memory know it; `None` for what only its formula tells: a
/// part of an indicator, the year of one that adds quarters, several options at once.
pub(super) fn in_cube(
    measure: &Measure,
    questionnaire: &Questionnaire,
    period: Period,
) -> Option<cube::Measure> {
    match measure.subject {
        Subject::Indicator(at) if measure.kept.is_empty() => {
            let indicator = questionnaire.indicators().get(usize::from(at))?;
            let year = matches!(period, Period::Year(_)) && adds_quarters(indicator);
            (!year).then_some(cube::Measure::Indicator(usize::from(at)))
        }
        Subject::Indicator(_) => None,
        Subject::Element(element) => {
            let part = match measure.kept.as_slice() {
                [] => cube::Part::Whole,
                [(dimension, options)] => match options.as_slice() {
                    [option] => cube::Part::Option { dimension: *dimension, option: *option },
                    _ => return None,
                },
                several => cube::Part::Cell(cell(questionnaire, element, several)?),
            };
            Some(cube::Measure::Element(cube::Term { element, part }))
        }
    }
}

/// The one cell of an element that these options name, if they name one option of each dimension.
fn cell(questionnaire: &Questionnaire, element: u16, kept: &[(u16, Vec<u16>)]) -> Option<u16> {
    let element = questionnaire.element(element);
    if kept.len() != element.dimensions.len() || kept.iter().any(|it| it.1.len() != 1) {
        return None;
    }
    let options: Option<Vec<u16>> = element
        .dimensions
        .iter()
        .map(|it| kept.iter().find(|at| at.0 == *it).map(|at| at.1[0]))
        .collect();
    let options = options?;
    element.cells.iter().position(|it| *it == options).and_then(|it| u16::try_from(it).ok())
}

/// The columns that the figures held in memory give; `None` for those that they refuse.
pub(super) fn from_cube(
    held: &cube::Figures,
    scope: &Scope,
    land: &Arc<Land>,
    (period, map): (Period, cube::Map),
    asked: &[(usize, cube::Measure)],
) -> Result<Vec<(usize, Option<Column>)>, Failure> {
    let units = land.tree.units();
    let places: Vec<String> = units.iter().map(|it| it.code.clone()).collect();
    // Published figures are those that anybody sees; who may see more is decided by those who show
    // them.
    let actor = if scope.published { Actor::anonymous() } else { Actor::program() };
    let mut out = Vec::new();
    let some = (cube::MOST_VALUES / places.len().max(1)).max(1);
    for asked in asked.chunks(some) {
        let ask = cube::Ask {
            measures: asked.iter().map(|it| it.1.clone()).collect(),
            places: places.clone(),
            periods: vec![period],
            map,
            partial: false,
        };
        let answer = match held.answer(&actor, &ask) {
            Ok(answer) => answer,
            Err(Stop::Failed(failure)) => return Err(failure),
            Err(Stop::Refused(_)) => {
                out.extend(asked.iter().map(|it| (it.0, None)));
                continue;
            }
        };
        for (rank, (at, measure)) in asked.iter().enumerate() {
            let mut column = Column {
                land: Arc::clone(land),
                figures: vec![None; units.len()],
                left_out: BTreeSet::new(),
                hidden: BTreeSet::new(),
                unseen: false,
            };
            let level = level(held, measure);
            for (place, unit) in units.iter().enumerate() {
                let Some(value) = answer.get(rank, place, 0) else { continue };
                match value.standing {
                    cube::Standing::Withheld => {
                        column.hidden.insert(place);
                    }
                    cube::Standing::Unpublished => column.unseen = true,
                    cube::Standing::NotThere => {}
                    cube::Standing::Published | cube::Standing::Provisional => {
                        column.figures[place] = Some(shown(measure, value));
                        if Some(unit.level) == level && value.respondents == 0 {
                            column.left_out.insert(place);
                        }
                    }
                }
            }
            out.push((*at, Some(column)));
        }
    }
    Ok(out)
}

/// The level of the units that answer.
fn level(held: &cube::Figures, measure: &cube::Measure) -> Option<Level> {
    let questionnaire = held.questionnaire();
    match measure {
        cube::Measure::Indicator(at) => questionnaire.indicators().get(*at).map(|it| it.level),
        cube::Measure::Element(term) => Some(questionnaire.element(term.element).level),
        cube::Measure::Ratio { .. } => None,
    }
}

/// A figure: an element stands over one, so that its value is its numerator.
fn shown(measure: &cube::Measure, value: &cube::Value) -> Figure {
    let (respondents, expected) = (value.respondents, value.expected);
    match measure {
        cube::Measure::Element(_) => Figure {
            numerator: value.value,
            denominator: value.value.map(|_| Decimal::ONE),
            respondents,
            expected,
        },
        _ => Figure {
            numerator: value.numerator,
            denominator: value.denominator,
            respondents,
            expected,
        },
    }
}
