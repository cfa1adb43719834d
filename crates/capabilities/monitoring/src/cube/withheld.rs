//! What may not be shown to the public of restricted data, by the rules of the reports.

use super::answer::Time;
use super::figures::{Figures, Which};
use super::{Map, Measure, Term};
use crate::analysis::{hidden, is_restricted, persons, threshold};
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
    /// shown (a ratio of the asker's own, another map), nothing is.
    pub(crate) fn is_withheld(
        &self,
        measure: &Measure,
        place: usize,
        time: &Time<'_>,
        map: Map,
    ) -> Result<bool, Failure> {
        if !self.is_restricted(measure) {
            return Ok(false);
        }
        if map != Map::AsItWas || matches!(measure, Measure::Ratio { .. }) {
            return Ok(true);
        }
        for slot in &time.slots {
            if self.hidden_in(measure, *slot)?.contains(&place) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn hidden_in(&self, measure: &Measure, slot: u32) -> Result<Arc<BTreeSet<usize>>, Failure> {
        let key = (measure.clone(), slot);
        let kept = || self.withheld.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(&key) {
            return Ok(Arc::clone(found));
        }
        let quarter = Period::Quarter(self.calendar.quarter(slot));
        let time = self.time(quarter, Map::AsItWas)?;
        let questionnaire = self.force(slot);
        let found = hidden(&time.shown.tree, threshold(questionnaire), |place| {
            let value = self.seen(measure, (place, Which::Published), &time)?;
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
        });
        let found = Arc::new(found);
        kept().insert(key, Arc::clone(&found));
        Ok(found)
    }
}
