//! Returns filed, and whether they came in time.

use super::ground::Ground;
use super::payload::ReturnFiled;
use super::read::{View, may_read_unpublished};
use super::states::passages;
use crate::aggregation::Returns;
use crate::questionnaire::{self, Level, Questionnaire, Rhythm};
use db::{DbError, Row, Tx};
use identity::Actor;
use kernel::{Date, Failure, Period, Quarter};
use std::collections::BTreeMap;

/// More units than this are read with one statement.
pub(super) const MANY: usize = 24;

/// A return of a unit as it was filed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: Quarter,
    /// The order in which this post learned it.
    pub arrival: i64,
    /// The day of filing.
    pub day: Date,
    /// Who filed it.
    pub person: String,
    /// In what office.
    pub office: String,
    /// The short hash of its entry: the code of the receipt.
    pub mark: String,
    pub(super) content: Vec<u8>,
}

impl Filing {
    /// All that it holds.
    ///
    /// # Errors
    ///
    /// If its content is unreadable: the base is damaged.
    pub fn content(&self) -> Result<ReturnFiled, Failure> {
        serde_json::from_slice(&self.content).map_err(Failure::broken)
    }
}

fn filing(row: &Row) -> Result<Filing, DbError> {
    Ok(Filing {
        unit: row.text("unit")?.to_owned(),
        quarter: row.parse("quarter")?,
        arrival: row.int("arrival")?,
        day: row.parse("day")?,
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        mark: row.text("entry_hash")?.to_owned(),
        content: journal::unpack(row.bytes("payload")?).into_owned(),
    })
}

/// The filings of a unit for a quarter, the last one last.
///
/// # Errors
///
/// If the store fails.
pub fn filings(tx: &mut Tx<'_>, unit: &str, quarter: Quarter) -> Result<Vec<Filing>, DbError> {
    of_unit(tx, unit, (quarter, quarter))
}

fn of_unit(
    tx: &mut Tx<'_>,
    unit: &str,
    (from, to): (Quarter, Quarter),
) -> Result<Vec<Filing>, DbError> {
    let bounds = [unit.into(), from.to_string().into(), to.to_string().into()];
    tx.query(include_str!("../sql/filed_of_unit.sql"), &bounds)?.iter().map(filing).collect()
}

/// Filings by unit, each in order of arrival.
pub(crate) type Filings = BTreeMap<String, Vec<Filing>>;

/// The filings of some units for some quarters.
pub(crate) fn filings_of(
    tx: &mut Tx<'_>,
    units: &[&str],
    (from, to): (Quarter, Quarter),
) -> Result<Filings, DbError> {
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
    Ok(found)
}

/// The last day on which the returns of a quarter come in time at the cercle.
pub fn deadline(questionnaire: &Questionnaire, quarter: Quarter) -> Date {
    let days = questionnaire
        .parameters()
        .get("P_DELAI_SAISIE")
        .and_then(|it| i32::try_from(it.value.round().mantissa()).ok())
        .unwrap_or_default();
    quarter.last_day().plus_days(days)
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
    let in_time = deadline(&questionnaire, quarter);
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
        let sets = || {
            let due = |level_of: Level, rhythm| level_of == level && rhythm == Rhythm::Quarterly;
            let sets = questionnaire.data_sets().iter();
            sets.filter(move |it| it.in_force && due(it.level, it.rhythm))
        };
        let mut count = Returns { expected: 0, on_time: 0 };
        count.expected = u32::try_from(sets().count()).unwrap_or_default();
        let first = filed.remove(unit).unwrap_or_default().into_iter().next();
        if let Some(first) = first.filter(|it| it.day <= in_time) {
            let content = first.content()?;
            let period = quarter.to_string();
            let cells = content.values.get(&period);
            let filled = sets().filter(|set| {
                set.elements.iter().any(|it| {
                    let code = questionnaire.element(*it).code.as_str();
                    let of_element = |cell: &String| cell.split('|').next() == Some(code);
                    cells.is_some_and(|it| it.keys().any(of_element))
                })
            });
            count.on_time = u32::try_from(filled.count()).unwrap_or_default();
        }
        found.insert(unit.to_owned(), count);
    }
    Ok(found)
}
