//! Entries and chains as their rows hold them.

use db::{DbError, Row};

use crate::pack::unpack;
use crate::{Entry, Hash, Header, JournalError, Sealed, Stream};

pub(super) fn entry_of(
    stream: &Stream,
    header: &Header,
    sealed: &Sealed,
    hash: Hash,
    arrival: i64,
    known_millis: i64,
) -> Entry {
    Entry {
        stream_id: stream.id.clone(),
        seq: header.seq,
        hash,
        post_id: stream.post_id.clone(),
        incarnation: stream.incarnation.clone(),
        audience: stream.audience,
        scope: stream.scope.clone(),
        arrival,
        known_millis,
        at_millis: header.at_millis,
        person: header.person.clone(),
        office: header.office.clone(),
        reason: header.reason.clone(),
        kind: header.kind.clone(),
        subject: header.subject.clone(),
        payload: sealed.payload.clone().unwrap_or_default(),
    }
}

pub(super) fn sealed_of(row: &Row) -> Result<Sealed, DbError> {
    Ok(Sealed {
        header: row.bytes("header")?.to_vec(),
        signature: row.bytes("signature")?.to_vec(),
        salt: row.bytes("salt").ok().map(<[u8]>::to_vec),
        payload: row.bytes("payload").ok().map(|it| unpack(it).into_owned()),
    })
}

pub(super) fn stream_of(row: &Row) -> Result<Stream, JournalError> {
    let damaged = |it: &str| JournalError::Damaged(format!("chain {it} is unreadable"));
    let id = row.text("stream_id")?;
    Ok(Stream {
        id: id.to_owned(),
        post_id: row.text("post_id")?.to_owned(),
        public_key: row.bytes("public_key")?.try_into().map_err(|_| damaged(id))?,
        incarnation: row.text("incarnation")?.to_owned(),
        audience: row.text("audience")?.parse().map_err(|()| damaged(id))?,
        scope: row.text("scope")?.to_owned(),
        length: u64::try_from(row.int("length")?).map_err(|_| damaged(id))?,
        head: row.bytes("head")?.try_into().map_err(|_| damaged(id))?,
    })
}
