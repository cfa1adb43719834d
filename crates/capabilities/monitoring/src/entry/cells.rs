//! Entering cells.

use super::ownership::{is_of_another, name_of};
use super::refused::{CellRefused, Refusals};
use crate::circuit::{self, LONGEST, begun, ground_of};
use crate::questionnaire::{self, CellId};
use crate::store::{
    self, CELL_ENTERED, CellEntered, Said, View, locked, passages, remarks, values_between,
};
use crate::values::{Value, read};
use identity::{Action, Ctx, Fact};
use journal::Audience;
use kernel::{Failure, Quarter, Stop};

/// What was typed in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What was typed; empty to empty the cell.
    pub text: String,
    /// « Je ne sais pas » was ticked: it comes before the text.
    pub unknown: bool,
    /// What the person says of the cell, empty for nothing; `None` leaves what was said.
    pub comment: Option<String>,
    /// Where the value comes from (register, day), empty for nothing; `None` leaves what was said.
    pub source: Option<String>,
    /// What the cell held when the page was shown, as it is stored; `None` does not ask.
    pub before: Option<String>,
}

/// Enters cells of a unit's forms for a quarter, in one transaction: all of them, or none. Cells
/// that stay as they are leave no trace. Returns how many changed.
///
/// # Errors
///
/// Every cell that is refused, those that another person is typing included; the lack of the right
/// to enter values there.
pub fn enter(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
    typed: &[(CellId, Typed)],
) -> Result<usize, Stop<Refusals>> {
    write(ctx, unit, quarter, typed, true)
}

/// As [`enter`], over what another person is typing too: for an act that says so by itself.
pub(crate) fn enter_over(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
    typed: &[(CellId, Typed)],
) -> Result<usize, Stop<Refusals>> {
    write(ctx, unit, quarter, typed, false)
}

fn write(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
    typed: &[(CellId, Typed)],
    owned: bool,
) -> Result<usize, Stop<Refusals>> {
    let ground = ground_of(ctx.tx, unit, quarter)?;
    ctx.authorize(Action::EnterValues, &ground.object(unit))?;
    begun(ctx, quarter).map_err(|stop| match stop {
        Stop::Refused(it) => Stop::Refused(Refusals(vec![(None, it.into())])),
        Stop::Failed(it) => Stop::Failed(it),
    })?;
    let questionnaire = questionnaire::in_force(ctx.tx, quarter)?;
    let state = passages(ctx.tx, &ground).map_err(Failure::from)?;
    let values = values_between(ctx.tx, ctx.actor, &ground, View::Working, (quarter, quarter))?;
    let said = remarks(ctx.tx, unit, (quarter, quarter))?;
    let drafts = store::drafts(ctx.tx, unit)?;
    let (mut refusals, mut changes) = (Refusals::default(), Vec::new());
    for (cell, typed) in typed {
        let mut refuse = |it: CellRefused| refusals.0.push((Some(*cell), it));
        let element = questionnaire.element(cell.element);
        let asked = element.asked.get(usize::from(cell.cell)).copied().unwrap_or_default();
        if element.level != ground.level() || !asked {
            refuse(CellRefused::NoCell);
            continue;
        }
        let period = element.rhythm.period(quarter);
        let value = match typed.unknown {
            true => Some(Value::Unknown),
            false => match read(&questionnaire, element, &typed.text) {
                Ok(value) => value,
                Err(rule) => {
                    refuse(rule.into());
                    continue;
                }
            },
        };
        let now = values.get(unit, period, *cell);
        let now_said = said.get(&(period, *cell)).cloned().unwrap_or_default();
        let text = |typed: &Option<String>, now: &String| match typed {
            None => now.clone(),
            Some(text) => text.trim().to_owned(),
        };
        let said = Said {
            comment: text(&typed.comment, &now_said.comment),
            source: text(&typed.source, &now_said.source),
        };
        if value.as_ref() == now && said == now_said {
            continue;
        }
        if LONGEST < said.comment.chars().count().max(said.source.chars().count()) {
            refuse(CellRefused::LongComment);
            continue;
        }
        let draft = drafts.iter().find(|it| (it.period, it.cell) == (period, *cell));
        if let Some(draft) = draft.filter(|it| owned && is_of_another(ctx.actor, it)) {
            let who = name_of(ctx.tx, &draft.person)?;
            refuse(CellRefused::Theirs { who });
            continue;
        }
        if let Some(by) = locked(&state, &ground, unit, (element.rhythm, period)) {
            let rule = circuit::Refused::locked(quarter, by, ground.name(&by.place));
            refuse(rule.into());
            continue;
        }
        let held = now.map(ToString::to_string).unwrap_or_default();
        let changed_meanwhile = typed.before.as_ref().is_some_and(|it| *it != held);
        if changed_meanwhile && value.as_ref() != now {
            let who = author(ctx, unit, *cell)?;
            refuse(CellRefused::Changed { theirs: held, who });
            continue;
        }
        changes.push(CellEntered {
            unit: unit.to_owned(),
            period: period.to_string(),
            cell: questionnaire.cell_text(*cell).to_owned(),
            value: value.map(|it| it.to_string()),
            comment: Some(said.comment).filter(|it| !it.is_empty()),
            source: Some(said.source).filter(|it| !it.is_empty()),
        });
    }
    if !refusals.0.is_empty() {
        return Err(Stop::Refused(refusals));
    }
    for it in &changes {
        ctx.record(Fact {
            kind: CELL_ENTERED,
            subject: &format!("{unit}/{}/{}", it.period, it.cell),
            audience: Audience::Local,
            scope: unit,
            reason: "",
            payload: it,
        })?;
    }
    Ok(changes.len())
}

/// Who typed the cell last, if it is being typed here.
fn author(ctx: &mut Ctx<'_, '_>, unit: &str, cell: CellId) -> Result<String, Failure> {
    let draft = store::drafts(ctx.tx, unit)?.into_iter().find(|it| it.cell == cell);
    let Some(id) = draft.and_then(|it| it.person.parse().ok()) else { return Ok(String::new()) };
    Ok(identity::person(ctx.tx, id)?.map(|it| it.name).unwrap_or_default())
}
