//! The pages of the slice. Everything that is public is read without an account or JavaScript.

mod answers;
mod card;
mod follow;
mod list;
mod moderate;
mod new;
mod show;

use db::Tx;
use identity::Action;
use kernel::{Date, Failure};
use web::{Access, Room, Routes};

/// The largest form with a photograph that is read, in bytes: a telephone's own photograph is
/// refused with words, not with a broken line.
const FORM_BYTES: usize = 6 * 1024 * 1024;

const ROOMS: &[Room] = &[
    Room {
        href: "/observations",
        key: "observations-room-all",
        access: Access::Public,
        also: &["/observations/commune"],
    },
    Room {
        href: "/observations/nouvelle",
        key: "observations-room-new",
        access: Access::Public,
        also: &[],
    },
    Room {
        href: "/observations/suivi",
        key: "observations-room-follow",
        access: Access::Public,
        also: &[],
    },
    Room {
        href: "/observations/moderation",
        key: "observations-room-moderate",
        access: Access::Needs(Action::ModerateObservations),
        also: &[],
    },
    Room {
        href: "/observations/reponses",
        key: "observations-room-answers",
        access: Access::Needs(Action::AnswerObservations),
        also: &[],
    },
];

/// The routes of the slice.
pub fn routes() -> Routes {
    let decides = Access::Needs(Action::ModerateObservations);
    let answers = Access::Needs(Action::AnswerObservations);
    Routes::new()
        .get("/observations", Access::Public, list::index)
        .get("/observations/commune/{code}", Access::Public, list::commune)
        .get("/observations/nouvelle", Access::Public, new::search)
        .get("/observations/nouvelle/{code}", Access::Public, new::show)
        .upload("/observations/nouvelle/{code}", Access::Public, FORM_BYTES, new::submit)
        .get("/observations/suivi", Access::Public, follow::show)
        .post("/observations/suivi", Access::Public, follow::submit)
        .get("/observations/moderation", decides, moderate::list)
        .get("/observations/moderation/{id}", decides, moderate::show)
        .post("/observations/moderation/{id}", decides, moderate::submit)
        .get("/observations/reponses", answers, answers::list)
        .get("/observations/{id}", Access::Public, show::show)
        .get("/observations/{id}/photo", Access::Public, show::photo)
        .post("/observations/{id}/reponse", answers, show::answer)
        .with_rooms(ROOMS)
}

/// The name of a place.
fn name_of(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<String, Failure> {
    Ok(territory::place_near(tx, code, on)?.map_or_else(|| code.to_owned(), |it| it.name))
}

/// A field of a form.
fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().rev().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
}
