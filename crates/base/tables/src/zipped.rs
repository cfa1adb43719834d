//! Workbooks: an archive of XML parts, opened within a budget.

mod ods;
mod xlsx;
mod xml;

use crate::{Book, Limits, Refused};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// An archive whose sizes were asked before anything was unpacked, and are counted while it is.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Book, Refused> {
    let mut archive = Archive::open(bytes, limits)?;
    let kind = archive.text("mimetype")?.unwrap_or_default();
    if kind.trim().starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return ods::read(&mut archive, limits);
    }
    match archive.text("[Content_Types].xml")? {
        Some(types) if types.contains("macroEnabled") || archive.has("xl/vbaProject.bin") => {
            Err(Refused::Macros)
        }
        Some(_) if archive.has("xl/workbook.xml") => xlsx::read(&mut archive, limits),
        // XLSB keeps its sheets in a form of its own.
        _ => Err(Refused::NotATable),
    }
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refused> {
        let damaged = || Refused::Damaged { part: "ZIP".to_owned() };
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if limits.parts < zip.len() {
            return Err(Refused::TooMany { what: "parts", most: limits.parts });
        }
        let mut all: u64 = 0;
        for at in 0..zip.len() {
            let part = zip.by_index_raw(at).map_err(|_| damaged())?;
            if part.encrypted() {
                return Err(Refused::OldOrProtected);
            }
            let (size, packed) = (part.size(), part.compressed_size().max(1));
            all = all.saturating_add(size);
            if limits.unpacked < all || ((1 << 20) < size && limits.ratio < size / packed) {
                return Err(Refused::Bomb);
            }
        }
        Ok(Self { zip, left: limits.unpacked })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether the archive holds a part under this folder.
    pub(crate) fn has_folder(&self, name: &str) -> bool {
        self.zip.file_names().flatten().any(|it| it.starts_with(name))
    }

    /// A part as text; `None` if there is none. What a part says of its size may be a lie: it is
    /// counted again here.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let damaged = || Refused::Damaged { part: name.to_owned() };
        let Some(at) = self.zip.index_for_name(name) else { return Ok(None) };
        let part = self.zip.by_index(at).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(read).ok_or(Refused::Bomb)?;
        String::from_utf8(bytes).map(Some).map_err(|_| damaged())
    }
}
