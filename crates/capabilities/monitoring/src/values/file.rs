//! Values in a file: `element,unite_org,periode,options,valeur`.

use super::{Value, read};
use crate::questionnaire::{
    CellId, CellKey, ContentError, ContentProblem, Questionnaire, Rhythm, Table,
};
use kernel::Period;
use std::collections::BTreeSet;

/// One value of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The cell.
    pub cell: CellId,
    /// The code of the unit, as written.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The value.
    pub value: Value,
}

/// Reads a file of values, or refuses it whole. Lines without a value are left out: absent is not
/// zero. Whether the units exist is for the caller to say.
///
/// # Errors
///
/// The first mistake, with its line and column; a cell that comes twice is one.
pub fn read_file(
    questionnaire: &Questionnaire,
    name: &str,
    text: &str,
) -> Result<Vec<Entry>, ContentError> {
    let columns = ["element", "unite_org", "periode", "options", "valeur"];
    let mut entries = Vec::new();
    let mut seen = BTreeSet::new();
    // Counted line by line, whatever the system that wrote the file.
    let text = text.replace("\r\n", "\n");
    let table = Table::read(name, &text, &columns)?;
    for line in table.lines() {
        let code = line.filled("element")?;
        let unit = line.filled("unite_org")?;
        let number = questionnaire
            .element_number(code)
            .ok_or_else(|| line.stop("element", ContentProblem::Unknown(code.to_owned())))?;
        let element = questionnaire.element(number);
        let written = line.filled("periode")?;
        let period: Period =
            written.parse().ok().filter(|it| element.rhythm.fits(*it)).ok_or_else(|| {
                let expected = match element.rhythm {
                    Rhythm::Quarterly => "2024T4",
                    Rhythm::Yearly | Rhythm::SchoolYear => "2024",
                };
                let found = written.to_owned();
                line.stop("periode", ContentProblem::NotAPeriod { found, expected })
            })?;
        let options = line.text("options");
        let key = CellKey { element: code.to_owned(), options: options.to_owned() };
        let cell = questionnaire
            .cell(&key)
            .ok_or_else(|| line.stop("options", ContentProblem::Unknown(options.to_owned())))?;
        if !seen.insert((unit, period, cell)) {
            return Err(line.stop("", ContentProblem::Twice(format!("{key} {unit} {period}"))));
        }
        let value = read(questionnaire, element, line.text("valeur"))
            .map_err(|it| line.stop("valeur", ContentProblem::Value(it)))?;
        if let Some(value) = value {
            entries.push(Entry { cell, unit: unit.to_owned(), period, value });
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_faulty_file_is_refused_with_its_line() {
        let questionnaire = Questionnaire::shipped().unwrap();
        for (line, column) in [
            ("DEM_POPE,X,2024,SEXE=F;AGE_POP=A00,1", "element"),
            ("DEM_POP,,2024,SEXE=F;AGE_POP=A00,1", "unite_org"),
            ("DEM_POP,X,2024T4,SEXE=F;AGE_POP=A00,1", "periode"),
            ("EDI_SIEGES,X,2024,,11", "periode"),
            ("DEM_POP,X,2024,SEXE=F,1", "options"),
            ("DEM_POP,X,2024,SEXE=F;SEXE=H,1", "options"),
            ("DEM_POP,X,2024,SEXE=F;AGE_POP=A00,-1", "valeur"),
            ("DEM_VILLAGES,X,2024,,2\nDEM_VILLAGES,X,2024,,3", ""),
            ("DEM_VILLAGES,X", ""),
        ] {
            let text = format!("element,unite_org,periode,options,valeur\n{line}\n");
            let error = read_file(questionnaire, "valeurs.csv", &text).unwrap_err();
            assert_eq!(error.column, column, "{line}: {error}");
            assert_eq!(error.line, if line.contains('\n') { 3 } else { 2 }, "{line}: {error}");
        }
        let missing = read_file(questionnaire, "valeurs.csv", "element,unite_org\n").unwrap_err();
        assert_eq!((missing.line, missing.column.as_str()), (1, "periode"));
    }

    #[test]
    fn a_spreadsheet_in_french_is_read_as_any_other() {
        let questionnaire = Questionnaire::shipped().unwrap();
        let text = "\u{feff}element;unite_org;periode;options;valeur\r\n\
                    DEM_POP;X;2024;\"SEXE=F;AGE_POP=A00\";\"1 234\"\r\n\
                    DEM_SUPERFICIE;X;2024;;817,8\r\n";
        let entries = read_file(questionnaire, "valeurs.csv", text).unwrap();
        let values: Vec<String> = entries.iter().map(|it| it.value.to_string()).collect();
        assert_eq!(values, ["1234", "817.8"]);
        let wrong = text.replace("X;2024;;", "X;T4 2024;;");
        let error = read_file(questionnaire, "valeurs.csv", &wrong).unwrap_err();
        assert_eq!((error.line, error.column.as_str()), (3, "periode"));
        let expected = ContentProblem::NotAPeriod { found: "T4 2024".into(), expected: "2024" };
        assert_eq!(error.problem, expected);
    }

    #[test]
    fn options_are_read_in_any_order_and_empty_lines_hold_nothing() {
        let questionnaire = Questionnaire::shipped().unwrap();
        let text = "element,unite_org,periode,options,valeur\n\
                    DEM_POP,X,2024,AGE_POP=A00;SEXE=F,3\n\
                    DEM_POP,X,2024,AGE_POP=A00;SEXE=H,\n";
        let entries = read_file(questionnaire, "valeurs.csv", text).unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(questionnaire.key(entries[0].cell).options, "SEXE=F;AGE_POP=A00");
    }
}
