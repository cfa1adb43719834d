//! The report of a place and a quarter: its page, where people write their part, and its files.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use documents::{Align, Block, Document, Row, Table, Tone};
use graphics::Paint;
use kernel::{Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use crate::analysis::{self, Canvas, PAPER, Say};
use crate::entry;
use crate::store;

use super::kind::Kind;
use super::make::{self, Format, Writers};
use super::material::{Material, Reader};
use super::origin::Origin;
use super::written::{self, Difficulty, MOST_DIFFICULTIES, Refused, Texts};
use super::{documents_href, href, href_of, issue, recommend};

/// Units of width of the pictures on the page.
const SCREEN: Canvas = Canvas { paint: Paint::Page, width: 560 };

pub(super) fn routes() -> Routes {
    let address = "/suivi/rapports/{place}/{quarter}";
    Routes::new().get(address, Access::Public, show_main).post(address, Access::SignedIn, save).get(
        "/suivi/rapports/{place}/{quarter}/{document}",
        Access::Public,
        show_one,
    )
}

/// The last part of an address and the file that it asks for: `2024T4`, `2024T4.pdf`.
fn split(text: &str) -> Result<(&str, Option<Format>), PageFailure> {
    let Some((name, ending)) = text.rsplit_once('.') else { return Ok((text, None)) };
    let format = Format::ALL.into_iter().find(|it| it.ending() == ending);
    Ok((name, Some(format.ok_or(PageFailure::NotFound)?)))
}

/// `edition=interne` shows a published quarter as it stands at this post.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    edition: String,
}

impl Asked {
    fn internal(&self) -> bool {
        self.edition == "interne"
    }
}

async fn show_main(
    visit: Visit,
    Path((place, last)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let (quarter, format) = split(&last)?;
    let quarter = entry::page::quarter(quarter, visit.today())?;
    show(visit, place, quarter, None, format, asked.internal()).await
}

async fn show_one(
    visit: Visit,
    Path((place, quarter, last)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let (word, format) = split(&last)?;
    let kind = Kind::from_word(word).ok_or(PageFailure::NotFound)?;
    let quarter = entry::page::quarter(&quarter, visit.today())?;
    show(visit, place, quarter, Some(kind), format, asked.internal()).await
}

async fn show(
    visit: Visit,
    place: String,
    quarter: Quarter,
    kind: Option<Kind>,
    format: Option<Format>,
    internal: bool,
) -> Result<Response, PageFailure> {
    let Some(format) = format else {
        return page(visit, (place, quarter), kind, internal, None).await;
    };
    let (seer, code) = (visit.clone(), place.clone());
    let found = visit.app.read::<_, PageFailure>(move |tx| {
        if !internal && let Some(found) = issued(tx, &seer, (&code, quarter), kind, format)? {
            return Ok(Err(found));
        }
        let reader = reader(&seer, PAPER, internal);
        match make::prepare(tx, reader, &code, quarter, kind)? {
            Ok(it) => Ok(Ok(it)),
            Err(refused) => Err(PageFailure::Refused(refused.message())),
        }
    });
    let (kind, bytes) = match found.await? {
        Err((kind, kept)) => (kind, kept),
        Ok(prepared) => {
            let writers = Writers::of(&visit.app);
            let kind = prepared.kind;
            (kind, visit.app.work(move || prepared.file(format, writers)).await?)
        }
    };
    let ending = format.ending();
    let name = format!("{}-{place}-{quarter}.{ending}", kind.word());
    Ok(visit.file(&name, Format::media_of(ending), bytes))
}

/// The file as it was issued, where it is of the publication that stands and this post keeps it.
/// Of an earlier publication it has its own address; this one serves what the page shows.
fn issued(
    tx: &mut Tx<'_>,
    visit: &Visit,
    (place, quarter): (&str, Quarter),
    kind: Option<Kind>,
    format: Format,
) -> Result<Option<(Kind, Vec<u8>)>, Failure> {
    let ground = store::ground(tx, place, quarter.last_day())?.ok_or(Failure::NotFound)?;
    let kind = kind.unwrap_or_else(|| Kind::main_of(ground.level()));
    let Some(found) = issue::latest_issue(tx, kind.code(), place, &quarter.to_string())? else {
        return Ok(None);
    };
    let it = found.issued;
    if it.stage != store::Stage::Published.word() || it.language != visit.language.code() {
        return Ok(None);
    }
    let standing = Origin::standing(tx, &ground, quarter)?;
    if standing.is_none_or(|standing| standing.replaces(&it)) {
        return Ok(None);
    }
    let Some(file) = it.files.iter().find(|it| it.format == format.ending()) else {
        return Ok(None);
    };
    Ok(issue::kept_file(tx, &file.hash)?.map(|bytes| (kind, bytes)))
}

pub(super) fn reader(visit: &Visit, canvas: Canvas, internal: bool) -> Reader<'_> {
    Reader {
        say: Say { catalogue: visit.app.catalogue(), language: visit.language },
        canvas,
        actor: &visit.actor,
        today: visit.today(),
        internal,
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
    documents_href: String,
    recommend_href: Option<String>,
    other: Option<(String, String)>,
    editions: Vec<(String, String, bool)>,
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

/// What the blocks of a document ask while they are laid out on a page.
pub(super) trait Leaning {
    /// Whether a column holds numbers.
    fn leans(&self, table: &Table, column: &usize) -> bool {
        table.columns.get(*column).is_some_and(|it| it.align == Align::End)
    }

    /// Whether a column holds marks or single words, which do not wrap.
    fn is_word(&self, table: &Table, column: &usize) -> bool {
        table.columns.get(*column).is_some_and(|it| it.align == Align::Center)
    }
}

impl Leaning for View {}

impl View {
    fn error(&self, field: &str) -> &str {
        self.refusal.as_ref().filter(|it| it.0 == field).map_or("", |it| it.1.as_str())
    }
}

async fn page(
    visit: Visit,
    (place, quarter): (String, Quarter),
    kind: Option<Kind>,
    internal: bool,
    refused: Option<(Fields, Refused)>,
) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let was_refused = refused.is_some();
    let view = visit.app.read::<_, PageFailure>(move |tx| {
        let material = match Material::read(tx, reader(&seer, SCREEN, internal), &place, quarter)? {
            Ok(material) => material,
            Err(refused) => return Err(PageFailure::Refused(refused.message())),
        };
        let seen = analysis::quarters(tx, &seer.actor, &material.ground, seer.today())?;
        let kind = kind.unwrap_or_else(|| Kind::main_of(material.ground.level()));
        view(&seer, &material, kind, &seen, refused).map_err(PageFailure::from)
    });
    let view = view.await?;
    if was_refused { visit.correct(&view) } else { visit.page(&view) }
}

fn view(
    visit: &Visit,
    material: &Material<'_>,
    kind: Kind,
    seen: &[Quarter],
    refused: Option<(Fields, Refused)>,
) -> Result<View, Failure> {
    let say = &material.say;
    let (place, quarter) = (material.place(), material.quarter);
    let document = kind.document(material)?;
    let object = material.ground.object(place);
    let public = material.origin.published;
    let entitled = store::may_read_unpublished(&visit.actor, &material.ground, place);
    // Two editions of a published quarter: the one for everybody, and the one for its people.
    let stands = !material.sight.provisional && !public && visit.actor.is_signed_in();
    let edition = if stands { "?edition=interne" } else { "" };
    let here = href_of(place, quarter, kind);
    let other = match (public, stands) {
        (true, _) if entitled => Some((format!("{here}?edition=interne"), "report-see-internal")),
        (_, true) => Some((here.clone(), "report-see-public")),
        _ => None,
    };
    let may_write =
        kind != Kind::Commune && visit.may(written::action(material.ground.level()), &object);
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
        files: [("pdf", "print"), ("docx", "file"), ("xlsx", "file")].map(|(it, icon)| {
            (it, format!("{}.{it}{edition}", href_of(place, quarter, kind)), icon)
        }),
        documents_href: documents_href(place, quarter),
        recommend_href: (entitled && kind != Kind::Commune)
            .then(|| recommend::href(place, quarter)),
        other: other.map(|(href, key)| (href, say.t(key))),
        editions: Kind::of_level(material.ground.level())
            .iter()
            .map(|it| {
                let key = format!("document-kind-{}", it.word());
                (href_of(place, quarter, *it), say.t(&key), *it == kind)
            })
            .collect(),
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
            .map(|it| (href_of(place, *it, kind), say.language.short_quarter(*it), *it == quarter))
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
        Some(refused) => page(visit, (place, quarter), None, false, Some((form, refused))).await,
    }
}
