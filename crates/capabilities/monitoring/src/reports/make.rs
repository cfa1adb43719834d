//! Making the files of a document: read once, then written in each format.

use db::Tx;
use documents::{Document, Workbook};
use kernel::{Failure, Quarter};
use web::{PdfWriter, PictureWriter};

use super::issue::{Made, MadeFile};
use super::kind::Kind;
use super::material::{Material, Reader};
use super::origin::Origin;
use crate::analysis::Refused;
use crate::store::Stage;

/// A format of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For paper and for keeping.
    Pdf,
    /// To be edited further.
    Docx,
    /// The values.
    Xlsx,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Docx, Self::Xlsx];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type of a file by its ending.
    pub(crate) fn media_of(ending: &str) -> &'static str {
        match ending {
            "pdf" => "application/pdf",
            "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "zip" => "application/zip",
            _ => "application/octet-stream",
        }
    }
}

/// What writes files for us: only the program knows the typesetter.
#[derive(Clone, Copy)]
pub struct Writers {
    /// Writes PDF.
    pub pdf: PdfWriter,
    /// Draws pictures.
    pub picture: PictureWriter,
}

impl Writers {
    /// Those of the application.
    pub(crate) fn of(app: &web::App) -> Self {
        Self { pdf: app.shell().pdf, picture: app.shell().picture }
    }

    /// The bytes of a document as DOCX, or else as PDF.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub(crate) fn written(self, document: &Document, format: Format) -> Result<Vec<u8>, Failure> {
        if format != Format::Docx {
            return (self.pdf)(document);
        }
        let draw = |svg: &str, width: u32| (self.picture)(svg, width).ok();
        documents::docx::write_with(document, &draw).map_err(Failure::broken)
    }
}

/// A document read from the base, not yet written.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) kind: Kind,
    pub(crate) document: Document,
    pub(crate) workbook: Workbook,
    pub(crate) stage: Option<Stage>,
    pub(crate) origin: Origin,
    pub(crate) name: String,
}

/// Reads a document; its main one if no kind is given.
///
/// # Errors
///
/// [`Failure::NotFound`] if the place has no such document, or if the store fails. `Ok(Err(_))` if
/// nothing of it may be seen.
pub(crate) fn prepare(
    tx: &mut Tx<'_>,
    reader: Reader<'_>,
    place: &str,
    quarter: Quarter,
    kind: Option<Kind>,
) -> Result<Result<Prepared, Refused>, Failure> {
    let material = match Material::read(tx, reader, place, quarter)? {
        Ok(material) => material,
        Err(refused) => return Ok(Err(refused)),
    };
    let kind = kind.unwrap_or_else(|| Kind::main_of(material.ground.level()));
    Ok(Ok(Prepared {
        kind,
        document: kind.document(&material)?,
        workbook: kind.workbook(&material),
        stage: material.stage(),
        origin: material.origin.clone(),
        name: material.name().to_owned(),
    }))
}

impl Prepared {
    /// The bytes of one format.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub(crate) fn file(&self, format: Format, writers: Writers) -> Result<Vec<u8>, Failure> {
        match format {
            Format::Pdf | Format::Docx => writers.written(&self.document, format),
            Format::Xlsx => documents::xlsx::write(&self.workbook).map_err(Failure::broken),
        }
    }

    /// All its files, ready to be issued.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub(crate) fn made(&self, writers: Writers) -> Result<Made, Failure> {
        let files = Format::ALL.into_iter().map(|format| {
            Ok(MadeFile { format: format.ending(), bytes: self.file(format, writers)? })
        });
        Ok(Made {
            kind: self.kind,
            name: self.name.clone(),
            stage: self.stage,
            language: self.document.language.code(),
            code: self.document.code.map(|it| it.to_string()).unwrap_or_default(),
            position: self.origin.position,
            mark: self.origin.mark.clone(),
            files: files.collect::<Result<_, Failure>>()?,
        })
    }
}
