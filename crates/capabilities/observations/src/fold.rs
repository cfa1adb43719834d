//! The tables of the slice as a fold of its entries.

use db::{DbError, Tx};
use journal::{Entry, Fold, FoldError};
use kernel::base64;

use crate::find::load;
use crate::observation::{Act, Observation, Photo};
use crate::{ANSWERED, ASKED, COMPLETED, PUBLISHED, REFUSED, REOPENED, SENT, SETTLED, WITHDRAWN};

pub(crate) struct ObservationsFold;

impl Fold for ObservationsFold {
    fn name(&self) -> &'static str {
        "observations"
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &["observation_act", "observation", "observation_photo"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[SENT, ASKED, COMPLETED, REFUSED, PUBLISHED, WITHDRAWN, ANSWERED, SETTLED, REOPENED]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        let mut act = read(&entry.kind, &entry.payload)?;
        let photo = match &mut act {
            Act::Sent(it) => it.photo.as_mut(),
            Act::Published(it) => it.photo.as_mut(),
            _ => None,
        };
        if let Some(photo) = photo {
            put_photo(tx, entry, photo)?;
        }
        tx.execute(
            include_str!("../sql/put_act.sql"),
            &[
                entry.mark().into(),
                entry.subject.as_str().into(),
                entry.scope.as_str().into(),
                entry.kind.as_str().into(),
                entry.office.as_str().into(),
                entry.reason.as_str().into(),
                written(entry, &act)?.into(),
            ],
        )?;
        let Some(it) = load(tx, &entry.subject)? else { return Ok(()) };
        put_state(tx, &it)?;
        Ok(())
    }
}

/// The bytes of a photograph lie in their own table: lists of observations do not carry them. A
/// photograph that is not what its hash says is left out; the words stay.
fn put_photo(tx: &mut Tx<'_>, entry: &Entry, photo: &mut Photo) -> Result<(), FoldError> {
    let content = std::mem::take(&mut photo.content);
    let bytes = base64::decode(&content).ok_or_else(|| FoldError::Payload {
        kind: entry.kind.clone(),
        reason: "the photograph is no base64".to_owned(),
    })?;
    if blake3::hash(&bytes).to_hex().as_str() != photo.hash {
        return Err(FoldError::Payload {
            kind: entry.kind.clone(),
            reason: "the photograph is not what its hash says".to_owned(),
        });
    }
    tx.execute(
        include_str!("../sql/put_photo.sql"),
        &[photo.hash.as_str().into(), photo.kind.as_str().into(), bytes.into()],
    )?;
    Ok(())
}

fn put_state(tx: &mut Tx<'_>, it: &Observation) -> Result<(), DbError> {
    let public = it.publication().map(|it| it.1.day);
    let day = public.or_else(|| it.acts.first().map(|it| it.act.day()));
    tx.execute(
        include_str!("../sql/put_state.sql"),
        &[
            it.id.as_str().into(),
            it.commune.as_str().into(),
            it.state().word().into(),
            day.map(|it| it.to_string()).unwrap_or_default().into(),
        ],
    )?;
    Ok(())
}

/// The act of a payload of this kind.
pub(crate) fn read(kind: &str, payload: &[u8]) -> Result<Act, FoldError> {
    fn of<T: serde::de::DeserializeOwned>(
        kind: &str,
        payload: &[u8],
        act: fn(T) -> Act,
    ) -> Result<Act, FoldError> {
        serde_json::from_slice(payload).map(act).map_err(|error| FoldError::Payload {
            kind: kind.to_owned(),
            reason: error.to_string(),
        })
    }
    match kind {
        SENT => of(kind, payload, Act::Sent),
        ASKED => of(kind, payload, Act::Asked),
        COMPLETED => of(kind, payload, Act::Completed),
        REFUSED => of(kind, payload, Act::Refused),
        PUBLISHED => of(kind, payload, Act::Published),
        WITHDRAWN => of(kind, payload, Act::Withdrawn),
        ANSWERED => of(kind, payload, Act::Answered),
        SETTLED => of(kind, payload, Act::Settled),
        _ => of(kind, payload, Act::Reopened),
    }
}

fn written(entry: &Entry, act: &Act) -> Result<String, FoldError> {
    let json = match act {
        Act::Sent(it) => serde_json::to_string(it),
        Act::Asked(it) => serde_json::to_string(it),
        Act::Completed(it) => serde_json::to_string(it),
        Act::Refused(it) => serde_json::to_string(it),
        Act::Published(it) => serde_json::to_string(it),
        Act::Withdrawn(it) => serde_json::to_string(it),
        Act::Answered(it) => serde_json::to_string(it),
        Act::Settled(it) => serde_json::to_string(it),
        Act::Reopened(it) => serde_json::to_string(it),
    };
    json.map_err(|error| FoldError::Payload { kind: entry.kind.clone(), reason: error.to_string() })
}
