//! The journal: signed, hash-chained entries, and the tables as their fold.
//!
//! Every write of the product is one transaction that appends an entry (who, in what office, when,
//! why, what) and applies it to the tables. The tables are a deterministic function of the
//! entries: they can be dropped and rebuilt, and come out identical on both engines.

mod audit;
mod chance;
mod copy;
mod entry;
mod error;
mod fold;
mod keys;
mod limits;
mod lives;
mod pack;
mod planted;
mod position;
mod store;
mod travel;

pub use audit::{Fault, Progress, Rebuilt, Verdict};
pub use chance::Chance;
pub use copy::CopyError;
pub use entry::{Audience, Draft, Entry, Hash, Header, Sealed, Stream};
pub use error::{JournalError, ReceiveError};
pub use fold::{Fold, FoldError, Folds};
pub use keys::PostKey;
pub use limits::{LONGEST_HEADER, LONGEST_PAYLOAD};
pub use pack::unpack;
#[cfg(feature = "trials")]
pub use planted::plant;
pub use planted::{Planted, planted};
pub use position::Head;
pub use store::{Journal, Position, Reception};
pub use travel::Tally;
