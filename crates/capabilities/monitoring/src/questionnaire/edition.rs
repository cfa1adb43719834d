//! The editions of a questionnaire, one after the other, and what holds for each quarter.

use super::content::{ContentProblem, Line};
use super::load;
use super::tables::{Change, Sheet, Tables};
use super::{ContentError, Questionnaire, Rhythm};
use kernel::Quarter;
use std::sync::Arc;

/// One edition: the questionnaire from a quarter on.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its first quarter; `None` for the first edition, which holds from the beginning.
    pub from: Option<Quarter>,
    /// Its rows.
    pub tables: Tables,
}

/// The columns of a row that say what its code means: they never change.
const MEANING: &[(Sheet, &[&str])] = &[
    (Sheet::Forms, &["periodicite", "niveau_saisie"]),
    (
        Sheet::Elements,
        &[
            "type",
            "unite",
            "ventilations",
            "liste_choix",
            "periodicite",
            "niveau_saisie",
            "cumul_temps",
            "cumul_territoire",
        ],
    ),
];

/// All the editions that a post knows, and the questionnaire of each. Their numbers of elements
/// and cells are the same, whatever the quarter.
#[derive(Clone, Debug)]
pub struct Editions {
    editions: Vec<Edition>,
    read: Vec<Arc<Questionnaire>>,
}

impl Editions {
    /// A questionnaire in its first edition.
    pub fn first(tables: Tables) -> Result<Self, ContentError> {
        Self::of(vec![Edition { from: None, tables }]).map_err(load::first)
    }

    fn of(editions: Vec<Edition>) -> Result<Self, Vec<ContentError>> {
        // The newest first: its mistakes are those that a person can mend.
        let read = (0..editions.len()).rev().map(|at| load::read(&editions, at).map(Arc::new));
        let mut read = read.collect::<Result<Vec<_>, _>>()?;
        read.reverse();
        Ok(Self { editions, read })
    }

    /// These editions and one more, which changes rows of the last one from a quarter on. An
    /// edition of the same or an earlier quarter takes the place of those that began later.
    ///
    /// # Errors
    ///
    /// The first mistake of the new edition: it is refused whole.
    pub fn with(&self, from: Quarter, changes: &[Change]) -> Result<Self, ContentError> {
        self.check(from, changes).map_err(load::first)
    }

    /// As [`Editions::with`], for a person who mends what is wrong.
    ///
    /// # Errors
    ///
    /// Every mistake of the new edition, each with its table, row, column and, in a formula, its
    /// place; never an empty list. What fails only because of another mistake is not told.
    pub fn check(&self, from: Quarter, changes: &[Change]) -> Result<Self, Vec<ContentError>> {
        let mut editions = self.editions.clone();
        let mut tables = self.last().tables.clone();
        for change in changes {
            tables.apply(change);
        }
        editions.push(Edition { from: Some(from), tables });
        let mut faults = load::Faults::default();
        meanings(&editions).into_iter().for_each(|it| faults.add(it));
        match Self::of(editions) {
            Ok(found) => {
                found.years(from).into_iter().for_each(|it| faults.add(it));
                faults.none().map(|()| found)
            }
            Err(errors) => {
                errors.into_iter().for_each(|it| faults.add(it));
                Err(faults.none().err().unwrap_or_default())
            }
        }
    }

    /// The last edition.
    pub fn last(&self) -> &Edition {
        // There is always a first one.
        &self.editions[self.editions.len() - 1]
    }

    /// The editions, in order.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The questionnaire of an edition, by its place.
    pub fn questionnaire(&self, at: usize) -> Option<&Arc<Questionnaire>> {
        self.read.get(at)
    }

    /// The place of the edition in force for a quarter.
    pub fn place(&self, quarter: Quarter) -> usize {
        let begun = |it: &Edition| it.from.is_none_or(|it| it <= quarter);
        self.editions.iter().rposition(begun).unwrap_or_default()
    }

    /// The place of the edition of this mark.
    pub fn marked(&self, mark: &str) -> Option<usize> {
        self.read.iter().position(|it| it.mark() == mark)
    }

    /// A quarter in which the edition of this place is in force; `None` if another of the same
    /// quarter took its place at once.
    pub fn quarter_of(&self, at: usize) -> Option<Quarter> {
        let from = match self.editions.get(at)?.from {
            Some(from) => from,
            None => self.editions.get(at + 1)?.from?.plus(-1),
        };
        (self.place(from) == at).then_some(from)
    }

    /// The questionnaire in force for a quarter, its parameters as they were then.
    pub fn in_force(&self, quarter: Quarter) -> Arc<Questionnaire> {
        let edition = &self.read[self.place(quarter)];
        if edition.parameters().values().all(|it| it.dated.len() < 2) {
            return Arc::clone(edition);
        }
        let mut own = Questionnaire::clone(edition);
        for parameter in own.parameters.values_mut() {
            parameter.hold_on(Some(quarter.last_day()));
        }
        Arc::new(own)
    }

    /// The questionnaire of the last edition.
    pub fn newest(&self) -> &Arc<Questionnaire> {
        &self.read[self.read.len() - 1]
    }

    /// A value of a year is one value: what is asked of a year changes with it.
    fn years(&self, from: Quarter) -> Vec<ContentError> {
        let mut found = Vec::new();
        let (Some(last), Some(before)) = (self.editions.last(), self.read.len().checked_sub(2))
        else {
            return found;
        };
        let (before, now) = (&self.read[before], self.newest());
        for (number, element) in (0..).zip(now.elements()) {
            let opens = match element.rhythm {
                Rhythm::Quarterly => true,
                Rhythm::Yearly => from.number() == 1,
                Rhythm::SchoolYear => from.number() == 4,
            };
            let then = match usize::from(number) < before.elements().len() {
                true => before.element(number).asked.as_slice(),
                false => &[],
            };
            let then = then.iter().copied().chain(std::iter::repeat(false));
            if !opens && element.asked.iter().zip(then).any(|(now, then)| *now != then) {
                let problem = ContentProblem::WithinYear(element.code.clone());
                let row = last.tables.row(Sheet::Elements, &element.code);
                found.push(match row {
                    Some(row) => Line::of_row(Sheet::Elements, row).stop("periodicite", problem),
                    None => ContentError {
                        file: Sheet::Elements.file().to_owned(),
                        line: 0,
                        column: "periodicite".to_owned(),
                        place: None,
                        problem,
                    },
                });
            }
        }
        found
    }
}

/// A code keeps its meaning: returns of all times are read together.
fn meanings(editions: &[Edition]) -> Vec<ContentError> {
    let mut found = Vec::new();
    let Some((last, before)) = editions.split_last() else { return found };
    for (sheet, columns) in MEANING {
        for row in last.tables.rows(*sheet) {
            let known = before.iter().rev().find_map(|it| it.tables.row(*sheet, &row.key));
            let Some(known) = known else { continue };
            for column in columns.iter().filter(|it| row.text(it) != known.text(it)) {
                let problem = ContentProblem::OtherMeaning(row.key.clone());
                found.push(Line::of_row(*sheet, row).stop(column, problem));
            }
        }
    }
    found
}
