//! The mistakes of an edition, all of them: a person mends them in one go.

use crate::questionnaire::content::Line;
use crate::questionnaire::{ContentError, ContentProblem};
use std::collections::BTreeSet;

/// More than this says that the file is another one; nobody reads on.
const MOST: usize = 200;

/// What was found wrong, in the order of the tables.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    found: Vec<ContentError>,
    // What was not read for its own mistakes: others that name it are not wrong for that.
    missing: BTreeSet<String>,
}

impl Faults {
    /// Nothing is wrong so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// A mistake more. Said twice, it counts once.
    pub(crate) fn add(&mut self, error: ContentError) {
        let follows = match &error.problem {
            ContentProblem::Unknown(code) | ContentProblem::Retired(code) => {
                self.missing.contains(code)
            }
            _ => false,
        };
        if !follows && self.found.len() < MOST && !self.found.contains(&error) {
            self.found.push(error);
        }
    }

    /// Keeps the mistake of a row, and that the row was not read. Tells whether it was.
    pub(super) fn keep(&mut self, line: &Line<'_>, done: Result<(), ContentError>) -> bool {
        let Err(error) = done else { return true };
        self.add(error);
        for column in ["code", "dimension", "option"] {
            let text = line.text(column);
            if !text.is_empty() {
                self.missing.insert(text.to_owned());
            }
        }
        false
    }

    /// Keeps the mistakes of a row that holds several formulas.
    pub(super) fn all(&mut self, line: &Line<'_>, first: ContentError, others: Vec<ContentError>) {
        let is_formula = others.contains(&first);
        if !is_formula {
            let _ = self.keep(line, Err(first));
        }
        for error in others {
            let _ = self.keep(line, Err(error));
        }
    }

    /// Nothing if nothing is wrong.
    ///
    /// # Errors
    ///
    /// All that is wrong; never an empty list.
    pub(crate) fn none(self) -> Result<(), Vec<ContentError>> {
        if self.found.is_empty() { Ok(()) } else { Err(self.found) }
    }
}

/// The first of some mistakes.
pub(crate) fn first(mut errors: Vec<ContentError>) -> ContentError {
    errors.swap_remove(0)
}
