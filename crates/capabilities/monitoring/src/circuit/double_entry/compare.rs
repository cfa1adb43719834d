//! The two keyings side by side, and the error rates.

use super::super::payload::{Compared, Difference, SecondKeyed};
use super::decide;
use crate::questionnaire::{CellId, Questionnaire};
use crate::store::{Ground, KeyedTwice};
use db::{Row, Tx};
use kernel::{Date, Failure, Quarter};
use std::collections::BTreeMap;

/// The second keying of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keying {
    /// The unit.
    pub unit: String,
    /// The form.
    pub form: String,
    /// What was keyed, by cell as stored.
    pub cells: BTreeMap<String, String>,
    /// The comparison, once it is finished.
    pub compared: Option<Compared>,
    /// Who keys.
    pub person: String,
    /// In what office.
    pub office: String,
    /// When it was last written.
    pub day: Date,
}

/// Lays two keyings of the same cells side by side: a cell that neither filled in does not count.
pub(super) fn compare(
    questionnaire: &Questionnaire,
    cells: &[CellId],
    first: impl Fn(CellId) -> String,
    second: &BTreeMap<String, String>,
    who: impl Fn(&CellId) -> String,
) -> Compared {
    let mut found = Compared::default();
    for cell in cells {
        let name = questionnaire.cell_text(*cell);
        let first = first(*cell);
        let second = second.get(name).cloned().unwrap_or_default();
        if first.is_empty() && second.is_empty() {
            continue;
        }
        let errors = u32::from(first != second);
        let add = |it: &mut KeyedTwice| {
            it.cells += 1;
            it.errors += errors;
        };
        add(&mut found.count);
        add(found.by_first.entry(who(cell)).or_default());
        if first != second {
            found.differences.push(Difference { cell: name.to_owned(), first, second });
        }
    }
    found
}

fn read(row: &Row) -> Result<Keying, Failure> {
    let content: SecondKeyed =
        serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
    Ok(Keying {
        unit: content.unit,
        form: content.form,
        cells: content.cells,
        compared: content.compared,
        person: row.text("person")?.to_owned(),
        office: content.office,
        day: content.day,
    })
}

/// The second keying of a form of a unit, if it was begun. What it compares is for whoever may read
/// the unit's values; the cells alone are the second person's own.
///
/// # Errors
///
/// If the store fails.
pub fn keying(
    tx: &mut Tx<'_>,
    unit: &str,
    quarter: Quarter,
    form: &str,
) -> Result<Option<Keying>, Failure> {
    Ok(of(tx, unit, quarter)?.into_iter().find(|it| it.form == form))
}

fn of(tx: &mut Tx<'_>, unit: &str, quarter: Quarter) -> Result<Vec<Keying>, Failure> {
    let sql = include_str!("../sql/second_of_unit.sql");
    tx.query(sql, &[unit.into(), quarter.to_string().into()])?.iter().map(read).collect()
}

/// The second keyings of the units of a ground for a quarter, by unit, then by form.
///
/// # Errors
///
/// If the store fails.
pub fn keyings(tx: &mut Tx<'_>, ground: &Ground, quarter: Quarter) -> Result<Vec<Keying>, Failure> {
    let mut found = Vec::new();
    for unit in ground.tree.units() {
        found.extend(of(tx, &unit.code, quarter)?);
    }
    Ok(found)
}

/// What the return of a unit carries: the count of each form keyed twice.
///
/// # Errors
///
/// If the store fails.
pub fn of_unit(
    tx: &mut Tx<'_>,
    unit: &str,
    quarter: Quarter,
) -> Result<BTreeMap<String, KeyedTwice>, Failure> {
    let all = of(tx, unit, quarter)?.into_iter();
    Ok(all.filter_map(|it| Some((it.form, it.compared?.count))).collect())
}

/// The error rate of a form and of two persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The form.
    pub form: String,
    /// Who keyed first: their identifier, or empty if it is not known here.
    pub first: String,
    /// Who keyed second.
    pub second: String,
    /// How many cells, and in how many they differ.
    pub count: KeyedTwice,
    /// How many of the differences were decided on.
    pub decided: u32,
}

/// The error rates of a ground's units for a quarter, by form, then by pair of persons. Counts,
/// never a ranking.
///
/// # Errors
///
/// If the store fails.
pub fn rates(tx: &mut Tx<'_>, ground: &Ground, quarter: Quarter) -> Result<Vec<Rate>, Failure> {
    let mut found: BTreeMap<(String, String, String), (KeyedTwice, u32)> = BTreeMap::new();
    for it in keyings(tx, ground, quarter)? {
        let Some(compared) = it.compared else { continue };
        let decided = decide::decisions(tx, &it.unit, quarter, &it.form)?.len();
        for (at, (first, count)) in compared.by_first.into_iter().enumerate() {
            let sum = found.entry((it.form.clone(), first, it.person.clone())).or_default();
            sum.0.cells += count.cells;
            sum.0.errors += count.errors;
            // Decisions belong to the form: they are told with its first pair.
            if at == 0 {
                sum.1 += u32::try_from(decided).unwrap_or(u32::MAX);
            }
        }
    }
    Ok(found
        .into_iter()
        .map(|((form, first, second), (count, decided))| Rate {
            form,
            first,
            second,
            count,
            decided,
        })
        .collect())
}

/// Counts added up by form.
pub fn by_form<'a>(
    counts: impl IntoIterator<Item = (&'a str, KeyedTwice)>,
) -> BTreeMap<String, KeyedTwice> {
    let mut found: BTreeMap<String, KeyedTwice> = BTreeMap::new();
    for (form, count) in counts {
        let sum = found.entry(form.to_owned()).or_default();
        sum.cells += count.cells;
        sum.errors += count.errors;
    }
    found
}
