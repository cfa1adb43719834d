//! What was typed in a cell.

use super::Value;
use crate::questionnaire::{Element, Kind, Questionnaire};
use kernel::format::read_number;
use kernel::search::fold;
use kernel::{Decimal, Message, Reject};
use std::borrow::Cow;

/// The decimals that a cell keeps.
const PLACES: u32 = 4;

/// What was typed is not an answer to the question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not a number.
    #[error("{typed:?} is not a number")]
    NotANumber {
        /// What was typed.
        typed: String,
    },
    /// Only whole numbers are counted here.
    #[error("{typed:?} is not a whole number")]
    NotWhole {
        /// What was typed.
        typed: String,
    },
    /// There are more than four decimals.
    #[error("{typed:?} has too many decimals")]
    TooPrecise {
        /// What was typed.
        typed: String,
    },
    /// It is less than the questionnaire allows.
    #[error("{typed:?} is less than {least}")]
    TooSmall {
        /// What was typed.
        typed: String,
        /// The smallest value.
        least: Decimal,
    },
    /// It is more than the questionnaire allows.
    #[error("{typed:?} is more than {most}")]
    TooLarge {
        /// What was typed.
        typed: String,
        /// The largest value.
        most: Decimal,
    },
    /// It is neither yes nor no.
    #[error("{typed:?} is neither yes nor no")]
    NotYesOrNo {
        /// What was typed.
        typed: String,
    },
    /// It is not one of the options.
    #[error("{typed:?} is not one of {options}")]
    NotAnOption {
        /// What was typed.
        typed: String,
        /// The codes of the options, between commas.
        options: String,
    },
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::NotANumber { typed } => {
                Message::new("oise-value-not-a-number").with("typed", typed)
            }
            Self::NotWhole { typed } => Message::new("oise-value-not-whole").with("typed", typed),
            Self::TooPrecise { typed } => {
                Message::new("oise-value-too-precise").with("typed", typed).with("places", PLACES)
            }
            Self::TooSmall { typed, least } => Message::new("oise-value-too-small")
                .with("typed", typed)
                .with("least", least.normalize()),
            Self::TooLarge { typed, most } => Message::new("oise-value-too-large")
                .with("typed", typed)
                .with("most", most.normalize()),
            Self::NotYesOrNo { typed } => {
                Message::new("oise-value-not-yes-or-no").with("typed", typed)
            }
            Self::NotAnOption { typed, options } => Message::new("oise-value-not-an-option")
                .with("typed", typed)
                .with("options", options),
        }
    }
}

/// Reads what was typed in a cell of this element, or what a file holds. `Ok(None)` is an empty
/// cell; `NSP`, `?` and « ne sait pas » are [`Value::Unknown`].
///
/// Bounds are those of the total; a part of a total has no lower bound but zero.
///
/// # Errors
///
/// If it is not an answer to the question, with the bound that it passes.
pub fn read(
    questionnaire: &Questionnaire,
    element: &Element,
    typed: &str,
) -> Result<Option<Value>, Refused> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // Nearly all that is typed is a number, and a whole history is read through here.
    let plain = text.bytes().all(|it| it.is_ascii_digit());
    let folded = if plain { Cow::Borrowed(text) } else { Cow::Owned(fold(text)) };
    let unknown = ["?", "nsp", "ne sait pas", "do not know"];
    if !plain && (unknown.contains(&text) || unknown.contains(&folded.as_ref())) {
        return Ok(Some(Value::Unknown));
    }
    let typed = || text.to_owned();
    match element.kind {
        Kind::YesNo => match folded.as_ref() {
            "1" | "oui" | "o" | "yes" | "y" => Ok(Some(Value::Number(Decimal::ONE))),
            "0" | "non" | "n" | "no" => Ok(Some(Value::Number(Decimal::ZERO))),
            _ => Err(Refused::NotYesOrNo { typed: typed() }),
        },
        Kind::Choice(dimension) => {
            let options = &questionnaire.dimensions()[usize::from(dimension)].options;
            let named = |label: &str| fold(label) == folded;
            let found = options
                .iter()
                .filter(|it| it.in_force)
                .find(|it| named(&it.code) || named(&it.label.french) || named(&it.label.english));
            match found {
                Some(option) => Ok(Some(Value::Choice(option.code.clone()))),
                None => {
                    let codes: Vec<&str> = options
                        .iter()
                        .filter(|it| it.in_force)
                        .map(|it| it.code.as_str())
                        .collect();
                    Err(Refused::NotAnOption { typed: typed(), options: codes.join(", ") })
                }
            }
        }
        Kind::Whole | Kind::Amount | Kind::Decimal => {
            let number = read_number(text).ok_or_else(|| Refused::NotANumber { typed: typed() })?;
            let number = number.normalize();
            if element.kind != Kind::Decimal && !number.is_integer() {
                return Err(Refused::NotWhole { typed: typed() });
            }
            if PLACES < number.scale() {
                return Err(Refused::TooPrecise { typed: typed() });
            }
            let split = !element.dimensions.is_empty();
            if let Some(least) =
                element.least.map(|it| if split { it.min(Decimal::ZERO) } else { it })
                && number < least
            {
                return Err(Refused::TooSmall { typed: typed(), least });
            }
            if let Some(most) = element.most
                && most < number
            {
                return Err(Refused::TooLarge { typed: typed(), most });
            }
            Ok(Some(Value::Number(number)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn answers_are_read_as_people_type_them() {
        let questionnaire = Questionnaire::shipped().unwrap();
        for (code, typed, expected) in [
            ("DEM_POP", "", Ok(None)),
            ("DEM_POP", "  ", Ok(None)),
            ("DEM_POP", "0", Ok(Some("0"))),
            ("DEM_POP", "1 234", Ok(Some("1234"))),
            ("DEM_POP", "NSP", Ok(Some("NSP"))),
            ("DEM_POP", "ne sait pas", Ok(Some("NSP"))),
            ("DEM_POP", "?", Ok(Some("NSP"))),
            ("DEM_POP", "12,0", Ok(Some("12"))),
            ("DEM_POP", "12,5", Err("oise-value-not-whole")),
            ("DEM_POP", "-1", Err("oise-value-too-small")),
            ("DEM_POP", "5000001", Err("oise-value-too-large")),
            ("DEM_POP", "douze", Err("oise-value-not-a-number")),
            ("DEM_SUPERFICIE", "817,8", Ok(Some("817.8"))),
            ("DEM_SUPERFICIE", "0,05", Err("oise-value-too-small")),
            ("DEM_SUPERFICIE", "1,23456", Err("oise-value-too-precise")),
            ("EDI_SIEGES", "10", Err("oise-value-too-small")),
            ("EDI_MAIRE_F", "oui", Ok(Some("1"))),
            ("EDI_MAIRE_F", "Non", Ok(Some("0"))),
            ("EDI_MAIRE_F", "2", Err("oise-value-not-yes-or-no")),
            ("DEM_POP_SRC", "proj", Ok(Some("PROJ"))),
            ("DEM_POP_SRC", "Recensement général", Ok(Some("RGPH"))),
            ("DEM_POP_SRC", "voisin", Err("oise-value-not-an-option")),
            ("FIN_TDRL", "1.234.567", Ok(Some("1234567"))),
        ] {
            let number = questionnaire.element_number(code).unwrap();
            let element = questionnaire.element(number);
            let read = read(questionnaire, element, typed);
            let read = read.map(|it| it.map(|it| it.to_string())).map_err(|it| it.message().key);
            let expected = expected.map(|it| it.map(str::to_owned)).map_err(str::to_owned);
            assert_eq!(read, expected, "{code} {typed:?}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let questionnaire = Questionnaire::shipped().unwrap();
        for (code, typed) in
            [("DEM_SUPERFICIE", "1 388,90"), ("DEM_POP_SRC", "EST"), ("DEM_VILLAGES", "nsp")]
        {
            let element = questionnaire.element(questionnaire.element_number(code).unwrap());
            let value = read(questionnaire, element, typed).unwrap().unwrap();
            assert_eq!(read(questionnaire, element, &value.to_string()), Ok(Some(value)));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(typed in "\\PC{0,12}|[0-9 ,.−-]{0,14}", at in 0..157_u16) {
            let questionnaire = Questionnaire::shipped().unwrap();
            let element = questionnaire.element(at);
            if let Ok(Some(value)) = read(questionnaire, element, &typed) {
                let again = read(questionnaire, element, &value.to_string());
                prop_assert_eq!(again, Ok(Some(value)));
            }
        }
    }
}
