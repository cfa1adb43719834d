//! `/plans`: who has a plan in force, who has none, and how far the plans have come, place by
//! place. Never a ranking: places stand in the order of their names.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use kernel::{Date, Failure, Id};
use territory::{Level, Place};
use web::{Chrome, PageFailure, Visit};

use super::{Pairs, amount, day_of, rate_by_cost, rate_by_number, value};
use crate::{Figures, Plan, Scope, in_force, read};

/// The communes without a plan that a page names.
const NAMED: usize = 120;

#[derive(Template)]
#[template(path = "plans/home.html")]
struct View {
    chrome: Chrome,
    code: String,
    name: String,
    above: Vec<(String, String)>,
    typed_year: String,
    year_error: String,
    year: i64,
    title: String,
    sentence: String,
    with: usize,
    all: usize,
    rows: Vec<Row>,
    total: Option<Row>,
    missing: Vec<(String, String)>,
    more: usize,
}

/// A place of the table.
struct Row {
    href: String,
    name: String,
    with: String,
    lines: String,
    rate: String,
    cost: String,
    paid: String,
    rate_cost: String,
}

/// The places below one, with what their plans add up to.
struct Rolled {
    place: Place,
    above: Vec<Place>,
    children: Vec<(Place, Tally)>,
    whole: Tally,
    /// The communes without a plan in force, by name.
    missing: Vec<(String, String)>,
}

/// What the plans of the communes of a place add up to.
#[derive(Clone, Debug, Default)]
struct Tally {
    communes: BTreeSet<String>,
    with: BTreeSet<String>,
    figures: Figures,
}

pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Pairs>,
) -> Result<Response, PageFailure> {
    let today = visit.today();
    let typed_year = value(&pairs, "annee").trim().to_owned();
    let read_year = typed_year.parse().ok().filter(|it| (1990..=2100).contains(it));
    let year = read_year.unwrap_or(i64::from(today.year()));
    let asked = value(&pairs, "lieu").trim().to_owned();
    let own = visit.actor.main_office().map(|it| it.place.clone());
    let rolled = visit.app.read(move |tx| roll(tx, (&asked, own), year, today)).await?;
    let rolled = rolled.ok_or(PageFailure::NotFound)?;
    if rolled.place.level == Level::Commune {
        let to = format!("/plans/communes/{}", rolled.place.code);
        return Ok(Redirect::to(&to).into_response());
    }
    let view = view(&visit, rolled, year, typed_year);
    if view.year_error.is_empty() { visit.page(&view) } else { visit.correct(&view) }
}

fn view(visit: &Visit, rolled: Rolled, year: i64, typed_year: String) -> View {
    let Rolled { place, above, children, whole, missing } = rolled;
    let chrome = visit.chrome("plans-title").with_invented(place.invented);
    let chrome = chrome.with_place(place.name.clone());
    let wrong = !typed_year.is_empty() && typed_year != year.to_string();
    let suffix = if typed_year.is_empty() { String::new() } else { format!("&annee={year}") };
    let href = |code: &str| format!("/plans?lieu={code}{suffix}");
    let (with, all) = (whole.with.len(), whole.communes.len());
    let figures = &whole.figures;
    let sentence = match figures.rate_by_number() {
        Some(_) => chrome.t2(
            "plans-home-sentence",
            ("number", rate_by_number(&chrome, figures)),
            ("cost", rate_by_cost(&chrome, figures)),
        ),
        None => chrome.t1("plans-home-nothing", "year", year),
    };
    let rows: Vec<Row> = children
        .iter()
        .map(|(place, tally)| {
            let to = match place.level {
                Level::Commune => format!("/plans/communes/{}", place.code),
                _ => href(&place.code),
            };
            row(&chrome, to, territory::named(&chrome, place), tally)
        })
        .collect();
    View {
        title: chrome.t2("plans-home-title", ("place", &place.name), ("year", year)),
        total: (1 < rows.len())
            .then(|| row(&chrome, String::new(), chrome.t("plans-total"), &whole)),
        year_error: if wrong {
            chrome.t1("plans-bad-year", "value", &typed_year)
        } else {
            String::new()
        },
        typed_year: if typed_year.is_empty() { year.to_string() } else { typed_year },
        above: above.iter().map(|it| (href(&it.code), territory::named(&chrome, it))).collect(),
        more: missing.len().saturating_sub(NAMED),
        missing: missing
            .into_iter()
            .take(NAMED)
            .map(|it| (format!("/plans/communes/{}", it.0), it.1))
            .collect(),
        code: place.code,
        name: place.name,
        year,
        sentence,
        with,
        all,
        rows,
        chrome,
    }
}

fn row(chrome: &Chrome, href: String, name: String, tally: &Tally) -> Row {
    let number = |it: i64| chrome.language().integer(it);
    let figures = &tally.figures;
    Row {
        href,
        name,
        with: format!("{}/{}", tally.with.len(), tally.communes.len()),
        lines: number(figures.lines),
        rate: rate_by_number(chrome, figures),
        cost: amount(chrome, (0 < figures.costed).then_some(figures.cost)),
        paid: amount(chrome, (0 < figures.paid_lines).then_some(figures.paid)),
        rate_cost: rate_by_cost(chrome, figures),
    }
}

/// The place asked for, else that of the visitor's office, else the first country that is there.
fn place(
    tx: &mut Tx<'_>,
    (asked, own): (&str, Option<String>),
    day: Date,
) -> Result<Option<Place>, Failure> {
    if !asked.is_empty() {
        return Ok(territory::place_near(tx, asked, day)?);
    }
    if let Some(own) = own
        && let Some(place) = territory::place_near(tx, &own, day)?
        && place.level != Level::Commune
    {
        return Ok(Some(place));
    }
    Ok(territory::roots(tx, day)?.into_iter().next())
}

fn roll(
    tx: &mut Tx<'_>,
    asked: (&str, Option<String>),
    year: i64,
    today: Date,
) -> Result<Option<Rolled>, Failure> {
    let day = day_of(year, today);
    let Some(place) = place(tx, asked, day)? else { return Ok(None) };
    let figures = figures(tx, year, day)?;
    let of = |tx: &mut Tx<'_>, code: &str| -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        for (code, level) in territory::subtree(tx, code, day)? {
            if level != Level::Commune {
                continue;
            }
            if let Some(it) = figures.get(&code) {
                tally.with.insert(code.clone());
                tally.figures = std::mem::take(&mut tally.figures).and(it);
            }
            tally.communes.insert(code);
        }
        Ok(tally)
    };
    let mut children = Vec::new();
    for child in territory::children(tx, &place.code, day)? {
        let tally = of(tx, &child.code)?;
        children.push((child, tally));
    }
    children.sort_by_key(|it| kernel::search::fold(&it.0.name));
    let whole = of(tx, &place.code)?;
    let mut missing = Vec::new();
    for code in whole.communes.difference(&whole.with) {
        if let Some(it) = territory::place_near(tx, code, day)? {
            missing.push((it.code, it.name));
        }
    }
    missing.sort_by_key(|it| kernel::search::fold(&it.1));
    let above = territory::chain(tx, &place.code, day)?;
    Ok(Some(Rolled { place, above, children, whole, missing }))
}

/// The figures of a year of the plan in force in each commune on a day.
fn figures(tx: &mut Tx<'_>, year: i64, day: Date) -> Result<BTreeMap<String, Figures>, Failure> {
    let mut by_commune: BTreeMap<String, Vec<Plan>> = BTreeMap::new();
    for it in read::adopted(tx, year)? {
        by_commune.entry(it.commune.clone()).or_default().push(it);
    }
    let chosen: BTreeMap<Id, String> = by_commune
        .into_iter()
        .filter_map(|(commune, plans)| in_force(&plans, day).map(|it| (it.id, commune)))
        .collect();
    let (lines, steps) = read::lines_adopted(tx, year)?;
    let scope = Scope { year: Some(year), day };
    let mut out: BTreeMap<String, Figures> =
        chosen.values().map(|it| (it.clone(), Figures::default())).collect();
    for (plan, line) in &lines {
        let Some(commune) = chosen.get(plan) else { continue };
        if let Some(figures) = out.get_mut(commune) {
            *figures = std::mem::take(figures).and(&Figures::of([line], &steps, scope));
        }
    }
    Ok(out)
}
