//! The answer to a question: its four axes, and the figure at each crossing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use db::Tx;
use identity::Actor;
use kernel::{Date, Decimal, Failure, Period};

use crate::analysis::{self, Figure, Land, Say, Stamp};
use crate::questionnaire::{self, Indicator, Level, Questionnaire};

use super::asked::{Axis, Depth, MapDay, Question, Refused, Shape};
use super::figures::{self, Column, Scope};
use super::measure::{Measure, Subject, options_name};
use super::time::Time;

/// More figures than this would be of no use to anybody, and keep the program busy.
const MOST_FIGURES: usize = 120_000;
/// More parts than this cannot be read side by side.
const MOST_PARTS: usize = 80;

/// A row of the axis of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) level: Level,
    /// The whole of those shown with it: it stands under them, as a total.
    pub(crate) whole: bool,
    /// What lies directly under it is of this level; `None` for a commune.
    pub(crate) below: Option<Level>,
    scope: usize,
}

/// A part by which figures are split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) name: String,
    kept: Vec<(u16, u16)>,
}

impl Part {
    /// All the options together.
    pub(crate) fn is_whole(&self) -> bool {
        self.kept.is_empty()
    }
}

/// What stands at a crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A figure, which may have no value: « n.d. ».
    Known(Figure),
    /// It exists but may not be published.
    Withheld,
    /// It is not published yet.
    Unseen,
    /// The place was not there then.
    NotThen,
    /// It is not collected at this level, or it has no such part.
    NotCollected,
}

/// The answer.
pub(crate) struct Answer {
    /// The question, what it left open filled in.
    pub(crate) question: Question,
    pub(crate) questionnaire: Arc<Questionnaire>,
    pub(crate) measures: Vec<Measure>,
    /// One a measure: its unit, its decimals, its formula.
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) places: Vec<Place>,
    pub(crate) parts: Vec<Part>,
    pub(crate) periods: Vec<Period>,
    /// The quarters that may be seen, oldest first.
    pub(crate) seen: Vec<kernel::Quarter>,
    /// Some of the figures may still change.
    pub(crate) provisional: bool,
    /// Whether the visitor may see what is not published of all the places.
    pub(crate) entitled: bool,
    /// The units on the map of the last period, for each scope.
    pub(crate) land: Arc<Land>,
    /// Units that have not the same place on the maps of all periods.
    pub(crate) moved: usize,
    pub(crate) stamp: Stamp,
    /// The way from the country down to the place, for the first of the places.
    pub(crate) root: String,
    /// The maps of the country, oldest first.
    pub(crate) maps: Vec<territory::Map>,
    scopes: Vec<Asked>,
    // By scope, measure, part and period.
    columns: BTreeMap<(usize, usize, usize, Period), Arc<Column>>,
}

/// What may be seen of one of the places asked for.
struct Asked {
    scope: Scope,
    entitled: bool,
    unseen: BTreeSet<Period>,
}

impl Cell {
    /// The value, rounded as it is shown.
    pub(crate) fn value(self, indicator: &Indicator) -> Option<Decimal> {
        match self {
            Self::Known(figure) => figure.rounded(indicator),
            _ => None,
        }
    }

    /// The figure.
    pub(crate) fn figure(self) -> Option<Figure> {
        match self {
            Self::Known(figure) => Some(figure),
            _ => None,
        }
    }
}

/// Answers a question, as far as the actor may see.
///
/// # Errors
///
/// If the store fails. `Ok(Err(_))` names the parameter that cannot be used.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    say: &Say<'_>,
    asked: &Question,
) -> Result<Result<Answer, Refused>, Failure> {
    let questionnaire = questionnaire::newest(tx)?;
    let mut question = asked.clone();
    if question.places.is_empty() {
        question.places.extend(analysis::home(tx, actor, today)?);
    }
    let mut root: Option<String> = None;
    for place in &question.places {
        let Some(found) = analysis::root_of(tx, place)? else {
            return Ok(Err(Refused::Place(place.clone())));
        };
        if root.get_or_insert_with(|| found.clone()) != &found {
            return Ok(Err(Refused::TwoCountries));
        }
    }
    let root = root.unwrap_or_default();
    let mut seen: BTreeSet<kernel::Quarter> = BTreeSet::new();
    for place in &question.places {
        seen.extend(analysis::quarters_known(tx, actor, &root, place, today)?);
    }
    let last = seen.last().copied().unwrap_or_else(|| kernel::Quarter::of(today).plus(-1));
    if question.times.is_empty() {
        question.times.push(match question.shape {
            Shape::Lines | Shape::Multiples => Time::LastQuarters(8),
            _ => Time::LastQuarters(1),
        });
    }
    let periods: BTreeSet<Period> = question.times.iter().flat_map(|it| it.periods(last)).collect();
    // Years first, then quarters, each from the oldest.
    let periods: Vec<Period> = periods.into_iter().collect();
    let most = super::time::MOST_PERIODS;
    if most < periods.len() {
        return Ok(Err(Refused::TooMany { parameter: "periode", most }));
    }
    let parts = parts(say, &questionnaire, &question);
    if MOST_PARTS < parts.len() {
        return Ok(Err(Refused::TooMany { parameter: "par", most: MOST_PARTS }));
    }
    let mut scopes = Vec::new();
    let mut places = Vec::new();
    let mut provisional = false;
    let mut entitled_to_all = true;
    let mut newest_land: Option<Arc<Land>> = None;
    let mut moved = 0;
    let map = (question.map, today);
    for asked in &question.places {
        let entitled = analysis::entitled(tx, actor, asked, last.last_day())?;
        entitled_to_all &= entitled;
        let working = entitled && !question.published_only;
        let mut unseen = BTreeSet::new();
        for period in &periods {
            let Some(quarter) = figures::quarter_of(*period) else { continue };
            let published = analysis::is_published(tx, &root, quarter)?;
            provisional |= working && !published;
            if !working && !published {
                unseen.insert(*period);
            }
        }
        let scope = Scope {
            place: if working { asked.clone() } else { root.clone() },
            published: !working,
        };
        let (found, changes, land) =
            below(tx, &scope, asked, question.depth, &periods, map, scopes.len())?;
        moved += changes;
        if let Some(land) = land {
            newest_land = Some(land);
        }
        places.extend(found);
        scopes.push(Asked { scope, entitled, unseen });
    }
    let figures = places.len() * question.measures.len() * parts.len() * periods.len();
    if MOST_FIGURES < figures {
        return Ok(Err(Refused::TooLarge { found: figures, most: MOST_FIGURES }));
    }
    let indicators = question.measures.iter().map(|it| it.indicator(&questionnaire)).collect();
    let mut answer = Answer {
        measures: question.measures.clone(),
        indicators,
        places,
        parts,
        periods,
        seen: seen.into_iter().collect(),
        provisional,
        entitled: entitled_to_all,
        land: newest_land.unwrap_or_default(),
        moved,
        stamp: analysis::stamp(tx)?,
        maps: territory::maps(tx, &root)?,
        root,
        scopes,
        columns: BTreeMap::new(),
        questionnaire,
        question,
    };
    answer.read(tx, map)?;
    answer.leave_out_the_empty();
    Ok(Ok(answer))
}

/// The place and the units under it that are shown, by name; whether their place differs from one
/// period to another; and the units on the map of the last period.
#[expect(clippy::type_complexity, reason = "three results of one walk over the maps")]
fn below(
    tx: &mut Tx<'_>,
    scope: &Scope,
    place: &str,
    depth: Depth,
    periods: &[Period],
    (map, today): (super::asked::MapDay, Date),
    at: usize,
) -> Result<(Vec<Place>, usize, Option<Arc<Land>>), Failure> {
    let mut found: BTreeMap<String, Place> = BTreeMap::new();
    let mut whole: Option<Place> = None;
    let mut last: Option<Arc<Land>> = None;
    let mut parents: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
    let mut lands: Vec<Arc<Land>> = Vec::new();
    let mut days: Vec<Date> = periods.iter().map(|it| figures::map_day(map, *it, today)).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        if let Some(land) = figures::land(tx, &scope.place, day)?
            && !lands.iter().any(|it| Arc::ptr_eq(it, &land))
        {
            lands.push(land);
        }
    }
    for land in &lands {
        let made = |code: &str, whole: bool| -> Option<Place> {
            let children = land.children(code);
            Some(Place {
                code: code.to_owned(),
                name: land.name(code).to_owned(),
                level: land.level(code)?,
                whole,
                below: children.first().and_then(|it| land.level(it)),
                scope: at,
            })
        };
        whole = made(place, true).or(whole);
        let codes: Vec<&str> = match depth {
            Depth::Alone => Vec::new(),
            Depth::Children => land.children(place),
            Depth::All(level) => {
                let Some(top) = land.tree.place(place) else { continue };
                let units = land.tree.units();
                land.tree.at_level(top, level).map(|it| units[it].code.as_str()).collect()
            }
        };
        for code in codes.into_iter().filter(|it| *it != place) {
            if let Some(it) = made(code, false) {
                let above = land.path(code).get(1).map(|it| (*it).to_owned());
                parents.entry(code.to_owned()).or_default().insert(above);
                found.insert(code.to_owned(), it);
            }
        }
        last = Some(Arc::clone(land));
    }
    let everywhere = |code: &str| lands.iter().all(|it| it.tree.place(code).is_some());
    let moved = parents.iter().filter(|(code, it)| 1 < it.len() || !everywhere(code)).count();
    let mut places: Vec<Place> = found.into_values().collect();
    // By name: never in the order of a value.
    places.sort_by_cached_key(|it| (kernel::search::fold(&it.name), it.code.clone()));
    if let Some(mut it) = whole {
        it.whole = !places.is_empty();
        places.push(it);
    }
    Ok((places, moved, last))
}

/// The parts by which the question splits: the whole first.
fn parts(say: &Say<'_>, questionnaire: &Questionnaire, question: &Question) -> Vec<Part> {
    let mut parts = vec![Part { name: say.t("explorer-whole"), kept: Vec::new() }];
    if question.splits.is_empty() {
        return parts;
    }
    let mut made: Vec<Vec<(u16, u16)>> = vec![Vec::new()];
    for dimension in &question.splits {
        let known = &questionnaire.dimensions()[usize::from(*dimension)];
        let options = (0..).take(known.options.len());
        made = made
            .iter()
            .flat_map(|it| {
                options.clone().map(|option: u16| {
                    let mut longer = it.clone();
                    longer.push((*dimension, option));
                    longer
                })
            })
            .collect();
    }
    for kept in made {
        let names: Vec<String> = kept
            .iter()
            .map(|it| options_name(questionnaire, &(it.0, vec![it.1]), say.language))
            .collect();
        parts.push(Part { name: analysis::capitalised(&names.join(", ")), kept });
    }
    parts
}

impl Answer {
    fn read(&mut self, tx: &mut Tx<'_>, map: (super::asked::MapDay, Date)) -> Result<(), Failure> {
        // All measures with all their parts, in one list: they are read together.
        let mut wanted: Vec<(usize, usize, Measure)> = Vec::new();
        for (number, measure) in self.measures.iter().enumerate() {
            let splits = measure.splits(&self.questionnaire);
            for (at, part) in self.parts.iter().enumerate() {
                if part.kept.iter().all(|it| splits.contains(&it.0)) {
                    let narrowed = part
                        .kept
                        .iter()
                        .fold(measure.clone(), |it, kept| it.narrowed(kept.0, vec![kept.1]));
                    wanted.push((number, at, narrowed));
                }
            }
        }
        let measures: Vec<Measure> = wanted.iter().map(|it| it.2.clone()).collect();
        for (number, asked) in self.scopes.iter().enumerate() {
            let periods: Vec<Period> =
                self.periods.iter().copied().filter(|it| !asked.unseen.contains(it)).collect();
            let found = figures::columns(tx, &asked.scope, map, &measures, &periods)?;
            for ((at, period), column) in found {
                let (measure, part, _) = &wanted[at];
                self.columns.insert((number, *measure, *part, period), column);
            }
        }
        Ok(())
    }

    /// A place of which nobody was to answer anything is not shown: a region of a new map whose
    /// communes no source names yet.
    fn leave_out_the_empty(&mut self) {
        let mut crossings = Vec::new();
        for measure in 0..self.measures.len() {
            for part in 0..self.parts.len() {
                crossings.extend((0..self.periods.len()).map(|at| (measure, part, at)));
            }
        }
        let awaited = |place: usize| {
            crossings.iter().any(|it| match self.cell(place, it.0, it.1, it.2) {
                Cell::Known(figure) => 0 < figure.expected,
                Cell::NotThen => false,
                _ => true,
            })
        };
        let keep: Vec<bool> =
            (0..self.places.len()).map(|it| self.places[it].whole || awaited(it)).collect();
        if keep.iter().zip(&self.places).any(|(kept, it)| *kept && !it.whole) {
            let mut keep = keep.into_iter();
            self.places.retain(|_| keep.next().unwrap_or(true));
        }
    }

    /// What stands at a crossing.
    pub(crate) fn cell(&self, place: usize, measure: usize, part: usize, at: usize) -> Cell {
        let (place, period) = (&self.places[place], self.periods[at]);
        let asked = &self.scopes[place.scope];
        if asked.unseen.contains(&period) {
            return Cell::Unseen;
        }
        let Some(column) = self.columns.get(&(place.scope, measure, part, period)) else {
            let any = self.columns.contains_key(&(place.scope, measure, 0, period));
            return if any { Cell::NotCollected } else { Cell::NotThen };
        };
        if column.land.tree.place(&place.code).is_none() {
            return Cell::NotThen;
        }
        let published = !asked.entitled || asked.scope.published;
        if published && self.is_hidden(place, measure, part, period, column) {
            return Cell::Withheld;
        }
        match column.figure(&place.code) {
            Some(figure) => Cell::Known(figure),
            None if column.is_unseen() => Cell::Unseen,
            None => Cell::NotCollected,
        }
    }

    /// One part that is withheld takes the others with it: the whole less the others would tell it.
    fn is_hidden(
        &self,
        place: &Place,
        measure: usize,
        part: usize,
        period: Period,
        column: &Column,
    ) -> bool {
        if column.is_hidden(&place.code) || self.is_apart(measure, part) {
            return true;
        }
        !self.parts[part].is_whole()
            && (1..self.parts.len()).any(|it| {
                let other = self.columns.get(&(place.scope, measure, it, period));
                other.is_some_and(|it| it.is_hidden(&place.code))
            })
    }

    /// Whether a measure of restricted data is one that the figures held in memory do not weigh
    /// against its others: what another part or another map shows would tell it.
    fn is_apart(&self, measure: usize, part: usize) -> bool {
        if !self.measures[measure].is_restricted(&self.questionnaire) {
            return false;
        }
        let kept = self.narrowed(&self.measures[measure], part).kept;
        let one_each = kept.iter().all(|it| it.1.len() == 1);
        let known = match self.measures[measure].subject {
            Subject::Indicator(_) => kept.is_empty(),
            Subject::Element(at) => {
                let dimensions = self.questionnaire.element(at).dimensions.len();
                kept.is_empty() || (one_each && (kept.len() == 1 || kept.len() == dimensions))
            }
        };
        !known || self.question.map != MapDay::Then
    }

    /// The units whose answer is missing from the figure of a place, by name.
    pub(crate) fn missing(&self, place: usize, measure: usize, at: usize) -> Vec<&str> {
        let it = &self.places[place];
        let column = self.columns.get(&(it.scope, measure, 0, self.periods[at]));
        column.map_or(Vec::new(), |column| {
            column.missing(&it.code).into_iter().map(|code| column.land.name(code)).collect()
        })
    }

    /// The name of a place asked for.
    pub(crate) fn name(&self, code: &str) -> String {
        let found = self.places.iter().find(|it| it.code == code);
        found.map_or_else(|| self.land.name(code).to_owned(), |it| it.name.clone())
    }

    /// A measure kept to one part.
    pub(crate) fn narrowed(&self, measure: &Measure, part: usize) -> Measure {
        self.parts[part]
            .kept
            .iter()
            .fold(measure.clone(), |it, kept| it.narrowed(kept.0, vec![kept.1]))
    }

    /// The number of items of an axis.
    pub(crate) fn count(&self, axis: Axis) -> usize {
        match axis {
            Axis::Places => self.places.len(),
            Axis::Measures => self.measures.len(),
            Axis::Splits => self.parts.len(),
            Axis::Periods => self.periods.len(),
        }
    }

    /// The axis across the table: the one asked for; else time, parts, measures, whichever comes
    /// first with more than one item.
    pub(crate) fn across(&self) -> Axis {
        let many = |it: &Axis| 1 < self.count(*it);
        self.question.across.filter(many).unwrap_or_else(|| {
            [Axis::Periods, Axis::Splits, Axis::Measures]
                .into_iter()
                .find(many)
                .unwrap_or(Axis::Periods)
        })
    }

    /// The places that are not the whole of others.
    pub(crate) fn single_places(&self) -> impl Iterator<Item = usize> {
        (0..self.places.len()).filter(|it| !self.places[*it].whole)
    }

    /// The place in whose name the answer speaks: the whole of the first one asked for.
    pub(crate) fn whole(&self) -> Option<usize> {
        self.places.iter().position(|it| it.whole).or(if self.places.len() == 1 {
            Some(0)
        } else {
            None
        })
    }

    /// The last period that has any figure, else the last.
    pub(crate) fn last_period(&self, measure: usize) -> usize {
        let known = |at: &usize| {
            (0..self.places.len())
                .any(|it| self.cell(it, measure, 0, *at).value(&self.indicators[measure]).is_some())
        };
        (0..self.periods.len()).rev().find(known).unwrap_or(self.periods.len().saturating_sub(1))
    }

    /// Whether any figure is withheld.
    pub(crate) fn withholds(&self) -> bool {
        let places = 0..self.places.len();
        places.into_iter().any(|place| {
            (0..self.measures.len()).any(|measure| {
                (0..self.parts.len()).any(|part| {
                    (0..self.periods.len())
                        .any(|at| self.cell(place, measure, part, at) == Cell::Withheld)
                })
            })
        })
    }
}
