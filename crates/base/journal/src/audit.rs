//! Proofs about a journal: that nobody touched it, and that the tables are its fold.

use std::collections::BTreeMap;

use db::{DbError, Piece, Tx, Value};

use crate::entry::{payload_hash, to_sign};
use crate::store::{Stored, number, seal, set, walk};
use crate::{Hash, Journal, JournalError, PostKey};

/// How far a long work has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Entries done.
    pub done: i64,
    /// Entries in all.
    pub total: i64,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An entry is not as it was written.
    Entry {
        /// The order in which this post learned it.
        arrival: i64,
        /// The chain.
        stream_id: String,
        /// Its number in the chain.
        seq: u64,
        /// What does not hold, in a word: `header`, `signature`, `content`, `chain`, `columns`,
        /// `order`.
        what: &'static str,
    },
    /// A chain does not end where it is said to end: entries were taken away.
    Chain {
        /// The chain.
        stream_id: String,
    },
    /// A chain bears the name of another post than that of its key.
    Post {
        /// The chain.
        stream_id: String,
    },
    /// A table is not the fold of the journal.
    Table {
        /// Its name.
        name: String,
    },
    /// A table or an index is not there.
    Missing {
        /// Its name.
        name: String,
    },
    /// The engine finds its own file damaged: pages, or indexes that miss rows.
    File {
        /// In the engine's words.
        reason: String,
    },
    /// The tables were shaped by another edition of the program: they wait to be rebuilt.
    OtherEdition,
    /// A setting of the post is not readable.
    Setting {
        /// Its name.
        name: &'static str,
    },
}

/// The result of an audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Entries read.
    pub entries: i64,
    /// Chains read.
    pub streams: i64,
    /// Tables compared with their fold.
    pub tables: i64,
    /// Whether the tables were left out, since the base refuses writing: comparing them folds the
    /// journal again, in a transaction that is given up.
    pub tables_left_out: bool,
    /// What is wrong; empty when all holds.
    pub faults: Vec<Fault>,
}

/// What a rebuilding did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Entries read again.
    pub entries: i64,
    /// The digest of each table, after.
    pub tables: BTreeMap<String, String>,
    /// The tables that came out otherwise than they were.
    pub changed: Vec<String>,
}

/// Carries a verdict out of a transaction that must leave no trace.
enum Abandon {
    Verdict(Vec<Fault>, i64),
    Failed(JournalError),
}

impl From<DbError> for Abandon {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<JournalError> for Abandon {
    fn from(error: JournalError) -> Self {
        Self::Failed(error)
    }
}

impl Journal {
    /// Drops the tables and folds all entries again.
    ///
    /// # Errors
    ///
    /// If the store fails or an entry cannot be applied; the tables are then as before.
    pub fn rebuild(&self, report: &mut dyn FnMut(Progress)) -> Result<i64, JournalError> {
        self.db().write(|tx| {
            let done = self.fold_all(tx, report)?;
            set(tx, "fold.mark", &self.folds().mark())?;
            Ok(done)
        })
    }

    /// As [`Journal::rebuild`], and says which tables were not the fold of the journal: nothing is
    /// written between the two looks. The engine's indexes are made again too.
    ///
    /// # Errors
    ///
    /// If the store fails or an entry cannot be applied; all is then as before.
    pub fn rebuild_and_compare(
        &self,
        report: &mut dyn FnMut(Progress),
    ) -> Result<Rebuilt, JournalError> {
        self.db().write(|tx| {
            tx.remake_indexes()?;
            let before = self.digests(tx)?;
            let entries = self.fold_all(tx, report)?;
            set(tx, "fold.mark", &self.folds().mark())?;
            let tables = self.digests(tx)?;
            let changed = tables
                .iter()
                .filter(|(name, digest)| before.get(*name) != Some(digest))
                .map(|(name, _)| name.clone())
                .collect();
            Ok(Rebuilt { entries, tables, changed })
        })
    }

    /// Folds all entries again, in a transaction that goes on.
    pub(crate) fn refold(&self, tx: &mut Tx<'_>) -> Result<(), JournalError> {
        self.fold_all(tx, &mut |_| {}).map(|_| ())
    }

    fn fold_all(
        &self,
        tx: &mut Tx<'_>,
        report: &mut dyn FnMut(Progress),
    ) -> Result<i64, JournalError> {
        self.folds().reset(tx)?;
        let (total, _) = Self::extent(tx)?;
        let mut done = 0;
        walk(tx, |tx, it| {
            self.folds().apply(tx, &it.entry)?;
            done += 1;
            if done % 1000 == 0 || done == total {
                report(Progress { done, total });
            }
            Ok::<(), JournalError>(())
        })?;
        Ok(done)
    }

    /// Reads every entry and every table, and says whether all is as it was written.
    ///
    /// # Errors
    ///
    /// If the store fails. Faults are not errors: they are in the verdict.
    pub fn verify(&self, report: &mut dyn FnMut(Progress)) -> Result<Verdict, JournalError> {
        let mut verdict = self.db().read(|tx| {
            let mut faults = self.verify_store(tx)?;
            match self.verify_entries(tx, report) {
                Ok(mut verdict) => {
                    faults.append(&mut verdict.faults);
                    Ok(Verdict { faults, ..verdict })
                }
                // Not even all entries can be read from a damaged file.
                Err(_) if !faults.is_empty() => Ok(Verdict { faults, ..Verdict::default() }),
                Err(error) => Err(error),
            }
        })?;
        if !verdict.faults.is_empty() {
            // A damaged journal gives other tables: comparing them would only repeat the fault.
            return Ok(verdict);
        }
        if self.db().is_read_only() {
            verdict.tables_left_out = true;
            return Ok(verdict);
        }
        let tables = self.db().write(|tx| -> Result<(), Abandon> {
            let held = self.digests(tx)?;
            self.fold_all(tx, &mut |_| {})?;
            let folded = self.digests(tx)?;
            let faults = held
                .iter()
                .filter(|(name, digest)| folded.get(*name) != Some(digest))
                .map(|(name, _)| Fault::Table { name: name.clone() })
                .collect();
            Err(Abandon::Verdict(faults, i64::try_from(held.len()).unwrap_or(i64::MAX)))
        });
        match tables {
            Err(Abandon::Verdict(faults, tables)) => {
                verdict.faults = faults;
                verdict.tables = tables;
                Ok(verdict)
            }
            Err(Abandon::Failed(error)) => Err(error),
            Ok(()) => Ok(verdict),
        }
    }

    /// Whether the engine's file, the pieces of the base and the post's settings are sound.
    fn verify_store(&self, tx: &mut Tx<'_>) -> Result<Vec<Fault>, JournalError> {
        let mut faults: Vec<Fault> =
            tx.engine_faults()?.into_iter().map(|reason| Fault::File { reason }).collect();
        let mut schemas = vec![crate::store::SCHEMA];
        if self.is_current(tx)? {
            schemas.extend(self.folds().iter().map(crate::Fold::schema));
        } else {
            faults.push(Fault::OtherEdition);
        }
        let present = tx.shape()?;
        let expected = db::expected_shape(&schemas)?;
        faults.extend(
            expected.difference(&present).map(|it| Fault::Missing { name: it.name().to_owned() }),
        );
        for (name, bytes) in [("post.secret", 32), ("post.incarnation", 8)] {
            let value = Self::setting(tx, name)?.and_then(|it| crate::entry::unhex(&it));
            if value.is_none_or(|it| it.len() != bytes) {
                faults.push(Fault::Setting { name });
            }
        }
        Ok(faults)
    }

    fn verify_entries(
        &self,
        tx: &mut Tx<'_>,
        report: &mut dyn FnMut(Progress),
    ) -> Result<Verdict, JournalError> {
        let (total, _) = Self::extent(tx)?;
        let mut verdict = Verdict::default();
        let mut heads: BTreeMap<String, (u64, Hash)> = BTreeMap::new();
        let mut before: Vec<u8> = Vec::new();
        let mut arrival = 0;
        walk(tx, |_, it| {
            arrival += 1;
            let head = heads.entry(it.stream.id.clone()).or_insert((0, [0; 32]));
            if let Some(what) = fault_of(&it, *head, arrival, &before) {
                verdict.faults.push(Fault::Entry {
                    arrival: it.entry.arrival,
                    stream_id: it.stream.id.clone(),
                    seq: it.entry.seq,
                    what,
                });
            }
            *head = (it.entry.seq, it.entry.hash);
            arrival = it.entry.arrival;
            before = it.seal;
            verdict.entries += 1;
            if verdict.entries % 1000 == 0 || verdict.entries == total {
                report(Progress { done: verdict.entries, total });
            }
            Ok::<(), JournalError>(())
        })?;
        for stream in Self::streams(tx)? {
            verdict.streams += 1;
            if stream.post_id != Self::post_id_of(&stream.public_key) {
                verdict.faults.push(Fault::Post { stream_id: stream.id.clone() });
            }
            let read = heads.get(&stream.id).copied().unwrap_or((0, [0; 32]));
            if read != (stream.length, stream.head) {
                verdict.faults.push(Fault::Chain { stream_id: stream.id });
            }
        }
        Ok(verdict)
    }

    /// A digest of each table's rows, whatever order the engine gives them in. A table that is not
    /// there has none.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn digests(&self, tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>, DbError> {
        let mut out = BTreeMap::new();
        let present = tx.shape()?;
        for table in self.folds().iter().flat_map(crate::Fold::tables) {
            if !present.contains(&Piece::Table((*table).to_owned())) {
                continue;
            }
            let mut rows: Vec<[u8; 32]> = tx
                .query(&format!("select * from {table}"), &[])?
                .iter()
                .map(|row| {
                    let mut hasher = blake3::Hasher::new();
                    for (column, value) in row.columns().iter().zip(row.values()) {
                        hasher.update(column.as_bytes());
                        absorb(&mut hasher, value);
                    }
                    *hasher.finalize().as_bytes()
                })
                .collect();
            rows.sort_unstable();
            out.insert((*table).to_owned(), blake3::hash(rows.as_flattened()).to_hex().to_string());
        }
        Ok(out)
    }
}

fn absorb(hasher: &mut blake3::Hasher, value: &Value) {
    let (kind, bytes): (u8, &[u8]) = match value {
        Value::Null => (0, &[]),
        Value::Int(it) => {
            hasher.update(&[1]);
            hasher.update(&it.to_le_bytes());
            return;
        }
        Value::Text(it) => (2, it.as_bytes()),
        Value::Bytes(it) => (3, it),
    };
    hasher.update(&[kind]);
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

fn fault_of(
    it: &Stored,
    (length, head): (u64, Hash),
    arrival: i64,
    before: &[u8],
) -> Option<&'static str> {
    let Some(header) = &it.header else { return Some("header") };
    let key_holds = it.stream.id
        == crate::Stream::new(
            it.stream.public_key,
            &it.stream.incarnation,
            it.stream.audience,
            &it.stream.scope,
        )
        .id;
    if !key_holds || header.stream_id != it.stream.id {
        return Some("chain");
    }
    if !PostKey::verify(&it.stream.public_key, &to_sign(&it.sealed.header), &it.sealed.signature) {
        return Some("signature");
    }
    let content_holds = match (&it.sealed.salt, &it.sealed.payload) {
        (Some(salt), Some(payload)) => payload_hash(salt, payload) == header.payload_hash,
        // Erased on request: only the hash remains, and the chain still verifies.
        (None, None) => true,
        _ => false,
    };
    if !content_holds {
        return Some("content");
    }
    if header.seq != length + 1 || header.previous != head {
        return Some("chain");
    }
    let columns_hold = it.kind == header.kind
        && it.subject == header.subject
        && it.at_millis == header.at_millis
        && it.hash == it.entry.hash
        && number(it.entry.seq) == number(header.seq);
    if !columns_hold {
        return Some("columns");
    }
    let order_holds = it.entry.arrival == arrival
        && it.seal == seal(before, it.entry.arrival, it.entry.known_millis, &it.entry.hash);
    (!order_holds).then_some("order")
}
