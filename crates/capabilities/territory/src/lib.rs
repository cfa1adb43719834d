//! The territory: the dated tree of local governments, their populations and villages, and the
//! local governments of other countries.
//!
//! The map of a day is a reading of dated versions. Nothing is ever dropped by a reform: a unit
//! whose new place no source gives stays in the tree under a node that says so, and national
//! totals are equal under every map.

mod carry;
mod fold;
mod foreign;
mod groups;
mod lineage;
mod list;
mod load;
mod outlines;
mod pages;
mod people;
mod read;
mod reform;
mod sectors;
mod shipped;
mod tokens;
mod unit;

use std::sync::Arc;

pub use carry::described_since;
pub use foreign::{Foreign, ForeignLevel};
pub use groups::{
    GROUP_WRITTEN, Group, GroupRefused, GroupWritten, MOST_MEMBERS, Member, TypedGroup,
    TypedMember, group, group_turn, groups, groups_of, object_of_group, write_group,
};
pub use lineage::{
    Atlas, Edge, Event, Held, Map, Moved, Node, NotAShare, Part, Passage, Restated, Share, Why,
    apportion, maps, sum_to_whole,
};
pub use list::{Fault, LARGEST_LIST, ListRefused, ReadList, read_list};
pub use load::{Load, Shipped, ShippedError, Source, loaded};
pub use outlines::{
    Official, OutlinesLoaded, OutlinesRefused, Prepared, load_outlines, map_sources,
    official_outlines, outlines, prepare_outlines, restore_shipped_outlines,
};
pub use pages::{named, routes};
pub use people::{
    LARGEST_POPULATIONS, POPULATION_STATED, PopulationRefused, ReadPopulations, read_populations,
    state_population, state_populations,
};
pub use read::{
    Hit, Place, Total, carried, chain, child_populations, children, code_of_official, countries,
    foreign as foreign_of, localities, locality, locality_populations, names, place_near,
    populations, populations_stated, region_of, roots, same_name_later, search, sources, subtree,
    totals, unit, units_of_word, version_near, version_on, versions, village_of_word,
};
pub use reform::{
    Act, Change, Changed, Counted, LIST_LOADED, LegalText, List, NewUnit, Operation, Passed, Piece,
    Preview, REFORM_ENTERED, REFORM_UNDONE, Reform, ReformRefused, Source as Joined, State, Taker,
    Undoing, Undone, act, acts, enter as enter_reform, enter_list, preview as preview_reform,
    preview_undo, undo as undo_reform,
};
pub use sectors::{
    Competence, Sector, Standing, competences, sector, sector_of, sectors, standing,
};
pub use shipped::{CENSUS_2009, CENSUS_2022, example, shipped};
pub use tokens::{Asked, asked, tokens_of};
pub use unit::{Level, Locality, ParseLevelError, Population, Unit, Version};

/// The kind of entry that loads the lines of one source.
pub const SOURCE_LOADED: &str = "territory.source-loaded";

/// The kind of entry that names local governments of other countries: its payload is a list of
/// [`Foreign`]. A record known already keeps its name and gains the new spellings.
pub const FOREIGN_NAMED: &str = "territory.foreign-named";

/// The kind of entry that loads official outlines, or goes back to those shipped: its payload is an
/// [`OutlinesLoaded`].
pub const OUTLINES_LOADED: &str = "territory.outlines-loaded";

/// The kinds of entry that change what a map shows: places, names, outlines. Whatever is computed
/// from maps is computed again after one of them.
pub const MAP_KINDS: [&str; 5] =
    [SOURCE_LOADED, OUTLINES_LOADED, REFORM_ENTERED, REFORM_UNDONE, LIST_LOADED];

/// The territory's tables as a fold of the journal.
pub fn fold() -> Arc<dyn journal::Fold> {
    Arc::new(fold::TerritoryFold)
}

/// The slice's words: French, English.
pub fn words() -> (&'static str, &'static str) {
    (
        concat!(
            include_str!("words/fr.ftl"),
            "\n",
            include_str!("words/reform.fr.ftl"),
            "\n",
            include_str!("words/sectors.fr.ftl"),
            "\n",
            include_str!("words/groups.fr.ftl"),
            "\n",
            include_str!("words/populations.fr.ftl")
        ),
        concat!(
            include_str!("words/en.ftl"),
            "\n",
            include_str!("words/reform.en.ftl"),
            "\n",
            include_str!("words/sectors.en.ftl"),
            "\n",
            include_str!("words/groups.en.ftl"),
            "\n",
            include_str!("words/populations.en.ftl")
        ),
    )
}
