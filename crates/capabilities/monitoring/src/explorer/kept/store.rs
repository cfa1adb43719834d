//! Reading kept questions, as far as the reader may.

use db::{Row, Tx};
use identity::{Action, Actor, Object, allow};
use kernel::{Date, Failure};

use super::{QueryKept, Sharing, person_of};

/// A kept question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) content: QueryKept,
    /// The person who kept it first.
    pub(crate) owner: String,
    /// The day of its last change.
    pub(crate) day: Date,
}

fn read(row: &Row) -> Result<Kept, Failure> {
    Ok(Kept {
        content: serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?,
        owner: row.text("owner")?.to_owned(),
        day: Date::from_millis(row.int("known_millis")?),
    })
}

/// The question of this identifier, whoever asks.
///
/// # Errors
///
/// If the store fails.
pub(super) fn one(tx: &mut Tx<'_>, id: &str) -> Result<Option<Kept>, Failure> {
    tx.query(include_str!("sql/one.sql"), &[id.into()])?.first().map(read).transpose()
}

/// The question of this identifier, if the actor may see it.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn kept(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &str,
    today: Date,
) -> Result<Option<Kept>, Failure> {
    match one(tx, id)? {
        Some(it) if may_see(tx, actor, &it, today)? => Ok(Some(it)),
        _ => Ok(None),
    }
}

/// All the questions that the actor may see, by name.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn visible(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Kept>, Failure> {
    let mut out = Vec::new();
    for row in &tx.query(include_str!("sql/all.sql"), &[])? {
        let it = read(row)?;
        if may_see(tx, actor, &it, today)? {
            out.push(it);
        }
    }
    out.sort_by_cached_key(|it| (kernel::search::fold(&it.content.name), it.content.id.clone()));
    Ok(out)
}

/// Everybody sees what the nation shares; a person sees what they keep; those who work at a place,
/// above it or below it, what is shared there.
fn may_see(tx: &mut Tx<'_>, actor: &Actor, kept: &Kept, today: Date) -> Result<bool, Failure> {
    let content = &kept.content;
    if content.sharing == Sharing::Everybody || actor.is_program() {
        return Ok(true);
    }
    let own = actor.is_signed_in() && kept.owner == person_of(actor);
    if own || content.sharing == Sharing::Person {
        return Ok(own);
    }
    if allow(actor, Action::ReadUnpublished, &object(tx, &content.place, today)?) {
        return Ok(true);
    }
    for office in &actor.offices {
        let Object::Place(path) = object(tx, &office.place, today)? else { continue };
        if path.contains(&content.place) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A place as rights see it.
///
/// # Errors
///
/// If the store fails.
pub(super) fn object(tx: &mut Tx<'_>, place: &str, day: Date) -> Result<Object, Failure> {
    let above = territory::chain(tx, place, day)?;
    let above = above.into_iter().rev().map(|it| it.code);
    Ok(Object::at(std::iter::once(place.to_owned()).chain(above)))
}

/// The country of a place; the place itself if it has none.
///
/// # Errors
///
/// If the store fails.
pub(super) fn root(tx: &mut Tx<'_>, place: &str) -> Result<String, Failure> {
    Ok(crate::analysis::root_of(tx, place)?.unwrap_or_else(|| place.to_owned()))
}
