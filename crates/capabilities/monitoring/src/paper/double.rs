//! « Double saisie »: a tenth of the forms, drawn from a seed, is typed a second time by somebody
//! who does not see the first; the two are laid side by side, and a person decides on each gap.

mod board;
mod decision;
mod second;

/// The addresses of this part.
pub(crate) fn routes() -> web::Routes {
    board::routes().and(second::routes()).and(decision::routes())
}

/// The address of the second typing of a form.
pub(crate) fn second_href(unit: &str, quarter: kernel::Quarter, form: &str) -> String {
    format!("/suivi/double-saisie/{unit}/{quarter}/{form}")
}

/// The address of the draws of a place.
pub(crate) fn board_href(place: &str, quarter: kernel::Quarter) -> String {
    format!("/suivi/double-saisie?lieu={place}&trimestre={quarter}")
}
