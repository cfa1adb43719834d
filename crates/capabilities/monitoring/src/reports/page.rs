//! The report of a place and a quarter: its page, where people write their part, and its files.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use documents::{Align, Block, Document, Row, Table, Tone};
use graphics::Paint;
use kernel::{Date, Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use crate::analysis::{self, Canvas, PAPER, Say};
use crate::entry;
use crate::questionnaire::Level;
use crate::store;

use super::material::{Material, Reader};
use super::written::{self, Difficulty, MOST_DIFFICULTIES, Refused, Texts};
use super::{activity, book, href, synthesis};

/// Units of width of the pictures on the page.
const SCREEN: Canvas = Canvas { paint: Paint::Page, width: 560 };

pub(super) fn routes() -> Routes {
    Routes::new().get("/suivi/rapports/{place}/{quarter}", Access::Public, show).post(
        "/suivi/rapports/{place}/{quarter}",
        Access::SignedIn,
        save,
    )
}

/// What of the report is wanted: the page, or a file by its ending.
enum Wanted {
    Page,
    Pdf,
    Docx,
    Xlsx,
}

/// `2024T4`, `2024T4.pdf`.
fn read(text: &str, today: Date) -> Result<(Quarter, Wanted), PageFailure> {
    let (quarter, wanted) = match text.split_once('.') {
        None => (text, Wanted::Page),
        Some((quarter, "pdf")) => (quarter, Wanted::Pdf),
        Some((quarter, "docx")) => (quarter, Wanted::Docx),
        Some((quarter, "xlsx")) => (quarter, Wanted::Xlsx),
        Some(_) => return Err(PageFailure::NotFound),
    };
    Ok((entry::page::quarter(quarter, today)?, wanted))
}

/// The document of a place, by its level; a commune has none of its own.
pub(crate) fn document(material: &Material<'_>) -> Result<Document, Failure> {
    match material.ground.level() {
        Level::Commune => Err(Failure::NotFound),
        Level::Cercle => Ok(activity::report(material)),
        Level::Region | Level::Nation => Ok(synthesis::report(material)),
    }
}

async fn show(
    visit: Visit,
    Path((place, last)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let (quarter, wanted) = read(&last, visit.today())?;
    match wanted {
        Wanted::Page => page(visit, place, quarter, None).await,
        Wanted::Pdf => {
            let document = made(&visit, &place, quarter, document).await?;
            let writer = visit.app.shell().pdf;
            let bytes = visit.app.work(move || writer(&document)).await?;
            Ok(visit.file(&name(&place, quarter, "pdf"), "application/pdf", bytes))
        }
        Wanted::Docx => {
            let bytes = made(&visit, &place, quarter, |it| {
                documents::docx::write(&document(it)?).map_err(Failure::broken)
            });
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            Ok(visit.file(&name(&place, quarter, "docx"), kind, bytes.await?))
        }
        Wanted::Xlsx => {
            let bytes = made(&visit, &place, quarter, |it| {
                documents::xlsx::write(&book::workbook(it)).map_err(Failure::broken)
            });
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Ok(visit.file(&name(&place, quarter, "xlsx"), kind, bytes.await?))
        }
    }
}

fn name(place: &str, quarter: Quarter, ending: &str) -> String {
    format!("rapport-{place}-{quarter}.{ending}")
}

/// Reads the material as this visitor may see it and makes something of it.
async fn made<T: Send + 'static>(
    visit: &Visit,
    place: &str,
    quarter: Quarter,
    make: impl FnOnce(&Material<'_>) -> Result<T, Failure> + Send + 'static,
) -> Result<T, PageFailure> {
    let (seer, place) = (visit.clone(), place.to_owned());
    visit
        .app
        .read::<_, PageFailure>(move |tx| {
            let reader = reader(&seer, PAPER);
            match Material::read(tx, reader, &place, quarter)? {
                Ok(material) => Ok(make(&material)?),
                Err(refused) => Err(PageFailure::Refused(refused.message())),
            }
        })
        .await
}

fn reader(visit: &Visit, canvas: Canvas) -> Reader<'_> {
    Reader {
        say: Say { catalogue: visit.app.catalogue(), language: visit.language },
        canvas,
        actor: &visit.actor,
        today: visit.today(),
    }
}

#[derive(Template)]
#[template(path = "reports/report.html")]
struct View {
    chrome: Chrome,
    crumbs: Vec<(String, String)>,
    kicker: String,
    title: String,
    lede: String,
    provisional: bool,
    files: [(&'static str, String, &'static str); 3],
    indicators_href: String,
    may_write: bool,
    action: String,
    form: Fields,
    refusal: Option<(&'static str, String)>,
    written_by: String,
    document: Document,
    code: String,
    quarters: Vec<(String, String, bool)>,
}

/// What the form holds, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
struct Fields {
    #[serde(default)]
    faits: String,
    #[serde(default)]
    analyse: String,
    #[serde(default)]
    echange: String,
    #[serde(flatten)]
    rest: std::collections::BTreeMap<String, String>,
}

/// The columns of the table of difficulties, as the form names them.
const COLUMNS: [&str; 4] = ["difficulte", "solution", "responsable", "echeance"];

impl Fields {
    fn of(texts: &Texts) -> Self {
        let mut fields = Self {
            faits: texts.highlights.clone(),
            analyse: texts.analysis.clone(),
            echange: texts.discussed_on.map(|it| it.to_string()).unwrap_or_default(),
            ..Self::default()
        };
        for (at, it) in texts.difficulties.iter().enumerate() {
            let cells = [&it.difficulty, &it.solution, &it.responsible, &it.due];
            for (column, text) in COLUMNS.iter().zip(cells) {
                fields.rest.insert(format!("{column}-{}", at + 1), text.clone());
            }
        }
        fields
    }

    /// The cell of the table of difficulties, rows counted from 1.
    fn cell(&self, column: &str, row: &usize) -> &str {
        self.rest.get(&format!("{column}-{row}")).map_or("", String::as_str)
    }

    fn rows(&self) -> std::ops::RangeInclusive<usize> {
        1..=MOST_DIFFICULTIES
    }

    fn texts(&self) -> Result<Texts, Refused> {
        let day = self.echange.trim();
        let discussed_on = match day {
            "" => None,
            text => Some(text.parse().map_err(|_| Refused::Day(text.to_owned()))?),
        };
        let difficulties = self
            .rows()
            .map(|row| Difficulty {
                difficulty: self.cell("difficulte", &row).to_owned(),
                solution: self.cell("solution", &row).to_owned(),
                responsible: self.cell("responsable", &row).to_owned(),
                due: self.cell("echeance", &row).to_owned(),
            })
            .collect();
        Ok(Texts {
            highlights: self.faits.clone(),
            analysis: self.analyse.clone(),
            discussed_on,
            difficulties,
        })
    }
}

impl View {
    /// Whether a column holds numbers.
    fn leans(&self, table: &Table, column: &usize) -> bool {
        table.columns.get(*column).is_some_and(|it| it.align == Align::End)
    }

    /// Whether a column holds marks or single words, which do not wrap.
    fn is_word(&self, table: &Table, column: &usize) -> bool {
        table.columns.get(*column).is_some_and(|it| it.align == Align::Center)
    }

    fn error(&self, field: &str) -> &str {
        self.refusal.as_ref().filter(|it| it.0 == field).map_or("", |it| it.1.as_str())
    }
}

async fn page(
    visit: Visit,
    place: String,
    quarter: Quarter,
    refused: Option<(Fields, Refused)>,
) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let was_refused = refused.is_some();
    let view = visit.app.read::<_, PageFailure>(move |tx| {
        let material = match Material::read(tx, reader(&seer, SCREEN), &place, quarter)? {
            Ok(material) => material,
            Err(refused) => return Err(PageFailure::Refused(refused.message())),
        };
        let seen = analysis::quarters(tx, &seer.actor, &material.ground, seer.today())?;
        view(&seer, &material, &seen, refused).map_err(PageFailure::from)
    });
    let view = view.await?;
    if was_refused { visit.correct(&view) } else { visit.page(&view) }
}

fn view(
    visit: &Visit,
    material: &Material<'_>,
    seen: &[Quarter],
    refused: Option<(Fields, Refused)>,
) -> Result<View, Failure> {
    let say = &material.say;
    let (place, quarter) = (material.place(), material.quarter);
    let document = document(material)?;
    let object = material.ground.object(place);
    let may_write = visit.may(written::action(material.ground.level()), &object);
    let refusal =
        refused.as_ref().map(|(_, it)| (it.field(), visit.app.tell(visit.language, &it.message())));
    let form = match refused {
        Some((form, _)) => form,
        None => Fields::of(&material.kept.as_ref().map(|it| it.texts.clone()).unwrap_or_default()),
    };
    let written_by = match &material.kept {
        Some(it) => {
            let who = material.persons.get(&it.person).cloned().unwrap_or_default();
            let arguments = [
                ("who", if who.is_empty() { it.office.clone() } else { who }),
                ("day", say.language.long_date(it.day)),
            ];
            say.with("report-written-by", &arguments)
        }
        None => say.t("report-not-written"),
    };
    let mut crumbs: Vec<(String, String)> = material
        .ground
        .above
        .iter()
        .rev()
        .map(|(code, _)| (href(code, quarter), material.unit_name(code).to_owned()))
        .collect();
    crumbs.push((String::new(), material.name().to_owned()));
    Ok(View {
        crumbs,
        kicker: document.kind.clone(),
        title: document.title.clone(),
        lede: format!("{}. {}", document.period, super::document::state_told(material)),
        provisional: material.sight.provisional,
        files: [("pdf", "print"), ("docx", "file"), ("xlsx", "file")]
            .map(|(it, icon)| (it, format!("{}.{it}", href(place, quarter)), icon)),
        indicators_href: analysis::page_href(&[], place, quarter),
        may_write,
        action: href(place, quarter),
        form,
        refusal,
        written_by,
        code: document.code.map(|it| it.to_string()).unwrap_or_default(),
        quarters: seen
            .iter()
            .rev()
            .take(8)
            .map(|it| (href(place, *it), say.language.short_quarter(*it), *it == quarter))
            .collect(),
        chrome: visit
            .chrome_titled(document.title.clone())
            .with_place(format!("{} · {}", material.name(), say.language.short_quarter(quarter)))
            .with_invented(material.sight.computed.land.invented),
        document,
    })
}

async fn save(
    visit: Visit,
    Path((place, last)): Path<(String, String)>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = entry::page::quarter(&last, visit.today())?;
    let (kept, code) = (form.clone(), place.clone());
    let done = visit.app.write(&visit.actor, move |ctx| -> Result<Option<Refused>, PageFailure> {
        let ground =
            store::ground(ctx.tx, &code, quarter.last_day())?.ok_or(PageFailure::NotFound)?;
        let texts = match kept.texts() {
            Ok(texts) => texts,
            Err(refused) => return Ok(Some(refused)),
        };
        match written::write(ctx, &ground, quarter, texts) {
            Ok(_) => Ok(None),
            Err(Stop::Refused(refused)) => Ok(Some(refused)),
            Err(Stop::Failed(failure)) => Err(failure.into()),
        }
    });
    match done.await? {
        None => Ok(Redirect::to(&href(&place, quarter)).into_response()),
        Some(refused) => page(visit, place, quarter, Some((form, refused))).await,
    }
}
