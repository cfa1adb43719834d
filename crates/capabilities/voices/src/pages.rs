//! The pages of the slice: key figures for everybody, recordings for those in charge of them.

mod figures;
mod language;
mod list;
mod script;

use axum::http::header::{ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use identity::Action;
use web::{Access, Routes};

/// The largest form with a recording that is read, in bytes: one that is too long is refused with
/// words.
const FORM_BYTES: usize = 2 * 1024 * 1024;

/// The routes of the slice.
pub fn routes() -> Routes {
    let keeps = Access::Needs(Action::KeepVoices);
    Routes::new()
        .get("/chiffres/{code}", Access::Public, figures::show)
        .get("/chiffres/{code}/{language}/{file}", Access::Public, figures::sound)
        .get("/voix", keeps, list::show)
        .upload("/voix", keeps, FORM_BYTES, list::load)
        .get("/voix/ecouter/{mark}", keeps, language::listen)
        .get("/voix/{language}", keeps, language::show)
        .upload("/voix/{language}", keeps, FORM_BYTES, language::submit)
        .post("/voix/{language}/retrait", keeps, language::withdraw)
        .get("/voix/{language}/texte.pdf", keeps, script::pdf)
}

/// The name of Ogg Opus on the web.
const OGG: &str = "audio/ogg; codecs=opus";

/// A sound, whole or the part that the player asks for: without parts, players know neither how
/// long it is nor how to go back. It is small already, and goes out as it is.
fn sound(headers: &HeaderMap, bytes: Vec<u8>) -> Response {
    let all = bytes.len();
    let asked = headers.get(RANGE).and_then(|it| it.to_str().ok()).and_then(|it| part(it, all));
    let fixed = [(CONTENT_TYPE, OGG), (ACCEPT_RANGES, "bytes"), (CONTENT_ENCODING, "identity")];
    match asked {
        Some((from, to)) => {
            let range = [(CONTENT_RANGE, format!("bytes {from}-{to}/{all}"))];
            let part = bytes.get(from..=to).unwrap_or_default().to_vec();
            (StatusCode::PARTIAL_CONTENT, fixed, range, part).into_response()
        }
        None => (fixed, bytes).into_response(),
    }
}

/// The first and the last byte of a part, of so many; `None` if all is to be sent.
fn part(range: &str, all: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = all.checked_sub(1)?;
    let (from, to) = match (from, to) {
        ("", tail) => (all.saturating_sub(tail.parse().ok()?), last),
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.min(last)),
    };
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    #[test]
    fn players_ask_for_parts() {
        for (range, expected) in [
            ("bytes=0-", Some((0, 99))),
            ("bytes=10-19", Some((10, 19))),
            ("bytes=90-500", Some((90, 99))),
            ("bytes=-10", Some((90, 99))),
            ("bytes=-500", Some((0, 99))),
            ("bytes=100-", None),
            ("bytes=20-10", None),
            ("bytes=-0", None),
            ("bytes=0-1,5-6", None),
            ("pages=1-2", None),
            ("bytes=a-b", None),
        ] {
            assert_eq!(super::part(range, 100), expected, "{range}");
        }
        assert_eq!(super::part("bytes=0-", 0), None);
    }
}
