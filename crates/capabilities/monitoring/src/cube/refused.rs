//! Why a question is not answered.

use kernel::{Message, Reject};

/// Part of a question cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such place, or it was not part of the circuit in any of the periods.
    #[error("unknown place {0:?}")]
    Place(String),
    /// Too many values are asked for at once.
    #[error("more than {most} values")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// Only those entitled to the place may ask this of it.
    #[error("not for everybody: {0:?}")]
    NotYours(String),
    /// The measure cannot be used for this.
    #[error("not usable here: {0:?}")]
    Measure(String),
}

impl Refused {
    /// The parameter at fault, as it stands in the address.
    pub fn parameter(&self) -> &'static str {
        match self {
            Self::Place(_) | Self::NotYours(_) => "lieu",
            Self::TooMany { .. } => "lieu, periode",
            Self::Measure(_) => "mesure",
        }
    }
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::Place(found) => Message::new("cube-refused-place").with("found", found),
            Self::TooMany { most } => Message::new("cube-refused-too-many").with("most", most),
            Self::NotYours(place) => Message::new("cube-refused-not-yours").with("place", place),
            Self::Measure(found) => Message::new("cube-refused-measure").with("found", found),
        }
    }
}
