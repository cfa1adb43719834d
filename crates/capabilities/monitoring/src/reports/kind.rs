//! The standard documents: what they are called, and which place has which.
//!
//! Source: the standard documents of the reference (`standard_reports.json`).

use kernel::Failure;

use documents::{Document, Workbook};

use super::material::Material;
use super::{activity, book, clo, commune, synthesis};
use crate::questionnaire::Level;

/// A standard document about a place and a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The activity report of the centre of a cercle.
    Activity,
    /// The synthesis for the committee of a cercle.
    Clo,
    /// The synthesis for the committee of a region.
    Cro,
    /// The synthesis for the national committee.
    Cno,
    /// The sheet of a commune.
    Commune,
    /// The sheet of a partnership; about a partnership and no quarter.
    Partnership,
    /// The published results as open data.
    Data,
}

impl Kind {
    /// All of them, in the order of the reference.
    pub const ALL: [Self; 7] = [
        Self::Activity,
        Self::Clo,
        Self::Cro,
        Self::Cno,
        Self::Commune,
        Self::Partnership,
        Self::Data,
    ];

    /// Its code in the reference: `RAP-CCC`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Activity => "RAP-CCC",
            Self::Clo => "SYN-CLO",
            Self::Cro => "SYN-CRO",
            Self::Cno => "SYN-CNO",
            Self::Commune => "FICHE-COM",
            Self::Partnership => "FICHE-PART",
            Self::Data => "DONNEES",
        }
    }

    /// Its word in addresses, also the end of its keys: `rap-ccc`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Activity => "rap-ccc",
            Self::Clo => "syn-clo",
            Self::Cro => "syn-cro",
            Self::Cno => "syn-cno",
            Self::Commune => "fiche-com",
            Self::Partnership => "fiche-part",
            Self::Data => "donnees",
        }
    }

    /// The kind of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The documents of a place of this level; the first is its main one.
    pub fn of_level(level: Level) -> &'static [Self] {
        match level {
            Level::Commune => &[Self::Commune],
            Level::Cercle => &[Self::Activity, Self::Clo],
            Level::Region => &[Self::Cro],
            Level::Nation => &[Self::Cno],
        }
    }

    /// The main document of a place of this level.
    pub fn main_of(level: Level) -> Self {
        Self::of_level(level).first().copied().unwrap_or(Self::Commune)
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// [`Failure::NotFound`] if a place of this level has no such document.
    pub(crate) fn document(self, material: &Material<'_>) -> Result<Document, Failure> {
        if !Self::of_level(material.ground.level()).contains(&self) {
            return Err(Failure::NotFound);
        }
        Ok(match self {
            Self::Activity => activity::report(material),
            Self::Clo => clo::report(material),
            Self::Cro | Self::Cno => synthesis::report(material),
            Self::Commune => commune::report(material),
            Self::Partnership | Self::Data => return Err(Failure::NotFound),
        })
    }

    /// The values of the document as a workbook.
    pub(crate) fn workbook(self, material: &Material<'_>) -> Workbook {
        book::workbook(material, self)
    }

    /// The parts of the document that hold values: the key of the title, the codes of the measures.
    pub(crate) fn parts(self) -> Vec<(String, Vec<&'static str>)> {
        let parts = match self {
            Self::Activity => activity::parts(),
            Self::Clo => clo::parts(),
            Self::Cro => return synthesis::parts(Level::Region),
            Self::Cno | Self::Data => return synthesis::parts(Level::Nation),
            Self::Commune => commune::parts(),
            Self::Partnership => return Vec::new(),
        };
        let prefix = match self {
            Self::Activity => "report-ccc-",
            Self::Clo => "report-clo-",
            _ => "report-com-",
        };
        parts.into_iter().map(|(key, codes)| (format!("{prefix}{key}"), codes.to_vec())).collect()
    }

    /// The codes of the measures that the document shows.
    pub(crate) fn measures(self) -> Vec<&'static str> {
        let mut codes: Vec<&str> = self.parts().into_iter().flat_map(|it| it.1).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The most pages: from the reference; of the sheet of a commune, one, so that it can be pinned
    /// up.
    pub fn most_pages(self) -> usize {
        match self {
            Self::Activity => 12,
            Self::Clo => 4,
            Self::Cro => 6,
            Self::Cno => 8,
            Self::Commune => 1,
            Self::Partnership | Self::Data => 2,
        }
    }
}
