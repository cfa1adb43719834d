//! Reforms of the map as signed, dated acts: create, divide, join, rename, move, end, change of
//! kind, the official list of a country, and the undoing of any of these.
//!
//! The map of a country is woven anew from what is known of it, always in the same order: first
//! what ships with the program, then the acts in the order in which they were written (by the clock
//! of their author, then by hash). So it does not matter in which order a post learns them. An act
//! that no longer fits is set aside with the reason, and a person decides; it is never dropped in
//! silence.

mod enter;
mod refused;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod weave;

use kernel::Date;
use serde::{Deserialize, Serialize};

use crate::lineage::{Edge, Share};
use crate::{Level, Load};

pub use enter::{
    Change, Changed, Counted, Preview, Undone, enter, enter_list, preview, preview_undo, undo,
};
pub use refused::ReformRefused;
pub use store::{Act, State, act, acts};

pub(crate) use enter::preview_list;
pub(crate) use rules::{is_code, is_name, rank};
pub(crate) use store::{apply, changed_by_reforms, put_shipped, rank_of};

/// The kind of entry that changes the map: its payload is a [`Reform`].
pub const REFORM_ENTERED: &str = "territory.reform-entered";

/// The kind of entry that undoes a reform or a list: its payload is an [`Undoing`].
pub const REFORM_UNDONE: &str = "territory.reform-undone";

/// The kind of entry that loads the official list of a country: its payload is a [`List`].
pub const LIST_LOADED: &str = "territory.list-loaded";

/// A change of the map on a day, and the text that orders it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reform {
    /// The code of the country.
    pub country: String,
    /// The first day of the new map.
    pub day: Date,
    /// The text.
    pub text: LegalText,
    /// What changes.
    pub operation: Operation,
}

/// The law or decree of a reform.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalText {
    /// « Loi portant création des circonscriptions administratives ».
    pub title: String,
    /// « 2023-007 ».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Its date, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// « Loi portant création des circonscriptions administratives (2023-007) ».
impl std::fmt::Display for LegalText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.title)?;
        if self.number.is_empty() { Ok(()) } else { write!(f, " ({})", self.number) }
    }
}

/// What a reform changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "kebab-case")]
pub enum Operation {
    /// A unit that comes from no other.
    Create {
        /// The unit.
        unit: NewUnit,
    },
    /// A unit is divided.
    Split {
        /// The unit.
        unit: String,
        /// What it becomes: two parts at least. One of them may bear its own code.
        parts: Vec<Piece>,
    },
    /// Units are joined into one. One unit alone may so become another, of another level or code.
    Merge {
        /// The units, the one that goes on included.
        units: Vec<Source>,
        /// The code of the unit that holds them all.
        into: String,
        /// That unit, if it is new.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new: Option<NewUnit>,
    },
    /// A unit takes another name.
    Rename {
        /// The unit.
        unit: String,
        /// Its new name.
        name: String,
    },
    /// Units are attached to another one.
    Move {
        /// The units.
        units: Vec<String>,
        /// The unit above them from that day.
        parent: String,
    },
    /// A unit ends without a successor.
    Close {
        /// The unit.
        unit: String,
    },
    /// A unit changes its kind: from rural to urban.
    Kind {
        /// The unit.
        unit: String,
        /// Its new kind.
        kind: String,
    },
}

impl Operation {
    /// The word stored, also the end of its key in the catalogues.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Split { .. } => "split",
            Self::Merge { .. } => "merge",
            Self::Rename { .. } => "rename",
            Self::Move { .. } => "move",
            Self::Close { .. } => "close",
            Self::Kind { .. } => "kind",
        }
    }

    /// The codes of the units concerned, those of before and those of after.
    pub fn units(&self) -> Vec<&str> {
        let mut out: Vec<&str> = match self {
            Self::Create { unit } => vec![&unit.code],
            Self::Split { unit, parts } => {
                let takes = parts.iter().flat_map(|it| it.takes.iter().map(String::as_str));
                let takers = parts.iter().map(Piece::code);
                std::iter::once(unit.as_str()).chain(takers).chain(takes).collect()
            }
            Self::Merge { units, into, .. } => std::iter::once(into.as_str())
                .chain(units.iter().map(|it| it.code.as_str()))
                .collect(),
            Self::Rename { unit, .. } | Self::Close { unit } | Self::Kind { unit, .. } => {
                vec![unit]
            }
            Self::Move { units, parent } => {
                units.iter().chain([parent]).map(String::as_str).collect()
            }
        };
        let mut seen = Vec::new();
        out.retain(|it| {
            let first = !seen.contains(it);
            seen.push(*it);
            first
        });
        out
    }
}

/// A unit that begins with a reform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    /// Its code in addresses.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The unit above it.
    pub parent: String,
    /// `urbaine`, `rurale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The code that its State gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
}

/// A part of a divided unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The unit that takes it.
    pub taker: Taker,
    /// The part of the figures that it takes; unknown for all parts or for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// The units directly under the divided one that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<String>,
}

impl Piece {
    /// The code of the unit that takes the part.
    pub fn code(&self) -> &str {
        match &self.taker {
            Taker::Known(code) => code,
            Taker::New(unit) => &unit.code,
        }
    }
}

/// Who takes a part of a divided unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taker {
    /// The divided unit itself, which goes on, or a neighbour.
    Known(String),
    /// A new unit.
    New(NewUnit),
}

/// A unit that is joined with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its code.
    pub code: String,
    /// The part of the new unit that it was, to read later figures under the map of before;
    /// unknown for all units or for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Share>,
}

/// The undoing of a reform or of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoing {
    /// The code of the country.
    pub country: String,
    /// The mark of the act undone.
    pub act: String,
}

/// The official list of the units of a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The code of the country.
    pub country: String,
    /// Its lines.
    pub load: Load,
    /// What it says of former units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lineage: Vec<Passed>,
}

/// An edge of the lineage, dated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// The first day of the new unit.
    pub day: Date,
    /// What passes.
    pub edge: Edge,
}
