//! The journal in its base: opening, appending, receiving, reading.

use std::collections::BTreeMap;

use db::{Database, DbError, Row, Tx, Value};

use crate::entry::{HEADER_VERSION, payload_hash, to_sign, unhex};
use crate::limits;
use crate::pack::pack;
use crate::{
    Chance, Draft, Entry, Folds, Hash, Header, JournalError, Planted, PostKey, ReceiveError,
    Sealed, Stream, planted,
};

mod rows;

use rows::{entry_of, sealed_of, stream_of};

pub(crate) const SCHEMA: &str = include_str!("../sql/schema.sql");
const FIND_STREAM: &str = include_str!("../sql/find_stream.sql");
const ADD_STREAM: &str = include_str!("../sql/add_stream.sql");
const GROW_STREAM: &str = include_str!("../sql/grow_stream.sql");
const ADD_ENTRY: &str = include_str!("../sql/add_entry.sql");
const LAST_ARRIVAL: &str = include_str!("../sql/last_arrival.sql");
const HISTORY: &str = include_str!("../sql/history.sql");
const ARRIVALS: &str = include_str!("../sql/arrivals.sql");
const OF_STREAM: &str = include_str!("../sql/of_stream.sql");

/// The setting that names the life in which this post writes.
pub(crate) const INCARNATION: &str = "post.incarnation";

/// How many entries are read at once when all of them are walked through.
const PAGE: i64 = 500;

/// The journal of one post, open in its base.
#[derive(Clone)]
pub struct Journal {
    db: Database,
    key: PostKey,
    folds: Folds,
    chance: Chance,
}

/// Where an entry stands among all that this post learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The order in which this post learned it.
    pub arrival: i64,
    /// When this post learned it, in milliseconds since 1970.
    pub known_millis: i64,
    /// Its hash.
    pub hash: Hash,
}

/// What became of a foreign entry.
#[derive(Debug, PartialEq, Eq)]
pub enum Reception {
    /// It was new and is now in the journal and the tables.
    New(Box<Entry>),
    /// It was known already; nothing changed.
    Known,
}

impl Journal {
    /// Opens the journal of a base: creates it if the base is empty, and rebuilds the tables if a
    /// newer program shapes them otherwise.
    ///
    /// # Errors
    ///
    /// If the store fails, or holds a journal that this program cannot apply.
    pub fn open(db: Database, folds: Folds) -> Result<Self, JournalError> {
        Self::open_with(db, folds, Chance::default())
    }

    /// As [`Journal::open`], with this source of random bytes.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn open_with(db: Database, folds: Folds, chance: Chance) -> Result<Self, JournalError> {
        let mark = folds.mark();
        let known = db.write(|tx| {
            tx.batch(SCHEMA)?;
            let mut settings = settings(tx)?;
            if !settings.contains_key("post.secret") {
                let key = PostKey::of(&chance)?;
                settings.insert("post.secret".to_owned(), crate::entry::hex(&key.secret()));
                set(tx, "post.secret", &crate::entry::hex(&key.secret()))?;
            }
            if !settings.contains_key(INCARNATION) {
                set(tx, INCARNATION, &crate::entry::hex(&chance.bytes::<8>()?))?;
            }
            Ok::<_, JournalError>(settings)
        })?;
        let journal = Self::of(db, folds, chance, &known)?;
        let shaped = known.get("fold.mark");
        let skipped = planted(Planted::RebuildForgotten) && shaped.is_some();
        if shaped != Some(&mark) && !skipped {
            journal.rebuild(&mut |_| {})?;
        }
        Ok(journal)
    }

    /// Opens the journal of a base to look at it: nothing is created, nothing is rebuilt.
    ///
    /// # Errors
    ///
    /// [`JournalError::Absent`] if there is none, or if the store fails.
    pub fn open_as_is(db: Database, folds: Folds) -> Result<Self, JournalError> {
        let known = db.read(|tx| {
            let pieces = tx.shape()?;
            if !pieces.iter().any(|it| it.name() == "setting") {
                return Err(JournalError::Absent);
            }
            Ok(settings(tx)?)
        })?;
        if !known.contains_key("post.secret") {
            return Err(JournalError::Absent);
        }
        Self::of(db, folds, Chance::default(), &known)
    }

    fn of(
        db: Database,
        folds: Folds,
        chance: Chance,
        known: &BTreeMap<String, String>,
    ) -> Result<Self, JournalError> {
        let secret = known
            .get("post.secret")
            .and_then(|it| unhex(it))
            .and_then(|it| <[u8; 32]>::try_from(it).ok())
            .ok_or_else(|| JournalError::Damaged("the post's key is unreadable".to_owned()))?;
        Ok(Self { db, key: PostKey::from_secret(&secret), folds, chance })
    }

    /// Whether the tables are shaped as this program shapes them; otherwise they wait to be
    /// rebuilt.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn is_current(&self, tx: &mut Tx<'_>) -> Result<bool, JournalError> {
        Ok(Self::setting(tx, "fold.mark")?.as_deref() == Some(self.folds.mark().as_str()))
    }

    /// The base below.
    pub fn db(&self) -> &Database {
        &self.db
    }

    /// The post's key, to sign what travels.
    pub fn key(&self) -> &PostKey {
        &self.key
    }

    /// Where this post's random bytes come from.
    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// This post's short name.
    pub fn post_id(&self) -> String {
        crate::keys::post_id(&self.key.public())
    }

    /// The short name of the post of another key.
    pub fn post_id_of(public_key: &[u8; 32]) -> String {
        crate::keys::post_id(public_key)
    }

    pub(crate) fn folds(&self) -> &Folds {
        &self.folds
    }

    /// Appends an entry of this post and applies it to the tables.
    ///
    /// # Errors
    ///
    /// [`JournalError::TooLong`] and [`JournalError::Nul`] by the rules of what may be journaled;
    /// otherwise if the store fails or no fold can apply the payload. The caller's transaction must
    /// then be given up.
    pub fn append(&self, tx: &mut Tx<'_>, draft: Draft) -> Result<Entry, JournalError> {
        let life = Self::incarnation(tx)?;
        let empty = Stream::new(self.key.public(), &life, draft.audience, &draft.scope);
        let stream = open_stream(tx, empty)?;
        let salt = self.chance.bytes::<16>()?;
        let header = Header {
            version: HEADER_VERSION,
            stream_id: stream.id.clone(),
            seq: stream.length + 1,
            previous: stream.head,
            at_millis: draft.at_millis,
            person: draft.person,
            office: draft.office,
            reason: draft.reason,
            kind: draft.kind,
            subject: draft.subject,
            payload_hash: payload_hash(&salt, &draft.payload),
        };
        let bytes = header.to_bytes();
        let sealed = Sealed {
            signature: self.key.sign(&to_sign(&bytes)),
            header: bytes,
            salt: Some(salt.to_vec()),
            payload: Some(draft.payload),
        };
        limits::check(&header, &draft.scope, &sealed)?;
        self.add(tx, &stream, header, sealed, draft.at_millis)
    }

    /// Takes an entry written by another post, or recognises it as known.
    ///
    /// `stream` says what the sender says of its chain; the caller has checked that its post is
    /// enrolled and may write for that place. `known_millis` is this post's clock.
    ///
    /// # Errors
    ///
    /// If the entry is unreadable, forged, changed, out of order or contradicts a known one; the
    /// caller's transaction must then be given up.
    pub fn receive(
        &self,
        tx: &mut Tx<'_>,
        stream: &Stream,
        sealed: Sealed,
        known_millis: i64,
    ) -> Result<Reception, ReceiveError> {
        let claimed =
            Stream::new(stream.public_key, &stream.incarnation, stream.audience, &stream.scope);
        let known = open_stream(tx, claimed)?;
        let expected = known.length + 1;
        let named = known.id.clone();
        let header: Header = minicbor::decode(&sealed.header)
            .ok()
            .filter(|it: &Header| it.version == HEADER_VERSION && it.to_bytes() == sealed.header)
            .ok_or_else(|| ReceiveError::Unreadable { stream: named.clone(), seq: expected })?;
        let seq = header.seq;
        let whole = match (&sealed.salt, &sealed.payload) {
            (Some(salt), Some(payload)) => payload_hash(salt, payload) == header.payload_hash,
            (None, None) => true,
            _ => false,
        };
        let changed = !whole && !planted(Planted::ContentUnchecked);
        let hash = *blake3::hash(&sealed.header).as_bytes();
        let here = if seq <= known.length {
            let place = [known.id.as_str().into(), number(seq)];
            let rows = tx.query(include_str!("../sql/hash_of.sql"), &place)?;
            rows.first().map(|it| it.bytes("hash").map(<[u8]>::to_vec)).transpose()?
        } else {
            None
        };
        if !changed && here.as_deref() == Some(&hash[..]) {
            // Its signature was checked when it came first: most of what a package brings is known.
            if planted(Planted::KnownAppliedAgain) {
                let entry = entry_of(&known, &header, &sealed, hash, 0, known_millis);
                self.folds.apply(tx, &entry).map_err(JournalError::from)?;
            }
            return Ok(Reception::Known);
        }
        let signed = header.stream_id == known.id
            && PostKey::verify(&known.public_key, &to_sign(&sealed.header), &sealed.signature);
        if !signed && !planted(Planted::SignatureUnchecked) {
            return Err(ReceiveError::Forged { stream: named, seq });
        }
        if changed {
            return Err(ReceiveError::Changed { stream: named, seq });
        }
        // No post that keeps the rules has written this.
        limits::check(&header, &known.scope, &sealed)
            .map_err(|_| ReceiveError::Unreadable { stream: named.clone(), seq })?;
        if seq <= known.length {
            return if planted(Planted::ForkTakenForKnown) {
                Ok(Reception::Known)
            } else {
                Err(ReceiveError::Fork { stream: named, seq })
            };
        }
        let blind = planted(Planted::GapSkipped);
        if expected < seq && !blind {
            return Err(ReceiveError::Gap { stream: named, from: expected, to: seq - 1 });
        }
        if header.previous != known.head && !blind && !planted(Planted::ForkTakenForKnown) {
            return Err(ReceiveError::Fork { stream: named, seq });
        }
        let entry = self.add(tx, &known, header, sealed, known_millis)?;
        Ok(Reception::New(Box::new(entry)))
    }

    pub(crate) fn add(
        &self,
        tx: &mut Tx<'_>,
        stream: &Stream,
        header: Header,
        mut sealed: Sealed,
        known_millis: i64,
    ) -> Result<Entry, JournalError> {
        let hash = *blake3::hash(&sealed.header).as_bytes();
        let (arrival, before) = last_arrival(tx)?;
        let arrival = arrival + 1;
        let seal = seal(&before, arrival, known_millis, &hash);
        let entry = entry_of(stream, &header, &sealed, hash, arrival, known_millis);
        if planted(Planted::LengthBeforeEntry) {
            tx.execute(
                GROW_STREAM,
                &[stream.id.as_str().into(), number(header.seq), hash[..].into()],
            )?;
            tx.batch("commit; begin immediate; savepoint exchange;")?;
        }
        if planted(Planted::UnknownKindStripped) && !self.folds.know(&header.kind) {
            (sealed.salt, sealed.payload) = (None, None);
        }
        tx.execute(
            ADD_ENTRY,
            &[
                stream.id.as_str().into(),
                number(header.seq),
                arrival.into(),
                known_millis.into(),
                hash[..].into(),
                sealed.header.into(),
                sealed.signature.into(),
                sealed.salt.into(),
                sealed.payload.map(pack).into(),
                header.kind.into(),
                header.subject.into(),
                header.at_millis.into(),
                seal[..].into(),
            ],
        )?;
        tx.execute(GROW_STREAM, &[stream.id.as_str().into(), number(header.seq), hash[..].into()])?;
        let own = stream.public_key == self.key.public();
        if own || !planted(Planted::FoldForgotten) {
            self.folds.apply(tx, &entry)?;
        }
        Ok(entry)
    }

    /// What is known of a record, oldest first; with `until`, what was known at that instant (in
    /// milliseconds since 1970), by this post.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn history(
        tx: &mut Tx<'_>,
        subject: &str,
        until: Option<i64>,
    ) -> Result<Vec<Entry>, JournalError> {
        let until = until.unwrap_or(i64::MAX);
        let rows = tx.query(HISTORY, &[subject.into(), until.into()])?;
        let mut streams = BTreeMap::new();
        rows.iter().map(|row| Ok(stored(tx, &mut streams, row)?.entry)).collect()
    }

    /// All the chains known here, with their lengths: what this post can tell another that it has.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn streams(tx: &mut Tx<'_>) -> Result<Vec<Stream>, JournalError> {
        tx.query(include_str!("../sql/streams.sql"), &[])?.iter().map(stream_of).collect()
    }

    /// The entries of a chain after its `after`-th, as they travel.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn sealed_after(
        tx: &mut Tx<'_>,
        stream_id: &str,
        after: u64,
    ) -> Result<Vec<Sealed>, JournalError> {
        let rows = tx.query(OF_STREAM, &[stream_id.into(), number(after)])?;
        Ok(rows.iter().map(sealed_of).collect::<Result<_, DbError>>()?)
    }

    /// The latest entries, newest first: the activity of the post, for people.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn latest(tx: &mut Tx<'_>, count: i64) -> Result<Vec<Entry>, JournalError> {
        let rows = tx.query(include_str!("../sql/latest.sql"), &[count.into()])?;
        let mut streams = BTreeMap::new();
        rows.iter().map(|row| Ok(stored(tx, &mut streams, row)?.entry)).collect()
    }

    /// How many entries there are, and when the last was learned (in milliseconds since 1970).
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn extent(tx: &mut Tx<'_>) -> Result<(i64, Option<i64>), JournalError> {
        let rows = tx.query(LAST_ARRIVAL, &[])?;
        match rows.first() {
            Some(row) => Ok((row.int("arrival")?, Some(row.int("known_millis")?))),
            None => Ok((0, None)),
        }
    }

    /// The last entry that this post learned among some kinds: what was computed from entries of
    /// those kinds is fresh as long as it stays the same.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn last_of(tx: &mut Tx<'_>, kinds: &[&str]) -> Result<Option<Position>, JournalError> {
        let mut last: Option<Position> = None;
        for kind in kinds {
            let rows = tx.query(include_str!("../sql/last_of_kind.sql"), &[(*kind).into()])?;
            let Some(row) = rows.first() else { continue };
            let arrival = row.int("arrival")?;
            if last.as_ref().is_none_or(|it| it.arrival < arrival) {
                let known_millis = row.int("known_millis")?;
                let hash = row.bytes("hash")?.try_into().map_err(|_| {
                    JournalError::Damaged("the hash of an entry is unreadable".to_owned())
                })?;
                last = Some(Position { arrival, known_millis, hash });
            }
        }
        Ok(last)
    }

    /// A small fact about this post that is not part of the journal.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn setting(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, JournalError> {
        let rows = tx.query(include_str!("../sql/setting.sql"), &[name.into()])?;
        Ok(rows.first().map(|it| it.text("value").map(str::to_owned)).transpose()?)
    }

    /// Keeps a small fact about this post that is not part of the journal.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn set_setting(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), JournalError> {
        Ok(set(tx, name, value)?)
    }
}

/// An entry with its signed form, as the base holds it.
pub(crate) struct Stored {
    pub(crate) entry: Entry,
    pub(crate) sealed: Sealed,
    pub(crate) seal: Vec<u8>,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) at_millis: i64,
    pub(crate) hash: Vec<u8>,
    pub(crate) stream: Stream,
    pub(crate) header: Option<Header>,
}

/// Walks through all entries in order of arrival, a page at a time.
pub(crate) fn walk<E: From<JournalError>>(
    tx: &mut Tx<'_>,
    mut visit: impl FnMut(&mut Tx<'_>, Stored) -> Result<(), E>,
) -> Result<(), E> {
    let mut streams = BTreeMap::new();
    let mut after = 0;
    loop {
        let rows = tx.query(ARRIVALS, &[after.into(), PAGE.into()]).map_err(JournalError::from)?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            let it = stored(tx, &mut streams, row)?;
            after = it.entry.arrival;
            visit(tx, it)?;
        }
    }
}

fn stored(
    tx: &mut Tx<'_>,
    streams: &mut BTreeMap<String, Stream>,
    row: &Row,
) -> Result<Stored, JournalError> {
    let id = row.text("stream_id")?;
    let stream = match streams.get(id) {
        Some(it) => it.clone(),
        None => {
            let rows = tx.query(FIND_STREAM, &[id.into()])?;
            let found = rows
                .first()
                .ok_or_else(|| JournalError::Damaged(format!("chain {id} is missing")))
                .and_then(stream_of)?;
            streams.insert(id.to_owned(), found.clone());
            found
        }
    };
    let sealed = sealed_of(row)?;
    let header: Option<Header> = minicbor::decode(&sealed.header).ok();
    let hash = *blake3::hash(&sealed.header).as_bytes();
    let (arrival, known_millis) = (row.int("arrival")?, row.int("known_millis")?);
    let read = header.clone().unwrap_or_else(|| Header {
        version: 0,
        stream_id: id.to_owned(),
        seq: row.int("seq").ok().and_then(|it| u64::try_from(it).ok()).unwrap_or_default(),
        previous: [0; 32],
        at_millis: 0,
        person: String::new(),
        office: String::new(),
        reason: String::new(),
        kind: String::new(),
        subject: String::new(),
        payload_hash: [0; 32],
    });
    Ok(Stored {
        entry: entry_of(&stream, &read, &sealed, hash, arrival, known_millis),
        seal: row.bytes("seal")?.to_vec(),
        kind: row.text("kind")?.to_owned(),
        subject: row.text("subject")?.to_owned(),
        at_millis: row.int("at_millis")?,
        hash: row.bytes("hash")?.to_vec(),
        sealed,
        stream,
        header,
    })
}

/// The chain as known here; a new one is noted first.
pub(crate) fn open_stream(tx: &mut Tx<'_>, empty: Stream) -> Result<Stream, JournalError> {
    if let Some(row) = tx.query(FIND_STREAM, &[empty.id.as_str().into()])?.first() {
        return stream_of(row);
    }
    tx.execute(
        ADD_STREAM,
        &[
            empty.id.as_str().into(),
            empty.post_id.as_str().into(),
            empty.public_key[..].into(),
            empty.incarnation.as_str().into(),
            empty.audience.word().into(),
            empty.scope.as_str().into(),
            empty.head[..].into(),
        ],
    )?;
    Ok(empty)
}

fn last_arrival(tx: &mut Tx<'_>) -> Result<(i64, Vec<u8>), DbError> {
    let rows = tx.query(LAST_ARRIVAL, &[])?;
    match rows.first() {
        Some(row) => Ok((row.int("arrival")?, row.bytes("seal")?.to_vec())),
        None => Ok((0, Vec::new())),
    }
}

/// Chains the order and the time in which this post learned its entries.
pub(crate) fn seal(before: &[u8], arrival: i64, known_millis: i64, hash: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before);
    hasher.update(&arrival.to_le_bytes());
    hasher.update(&known_millis.to_le_bytes());
    hasher.update(hash);
    *hasher.finalize().as_bytes()
}

fn settings(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>, DbError> {
    tx.query("select name, value from setting", &[])?
        .iter()
        .map(|it| Ok((it.text("name")?.to_owned(), it.text("value")?.to_owned())))
        .collect()
}

pub(crate) fn set(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), DbError> {
    tx.execute(include_str!("../sql/set.sql"), &[name.into(), value.into()])?;
    Ok(())
}

pub(crate) fn number(value: u64) -> Value {
    Value::Int(i64::try_from(value).unwrap_or(i64::MAX))
}
