//! Support that a commune asks of its centre (J2.8): the request is logged, given to somebody who
//! provides it, and closed with a report. The log of a quarter is offered beside the cells that
//! count requests and support given; it never writes them.

mod acts;
mod count;
pub(crate) mod fold;
mod pages;
mod read;
mod refused;

pub use acts::{Asking, Closing, ask, assign, close};
pub use count::{Counts, counts};
pub use pages::{of_place, waiting};
pub use read::{Fate, Request, Step, request, requests};
pub use refused::Refused;

pub(crate) use count::{DELIVERED, DIMENSION, RECEIVED};
pub(crate) use pages::{href, routes};

use kernel::Date;
use serde::{Deserialize, Serialize};

/// A commune asks for support.
pub const SUPPORT_ASKED: &str = "monitoring.support-asked";
/// The request is given to a provider.
pub const SUPPORT_ASSIGNED: &str = "monitoring.support-assigned";
/// The request is closed: support was given, or none will be.
pub const SUPPORT_CLOSED: &str = "monitoring.support-closed";

/// Its words, French and English.
pub(crate) fn words() -> (&'static str, &'static str) {
    (include_str!("support/fr.ftl"), include_str!("support/en.ftl"))
}

/// What kind of provider somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// The centre itself.
    #[default]
    Centre,
    /// A technical service of the State.
    Service,
    /// An association.
    Association,
    /// A consultancy or a company.
    Bureau,
    /// Another local government.
    Collectivite,
    /// A partner from abroad.
    Partenaire,
    /// Somebody else.
    Autre,
}

impl Provider {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 7] = [
        Self::Centre,
        Self::Service,
        Self::Association,
        Self::Bureau,
        Self::Collectivite,
        Self::Partenaire,
        Self::Autre,
    ];

    /// The word in forms, entries and at the end of catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Centre => "centre",
            Self::Service => "service",
            Self::Association => "association",
            Self::Bureau => "bureau",
            Self::Collectivite => "collectivite",
            Self::Partenaire => "partenaire",
            Self::Autre => "autre",
        }
    }

    /// The provider of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// The payload of [`SUPPORT_ASKED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportAsked {
    /// The commune.
    pub commune: String,
    /// The area, by its code in the questionnaire.
    pub domain: String,
    /// What is asked.
    pub text: String,
    /// The day on which the commune asked: its quarter counts the request.
    pub asked_on: Date,
    /// The office of the person who logs it.
    pub office: String,
    /// The day on which it is logged.
    pub day: Date,
}

/// The payload of [`SUPPORT_ASSIGNED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportAssigned {
    /// The short hash of the request.
    pub request: String,
    /// One more than the highest number that the writer had read.
    pub number: i64,
    /// Who provides the support.
    pub provider: String,
    /// What kind of provider.
    pub kind: Provider,
    /// The office of the person who assigns it.
    pub office: String,
    /// The day.
    pub day: Date,
}

/// The payload of [`SUPPORT_CLOSED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportClosed {
    /// The short hash of the request.
    pub request: String,
    /// As in [`SupportAssigned`].
    pub number: i64,
    /// Whether support was given; otherwise the request is left without any.
    pub done: bool,
    /// The report, or why there is none.
    pub report: String,
    /// The day on which the support ended: its quarter counts it.
    pub closed_on: Date,
    /// The office of the person who closes it.
    pub office: String,
    /// The day on which it is written down.
    pub day: Date,
}
