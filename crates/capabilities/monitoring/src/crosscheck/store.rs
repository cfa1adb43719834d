//! What a cross-check keeps.
//!
//! The values of another service travel upwards with the territory for which they were imported: the
//! nation sees the yearbooks of its regions, and no post below receives another place's figures. A
//! decision travels with its unit, so that the commune reads it. A mapping is a tool of the post.

use super::Mapping;
use db::{DbError, Row, Tx};
use kernel::{Date, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The values of another source were taken in.
pub const SOURCE_LOADED: &str = "crosscheck.source-loaded";
/// How a source is read, for the next time. Never leaves the post.
pub const MAPPING_SAVED: &str = "crosscheck.mapping-saved";
/// What is done about a gap.
pub const GAP_DECIDED: &str = "crosscheck.gap-decided";

/// The payload of [`SOURCE_LOADED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLoaded {
    /// The name of the source: « Annuaire sanitaire 2024 ».
    pub name: String,
    /// The place for which it was imported.
    pub place: String,
    /// The name of the file.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// The day.
    pub day: Date,
    /// How it was read.
    pub mapping: Mapping,
    /// Its values.
    pub values: Vec<OtherValue>,
}

/// A value of another source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherValue {
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// Our data, as a mapping names it.
    pub target: String,
    /// The value, in our unit of measure.
    pub value: String,
    /// Its line in the file.
    pub line: u32,
}

/// The payload of [`MAPPING_SAVED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingSaved {
    /// The name of the source, without its year.
    pub name: String,
    /// The mapping.
    pub mapping: Mapping,
    /// The places that a person confirmed or left out, by written name.
    pub places: BTreeMap<String, String>,
}

/// The payload of [`GAP_DECIDED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapDecided {
    /// The source.
    pub source: String,
    /// Its name, for posts that do not hold it.
    pub source_name: String,
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// Our data.
    pub target: String,
    /// `garder`, `corriger`, `expliquer`.
    pub decision: String,
    /// Why, in the person's words.
    pub reason: String,
    /// Our figure then; empty if there was none.
    pub ours: String,
    /// Theirs.
    pub theirs: String,
    /// The office of the person, as it was called that day.
    pub office: String,
    /// The day.
    pub day: Date,
}

/// A source, with its values.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its identifier: the subject of its entry.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The place for which it was imported.
    pub place: String,
    /// The file.
    pub file: String,
    /// The hash of the file.
    pub hash: String,
    /// The day.
    pub day: Date,
    /// Who imported it.
    pub office: String,
    /// How it was read.
    pub mapping: Mapping,
    /// Its values.
    pub values: Vec<OtherValue>,
}

/// A decision, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The source.
    pub source: String,
    /// Its name.
    pub source_name: String,
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// Our data.
    pub target: String,
    /// `garder`, `corriger`, `expliquer`.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Our figure then.
    pub ours: String,
    /// Theirs.
    pub theirs: String,
    /// Who decided.
    pub office: String,
    /// When.
    pub day: Date,
}

fn source_of(row: &Row) -> Result<Source, Failure> {
    let content: SourceLoaded =
        serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
    Ok(Source {
        id: row.text("id")?.to_owned(),
        office: row.text("office")?.to_owned(),
        name: content.name,
        place: content.place,
        file: content.file,
        hash: content.hash,
        day: content.day,
        mapping: content.mapping,
        values: content.values,
    })
}

/// All the sources that this post holds, the latest first.
///
/// # Errors
///
/// If the store fails, as for every function here.
pub fn sources(tx: &mut Tx<'_>) -> Result<Vec<Source>, Failure> {
    let rows = tx.query(include_str!("sql/sources.sql"), &[])?;
    rows.iter().map(source_of).collect()
}

/// A source.
///
/// # Errors
///
/// If the store fails.
pub fn source(tx: &mut Tx<'_>, id: &str) -> Result<Option<Source>, Failure> {
    let rows = tx.query(include_str!("sql/source.sql"), &[id.into()])?;
    rows.first().map(source_of).transpose()
}

/// The decisions about a source, or about all of them if it is empty, the earliest first.
///
/// # Errors
///
/// If the store fails.
pub fn decisions(tx: &mut Tx<'_>, source: &str) -> Result<Vec<Decided>, DbError> {
    let rows = match source.is_empty() {
        true => tx.query(include_str!("sql/decisions.sql"), &[])?,
        false => tx.query(include_str!("sql/decisions_of_source.sql"), &[source.into()])?,
    };
    rows.iter()
        .map(|row| {
            let text = |it: &str| row.text(it).map(str::to_owned);
            Ok(Decided {
                source: text("source")?,
                source_name: text("source_name")?,
                unit: text("unit")?,
                period: text("period")?,
                target: text("target")?,
                decision: text("decision")?,
                reason: text("reason")?,
                ours: text("ours")?,
                theirs: text("theirs")?,
                office: text("office")?,
                day: row.parse("day")?,
            })
        })
        .collect()
}

/// How a source of this name was read the last time.
///
/// # Errors
///
/// If the store fails.
pub fn saved(tx: &mut Tx<'_>, name: &str) -> Result<Option<MappingSaved>, Failure> {
    let rows = tx.query(include_str!("sql/mapping.sql"), &[key(name).into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    serde_json::from_slice(row.bytes("content")?).map(Some).map_err(Failure::broken)
}

/// The names of the sources that can be read as the last time.
///
/// # Errors
///
/// If the store fails.
pub(super) fn known(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    let rows = tx.query(include_str!("sql/mappings.sql"), &[])?;
    rows.iter().map(|it| Ok(it.text("name")?.to_owned())).collect()
}

/// A name without its year: « Annuaire sanitaire 2024 » and « annuaire sanitaire 2025 » are one.
pub(super) fn key(name: &str) -> String {
    let folded = kernel::search::fold(name);
    let is_year = |it: &&str| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit());
    let kept: Vec<&str> = folded.split(' ').filter(|it| !is_year(it)).collect();
    kept.join(" ")
}
