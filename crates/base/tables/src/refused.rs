//! Why a file is not read at all.

use kernel::{Message, Reject};

/// Nothing of the file was read. The sentences are in `fr.ftl` and
/// `en.ftl`, under `tables-…`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// More bytes than are taken in.
    #[error("{bytes} bytes, {most} at most")]
    TooLarge {
        /// Its bytes.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// There is nothing in it.
    #[error("nothing in it")]
    Empty,
    /// A picture, a PDF, a program: no table.
    #[error("not a table")]
    NotATable,
    /// An `.xls` of before 2007, or a workbook under a password: both begin alike.
    #[error("an old Excel file, or one under a password")]
    OldOrProtected,
    /// A workbook that carries a program.
    #[error("it carries macros")]
    Macros,
    /// A part cannot be read.
    #[error("damaged at {part}")]
    Damaged {
        /// The part of the file, or what is wrong with it.
        part: String,
    },
    /// It would unpack into far more than it is.
    #[error("it unpacks into too much")]
    Bomb,
    /// More of something than is read.
    #[error("more than {most} {what}")]
    TooMany {
        /// `sheets`, `rows`, `columns`, `cells`, `texts`, `parts`.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// A cell longer than any cell: most often a quotation mark that nobody closed.
    #[error("the cell that begins at line {line} has no end")]
    Endless {
        /// Where it begins.
        line: u32,
    },
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::TooLarge { bytes, most } => Message::new("tables-too-large")
                .with("size", bytes.div_ceil(1 << 20))
                .with("most", most >> 20),
            Self::Empty => Message::new("tables-empty"),
            Self::NotATable => Message::new("tables-not-a-table"),
            Self::OldOrProtected => Message::new("tables-old"),
            Self::Macros => Message::new("tables-macros"),
            Self::Damaged { part } => Message::new("tables-damaged").with("part", part),
            Self::Bomb => Message::new("tables-bomb"),
            Self::TooMany { what, most } => {
                Message::new(format!("tables-too-many-{what}")).with("most", most)
            }
            Self::Endless { line } => Message::new("tables-endless").with("line", line),
        }
    }
}
