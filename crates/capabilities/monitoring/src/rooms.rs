//! The rooms of monitoring: the line of links on all of its pages. **A new part of monitoring adds
//! one line to [`ROOMS`].**
//!
//! Some rooms are about a place and a quarter; their bare address leads to those of the visitor.

use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::Quarter;
use web::{Access, PageFailure, Room, Routes, Visit};

use crate::analysis::{self, encoded};

/// The rooms, in the order of the work: address, words, who sees it, other addresses within.
pub(crate) const ROOMS: &[Room] = &[
    room(
        "/suivi",
        "room-entry",
        UNPUBLISHED,
        &["/suivi/saisie", "/suivi/importer", "/suivi/echeances"],
    ),
    room("/suivi/papier", "room-paper", TYPES, &["/suivi/ressaisir", "/suivi/double-saisie"]),
    room("/suivi/appuis", "room-support", UNPUBLISHED, &["/suivi/appui"]),
    room("/suivi/alertes", "room-alerts", UNPUBLISHED, &[]),
    room("/suivi/questions", "room-questions", UNPUBLISHED, &["/suivi/question"]),
    room("/suivi/reception", "room-reception", UNPUBLISHED, &["/suivi/rappel"]),
    room(
        "/suivi/circuit",
        "room-circuit",
        UNPUBLISHED,
        &["/suivi/corrections", "/suivi/plan", "/suivi/bordereau"],
    ),
    room("/suivi/indicateurs", "room-indicators", Access::Public, &["/suivi/donnees-nationales"]),
    room("/suivi/explorer", "room-explorer", Access::Public, &[]),
    room("/suivi/recoupement", "room-crosscheck", UNPUBLISHED, &[]),
    room(
        "/suivi/rapports",
        "room-reports",
        Access::Public,
        &["/suivi/documents", "/suivi/recommandations"],
    ),
    room("/suivi/questionnaire", "room-questionnaire", Access::Public, &[]),
];

/// For those who work on figures before they are published.
const UNPUBLISHED: Access = Access::Needs(Action::ReadUnpublished);
/// For those who type.
const TYPES: Access = Access::Needs(Action::EnterValues);

const fn room(
    href: &'static str,
    key: &'static str,
    access: Access,
    also: &'static [&'static str],
) -> Room {
    Room { href, key, access, also }
}

/// The bare addresses of the rooms that are about a place and a quarter.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/suivi/alertes", UNPUBLISHED, |visit: Visit| enter(visit, "alertes"))
        .get("/suivi/questions", UNPUBLISHED, |visit: Visit| enter(visit, "questions"))
        .get("/suivi/reception", UNPUBLISHED, |visit: Visit| enter(visit, "reception"))
        .get("/suivi/circuit", UNPUBLISHED, |visit: Visit| enter(visit, "circuit"))
        .get("/suivi/rapports", Access::Public, |visit: Visit| enter(visit, "rapports"))
        .with_rooms(ROOMS)
}

/// Leads to the room of the visitor's place and of the latest quarter of which it knows anything.
async fn enter(visit: Visit, room: &'static str) -> Result<Response, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let found = visit
        .app
        .read::<_, PageFailure>(move |tx| {
            let Some(place) = analysis::home(tx, &actor, today)? else { return Ok(None) };
            let Some(root) = analysis::root_of(tx, &place)? else { return Ok(None) };
            let quarters = analysis::quarters_known(tx, &actor, &root, &place, today)?;
            Ok(Some((place, quarters.last().copied())))
        })
        .await?;
    let last = Quarter::of(today).plus(-1);
    Ok(match found {
        // Nothing is known yet: the board says what to do.
        Some((_, None)) if room == "rapports" => Redirect::to("/suivi").into_response(),
        Some((place, quarter)) => {
            let quarter = quarter.unwrap_or(last);
            Redirect::to(&format!("/suivi/{room}/{}/{quarter}", encoded(&place))).into_response()
        }
        None => Redirect::to("/suivi").into_response(),
    })
}
