//! What holds in a cell in which two keyings differ: the paper was looked at again.

use super::super::ground_of;
use super::super::payload::{SECOND_DECIDED, SecondDecided};
use super::super::refused::reason;
use super::compare::keying;
use super::{Refused, is_open};
use crate::entry::{self, Typed};
use crate::questionnaire::{self, CellId};
use db::{DbError, Tx};
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Date, Failure, Quarter, Stop};

/// Which value holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The first keying stands.
    First,
    /// The second is entered in its place.
    Second,
    /// Neither: this one is, as typed.
    Other(String),
}

impl Choice {
    fn word(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Other(_) => "other",
        }
    }
}

/// What was decided of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The cell, as stored.
    pub cell: String,
    /// `first`, `second` or `other`.
    pub choice: String,
    /// The value that holds, as stored or as typed; empty for none.
    pub value: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub person: String,
    /// In what office.
    pub office: String,
    /// When.
    pub day: Date,
}

/// The decisions on a form of a unit, by cell.
///
/// # Errors
///
/// If the store fails.
pub fn decisions(
    tx: &mut Tx<'_>,
    unit: &str,
    quarter: Quarter,
    form: &str,
) -> Result<Vec<Decided>, Failure> {
    let sql = include_str!("../sql/second_decisions.sql");
    let rows = tx.query(sql, &[unit.into(), quarter.to_string().into(), form.into()])?;
    let read = |row: &db::Row| {
        Ok(Decided {
            cell: row.text("cell")?.to_owned(),
            choice: row.text("choice")?.to_owned(),
            value: row.text("value")?.to_owned(),
            reason: row.text("reason")?.to_owned(),
            person: row.text("person")?.to_owned(),
            office: row.text("office")?.to_owned(),
            day: row.parse("day")?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, DbError>>()?)
}

/// Decides on a cell in which the two keyings differ. The value that holds is entered as any other,
/// with its trace; the count of errors stays as it was found.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to enter values.
pub fn decide(
    ctx: &mut Ctx<'_, '_>,
    (unit, quarter, form): (&str, Quarter, &str),
    cell: CellId,
    choice: &Choice,
    why: &str,
) -> Result<Entry, Stop<Refused>> {
    let ground = ground_of(ctx.tx, unit, quarter)?;
    ctx.authorize(Action::EnterValues, &ground.object(unit))?;
    let keying = keying(ctx.tx, unit, quarter, form)?;
    let compared = keying.and_then(|it| it.compared);
    let questionnaire = questionnaire::in_force(ctx.tx, quarter)?;
    let name = questionnaire.cell_text(cell);
    let found = compared.and_then(|it| it.differences.into_iter().find(|it| it.cell == name));
    let Some(difference) = found else { return Err(Stop::Refused(Refused::NoDifference)) };
    let reason = reason(why).map_err(|it| Stop::Refused(Refused::Reason(it)))?;
    let value = match choice {
        Choice::First => difference.first,
        Choice::Second => difference.second,
        Choice::Other(text) => text.trim().to_owned(),
    };
    if *choice != Choice::First {
        if !is_open(ctx.tx, &ground, unit, cell, quarter)? {
            return Err(Stop::Refused(Refused::Locked { quarter }));
        }
        let typed = Typed { text: value.clone(), ..Typed::default() };
        entry::enter_over(ctx, unit, quarter, &[(cell, typed)]).map_err(|stop| match stop {
            Stop::Refused(it) => match it.0.into_iter().next() {
                Some((_, rule)) => Stop::Refused(Refused::Cell(rule)),
                None => Stop::Failed(Failure::told("a refusal without a rule")),
            },
            Stop::Failed(it) => Stop::Failed(it),
        })?;
    }
    let fact = SecondDecided {
        unit: unit.to_owned(),
        quarter: quarter.to_string(),
        form: form.to_owned(),
        cell: name.to_owned(),
        choice: choice.word().to_owned(),
        value,
        reason,
        office: ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        day: ctx.today(),
    };
    Ok(ctx.record(Fact {
        kind: SECOND_DECIDED,
        subject: &format!("{unit}/{quarter}/{form}/{name}"),
        audience: Audience::Local,
        scope: unit,
        reason: &fact.reason,
        payload: &fact,
    })?)
}
