//! What citizens observe in their commune, with the commune's right of reply.
//!
//! Anybody may send an observation, without an account and without a name. It stays at the post
//! that received it until a person in charge, who is not the commune observed, publishes it. What
//! is published travels; the commune's answer stands beside it, as large. Nothing is counted
//! against a commune, nothing is ranked.
//!
//! Who sent it is never known here: a way to reach them, if they gave one, lies in [`private`],
//! outside the journal, and is erased. Security and the choices made: decision 0040.

mod answer;
mod example;
mod find;
mod flood;
mod fold;
mod moderate;
mod observation;
mod pages;
mod panel;
mod photo;
mod plain;
mod private;
mod send;
mod status;

use std::sync::Arc;

pub use answer::{LONGEST_ANSWER, answer, complete, settle_as_sender};
pub use example::{ExampleError, example};
pub use find::{
    awaiting_answer, awaiting_moderation, in_commune, latest, observation, photo_bytes,
};
pub use moderate::{
    ask, erase_contact, load as load_to_moderate, publish, refuse_observation, reopen, settle,
    withdraw,
};
pub use observation::{
    Act, Answered, Asked, Completed, Ground, Observation, Photo, Published, Refused, Reopened,
    Said, Sent, Settled, State, Subject, Withdrawn, masks,
};
pub use pages::routes;
pub use panel::{duties, of_place};
pub use photo::{Clean, LARGEST_PHOTO, PhotoKind, PhotoRefused, clean};
pub use private::{by_code, contact_of, migrate};
pub use send::{LONGEST_TEXT, Receipt, SendRefused, Typed, send};
pub use status::status;

/// A citizen sent an observation: [`Sent`]. Never leaves the post.
pub const SENT: &str = "observations.sent";
/// The person in charge asked the sender something: [`Asked`]. Never leaves the post.
pub const ASKED: &str = "observations.asked";
/// The sender answered that question: [`Completed`]. Never leaves the post.
pub const COMPLETED: &str = "observations.completed";
/// The person in charge did not publish it: [`Refused`]. Never leaves the post.
pub const REFUSED: &str = "observations.refused";
/// The person in charge published it: [`Published`]. From here on it travels.
pub const PUBLISHED: &str = "observations.published";
/// A publication was taken back: [`Withdrawn`].
pub const WITHDRAWN: &str = "observations.withdrawn";
/// The commune answered: [`Answered`].
pub const ANSWERED: &str = "observations.answered";
/// The sender, or the person in charge, says that it is settled: [`Settled`].
pub const SETTLED: &str = "observations.settled";
/// It was not settled after all: [`Reopened`].
pub const REOPENED: &str = "observations.reopened";

/// The slice's tables as a fold of the journal.
pub fn fold() -> Arc<dyn journal::Fold> {
    Arc::new(fold::ObservationsFold)
}

/// The slice's words: French, English.
pub fn words() -> (&'static str, &'static str) {
    (include_str!("words/fr.ftl"), include_str!("words/en.ftl"))
}
