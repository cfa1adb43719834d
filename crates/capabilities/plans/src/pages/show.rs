//! `/plans/{id}`: a plan, sector by sector, and how far it has come.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use web::{Chrome, PageFailure, Visit};

use super::whole::{Group, Whole, period, whole};
use super::{amount, id, percent, rate_by_cost, rate_by_number, sector};
use crate::{Figures, Line, Scope, State, in_force};

#[derive(Template)]
#[template(path = "plans/show.html")]
struct View {
    chrome: Chrome,
    href: String,
    title: String,
    period: String,
    commune: (String, String),
    lede: String,
    facts: Vec<(String, String)>,
    revises: Option<(String, String)>,
    revised_by: Option<(String, String)>,
    tiles: Vec<(String, String, String)>,
    by_sector: Vec<SectorRow>,
    total: Option<SectorRow>,
    groups: Vec<Group>,
    years: Vec<(String, String)>,
    notices: usize,
    may_edit: bool,
    is_project: bool,
}

/// A sector in the table of figures.
struct SectorRow {
    name: String,
    lines: String,
    rate: String,
    cost: String,
    costed: String,
    paid: String,
}

pub(super) async fn show(visit: Visit, Path(path): Path<String>) -> Result<Response, PageFailure> {
    let whole = whole(&visit, id(&path)?).await?;
    visit.page(&view(&visit, &whole))
}

fn view(visit: &Visit, whole: &Whole) -> View {
    let plan = whole.plan();
    let chrome = whole.chrome(visit, &plan.title);
    let language = chrome.language();
    let scope = Scope { year: None, day: whole.today };
    let figures = whole.figures(scope);
    let groups = whole.groups(&chrome, scope);
    let version = |id| {
        let found = whole.versions.iter().find(|it| it.id == id);
        found.map(|it| (format!("/plans/{}", it.id), it.title.clone()))
    };
    let mut facts = vec![(chrome.t("plans-period"), whole.period())];
    if let Some(it) = &plan.adoption {
        let told = chrome.t2(
            "plans-adopted-by",
            ("number", &it.number),
            ("day", language.long_date(it.day)),
        );
        facts.push((chrome.t("plans-adoption"), told));
        facts.push((chrome.t("plans-document"), it.document.clone()));
        facts.push((chrome.t("plans-hash"), it.hash.clone()));
    }
    facts.retain(|it| !it.1.is_empty());
    let by_sector: Vec<SectorRow> =
        groups.iter().map(|it| sector_row(&chrome, it.name.clone(), &it.figures)).collect();
    View {
        href: whole.href(),
        title: plan.title.clone(),
        period: period(plan),
        commune: (format!("/plans/communes/{}", plan.commune), whole.place.name.clone()),
        lede: lede(&chrome, whole),
        facts,
        revises: plan.revises.and_then(version),
        revised_by: whole
            .versions
            .iter()
            .find(|it| it.revises == Some(plan.id))
            .map(|it| (format!("/plans/{}", it.id), it.title.clone())),
        tiles: tiles(&chrome, &figures),
        total: (1 < by_sector.len())
            .then(|| sector_row(&chrome, chrome.t("plans-total"), &figures)),
        by_sector,
        years: plan
            .years()
            .map(|it| (format!("{}/pia/{it}", whole.href()), it.to_string()))
            .collect(),
        notices: groups.iter().flat_map(|it| &it.rows).filter(|it| !it.notice.is_empty()).count(),
        groups,
        may_edit: whole.may_edit,
        is_project: plan.adoption.is_none(),
        chrome,
    }
}

/// What the plan is, in one sentence.
fn lede(chrome: &Chrome, whole: &Whole) -> String {
    let plan = whole.plan();
    let current = in_force(&whole.versions, whole.today).map(|it| it.id);
    chrome.t(match plan.adoption {
        None => "plans-project-lede",
        Some(_) if current == Some(plan.id) => "plans-in-force-lede",
        Some(_) => "plans-past-lede",
    })
}

/// The figures to remember: label, value, note.
pub(super) fn tiles(chrome: &Chrome, it: &Figures) -> Vec<(String, String, String)> {
    let number = |it: i64| chrome.language().integer(it);
    let states: Vec<String> = [State::Planned, State::UnderWay, State::GivenUp]
        .into_iter()
        .map(|state| {
            let key = format!("plans-count-{state}");
            chrome.t1(&key, "count", it.count(state))
        })
        .collect();
    let known =
        chrome.t2("plans-over-lines", ("known", number(it.costed)), ("count", number(it.lines)));
    let paid = chrome.t2(
        "plans-over-lines",
        ("known", number(it.paid_lines)),
        ("count", number(it.lines)),
    );
    vec![
        (chrome.t("plans-lines"), number(it.lines), states.join(", ")),
        (
            chrome.t("plans-rate-number"),
            percent(chrome, it.rate_by_number()),
            chrome.t2(
                "plans-rate-number-note",
                ("part", number(it.count(State::Done))),
                ("whole", number(it.lines)),
            ),
        ),
        (chrome.t("plans-cost"), amount(chrome, (0 < it.costed).then_some(it.cost)), known),
        (chrome.t("plans-paid"), amount(chrome, (0 < it.paid_lines).then_some(it.paid)), paid),
        (chrome.t("plans-rate-cost"), rate_by_cost(chrome, it), chrome.t("plans-rate-cost-note")),
    ]
}

fn sector_row(chrome: &Chrome, name: String, it: &Figures) -> SectorRow {
    let number = |it: i64| chrome.language().integer(it);
    SectorRow {
        name,
        lines: number(it.lines),
        rate: rate_by_number(chrome, it),
        cost: amount(chrome, (0 < it.costed).then_some(it.cost)),
        costed: format!("{}/{}", number(it.costed), number(it.lines)),
        paid: amount(chrome, (0 < it.paid_lines).then_some(it.paid)),
    }
}

/// The name of the sector of a line.
pub(super) fn sector_of(chrome: &Chrome, it: &Line) -> String {
    sector(chrome.language(), &it.sector)
}
