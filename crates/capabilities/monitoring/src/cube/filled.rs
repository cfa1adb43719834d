//! How many cells are filled.

use super::answer::Time;
use super::figures::{Figures, Which};
use super::rank::place_of;
use super::refused::Refused;
use super::{Map, Standing};
use crate::questionnaire::Rhythm;
use ::cube::{MISSING, Span};
use identity::Actor;
use kernel::{Failure, Period, Stop};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The cells filled before each unit, by view and slot, counted once for one state of the figures.
pub(crate) type Counts = Arc<Mutex<BTreeMap<(Which, u32), Arc<Vec<u64>>>>>;

/// How far the returns of a place are filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The cells that hold a value, of the forms due each quarter.
    pub cells: u64,
    /// The units that filed.
    pub filed: u64,
    /// How it stands.
    pub standing: Standing,
}

impl Figures {
    /// How many cells of the quarterly forms hold a value, by place and then by period. « Ne sait
    /// pas » is no value. A return is filed whole: under another map, that of a divided unit counts
    /// from the nearest place that holds all its parts, whatever the shares.
    ///
    /// # Errors
    ///
    /// [`Refused::Place`] if a place does not exist then.
    pub fn filled(
        &self,
        actor: &Actor,
        places: &[String],
        periods: &[Period],
        map: Map,
    ) -> Result<Vec<Filled>, Stop<Refused>> {
        let times: Vec<Time<'_>> =
            periods.iter().map(|it| self.time(*it, map)).collect::<Result<_, Failure>>()?;
        let mut out = Vec::with_capacity(places.len() * times.len());
        for code in places {
            for time in &times {
                let place = place_of(time, code)?;
                let sight = self.sight(actor, time, place);
                let mut found = Filled { standing: sight.standing, ..Filled::default() };
                if sight.standing != Standing::Unpublished {
                    let span = time.span(place);
                    for slot in &time.slots {
                        found.cells += self.cells_in(sight.which, *slot, span);
                        let mark = match sight.which {
                            Which::Filed => self.layout.on_time,
                            Which::Published => self.layout.public,
                        };
                        found.filed += self.side(sight.which).cube.sum_of(mark, *slot, span).count;
                    }
                }
                out.push(found);
            }
        }
        Ok(out)
    }

    fn cells_in(&self, which: Which, slot: u32, span: &Span) -> u64 {
        let before = self.counts(which, slot);
        let at = |unit: u32| {
            let last = before.len().saturating_sub(1);
            before.get((unit as usize).min(last)).copied().unwrap_or_default()
        };
        span.runs().iter().map(|it| at(it.end) - at(it.start)).sum()
    }

    fn counts(&self, which: Which, slot: u32) -> Arc<Vec<u64>> {
        let kept = || self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(&(which, slot)) {
            return Arc::clone(found);
        }
        let cube = &self.side(which).cube;
        let mut units = vec![0_u64; cube.units()];
        let all = Span::run(0..u32::try_from(units.len()).unwrap_or(u32::MAX));
        for (number, element) in (0..).zip(self.questionnaire().elements()) {
            if element.rhythm != Rhythm::Quarterly {
                continue;
            }
            for series in self.layout.cells(number) {
                cube.each(*series, slot, &all, |unit, value| {
                    units[unit as usize] += u64::from(value != MISSING);
                });
            }
        }
        let mut before = Vec::with_capacity(units.len() + 1);
        let mut sum = 0;
        before.push(0);
        for count in units {
            sum += count;
            before.push(sum);
        }
        let before = Arc::new(before);
        kept().insert((which, slot), Arc::clone(&before));
        before
    }
}
