//! The standard documents: the activity report of a cercle's centre, the syntheses of a cercle, a
//! region and the nation, the sheets of a commune and of a partnership. What the program counts, it
//! writes; what people must say, they write on the page of the document.
//!
//! A published quarter has one edition for everybody, made of what was published. A document that
//! is issued is entered in a register and its files are kept: see [`issue`].

mod activity;
mod alerts;
mod blocks;
mod book;
mod clo;
mod commune;
mod document;
pub(crate) mod fold;
pub mod issue;
mod kind;
mod listing;
mod make;
mod material;
mod origin;
mod page;
mod partners;
mod partners_block;
pub mod partnership;
mod quoted;
pub mod recommend;
mod synthesis;
#[cfg(test)]
mod tests;
mod verify;
mod written;

pub use issue::{DOCUMENT_HANDED, DOCUMENT_ISSUED, DOCUMENT_KEPT};
pub use kind::Kind;
pub use make::{Format, Writers};
pub use recommend::{RECOMMENDATION_FOLLOWED, RECOMMENDATION_MADE};
pub use written::{
    Difficulty, HIGHLIGHTS_WRITTEN, Kept, MOST_DIFFICULTIES, MOST_LINES, Refused, Texts, Written,
    action, kept, write,
};

pub(crate) use listing::{href as documents_href, issue_now};

use kernel::{Failure, Language, Quarter};
use web::{Catalogue, Routes};

use crate::analysis::{PAPER, Say};
use material::{Material, Reader};

/// The kinds of entries that say what became of a document: no figure or text changes by them.
pub(crate) const ABOUT_DOCUMENTS: [&str; 3] = [DOCUMENT_ISSUED, DOCUMENT_KEPT, DOCUMENT_HANDED];

/// The addresses of this slice.
pub(crate) fn routes() -> Routes {
    page::routes()
        .and(listing::routes())
        .and(verify::routes())
        .and(partnership::routes())
        .and(recommend::routes())
        .and(crate::opendata::routes())
}

/// Its words, as (French, English).
pub fn words() -> (&'static str, &'static str) {
    (
        concat!(
            include_str!("reports/documents.fr.ftl"),
            "\n",
            include_str!("reports/partnership/fr.ftl")
        ),
        concat!(
            include_str!("reports/documents.en.ftl"),
            "\n",
            include_str!("reports/partnership/en.ftl")
        ),
    )
}

/// The address of the report of a place for a quarter.
pub(crate) fn href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/rapports/{}/{quarter}", crate::analysis::encoded(place))
}

/// The address of a document of a place for a quarter.
pub(crate) fn href_of(place: &str, quarter: Quarter, kind: Kind) -> String {
    format!("{}/{}", href(place, quarter), kind.word())
}

/// The main document of a place and a quarter as the program itself may read it, for the commands
/// of the operator and for measures. `today` dates it if the journal holds nothing yet.
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
    let say = Say { catalogue, language };
    let reader = Reader { say, canvas: PAPER, actor: &actor, today, internal: true };
    match Material::read(tx, reader, place, quarter)? {
        Ok(material) => Kind::main_of(material.ground.level()).document(&material),
        Err(_) => Err(Failure::NotFound),
    }
}

/// What is asked of [`made`].
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// The words.
    pub catalogue: &'a Catalogue,
    /// The language.
    pub language: Language,
    /// Who asks.
    pub actor: &'a identity::Actor,
    /// The day.
    pub today: kernel::Date,
    /// The place.
    pub place: &'a str,
    /// The quarter.
    pub quarter: Quarter,
    /// The document.
    pub kind: Kind,
    /// What writes its files.
    pub writers: Writers,
}

/// A document with its files as this actor may see it: of a published quarter, the edition for
/// everybody. The same facts give the same bytes.
///
/// # Errors
///
/// [`Failure::NotFound`] if the place has no such document; [`Failure::Denied`] if nothing of it
/// may be seen; or if the store or a writer fails.
pub fn made(tx: &mut db::Tx<'_>, order: Order<'_>) -> Result<issue::Made, Failure> {
    let say = Say { catalogue: order.catalogue, language: order.language };
    let reader =
        Reader { say, canvas: PAPER, actor: order.actor, today: order.today, internal: false };
    match make::prepare(tx, reader, order.place, order.quarter, Some(order.kind))? {
        Ok(it) => it.made(order.writers),
        Err(_) => Err(Failure::Denied("unpublished".to_owned())),
    }
}

/// What follows the publication of a quarter by the nation: its results go down with the next
/// packages, its synthesis and its open data are issued. Nothing follows the other steps.
///
/// # Errors
///
/// If the store or a writer fails. The publication itself stands.
pub(crate) async fn after_passing(
    visit: &web::Visit,
    place: &str,
    quarter: Quarter,
) -> Result<(), web::PageFailure> {
    let code = place.to_owned();
    let read = visit.app.read::<_, Failure>(move |tx| {
        let state = crate::store::state(tx, &code, quarter)?;
        Ok(state.is_some_and(|it| it.stage == crate::store::Stage::Published))
    });
    if !read.await? {
        return Ok(());
    }
    let code = place.to_owned();
    let done = visit
        .app
        .write(&visit.actor, move |ctx| crate::national::publish_results(ctx, &code, quarter))
        .await;
    if let Err(kernel::Stop::Failed(failure)) = done {
        return Err(failure.into());
    }
    for kind in [Kind::Cno, Kind::Data] {
        // What was issued already stays as it is.
        if let Err(kernel::Stop::Failed(failure)) = issue_now(visit, place, quarter, kind).await? {
            return Err(failure.into());
        }
    }
    Ok(())
}
