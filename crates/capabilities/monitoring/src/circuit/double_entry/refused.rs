//! The rules of keying twice.

use super::super::refused;
use crate::entry::CellRefused;
use crate::questionnaire::CellId;
use crate::values;
use kernel::{Message, Quarter, Reject};

/// Why a draw, a second keying or a decision is refused. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The seed is empty or too long.
    #[error("a seed has 1 to {longest} characters")]
    Seed {
        /// The most characters.
        longest: usize,
    },
    /// The share is none.
    #[error("a share is 1 to 100 percent")]
    Share,
    /// No form is filled in.
    #[error("nothing is keyed for {quarter}")]
    NothingKeyed {
        /// The quarter.
        quarter: Quarter,
    },
    /// The form is in no draw.
    #[error("the form was not drawn")]
    NotDrawn,
    /// The second person is the first.
    #[error("the same person keyed the form first")]
    SamePerson,
    /// Somebody else has begun.
    #[error("another person is keying the form")]
    OtherPerson,
    /// The second keying is finished.
    #[error("the second keying is finished")]
    Finished,
    /// Cells that are no answers: the rule, or none if the cell is not on the form.
    #[error("{} cells are no answers", .0.len())]
    Cells(Vec<(CellId, Option<values::Refused>)>),
    /// The two agree on this cell, or the second is not finished.
    #[error("nothing differs there")]
    NoDifference,
    /// The quarter is closed.
    #[error("{quarter} is closed")]
    Locked {
        /// The quarter.
        quarter: Quarter,
    },
    /// The reason.
    #[error(transparent)]
    Reason(refused::Refused),
    /// The value decided on.
    #[error(transparent)]
    Cell(CellRefused),
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::Seed { longest } => Message::new("second-seed").with("longest", longest),
            Self::Share => Message::new("second-share"),
            Self::NothingKeyed { quarter } => {
                Message::new("second-nothing-keyed").with("quarter", quarter)
            }
            Self::NotDrawn => Message::new("second-not-drawn"),
            Self::SamePerson => Message::new("second-same-person"),
            Self::OtherPerson => Message::new("second-other-person"),
            Self::Finished => Message::new("second-finished"),
            Self::Cells(cells) => Message::new("second-cells").with("count", cells.len()),
            Self::NoDifference => Message::new("second-no-difference"),
            Self::Locked { quarter } => Message::new("second-locked").with("quarter", quarter),
            Self::Reason(it) => it.message(),
            Self::Cell(it) => it.message(),
        }
    }
}
