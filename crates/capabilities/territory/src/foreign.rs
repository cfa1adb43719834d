//! Local governments of other countries: one record each, whatever the spelling.

use std::fmt;
use std::str::FromStr;

use kernel::Id;
use kernel::search::fold;
use serde::{Deserialize, Serialize};

/// What kind of local government it is in its own country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForeignLevel {
    /// A commune, a town, a municipality.
    Commune,
    /// A department.
    Departement,
    /// A region.
    Region,
    /// Several communes together: a community, a county of municipalities.
    Intercommunalite,
    /// The source does not say.
    NonPrecise,
}

impl ForeignLevel {
    /// All levels.
    pub const ALL: [Self; 5] =
        [Self::Commune, Self::Departement, Self::Region, Self::Intercommunalite, Self::NonPrecise];

    /// The word stored, also the end of its key in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Departement => "departement",
            Self::Region => "region",
            Self::Intercommunalite => "intercommunalite",
            Self::NonPrecise => "non-precise",
        }
    }
}

impl fmt::Display for ForeignLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for ForeignLevel {
    type Err = crate::ParseLevelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|it| it.word() == text)
            .ok_or_else(|| crate::ParseLevelError(text.to_owned()))
    }
}

/// A local government of another country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// Its identifier, the same on every post.
    pub id: Id,
    /// The country today, ISO 3166-1 alpha-2.
    pub country: String,
    /// Its level.
    pub level: ForeignLevel,
    /// Its official name, in its usual spelling.
    pub name: String,
    /// Every spelling found in a source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What a source says of the country of then: « ex-URSS », « Yougoslavie ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_note: Option<String>,
}

impl Foreign {
    /// The identifier of this name in this country: accents and case do not make another town.
    /// Levels do: the department of Ain is not a commune.
    pub fn identify(country: &str, level: ForeignLevel, name: &str) -> Id {
        let mut hasher = blake3::Hasher::new();
        for part in ["territory.foreign", country, level.word(), &fold(name)] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Id::from_hash(bytes)
    }

    /// A record of this name, without other spellings yet.
    pub fn named(country: &str, level: ForeignLevel, name: &str) -> Self {
        Self {
            id: Self::identify(country, level, name),
            country: country.to_owned(),
            level,
            name: name.to_owned(),
            aliases: Vec::new(),
            country_note: None,
        }
    }

    /// Keeps another spelling, once.
    pub fn also_written(&mut self, spelling: &str) {
        if spelling != self.name && !self.aliases.iter().any(|it| it == spelling) {
            self.aliases.push(spelling.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_keeps_its_identifier_whatever_the_accents() {
        let id = |country, level, name| Foreign::identify(country, level, name);
        use ForeignLevel::{Commune, Departement};
        assert_eq!(id("FR", Commune, "Évry"), id("FR", Commune, "EVRY"));
        assert_ne!(id("FR", Commune, "Évry"), id("CA", Commune, "Évry"));
        assert_ne!(id("FR", Commune, "Ain"), id("FR", Departement, "Ain"));
    }

    #[test]
    fn a_spelling_is_kept_once() {
        let mut town = Foreign::named("TM", ForeignLevel::Commune, "Achgabat");
        for spelling in ["Achkabad (ex-URSS)", "Achkhabad", "Achgabat", "Achkhabad"] {
            town.also_written(spelling);
        }
        assert_eq!(town.aliases, ["Achkabad (ex-URSS)", "Achkhabad"]);
    }
}
