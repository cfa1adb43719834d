//! One small model of a document and of a table of values, and what writes them: DOCX, XLSX and
//! CSV. The PDF is written by the crate `pdf`, so that this one stays free of the typesetter.
//!
//! The model holds what the reader sees, already in the reader's language and typography. The same
//! document always gives the same bytes: nothing here reads a clock, a locale or a random number.

pub mod code;
pub mod csv;
pub mod docx;
pub mod error;
pub mod labels;
pub mod model;
pub mod paper;
pub mod sheet;
pub mod text;
pub mod xlsx;

pub use code::CheckCode;
pub use error::WriteError;
pub use labels::Labels;
pub use model::{
    Align, Block, Callout, Card, Column, Document, Figure, KeyFigure, Letterhead, List,
    Orientation, Row, Signature, Table, Tone,
};
pub use sheet::{Cell, Kind, Sheet, SheetColumn, Workbook};
pub use text::{Inline, Text};
