//! How far a quarter is in the circuit: closed by the cercle, validated by the region, published by
//! the nation.

use super::ground::Ground;
use super::payload::Under;
use crate::questionnaire::{Level, Rhythm};
use db::{DbError, Row, Tx};
use kernel::{Date, Period, Quarter};
use std::collections::{BTreeMap, BTreeSet};

/// More places than this are read with one statement.
const MANY: usize = 24;

/// A step of the circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// By the cercle.
    Closed,
    /// By the region.
    Validated,
    /// By the nation.
    Published,
}

impl Stage {
    /// The word stored, also the end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Validated => "validated",
            Self::Published => "published",
        }
    }
}

impl std::str::FromStr for Stage {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Closed, Self::Validated, Self::Published]
            .into_iter()
            .find(|it| it.word() == text)
            .ok_or(())
    }
}

/// A place passed a quarter on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The place.
    pub place: String,
    /// The quarter.
    pub quarter: Quarter,
    /// What it did.
    pub stage: Stage,
    /// The order in which this post learned it.
    pub arrival: i64,
    /// The day.
    pub day: Date,
    /// Who did it.
    pub person: String,
    /// In what office.
    pub office: String,
    /// Why it was done although something was missing; else empty.
    pub reason: String,
    /// What was awaited and is not in it.
    pub missing: Vec<String>,
    /// The short hash of what each of those received gave; empty in the marks of before.
    pub covers: BTreeMap<String, String>,
    /// The formulas, the map and the circuit that it was put under; nothing in the marks of before.
    pub under: Option<Under>,
    /// The short hash of the entry, as a receipt shows it.
    pub mark: String,
}

impl Passed {
    /// Whether this mark was put on that one: by its hash, or for the marks of before, because it
    /// had arrived by then.
    pub fn is_over(&self, below: &Self) -> bool {
        if self.covers.is_empty() {
            return below.arrival <= self.arrival;
        }
        self.covers.get(&below.place) == Some(&below.mark)
    }
}

fn passed(row: &Row) -> Result<Passed, DbError> {
    let state = row.text("state")?;
    Ok(Passed {
        place: row.text("place")?.to_owned(),
        quarter: row.parse("quarter")?,
        stage: state.parse().map_err(|()| DbError::Unreadable(format!("state = {state:?}")))?,
        arrival: row.int("arrival")?,
        day: row.parse("day")?,
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        reason: row.text("reason")?.to_owned(),
        missing: row.text("missing")?.split_whitespace().map(str::to_owned).collect(),
        covers: row
            .text("covers")?
            .split_whitespace()
            .filter_map(|it| it.split_once('='))
            .map(|(place, mark)| (place.to_owned(), mark.to_owned()))
            .collect(),
        under: serde_json::from_str(row.text("under")?).ok(),
        mark: row.text("entry_hash")?.to_owned(),
    })
}

/// The state of a place for a quarter: the furthest step that it took, and the last time it took
/// it; `None` while the quarter is open there.
///
/// # Errors
///
/// If the store fails.
pub fn state(tx: &mut Tx<'_>, place: &str, quarter: Quarter) -> Result<Option<Passed>, DbError> {
    let all = of_place(tx, place)?;
    let here = all.into_iter().filter(|it| it.quarter == quarter);
    Ok(here.max_by_key(|it| (it.stage, it.arrival)))
}

/// The quarters that a nation has made public, oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn published(tx: &mut Tx<'_>, nation: &str) -> Result<Vec<Quarter>, DbError> {
    let all = of_place(tx, nation)?;
    let public = all.into_iter().filter(|it| it.stage == Stage::Published);
    let mut found: Vec<Quarter> = public.map(|it| it.quarter).collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn of_place(tx: &mut Tx<'_>, place: &str) -> Result<Vec<Passed>, DbError> {
    let rows = tx.query(include_str!("../sql/states_of_place.sql"), &[place.into()])?;
    rows.iter().map(passed).collect()
}

/// All the steps known of some places, in the order in which this post learned them.
#[derive(Clone, Debug, Default)]
pub struct State {
    taken: BTreeMap<(String, Quarter), Vec<Passed>>,
    /// The closings that were reopened: they stand no more.
    reopened: BTreeSet<String>,
}

/// The steps known of the places of a ground and of those above it.
///
/// # Errors
///
/// If the store fails.
pub fn passages(tx: &mut Tx<'_>, ground: &Ground) -> Result<State, DbError> {
    let here = ground.tree.units().iter().filter(|it| it.level != Level::Commune);
    let above = ground.above.iter().map(|it| it.0.as_str());
    let mut places: Vec<&str> = here.map(|it| it.code.as_str()).chain(above).collect();
    places.extend(ground.guests().iter().map(String::as_str));
    places.extend(ground.plan().sent_elsewhere().map(|it| it.1));
    places.sort_unstable();
    places.dedup();
    let mut found = Vec::new();
    if places.len() <= MANY {
        for place in places {
            found.extend(of_place(tx, place)?);
        }
    } else {
        let rows = tx.query(include_str!("../sql/states.sql"), &[])?;
        found = rows.iter().map(passed).collect::<Result<_, _>>()?;
    }
    let mut state = State::default();
    for it in found {
        state.add(it);
    }
    state.read_reopened(tx)?;
    Ok(state)
}

/// All the steps known of all places, or those for one quarter.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn passages_of_all(tx: &mut Tx<'_>, quarter: Option<Quarter>) -> Result<State, DbError> {
    let rows = match quarter {
        None => tx.query(include_str!("../sql/states.sql"), &[])?,
        Some(it) => {
            let sql = include_str!("../sql/states_of_quarter.sql");
            tx.query(sql, &[it.to_string().into()])?
        }
    };
    let mut state = State::default();
    for row in &rows {
        state.add(passed(row)?);
    }
    state.read_reopened(tx)?;
    Ok(state)
}

/// The quarters that some place passed on after an entry.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn passed_after(tx: &mut Tx<'_>, arrival: i64) -> Result<Vec<Quarter>, DbError> {
    let rows = tx.query(include_str!("../sql/passed_after.sql"), &[arrival.into()])?;
    rows.iter().map(|it| it.parse("quarter")).collect()
}

/// Which version of a step is looked for.
enum Version<'a> {
    Any,
    /// The one with this hash.
    Mark(&'a str),
    /// One that was learned by this point, for the marks of before.
    By(i64),
}

impl State {
    fn add(&mut self, it: Passed) {
        self.taken.entry((it.place.clone(), it.quarter)).or_default().push(it);
    }

    fn read_reopened(&mut self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        for row in tx.query(include_str!("../circuit/sql/reopened.sql"), &[])? {
            self.reopened.insert(row.text("closing")?.to_owned());
        }
        Ok(())
    }

    /// The last time that a place took this step for a quarter, whatever became of it since.
    pub fn last(&self, place: &str, quarter: Quarter, stage: Stage) -> Option<&Passed> {
        self.all(place, quarter, stage).next_back()
    }

    /// All the times that a place took this step for a quarter, oldest first.
    pub fn all(
        &self,
        place: &str,
        quarter: Quarter,
        stage: Stage,
    ) -> impl DoubleEndedIterator<Item = &Passed> {
        let all = self.taken.get(&(place.to_owned(), quarter));
        all.into_iter().flatten().filter(move |it| it.stage == stage)
    }

    /// Whether this closing was reopened.
    pub fn is_reopened(&self, closing: &Passed) -> bool {
        self.reopened.contains(&closing.mark)
    }

    /// As [`State::last`], unless it is a closing that was reopened since: that one stands no more.
    pub fn standing(&self, place: &str, quarter: Quarter, stage: Stage) -> Option<&Passed> {
        self.last(place, quarter, stage).filter(|it| !self.is_reopened(it))
    }

    /// The furthest step that the circuit of a unit took for a quarter, on the closing that stands.
    /// What the place above did without the unit's own place, or over an earlier closing, does not
    /// count: a late cercle goes on, and a corrected quarter waits for its validation.
    pub fn furthest(&self, ground: &Ground, unit: &str, quarter: Quarter) -> Option<&Passed> {
        let steps = steps(ground, unit, quarter);
        (0..steps.len()).find_map(|from| self.over_standing(&steps[from..], quarter))
    }

    /// The steps that the circuit of a unit took for a quarter, from the cercle upwards, on the
    /// closing that stands.
    pub fn taken(&self, ground: &Ground, unit: &str, quarter: Quarter) -> Vec<&Passed> {
        let steps = steps(ground, unit, quarter);
        (0..steps.len()).rev().filter_map(|it| self.over_standing(&steps[it..], quarter)).collect()
    }

    fn over_standing(&self, steps: &[(&str, Stage)], quarter: Quarter) -> Option<&Passed> {
        let (place, stage) = steps.last()?;
        let standing = self.standing(place, quarter, *stage)?;
        let is_it = |it: &Passed| it.mark == standing.mark;
        Some(self.walk(steps, quarter, &Version::Any, &is_it)?.0)
    }

    /// The closing of which the returns of a unit are public for a quarter. Each step publishes
    /// only what the step below had passed on by then, and a quarter that was reopened since stays
    /// as it was published until it is published again.
    pub fn public_closing(&self, ground: &Ground, unit: &str, quarter: Quarter) -> Option<&Passed> {
        Some(self.walk(&steps(ground, unit, quarter), quarter, &Version::Any, &|_| true)?.1)
    }

    /// Goes down these steps, each on the version of the next that it covers: the first of them and
    /// the last; nothing if one is lacking.
    fn walk(
        &self,
        steps: &[(&str, Stage)],
        quarter: Quarter,
        version: &Version<'_>,
        is_good: &dyn Fn(&Passed) -> bool,
    ) -> Option<(&Passed, &Passed)> {
        let ((place, stage), rest) = steps.split_first()?;
        let below = rest.first().map_or("", |it| it.0);
        self.all(place, quarter, *stage).rev().find_map(|it| {
            let fits = match version {
                Version::Any => true,
                Version::Mark(mark) => it.mark == *mark,
                Version::By(arrival) => it.arrival <= *arrival,
            };
            if !fits || it.missing.iter().any(|it| it == below) {
                return None;
            }
            if rest.is_empty() {
                return is_good(it).then_some((it, it));
            }
            let version = match it.covers.get(below) {
                Some(mark) => Version::Mark(mark),
                None if it.covers.is_empty() => Version::By(it.arrival),
                None => return None,
            };
            Some((it, self.walk(rest, quarter, &version, is_good)?.1))
        })
    }

    /// The quarters for which a place took this step, oldest first.
    pub fn quarters(&self, place: &str, stage: Stage) -> Vec<Quarter> {
        let here = self.taken.iter().filter(|((at, _), _)| at == place);
        here.filter(|(_, all)| all.iter().any(|it| it.stage == stage))
            .map(|((_, quarter), _)| *quarter)
            .collect()
    }
}

/// Who takes which step for a unit in a quarter, from the nation downwards. A circuit without one
/// of the steps skips it.
fn steps<'a>(ground: &'a Ground, unit: &str, quarter: Quarter) -> Vec<(&'a str, Stage)> {
    [Stage::Published, Stage::Validated, Stage::Closed]
        .into_iter()
        .filter_map(|stage| Some((ground.takes(unit, stage, quarter)?, stage)))
        .collect()
}

/// The last quarter whose forms show values of this period.
fn last_reader(rhythm: Rhythm, period: Period) -> Option<Quarter> {
    match (period, rhythm) {
        (Period::Quarter(quarter), _) => Some(quarter),
        (Period::Year(year), Rhythm::SchoolYear) => Quarter::new(year.checked_add(1)?, 3),
        (Period::Year(year), _) => Quarter::new(year, 4),
    }
}

/// What locks the values of a unit for a period: its quarter was passed on. A yearly value stays
/// open until the last quarter that reads it is passed on.
pub fn locked<'a>(
    state: &'a State,
    ground: &Ground,
    unit: &str,
    (rhythm, period): (Rhythm, Period),
) -> Option<&'a Passed> {
    state.furthest(ground, unit, last_reader(rhythm, period)?)
}
