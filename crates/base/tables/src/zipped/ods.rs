//! ODS: one part, `content.xml`, where lines and cells may be said once for many.

use super::Archive;
use super::xlsx::text_of;
use super::xml::{Said, attribute, name, walk};
use crate::book::{Cell, Format, Position, Value};
use crate::grid::Grid;
use crate::notes::{Kind, Notes};
use crate::typed::{read_date, stored_number};
use crate::{Book, Limits, Refused, Sheet};
use kernel::Decimal;
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

pub(super) fn read(archive: &mut Archive<'_>, limits: &Limits) -> Result<Book, Refused> {
    if archive.has_folder("Basic/") || archive.has_folder("Scripts/") {
        return Err(Refused::Macros);
    }
    let manifest = archive.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Refused::OldOrProtected);
    }
    let part = "content.xml";
    let text = archive.text(part)?.ok_or_else(|| Refused::Damaged { part: part.to_owned() })?;
    let mut grid = Grid::new(limits);
    let mut reading = Reading {
        grid: &mut grid,
        book: Book { format: Format::Ods, sheets: Vec::new(), notes: Notes::default() },
        hidden_styles: BTreeSet::new(),
        style: String::new(),
        sheet: None,
        depth: 0,
        line: 0,
        column: 0,
        lines: 1,
        row: Vec::new(),
        cell: None,
        in_words: false,
        in_remark: false,
    };
    walk(part, &text, |said| reading.hear(said))?;
    Ok(reading.book)
}

/// A cell while it is being read.
struct Heard {
    kind: String,
    value: String,
    formula: bool,
    repeated: u32,
    words: String,
    covered: bool,
    spans: bool,
}

struct Reading<'a, 'b> {
    grid: &'a mut Grid<'b>,
    book: Book,
    hidden_styles: BTreeSet<String>,
    style: String,
    sheet: Option<Sheet>,
    // Tables within tables: only the outer one is read.
    depth: u32,
    line: u32,
    column: u16,
    lines: u32,
    row: Vec<(u16, Cell)>,
    cell: Option<Heard>,
    in_words: bool,
    in_remark: bool,
}

fn times(mark: &BytesStart<'_>, wanted: &str) -> u32 {
    attribute(mark, wanted).and_then(|it| it.parse().ok()).unwrap_or(1).max(1)
}

impl Reading<'_, '_> {
    fn hear(&mut self, said: Said<'_>) -> Result<(), Refused> {
        match said {
            Said::Open(mark, closed) => {
                self.open(mark)?;
                if closed { self.close(name(mark)) } else { Ok(()) }
            }
            Said::Close(it) => self.close(it),
            Said::Letters(it) => {
                if self.in_words
                    && !self.in_remark
                    && let Some(cell) = &mut self.cell
                {
                    cell.words.push_str(it);
                }
                Ok(())
            }
        }
    }

    fn open(&mut self, mark: &BytesStart<'_>) -> Result<(), Refused> {
        match name(mark) {
            "style" => self.style = attribute(mark, "name").unwrap_or_default(),
            "table-properties" if attribute(mark, "display").is_some_and(|it| it == "false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    let most = self.grid.limits.sheets;
                    if most <= self.book.sheets.len() {
                        return Err(Refused::TooMany { what: "sheets", most });
                    }
                    let title = attribute(mark, "name").unwrap_or_default();
                    let style = attribute(mark, "style-name").unwrap_or_default();
                    let hidden = self.hidden_styles.contains(&style);
                    if hidden {
                        let at = Position { sheet: title.clone(), line: 0, column: None };
                        self.book.notes.add(Kind::HiddenSheet, || at);
                    }
                    self.sheet = Some(Sheet { name: title, hidden, rows: Vec::new() });
                    (self.line, self.column) = (1, 0);
                }
            }
            _ if self.depth != 1 => {}
            "table-column" => self.column_mark(mark),
            "table-row" => {
                self.lines = times(mark, "number-rows-repeated");
                self.column = 0;
                self.row.clear();
                if attribute(mark, "visibility").is_some_and(|it| it != "visible") {
                    let at = Position { sheet: self.title(), line: self.line, column: None };
                    self.book.notes.add(Kind::HiddenRow, || at);
                }
            }
            it @ ("table-cell" | "covered-table-cell") => {
                let kind = attribute(mark, "value-type").unwrap_or_default();
                let value = ["value", "date-value", "boolean-value", "string-value"];
                let value = value.iter().find_map(|it| attribute(mark, it)).unwrap_or_default();
                self.cell = Some(Heard {
                    kind,
                    value,
                    formula: attribute(mark, "formula").is_some(),
                    repeated: times(mark, "number-columns-repeated"),
                    words: String::new(),
                    covered: it == "covered-table-cell",
                    spans: 1 < times(mark, "number-columns-spanned")
                        || 1 < times(mark, "number-rows-spanned"),
                });
            }
            "annotation" => self.in_remark = true,
            "p" if !self.in_remark => {
                self.in_words = true;
                if let Some(cell) = self.cell.as_mut().filter(|it| !it.words.is_empty()) {
                    cell.words.push(' ');
                }
            }
            "s" | "tab" | "line-break" => {
                if let Some(cell) = self.cell.as_mut().filter(|_| !self.in_remark) {
                    cell.words.push(' ');
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn title(&self) -> String {
        self.sheet.as_ref().map(|it| it.name.clone()).unwrap_or_default()
    }

    fn column_mark(&mut self, mark: &BytesStart<'_>) {
        let count = times(mark, "number-columns-repeated");
        let most = u32::from(self.grid.limits.columns);
        let count = u16::try_from(count.min(most)).unwrap_or(u16::MAX);
        if attribute(mark, "visibility").is_some_and(|it| it != "visible") {
            for column in self.column..self.column.saturating_add(count) {
                let at = Position { sheet: self.title(), line: 0, column: Some(column) };
                self.book.notes.add(Kind::HiddenColumn, || at);
            }
        }
        self.column = self.column.saturating_add(count);
    }

    fn close(&mut self, mark: &str) -> Result<(), Refused> {
        match mark {
            "table" => {
                if self.depth == 1
                    && let Some(sheet) = self.sheet.take()
                {
                    self.book.sheets.push(sheet);
                }
                self.depth = self.depth.saturating_sub(1);
            }
            "p" => self.in_words = false,
            "annotation" => self.in_remark = false,
            "table-cell" | "covered-table-cell" if self.depth == 1 => self.close_cell()?,
            "table-row" if self.depth == 1 => self.close_row()?,
            _ => {}
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Refused> {
        let Some(heard) = self.cell.take() else { return Ok(()) };
        self.in_words = false;
        let (line, column) = (self.line, self.column);
        let title = self.title();
        let at = || Position { sheet: title.clone(), line, column: Some(column) };
        let damaged = || Refused::Damaged { part: at().to_string() };
        let notes = &mut self.book.notes;
        if heard.spans {
            notes.add(Kind::Merged, at);
        }
        let value = match heard.kind.as_str() {
            // What a joined cell hides is not there for the eye.
            _ if heard.covered => Value::Empty,
            "" => Value::Empty,
            "float" | "currency" => Value::Number(stored_number(&heard.value).ok_or_else(damaged)?),
            "percentage" => {
                notes.add(Kind::Percent, at);
                let number = stored_number(&heard.value).ok_or_else(damaged)?;
                let share = number.checked_mul(Decimal::ONE_HUNDRED);
                share.map_or(Value::Number(number), Value::Percent)
            }
            "date" => {
                let day = heard.value.get(..10).and_then(read_date);
                Value::Date(day.ok_or_else(damaged)?)
            }
            "boolean" => {
                Value::Number(if heard.value == "true" { Decimal::ONE } else { Decimal::ZERO })
            }
            _ if crate::typed::is_fault(heard.words.trim()) => {
                notes.add(Kind::Fault, at);
                Value::Fault(heard.words.trim().to_owned())
            }
            _ => text_of(self.grid, notes, &heard.words, at)?,
        };
        if heard.formula {
            let kind = match value.is_empty() {
                true => Kind::FormulaWithoutValue,
                false => Kind::Formula,
            };
            notes.add(kind, at);
        }
        let most = self.grid.limits.columns;
        let until = u32::from(column).saturating_add(heard.repeated);
        if !value.is_empty() {
            if u32::from(most) < until {
                return Err(Refused::TooMany { what: "columns", most: usize::from(most) });
            }
            for at in column..u16::try_from(until).unwrap_or(most) {
                let cell = Cell { value: value.clone(), formula: heard.formula };
                self.row.push((at, cell));
            }
        }
        self.column = u16::try_from(until).unwrap_or(u16::MAX);
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), Refused> {
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        if !self.row.is_empty() {
            for turn in 0..self.lines {
                let line = self.line.saturating_add(turn);
                for (column, cell) in &self.row {
                    self.grid.set(sheet, (line, *column), cell.clone())?;
                }
            }
        }
        self.line = self.line.saturating_add(self.lines);
        self.row.clear();
        Ok(())
    }
}
