//! The explorer: any figures of any places and periods, as a table, charts and maps.
//!
//! A question is an address ([`asked`]); an answer is four axes and the figure at each crossing
//! ([`answer`]); [`figures`] is the one place that asks for values.

mod answer;
mod asked;
mod choose;
mod draw;
mod figure;
mod figures;
mod files;
mod form;
pub(crate) mod kept;
mod measure;
mod page;
mod table;
mod time;
mod told;

pub use asked::{Axis, Depth, MapDay, Question, Refused, Shape, read};
pub use kept::{
    KeepRefused, QUERY_KEPT, QUERY_RETIRED, QueryKept, QueryRetired, Sharing, change, keep, retire,
};
pub use measure::{Measure, Subject};
pub use time::Time;

use web::Routes;

/// The addresses of this slice.
pub(crate) fn routes() -> Routes {
    page::routes()
        .and(choose::routes())
        .and(figure::routes())
        .and(files::routes())
        .and(kept::routes())
}

/// Its words, as (French, English).
pub(crate) fn words() -> (&'static str, &'static str) {
    (include_str!("explorer/fr.ftl"), include_str!("explorer/en.ftl"))
}
