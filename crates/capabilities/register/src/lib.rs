//! The register of partnerships: what the sources wrote, what was understood, what became of it.
//!
//! What a source wrote is never changed. People change what was understood; each change is an
//! entry with its reason, can be undone, and « as known on a day » can be asked of every record.

mod acts;
mod change;
mod countries;
mod filter;
mod find;
mod fold;
#[cfg(feature = "generate")]
mod generate;
mod history;
mod index;
mod load;
mod pages;
mod partnership;
mod shipped;
#[cfg(test)]
mod testing;
mod vocabulary;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use acts::{
    Refusals, TypedPartnership, TypedStatus, add, edit, last_mark, object_of, record_status,
    undo_change,
};
pub use change::{ChangeRefused, Event, FieldChange, Recorded, kind_of, read_years, undo};
pub use countries::{COUNTRIES, country};
pub use filter::{Filter, FilterRefused, LEVELS, Sort, Typed, map_of_the_register};
pub use find::{
    Axis, PAGE, count, countries, list, networks, of_source, page, question_counts, sources, tally,
    with_question,
};
#[cfg(feature = "generate")]
pub use generate::generate;
pub use history::{Known, Step, known_on};
pub use load::Load;
pub use pages::{of_place, routes, whole_csv};
pub use partnership::{
    BY_HAND, Contact, ForeignParty, MalianParty, Network, Origin, Origins, Partnership,
    PartyMember, StatusEvent,
};
pub use shipped::{BAMAKO_SOURCE, GUIDE_SOURCE, shipped};
pub use vocabulary::{
    Confidence, FLAGS, Form, LIEU_NON_RAPPROCHE, MalianLevel, RECOUPEMENT, REMARQUE, Status,
    UnknownWord,
};

/// The kind of entry that loads the lines of one source.
pub const SOURCE_LOADED: &str = "register.source-loaded";
/// The kind of entry by which a person adds a partnership.
pub const ADDED: &str = "register.partnership-added";
/// The kind of entry by which a person changes fields; its payload is a list of [`FieldChange`].
pub const CHANGED: &str = "register.partnership-changed";
/// The kind of entry by which a person undoes a change; its payload is [`Undone`].
pub const UNDONE: &str = "register.change-undone";
/// The kind of entry by which a person says where a relation stands; its payload is
/// [`StatusEvent`].
pub const STATUS_RECORDED: &str = "register.status-recorded";

/// The payload of [`UNDONE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The mark of the entry undone.
    pub entry: String,
    /// Its changes, turned round.
    #[serde(default)]
    pub changes: Vec<FieldChange>,
}

/// A source of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// BLAKE3 of the file.
    pub hash: String,
    /// How many lines it has.
    pub lines: i64,
    /// What a reader must know of it.
    pub note: Option<String>,
}

/// The register's tables as a fold of the journal.
pub fn fold() -> Arc<dyn journal::Fold> {
    Arc::new(fold::RegisterFold)
}

/// The partnership of this identifier, as folded.
///
/// # Errors
///
/// If the store fails.
pub fn find_partnership(
    tx: &mut db::Tx<'_>,
    id: kernel::Id,
) -> Result<Option<Partnership>, db::DbError> {
    Ok(fold::find(tx, id)?.map(|it| it.1))
}

/// The slice's words: French, English.
pub fn words() -> (&'static str, &'static str) {
    (
        concat!(include_str!("words/fr.ftl"), "\n", include_str!("words/countries.fr.ftl")),
        concat!(include_str!("words/en.ftl"), "\n", include_str!("words/countries.en.ftl")),
    )
}
