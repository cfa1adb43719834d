//! Key figures that are spoken: a sentence put together from fragments that people recorded.
//!
//! A language is data: its fragments, how numbers are put together from them, one sentence for each
//! figure. Who speaks agrees first and may take it back. A sentence is spoken only where all its
//! fragments are there, and always stands beside the same words in writing.

mod figures;
mod fold;
mod grammar;
mod keep;
mod opus;
mod pages;
mod panel;

use std::sync::Arc;

pub use figures::{FIGURES, Figure, Published, published};
pub use fold::{Kept, kept, languages, path_of, recording};
pub use grammar::{Grammar, GrammarRefused, Piece, shipped};
pub use keep::{
    Consent, KeepRefused, Loaded, Recorded, Withdrawn, load_language, record, withdraw,
};
pub use opus::{
    AssembleRefused, LARGEST_SENTENCE, LONGEST_FRAGMENT_MILLIS, OpusRefused, Recording, assemble,
};
pub use pages::routes;
pub use panel::of_place;

/// A fragment was recorded: [`Recorded`]. Goes to the posts of the place and below.
pub const RECORDED: &str = "voices.recorded";
/// A recording is used no more: [`Withdrawn`].
pub const WITHDRAWN: &str = "voices.withdrawn";
/// A language was loaded: [`Loaded`].
pub const LOADED: &str = "voices.language-loaded";

/// The slice's tables as a fold of the journal.
pub fn fold() -> Arc<dyn journal::Fold> {
    Arc::new(fold::VoicesFold)
}

/// The slice's words: French, English.
pub fn words() -> (&'static str, &'static str) {
    (include_str!("words/fr.ftl"), include_str!("words/en.ftl"))
}
