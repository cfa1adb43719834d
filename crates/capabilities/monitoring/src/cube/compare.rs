//! How often one element is more than so many times another, over everything.

use super::answer::Time;
use super::figures::{Figures, Which};
use super::rank::place_of;
use super::refused::Refused;
use super::{Map, Standing, Term};
use ::cube::{Breach, Compare};
use identity::Actor;
use kernel::{Decimal, Failure, Period, Stop};

/// `left > factor × right` is a breach, unit by unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The element or part on the left.
    pub left: Term,
    /// The factor, from -1 000 000 to 1 000 000 with at most three decimals.
    pub factor: Decimal,
    /// The element or part on the right.
    pub right: Term,
}

impl Figures {
    /// How many pairs of values were compared and how many are in breach, for each comparison, in
    /// a place over some quarters. Quarters of which the reader sees nothing are left out.
    ///
    /// # Errors
    ///
    /// [`Refused::Place`], or [`Refused::Measure`] if the two sides are not collected together, if
    /// the factor is too fine, or if the public may not see one of them.
    pub fn compare(
        &self,
        actor: &Actor,
        comparisons: &[Comparison],
        place: &str,
        periods: &[Period],
    ) -> Result<Vec<Breach>, Stop<Refused>> {
        let times: Vec<Time<'_>> = periods
            .iter()
            .map(|it| self.time(*it, Map::AsItWas))
            .collect::<Result<_, Failure>>()?;
        let rules: Vec<Compare> = comparisons
            .iter()
            .map(|it| self.rule(it))
            .collect::<Result<_, Refused>>()
            .map_err(Stop::Refused)?;
        let mut out = vec![Breach::default(); rules.len()];
        // Quarters under one map and one view are looked through together.
        let mut at = 0;
        while let Some(time) = times.get(at) {
            let here = place_of(time, place)?;
            let sight = self.sight(actor, time, here);
            let mut slots = time.slots.clone();
            at += 1;
            while let Some(next) = times.get(at).filter(|it| it.shown.map == time.shown.map) {
                let other = self.sight(actor, next, here);
                if (other.which, other.standing == Standing::Unpublished)
                    != (sight.which, sight.standing == Standing::Unpublished)
                {
                    break;
                }
                slots.extend(&next.slots);
                at += 1;
            }
            if sight.standing == Standing::Unpublished {
                continue;
            }
            if sight.which == Which::Published {
                self.only_public(comparisons).map_err(Stop::Refused)?;
            }
            let cube = &self.side(sight.which).cube;
            for (sum, found) in out.iter_mut().zip(cube.breaches(&rules, &slots, time.span(here))) {
                sum.compared += found.compared;
                sum.broken += found.broken;
            }
        }
        Ok(out)
    }

    fn only_public(&self, comparisons: &[Comparison]) -> Result<(), Refused> {
        let questionnaire = self.questionnaire();
        let mut terms = comparisons.iter().flat_map(|it| [it.left, it.right]);
        let restricted = terms.find(|it| questionnaire.element(it.element).restricted);
        match restricted {
            Some(it) => Err(Refused::Measure(questionnaire.element(it.element).code.clone())),
            None => Ok(()),
        }
    }

    fn rule(&self, it: &Comparison) -> Result<Compare, Refused> {
        let questionnaire = self.questionnaire();
        let element = |term: Term| questionnaire.element(term.element);
        let (left, right) = (element(it.left), element(it.right));
        let refused = || Refused::Measure(right.code.clone());
        let together = left.rhythm == right.rhythm && left.level == right.level;
        if !together || !left.kind.is_number() || !right.kind.is_number() {
            return Err(refused());
        }
        let series = |term| self.layout.series_of(term).ok_or_else(refused);
        let (a, b) = (series(it.left)?, series(it.right)?);
        // Both sides at one scale, and the factor without decimals.
        let factor = it.factor.normalize();
        let (a_scale, b_scale) = (self.layout.scale(a), self.layout.scale(b));
        let power = |more: u32| 10_i128.checked_pow(more);
        let times = power(u32::from(a_scale)).and_then(|it| it.checked_mul(factor.mantissa()));
        let over = power(u32::from(b_scale)).and_then(|it| it.checked_mul(power(factor.scale())?));
        let (mut times, mut over) = (times.ok_or_else(refused)?, over.ok_or_else(refused)?);
        while times % 10 == 0 && over % 10 == 0 {
            (times, over) = (times / 10, over / 10);
        }
        let times = i32::try_from(times).map_err(|_| refused())?;
        let over = u32::try_from(over).map_err(|_| refused())?;
        Ok(Compare { left: a, right: b, times, over })
    }
}
