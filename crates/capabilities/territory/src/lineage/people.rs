//! Populations under any map: the figures of the communes of a year, restated.

use std::collections::BTreeMap;

use kernel::Date;

use super::{Atlas, Passage};
use crate::{Level, Population, Total};

/// Persons by commune, by the day whose map they were counted under.
type Counted = BTreeMap<Date, BTreeMap<String, i64>>;

impl Atlas {
    /// The sums of the communes under a unit on a day, by year and source, from the populations of
    /// all the communes of the country. A figure counted under another map passes to this one, so
    /// that the total of the country is the same under every map. Nothing for a year in which no
    /// commune was counted.
    pub(crate) fn totals(&self, populations: &[Population], code: &str, day: Date) -> Vec<Total> {
        let tree = self.tree_on(day);
        let mut within = vec![false; tree.len()];
        for (at, node) in tree.iter().enumerate() {
            within[at] = node.code == code || node.parent.is_some_and(|it| within[it]);
        }
        let under: BTreeMap<&str, Level> = tree
            .iter()
            .zip(&within)
            .filter(|it| *it.1)
            .map(|(it, _)| (it.code.as_str(), it.level))
            .collect();
        let communes = under.values().filter(|it| **it == Level::Commune).count();
        let mut years: BTreeMap<(i64, &str), Counted> = BTreeMap::new();
        for it in populations {
            let counted_on = self.counted_on(&it.code, it.year, day);
            let of_year = years.entry((it.year, &it.source)).or_default();
            of_year.entry(counted_on).or_default().insert(it.code.clone(), it.persons);
        }
        let mut passages: BTreeMap<Date, Passage> = BTreeMap::new();
        let mut out = Vec::new();
        for ((year, source), by_day) in years {
            let mut total = Total {
                year,
                source: source.to_owned(),
                persons: 0,
                counted: 0,
                communes: i64::try_from(communes).unwrap_or(i64::MAX),
            };
            let mut known = BTreeMap::new();
            let mut found = false;
            for (counted_on, values) in by_day {
                let passage =
                    passages.entry(counted_on).or_insert_with(|| self.passage(counted_on, day));
                let restated = passage.restate(&values);
                for (code, persons) in restated.values {
                    if under.contains_key(code.as_str()) {
                        found = true;
                        total.persons += persons;
                        known.insert(code, ());
                    }
                }
                for it in restated.held.iter().filter(|it| under.contains_key(it.at.as_str())) {
                    found = true;
                    total.persons += it.value;
                }
            }
            total.counted = i64::try_from(known.len()).unwrap_or(i64::MAX);
            if found {
                out.push(total);
            }
        }
        out
    }

    /// A day whose map holds the figure of a commune: the last one of the year counted or, for a
    /// commune that did not exist then, the nearest one on which it did.
    fn counted_on(&self, code: &str, year: i64, otherwise: Date) -> Date {
        let last = i16::try_from(year).ok().and_then(|it| Date::new(it, 12, 31));
        let Some(last) = last else { return otherwise };
        if self.is_alive(code, last) {
            return last;
        }
        let all = self.versions.get(code).map(Vec::as_slice).unwrap_or_default();
        let later = all.iter().filter_map(|it| it.valid_from).find(|it| last < *it);
        let earlier = all.iter().rev().filter_map(|it| it.valid_to).find(|it| *it <= last);
        later.or(earlier.map(|it| it.plus_days(-1))).unwrap_or(otherwise)
    }
}
