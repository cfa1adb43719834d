//! The places with the largest or the smallest values. For those in charge of the place only:
//! nothing ranks communes in public.

use super::answer::{Rows, Shown, Time};
use super::figures::{Figures, Which};
use super::refused::Refused;
use super::side::decimal;
use super::{Ask, Map, Measure, Standing, Value};
use crate::questionnaire::{Level, OverTerritory};
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
        if let Some(mut found) = self.top_of_element(rank, &time, place, sight.standing) {
            let asked = (rank.map, rank.partial);
            self.mark_reserved(&rank.measure, &time, asked, &mut found)?;
            return Ok(found);
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

    /// The same for an element whose values are added: the totals of all units are made in one pass
    /// over its rows, and only the places that are shown are named. `None` where that would not be
    /// the same.
    fn top_of_element(
        &self,
        rank: &Rank,
        time: &Time<'_>,
        place: usize,
        standing: Standing,
    ) -> Option<Vec<(Shown, Value)>> {
        let Measure::Element(term) = &rank.measure else { return None };
        let element = self.questionnaire().element(term.element);
        let added = match element.over_territory {
            OverTerritory::Sum | OverTerritory::CountYes => true,
            OverTerritory::Mean => rank.level == element.level,
            OverTerritory::Nothing => false,
        };
        let plain = self.filed.is_plain() && !time.has_portions();
        if !added || rank.level < element.level || !plain {
            return None;
        }
        let pick = match self.rows(*term, time, rank.partial) {
            Rows::Nothing => return Some(Vec::new()),
            Rows::One(series, slot) => {
                Pick { series: vec![series], slots: vec![slot], joining: Joining::Present }
            }
            Rows::Many(pick) => pick,
        };
        let scale = self.layout.scale(*pick.series.first()?);
        let totals = self.filed.cube.unit_totals(&pick, time.span(place));
        // The total, the place, and how many units are in it.
        let mut found: Vec<(i128, usize, u32)> = Vec::new();
        for at in time.shown.tree.at_level(place, rank.level) {
            let (mut sum, mut count) = (0_i128, 0_u32);
            for it in time.span(at).units().filter_map(|it| totals.get(it)) {
                sum += it;
                count += 1;
            }
            if 0 < count {
                found.push((sum, at, count));
            }
        }
        let order = |a: &(i128, usize, u32), b: &(i128, usize, u32)| {
            let by_total = if rank.largest { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
            by_total.then(a.1.cmp(&b.1))
        };
        if rank.most == 0 {
            return Some(Vec::new());
        }
        if rank.most < found.len() {
            found.select_nth_unstable_by(rank.most - 1, order);
            found.truncate(rank.most);
        }
        found.sort_unstable_by(order);
        let shown = |(total, at, count): (i128, usize, u32)| {
            let value = decimal(total, scale);
            let value = Value {
                value,
                numerator: value,
                respondents: count,
                expected: time.expected(at, element.level),
                standing,
                ..Value::default()
            };
            (Self::shown_at(time.shown, at), value)
        };
        Some(found.into_iter().map(shown).collect())
    }
}

/// What the place of a question is, or why it cannot be asked.
pub(crate) fn place_of(time: &Time<'_>, code: &str) -> Result<usize, Stop<Refused>> {
    time.shown.place(code).ok_or_else(|| Stop::Refused(Refused::Place(code.to_owned())))
}
