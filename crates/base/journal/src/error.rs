//! What can go wrong in the journal.

use db::DbError;
use kernel::Failure;

use crate::FoldError;

/// The journal cannot go on: for the operator.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The store failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// An entry could not be applied to the tables.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// The base holds something that this program did not write so.
    #[error("the journal of this base is damaged: {0}")]
    Damaged(String),
    /// The base holds no journal: nothing was ever prepared there.
    #[error("this base holds no journal")]
    Absent,
    /// The tables were shaped by another edition of the program and wait to be rebuilt.
    #[error("the tables of this base are of another edition of the program: run `benkadi rebuild`")]
    OtherEdition,
    /// An entry is larger than a journal takes.
    #[error("{what} of an entry of kind {kind} holds {size} bytes; the most is {most}")]
    TooLong {
        /// The part: `header` (person, office, reason, kind, record, place) or `content`.
        what: &'static str,
        /// The entry's kind.
        kind: String,
        /// What it holds, in bytes.
        size: usize,
        /// What it may hold, in bytes.
        most: usize,
    },
    /// A text of an entry holds the character U+0000, which no base keeps.
    #[error("a text of an entry of kind {0:?} holds the character U+0000")]
    Nul(String),
    /// The machine gave no random bytes.
    #[error("no random bytes from the system: {0}")]
    Random(String),
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        Self::broken(error)
    }
}

/// Why a foreign entry was not taken. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// Its bytes are not an entry.
    #[error("entry {seq} of chain {stream}: unreadable")]
    Unreadable {
        /// The chain.
        stream: String,
        /// The number expected.
        seq: u64,
    },
    /// Its signature is not that of the post that it names.
    #[error("entry {seq} of chain {stream}: the signature is not that of its post")]
    Forged {
        /// The chain.
        stream: String,
        /// Its number.
        seq: u64,
    },
    /// Its payload is not the one that was signed.
    #[error("entry {seq} of chain {stream}: the content was changed after signing")]
    Changed {
        /// The chain.
        stream: String,
        /// Its number.
        seq: u64,
    },
    /// It does not follow what is known of its chain.
    #[error("chain {stream}: entries {from} to {to} are missing")]
    Gap {
        /// The chain.
        stream: String,
        /// The first missing.
        from: u64,
        /// The last missing.
        to: u64,
    },
    /// Two different entries bear the same number: a copied or restored base.
    #[error("chain {stream}: two different entries bear the number {seq}")]
    Fork {
        /// The chain.
        stream: String,
        /// The number.
        seq: u64,
    },
    /// The journal itself failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<DbError> for ReceiveError {
    fn from(error: DbError) -> Self {
        Self::Journal(error.into())
    }
}
