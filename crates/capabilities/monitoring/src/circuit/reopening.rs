//! Opening a closed quarter again: the cercle asks with a reason; the place above accepts or
//! refuses with a reason. Where the place above had taken its own step on that closing, the one
//! above it must accept too. What was published stays as it was published until it is published
//! again; the changes are listed by [`super::corrections`].

use super::ground_of;
use super::payload::{REOPENING_ANSWERED, REOPENING_ASKED, ReopeningAnswered, ReopeningAsked};
use super::refused::{Refused, reason};
use crate::store::{Ground, Passed, Stage, State, passages};
use db::{DbError, Row, Tx};
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Date, Failure, Quarter, Stop};

/// A request to open a closed quarter again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// Its short hash, which names it.
    pub mark: String,
    /// The place that closed.
    pub place: String,
    /// The quarter.
    pub quarter: Quarter,
    /// The short hash of the closing.
    pub closing: String,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub person: String,
    /// In what office.
    pub office: String,
    /// When.
    pub day: Date,
    /// The answers, the nearest place first.
    pub answers: Vec<ReopeningAnswer>,
}

/// What a place above answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReopeningAnswer {
    /// The place.
    pub place: String,
    /// Whether it accepts.
    pub accepted: bool,
    /// Whether the place above it must accept too.
    pub needs_more: bool,
    /// Why.
    pub reason: String,
    /// Who answers.
    pub person: String,
    /// In what office.
    pub office: String,
    /// When.
    pub day: Date,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Somebody has still to answer.
    Waiting,
    /// The quarter is open again, or was.
    Accepted,
    /// The closing stands.
    Refused,
}

impl Fate {
    /// The end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }
}

impl Reopening {
    /// What became of it: one refusal is enough; an acceptance counts when nobody more is needed.
    pub fn fate(&self) -> Fate {
        if self.answers.iter().any(|it| !it.accepted) {
            Fate::Refused
        } else if self.answers.iter().any(|it| !it.needs_more) {
            Fate::Accepted
        } else {
            Fate::Waiting
        }
    }
}

/// The requests of a place for a quarter, the oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn reopenings(
    tx: &mut Tx<'_>,
    place: &str,
    quarter: Quarter,
) -> Result<Vec<Reopening>, Failure> {
    let sql = include_str!("sql/reopenings_of_place.sql");
    read(tx, sql, &[place.into(), quarter.to_string().into()])
}

fn read(tx: &mut Tx<'_>, sql: &str, with: &[db::Value]) -> Result<Vec<Reopening>, Failure> {
    let rows = tx.query(sql, with)?;
    let mut found = rows.iter().map(reopening).collect::<Result<Vec<_>, DbError>>()?;
    for it in &mut found {
        let sql = include_str!("sql/reopening_answers.sql");
        let rows = tx.query(sql, &[it.mark.as_str().into()])?;
        it.answers = rows.iter().map(answer).collect::<Result<_, DbError>>()?;
    }
    Ok(found)
}

fn reopening(row: &Row) -> Result<Reopening, DbError> {
    Ok(Reopening {
        mark: row.text("mark")?.to_owned(),
        place: row.text("place")?.to_owned(),
        quarter: row.parse("quarter")?,
        closing: row.text("closing")?.to_owned(),
        reason: row.text("reason")?.to_owned(),
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        day: row.parse("day")?,
        answers: Vec::new(),
    })
}

fn answer(row: &Row) -> Result<ReopeningAnswer, DbError> {
    Ok(ReopeningAnswer {
        place: row.text("place")?.to_owned(),
        accepted: row.int("accepted")? == 1,
        needs_more: row.int("needs_more")? == 1,
        reason: row.text("reason")?.to_owned(),
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        day: row.parse("day")?,
    })
}

/// Asks to open the closing of a quarter again.
///
/// # Errors
///
/// A rule of [`Refused`]: nothing is closed, a request waits already, no reason; or the lack of the
/// right to close the quarter.
pub fn ask_reopening(
    ctx: &mut Ctx<'_, '_>,
    place: &str,
    quarter: Quarter,
    why: &str,
) -> Result<Entry, Stop<Refused>> {
    let refuse = |it| Err(Stop::Refused(it));
    let ground = ground_of(ctx.tx, place, quarter)?;
    ctx.authorize(Action::CloseQuarter, &ground.object(place))?;
    let state = passages(ctx.tx, &ground).map_err(Failure::from)?;
    let Some(closing) = state.standing(place, quarter, Stage::Closed) else {
        return refuse(Refused::NotClosed { quarter });
    };
    let asked = reopenings(ctx.tx, place, quarter)?;
    let waiting = |it: &&Reopening| it.closing == closing.mark && it.fate() == Fate::Waiting;
    if let Some(it) = asked.iter().find(waiting) {
        return refuse(Refused::AlreadyAsked { quarter, day: it.day });
    }
    let fact = ReopeningAsked {
        place: place.to_owned(),
        quarter: quarter.to_string(),
        closing: closing.mark.clone(),
        reason: reason(why).map_err(Stop::Refused)?,
        office: ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        day: ctx.today(),
    };
    Ok(ctx.record(Fact {
        kind: REOPENING_ASKED,
        subject: &format!("{place}/{quarter}"),
        audience: Audience::Territory,
        scope: place,
        reason: &fact.reason,
        payload: &fact,
    })?)
}

/// The place whose answer a request waits for, with its step; `None` if none.
pub fn awaited<'a>(ground: &'a Ground, it: &Reopening) -> Option<(&'a str, Stage)> {
    if it.fate() != Fate::Waiting {
        return None;
    }
    above(ground, it).nth(it.answers.len())
}

/// The places above the closing, the nearest first, each with its step.
fn above<'a>(ground: &'a Ground, it: &Reopening) -> impl Iterator<Item = (&'a str, Stage)> {
    let quarter = it.quarter;
    let stages = [Stage::Validated, Stage::Published].into_iter();
    let place = it.place.clone();
    stages.filter_map(move |stage| Some((ground.takes(&place, stage, quarter)?, stage)))
}

/// Whether the step of this place was taken on the closing of a request.
fn was_taken(state: &State, at: (&str, Stage), it: &Reopening) -> bool {
    let mut closings = state.all(&it.place, it.quarter, Stage::Closed);
    let closing: Option<&Passed> = closings.find(|closing| closing.mark == it.closing);
    closing.is_some_and(|closing| {
        let mut marks = state.all(at.0, it.quarter, at.1);
        marks.any(|mark| !mark.missing.contains(&it.place) && mark.is_over(closing))
    })
}

/// Accepts or refuses a request, with the reason.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right of the step that the answering place takes.
pub fn answer_reopening(
    ctx: &mut Ctx<'_, '_>,
    mark: &str,
    accepts: bool,
    why: &str,
) -> Result<Entry, Stop<Refused>> {
    let sql = include_str!("sql/reopening.sql");
    let it = read(ctx.tx, sql, &[mark.into()])?.pop().ok_or(Failure::NotFound)?;
    let ground = ground_of(ctx.tx, &it.place, it.quarter)?;
    let Some((place, stage)) = awaited(&ground, &it) else {
        return Err(Stop::Refused(Refused::Answered { quarter: it.quarter }));
    };
    let action = match stage {
        Stage::Published => Action::PublishQuarter,
        Stage::Validated | Stage::Closed => Action::ValidateQuarter,
    };
    ctx.authorize(action, &ground.object(place))?;
    let state = passages(ctx.tx, &ground).map_err(Failure::from)?;
    let has_above = above(&ground, &it).nth(it.answers.len() + 1).is_some();
    let fact = ReopeningAnswered {
        reopening: it.mark.clone(),
        place: place.to_owned(),
        accepted: accepts,
        needs_more: accepts && has_above && was_taken(&state, (place, stage), &it),
        reason: reason(why).map_err(Stop::Refused)?,
        office: ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        day: ctx.today(),
    };
    Ok(ctx.record(Fact {
        kind: REOPENING_ANSWERED,
        subject: &format!("{}/{}", it.place, it.quarter),
        // Of the place that asks: so it goes up, and comes down to that place alone.
        audience: Audience::Territory,
        scope: &it.place,
        reason: &fact.reason,
        payload: &fact,
    })?)
}

/// The requests for a quarter of all the places of a ground, the oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn reopenings_under(
    tx: &mut Tx<'_>,
    ground: &Ground,
    quarter: Quarter,
) -> Result<Vec<Reopening>, Failure> {
    let sql = include_str!("sql/reopenings_of_quarter.sql");
    let mut all = read(tx, sql, &[quarter.to_string().into()])?;
    all.retain(|it| ground.cares_for(&it.place));
    Ok(all)
}

/// The requests for a quarter that wait for the answer of this place.
///
/// # Errors
///
/// If the store fails.
pub fn waiting_for(
    tx: &mut Tx<'_>,
    ground: &Ground,
    quarter: Quarter,
) -> Result<Vec<Reopening>, Failure> {
    let all = reopenings_under(tx, ground, quarter)?;
    let is_for_it = |it: &Reopening| awaited(ground, it).is_some_and(|it| it.0 == ground.place());
    Ok(all.into_iter().filter(is_for_it).collect())
}
