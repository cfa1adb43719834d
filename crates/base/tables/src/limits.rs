//! The fence.

/// How much a file may make the program read, keep and unpack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: usize,
    /// Bytes of everything in a compressed file, once unpacked.
    pub unpacked: u64,
    /// Parts in a compressed file.
    pub parts: usize,
    /// How many times larger than its packed form a part of more than a mebibyte may be. Sheets
    /// pack some fifty times at most; a bomb packs a thousand times.
    pub ratio: u64,
    /// Sheets.
    pub sheets: usize,
    /// Lines that hold something, in all sheets; and the number of the last line.
    pub rows: u32,
    /// Columns of a sheet.
    pub columns: u16,
    /// Cells kept, the empty ones before a filled one included.
    pub cells: usize,
    /// Texts that a workbook shares between its cells.
    pub shared: usize,
    /// Letters in one cell.
    pub text: usize,
}

impl Default for Limits {
    /// What a yearbook of a whole country needs, on a computer with two gigabytes.
    fn default() -> Self {
        Self {
            bytes: 8 << 20,
            unpacked: 96 << 20,
            parts: 1_000,
            ratio: 200,
            sheets: 64,
            rows: 200_000,
            columns: 512,
            cells: 1_500_000,
            shared: 400_000,
            text: 32_767,
        }
    }
}
