//! What a unit gives to those above it.

use crate::questionnaire::{Gathering, Indicator, Leaf, Parameter};
use expressions::{At, Count, Source};
use kernel::{Decimal, Quarter};
use std::cell::RefCell;
use std::collections::BTreeMap;

pub(crate) type Leaves = BTreeMap<(Leaf, At), Decimal>;

/// What one unit answers to one indicator.
pub(crate) struct Answer {
    pub(crate) numerator: Option<Decimal>,
    pub(crate) denominator: Option<Decimal>,
    /// What goes up; `None` if the unit must be left out.
    pub(crate) contribution: Option<Contribution>,
}

pub(crate) enum Contribution {
    Components(Decimal, Decimal),
    Leaves(Leaves),
}

impl Answer {
    pub(crate) fn of<S: Source<Leaf = Leaf>>(indicator: &Indicator, source: &S) -> Self {
        let recorder = Recorder { source, seen: RefCell::default() };
        let recorded = indicator.gathering == Gathering::Recomputed;
        let (numerator, denominator) = if recorded {
            (indicator.numerator.evaluate(&recorder), indicator.denominator.evaluate(&recorder))
        } else {
            (indicator.numerator.evaluate(source), indicator.denominator.evaluate(source))
        };
        let contribution = match (numerator, denominator) {
            (Some(numerator), Some(denominator)) => match &indicator.gathering {
                Gathering::SumOfComponents | Gathering::Counted => {
                    Some(Contribution::Components(numerator, denominator))
                }
                Gathering::Recomputed => Some(Contribution::Leaves(recorder.seen.into_inner())),
                Gathering::WeightedBy(weight) => {
                    let weight = source.value(&Leaf::Cells(weight.clone()), At::NOW);
                    weight.and_then(|weight| {
                        let value = numerator.checked_div(denominator)?;
                        Some(Contribution::Components(value.checked_mul(weight)?, weight))
                    })
                }
            },
            _ => None,
        };
        Self { numerator, denominator, contribution }
    }
}

/// The answers added for a larger unit.
#[derive(Clone, Default)]
pub(crate) struct Sum {
    numerator: Decimal,
    denominator: Decimal,
    leaves: Leaves,
    // The sum is beyond what a decimal holds: there is no value rather than a wrong one.
    overflowed: bool,
    pub(crate) respondents: u32,
    pub(crate) expected: u32,
}

impl Sum {
    /// What some units gave together.
    pub(crate) fn of_leaves(leaves: Leaves, respondents: u32, expected: u32) -> Self {
        Self { leaves, respondents, expected, ..Self::default() }
    }

    pub(crate) fn add(&mut self, answer: &Answer) {
        self.expected += 1;
        let Some(contribution) = &answer.contribution else {
            return;
        };
        self.respondents += 1;
        let overflowed = &mut self.overflowed;
        let mut join = |sum: &mut Decimal, value: Decimal| match sum.checked_add(value) {
            Some(total) => *sum = total,
            None => *overflowed = true,
        };
        match contribution {
            Contribution::Components(numerator, denominator) => {
                join(&mut self.numerator, *numerator);
                join(&mut self.denominator, *denominator);
            }
            Contribution::Leaves(leaves) => {
                for (leaf, value) in leaves {
                    match self.leaves.get_mut(leaf) {
                        Some(sum) => join(sum, *value),
                        None => {
                            self.leaves.insert(leaf.clone(), *value);
                        }
                    }
                }
            }
        }
    }

    /// The numerator and the denominator of the larger unit.
    pub(crate) fn components(
        &self,
        indicator: &Indicator,
        parameters: &BTreeMap<String, Parameter>,
        quarter: Quarter,
    ) -> (Option<Decimal>, Option<Decimal>) {
        if self.respondents == 0 || self.overflowed {
            return (None, None);
        }
        if indicator.gathering != Gathering::Recomputed {
            return (Some(self.numerator), Some(self.denominator));
        }
        let source = Added { sum: self, parameters, quarter };
        (indicator.numerator.evaluate(&source), indicator.denominator.evaluate(&source))
    }
}

/// A source that remembers what was read from it.
struct Recorder<'a, S> {
    source: &'a S,
    seen: RefCell<Leaves>,
}

impl<S: Source<Leaf = Leaf>> Source for Recorder<'_, S> {
    type Leaf = Leaf;

    fn quarter(&self) -> Quarter {
        self.source.quarter()
    }

    fn value(&self, leaf: &Leaf, at: At) -> Option<Decimal> {
        let value = self.source.value(leaf, at)?;
        self.seen.borrow_mut().insert((leaf.clone(), at), value);
        Some(value)
    }

    fn parameter(&self, name: &str) -> Option<Decimal> {
        self.source.parameter(name)
    }

    fn count(&self, count: Count) -> Option<Decimal> {
        self.source.count(count)
    }

    // A formula that is computed again on sums does not ask for communes: see the questionnaire.
    fn communes(&self, _visit: &mut dyn FnMut(&Self)) {}
}

/// The values of several units added together.
struct Added<'a> {
    sum: &'a Sum,
    parameters: &'a BTreeMap<String, Parameter>,
    quarter: Quarter,
}

impl Source for Added<'_> {
    type Leaf = Leaf;

    fn quarter(&self) -> Quarter {
        self.quarter
    }

    fn value(&self, leaf: &Leaf, at: At) -> Option<Decimal> {
        self.sum.leaves.get(&(leaf.clone(), at)).copied()
    }

    fn parameter(&self, name: &str) -> Option<Decimal> {
        self.parameters.get(name).map(|it| it.value)
    }

    fn count(&self, count: Count) -> Option<Decimal> {
        (count == Count::Communes).then(|| self.sum.respondents.into())
    }

    fn communes(&self, _visit: &mut dyn FnMut(&Self)) {}
}
