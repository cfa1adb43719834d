//! Self-assessment of a commune's performance: a grid gone through in a meeting, with described
//! levels, evidence, and actions that somebody does by a day.
//!
//! It belongs to the commune. Nobody else reads it unless the commune says so, office by office;
//! it never leaves the post; no score is computed, nothing is added up over communes or ranked.

mod assessment;
mod example;
mod fold;
mod grid;
mod keep;
mod pages;
mod panel;

use std::sync::Arc;

pub use assessment::{
    Assessment, Change, Content, Decided, GROUPS, Granted, Group, Mark, Saved, Ungranted, compare,
};
pub use example::{ExampleError, example};
pub use fold::{find, of_commune};
pub use grid::{Criterion, Domain, Grid, GridError, Told, grid, grids};
pub use keep::{Refusals, begin, grant, save, ungrant};
pub use pages::routes;
pub use panel::duties;

/// An assessment was saved, as a draft or for good: [`Saved`]. Never leaves the post.
pub const SAVED: &str = "assessments.saved";
/// The commune lets an office read its assessments: [`Granted`]. Never leaves the post.
pub const GRANTED: &str = "assessments.granted";
/// The commune takes that back: [`Ungranted`]. Never leaves the post.
pub const UNGRANTED: &str = "assessments.ungranted";

/// The slice's tables as a fold of the journal.
pub fn fold() -> Arc<dyn journal::Fold> {
    Arc::new(fold::AssessmentsFold)
}

/// The slice's words: French, English.
pub fn words() -> (&'static str, &'static str) {
    (include_str!("words/fr.ftl"), include_str!("words/en.ftl"))
}
