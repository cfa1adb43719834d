//! The results of a place for a quarter, taken from the figures held in memory: the same as those
//! that are computed from the values, without reading them.

use std::sync::Arc;

use db::Tx;
use kernel::{Failure, Period, Quarter};

use crate::cube::{self, Map, Measure, Which};
use crate::questionnaire;
use crate::store;

use super::consolidated::land;
use super::{Computed, Figure, Version};

/// The results of a place and of all that lies under it. `None` if they must be computed: nothing
/// was filed for the quarter yet, or the place is not in the circuit.
///
/// # Errors
///
/// If the store fails.
pub(super) fn compute(
    tx: &mut Tx<'_>,
    place: &str,
    quarter: Quarter,
    version: Version,
) -> Result<Option<Computed>, Failure> {
    let Some(ground) = store::ground(tx, place, quarter.last_day())? else { return Ok(None) };
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let mut figures = cube::figures(tx)?;
    let which = match version {
        Version::Published => Which::Published,
        Version::Working => {
            let codes: Vec<&str> = ground.tree.units().iter().map(|it| it.code.as_str()).collect();
            let mut drafts = store::drafts_of(tx, &codes)?;
            drafts.retain(|it| ground.tree.place(&it.unit).is_some());
            if !drafts.is_empty() {
                match figures.typed(&drafts, quarter)? {
                    Some(typed) => figures = Arc::new(typed),
                    None => return Ok(None),
                }
            }
            Which::Filed
        }
    };
    let time = figures.time(Period::Quarter(quarter), Map::AsItWas)?;
    let Some(slot) = time.last else { return Ok(None) };
    // What is not open yet, or is no more, is told by what the entries say now.
    let is_open = |it: usize| figures.open.contains(&(time.shown.units[time.shown.top(it)], slot));
    if which == Which::Published && !time.shown.place(place).is_some_and(is_open) {
        return Ok(None);
    }
    let land = Arc::new(land(&ground, territory::outlines(tx)?));
    let figure = |number: usize, code: &str| {
        let here = (time.shown.place(code)?, which);
        let it = figures.seen(&Measure::Indicator(number), here, &time)?;
        Some(Figure {
            numerator: it.numerator,
            denominator: it.denominator,
            respondents: it.respondents,
            expected: it.expected,
        })
    };
    let counts = |number: usize, code: &str| {
        time.shown
            .place(code)
            .is_some_and(|it| figures.gives(number, (time.shown.units[it], which), slot))
    };
    Ok(Some(Computed::known(&questionnaire, land, quarter, figure, counts)))
}
