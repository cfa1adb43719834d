//! `/autoevaluation/grille/{name}`: what is gone through; with `.pdf`, blank for the meeting.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use web::{Chrome, PageFailure, Visit};

use super::paper;

#[derive(Template)]
#[template(path = "assessments/grid.html")]
struct View {
    chrome: Chrome,
    name: String,
    title: String,
    source: String,
    edition: String,
    domains: Vec<Part>,
}

struct Part {
    code: String,
    name: String,
    criteria: Vec<(String, Vec<String>)>,
}

pub(super) async fn show(visit: Visit, Path(name): Path<String>) -> Result<Response, PageFailure> {
    let (name, pdf) = match name.strip_suffix(".pdf") {
        Some(name) => (name.to_owned(), true),
        None => (name, false),
    };
    let grid = crate::grid(&name).ok_or(PageFailure::NotFound)?;
    if pdf {
        let document = paper::blank(&visit, grid);
        return paper::answer(&visit, document, &format!("auto-evaluation-{name}.pdf")).await;
    }
    let language = visit.language;
    let title = grid.title.say(language).to_owned();
    let domains = grid.domains.iter().map(|it| Part {
        code: it.code.clone(),
        name: it.name.say(language).to_owned(),
        criteria: it
            .criteria
            .iter()
            .map(|it| {
                let levels = it.levels.iter().map(|it| it.say(language).to_owned());
                (it.name.say(language).to_owned(), levels.collect())
            })
            .collect(),
    });
    visit.page(&View {
        domains: domains.collect(),
        source: grid.source.say(language).to_owned(),
        edition: language.long_date(grid.edition),
        chrome: visit.chrome_titled(title.clone()),
        title,
        name,
    })
}
