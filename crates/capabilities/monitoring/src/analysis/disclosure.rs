//! What may be published of restricted data.
//!
//! Source: reference questionnaire, section « Valeurs »: restricted data are never published below
//! the threshold `P_SEUIL_PUB`, nor for one commune alone. To keep the second promise, a unit whose
//! figure could be found by taking its neighbours from the unit above is left out too.

use std::collections::BTreeSet;

use kernel::Decimal;

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

    /// Whether this figure may not be published.
    pub fn holds(&self, computed: &Computed, indicator: usize, unit: &str) -> bool {
        computed.land.tree.place(unit).is_some_and(|place| self.0.contains(&(indicator, place)))
    }

    fn withhold(&mut self, computed: &Computed, number: usize, threshold: Decimal) {
        let questionnaire = computed.questionnaire();
        let Some(indicator) = questionnaire.indicators().get(number) else { return };
        let units = computed.land.tree.units();
        let counted = |place: usize| -> Option<Decimal> {
            let figure = computed.figure(number, &units[place].code)?;
            let numerator = reads_restricted(questionnaire, &indicator.numerator);
            let parts = [(numerator, figure.numerator), (!numerator, figure.denominator)];
            parts.into_iter().filter(|it| it.0).find_map(|it| it.1)
        };
        for (place, unit) in units.iter().enumerate() {
            let Some(figure) = computed.figure(number, &unit.code) else { continue };
            let few = counted(place).is_none_or(|it| it < threshold);
            if figure.respondents < 2 || few {
                self.0.insert((number, place));
            }
        }
        // From the top down: one figure alone left out among its neighbours would be found again.
        for (place, _) in units.iter().enumerate() {
            let below: Vec<usize> = computed
                .land
                .tree
                .under(place)
                .filter(|it| units[*it].parent == Some(place) && counted(*it).is_some())
                .collect();
            let hidden = below.iter().filter(|it| self.0.contains(&(number, **it))).count();
            if hidden == 1 && !self.0.contains(&(number, place)) {
                let shown = below.iter().filter(|it| !self.0.contains(&(number, **it)));
                if let Some(smallest) = shown.min_by_key(|it| (counted(**it), **it)) {
                    self.0.insert((number, *smallest));
                } else {
                    self.0.insert((number, place));
                }
            }
        }
    }
}

/// The fewest persons that a published figure may count.
fn threshold(questionnaire: &Questionnaire) -> Decimal {
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
