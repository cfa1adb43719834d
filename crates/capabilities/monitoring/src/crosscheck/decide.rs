//! What is done about a gap. Nobody but the unit and its cercle ever changes a figure of ours: a
//! request to correct proposes, and the unit takes it up or not.

use super::compare::span;
use super::mapping::target;
use super::store::{Decided, GAP_DECIDED, GapDecided, Source, decisions};
use super::{Gap, Refused, compare};
use crate::entry::{Typed, enter};
use crate::questionnaire::{CellId, newest};
use crate::store::{Ground, View, ground, values_between};
use db::Tx;
use identity::{Action, Actor, Ctx, Fact};
use journal::Audience;
use kernel::{Date, Failure, Period, Quarter, Reject, Stop};

/// Letters of a reason at most.
const LONGEST: usize = 1_000;

/// What is done about a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Ours stands.
    Keep,
    /// The unit is asked to correct.
    Correct,
    /// Both are right, for a reason: another definition, another date.
    Explain,
}

impl Decision {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Correct, Self::Explain];

    /// The word of addresses and entries.
    pub fn word(self) -> &'static str {
        match self {
            Self::Keep => "garder",
            Self::Correct => "corriger",
            Self::Explain => "expliquer",
        }
    }

    /// The decision of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// The day whose map a source speaks of: the last day of its latest period, or today.
pub(super) fn day_of(source: &Source, today: Date) -> Date {
    let periods = source.values.iter().filter_map(|it| it.period.parse().ok());
    span(periods).map_or(today, |it| {
        // The three quarters after a school year say nothing of the map.
        it.1.last_day().min(today)
    })
}

/// Whether the actor may see the whole of a source.
///
/// # Errors
///
/// If the store fails.
pub(super) fn may_see(
    tx: &mut Tx<'_>,
    actor: &Actor,
    source: &Source,
    today: Date,
) -> Result<bool, Failure> {
    let ground = ground(tx, &source.place, day_of(source, today))?;
    Ok(ground.is_some_and(|it| crate::store::may_read_unpublished(actor, &it, &source.place)))
}

/// The gaps of a source, as the actor may see them; `None` if it may see nothing of its place.
///
/// # Errors
///
/// If the store fails.
pub(super) fn gaps(
    tx: &mut Tx<'_>,
    actor: &Actor,
    source: &Source,
    today: Date,
) -> Result<Option<(Ground, Vec<Gap>)>, Failure> {
    let Some(ground) = ground(tx, &source.place, day_of(source, today))? else { return Ok(None) };
    if !crate::store::may_read_unpublished(actor, &ground, &source.place) {
        return Ok(None);
    }
    let periods = source.values.iter().filter_map(|it| it.period.parse().ok());
    let Some(span) = span(periods) else { return Ok(Some((ground, Vec::new()))) };
    let questionnaire = newest(tx)?;
    let values = values_between(tx, actor, &ground, View::Working, span)?;
    let decided = decisions(tx, &source.id)?;
    let gaps = compare(&questionnaire, &ground, &values, source, &decided);
    Ok(Some((ground, gaps)))
}

/// The gap that is decided about.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// The unit.
    pub unit: &'a str,
    /// The period.
    pub period: &'a str,
    /// Our data.
    pub target: &'a str,
}

/// Decides about a gap, with a reason. A later decision replaces an earlier one.
///
/// # Errors
///
/// [`Refused::NoGap`], [`Refused::NoReason`], [`Refused::LongReason`]; the lack of the right to
/// cross-check there.
pub fn decide(
    ctx: &mut Ctx<'_, '_>,
    source: &Source,
    about: &About<'_>,
    decision: Decision,
    reason: &str,
) -> Result<(), Stop<Refused>> {
    let today = ctx.today();
    let Some((ground, gaps)) = gaps(ctx.tx, ctx.actor, source, today)? else {
        return Err(Failure::NotFound.into());
    };
    ctx.authorize(Action::CrossCheck, &ground.object(about.unit))?;
    let here = |it: &&Gap| {
        it.unit == about.unit && it.period.to_string() == about.period && it.target == about.target
    };
    let gap = gaps.iter().find(here).ok_or(Stop::Refused(Refused::NoGap))?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Stop::Refused(Refused::NoReason));
    }
    if LONGEST < reason.chars().count() {
        return Err(Stop::Refused(Refused::LongReason));
    }
    // A figure that the other source does not have cannot be proposed.
    if decision == Decision::Correct && gap.theirs.is_none() {
        return Err(Stop::Refused(Refused::NoGap));
    }
    let plain = |it: Option<kernel::Decimal>| it.map(|it| it.normalize().to_string());
    let fact = GapDecided {
        source: source.id.clone(),
        source_name: source.name.clone(),
        unit: about.unit.to_owned(),
        period: about.period.to_owned(),
        target: about.target.to_owned(),
        decision: decision.word().to_owned(),
        reason: reason.to_owned(),
        ours: plain(gap.ours).unwrap_or_default(),
        theirs: plain(gap.theirs).unwrap_or_default(),
        office: ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        day: today,
    };
    ctx.record(Fact {
        kind: GAP_DECIDED,
        subject: &format!("{}/{}/{}/{}", source.id, about.unit, about.period, about.target),
        audience: Audience::Territory,
        scope: about.unit,
        reason,
        payload: &fact,
    })?;
    Ok(())
}

/// The cell that a proposal fills, and the quarter whose form shows it; `None` if it is a sum.
pub(super) fn cell_of(
    questionnaire: &crate::questionnaire::Questionnaire,
    it: &Decided,
) -> Option<(CellId, Quarter)> {
    let found = target(questionnaire, &it.target).filter(|it| it.is_one_cell)?;
    let period: Period = it.period.parse().ok()?;
    let element = questionnaire.element(found.cells.element);
    if !element.rhythm.fits(period) {
        return None;
    }
    let quarter = match period {
        Period::Quarter(it) => it,
        Period::Year(year) => Quarter::new(year, 4)?,
    };
    Some((CellId { element: found.cells.element, cell: *found.cells.cells.first()? }, quarter))
}

/// The unit takes up the figure proposed: it becomes a draft of the unit, with where it comes from
/// as its comment, and goes the way of every draft.
///
/// # Errors
///
/// [`Refused::NoGap`] if nothing is proposed there, [`Refused::NotOneCell`], [`Refused::Cell`] with
/// what the form says (above all, that the quarter is closed); the lack of the right to enter.
pub fn adopt(
    ctx: &mut Ctx<'_, '_>,
    source: &str,
    about: &About<'_>,
    comment: &str,
) -> Result<(), Stop<Refused>> {
    let all = decisions(ctx.tx, source).map_err(Failure::from)?;
    let here = |it: &&Decided| {
        it.unit == about.unit && it.period == about.period && it.target == about.target
    };
    let last = all.iter().rev().find(here).filter(|it| it.decision == Decision::Correct.word());
    let proposed = last.ok_or(Stop::Refused(Refused::NoGap))?;
    let questionnaire = newest(ctx.tx)?;
    let (cell, quarter) =
        cell_of(&questionnaire, proposed).ok_or(Stop::Refused(Refused::NotOneCell))?;
    let typed = Typed {
        text: proposed.theirs.clone(),
        comment: Some(comment.to_owned()),
        ..Typed::default()
    };
    match enter(ctx, about.unit, quarter, &[(cell, typed)]) {
        Ok(_) => Ok(()),
        Err(Stop::Failed(it)) => Err(Stop::Failed(it)),
        Err(Stop::Refused(rules)) => {
            let message = rules.0.first().map(|it| it.1.message());
            Err(Stop::Refused(message.map_or(Refused::NoGap, Refused::Cell)))
        }
    }
}
