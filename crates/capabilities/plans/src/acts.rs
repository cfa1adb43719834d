//! What people do to plans: each act loads, asks for the right, decides, records.

use identity::{Action, Ctx, Fact};
use journal::Audience;
use kernel::{Failure, Id, Message, Stop};
use serde::Serialize;
use territory::Level;

use crate::fold::turn_of;
use crate::read::{self, object_of};
use crate::typed::LONGEST_TEXT;
use crate::{
    Adopted, Ground, LINE_FOLLOWED, LINES_WRITTEN, Line, Lines, PLAN_ADOPTED, PLAN_WRITTEN, Plan,
    ReadTable, Refusals, STEP_WITHDRAWN, Turn, TypedAdoption, TypedLine, TypedPlan, TypedStep,
    Withdrawn, Written,
};

/// The most lines of one plan.
pub(crate) const MOST_LINES: usize = 2000;

type Done<T> = Result<T, Stop<Refusals>>;

/// The plan, if the actor may change it.
fn load(ctx: &mut Ctx<'_, '_>, id: Id) -> Result<Plan, Failure> {
    let plan = read::plan(ctx.tx, id)?.ok_or(Failure::NotFound)?;
    let object = object_of(ctx.tx, &plan.commune, ctx.today())?;
    ctx.authorize(Action::EditPlans, &object)?;
    Ok(plan)
}

fn record<P: Serialize>(
    ctx: &mut Ctx<'_, '_>,
    plan: &Plan,
    kind: &str,
    reason: &str,
    payload: &P,
) -> Result<(), Failure> {
    ctx.record(Fact {
        kind,
        subject: &plan.id.to_string(),
        audience: Audience::Territory,
        scope: &plan.commune,
        reason,
        payload,
    })?;
    Ok(())
}

/// A change of an adopted plan needs a reason.
fn reason<'a>(refusals: &mut Refusals, plan: &Plan, text: &'a str) -> &'a str {
    let text = text.trim();
    if plan.adoption.is_some() && text.is_empty() {
        refusals.push("raison", Message::new("plans-no-reason"));
    }
    refusals.text("raison", text, LONGEST_TEXT);
    text
}

/// Begins the plan of a commune.
///
/// # Errors
///
/// What cannot be understood, field by field; or the actor may not.
pub fn begin(ctx: &mut Ctx<'_, '_>, commune: &str, typed: &TypedPlan) -> Done<Id> {
    let unit = territory::unit(ctx.tx, commune).map_err(Failure::from)?;
    let unit = unit.filter(|it| it.level == Level::Commune).ok_or(Failure::NotFound)?;
    let object = object_of(ctx.tx, commune, ctx.today())?;
    ctx.authorize(Action::EditPlans, &object)?;
    let (title, first, last) = typed.read().map_err(Stop::Refused)?;
    let plan = Plan {
        id: Id::mint(),
        commune: commune.to_owned(),
        title,
        first,
        last,
        revises: None,
        invented: unit.invented,
        adoption: None,
    };
    let id = plan.id;
    let written = Written { plan, lines: Vec::new() };
    record(ctx, &written.plan.clone(), PLAN_WRITTEN, "", &written)?;
    Ok(id)
}

/// Begins a new version of a plan with the lines of the old one, which stays as it is. Lines whose
/// years all lie outside the new period are left out.
///
/// # Errors
///
/// What cannot be understood, field by field; or the actor may not.
pub fn revise(ctx: &mut Ctx<'_, '_>, id: Id, typed: &TypedPlan, why: &str) -> Done<Id> {
    let old = load(ctx, id)?;
    let (title, first, last) = typed.read().map_err(Stop::Refused)?;
    let mut refusals = Refusals::default();
    if why.trim().is_empty() {
        refusals.push("raison", Message::new("plans-no-reason"));
    }
    refusals.text("raison", why.trim(), LONGEST_TEXT);
    refusals.check()?;
    let mut lines = read::lines(ctx.tx, id).map_err(Failure::from)?;
    for it in &mut lines {
        let before = it.years.len();
        it.years.retain(|it| (first..=last).contains(&it.year));
        if it.years.len() != before {
            it.cost = it.years.iter().map(|it| it.cost).sum();
        }
    }
    lines.retain(|it| !it.years.is_empty());
    let plan = Plan {
        id: Id::mint(),
        commune: old.commune.clone(),
        title,
        first,
        last,
        revises: Some(old.id),
        invented: old.invented,
        adoption: None,
    };
    let new = plan.id;
    let written = Written { plan, lines };
    record(ctx, &written.plan.clone(), PLAN_WRITTEN, why.trim(), &written)?;
    Ok(new)
}

/// Says by which deliberation a plan was adopted.
///
/// # Errors
///
/// What cannot be understood, field by field; or the actor may not.
pub fn adopt(ctx: &mut Ctx<'_, '_>, id: Id, typed: &TypedAdoption) -> Done<()> {
    let plan = load(ctx, id)?;
    let adoption = typed.read(ctx.today()).map_err(Stop::Refused)?;
    if plan.adoption.as_ref() == Some(&adoption) {
        return Ok(());
    }
    if read::lines(ctx.tx, id).map_err(Failure::from)?.is_empty() {
        return Refusals::one("date", Message::new("plans-adopt-empty"));
    }
    let rows = ctx
        .tx
        .query(include_str!("../sql/adoption_rank.sql"), &[id.to_string().into()])
        .map_err(Failure::from)?;
    let turn = match rows.first() {
        Some(row) => turn_of(row.text("rank").map_err(Failure::from)?) + 1,
        None => 0,
    };
    let payload: Adopted = Turn { turn, what: adoption };
    record(ctx, &plan, PLAN_ADOPTED, "", &payload)?;
    Ok(())
}

/// Adds a line, or changes the one that the person saw at a turn.
///
/// # Errors
///
/// What cannot be understood, field by field; or the actor may not.
pub fn write_line(
    ctx: &mut Ctx<'_, '_>,
    id: Id,
    changed: Option<(Id, i64)>,
    typed: &TypedLine,
    why: &str,
) -> Done<Id> {
    let plan = load(ctx, id)?;
    let old = match changed {
        Some((line, seen)) => Some(seen_line(ctx, id, line, seen)?),
        None => None,
    };
    let own = old.as_ref().map_or_else(Id::mint, |it| it.0.id);
    let ground = Ground::of(ctx.tx, plan.clone())?;
    let (mut refusals, read) = match typed.read(&ground, own) {
        Ok(line) => (Refusals::default(), Some(line)),
        Err(refusals) => (refusals, None),
    };
    let why = reason(&mut refusals, &plan, why);
    let (Some(line), true) = (read, refusals.0.is_empty()) else {
        return Err(Stop::Refused(refusals));
    };
    if old.as_ref().is_some_and(|it| it.0 == line) {
        return Ok(own);
    }
    let known = read::lines(ctx.tx, id).map_err(Failure::from)?;
    if old.is_none() {
        if MOST_LINES <= known.len() {
            return Refusals::one("", Message::new("plans-too-many").with("most", MOST_LINES));
        }
        if known.iter().any(|it| it.says_the_same(&line)) {
            return Refusals::one("action", Message::new("plans-line-twice"));
        }
    }
    let turn = old.map_or(0, |it| it.1 + 1);
    put(ctx, &plan, vec![Turn { turn, what: line }], why)?;
    Ok(own)
}

/// Strikes a line out of a plan.
///
/// # Errors
///
/// Without a reason; if another changed the line meanwhile; or the actor may not.
pub fn strike(ctx: &mut Ctx<'_, '_>, id: Id, line: Id, seen: i64, why: &str) -> Done<()> {
    let plan = load(ctx, id)?;
    let (mut line, turn) = seen_line(ctx, id, line, seen)?;
    let mut refusals = Refusals::default();
    if why.trim().is_empty() {
        refusals.push("raison", Message::new("plans-no-reason"));
    }
    refusals.text("raison", why.trim(), LONGEST_TEXT);
    refusals.check()?;
    line.removed = true;
    put(ctx, &plan, vec![Turn { turn: turn + 1, what: line }], why.trim())?;
    Ok(())
}

fn seen_line(ctx: &mut Ctx<'_, '_>, plan: Id, line: Id, seen: i64) -> Done<(Line, i64)> {
    let found = read::line(ctx.tx, plan, line).map_err(Failure::from)?;
    let found = found.filter(|it| !it.0.removed).ok_or(Failure::NotFound)?;
    if found.1 != seen {
        return Refusals::one("", Message::new("plans-changed-since"));
    }
    Ok(found)
}

fn put(
    ctx: &mut Ctx<'_, '_>,
    plan: &Plan,
    lines: Vec<Turn<Line>>,
    why: &str,
) -> Result<(), Failure> {
    let payload = Lines { lines, file: String::new(), hash: String::new() };
    record(ctx, plan, LINES_WRITTEN, why, &payload)
}

/// Takes the lines of a table that was looked at: all of them or none.
///
/// # Errors
///
/// If lines changed since it was looked at, a reason is missing, or the actor may not.
pub fn import(ctx: &mut Ctx<'_, '_>, table: &ReadTable, why: &str) -> Done<()> {
    let plan = load(ctx, table.plan)?;
    let mut refusals = Refusals::default();
    let why = reason(&mut refusals, &plan, why);
    refusals.check()?;
    let known = read::lines(ctx.tx, plan.id).map_err(Failure::from)?;
    if MOST_LINES < known.len() + table.added() {
        return Refusals::one("", Message::new("plans-too-many").with("most", MOST_LINES));
    }
    for it in &table.lines {
        let now = read::line(ctx.tx, plan.id, it.what.id).map_err(Failure::from)?;
        if now.map_or(0, |it| it.1 + 1) != it.turn {
            return Refusals::one("", Message::new("plans-changed-since"));
        }
    }
    if table.lines.is_empty() {
        return Refusals::one("", Message::new("plans-nothing-new"));
    }
    let payload =
        Lines { lines: table.lines.clone(), file: table.file.clone(), hash: table.hash.clone() };
    record(ctx, &plan, LINES_WRITTEN, why, &payload)?;
    Ok(())
}

/// Says what became of a line.
///
/// # Errors
///
/// What cannot be understood, field by field; or the actor may not.
pub fn follow(ctx: &mut Ctx<'_, '_>, id: Id, line: Id, typed: &TypedStep) -> Done<()> {
    let plan = load(ctx, id)?;
    let found = read::line(ctx.tx, id, line).map_err(Failure::from)?;
    found.filter(|it| !it.0.removed).ok_or(Failure::NotFound)?;
    let step = typed.read(line, ctx.today()).map_err(Stop::Refused)?;
    record(ctx, &plan, LINE_FOLLOWED, &step.reason.clone(), &step)?;
    Ok(())
}

/// Takes back a step that was written by mistake.
///
/// # Errors
///
/// Without a reason; if there is no such step; or the actor may not.
pub fn withdraw(ctx: &mut Ctx<'_, '_>, id: Id, line: Id, mark: &str, why: &str) -> Done<()> {
    let plan = load(ctx, id)?;
    let steps = read::steps(ctx.tx, id).map_err(Failure::from)?;
    let known = steps.get(&line).is_some_and(|it| it.iter().any(|it| it.mark == mark));
    if !known {
        return Err(Failure::NotFound.into());
    }
    let mut refusals = Refusals::default();
    if why.trim().is_empty() {
        refusals.push("raison", Message::new("plans-no-reason"));
    }
    refusals.text("raison", why.trim(), LONGEST_TEXT);
    refusals.check()?;
    record(ctx, &plan, STEP_WITHDRAWN, why.trim(), &Withdrawn { mark: mark.to_owned(), line })?;
    Ok(())
}
