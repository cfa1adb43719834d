//! Reading the questionnaire's files: every mistake is told with its file, line and column.

use expressions::ParseError;
use kernel::{Decimal, Message, Reject};

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
    /// What is wrong.
    pub problem: ContentProblem,
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
            if !headings.iter().any(|it| it == *column) {
                return Err(stop(1, column, ContentProblem::NoColumn));
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
        self.lines.iter().map(|(number, record)| Line { table: self, number: *number, record })
    }
}

/// A line of a [`Table`].
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    table: &'a Table,
    number: u64,
    record: &'a csv::StringRecord,
}

impl<'a> Line<'a> {
    pub(crate) fn stop(&self, column: &str, problem: ContentProblem) -> ContentError {
        ContentError {
            file: self.table.file.clone(),
            line: self.number,
            column: column.to_owned(),
            problem,
        }
    }

    /// The text of a cell, which may be empty.
    pub(crate) fn text(&self, column: &str) -> &'a str {
        let at = self.table.headings.iter().position(|it| it == column);
        at.and_then(|it| self.record.get(it)).unwrap_or("").trim()
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

    pub(crate) fn whole(&self, column: &str) -> Result<u32, ContentError> {
        let text = self.filled(column)?;
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
