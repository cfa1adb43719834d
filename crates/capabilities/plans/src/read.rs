//! What the tables say.

use db::{DbError, Row, Tx};
use identity::Object;
use kernel::{Date, Failure, Id};

use crate::figures::Steps;
use crate::fold::{read_years, turn_of};
use crate::{Adoption, Funding, Line, Plan, Step};

fn plan_of(row: &Row) -> Result<Plan, DbError> {
    let adoption = match row.opt_text("day")? {
        Some(_) => Some(Adoption {
            day: row.parse("day")?,
            number: row.text("number")?.to_owned(),
            document: row.text("document")?.to_owned(),
            hash: row.text("hash")?.to_owned(),
        }),
        None => None,
    };
    Ok(Plan {
        id: row.parse("id")?,
        commune: row.text("commune")?.to_owned(),
        title: row.text("title")?.to_owned(),
        first: row.int("first_year")?,
        last: row.int("last_year")?,
        revises: row.opt_parse("revises")?,
        invented: row.int("invented")? == 1,
        adoption,
    })
}

fn line_of(row: &Row) -> Result<Line, DbError> {
    let funding = row.text("funding")?.split(' ').filter(|it| !it.is_empty());
    Ok(Line {
        id: row.parse("line")?,
        sector: row.text("sector")?.to_owned(),
        objective: row.text("objective")?.to_owned(),
        action: row.text("action")?.to_owned(),
        village: row.opt_text("village")?.map(str::to_owned),
        years: read_years(row.text("years")?)?,
        cost: row.opt_int("cost")?,
        // A source that a newer program knows and this one does not is shown as another one.
        funding: funding.map(|it| it.parse().unwrap_or(Funding::Other)).collect(),
        priority: row.opt_int("priority")?,
        owner: row.opt_parse("owner")?,
        removed: row.int("removed")? == 1,
    })
}

fn step_of(row: &Row) -> Result<Step, DbError> {
    Ok(Step {
        line: row.parse("line")?,
        state: row.parse("state")?,
        day: row.parse("day")?,
        reason: row.text("reason")?.to_owned(),
        paid: row.opt_int("paid")?,
        funding: row.opt_parse("funding")?,
        mark: row.text("mark")?.to_owned(),
        office: row.text("office")?.to_owned(),
    })
}

fn by_line(rows: &[Row]) -> Result<Steps, DbError> {
    let mut out = Steps::new();
    for row in rows {
        let step = step_of(row)?;
        out.entry(step.line).or_default().push(step);
    }
    Ok(out)
}

/// The plan of this identifier.
///
/// # Errors
///
/// If the store fails, as for every function here.
pub fn plan(tx: &mut Tx<'_>, id: Id) -> Result<Option<Plan>, DbError> {
    let rows = tx.query(include_str!("../sql/plan.sql"), &[id.to_string().into()])?;
    rows.first().map(plan_of).transpose()
}

/// The plans of a commune, the latest first: projects and former versions too.
///
/// # Errors
///
/// If the store fails.
pub fn plans_of(tx: &mut Tx<'_>, commune: &str) -> Result<Vec<Plan>, DbError> {
    let rows = tx.query(include_str!("../sql/plans_of.sql"), &[commune.into()])?;
    rows.iter().map(plan_of).collect()
}

/// The adopted plans of all communes that cover a year.
///
/// # Errors
///
/// If the store fails.
pub fn adopted(tx: &mut Tx<'_>, year: i64) -> Result<Vec<Plan>, DbError> {
    let rows = tx.query(include_str!("../sql/adopted.sql"), &[year.into()])?;
    rows.iter().map(plan_of).collect()
}

/// The lines of all the adopted plans that cover a year, each with its plan; and their steps.
///
/// # Errors
///
/// If the store fails.
pub fn lines_adopted(tx: &mut Tx<'_>, year: i64) -> Result<(Vec<(Id, Line)>, Steps), DbError> {
    let rows = tx.query(include_str!("../sql/lines_adopted.sql"), &[year.into()])?;
    let lines = rows
        .iter()
        .map(|row| Ok((row.parse("plan")?, line_of(row)?)))
        .collect::<Result<_, DbError>>()?;
    let steps = tx.query(include_str!("../sql/steps_adopted.sql"), &[year.into()])?;
    Ok((lines, by_line(&steps)?))
}

/// The lines of a plan that are not struck out, in the order of their priority.
///
/// # Errors
///
/// If the store fails.
pub fn lines(tx: &mut Tx<'_>, plan: Id) -> Result<Vec<Line>, DbError> {
    let rows = tx.query(include_str!("../sql/lines.sql"), &[plan.to_string().into()])?;
    let mut lines = rows.iter().map(line_of).collect::<Result<Vec<_>, _>>()?;
    lines.retain(|it| !it.removed);
    lines.sort_by(|one, other| key(one).cmp(&key(other)));
    Ok(lines)
}

/// Those without a priority come last, by their first year.
fn key(it: &Line) -> (i64, i64, &str, Id) {
    let year = it.years.first().map_or(i64::MAX, |it| it.year);
    (it.priority.unwrap_or(i64::MAX), year, it.action.as_str(), it.id)
}

/// One line of a plan, struck out or not, with the turn at which it stands.
///
/// # Errors
///
/// If the store fails.
pub fn line(tx: &mut Tx<'_>, plan: Id, line: Id) -> Result<Option<(Line, i64)>, DbError> {
    let parameters = [plan.to_string().into(), line.to_string().into()];
    let rows = tx.query(include_str!("../sql/line.sql"), &parameters)?;
    rows.first().map(|row| Ok((line_of(row)?, turn_of(row.text("rank")?)))).transpose()
}

/// What became of the lines of a plan.
///
/// # Errors
///
/// If the store fails.
pub fn steps(tx: &mut Tx<'_>, plan: Id) -> Result<Steps, DbError> {
    by_line(&tx.query(include_str!("../sql/steps.sql"), &[plan.to_string().into()])?)
}

/// What rights look at for a commune: its code and all that lies above it on a day.
///
/// # Errors
///
/// If the store fails.
pub fn object_of(tx: &mut Tx<'_>, commune: &str, day: Date) -> Result<Object, Failure> {
    let mut codes = vec![commune.to_owned()];
    codes.extend(territory::chain(tx, commune, day)?.into_iter().map(|it| it.code));
    Ok(Object::at(codes))
}
