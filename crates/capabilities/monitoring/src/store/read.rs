//! Reading values, as far as the reader may.

use super::codes::stored_value;
use super::ground::Ground;
use super::payload::{Answer, SentBack};
use super::returns::{Filing, Filings, MANY, Rank, filings_of};
use super::states::{State, passages};
use crate::questionnaire::{self, CellId, Level, Questionnaire, Rhythm};
use crate::values::{Value, Values};
use db::{DbError, Row, Tx};
use identity::{Action, Actor, allow};
use kernel::{Failure, Period, Quarter};
use std::collections::BTreeMap;

/// Which values are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What is being typed over what was filed.
    Working,
    /// What was filed, published or not.
    Filed,
    /// What is public.
    Published,
}

/// Whether the reader may see what is not published yet of a unit.
pub fn may_read_unpublished(actor: &Actor, ground: &Ground, unit: &str) -> bool {
    allow(actor, Action::ReadUnpublished, &ground.object(unit))
}

/// The values of all the units of a ground, for all periods. Units whose unpublished values the
/// actor may not see give their published ones, whatever the view.
///
/// # Errors
///
/// If the store fails.
pub fn values(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    view: View,
) -> Result<Values, Failure> {
    let all = Quarter::new(1, 1).zip(Quarter::new(9999, 4));
    let (from, to) = all.ok_or_else(|| Failure::told("no calendar"))?;
    values_between(tx, actor, ground, view, (from, to))
}

/// As [`values`], for the quarters between two, both included, and the years that they read. For
/// the indicators of a quarter, begin at [`super::first_period_of`] it.
///
/// # Errors
///
/// If the store fails.
pub fn values_between(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    view: View,
    (from, to): (Quarter, Quarter),
) -> Result<Values, Failure> {
    let series = questionnaire::series(tx)?;
    let questionnaire = series.editions.newest();
    let state = passages(tx, ground)?;
    let units: Vec<&str> = ground
        .tree
        .units()
        .iter()
        .filter(|it| matches!(it.level, Level::Commune | Level::Cercle))
        .map(|it| it.code.as_str())
        .collect();
    // A yearly value may have been corrected with a later quarter's return.
    let filings = filings_of(tx, &units, (from, to.plus(3)))?;
    let mut values = Values::default();
    for unit in &units {
        let view = if may_read_unpublished(actor, ground, unit) { view } else { View::Published };
        // A year may be a calendar year for some cells and a school year for others: a return
        // replaces those that its own forms show.
        let mut held: BTreeMap<(Period, u8), Vec<(CellId, Value)>> = BTreeMap::new();
        let mut read_as: BTreeMap<Period, Option<Quarter>> = BTreeMap::new();
        for filing in filings.get(*unit).into_iter().flatten() {
            if view == View::Published && !is_public(&state, ground, filing, &filings) {
                continue;
            }
            let content = filing.answers()?;
            // A return of another edition than that of its quarter is read under its own.
            let filled_with = series.editions.marked(&content.questionnaire);
            let other = filled_with.filter(|it| *it != series.editions.place(filing.quarter));
            let edition_of = other.and_then(|it| series.editions.quarter_of(it));
            for rhythm in [Rhythm::Quarterly, Rhythm::Yearly, Rhythm::SchoolYear] {
                let period = rhythm.period(filing.quarter);
                if matches!(period, Period::Quarter(it) if to < it) {
                    continue;
                }
                let cells = content.values.get(&period.to_string()).into_iter().flatten();
                let cells = cells.filter_map(|(cell, value)| {
                    // A cell of another questionnaire stays in the journal and is not shown.
                    let cell = questionnaire.cell_of(cell)?;
                    let element = questionnaire.element(cell.element);
                    let value = || Some((cell, stored_value(element, value)?));
                    (element.rhythm == rhythm).then(value)?
                });
                held.insert((period, rhythm as u8), cells.collect());
                read_as.insert(period, edition_of);
            }
        }
        for ((period, _), cells) in held {
            for (cell, value) in cells {
                values.set(unit, period, cell, value);
            }
        }
        for (period, edition_of) in read_as {
            if let Some(quarter) = edition_of {
                values.read_as(unit, period, quarter);
            }
        }
    }
    if view == View::Working {
        for draft in drafts_of(tx, &units)? {
            let known = ground.tree.place(&draft.unit).is_some();
            if !known || !may_read_unpublished(actor, ground, &draft.unit) {
                continue;
            }
            let element = questionnaire.element(draft.cell.element);
            match draft.value.and_then(|it| stored_value(element, &it)) {
                Some(value) => {
                    values.set(&draft.unit, draft.period, draft.cell, value);
                }
                None => {
                    values.clear(&draft.unit, draft.period, draft.cell);
                }
            }
        }
    }
    Ok(values)
}

/// Whether a return is public: the closing that is public covers it, or a later one of the same
/// unit and quarter.
pub(crate) fn is_public(state: &State, ground: &Ground, it: &Filing, all: &Filings) -> bool {
    let of_unit = all.get(&it.unit).map_or(&[][..], Vec::as_slice);
    let until = public_until(state, ground, (&it.unit, it.quarter), of_unit);
    until.is_some_and(|until| until.covers(it))
}

/// Up to which of its versions the return of a unit is public.
#[derive(Clone, Debug)]
pub(crate) enum Until {
    /// What had arrived by then, in the marks of before.
    Arrival(i64),
    /// A version, and those before it.
    Version(Rank),
}

impl Until {
    /// Whether this version is public.
    pub(crate) fn covers(&self, it: &Filing) -> bool {
        match self {
            Self::Arrival(until) => it.arrival <= *until,
            Self::Version(until) => it.rank() <= until,
        }
    }
}

/// Up to which version the returns of a unit for a quarter are public, of all its returns.
pub(crate) fn public_until(
    state: &State,
    ground: &Ground,
    (unit, quarter): (&str, Quarter),
    of_unit: &[Filing],
) -> Option<Until> {
    let closing = state.public_closing(ground, unit, quarter)?;
    if closing.covers.is_empty() {
        return Some(Until::Arrival(closing.arrival));
    }
    let mark = closing.covers.get(unit)?;
    let covered = of_unit.iter().find(|it| it.quarter == quarter && it.mark == *mark)?;
    Some(Until::Version(covered.rank().clone()))
}

/// A cell as it is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The cell.
    pub cell: CellId,
    /// The value; `None` if the cell was emptied.
    pub value: Option<String>,
    /// What the person says of it.
    pub comment: Option<String>,
    /// Where the value comes from.
    pub source: Option<String>,
    /// Who typed it.
    pub person: String,
    /// When, in milliseconds since 1970.
    pub at_millis: i64,
}

fn draft(questionnaire: &Questionnaire, row: &Row) -> Result<Option<Draft>, DbError> {
    let Some(cell) = questionnaire.cell_of(row.text("cell")?) else { return Ok(None) };
    Ok(Some(Draft {
        unit: row.text("unit")?.to_owned(),
        period: row.parse("period")?,
        cell,
        value: row.opt_text("value")?.map(str::to_owned),
        comment: row.opt_text("comment")?.map(str::to_owned),
        source: row.opt_text("source")?.map(str::to_owned),
        person: row.text("person")?.to_owned(),
        at_millis: row.int("at_millis")?,
    }))
}

/// The cells of a unit that were typed since its last filing.
///
/// # Errors
///
/// If the store fails.
pub fn drafts(tx: &mut Tx<'_>, unit: &str) -> Result<Vec<Draft>, Failure> {
    let questionnaire = questionnaire::newest(tx)?;
    let rows = tx.query(include_str!("../sql/drafts_of_unit.sql"), &[unit.into()])?;
    let read = rows.iter().map(|it| draft(&questionnaire, it)).collect::<Result<Vec<_>, _>>()?;
    Ok(read.into_iter().flatten().collect())
}

pub(crate) fn drafts_of(tx: &mut Tx<'_>, units: &[&str]) -> Result<Vec<Draft>, Failure> {
    let mut found = Vec::new();
    if units.len() <= MANY {
        for unit in units {
            found.extend(drafts(tx, unit)?);
        }
        return Ok(found);
    }
    let questionnaire = questionnaire::newest(tx)?;
    let rows = tx.query(include_str!("../sql/drafts.sql"), &[])?;
    for row in &rows {
        found.extend(draft(&questionnaire, row)?);
    }
    Ok(found)
}

/// What people said of a cell; each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The remark.
    pub comment: String,
    /// The document of origin and its day.
    pub source: String,
}

/// What people said of the cells of a unit, by period and cell.
pub type Remark = BTreeMap<(Period, CellId), Said>;

/// What people said of the cells of a unit, in the returns of these quarters and in what is being
/// typed. For those who may see what is not published.
///
/// # Errors
///
/// If the store fails.
pub fn remarks(
    tx: &mut Tx<'_>,
    unit: &str,
    (from, to): (Quarter, Quarter),
) -> Result<Remark, Failure> {
    let questionnaire = questionnaire::newest(tx)?;
    let mut found = Remark::new();
    for filing in filings_of(tx, &[unit], (from, to))?.remove(unit).unwrap_or_default() {
        let content = filing.content()?;
        let shown = |period: Period, cell: CellId| {
            questionnaire.element(cell.element).rhythm.period(filing.quarter) == period
        };
        found.retain(|(period, cell), _| !shown(*period, *cell));
        for (texts, is_source) in [(content.comments, false), (content.sources, true)] {
            for (period, said) in texts {
                let period: Period = period.parse().map_err(Failure::broken)?;
                for (cell, text) in said {
                    let cell = questionnaire.cell_of(&cell).filter(|it| shown(period, *it));
                    let Some(cell) = cell else { continue };
                    let it = found.entry((period, cell)).or_default();
                    let place = if is_source { &mut it.source } else { &mut it.comment };
                    *place = text;
                }
            }
        }
    }
    for draft in drafts(tx, unit)? {
        let said = Said {
            comment: draft.comment.unwrap_or_default(),
            source: draft.source.unwrap_or_default(),
        };
        found.insert((draft.period, draft.cell), said);
    }
    found.retain(|_, it| *it != Said::default());
    Ok(found)
}

/// The reasons given for the figures of a unit that rules doubt, by alert; those of the public
/// return if the reader may see no other.
///
/// # Errors
///
/// If the store fails.
pub fn answers(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    unit: &str,
    quarter: Quarter,
) -> Result<BTreeMap<String, Answer>, Failure> {
    if may_read_unpublished(actor, ground, unit) {
        let sql = include_str!("../sql/answers_of_unit.sql");
        return tx
            .query(sql, &[unit.into(), quarter.to_string().into()])?
            .iter()
            .map(|row| {
                let answer = Answer {
                    reason: row.text("reason")?.to_owned(),
                    left: row.text("left_side")?.to_owned(),
                    right: row.text("right_side")?.to_owned(),
                    office: row.text("office")?.to_owned(),
                    day: row.parse("day")?,
                };
                Ok((row.text("rule")?.to_owned(), answer))
            })
            .collect();
    }
    let state = passages(tx, ground)?;
    let filings = filings_of(tx, &[unit], (quarter, quarter))?;
    let of_unit = filings.get(unit).into_iter().flatten();
    let public = of_unit.rev().find(|it| is_public(&state, ground, it, &filings));
    Ok(public.map(|it| it.content()).transpose()?.map(|it| it.answers).unwrap_or_default())
}

/// What is asked of a unit, by alert; nothing to readers who may not see its unpublished values.
///
/// # Errors
///
/// If the store fails.
pub fn sent_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    unit: &str,
    quarter: Quarter,
) -> Result<BTreeMap<String, SentBack>, Failure> {
    if !may_read_unpublished(actor, ground, unit) {
        return Ok(BTreeMap::new());
    }
    let sql = include_str!("../sql/sent_back_of_unit.sql");
    tx.query(sql, &[unit.into(), quarter.to_string().into()])?
        .iter()
        .map(|row| {
            let request = SentBack {
                reason: row.text("reason")?.to_owned(),
                left: row.text("left_side")?.to_owned(),
                right: row.text("right_side")?.to_owned(),
                office: row.text("office")?.to_owned(),
                day: row.parse("day")?,
            };
            Ok((row.text("rule")?.to_owned(), request))
        })
        .collect()
}
