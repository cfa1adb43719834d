//! Values in rows and columns, typed, for XLSX and CSV.

use kernel::{Date, Decimal, Language};

use crate::WriteError;

/// Sheets of values and where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workbook {
    /// The language of the words that the writer adds.
    pub language: Language,
    /// The title.
    pub title: String,
    /// The day on which it was made, given by the caller.
    pub made_on: Date,
    /// Where the values come from, one line each: filters, model version, journal position.
    pub sources: Vec<String>,
    /// The sheets; at least one.
    pub sheets: Vec<Sheet>,
}

/// One table of values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the sheet; the writer shortens it and makes it unique if it must.
    pub name: String,
    /// The columns; at least one.
    pub columns: Vec<SheetColumn>,
    /// The rows, one cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetColumn {
    /// The title, in the first row.
    pub title: String,
    /// What the column holds.
    pub kind: Kind,
    /// The width in characters; measured on the content if there is none.
    pub width: Option<u16>,
}

/// What a column holds, which decides how a spreadsheet shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Words and codes.
    #[default]
    Text,
    /// Numbers with this many places, and gaps between thousands.
    Number {
        /// How many places are shown; the value keeps all of its own.
        places: u8,
    },
    /// Days.
    Date,
}

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known: the cell stays blank, which is not zero.
    #[default]
    Empty,
    /// Words, never a formula.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Date),
}

impl Sheet {
    /// A sheet without columns yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Adds a column, as wide as its content.
    #[must_use]
    pub fn column(mut self, title: impl Into<String>, kind: Kind) -> Self {
        self.columns.push(SheetColumn { title: title.into(), kind, width: None });
        self
    }

    /// Tells whether every row has one cell per column.
    ///
    /// # Errors
    ///
    /// If there is no column, or on the first row that does not fit.
    pub fn check(&self) -> Result<(), WriteError> {
        let expected = self.columns.len();
        if expected == 0 {
            return Err(WriteError::NoColumn { table: self.name.clone() });
        }
        let wrong = self.rows.iter().position(|it| it.len() != expected);
        wrong.map_or(Ok(()), |at| {
            let found = self.rows[at].len();
            Err(WriteError::Cells { table: self.name.clone(), row: at + 1, expected, found })
        })
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<Decimal> for Cell {
    fn from(value: Decimal) -> Self {
        Self::Number(value)
    }
}

impl From<Date> for Cell {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
