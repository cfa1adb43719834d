//! What is wrong with a list.

use kernel::{Message, Reject};

use super::{FAULTS, LARGEST_LIST, LINES};
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
    /// The file is too large.
    #[error("too large")]
    TooLarge,
    /// The file has too many lines.
    #[error("too many lines")]
    TooManyLines,
    /// The file is no text in UTF-8.
    #[error("line {line} is no UTF-8")]
    NotText {
        /// The line.
        line: usize,
    },
    /// The file is no table.
    #[error("line {line} is no line of a table")]
    NotTable {
        /// The line.
        line: usize,
    },
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
            Self::TooLarge => {
                Message::new("list-too-large").with("limit", LARGEST_LIST / (1024 * 1024))
            }
            Self::TooManyLines => Message::new("list-too-many-lines").with("limit", LINES),
            Self::NotText { line } => Message::new("list-not-text").with("line", line),
            Self::NotTable { line } => Message::new("list-not-table").with("line", line),
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
