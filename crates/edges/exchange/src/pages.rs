//! The pages of the exchange: `/echanges` and `/postes`.

mod packages;
mod posts;
mod preview;
mod upload;

use db::Tx;
use identity::{Actor, Ctx};
use journal::Journal;
use kernel::{Date, Failure, Language};
use web::{Catalogue, Routes, Visit};

use crate::{Hand, Places};

/// The routes of this slice.
pub fn routes() -> Routes {
    packages::routes().and(preview::routes()).and(posts::routes())
}

/// The words of this slice, as (French, English).
pub fn words() -> (&'static str, &'static str) {
    (include_str!("fr.ftl"), include_str!("en.ftl"))
}

/// The sentence of the status line: « 3 fiches non envoyées »; nothing where no post is above.
///
/// # Errors
///
/// If the store fails.
pub fn status(
    tx: &mut Tx<'_>,
    _: &Actor,
    language: Language,
    catalogue: &Catalogue,
) -> Result<Vec<String>, Failure> {
    // The day of the last entry stands for today: the tree of that day is the one it was written in.
    let (_, last) = Journal::extent(tx)?;
    let Some(last) = last else { return Ok(Vec::new()) };
    let waiting = crate::unsent(tx, &Places::on(Date::from_millis(last)))?;
    let told =
        |key: &str, count: u64| catalogue.say(language, key, &[("count", count.to_string())]);
    Ok(match waiting {
        None => Vec::new(),
        Some(it) if it.records == 0 && 0 < it.unreceipted => {
            vec![told("exchange-unreceipted", it.unreceipted)]
        }
        Some(it) => vec![told("exchange-unsent", it.records)],
    })
}

impl Hand {
    /// The person of this act.
    pub fn of(ctx: &Ctx<'_, '_>) -> Self {
        let person = match ctx.actor.person_id {
            Some(id) => id.to_string(),
            None => ctx.actor.name.clone(),
        };
        let office = ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default();
        Self { person, office, at_millis: ctx.now_millis }
    }
}

/// A size as people read it.
fn size(visit: &Visit, bytes: i64) -> String {
    let (key, count) = if bytes < 10_000 {
        ("exchange-bytes", bytes)
    } else {
        ("exchange-kilobytes", bytes / 1000)
    };
    let count = visit.language.integer(count);
    visit.app.catalogue().say(visit.language, key, &[("count", count)])
}

/// A place by its name, or its code where the territory has none.
fn place(tx: &mut Tx<'_>, visit: &Visit, code: &str) -> Result<String, Failure> {
    if code == crate::rights::EVERYWHERE {
        return Ok(visit.app.catalogue().say(visit.language, "exchange-everywhere", &[]));
    }
    let name = (visit.app.shell().place_name)(tx, code, visit.today())?;
    Ok(name.unwrap_or_else(|| code.to_owned()))
}
