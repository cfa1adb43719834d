//! The corrections of a quarter: what changed between one closing of a cercle and the next, cell by
//! cell, with who, when and why. Read from the returns that the closings cover; nothing else is
//! kept, so nothing can disagree with them.

use super::reopening::{Fate, reopenings};
use crate::questionnaire::{self, CellId, Questionnaire};
use crate::store::{Filing, Ground, Passed, Stage, filings, passages};
use db::Tx;
use kernel::{Date, Failure, Period, Quarter};
use std::collections::{BTreeMap, BTreeSet};

/// A cell that changed after its quarter was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The unit.
    pub unit: String,
    /// The period of the cell: the quarter, or a year that its forms show.
    pub period: Period,
    /// The cell, as stored.
    pub cell: String,
    /// The same, if the questionnaire of today has it.
    pub id: Option<CellId>,
    /// The value that was closed; empty if there was none.
    pub before: String,
    /// The value that replaced it; empty if there is none.
    pub after: String,
    /// Whose return held the value before: their office and the day.
    pub by_before: (String, Date),
    /// Who filed the new value.
    pub person: String,
    /// In what office.
    pub office: String,
    /// The day on which it was filed.
    pub day: Date,
    /// Why the quarter was reopened; empty for a return that came after a closing without a
    /// reopening.
    pub why: String,
    /// Who accepted that: their office; empty likewise.
    pub accepted_by: String,
    /// Whether the value before had been made public.
    pub was_public: bool,
    /// Whether the new value is public.
    pub is_public: bool,
}

/// The corrections of a quarter at a place and under it, by unit in the order of the tree, the
/// oldest first. They hold figures that may not be public: whoever shows them asks for the right to
/// see those, or keeps to what [`Correction::is_public`] and is not restricted.
///
/// # Errors
///
/// If the store fails.
pub fn corrections(
    tx: &mut Tx<'_>,
    ground: &Ground,
    quarter: Quarter,
) -> Result<Vec<Correction>, Failure> {
    let state = passages(tx, ground)?;
    let questionnaire = questionnaire::newest(tx)?;
    let mut found = Vec::new();
    let mut reasons: BTreeMap<String, Vec<super::Reopening>> = BTreeMap::new();
    for unit in ground.tree.units() {
        let Some(closer) = ground.takes(&unit.code, Stage::Closed, quarter) else { continue };
        let closings: Vec<&Passed> = state.all(closer, quarter, Stage::Closed).collect();
        if closings.len() < 2 {
            continue;
        }
        if !reasons.contains_key(closer) {
            reasons.insert(closer.to_owned(), reopenings(tx, closer, quarter)?);
        }
        let asked = reasons.get(closer).map(Vec::as_slice).unwrap_or_default();
        let filed = filings(tx, &unit.code, quarter)?;
        let public = state.public_closing(ground, &unit.code, quarter);
        let public = public.and_then(|it| covered(&filed, it)).map(Filing::rank);
        for pair in closings.windows(2) {
            let (Some(before), Some(after)) = (covered(&filed, pair[0]), covered(&filed, pair[1]))
            else {
                continue;
            };
            if before.mark == after.mark {
                continue;
            }
            let request =
                asked.iter().find(|it| it.closing == pair[0].mark && it.fate() == Fate::Accepted);
            let accepted_by = request.and_then(|it| it.answers.last()).map(|it| it.office.clone());
            for (period, cell, was, is) in changes(&questionnaire, before, after)? {
                found.push(Correction {
                    unit: unit.code.clone(),
                    period,
                    id: questionnaire.cell_of(&cell),
                    cell,
                    before: was,
                    after: is,
                    by_before: (before.office.clone(), before.day),
                    person: after.person.clone(),
                    office: after.office.clone(),
                    day: after.day,
                    why: request.map(|it| it.reason.clone()).unwrap_or_default(),
                    accepted_by: accepted_by.clone().unwrap_or_default(),
                    was_public: public.is_some_and(|it| before.rank() <= it),
                    is_public: public.is_some_and(|it| after.rank() <= it),
                });
            }
        }
    }
    Ok(found)
}

/// The return of a unit that a closing covers.
fn covered<'a>(filed: &'a [Filing], closing: &Passed) -> Option<&'a Filing> {
    if closing.covers.is_empty() {
        return filed.iter().rev().find(|it| it.arrival <= closing.arrival);
    }
    filed.iter().find(|it| closing.covers.get(&it.unit) == Some(&it.mark))
}

/// The cells in which two returns differ, in paper order, with both values.
fn changes(
    questionnaire: &Questionnaire,
    before: &Filing,
    after: &Filing,
) -> Result<Vec<(Period, String, String, String)>, Failure> {
    let (before, after) = (before.content()?.values, after.content()?.values);
    let periods: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut found = Vec::new();
    let empty = BTreeMap::new();
    for text in periods {
        let period: Period = text.parse().map_err(Failure::broken)?;
        let (was, is) = (before.get(text).unwrap_or(&empty), after.get(text).unwrap_or(&empty));
        let cells: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        let mut of_period = Vec::new();
        for cell in cells {
            let side = |it: &BTreeMap<String, String>| it.get(cell).cloned().unwrap_or_default();
            if side(was) != side(is) {
                of_period.push((period, cell.clone(), side(was), side(is)));
            }
        }
        of_period.sort_by_key(|it| (questionnaire.cell_of(&it.1), it.1.clone()));
        found.extend(of_period);
    }
    Ok(found)
}
