//! Validating a quarter at the region and publishing it at the nation: the same step, one floor
//! apart. What is missing is named, and going on without it needs a reason.

use super::ground_of;
use super::refused::{Refused, reason};
use super::threads::threads;
use crate::questionnaire::Level;
use crate::store::{
    Ground, Passed, QUARTER_PUBLISHED, QUARTER_VALIDATED, QuarterPassed, Stage, passages,
};
use db::Tx;
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Failure, Quarter, Stop};

/// What a region or the nation would pass on.
#[derive(Clone, Debug)]
pub struct Passing {
    /// The place and all that lies under it.
    pub ground: Ground,
    /// The step: validation at a region, publication at the nation.
    pub stage: Stage,
    /// What came from below: the cercles that closed, the regions that validated.
    pub received: Vec<Passed>,
    /// The places from which nothing came.
    pub missing: Vec<String>,
    /// The last time that the place took the step.
    pub passed: Option<Passed>,
}

impl Passing {
    /// Whether something came since the step was last taken.
    pub fn has_news(&self) -> bool {
        let Some(passed) = &self.passed else { return !self.received.is_empty() };
        self.received.iter().any(|it| !passed.is_over(it))
    }
}

/// Looks at what a place would pass on.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such place or if it is neither a region nor a nation; or if
/// the store fails.
pub fn passing(tx: &mut Tx<'_>, place: &str, quarter: Quarter) -> Result<Passing, Failure> {
    let ground = ground_of(tx, place, quarter)?;
    let state = passages(tx, &ground)?;
    let (stage, below, awaited) = match ground.level() {
        Level::Region => {
            let closers = ground.awaited(quarter).into_iter().map(str::to_owned);
            (Stage::Validated, Stage::Closed, closers.collect::<Vec<_>>())
        }
        Level::Nation => {
            let regions = ground.tree.at_level(0, Level::Region);
            let regions = regions.map(|it| ground.tree.units()[it].code.clone());
            (Stage::Published, Stage::Validated, regions.collect())
        }
        Level::Commune | Level::Cercle => return Err(Failure::NotFound),
    };
    let (mut received, mut missing) = (Vec::new(), Vec::new());
    for code in awaited {
        match state.standing(&code, quarter, below) {
            Some(it) => received.push(it.clone()),
            None => missing.push(code),
        }
    }
    let passed = state.last(place, quarter, stage).cloned();
    Ok(Passing { ground, stage, received, missing, passed })
}

/// Validates a quarter at a region, or publishes it at the nation. `without` is the reason for
/// going on although something is missing.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right.
pub fn pass_on(
    ctx: &mut Ctx<'_, '_>,
    place: &str,
    quarter: Quarter,
    without: Option<&str>,
) -> Result<Entry, Stop<Refused>> {
    let refuse = |it| Err(Stop::Refused(it));
    let passing = passing(ctx.tx, place, quarter)?;
    let (action, kind) = match passing.stage {
        Stage::Published => (Action::PublishQuarter, QUARTER_PUBLISHED),
        Stage::Validated | Stage::Closed => (Action::ValidateQuarter, QUARTER_VALIDATED),
    };
    ctx.authorize(action, &passing.ground.object(place))?;
    if passing.received.is_empty() {
        return refuse(Refused::NothingReceived { quarter });
    }
    if let Some(by) = &passing.passed
        && !passing.has_news()
    {
        return refuse(Refused::Already { quarter, day: by.day });
    }
    let demand = passing.ground.plan().questions;
    let open = threads(ctx.tx, &passing.ground, quarter)?;
    let count = open.iter().filter(|it| it.holds_up(demand)).count();
    if passing.stage == Stage::Validated && 0 < count {
        return refuse(Refused::Questions { quarter, count });
    }
    let why = match without {
        Some(typed) => reason(typed).map_err(Stop::Refused)?,
        None if passing.missing.is_empty() => String::new(),
        None => return refuse(Refused::Missing { quarter, count: passing.missing.len() }),
    };
    let under = super::under(ctx.tx, &passing.ground, quarter)?;
    let passed = QuarterPassed {
        place: place.to_owned(),
        quarter: quarter.to_string(),
        day: ctx.today(),
        covers: passing.received.iter().map(|it| (it.place.clone(), it.mark.clone())).collect(),
        received: passing.received.into_iter().map(|it| it.place).collect(),
        missing: passing.missing,
        under: Some(under),
    };
    Ok(ctx.record(Fact {
        kind,
        subject: &format!("{place}/{quarter}"),
        // The mark holds no value: it goes up, and down to every cercle of the place, which learns
        // so what became of its quarter.
        audience: Audience::Nomenclature,
        scope: place,
        reason: &why,
        payload: &passed,
    })?)
}
