//! The results of one country for one quarter, in the little room that a cache has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kernel::{Decimal, Quarter};

use crate::aggregation::{Data, Tree};
use crate::questionnaire::{Indicator, Level, Questionnaire};
use crate::results::{self, component_text};

/// The units of a country, or of a part of it, on the last day of a quarter, and how people call
/// and see them.
#[derive(Clone, Debug, Default)]
pub struct Land {
    /// The units.
    pub tree: Tree,
    /// Their names.
    pub names: BTreeMap<String, String>,
    /// The code of the outline that draws each of them, where there is one.
    pub outlines: BTreeMap<String, String>,
    /// The outlines themselves.
    pub shapes: Arc<graphics::Outlines>,
    /// What lies above the first unit, the nearest first: nothing if it is a country.
    pub above: Vec<String>,
    /// Whether the country was written for an example.
    pub invented: bool,
}

impl Land {
    /// The name of a unit; its code if it has none.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.names.get(code).map_or(code, String::as_str)
    }

    /// The level of a unit.
    pub fn level(&self, code: &str) -> Option<Level> {
        Some(self.tree.units()[self.tree.place(code)?].level)
    }

    /// The codes of the units directly under another, by name: never in the order of a value.
    pub fn below(&self, code: &str) -> Vec<&str> {
        let Some(place) = self.tree.place(code) else { return Vec::new() };
        let units = self.tree.units();
        let below = self.tree.under(place).filter(|it| units[*it].parent == Some(place));
        self.by_name(below)
    }

    /// As [`Land::below`], keeping those of the highest level: the communes whose cercle no source
    /// gives hang on their country beside its regions, and are no fourth kind of region.
    pub fn children(&self, code: &str) -> Vec<&str> {
        let below = self.below(code);
        let highest = below.iter().filter_map(|it| self.level(it)).max();
        below.into_iter().filter(|it| self.level(it) == highest).collect()
    }

    /// The codes of the communes of a place, by name.
    pub fn communes(&self, code: &str) -> Vec<&str> {
        let Some(place) = self.tree.place(code) else { return Vec::new() };
        self.by_name(self.tree.at_level(place, Level::Commune))
    }

    fn by_name(&self, places: impl Iterator<Item = usize>) -> Vec<&str> {
        let mut codes: Vec<&str> = places.map(|it| self.tree.units()[it].code.as_str()).collect();
        codes.sort_by_cached_key(|it| (kernel::search::fold(self.name(it)), (*it).to_owned()));
        codes
    }

    /// The codes from a unit up to its country.
    pub fn path(&self, code: &str) -> Vec<&str> {
        let Some(place) = self.tree.place(code) else { return Vec::new() };
        let units = self.tree.units();
        std::iter::once(place)
            .chain(self.tree.above(place))
            .map(|it| units[it].code.as_str())
            .chain(self.above.iter().map(String::as_str))
            .collect()
    }
}

/// What an indicator is made of in one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The numerator.
    pub numerator: Option<Decimal>,
    /// The denominator.
    pub denominator: Option<Decimal>,
    /// The units that answered.
    pub respondents: u32,
    /// The units that were to answer.
    pub expected: u32,
}

impl Figure {
    /// The value, not rounded; `None` is « n.d. ».
    pub fn value(&self, indicator: &Indicator) -> Option<Decimal> {
        indicator.ratio(self.numerator, self.denominator)
    }

    /// The value as a program writes it, rounded: `31.3`, `n.d.`.
    pub fn shown(&self, indicator: &Indicator) -> String {
        indicator.shown(self.value(indicator))
    }

    /// The value rounded as it is shown, as a number.
    pub fn rounded(&self, indicator: &Indicator) -> Option<Decimal> {
        self.value(indicator).and_then(|it| indicator.shown(Some(it)).parse().ok())
    }

    /// The numerator as a file writes it, with four decimals, or nothing.
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

    /// Whether some of those who should have answered did not.
    pub fn incomplete(&self) -> bool {
        0 < self.respondents && self.respondents < self.expected
    }
}

/// All the indicators of all the units of a country, or of a part of it, for one quarter.
#[derive(Clone, Debug)]
pub struct Computed {
    /// The quarter.
    pub quarter: Quarter,
    /// The units.
    pub land: Arc<Land>,
    questionnaire: Arc<Questionnaire>,
    // By unit, then by indicator.
    figures: Vec<Vec<Option<Figure>>>,
    // By indicator: the units left out of those above them.
    left_out: Vec<BTreeSet<usize>>,
}

impl Computed {
    /// Computes. `data` holds the tree of `land`.
    pub fn new(
        data: &Data<'_>,
        questionnaire: &Arc<Questionnaire>,
        land: Arc<Land>,
        quarter: Quarter,
    ) -> Self {
        let indicators = questionnaire.indicators();
        let results = results::compute(data, quarter);
        let units = land.tree.units();
        let mut figures = vec![vec![None; indicators.len()]; units.len()];
        let mut left_out = vec![BTreeSet::new(); indicators.len()];
        for (at, indicator) in indicators.iter().enumerate() {
            for (place, unit) in units.iter().enumerate() {
                figures[place][at] =
                    results.outcome(&indicator.code, &unit.code).map(|it| Figure {
                        numerator: it.numerator,
                        denominator: it.denominator,
                        respondents: it.respondents,
                        expected: it.expected,
                    });
            }
            for root in units.iter().filter(|it| it.parent.is_none()) {
                let missing = results.missing(&indicator.code, &root.code);
                left_out[at].extend(missing.iter().filter_map(|it| land.tree.place(it)));
            }
        }
        Self { quarter, land, questionnaire: Arc::clone(questionnaire), figures, left_out }
    }

    /// The results that are known already: `figure` gives each of an indicator (by its place in the
    /// questionnaire) in a unit, `counts` says whether the unit counts in those above it.
    pub(super) fn known(
        questionnaire: &Arc<Questionnaire>,
        land: Arc<Land>,
        quarter: Quarter,
        figure: impl Fn(usize, &str) -> Option<Figure>,
        counts: impl Fn(usize, &str) -> bool,
    ) -> Self {
        let indicators = questionnaire.indicators();
        let units = land.tree.units();
        let mut left_out = vec![BTreeSet::new(); indicators.len()];
        let mut figures = Vec::with_capacity(units.len());
        for (place, unit) in units.iter().enumerate() {
            let mut of_unit = Vec::with_capacity(indicators.len());
            for (at, indicator) in indicators.iter().enumerate() {
                let counted = indicator.level <= unit.level && indicator.in_force;
                let found = if counted { figure(at, &unit.code) } else { None };
                if found.is_some() && indicator.level == unit.level && !counts(at, &unit.code) {
                    left_out[at].insert(place);
                }
                of_unit.push(found);
            }
            figures.push(of_unit);
        }
        Self { quarter, land, questionnaire: Arc::clone(questionnaire), figures, left_out }
    }

    /// Puts a figure that came from elsewhere in the place of the one computed here.
    pub(crate) fn set(&mut self, indicator: usize, unit: &str, figure: Option<Figure>) {
        let Some(place) = self.land.tree.place(unit) else { return };
        if let Some(it) = self.figures.get_mut(place).and_then(|it| it.get_mut(indicator)) {
            *it = figure;
        }
        if let Some(left_out) = self.left_out.get_mut(indicator) {
            left_out.remove(&place);
        }
    }

    /// The questionnaire.
    pub fn questionnaire(&self) -> &Arc<Questionnaire> {
        &self.questionnaire
    }

    /// The figure of an indicator (by its place in the questionnaire) in a unit. `None` if there
    /// is no such unit or if it is below the level at which the indicator is collected.
    pub fn figure(&self, indicator: usize, unit: &str) -> Option<Figure> {
        *self.figures.get(self.land.tree.place(unit)?)?.get(indicator)?
    }

    /// As [`Computed::figure`], by the code of the indicator.
    pub fn of(&self, code: &str, unit: &str) -> Option<Figure> {
        self.figure(number_of(&self.questionnaire, code)?, unit)
    }

    /// The codes of the units whose answer is missing from the figure of a larger one, by name.
    pub fn missing(&self, indicator: usize, unit: &str) -> Vec<&str> {
        let Some(place) = self.land.tree.place(unit) else { return Vec::new() };
        let Some(left_out) = self.left_out.get(indicator) else { return Vec::new() };
        let units = self.land.tree.units();
        let under = left_out.range(self.land.tree.under(place));
        let mut codes: Vec<&str> = under.map(|it| units[*it].code.as_str()).collect();
        codes.sort_by_cached_key(|it| kernel::search::fold(self.land.name(it)));
        codes
    }
}

/// The place of an indicator in the questionnaire.
pub fn number_of(questionnaire: &Questionnaire, code: &str) -> Option<usize> {
    questionnaire.indicators().iter().position(|it| it.code == code)
}
