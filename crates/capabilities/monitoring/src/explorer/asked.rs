//! A question as an address writes it: what, where, when, split by what, seen how. The address is
//! the whole of it, so that it can be shared, kept, and asked again on new figures.

use std::fmt::Write as _;

use kernel::{Date, Message, Reject};

use crate::analysis::{Carte, encoded};
use crate::questionnaire::{Level, Questionnaire};

use super::measure::Measure;
use super::time::{MOST_PERIODS, Time};

/// More than this in one question is a mistake, or an attempt to keep the program busy.
const MOST_MEASURES: usize = 24;
const MOST_PLACES: usize = 1_000;
const MOST_SPLITS: usize = 3;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Indicators and data elements.
    pub measures: Vec<Measure>,
    /// Codes of places, in the order given; empty asks for the visitor's own.
    pub places: Vec<String>,
    /// Which units under the places are shown.
    pub depth: Depth,
    /// When.
    pub times: Vec<Time>,
    /// The dimensions by which the figures are split, by their number in the questionnaire.
    pub splits: Vec<u16>,
    /// The axis across the table; `None` leaves the choice to the program.
    pub across: Option<Axis>,
    /// How the answer is seen.
    pub shape: Shape,
    /// The map of which day.
    pub map: MapDay,
    /// Only what the nation has published, also for those who may see more.
    pub published_only: bool,
    /// The kept question that this one will take the place of, while a person changes it.
    pub replaces: Option<String>,
}

/// Which units under the places are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// The places and those directly under them.
    #[default]
    Children,
    /// The places alone.
    Alone,
    /// All the units of this level under them.
    All(Level),
}

/// What can stand on a side of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// The places.
    Places,
    /// The indicators and data elements.
    Measures,
    /// The options by which figures are split.
    Splits,
    /// The periods.
    Periods,
}

/// How the answer is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// The table.
    #[default]
    Table,
    /// Bars of places or options side by side.
    Bars,
    /// Lines over time.
    Lines,
    /// One row a place, a dot for each option or for the first and the last period.
    Dots,
    /// A small chart for each place.
    Multiples,
    /// A map in shades: rates.
    Map,
    /// A map of circles: counts.
    Symbols,
}

/// The map on which places are seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapDay {
    /// Each period under its own.
    #[default]
    Then,
    /// All periods under today's.
    Now,
    /// All periods under that of one day.
    On(Date),
}

impl Axis {
    /// All of them, in the order in which rows are nested.
    pub const ALL: [Self; 4] = [Self::Places, Self::Measures, Self::Splits, Self::Periods];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Places => "lieux",
            Self::Measures => "mesures",
            Self::Splits => "ventilations",
            Self::Periods => "periodes",
        }
    }
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Table,
        Self::Bars,
        Self::Lines,
        Self::Dots,
        Self::Multiples,
        Self::Map,
        Self::Symbols,
    ];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Table => "tableau",
            Self::Bars => "barres",
            Self::Lines => "courbes",
            Self::Dots => "points",
            Self::Multiples => "vignettes",
            Self::Map => "carte",
            Self::Symbols => "cercles",
        }
    }
}

impl Depth {
    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Children => "dessous",
            Self::Alone => "seul",
            Self::All(level) => level.word(),
        }
    }

    fn read(word: &str) -> Option<Self> {
        match word {
            "dessous" => Some(Self::Children),
            "seul" => Some(Self::Alone),
            other => Level::from_word(other).map(Self::All),
        }
    }
}

/// A parameter cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such indicator or data element, or it has no such part.
    #[error("unknown measure {0:?}")]
    Measure(String),
    /// There is no such place.
    #[error("unknown place {0:?}")]
    Place(String),
    /// The text is no period.
    #[error("not a period {0:?}")]
    Time(String),
    /// There is no such dimension.
    #[error("unknown dimension {0:?}")]
    Split(String),
    /// The word is none of those that this parameter takes.
    #[error("{parameter} does not take {found:?}")]
    Word {
        /// The parameter.
        parameter: &'static str,
        /// What it holds.
        found: String,
    },
    /// Places of two countries stand in one question.
    #[error("two countries")]
    TwoCountries,
    /// Too many things in one question.
    #[error("more than {most} in {parameter}")]
    TooMany {
        /// The parameter.
        parameter: &'static str,
        /// The most that is read.
        most: usize,
    },
    /// The answer would have too many figures to be of use.
    #[error("{found} figures")]
    TooLarge {
        /// The figures.
        found: usize,
        /// The most that are shown.
        most: usize,
    },
}

impl Refused {
    /// The parameter at fault, as it stands in the address.
    pub fn parameter(&self) -> &'static str {
        match self {
            Self::Measure(_) => "mesure",
            Self::Place(_) | Self::TwoCountries => "lieu",
            Self::Time(_) | Self::TooLarge { .. } => "periode",
            Self::Split(_) => "par",
            Self::Word { parameter, .. } | Self::TooMany { parameter, .. } => parameter,
        }
    }
}

impl Refused {
    /// Whether a parameter of an address is what cannot be used.
    pub(super) fn is_about(&self, name: &str, value: &str) -> bool {
        let holds = |found: &str| value.contains(found);
        name == self.parameter()
            && match self {
                Self::Measure(it) | Self::Place(it) | Self::Time(it) | Self::Split(it) => holds(it),
                Self::Word { found, .. } => holds(found),
                Self::TwoCountries | Self::TooMany { .. } | Self::TooLarge { .. } => true,
            }
    }
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::Measure(found) => Message::new("explorer-refused-measure").with("found", found),
            Self::Place(found) => Message::new("explorer-refused-place").with("found", found),
            Self::Time(found) => Message::new("explorer-refused-time").with("found", found),
            Self::Split(found) => Message::new("explorer-refused-split").with("found", found),
            Self::Word { parameter, found } => Message::new("explorer-refused-word")
                .with("parameter", parameter)
                .with("found", found),
            Self::TwoCountries => Message::new("explorer-refused-two-countries"),
            Self::TooMany { parameter, most } => Message::new("explorer-refused-too-many")
                .with("parameter", parameter)
                .with("most", most),
            Self::TooLarge { found, most } => {
                Message::new("explorer-refused-too-large").with("found", found).with("most", most)
            }
        }
    }
}

/// Reads the parameters of an address. Each may be repeated or hold several values between commas;
/// others are left alone.
///
/// # Errors
///
/// The first one that cannot be used.
pub fn read(
    questionnaire: &Questionnaire,
    pairs: &[(String, String)],
) -> Result<Question, Refused> {
    let mut asked = Question::default();
    for (name, value) in pairs {
        let value = value.trim();
        let values = || value.split(',').map(str::trim).filter(|it| !it.is_empty());
        match name.as_str() {
            "mesure" => {
                for it in measures(values()) {
                    push(&mut asked.measures, Measure::read(questionnaire, &it)?);
                }
            }
            "lieu" => {
                for it in values() {
                    push(&mut asked.places, it.to_owned());
                }
            }
            "periode" => {
                for it in value.split([',', ';']).map(str::trim).filter(|it| !it.is_empty()) {
                    let time = it.parse().map_err(|()| Refused::Time(it.to_owned()))?;
                    push(&mut asked.times, time);
                }
            }
            "par" => {
                for it in values() {
                    let found = questionnaire.dimensions().iter().position(|at| at.code == it);
                    let found = found.and_then(|at| u16::try_from(at).ok());
                    push(&mut asked.splits, found.ok_or_else(|| Refused::Split(it.to_owned()))?);
                }
            }
            "detail" if !value.is_empty() => {
                asked.depth = Depth::read(value).ok_or_else(|| word("detail", value))?;
            }
            "colonnes" if !value.is_empty() => {
                let axis = Axis::ALL.into_iter().find(|it| it.word() == value);
                asked.across = Some(axis.ok_or_else(|| word("colonnes", value))?);
            }
            "forme" if !value.is_empty() => {
                let shape = Shape::ALL.into_iter().find(|it| it.word() == value);
                asked.shape = shape.ok_or_else(|| word("forme", value))?;
            }
            "carte" if !value.is_empty() => {
                asked.map = match Carte::read(value).ok_or_else(|| word("carte", value))? {
                    Carte::OfThePeriod => MapDay::Then,
                    Carte::Today => MapDay::Now,
                    Carte::On(day) => MapDay::On(day),
                };
            }
            "version" if !value.is_empty() => {
                asked.published_only = match value {
                    "publiee" => true,
                    "travail" => false,
                    other => return Err(word("version", other)),
                };
            }
            "remplace" if !value.is_empty() => asked.replaces = Some(value.to_owned()),
            _ => {}
        }
    }
    for (parameter, found, most) in [
        ("mesure", asked.measures.len(), MOST_MEASURES),
        ("lieu", asked.places.len(), MOST_PLACES),
        ("periode", asked.times.len(), MOST_PERIODS),
        ("par", asked.splits.len(), MOST_SPLITS),
    ] {
        if most < found {
            return Err(Refused::TooMany { parameter, most });
        }
    }
    Ok(asked)
}

/// The measures between commas. A part of an element holds commas of its own, before another list
/// and its option: `SOC_INDIG,EDI_CONS|SEXE=F,AGE_ELU=E35` names two.
fn measures<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for it in values {
        let goes_on = it.contains('=') && !it.contains('|');
        match out.last_mut().filter(|last| goes_on && last.contains('|')) {
            Some(last) => {
                last.push(',');
                last.push_str(it);
            }
            None => out.push(it.to_owned()),
        }
    }
    out
}

fn word(parameter: &'static str, found: &str) -> Refused {
    Refused::Word { parameter, found: found.to_owned() }
}

fn push<T: PartialEq>(list: &mut Vec<T>, it: T) {
    if !list.contains(&it) {
        list.push(it);
    }
}

impl Question {
    /// The question as an address writes it: what [`read`] reads back.
    pub fn query(&self, questionnaire: &Questionnaire) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            if !out.is_empty() {
                out.push('&');
            }
            // Writing to a string cannot fail.
            let _ = write!(out, "{name}={}", encoded(value));
        };
        for it in &self.measures {
            add("mesure", &it.written(questionnaire));
        }
        for it in &self.places {
            add("lieu", it);
        }
        if self.depth != Depth::default() {
            add("detail", self.depth.word());
        }
        for it in &self.times {
            add("periode", &it.to_string());
        }
        for it in &self.splits {
            add("par", &questionnaire.dimensions()[usize::from(*it)].code);
        }
        if let Some(axis) = self.across {
            add("colonnes", axis.word());
        }
        if self.shape != Shape::default() {
            add("forme", self.shape.word());
        }
        match self.map {
            MapDay::Then => {}
            MapDay::Now => add("carte", "actuelle"),
            MapDay::On(day) => add("carte", &day.to_string()),
        }
        if self.published_only {
            add("version", "publiee");
        }
        if let Some(id) = &self.replaces {
            add("remplace", id);
        }
        out
    }

    /// The address of a page for this question: `/suivi/explorer?…`.
    pub fn href(&self, page: &str, questionnaire: &Questionnaire) -> String {
        let query = self.query(questionnaire);
        if query.is_empty() { page.to_owned() } else { format!("{page}?{query}") }
    }

    /// The same question, changed.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = self.clone();
        change(&mut other);
        other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(query: &str) -> Vec<(String, String)> {
        query
            .split('&')
            .filter_map(|it| it.split_once('='))
            .map(|(name, value)| (name.to_owned(), decoded(value)))
            .collect()
    }

    fn decoded(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let pair = [rest.next().unwrap(), rest.next().unwrap()];
                let pair = std::str::from_utf8(&pair).unwrap();
                bytes.push(u8::from_str_radix(pair, 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_mistake_names_its_parameter() {
        let questionnaire = Questionnaire::shipped().unwrap();
        for (query, expected) in [
            ("mesure=I999", "mesure"),
            ("mesure=DEM_POP|SEXE=X", "mesure"),
            ("mesure=DEM_POP_SRC", "mesure"),
            ("periode=hier", "periode"),
            ("par=SEX", "par"),
            ("forme=camembert", "forme"),
            ("detail=village", "detail"),
            ("carte=demain", "carte"),
            ("version=secrete", "version"),
            ("colonnes=I010", "colonnes"),
        ] {
            let refused = read(questionnaire, &pairs(query)).unwrap_err();
            assert_eq!(refused.parameter(), expected, "{query}");
        }
    }

    #[test]
    fn measures_and_their_parts_may_stand_between_commas() {
        let questionnaire = Questionnaire::shipped().unwrap();
        let (one, other) = ("mesure=SOC_INDIG", "mesure=DEM_POP|SEXE=F,AGE_POP=A00");
        for (together, apart) in [
            ("mesure=SOC_INDIG,SOC_INDIG|SEXE=F", format!("{one}&{one}|SEXE=F")),
            ("mesure=DEM_POP|SEXE=F,AGE_POP=A00,SOC_INDIG", format!("{other}&{one}")),
            ("mesure=SOC_INDIG,DEM_POP|SEXE=F,AGE_POP=A00,", format!("{one}&{other}")),
            ("mesure=I010,SOC_INDIG|SEXE=F,I003", format!("mesure=I010&{one}|SEXE=F&mesure=I003")),
        ] {
            let read = |query: &str| read(questionnaire, &pairs(query)).unwrap();
            assert_eq!(read(together), read(&apart), "{together}");
        }
        let refused = read(questionnaire, &pairs("mesure=DEM_POP,SEXE=F")).unwrap_err();
        assert_eq!(refused, Refused::Measure("SEXE=F".to_owned()));
    }

    proptest! {
        #[test]
        fn an_address_reads_back_as_the_question(
            measures in prop::collection::vec(
                prop::sample::select(vec!["I010", "I003|SEXE=F", "DEM_POP|SEXE=F,AGE_POP=A00", "EDI_CONS"]), 0..4),
            places in prop::collection::vec(prop::sample::select(vec!["ML", "EX-C1", "é &?"]), 0..3),
            times in prop::collection::vec(prop::sample::select(vec!["8T", "3A", "2019-2024", "2024T1"]), 0..3),
            depth in prop::sample::select(vec!["seul", "dessous", "commune", "cercle"]),
            shape in prop::sample::select(Shape::ALL.to_vec()),
            published in any::<bool>(),
        ) {
            let questionnaire = Questionnaire::shipped().unwrap();
            let mut given: Vec<(String, String)> = Vec::new();
            let mut add = |name: &str, value: &str| given.push((name.to_owned(), value.to_owned()));
            measures.iter().for_each(|it| add("mesure", it));
            places.iter().for_each(|it| add("lieu", it));
            times.iter().for_each(|it| add("periode", it));
            add("detail", depth);
            add("forme", shape.word());
            add("par", "SEXE");
            add("carte", "2023-03-13");
            add("version", if published { "publiee" } else { "travail" });
            let asked = read(questionnaire, &given).unwrap();
            let again = read(questionnaire, &pairs(&asked.query(questionnaire))).unwrap();
            prop_assert_eq!(again, asked);
        }
    }
}
