//! Data sets, data elements and the lists that split them.

use super::{Life, Validity};
use kernel::{Date, Decimal, Language, Period, Quarter};

/// A level of the circuit, from the ground up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A commune.
    Commune,
    /// A cercle.
    Cercle,
    /// A region, or the district of Bamako.
    Region,
    /// The nation.
    Nation,
}

impl Level {
    /// The word in the content files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Cercle => "cercle",
            Self::Region => "region",
            Self::Nation => "national",
        }
    }

    /// The level of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Commune, Self::Cercle, Self::Region, Self::Nation]
            .into_iter()
            .find(|it| it.word() == word)
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// In French, with French typography.
    pub french: String,
    /// In English; the French text where the content has no other.
    pub english: String,
}

impl Label {
    /// A text of the French files, until its English side is read.
    pub(crate) fn of_french(french: String) -> Self {
        Self { english: french.clone(), french }
    }

    /// The text in this language.
    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }
}

/// How far the content has been checked against a published text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The notion is named in the document cited.
    Source,
    /// The guide names the domain; the project proposes the element.
    SectorSource,
    /// Written by the project.
    Proposal,
}

/// How much of the questionnaire a post has chosen to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// `noyau`: enough to begin with.
    Core,
    /// `complet`: the whole; an empty cell of it is not a mistake.
    Complete,
}

/// How often a value is collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rhythm {
    /// Each quarter.
    Quarterly,
    /// Each calendar year.
    Yearly,
    /// Each school year, named after the year in which it opens, in October.
    SchoolYear,
}

impl Rhythm {
    /// The period whose value holds in this quarter. A school year opens with the fourth quarter:
    /// `2024T4`, `2025T1`, `2025T2` and `2025T3` all read `2024`.
    pub fn period(self, quarter: Quarter) -> Period {
        match self {
            Self::Quarterly => Period::Quarter(quarter),
            Self::Yearly => Period::Year(quarter.year()),
            Self::SchoolYear if quarter.number() == 4 => Period::Year(quarter.year()),
            Self::SchoolYear => Period::Year(quarter.year().saturating_sub(1)),
        }
    }

    /// The first quarter that reads such a period.
    pub fn first_quarter(self, period: Period) -> Option<Quarter> {
        match (self, period) {
            (_, Period::Quarter(quarter)) => Some(quarter),
            (Self::SchoolYear, Period::Year(year)) => Quarter::new(year, 4),
            (_, Period::Year(year)) => Quarter::new(year, 1),
        }
    }

    /// Whether values of this rhythm are kept under such a period.
    pub fn fits(self, period: Period) -> bool {
        match period {
            Period::Quarter(_) => self == Self::Quarterly,
            Period::Year(_) => self != Self::Quarterly,
        }
    }
}

/// The period that comes so many periods of the same kind earlier.
pub(crate) fn earlier(period: Period, count: u16) -> Period {
    match period {
        Period::Year(year) => Period::Year(year.saturating_sub(count)),
        Period::Quarter(quarter) => Period::Quarter(quarter.plus(-i32::from(count))),
    }
}

/// What a year is made of, for a value that is collected each quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverTime {
    /// A flow: the sum of the quarters.
    Sum,
    /// A stock: the last quarter.
    Last,
}

/// What a larger unit shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverTerritory {
    /// The sum.
    Sum,
    /// The mean of the units that answer.
    Mean,
    /// The number of those that answered yes.
    CountYes,
    /// Nothing: the answers are words.
    Nothing,
}

/// What is written in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Whole,
    /// A whole number of FCFA.
    Amount,
    /// A number with at most four decimals.
    Decimal,
    /// Yes (1) or no (0).
    YesNo,
    /// One option of this dimension.
    Choice(u16),
}

impl Kind {
    /// Whether it is a number, which may be added.
    pub fn is_number(self) -> bool {
        !matches!(self, Self::Choice(_))
    }
}

/// A form: the elements that are filled in together.
#[derive(Clone, Debug)]
pub struct DataSet {
    /// `J01` to `J15`.
    pub code: String,
    /// The title.
    pub label: Label,
    /// How often it is filled in.
    pub rhythm: Rhythm,
    /// Who fills it in.
    pub level: Level,
    /// When it is due: a day of the next year (`31 janvier`), or a parameter in days.
    pub deadline: Label,
    /// The office that answers for it.
    pub responsible: Label,
    /// The posts through which it goes.
    pub circuit: Label,
    /// The sector.
    pub sector: Label,
    /// How far it has been checked.
    pub status: Status,
    /// Its elements in force, in paper order.
    pub elements: Vec<u16>,
    /// Whether it is part of this edition.
    pub in_force: bool,
    /// The number of elements that the file announces: complete, core.
    pub announced_elements: (u32, u32),
    /// The number of cells that the file announces: complete, core.
    pub announced_cells: (u32, u32),
}

/// A list that splits elements, or that offers choices.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its code: `SEXE`.
    pub code: String,
    /// Its name.
    pub label: Label,
    /// Its options, in paper order.
    pub options: Vec<Choice>,
}

impl Dimension {
    /// The number of the option of this code.
    pub fn option(&self, code: &str) -> Option<u16> {
        let at = self.options.iter().position(|it| it.code == code)?;
        u16::try_from(at).ok()
    }
}

/// An option of a [`Dimension`].
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its code: `F`.
    pub code: String,
    /// Its name.
    pub label: Label,
    /// Whether it is part of this edition.
    pub in_force: bool,
    /// When it is asked.
    pub life: Life,
}

/// A data element: one thing that is counted.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its code: `DEM_POP`.
    pub code: String,
    /// Its name.
    pub label: Label,
    /// Its name where room is short.
    pub short_label: Label,
    /// Its sector.
    pub sector: Label,
    /// Its data set.
    pub data_set: u16,
    /// The level at which it is collected.
    pub level: Level,
    /// What is written in its cells.
    pub kind: Kind,
    /// Its unit; empty for words.
    pub unit: Label,
    /// The dimensions that split it, in order.
    pub dimensions: Vec<u16>,
    /// How often it is collected.
    pub rhythm: Rhythm,
    /// What a year is made of.
    pub over_time: OverTime,
    /// What a larger unit shows.
    pub over_territory: OverTerritory,
    /// Core or complete.
    pub tier: Tier,
    /// Whether a form without it is incomplete.
    pub mandatory: bool,
    /// The smallest total.
    pub least: Option<Decimal>,
    /// The largest total.
    pub most: Option<Decimal>,
    /// Where the value comes from.
    pub supplier: Label,
    /// Never published under a threshold, nor for one commune alone.
    pub restricted: bool,
    /// What exactly is counted.
    pub definition: Label,
    /// How far it has been checked.
    pub status: Status,
    /// The text that it comes from.
    pub reference: Label,
    /// Its cells, of all editions: for each, one option of each dimension, the last dimension
    /// turning fastest.
    pub cells: Vec<Vec<u16>>,
    /// Whether each of its cells is part of this edition.
    pub asked: Vec<bool>,
    // What limits the life of each cell; empty if all of them are asked in every quarter.
    pub(super) dated: Vec<Vec<Life>>,
    /// Whether it is part of this edition.
    pub in_force: bool,
}

impl Element {
    /// The cells that this edition asks, by number.
    pub fn asked_cells(&self) -> impl Iterator<Item = u16> + '_ {
        (0..).zip(&self.asked).filter(|it| *it.1).map(|it| it.0)
    }

    /// Whether a cell is asked in a quarter, whatever the edition of this questionnaire.
    pub fn asks(&self, cell: u16, quarter: Quarter) -> bool {
        self.dated.get(usize::from(cell)).is_none_or(|it| it.iter().all(|it| it.holds(quarter)))
    }
}

/// A norm, a delay, a step of a scale.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its code: `P_HAB_PEM`.
    pub code: String,
    /// What it is.
    pub label: Label,
    /// Its value.
    pub value: Decimal,
    /// The unit of the value.
    pub unit: Label,
    /// Where the value comes from.
    pub origin: Label,
    /// The word of the file that says how sure it is.
    pub status: String,
    /// The time for which this value holds, as the source says it.
    pub validity: Label,
    /// All its values.
    pub dated: Vec<Dated>,
}

/// A value of a parameter for a time.
#[derive(Clone, Debug)]
pub struct Dated {
    /// The value.
    pub value: Decimal,
    /// The time.
    pub validity: Validity,
    /// The time, as the source says it.
    pub said: Label,
}

impl Parameter {
    /// Makes the value in force on a day the current one; the last of all if no day is given.
    pub(super) fn hold_on(&mut self, day: Option<Date>) {
        let times: Vec<Validity> = self.dated.iter().map(|it| it.validity).collect();
        let at = match day {
            Some(day) => super::validity::on(&times, day),
            None => (0..times.len()).max_by_key(|it| times[*it].begins()),
        };
        if let Some(found) = at.and_then(|it| self.dated.get(it)) {
            self.value = found.value;
            self.validity = found.said.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_quarter_reads_the_period_that_holds() {
        for (rhythm, quarter, expected) in [
            (Rhythm::Quarterly, "2024T4", "2024T4"),
            (Rhythm::Yearly, "2024T4", "2024"),
            (Rhythm::Yearly, "2025T1", "2025"),
            (Rhythm::SchoolYear, "2024T3", "2023"),
            (Rhythm::SchoolYear, "2024T4", "2024"),
            (Rhythm::SchoolYear, "2025T1", "2024"),
            (Rhythm::SchoolYear, "2025T3", "2024"),
            (Rhythm::SchoolYear, "2025T4", "2025"),
        ] {
            let period = rhythm.period(quarter.parse().unwrap());
            assert_eq!(period.to_string(), expected, "{rhythm:?} {quarter}");
            assert!(rhythm.fits(period));
        }
    }
}
