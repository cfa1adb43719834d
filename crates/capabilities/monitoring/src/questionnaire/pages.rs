//! The pages of the questionnaire: reading it, preparing an edition, comparing two.

mod affected;
mod board;
mod compare;
mod difference;
mod fields;
mod meeting;
mod preview;
mod read;
mod row_form;
mod shown;

use crate::questionnaire::Sheet;
use identity::Action;
use web::Routes;

/// The right of those who prepare and issue editions.
const EDIT: Action = Action::EditQuestionnaire;

/// The addresses of the questionnaire.
pub(crate) fn routes() -> Routes {
    read::routes()
        .and(board::routes())
        .and(row_form::routes())
        .and(compare::routes())
        .and(meeting::routes())
}

/// Its words: French, English.
pub(crate) fn words() -> (&'static str, &'static str) {
    (include_str!("pages/words.fr.ftl"), include_str!("pages/words.en.ftl"))
}

/// The address of a table.
fn href(sheet: Sheet, edition: Option<u32>) -> String {
    let edition = edition.map(|it| format!("?edition={it}")).unwrap_or_default();
    format!("/suivi/questionnaire/{}{edition}", sheet.word())
}

/// The address of a row.
fn row_href(sheet: Sheet, key: &str, edition: Option<u32>) -> String {
    let edition = edition.map(|it| format!("&edition={it}")).unwrap_or_default();
    let key = crate::analysis::encoded(key);
    format!("/suivi/questionnaire/{}/ligne?cle={key}{edition}", sheet.word())
}

/// The address where a row is changed; a new one without a key.
fn edit_href(sheet: Sheet, key: Option<&str>) -> String {
    let key = key.map(|it| format!("?cle={}", crate::analysis::encoded(it))).unwrap_or_default();
    format!("/suivi/questionnaire/modifier/{}/ligne{key}", sheet.word())
}
