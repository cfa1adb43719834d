//! The pages of the slice: the grid for everybody, assessments for those who may read them.

mod compare;
mod grid;
mod list;
mod paper;
mod sheet;

use db::Tx;
use identity::Action;
use kernel::{Date, Failure};
use web::{Access, Routes};

/// The routes of the slice.
pub fn routes() -> Routes {
    let keeps = Access::Needs(Action::AssessCommune);
    Routes::new()
        .get("/autoevaluation", Access::SignedIn, list::show)
        .post("/autoevaluation/commencer", keeps, list::begin)
        .post("/autoevaluation/acces", keeps, list::access)
        .get("/autoevaluation/comparer", Access::SignedIn, compare::show)
        .get("/autoevaluation/grille/{name}", Access::Public, grid::show)
        .get("/autoevaluation/{id}", Access::SignedIn, sheet::show)
        .post("/autoevaluation/{id}", keeps, sheet::submit)
}

/// The name of a place.
fn name_of(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<String, Failure> {
    Ok(territory::place_near(tx, code, on)?.map_or_else(|| code.to_owned(), |it| it.name))
}

/// A field of a form or of an address.
fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().rev().find(|it| it.0 == name).map_or("", |it| it.1.trim())
}
