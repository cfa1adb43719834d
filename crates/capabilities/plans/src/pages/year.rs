//! `/plans/{id}/pia/{year}`: the programme of one year, on the screen and on paper.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Failure;
use web::{Chrome, PageFailure, Visit};

use super::printed;
use super::show::tiles;
use super::whole::{Group, whole};
use super::{amount, day_of, id};
use crate::Scope;

#[derive(Template)]
#[template(path = "plans/year.html")]
struct View {
    chrome: Chrome,
    href: String,
    plan: String,
    commune: (String, String),
    year: i64,
    title: String,
    years: Vec<(String, String, bool)>,
    tiles: Vec<(String, String, String)>,
    groups: Vec<Group>,
    total: String,
    without_cost: i64,
    notices: usize,
}

pub(super) async fn show(
    visit: Visit,
    Path((path, year)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let (year, is_printed) = match year.strip_suffix(".pdf") {
        Some(year) => (year.to_owned(), true),
        None => (year, false),
    };
    let whole = whole(&visit, id(&path)?).await?;
    let year: i64 = year.parse().map_err(|_| PageFailure::NotFound)?;
    if !whole.plan().years().contains(&year) {
        return Err(PageFailure::NotFound);
    }
    let scope = Scope { year: Some(year), day: day_of(year, whole.today) };
    if is_printed {
        let document = printed::programme(&visit, &whole, year, scope);
        let write = visit.app.shell().pdf;
        let bytes = visit.app.work(move || write(&document)).await.map_err(|it: Failure| it)?;
        let name = format!("pia-{}-{year}.pdf", whole.plan().commune);
        return Ok(visit.file(&name, "application/pdf", bytes));
    }
    let title = visit.chrome("").t1("plans-year-title", "year", year);
    let chrome = whole.chrome(&visit, &title);
    let groups = whole.groups(&chrome, scope);
    let figures = whole.figures(scope);
    let view = View {
        href: whole.href(),
        plan: whole.plan().title.clone(),
        commune: (format!("/plans/communes/{}", whole.plan().commune), whole.place.name.clone()),
        years: whole
            .plan()
            .years()
            .map(|it| (format!("{}/pia/{it}", whole.href()), it.to_string(), it == year))
            .collect(),
        tiles: tiles(&chrome, &figures),
        total: amount(&chrome, (0 < figures.costed).then_some(figures.cost)),
        without_cost: figures.lines - figures.costed,
        notices: groups.iter().flat_map(|it| &it.rows).filter(|it| !it.notice.is_empty()).count(),
        groups,
        year,
        title,
        chrome,
    };
    visit.page(&view)
}
