//! Foreign tables, read with a fence around the reading: CSV, XLSX and ODS become one typed book.
//!
//! A file comes from anybody: a colleague, another service, somebody who wants harm. So every size
//! is asked before anything is unpacked, every count has its limit, nothing is ever computed or
//! fetched, and what was met on the way (formulas, merged cells, hidden columns, another encoding)
//! is told with its place. A file is read whole or refused whole.
//!
//! ```
//! let book = tables::read(b"Commune;Population\nKati;12 345\n", "a.csv", &tables::Limits::default());
//! let book = book.unwrap();
//! let number = &book.sheets[0].rows[1].cells[1].value;
//! assert_eq!(number.number(), tables::read_number("12345"));
//! ```

mod book;
mod delimited;
mod encoding;
mod grid;
mod heading;
mod limits;
mod notes;
mod refused;
mod typed;
mod zipped;

pub use book::{Book, Cell, Format, Position, Row, Sheet, Value, letters};
pub use heading::Heading;
pub use limits::Limits;
pub use notes::{Kind, Note};
pub use refused::Refused;
pub use typed::{read_date, read_number};

/// Reads a file. What it is is told by its bytes; `name` only helps to say what is wrong.
///
/// # Errors
///
/// Why nothing of it is read: see [`Refused`].
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Book, Refused> {
    if limits.bytes < bytes.len() {
        return Err(Refused::TooLarge { bytes: bytes.len(), most: limits.bytes });
    }
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    // The first bytes of an old Excel file, and of any new one under a password.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Refused::OldOrProtected);
    }
    let mut book = if bytes.starts_with(b"PK") {
        zipped::read(bytes, limits)?
    } else {
        let signatures: [&[u8]; 6] =
            [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"];
        if signatures.iter().any(|it| bytes.starts_with(it)) {
            return Err(Refused::NotATable);
        }
        delimited::read(bytes, name, limits)?
    };
    if book.sheets.iter().all(|it| it.rows.is_empty()) {
        return Err(Refused::Empty);
    }
    book.notes.settle();
    Ok(book)
}

/// The words of refusals and notes, as (French, English).
pub fn words() -> (&'static str, &'static str) {
    (include_str!("fr.ftl"), include_str!("en.ftl"))
}

#[cfg(test)]
mod tests;
