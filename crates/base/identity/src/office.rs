//! Offices: dated, bound to a place.

use std::fmt;
use std::str::FromStr;

use kernel::{Date, Id};
use serde::{Deserialize, Serialize};

/// The kinds of office that carry rights. Titles (« secrétaire général de Kati ») are free text;
/// names of organs change, the work does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeKind {
    /// Looks after the post: people, copies, updates. Cannot write content.
    Administrator,
    /// Secrétaire général or agent of a commune.
    MunicipalSecretary,
    /// Conseiller of the cercle, keeper of the OISE (CCC, today the CLOCSAD secretariat).
    CercleAdviser,
    /// Chargé de suivi of the region (CSR).
    RegionalOfficer,
    /// National cell (CCN; DNCT, today DGCT).
    NationalOfficer,
    /// Keeper of a register of partnerships: AMM, DJCD.
    RegisterKeeper,
    /// State representative who controls legality.
    StateRepresentative,
    /// Officer of a foreign partner.
    Partner,
    /// Person in charge of citizens' observations at an association (an antenne of AP/Mali, a
    /// committee of users). Never an office of the commune observed.
    CitizenModerator,
}

impl OfficeKind {
    /// All of them, in the order of the matrix.
    pub const ALL: [Self; 9] = [
        Self::Administrator,
        Self::MunicipalSecretary,
        Self::CercleAdviser,
        Self::RegionalOfficer,
        Self::NationalOfficer,
        Self::RegisterKeeper,
        Self::StateRepresentative,
        Self::Partner,
        Self::CitizenModerator,
    ];

    /// The word of addresses, tables and catalogue keys (`office-…`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::MunicipalSecretary => "municipal-secretary",
            Self::CercleAdviser => "cercle-adviser",
            Self::RegionalOfficer => "regional-officer",
            Self::NationalOfficer => "national-officer",
            Self::RegisterKeeper => "register-keeper",
            Self::StateRepresentative => "state-representative",
            Self::Partner => "partner",
            Self::CitizenModerator => "citizen-moderator",
        }
    }
}

impl fmt::Display for OfficeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for OfficeKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.word() == text).ok_or(())
    }
}

/// An office held by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its identifier.
    pub id: Id,
    /// The holder.
    pub person_id: Id,
    /// What it allows.
    pub kind: OfficeKind,
    /// As it is called there.
    pub title: String,
    /// The territory code to which its rights are bound.
    pub place: String,
    /// The first day.
    pub from: Date,
    /// The last day, if it ended or its end is known.
    pub to: Option<Date>,
}

impl Office {
    /// Whether it is held on this day.
    pub fn is_held_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|it| day <= it)
    }
}
