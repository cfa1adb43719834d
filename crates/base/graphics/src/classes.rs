//! Classes of a choropleth: quantiles whose limits are rounded for people.

use kernel::Decimal;

use crate::scale::power_of_ten;

/// The limits of at most five classes, the same for all maps of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    least: Decimal,
    most: Decimal,
    // Invariant: strictly ascending, at most four.
    breaks: Vec<Decimal>,
}

/// One line of the table that stands beside a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassRow {
    /// 0 is the lightest.
    pub class: usize,
    /// Included.
    pub from: Decimal,
    /// Excluded; included in the last class, where it is the greatest value.
    pub to: Decimal,
    /// Whether `to` is in the class.
    pub last: bool,
    /// How many of the values of the map fall in it.
    pub count: usize,
    /// The colour, `#rrggbb`.
    pub colour: &'static str,
}

impl Classes {
    /// Cuts the values in classes of about equal numbers, with limits as round as can be without
    /// moving many values. `None` if there is no value. `at_most` is held between 1 and 5.
    pub fn quantiles(values: impl IntoIterator<Item = Decimal>, at_most: usize) -> Option<Self> {
        let mut sorted: Vec<Decimal> = values.into_iter().collect();
        sorted.sort_unstable();
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let wanted = at_most.clamp(1, 5);
        // A rounding may move a fifth of a class, not more.
        let tolerance = sorted.len() / (5 * wanted);
        let mut breaks: Vec<Decimal> = Vec::new();
        for rank in 1..wanted {
            let raw = sorted[rank * sorted.len() / wanted];
            let floor = breaks.last().copied().unwrap_or(least);
            let limit = rounded(raw, floor, most, tolerance, &sorted);
            let holds =
                |from: Decimal, to: Decimal| sorted.iter().any(|it| from <= *it && *it < to);
            if floor < limit && limit <= most && holds(floor, limit) {
                breaks.push(limit.normalize());
            }
        }
        Some(Self { least: least.normalize(), most: most.normalize(), breaks })
    }

    /// How many classes there are, 1 to 5.
    pub fn number(&self) -> usize {
        self.breaks.len() + 1
    }

    /// The class of a value. Values beyond those that made the classes go to the first or last.
    pub fn of(&self, value: Decimal) -> usize {
        self.breaks.partition_point(|it| *it <= value)
    }

    /// The step of the five-step ramp: few classes are spread over the whole ramp.
    pub(crate) fn shade(&self, class: usize) -> usize {
        const SPREAD: [&[usize]; 5] = [&[2], &[1, 4], &[0, 2, 4], &[0, 1, 3, 4], &[0, 1, 2, 3, 4]];
        let steps = SPREAD[self.breaks.len().min(4)];
        steps[class.min(steps.len() - 1)]
    }

    /// The limits, from the least value to the greatest.
    pub(crate) fn limits(&self) -> Vec<Decimal> {
        [self.least].into_iter().chain(self.breaks.iter().copied()).chain([self.most]).collect()
    }

    /// The table of the classes, with how many of these values fall in each.
    pub fn rows(&self, values: impl IntoIterator<Item = Decimal>) -> Vec<ClassRow> {
        let limits = self.limits();
        let mut rows: Vec<ClassRow> = (0..self.number())
            .map(|class| ClassRow {
                class,
                from: limits[class],
                to: limits[class + 1],
                last: class + 1 == self.number(),
                count: 0,
                colour: crate::svg::RAMP[self.shade(class)],
            })
            .collect();
        for value in values {
            rows[self.of(value)].count += 1;
        }
        rows
    }
}

/// The coarsest multiple of 1, 2 or 5 times a power of ten near `raw` that moves at most
/// `tolerance` values to another class; `raw` itself if there is none.
fn rounded(
    raw: Decimal,
    floor: Decimal,
    most: Decimal,
    tolerance: usize,
    sorted: &[Decimal],
) -> Decimal {
    let below = |limit: Decimal| sorted.partition_point(|it| *it < limit);
    for exponent in (-6..=28).rev() {
        for multiple in [5, 2, 1] {
            let Some(step) = power_of_ten(exponent).and_then(|it| it.checked_mul(multiple.into()))
            else {
                continue;
            };
            let steps = raw.checked_div(step);
            let near = steps.into_iter().flat_map(|it| [it.round(), it.floor()]);
            let limit = near.filter_map(|it| it.checked_mul(step)).find(|limit| {
                let moved = below(*limit).abs_diff(below(raw));
                floor < *limit && *limit <= most && moved <= tolerance
            });
            if let Some(limit) = limit {
                return limit;
            }
        }
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimals(text: &str) -> Vec<Decimal> {
        text.split_whitespace().map(|it| it.parse().unwrap()).collect()
    }

    #[test]
    fn limits_are_round_and_classes_are_about_equal() {
        for (values, at_most, expected) in [
            ("7", 5, "7 7"),
            ("3 3 3 3", 5, "3 3"),
            ("1 2 3 4 5 6 7 8 9 10", 5, "1 3 5 7 9 10"),
            ("0 0 0 0 0 0 0 12 40 95", 5, "0 40 95"),
            ("12.4 18.9 33.1 47.2 51.8 63.3 77.7 88.1", 4, "12.4 20 50 70 88.1"),
        ] {
            let classes = Classes::quantiles(decimals(values), at_most).unwrap();
            let limits: Vec<_> = classes.limits().iter().map(ToString::to_string).collect();
            assert_eq!(limits.join(" "), expected, "{values}");
        }
        assert_eq!(Classes::quantiles([], 5), None);
    }

    proptest! {
        #[test]
        fn every_value_is_in_exactly_one_class_and_no_class_is_empty(
            values in prop::collection::vec((any::<i64>(), 0..6u32), 1..200), at_most in 0..9usize,
        ) {
            let values: Vec<Decimal> =
                values.into_iter().map(|(it, scale)| Decimal::new(it, scale)).collect();
            let classes = Classes::quantiles(values.clone(), at_most).unwrap();
            let rows = classes.rows(values.clone());
            prop_assert!((1..=5).contains(&rows.len()));
            prop_assert_eq!(rows.iter().map(|it| it.count).sum::<usize>(), values.len());
            for row in &rows {
                prop_assert!(row.count > 0);
                let inside = |it: &&Decimal| {
                    row.from <= **it && (**it < row.to || (row.last && **it == row.to))
                };
                prop_assert_eq!(values.iter().filter(inside).count(), row.count);
            }
        }
    }
}
