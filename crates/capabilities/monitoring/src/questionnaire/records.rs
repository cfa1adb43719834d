//! What the entries of the questionnaire carry. A released shape never changes its meaning.

use super::Change;
use super::tables::Sheet;
use kernel::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The national cell begins to prepare an edition, or says anew from when it will hold. Never
/// leaves the post.
pub const EDITION_STARTED: &str = "monitoring.edition-started";
/// A row of the edition in preparation was changed, or is as before again. Never leaves the post.
pub const EDITION_CHANGED: &str = "monitoring.edition-changed";
/// The edition in preparation was given up, or has been issued. Never leaves the post.
pub const EDITION_DROPPED: &str = "monitoring.edition-dropped";
/// An edition was issued: it reaches every post with the next package.
pub const EDITION_ISSUED: &str = "monitoring.edition-issued";
/// A person chose between two editions that met.
pub const EDITION_CHOSEN: &str = "monitoring.edition-chosen";
/// A whole questionnaire takes the place of the shipped one.
pub const QUESTIONNAIRE_ADOPTED: &str = "monitoring.questionnaire-adopted";

/// The kinds that change what is in force.
pub const DECIDING: [&str; 3] = [EDITION_ISSUED, EDITION_CHOSEN, QUESTIONNAIRE_ADOPTED];

/// The payload of [`EDITION_STARTED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionStarted {
    /// Its first quarter.
    pub from: String,
    /// What it is about, in the person's words.
    pub title: String,
}

/// The payload of [`EDITION_CHANGED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionChanged {
    /// The table.
    pub sheet: Sheet,
    /// The row.
    pub key: String,
    /// What the edition does to it; `None` leaves it as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// The payload of [`EDITION_DROPPED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionDropped {}

/// The payload of [`EDITION_ISSUED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionIssued {
    /// Its number; the first edition, which is loaded whole, is number 1.
    pub number: u32,
    /// Its first quarter.
    pub from: String,
    /// The mark of the edition that it changes.
    pub after: String,
    /// What it is about, in the person's words.
    pub title: String,
    /// The day on which it was issued.
    pub day: Date,
    /// What it changes, in order.
    pub changes: Vec<Change>,
}

/// The payload of [`EDITION_CHOSEN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionChosen {
    /// The mark of the edition that several follow.
    pub after: String,
    /// The short hash of the entry that issued the one that holds.
    pub chosen: String,
}

/// The payload of [`QUESTIONNAIRE_ADOPTED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireAdopted {
    /// Its first quarter, as it was announced.
    pub from: String,
    /// The day on which it was loaded.
    pub day: Date,
    /// The texts of its files, by their names.
    pub files: BTreeMap<String, String>,
}
