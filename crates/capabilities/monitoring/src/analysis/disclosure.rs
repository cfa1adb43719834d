//! What may be published of restricted data.
//!
//! Source: reference questionnaire, section « Valeurs »: restricted data are never published below
//! the threshold `P_SEUIL_PUB`, nor for one commune alone. To keep the second promise, a unit whose
//! figure could be found by taking its neighbours from the unit above is left out too.

use std::collections::BTreeSet;

use kernel::Decimal;

use crate::aggregation::Tree;
use crate::questionnaire::{Formula, Indicator, Leaf, Questionnaire};

use super::Computed;

/// The fewest persons published, when the questionnaire does not say.
const FEWEST: u32 = 10;

/// The figures of a country and a quarter that may not be published, by indicator and unit.
#[derive(Clone, Debug, Default)]
pub struct Withheld(BTreeSet<(usize, usize)>);

impl Withheld {
    /// Finds them.
    pub fn of(computed: &Computed) -> Self {
        let questionnaire = computed.questionnaire();
        let mut out = Self::default();
        for (number, indicator) in questionnaire.indicators().iter().enumerate() {
            if is_restricted(questionnaire, indicator) {
                out.withhold(computed, number, threshold(questionnaire));
            }
        }
        out
    }

    /// Leaves out the restricted figures of units that another map makes of other communes: the
    /// difference of the two sums would be one commune's.
    pub(crate) fn where_others_sum(&mut self, computed: &Computed, own: &Computed) {
        let communes = |of: &Computed, code: &str| -> Option<BTreeSet<String>> {
            let place = of.land.tree.place(code)?;
            let below = of.land.tree.at_level(place, crate::questionnaire::Level::Commune);
            Some(below.map(|it| of.land.tree.units()[it].code.clone()).collect())
        };
        let questionnaire = computed.questionnaire();
        for (place, unit) in computed.land.tree.units().iter().enumerate() {
            let whole = unit.parent.is_none();
            if whole || communes(computed, &unit.code) == communes(own, &unit.code) {
                continue;
            }
            for (number, indicator) in questionnaire.indicators().iter().enumerate() {
                if is_restricted(questionnaire, indicator) {
                    self.0.insert((number, place));
                }
            }
        }
    }

    /// Whether this figure may not be published.
    pub fn holds(&self, computed: &Computed, indicator: usize, unit: &str) -> bool {
        computed.land.tree.place(unit).is_some_and(|place| self.0.contains(&(indicator, place)))
    }

    fn withhold(&mut self, computed: &Computed, number: usize, threshold: Decimal) {
        let questionnaire = computed.questionnaire();
        let Some(indicator) = questionnaire.indicators().get(number) else { return };
        let units = computed.land.tree.units();
        let found = hidden(&computed.land.tree, threshold, |place| {
            let figure = computed.figure(number, &units[place].code)?;
            let sides = (figure.numerator, figure.denominator);
            Some((figure.respondents, persons(questionnaire, indicator, sides)))
        });
        self.0.extend(found.into_iter().map(|place| (number, place)));
    }
}

/// The persons that a figure of a restricted indicator counts: on its restricted side.
pub(crate) fn persons(
    questionnaire: &Questionnaire,
    indicator: &Indicator,
    (over, under): (Option<Decimal>, Option<Decimal>),
) -> Option<Decimal> {
    let numerator = reads_restricted(questionnaire, &indicator.numerator);
    let parts = [(numerator, over), (!numerator, under)];
    parts.into_iter().filter(|it| it.0).find_map(|it| it.1)
}

/// The places whose figure may not be published: made of one answer, counting too few persons, or
/// found again by taking its neighbours from the place above. `figure` gives the answers and the
/// persons of each place that has a figure.
pub(crate) fn hidden(
    tree: &Tree,
    threshold: Decimal,
    figure: impl Fn(usize) -> Option<(u32, Option<Decimal>)>,
) -> BTreeSet<usize> {
    let units = tree.units();
    let figures: Vec<Option<(u32, Option<Decimal>)>> = (0..units.len()).map(figure).collect();
    let counted = |place: usize| figures[place].and_then(|it| it.1);
    let mut out = BTreeSet::new();
    for (place, figure) in figures.iter().enumerate() {
        let Some((respondents, persons)) = figure else { continue };
        if *respondents < 2 || persons.is_none_or(|it| it < threshold) {
            out.insert(place);
        }
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); units.len()];
    for (place, unit) in units.iter().enumerate() {
        if let Some(parent) = unit.parent.filter(|_| counted(place).is_some()) {
            children[parent].push(place);
        }
    }
    // From the top down: one figure alone left out among its neighbours would be found again.
    for (place, below) in children.iter().enumerate() {
        let left_out = below.iter().filter(|it| out.contains(*it)).count();
        if left_out == 1 && !out.contains(&place) {
            let shown = below.iter().filter(|it| !out.contains(*it));
            if let Some(smallest) = shown.min_by_key(|it| (counted(**it), **it)) {
                out.insert(*smallest);
            } else {
                out.insert(place);
            }
        }
    }
    out
}

/// The fewest persons that a published figure may count.
pub(crate) fn threshold(questionnaire: &Questionnaire) -> Decimal {
    questionnaire.parameters().get("P_SEUIL_PUB").map_or(FEWEST.into(), |it| it.value)
}

/// Whether an indicator reads restricted data.
pub fn is_restricted(questionnaire: &Questionnaire, indicator: &Indicator) -> bool {
    reads_restricted(questionnaire, &indicator.numerator)
        || reads_restricted(questionnaire, &indicator.denominator)
}

fn reads_restricted(questionnaire: &Questionnaire, formula: &Formula) -> bool {
    formula.leaves().any(|leaf| match leaf {
        Leaf::Cells(cells) => questionnaire.element(cells.element).restricted,
        Leaf::Every => true,
    })
}
