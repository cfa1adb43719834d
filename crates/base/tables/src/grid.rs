//! Cells set into a sheet one by one, counted against the limits.

use crate::notes::{Kind, Notes};
use crate::{Cell, Limits, Position, Refused, Row, Sheet, Value};

/// What is left of the limits while a book is read.
pub(crate) struct Grid<'a> {
    pub(crate) limits: &'a Limits,
    rows: u32,
    cells: usize,
}

impl<'a> Grid<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self { limits, rows: 0, cells: 0 }
    }

    /// Sets a cell; lines come in their order, and the columns of a line too.
    pub(crate) fn set(
        &mut self,
        sheet: &mut Sheet,
        (line, column): (u32, u16),
        cell: Cell,
    ) -> Result<(), Refused> {
        if cell.value.is_empty() && !cell.formula {
            return Ok(());
        }
        if self.limits.columns <= column {
            let most = usize::from(self.limits.columns);
            return Err(Refused::TooMany { what: "columns", most });
        }
        if self.limits.rows < line {
            return Err(self.too_many_rows());
        }
        let last = sheet.rows.last().map(|it| it.line);
        if last.is_none_or(|it| it < line) {
            self.rows += 1;
            if self.limits.rows < self.rows {
                return Err(self.too_many_rows());
            }
            sheet.rows.push(Row { line, cells: Vec::new() });
        } else if last != Some(line) {
            return Err(Refused::Damaged { part: format!("line {line}") });
        }
        let Some(row) = sheet.rows.last_mut() else { return Ok(()) };
        let at = usize::from(column);
        if at < row.cells.len() {
            row.cells[at] = cell;
            return Ok(());
        }
        self.cells += at + 1 - row.cells.len();
        if self.limits.cells < self.cells {
            return Err(Refused::TooMany { what: "cells", most: self.limits.cells });
        }
        row.cells.resize(at, Cell::default());
        row.cells.push(cell);
        Ok(())
    }

    fn too_many_rows(&self) -> Refused {
        let most = usize::try_from(self.limits.rows).unwrap_or(usize::MAX);
        Refused::TooMany { what: "rows", most }
    }

    /// What text becomes: spoilt words are set right, numbers and days understood, all of it noted.
    pub(crate) fn text(
        &self,
        text: &str,
        notes: &mut Notes,
        at: impl Fn() -> Position,
    ) -> Result<Value, Refused> {
        if self.limits.text < text.len() && self.limits.text < text.chars().count() {
            return Err(Refused::Endless { line: at().line });
        }
        let mended = crate::encoding::mended(text);
        if mended.is_some() {
            notes.add(Kind::Mojibake, &at);
        }
        let text = mended.as_deref().unwrap_or(text);
        if text.contains('\u{fffd}') {
            notes.add(Kind::Lost, &at);
        }
        let value = crate::typed::understood(text);
        match &value {
            Value::Fault(_) => notes.add(Kind::Fault, &at),
            Value::Percent(_) => notes.add(Kind::Percent, &at),
            _ => {}
        }
        Ok(value)
    }
}
