//! What an entry `territory.source-loaded` carries: the typed lines of one source.

use serde::{Deserialize, Serialize};

use crate::{Foreign, Locality, Population, Unit, Version};

/// Where lines come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The stable name, also the subject of the entry: `territory_mali.csv`.
    pub name: String,
    /// What it is, in French, as its publisher or our README calls it.
    pub title: String,
    /// Under what terms it is shipped.
    pub licence: String,
    /// BLAKE3 of the file's bytes, in hexadecimal.
    pub hash: String,
    /// How many lines it has.
    pub lines: i64,
    /// What a reader must know of it, in French.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Written for an example.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invented: bool,
}

/// The typed lines of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Where they come from.
    pub source: Source,
    /// Units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Unit>,
    /// Their versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Version>,
    /// Their populations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub populations: Vec<Population>,
    /// Villages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub localities: Vec<Locality>,
    /// Local governments of other countries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign: Vec<Foreign>,
}

impl Load {
    /// No line yet.
    pub fn of(source: Source) -> Self {
        Self {
            source,
            units: Vec::new(),
            versions: Vec::new(),
            populations: Vec::new(),
            localities: Vec::new(),
            foreign: Vec::new(),
        }
    }
}

/// A fact that ships with the product, ready to be journalled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// The kind of entry.
    pub kind: &'static str,
    /// Its subject.
    pub subject: String,
    /// Its payload, as JSON.
    pub payload: Vec<u8>,
}

/// A shipped file is not what the program expects. A test reads them all, so a released program
/// never says this.
#[derive(Debug, thiserror::Error)]
pub enum ShippedError {
    /// The file is not a table.
    #[error("{file}: {error}")]
    Table {
        /// The file.
        file: &'static str,
        /// What is wrong.
        error: csv::Error,
    },
    /// A line is not what its column promises.
    #[error("{file}, line {line}: {what}")]
    Line {
        /// The file.
        file: &'static str,
        /// The line, counted as a text editor does.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The facts cannot be written as JSON.
    #[error("the shipped facts cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// The entry that loads these lines.
///
/// # Errors
///
/// If they cannot be written as JSON.
pub fn loaded(load: &Load) -> Result<Shipped, ShippedError> {
    Ok(Shipped {
        kind: crate::SOURCE_LOADED,
        subject: load.source.name.clone(),
        payload: serde_json::to_vec(load)?,
    })
}
