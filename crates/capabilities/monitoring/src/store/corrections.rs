//! Corrections of filed returns, many at once: an entry for a unit holds only what changes. A version
//! of a return is made of it here and nowhere else: whoever reads filings reads corrected ones.

use super::payload::{ReturnFiled, ValuesCorrected};
use super::returns::{Filing, Rank, unread};
use db::{Row, Tx};
use kernel::{Date, Failure, Quarter};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A correction, as this post learned it.
#[derive(Clone, Debug)]
pub(crate) struct Corrected {
    pub(crate) unit: String,
    pub(crate) arrival: i64,
    day: Date,
    person: String,
    office: String,
    mark: String,
    pub(crate) quarters: BTreeMap<Quarter, Changed>,
}

/// What it changes in a quarter.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    /// The version that is changed.
    pub(crate) of: String,
    /// The new values, by cell.
    pub(crate) values: Arc<BTreeMap<String, String>>,
}

fn corrected(row: &Row) -> Result<Corrected, Failure> {
    let payload = journal::unpack(row.bytes("payload")?);
    let content: ValuesCorrected = serde_json::from_slice(&payload).map_err(Failure::broken)?;
    // What is itself a return is read with the returns.
    let quarters = content.quarters.into_iter().filter(|it| !it.1.of.is_empty());
    let quarters = quarters.map(|(quarter, it)| {
        let quarter = quarter.parse().map_err(Failure::broken)?;
        Ok((quarter, Changed { of: it.of, values: Arc::new(it.values) }))
    });
    Ok(Corrected {
        unit: content.unit,
        arrival: row.int("arrival")?,
        day: content.day,
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        mark: row.text("entry_hash")?.to_owned(),
        quarters: quarters.collect::<Result<_, Failure>>()?,
    })
}

/// The return that a correction is, of a quarter for which nothing was filed: its cells alone.
pub(super) fn first_of(payload: &[u8], it: &Filing) -> Result<Vec<u8>, Failure> {
    let mut content: ValuesCorrected = serde_json::from_slice(payload).map_err(Failure::broken)?;
    let quarter = it.quarter.to_string();
    let first = content.quarters.remove(&quarter);
    let first = first.ok_or_else(|| Failure::told("a return without what it holds"))?;
    let filed = ReturnFiled {
        unit: content.unit,
        quarter: quarter.clone(),
        questionnaire: first.questionnaire,
        day: content.day,
        values: BTreeMap::from([(quarter, first.values)]),
        emptied: BTreeMap::new(),
        comments: BTreeMap::new(),
        sources: BTreeMap::new(),
        answers: BTreeMap::new(),
        double_entry: BTreeMap::new(),
    };
    serde_json::to_vec(&filed).map_err(Failure::broken)
}

/// The corrections of a unit that touch some quarters.
pub(super) fn corrected_of(
    tx: &mut Tx<'_>,
    unit: &str,
    (from, to): (Quarter, Quarter),
) -> Result<Vec<Corrected>, Failure> {
    let bounds = [unit.into(), from.to_string().into(), to.to_string().into()];
    let rows = tx.query(include_str!("../sql/corrected_of_unit.sql"), &bounds)?;
    rows.iter().map(corrected).collect()
}

/// The same of all units.
pub(super) fn corrected_of_all(
    tx: &mut Tx<'_>,
    (from, to): (Quarter, Quarter),
) -> Result<BTreeMap<String, Vec<Corrected>>, Failure> {
    let bounds = [from.to_string().into(), to.to_string().into()];
    let mut found: BTreeMap<String, Vec<Corrected>> = BTreeMap::new();
    for row in tx.query(include_str!("../sql/corrected_of_all.sql"), &bounds)? {
        let it = corrected(&row)?;
        found.entry(it.unit.clone()).or_default().push(it);
    }
    Ok(found)
}

/// The corrections learned after one, in order of arrival.
pub(crate) fn corrected_after(tx: &mut Tx<'_>, arrival: i64) -> Result<Vec<Corrected>, Failure> {
    let rows = tx.query(include_str!("../sql/corrected_after.sql"), &[arrival.into()])?;
    rows.iter().map(corrected).collect()
}

/// Whether any return was ever corrected so.
pub(crate) fn is_any_corrected(tx: &mut Tx<'_>) -> Result<bool, Failure> {
    Ok(!tx.query(include_str!("../sql/any_correction.sql"), &[])?.is_empty())
}

/// The versions of a unit for some quarters, without what they hold: each return followed by its
/// corrections.
pub(crate) fn versions_of(
    tx: &mut Tx<'_>,
    unit: &str,
    (from, to): (Quarter, Quarter),
) -> Result<Vec<Filing>, Failure> {
    let bounds = [unit.into(), from.to_string().into(), to.to_string().into()];
    let rows = tx.query(include_str!("../sql/filed_marks.sql"), &bounds)?;
    let filed = rows.iter().map(unread).collect::<Result<Vec<_>, _>>()?;
    Ok(versions(filed, &corrected_of(tx, unit, (from, to))?))
}

/// Each return, in order of arrival, followed by what corrections made of it. A correction of a
/// version that this post has not learned waits for it.
pub(super) fn versions(mut filings: Vec<Filing>, corrections: &[Corrected]) -> Vec<Filing> {
    let mut waiting: Vec<(Quarter, &Corrected, &Changed)> = corrections
        .iter()
        .flat_map(|it| it.quarters.iter().map(move |(quarter, changed)| (*quarter, it, changed)))
        .collect();
    if waiting.is_empty() {
        return filings;
    }
    loop {
        let before = waiting.len();
        let mut known: BTreeMap<(Quarter, &str), usize> = BTreeMap::new();
        for (at, it) in filings.iter().enumerate() {
            known.insert((it.quarter, it.mark.as_str()), at);
        }
        let mut made = Vec::new();
        waiting.retain(|(quarter, it, changed)| {
            let Some(base) = known.get(&(*quarter, changed.of.as_str())) else { return true };
            made.push(version(&filings[*base], it, changed));
            false
        });
        filings.extend(made);
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    filings.sort_by(|a, b| a.rank.cmp(&b.rank));
    filings
}

fn version(base: &Filing, it: &Corrected, changed: &Changed) -> Filing {
    let mut over = base.over.clone();
    over.push(Arc::clone(&changed.values));
    Filing {
        unit: base.unit.clone(),
        quarter: base.quarter,
        arrival: it.arrival,
        day: it.day,
        person: it.person.clone(),
        office: it.office.clone(),
        mark: it.mark.clone(),
        rank: Rank {
            filed: base.rank.filed,
            corrections: base.rank.corrections + 1,
            mark: it.mark.clone(),
        },
        content: Arc::clone(&base.content),
        over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CELL: &str = "SAN_CONS";

    fn filed(arrival: i64, mark: &str) -> Filing {
        let content = format!(
            "{{\"questionnaire\":\"q\",\"values\":{{\"2024T4\":{{\"{CELL}\":\"{mark}\",\"AUTRE\":\"1\"}}}}}}"
        );
        Filing {
            unit: "ML0101".to_owned(),
            quarter: "2024T4".parse().unwrap(),
            arrival,
            day: "2025-01-10".parse().unwrap(),
            person: String::new(),
            office: String::new(),
            mark: mark.to_owned(),
            rank: Rank { filed: arrival, corrections: 0, mark: String::new() },
            content: Arc::new(content.into_bytes()),
            over: Vec::new(),
        }
    }

    fn corrects(arrival: i64, mark: &str, of: &str, cells: &[(&str, &str)]) -> Corrected {
        let values = cells.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
        let changed = Changed { of: of.to_owned(), values: Arc::new(values) };
        Corrected {
            unit: "ML0101".to_owned(),
            arrival,
            day: "2025-02-01".parse().unwrap(),
            person: String::new(),
            office: String::new(),
            mark: mark.to_owned(),
            quarters: BTreeMap::from([("2024T4".parse().unwrap(), changed)]),
        }
    }

    fn told(all: &[Filing]) -> Vec<String> {
        let cell = |it: &Filing, cell: &str| it.answers().unwrap().values["2024T4"][cell].clone();
        all.iter()
            .map(|it| format!("{}:{}/{}", it.mark, cell(it, CELL), cell(it, "AUTRE")))
            .collect()
    }

    #[test]
    fn a_correction_changes_what_it_names_of_the_version_that_it_names() {
        let returns = || vec![filed(1, "a"), filed(4, "b")];
        let first = corrects(2, "c", "a", &[(CELL, "7")]);
        let second = corrects(3, "d", "c", &[("AUTRE", "9")]);
        assert_eq!(told(&versions(returns(), &[])), ["a:a/1", "b:b/1"]);
        assert_eq!(
            told(&versions(returns(), &[first.clone(), second.clone()])),
            ["a:a/1", "c:7/1", "d:7/9", "b:b/1"],
            "a later return stands over the corrections of an earlier one"
        );
        assert_eq!(told(&versions(returns(), &[second])), ["a:a/1", "b:b/1"], "it waits");
        let late = corrects(9, "e", "a", &[(CELL, "8")]);
        assert_eq!(told(&versions(returns(), &[first, late])).last().unwrap(), "b:b/1");
    }

    proptest! {
        /// Two posts that know the same, learned in any order, show the same.
        #[test]
        fn the_order_in_which_corrections_arrive_does_not_matter(
            bases in prop::collection::vec(0_usize..8, 1..8),
            order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let marks = ["r", "z", "b", "y", "c", "x", "d", "w"];
            // Each corrects the return or a correction that was made before it.
            let made: Vec<Corrected> = bases
                .iter()
                .enumerate()
                .map(|(at, base)| {
                    let value = at.to_string();
                    let mark = marks[at % 7 + 1];
                    corrects(0, mark, marks[base % (at + 1)], &[(if at % 2 == 0 { CELL } else { "AUTRE" }, &value)])
                })
                .collect();
            let told_in = |order: &[usize]| {
                let mut learned: Vec<Corrected> = order
                    .iter()
                    .filter_map(|it| made.get(*it).cloned())
                    .collect();
                for (arrival, it) in (2..).zip(&mut learned) {
                    it.arrival = arrival;
                }
                told(&versions(vec![filed(1, "r")], &learned))
            };
            let straight: Vec<usize> = (0..8).collect();
            prop_assert_eq!(told_in(&order), told_in(&straight));
        }
    }
}
