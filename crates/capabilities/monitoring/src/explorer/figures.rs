//! The figures behind every answer. **The one place where the explorer asks for values.**
//!
//! Nearly all come from the figures held in memory ([`crate::cube`]): what was filed for those who
//! may see it, what was published for everybody else. What only a formula tells (a part of an
//! indicator, the year of one that adds quarters) is computed from the returns.
//!
//! A column is one measure in one period, for all the units of a map at once. Columns are kept
//! while the journal does not move, so that the next page of the same question comes at once.

mod computed;
mod held;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use db::Tx;
use identity::Actor;
use journal::{Journal, Position};
use kernel::{Date, Failure, Period, Quarter};

use crate::aggregation::Data;
use crate::analysis::{self, Figure, Land};
use crate::cube;
use crate::questionnaire;
use crate::store::{self, View};

use super::asked::MapDay;
use super::measure::Measure;
pub(crate) use computed::adds_quarters;
use computed::compute;
use held::{from_cube, in_cube};

/// The figures kept, over all columns: some twenty megabytes.
const FIGURES_KEPT: usize = 400_000;
/// The quarters whose values are read at once: more would fill the memory of a small computer.
const QUARTERS_AT_ONCE: usize = 4;

/// One measure in one period, for all the units of a map.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// The units.
    pub(crate) land: Arc<Land>,
    figures: Vec<Option<Figure>>,
    left_out: BTreeSet<usize>,
    // What may not be published.
    hidden: BTreeSet<usize>,
    // Nothing of this period is public.
    unseen: bool,
}

/// Which part of which country, in which version: what one read of the store gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scope {
    /// The place under which all is computed.
    pub(crate) place: String,
    /// Only what was published.
    pub(crate) published: bool,
}

type Key = (Vec<Option<Position>>, Scope, Date, Period, String);

static KEPT: Mutex<VecDeque<(Key, Arc<Column>)>> = Mutex::new(VecDeque::new());
type LandKey = (Option<Position>, String, Date);
static LANDS: Mutex<VecDeque<(LandKey, Option<Arc<Land>>)>> = Mutex::new(VecDeque::new());

impl Column {
    /// The figure of a unit; `None` if it is not collected there or not there then.
    pub(crate) fn figure(&self, unit: &str) -> Option<Figure> {
        *self.figures.get(self.land.tree.place(unit)?)?
    }

    /// Whether the figure may not be published.
    pub(crate) fn is_hidden(&self, unit: &str) -> bool {
        self.land.tree.place(unit).is_some_and(|it| self.hidden.contains(&it))
    }

    /// Whether nothing of the period may be seen.
    pub(crate) fn is_unseen(&self) -> bool {
        self.unseen
    }

    /// The units whose answer is missing from the figure of a larger one, by name.
    pub(crate) fn missing(&self, unit: &str) -> Vec<&str> {
        let Some(place) = self.land.tree.place(unit) else { return Vec::new() };
        let units = self.land.tree.units();
        let under = self.left_out.range(self.land.tree.under(place));
        let mut codes: Vec<&str> = under.map(|it| units[*it].code.as_str()).collect();
        codes.sort_by_cached_key(|it| kernel::search::fold(self.land.name(it)));
        codes
    }
}

/// The last day of a period.
pub(crate) fn last_day(period: Period) -> Date {
    // A period has a year between 1 and 9999, which all have quarters.
    quarter_of(period).map_or(Date::from_millis(0), Quarter::last_day)
}

/// The quarter with which a period ends.
pub(crate) fn quarter_of(period: Period) -> Option<Quarter> {
    match period {
        Period::Quarter(quarter) => Some(quarter),
        Period::Year(year) => Quarter::new(year, 4),
    }
}

/// The day of the map on which a period is seen.
pub(crate) fn map_day(map: MapDay, period: Period, today: Date) -> Date {
    match map {
        MapDay::Then => last_day(period),
        MapDay::Now => today,
        MapDay::On(day) => day,
    }
}

/// The place and what lies under it on a day, from those kept or read now; `None` if it was not in
/// the circuit that day.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn land(tx: &mut Tx<'_>, place: &str, day: Date) -> Result<Option<Arc<Land>>, Failure> {
    let known = Journal::last_of(tx, &territory::MAP_KINDS)?;
    let key: LandKey = (known, place.to_owned(), day);
    if let Some(found) = kept(&LANDS, &key) {
        return Ok(found);
    }
    let ground = store::ground(tx, place, day)?;
    let made = match ground {
        Some(ground) => Some(Arc::new(analysis::land(&ground, territory::outlines(tx)?))),
        None => None,
    };
    let mut lands = LANDS.lock().unwrap_or_else(PoisonError::into_inner);
    // Quarters of one map share their units.
    let made = made.map(|new| {
        let same = lands.iter().find_map(|it| {
            it.1.as_ref().filter(|old| old.tree.units() == new.tree.units() && it.0.0 == key.0)
        });
        same.map_or(new, Arc::clone)
    });
    lands.retain(|it| it.0.0 == key.0);
    lands.push_back((key, made.clone()));
    while 200 < lands.len() {
        lands.pop_front();
    }
    Ok(made)
}

fn kept<K: PartialEq, V: Clone>(all: &Mutex<VecDeque<(K, V)>>, key: &K) -> Option<V> {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    let at = all.iter().position(|it| it.0 == *key)?;
    let found = all.remove(at)?;
    let value = found.1.clone();
    all.push_back(found);
    Some(value)
}

/// The columns of some measures in some periods, in the order of (measure, period). A period in
/// which the place was not in the circuit has no column.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn columns(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (map, today): (MapDay, Date),
    measures: &[Measure],
    periods: &[Period],
) -> Result<BTreeMap<(usize, Period), Arc<Column>>, Failure> {
    let newest = questionnaire::newest(tx)?;
    let facts = if scope.published {
        Journal::last_of(tx, &[store::QUARTER_PUBLISHED])?
    } else {
        Journal::last_of(tx, store::fold().kinds())?
    };
    let state = vec![Journal::last_of(tx, &territory::MAP_KINDS)?, facts];
    let key = |measure: &Measure, period: Period| -> Key {
        let written = format!("{}/{}", newest.mark(), measure.written(&newest));
        (state.clone(), scope.clone(), map_day(map, period, today), period, written)
    };
    let mut out = BTreeMap::new();
    let mut due: BTreeMap<Period, Vec<usize>> = BTreeMap::new();
    for period in periods {
        for (at, measure) in measures.iter().enumerate() {
            match kept(&KEPT, &key(measure, *period)) {
                Some(found) => {
                    out.insert((at, *period), found);
                }
                None => due.entry(*period).or_default().push(at),
            }
        }
    }
    let mut waiting: Vec<(Period, Vec<usize>)> = Vec::new();
    if !due.is_empty() {
        let held = cube::figures(tx)?;
        for (period, wanted) in due {
            let day = map_day(map, period, today);
            let Some(land) = land(tx, &scope.place, day)? else { continue };
            let mut left = Vec::new();
            let asked: Vec<(usize, cube::Measure)> = wanted
                .iter()
                .filter_map(|at| match in_cube(&measures[*at], &newest, period) {
                    Some(it) => Some((*at, it)),
                    None => {
                        left.push(*at);
                        None
                    }
                })
                .collect();
            let whole = match map {
                MapDay::Then => cube::Map::AsItWas,
                MapDay::Now | MapDay::On(_) => cube::Map::On(day),
            };
            for (at, column) in from_cube(&held, scope, &land, (period, whole), &asked)? {
                match column {
                    Some(column) => {
                        let column = Arc::new(column);
                        keep(key(&measures[at], period), &column);
                        out.insert((at, period), column);
                    }
                    None => left.push(at),
                }
            }
            if !left.is_empty() {
                waiting.push((period, left));
            }
        }
    }
    for some in batches(&waiting) {
        let Some(span) = span(some.iter().map(|it| it.0)) else { continue };
        let newest_day = some.iter().map(|it| map_day(map, it.0, today)).max();
        let Some(day) = newest_day else { continue };
        // All the units of the batch, whichever map each period is seen on.
        let Some(ground) = store::ground(tx, &scope.place, day)? else { continue };
        let view = if scope.published { View::Published } else { View::Filed };
        // Who may see what is decided by those who show the figures.
        let actor = Actor::program();
        let mut values = store::values_between(tx, &actor, &ground, view, span)?;
        let mut covered = ground;
        for (period, wanted) in some {
            let day = map_day(map, *period, today);
            let Some(land) = land(tx, &scope.place, day)? else { continue };
            let there = |code: &str| covered.tree.place(code).is_some();
            if !land.tree.units().iter().all(|it| there(&it.code))
                && let Some(other) = store::ground(tx, &scope.place, day)?
            {
                values = store::values_between(tx, &actor, &other, view, span)?;
                covered = other;
            }
            let Some(quarter) = quarter_of(*period) else { continue };
            let returns = store::returns(tx, &actor, &covered, view, quarter)?;
            let in_force = questionnaire::in_force(tx, quarter)?;
            let data = Data {
                questionnaire: &in_force,
                tree: &land.tree,
                values: &values,
                returns: &returns,
            };
            let asked: Vec<Measure> = wanted.iter().map(|it| measures[*it].clone()).collect();
            let made = compute(&data, &newest, &land, *period, &asked);
            for (at, column) in wanted.iter().zip(made) {
                let column = Arc::new(column);
                keep(key(&measures[*at], *period), &column);
                out.insert((*at, *period), column);
            }
        }
    }
    Ok(out)
}

/// Periods whose values are read together: a few neighbours at a time.
fn batches(waiting: &[(Period, Vec<usize>)]) -> Vec<&[(Period, Vec<usize>)]> {
    let mut out = Vec::new();
    let mut from = 0;
    for at in 0..waiting.len() {
        let kind = |it: usize| matches!(waiting[it].0, Period::Year(_));
        let quarters = (at + 1 - from) * if kind(at) { 4 } else { 1 };
        let next = waiting.get(at + 1);
        let breaks = next.is_none_or(|_| kind(at) != kind(at + 1));
        if QUARTERS_AT_ONCE <= quarters || breaks {
            out.push(&waiting[from..=at]);
            from = at + 1;
        }
    }
    out
}

/// The quarters that must be read for some periods.
fn span(periods: impl Iterator<Item = Period>) -> Option<(Quarter, Quarter)> {
    let mut first: Option<Quarter> = None;
    let mut last: Option<Quarter> = None;
    for period in periods {
        let end = quarter_of(period)?;
        let begin = store::first_period_of(end);
        first = Some(first.map_or(begin, |it| it.min(begin)));
        last = Some(last.map_or(end, |it| it.max(end)));
    }
    first.zip(last)
}

fn keep(key: Key, column: &Arc<Column>) {
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    // The same question about an older state will not be asked again.
    all.retain(|it| (&it.0.1, it.0.2, it.0.3, &it.0.4) != (&key.1, key.2, key.3, &key.4));
    all.push_back((key, Arc::clone(column)));
    let mut size: usize = all.iter().map(|it| it.1.figures.len()).sum();
    while FIGURES_KEPT < size && 1 < all.len() {
        if let Some(old) = all.pop_front() {
            size -= old.1.figures.len();
        }
    }
}
