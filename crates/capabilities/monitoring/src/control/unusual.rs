//! Unusual values, by robust statistics: a figure far from the median of the unit's own past, or
//! from that of its sister communes. Only information: it never holds up a return, it ranks nobody,
//! and it says its numbers.
//!
//! The rule: with `m` the median and `d` the median of the absolute deviations from it, a value `x`
//! is unusual if `0.6745 × |x − m| > factor × max(d, floor × |m|, least)`. The factor 3.5 and the
//! constant 0.6745 are those of Iglewicz and Hoaglin, *How to Detect and Handle Outliers*, 1993.
//! The floor keeps a series that hardly moves from speaking at each step; where more than half of
//! the values are the same (`d` is zero), nothing is said: rare events have no usual size. All in
//! exact decimals.

use crate::aggregation::Data;
use crate::questionnaire::{Cells, Level, OverTerritory, Questionnaire, Rhythm, earlier};
use kernel::{Decimal, Quarter};

/// The element that sister communes are measured against: their inhabitants.
const POPULATION: &str = "DEM_POP";
/// How far the past is looked back to, in quarters.
const PAST: u16 = 8;

/// The numbers of the rule, each settable by a parameter of the questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// `P_INHAB_FACTEUR`.
    pub factor: Decimal,
    /// `P_INHAB_PLANCHER`: a share of the median.
    pub floor: Decimal,
    /// `P_INHAB_MIN_TRIM`: the least quarters of its own past.
    pub least_past: usize,
    /// `P_INHAB_MIN_SOEURS`: the least sister communes.
    pub least_sisters: usize,
}

impl Numbers {
    /// As the questionnaire sets them.
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let set = |code: &str, default: Decimal| {
            questionnaire.parameters().get(code).map_or(default, |it| it.value)
        };
        let count = |code: &str, default: u32| {
            let it = set(code, Decimal::from(default)).round();
            usize::try_from(it.mantissa()).unwrap_or(usize::MAX)
        };
        Self {
            factor: set("P_INHAB_FACTEUR", Decimal::new(35, 1)),
            floor: set("P_INHAB_PLANCHER", Decimal::new(1, 1)),
            least_past: count("P_INHAB_MIN_TRIM", 6),
            least_sisters: count("P_INHAB_MIN_SOEURS", 5),
        }
    }
}

/// Against what a value is unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Against {
    /// The unit's own past quarters.
    Past,
    /// The communes of the same cercle, for 1 000 inhabitants.
    Sisters,
}

impl Against {
    /// How the circuit names such an alert, before the code of the element.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Past => "INHAB",
            Self::Sisters => "INHAB-S",
        }
    }
}

/// An unusual value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusual {
    /// The unit.
    pub unit: String,
    /// The number of the element.
    pub element: u16,
    /// Against what.
    pub against: Against,
    /// The value: a total, or a number for 1 000 inhabitants.
    pub value: Decimal,
    /// The median that it is far from.
    pub median: Decimal,
    /// The median of the absolute deviations.
    pub deviation: Decimal,
    /// How many values the median is of.
    pub count: usize,
}

/// The median: the middle value, or the mean of the two in the middle. `None` of nothing.
pub fn median(mut values: Vec<Decimal>) -> Option<Decimal> {
    values.sort_unstable();
    let half = values.len() / 2;
    if values.len() % 2 == 1 {
        return values.get(half).copied();
    }
    let (low, high) = (values.get(half.checked_sub(1)?)?, values.get(half)?);
    low.checked_add(*high)?.checked_div(Decimal::TWO)
}

/// The median and the deviation from which a value is unusual among others; `None` if it is not.
/// `least` is a deviation that is never unusual.
pub fn far(
    value: Decimal,
    others: &[Decimal],
    least: Decimal,
    numbers: &Numbers,
) -> Option<(Decimal, Decimal)> {
    let middle = median(others.to_vec())?;
    let off = |it: &Decimal| it.checked_sub(middle).map(|it| it.abs());
    let deviation = median(others.iter().map(off).collect::<Option<Vec<_>>>()?)?;
    // More than half of the values are the same: rare events have no usual size.
    if deviation.is_zero() {
        return None;
    }
    let scale = deviation.max(middle.abs().checked_mul(numbers.floor)?).max(least);
    let left = Decimal::new(6745, 4).checked_mul(off(&value)?)?;
    (numbers.factor.checked_mul(scale)? < left).then_some((middle, deviation))
}

/// The unusual values of a unit and of all those under it, by element, then by unit in the order of
/// the tree.
pub fn unusual_under(data: &Data<'_>, unit: usize, quarter: Quarter) -> Vec<Unusual> {
    let numbers = Numbers::of(data.questionnaire);
    let mut found = Vec::new();
    for (number, element) in (0..).zip(data.questionnaire.elements()) {
        let adds = element.over_territory == OverTerritory::Sum;
        if !adds || element.rhythm != Rhythm::Quarterly {
            continue;
        }
        let cells = Cells::all(number, element);
        for place in data.tree.under(unit) {
            if data.tree.units()[place].level != element.level {
                continue;
            }
            found.extend(of_past(data, place, (number, &cells), quarter, &numbers));
            if element.level == Level::Commune {
                found.extend(of_sisters(data, (unit, place), (number, &cells), quarter, &numbers));
            }
        }
    }
    found
}

fn of_past(
    data: &Data<'_>,
    place: usize,
    (element, cells): (u16, &Cells),
    quarter: Quarter,
    numbers: &Numbers,
) -> Option<Unusual> {
    let code = &data.tree.units()[place].code;
    let values = data.values.of(code)?;
    let now = kernel::Period::Quarter(quarter);
    let value = values.total(now, cells)?;
    let past: Vec<Decimal> =
        (1..=PAST).filter_map(|back| values.total(earlier(now, back), cells)).collect();
    if past.len() < numbers.least_past {
        return None;
    }
    let (median, deviation) = far(value, &past, Decimal::ONE, numbers)?;
    Some(Unusual {
        unit: code.clone(),
        element,
        against: Against::Past,
        value,
        median,
        deviation,
        count: past.len(),
    })
}

fn of_sisters(
    data: &Data<'_>,
    (within, place): (usize, usize),
    (element, cells): (u16, &Cells),
    quarter: Quarter,
    numbers: &Numbers,
) -> Option<Unusual> {
    let number = data.questionnaire.element_number(POPULATION)?;
    let population = data.questionnaire.element(number);
    let inhabitants = Cells::all(number, population);
    let rate = |place: usize| {
        let values = data.values.of(&data.tree.units()[place].code)?;
        let total = values.total(kernel::Period::Quarter(quarter), cells)?;
        let people = values.total(population.rhythm.period(quarter), &inhabitants)?;
        total.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(people)
    };
    let value = rate(place)?;
    // Those with the same unit right above, as far as this reader sees them.
    let above = data.tree.above(place).next()?;
    let sisters: Vec<Decimal> = data
        .tree
        .at_level(within, Level::Commune)
        .filter(|it| *it != place && data.tree.above(*it).next() == Some(above))
        .filter_map(rate)
        .collect();
    if sisters.len() < numbers.least_sisters {
        return None;
    }
    let (median, deviation) = far(value, &sisters, Decimal::ZERO, numbers)?;
    Some(Unusual {
        unit: data.tree.units()[place].code.clone(),
        element,
        against: Against::Sisters,
        value,
        median,
        deviation,
        count: sisters.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;
    use proptest::prelude::*;

    fn numbers() -> Numbers {
        Numbers::of(Questionnaire::shipped().unwrap())
    }

    fn all(texts: &[i64]) -> Vec<Decimal> {
        texts.iter().map(|it| Decimal::from(*it)).collect()
    }

    #[test]
    fn the_rule_by_hand() {
        assert_eq!(numbers().factor, Decimal::new(35, 1));
        assert_eq!(median(all(&[3, 1, 2])), Some(Decimal::TWO));
        assert_eq!(median(all(&[4, 1, 2, 3])), Some(Decimal::new(25, 1)));
        assert_eq!(median(Vec::new()), None);
        // Median 102, deviations 12 2 2 0 4 8 18: their median is 4, the floor 10.2 is larger.
        // 0.6745 × |x − 102| > 3.5 × 10.2 = 35.7, so beyond 52.928… of 102.
        let past = all(&[90, 100, 104, 102, 106, 94, 120]);
        for (value, expected) in [(49, true), (50, false), (102, false), (154, false), (155, true)]
        {
            let found = far(Decimal::from(value), &past, Decimal::ONE, &numbers());
            assert_eq!(found.is_some(), expected, "{value}");
        }
        // Small counts: the least deviation is one, so up to 5 away nothing is said.
        let small = all(&[0, 1, 0, 1, 0, 1]);
        assert_eq!(far(Decimal::from(5), &small, Decimal::ONE, &numbers()), None);
        assert!(far(Decimal::from(6), &small, Decimal::ONE, &numbers()).is_some());
        // Rare events: more than half of the past is zero.
        assert_eq!(far(Decimal::from(900), &all(&[0; 8]), Decimal::ONE, &numbers()), None);
    }

    #[test]
    fn a_short_past_says_nothing_and_a_long_one_says_its_numbers() {
        let mut country = Country::new(&[("C1", Level::Commune, None)]);
        let quarter: Quarter = "2024T4".parse().unwrap();
        for (back, text) in (1..).zip(["100", "98", "102", "104", "96"]) {
            country.fill("C1", &quarter.plus(-back).to_string(), &[("SAN_ACC", text)]);
        }
        country.fill("C1", "2024T4", &[("SAN_ACC", "400")]);
        assert_eq!(unusual_under(&country.data(), 0, quarter), []);
        country.fill("C1", &quarter.plus(-6).to_string(), &[("SAN_ACC", "110")]);
        let found = unusual_under(&country.data(), 0, quarter);
        assert_eq!(found.len(), 1);
        let told = (found[0].value, found[0].median, found[0].deviation, found[0].count);
        // 96 98 100 102 104 110: the middle is 101, the deviations 5 3 1 1 3 9.
        assert_eq!(told, (400.into(), 101.into(), 3.into(), 6));
    }

    proptest! {
        #[test]
        fn the_order_of_the_past_changes_nothing_and_the_median_is_never_unusual(
            past in prop::collection::vec(-1_000_000i64..1_000_000, 1..12), value in -1_000_000i64..1_000_000,
        ) {
            let one = all(&past);
            let mut other = one.clone();
            other.reverse();
            let numbers = numbers();
            let found = far(value.into(), &one, Decimal::ONE, &numbers);
            prop_assert_eq!(found, far(value.into(), &other, Decimal::ONE, &numbers));
            let middle = median(one.clone()).unwrap();
            prop_assert_eq!(far(middle, &one, Decimal::ONE, &numbers), None);
        }
    }
}
