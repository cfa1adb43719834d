//! `/donnees`: the datasets, one a published quarter; each with its address, which stays.

use askama::Template;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use db::Tx;
use kernel::{Date, Failure, Quarter};
use serde_json::json;
use web::{Access, Chrome, PageFailure, Routes, Visit};

use super::dataset::{self, LICENCE, RESULTS};
use crate::analysis::encoded;
use crate::entry;
use crate::questionnaire::french;
use crate::reports::Kind;
use crate::reports::issue::{self, Issue};
use crate::store::{self, Stage};

/// The address of the dataset of a nation for a quarter.
pub(crate) fn href(nation: &str, quarter: Quarter) -> String {
    format!("/donnees/{}/{quarter}", encoded(nation))
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/donnees", Access::Public, list)
        .get("/donnees/catalogue.jsonld", Access::Public, catalogue)
        .get("/donnees/{nation}/{quarter}", Access::Public, one)
}

/// A dataset as pages show it.
struct Line {
    nation: String,
    name: String,
    quarter: Quarter,
    words: String,
    published: String,
    day: Date,
    hash: String,
    size: String,
    href: String,
    invented: bool,
}

#[derive(Template)]
#[template(path = "opendata/list.html")]
struct List {
    chrome: Chrome,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "opendata/one.html")]
struct One {
    chrome: Chrome,
    it: Line,
    fields: Vec<(&'static str, &'static str, &'static str)>,
    licence: (&'static str, &'static str),
    issues: Vec<(String, String, String)>,
}

fn found(tx: &mut Tx<'_>, visit: &Visit) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    for root in territory::roots(tx, visit.today())? {
        for quarter in store::published(tx, &root.code)? {
            if let Some(it) = line(tx, visit, &root.code, quarter)? {
                lines.push(it);
            }
        }
    }
    lines.sort_by(|a, b| (b.quarter, &a.name).cmp(&(a.quarter, &b.name)));
    Ok(lines)
}

fn line(
    tx: &mut Tx<'_>,
    visit: &Visit,
    nation: &str,
    quarter: Quarter,
) -> Result<Option<Line>, Failure> {
    let passed = store::state(tx, nation, quarter)?.filter(|it| it.stage == Stage::Published);
    let Some(passed) = passed else { return Ok(None) };
    let Some(place) = territory::place_near(tx, nation, quarter.last_day())? else {
        return Ok(None);
    };
    let issued = issue::latest_issue(tx, Kind::Data.code(), nation, &quarter.to_string())?;
    let file = issued.as_ref().and_then(|it| it.issued.files.first());
    let language = visit.language;
    Ok(Some(Line {
        name: french(&place.name),
        invented: place.invented,
        quarter,
        words: language.quarter(quarter),
        published: language.long_date(passed.day),
        day: passed.day,
        hash: file.map(|it| it.hash.clone()).unwrap_or_default(),
        size: file
            .map(|it| language.integer(i64::try_from(it.size.div_ceil(1000)).unwrap_or(0)))
            .unwrap_or_default(),
        href: href(nation, quarter),
        nation: nation.to_owned(),
    }))
}

async fn list(visit: Visit) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let lines = visit.app.read::<_, Failure>(move |tx| found(tx, &seer)).await?;
    let invented = lines.iter().any(|it| it.invented);
    visit.page(&List { chrome: visit.chrome("opendata-title").with_invented(invented), lines })
}

/// `2024T4`, `2024T4.zip`, `2024T4.csv`, `2024T4.json`.
async fn one(
    visit: Visit,
    Path((nation, last)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let (text, ending) = match last.split_once('.') {
        None => (last.as_str(), None),
        Some((text, ending)) => (text, Some(ending.to_owned())),
    };
    let quarter = entry::page::quarter(text, visit.today())?;
    let seer = visit.clone();
    let Some(ending) = ending else {
        let code = nation.clone();
        let read = visit.app.read::<_, PageFailure>(move |tx| {
            let line = line(tx, &seer, &code, quarter)?.ok_or(PageFailure::NotFound)?;
            let mut issues = issue::issues(tx, &code, quarter)?;
            issues.retain(|it| it.issued.document == Kind::Data.code());
            Ok((line, issues))
        });
        let (it, issues) = read.await?;
        return page(&visit, it, &issues);
    };
    let inside = match ending.as_str() {
        "zip" => None,
        "csv" => Some("resultats.csv"),
        "json" => Some("datapackage.json"),
        _ => return Err(PageFailure::NotFound),
    };
    let code = nation.clone();
    let bytes = visit.app.read::<_, PageFailure>(move |tx| {
        let bytes = kept_or_made(tx, &seer, &code, quarter)?;
        match inside {
            None => Ok(bytes),
            Some(name) => Ok(within(&bytes, name).map_err(Failure::broken)?),
        }
    });
    let bytes = bytes.await?;
    Ok(match ending.as_str() {
        "zip" => visit.file(&format!("donnees-{nation}-{quarter}.zip"), "application/zip", bytes),
        "csv" => ([(CONTENT_TYPE, "text/csv; charset=utf-8")], bytes).into_response(),
        _ => ([(CONTENT_TYPE, "application/json; charset=utf-8")], bytes).into_response(),
    })
}

/// The dataset as it was issued where this post keeps it; else as it comes from what was published.
fn kept_or_made(
    tx: &mut Tx<'_>,
    visit: &Visit,
    nation: &str,
    quarter: Quarter,
) -> Result<Vec<u8>, Failure> {
    if let Some(found) = issue::latest_issue(tx, Kind::Data.code(), nation, &quarter.to_string())?
        && let Some(file) = found.issued.files.first()
        && let Some(bytes) = issue::kept_file(tx, &file.hash)?
    {
        return Ok(bytes);
    }
    let made = dataset::make(tx, visit.app.catalogue(), nation, quarter)?;
    Ok(made.files.into_iter().next().map(|it| it.bytes).unwrap_or_default())
}

fn within(bytes: &[u8], name: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
    let mut out = Vec::new();
    std::io::copy(&mut archive.by_name(name)?, &mut out)?;
    Ok(out)
}

fn page(visit: &Visit, it: Line, issues: &[Issue]) -> Result<Response, PageFailure> {
    let language = visit.language;
    let given = [("place", it.name.clone()), ("quarter", it.words.clone())];
    let title = visit.app.catalogue().say(language, "opendata-of", &given);
    let issues = issues
        .iter()
        .rev()
        .filter_map(|issue| {
            let file = issue.issued.files.first()?;
            Some((
                issue.issued.version.to_string(),
                language.long_date(issue.issued.day),
                file.hash.clone(),
            ))
        })
        .collect();
    let fields = RESULTS.iter().map(|(name, kind, in_french, in_english)| {
        let told = match language {
            kernel::Language::French => in_french,
            kernel::Language::English => in_english,
        };
        (*name, *kind, *told)
    });
    visit.page(&One {
        chrome: visit.chrome_titled(title).with_invented(it.invented),
        it,
        fields: fields.collect(),
        licence: LICENCE,
        issues,
    })
}

/// The datasets for portals. Source: DCAT version 3, as JSON-LD.
async fn catalogue(visit: Visit) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let lines = visit.app.read::<_, Failure>(move |tx| found(tx, &seer)).await?;
    let datasets: Vec<_> = lines
        .iter()
        .map(|it| {
            let mut file = json!({
                "@type": "dcat:Distribution",
                "dcat:downloadURL": { "@id": format!("{}.zip", it.href) },
                "dcat:mediaType": "application/zip",
                "dct:license": { "@id": LICENCE.1 },
            });
            if !it.hash.is_empty() {
                file["spdx:checksum"] = json!({
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": "BLAKE3",
                    "spdx:checksumValue": it.hash,
                });
            }
            json!({
                "@id": it.href,
                "@type": "dcat:Dataset",
                "dct:title": format!("Suivi des collectivités, {}, {}", it.name, it.quarter),
                "dct:identifier": format!("{}/{}", it.nation, it.quarter),
                "dct:issued": it.day.to_string(),
                "dct:temporal": {
                    "@type": "dct:PeriodOfTime",
                    "dcat:startDate": it.quarter.first_day().to_string(),
                    "dcat:endDate": it.quarter.last_day().to_string(),
                },
                "dcat:distribution": [file],
            })
        })
        .collect();
    let catalogue = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "spdx": "http://spdx.org/rdf/terms#",
        },
        "@id": "/donnees",
        "@type": "dcat:Catalog",
        "dct:title": "Données publiées du suivi des collectivités",
        "dcat:dataset": datasets,
    });
    let bytes = serde_json::to_vec_pretty(&catalogue)
        .map_err(|it| PageFailure::from(Failure::broken(it)))?;
    Ok(([(CONTENT_TYPE, "application/ld+json; charset=utf-8")], bytes).into_response())
}
