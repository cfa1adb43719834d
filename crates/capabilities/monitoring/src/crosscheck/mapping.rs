//! Which column of a foreign table is which of our data.

use crate::questionnaire::{Cells, Element, Kind, Level, Questionnaire};
use kernel::search::fold;
use kernel::{Decimal, Language, Period};
use serde::{Deserialize, Serialize};

/// How a foreign table is read. It is kept under the name of its source, for next year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The name of the sheet; empty for a text.
    pub sheet: String,
    /// The line of headings.
    pub heading: u32,
    /// The column of places, by the name of its heading.
    pub place: String,
    /// The column of the unit above, which tells places of one name apart; empty if there is none.
    #[serde(default)]
    pub above: String,
    /// The level of the places: `commune`, `cercle`, `region`.
    pub level: String,
    /// The period of all lines; empty if a column says it.
    #[serde(default)]
    pub period: String,
    /// The column of periods; empty if all lines are of one.
    #[serde(default)]
    pub period_column: String,
    /// The columns of figures.
    pub columns: Vec<Column>,
    /// How far two figures may lie apart.
    pub tolerance: Tolerance,
}

/// A column of figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The name of its heading.
    pub heading: String,
    /// Our data: `SAN_CPN1`, or a part of it, `DEM_POP|SEXE=F`.
    pub target: String,
    /// By what its figures are multiplied to be in our unit; a decimal number.
    pub factor: String,
}

/// How far two figures may lie apart and still agree: either is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tolerance {
    /// In hundredths of our figure; a decimal number.
    pub percent: String,
    /// In the unit of the data; a decimal number.
    pub absolute: String,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { percent: "10".to_owned(), absolute: "0".to_owned() }
    }
}

impl Tolerance {
    /// Whether two figures agree.
    pub fn holds(&self, ours: Decimal, theirs: Decimal) -> bool {
        let read = |it: &str| it.parse::<Decimal>().unwrap_or_default();
        let Some(apart) = theirs.checked_sub(ours).map(|it| it.abs()) else { return false };
        let share = ours.abs().checked_mul(read(&self.percent));
        let allowed = share.map(|it| it / Decimal::ONE_HUNDRED).unwrap_or_default();
        apart <= read(&self.absolute) || apart <= allowed
    }
}

impl Mapping {
    /// The level of the places.
    pub fn level(&self) -> Level {
        Level::from_word(&self.level).unwrap_or(Level::Commune)
    }
}

/// Our data of a column: an element, whole or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The cells added up.
    pub cells: Cells,
    /// Whether it is one cell of a form, which can be filled in.
    pub is_one_cell: bool,
}

/// The data that a text names: `SAN_CPN1`, `DEM_POP|SEXE=F`, `DEM_POP|SEXE=F;AGE_POP=A00`; what
/// follows a space is for people. `None` if there is none, or if it is answered in words.
pub fn target(questionnaire: &Questionnaire, text: &str) -> Option<Target> {
    let text = text.trim().split(' ').next()?;
    let (code, options) = text.split_once('|').unwrap_or((text, ""));
    let number = questionnaire.element_number(&code.to_uppercase())?;
    let element = questionnaire.element(number);
    if matches!(element.kind, Kind::Choice(_)) {
        return None;
    }
    let mut wanted = Vec::new();
    for pair in options.split(';').filter(|it| !it.is_empty()) {
        let (dimension, option) = pair.split_once('=')?;
        let at = element.dimensions.iter().position(|it| {
            questionnaire.dimensions()[usize::from(*it)].code.eq_ignore_ascii_case(dimension)
        })?;
        let dimension = &questionnaire.dimensions()[usize::from(element.dimensions[at])];
        wanted.push((at, dimension.option(&option.to_uppercase())?));
    }
    let fits = |cell: &Vec<u16>| wanted.iter().all(|(at, option)| cell.get(*at) == Some(option));
    let mut cells = Cells::all(number, element);
    cells.cells = (0..).zip(&element.cells).filter(|(_, it)| fits(it)).map(|(at, _)| at).collect();
    Some(Target { is_one_cell: cells.cells.len() == 1, cells })
}

/// The name of a target for people: « Population, Féminin ».
pub(super) fn named(questionnaire: &Questionnaire, text: &str, language: Language) -> String {
    let (code, options) = text.split_once('|').unwrap_or((text, ""));
    let Some(number) = questionnaire.element_number(code) else { return text.to_owned() };
    let element = questionnaire.element(number);
    let mut words = vec![element.label.say(language).to_owned()];
    for pair in options.split(';') {
        let Some((dimension, option)) = pair.split_once('=') else { continue };
        let dimension = questionnaire.dimensions().iter().find(|it| it.code == dimension);
        let option = dimension.and_then(|it| it.options.iter().find(|it| it.code == option));
        words.extend(option.map(|it| it.label.say(language).to_owned()));
    }
    words.join(", ")
}

/// A target as the journal writes it, whatever case it was typed in.
pub(super) fn canonical(questionnaire: &Questionnaire, text: &str) -> Option<String> {
    target(questionnaire, text)?;
    text.trim().split(' ').next().map(str::to_uppercase)
}

/// What a person may choose: each element whole, and by one option of each of its lists.
pub(super) fn choices(questionnaire: &Questionnaire, language: Language) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for element in questionnaire.elements() {
        if matches!(element.kind, Kind::Choice(_)) {
            continue;
        }
        out.push((element.code.clone(), element.label.say(language).to_owned()));
        for dimension in parts(questionnaire, element) {
            for option in &dimension.options {
                let code = format!("{}|{}={}", element.code, dimension.code, option.code);
                let name = named(questionnaire, &code, language);
                out.push((code, name));
            }
        }
    }
    out
}

fn parts<'a>(
    questionnaire: &'a Questionnaire,
    element: &'a Element,
) -> impl Iterator<Item = &'a crate::questionnaire::Dimension> {
    element.dimensions.iter().map(|it| &questionnaire.dimensions()[usize::from(*it)])
}

/// The element whose code or name a heading bears; `None` if a person must say.
pub(super) fn suggested(questionnaire: &Questionnaire, heading: &str) -> Option<String> {
    let wanted = fold(heading);
    if wanted.is_empty() {
        return None;
    }
    let bears = |it: &&Element| {
        let names = [&it.label.french, &it.label.english, &it.short_label.french];
        fold(&it.code) == wanted || names.iter().any(|name| fold(name) == wanted)
    };
    let mut found = questionnaire.elements().iter().filter(bears);
    let first = found.next()?;
    found.next().is_none().then(|| first.code.clone())
}

/// The period that a cell or a field says: `2024`, `2024T4`, `T4 2024`, `4e trimestre 2024`.
pub(super) fn read_period(text: &str) -> Option<Period> {
    let text = text.trim();
    if let Ok(it) = text.parse() {
        return Some(it);
    }
    let words = fold(text);
    let digits = |it: &&str| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit());
    let year: u16 = words.split(' ').find(digits)?.parse().ok()?;
    let quarter = words.split(' ').find_map(|it| {
        let number = it.trim_start_matches('t').trim_end_matches(['e', 'r']);
        number.parse::<u8>().ok().filter(|it| (1..=4).contains(it))
    });
    let is_quarter = words.contains("trim") || words.split(' ').any(|it| it.starts_with('t'));
    match (is_quarter, quarter) {
        (true, Some(number)) => kernel::Quarter::new(year, number).map(Period::Quarter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_name_an_element_or_a_part_of_it() {
        let questionnaire = Questionnaire::shipped().unwrap();
        let count = |text: &str| target(questionnaire, text).map(|it| it.cells.cells.len());
        let whole = count("DEM_POP").unwrap();
        assert_eq!(count("dem_pop|sexe=f").map(|it| it * 2), Some(whole));
        assert_eq!(count("DEM_POP|SEXE=F;AGE_POP=A00 – Population"), Some(1));
        assert!(target(questionnaire, "SAN_CPN1").unwrap().is_one_cell);
        for text in ["", "DEM_POPE", "DEM_POP|SEXE=X", "DEM_POP|ECOLE=1", "DEM_POP_SRC"] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2024", Some("2024")),
            ("2024T4", Some("2024T4")),
            ("T4 2024", Some("2024T4")),
            ("4e trimestre 2024", Some("2024T4")),
            ("1er trimestre 2024", Some("2024T1")),
            ("5e trimestre 2024", None),
            ("décembre 2024", None),
            ("", None),
        ] {
            let read = read_period(text).map(|it| it.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn either_tolerance_is_enough() {
        let ten = Tolerance { percent: "10".to_owned(), absolute: "2".to_owned() };
        for (ours, theirs, expected) in
            [(100, 110, true), (100, 111, false), (0, 2, true), (0, 3, false), (-100, -109, true)]
        {
            assert_eq!(ten.holds(ours.into(), theirs.into()), expected, "{ours} {theirs}");
        }
    }
}
