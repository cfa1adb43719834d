//! Document → DOCX: real styles of headings, repeated headers of tables, A4, page x of y; meant to
//! be edited further in Word or LibreOffice.
//!
//! Written part by part on a zip, because the writers on offer have neither repeated headers nor a
//! language, and because the bytes must be the same each time. The format has no room for SVG that
//! every reader opens: a figure is shown by its twin table.

mod body;
mod parts;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{Document, WriteError};

/// The bytes of the document.
///
/// # Errors
///
/// If a row of a table has another number of cells than the table has columns.
pub fn write(document: &Document) -> Result<Vec<u8>, WriteError> {
    document.check()?;
    let body = body::write(document);
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/app.xml", parts::PROGRAM.to_owned()),
        ("docProps/core.xml", parts::properties(document)),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/document.xml", body.xml),
        ("word/styles.xml", parts::styles(document.language)),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/numbering.xml", parts::numbering(body.ordered_lists)),
        ("word/header1.xml", parts::first_header(document)),
        ("word/header2.xml", parts::header(document)),
        ("word/footer1.xml", parts::footer(document)),
    ];
    pack(&files).map_err(|it| WriteError::of("docx")(Box::new(it)))
}

fn pack(files: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests;
