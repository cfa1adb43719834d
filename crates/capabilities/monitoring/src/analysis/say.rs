//! Numbers and names as sentences need them, in the reader's language.

use kernel::format::NO_BREAK;
use kernel::search::fold;
use kernel::{Decimal, Language, Quarter};
use web::Catalogue;

use crate::questionnaire::{Indicator, Level};

use super::Figure;

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Say<'a> {
    /// All the words.
    pub catalogue: &'a Catalogue,
    /// The language.
    pub language: Language,
}

impl Say<'_> {
    /// The words of a key.
    pub fn t(&self, key: &str) -> String {
        self.catalogue.say(self.language, key, &[])
    }

    /// The words of a key with its arguments.
    pub fn with(&self, key: &str, arguments: &[(&str, String)]) -> String {
        self.catalogue.say(self.language, key, arguments)
    }

    /// The unit of an indicator or an element, in this language.
    pub fn unit(&self, french: &str) -> String {
        self.translated("oise-unit", french)
    }

    /// The name of a sector.
    pub fn sector(&self, french: &str) -> String {
        self.translated("oise-sector", french)
    }

    /// The questionnaire holds some short words in French only; the catalogue gives the others.
    fn translated(&self, prefix: &str, french: &str) -> String {
        let key = format!("{prefix}-{}", slug(french));
        if self.catalogue.has(self.language, &key) { self.t(&key) } else { french.to_owned() }
    }

    /// A value with its unit: `31,3 %`, `n.d.`.
    pub fn value(&self, indicator: &Indicator, value: Option<Decimal>) -> String {
        match value {
            None => self.t("analysis-none"),
            Some(_) => {
                self.with_unit(&self.language.written(&indicator.shown(value)), &indicator.unit)
            }
        }
    }

    /// A value without its unit, for the columns of a table.
    pub fn bare(&self, indicator: &Indicator, value: Option<Decimal>) -> String {
        match value {
            None => self.t("analysis-none"),
            Some(_) => self.language.written(&indicator.shown(value)),
        }
    }

    /// A number with its unit.
    pub fn with_unit(&self, number: &str, unit: &str) -> String {
        match self.unit(unit).as_str() {
            "" => number.to_owned(),
            unit => format!("{number}{NO_BREAK}{unit}"),
        }
    }

    /// A number with at most two decimals, or `n.d.`.
    pub fn number(&self, value: Option<Decimal>) -> String {
        match value {
            None => self.t("analysis-none"),
            Some(it) => self.language.decimal(it.round_dp(2).normalize()),
        }
    }

    /// `11/12 communes`.
    pub fn respondents(&self, indicator: &Indicator, figure: &Figure) -> String {
        self.answered(indicator.level, figure.respondents, figure.expected)
    }

    /// `11/12 communes`, for units of this level.
    pub fn answered(&self, level: Level, answered: u32, expected: u32) -> String {
        let arguments = [
            ("answered", answered.to_string()),
            ("expected", expected.to_string()),
            ("level", level.word().to_owned()),
        ];
        self.with("analysis-answered", &arguments)
    }

    /// A quarter in a sentence.
    pub fn quarter(&self, quarter: Quarter) -> String {
        self.language.quarter(quarter)
    }

    /// A list of names in a sentence: `Kati, Safo et Kambila`.
    pub fn list(&self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => {
                let arguments = [("first", first.join(", ")), ("last", (*last).to_owned())];
                self.with("analysis-list", &arguments)
            }
        }
    }
}

/// A French word as the end of a key.
pub(crate) fn slug(french: &str) -> String {
    match french {
        "%" => "percent".to_owned(),
        other => fold(&other.replace('²', "2").replace('³', "3")).replace(' ', "-"),
    }
}
