//! How people enter values: cell by cell on the form, or a whole file at once; and the board from
//! which they go to work.

pub mod attachments;
mod board;
mod cells;
mod foreign;
mod forms;
mod grid;
mod history;
mod import;
mod offer;
mod ownership;
pub(crate) mod page;
mod refused;
mod sheet;
mod upload;

pub(crate) use cells::enter_over;
pub use cells::{Typed, enter};
pub use foreign::{Fault, ForeignRefused, Report, ValuesText, report};
pub use history::{Happening, Moment, history};
pub(crate) use history::{label as cell_label, said as cell_said};
pub use import::{Change, ImportRefused, Preview, Taken, import, preview};
pub use offer::{Offer, Offered, nothing_offered};
pub(crate) use ownership::name_of;
pub use ownership::{Theirs, take_over};
pub use refused::{CellRefused, Refusals};
pub(crate) use sheet::cell_named;
pub use sheet::{Note, Part, Question, Row, Sheet, Total, sheet, shown};
pub(crate) use upload::notes;

/// The addresses of this slice.
pub(crate) fn routes(offer: Offer) -> web::Routes {
    board::routes()
        .and(forms::routes())
        .and(grid::routes(offer))
        .and(ownership::routes())
        .and(history::routes())
        .and(attachments::routes())
        .and(upload::routes())
}
