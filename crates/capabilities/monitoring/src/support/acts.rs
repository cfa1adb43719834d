//! A request is logged, given to a provider, closed with a report.

use super::count::DIMENSION;
use super::read::{Fate, Request, request};
use super::{
    Provider, Refused, SUPPORT_ASKED, SUPPORT_ASSIGNED, SUPPORT_CLOSED, SupportAsked,
    SupportAssigned, SupportClosed,
};
use crate::circuit::ground_of;
use crate::questionnaire::{self, Level};
use crate::store::Ground;
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Date, Quarter, Stop};

/// The longest request or report, and the longest name of a provider, in characters.
const LONGEST: usize = 2000;
const LONGEST_NAME: usize = 200;

/// A request as it is typed.
#[derive(Clone, Debug, Default)]
pub struct Asking<'a> {
    /// The area, by its code.
    pub domain: &'a str,
    /// What is asked.
    pub text: &'a str,
    /// The day of the request, as typed; empty for today.
    pub asked_on: &'a str,
}

/// A closing as it is typed.
#[derive(Clone, Debug, Default)]
pub struct Closing<'a> {
    /// Whether support was given.
    pub done: bool,
    /// The report, or why there is none.
    pub report: &'a str,
    /// The day on which the support ended, as typed; empty for today.
    pub closed_on: &'a str,
}

fn words(typed: &str, field: &'static str, longest: usize) -> Result<String, Refused> {
    let text = typed.trim();
    if text.chars().filter(|it| it.is_alphanumeric()).count() < 2 {
        return Err(Refused::Empty { field });
    }
    if longest < text.chars().count() {
        return Err(Refused::Long { field, longest });
    }
    Ok(text.to_owned())
}

/// A request or a support older than this is a slip of the pen: its quarter is long published.
const OLDEST_MONTHS: i32 = 24;

fn until_today(typed: &str, field: &'static str, today: Date) -> Result<Date, Refused> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(today);
    }
    let day = kernel::format::read_date(typed).filter(|it| *it <= today);
    let day = day.ok_or(Refused::Day { field, today })?;
    let oldest = today.plus_months(-OLDEST_MONTHS);
    if day < oldest {
        return Err(Refused::Old { field, oldest });
    }
    Ok(day)
}

fn office(ctx: &Ctx<'_, '_>) -> String {
    ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default()
}

/// The commune on a day.
fn commune(ctx: &mut Ctx<'_, '_>, code: &str) -> Result<Ground, Stop<Refused>> {
    let ground = ground_of(ctx.tx, code, Quarter::of(ctx.today()))?;
    if ground.level() != Level::Commune {
        return Err(Stop::Refused(Refused::NotACommune(ground.name(code).to_owned())));
    }
    Ok(ground)
}

/// Logs a request of a commune.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to enter values of the commune.
pub fn ask(ctx: &mut Ctx<'_, '_>, code: &str, asking: &Asking<'_>) -> Result<Entry, Stop<Refused>> {
    let ground = commune(ctx, code)?;
    ctx.authorize(Action::EnterValues, &ground.object(code))?;
    let questionnaire = questionnaire::newest(ctx.tx)?;
    let domains = questionnaire.dimensions().iter().find(|it| it.code == DIMENSION);
    let mut options = domains.into_iter().flat_map(|it| &it.options);
    if !options.any(|it| it.code == asking.domain) {
        return Err(Stop::Refused(Refused::NoDomain));
    }
    let text = words(asking.text, "demande", LONGEST).map_err(Stop::Refused)?;
    let day = ctx.today();
    let asked_on = until_today(asking.asked_on, "jour", day).map_err(Stop::Refused)?;
    let fact = SupportAsked {
        commune: code.to_owned(),
        domain: asking.domain.to_owned(),
        text,
        asked_on,
        office: office(ctx),
        day,
    };
    Ok(ctx.record(Fact {
        kind: SUPPORT_ASKED,
        subject: &format!("{code}/appui"),
        audience: Audience::Territory,
        scope: code,
        reason: "",
        payload: &fact,
    })?)
}

/// The request, if it is open and the actor may act on it.
fn open(ctx: &mut Ctx<'_, '_>, mark: &str) -> Result<Request, Stop<Refused>> {
    let found = request(ctx.tx, mark)?;
    let ground = commune(ctx, &found.asked.commune)?;
    ctx.authorize(Action::GiveSupport, &ground.object(&found.asked.commune))?;
    if matches!(found.fate(), Fate::Done | Fate::Dropped) {
        return Err(Stop::Refused(Refused::Closed));
    }
    Ok(found)
}

/// Gives a request to somebody who provides the support.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to give support there.
pub fn assign(
    ctx: &mut Ctx<'_, '_>,
    mark: &str,
    kind: Provider,
    provider: &str,
) -> Result<Entry, Stop<Refused>> {
    let found = open(ctx, mark)?;
    let provider = words(provider, "prestataire", LONGEST_NAME).map_err(Stop::Refused)?;
    let fact = SupportAssigned {
        request: mark.to_owned(),
        number: found.next(),
        provider,
        kind,
        office: office(ctx),
        day: ctx.today(),
    };
    Ok(ctx.record(Fact {
        kind: SUPPORT_ASSIGNED,
        subject: &format!("{}/appui", found.asked.commune),
        audience: Audience::Territory,
        scope: &found.asked.commune,
        reason: "",
        payload: &fact,
    })?)
}

/// Closes a request with a report, or says why it stays without support.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to give support there.
pub fn close(
    ctx: &mut Ctx<'_, '_>,
    mark: &str,
    closing: &Closing<'_>,
) -> Result<Entry, Stop<Refused>> {
    let found = open(ctx, mark)?;
    let report = words(closing.report, "compte", LONGEST).map_err(Stop::Refused)?;
    let day = ctx.today();
    let closed_on = until_today(closing.closed_on, "jour", day).map_err(Stop::Refused)?;
    if closed_on < found.asked.asked_on {
        return Err(Stop::Refused(Refused::BeforeAsked { asked: found.asked.asked_on }));
    }
    let fact = SupportClosed {
        request: mark.to_owned(),
        number: found.next(),
        done: closing.done,
        report,
        closed_on,
        office: office(ctx),
        day,
    };
    Ok(ctx.record(Fact {
        kind: SUPPORT_CLOSED,
        subject: &format!("{}/appui", found.asked.commune),
        audience: Audience::Territory,
        scope: &found.asked.commune,
        reason: "",
        payload: &fact,
    })?)
}
