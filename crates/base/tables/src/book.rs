//! What was read.

use crate::notes::Notes;
use kernel::{Date, Decimal};
use std::fmt;

/// What a file was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines of text with this character between the cells.
    Delimited(char),
    /// A workbook of Excel 2007 or later.
    Xlsx,
    /// A workbook of LibreOffice and others.
    Ods,
}

/// A file of tables.
#[derive(Clone, Debug)]
pub struct Book {
    /// What the file was.
    pub format: Format,
    /// Its sheets, in their order; one without a name for a text.
    pub sheets: Vec<Sheet>,
    /// What was met on the way.
    pub notes: Notes,
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Hidden by its author.
    pub hidden: bool,
    /// The lines that hold something, in their order.
    pub rows: Vec<Row>,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1: the number that a spreadsheet shows.
    pub line: u32,
    /// Its cells from column A to the last that holds something.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it holds.
    pub value: Value,
    /// What it holds was computed by a formula, when the file was last saved.
    pub formula: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing, which is not zero.
    #[default]
    Empty,
    /// Words, without spaces around them.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A share in hundredths: 12 for « 12 % ».
    Percent(Decimal),
    /// A day.
    Date(Date),
    /// A mistake of the spreadsheet, such as `#REF!`.
    Fault(String),
}

impl Value {
    /// The number.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(it) => Some(*it),
            _ => None,
        }
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

/// As a program writes it: a decimal point, an ISO day, no thousands mark.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(it) | Self::Fault(it) => f.write_str(it),
            Self::Number(it) => write!(f, "{}", it.normalize()),
            Self::Percent(it) => write!(f, "{} %", it.normalize()),
            Self::Date(it) => write!(f, "{it}"),
        }
    }
}

/// Where something is: `Feuil1!B12`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The sheet; empty for a text.
    pub sheet: String,
    /// The line, from 1; 0 for the whole of a sheet or a column.
    pub line: u32,
    /// The column, from 0; `None` for a whole line or sheet.
    pub column: Option<u16>,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            f.write_str(&self.sheet)?;
            if self.line != 0 || self.column.is_some() {
                f.write_str("!")?;
            }
        }
        if let Some(column) = self.column {
            f.write_str(&letters(column))?;
        }
        if self.line != 0 {
            write!(f, "{}", self.line)?;
        }
        Ok(())
    }
}

/// The letters of a column, counted from 0: `A`, `Z`, `AA`.
pub fn letters(column: u16) -> String {
    let mut out = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest != 0 {
        rest -= 1;
        out.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    out.reverse();
    String::from_utf8(out).unwrap_or_default()
}

/// The column that letters name, from 0.
pub(crate) fn column_of(text: &str) -> Option<u16> {
    if text.is_empty() || 3 < text.len() {
        return None;
    }
    let mut at: u32 = 0;
    for letter in text.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        at = at * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    u16::try_from(at - 1).ok()
}

/// The column and line of a reference such as `B12`.
pub(crate) fn place_of(text: &str) -> Option<(u16, u32)> {
    let digits = text.find(|it: char| it.is_ascii_digit())?;
    let (column, line) = text.split_at(digits);
    let line = line.parse().ok().filter(|it| *it != 0)?;
    Some((column_of(column)?, line))
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: u16) -> &Cell {
        static NOTHING: Cell = Cell { value: Value::Empty, formula: false };
        self.cells.get(usize::from(column)).unwrap_or(&NOTHING)
    }

    /// The value of a column, as a program writes it.
    pub fn text(&self, column: u16) -> String {
        self.cell(column).value.to_string()
    }
}

impl Sheet {
    /// The line of this number, if it holds something.
    pub fn row(&self, line: u32) -> Option<&Row> {
        let at = self.rows.binary_search_by_key(&line, |it| it.line).ok()?;
        self.rows.get(at)
    }

    /// How many columns the widest line has.
    pub fn width(&self) -> u16 {
        let widest = self.rows.iter().map(|it| it.cells.len()).max().unwrap_or(0);
        u16::try_from(widest).unwrap_or(u16::MAX)
    }

    /// Where a cell is.
    pub fn position(&self, line: u32, column: u16) -> Position {
        Position { sheet: self.name.clone(), line, column: Some(column) }
    }
}
