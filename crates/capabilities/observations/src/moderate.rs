//! What the person in charge decides. Never somebody of the commune observed.

use identity::{Ctx, Fact};
use journal::Audience;
use kernel::{Failure, Message, Stop, base64};

use crate::find::may_moderate;
use crate::observation::{
    Asked, Ground, Observation, Photo, Published, Refused, Reopened, Settled, Withdrawn, masks,
};
use crate::plain::unturned;
use crate::{ASKED, PUBLISHED, REFUSED, REOPENED, SETTLED, State, WITHDRAWN, private};

/// The longest reason, question or note, in letters.
const LONGEST: usize = 600;

type Done = Result<(), Stop<Message>>;

fn refuse<T>(key: &str) -> Result<T, Stop<Message>> {
    Err(Stop::Refused(Message::new(key)))
}

fn bounded(text: &str, missing: &str) -> Result<String, Stop<Message>> {
    let text = unturned(text);
    let text = text.trim();
    if text.is_empty() {
        return refuse(missing);
    }
    if LONGEST < text.chars().count() {
        return Err(Stop::Refused(Message::new("observations-long-line").with("most", LONGEST)));
    }
    Ok(text.to_owned())
}

/// The observation, for somebody who may decide about it.
///
/// # Errors
///
/// [`Failure::NotFound`], or [`Failure::Denied`].
pub fn load(ctx: &mut Ctx<'_, '_>, id: &str) -> Result<Observation, Failure> {
    let it = crate::observation(ctx.tx, id)?.ok_or(Failure::NotFound)?;
    let today = ctx.today();
    if !may_moderate(ctx.tx, ctx.actor, &it.commune, today)? {
        return Err(Failure::Denied("ModerateObservations".to_owned()));
    }
    Ok(it)
}

fn record(
    ctx: &mut Ctx<'_, '_>,
    it: &Observation,
    (kind, audience, reason): (&str, Audience, &str),
    payload: &impl serde::Serialize,
) -> Result<(), Failure> {
    ctx.record(Fact { kind, subject: &it.id, audience, scope: &it.commune, reason, payload })?;
    Ok(())
}

/// Asks the sender something; they see it with their code.
///
/// # Errors
///
/// A sentence that the person can act on; the lack of the right.
pub fn ask(ctx: &mut Ctx<'_, '_>, id: &str, text: &str) -> Done {
    let it = load(ctx, id)?;
    let text = bounded(text, "observations-no-question")?;
    if it.sent().is_none() {
        return refuse("observations-elsewhere");
    }
    let asked = Asked { text, day: ctx.today() };
    Ok(record(ctx, &it, (ASKED, Audience::Local, ""), &asked)?)
}

/// Publishes it: the words shown may leave out some of those sent, and the village and the
/// photograph may be left out.
///
/// # Errors
///
/// As for [`ask`].
pub fn publish(
    ctx: &mut Ctx<'_, '_>,
    id: &str,
    shown: &str,
    (hide, with_photo): (bool, bool),
) -> Done {
    let it = load(ctx, id)?;
    let Some(sent) = it.sent() else { return refuse("observations-elsewhere") };
    if it.public().is_some() {
        return refuse("observations-public-already");
    }
    let shown = unturned(shown);
    let shown = shown.trim();
    if !masks(&sent.text, shown) {
        return refuse("observations-not-masked");
    }
    let photo = match sent.photo.as_ref().filter(|_| with_photo) {
        Some(it) => crate::photo_bytes(ctx.tx, &it.hash)?
            .map(|(_, bytes)| Photo { content: base64::encode(&bytes), ..it.clone() }),
        None => None,
    };
    let hidden = hide || sent.hide_village;
    let published = Published {
        subject: sent.subject,
        village: if hidden { String::new() } else { sent.village.clone() },
        hidden,
        text: shown.to_owned(),
        photo,
        sent: sent.day,
        day: ctx.today(),
        invented: sent.invented,
    };
    Ok(record(ctx, &it, (PUBLISHED, Audience::Territory, ""), &published)?)
}

/// Does not publish it. The reason stays; what was sent is not shown.
///
/// # Errors
///
/// As for [`ask`].
pub fn refuse_observation(ctx: &mut Ctx<'_, '_>, id: &str, ground: &str, reason: &str) -> Done {
    let it = load(ctx, id)?;
    let Ok(ground) = ground.parse::<Ground>() else { return refuse("observations-no-ground") };
    let reason = bounded(reason, "observations-no-reason")?;
    if !matches!(it.state(), State::Attente | State::Question) {
        return refuse("observations-decided");
    }
    let refused = Refused { ground, day: ctx.today() };
    record(ctx, &it, (REFUSED, Audience::Local, &reason), &refused)?;
    private::erase(ctx.tx, id)?;
    Ok(())
}

/// Takes a publication back: it was false, or puts somebody in danger.
///
/// # Errors
///
/// As for [`ask`].
pub fn withdraw(ctx: &mut Ctx<'_, '_>, id: &str, ground: &str, reason: &str) -> Done {
    let it = load(ctx, id)?;
    let Ok(ground) = ground.parse::<Ground>() else { return refuse("observations-no-ground") };
    let reason = bounded(reason, "observations-no-reason")?;
    let publications = it.publications();
    if publications.is_empty() {
        return refuse("observations-not-public");
    }
    for publication in publications {
        let withdrawn = Withdrawn { publication, ground, day: ctx.today() };
        record(ctx, &it, (WITHDRAWN, Audience::Territory, &reason), &withdrawn)?;
    }
    private::erase(ctx.tx, id)?;
    Ok(())
}

/// Says that it is settled, after having asked or looked.
///
/// # Errors
///
/// As for [`ask`].
pub fn settle(ctx: &mut Ctx<'_, '_>, id: &str, text: &str) -> Done {
    let it = load(ctx, id)?;
    let text = bounded(text, "observations-no-proof")?;
    if !matches!(it.state(), State::Signalee | State::Repondue) {
        return refuse("observations-not-open");
    }
    let settled = Settled { by_sender: false, text, day: ctx.today() };
    record(ctx, &it, (SETTLED, Audience::Territory, ""), &settled)?;
    private::erase(ctx.tx, id)?;
    Ok(())
}

/// Says that it is not settled after all.
///
/// # Errors
///
/// As for [`ask`].
pub fn reopen(ctx: &mut Ctx<'_, '_>, id: &str, reason: &str) -> Done {
    let it = load(ctx, id)?;
    let reason = bounded(reason, "observations-no-reason")?;
    let settled: Vec<String> = it.settlements().iter().map(|it| it.0.mark.clone()).collect();
    if settled.is_empty() {
        return refuse("observations-not-settled");
    }
    let reopened = Reopened { settled, day: ctx.today() };
    Ok(record(ctx, &it, (REOPENED, Audience::Territory, &reason), &reopened)?)
}

/// Erases how the sender can be reached.
///
/// # Errors
///
/// The lack of the right.
pub fn erase_contact(ctx: &mut Ctx<'_, '_>, id: &str) -> Result<(), Failure> {
    load(ctx, id)?;
    Ok(private::erase(ctx.tx, id)?)
}
