//! Workbook → XLSX: typed cells, frozen header, filter, widths, ready to print on A4.
//!
//! Words are written as strings whatever they look like, so that no formula can be injected.

use std::collections::BTreeSet;

use kernel::{Date, Decimal};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook as Book, Worksheet,
    XlsxError,
};

use crate::text::clean;
use crate::{Cell, Kind, Labels, Sheet, Workbook, WriteError};

/// Excel's own limits.
const MOST_ROWS: usize = 1_048_575;
const LONGEST_TEXT: usize = 32_767;
/// A number with more digits would change in the 64-bit floats of the format.
const MOST_DIGITS: usize = 15;

/// The bytes of the workbook: its sheets, then a sheet that tells where it comes from.
///
/// # Errors
///
/// If a row has another number of cells than there are columns, or if a sheet or a cell holds more
/// than the format can.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, WriteError> {
    let labels = Labels::of(workbook.language);
    let mut names = BTreeSet::new();
    let mut book = Book::new();
    let made = moment(workbook.made_on).map_err(broken)?;
    let title = clean(&workbook.title);
    book.set_properties(
        &DocProperties::new().set_title(&title).set_author("Benkadi").set_creation_datetime(&made),
    );
    for sheet in &workbook.sheets {
        sheet.check()?;
        let page = book.add_worksheet();
        page.set_name(sheet_name(&sheet.name, &mut names)).map_err(broken)?;
        fill(page, sheet)?;
        set_print(page, &title).map_err(broken)?;
    }
    let page = book.add_worksheet();
    page.set_name(sheet_name(&labels.about, &mut names)).map_err(broken)?;
    tell(page, workbook, labels).map_err(broken)?;
    set_print(page, &title).map_err(broken)?;
    book.save_to_buffer().map_err(broken)
}

fn broken(error: XlsxError) -> WriteError {
    WriteError::of("xlsx")(Box::new(error))
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), WriteError> {
    if MOST_ROWS < sheet.rows.len() {
        let (sheet, rows) = (sheet.name.clone(), sheet.rows.len());
        return Err(WriteError::TooManyRows { sheet, rows });
    }
    let formats: Vec<Formats> = sheet.columns.iter().map(|it| Formats::of(it.kind)).collect();
    let mut widths = vec![0; sheet.columns.len()];
    for (at, column) in sheet.columns.iter().enumerate() {
        let title = clean(&column.title);
        // A long title wraps; the arrow of the filter takes the room of three letters.
        widths[at] = title.split(' ').map(|it| it.chars().count()).max().unwrap_or_default() + 3;
        page.write_string_with_format(0, column_number(at), title, &head_format(column.kind))
            .map_err(broken)?;
    }
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (at, cell) in cells.iter().enumerate() {
            let (line, column) = (row_number(row + 1), column_number(at));
            let shown = put(page, line, column, cell, &formats[at]).map_err(|it| match it {
                XlsxError::MaxStringLengthExceeded => WriteError::TooLong {
                    sheet: sheet.name.clone(),
                    row: row + 1,
                    column: sheet.columns[at].title.clone(),
                },
                other => broken(other),
            })?;
            widths[at] = widths[at].max(shown);
        }
    }
    let mut lines = 1;
    for (at, column) in sheet.columns.iter().enumerate() {
        let measured = u16::try_from(widths[at].clamp(8, 60) + 1).unwrap_or(60);
        let width = column.width.unwrap_or(measured);
        page.set_column_width(column_number(at), width).map_err(broken)?;
        lines = lines.max(wrapped(&column.title, usize::from(width)));
    }
    // Points; not every program makes the row of a wrapped title higher by itself.
    page.set_row_height(0, 15 * lines + 4).map_err(broken)?;
    let last = row_number(sheet.rows.len());
    page.autofilter(0, 0, last, column_number(sheet.columns.len() - 1)).map_err(broken)?;
    page.set_freeze_panes(1, 0).map_err(broken)?;
    page.set_repeat_rows(0, 0).map_err(broken)?;
    Ok(())
}

/// How many lines a title takes in a column of this many characters; more than six are cut.
fn wrapped(title: &str, width: usize) -> u32 {
    let (mut lines, mut used) = (1, 0);
    for word in title.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && width < used + 1 + length {
            lines += 1;
            used = length;
        } else {
            used += length + usize::from(used > 0);
        }
    }
    lines.min(6)
}

/// Writes a cell and tells how many characters it shows.
fn put(
    page: &mut Worksheet,
    line: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<usize, XlsxError> {
    match cell {
        Cell::Empty => Ok(0),
        Cell::Text(text) => put_text(page, line, column, text, formats),
        Cell::Number(value) if MOST_DIGITS < digits(*value) => {
            put_text(page, line, column, &value.to_string(), formats)
        }
        Cell::Number(value) => {
            let text = value.to_string();
            // The format stores 64-bit floats; within 15 digits they give back the same decimal.
            let number: f64 = text.parse().unwrap_or_default();
            // A count among rates stays a count: 2, not 2,00.
            let format = if value.scale() == 0 { &formats.whole } else { &formats.number };
            page.write_number_with_format(line, column, number, format)?;
            Ok(text.len() * 4 / 3 + 1)
        }
        Cell::Date(day) => match moment(*day) {
            Ok(it) => {
                page.write_datetime_with_format(line, column, &it, &formats.day)?;
                Ok(10)
            }
            // The calendar of spreadsheets starts in 1900.
            Err(_) => put_text(page, line, column, &day.to_string(), formats),
        },
    }
}

fn put_text(
    page: &mut Worksheet,
    line: u32,
    column: u16,
    text: &str,
    formats: &Formats,
) -> Result<usize, XlsxError> {
    let text = clean(text);
    if LONGEST_TEXT < text.encode_utf16().count() {
        return Err(XlsxError::MaxStringLengthExceeded);
    }
    let shown = text.lines().map(|it| it.chars().count()).max().unwrap_or_default();
    // Such a text would become a formula when a person edits the cell and presses Enter.
    let risky = crate::csv::defuse(&text) != text;
    let format = if risky { &formats.quoted } else { &formats.text };
    page.write_string_with_format(line, column, text, format)?;
    Ok(shown)
}

fn digits(value: Decimal) -> usize {
    value.normalize().mantissa().unsigned_abs().to_string().len()
}

fn moment(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or_default(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )
}

fn row_number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn column_number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// The looks that a cell of one column can have.
struct Formats {
    text: Format,
    quoted: Format,
    number: Format,
    whole: Format,
    day: Format,
}

impl Formats {
    fn of(kind: Kind) -> Self {
        let base = Format::new().set_align(FormatAlign::Top);
        let places = match kind {
            Kind::Number { places } => usize::from(places),
            Kind::Text | Kind::Date => 0,
        };
        let point = if places == 0 { "" } else { "." };
        let text = match kind {
            Kind::Text => base.clone().set_text_wrap(),
            // "Do not know", among numbers.
            Kind::Number { .. } | Kind::Date => base.clone().set_align(lean(kind)),
        };
        Self {
            quoted: text.clone().set_quote_prefix(),
            text,
            number: base.clone().set_num_format(format!("#,##0{point}{}", "0".repeat(places))),
            whole: base.clone().set_num_format("#,##0"),
            day: base.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        }
    }
}

/// Where the cells of a column lean, its title included.
fn lean(kind: Kind) -> FormatAlign {
    match kind {
        Kind::Text => FormatAlign::Left,
        Kind::Number { .. } => FormatAlign::Right,
        Kind::Date => FormatAlign::Center,
    }
}

fn head_format(kind: Kind) -> Format {
    Format::new()
        .set_align(lean(kind))
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Bottom)
        .set_font_color("28336B")
        .set_background_color("F1E9DA")
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color("28336B")
}

fn set_print(page: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    // In a header `&` starts a code; 255 characters are Excel's limit for the whole of it.
    let short: String = title.chars().take(100).collect();
    page.set_paper_size(9);
    page.set_landscape();
    page.set_print_fit_to_pages(1, 0);
    page.set_margins(0.5, 0.5, 0.75, 0.75, 0.3, 0.3);
    page.set_header(format!("&L&9{}&R&9&A", short.replace('&', "&&")));
    page.set_footer("&R&9&P / &N");
    Ok(())
}

/// The last sheet: title, date, sources.
fn tell(page: &mut Worksheet, workbook: &Workbook, labels: &Labels) -> Result<(), XlsxError> {
    let key = Format::new().set_bold().set_font_color("28336B").set_align(FormatAlign::Top);
    let value = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut lines = vec![
        (labels.title.as_str(), workbook.title.clone()),
        (labels.made_on.as_str(), workbook.language.long_date(workbook.made_on)),
    ];
    lines.extend(workbook.sources.iter().map(|it| (labels.source.as_str(), it.clone())));
    for (at, (label, text)) in lines.iter().enumerate() {
        let shown: String = clean(text).chars().take(LONGEST_TEXT / 2).collect();
        page.write_string_with_format(row_number(at), 0, *label, &key)?;
        page.write_string_with_format(row_number(at), 1, shown, &value)?;
    }
    page.set_column_width(0, 16)?;
    page.set_column_width(1, 90)?;
    Ok(())
}

/// A name that Excel accepts: 31 characters, none of `[ ] : * ? / \`, no apostrophe at the ends,
/// not empty, no other sheet of the same name whatever the case.
fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let kept: String =
        clean(wanted).chars().map(|it| if "[]:*?/\\\n".contains(it) { ' ' } else { it }).collect();
    // A sign left out between blanks leaves one blank, not two or three.
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = kept.trim_matches(|it: char| it == '\'' || it.is_whitespace());
    let base = if kept.is_empty() { "1" } else { kept };
    let mut number = 1;
    loop {
        let end = if number == 1 { String::new() } else { format!(" {number}") };
        let room = 31 - end.len();
        let mut start = String::new();
        for letter in base.chars() {
            if start.encode_utf16().count() + letter.len_utf16() <= room {
                start.push(letter);
            }
        }
        let name = format!("{}{end}", start.trim_end_matches(['\'', ' ']));
        // Excel keeps this name for itself.
        let reserved = name.eq_ignore_ascii_case("history");
        if !reserved && taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests;
