//! What pages ask of the tables.

use std::collections::BTreeMap;

use db::{DbError, Tx};
use identity::{Action, Actor, Object, allow};
use kernel::{Date, Failure};

use crate::observation::{Observation, Said, State};
use crate::photo::PhotoKind;

/// The observation of this identifier, from its rows.
pub(crate) fn load(tx: &mut Tx<'_>, id: &str) -> Result<Option<Observation>, DbError> {
    let rows = tx.query(include_str!("../sql/acts.sql"), &[id.into()])?;
    let mut commune = None;
    let mut acts = Vec::new();
    for row in &rows {
        let kind = row.text("kind")?;
        let act = crate::fold::read(kind, row.text("payload")?.as_bytes())
            .map_err(|error| DbError::Unreadable(error.to_string()))?;
        // Two communes for one observation: no post of ours writes that. The first by mark counts
        // everywhere.
        commune.get_or_insert_with(|| row.text("commune").map(str::to_owned));
        acts.push(Said {
            mark: row.text("mark")?.to_owned(),
            office: row.text("office")?.to_owned(),
            reason: row.text("reason")?.to_owned(),
            act,
        });
    }
    let Some(commune) = commune else { return Ok(None) };
    Ok(Some(Observation::of(id.to_owned(), commune?, acts)))
}

/// The observation of this identifier, whatever its state.
///
/// # Errors
///
/// If the store fails, as for every function here.
pub fn observation(tx: &mut Tx<'_>, id: &str) -> Result<Option<Observation>, DbError> {
    load(tx, id)
}

fn all(tx: &mut Tx<'_>, rows: &[db::Row]) -> Result<Vec<Observation>, DbError> {
    let mut out = Vec::new();
    for row in rows {
        out.extend(load(tx, row.text("id")?)?);
    }
    Ok(out)
}

/// The public observations of a commune, the latest first.
///
/// # Errors
///
/// If the store fails.
pub fn in_commune(tx: &mut Tx<'_>, commune: &str, most: i64) -> Result<Vec<Observation>, DbError> {
    let rows = tx.query(include_str!("../sql/in_commune.sql"), &[commune.into(), most.into()])?;
    all(tx, &rows)
}

/// The latest public observations of all communes.
///
/// # Errors
///
/// If the store fails.
pub fn latest(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Observation>, DbError> {
    let rows = tx.query(include_str!("../sql/latest.sql"), &[most.into()])?;
    all(tx, &rows)
}

/// What rights look at: the commune and all that lies above it today.
pub(crate) fn object(tx: &mut Tx<'_>, commune: &str, today: Date) -> Result<Object, Failure> {
    let mut codes = vec![commune.to_owned()];
    codes.extend(territory::chain(tx, commune, today)?.into_iter().rev().map(|it| it.code));
    Ok(Object::at(codes))
}

/// Whether this person may decide what is published of a commune: by right, and without holding an
/// office, of whatever kind, of that very commune.
pub(crate) fn may_moderate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commune: &str,
    today: Date,
) -> Result<bool, Failure> {
    let judges_itself = actor.offices.iter().any(|it| it.place == commune);
    let object = object(tx, commune, today)?;
    Ok(!judges_itself && allow(actor, Action::ModerateObservations, &object))
}

/// Who asks: to decide about observations, or to answer them.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    /// The person in charge.
    Moderation,
    /// The commune.
    Commune,
}

/// The identifiers of the observations of these states that concern this person, the oldest first.
pub(crate) fn ids_for(
    tx: &mut Tx<'_>,
    (actor, side): (&Actor, Side),
    states: &[State],
    today: Date,
) -> Result<Vec<String>, Failure> {
    let mut out = Vec::new();
    let mut known = BTreeMap::new();
    for state in states {
        let rows = tx.query(include_str!("../sql/in_state.sql"), &[state.word().into()])?;
        for row in rows {
            let commune = row.text("commune")?.to_owned();
            if !known.contains_key(&commune) {
                let may = match side {
                    Side::Moderation => may_moderate(tx, actor, &commune, today)?,
                    Side::Commune => {
                        let object = object(tx, &commune, today)?;
                        allow(actor, Action::AnswerObservations, &object)
                    }
                };
                known.insert(commune.clone(), may);
            }
            if known.get(&commune) == Some(&true) {
                out.push(row.text("id")?.to_owned());
            }
        }
    }
    Ok(out)
}

fn for_person(
    tx: &mut Tx<'_>,
    who: (&Actor, Side),
    states: &[State],
    today: Date,
) -> Result<Vec<Observation>, Failure> {
    let mut out = Vec::new();
    for id in ids_for(tx, who, states, today)? {
        out.extend(load(tx, &id)?);
    }
    Ok(out)
}

/// The observations of these states that this person may decide about, the oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn awaiting_moderation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    states: &[State],
    today: Date,
) -> Result<Vec<Observation>, Failure> {
    for_person(tx, (actor, Side::Moderation), states, today)
}

/// The public observations of these states that this person may answer, the oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn awaiting_answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    states: &[State],
    today: Date,
) -> Result<Vec<Observation>, Failure> {
    for_person(tx, (actor, Side::Commune), states, today)
}

/// The bytes of a photograph.
///
/// # Errors
///
/// If the store fails.
pub fn photo_bytes(tx: &mut Tx<'_>, hash: &str) -> Result<Option<(PhotoKind, Vec<u8>)>, DbError> {
    let rows =
        tx.query("select kind, bytes from observation_photo where hash = $1", &[hash.into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let kind = PhotoKind::from_ending(row.text("kind")?);
    Ok(kind.map(|kind| (kind, row.bytes("bytes").map(<[u8]>::to_vec).unwrap_or_default())))
}
