//! Sending figures back to their commune: a dated request with its reason, which the commune reads
//! beside its forms. It holds until one of the figures changes, or until the cercle withdraws it.

use super::alerts::{Doubt, doubts};
use super::refused::{Refused, reason};
use super::{begun, ground_of};
use crate::questionnaire::Level;
use crate::store::{
    RETURN_SENT_BACK, ReturnSentBack, SEND_BACK_WITHDRAWN, SendBackWithdrawn, SentBack, passages,
};
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Failure, Quarter, Stop};

/// Asks a commune to look again at the figures of an alert. The quarter cannot be closed meanwhile.
///
/// # Errors
///
/// A rule of [`Refused`]: above all, no reason; or the lack of the right to close the quarter.
pub fn send_back(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
    rule: &str,
    why: &str,
) -> Result<Entry, Stop<Refused>> {
    let doubt = doubted(ctx, unit, quarter, rule)?;
    let request = SentBack {
        reason: reason(why).map_err(Stop::Refused)?,
        left: doubt.left(),
        right: doubt.right(),
        office: ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        day: ctx.today(),
    };
    let fact = ReturnSentBack {
        unit: unit.to_owned(),
        quarter: quarter.to_string(),
        rule: rule.to_owned(),
        request,
    };
    Ok(ctx.record(Fact {
        kind: RETURN_SENT_BACK,
        subject: &format!("{unit}/{quarter}/{rule}"),
        audience: Audience::Territory,
        scope: unit,
        reason: &fact.request.reason,
        payload: &fact,
    })?)
}

/// Takes the request back: the figures stand, or it was a mistake.
///
/// # Errors
///
/// As [`send_back`]; [`Refused::NoAlert`] if nothing is asked there.
pub fn withdraw(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
    rule: &str,
) -> Result<Entry, Stop<Refused>> {
    let doubt = doubted(ctx, unit, quarter, rule)?;
    if doubt.sent_back.is_none() {
        return Err(Stop::Refused(Refused::NoAlert(rule.to_owned())));
    }
    let fact = SendBackWithdrawn {
        unit: unit.to_owned(),
        quarter: quarter.to_string(),
        rule: rule.to_owned(),
    };
    Ok(ctx.record(Fact {
        kind: SEND_BACK_WITHDRAWN,
        subject: &format!("{unit}/{quarter}/{rule}"),
        audience: Audience::Territory,
        scope: unit,
        reason: "",
        payload: &fact,
    })?)
}

/// The alert of a commune whose quarter the actor may close and has not closed.
fn doubted(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
    rule: &str,
) -> Result<Doubt, Stop<Refused>> {
    let ground = ground_of(ctx.tx, unit, quarter)?;
    ctx.authorize(Action::CloseQuarter, &ground.object(unit))?;
    if ground.level() != Level::Commune {
        return Err(Stop::Refused(Refused::NotHere(ground.name(unit).to_owned())));
    }
    begun(ctx, quarter)?;
    let state = passages(ctx.tx, &ground).map_err(Failure::from)?;
    if let Some(by) = state.furthest(&ground, unit, quarter) {
        return Err(Stop::Refused(Refused::locked(quarter, by, ground.name(&by.place))));
    }
    doubts(ctx.tx, ctx.actor, &ground, quarter)?
        .into_iter()
        .find(|it| it.alert.unit == unit && it.rule == rule)
        .ok_or_else(|| Stop::Refused(Refused::NoAlert(rule.to_owned())))
}
