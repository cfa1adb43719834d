//! The paper twin of a form: printed with a code on each page, filled in with a pen far from any
//! socket, and typed again in the same order.

mod booklet;
mod code;
mod double;
pub mod packed;
mod receipt;
mod receive;
mod rekey;
mod tour;

pub use booklet::{booklet, words as paper_words};
pub use code::{PaperCode, Place};
pub(crate) use double::second_href;
pub(crate) use receipt::receipt_href;
pub(crate) use rekey::banner;

/// The addresses of this slice.
pub(crate) fn routes() -> web::Routes {
    tour::routes()
        .and(rekey::routes())
        .and(double::routes())
        .and(receipt::routes())
        .and(receive::routes())
}

/// Its words: French, English.
pub(crate) fn words() -> (&'static str, &'static str) {
    (
        concat!(include_str!("paper/fr.ftl"), "\n", include_str!("paper/packed/fr.ftl")),
        concat!(include_str!("paper/en.ftl"), "\n", include_str!("paper/packed/en.ftl")),
    )
}
