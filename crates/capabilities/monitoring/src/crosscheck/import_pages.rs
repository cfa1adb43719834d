//! Importing a yearbook in four steps: the file, its columns, its places, the agreement.

mod agree;
mod choose;
mod columns;
mod places;

use super::draft::{DRAFTS, Draft};
use identity::Action;
use kernel::Message;
use std::sync::Arc;
use web::{Access, PageFailure, Routes, Visit};

const LARGEST: usize = 8 << 20;

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::CrossCheck);
    Routes::new()
        .get("/suivi/recoupement/importer", access, choose::choose)
        .upload("/suivi/recoupement/importer", access, LARGEST + 64 * 1024, choose::receive)
        .get("/suivi/recoupement/importer/{draft}/colonnes", access, columns::columns)
        .post("/suivi/recoupement/importer/{draft}/colonnes", access, columns::set_columns)
        .get("/suivi/recoupement/importer/{draft}/lieux", access, places::places)
        .post("/suivi/recoupement/importer/{draft}/lieux", access, places::set_places)
        .get("/suivi/recoupement/importer/{draft}/accord", access, agree::agree)
        .post("/suivi/recoupement/importer/{draft}/accord", access, agree::accept)
}

fn address(id: &str, step: &str) -> String {
    format!("/suivi/recoupement/importer/{id}/{step}")
}

fn found(visit: &Visit, id: &str) -> Result<Arc<Draft>, PageFailure> {
    DRAFTS.find(visit, id).ok_or_else(|| PageFailure::Refused(Message::new("foreign-gone")))
}
