//! Support requests as a fold of their entries; called by the fold of the slice.

use super::{SUPPORT_ASKED, SUPPORT_ASSIGNED, SupportAsked, SupportAssigned, SupportClosed};
use db::Tx;
use journal::{Entry, FoldError};

/// The tables.
pub(crate) const TABLES: [&str; 2] = ["support_request", "support_step"];

/// Applies an entry of one of the three kinds.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let content = entry.payload.as_slice();
    let person = entry.person.as_str();
    if entry.kind == SUPPORT_ASKED {
        let it: SupportAsked = entry.read()?;
        let columns = &["mark", "commune", "asked_on", "content", "person"];
        let row = vec![
            entry.mark().into(),
            it.commune.into(),
            it.asked_on.to_string().into(),
            content.into(),
            person.into(),
        ];
        tx.insert("support_request", columns, "", &[row])?;
        return Ok(());
    }
    let (request, number, kind) = if entry.kind == SUPPORT_ASSIGNED {
        let it: SupportAssigned = entry.read()?;
        (it.request, it.number, "assigned")
    } else {
        let it: SupportClosed = entry.read()?;
        (it.request, it.number, "closed")
    };
    let columns = &["mark", "request", "number", "kind", "content", "person"];
    let row = vec![
        entry.mark().into(),
        request.into(),
        number.into(),
        kind.into(),
        content.into(),
        person.into(),
    ];
    tx.insert("support_step", columns, "", &[row])?;
    Ok(())
}
