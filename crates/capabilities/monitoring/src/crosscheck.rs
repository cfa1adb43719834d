//! Cross-check: the yearbook of another service beside our own figures (OIS12).
//!
//! A file of any shape is read by `tables`; a person says which columns are which of our data, which
//! words are which of our places, and how far two figures may lie apart. The values of the other
//! source are kept as a source of their own and never become ours. Each gap waits for a decision:
//! keep ours, explain it, or ask the commune to correct, which the commune does or does not.

mod beside;
mod compare;
mod decide;
mod draft;
mod files;
mod fold;
mod home;
mod import_pages;
mod load;
mod mapping;
mod places;
mod refused;
mod result_page;
mod store;
mod take;

pub(crate) use beside::{Beside, beside};
pub use compare::{Gap, Standing, compare};
pub use decide::{About, Decision, adopt, decide};
pub use fold::fold;
pub use load::{Loading, load};
pub use mapping::{Column, Mapping, Target, Tolerance, target};
pub use places::{Candidate, Matched, Written, matches};
pub use refused::Refused;
pub use store::{
    Decided, GAP_DECIDED, GapDecided, MAPPING_SAVED, MappingSaved, OtherValue, SOURCE_LOADED,
    Source, SourceLoaded, decisions, saved, source, sources,
};
pub use take::{Fault, Taken, take};

/// The addresses of this slice.
pub(crate) fn routes() -> web::Routes {
    home::routes().and(import_pages::routes()).and(result_page::routes()).and(files::routes())
}

/// Its words.
pub(crate) fn words() -> (&'static str, &'static str) {
    (include_str!("crosscheck/fr.ftl"), include_str!("crosscheck/en.ftl"))
}
