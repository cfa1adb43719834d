//! What a hostile post, or a planted fault, does with a package. Only in a build for trials: the
//! simulation must see that it is refused, or caught.

use db::Tx;
use journal::{Journal, Planted, PostKey, planted};
use kernel::{Failure, Stop};

use crate::package::{Chosen, Contents, write};
use crate::take::{receipt, take};
use crate::{Hand, Refused, Territory};

/// The package of a hostile post; `None` if nothing hostile is planted.
pub(crate) fn sealed(
    journal: &Journal,
    it: &Contents<'_>,
) -> Result<Option<Vec<u8>>, Stop<Refused>> {
    if planted(Planted::ForgesPackage) {
        let other = PostKey::drawn(journal.chance())
            .map_err(|error| Stop::Failed(Failure::broken(error)))?;
        return write(&other, journal.chance(), it).map(Some);
    }
    let (content, entry) = (planted(Planted::ChangesContent), planted(Planted::ForgesEntry));
    if !content && !entry {
        return Ok(None);
    }
    let mut entries: Vec<Chosen> = it
        .entries
        .iter()
        .map(|it| Chosen { stream: it.stream, sealed: it.sealed.clone() })
        .collect();
    // The last entry with a value in it: nothing stands on it. What a post signs anew of its own is
    // no forgery.
    let me = journal.post_id();
    let of_value = |chosen: &&mut Chosen| {
        let own = it.streams.get(chosen.stream).is_none_or(|it| it.0.post_id == me);
        !(entry && own)
            && chosen
                .sealed
                .payload
                .as_ref()
                .is_some_and(|it| it.windows(7).any(|it| it == b"\"value\""))
    };
    let Some(chosen) = entries.iter_mut().rev().find(of_value) else { return Ok(Some(Vec::new())) };
    let text = String::from_utf8_lossy(chosen.sealed.payload.as_deref().unwrap_or_default());
    let changed = text.replace("\"value\":\"", "\"value\":\"9").into_bytes();
    if entry {
        journal.forge(&mut chosen.sealed, changed);
    } else {
        chosen.sealed.payload = Some(changed);
    }
    let contents = Contents { entries: &entries, ..*it };
    write(journal.key(), journal.chance(), &contents).map(Some)
}

/// Planted: the receipt is on the disk before what it acknowledges.
pub(crate) fn receipt_first(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    bytes: &[u8],
) -> Result<(), Stop<Refused>> {
    if !planted(Planted::ReceiptBeforeEntries) {
        return Ok(());
    }
    let taken = take(journal, tx, territory, hand, bytes);
    tx.batch("rollback to savepoint exchange;")?;
    let Ok((preview, reached)) = taken else { return Ok(()) };
    receipt(journal, tx, territory, hand, bytes, &preview, reached)?;
    tx.batch("commit; begin immediate; savepoint exchange;")?;
    Ok(())
}
