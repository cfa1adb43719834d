//! The exchange between posts: cards, enrolment, and packages that travel by stick, mail or link.
//!
//! A package holds signed entries of the journal and is itself signed by its sender and encrypted
//! for its receiver. Taking it in is all or nothing, twice is once, and every refusal says why.

mod card;
mod fold;
#[cfg(feature = "trials")]
mod hostile;
mod incoming;
mod level;
mod lives;
mod package;
mod pages;
mod places;
mod posts;
mod queue;
mod refused;
mod rights;
mod seal;
mod send;
mod take;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;

pub use card::Card;
pub use incoming::migrate;
pub use level::Level;
pub use pages::{routes, status, words};
pub use places::Places;
pub use posts::{Hand, Known, Posts, Relation, Territory, enrol, note_parent, open_post};
pub use queue::{Reception, Sending, receptions, sendings, waiting};
pub use refused::{Part, Refused};
pub use send::{Package, Unsent, export, unsent, unsent_for};
pub use take::{Chain, Preview, accept, import, inspect};

/// The fold of this slice.
pub fn fold() -> Arc<dyn journal::Fold> {
    Arc::new(fold::Exchange)
}
