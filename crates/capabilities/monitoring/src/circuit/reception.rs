//! What came from whom, and when: the grid of a place for a quarter, with promptness and
//! completeness as the indicators count them.

use super::alerts::doubts_of;
use super::ground_of;
use super::plan::Act;
use crate::questionnaire::{self, Level, Rhythm, Severity};
use crate::store::{
    self, Ground, Stage, View, filings_of, first_period_of, passages, values_between,
};
use crate::values::UnitValues;
use db::Tx;
use identity::Actor;
use kernel::{Date, Decimal, Failure, Quarter};

/// How a return or a closing stands against its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is here.
    Received,
    /// It is here, so many days after its day.
    ReceivedLate(i32),
    /// Its day has not passed; so many days remain.
    Awaited(i32),
    /// Its day passed so many days ago.
    Late(i32),
}

impl Standing {
    /// The end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::ReceivedLate(_) => "received-late",
            Self::Awaited(_) => "awaited",
            Self::Late(_) => "late",
        }
    }

    /// The days that it tells.
    pub fn days(self) -> i32 {
        match self {
            Self::Received => 0,
            Self::ReceivedLate(it) | Self::Awaited(it) | Self::Late(it) => it,
        }
    }

    /// The name of its icon.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Received | Self::ReceivedLate(_) => "done",
            Self::Awaited(_) => "todo",
            Self::Late(_) => "late",
        }
    }

    /// Whether it is here.
    pub fn is_in(self) -> bool {
        matches!(self, Self::Received | Self::ReceivedLate(_))
    }

    pub(super) fn of(came: Option<Date>, due: Date, today: Date) -> Self {
        let late = |day: Date| days_between(due, day);
        match came {
            Some(day) if late(day) <= 0 => Self::Received,
            Some(day) => Self::ReceivedLate(late(day)),
            None if late(today) <= 0 => Self::Awaited(-late(today)),
            None => Self::Late(late(today)),
        }
    }
}

/// The days from one to another; negative backwards.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    const DAY: i64 = 86_400_000;
    i32::try_from((to.to_millis() - from.to_millis()).div_euclid(DAY)).unwrap_or(i32::MAX)
}

/// So many out of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that fit.
    pub done: u32,
    /// All.
    pub all: u32,
}

impl Share {
    /// In percent, one decimal, half up; `None` of nothing.
    pub fn percent(self) -> Option<Decimal> {
        let share = Decimal::from(self.done).checked_mul(Decimal::ONE_HUNDRED)?;
        let share = share.checked_div(Decimal::from(self.all))?;
        Some(share.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
    }

    fn add(&mut self, other: Self) {
        self.done += other.done;
        self.all += other.all;
    }
}

/// A unit in the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The unit.
    pub unit: String,
    /// Its level.
    pub level: Level,
    /// How its return stands.
    pub standing: Standing,
    /// The alerts on its figures that count (blocking and warning), answered or not.
    pub alerts: usize,
    /// Those that wait for an answer.
    pub open: usize,
}

/// A place that closes, in the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The place.
    pub place: String,
    /// How its closing stands.
    pub standing: Standing,
    /// The day on which it closed.
    pub day: Option<Date>,
    /// The day on which it should.
    pub due: Date,
    /// Its own return and those of its communes.
    pub cells: Vec<Cell>,
    /// The forms of its communes that came in time, of those expected.
    pub promptness: Share,
    /// The mandatory cells of its communes that are filled in.
    pub completeness: Share,
}

/// The grid of a place for a quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// The places that close, in the order of the tree.
    pub rows: Vec<Row>,
    /// All the communes together.
    pub promptness: Share,
    /// All the communes together.
    pub completeness: Share,
}

impl Reception {
    /// How many places have closed.
    pub fn received(&self) -> usize {
        self.rows.iter().filter(|it| it.standing.is_in()).count()
    }
}

/// Reads the grid, on what this actor may see. Alerts are looked for where `with_alerts` asks: a
/// whole country has too many figures for one page.
///
/// # Errors
///
/// If the store fails.
pub fn reception(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    quarter: Quarter,
    today: Date,
    with_alerts: bool,
) -> Result<Reception, Failure> {
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let state = passages(tx, ground)?;
    let span = (if with_alerts { first_period_of(quarter) } else { quarter }, quarter);
    let values = values_between(tx, actor, ground, View::Working, span)?;
    let doubts = match with_alerts {
        true => doubts_of(tx, actor, ground, &values, quarter)?,
        false => Vec::new(),
    };
    let returns = store::returns(tx, actor, ground, View::Working, quarter)?;
    let units: Vec<&str> = ground.tree.units().iter().map(|it| it.code.as_str()).collect();
    let filed = filings_of(tx, &units, (quarter, quarter))?;
    let empty = UnitValues::default();
    let mut found = Reception {
        rows: Vec::new(),
        promptness: Share::default(),
        completeness: Share::default(),
    };
    let last = quarter.last_day();
    let due = |code: &str, act| ground.due(&questionnaire, code, act, quarter).unwrap_or(last);
    let guests = ground.guests();
    let here = match ground.level() {
        Level::Region => ground.awaited(quarter),
        _ => ground.closers(),
    };
    for closer in here.into_iter().filter(|it| !guests.iter().any(|guest| guest == it)) {
        let closed = state.standing(closer, quarter, Stage::Closed);
        let day = closed.map(|it| it.day);
        let at = due(closer, Act::Close);
        let mut row = Row {
            place: closer.to_owned(),
            standing: Standing::of(day, at, today),
            day,
            due: at,
            cells: Vec::new(),
            promptness: Share::default(),
            completeness: Share::default(),
        };
        for unit in ground.closes(closer) {
            let Some(place) = ground.tree.place(unit) else { continue };
            let level = ground.tree.units()[place].level;
            let has_forms = questionnaire
                .data_sets()
                .iter()
                .any(|it| it.level == level && it.rhythm == Rhythm::Quarterly);
            if !has_forms {
                continue;
            }
            // In time is the first return; a correction is no delay.
            let first = filed.get(unit).and_then(|it| it.first()).map(|it| it.day);
            let counts = |it: &&super::Doubt| {
                it.alert.unit == unit && it.alert.severity != Severity::Information
            };
            row.cells.push(Cell {
                unit: unit.to_owned(),
                level,
                standing: Standing::of(first, due(unit, Act::File), today),
                alerts: doubts.iter().filter(counts).count(),
                open: doubts.iter().filter(counts).filter(|it| it.is_open()).count(),
            });
            if level != Level::Commune {
                continue;
            }
            let own = returns.get(unit).copied().unwrap_or_default();
            row.promptness.add(Share { done: own.on_time, all: own.expected });
            let held = values.of(unit).unwrap_or(&empty);
            let own = held.mandatory(&questionnaire, level, quarter);
            row.completeness.add(Share { done: own.filled, all: own.cells });
        }
        found.promptness.add(row.promptness);
        found.completeness.add(row.completeness);
        found.rows.push(row);
    }
    // Cercles of another region, of which this place validates the quarters.
    for guest in guests {
        let there = ground_of(tx, guest, quarter)?;
        let rows = reception(tx, actor, &there, quarter, today, with_alerts)?;
        found.promptness.add(rows.promptness);
        found.completeness.add(rows.completeness);
        found.rows.extend(rows.rows);
    }
    Ok(found)
}
