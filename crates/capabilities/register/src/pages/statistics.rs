//! `/registre/statistiques`: counts by country, region, level, decade, status and source, each as a
//! table and a chart.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use db::Tx;
use graphics::{Bar, Frame, Paint, Words};
use kernel::search::fold;
use kernel::{Decimal, Failure};
use web::{Chrome, PageFailure, Visit};

use super::{FilterForm, Tab, country_name, regions, source_name, tabs, word};
use crate::{Axis, Typed};

const PATH: &str = "/registre/statistiques";

#[derive(Template)]
#[template(path = "register/statistics.html")]
struct View {
    chrome: Chrome,
    form: FilterForm,
    tabs: Vec<Tab>,
    count: String,
    parts: Vec<Part>,
}

/// One statistic.
struct Part {
    id: String,
    title: String,
    svg: String,
    rows: Vec<(String, String)>,
    note: String,
}

/// The axes of the page, with the name of each in the catalogue.
const AXES: [(Axis, &str); 7] = [
    (Axis::Country, "country"),
    (Axis::Region, "region"),
    (Axis::MalianLevel, "malian-level"),
    (Axis::ForeignLevel, "foreign-level"),
    (Axis::Decade, "decade"),
    (Axis::Status, "status"),
    (Axis::Source, "source"),
];

pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let typed = Typed::read(&pairs);
    let chrome = visit.chrome("register-statistics-title");
    let words = chrome.clone();
    let work = move |tx: &mut Tx<'_>| {
        let (filter, refused) = typed.understand(tx)?;
        let mut parts = Vec::new();
        let mut count = 0;
        if refused.is_empty() {
            count = crate::count(tx, &filter)?;
            let regions = regions(tx)?;
            for (axis, name) in AXES {
                let tally = crate::tally(tx, &filter, axis)?;
                parts.push(part(&words, axis, name, tally, &regions));
            }
        }
        let form = FilterForm::new(tx, &words, PATH, typed, &refused)?;
        Ok::<_, Failure>((form, count, parts, refused.is_empty()))
    };
    let (form, count, parts, right) = visit.app.read(work).await?;
    let view = View {
        tabs: tabs(&chrome, PATH, &form.query()),
        count: chrome.t1("register-caption", "count", visit.language.integer(count)),
        form,
        parts,
        chrome,
    };
    if right { visit.page(&view) } else { visit.correct(&view) }
}

fn part(
    chrome: &Chrome,
    axis: Axis,
    name: &str,
    tally: Vec<(Option<String>, i64)>,
    regions: &[(String, String)],
) -> Part {
    let told = |key: Option<String>| match (axis, key) {
        (_, None) => chrome.t("register-not-stated"),
        (Axis::Country, Some(code)) => country_name(chrome, &code),
        (Axis::Region, Some(code)) => {
            let found = regions.iter().find(|it| it.0 == code);
            found.map_or(code, |it| it.1.clone())
        }
        (Axis::Decade, Some(year)) => chrome.t1("register-decade", "year", year),
        (Axis::Source, Some(source)) => source_name(chrome, &source),
        (Axis::MalianLevel, Some(it)) => word(chrome, "malian-level", &it),
        (Axis::ForeignLevel, Some(it)) => word(chrome, "foreign-level", &it),
        (Axis::Form, Some(it)) => word(chrome, "form", &it),
        (_, Some(it)) => word(chrome, "status", &it),
    };
    let mut lines: Vec<(bool, String, i64)> =
        tally.into_iter().map(|(key, count)| (key.is_none(), told(key), count)).collect();
    // By name, never by rank; what is not stated comes last. Decades are in order already.
    match axis {
        Axis::Decade => lines.sort_by_key(|it| it.0),
        _ => lines.sort_by_key(|it| (it.0, fold(&it.1))),
    }
    let language = chrome.language();
    let bars: Vec<Bar> = lines
        .iter()
        .map(|it| Bar { label: it.1.clone(), value: Some(Decimal::from(it.2)), incomplete: false })
        .collect();
    let title = chrome.t(&format!("register-by-{name}"));
    let frame = Frame {
        id: format!("by-{name}"),
        title: title.clone(),
        description: chrome.t("register-chart-description"),
        language,
        paint: Paint::Page,
        width: 560,
        words: Words {
            no_data: chrome.t("word-no-data"),
            incomplete: chrome.t("territory-incomplete"),
        },
    };
    Part {
        id: format!("by-{name}"),
        svg: graphics::bars(&frame, None, &bars),
        rows: lines.into_iter().map(|it| (it.1, language.integer(it.2))).collect(),
        note: chrome.t(&format!("register-by-{name}-note")),
        title,
    }
}
