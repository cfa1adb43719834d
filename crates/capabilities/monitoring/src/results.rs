//! The indicators of all the units of a tree for one quarter.
//!
//! Formulas are evaluated once in each unit that answers; what they give is then added upwards. A
//! rate is never a mean of rates, and a unit that has not answered is left out of both the
//! numerator and the denominator, and counted.

mod component;
#[cfg(test)]
mod tests;

use crate::aggregation::{Data, Tree};
use crate::questionnaire::{Indicator, Leaf, Level, rounded};
pub(crate) use component::{Answer, Contribution, Sum};
use expressions::Source;
use kernel::{Decimal, Quarter};
use rust_decimal::RoundingStrategy;
use std::collections::BTreeMap;

/// The decimals of a numerator or a denominator in a file.
const COMPONENT_PLACES: u32 = 4;

/// The value of an indicator for a unit, and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The numerator.
    pub numerator: Option<Decimal>,
    /// The denominator.
    pub denominator: Option<Decimal>,
    /// The value, not rounded; `None` is « n.d. ».
    pub value: Option<Decimal>,
    /// The value as a program writes it, rounded: `31.3`, `n.d.`.
    pub shown: String,
    /// The units that answered.
    pub respondents: u32,
    /// The units that were to answer.
    pub expected: u32,
    // Whether the unit counts in those above it.
    counts_above: bool,
}

impl Outcome {
    /// The numerator as a file writes it: `18952.0000`, or nothing.
    pub fn numerator_text(&self) -> String {
        component_text(self.numerator)
    }

    /// The denominator as a file writes it.
    pub fn denominator_text(&self) -> String {
        component_text(self.denominator)
    }

    /// `11/12`.
    pub fn respondents_text(&self) -> String {
        format!("{}/{}", self.respondents, self.expected)
    }
}

/// The reference says how a value is rounded, not its components. Its worked example keeps the
/// smaller of two equally near (I103: 13.88955 is written 13.8895), and so do files.
pub(crate) fn component_text(value: Option<Decimal>) -> String {
    let text = |it| rounded(it, COMPONENT_PLACES, RoundingStrategy::MidpointTowardZero);
    value.map(text).unwrap_or_default()
}

/// The outcomes of a quarter.
#[derive(Clone, Debug)]
pub struct Results<'a> {
    indicators: &'a [Indicator],
    tree: &'a Tree,
    quarter: Quarter,
    // By unit, then by indicator; `None` below the level at which the indicator is collected.
    outcomes: Vec<Vec<Option<Outcome>>>,
    places: BTreeMap<&'a str, usize>,
}

/// Computes all the indicators for all the units of the tree.
pub fn compute<'a>(data: &Data<'a>, quarter: Quarter) -> Results<'a> {
    compute_these(data, data.questionnaire.indicators(), quarter)
}

/// Computes these indicators, which need not be those of the questionnaire: a part of one, or the
/// sum of an element. Each must have a code of its own if it is asked for by its code.
pub fn compute_these<'a>(
    data: &Data<'a>,
    indicators: &'a [Indicator],
    quarter: Quarter,
) -> Results<'a> {
    compute_from(data, indicators, quarter, |place, _| data.source(place, quarter))
}

/// As [`compute_these`], reading each unit (by its place) for each indicator from a source of the
/// caller's choice.
pub(crate) fn compute_from<'a, S: Source<Leaf = Leaf>>(
    data: &Data<'a>,
    indicators: &'a [Indicator],
    quarter: Quarter,
    source: impl Fn(usize, &Indicator) -> S,
) -> Results<'a> {
    let units = data.tree.units();
    let mut outcomes: Vec<Vec<Option<Outcome>>> = vec![vec![None; indicators.len()]; units.len()];
    let mut sums: Vec<Vec<Sum>> = units
        .iter()
        .map(|it| {
            let above = if it.level == Level::Commune { 0 } else { indicators.len() };
            vec![Sum::default(); above]
        })
        .collect();
    for (place, unit) in units.iter().enumerate() {
        let above: Vec<usize> = data.tree.above(place).collect();
        for (at, indicator) in indicators.iter().enumerate() {
            if indicator.level != unit.level || !indicator.in_force {
                continue;
            }
            let answer = Answer::of(indicator, &source(place, indicator));
            for place in &above {
                if let Some(sum) = sums[*place].get_mut(at) {
                    sum.add(&answer);
                }
            }
            outcomes[place][at] = Some(own(indicator, &answer));
        }
    }
    for (place, unit) in units.iter().enumerate() {
        for (at, sum) in sums[place].iter().enumerate() {
            let indicator = &indicators[at];
            if indicator.level < unit.level && indicator.in_force {
                let parameters = data.questionnaire.parameters();
                let (numerator, denominator) = sum.components(indicator, parameters, quarter);
                outcomes[place][at] = Some(outcome(
                    indicator,
                    (numerator, denominator),
                    (sum.respondents, sum.expected),
                    0 < sum.respondents,
                ));
            }
        }
    }
    let places = indicators.iter().enumerate().map(|(at, it)| (it.code.as_str(), at)).collect();
    Results { indicators, tree: data.tree, quarter, outcomes, places }
}

fn own(indicator: &Indicator, answer: &Answer) -> Outcome {
    let answers = answer.numerator.is_some() && answer.denominator.is_some();
    let components = (answer.numerator, answer.denominator);
    outcome(indicator, components, (answers.into(), 1), answer.contribution.is_some())
}

fn outcome(
    indicator: &Indicator,
    (numerator, denominator): (Option<Decimal>, Option<Decimal>),
    (respondents, expected): (u32, u32),
    counts_above: bool,
) -> Outcome {
    let value = indicator.ratio(numerator, denominator);
    let shown = indicator.shown(value);
    Outcome { numerator, denominator, value, shown, respondents, expected, counts_above }
}

impl<'a> Results<'a> {
    /// The quarter.
    pub fn quarter(&self) -> Quarter {
        self.quarter
    }

    /// The outcome of an indicator for a unit, by their codes. `None` if there is no such indicator
    /// or unit, or if the unit is below the level at which the indicator is collected.
    pub fn outcome(&self, indicator: &str, unit: &str) -> Option<&Outcome> {
        let at = *self.places.get(indicator)?;
        self.outcomes.get(self.tree.place(unit)?)?.get(at)?.as_ref()
    }

    /// The outcome of an indicator in a unit, by their places in their lists.
    pub(crate) fn at(&self, indicator: usize, place: usize) -> Option<&Outcome> {
        self.outcomes.get(place)?.get(indicator)?.as_ref()
    }

    /// The places of the units at this level whose answer counts in no larger unit.
    pub(crate) fn left_out(&self, indicator: usize) -> impl Iterator<Item = usize> {
        self.outcomes.iter().enumerate().filter_map(move |(place, outcomes)| {
            let own = self.tree.units()[place].level == self.indicators[indicator].level;
            let found = outcomes.get(indicator)?.as_ref()?;
            (own && !found.counts_above).then_some(place)
        })
    }

    /// All the outcomes: indicators in the order of the questionnaire, then units in the order of
    /// the tree.
    pub fn iter(&self) -> impl Iterator<Item = (&'a Indicator, &'a str, &Outcome)> {
        self.indicators.iter().enumerate().flat_map(move |(at, indicator)| {
            self.tree.units().iter().zip(&self.outcomes).filter_map(move |(unit, outcomes)| {
                Some((indicator, unit.code.as_str(), outcomes.get(at)?.as_ref()?))
            })
        })
    }

    /// The codes of the units whose answer is missing from the outcome of a larger one.
    pub fn missing(&self, indicator: &str, unit: &str) -> Vec<&'a str> {
        let (Some(at), Some(place)) = (self.places.get(indicator), self.tree.place(unit)) else {
            return Vec::new();
        };
        let level = self.indicators[*at].level;
        self.tree
            .at_level(place, level)
            .filter(|it| {
                let found = self.outcomes[*it][*at].as_ref();
                found.is_some_and(|it| !it.counts_above)
            })
            .map(|it| self.tree.units()[it].code.as_str())
            .collect()
    }
}
