//! What the status line tells those who have something to decide or to answer.

use db::Tx;
use identity::{Action, Actor};
use journal::Journal;
use kernel::{Date, Failure, Language};
use web::Catalogue;

use crate::State;
use crate::find::{Side, ids_for};

/// Whether some office of this person carries the right at all.
pub(crate) fn may_somewhere(actor: &Actor, action: Action) -> bool {
    actor
        .offices
        .iter()
        .any(|it| identity::allow(actor, action, &identity::Object::at([it.place.as_str()])))
}

/// How many observations wait for this person: to decide about, to answer.
///
/// # Errors
///
/// If the store fails.
fn waiting(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<(usize, usize), Failure> {
    let decide = if may_somewhere(actor, Action::ModerateObservations) {
        ids_for(tx, (actor, Side::Moderation), &[State::Attente], today)?.len()
    } else {
        0
    };
    let answer = if may_somewhere(actor, Action::AnswerObservations) {
        ids_for(tx, (actor, Side::Commune), &[State::Signalee], today)?.len()
    } else {
        0
    };
    Ok((decide, answer))
}

/// The sentences of the status line.
///
/// # Errors
///
/// If the store fails.
pub fn status(
    tx: &mut Tx<'_>,
    actor: &Actor,
    language: Language,
    catalogue: &Catalogue,
) -> Result<Vec<String>, Failure> {
    // The day of the last entry stands for today, as everywhere in the status line.
    let Some(last) = Journal::extent(tx)?.1 else { return Ok(Vec::new()) };
    let today = Date::from_millis(last);
    let (decide, answer) = waiting(tx, actor, today)?;
    let mut out = Vec::new();
    for (count, key) in
        [(decide, "observations-status-decide"), (answer, "observations-status-answer")]
    {
        if 0 < count {
            out.push(catalogue.say(language, key, &[("count", count.to_string())]));
        }
    }
    Ok(out)
}
