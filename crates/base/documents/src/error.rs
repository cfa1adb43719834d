//! Why a document could not be written.

/// Why nothing was written. All are for the operator: a page checks what a person types before it
/// builds a document from it.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A row of a table has another number of cells than the table has columns.
    #[error("table {table:?}, row {row}: {found} cells for {expected} columns")]
    Cells {
        /// The caption of the table or the name of the sheet.
        table: String,
        /// The row, counted from 1 after the header.
        row: usize,
        /// How many columns the table has.
        expected: usize,
        /// How many cells the row has.
        found: usize,
    },
    /// A table without any column.
    #[error("table {table:?} has no column")]
    NoColumn {
        /// The caption of the table or the name of the sheet.
        table: String,
    },
    /// More rows than a sheet can hold (1 048 575 below the header).
    #[error("sheet {sheet:?}: {rows} rows are more than a sheet can hold; export CSV instead")]
    TooManyRows {
        /// The name of the sheet.
        sheet: String,
        /// How many rows it has.
        rows: usize,
    },
    /// A text longer than the 32 767 characters that a cell can hold.
    #[error("sheet {sheet:?}, row {row}, column {column:?}: the text is too long for a cell")]
    TooLong {
        /// The name of the sheet.
        sheet: String,
        /// The row, counted from 1 after the header.
        row: usize,
        /// The title of the column.
        column: String,
    },
    /// The file format's own writer failed.
    #[error("{format}: {source}")]
    Format {
        /// The format: `docx`, `xlsx`, `csv`.
        format: &'static str,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl WriteError {
    /// The failure of a format's own writer.
    pub(crate) fn of(
        format: &'static str,
    ) -> impl Fn(Box<dyn std::error::Error + Send + Sync>) -> Self {
        move |source| Self::Format { format, source }
    }
}
