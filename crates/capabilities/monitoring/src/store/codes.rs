//! Cells and values as they are stored: by their codes, which outlive the numbering of one reading
//! of the questionnaire.

use crate::questionnaire::{CellId, Element, Kind, Questionnaire, SHIPPED};
use crate::values::{UNKNOWN, Value};
use kernel::{Decimal, Failure};
use std::collections::HashMap;
use std::sync::OnceLock;

struct Codes {
    // Looked up, never walked through: its order is nobody's.
    cells: HashMap<String, CellId>,
    texts: Vec<Vec<String>>,
}

fn codes() -> Option<&'static Codes> {
    static CODES: OnceLock<Option<Codes>> = OnceLock::new();
    let read = || {
        let questionnaire = Questionnaire::shipped().ok()?;
        let mut codes = Codes { cells: HashMap::new(), texts: Vec::new() };
        for (number, element) in (0..).zip(questionnaire.elements()) {
            let mut texts = Vec::new();
            for (cell, _) in (0..).zip(&element.cells) {
                let id = CellId { element: number, cell };
                let text = questionnaire.key(id).to_string();
                codes.cells.insert(text.clone(), id);
                texts.push(text);
            }
            codes.texts.push(texts);
        }
        Some(codes)
    };
    CODES.get_or_init(read).as_ref()
}

/// The questionnaire, or the failure that the operator must see.
pub(crate) fn questionnaire() -> Result<&'static Questionnaire, Failure> {
    Questionnaire::shipped().map_err(|error| Failure::broken(error.clone()))
}

/// The cell of the shipped questionnaire that this text names, as [`cell_text`] writes it.
pub fn cell_of(text: &str) -> Option<CellId> {
    codes()?.cells.get(text).copied()
}

/// A cell of the shipped questionnaire as it is stored: `DEM_POP|SEXE=F;AGE_POP=A00`.
pub fn cell_text(cell: CellId) -> &'static str {
    codes()
        .and_then(|it| it.texts.get(usize::from(cell.element))?.get(usize::from(cell.cell)))
        .map_or("", String::as_str)
}

/// A value as the journal writes it, read back without the checks of the door that it went
/// through. `None` if it is not one, which only another program can have written.
pub fn stored_value(element: &Element, text: &str) -> Option<Value> {
    if text == UNKNOWN {
        return Some(Value::Unknown);
    }
    match element.kind {
        Kind::Choice(_) => Some(Value::Choice(text.to_owned())),
        _ => text.parse::<Decimal>().ok().map(Value::Number),
    }
}

/// Which questionnaire a return was filled in with: a short hash of the shipped files.
pub fn questionnaire_mark() -> &'static str {
    static MARK: OnceLock<String> = OnceLock::new();
    MARK.get_or_init(|| {
        let mut hasher = blake3::Hasher::new();
        for file in [
            SHIPPED.data_sets,
            SHIPPED.elements,
            SHIPPED.categories,
            SHIPPED.parameters,
            SHIPPED.rules,
            SHIPPED.indicators,
        ] {
            hasher.update(&(file.len() as u64).to_le_bytes());
            hasher.update(file.as_bytes());
        }
        format!("oise-{}", &hasher.finalize().to_hex()[..12])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_reads_back_what_it_writes() {
        let questionnaire = Questionnaire::shipped().unwrap();
        for (number, element) in (0..).zip(questionnaire.elements()) {
            for (cell, _) in (0..).zip(&element.cells) {
                let id = CellId { element: number, cell };
                assert_eq!(cell_of(cell_text(id)), Some(id));
            }
        }
        assert_eq!(cell_of("DEM_POP|SEXE=F"), None);
    }
}
