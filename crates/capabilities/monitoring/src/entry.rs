//! How people enter values: cell by cell on the form, or a whole file at once.

mod cells;
mod import;
mod refused;
mod sheet;

pub use cells::{Typed, enter};
pub use import::{Change, ImportRefused, Preview, Taken, import, preview};
pub use refused::{CellRefused, Refusals};
pub use sheet::{Note, Part, Question, Row, Sheet, Total, sheet, shown};
