//! The rules that a reform can break.

use kernel::{Date, Message, Reject};

/// The rules of a change of the map. Each names the field of the form at fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReformRefused {
    /// The unit does not exist on that day (or on its eve, for one that ends).
    #[error("{code:?} does not exist on {day}")]
    NotAlive {
        /// The field at fault.
        field: &'static str,
        /// The unit.
        code: String,
        /// The day.
        day: Date,
    },
    /// The country itself can neither move nor end.
    #[error("{0:?} is the country")]
    IsCountry(String),
    /// Another unit has this code, or had it.
    #[error("the code {0:?} is taken")]
    CodeTaken(String),
    /// The text is no code.
    #[error("{0:?} is no code")]
    BadCode(String),
    /// No name is written, or it is too long.
    #[error("{0:?} is no name")]
    BadName(String),
    /// Such units are not made by a reform.
    #[error("no such level")]
    BadLevel,
    /// The unit above does not exist on that day.
    #[error("{parent:?} does not exist on {day}")]
    NoParent {
        /// The unit above.
        parent: String,
        /// The day.
        day: Date,
    },
    /// The level of the unit above is not above.
    #[error("{parent:?} is not above {unit:?}")]
    NotAbove {
        /// The unit.
        unit: String,
        /// The unit given as above.
        parent: String,
    },
    /// The unit would lie under itself.
    #[error("{unit:?} would lie under itself")]
    Circle {
        /// The unit.
        unit: String,
    },
    /// Units under it would have nothing above.
    #[error("{count} units under {unit:?} go nowhere")]
    Orphans {
        /// The unit.
        unit: String,
        /// How many.
        count: usize,
        /// Some of their codes.
        codes: String,
    },
    /// A unit named as going with a part does not lie under the divided one.
    #[error("{code:?} is not under {unit:?}")]
    NotUnder {
        /// The unit named.
        code: String,
        /// The unit divided.
        unit: String,
    },
    /// The same unit is named twice.
    #[error("{0:?} is named twice")]
    Twice(String),
    /// A division needs two parts.
    #[error("fewer than two parts")]
    OnePart,
    /// A union needs two units, or a new one.
    #[error("fewer than two units")]
    OneUnit,
    /// The units joined or the taker of a part are not of one level.
    #[error("{0:?} is of another level")]
    OtherLevel(String),
    /// Some shares are known and others are not.
    #[error("some shares only")]
    SomeShares,
    /// The shares do not make up the whole.
    #[error("the shares do not make up the whole")]
    NotWhole,
    /// A share is no share.
    #[error("{0:?} is no share")]
    BadShare(String),
    /// The unit changes again later, so that it cannot end or be divided before.
    #[error("{code:?} changes on {day}")]
    ChangesLater {
        /// The unit.
        code: String,
        /// The later day.
        day: Date,
    },
    /// Nothing would change.
    #[error("nothing changes")]
    NothingChanges,
    /// Acts that hold today would no longer fit.
    #[error("would break {acts}")]
    WouldBreak {
        /// Their titles.
        acts: String,
    },
    /// No text is named.
    #[error("no text")]
    NoText,
    /// A text is too long.
    #[error("too long")]
    TooLong {
        /// The field at fault.
        field: &'static str,
    },
    /// The text is no date.
    #[error("{value:?} is no date")]
    BadDate {
        /// The field at fault.
        field: &'static str,
        /// What was typed.
        value: String,
    },
    /// No reason is written.
    #[error("no reason")]
    NoReason,
    /// There is no such act, or it is undone already.
    #[error("no such act")]
    NoAct,
    /// The lines of a list leave units without anything above them.
    #[error("{count} units without a parent")]
    ListOrphans {
        /// How many.
        count: usize,
        /// Some of their codes.
        codes: String,
    },
}

impl ReformRefused {
    /// The field of the form to correct.
    pub fn field(&self) -> &'static str {
        match self {
            Self::NotAlive { field, .. }
            | Self::TooLong { field }
            | Self::BadDate { field, .. } => field,
            Self::IsCountry(_) | Self::OnePart | Self::OneUnit | Self::NothingChanges => "unite",
            Self::CodeTaken(_) | Self::BadCode(_) => "code",
            Self::BadName(_) => "nom",
            Self::BadLevel => "niveau",
            Self::NoParent { .. } | Self::NotAbove { .. } | Self::Circle { .. } => "parent",
            Self::Orphans { .. } | Self::NotUnder { .. } | Self::Twice(_) | Self::OtherLevel(_) => {
                "sous"
            }
            Self::SomeShares | Self::NotWhole | Self::BadShare(_) => "part",
            Self::ChangesLater { .. } | Self::WouldBreak { .. } => "jour",
            Self::NoText => "texte",
            Self::NoReason | Self::NoAct => "motif",
            Self::ListOrphans { .. } => "fichier",
        }
    }
}

impl Reject for ReformRefused {
    fn message(&self) -> Message {
        match self {
            Self::NotAlive { code, day, .. } => {
                Message::new("reform-not-alive").with("code", code).with("day", day)
            }
            Self::IsCountry(code) => Message::new("reform-is-country").with("code", code),
            Self::CodeTaken(code) => Message::new("reform-code-taken").with("code", code),
            Self::BadCode(code) => Message::new("reform-bad-code").with("code", code),
            Self::BadName(name) => Message::new("reform-bad-name").with("name", name),
            Self::BadLevel => Message::new("reform-bad-level"),
            Self::NoParent { parent, day } => {
                Message::new("reform-no-parent").with("parent", parent).with("day", day)
            }
            Self::NotAbove { unit, parent } => {
                Message::new("reform-not-above").with("unit", unit).with("parent", parent)
            }
            Self::Circle { unit } => Message::new("reform-circle").with("unit", unit),
            Self::Orphans { unit, count, codes } => Message::new("reform-orphans")
                .with("unit", unit)
                .with("count", count)
                .with("codes", codes),
            Self::NotUnder { code, unit } => {
                Message::new("reform-not-under").with("code", code).with("unit", unit)
            }
            Self::Twice(code) => Message::new("reform-twice").with("code", code),
            Self::OnePart => Message::new("reform-one-part"),
            Self::OneUnit => Message::new("reform-one-unit"),
            Self::OtherLevel(code) => Message::new("reform-other-level").with("code", code),
            Self::SomeShares => Message::new("reform-some-shares"),
            Self::NotWhole => Message::new("reform-not-whole"),
            Self::BadShare(text) => Message::new("reform-bad-share").with("text", text),
            Self::ChangesLater { code, day } => {
                Message::new("reform-changes-later").with("code", code).with("day", day)
            }
            Self::NothingChanges => Message::new("reform-nothing-changes"),
            Self::WouldBreak { acts } => Message::new("reform-would-break").with("acts", acts),
            Self::NoText => Message::new("reform-no-text"),
            Self::TooLong { .. } => Message::new("reform-too-long").with("limit", LONGEST),
            Self::BadDate { value, .. } => Message::new("reform-bad-date").with("value", value),
            Self::NoReason => Message::new("reform-no-reason"),
            Self::NoAct => Message::new("reform-no-act"),
            Self::ListOrphans { count, codes } => {
                Message::new("reform-list-orphans").with("count", count).with("codes", codes)
            }
        }
    }
}

/// The longest name, title or reason, in letters.
pub(crate) const LONGEST: usize = 300;
