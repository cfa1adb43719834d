//! What may be published of restricted data.
//!
//! Source: reference questionnaire, section « Valeurs »: restricted data are never published below
//! the threshold `P_SEUIL_PUB`, nor for one commune alone. To keep these promises, what would let
//! such a figure be found from the others is left out too: see [`closed`].

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
    /// difference of the two sums would be one commune's. Nor is anything shown that the map of the
    /// quarter withholds: so the other map tells nothing that this one does not.
    pub(crate) fn where_others_sum(&mut self, computed: &Computed, own: &Computed) {
        let communes = |of: &Computed, code: &str| -> Option<BTreeSet<String>> {
            let place = of.land.tree.place(code)?;
            let below = of.land.tree.at_level(place, crate::questionnaire::Level::Commune);
            Some(below.map(|it| of.land.tree.units()[it].code.clone()).collect())
        };
        let questionnaire = computed.questionnaire();
        let theirs = Self::of(own);
        for (place, unit) in computed.land.tree.units().iter().enumerate() {
            let whole = unit.parent.is_none();
            let same = whole || communes(computed, &unit.code) == communes(own, &unit.code);
            for (number, indicator) in questionnaire.indicators().iter().enumerate() {
                if is_restricted(questionnaire, indicator)
                    && (!same || theirs.holds(own, number, &unit.code))
                {
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
    let places = 0..tree.units().len();
    let figures: Vec<Option<(u32, Option<Decimal>)>> = places.map(figure).collect();
    let mut out = BTreeSet::new();
    for (place, figure) in figures.iter().enumerate() {
        let Some((respondents, persons)) = figure else { continue };
        if *respondents < 2 || persons.is_none_or(|it| it < threshold) {
            out.insert(place);
        }
    }
    let parents: Vec<Option<usize>> = tree.units().iter().map(|it| it.parent).collect();
    let counted: Vec<Option<Decimal>> = figures.iter().map(|it| it.and_then(|it| it.1)).collect();
    closed(&parents, &counted, threshold, out)
}

/// The places left out, with those that must go with them so that none is found from those shown.
///
/// What is public is that each place is the sum of those under it. Two rules are enough:
///
/// * under a place that is left out, at least one other is: it would be their sum;
/// * under a place that is shown, none is left out alone, and those left out together count as many
///   persons as may be published: the rest of the sum would tell them.
///
/// Then a way leads from each place left out, through others, down to one that has nothing under
/// it; and, beside it or above it, down to another such place or up to the top. What is added at
/// one end may be taken at the other: all that is shown stays the same, so it tells nothing.
pub(crate) fn closed(
    parents: &[Option<usize>],
    counted: &[Option<Decimal>],
    threshold: Decimal,
    mut out: BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for (place, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent.filter(|_| counted[place].is_some()) {
            children[parent].push(place);
        }
    }
    // Leaving one out may ask for another, above as well as below: until nothing changes.
    loop {
        let before = out.len();
        for (place, below) in children.iter().enumerate().filter(|it| !it.1.is_empty()) {
            let left_out = below.iter().filter(|it| out.contains(*it));
            let count = left_out.clone().count();
            let persons = left_out
                .filter_map(|it| counted[*it])
                .try_fold(Decimal::ZERO, Decimal::checked_add);
            let enough = if out.contains(&place) {
                0 < count
            } else {
                count == 0 || (count != 1 && persons.is_none_or(|it| threshold <= it))
            };
            if enough {
                continue;
            }
            let shown = below.iter().filter(|it| !out.contains(*it));
            if let Some(smallest) = shown.min_by_key(|it| (counted[**it], **it)) {
                out.insert(*smallest);
            } else {
                out.insert(place);
            }
        }
        if out.len() == before {
            return out;
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The places left out whose figure follows from those shown: those that every solution of the
    /// sums has in common. Elimination, modulo a prime, over the unknown places.
    fn found(parents: &[Option<usize>], out: &BTreeSet<usize>) -> Vec<usize> {
        const PRIME: i64 = 1_000_003;
        let inverse = |it: i64| {
            let (mut base, mut power, mut made) = (it.rem_euclid(PRIME), PRIME - 2, 1);
            while 0 < power {
                if power % 2 == 1 {
                    made = made * base % PRIME;
                }
                base = base * base % PRIME;
                power /= 2;
            }
            made
        };
        let unknown: Vec<usize> = out.iter().copied().collect();
        let mut rows: Vec<Vec<i64>> = Vec::new();
        for place in 0..parents.len() {
            if !parents.contains(&Some(place)) {
                continue;
            }
            let of = |it: &usize| i64::from(parents[*it] == Some(place)) - i64::from(*it == place);
            rows.push(unknown.iter().map(of).collect());
        }
        let mut done = 0;
        for column in 0..unknown.len() {
            let Some(at) = (done..rows.len()).find(|it| rows[*it][column] != 0) else { continue };
            rows.swap(done, at);
            let by = inverse(rows[done][column]);
            rows[done].iter_mut().for_each(|it| *it = *it * by % PRIME);
            let pivot = rows[done].clone();
            for (number, row) in rows.iter_mut().enumerate() {
                let times = row[column];
                if number != done && times != 0 {
                    for (it, from) in row.iter_mut().zip(&pivot) {
                        *it = (*it - times * from).rem_euclid(PRIME);
                    }
                }
            }
            done += 1;
        }
        // A row with one unknown left tells it.
        let alone = |row: &Vec<i64>| {
            let mut left = row.iter().zip(&unknown).filter(|it| *it.0 != 0);
            left.next().filter(|_| left.next().is_none()).map(|it| *it.1)
        };
        rows.iter().filter_map(alone).collect()
    }

    /// Places of a tree, each under one before it; those with nothing under them count persons.
    fn trees() -> impl Strategy<Value = (Vec<Option<usize>>, Vec<Option<Decimal>>)> {
        let places = prop::collection::vec((any::<prop::sample::Index>(), 0_u32..40), 1..24);
        places.prop_map(|given| {
            let mut parents = vec![None];
            for (number, (under, _)) in given.iter().enumerate() {
                parents.push(Some(under.index(number + 1)));
            }
            let mut counted = vec![Decimal::ZERO; parents.len()];
            for place in (0..parents.len()).rev() {
                if !parents.contains(&Some(place)) {
                    counted[place] = given[place.saturating_sub(1)].1.into();
                }
                if let Some(parent) = parents[place] {
                    let more = counted[place];
                    counted[parent] += more;
                }
            }
            (parents, counted.into_iter().map(Some).collect())
        })
    }

    proptest! {
        #[test]
        fn nothing_left_out_is_found_from_what_is_shown(
            (parents, counted) in trees(),
            more in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        ) {
            let threshold = Decimal::from(10);
            let few = (0..parents.len()).filter(|it| counted[*it] < Some(threshold));
            let mut seeds: BTreeSet<usize> = few.collect();
            seeds.extend(more.iter().map(|it| it.index(parents.len())));
            let out = closed(&parents, &counted, threshold, seeds.clone());
            prop_assert!(seeds.is_subset(&out));
            prop_assert_eq!(found(&parents, &out), Vec::<usize>::new());
            // What is left out under a shown place is never few persons.
            for place in (0..parents.len()).filter(|it| !out.contains(it)) {
                let below = out.iter().filter(|it| parents[**it] == Some(place));
                let persons: Vec<Decimal> = below.filter_map(|it| counted[*it]).collect();
                let sum: Decimal = persons.iter().sum();
                prop_assert!(persons.is_empty() || threshold <= sum);
            }
        }
    }

    #[test]
    fn a_region_is_not_found_through_the_cercles_of_its_neighbour() {
        // The nation; ML01 and ML02 and ML03; two cercles of ML02, two of ML01.
        let parents = [None, Some(0), Some(0), Some(0), Some(2), Some(2), Some(1), Some(1)];
        let counted = [200, 20, 60, 120, 25, 35, 12, 8].map(|it| Some(Decimal::from(it)));
        // One commune alone answered in ML01.
        let seeds = BTreeSet::from([1, 6, 7]);
        let mut told = found(&parents, &BTreeSet::from([1, 2, 6, 7]));
        told.sort_unstable();
        assert_eq!(told, [1, 2]);
        let out = closed(&parents, &counted, 10.into(), seeds);
        assert_eq!(out, BTreeSet::from([1, 2, 4, 6, 7]));
    }
}
