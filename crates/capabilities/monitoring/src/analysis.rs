//! Results for people and for programs: the explorer of indicators, its charts and maps, and the
//! files behind them.
//!
//! All the results of a country for a quarter are computed at once and kept while the journal does
//! not move, so that every page, file and report reads the same figures.

mod computed;
mod consolidated;
mod definition;
mod disclosure;
mod files;
mod finding;
mod from_cube;
mod lines;
mod page;
mod paper;
mod pictures;
mod query;
mod restated;
mod say;
mod series;
mod sight;
#[cfg(test)]
pub(crate) mod tests;

pub use computed::{Computed, Figure, Land, number_of};
pub use consolidated::{
    Consolidated, Version, consolidate, consolidated, consolidated_under, reference,
};
pub use definition::{Definition, ElementLine, define, in_words};
pub use disclosure::{Withheld, is_restricted};
pub(crate) use disclosure::{hidden, persons, threshold};
pub use files::export;
pub use finding::Move;
pub use lines::{COLUMNS, Line, WITHHELD, csv, definitions_sheet, lines};
pub use pictures::{Canvas, Mapped, Picture, Shown, map, over_time, side_by_side};
pub use query::{Asked, Refused};
pub use restated::{Carte, Rule};
pub use say::Say;
pub use series::{Series, series, series_under};
pub use sight::{Moment, Sight};

pub(crate) use consolidated::{
    Stamp, entitled, home, is_published, land, quarters as quarters_known, quarters_of as quarters,
    root_of, stamp,
};
pub(crate) use definition::{capitalised, lowered};
pub(crate) use finding::of_map as finding_of_map;
pub(crate) use page::{encoded, href as page_href, some_names};
pub(crate) use paper::{PAPER, PAPER_MAP, figure_block, map_blocks};

use web::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    page::routes().and(files::routes()).and(crate::reports::routes()).and(crate::explorer::routes())
}

/// Its words, as (French, English).
pub fn words() -> (&'static str, &'static str) {
    (
        concat!(include_str!("analysis.fr.ftl"), "\n", include_str!("analysis/carte.fr.ftl")),
        concat!(include_str!("analysis.en.ftl"), "\n", include_str!("analysis/carte.en.ftl")),
    )
}
