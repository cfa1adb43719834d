//! What an address asks for: indicators, places, quarters.

use kernel::{Message, Quarter, Reject};

use super::Carte;
use crate::questionnaire::Questionnaire;

/// More than this in one address is a mistake, or an attempt to keep the program busy.
const MOST_PLACES: usize = 1_000;
const MOST_QUARTERS: usize = 40;

/// The parameters of an address, read but not yet looked up in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Indicators, by their place in the questionnaire, in its order; empty asks for all.
    pub indicators: Vec<usize>,
    /// Codes of places, in the order given; empty asks for the post's own.
    pub places: Vec<String>,
    /// Quarters, oldest first; empty asks for the latest.
    pub quarters: Vec<Quarter>,
    /// Whether the units directly under the places are asked for too.
    pub with_children: bool,
    /// The map under which figures are asked for.
    pub map: Carte,
}

/// A parameter cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such indicator.
    #[error("unknown indicator {0:?}")]
    Indicator(String),
    /// There is no such place.
    #[error("unknown place {0:?}")]
    Place(String),
    /// The text is not a quarter.
    #[error("not a quarter {0:?}")]
    Quarter(String),
    /// The text is no map: neither `epoque`, nor `actuelle`, nor a day.
    #[error("not a map {0:?}")]
    Map(String),
    /// Nothing of this quarter may be read for this place.
    #[error("nothing published for {place:?} in {quarter}")]
    Unpublished {
        /// The code of the place.
        place: String,
        /// The quarter.
        quarter: Quarter,
    },
    /// The place was not part of the circuit in this quarter.
    #[error("{place:?} is not in the tree of {quarter}")]
    NotThen {
        /// The code of the place.
        place: String,
        /// The quarter.
        quarter: Quarter,
    },
    /// No quarter at all may be read for this place.
    #[error("nothing published yet for {0:?}")]
    Nothing(String),
    /// Places of two countries stand in one address.
    #[error("two countries")]
    TwoCountries,
    /// Too many things in one address.
    #[error("more than {most} in {parameter}")]
    TooMany {
        /// The parameter.
        parameter: &'static str,
        /// The most that is read.
        most: usize,
    },
}

impl Refused {
    /// The parameter at fault, as it stands in the address.
    pub fn parameter(&self) -> &'static str {
        match self {
            Self::Indicator(_) => "indicateur",
            Self::Place(_) | Self::NotThen { .. } | Self::TwoCountries => "lieu",
            Self::Quarter(_) | Self::Unpublished { .. } | Self::Nothing(_) => "periode",
            Self::Map(_) => "carte",
            Self::TooMany { parameter, .. } => parameter,
        }
    }
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::Indicator(found) => {
                Message::new("analysis-refused-indicator").with("found", found)
            }
            Self::Place(found) => Message::new("analysis-refused-place").with("found", found),
            Self::Map(found) => Message::new("carte-refused").with("found", found),
            Self::Quarter(found) => Message::new("analysis-refused-quarter").with("found", found),
            Self::Unpublished { place, quarter } => Message::new("analysis-refused-unpublished")
                .with("place", place)
                .with("quarter", quarter),
            Self::NotThen { place, quarter } => Message::new("analysis-refused-not-then")
                .with("place", place)
                .with("quarter", quarter),
            Self::Nothing(place) => Message::new("analysis-refused-nothing").with("place", place),
            Self::TwoCountries => Message::new("analysis-refused-two-countries"),
            Self::TooMany { parameter, most } => Message::new("analysis-refused-too-many")
                .with("parameter", parameter)
                .with("most", most),
        }
    }
}

/// Reads the parameters. Each may be repeated or hold several values between commas. Other
/// parameters are left alone.
///
/// # Errors
///
/// The first indicator that does not exist or text that is not a quarter.
pub fn read(questionnaire: &Questionnaire, pairs: &[(String, String)]) -> Result<Asked, Refused> {
    let mut asked = Asked::default();
    for (name, value) in pairs {
        let values = value.split(',').map(str::trim).filter(|it| !it.is_empty());
        match name.as_str() {
            "indicateur" => {
                for code in values {
                    let at = super::number_of(questionnaire, &code.to_uppercase())
                        .ok_or_else(|| Refused::Indicator(code.to_owned()))?;
                    asked.indicators.push(at);
                }
            }
            "lieu" => {
                for code in values {
                    if !asked.places.iter().any(|it| it == code) {
                        asked.places.push(code.to_owned());
                    }
                }
            }
            "periode" => {
                for text in values {
                    let quarter = text.parse().map_err(|_| Refused::Quarter(text.to_owned()))?;
                    asked.quarters.push(quarter);
                }
            }
            "sous" => asked.with_children |= matches!(value.as_str(), "1" | "oui"),
            "carte" => {
                asked.map = Carte::read(value.trim()).ok_or_else(|| Refused::Map(value.clone()))?;
            }
            "lieux" => asked.with_children |= value == "enfants",
            _ => {}
        }
    }
    asked.indicators.sort_unstable();
    asked.indicators.dedup();
    asked.quarters.sort_unstable();
    asked.quarters.dedup();
    if MOST_PLACES < asked.places.len() {
        return Err(Refused::TooMany { parameter: "lieu", most: MOST_PLACES });
    }
    if MOST_QUARTERS < asked.quarters.len() {
        return Err(Refused::TooMany { parameter: "periode", most: MOST_QUARTERS });
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &[(&str, &str)]) -> Vec<(String, String)> {
        text.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    }

    #[test]
    fn parameters_may_be_repeated_or_hold_commas() {
        let questionnaire = Questionnaire::shipped().unwrap();
        let asked = read(
            questionnaire,
            &pairs(&[
                ("indicateur", "i010, I001"),
                ("indicateur", "I010"),
                ("lieu", "EX-C2,EX-C1"),
                ("lieu", "EX-C2"),
                ("periode", "2024T4"),
                ("periode", "2023T4,"),
                ("sous", "1"),
                ("langue", "en"),
            ]),
        )
        .unwrap();
        let codes: Vec<&str> = asked
            .indicators
            .iter()
            .map(|it| questionnaire.indicators()[*it].code.as_str())
            .collect();
        assert_eq!(codes, ["I001", "I010"]);
        assert_eq!(asked.places, ["EX-C2", "EX-C1"]);
        assert_eq!(
            asked.quarters.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["2023T4", "2024T4"]
        );
        assert!(asked.with_children);
    }

    #[test]
    fn a_mistake_names_its_parameter() {
        let questionnaire = Questionnaire::shipped().unwrap();
        for (name, value, expected) in [
            ("indicateur", "I999", "indicateur"),
            ("periode", "2024", "periode"),
            ("periode", "T4 2024", "periode"),
            ("periode", "2024T5", "periode"),
        ] {
            let refused = read(questionnaire, &pairs(&[(name, value)])).unwrap_err();
            assert_eq!(refused.parameter(), expected, "{value}");
        }
    }
}
