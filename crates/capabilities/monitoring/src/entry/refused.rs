//! Why what was typed in a form is not taken.

use crate::circuit;
use crate::questionnaire::CellId;
use crate::values;
use kernel::{Message, Reject};

/// Why a cell is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellRefused {
    /// It is not an answer to the question.
    #[error(transparent)]
    NotAnAnswer(#[from] values::Refused),
    /// The quarter does not take values now.
    #[error(transparent)]
    Circuit(#[from] circuit::Refused),
    /// Somebody changed the cell while the page was open.
    #[error("the cell was changed meanwhile to {theirs:?} by {who}")]
    Changed {
        /// What it holds now; empty if it was emptied.
        theirs: String,
        /// Who changed it; empty if it is not known here.
        who: String,
    },
    /// Another person is typing it.
    #[error("the cell is being typed by {who}")]
    Theirs {
        /// Who; empty if it is not known here.
        who: String,
    },
    /// The cell is not one of this form.
    #[error("no such cell on this form")]
    NoCell,
    /// The comment is too long.
    #[error("the comment is too long")]
    LongComment,
}

impl Reject for CellRefused {
    fn message(&self) -> Message {
        match self {
            Self::NotAnAnswer(it) => it.message(),
            Self::Circuit(it) => it.message(),
            Self::Changed { theirs, who } => {
                let key = match (theirs.is_empty(), who.is_empty()) {
                    (true, _) => "entry-changed-empty",
                    (false, true) => "entry-changed-unknown",
                    (false, false) => "entry-changed",
                };
                Message::new(key).with("theirs", theirs).with("who", who)
            }
            Self::Theirs { who } => Message::new("entry-theirs").with("who", who),
            Self::NoCell => Message::new("entry-no-cell"),
            Self::LongComment => {
                Message::new("entry-long-comment").with("longest", crate::circuit::LONGEST)
            }
        }
    }
}

/// All that is refused of a form, in its order; a refusal of the whole form has no cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusals(pub Vec<(Option<CellId>, CellRefused)>);
