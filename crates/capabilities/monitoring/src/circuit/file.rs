//! Filing the return of a unit: what is being typed becomes what was said.

use super::alerts::{Doubt, doubts, oddities};
use super::refused::Refused;
use super::{begun, double_entry, ground_of};
use crate::questionnaire::{self, CellId, Level, Questionnaire, Severity};
use crate::store::{
    self, Answer, Filing, RETURN_FILED, Remark, ReturnFiled, Said, View, filings, passages,
    remarks, values_between,
};
use crate::values::Values;
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Date, Failure, Period, Quarter, Stop};
use std::collections::BTreeMap;

/// Files the return of a unit: the secretary has finished. It can be typed on and filed again
/// until the cercle closes the quarter.
///
/// # Errors
///
/// A rule of [`Refused`] (above all, a blocking alert without an answer), or the lack of the
/// right.
pub fn submit(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
) -> Result<Filing, Stop<Refused>> {
    let ground = ground_of(ctx.tx, unit, quarter)?;
    ctx.authorize(Action::EnterValues, &ground.object(unit))?;
    begun(ctx, quarter)?;
    let state = passages(ctx.tx, &ground).map_err(Failure::from)?;
    if let Some(by) = state.furthest(&ground, unit, quarter) {
        return Err(Stop::Refused(Refused::locked(quarter, by, ground.name(&by.place))));
    }
    let mut doubts = doubts(ctx.tx, ctx.actor, &ground, quarter)?;
    let blocking = |it: &&Doubt| {
        it.alert.unit == unit && it.alert.severity == Severity::Blocking && it.is_open()
    };
    let count = doubts.iter().filter(blocking).count();
    if 0 < count {
        return Err(Stop::Refused(Refused::Unanswered { quarter, count }));
    }
    let odd = oddities(ctx.tx, ctx.actor, &ground, quarter)?;
    doubts.extend(odd.into_iter().map(|it| it.doubt));
    let values = values_between(ctx.tx, ctx.actor, &ground, View::Working, (quarter, quarter))?;
    let (level, day) = (ground.level(), ctx.today());
    let it = written(ctx, &doubts, &values, (unit, level), quarter, day)?;
    if it.values.values().all(BTreeMap::is_empty) {
        return Err(Stop::Refused(Refused::Empty { quarter }));
    }
    record(ctx, &it)?;
    let last = filings(ctx.tx, unit, quarter)?.pop();
    last.ok_or_else(|| Stop::Failed(Failure::told("a filing left no trace")))
}

/// The answers that hold for the figures of a unit as they stand: those to figures changed since
/// are of the past.
pub(super) fn in_force(doubts: &[Doubt], unit: &str) -> BTreeMap<String, Answer> {
    let of_unit = doubts.iter().filter(|it| it.alert.unit == unit);
    of_unit.filter_map(|it| Some((it.rule.clone(), it.answer.clone()?))).collect()
}

/// Whether the forms of a quarter show this cell under this period.
pub(super) fn shows(
    questionnaire: &Questionnaire,
    quarter: Quarter,
    period: Period,
    cell: CellId,
) -> bool {
    questionnaire.element(cell.element).rhythm.period(quarter) == period
}

/// The return of a unit as its cells stand.
pub(super) fn written(
    ctx: &mut Ctx<'_, '_>,
    doubts: &[Doubt],
    values: &Values,
    (unit, level): (&str, Level),
    quarter: Quarter,
    day: Date,
) -> Result<ReturnFiled, Failure> {
    let questionnaire = questionnaire::in_force(ctx.tx, quarter)?;
    let said = remarks(ctx.tx, unit, (quarter, quarter))?;
    let mut it = content(
        &questionnaire,
        values,
        (unit, level),
        quarter,
        day,
        (&said, in_force(doubts, unit)),
    )?;
    for draft in store::drafts(ctx.tx, unit)? {
        if shows(&questionnaire, quarter, draft.period, draft.cell)
            && values.get(unit, draft.period, draft.cell).is_none()
        {
            let cells = it.emptied.entry(draft.period.to_string()).or_default();
            cells.push(questionnaire.cell_text(draft.cell).to_owned());
        }
    }
    it.double_entry = double_entry::of_unit(ctx.tx, unit, quarter)?;
    Ok(it)
}

/// The payload of a filing.
pub(super) fn content(
    questionnaire: &Questionnaire,
    values: &Values,
    (unit, level): (&str, Level),
    quarter: Quarter,
    day: Date,
    (said, answers): (&Remark, BTreeMap<String, Answer>),
) -> Result<ReturnFiled, Failure> {
    let mut it = ReturnFiled {
        unit: unit.to_owned(),
        quarter: quarter.to_string(),
        questionnaire: questionnaire.mark().to_owned(),
        day,
        values: BTreeMap::new(),
        emptied: BTreeMap::new(),
        comments: BTreeMap::new(),
        sources: BTreeMap::new(),
        answers,
        double_entry: BTreeMap::new(),
    };
    for period in store::periods(questionnaire, level, quarter) {
        let mut cells = BTreeMap::new();
        let held = values.of(unit).into_iter().flat_map(|it| it.period(period));
        for (cell, value) in held {
            // Two rhythms may share a year: a return takes only what its own forms show.
            let element = questionnaire.element(cell.element);
            if element.level == level && element.rhythm.period(quarter) == period {
                cells.insert(questionnaire.cell_text(cell).to_owned(), value.to_string());
            }
        }
        it.values.insert(period.to_string(), cells);
        let texts = |text: fn(&Said) -> &String| -> BTreeMap<String, String> {
            said.iter()
                .filter(|((at, _), said)| *at == period && !text(said).is_empty())
                .map(|((_, cell), said)| {
                    (questionnaire.cell_text(*cell).to_owned(), text(said).clone())
                })
                .collect()
        };
        let (comments, sources) = (texts(|it| &it.comment), texts(|it| &it.source));
        if !sources.is_empty() {
            it.sources.insert(period.to_string(), sources);
        }
        if !comments.is_empty() {
            it.comments.insert(period.to_string(), comments);
        }
    }
    Ok(it)
}

pub(super) fn record(ctx: &mut Ctx<'_, '_>, it: &ReturnFiled) -> Result<Entry, Failure> {
    ctx.record(Fact {
        kind: RETURN_FILED,
        subject: &format!("{}/{}", it.unit, it.quarter),
        audience: Audience::Territory,
        scope: &it.unit,
        reason: "",
        payload: it,
    })
}
