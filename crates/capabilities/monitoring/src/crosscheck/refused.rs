//! Why a cross-check does not go on.

use kernel::{Message, Reject};

/// A rule of the cross-check that was broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A field of the form must be filled, or cannot be used.
    #[error("{key} ({field}): {found}")]
    Field {
        /// The field of the form.
        field: String,
        /// The key of the sentence.
        key: &'static str,
        /// What was typed.
        found: String,
    },
    /// The same file was loaded before.
    #[error("loaded before")]
    LoadedBefore,
    /// The file holds no value under this mapping.
    #[error("no value")]
    Nothing,
    /// Lines of the file cannot be used: nothing of it is.
    #[error("{0} faults")]
    Faults(usize),
    /// A decision is not one of the three, or there is no such gap.
    #[error("no such gap")]
    NoGap,
    /// A decision says why.
    #[error("no reason")]
    NoReason,
    /// The reason is too long.
    #[error("reason too long")]
    LongReason,
    /// What is proposed is not one cell of one form: it must be looked at, not taken.
    #[error("not one cell")]
    NotOneCell,
    /// The cell is refused by the form.
    #[error("the form refuses")]
    Cell(Message),
}

impl Refused {
    pub(super) fn field(field: impl Into<String>, key: &'static str, found: &str) -> Self {
        Self::Field { field: field.into(), key, found: found.to_owned() }
    }
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::Field { key, found, .. } => Message::new(*key).with("found", found),
            Self::LoadedBefore => Message::new("crosscheck-loaded-before"),
            Self::Nothing => Message::new("crosscheck-nothing"),
            Self::Faults(count) => Message::new("crosscheck-faults").with("count", count),
            Self::NoGap => Message::new("crosscheck-no-gap"),
            Self::NoReason => Message::new("crosscheck-no-reason"),
            Self::LongReason => Message::new("crosscheck-long-reason"),
            Self::NotOneCell => Message::new("crosscheck-not-one-cell"),
            Self::Cell(it) => it.clone(),
        }
    }
}
