//! Document → DOCX: real styles of headings, repeated headers of tables, A4, page x of y; meant to
//! be edited further in Word or LibreOffice.
//!
//! Written part by part on a zip, because the writers on offer have neither repeated headers nor a
//! language, and because the bytes must be the same each time. The format has no room for SVG that
//! every reader opens: a drawing is shown as a picture of points where the caller can make one, and
//! by its twin table otherwise.

mod body;
mod parts;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{Document, WriteError};

/// Makes the PNG of a drawing, so many points wide; `None` if it cannot.
pub type Draw<'a> = &'a dyn Fn(&str, u32) -> Option<Vec<u8>>;

/// The bytes of the document, its drawings shown by their twin tables.
///
/// # Errors
///
/// If a row of a table has another number of cells than the table has columns.
pub fn write(document: &Document) -> Result<Vec<u8>, WriteError> {
    write_with(document, &|_, _| None)
}

/// The bytes of the document, its drawings shown as pictures.
///
/// # Errors
///
/// As [`write`].
pub fn write_with(document: &Document, draw: Draw<'_>) -> Result<Vec<u8>, WriteError> {
    document.check()?;
    let body = body::write(document, draw);
    let relations = parts::document_relations(body.pictures.len());
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/app.xml", parts::PROGRAM.to_owned()),
        ("docProps/core.xml", parts::properties(document)),
        ("word/_rels/document.xml.rels", relations),
        ("word/document.xml", body.xml),
        ("word/styles.xml", parts::styles(document.language)),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/numbering.xml", parts::numbering(body.ordered_lists)),
        ("word/header1.xml", parts::first_header(document)),
        ("word/header2.xml", parts::header(document)),
        ("word/footer1.xml", parts::footer(document)),
    ];
    pack(&files, &body.pictures).map_err(|it| WriteError::of("docx")(Box::new(it)))
}

fn pack(files: &[(&str, String)], pictures: &[Vec<u8>]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    // PNG is compressed already.
    let plain = options.compression_method(CompressionMethod::Stored);
    for (at, bytes) in pictures.iter().enumerate() {
        archive.start_file(format!("word/media/image{}.png", at + 1), plain)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests;
