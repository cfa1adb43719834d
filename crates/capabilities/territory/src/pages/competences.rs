//! `/territoire/competences`: which level holds which competence on a day, by which text.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::Date;
use web::{Chrome, PageFailure, Visit};

use super::AskedDay;
use crate::{Competence, Level, Standing, competences, sector, sectors, standing};

/// The levels that texts name, from the nearest to the people.
const LEVELS: [Level; 4] = [Level::Commune, Level::Cercle, Level::Region, Level::District];

#[derive(Template)]
#[template(path = "territory/competences.html")]
struct View {
    chrome: Chrome,
    le: String,
    day: String,
    day_error: String,
    levels: Vec<String>,
    rows: Vec<Row>,
    texts: Vec<Text>,
}

struct Row {
    sector: String,
    source: String,
    cells: Vec<Cell>,
}

/// Icon (empty where no text says), words, and more in small letters.
struct Cell {
    level: String,
    icon: &'static str,
    word: String,
    text: String,
}

struct Text {
    sector: String,
    level: String,
    from: String,
    to: String,
    text: String,
    about: String,
    source: String,
    note: String,
}

pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let asked = AskedDay::read(&pairs);
    let day = asked.day.unwrap_or(visit.today());
    let chrome = visit.chrome("competences-title");
    let language = chrome.language();
    let level = |it: Level| chrome.t(&format!("territory-level-{it}"));
    let view = View {
        le: if asked.typed.is_empty() { language.short_date(day) } else { asked.typed.clone() },
        day: language.long_date(day),
        day_error: if asked.wrong {
            chrome.t1("territory-bad-day", "value", &asked.typed)
        } else {
            String::new()
        },
        levels: LEVELS.into_iter().map(level).collect(),
        rows: sectors()
            .iter()
            .map(|it| Row {
                sector: it.name(language).to_owned(),
                source: it.source.clone(),
                cells: LEVELS
                    .into_iter()
                    .map(|level| cell(&chrome, &it.code, level, day))
                    .collect(),
            })
            .collect(),
        texts: competences().iter().map(|it| text(&chrome, it)).collect(),
        chrome,
    };
    if asked.wrong { visit.correct(&view) } else { visit.page(&view) }
}

fn cell(chrome: &Chrome, sector: &str, level: Level, day: Date) -> Cell {
    let label = chrome.t(&format!("territory-level-{level}"));
    let long = |day: Date| chrome.language().long_date(day);
    match standing(sector, level, &[], day) {
        Standing::Held(it) => Cell {
            level: label,
            icon: "done",
            word: chrome.t("competences-held"),
            text: chrome.t2("competences-since", ("text", &it.text), ("day", long(it.from))),
        },
        Standing::NotYet(it) => Cell {
            level: label,
            icon: "todo",
            word: chrome.t("competences-not-yet"),
            text: chrome.t2("competences-from", ("text", &it.text), ("day", long(it.from))),
        },
        Standing::Above(_) | Standing::Unknown => {
            Cell { level: label, icon: "", word: String::new(), text: String::new() }
        }
    }
}

fn text(chrome: &Chrome, it: &Competence) -> Text {
    let language = chrome.language();
    Text {
        sector: sector(&it.sector).map_or(it.sector.as_str(), |it| it.name(language)).to_owned(),
        level: chrome.t(&format!("territory-level-{}", it.level)),
        from: language.short_date(it.from),
        to: it.to.map(|day| language.short_date(day)).unwrap_or_default(),
        text: it.text.clone(),
        about: it.about.clone(),
        source: it.source.clone(),
        note: it.note.clone(),
    }
}
