//! A partnership as the searches see it: flat lines, words, questions.

use std::collections::BTreeSet;

use kernel::search::fold;
use territory::tokens_of;

use crate::Partnership;
use crate::vocabulary::{LIEU_NON_RAPPROCHE, REMARQUE};

/// After every name in lists sorted by a value that this partnership lacks.
const LAST_YEAR: i64 = 9999;

/// One combination of sides, region and year. Most partnerships have one; a partnership with two
/// places, two partners or two years has several, so that each filter is one comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    pub(crate) country: String,
    pub(crate) foreign_level: String,
    pub(crate) malian_level: String,
    pub(crate) place: Option<String>,
    pub(crate) region: Option<String>,
    /// The region counts in statistics; a contradicting declared one only finds.
    pub(crate) main: bool,
    pub(crate) year: Option<i64>,
}

/// What lists sort by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SortKeys {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) year: i64,
}

impl Partnership {
    pub(crate) fn lines(&self) -> BTreeSet<Line> {
        let years: Vec<Option<i64>> = match self.origin.years.as_slice() {
            [] => vec![None],
            years => years.iter().copied().map(Some).collect(),
        };
        let mut out = BTreeSet::new();
        for foreign in &self.foreign {
            for malian in &self.malian {
                if malian.group.is_some() {
                    // A syndicat stands in the pages of each of its members.
                    for member in &malian.members {
                        for year in &years {
                            out.insert(Line {
                                country: foreign.country.clone(),
                                foreign_level: foreign.level.word().to_owned(),
                                malian_level: malian.level.word().to_owned(),
                                place: Some(member.place.clone()),
                                region: member.region.clone(),
                                main: true,
                                year: *year,
                            });
                        }
                    }
                    continue;
                }
                let mut regions = vec![(malian.region().map(str::to_owned), true)];
                if malian.region_contradicts() {
                    regions.push((malian.region_declared.clone(), false));
                }
                for (region, main) in regions {
                    for year in &years {
                        out.insert(Line {
                            country: foreign.country.clone(),
                            foreign_level: foreign.level.word().to_owned(),
                            malian_level: malian.level.word().to_owned(),
                            place: malian.place.clone(),
                            region: region.clone(),
                            main,
                            year: *year,
                        });
                    }
                }
            }
        }
        out
    }

    pub(crate) fn sort_keys(&self) -> SortKeys {
        SortKeys {
            name: fold(&self.foreign_name()),
            place: fold(&self.malian_name()),
            year: self.origin.years.first().copied().unwrap_or(LAST_YEAR),
        }
    }

    /// The words by which it is found, besides the names of its places and their villages, which
    /// the territory knows. `spellings` are the other names of its partners.
    pub(crate) fn tokens<'a>(
        &'a self,
        spellings: impl IntoIterator<Item = &'a str>,
    ) -> BTreeSet<String> {
        let foreign = self.foreign.iter().flat_map(|it| [it.written.as_str(), it.name.as_str()]);
        let malian = self.malian.iter().flat_map(|it| [it.written.as_str(), it.name.as_str()]);
        tokens_of(foreign.chain(malian).chain(spellings))
    }

    /// Its reading questions: those of its source, then those that the program raises itself.
    pub fn questions(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.flags.iter().map(String::as_str).collect();
        if self
            .malian
            .iter()
            .any(|it| !it.name.is_empty() && it.place.is_none() && it.group.is_none())
        {
            out.push(LIEU_NON_RAPPROCHE);
        }
        if self.flags.is_empty() && !self.reading_note.is_empty() {
            out.push(REMARQUE);
        }
        out
    }
}
