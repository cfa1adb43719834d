//! The tables around the quarters as a fold of their entries; called by the fold of the slice.

pub(crate) use super::payload::{
    CIRCUIT_SET, QUESTION_ASKED, QUESTION_CONTINUED, REOPENING_ANSWERED, REOPENING_ASKED,
    SECOND_DECIDED, SECOND_DRAWN, SECOND_KEYED,
};
use super::payload::{
    CircuitSet, QuestionAsked, QuestionContinued, ReopeningAnswered, ReopeningAsked, SecondDecided,
    SecondDrawn, SecondKeyed,
};
use db::{Tx, Value};
use journal::{Entry, FoldError};

/// Applies an entry of one of the kinds above.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let mark = entry.mark();
    let person = entry.person.as_str();
    match entry.kind.as_str() {
        REOPENING_ASKED => {
            let it: ReopeningAsked = entry.read()?;
            row(
                tx,
                "reopening",
                &["mark", "place", "quarter", "closing", "reason", "person", "office", "day"],
                vec![
                    mark.into(),
                    it.place.into(),
                    it.quarter.into(),
                    it.closing.into(),
                    it.reason.into(),
                    person.into(),
                    it.office.into(),
                    it.day.to_string().into(),
                ],
            )
        }
        REOPENING_ANSWERED => {
            let it: ReopeningAnswered = entry.read()?;
            row(
                tx,
                "reopening_answer",
                &[
                    "mark",
                    "reopening",
                    "place",
                    "accepted",
                    "needs_more",
                    "reason",
                    "person",
                    "office",
                    "day",
                ],
                vec![
                    mark.into(),
                    it.reopening.into(),
                    it.place.into(),
                    i64::from(it.accepted).into(),
                    i64::from(it.needs_more).into(),
                    it.reason.into(),
                    person.into(),
                    it.office.into(),
                    it.day.to_string().into(),
                ],
            )
        }
        QUESTION_ASKED => {
            let it: QuestionAsked = entry.read()?;
            row(
                tx,
                "question",
                &[
                    "mark",
                    "unit",
                    "quarter",
                    "about",
                    "seen",
                    "body",
                    "is_blocking",
                    "place",
                    "person",
                    "office",
                    "day",
                ],
                vec![
                    mark.into(),
                    it.unit.into(),
                    it.quarter.into(),
                    it.about.into(),
                    it.seen.into(),
                    it.text.into(),
                    i64::from(it.blocking).into(),
                    it.place.into(),
                    person.into(),
                    it.office.into(),
                    it.day.to_string().into(),
                ],
            )
        }
        QUESTION_CONTINUED => {
            let it: QuestionContinued = entry.read()?;
            row(
                tx,
                "question_message",
                &[
                    "mark", "question", "number", "body", "closes", "quoted", "place", "person",
                    "office", "day",
                ],
                vec![
                    mark.into(),
                    it.question.into(),
                    it.number.into(),
                    it.text.into(),
                    i64::from(it.closes).into(),
                    i64::from(it.quoted).into(),
                    it.place.into(),
                    person.into(),
                    it.office.into(),
                    it.day.to_string().into(),
                ],
            )
        }
        SECOND_DRAWN => {
            let it: SecondDrawn = entry.read()?;
            row(
                tx,
                "second_draw",
                &["mark", "place", "quarter", "content", "person", "day"],
                vec![
                    mark.into(),
                    it.place.into(),
                    it.quarter.into(),
                    entry.payload.as_slice().into(),
                    person.into(),
                    it.day.to_string().into(),
                ],
            )
        }
        SECOND_KEYED => {
            let it: SecondKeyed = entry.read()?;
            let sql = include_str!("sql/put_second.sql");
            let values = [
                it.unit.into(),
                it.quarter.into(),
                it.form.into(),
                entry.payload.as_slice().into(),
                person.into(),
                it.office.into(),
                it.day.to_string().into(),
            ];
            tx.execute(sql, &values)?;
            Ok(())
        }
        SECOND_DECIDED => {
            let it: SecondDecided = entry.read()?;
            let sql = include_str!("sql/decide_second.sql");
            let values = [
                it.unit.into(),
                it.quarter.into(),
                it.form.into(),
                it.cell.into(),
                it.choice.into(),
                it.value.into(),
                it.reason.into(),
                person.into(),
                it.office.into(),
                it.day.to_string().into(),
            ];
            tx.execute(sql, &values)?;
            Ok(())
        }
        // A kind that the fold of the slice does not give here changes nothing.
        CIRCUIT_SET => {
            let it: CircuitSet = entry.read()?;
            row(
                tx,
                "circuit_plan",
                &["mark", "nation", "number", "content", "person", "office", "day"],
                vec![
                    mark.into(),
                    it.nation.into(),
                    it.number.into(),
                    entry.payload.as_slice().into(),
                    person.into(),
                    it.office.into(),
                    it.day.to_string().into(),
                ],
            )
        }
        _ => Ok(()),
    }
}

/// Writes a row that its entry names: an entry is applied once, so nothing is there yet.
fn row(
    tx: &mut Tx<'_>,
    table: &'static str,
    columns: &'static [&'static str],
    values: Vec<Value>,
) -> Result<(), FoldError> {
    tx.insert(table, columns, "", &[values])?;
    Ok(())
}
