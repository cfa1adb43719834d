//! The two sides: the commune's right of reply, and what the sender says later.

use db::Tx;
use identity::{Action, Actor, Ctx, Fact};
use journal::Audience;
use kernel::{Failure, Message, Stop};

use crate::find::object;
use crate::observation::{Answered, Completed, Settled};
use crate::plain::unturned;
use crate::{ANSWERED, COMPLETED, Observation, SETTLED, State, private};

/// The longest answer of a commune, in letters: as long as an observation may be.
pub const LONGEST_ANSWER: usize = 1200;

fn refuse<T>(key: &str) -> Result<T, Stop<Message>> {
    Err(Stop::Refused(Message::new(key)))
}

fn bounded(text: &str, missing: &str) -> Result<String, Stop<Message>> {
    let text = unturned(text);
    let text = text.trim();
    if text.is_empty() {
        return refuse(missing);
    }
    if LONGEST_ANSWER < text.chars().count() {
        return Err(Stop::Refused(
            Message::new("observations-long-line").with("most", LONGEST_ANSWER),
        ));
    }
    Ok(text.to_owned())
}

/// The commune answers; shown at once, beside the observation, as large. An answer given before is
/// replaced, and the journal keeps it.
///
/// # Errors
///
/// A sentence that the person can act on; the lack of the right.
pub fn answer(
    ctx: &mut Ctx<'_, '_>,
    id: &str,
    text: &str,
    contests: bool,
) -> Result<(), Stop<Message>> {
    let it = crate::observation(ctx.tx, id)?.ok_or(Failure::NotFound)?;
    let today = ctx.today();
    let object = object(ctx.tx, &it.commune, today)?;
    ctx.authorize(Action::AnswerObservations, &object)?;
    if !it.state().is_public() {
        return Err(Failure::NotFound.into());
    }
    let text = bounded(text, "observations-no-answer")?;
    let replaces = it.answers().iter().map(|it| it.0.mark.clone()).collect();
    ctx.record(Fact {
        kind: ANSWERED,
        subject: id,
        audience: Audience::Territory,
        scope: &it.commune,
        reason: "",
        payload: &Answered { text, contests, replaces, day: today },
    })?;
    Ok(())
}

/// The sender's observation, by their code.
fn of_code(tx: &mut Tx<'_>, code: &str) -> Result<Observation, Stop<Message>> {
    let Some(id) = private::by_code(tx, code)? else { return refuse("observations-bad-code") };
    Ok(crate::observation(tx, &id)?.ok_or(Failure::NotFound)?)
}

/// What a sender does bears no name, whoever is signed in on the telephone or PC.
fn record(
    ctx: &mut Ctx<'_, '_>,
    it: &Observation,
    (kind, audience): (&str, Audience),
    payload: &impl serde::Serialize,
) -> Result<(), Failure> {
    let nobody = Actor::anonymous();
    let mut anonymous = Ctx::new(ctx.tx, ctx.journal(), &nobody, ctx.now_millis);
    anonymous.record(Fact {
        kind,
        subject: &it.id,
        audience,
        scope: &it.commune,
        reason: "",
        payload,
    })?;
    Ok(())
}

/// The sender answers what they were asked.
///
/// # Errors
///
/// A sentence that the person can act on.
pub fn complete(ctx: &mut Ctx<'_, '_>, code: &str, text: &str) -> Result<(), Stop<Message>> {
    let it = of_code(ctx.tx, code)?;
    let text = bounded(text, "observations-no-text")?;
    let open = it.open_questions();
    let Some((question, _)) = open.last() else { return refuse("observations-nothing-asked") };
    let done = Completed { question: (*question).to_owned(), text, day: ctx.today() };
    Ok(record(ctx, &it, (COMPLETED, Audience::Local), &done)?)
}

/// The sender says that it is settled.
///
/// # Errors
///
/// A sentence that the person can act on.
pub fn settle_as_sender(ctx: &mut Ctx<'_, '_>, code: &str) -> Result<(), Stop<Message>> {
    let it = of_code(ctx.tx, code)?;
    if !matches!(it.state(), State::Signalee | State::Repondue) {
        return refuse("observations-not-open");
    }
    let settled = Settled { by_sender: true, text: String::new(), day: ctx.today() };
    record(ctx, &it, (SETTLED, Audience::Territory), &settled)?;
    private::erase(ctx.tx, &it.id)?;
    Ok(())
}
