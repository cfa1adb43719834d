//! The list as files: `/registre.csv`, `.json`, `.xlsx`, `.pdf`. They hold what a reader without an
//! account may see, and nothing else: no name of a person, no number of one.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use db::Tx;
use documents::{Align, Block, Cell, Document, Kind, Orientation, Sheet, Table, Workbook};
use kernel::{Date, Failure, Message, Reject};
use serde_json::{Value, json};
use web::{Chrome, PageFailure, Visit};

use super::{PlaceNames, country_name, question, source_name, word, years_told};
use crate::{FilterRefused, MalianParty, Partnership, Typed};

/// More lines than this would make a document of more than forty pages.
const MOST_PRINTED: i64 = 1000;
/// More than any register will hold; a bound, so that no address can ask for endless work.
const MOST: i64 = 500_000;

type Pairs = Query<Vec<(String, String)>>;

/// The list asked for, or the first filter that cannot be understood.
struct Asked {
    typed: Typed,
    list: Vec<Partnership>,
}

async fn asked(
    visit: &Visit,
    pairs: Vec<(String, String)>,
    most: i64,
) -> Result<Asked, PageFailure> {
    let work = move |tx: &mut Tx<'_>| {
        let typed = Typed::read(&pairs);
        let (filter, refused) = typed.understand(tx)?;
        if let Some(first) = refused.first() {
            return Ok::<_, Failure>(Err(first.message()));
        }
        if most < MOST && most < crate::count(tx, &filter)? {
            return Ok(Err(Message::new("register-too-long-to-print").with("most", most)));
        }
        let list = crate::list(tx, &filter, most, 0)?;
        Ok(Ok(Asked { typed, list }))
    };
    visit.app.read(work).await?.map_err(PageFailure::Refused)
}

/// The columns: the name for programs, which is also the end of the catalogue key.
const COLUMNS: [&str; 27] = [
    "id",
    "source",
    "ligne",
    "partenaire",
    "partenaire_ecrit",
    "pays",
    "niveau_partenaire",
    "lieu",
    "lieu_ecrit",
    "niveau_lieu",
    "code_lieu",
    "nom_lieu",
    "confiance_lieu",
    "lieux_possibles",
    "region_declaree",
    "region_declaree_ecrite",
    "region_lieu",
    "regions_contradictoires",
    "origine_ecrite",
    "annees",
    "forme",
    "statut",
    "statut_ecrit",
    "adresse_web_vers_2005",
    "telephone_vers_2005",
    "questions",
    "remarque",
];

/// One cell per column. With words, for people; without, the codes, for programs. Lists within a
/// cell are separated by `|`.
fn cells(it: &Partnership, place_names: &[String], words: Option<&Chrome>) -> Vec<Cell> {
    let told = |list: &str, code: &str| match words {
        Some(chrome) => word(chrome, list, code),
        None => code.to_owned(),
    };
    let foreign = |take: &dyn Fn(&crate::ForeignParty) -> String| {
        it.foreign.iter().map(take).collect::<Vec<_>>().join("|")
    };
    let malian = |take: &dyn Fn(&MalianParty) -> String| {
        let parts: Vec<String> = it.malian.iter().map(take).collect();
        if parts.iter().all(String::is_empty) { String::new() } else { parts.join("|") }
    };
    let mut written: Vec<&str> = it.foreign.iter().map(|it| it.written.as_str()).collect();
    written.dedup();
    let mut malian_written: Vec<&str> = it.malian.iter().map(|it| it.written.as_str()).collect();
    malian_written.dedup();
    let contradicts = if it.malian.iter().any(MalianParty::region_contradicts) {
        words.map_or_else(|| "oui".to_owned(), |it| it.t("word-yes"))
    } else {
        String::new()
    };
    let years: Vec<String> = it.origin.years.iter().map(ToString::to_string).collect();
    let questions: Vec<String> = it
        .questions()
        .into_iter()
        .map(|flag| words.map_or_else(|| flag.to_owned(), |chrome| question(chrome, flag)))
        .collect();
    let status_written: Vec<&str> =
        it.statuses.iter().map(|it| it.written.as_str()).filter(|it| !it.is_empty()).collect();
    let remarks: Vec<&str> = [it.reading_note.as_str(), it.remark.as_str()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect();
    let phone = if it.contact.personal { String::new() } else { it.contact.phone.clone() };
    vec![
        it.id.to_string().into(),
        words
            .map_or_else(
                || it.origins.source.clone(),
                |chrome| source_name(chrome, &it.origins.source),
            )
            .into(),
        it.origins.line.into(),
        it.foreign_name().into(),
        written.join("|").into(),
        foreign(&|it| match words {
            Some(chrome) => country_name(chrome, &it.country),
            None => it.country.clone(),
        })
        .into(),
        foreign(&|it| told("foreign-level", it.level.word())).into(),
        it.malian_name().into(),
        malian_written.join("|").into(),
        malian(&|it| told("malian-level", it.level.word())).into(),
        malian(&|it| it.place.clone().unwrap_or_default()).into(),
        place_names.join("|").into(),
        malian(&|it| told("confidence", it.confidence.word())).into(),
        malian(&|it| it.candidates.join(" ")).into(),
        malian(&|it| it.region_declared.clone().unwrap_or_default()).into(),
        malian(&|it| it.region_written.clone()).into(),
        malian(&|it| it.region_found.clone().unwrap_or_default()).into(),
        contradicts.into(),
        it.origin.written.as_str().into(),
        years.join("|").into(),
        told("form", it.form.word()).into(),
        told("status", it.status().word()).into(),
        status_written.join("|").into(),
        it.contact.url.as_str().into(),
        phone.into(),
        questions.join(if words.is_some() { " ; " } else { "|" }).into(),
        remarks.join(" ; ").into(),
    ]
}

/// The sheet of a list. The names of places are looked up once each.
async fn sheet(
    visit: &Visit,
    list: Vec<Partnership>,
    words: Option<Chrome>,
) -> Result<Sheet, PageFailure> {
    let title = visit.chrome("register-title").title;
    Ok(visit.app.read(move |tx| build(tx, title, &list, words.as_ref())).await?)
}

fn build(
    tx: &mut Tx<'_>,
    title: String,
    list: &[Partnership],
    words: Option<&Chrome>,
) -> Result<Sheet, Failure> {
    let mut names = PlaceNames::default();
    let mut sheet = Sheet::new(title);
    for column in COLUMNS {
        let kind = if column == "ligne" { Kind::Number { places: 0 } } else { Kind::Text };
        let title = match words {
            Some(chrome) => chrome.t(&format!("register-file-{}", column.replace('_', "-"))),
            None => column.to_owned(),
        };
        sheet = sheet.column(title, kind);
    }
    for it in list {
        let mut places = Vec::new();
        for code in it.malian.iter().filter_map(|it| it.place.as_deref()) {
            places.push(names.get(tx, code)?);
        }
        sheet.rows.push(cells(it, &places, words));
    }
    Ok(sheet)
}

/// The whole register as the CSV that `/registre.csv` gives without filters: for the command line.
///
/// # Errors
///
/// If the store fails.
pub fn whole_csv(tx: &mut Tx<'_>) -> Result<Vec<u8>, Failure> {
    let (filter, _) = Typed::default().understand(tx)?;
    let list = crate::list(tx, &filter, MOST, 0)?;
    let sheet = build(tx, String::new(), &list, None)?;
    documents::csv::write(&sheet, documents::csv::Options::default()).map_err(Failure::broken)
}

fn broken(error: documents::WriteError) -> PageFailure {
    Failure::broken(error).into()
}

fn name(today: Date, extension: &str) -> String {
    format!("registre-{today}.{extension}")
}

pub(super) async fn csv(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let asked = asked(&visit, pairs, MOST).await?;
    let sheet = sheet(&visit, asked.list, None).await?;
    let bytes =
        documents::csv::write(&sheet, documents::csv::Options::default()).map_err(broken)?;
    Ok(visit.file(&name(visit.today(), "csv"), "text/csv; charset=utf-8", bytes))
}

pub(super) async fn xlsx(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let asked = asked(&visit, pairs, MOST).await?;
    let chrome = visit.chrome("register-title");
    let sources = sources(&visit, &chrome, &asked.typed).await?;
    let workbook = Workbook {
        language: visit.language,
        title: chrome.title.clone(),
        made_on: visit.today(),
        sources,
        sheets: vec![sheet(&visit, asked.list, Some(chrome)).await?],
    };
    let bytes =
        visit.app.work(move || documents::xlsx::write(&workbook).map_err(Failure::broken)).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(visit.file(&name(visit.today(), "xlsx"), kind, bytes))
}

/// What a file says of itself: the filters in force, the sources and their marks.
async fn sources(
    visit: &Visit,
    chrome: &Chrome,
    typed: &Typed,
) -> Result<Vec<String>, PageFailure> {
    let chrome = chrome.clone();
    let typed = typed.clone();
    let work = move |tx: &mut Tx<'_>| {
        let form = super::FilterForm::new(tx, &chrome, "/registre", typed, &[])?;
        let filters: Vec<String> = form.chips.into_iter().map(|it| it.label).collect();
        let filters = if filters.is_empty() {
            chrome.t("register-no-filter")
        } else {
            chrome.t1("register-filters-told", "filters", filters.join("\u{202f}; "))
        };
        let mut out = vec![filters];
        for it in crate::sources(tx)? {
            let mark = it.hash.get(..16).unwrap_or_default().to_owned();
            out.push(chrome.t2("register-source-told", ("title", it.title), ("mark", mark)));
        }
        out.push(chrome.t("register-contacts-are-old"));
        Ok::<_, Failure>(out)
    };
    Ok(visit.app.read(work).await?)
}

pub(super) async fn pdf(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let asked = asked(&visit, pairs, MOST_PRINTED).await?;
    let chrome = visit.chrome("register-title");
    let sources = sources(&visit, &chrome, &asked.typed).await?;
    let count = i64::try_from(asked.list.len()).unwrap_or_default();
    let mut table =
        Table::new(chrome.t1("register-caption", "count", visit.language.integer(count)))
            .column(chrome.t("register-col-partner"), Align::Start, 5)
            .column(chrome.t("register-col-country"), Align::Start, 3)
            .column(chrome.t("register-col-place"), Align::Start, 4)
            .column(chrome.t("register-col-region"), Align::Start, 3)
            .column(chrome.t("register-col-origin"), Align::End, 2)
            .column(chrome.t("register-col-status"), Align::Start, 3);
    for it in lines(&visit, &chrome, asked.list).await? {
        table = table.row(it);
    }
    let document = Document {
        language: visit.language,
        orientation: Orientation::Landscape,
        kind: chrome.t("register-kicker"),
        title: chrome.title.clone(),
        subtitle: sources.first().cloned().unwrap_or_default(),
        place: chrome.t("register-mali"),
        period: visit.language.long_date(visit.today()),
        made_on: visit.today(),
        code: None,
        sources: sources.into_iter().skip(1).collect(),
        blocks: vec![Block::Table(table)],
    };
    let write = visit.app.shell().pdf;
    let bytes = visit.app.work(move || write(&document)).await?;
    Ok(visit.file(&name(visit.today(), "pdf"), "application/pdf", bytes))
}

async fn lines(
    visit: &Visit,
    chrome: &Chrome,
    list: Vec<Partnership>,
) -> Result<Vec<[String; 6]>, PageFailure> {
    let chrome = chrome.clone();
    let work = move |tx: &mut Tx<'_>| {
        let mut names = PlaceNames::default();
        let mut out = Vec::with_capacity(list.len());
        for it in &list {
            let mut countries: Vec<String> =
                it.foreign.iter().map(|it| country_name(&chrome, &it.country)).collect();
            countries.dedup();
            let region = match it.malian.iter().find_map(|it| it.region()) {
                Some(code) => names.get(tx, code)?,
                None => String::new(),
            };
            out.push([
                it.foreign_name(),
                countries.join(", "),
                it.malian_name(),
                region,
                years_told(it),
                word(&chrome, "status", it.status().word()),
            ]);
        }
        Ok::<_, Failure>(out)
    };
    Ok(visit.app.read(work).await?)
}

pub(super) async fn json(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let typed = Typed::read(&pairs);
    let work = move |tx: &mut Tx<'_>| {
        let (filter, refused) = typed.understand(tx)?;
        if !refused.is_empty() {
            return Ok::<_, Failure>(Err(refused));
        }
        let list = crate::list(tx, &filter, MOST, 0)?;
        Ok(Ok((typed, list, crate::sources(tx)?)))
    };
    let (typed, list, sources) = match visit.app.read(work).await? {
        Ok(it) => it,
        Err(refused) => {
            let faults: Vec<Value> = refused
                .iter()
                .map(|it| {
                    let message = visit.app.tell(visit.language, &it.message());
                    json!({ "champ": it.field, "valeur": it.value, "message": message })
                })
                .collect();
            let first = refused.first().map(FilterRefused::message);
            let body = axum::Json(json!({
                "code": first.as_ref().map(|it| it.key.as_str()),
                "message": first.as_ref().map(|it| visit.app.tell(visit.language, it)),
                "erreurs": faults,
            }));
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
        }
    };
    let filters: serde_json::Map<String, Value> =
        typed.pairs().into_iter().map(|it| (it.0.to_owned(), it.1.into())).collect();
    let sources: Vec<Value> = sources
        .iter()
        .map(|it| json!({ "nom": it.name, "titre": it.title, "empreinte": it.hash, "note": it.note }))
        .collect();
    let body = json!({
        "titre": "Registre des partenariats",
        "le": visit.today(),
        "filtres": filters,
        "sources": sources,
        "nombre": list.len(),
        "partenariats": list.iter().map(for_programs).collect::<Vec<_>>(),
    });
    Ok(axum::Json(body).into_response())
}

/// A partnership for programs: what was written beside what was understood, without the contact
/// cell.
pub(super) fn for_programs(it: &Partnership) -> Value {
    json!({
        "id": it.id,
        "source": it.origins.source,
        "ligne": it.origins.line,
        "ligne_imprimee": it.origins.printed_line,
        "part": it.origins.split,
        "rubrique": it.origins.section,
        "forme": it.form,
        "partenaires": it.foreign.iter().map(|it| json!({
            "id": it.id, "nom": it.name, "ecrit": it.written, "pays": it.country,
            "note_pays": it.country_note, "niveau": it.level,
        })).collect::<Vec<_>>(),
        "lieux": it.malian.iter().map(|it| json!({
            "nom": it.name, "ecrit": it.written, "niveau": it.level, "code": it.place,
            "localite": it.locality, "confiance": it.confidence, "trouve_par": it.found_by,
            "lieux_possibles": it.candidates, "region_declaree": it.region_declared,
            "region_declaree_ecrite": it.region_written, "region_du_lieu": it.region_found,
            "regions_contradictoires": it.region_contradicts(), "note": it.note,
        })).collect::<Vec<_>>(),
        "origine_ecrite": it.origin.written,
        "annees": it.origin.years,
        "statut": it.status(),
        "statuts": it.statuses.iter().map(|it| json!({
            "statut": it.status, "depuis": it.from, "ecrit": it.written, "motif": it.motive,
        })).collect::<Vec<_>>(),
        "adresse_web_vers_2005": it.contact.url,
        "telephone_vers_2005": if it.contact.personal { "" } else { &it.contact.phone },
        "questions": it.questions(),
        "remarque_de_lecture": it.reading_note,
        "remarque": it.remark,
    })
}
