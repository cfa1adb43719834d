//! The standard documents: the activity report of a cercle's centre, the syntheses of a region and
//! of the nation. What the program counts, it writes; what people must say, they write on the page
//! of the report.

mod activity;
mod blocks;
mod book;
mod document;
pub(crate) mod fold;
mod material;
mod page;
mod synthesis;
#[cfg(test)]
mod tests;
mod written;

pub use written::{
    Difficulty, HIGHLIGHTS_WRITTEN, Kept, MOST_DIFFICULTIES, MOST_LINES, Refused, Texts, Written,
    action, kept, write,
};

use kernel::{Failure, Language, Quarter};
use web::{Catalogue, Routes};

use crate::analysis::{PAPER, Say};
use material::{Material, Reader};

/// The addresses of this slice.
pub(crate) fn routes() -> Routes {
    page::routes()
}

/// The address of the report of a place for a quarter.
pub(crate) fn href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/rapports/{}/{quarter}", crate::analysis::encoded(place))
}

/// The report of a place and a quarter as the program itself may read it, for the commands of the
/// operator and for measures. `today` dates it if the journal holds nothing yet.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such place, or if the store fails.
pub fn report(
    tx: &mut db::Tx<'_>,
    catalogue: &Catalogue,
    language: Language,
    place: &str,
    quarter: Quarter,
    today: kernel::Date,
) -> Result<documents::Document, Failure> {
    let actor = identity::Actor::program();
    let reader = Reader { say: Say { catalogue, language }, canvas: PAPER, actor: &actor, today };
    match Material::read(tx, reader, place, quarter)? {
        Ok(material) => page::document(&material),
        Err(_) => Err(Failure::NotFound),
    }
}
