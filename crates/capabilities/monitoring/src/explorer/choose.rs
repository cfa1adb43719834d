//! Choosing data and places: a search box and lists, by plain forms that carry the question along.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::search::fold;
use web::{Access, Chrome, PageFailure, Routes, Visit};

use crate::analysis::Say;
use crate::questionnaire::Level;

use super::answer::Answer;
use super::asked::Question;
use super::measure::{Measure, Subject, is_counted};
use super::page::{PAGE, Pairs, ask, say};

/// Where data are chosen.
pub(super) const MEASURES: &str = "/suivi/explorer/donnees";
/// Where places are chosen.
pub(super) const PLACES: &str = "/suivi/explorer/lieux";
/// More places than this are found by a longer word.
const MOST_FOUND: usize = 60;

pub(super) fn routes() -> Routes {
    Routes::new().get(MEASURES, Access::Public, measures).get(PLACES, Access::Public, places)
}

/// A box to tick.
struct Tick {
    value: String,
    label: String,
    note: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "explorer/measures.html")]
struct Measures {
    chrome: Chrome,
    q: String,
    back: String,
    hidden: Vec<(&'static str, String)>,
    /// Chosen already, but not among those listed.
    kept: Vec<Tick>,
    sectors: Vec<Sector>,
    count: String,
}

struct Sector {
    name: String,
    open: bool,
    indicators: Vec<Tick>,
    elements: Vec<Tick>,
}

#[derive(Template)]
#[template(path = "explorer/places.html")]
struct Places {
    chrome: Chrome,
    q: String,
    back: String,
    hidden: Vec<(&'static str, String)>,
    kept: Vec<Tick>,
    found: Vec<Tick>,
    regions: Vec<Group>,
    note: String,
}

struct Group {
    place: Tick,
    open: bool,
    below: Vec<Tick>,
}

/// The word that was searched.
fn searched(pairs: &[(String, String)]) -> String {
    let found = pairs.iter().find(|it| it.0 == "q").map(|it| it.1.trim().to_owned());
    found.unwrap_or_default().chars().take(100).collect()
}

/// The question without one of its parts, as hidden fields.
fn hidden(answer: &Answer, without: &str) -> Vec<(&'static str, String)> {
    let query = answer.question.query(&answer.questionnaire);
    let names =
        ["mesure", "lieu", "detail", "periode", "par", "colonnes", "forme", "carte", "version"];
    query
        .split('&')
        .filter_map(|it| it.split_once('='))
        .filter(|it| it.0 != without)
        .filter_map(|(name, value)| {
            let name = names.into_iter().find(|it| *it == name)?;
            Some((name, decoded(value)))
        })
        .collect()
}

/// What [`crate::analysis::encoded`] wrote.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let read = pair.and_then(|it| u8::from_str_radix(it, 16).ok());
        match (first, read) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn chrome(visit: &Visit, key: &str) -> Chrome {
    visit.chrome(key)
}

async fn measures(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let q = searched(&pairs);
    let view = ask(&visit, pairs, move |_, visit, answer| {
        let say = say(visit);
        Ok(Measures::of(visit, &say, answer, q))
    });
    visit.page(&view.await?)
}

impl Measures {
    fn of(visit: &Visit, say: &Say<'_>, answer: &Answer, q: String) -> Self {
        let questionnaire = &answer.questionnaire;
        let words: Vec<String> = fold(&q).split_whitespace().map(str::to_owned).collect();
        let matches = |texts: &[&str]| {
            let text = fold(&texts.join(" "));
            words.iter().all(|it| text.contains(it.as_str()))
        };
        let mut listed: Vec<String> = Vec::new();
        let mut sectors: Vec<Sector> = Vec::new();
        let mut all: Vec<(Subject, String)> = Vec::new();
        for (at, it) in (0..).zip(questionnaire.indicators()).filter(|it| it.1.in_force) {
            let texts = [it.label.say(say.language), say_sector(say, &it.sector), &it.code];
            if matches(&texts) {
                all.push((Subject::Indicator(at), it.code.clone()));
            }
        }
        for (at, it) in
            (0..).zip(questionnaire.elements()).filter(|it| it.1.in_force && is_counted(it.1))
        {
            let definition = it.definition.say(say.language);
            let texts =
                [it.label.say(say.language), say_sector(say, &it.sector), &it.code, definition];
            if matches(&texts) {
                all.push((Subject::Element(at), it.code.clone()));
            }
        }
        for (subject, code) in all {
            let measure = Measure::whole(subject);
            let name = say.sector(measure.sector(questionnaire));
            let unit = measure.indicator(questionnaire).unit;
            let tick = Tick {
                chosen: answer.measures.contains(&measure),
                value: code.clone(),
                label: measure.name(questionnaire, say.language),
                note: say.unit(&unit),
            };
            listed.push(code);
            let found = sectors.iter().position(|it| it.name == name);
            let at = found.unwrap_or_else(|| {
                sectors.push(Sector {
                    name,
                    open: false,
                    indicators: Vec::new(),
                    elements: Vec::new(),
                });
                sectors.len() - 1
            });
            let sector = &mut sectors[at];
            sector.open |= tick.chosen || !words.is_empty();
            match subject {
                Subject::Indicator(_) => sector.indicators.push(tick),
                Subject::Element(_) => sector.elements.push(tick),
            }
        }
        let kept = answer
            .measures
            .iter()
            .map(|it| (it.written(questionnaire), it))
            .filter(|it| !listed.contains(&it.0))
            .map(|(value, it)| Tick {
                value,
                label: it.name(questionnaire, say.language),
                note: String::new(),
                chosen: true,
            })
            .collect();
        Self {
            chrome: chrome(visit, "explorer-choose-measures"),
            count: say.with("explorer-found", &[("count", listed.len().to_string())]),
            q,
            back: answer.question.href(PAGE, questionnaire),
            hidden: hidden(answer, "mesure"),
            kept,
            sectors,
        }
    }
}

fn say_sector<'a>(say: &Say<'_>, sector: &'a crate::questionnaire::Label) -> &'a str {
    sector.say(say.language)
}

async fn places(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let q = searched(&pairs);
    let view = ask(&visit, pairs, move |tx, visit, answer| {
        let say = say(visit);
        let whole = super::figures::land(tx, &answer.root, visit.today())?;
        Ok(Places::of(visit, &say, answer, &whole.unwrap_or_default(), q))
    });
    visit.page(&view.await?)
}

impl Places {
    fn of(
        visit: &Visit,
        say: &Say<'_>,
        answer: &Answer,
        land: &crate::analysis::Land,
        q: String,
    ) -> Self {
        let chosen = |code: &str| answer.question.places.iter().any(|it| it == code);
        let tick = |code: &str, note: String| Tick {
            value: code.to_owned(),
            label: land.name(code).to_owned(),
            note,
            chosen: chosen(code),
        };
        let path = |code: &str| {
            let above: Vec<&str> =
                land.path(code).into_iter().skip(1).map(|it| land.name(it)).collect();
            above.join(", ")
        };
        let word = fold(&q);
        let mut found: Vec<Tick> = Vec::new();
        let mut all = 0_usize;
        if !word.is_empty() {
            let mut codes: Vec<&str> = land
                .tree
                .units()
                .iter()
                .map(|it| it.code.as_str())
                .filter(|it| fold(land.name(it)).contains(&word) || it.eq_ignore_ascii_case(&q))
                .collect();
            codes.sort_by_cached_key(|it| (fold(land.name(it)), (*it).to_owned()));
            all = codes.len();
            found = codes.into_iter().take(MOST_FOUND).map(|it| tick(it, path(it))).collect();
        }
        let mut listed: Vec<&str> = found.iter().map(|it| it.value.as_str()).collect();
        let mut regions = Vec::new();
        if word.is_empty() {
            let root = answer.root.as_str();
            listed.push(root);
            regions.push(Group {
                place: tick(root, String::new()),
                open: false,
                below: Vec::new(),
            });
            for code in land.children(root) {
                listed.push(code);
                let below = if land.level(code) == Some(Level::Commune) {
                    Vec::new()
                } else {
                    land.children(code)
                };
                listed.extend(below.iter().copied());
                regions.push(Group {
                    place: tick(code, String::new()),
                    open: below.iter().any(|it| chosen(it)),
                    below: below.into_iter().map(|it| tick(it, String::new())).collect(),
                });
            }
        }
        let kept = answer
            .question
            .places
            .iter()
            .filter(|it| !listed.contains(&it.as_str()))
            .map(|it| Tick { label: answer.name(it), ..tick(it, path(it)) })
            .collect();
        let note = if word.is_empty() {
            String::new()
        } else {
            let arguments =
                [("count", all.to_string()), ("shown", all.min(MOST_FOUND).to_string())];
            say.with("explorer-places-found", &arguments)
        };
        Self {
            chrome: chrome(visit, "explorer-choose-places"),
            q,
            back: Question::href(&answer.question, PAGE, &answer.questionnaire),
            hidden: hidden(answer, "lieu"),
            kept,
            found,
            regions,
            note,
        }
    }
}
