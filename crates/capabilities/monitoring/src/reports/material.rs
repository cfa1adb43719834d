//! All that a report is made of, read once.

use std::collections::BTreeMap;
use std::sync::Arc;

use db::Tx;
use identity::Actor;
use kernel::{Date, Decimal, Failure, Id, Quarter};

use crate::aggregation::{Aggregate, Data, Returns};
use crate::analysis::{self, Canvas, Figure, Move, Refused, Say, Series, Sight};
use crate::circuit::Doubt;
use crate::questionnaire::{self, Cells, Element, Indicator, OverTime, Questionnaire, Rhythm};
use crate::store::{self, Filing, Ground, Passed, Stage, State, View};
use crate::values::Values;

use super::alerts;
use super::origin::Origin;
use super::partners::Partners;
use super::quoted::Quoted;
use super::recommend::{self, Recommendation};
use super::written::{self, Kept};

/// The quarters of the lines: two years and the quarter before them.
const QUARTERS: i32 = 9;

/// A place and a quarter, with all that is known of them by this reader.
pub(crate) struct Material<'a> {
    pub(crate) say: Say<'a>,
    pub(crate) canvas: Canvas,
    pub(crate) questionnaire: Arc<Questionnaire>,
    pub(crate) quarter: Quarter,
    pub(crate) ground: Ground,
    pub(crate) sight: Sight,
    pub(crate) series: Series,
    pub(crate) values: Values,
    pub(crate) doubts: Vec<Doubt>,
    pub(crate) state: State,
    pub(crate) filings: BTreeMap<String, Filing>,
    pub(crate) kept: Option<Kept>,
    pub(crate) origin: Origin,
    pub(crate) recommendations: Vec<Recommendation>,
    pub(crate) partners: Partners,
    pub(crate) quoted: Quoted,
    /// The units of the place that the map of the quarter before did not have, or that it had and
    /// this one has not, by name; for a region and the nation.
    pub(crate) map_changes: Vec<String>,
    /// Names of persons, by identifier, as far as they act in the circuit of this place.
    pub(crate) persons: BTreeMap<String, String>,
    pub(crate) today: Date,
}

/// What is counted: a data element, or an indicator.
#[derive(Clone, Copy)]
pub(crate) enum Measure<'a> {
    Element(u16, &'a Element),
    Indicator(usize, &'a Indicator),
}

/// Who asks, and when.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) say: Say<'a>,
    pub(crate) canvas: Canvas,
    pub(crate) actor: &'a Actor,
    pub(crate) today: Date,
    /// Whether a published quarter is read as it stands at this post, with what is restricted and
    /// what was corrected since. Otherwise everybody reads the edition that was published.
    pub(crate) internal: bool,
}

impl<'a> Material<'a> {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// [`Failure::NotFound`] if there is no such place, or if the store fails. `Ok(Err(_))` if
    /// nothing of it may be seen.
    pub(crate) fn read(
        tx: &mut Tx<'_>,
        reader: Reader<'a>,
        place: &str,
        quarter: Quarter,
    ) -> Result<Result<Self, Refused>, Failure> {
        let anonymous = Actor::anonymous();
        let ground = store::ground(tx, place, quarter.last_day())?.ok_or(Failure::NotFound)?;
        let root = ground.above.last().map_or(place, |it| it.0.as_str()).to_owned();
        let passed = store::state(tx, &root, quarter)?.filter(|it| it.stage == Stage::Published);
        let public = passed.filter(|_| !reader.internal);
        let actor = if public.is_some() { &anonymous } else { reader.actor };
        let sight = match Sight::open(tx, actor, &root, place, quarter)? {
            Ok(sight) => sight,
            Err(refused) => return Ok(Err(refused)),
        };
        let series = analysis::series(tx, actor, &root, place, quarter, QUARTERS)?;
        let span = (store::first_period_of(quarter), quarter);
        let values = store::values_between(tx, actor, &ground, View::Working, span)?;
        let state = store::passages(tx, &ground)?;
        let doubts = match &public {
            Some(_) => alerts::published(tx, &ground, &state, &values, quarter)?,
            None => crate::circuit::doubts_of(tx, actor, &ground, &values, quarter)?,
        };
        let mut filings = BTreeMap::new();
        // A region or the nation counts its communes by the indicators; a cercle names each.
        if ground.tree.units().len() < 100 {
            for unit in ground.tree.units() {
                if let Some(first) = store::filings(tx, &unit.code, quarter)?.into_iter().next() {
                    filings.insert(unit.code.clone(), first);
                }
            }
        }
        let kept = written::kept(tx, place, quarter)?;
        let origin = match &public {
            Some(it) => Origin::publication(it),
            None => Origin::latest(tx)?,
        };
        let mut recommendations = recommend::recommendations(tx, place)?;
        let until = quarter.to_string();
        recommendations.retain(|it| it.made.quarter <= until);
        let partners = Partners::read(tx, &ground)?;
        let map_changes = map_changes(tx, &ground, quarter)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let quoted = Quoted::read(tx, &ground, quarter, &questionnaire, public.is_some())?;
        let mut material = Self {
            say: reader.say,
            canvas: reader.canvas,
            questionnaire,
            quarter,
            sight,
            series,
            values,
            doubts,
            state,
            filings,
            kept,
            origin,
            recommendations,
            partners,
            quoted,
            map_changes,
            persons: BTreeMap::new(),
            today: reader.today,
            ground,
        };
        material.name_persons(tx)?;
        Ok(Ok(material))
    }

    fn name_persons(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        let mut ids: Vec<String> = self.kept.iter().map(|it| it.person.clone()).collect();
        for stage in [Stage::Closed, Stage::Validated, Stage::Published] {
            ids.extend(self.passed(stage).map(|it| it.person.clone()));
        }
        for id in ids {
            if let Ok(found) = id.parse::<Id>()
                && let Some(person) = identity::person(tx, found)?
            {
                self.persons.insert(id, person.name);
            }
        }
        Ok(())
    }

    /// The code of the place.
    pub(crate) fn place(&self) -> &str {
        self.ground.place()
    }

    /// The name of the place.
    pub(crate) fn name(&self) -> &str {
        self.unit_name(self.ground.place())
    }

    /// The name of a unit of the country.
    pub(crate) fn unit_name<'b>(&'b self, code: &'b str) -> &'b str {
        self.sight.computed.land.name(code)
    }

    /// The last time that the circuit of the place took a step for the quarter.
    pub(crate) fn passed(&self, stage: Stage) -> Option<&Passed> {
        let level = match stage {
            Stage::Closed => crate::questionnaire::Level::Cercle,
            Stage::Validated => crate::questionnaire::Level::Region,
            Stage::Published => crate::questionnaire::Level::Nation,
        };
        let holder = self.ground.holder(self.ground.place(), level)?;
        self.state.last(holder, self.quarter, stage)
    }

    /// How far the quarter is for the place; `None` while it is open there.
    pub(crate) fn stage(&self) -> Option<Stage> {
        [Stage::Published, Stage::Validated, Stage::Closed]
            .into_iter()
            .find(|it| self.passed(*it).is_some())
    }

    /// The measure of this code.
    pub(crate) fn measure(&self, code: &str) -> Option<Measure<'_>> {
        if let Some(at) = analysis::number_of(&self.questionnaire, code) {
            return Some(Measure::Indicator(at, &self.questionnaire.indicators()[at]));
        }
        let number = self.questionnaire.element_number(code)?;
        Some(Measure::Element(number, self.questionnaire.element(number)))
    }

    /// What some cells of an element add up to in a unit.
    pub(crate) fn cells(&self, unit: &str, cells: &Cells, quarter: Quarter) -> Aggregate {
        let returns: BTreeMap<String, Returns> = BTreeMap::new();
        let data = Data {
            questionnaire: &self.questionnaire,
            tree: &self.ground.tree,
            values: &self.values,
            returns: &returns,
        };
        let rhythm = self.questionnaire.element(cells.element).rhythm;
        match self.ground.tree.place(unit) {
            Some(at) => data.aggregate(at, cells, rhythm.period(quarter)),
            None => Aggregate::default(),
        }
    }

    /// The sum of a flow since the first quarter of the year; `None` if one of them is missing, or
    /// if the element is no flow.
    pub(crate) fn year_to_date(&self, unit: &str, cells: &Cells) -> Option<Decimal> {
        let element = self.questionnaire.element(cells.element);
        if element.rhythm != Rhythm::Quarterly || element.over_time != OverTime::Sum {
            return None;
        }
        let mut sum = Decimal::ZERO;
        for back in 0..i32::from(self.quarter.number()) {
            sum += self.cells(unit, cells, self.quarter.plus(-back)).value?;
        }
        Some(sum)
    }

    /// The figure of an indicator in a unit.
    pub(crate) fn figure(&self, code: &str, unit: &str) -> Option<Figure> {
        self.sight.figure(analysis::number_of(&self.questionnaire, code)?, unit)
    }

    /// A measure in a unit, so many quarters ago, as it is written in a table.
    pub(crate) fn told(&self, measure: Measure<'_>, unit: &str, back: i32) -> String {
        match measure {
            Measure::Element(number, element) => {
                if element.restricted && self.sight.withheld().is_some() {
                    return self.say.t("analysis-withheld");
                }
                let cells = Cells::all(number, element);
                self.say.number(self.cells(unit, &cells, self.quarter.plus(-back)).value)
            }
            Measure::Indicator(number, indicator) => {
                let Some(sight) = self.sight_at(back) else { return self.say.t("analysis-none") };
                if sight.is_withheld(number, unit) {
                    return self.say.t("analysis-withheld");
                }
                let value = sight.figure(number, unit).and_then(|it| it.rounded(indicator));
                self.say.bare(indicator, value)
            }
        }
    }

    fn sight_at(&self, back: i32) -> Option<&Sight> {
        if back == 0 { Some(&self.sight) } else { self.series.at(self.quarter.plus(-back)) }
    }

    /// The value of a measure, as a number.
    pub(crate) fn value(&self, measure: Measure<'_>, unit: &str, back: i32) -> Option<Decimal> {
        match measure {
            Measure::Element(number, element) => {
                let hidden = element.restricted && self.sight.withheld().is_some();
                let cells = Cells::all(number, element);
                let quarter = self.quarter.plus(-back);
                self.cells(unit, &cells, quarter).value.filter(|_| !hidden)
            }
            Measure::Indicator(number, _) => self.sight_at(back)?.value(number, unit),
        }
    }

    /// The value of the measure of this code, this quarter.
    pub(crate) fn value_of(&self, code: &str, unit: &str) -> Option<Decimal> {
        self.value(self.measure(code)?, unit, 0)
    }

    /// How a measure moved over a year, in a word; empty if that is not known.
    pub(crate) fn moved(&self, measure: Measure<'_>, unit: &str) -> String {
        let (before, now) = (self.value(measure, unit, 4), self.value(measure, unit, 0));
        Move::between(before, now)
            .map(|it| self.say.t(&format!("analysis-move-{}", it.word())))
            .unwrap_or_default()
    }

    /// `11/12`.
    pub(crate) fn answered(&self, measure: Measure<'_>, unit: &str) -> String {
        match measure {
            Measure::Element(number, element) => {
                let found = self.cells(unit, &Cells::all(number, element), self.quarter);
                format!("{}/{}", found.respondents, found.expected)
            }
            Measure::Indicator(number, _) => {
                self.sight.figure(number, unit).map(|it| it.respondents_text()).unwrap_or_default()
            }
        }
    }

    /// The name of a measure with its unit.
    pub(crate) fn label(&self, measure: Measure<'_>) -> String {
        let (label, unit) = match measure {
            Measure::Element(_, it) => (it.label.say(self.say.language), &it.unit),
            Measure::Indicator(_, it) => (it.label.say(self.say.language), &it.unit),
        };
        // The names of elements already say what is counted; only money needs its unit.
        let unit = match measure {
            Measure::Element(..) if unit.french != "FCFA" => String::new(),
            _ => self.say.unit(unit),
        };
        if unit.is_empty() { label.to_owned() } else { format!("{label}\u{a0}({unit})") }
    }
}

/// What the map of a quarter has and that of the quarter before had not, or the reverse, by name.
fn map_changes(tx: &mut Tx<'_>, ground: &Ground, quarter: Quarter) -> Result<Vec<String>, Failure> {
    use crate::questionnaire::{Level, french};
    if ground.level() < Level::Region {
        return Ok(Vec::new());
    }
    let day = quarter.plus(-1).last_day();
    let Some(before) = store::ground(tx, ground.place(), day)? else { return Ok(Vec::new()) };
    let told = |of: &Ground, other: &Ground| -> Vec<String> {
        let units = of.tree.units().iter();
        units
            .filter(|it| {
                let known = other.tree.place(&it.code).is_some();
                !known || of.name(&it.code) != other.name(&it.code)
            })
            .map(|it| french(of.name(&it.code)))
            .collect()
    };
    let mut names = told(ground, &before);
    names.extend(told(&before, ground));
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

impl Measure<'_> {
    /// Its code.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Element(_, it) => &it.code,
            Self::Indicator(_, it) => &it.code,
        }
    }
}
