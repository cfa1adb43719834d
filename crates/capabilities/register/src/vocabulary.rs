//! The closed lists of the register: what a relation is, where it stands, how sure a place is.

use serde::{Deserialize, Serialize};

/// A word that is in none of the register's lists.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a word of the register: {0:?}")]
pub struct UnknownWord(pub String);

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$of])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All of them, in the order of lists.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word of addresses and tables, also the end of its key in the catalogues.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let found = Self::ALL.iter().find(|it| it.word() == text);
                found.copied().ok_or_else(|| UnknownWord(text.to_owned()))
            }
        }
    };
}

words! {
    /// Where a relation stands. The guide's list states almost none: those lines are `Inconnu`,
    /// which people read as « non renseigné ».
    Status {
        /// Being prepared.
        EnGestation = "en-gestation",
        /// An agreement in principle.
        AccordDePrincipe = "accord-de-principe",
        /// A twinning was signed.
        Signe = "signe",
        /// A convention was signed.
        Convention = "convention",
        /// Alive.
        Actif = "actif",
        /// Asleep: nothing happens, nothing was ended.
        EnSommeil = "en-sommeil",
        /// Suspended, with a reason.
        Suspendu = "suspendu",
        /// Denounced by a party.
        Denonce = "denonce",
        /// Its term has passed.
        Echu = "echu",
        /// Ended.
        Termine = "termine",
        /// No source says.
        Inconnu = "inconnu",
    }
}

words! {
    /// The form of a relation, from friendship to convention.
    Form {
        /// Friendship.
        Amitie = "amitie",
        /// Twinning.
        Jumelage = "jumelage",
        /// Twinning with cooperation.
        JumelageCooperation = "jumelage-cooperation",
        /// Convention.
        Convention = "convention",
        /// No source says.
        NonPrecise = "non-precise",
    }
}

words! {
    /// The level of the Malian side, as the source gives it.
    MalianLevel {
        /// A commune.
        Commune = "commune",
        /// A cercle.
        Cercle = "cercle",
        /// A region.
        Region = "region",
        /// The District of Bamako.
        District = "district",
        /// Not a local government.
        Autre = "autre",
        /// The source does not say.
        NonPrecise = "non-precise",
    }
}

words! {
    /// How sure it is that the place found is the one that the source names.
    Confidence {
        /// One place bears the name, in the region declared.
        Haute = "haute",
        /// A village's commune, another spelling, or a region that contradicts.
        Moyenne = "moyenne",
        /// Several places bear the name: none is attached without a person.
        Basse = "basse",
        /// No place found, or none named.
        Aucune = "aucune",
        /// A person of the register chose the place.
        Personne = "personne",
    }
}

impl Confidence {
    /// Whether the place may be attached.
    pub fn attaches(self) -> bool {
        matches!(self, Self::Haute | Self::Moyenne | Self::Personne)
    }
}

/// The reading questions that the source files raise, in the order of the list. Each has a
/// sentence `question-…` in the catalogues.
pub const FLAGS: [&str; 25] = [
    "CONTRADICTION",
    "DOUBLON_POSSIBLE",
    "REGION_DOUTEUSE",
    "REGION_NON_PRECISEE",
    "LOCALISATION_NON_PRECISEE",
    "LIEU_A_VERIFIER",
    "NIVEAU_AMBIGU",
    "NOM_AMBIGU",
    "NOM_NON_IDENTIFIE",
    "PAS_UNE_COLLECTIVITE",
    "DEUX_LIEUX",
    "DEUX_COLLECTIVITES",
    "LIGNE_ECLATEE",
    "COLONNES_FUSIONNEES",
    "CARACTERE_PARASITE",
    "MENTION_TRONQUEE",
    "OCR",
    "GRAPHIE",
    "TELEPHONE_PARTAGE",
    "URL_VIDE",
    "URL_FAUTIVE",
    "URL_TIERS",
    // Those below are not in the files: the program raises them from the files' own columns.
    LIEU_NON_RAPPROCHE,
    RECOUPEMENT,
    REMARQUE,
];

/// The files name a place that no unit of the territory answers for.
pub const LIEU_NON_RAPPROCHE: &str = "LIEU_NON_RAPPROCHE";
/// Another source of the register seems to tell of the same relation.
pub const RECOUPEMENT: &str = "RECOUPEMENT";
/// A reading note that raises no flag.
pub const REMARQUE: &str = "REMARQUE";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for status in Status::ALL {
            assert_eq!(status.to_string().parse(), Ok(*status));
            assert_eq!(serde_json::to_string(status).unwrap(), format!("\"{status}\""));
        }
        assert!("vivant".parse::<Status>().is_err());
        assert!(!Confidence::Basse.attaches());
    }
}
