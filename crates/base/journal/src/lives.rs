//! The lives of a post: each restored base begins a new one, so that no chain ever continues in two
//! bases at once; and what happens when two did.

use db::Tx;

use crate::entry::HEADER_VERSION;
use crate::store::{INCARNATION, Stored, number, open_stream, set, walk};
use crate::{Draft, Journal, JournalError, Planted, Stream, planted};

impl Journal {
    /// The life in which this post writes: 16 hexadecimal digits.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn incarnation(tx: &mut Tx<'_>) -> Result<String, JournalError> {
        Ok(Self::setting(tx, INCARNATION)?.unwrap_or_default())
    }

    /// Begins a new life: from now on this post writes new chains. Returns its name.
    ///
    /// # Errors
    ///
    /// If the store fails or the system gives no random bytes.
    pub fn begin_life(&self, tx: &mut Tx<'_>) -> Result<String, JournalError> {
        let life = crate::entry::hex(&self.chance().bytes::<8>()?);
        set(tx, INCARNATION, &life)?;
        Ok(life)
    }

    /// Gives way in one of this post's own chains, of which another base of the same post wrote
    /// another entry of this number and was heard first: the entries from that number on are
    /// written again, in a new life, with their authors, dates and contents. Nothing that a person
    /// entered is lost, and the chain can take the other branch. Returns how many were written
    /// again.
    ///
    /// All that this post learned after the first of them is laid down again in the same order, and
    /// the tables are folded again.
    ///
    /// # Errors
    ///
    /// If the store fails, or the chain is not this post's; the transaction must then be given up.
    pub fn give_way(
        &self,
        tx: &mut Tx<'_>,
        stream_id: &str,
        from_seq: u64,
    ) -> Result<u64, JournalError> {
        let mut later: Vec<Stored> = Vec::new();
        let mut met = false;
        walk(tx, |_, it| {
            met |= it.entry.stream_id == stream_id && from_seq <= it.entry.seq;
            if met {
                later.push(it);
            }
            Ok::<(), JournalError>(())
        })?;
        let Some(first) = later.first() else { return Ok(0) };
        let damaged = |it: &str| JournalError::Damaged(format!("chain {it} is not of this post"));
        if first.stream.public_key != self.key().public() {
            return Err(damaged(stream_id));
        }
        tx.execute(include_str!("../sql/forget_after.sql"), &[(first.entry.arrival - 1).into()])?;
        for it in later.iter().rev() {
            // Backwards, so that each chain ends at last before the earliest that was taken away.
            let header = it.header.as_ref().ok_or_else(|| damaged(&it.stream.id))?;
            let sql = include_str!("../sql/grow_stream.sql");
            let length = number(it.entry.seq - 1);
            tx.execute(sql, &[it.stream.id.as_str().into(), length, header.previous[..].into()])?;
        }
        self.refold(tx)?;
        // Always another life: in the present one, later entries may stand that are laid down again.
        self.begin_life(tx)?;
        let mut again = 0;
        for it in later {
            if it.entry.stream_id == stream_id && from_seq <= it.entry.seq {
                again += 1;
                if !planted(Planted::BranchDropped) {
                    self.append(tx, draft_of(&it))?;
                }
                continue;
            }
            let Some(header) = it.header else { return Err(damaged(&it.stream.id)) };
            let Stream { public_key, incarnation, audience, scope, .. } = &it.stream;
            let empty = Stream::new(*public_key, incarnation, *audience, scope);
            let stream = open_stream(tx, empty)?;
            debug_assert_eq!(header.version, HEADER_VERSION);
            self.add(tx, &stream, header, it.sealed, it.entry.known_millis)?;
        }
        Ok(again)
    }
}

fn draft_of(it: &Stored) -> Draft {
    let entry = &it.entry;
    Draft {
        audience: entry.audience,
        scope: entry.scope.clone(),
        person: entry.person.clone(),
        office: entry.office.clone(),
        reason: entry.reason.clone(),
        kind: entry.kind.clone(),
        subject: entry.subject.clone(),
        payload: entry.payload.clone(),
        at_millis: entry.at_millis,
    }
}
