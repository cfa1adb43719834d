//! The tables of the questionnaire as a fold of its entries; called by the fold of the slice.

use super::records::{
    EDITION_CHANGED, EDITION_CHOSEN, EDITION_DROPPED, EDITION_ISSUED, EDITION_STARTED,
    EditionChanged, EditionChosen, EditionIssued, EditionStarted, QUESTIONNAIRE_ADOPTED,
};
use db::Tx;
use journal::{Entry, FoldError};

/// The kinds of entry.
pub(crate) const KINDS: [&str; 6] = [
    EDITION_STARTED,
    EDITION_CHANGED,
    EDITION_DROPPED,
    EDITION_ISSUED,
    EDITION_CHOSEN,
    QUESTIONNAIRE_ADOPTED,
];

/// Applies an entry of these kinds.
///
/// # Errors
///
/// If the payload is not what its kind promises, or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    match entry.kind.as_str() {
        EDITION_STARTED => {
            let it: EditionStarted = entry.read()?;
            tx.execute(
                include_str!("sql/put_draft.sql"),
                &[it.from.into(), it.title.into(), (&entry.person).into(), entry.at_millis.into()],
            )?;
            return Ok(());
        }
        EDITION_CHANGED => {
            let it: EditionChanged = entry.read()?;
            let (sheet, key) = (it.sheet.word(), it.key.as_str());
            match &it.change {
                Some(change) => {
                    let content = written(change, entry)?;
                    let sql = include_str!("sql/put_draft_change.sql");
                    let arrival = entry.arrival.into();
                    tx.execute(sql, &[sheet.into(), key.into(), arrival, content.into()])?;
                }
                None => {
                    let sql = include_str!("sql/forget_draft_change.sql");
                    tx.execute(sql, &[sheet.into(), key.into()])?;
                }
            }
            return Ok(());
        }
        EDITION_DROPPED => {
            tx.execute(include_str!("sql/forget_draft.sql"), &[])?;
            tx.execute(include_str!("sql/forget_draft_changes.sql"), &[])?;
            return Ok(());
        }
        EDITION_ISSUED => {
            let it: EditionIssued = entry.read()?;
            let content = written(&it.changes, entry)?;
            tx.execute(
                include_str!("sql/put_edition.sql"),
                &[
                    entry.mark().into(),
                    it.after.into(),
                    i64::from(it.number).into(),
                    it.from.into(),
                    it.title.into(),
                    it.day.to_string().into(),
                    (&entry.person).into(),
                    (&entry.office).into(),
                    entry.at_millis.into(),
                    (&entry.post_id).into(),
                    content.into(),
                ],
            )?;
        }
        EDITION_CHOSEN => {
            let it: EditionChosen = entry.read()?;
            tx.execute(
                include_str!("sql/put_choice.sql"),
                &[it.after.into(), it.chosen.into(), entry.at_millis.into(), entry.mark().into()],
            )?;
        }
        _ => {
            tx.execute(
                include_str!("sql/put_whole.sql"),
                &[entry.mark().into(), entry.at_millis.into(), entry.payload.as_slice().into()],
            )?;
        }
    }
    tx.execute(include_str!("sql/put_state.sql"), &[entry.mark().into()])?;
    Ok(())
}

fn written<T: serde::Serialize>(it: &T, entry: &Entry) -> Result<Vec<u8>, FoldError> {
    let wrong = |error: serde_json::Error| FoldError::Payload {
        kind: entry.kind.clone(),
        reason: error.to_string(),
    };
    serde_json::to_vec(it).map_err(wrong)
}
