//! XLSX: shared texts, styles (to know days and shares), sheets.

use super::Archive;
use super::xml::{Said, attribute, name, says_yes, walk};
use crate::book::{Cell, Format, Position, Value, place_of};
use crate::grid::Grid;
use crate::notes::{Kind, Notes};
use crate::typed::{serial_day, stored_number};
use crate::{Book, Limits, Refused, Sheet};
use kernel::Decimal;
use std::collections::BTreeMap;

/// How a style shows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Date,
    Percent,
}

pub(super) fn read(archive: &mut Archive<'_>, limits: &Limits) -> Result<Book, Refused> {
    let (listed, since_1904) = listed(archive)?;
    if limits.sheets < listed.len() {
        return Err(Refused::TooMany { what: "sheets", most: limits.sheets });
    }
    let shared = shared(archive, limits)?;
    let styles = styles(archive)?;
    let mut book = Book { format: Format::Xlsx, sheets: Vec::new(), notes: Notes::default() };
    let mut grid = Grid::new(limits);
    for (title, part, hidden) in listed {
        // A sheet of charts only has no cells.
        let Some(text) = archive.text(&part)? else { continue };
        let mut sheet = Sheet { name: title.clone(), hidden, rows: Vec::new() };
        if hidden {
            let whole = Position { sheet: title, line: 0, column: None };
            book.notes.add(Kind::HiddenSheet, || whole);
        }
        let mut reading = Reading {
            shared: &shared,
            styles: &styles,
            since_1904,
            grid: &mut grid,
            notes: &mut book.notes,
            sheet: &mut sheet,
            line: 0,
            column: 0,
            cell: None,
            inside: Inside::Nothing,
        };
        walk(&part, &text, |said| reading.hear(said))?;
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// A sheet of the list: its title, its part, whether it is hidden.
type Listed = (String, String, bool);

/// The sheets, and whether days count from 1904.
fn listed(archive: &mut Archive<'_>) -> Result<(Vec<Listed>, bool), Refused> {
    let damaged = |part: &str| Refused::Damaged { part: part.to_owned() };
    let mut targets = BTreeMap::new();
    let part = "xl/_rels/workbook.xml.rels";
    let text = archive.text(part)?.ok_or_else(|| damaged(part))?;
    walk(part, &text, |said| {
        if let Said::Open(mark, _) = said
            && name(mark) == "Relationship"
            && let (Some(id), Some(target)) = (attribute(mark, "Id"), attribute(mark, "Target"))
        {
            let path = match target.strip_prefix('/') {
                Some(it) => it.to_owned(),
                None => format!("xl/{target}"),
            };
            targets.insert(id, path);
        }
        Ok(())
    })?;
    let (mut sheets, mut since_1904) = (Vec::new(), false);
    let part = "xl/workbook.xml";
    let text = archive.text(part)?.ok_or_else(|| damaged(part))?;
    walk(part, &text, |said| {
        let Said::Open(mark, _) = said else { return Ok(()) };
        match name(mark) {
            "workbookPr" => since_1904 = says_yes(mark, "date1904"),
            "sheet" => {
                let target = attribute(mark, "id").and_then(|it| targets.get(&it).cloned());
                let hidden = attribute(mark, "state").is_some_and(|it| it != "visible");
                if let (Some(title), Some(target)) = (attribute(mark, "name"), target) {
                    sheets.push((title, target, hidden));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((sheets, since_1904))
}

/// The texts that cells share.
fn shared(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<String>, Refused> {
    let part = "xl/sharedStrings.xml";
    let Some(text) = archive.text(part)? else { return Ok(Vec::new()) };
    let (mut all, mut current, mut in_text, mut in_sound) =
        (Vec::new(), String::new(), false, false);
    walk(part, &text, |said| {
        match said {
            Said::Open(mark, true) if name(mark) == "si" => all.push(String::new()),
            Said::Open(mark, closed) => match name(mark) {
                "si" => current.clear(),
                "t" => in_text = !closed && !in_sound,
                // How a Japanese word is said: not part of it.
                "rPh" => in_sound = !closed,
                _ => {}
            },
            Said::Close("t") => in_text = false,
            Said::Close("rPh") => in_sound = false,
            Said::Close("si") => all.push(std::mem::take(&mut current)),
            Said::Letters(it) if in_text => current.push_str(it),
            _ => {}
        }
        if limits.shared < all.len() {
            return Err(Refused::TooMany { what: "texts", most: limits.shared });
        }
        Ok(())
    })?;
    Ok(all)
}

/// How each style of cells shows a number.
fn styles(archive: &mut Archive<'_>) -> Result<Vec<Style>, Refused> {
    let part = "xl/styles.xml";
    let Some(text) = archive.text(part)? else { return Ok(Vec::new()) };
    let mut own: BTreeMap<u32, Style> = BTreeMap::new();
    let (mut styles, mut in_cells) = (Vec::new(), false);
    walk(part, &text, |said| {
        match said {
            Said::Open(mark, closed) => match name(mark) {
                "numFmt" => {
                    let number = attribute(mark, "numFmtId").and_then(|it| it.parse().ok());
                    if let (Some(number), Some(code)) = (number, attribute(mark, "formatCode")) {
                        own.insert(number, style_of(&code));
                    }
                }
                "cellXfs" => in_cells = !closed,
                "xf" if in_cells => {
                    let number = attribute(mark, "numFmtId").and_then(|it| it.parse().ok());
                    let number: u32 = number.unwrap_or(0);
                    styles.push(match own.get(&number) {
                        Some(it) => *it,
                        None => match number {
                            9 | 10 => Style::Percent,
                            14..=17 | 22 | 27..=36 | 50..=58 => Style::Date,
                            _ => Style::Plain,
                        },
                    });
                }
                _ => {}
            },
            Said::Close("cellXfs") => in_cells = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// What a code of Excel shows, without its words in quotes and its colours in brackets.
fn style_of(code: &str) -> Style {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    let mut plain = String::new();
    for letter in code.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if quoted || bracketed => {}
            _ => plain.push(letter.to_ascii_lowercase()),
        }
    }
    // The first part is for positive numbers.
    let first = plain.split(';').next().unwrap_or_default();
    if first.contains('%') {
        Style::Percent
    } else if first.contains(['y', 'd', 'a', 'j']) && !first.contains(['0', '#']) {
        // Years or days; `aaaa` and `jj` in files that French programs wrote.
        Style::Date
    } else {
        Style::Plain
    }
}

/// Which letters are being heard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Words,
}

/// A cell while it is being read.
#[derive(Default)]
struct Heard {
    kind: String,
    style: usize,
    formula: bool,
    value: String,
    words: String,
}

struct Reading<'a, 'b> {
    shared: &'a [String],
    styles: &'a [Style],
    since_1904: bool,
    grid: &'a mut Grid<'b>,
    notes: &'a mut Notes,
    sheet: &'a mut Sheet,
    line: u32,
    column: u16,
    cell: Option<Heard>,
    inside: Inside,
}

impl Reading<'_, '_> {
    fn hear(&mut self, said: Said<'_>) -> Result<(), Refused> {
        match said {
            Said::Open(mark, closed) => {
                match name(mark) {
                    "col" if says_yes(mark, "hidden") => self.hidden_columns(mark),
                    "row" => {
                        let told = attribute(mark, "r").and_then(|it| it.parse().ok());
                        self.line = told.unwrap_or_else(|| self.line.saturating_add(1));
                        self.column = 0;
                        if says_yes(mark, "hidden") {
                            let (sheet, line) = (self.sheet.name.clone(), self.line);
                            let at = Position { sheet, line, column: None };
                            self.notes.add(Kind::HiddenRow, || at);
                        }
                    }
                    "c" => self.open(mark)?,
                    "f" => {
                        if let Some(cell) = &mut self.cell {
                            cell.formula = true;
                        }
                    }
                    "v" if !closed => self.inside = Inside::Value,
                    "t" if !closed && self.cell.is_some() => self.inside = Inside::Words,
                    "mergeCell" => {
                        let at = attribute(mark, "ref")
                            .and_then(|it| place_of(it.split(':').next().unwrap_or_default()));
                        if let Some((column, line)) = at {
                            let sheet = &*self.sheet;
                            self.notes.add(Kind::Merged, || sheet.position(line, column));
                        }
                    }
                    _ => {}
                }
                if closed && name(mark) == "c" { self.close() } else { Ok(()) }
            }
            Said::Close("v" | "t") => {
                self.inside = Inside::Nothing;
                Ok(())
            }
            Said::Close("c") => self.close(),
            Said::Letters(it) => {
                if let Some(cell) = &mut self.cell {
                    match self.inside {
                        Inside::Value => cell.value.push_str(it),
                        Inside::Words => cell.words.push_str(it),
                        Inside::Nothing => {}
                    }
                }
                Ok(())
            }
            Said::Close(_) => Ok(()),
        }
    }

    fn hidden_columns(&mut self, mark: &quick_xml::events::BytesStart<'_>) {
        let read = |it: &str| attribute(mark, it).and_then(|it| it.parse::<u16>().ok());
        let (Some(from), Some(until)) = (read("min"), read("max")) else { return };
        // « All that follow » is no column in particular.
        let until = until.min(self.grid.limits.columns);
        for column in from.max(1)..=until {
            let sheet = self.sheet.name.clone();
            let at = Position { sheet, line: 0, column: Some(column - 1) };
            self.notes.add(Kind::HiddenColumn, || at);
        }
    }

    fn open(&mut self, mark: &quick_xml::events::BytesStart<'_>) -> Result<(), Refused> {
        if let Some(reference) = attribute(mark, "r") {
            let place =
                place_of(&reference).ok_or_else(|| Refused::Damaged { part: reference.clone() })?;
            (self.column, self.line) = place;
        }
        self.cell = Some(Heard {
            kind: attribute(mark, "t").unwrap_or_default(),
            style: attribute(mark, "s").and_then(|it| it.parse().ok()).unwrap_or(0),
            ..Heard::default()
        });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Refused> {
        let Some(heard) = self.cell.take() else { return Ok(()) };
        let (line, column) = (self.line, self.column);
        let name = self.sheet.name.clone();
        let at = || Position { sheet: name.clone(), line, column: Some(column) };
        let damaged = || Refused::Damaged { part: at().to_string() };
        let (grid, notes) = (&mut *self.grid, &mut *self.notes);
        let value = match heard.kind.as_str() {
            "s" if heard.value.is_empty() => Value::Empty,
            "s" => {
                let number: usize = heard.value.trim().parse().map_err(|_| damaged())?;
                let text = self.shared.get(number).ok_or_else(damaged)?;
                text_of(grid, notes, text, at)?
            }
            "inlineStr" => text_of(grid, notes, &heard.words, at)?,
            "str" => text_of(grid, notes, &heard.value, at)?,
            "b" => {
                Value::Number(if heard.value.trim() == "1" { Decimal::ONE } else { Decimal::ZERO })
            }
            "e" => {
                notes.add(Kind::Fault, at);
                Value::Fault(heard.value)
            }
            "d" => grid.text(&heard.value, notes, at)?,
            _ if heard.value.trim().is_empty() => Value::Empty,
            _ => {
                let number = stored_number(&heard.value).ok_or_else(damaged)?;
                match self.styles.get(heard.style) {
                    Some(Style::Date) => serial_day(number, self.since_1904)
                        .map_or(Value::Number(number), Value::Date),
                    Some(Style::Percent) => {
                        notes.add(Kind::Percent, at);
                        let share = number.checked_mul(Decimal::ONE_HUNDRED);
                        share.map_or(Value::Number(number), Value::Percent)
                    }
                    _ => Value::Number(number),
                }
            }
        };
        if heard.formula {
            let kind = match value.is_empty() {
                true => Kind::FormulaWithoutValue,
                false => Kind::Formula,
            };
            notes.add(kind, at);
        }
        grid.set(self.sheet, (line, column), Cell { value, formula: heard.formula })?;
        self.column = column.saturating_add(1);
        Ok(())
    }
}

/// Words of a workbook: a number or a day among them was typed as text.
pub(super) fn text_of(
    grid: &Grid<'_>,
    notes: &mut Notes,
    text: &str,
    at: impl Fn() -> Position,
) -> Result<Value, Refused> {
    let value = grid.text(text, notes, &at)?;
    match value {
        Value::Number(_) => notes.add(Kind::NumberAsText, at),
        Value::Date(_) => notes.add(Kind::DateAsText, at),
        _ => {}
    }
    Ok(value)
}
