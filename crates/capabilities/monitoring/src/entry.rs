//! How people enter values: cell by cell on the form, or a whole file at once; and the board from
//! which they go to work.

mod board;
mod cells;
mod foreign;
mod forms;
mod grid;
mod history;
mod import;
mod ownership;
pub(crate) mod page;
mod refused;
mod sheet;
mod upload;

pub(crate) use cells::enter_over;
pub use cells::{Typed, enter};
pub use foreign::{Fault, ForeignRefused, Report, ValuesText, report};
pub use history::{Happening, Moment, history};
pub use import::{Change, ImportRefused, Preview, Taken, import, preview};
pub use ownership::{Theirs, take_over};
pub use refused::{CellRefused, Refusals};
pub use sheet::{Note, Part, Question, Row, Sheet, Total, sheet, shown};

/// The addresses of this slice.
pub(crate) fn routes() -> web::Routes {
    board::routes()
        .and(forms::routes())
        .and(grid::routes())
        .and(ownership::routes())
        .and(history::routes())
        .and(upload::routes())
}
