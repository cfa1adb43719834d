//! What was met on the way, counted, with the first places.

use crate::Position;
use std::collections::BTreeMap;

/// So many places are named of each kind of thing met.
const NAMED: usize = 12;

/// A kind of thing met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A cell whose value was computed by a formula when the file was saved.
    Formula,
    /// A formula whose value the file does not hold: the cell is empty.
    FormulaWithoutValue,
    /// A mistake of the spreadsheet, such as `#REF!`.
    Fault,
    /// Cells joined into one: only the first holds the value.
    Merged,
    /// A line that its author hid; it was read.
    HiddenRow,
    /// A column that its author hid; it was read.
    HiddenColumn,
    /// A sheet that its author hid; it was read.
    HiddenSheet,
    /// The text is not in UTF-8: it was read as Windows-1252.
    OtherEncoding,
    /// Words spoilt by a wrong encoding (« CommunautÃ© »), set right.
    Mojibake,
    /// Words spoilt by a wrong encoding that cannot be set right.
    Lost,
    /// A number with spaces, commas or a unit mark, kept as text by the file; it was read.
    NumberAsText,
    /// A day kept as text by the file; it was read.
    DateAsText,
    /// A share.
    Percent,
    /// A line with more cells than the headings.
    LongLine,
}

impl Kind {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Formula => "tables-note-formula",
            Self::FormulaWithoutValue => "tables-note-formula-empty",
            Self::Fault => "tables-note-fault",
            Self::Merged => "tables-note-merged",
            Self::HiddenRow => "tables-note-hidden-row",
            Self::HiddenColumn => "tables-note-hidden-column",
            Self::HiddenSheet => "tables-note-hidden-sheet",
            Self::OtherEncoding => "tables-note-encoding",
            Self::Mojibake => "tables-note-mojibake",
            Self::Lost => "tables-note-lost",
            Self::NumberAsText => "tables-note-number-as-text",
            Self::DateAsText => "tables-note-date-as-text",
            Self::Percent => "tables-note-percent",
            Self::LongLine => "tables-note-long-line",
        }
    }
}

/// A kind of thing met, how often, and where first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What.
    pub kind: Kind,
    /// How often.
    pub count: usize,
    /// The first places.
    pub at: Vec<Position>,
}

/// Everything met, by kind.
#[derive(Clone, Debug, Default)]
pub struct Notes(BTreeMap<Kind, Note>);

impl Notes {
    pub(crate) fn add(&mut self, kind: Kind, at: impl FnOnce() -> Position) {
        let note = self.0.entry(kind).or_insert_with(|| Note { kind, count: 0, at: Vec::new() });
        note.count += 1;
        if note.at.len() < NAMED {
            note.at.push(at());
        }
    }

    pub(crate) fn settle(&mut self) {
        for it in self.0.values_mut() {
            it.at.sort();
        }
    }

    /// The notes, what asks for most care first.
    pub fn iter(&self) -> impl Iterator<Item = &Note> {
        self.0.values()
    }

    /// How often something was met.
    pub fn count(&self, kind: Kind) -> usize {
        self.0.get(&kind).map_or(0, |it| it.count)
    }
}
