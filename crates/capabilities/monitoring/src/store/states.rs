//! How far a quarter is in the circuit: closed by the cercle, validated by the region, published by
//! the nation.

use super::ground::Ground;
use crate::questionnaire::{Level, Rhythm};
use db::{DbError, Row, Tx};
use kernel::{Date, Period, Quarter};
use std::collections::BTreeMap;

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
    /// The short hash of the entry, as a receipt shows it.
    pub mark: String,
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
pub struct State(BTreeMap<(String, Quarter), Vec<Passed>>);

/// The steps known of the places of a ground and of those above it.
///
/// # Errors
///
/// If the store fails.
pub fn passages(tx: &mut Tx<'_>, ground: &Ground) -> Result<State, DbError> {
    let here = ground.tree.units().iter().filter(|it| it.level != Level::Commune);
    let above = ground.above.iter().map(|it| it.0.as_str());
    let places: Vec<&str> = here.map(|it| it.code.as_str()).chain(above).collect();
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
        state.0.entry((it.place.clone(), it.quarter)).or_default().push(it);
    }
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
        let it = passed(row)?;
        state.0.entry((it.place.clone(), it.quarter)).or_default().push(it);
    }
    Ok(state)
}

impl State {
    /// The last time that a place took this step for a quarter.
    pub fn last(&self, place: &str, quarter: Quarter, stage: Stage) -> Option<&Passed> {
        self.last_with((place, quarter, stage), "", i64::MAX)
    }

    /// As [`State::last`], learned up to a point and not without what `below` had to give.
    fn last_with(
        &self,
        (place, quarter, stage): (&str, Quarter, Stage),
        below: &str,
        until: i64,
    ) -> Option<&Passed> {
        let all = self.0.get(&(place.to_owned(), quarter))?;
        let fits = |it: &&Passed| {
            it.stage == stage && it.arrival <= until && !it.missing.iter().any(|it| it == below)
        };
        all.iter().rev().find(fits)
    }

    /// The furthest step that the circuit of a unit took for a quarter. What the place above did
    /// without the unit's own place does not count: a late cercle goes on.
    pub fn furthest(&self, ground: &Ground, unit: &str, quarter: Quarter) -> Option<&Passed> {
        let steps = steps(ground, unit);
        (0..steps.len()).find_map(|from| Some(self.walk(&steps[from..], quarter)?.0))
    }

    /// The steps that the circuit of a unit took for a quarter, from the cercle upwards.
    pub fn taken(&self, ground: &Ground, unit: &str, quarter: Quarter) -> Vec<&Passed> {
        let steps = steps(ground, unit);
        let first = |from: usize| Some(self.walk(&steps[from..], quarter)?.0);
        (0..steps.len()).rev().filter_map(first).collect()
    }

    /// Which returns of a unit are public for a quarter: those that this post learned before or at
    /// this point. Each step publishes only what the step below had passed on by then: a return
    /// that comes after its cercle closed waits for the next closing, validation and publication.
    pub(crate) fn public_until(
        &self,
        ground: &Ground,
        unit: &str,
        quarter: Quarter,
    ) -> Option<i64> {
        Some(self.walk(&steps(ground, unit), quarter)?.1)
    }

    /// Goes down these steps, each learned before the one above it: the first of them, and when
    /// the last was learned; nothing if one is lacking.
    fn walk(&self, steps: &[(&str, Stage)], quarter: Quarter) -> Option<(&Passed, i64)> {
        let mut until = i64::MAX;
        let mut first = None;
        for (at, (place, stage)) in steps.iter().enumerate() {
            let below = steps.get(at + 1).map_or("", |it| it.0);
            let it = self.last_with((place, quarter, *stage), below, until)?;
            until = it.arrival;
            first = first.or(Some(it));
        }
        Some((first?, until))
    }

    /// The quarters for which a place took this step, oldest first.
    pub fn quarters(&self, place: &str, stage: Stage) -> Vec<Quarter> {
        let here = self.0.iter().filter(|((at, _), _)| at == place);
        here.filter(|(_, all)| all.iter().any(|it| it.stage == stage))
            .map(|((_, quarter), _)| *quarter)
            .collect()
    }
}

/// Who takes which step for a unit, from the nation downwards. A country without one of the levels
/// skips its step.
fn steps<'a>(ground: &'a Ground, unit: &'a str) -> Vec<(&'a str, Stage)> {
    [
        (ground.holder(unit, Level::Nation), Stage::Published),
        (ground.holder(unit, Level::Region), Stage::Validated),
        (ground.closer(unit), Stage::Closed),
    ]
    .into_iter()
    .filter_map(|(place, stage)| Some((place?, stage)))
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
