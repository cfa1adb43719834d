//! The level at which a post works.

use std::fmt;
use std::str::FromStr;

/// A level of the territory that keeps a post, from the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A commune.
    Commune,
    /// A cercle.
    Cercle,
    /// A region, or the District of Bamako.
    Region,
    /// The nation.
    Nation,
}

impl Level {
    /// All levels, from the lowest.
    pub const ALL: [Self; 4] = [Self::Commune, Self::Cercle, Self::Region, Self::Nation];

    /// The word stored, signed and written on cards.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Cercle => "cercle",
            Self::Region => "region",
            Self::Nation => "nation",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.word() == text).ok_or(())
    }
}
