//! Document → PDF, through Typst as a library; the only crate that sees the typesetter.
//!
//! The page is set by one template, compiled into the program. A document reaches it as values,
//! never as markup, so that no text that a person typed can become code; the typesetter is given
//! no file, no package and no network. The output is tagged, PDF/A-2a and PDF/UA-1, and the same
//! document always gives the same bytes.

mod engine;
mod glyphs;
mod paper;
mod picture;
mod values;

use documents::Document;
use documents::paper::Booklets;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use engine::warm_up;
pub use picture::picture;

/// Why a document could not be printed. All are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The document is not well made.
    #[error(transparent)]
    Document(#[from] documents::WriteError),
    /// The typesetter refused; a drawing that is not SVG is the likely cause.
    #[error("the document could not be laid out: {0}")]
    Layout(String),
    /// The laid-out document could not be written.
    #[error("the document could not be written: {0}")]
    Export(String),
}

/// The bytes of the document, on A4 paper.
///
/// The file conforms to PDF/A-2a (kept for decades) and PDF/UA-1 (read aloud), unless a drawing
/// holds something that these standards forbid: it is then written as a plain tagged PDF, because
/// paper in the hand matters more. [`conforms`] tells which.
///
/// Letters that the fonts lack (N’Ko, Tifinagh, emoji) are printed as `�`, so that nothing goes
/// missing unseen.
///
/// # Errors
///
/// If a table is not well made or a drawing cannot be read.
pub fn write(document: &Document) -> Result<Vec<u8>, WriteError> {
    document.check()?;
    let code = document.code.map(|it| it.to_string()).unwrap_or_default();
    let named = format!(
        "{}|{}|{}|{}|{code}",
        document.kind, document.title, document.place, document.period
    );
    export(&engine::lay_out(values::of(document))?, &named)
}

/// The bytes of forms to be filled in by hand, on A4 paper, in black and white. Same promises as
/// [`write`].
///
/// # Errors
///
/// If a QR code is not a drawing.
pub fn write_paper(booklets: &Booklets) -> Result<Vec<u8>, WriteError> {
    let places: Vec<&str> = booklets.booklets.iter().map(|it| it.place.as_str()).collect();
    let named = format!("{}|{}", booklets.title, places.join("|"));
    export(&engine::lay_out_paper(paper::of(booklets))?, &named)
}

fn export(pages: &PagedDocument, named: &str) -> Result<Vec<u8>, WriteError> {
    let strict = [PdfStandard::A_2a, PdfStandard::Ua_1];
    match typst_pdf::pdf(pages, &options(named, &strict)?) {
        Ok(bytes) => Ok(bytes),
        Err(_) => typst_pdf::pdf(pages, &options(named, &[])?)
            .map_err(|it| WriteError::Export(engine::tell(&it))),
    }
}

/// Whether these bytes, written by [`write`], claim both standards.
pub fn conforms(bytes: &[u8]) -> bool {
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|it| it == needle);
    holds(b"pdfaid:part") && holds(b"pdfuaid:part")
}

fn options(named: &str, standards: &[PdfStandard]) -> Result<PdfOptions, WriteError> {
    let standards =
        PdfStandards::new(standards).map_err(|it| WriteError::Export(it.message().to_string()))?;
    Ok(PdfOptions {
        ident: typst::foundations::Smart::Custom(named.to_owned()),
        creator: typst::foundations::Smart::Custom(Some("Benkadi".to_owned())),
        standards,
        ..PdfOptions::default()
    })
}

#[cfg(test)]
mod tests;
