//! What the register says on the page of a place: its partnerships.

use db::Tx;
use kernel::{Date, Failure};
use web::{Panel, Reader};

use crate::{Typed, count};

/// The panel of a place.
///
/// # Errors
///
/// The base does not answer.
pub fn of_place(
    tx: &mut Tx<'_>,
    place: &str,
    _: Date,
    reader: &Reader<'_>,
) -> Result<Vec<Panel>, Failure> {
    let (filter, _) = Typed { lieu: place.to_owned(), ..Typed::default() }.understand(tx)?;
    let known = count(tx, &filter)?;
    let told = reader.say("register-panel-count", &[("count", known.to_string())]);
    let mut panel =
        Panel { title: reader.t("register-panel-title"), sentences: vec![told], links: Vec::new() };
    if known > 0 {
        let href = format!("/registre?lieu={}", web::encode(place));
        panel.links.push((href, reader.t("register-panel-list")));
    }
    Ok(vec![panel])
}
