//! `/chiffres/{code}`: the key figures of a commune, written and, where it can be, spoken.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use db::Tx;
use kernel::{Date, Failure, Language};
use web::{Chrome, PageFailure, Visit};

use crate::figures::{Figure, Published, published};
use crate::fold::{Kept, kept, languages, path_of, recording};
use crate::grammar::{Grammar, Piece, written};
use crate::opus::{Recording, assemble};

#[derive(Template)]
#[template(path = "voices/figures.html")]
struct View {
    chrome: Chrome,
    code: String,
    name: String,
    quarter: String,
    figures: Vec<Told>,
}

/// A figure as the page tells it.
struct Told {
    pictogram: &'static str,
    label: String,
    /// The number in digits; empty for « n.d. ».
    number: String,
    unit: String,
    sentences: Vec<Sentence>,
}

/// A sentence in one language.
struct Sentence {
    language: String,
    name: String,
    verified: bool,
    text: String,
    /// The address of its sound; empty if it cannot be heard.
    sound: String,
    /// The fragments that are not recorded yet, as they are read.
    missing: String,
    /// It is too long to be sent to a telephone, or its number is not whole.
    silent: bool,
}

struct Facts {
    name: String,
    invented: bool,
    published: Option<Published>,
    languages: Vec<(Grammar, BTreeMap<String, Kept>)>,
}

fn gather(tx: &mut Tx<'_>, code: &str, today: Date) -> Result<Option<Facts>, Failure> {
    let Some(place) = territory::place_near(tx, code, today)? else { return Ok(None) };
    if place.level != territory::Level::Commune {
        return Ok(None);
    }
    let path = path_of(tx, code, today)?;
    let mut all = Vec::new();
    for it in languages(tx)? {
        let recorded = kept(tx, &it.language, &path)?;
        all.push((it, recorded));
    }
    // French, which everybody here reads, comes first.
    all.sort_by_key(|it| (it.0.language != "fr", it.0.name.clone()));
    Ok(Some(Facts {
        name: place.name,
        invented: place.invented,
        published: published(tx, code)?,
        languages: all,
    }))
}

/// The pieces of the sentence about a figure, in the writing of its language.
fn pieces(grammar: &Grammar, place: (&str, &str), figure: &Figure) -> Option<Vec<Piece>> {
    let number = figure.value.map(|it| Language::French.decimal(it));
    let number = number.as_deref().map(|it| (it, figure.spoken()));
    grammar.sentence(figure.element, place, number)
}

/// The recordings of a sentence, in order; the keys that are missing otherwise.
fn marks<'a>(
    pieces: &[Piece],
    recorded: &'a BTreeMap<String, Kept>,
) -> Result<Vec<&'a str>, Vec<String>> {
    let found: Vec<Option<&Kept>> = pieces.iter().map(|it| recorded.get(&it.key)).collect();
    if found.iter().all(Option::is_some) {
        return Ok(found.into_iter().flatten().map(|it| it.mark.as_str()).collect());
    }
    let mut missing: Vec<String> =
        pieces.iter().zip(&found).filter(|it| it.1.is_none()).map(|it| it.0.key.clone()).collect();
    missing.sort();
    missing.dedup();
    Err(missing)
}

fn sentence(
    code: &str,
    name: &str,
    figure: &Figure,
    (grammar, recorded): &(Grammar, BTreeMap<String, Kept>),
) -> Option<Sentence> {
    let pieces = pieces(grammar, (code, name), figure)?;
    let said = figure.spoken().and_then(|it| grammar.say(it));
    let silent = figure.value.is_some() && said.is_none();
    let (sound, missing) = match marks(&pieces, recorded) {
        _ if silent => (String::new(), Vec::new()),
        Ok(_) => {
            let place = web::encode(code);
            let sound = format!("/chiffres/{place}/{}/{}.ogg", grammar.language, figure.element);
            (sound, Vec::new())
        }
        Err(missing) => (String::new(), missing),
    };
    let read = |key: &String| grammar.fragments.get(key).map_or(name, String::as_str).to_owned();
    let missing: Vec<String> = missing.iter().map(read).collect();
    Some(Sentence {
        language: grammar.language.clone(),
        name: grammar.name.clone(),
        verified: grammar.verified,
        text: written(&pieces),
        sound,
        missing: missing.join("\u{a0}· "),
        silent,
    })
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageFailure> {
    let (of, today) = (code.clone(), visit.today());
    let facts = visit.app.read(move |tx| gather(tx, &of, today)).await?;
    let facts = facts.ok_or(PageFailure::NotFound)?;
    let words = visit.chrome_titled("");
    let title = words.t1("voices-of", "name", &facts.name);
    let chrome = visit.chrome_titled(title).with_invented(facts.invented);
    let language = visit.language;
    let figures = facts.published.iter().flat_map(|it| &it.figures).map(|figure| {
        let key = figure.element.to_lowercase().replace('_', "-");
        let sentences =
            facts.languages.iter().filter_map(|it| sentence(&code, &facts.name, figure, it));
        Told {
            pictogram: figure.pictogram,
            label: chrome.t(&format!("voices-figure-{key}")),
            number: figure.value.map(|it| language.decimal(it)).unwrap_or_default(),
            unit: chrome.t(&format!("voices-unit-{key}")),
            sentences: sentences.collect(),
        }
    });
    let view = View {
        figures: figures.collect(),
        quarter: facts
            .published
            .as_ref()
            .map(|it| language.quarter(it.quarter))
            .unwrap_or_default(),
        name: facts.name.clone(),
        code,
        chrome,
    };
    visit.page(&view)
}

/// The sentence as one small file.
pub(super) async fn sound(
    visit: Visit,
    Path((code, language, file)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageFailure> {
    let Some(element) = file.strip_suffix(".ogg").map(str::to_owned) else {
        return Err(PageFailure::NotFound);
    };
    let today = visit.today();
    let found = visit.app.read(move |tx| {
        let Some(facts) = gather(tx, &code, today)? else { return Ok(None) };
        let spoken = facts.languages.iter().find(|it| it.0.language == language);
        let figures = facts.published.iter().flat_map(|it| &it.figures);
        let figure = figures.into_iter().find(|it| it.element == element);
        let (Some((grammar, recorded)), Some(figure)) = (spoken, figure) else { return Ok(None) };
        let Some(pieces) = pieces(grammar, (&code, &facts.name), figure) else { return Ok(None) };
        let Ok(marks) = marks(&pieces, recorded) else { return Ok(None) };
        let mut parts = Vec::new();
        for mark in marks {
            let Some(bytes) = recording(tx, mark)? else { return Ok(None) };
            parts.push(Recording::read(&bytes).map_err(Failure::broken)?);
        }
        let parts: Vec<&Recording> = parts.iter().collect();
        // A sentence that is too large stays in writing.
        Ok::<_, Failure>(assemble(&parts).ok())
    });
    let bytes = found.await?.ok_or(PageFailure::NotFound)?;
    Ok(super::sound(&headers, bytes))
}
