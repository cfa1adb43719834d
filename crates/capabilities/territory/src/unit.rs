//! The nouns of the territory: units, their dated versions, their populations, their villages.

use std::fmt;
use std::str::FromStr;

use kernel::Date;
use serde::{Deserialize, Serialize};

/// The level of a unit. Written in lower case without accents, as in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A country.
    Pays,
    /// A region, of Mali, Senegal or elsewhere.
    Region,
    /// The District of Bamako, which is not a cercle.
    District,
    /// A cercle of Mali.
    Cercle,
    /// A department of Senegal.
    Departement,
    /// A city of Senegal that groups communes.
    Ville,
    /// A commune.
    Commune,
    /// Not a local government: the place in the tree of units whose parent no source gives.
    Inconnu,
}

impl Level {
    /// All levels, from the widest.
    pub const ALL: [Self; 8] = [
        Self::Pays,
        Self::Region,
        Self::District,
        Self::Cercle,
        Self::Departement,
        Self::Ville,
        Self::Commune,
        Self::Inconnu,
    ];

    /// The word stored, also the end of its key in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pays => "pays",
            Self::Region => "region",
            Self::District => "district",
            Self::Cercle => "cercle",
            Self::Departement => "departement",
            Self::Ville => "ville",
            Self::Commune => "commune",
            Self::Inconnu => "inconnu",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The word is not a level.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a level of the territory: {0:?}")]
pub struct ParseLevelError(pub String);

impl FromStr for Level {
    type Err = ParseLevelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|it| it.word() == text)
            .ok_or_else(|| ParseLevelError(text.to_owned()))
    }
}

/// What does not change about a unit whatever the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The code in addresses.
    pub code: String,
    /// The root of its tree: `ML`, `SN`, `EX-NATION`.
    pub country: String,
    /// Its level.
    pub level: Level,
    /// What the source says of its kind: `urbaine`, `rurale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The code that its State gives it, where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
    /// Other spellings, for the search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The earlier unit of the same name: a hint, never a passage table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<String>,
    /// Latitude in degrees, as the source writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<String>,
    /// Longitude in degrees, as the source writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<String>,
    /// What the point stands for, as the source says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point_kind: Option<String>,
    /// Where this line comes from.
    pub source: String,
    /// Written for an example: no such place exists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invented: bool,
}

/// A unit as it is between two days: its name and its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The unit.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The unit above, absent at the top of a tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The first day; absent when the source does not go back so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The first day on which it is no longer so; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// No source gives the unit above: the parent says only where it was last known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unknown_parent: bool,
    /// Its kind from that day, where a reform changed it; else that of the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl Version {
    /// Whether the unit is so on this day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|it| it <= day) && self.valid_to.is_none_or(|it| day < it)
    }
}

/// A population, in persons, by year and source. Two sources of one year stay side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// The unit.
    pub code: String,
    /// The year counted.
    pub year: i64,
    /// Who counted, and what.
    pub source: String,
    /// Persons.
    pub persons: i64,
    /// Households, where they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<i64>,
    /// The day on which the source corrected its own figure of that year; absent for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Date>,
}

/// A village, fraction or quarter, as counted in 2009.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locality {
    /// The census code.
    pub code: String,
    /// The commune that holds it.
    pub commune: String,
    /// The name in the capitals of the source.
    pub name: String,
    /// `urbain` or `rural`.
    pub setting: String,
    /// Persons.
    pub persons: i64,
    /// Women.
    pub women: i64,
    /// Men.
    pub men: i64,
    /// Households.
    pub households: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_holds_from_its_first_day_to_the_eve_of_its_end() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let version = Version {
            code: "ML010101".to_owned(),
            name: "Bafoulabé".to_owned(),
            parent: Some("ML0101".to_owned()),
            valid_from: Some(day("1996-11-04")),
            valid_to: Some(day("2023-03-13")),
            unknown_parent: false,
            kind: None,
        };
        for (on, expected) in [
            ("1996-11-03", false),
            ("1996-11-04", true),
            ("2023-03-12", true),
            ("2023-03-13", false),
        ] {
            assert_eq!(version.holds_on(day(on)), expected, "{on}");
        }
    }

    #[test]
    fn every_level_reads_back_what_it_writes() {
        for level in Level::ALL {
            assert_eq!(level.to_string().parse(), Ok(level));
            assert_eq!(serde_json::to_string(&level).unwrap(), format!("\"{level}\""));
        }
        assert!("canton".parse::<Level>().is_err());
    }
}
