//! What is asked, and what is answered.

use crate::questionnaire::{Indicator, Questionnaire};
use kernel::{Date, Decimal, Period};

/// A question: every measure in every place and period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// What is asked for. For a breakdown, one measure for each part: [`Measure::split`].
    pub measures: Vec<Measure>,
    /// The codes of the places, in the order of the answer.
    pub places: Vec<String>,
    /// The quarters and years, in the order of the answer.
    pub periods: Vec<Period>,
    /// Under which map places are read.
    pub map: Map,
    /// Whether a commune counts in a sum though a part of it (a cell of the element, a quarter of
    /// the year) is missing. By default it is left out, as in the reports, and shows in the number
    /// of respondents.
    pub partial: bool,
}

/// Under which map places are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Map {
    /// Each period under the map of its last day.
    #[default]
    AsItWas,
    /// All periods under the map of one day: figures of communes that moved follow them. What may
    /// be added of a commune that was divided in known shares is apportioned to its parts, cell by
    /// cell; everything else of a divided commune counts from the nearest place that holds all its
    /// parts. Units that answered are those of the period: a divided one counts once in each place
    /// that takes some of it.
    On(Date),
}

/// Something that is counted or computed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// An indicator, by its place in the newest questionnaire. A year reads its fourth quarter.
    Indicator(usize),
    /// An element, or a part of it.
    Element(Term),
    /// A ratio of the asker's own: each side is a sum of terms over the places, and the quotient
    /// comes last. Never a mean of rates.
    Ratio {
        /// The terms above the line.
        over: Vec<Term>,
        /// The terms under the line.
        under: Vec<Term>,
        /// 100 for a percentage.
        factor: u32,
    },
}

/// An element of the newest questionnaire, or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// The element, by its number.
    pub element: u16,
    /// Which part of it.
    pub part: Part,
}

/// A part of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All its cells.
    #[default]
    Whole,
    /// The cells of one option of one of its dimensions, by their numbers in the questionnaire.
    Option {
        /// The dimension.
        dimension: u16,
        /// The option.
        option: u16,
    },
    /// One cell.
    Cell(u16),
}

impl Measure {
    /// The whole element of this code; `None` if there is none.
    pub fn element(questionnaire: &Questionnaire, code: &str) -> Option<Self> {
        let element = questionnaire.element_number(code)?;
        Some(Self::Element(Term { element, part: Part::Whole }))
    }

    /// The indicator of this code; `None` if there is none.
    pub fn indicator(questionnaire: &Questionnaire, code: &str) -> Option<Self> {
        let found = questionnaire.indicators().iter().position(|it| it.code == code)?;
        Some(Self::Indicator(found))
    }

    /// An element by the options of one of its dimensions, in paper order: one measure each.
    /// Nothing if the element has no such dimension.
    pub fn split(questionnaire: &Questionnaire, element: u16, dimension: u16) -> Vec<Self> {
        let has = questionnaire.element(element).dimensions.contains(&dimension);
        let options = questionnaire.dimensions().get(usize::from(dimension));
        let options = options.filter(|_| has).map_or(&[][..], |it| &it.options);
        (0..)
            .zip(options)
            .map(|(option, _)| {
                Self::Element(Term { element, part: Part::Option { dimension, option } })
            })
            .collect()
    }

    /// The terms that it reads; nothing for an indicator, whose formula says them.
    pub fn terms(&self) -> Vec<Term> {
        match self {
            Self::Indicator(_) => Vec::new(),
            Self::Element(term) => vec![*term],
            Self::Ratio { over, under, .. } => over.iter().chain(under).copied().collect(),
        }
    }
}

/// How a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Published by the nation.
    Published,
    /// Filed, and not published yet: it may change. Shown to those entitled only.
    Provisional,
    /// It exists, and may not be shown: too few persons, or one commune alone.
    Withheld,
    /// Nothing of this period is public, and the reader may see nothing else.
    #[default]
    Unpublished,
    /// The place was not part of the circuit then, or the measure is not collected there.
    NotThere,
}

/// A value, and what it is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// The value, not rounded; `None` if nobody answered or if it may not be shown.
    pub value: Option<Decimal>,
    /// What is above the line; the sum itself for an element.
    pub numerator: Option<Decimal>,
    /// What is under the line; `None` for an element.
    pub denominator: Option<Decimal>,
    /// The units that answered.
    pub respondents: u32,
    /// The units that were to answer.
    pub expected: u32,
    /// How it stands.
    pub standing: Standing,
    /// Its quarter is published, and it is not: restricted data, shown to those in charge alone.
    pub reserved: bool,
}

impl Value {
    /// The value of an indicator as a program writes it, rounded: `31.3`, `n.d.`.
    pub fn shown(&self, indicator: &Indicator) -> String {
        indicator.shown(self.value)
    }

    /// `11/12`.
    pub fn respondents_text(&self) -> String {
        format!("{}/{}", self.respondents, self.expected)
    }

    /// Whether it may be shown: published, or provisional for a reader who is entitled.
    pub fn is_seen(&self) -> bool {
        matches!(self.standing, Standing::Published | Standing::Provisional)
    }
}
