//! The places with the largest or the smallest values. For those in charge of the place only:
//! nothing ranks communes in public.

use super::answer::Shown;
use super::figures::{Figures, Which};
use super::refused::Refused;
use super::side::decimal;
use super::{Ask, Map, Measure, Value};
use crate::questionnaire::Level;
use ::cube::{Joining, Pick};
use identity::Actor;
use kernel::{Decimal, Period, Stop};
use std::cmp::Ordering;

/// A question about the first places of a level under another.
#[derive(Clone, Debug)]
pub struct Rank {
    /// What is compared.
    pub measure: Measure,
    /// The place.
    pub within: String,
    /// The level of the places compared.
    pub level: Level,
    /// The period.
    pub period: Period,
    /// Under which map.
    pub map: Map,
    /// As in [`Ask::partial`].
    pub partial: bool,
    /// At most so many.
    pub most: usize,
    /// The largest first; else the smallest.
    pub largest: bool,
}

impl Figures {
    /// The first places, with their values; of equal values, in the order of the map. Places
    /// without a value are not in it.
    ///
    /// # Errors
    ///
    /// [`Refused::NotYours`] to readers who may not see what is not published of the place.
    pub fn top(&self, actor: &Actor, rank: &Rank) -> Result<Vec<(Shown, Value)>, Stop<Refused>> {
        let time = self.time(rank.period, rank.map)?;
        let place = time.shown.place(&rank.within);
        let place = place.ok_or_else(|| Stop::Refused(Refused::Place(rank.within.clone())))?;
        let sight = self.sight(actor, &time, place);
        if sight.which != Which::Filed {
            return Err(Stop::Refused(Refused::NotYours(rank.within.clone())));
        }
        let shown = |unit: u32| -> Option<Shown> {
            let at = time.shown.place_of(unit)?;
            Some(Shown {
                code: time.shown.tree.units()[at].code.clone(),
                name: time.shown.name(at).to_owned(),
                level: time.shown.level(at),
            })
        };
        if let Measure::Element(term) = &rank.measure
            && rank.map == Map::AsItWas
            && self.filed.is_plain()
        {
            let element = self.questionnaire().element(term.element);
            if element.level == rank.level && element.kind.is_number() {
                let slots = self.slots_of(element, &time, rank.partial).unwrap_or_default();
                let (series, joining) = match self.layout.series_of(*term) {
                    Some(it) if !rank.partial => (vec![it], Joining::Whole),
                    _ => (self.layout.cells_of(*term).unwrap_or_default(), Joining::Present),
                };
                let scale = series.first().map_or(0, |it| self.layout.scale(*it));
                let pick = Pick { series, slots, joining };
                let span = time.span(place);
                let found = self.filed.cube.top(&pick, span, rank.most, rank.largest);
                let value = |total: i128| {
                    let value = decimal(total, scale);
                    Value {
                        value,
                        numerator: value,
                        respondents: 1,
                        expected: 1,
                        standing: sight.standing,
                        ..Value::default()
                    }
                };
                return Ok(found
                    .into_iter()
                    .filter_map(|(unit, total)| Some((shown(unit)?, value(total))))
                    .collect());
            }
        }
        let under = time.shown.tree.at_level(place, rank.level);
        let places: Vec<String> =
            under.map(|it| time.shown.tree.units()[it].code.clone()).collect();
        let ask = Ask {
            measures: vec![rank.measure.clone()],
            places,
            periods: vec![rank.period],
            map: rank.map,
            partial: rank.partial,
        };
        let answer = self.answer(actor, &ask)?;
        let mut found: Vec<(usize, Decimal, Value)> = answer
            .iter()
            .filter(|it| it.3.is_seen())
            .filter_map(|it| Some((it.1, it.3.value?, *it.3)))
            .collect();
        found.sort_by(|a, b| {
            let order = if rank.largest { b.1.cmp(&a.1) } else { a.1.cmp(&b.1) };
            if order == Ordering::Equal { a.0.cmp(&b.0) } else { order }
        });
        found.truncate(rank.most);
        Ok(found.into_iter().map(|it| (answer.places[it.0].clone(), it.2)).collect())
    }
}

/// What the place of a question is, or why it cannot be asked.
pub(crate) fn place_of(time: &super::answer::Time<'_>, code: &str) -> Result<usize, Stop<Refused>> {
    time.shown.place(code).ok_or_else(|| Stop::Refused(Refused::Place(code.to_owned())))
}
