//! The rules of the log of support.

use kernel::{Date, Language, Message, Reject};

/// Why something is not written down. Nothing was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The place is no commune.
    #[error("{0} is no commune")]
    NotACommune(String),
    /// There is no such area.
    #[error("there is no such area")]
    NoDomain,
    /// Nothing was written where words are needed.
    #[error("{field} is empty")]
    Empty {
        /// The field of the form.
        field: &'static str,
    },
    /// The words are too long.
    #[error("{field} is longer than {longest} characters")]
    Long {
        /// The field of the form.
        field: &'static str,
        /// The most characters.
        longest: usize,
    },
    /// What was typed is no date, or lies in the future.
    #[error("{field} is no day until today")]
    Day {
        /// The field of the form.
        field: &'static str,
        /// Today.
        today: Date,
    },
    /// The day lies too far back.
    #[error("{field} lies before {oldest}")]
    Old {
        /// The field of the form.
        field: &'static str,
        /// The first day that is taken.
        oldest: Date,
    },
    /// Support cannot end before it was asked for.
    #[error("support ended before {asked}")]
    BeforeAsked {
        /// The day of the request.
        asked: Date,
    },
    /// The request is closed.
    #[error("the request is closed")]
    Closed,
}

impl Refused {
    /// The field of the form that it is about.
    pub fn field(&self) -> &'static str {
        match self {
            Self::NotACommune(_) => "commune",
            Self::NoDomain => "domaine",
            Self::Empty { field }
            | Self::Long { field, .. }
            | Self::Day { field, .. }
            | Self::Old { field, .. } => field,
            Self::BeforeAsked { .. } => "jour",
            Self::Closed => "faire",
        }
    }
}

impl Reject for Refused {
    fn message(&self) -> Message {
        let day = |it: &Date| Language::French.short_date(*it);
        match self {
            Self::NotACommune(name) => Message::new("support-not-a-commune").with("place", name),
            Self::NoDomain => Message::new("support-no-domain"),
            Self::Empty { field: "prestataire" } => Message::new("support-no-provider"),
            Self::Empty { field: "compte" } => Message::new("support-no-report"),
            Self::Empty { .. } => Message::new("support-no-text"),
            Self::Long { longest, .. } => Message::new("support-long").with("longest", longest),
            Self::Day { today, .. } => Message::new("support-day").with("today", day(today)),
            Self::Old { oldest, .. } => Message::new("support-old").with("oldest", day(oldest)),
            Self::BeforeAsked { asked } => Message::new("support-before").with("asked", day(asked)),
            Self::Closed => Message::new("support-closed"),
        }
    }
}
