//! What the page of a place says of its key figures.

use db::Tx;
use kernel::{Date, Failure};
use web::{Panel, Reader};

/// The panel of a commune of which something is published.
///
/// # Errors
///
/// If the store fails.
pub fn of_place(
    tx: &mut Tx<'_>,
    code: &str,
    _: Date,
    reader: &Reader<'_>,
) -> Result<Vec<Panel>, Failure> {
    let Some(published) = crate::published(tx, code)? else { return Ok(Vec::new()) };
    let quarter = reader.language.quarter(published.quarter);
    Ok(vec![Panel {
        title: reader.t("voices-title"),
        sentences: vec![reader.say("voices-panel-text", &[("quarter", quarter)])],
        links: vec![(format!("/chiffres/{}", web::encode(code)), reader.t("voices-panel-open"))],
    }])
}
