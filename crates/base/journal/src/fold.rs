//! The tables as a fold of the entries.

use std::sync::Arc;

use db::{DbError, Tx};

use crate::Entry;

/// One slice's tables and how entries change them.
///
/// `apply` must be deterministic: no clock, no random number, no locale, no floating-point sum, no
/// order of a hash map. Once released, the meaning of a kind never changes; a new meaning is a new
/// kind.
pub trait Fold: Send + Sync {
    /// The slice's name.
    fn name(&self) -> &'static str;
    /// The statements that create its tables, in the shared dialect.
    fn schema(&self) -> &'static str;
    /// Its tables.
    fn tables(&self) -> &'static [&'static str];
    /// The kinds of entry that it applies.
    fn kinds(&self) -> &'static [&'static str];
    /// Applies one entry to its tables.
    ///
    /// # Errors
    ///
    /// If the payload is not what the kind promises, or the store fails.
    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError>;
}

/// An entry could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    /// The store failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The payload is not what the kind promises.
    #[error("payload of an entry of kind {kind}: {reason}")]
    Payload {
        /// The entry's kind.
        kind: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// All the slices' folds, in the order of the house's floors.
#[derive(Clone)]
pub struct Folds(Arc<[Arc<dyn Fold>]>);

impl Folds {
    /// These folds.
    pub fn new(folds: Vec<Arc<dyn Fold>>) -> Self {
        Self(folds.into())
    }

    /// Each fold.
    pub fn iter(&self) -> impl Iterator<Item = &dyn Fold> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// A mark of all the schemas: another mark means that the tables must be rebuilt.
    pub(crate) fn mark(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for fold in self.iter() {
            hasher.update(fold.name().as_bytes());
            hasher.update(fold.schema().as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }

    /// Applies an entry. A kind that no fold knows is kept in the journal and changes no table: a
    /// newer program will apply it. An entry whose content was erased on request says nothing more.
    pub(crate) fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        if entry.payload.is_empty() {
            return Ok(());
        }
        for fold in self.iter().filter(|it| it.kinds().contains(&entry.kind.as_str())) {
            fold.apply(tx, entry)?;
        }
        Ok(())
    }

    /// Whether some fold applies entries of this kind.
    pub(crate) fn know(&self, kind: &str) -> bool {
        self.iter().any(|it| it.kinds().contains(&kind))
    }

    /// Drops and creates all the tables.
    pub(crate) fn reset(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        for fold in self.iter() {
            for table in fold.tables() {
                tx.batch(&format!("drop table if exists {table};"))?;
            }
            tx.batch(fold.schema())?;
        }
        Ok(())
    }
}
