//! Closing a quarter at the cercle: all its returns are filed, and the values are locked.

use super::alerts::{Doubt, doubts_of, oddities_of};
use super::refused::{Refused, reason};
use super::{double_entry, file, ground_of};
use crate::questionnaire;
use crate::store::{
    Filing, Ground, Passed, QUARTER_CLOSED, QuarterPassed, Stage, View, drafts, filings,
    first_period_of, passages, values_between,
};
use crate::values::Values;
use db::Tx;
use identity::{Action, Actor, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Failure, Period, Quarter, Stop};
use std::collections::BTreeMap;

/// What a closing would hold, and what stands in its way.
#[derive(Clone, Debug)]
pub struct Closing {
    /// The cercle and its communes.
    pub ground: Ground,
    /// Units that have values for the quarter.
    pub present: Vec<String>,
    /// Units that have none.
    pub missing: Vec<String>,
    /// The alerts, answered or not.
    pub doubts: Vec<Doubt>,
    /// The closing that stands: the last one, unless it was reopened since.
    pub closed: Option<Passed>,
    /// Units whose return would be filed now: never filed, or typed on since.
    pub to_file: Vec<String>,
    /// What the returns keep answers to: the alerts, and the unusual values.
    answered: Vec<Doubt>,
    values: Values,
}

impl Closing {
    /// The alerts that must be answered first.
    pub fn open_doubts(&self) -> impl Iterator<Item = &Doubt> {
        self.doubts.iter().filter(|it| it.is_open())
    }
}

/// Looks at what a closing would hold.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such place, or if the store fails.
pub fn closing(
    tx: &mut Tx<'_>,
    actor: &Actor,
    place: &str,
    quarter: Quarter,
) -> Result<Closing, Failure> {
    let ground = ground_of(tx, place, quarter)?;
    let span = (first_period_of(quarter), quarter);
    let values = values_between(tx, actor, &ground, View::Working, span)?;
    let mut doubts = doubts_of(tx, actor, &ground, &values, quarter)?;
    let units: Vec<String> = ground.closes(place).into_iter().map(str::to_owned).collect();
    doubts.retain(|it| units.contains(&it.alert.unit));
    let mut answered = doubts.clone();
    let odd = oddities_of(tx, actor, &ground, &values, quarter)?;
    answered.extend(odd.into_iter().map(|it| it.doubt));
    let state = passages(tx, &ground)?;
    let closed = state.standing(place, quarter, Stage::Closed).cloned();
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let (mut present, mut missing, mut to_file) = (Vec::new(), Vec::new(), Vec::new());
    for unit in units {
        let held = values.of(&unit);
        let has_values =
            held.is_some_and(|it| it.period(Period::Quarter(quarter)).next().is_some());
        if !has_values {
            missing.push(unit);
            continue;
        }
        let last: Option<Filing> = filings(tx, &unit, quarter)?.pop();
        let settled = match &last {
            None => false,
            Some(it) => {
                let mut typed = false;
                for draft in drafts(tx, &unit)? {
                    typed |= file::shows(&questionnaire, quarter, draft.period, draft.cell);
                }
                let content = it.content()?;
                !typed
                    && file::in_force(&answered, &unit) == content.answers
                    && double_entry::of_unit(tx, &unit, quarter)? == content.double_entry
            }
        };
        if !settled {
            to_file.push(unit.clone());
        }
        present.push(unit);
    }
    Ok(Closing { ground, present, missing, doubts, closed, to_file, answered, values })
}

/// Closes a quarter: files the returns of the place and of its communes, locks their values and
/// passes the quarter on, in one transaction. `without` is the reason for closing although units
/// are missing.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to close quarters there.
pub fn close(
    ctx: &mut Ctx<'_, '_>,
    place: &str,
    quarter: Quarter,
    without: Option<&str>,
) -> Result<Entry, Stop<Refused>> {
    let refuse = |it| Err(Stop::Refused(it));
    let closing = closing(ctx.tx, ctx.actor, place, quarter)?;
    ctx.authorize(Action::CloseQuarter, &closing.ground.object(place))?;
    if closing.ground.closes(place).is_empty() {
        return refuse(Refused::NotHere(closing.ground.name(place).to_owned()));
    }
    if ctx.today() <= quarter.last_day() {
        return refuse(Refused::NotOver { quarter });
    }
    if let Some(by) = &closing.closed
        && closing.to_file.is_empty()
    {
        return refuse(Refused::Already { quarter, day: by.day });
    }
    if closing.present.is_empty() {
        return refuse(Refused::Empty { quarter });
    }
    let count = closing.open_doubts().count();
    if 0 < count {
        return refuse(Refused::Unanswered { quarter, count });
    }
    let why = match without {
        Some(typed) => reason(typed).map_err(Stop::Refused)?,
        None if closing.missing.is_empty() => String::new(),
        None => return refuse(Refused::Missing { quarter, count: closing.missing.len() }),
    };
    let day = ctx.today();
    for unit in &closing.to_file {
        let at = closing.ground.tree.place(unit).map(|it| closing.ground.tree.units()[it].level);
        let at = (unit.as_str(), at.ok_or(Failure::NotFound)?);
        let it = file::written(ctx, &closing.answered, &closing.values, at, quarter, day)?;
        file::record(ctx, &it)?;
    }
    let mut covers = BTreeMap::new();
    for unit in &closing.present {
        if let Some(last) = filings(ctx.tx, unit, quarter)?.pop() {
            covers.insert(unit.clone(), last.mark);
        }
    }
    let under = super::under(ctx.tx, &closing.ground, quarter)?;
    let passed = QuarterPassed {
        place: place.to_owned(),
        quarter: quarter.to_string(),
        day,
        received: closing.present,
        missing: closing.missing,
        covers,
        under: Some(under),
    };
    Ok(ctx.record(Fact {
        kind: QUARTER_CLOSED,
        subject: &format!("{place}/{quarter}"),
        audience: Audience::Territory,
        scope: place,
        reason: &why,
        payload: &passed,
    })?)
}
