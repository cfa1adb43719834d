//! Numbers and names as sentences need them, in the reader's language.

use kernel::format::NO_BREAK;
use kernel::{Decimal, Language, Quarter};
use web::Catalogue;

use crate::questionnaire::{Indicator, Label, Level};

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
    pub fn unit(&self, unit: &Label) -> String {
        unit.say(self.language).to_owned()
    }

    /// The name of a sector.
    pub fn sector(&self, sector: &Label) -> String {
        sector.say(self.language).to_owned()
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
    pub fn with_unit(&self, number: &str, unit: &Label) -> String {
        match unit.say(self.language) {
            "" => number.to_owned(),
            // English sets the sign against its number.
            "%" if self.language == Language::English => format!("{number}%"),
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
