//! What an address asks for.

use crate::analysis::Carte;
use crate::cube::compare::Comparison;
use crate::cube::groups::Grouping;
use crate::cube::rank::Rank;
use crate::cube::{Ask, Figures, Map, Measure, Part, Term};
use crate::questionnaire::{Level, Questionnaire};
use kernel::{Date, Decimal, Message, Period, Quarter, Reject};

/// More of anything in one address is a mistake, or an attempt to keep the program busy.
const MOST_MEASURES: usize = 500;
const MOST_PLACES: usize = 2_000;
const MOST_PERIODS: usize = 400;
const MOST_RULES: usize = 200;
const MOST_TERMS: usize = 40;
const MOST_FIRST: usize = 1_000;

/// The most values of an answer that is light: it takes less than a millisecond.
const LIGHT: usize = 10_000;
/// What an indicator weighs, and a group, beside a sum: a formula may be evaluated for each.
const INDICATOR_WEIGHS: usize = 20;
const GROUPS_WEIGH: usize = 1_000;

/// How values are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// A line for each value, which says all of itself.
    #[default]
    Lines,
    /// The axes once, then the values in their order.
    Grid,
}

/// A parameter cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    #[error("unusable {parameter}: {found:?}")]
    Unusable { parameter: &'static str, found: String },
    #[error("missing {0}")]
    Missing(&'static str),
    #[error("more than {most} in {parameter}")]
    TooMany { parameter: &'static str, most: usize },
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::Unusable { parameter, found } => {
                Message::new(format!("cube-parameter-{}", parameter.replace('_', "-")))
                    .with("found", found)
            }
            Self::Missing(parameter) => {
                Message::new("cube-parameter-missing").with("parameter", parameter)
            }
            Self::TooMany { parameter, most } => Message::new("analysis-refused-too-many")
                .with("parameter", parameter)
                .with("most", most),
        }
    }
}

/// The parameters of an address.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    measures: Vec<Measure>,
    split: Option<String>,
    places: Vec<String>,
    under: Option<Level>,
    periods: Vec<Period>,
    map: Map,
    partial: bool,
    factor: u32,
    ratios: Vec<String>,
    most: usize,
    smallest: bool,
    rules: Vec<String>,
    grouping: Option<Grouping>,
    today: Option<Date>,
    form: Form,
}

fn unusable(parameter: &'static str, found: &str) -> Refused {
    Refused::Unusable { parameter, found: found.to_owned() }
}

impl Asked {
    pub(crate) fn read(
        figures: &Figures,
        pairs: &[(String, String)],
        today: Date,
    ) -> Result<Self, Refused> {
        let questionnaire = figures.questionnaire();
        let mut asked = Self { factor: 100, most: 10, today: Some(today), ..Self::default() };
        for (name, value) in pairs {
            let parts = || value.split(',').map(str::trim).filter(|it| !it.is_empty());
            match name.as_str() {
                "mesure" => {
                    for it in parts() {
                        asked.measures.push(measure(questionnaire, it)?);
                    }
                }
                "rapport" => asked.ratios.extend(parts().map(str::to_owned)),
                "facteur" => {
                    let factor = value.parse().ok().filter(|it| (1..=1_000_000).contains(it));
                    asked.factor = factor.ok_or_else(|| unusable("facteur", value))?;
                }
                "ventilation" => asked.split = Some(value.clone()),
                "lieu" => asked.places.extend(parts().map(str::to_owned)),
                "sous" => asked.under = Some(level("sous", value)?),
                "periode" => {
                    for it in parts() {
                        asked.periods.extend(periods(it)?);
                        if MOST_PERIODS < asked.periods.len() {
                            let parameter = "periode";
                            return Err(Refused::TooMany { parameter, most: MOST_PERIODS });
                        }
                    }
                }
                "carte" => {
                    // The words of the pages.
                    let carte =
                        Carte::read(value.trim()).ok_or_else(|| unusable("carte", value))?;
                    asked.map = carte.day(today).map_or(Map::AsItWas, Map::On);
                }
                "forme" => {
                    asked.form = match value.as_str() {
                        "" | "lignes" => Form::Lines,
                        "grille" => Form::Grid,
                        _ => return Err(unusable("forme", value)),
                    };
                }
                "partiel" => asked.partial = matches!(value.as_str(), "1" | "oui"),
                "nombre" => {
                    let most = value.parse().ok().filter(|it| (1..=MOST_FIRST).contains(it));
                    asked.most = most.ok_or_else(|| unusable("nombre", value))?;
                }
                "ordre" => {
                    asked.smallest = match value.as_str() {
                        "croissant" => true,
                        "decroissant" => false,
                        _ => return Err(unusable("ordre", value)),
                    };
                }
                "regle" => asked.rules.extend(parts().map(str::to_owned)),
                "par" => {
                    asked.grouping = Some(match value.as_str() {
                        "milieu" => Grouping::Kind,
                        "region" => Grouping::Place(Level::Region),
                        "cercle" => Grouping::Place(Level::Cercle),
                        _ => return Err(unusable("par", value)),
                    });
                }
                _ => {}
            }
        }
        for it in &asked.ratios {
            asked.measures.push(ratio(questionnaire, it, asked.factor)?);
        }
        if let Some(code) = &asked.split {
            asked.measures = split(questionnaire, &asked.measures, code)?;
        }
        let counts = [
            ("mesure", asked.measures.len(), MOST_MEASURES),
            ("lieu", asked.places.len(), MOST_PLACES),
            ("regle", asked.rules.len(), MOST_RULES),
        ];
        match counts.into_iter().find(|it| it.2 < it.1) {
            Some((parameter, _, most)) => Err(Refused::TooMany { parameter, most }),
            None => Ok(asked),
        }
    }

    /// How values are laid out.
    pub(crate) fn form(&self) -> Form {
        self.form
    }

    /// Whether the answer is made faster than the work can be handed to another thread.
    pub(crate) fn is_light(&self, figures: &Figures) -> bool {
        let weight = |it: &Measure| match it {
            Measure::Indicator(_) => INDICATOR_WEIGHS,
            _ if figures.is_restricted(it) => INDICATOR_WEIGHS,
            Measure::Element(_) => 1,
            Measure::Ratio { over, under, .. } => over.len() + under.len(),
        };
        let measures: usize = self.measures.iter().map(weight).sum();
        let periods = self.periods.len().max(1);
        let day = match self.map {
            Map::On(day) => Some(day),
            Map::AsItWas => self.periods.iter().map(|it| last_day(*it)).max().or(self.today),
        };
        let places: usize = match self.under.zip(day) {
            None => self.places.len(),
            Some((level, day)) => {
                self.places.iter().map(|it| figures.count_below(it, level, day)).sum()
            }
        };
        let groups = if self.grouping.is_some() { GROUPS_WEIGH } else { 0 };
        let sums = measures.max(1).saturating_mul(places.max(1)).saturating_add(groups);
        // A comparison looks at every unit of the period.
        let compared = self.rules.len().saturating_mul(16);
        sums.saturating_add(compared).saturating_mul(periods) <= LIGHT
    }

    /// The question about values.
    pub(crate) fn ask(&self, figures: &Figures) -> Result<Ask, Refused> {
        if self.measures.is_empty() {
            return Err(Refused::Missing("mesure"));
        }
        let about = self.about_places(figures)?;
        Ok(Ask { measures: self.measures.clone(), ..about })
    }

    /// Its places, periods and map.
    pub(crate) fn about_places(&self, figures: &Figures) -> Result<Ask, Refused> {
        if self.places.is_empty() {
            return Err(Refused::Missing("lieu"));
        }
        let periods = self.periods(figures)?;
        Ok(Ask {
            measures: Vec::new(),
            places: self.expanded(figures, &periods)?,
            periods,
            map: self.map,
            partial: self.partial,
        })
    }

    /// The periods asked for; the last quarter filed if none is.
    fn periods(&self, figures: &Figures) -> Result<Vec<Period>, Refused> {
        if !self.periods.is_empty() {
            return Ok(self.periods.clone());
        }
        let last = figures.quarters().map(|it| Period::Quarter(it.1));
        Ok(vec![last.ok_or(Refused::Missing("periode"))?])
    }

    /// The places asked for, or those of a level below them under the map of the answer: with the
    /// map of each period, that of the last one.
    fn expanded(&self, figures: &Figures, periods: &[Period]) -> Result<Vec<String>, Refused> {
        let Some(level) = self.under else { return Ok(self.places.clone()) };
        let last = periods.iter().map(|it| last_day(*it)).max();
        let day = match self.map {
            Map::On(day) => Some(day),
            Map::AsItWas => last.or(self.today),
        };
        let Some(day) = day else { return Err(Refused::Missing("periode")) };
        let mut out = Vec::new();
        for code in &self.places {
            let found = figures.codes_below(code, level, day);
            out.extend(found.ok_or_else(|| unusable("lieu", code))?);
        }
        if MOST_PLACES < out.len() {
            return Err(Refused::TooMany { parameter: "lieu", most: MOST_PLACES });
        }
        Ok(out)
    }

    /// One place and its periods.
    pub(crate) fn one_place(&self, figures: &Figures) -> Result<(String, Vec<Period>), Refused> {
        match self.places.as_slice() {
            [one] => Ok((one.clone(), self.periods(figures)?)),
            [] => Err(Refused::Missing("lieu")),
            _ => Err(Refused::TooMany { parameter: "lieu", most: 1 }),
        }
    }

    /// The question about the first places.
    pub(crate) fn rank(&self) -> Result<Rank, Refused> {
        let one = |parameter, count| match count {
            1 => Ok(()),
            0 => Err(Refused::Missing(parameter)),
            _ => Err(Refused::TooMany { parameter, most: 1 }),
        };
        one("mesure", self.measures.len())?;
        one("lieu", self.places.len())?;
        one("periode", self.periods.len())?;
        Ok(Rank {
            measure: self.measures[0].clone(),
            within: self.places[0].clone(),
            level: self.under.unwrap_or(Level::Commune),
            period: self.periods[0],
            map: self.map,
            partial: self.partial,
            most: self.most,
            largest: !self.smallest,
        })
    }

    /// The comparisons, each as it was written.
    pub(crate) fn comparisons(
        &self,
        figures: &Figures,
    ) -> Result<Vec<(String, Comparison)>, Refused> {
        if self.rules.is_empty() {
            return Err(Refused::Missing("regle"));
        }
        let read = |it: &String| {
            let rule = rule(figures.questionnaire(), it).ok_or_else(|| unusable("regle", it))?;
            Ok((it.clone(), rule))
        };
        self.rules.iter().map(read).collect()
    }

    /// How communes are grouped.
    pub(crate) fn grouping(&self) -> Result<Grouping, Refused> {
        self.grouping.ok_or(Refused::Missing("par"))
    }
}

fn last_day(period: Period) -> Date {
    let quarter = match period {
        Period::Quarter(it) => Some(it),
        Period::Year(year) => Quarter::new(year, 4),
    };
    quarter.map_or_else(|| Date::from_millis(0), Quarter::last_day)
}

fn level(parameter: &'static str, word: &str) -> Result<Level, Refused> {
    Level::from_word(word).ok_or_else(|| unusable(parameter, word))
}

/// `I010`, `SAN_CONS`, `SAN_CONS|SEXE=F`, or a whole cell: `DEM_POP|SEXE=F;AGE_POP=A00`.
fn measure(questionnaire: &Questionnaire, text: &str) -> Result<Measure, Refused> {
    Measure::indicator(questionnaire, text)
        .or_else(|| term(questionnaire, text).map(Measure::Element))
        .ok_or_else(|| unusable("mesure", text))
}

fn term(questionnaire: &Questionnaire, text: &str) -> Option<Term> {
    let Some((code, options)) = text.split_once('|') else {
        return Some(Term { element: questionnaire.element_number(text)?, part: Part::Whole });
    };
    let element = questionnaire.element_number(code)?;
    let dimensions = &questionnaire.element(element).dimensions;
    if dimensions.len() == 1 || options.contains(';') {
        let cell = questionnaire.cell_of(text)?;
        return Some(Term { element: cell.element, part: Part::Cell(cell.cell) });
    }
    let (dimension, option) = options.split_once('=')?;
    let number = dimensions.iter().copied().find(|it| {
        questionnaire.dimensions().get(usize::from(*it)).is_some_and(|it| it.code == dimension)
    })?;
    let option = questionnaire.dimensions()[usize::from(number)].option(option)?;
    Some(Term { element, part: Part::Option { dimension: number, option } })
}

/// `A;B;C/D`: the sum of the terms before the stroke over the sum of those after it.
fn ratio(questionnaire: &Questionnaire, text: &str, factor: u32) -> Result<Measure, Refused> {
    let side = |text: &str| -> Option<Vec<Term>> {
        let terms: Option<Vec<Term>> =
            text.split(';').map(|it| term(questionnaire, it.trim())).collect();
        terms.filter(|it| it.len() <= MOST_TERMS)
    };
    let read = || {
        let (over, under) = text.split_once('/')?;
        Some(Measure::Ratio { over: side(over)?, under: side(under)?, factor })
    };
    read().ok_or_else(|| unusable("rapport", text))
}

/// Each element by the options of a dimension, or by its cells (`cellules`).
fn split(
    questionnaire: &Questionnaire,
    measures: &[Measure],
    code: &str,
) -> Result<Vec<Measure>, Refused> {
    let mut out = Vec::new();
    for it in measures {
        let Measure::Element(Term { element, part: Part::Whole }) = it else {
            return Err(unusable("ventilation", code));
        };
        if code == "cellules" {
            let cells = (0..).zip(&questionnaire.element(*element).cells);
            out.extend(cells.map(|(cell, _)| {
                Measure::Element(Term { element: *element, part: Part::Cell(cell) })
            }));
            continue;
        }
        let mut dimensions = (0..).zip(questionnaire.dimensions());
        let dimension = dimensions.find(|it| it.1.code == code).map(|it| it.0);
        let parts = dimension.map(|it| Measure::split(questionnaire, *element, it));
        match parts.filter(|it| !it.is_empty()) {
            Some(parts) => out.extend(parts),
            None => return Err(unusable("ventilation", code)),
        }
    }
    Ok(out)
}

/// `2024T4`, `2024`, `2023T1..2024T4`, `2020..2024`.
fn periods(text: &str) -> Result<Vec<Period>, Refused> {
    let wrong = || unusable("periode", text);
    let read = |text: &str| text.parse::<Period>().map_err(|_| wrong());
    let Some((from, to)) = text.split_once("..") else { return Ok(vec![read(text)?]) };
    match (read(from)?, read(to)?) {
        (Period::Quarter(from), Period::Quarter(to)) if from <= to => {
            let all = std::iter::successors(Some(from), |it| Some(it.plus(1)));
            let within: Vec<Period> = all
                .take_while(|it| *it <= to)
                .take(MOST_PERIODS + 1)
                .map(Period::Quarter)
                .collect();
            Ok(within)
        }
        (Period::Year(from), Period::Year(to)) if from <= to => {
            Ok((from..=to).take(MOST_PERIODS + 1).map(Period::Year).collect())
        }
        _ => Err(wrong()),
    }
}

/// `A>40*B`, or `A>B`.
fn rule(questionnaire: &Questionnaire, text: &str) -> Option<Comparison> {
    let (left, right) = text.split_once('>')?;
    let (factor, right) = match right.split_once('*') {
        Some((factor, right)) => (factor.trim().parse::<Decimal>().ok()?, right),
        None => (Decimal::ONE, right),
    };
    let bounded = factor.normalize().scale() <= 3 && factor.abs() <= Decimal::from(1_000_000);
    let (left, right) = (term(questionnaire, left.trim())?, term(questionnaire, right.trim())?);
    bounded.then_some(Comparison { left, factor, right })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_alone_or_as_a_range() {
        let words = |text: &str| -> Vec<String> {
            periods(text).unwrap().iter().map(ToString::to_string).collect()
        };
        assert_eq!(words("2024T4"), ["2024T4"]);
        assert_eq!(words("2023T4..2024T2"), ["2023T4", "2024T1", "2024T2"]);
        assert_eq!(words("2023..2024"), ["2023", "2024"]);
        for wrong in ["2024T5", "2024T1..2023T4", "2023..2024T1", "..", "T4 2024"] {
            assert!(periods(wrong).is_err(), "{wrong}");
        }
        // A range without end is cut, and then refused for its length.
        assert_eq!(periods("0001T1..9999T4").unwrap().len(), MOST_PERIODS + 1);
    }

    #[test]
    fn a_part_of_an_element_is_named_as_in_files() {
        let questionnaire = Questionnaire::shipped().unwrap();
        let part = |text: &str| term(questionnaire, text).map(|it| it.part);
        assert_eq!(part("DEM_POP"), Some(Part::Whole));
        assert!(matches!(part("DEM_POP|SEXE=F"), Some(Part::Option { .. })));
        assert!(matches!(part("DEM_POP|SEXE=F;AGE_POP=A00"), Some(Part::Cell(_))));
        assert_eq!(part("DEM_POP|SEXE=X"), None);
        assert_eq!(part("RIEN"), None);
        assert!(rule(questionnaire, "SAN_CONS>40*DEM_POP|SEXE=F").is_some());
        assert!(rule(questionnaire, "SAN_CONS>0.0001*DEM_POP").is_none());
        assert!(ratio(questionnaire, "SAN_CONS;SAN_ACC/DEM_POP", 100).is_ok());
        assert!(ratio(questionnaire, "SAN_CONS", 100).is_err());
    }
}
