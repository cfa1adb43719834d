//! The list of corrections of a quarter: what was closed, what replaced it, who, when and why.

use super::corrections::{Correction, corrections};
use super::words;
use crate::analysis::encoded;
use crate::entry::page::{self, chrome};
use crate::questionnaire;
use crate::store::Ground;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use identity::Action;
use kernel::{Failure, Quarter};
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    Routes::new().get("/suivi/corrections/{place}/{quarter}", read, show)
}

/// The address of the corrections of a place.
pub fn corrections_href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/corrections/{}/{quarter}", encoded(place))
}

/// A correction as the page shows it.
struct Line {
    unit: String,
    cell: String,
    code: String,
    period: String,
    before: String,
    before_by: String,
    after: String,
    by: String,
    day: String,
    why: String,
    accepted_by: String,
    is_public: bool,
}

#[derive(Template)]
#[template(path = "circuit/corrections.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    lines: Vec<Line>,
    circuit: String,
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (code, actor) = (place.clone(), visit.actor.clone());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let found = corrections(tx, &ground, quarter)?;
        let mut names = Vec::new();
        for it in &found {
            names.push(words::person(tx, &it.person)?);
        }
        Ok::<_, Failure>((ground, found, names, questionnaire::newest(tx)?))
    });
    let (ground, found, names, questionnaire) =
        read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let language = visit.language;
    let value = |it: String| match it.is_empty() {
        true => visit.app.catalogue().say(language, "corrections-empty", &[]),
        false => page::side(language, it),
    };
    let line = |(it, name): (Correction, String)| Line {
        unit: ground.name(&it.unit).to_owned(),
        cell: it.id.map_or_else(
            || it.cell.clone(),
            |cell| words::cell_label(&questionnaire, cell, language),
        ),
        code: it.cell.split('|').next().unwrap_or_default().to_owned(),
        period: language.period(it.period),
        before: value(it.before),
        before_by: format!("{}, {}", it.by_before.0, language.short_date(it.by_before.1)),
        after: value(it.after),
        by: words::who(&name, &it.office),
        day: language.short_date(it.day),
        why: it.why,
        accepted_by: it.accepted_by,
        is_public: it.is_public,
    };
    let lines = found.into_iter().zip(names).map(line).collect();
    let title = visit.app.catalogue().say(language, "corrections-title", &[]);
    let title = format!("{title} {}", language.short_quarter(quarter));
    let circuit =
        match ground.closes(&place).is_empty() && ground.level() < questionnaire::Level::Region {
            true => String::new(),
            false => format!("/suivi/circuit/{}/{quarter}", encoded(&place)),
        };
    visit.page(&View { chrome: chrome(&visit, title, &ground, quarter), ground, lines, circuit })
}
