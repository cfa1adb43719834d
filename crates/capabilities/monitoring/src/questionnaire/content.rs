//! Reading the questionnaire's files: every mistake is told with its file, line and column.

use super::{Row, Sheet};
use expressions::ParseError;
use kernel::{Decimal, Message, Reject};
use std::collections::{BTreeMap, BTreeSet};

/// A line of a content file cannot be used. Nothing of the file is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, column {column}: {problem}")]
pub struct ContentError {
    /// The name of the file.
    pub file: String,
    /// The line, from 1, the headings being line 1.
    pub line: u64,
    /// The heading of the column; empty if the whole line is at fault.
    pub column: String,
    /// More about the place, in a questionnaire.
    pub place: Option<Box<Place>>,
    /// What is wrong.
    pub problem: ContentProblem,
}

/// Where a mistake of a questionnaire lies, beside its file and column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What names the row, as [`super::Sheet::key`] says.
    pub row: String,
    /// Where in the formula that the cell holds, in characters from 1.
    pub position: Option<usize>,
}

/// What can be wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentProblem {
    /// The line does not have the shape of the file.
    #[error("the line cannot be read: {0}")]
    Unreadable(String),
    /// The file lacks a column.
    #[error("the column is missing")]
    NoColumn,
    /// The file holds more lines than the program can number.
    #[error("the file has too many lines")]
    TooMany,
    /// The cell must be filled.
    #[error("the cell is empty")]
    Empty,
    /// The cell must hold a number.
    #[error("{0:?} is not a number")]
    NotANumber(String),
    /// The cell holds a word that is not one of those allowed.
    #[error("{0:?} is not one of the words allowed here")]
    NotAllowed(String),
    /// The cell names something that does not exist.
    #[error("there is no {0:?}")]
    Unknown(String),
    /// The code, or the value of the same cell, was given before.
    #[error("{0:?} comes twice")]
    Twice(String),
    /// The formula cannot be read.
    #[error(transparent)]
    Formula(ParseError),
    /// The formula reads an element that is collected at another level than the rest.
    #[error("{0:?} is collected at another level")]
    OtherLevel(String),
    /// The formula adds up over time an element that is a stock or a yearly value.
    #[error("{0:?} does not add up over quarters")]
    NotAFlow(String),
    /// The formula reads an element, an option or a form that is retired.
    #[error("{0:?} is retired")]
    Retired(String),
    /// The formula calculates with answers that are words.
    #[error("{0:?} holds words")]
    Words(String),
    /// Quantities that cannot be put together.
    #[error(transparent)]
    Units(expressions::UnitProblem),
    /// The unit that the row announces is not that of its formula.
    #[error("the unit {announced:?} is announced, the formula gives {found}")]
    OtherUnit {
        /// The unit announced.
        announced: String,
        /// That of the formula.
        found: String,
    },
    /// What the code names would no longer be the same thing.
    #[error("the code {0:?} already names another thing")]
    OtherMeaning(String),
    /// An element of a year changes with a year.
    #[error("{0:?} changes with a year, not within it")]
    WithinYear(String),
    /// It is no time: neither a year, nor two, nor a quarter, nor a day.
    #[error("{0:?} is not a time")]
    NotATime(String),
    /// The English sentence does not hold the numbers of the French one.
    #[error("the names in braces are not those of the French sentence")]
    OtherNames,
    /// The cell must name a period of this rhythm.
    #[error("{found:?} is not a period as {expected}")]
    NotAPeriod {
        /// What it holds.
        found: String,
        /// An example of what is expected.
        expected: &'static str,
    },
    /// A value is refused.
    #[error("refused: {0}")]
    Value(crate::values::Refused),
}

impl ContentError {
    /// What is wrong, without the place, for a page that shows the mistake beside it. A formula
    /// that cannot be read says what is wrong there.
    pub fn here(&self) -> Message {
        match &self.problem {
            ContentProblem::Formula(mistake) => mistake.message(),
            _ => {
                let told = self.message();
                Message { key: format!("{}.ici", told.key), ..told }
            }
        }
    }

    /// What names the row, as [`super::Sheet::key`] says; empty in a file of values.
    pub fn row(&self) -> &str {
        self.place.as_ref().map_or("", |it| it.row.as_str())
    }

    /// The same mistake at a place of the formula that the cell holds.
    #[must_use]
    pub(super) fn at(mut self, position: Option<usize>) -> Self {
        self.place.get_or_insert_default().position = position;
        self
    }

    /// Where in the cell, in characters from 1, if the cell holds a formula.
    pub fn character(&self) -> Option<usize> {
        match &self.problem {
            ContentProblem::Formula(mistake) => Some(mistake.column),
            _ => self.place.as_ref().and_then(|it| it.position),
        }
    }
}

impl Reject for ContentError {
    fn message(&self) -> Message {
        let message = match &self.problem {
            ContentProblem::Unreadable(_) => Message::new("oise-content-unreadable"),
            ContentProblem::NoColumn => Message::new("oise-content-no-column"),
            ContentProblem::TooMany => Message::new("oise-content-too-many"),
            ContentProblem::Empty => Message::new("oise-content-empty"),
            ContentProblem::NotANumber(found) => {
                Message::new("oise-content-not-a-number").with("found", found)
            }
            ContentProblem::NotAllowed(found) => {
                Message::new("oise-content-not-allowed").with("found", found)
            }
            ContentProblem::Unknown(found) => {
                Message::new("oise-content-unknown").with("found", found)
            }
            ContentProblem::Twice(found) => Message::new("oise-content-twice").with("found", found),
            ContentProblem::Formula(mistake) => {
                Message::new("oise-content-formula").with("position", mistake.column)
            }
            ContentProblem::OtherLevel(found) => {
                Message::new("oise-content-other-level").with("found", found)
            }
            ContentProblem::NotAFlow(found) => {
                Message::new("oise-content-not-a-flow").with("found", found)
            }
            ContentProblem::NotAPeriod { found, expected } => {
                Message::new("oise-content-not-a-period")
                    .with("found", found)
                    .with("expected", expected)
            }
            ContentProblem::Retired(found) => {
                Message::new("oise-content-retired").with("found", found)
            }
            ContentProblem::Words(found) => Message::new("oise-content-words").with("found", found),
            ContentProblem::Units(problem) => match problem {
                expressions::UnitProblem::Sum(left, right) => {
                    Message::new("oise-content-units-sum").with("left", left).with("right", right)
                }
                expressions::UnitProblem::Comparison(left, right) => {
                    Message::new("oise-content-units-comparison")
                        .with("left", left)
                        .with("right", right)
                }
            },
            ContentProblem::OtherUnit { announced, found } => {
                Message::new("oise-content-other-unit")
                    .with("announced", announced)
                    .with("found", found)
            }
            ContentProblem::OtherMeaning(found) => {
                Message::new("oise-content-other-meaning").with("found", found)
            }
            ContentProblem::WithinYear(found) => {
                Message::new("oise-content-within-year").with("found", found)
            }
            ContentProblem::NotATime(found) => {
                Message::new("oise-content-not-a-time").with("found", found)
            }
            ContentProblem::OtherNames => Message::new("oise-content-other-names"),
            ContentProblem::Value(_) => Message::new("oise-content-value"),
        };
        message.with("file", &self.file).with("line", self.line).with("heading", &self.column)
    }
}

/// The lines of a CSV text. A spreadsheet in French puts semicolons between cells: the line of
/// headings tells, since no heading holds one.
pub(crate) fn reader_of(text: &str) -> csv::Reader<&[u8]> {
    let headings = text.lines().next().unwrap_or_default();
    let french = headings.contains(';') && !headings.contains(',');
    let delimiter = if french { b';' } else { b',' };
    csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes())
}

/// The line on which a record begins. The reader counts from where it began to look, which is
/// before the empty lines that it passes over.
pub(crate) fn line_of(text: &str, record: &csv::StringRecord) -> u64 {
    let Some(at) = record.position() else { return 0 };
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let passed = text.as_bytes().get(from..).unwrap_or_default().iter();
    let passed = passed.take_while(|it| matches!(it, b'\n' | b'\r')).filter(|it| **it == b'\n');
    at.line() + u64::try_from(passed.count()).unwrap_or(0)
}

/// A file cut into lines, whose headings have been checked.
pub(crate) struct Table {
    file: String,
    headings: csv::StringRecord,
    lines: Vec<(u64, csv::StringRecord)>,
}

impl Table {
    pub(crate) fn read(file: &str, text: &str, needed: &[&str]) -> Result<Self, ContentError> {
        let stop = |line, column: &str, problem| ContentError {
            file: file.to_owned(),
            line,
            column: column.to_owned(),
            place: None,
            problem,
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = reader_of(text);
        let unreadable = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            stop(line, "", ContentProblem::Unreadable(error.to_string()))
        };
        let headings = reader.headers().map_err(unreadable)?.clone();
        for column in needed {
            match headings.iter().filter(|it| it.trim() == *column).count() {
                0 => return Err(stop(1, column, ContentProblem::NoColumn)),
                1 => {}
                // Which of them is meant, nobody can tell.
                _ => return Err(stop(1, column, ContentProblem::Twice((*column).to_owned()))),
            }
        }
        let mut seen = BTreeSet::new();
        for heading in headings.iter().map(str::trim).filter(|it| !it.is_empty()) {
            if !seen.insert(heading) {
                return Err(stop(1, heading, ContentProblem::Twice(heading.to_owned())));
            }
        }
        let mut lines = Vec::new();
        for record in reader.records() {
            let record = record.map_err(unreadable)?;
            lines.push((line_of(text, &record), record));
        }
        Ok(Self { file: file.to_owned(), headings, lines })
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.lines.iter().map(|(number, record)| Line {
            file: &self.file,
            key: "",
            number: *number,
            cells: LineCells::Record(&self.headings, record),
        })
    }
}

/// What names a row of the parameters: its code and, if it holds for a time, when that begins.
pub(crate) fn parameter_key(code: &str, validity: &str) -> String {
    match super::validity::Validity::read(validity) {
        Some(it) if it.begins().is_some() => {
            format!("{code}@{}", it.begins().map(|it| it.to_string()).unwrap_or_default())
        }
        _ => code.to_owned(),
    }
}

/// A line of a file, or a row of an edition.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    file: &'a str,
    key: &'a str,
    number: u64,
    cells: LineCells<'a>,
}

#[derive(Clone, Copy)]
enum LineCells<'a> {
    Record(&'a csv::StringRecord, &'a csv::StringRecord),
    Row(&'a BTreeMap<String, String>),
}

impl<'a> Line<'a> {
    /// A row of the tables.
    pub(super) fn of_row(sheet: Sheet, row: &'a Row) -> Self {
        let cells = LineCells::Row(&row.cells);
        Self { file: sheet.file(), key: &row.key, number: row.line, cells }
    }

    /// Its line in its file; 0 if it comes from no file.
    pub(super) fn at(&self) -> u64 {
        self.number
    }

    /// Its cells that are filled.
    pub(super) fn cells(&self) -> BTreeMap<String, String> {
        match self.cells {
            LineCells::Row(cells) => cells.clone(),
            LineCells::Record(headings, record) => headings
                .iter()
                .zip(record)
                .map(|(heading, text)| (heading.to_owned(), text.trim().to_owned()))
                .filter(|(_, text)| !text.is_empty())
                .collect(),
        }
    }

    pub(crate) fn stop(&self, column: &str, problem: ContentProblem) -> ContentError {
        ContentError {
            file: self.file.to_owned(),
            line: self.number,
            column: column.to_owned(),
            place: (!self.key.is_empty())
                .then(|| Box::new(Place { row: self.key.to_owned(), position: None })),
            problem,
        }
    }

    /// The text of a cell, which may be empty.
    pub(crate) fn text(&self, column: &str) -> &'a str {
        match self.cells {
            LineCells::Row(cells) => cells.get(column).map_or("", |it| it.trim()),
            LineCells::Record(headings, record) => {
                let at = headings.iter().position(|it| it == column);
                at.and_then(|it| record.get(it)).unwrap_or("").trim()
            }
        }
    }

    pub(crate) fn filled(&self, column: &str) -> Result<&'a str, ContentError> {
        match self.text(column) {
            "" => Err(self.stop(column, ContentProblem::Empty)),
            text => Ok(text),
        }
    }

    pub(crate) fn number(&self, column: &str) -> Result<Option<Decimal>, ContentError> {
        match self.text(column) {
            "" => Ok(None),
            text => match Decimal::from_str_exact(text) {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(self.stop(column, ContentProblem::NotANumber(text.to_owned()))),
            },
        }
    }

    /// A whole number; none is zero.
    pub(crate) fn whole(&self, column: &str) -> Result<u32, ContentError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(0);
        }
        let problem = || self.stop(column, ContentProblem::NotANumber(text.to_owned()));
        text.parse().map_err(|_| problem())
    }

    /// The meaning of a cell that holds one word of a list.
    pub(crate) fn word<T: Copy>(
        &self,
        column: &str,
        words: &[(&str, T)],
    ) -> Result<T, ContentError> {
        let text = self.text(column);
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|(_, meaning)| *meaning).ok_or_else(|| match text {
            "" => self.stop(column, ContentProblem::Empty),
            _ => self.stop(column, ContentProblem::NotAllowed(text.to_owned())),
        })
    }

    /// The words of a cell, between semicolons.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'a str> {
        self.text(column).split(';').map(str::trim).filter(|it| !it.is_empty())
    }

    /// The number that the next line of its kind receives.
    pub(crate) fn index(&self, count: usize) -> Result<u16, ContentError> {
        u16::try_from(count).map_err(|_| self.stop("", ContentProblem::TooMany))
    }
}
