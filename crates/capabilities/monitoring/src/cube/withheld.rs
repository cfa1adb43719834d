//! What may not be shown to the public of restricted data, by the rules of the reports.

use super::answer::{Shown, Time};
use super::figures::{Figures, Which};
use super::{Map, Measure, Part, Standing, Term, Value};
use crate::analysis::{hidden, is_restricted, persons, threshold};
use crate::questionnaire::{OverTime, Rhythm};
use kernel::{Failure, Period};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The places withheld, by measure and slot, found once for one state of the figures.
pub(crate) type Kept = Arc<Mutex<BTreeMap<(Measure, u32), Arc<BTreeSet<usize>>>>>;

impl Figures {
    /// Whether a measure reads data of which not all may be published.
    pub fn is_restricted(&self, measure: &Measure) -> bool {
        let questionnaire = self.questionnaire();
        let restricted = |it: &Term| questionnaire.element(it.element).restricted;
        match measure {
            Measure::Indicator(number) => questionnaire
                .indicators()
                .get(*number)
                .is_some_and(|it| is_restricted(questionnaire, it)),
            _ => measure.terms().iter().any(restricted),
        }
    }

    /// Whether a published value may not be shown. Where it could be found from others that are
    /// shown (a ratio of the asker's own, another map, sums that hold units left out elsewhere),
    /// nothing is.
    pub(crate) fn is_withheld(
        &self,
        measure: &Measure,
        place: usize,
        time: &Time<'_>,
        (map, partial): (Map, bool),
    ) -> Result<bool, Failure> {
        if !self.is_restricted(measure) {
            return Ok(false);
        }
        if partial || map != Map::AsItWas || matches!(measure, Measure::Ratio { .. }) {
            return Ok(true);
        }
        let code = &time.shown.tree.units()[place].code;
        for slot in &time.slots {
            // Each quarter has its own map.
            let quarter = self.quarter_at(*slot)?;
            let here = quarter.shown.place(code);
            let Some(here) = here else { return Ok(true) };
            if self.hidden_in(measure, *slot)?.contains(&here)
                || !self.is_alike(measure, (place, time), (here, &quarter))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Says of values shown to those in charge which of them the public may not see.
    pub(crate) fn mark_reserved(
        &self,
        measure: &Measure,
        time: &Time<'_>,
        (map, partial): (Map, bool),
        found: &mut [(Shown, Value)],
    ) -> Result<(), Failure> {
        for (shown, value) in found {
            if value.standing != Standing::Published {
                continue;
            }
            let Some(place) = time.shown.place(&shown.code) else { continue };
            value.reserved = self.is_withheld(measure, place, time, (map, partial))?;
        }
        Ok(())
    }

    /// Whether a year that adds quarters says no more than its quarters do: the same units of the
    /// same map answered. Else the difference would be that of the units that lack a quarter.
    fn is_alike(
        &self,
        measure: &Measure,
        (place, time): (usize, &Time<'_>),
        (here, quarter): (usize, &Time<'_>),
    ) -> bool {
        let adds = measure.terms().iter().any(|it| {
            let element = self.questionnaire().element(it.element);
            element.rhythm == Rhythm::Quarterly && element.over_time == OverTime::Sum
        });
        if !adds || matches!(time.period, Period::Quarter(_)) {
            return true;
        }
        let answered = |place, time| {
            self.seen(measure, (place, Which::Published), time).map(|it| it.respondents)
        };
        // Who answered for the year answered in each of its quarters: as many are the same.
        std::ptr::eq(time.counted, quarter.counted)
            && answered(place, time) == answered(here, quarter)
    }

    fn quarter_at(&self, slot: u32) -> Result<Time<'_>, Failure> {
        self.time(Period::Quarter(self.calendar.quarter(slot)), Map::AsItWas)
    }

    fn hidden_in(&self, measure: &Measure, slot: u32) -> Result<Arc<BTreeSet<usize>>, Failure> {
        let key = (measure.clone(), slot);
        let kept = || self.withheld.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(&key) {
            return Ok(Arc::clone(found));
        }
        let time = self.quarter_at(slot)?;
        let mut found = match measure {
            Measure::Element(term) if term.part != Part::Whole => {
                self.hidden_parts(*term, &time, slot)
            }
            _ => self.hidden_wholes(measure, &time, slot),
        };
        // What is withheld is not told by what it is made of.
        for it in self.sums_of(measure) {
            found.extend(self.hidden_in(&it, slot)?.iter());
        }
        let found = Arc::new(found);
        kept().insert(key, Arc::clone(&found));
        Ok(found)
    }

    fn hidden_wholes(&self, measure: &Measure, time: &Time<'_>, slot: u32) -> BTreeSet<usize> {
        let questionnaire = self.force(slot);
        hidden(&time.shown.tree, threshold(questionnaire), |place| {
            let value = self.seen(measure, (place, Which::Published), time)?;
            let counted = match measure {
                Measure::Indicator(number) => {
                    let newest = &self.questionnaire().indicators()[*number];
                    let indicator = questionnaire.indicator(&newest.code)?;
                    let sides = (value.numerator, value.denominator);
                    persons(questionnaire, indicator, sides)
                }
                _ => value.value,
            };
            Some((value.respondents, counted))
        })
    }

    /// Where the parts of an element are withheld: all those of a dimension together, as soon as
    /// one must be, since the whole less the others would tell it; and where some units gave a part
    /// without the whole, since the parts less the whole would tell theirs.
    fn hidden_parts(&self, term: Term, time: &Time<'_>, slot: u32) -> BTreeSet<usize> {
        let places = time.shown.tree.units().len();
        let read = |it: Term| -> Vec<Option<Value>> {
            let measure = Measure::Element(it);
            (0..places).map(|it| self.seen(&measure, (it, Which::Published), time)).collect()
        };
        let whole = read(Term { part: Part::Whole, ..term });
        // An option that nobody was asked tells nothing.
        let answered =
            |it: &Vec<Option<Value>>| it.iter().flatten().any(|value| 0 < value.respondents);
        let parts: Vec<Vec<Option<Value>>> =
            self.beside(term).into_iter().map(read).filter(answered).collect();
        hidden(&time.shown.tree, threshold(self.force(slot)), |place| {
            let whole = whole[place]?;
            let here = parts.iter().filter_map(|it| it[place]);
            let alike = here.clone().all(|it| it.respondents == whole.respondents);
            let fewest = here.filter_map(|it| it.value).min();
            Some((if alike { whole.respondents } else { 0 }, fewest))
        })
    }

    /// The parts that make up the whole with a part, itself among them.
    fn beside(&self, term: Term) -> Vec<Term> {
        let questionnaire = self.questionnaire();
        let all = match term.part {
            Part::Whole => return Vec::new(),
            Part::Option { dimension, .. } => {
                Measure::split(questionnaire, term.element, dimension)
                    .iter()
                    .flat_map(Measure::terms)
                    .collect()
            }
            Part::Cell(_) => (0..)
                .zip(&questionnaire.element(term.element).cells)
                .map(|it| Term { part: Part::Cell(it.0), ..term })
                .collect::<Vec<Term>>(),
        };
        all.into_iter().filter(|it| self.layout.cells_of(*it).is_some()).collect()
    }

    /// What a part helps to make up: the whole and, for a cell, its options.
    fn sums_of(&self, measure: &Measure) -> Vec<Measure> {
        let Measure::Element(term) = measure else { return Vec::new() };
        if term.part == Part::Whole {
            return Vec::new();
        }
        let mut out = vec![Measure::Element(Term { part: Part::Whole, ..*term })];
        if let Part::Cell(cell) = term.part {
            let element = self.questionnaire().element(term.element);
            let options = element.cells.get(usize::from(cell)).into_iter().flatten();
            out.extend(element.dimensions.iter().zip(options).map(|(dimension, option)| {
                let part = Part::Option { dimension: *dimension, option: *option };
                Measure::Element(Term { part, ..*term })
            }));
        }
        out
    }
}
