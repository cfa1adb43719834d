//! The paper twin of a form: printed with a code on each page, filled in with a pen far from any
//! socket, and typed again in the same order.

mod booklet;
mod code;
mod double;
mod rekey;
mod tour;

pub use booklet::{booklet, words as paper_words};
pub use code::{PaperCode, Place};
pub(crate) use double::second_href;
pub(crate) use rekey::banner;

/// The addresses of this slice.
pub(crate) fn routes() -> web::Routes {
    tour::routes().and(rekey::routes()).and(double::routes())
}

/// Its words: French, English.
pub(crate) fn words() -> (&'static str, &'static str) {
    (include_str!("paper/fr.ftl"), include_str!("paper/en.ftl"))
}
