//! The plain slow reference: loops over the dense cube. Each answer is told by its number of values
//! and their sum, which is what every engine must find.

use crate::data::{Data, MISSING};
use std::collections::BTreeMap;

/// How many values an answer holds, and their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Digest {
    pub count: usize,
    pub sum: f64,
}

impl Digest {
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        values
            .into_iter()
            .fold(Self::default(), |it, value| Self { count: it.count + 1, sum: it.sum + value })
    }

    /// Whether two engines say the same: ratios are compared to a millionth.
    pub fn agrees(&self, other: &Self) -> bool {
        let close = (self.sum - other.sum).abs() <= 1e-6 * self.sum.abs().max(1.0);
        self.count == other.count && close
    }
}

/// Which values completeness counts: the peers are asked for the first source alone, the program
/// counts every cell that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    First,
    Both,
}

type Groups = BTreeMap<(usize, usize, usize), i128>;

/// What the reference answers to a set of parameters of a question.
pub fn answer(data: &Data, question: usize, set: &[usize], sources: Sources) -> Digest {
    let year = |it: usize| it * 4..it * 4 + 4;
    let within = |node: usize| data.nodes[&node].pre..data.nodes[&node].post;
    let mut groups = Groups::new();
    // Adds up the values of an element, all options together, by a key of its quarter and commune.
    let add = |groups: &mut Groups,
               element: usize,
               quarters: std::ops::Range<usize>,
               units: std::ops::Range<usize>,
               options: std::ops::Range<usize>,
               key: &dyn Fn(usize, usize) -> (usize, usize, usize)| {
        for option in options {
            for quarter in quarters.clone() {
                let row = data.row(element * 2 + option, quarter);
                for unit in units.clone().filter(|it| row[*it] != MISSING) {
                    *groups.entry(key(quarter, unit)).or_default() += i128::from(row[unit]);
                }
            }
        }
    };
    let unit = |it: usize| &data.units[it];
    let sums = |groups: &Groups| Digest::of(groups.values().map(|it| *it as f64));
    match question {
        1 => {
            let quarters = set[1]..set[1] + 1;
            add(&mut groups, set[0], quarters, within(set[2]), 0..2, &|_, u| {
                (unit(u).region, 0, 0)
            });
            sums(&groups)
        }
        2 => {
            let mut under = Groups::new();
            for element in set[..3].iter().filter(|it| **it != set[3]) {
                add(&mut groups, *element, year(set[4]), within(set[5]), 0..2, &|_, u| {
                    (unit(u).region, 0, 0)
                });
            }
            add(&mut under, set[3], year(set[4]), within(set[5]), 0..2, &|_, u| {
                (unit(u).region, 0, 0)
            });
            Digest::of(under.iter().map(|(key, under)| {
                100.0 * groups.get(key).copied().unwrap_or_default() as f64 / *under as f64
            }))
        }
        3 => {
            for element in &set[..10] {
                add(&mut groups, *element, year(set[10]), within(set[11]), 0..1, &|q, u| {
                    (*element, q, unit(u).cercle)
                });
            }
            sums(&groups)
        }
        4 => {
            for element in &set[..5] {
                add(&mut groups, *element, 0..data.quarters(), within(set[5]), 0..2, &|q, _| {
                    (*element, q, 0)
                });
            }
            sums(&groups)
        }
        5 => {
            add(&mut groups, set[0], year(set[1]), within(set[2]), 0..2, &|_, u| (u, 0, 0));
            let mut totals: Vec<i128> = groups.into_values().collect();
            totals.sort_unstable_by(|a, b| b.cmp(a));
            Digest::of(totals.into_iter().take(10).map(|it| it as f64))
        }
        6 => {
            let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            let series = match sources {
                Sources::First => data.elements * 2,
                Sources::Both => data.series(),
            };
            for series in 0..series {
                for quarter in year(set[0]) {
                    let row = data.row(series, quarter);
                    for u in within(set[1]).filter(|it| row[*it] != MISSING) {
                        *counts.entry((unit(u).region, quarter)).or_default() += 1;
                    }
                }
            }
            Digest::of(counts.into_values().map(|it| it as f64))
        }
        7 => {
            let broken = data.rules.iter().map(|rule| {
                let mut count = 0_u32;
                for option in 0..2 {
                    for quarter in 0..data.quarters() {
                        let left = data.row(rule.left * 2 + option, quarter);
                        let right = data.row(rule.right * 2 + option, quarter);
                        let both = left.iter().zip(right);
                        let broken = both.filter(|(a, b)| {
                            **a != MISSING && **b != MISSING && rule.times * **b < **a
                        });
                        count += u32::try_from(broken.count()).unwrap_or(u32::MAX);
                    }
                }
                f64::from(count)
            });
            // Engines differ in whether they name a rule that nothing breaks.
            let broken = broken.filter(|it| 0.0 < *it);
            Digest::of(broken)
        }
        8 => {
            for element in 0..data.elements {
                add(&mut groups, element, year(set[0]), within(set[1]), 0..2, &|q, u| {
                    (unit(u).group, data.sectors[element], q)
                });
            }
            sums(&groups)
        }
        9 => {
            let quarters = set[0] * 4 - 4..set[0] * 4 + 4;
            for element in 0..data.elements {
                add(&mut groups, element, quarters.clone(), within(set[1]), 0..2, &|q, _| {
                    (element, q, 0)
                });
            }
            sums(&groups)
        }
        _ => {
            add(&mut groups, set[0], 0..data.quarters(), within(set[1]), 0..2, &|q, u| {
                if q < data.reform { (q, unit(u).former_region, 0) } else { (q, unit(u).region, 1) }
            });
            sums(&groups)
        }
    }
}
