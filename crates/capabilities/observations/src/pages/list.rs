//! `/observations`: the latest of all communes; `/observations/commune/{code}`: those of one.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Failure;
use web::{Chrome, PageFailure, Visit};

use super::card::Card;
use super::name_of;

/// How many are shown.
const SHOWN: i64 = 20;
/// How many of one commune are shown.
const SHOWN_OF_ONE: i64 = 100;

#[derive(Template)]
#[template(path = "observations/index.html")]
struct Index {
    chrome: Chrome,
    cards: Vec<Card>,
}

pub(super) async fn index(visit: Visit) -> Result<Response, PageFailure> {
    let chrome = visit.chrome("observations-title");
    let (words, today) = (chrome.clone(), visit.today());
    let cards = visit
        .app
        .read(move |tx| {
            let mut cards = Vec::new();
            for it in crate::latest(tx, SHOWN)? {
                let name = name_of(tx, &it.commune, today)?;
                cards.extend(Card::of(&words, &it, name));
            }
            Ok::<_, Failure>(cards)
        })
        .await?;
    let invented = cards.iter().any(|it| it.invented);
    visit.page(&Index { chrome: chrome.with_invented(invented), cards })
}

#[derive(Template)]
#[template(path = "observations/commune.html")]
struct Commune {
    chrome: Chrome,
    code: String,
    name: String,
    cards: Vec<Card>,
}

pub(super) async fn commune(
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, PageFailure> {
    let (words, today, of) = (visit.chrome_titled(""), visit.today(), code.clone());
    let found = visit
        .app
        .read(move |tx| {
            let Some(place) = territory::place_near(tx, &of, today)? else { return Ok(None) };
            if place.level != territory::Level::Commune {
                return Ok(None);
            }
            let all = crate::in_commune(tx, &of, SHOWN_OF_ONE)?;
            let cards = all.iter().filter_map(|it| Card::of(&words, it, place.name.clone()));
            let cards: Vec<Card> = cards.collect();
            Ok::<_, Failure>(Some((place, cards)))
        })
        .await?;
    let (place, cards) = found.ok_or(PageFailure::NotFound)?;
    let title = visit.chrome_titled("").t1("observations-of", "name", &place.name);
    let chrome = visit.chrome_titled(title).with_invented(place.invented);
    visit.page(&Commune { chrome, code, name: place.name, cards })
}
