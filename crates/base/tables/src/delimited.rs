//! Lines of text: CSV and its cousins.

use crate::book::{Cell, Format, Position, Row, Value};
use crate::grid::Grid;
use crate::notes::{Kind, Notes};
use crate::{Book, Limits, Refused, Sheet, encoding};

/// So many lines tell what stands between the cells.
const LOOKED_AT: usize = 40;

pub(crate) fn read(bytes: &[u8], _name: &str, limits: &Limits) -> Result<Book, Refused> {
    let (text, other) = encoding::decode(bytes)?;
    let mut notes = Notes::default();
    if other {
        notes.add(Kind::OtherEncoding, || Position { sheet: String::new(), line: 0, column: None });
    }
    // Counted line by line, whatever the system that wrote the file.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // Excel tells its separator in a line of its own.
    let (told, text, skipped) = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("sep=") && first.len() == 5 => {
            (first.chars().last(), rest, 1)
        }
        _ => (None, text.as_str(), 0),
    };
    let delimiter = told.filter(char::is_ascii).unwrap_or_else(|| delimiter(text));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut grid = Grid::new(limits);
    let mut sheet = Sheet::default();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(Refused::Damaged { part: error.to_string() }),
        }
        let line = line_of(text, &record).saturating_add(skipped);
        for (column, text) in record.iter().enumerate() {
            if text.is_empty() {
                continue;
            }
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            let at = || Position { sheet: String::new(), line, column: Some(column) };
            // A formula in a text was never computed: it is only words.
            let is_formula = text.starts_with('=') && text.len() > 1;
            let value = match is_formula {
                true => {
                    notes.add(Kind::FormulaWithoutValue, at);
                    Value::Text(text.to_owned())
                }
                false => grid.text(text, &mut notes, at)?,
            };
            // `12.50` and `+3` are plain numbers too.
            let is_dressed = || text.contains([' ', ',', '\u{a0}', '\u{202f}', '\u{2009}', '−']);
            match &value {
                Value::Number(_) if is_dressed() => notes.add(Kind::NumberAsText, at),
                Value::Date(it) if it.to_string() != text.trim() => {
                    notes.add(Kind::DateAsText, at);
                }
                _ => {}
            }
            grid.set(&mut sheet, (line, column), Cell { value, formula: false })?;
        }
    }
    tell_long_lines(&sheet, &mut notes);
    Ok(Book { format: Format::Delimited(delimiter), sheets: vec![sheet], notes })
}

/// The line on which a record begins. The reader counts from where it began to look, which is
/// before the empty lines that it passes over.
fn line_of(text: &str, record: &csv::StringRecord) -> u32 {
    let Some(at) = record.position() else { return 0 };
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let passed = text.as_bytes().get(from..).unwrap_or_default().iter();
    let passed = passed.take_while(|it| **it == b'\n').count();
    let line = usize::try_from(at.line()).unwrap_or(usize::MAX).saturating_add(passed);
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// The sign between cells: the one that stands equally often in the most lines.
fn delimiter(text: &str) -> char {
    let mut best = (',', (0, 0));
    for candidate in [';', '\t', ',', '|'] {
        let mut counts: Vec<usize> = Vec::new();
        let mut quoted = false;
        let mut count = 0;
        for letter in text.chars().take(256 * 1024) {
            match letter {
                '"' => quoted = !quoted,
                '\n' if !quoted => {
                    counts.push(count);
                    count = 0;
                    if LOOKED_AT <= counts.len() {
                        break;
                    }
                }
                it if it == candidate && !quoted => count += 1,
                _ => {}
            }
        }
        counts.push(count);
        let found = counts
            .iter()
            .filter(|it| **it != 0)
            .map(|it| (counts.iter().filter(|other| *other == it).count(), *it))
            .max()
            .unwrap_or((0, 0));
        if best.1 < found {
            best = (candidate, found);
        }
    }
    best.0
}

/// More cells than the headings: most often a number with a comma in a file between commas.
fn tell_long_lines(sheet: &Sheet, notes: &mut Notes) {
    let Some(width) = sheet.guess_headings().and_then(|it| sheet.row(it)).map(|it| it.cells.len())
    else {
        return;
    };
    let long = |it: &&Row| width < it.cells.len();
    for row in sheet.rows.iter().filter(long) {
        let column = u16::try_from(width).ok();
        notes.add(Kind::LongLine, || Position { sheet: String::new(), line: row.line, column });
    }
}
