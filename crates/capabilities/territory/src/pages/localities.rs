//! `/territoire/{code}/localites`: the villages, fractions and quarters of a commune, with their
//! populations by year and source.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Failure;
use web::{Chrome, PageFailure, Visit};

use crate::{CENSUS_2009, Level, Locality, Population};

#[derive(Template)]
#[template(path = "territory/localities.html")]
struct View {
    chrome: Chrome,
    code: String,
    name: String,
    /// « 2009, INSTAT… »: year and source.
    columns: Vec<(i64, String)>,
    rows: Vec<Row>,
    totals: Vec<String>,
    may_state: bool,
}

struct Row {
    code: String,
    name: String,
    setting: String,
    /// One cell a column; blank where nobody counted.
    cells: Vec<String>,
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageFailure> {
    let today = visit.today();
    let read = move |tx: &mut db::Tx<'_>| {
        let unit = crate::unit(tx, &code)?.filter(|it| it.level == Level::Commune);
        let unit = unit.ok_or(Failure::NotFound)?;
        let place = crate::place_near(tx, &code, today)?.ok_or(Failure::NotFound)?;
        let villages = crate::localities(tx, &code)?;
        let stated = crate::locality_populations(tx, &code)?;
        Ok::<_, Failure>((unit, place, villages, stated))
    };
    let (unit, place, villages, stated) = visit.app.read(read).await?;
    let chrome = visit.chrome("localities-title").with_invented(unit.invented);
    let language = chrome.language();
    let figures = figures(&villages, &stated);
    let columns: BTreeSet<(i64, String)> = figures.keys().map(|it| it.1.clone()).collect();
    let columns: Vec<(i64, String)> = columns.into_iter().collect();
    let of = |village: &str, column: &(i64, String)| {
        figures.get(&(village.to_owned(), column.clone())).copied()
    };
    let rows = villages
        .iter()
        .map(|it| Row {
            code: it.code.clone(),
            name: super::legible(&chrome, &it.name),
            setting: it.setting.clone(),
            cells: columns
                .iter()
                .map(|column| of(&it.code, column).map(|it| language.integer(it)))
                .map(Option::unwrap_or_default)
                .collect(),
        })
        .collect();
    let totals = columns
        .iter()
        .map(|column| {
            let known: Vec<i64> = villages.iter().filter_map(|it| of(&it.code, column)).collect();
            let sum = language.integer(known.iter().sum());
            // A sum over a part of the villages says so.
            if known.len() == villages.len() {
                sum
            } else {
                format!("{sum} ({}/{})", known.len(), villages.len())
            }
        })
        .collect();
    let view = View {
        may_state: super::reform::may_change(&visit, &unit.country),
        code: place.code,
        name: place.name,
        columns,
        rows,
        totals,
        chrome,
    };
    visit.page(&view)
}

type Figures = BTreeMap<(String, (i64, String)), i64>;

/// Persons by village, year and source: those counted in 2009, then those stated since.
fn figures(villages: &[Locality], stated: &[Population]) -> Figures {
    let mut out = Figures::new();
    for it in villages {
        out.insert((it.code.clone(), (2009, CENSUS_2009.to_owned())), it.persons);
    }
    for it in stated {
        out.insert((it.code.clone(), (it.year, it.source.clone())), it.persons);
    }
    out
}
