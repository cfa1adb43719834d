//! What is wrong with a list.

use kernel::{Message, Reject};

use super::FAULTS;
use crate::reform::ReformRefused;

/// A cell at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted as a text editor does; 0 for what no line holds.
    pub line: usize,
    /// The column.
    pub column: &'static str,
    /// What is wrong, and what to do.
    pub what: Message,
}

/// Why a list cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListRefused {
    /// No source is written.
    #[error("no source")]
    NoSource,
    /// No country is written.
    #[error("no country")]
    NoCountry,
    /// The file is no table that can be read.
    #[error(transparent)]
    Table(tables::Refused),
    /// The file holds no line.
    #[error("no line")]
    Empty,
    /// A column is missing.
    #[error("no column {0:?}")]
    NoColumn(String),
    /// A column comes twice.
    #[error("the column {0:?} comes twice")]
    ColumnTwice(String),
    /// Cells are at fault.
    #[error("{} faults", .0.len())]
    Faults(Vec<Fault>),
    /// The list does not fit the map.
    #[error(transparent)]
    Map(ReformRefused),
    /// What was looked at is no longer kept.
    #[error("gone")]
    Gone,
}

impl ListRefused {
    pub(super) fn of(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }

    /// The cells at fault.
    pub fn faults(&self) -> &[Fault] {
        match self {
            Self::Faults(faults) => faults,
            _ => &[],
        }
    }

    /// The field of the form to correct.
    pub fn field(&self) -> &'static str {
        match self {
            Self::NoSource => "source",
            Self::NoCountry => "pays",
            _ => "fichier",
        }
    }
}

impl Reject for ListRefused {
    fn message(&self) -> Message {
        match self {
            Self::NoSource => Message::new("list-no-source"),
            Self::NoCountry => Message::new("list-no-country"),
            Self::Table(it) => it.message(),
            Self::Empty => Message::new("list-empty"),
            Self::NoColumn(name) => Message::new("list-no-column").with("name", name),
            Self::ColumnTwice(name) => Message::new("list-column-twice").with("name", name),
            Self::Faults(faults) => {
                let key = if FAULTS <= faults.len() { "list-many-faults" } else { "list-faults" };
                Message::new(key).with("count", faults.len())
            }
            Self::Map(it) => it.message(),
            Self::Gone => Message::new("list-gone"),
        }
    }
}
