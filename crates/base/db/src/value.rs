//! The three types of the shared dialect, and absence.

use std::borrow::Cow;
use std::sync::Arc;

use crate::DbError;

/// A value of the shared dialect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Absent.
    Null,
    /// `bigint`.
    Int(i64),
    /// `text`.
    Text(String),
    /// `bytea`.
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub(crate) columns: Arc<[String]>,
    pub(crate) values: Vec<Value>,
}

impl Row {
    /// The values, in the order of the statement's columns.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The columns' names, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    fn value(&self, column: &str) -> Result<&Value, DbError> {
        self.columns
            .iter()
            .position(|it| it == column)
            .and_then(|it| self.values.get(it))
            .ok_or_else(|| wrong(column, "a column", "none"))
    }

    /// A text.
    ///
    /// # Errors
    ///
    /// If the column is missing, absent or of another type.
    pub fn text(&self, column: &str) -> Result<&str, DbError> {
        self.opt_text(column)?.ok_or_else(|| wrong(column, "text", "null"))
    }

    /// A text that may be absent.
    ///
    /// # Errors
    ///
    /// If the column is missing or of another type.
    pub fn opt_text(&self, column: &str) -> Result<Option<&str>, DbError> {
        match self.value(column)? {
            Value::Text(it) => Ok(Some(it)),
            Value::Null => Ok(None),
            Value::Int(_) => Err(wrong(column, "text", "bigint")),
            Value::Bytes(_) => Err(wrong(column, "text", "bytea")),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    ///
    /// If the column is missing, absent or of another type.
    pub fn int(&self, column: &str) -> Result<i64, DbError> {
        self.opt_int(column)?.ok_or_else(|| wrong(column, "bigint", "null"))
    }

    /// A whole number that may be absent.
    ///
    /// # Errors
    ///
    /// If the column is missing or of another type.
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>, DbError> {
        match self.value(column)? {
            Value::Int(it) => Ok(Some(*it)),
            Value::Null => Ok(None),
            Value::Text(_) => Err(wrong(column, "bigint", "text")),
            Value::Bytes(_) => Err(wrong(column, "bigint", "bytea")),
        }
    }

    /// Bytes.
    ///
    /// # Errors
    ///
    /// If the column is missing, absent or of another type.
    pub fn bytes(&self, column: &str) -> Result<&[u8], DbError> {
        match self.value(column)? {
            Value::Bytes(it) => Ok(it),
            _ => Err(wrong(column, "bytea", "another type")),
        }
    }

    /// A text read as a type that writes itself so: a date, an identifier, a quarter.
    ///
    /// # Errors
    ///
    /// If the column is missing, absent, or its text is not of that type.
    pub fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, DbError> {
        let text = self.text(column)?;
        text.parse().map_err(|_| DbError::Unreadable(format!("{column} = {text:?}")))
    }

    /// As [`Row::parse`], for a text that may be absent.
    ///
    /// # Errors
    ///
    /// If the column is missing, or its text is not of that type.
    pub fn opt_parse<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, DbError> {
        let Some(text) = self.opt_text(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| DbError::Unreadable(format!("{column} = {text:?}")))
    }
}

/// A text as both engines take it. PostgreSQL keeps no text with the character U+0000, and SQLite
/// compares such a text in ways of its own: the sign for an unreadable character stands for it, so
/// that both answer alike (nothing is found) instead of failing.
pub(crate) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { text.into() }
}

fn wrong(column: &str, expected: &'static str, found: &str) -> DbError {
    DbError::Column { column: column.to_owned(), expected, found: found.to_owned() }
}
