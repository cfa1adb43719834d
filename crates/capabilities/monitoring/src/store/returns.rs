//! Returns filed, and whether they came in time.

use super::corrections::{corrected_of, corrected_of_all, first_of, versions};
use super::ground::Ground;
use super::payload::{ReturnFiled, VALUES_CORRECTED};
use super::read::{View, may_read_unpublished};
use super::states::passages;
use crate::aggregation::Returns;
use crate::circuit::Act;
use crate::questionnaire::{self, DataSet, Level, Questionnaire, Rhythm};
use db::{DbError, Row, Tx};
use identity::Actor;
use kernel::{Date, Failure, Period, Quarter};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// More units than this are read with one statement.
pub(super) const MANY: usize = 24;

/// A return of a unit as it was filed once, or as it stands after a correction of some of its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: Quarter,
    /// The order in which this post learned it.
    pub arrival: i64,
    /// The day of filing, or of the correction.
    pub day: Date,
    /// Who filed or corrected it.
    pub person: String,
    /// In what office.
    pub office: String,
    /// The short hash of its entry: the code of the receipt.
    pub mark: String,
    pub(super) rank: Rank,
    pub(super) content: Arc<Vec<u8>>,
    // The cells corrected since, the oldest correction first.
    pub(super) over: Vec<Arc<BTreeMap<String, String>>>,
}

/// Where a version stands among those of a unit: after the return that it corrects and before the
/// next return. Of two corrections that were made apart, the one whose mark sorts last stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    // The arrival of the return.
    pub(super) filed: i64,
    // How many corrections lie between the return and this version, itself included.
    pub(super) corrections: u32,
    pub(super) mark: String,
}

/// What computations read of a return.
#[derive(Deserialize)]
pub(crate) struct Answers {
    /// Which questionnaire was filled in.
    pub(crate) questionnaire: String,
    /// The values by period, then by cell.
    pub(crate) values: BTreeMap<String, BTreeMap<String, String>>,
}

impl Filing {
    /// All that it holds.
    ///
    /// # Errors
    ///
    /// If its content is unreadable: the base is damaged.
    pub fn content(&self) -> Result<ReturnFiled, Failure> {
        let mut it: ReturnFiled = serde_json::from_slice(&self.content).map_err(Failure::broken)?;
        self.correct(&mut it.values);
        it.day = self.day;
        Ok(it)
    }

    /// Its values alone.
    ///
    /// # Errors
    ///
    /// If its content is unreadable: the base is damaged.
    pub(crate) fn answers(&self) -> Result<Answers, Failure> {
        let mut it: Answers = serde_json::from_slice(&self.content).map_err(Failure::broken)?;
        self.correct(&mut it.values);
        Ok(it)
    }

    fn correct(&self, values: &mut BTreeMap<String, BTreeMap<String, String>>) {
        for cells in &self.over {
            let held = values.entry(self.quarter.to_string()).or_default();
            held.extend(cells.iter().map(|(cell, value)| (cell.clone(), value.clone())));
        }
    }

    /// Where it stands among the versions of its unit.
    pub(crate) fn rank(&self) -> &Rank {
        &self.rank
    }

    /// The arrival of the return itself, before any correction.
    pub(crate) fn filed(&self) -> i64 {
        self.rank.filed
    }

    /// Whether it is a correction of a return.
    pub fn is_correction(&self) -> bool {
        0 < self.rank.corrections
    }

    /// When it was filed, by its author's clock, in milliseconds since 1970; `None` of what another
    /// system kept or an example holds, which came into the journal on another day.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn written_at(&self, tx: &mut Tx<'_>) -> Result<Option<i64>, Failure> {
        let subject = format!("{}/{}", self.unit, self.quarter);
        let entries = journal::Journal::history(tx, &subject, None)?;
        let entry = entries.iter().find(|it| it.mark() == self.mark).map(|it| it.at_millis);
        Ok(entry.filter(|it| Date::from_millis(*it) == self.day))
    }
}

fn filing(row: &Row) -> Result<Filing, Failure> {
    let it = unread(row)?;
    let payload = journal::unpack(row.bytes("payload")?);
    let content = match row.text("kind")? {
        VALUES_CORRECTED => first_of(&payload, &it)?,
        _ => payload.into_owned(),
    };
    Ok(Filing { content: Arc::new(content), ..it })
}

/// A filing without what it holds.
pub(super) fn unread(row: &Row) -> Result<Filing, DbError> {
    let arrival = row.int("arrival")?;
    Ok(Filing {
        unit: row.text("unit")?.to_owned(),
        quarter: row.parse("quarter")?,
        arrival,
        day: row.parse("day")?,
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        mark: row.text("entry_hash")?.to_owned(),
        rank: Rank { filed: arrival, corrections: 0, mark: String::new() },
        content: Arc::default(),
        over: Vec::new(),
    })
}

/// The filings of a unit for a quarter, the last one last.
///
/// # Errors
///
/// If the store fails.
pub fn filings(tx: &mut Tx<'_>, unit: &str, quarter: Quarter) -> Result<Vec<Filing>, Failure> {
    of_unit(tx, unit, (quarter, quarter))
}

fn of_unit(
    tx: &mut Tx<'_>,
    unit: &str,
    (from, to): (Quarter, Quarter),
) -> Result<Vec<Filing>, Failure> {
    let bounds = [unit.into(), from.to_string().into(), to.to_string().into()];
    let rows = tx.query(include_str!("../sql/filed_of_unit.sql"), &bounds)?;
    let filed = rows.iter().map(filing).collect::<Result<Vec<_>, Failure>>()?;
    Ok(versions(filed, &corrected_of(tx, unit, (from, to))?))
}

/// Filings by unit, each return followed by its corrections, in order of arrival.
pub(crate) type Filings = BTreeMap<String, Vec<Filing>>;

/// The filings of some units for some quarters.
pub(crate) fn filings_of(
    tx: &mut Tx<'_>,
    units: &[&str],
    (from, to): (Quarter, Quarter),
) -> Result<Filings, Failure> {
    let mut found: BTreeMap<String, Vec<Filing>> = BTreeMap::new();
    if units.len() <= MANY {
        for unit in units {
            found.insert((*unit).to_owned(), of_unit(tx, unit, (from, to))?);
        }
        return Ok(found);
    }
    for unit in units {
        found.insert((*unit).to_owned(), Vec::new());
    }
    let bounds = [from.to_string().into(), to.to_string().into()];
    for row in tx.query(include_str!("../sql/filed_of_all.sql"), &bounds)? {
        if let Some(filings) = found.get_mut(row.text("unit")?) {
            filings.push(filing(&row)?);
        }
    }
    for (unit, corrected) in corrected_of_all(tx, (from, to))? {
        if let Some(filings) = found.get_mut(&unit) {
            *filings = versions(std::mem::take(filings), &corrected);
        }
    }
    Ok(found)
}

/// The returns learned after one, in order of arrival, without corrections.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn filings_after(tx: &mut Tx<'_>, arrival: i64) -> Result<Vec<Filing>, Failure> {
    tx.query(include_str!("../sql/filed_after.sql"), &[arrival.into()])?
        .iter()
        .map(filing)
        .collect()
}

/// The first and the last quarter for which a return was filed.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn filed_span(tx: &mut Tx<'_>) -> Result<Option<(Quarter, Quarter)>, DbError> {
    let rows = tx.query(include_str!("../sql/filed_span.sql"), &[])?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(row.opt_parse("first_quarter")?.zip(row.opt_parse("last_quarter")?))
}

/// The last day on which the return of a unit comes in time, by the circuit of its quarter.
pub fn deadline(
    ground: &Ground,
    questionnaire: &Questionnaire,
    unit: &str,
    quarter: Quarter,
) -> Date {
    ground.due(questionnaire, unit, Act::File, quarter).unwrap_or_else(|| quarter.last_day())
}

/// The periods that the forms of a level show in a quarter.
pub(crate) fn periods(
    questionnaire: &Questionnaire,
    level: Level,
    quarter: Quarter,
) -> Vec<Period> {
    let mut found: Vec<Period> = questionnaire
        .data_sets()
        .iter()
        .filter(|it| it.in_force && it.level == level)
        .map(|it| it.rhythm.period(quarter))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The first quarter that a return of `quarter` and the rules on it can look back to, eight
/// quarters: the longest formula adds four quarters of the year before.
pub fn first_period_of(quarter: Quarter) -> Quarter {
    quarter.plus(-8)
}

/// How many forms each unit owed for a quarter, and how many came in time. Yearly forms have
/// their own day and are not counted. What the reader may not see yet is left out.
///
/// # Errors
///
/// If the store fails.
pub fn returns(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    view: View,
    quarter: Quarter,
) -> Result<BTreeMap<String, Returns>, Failure> {
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let state = passages(tx, ground)?;
    let units: Vec<(&str, Level)> = ground
        .tree
        .units()
        .iter()
        .filter(|it| matches!(it.level, Level::Commune | Level::Cercle))
        .map(|it| (it.code.as_str(), it.level))
        .collect();
    let codes: Vec<&str> = units.iter().map(|it| it.0).collect();
    let mut filed = filings_of(tx, &codes, (quarter, quarter))?;
    let mut found = BTreeMap::new();
    for (unit, level) in units {
        let hidden = view == View::Published || !may_read_unpublished(actor, ground, unit);
        if hidden && state.public_closing(ground, unit, quarter).is_none() {
            continue;
        }
        let first = filed.remove(unit).unwrap_or_default().into_iter().next();
        let mut count = Returns { expected: 0, on_time: 0 };
        count.expected = u32::try_from(due(&questionnaire, level).count()).unwrap_or_default();
        if let Some(first) = first {
            let due = deadline(ground, &questionnaire, unit, quarter);
            count.on_time = came_in_time(&questionnaire, level, &first, due)?;
        }
        found.insert(unit.to_owned(), count);
    }
    Ok(found)
}

/// The forms that a unit of a level owes each quarter.
fn due(questionnaire: &Questionnaire, level: Level) -> impl Iterator<Item = &DataSet> {
    let is_due =
        move |it: &&DataSet| it.in_force && it.level == level && it.rhythm == Rhythm::Quarterly;
    questionnaire.data_sets().iter().filter(is_due)
}

/// How many forms of a level came with the first return of a quarter, if it came by its day.
///
/// # Errors
///
/// If its content is unreadable: the base is damaged.
pub(crate) fn came_in_time(
    questionnaire: &Questionnaire,
    level: Level,
    first: &Filing,
    due_on: Date,
) -> Result<u32, Failure> {
    if due_on < first.day {
        return Ok(0);
    }
    let content = first.content()?;
    let cells = content.values.get(&first.quarter.to_string());
    let filled = due(questionnaire, level).filter(|set| {
        set.elements.iter().any(|it| {
            let code = questionnaire.element(*it).code.as_str();
            let of_element = |cell: &String| cell.split('|').next() == Some(code);
            cells.is_some_and(|it| it.keys().any(of_element))
        })
    });
    Ok(u32::try_from(filled.count()).unwrap_or_default())
}
