//! Importing a yearbook in four steps: the file, its columns, its places, the agreement.

use super::draft::{DRAFTS, Draft, begin};
use super::load::{Loading, load};
use super::mapping::{canonical, choices, read_period, target};
use super::store::known;
use super::take::{fits, written};
use super::{Column, Matched, Refused, Written, matches, take};
use crate::analysis;
use crate::entry::notes;
use crate::questionnaire::newest;
use crate::store::ground;
use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::response::{IntoResponse, Redirect, Response};
use identity::{Action, Object, allow};
use kernel::format::read_number;
use kernel::{Decimal, Failure, Message, Reject, Stop};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tables::{Limits, letters};
use web::{Access, Chrome, Form, PageFailure, Routes, Sent, Visit};

const LARGEST: usize = 8 << 20;
/// The lines of the preview, and its columns: more do not fit a page.
const SHOWN: (usize, u16) = (8, 24);
/// The columns that may be compared.
const COLUMNS: u16 = 60;

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::CrossCheck);
    Routes::new()
        .get("/suivi/recoupement/importer", access, choose)
        .upload("/suivi/recoupement/importer", access, LARGEST + 64 * 1024, receive)
        .get("/suivi/recoupement/importer/{draft}/colonnes", access, columns)
        .post("/suivi/recoupement/importer/{draft}/colonnes", access, set_columns)
        .get("/suivi/recoupement/importer/{draft}/lieux", access, places)
        .post("/suivi/recoupement/importer/{draft}/lieux", access, set_places)
        .get("/suivi/recoupement/importer/{draft}/accord", access, agree)
        .post("/suivi/recoupement/importer/{draft}/accord", access, accept)
}

fn address(id: &str, step: &str) -> String {
    format!("/suivi/recoupement/importer/{id}/{step}")
}

fn found(visit: &Visit, id: &str) -> Result<Arc<Draft>, PageFailure> {
    DRAFTS.find(visit, id).ok_or_else(|| PageFailure::Refused(Message::new("foreign-gone")))
}

#[derive(Template)]
#[template(path = "crosscheck/choose.html")]
struct Choose {
    chrome: Chrome,
    name: String,
    known: Vec<String>,
    refusal: String,
}

async fn choose_view(visit: &Visit, name: &str, refusal: String) -> Result<Choose, PageFailure> {
    let known = visit.app.read::<_, Failure>(|tx| Ok(known(tx)?)).await;
    Ok(Choose {
        chrome: visit.chrome("crosscheck-import"),
        name: name.to_owned(),
        known: known.map_err(PageFailure::from)?,
        refusal,
    })
}

async fn choose(visit: Visit) -> Result<Response, PageFailure> {
    visit.page(&choose_view(&visit, "", String::new()).await?)
}

async fn receive(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    let name = sent.field("nom").trim().chars().take(120).collect::<String>();
    let refused = |message: Message| visit.app.tell(visit.language, &message);
    let wrong = if name.is_empty() {
        Some(Message::new("crosscheck-no-name"))
    } else if !sent.whole {
        Some(Message::new("tables-too-large").with("size", "> 8").with("most", 8))
    } else if sent.bytes.is_empty() {
        Some(Message::new("import-no-file"))
    } else {
        None
    };
    if let Some(message) = wrong {
        return visit.correct(&choose_view(&visit, &name, refused(message)).await?);
    }
    let (file, bytes) = (sent.name.clone(), sent.bytes);
    let read = visit
        .app
        .work(move || {
            let hash = blake3::hash(&bytes).to_hex().to_string();
            Ok((tables::read(&bytes, &file, &Limits::default()), hash))
        })
        .await?;
    let (book, hash) = match read {
        (Ok(book), hash) => (book, hash),
        (Err(rule), _) => {
            return visit.correct(&choose_view(&visit, &name, refused(rule.message())).await?);
        }
    };
    let (actor, today, file) = (visit.actor.clone(), visit.today(), sent.name);
    let draft = visit
        .app
        .read::<_, Failure>(move |tx| {
            let place = analysis::home(tx, &actor, today)?.ok_or(Failure::NotFound)?;
            let ground = ground(tx, &place, today)?.ok_or(Failure::NotFound)?;
            if !allow(&actor, Action::CrossCheck, &Object::at(ground.path(&place))) {
                return Err(Failure::Denied("cross-check".to_owned()));
            }
            let questionnaire = newest(tx)?;
            begin(tx, &questionnaire, (&name, &place), (file, hash), book)
        })
        .await
        .map_err(PageFailure::from)?;
    let id = DRAFTS.keep(&visit, draft);
    Ok(Redirect::to(&address(&id, "colonnes")).into_response())
}

/// A column as the page asks about it.
struct Asked {
    at: u16,
    letters: String,
    heading: String,
    twice: bool,
    samples: String,
    target: String,
    /// Our data in words, if it is one.
    named: String,
    factor: String,
    error: String,
}

#[derive(Template)]
#[template(path = "crosscheck/columns.html")]
struct Columns {
    chrome: Chrome,
    id: String,
    draft: Draft,
    sheets: Vec<(String, String, bool)>,
    notes: Vec<String>,
    /// The first lines: their number, whether it is the headings, their cells.
    preview: Vec<(u32, bool, Vec<String>)>,
    letters: Vec<String>,
    columns: Vec<Asked>,
    names: Vec<String>,
    choices: Vec<(String, String)>,
    levels: Vec<(&'static str, bool)>,
    errors: Vec<(String, String)>,
}

impl Columns {
    fn error(&self, field: &str) -> String {
        self.errors.iter().find(|it| it.0 == field).map(|it| it.1.clone()).unwrap_or_default()
    }
}

async fn columns_view(
    visit: &Visit,
    id: &str,
    draft: Draft,
    errors: Vec<(String, String)>,
) -> Result<Columns, PageFailure> {
    let language = visit.language;
    let questionnaire = visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
    let chrome = visit.chrome("crosscheck-columns");
    let headings = draft.headings();
    let mut told = notes(&chrome, &draft.book.notes.iter().cloned().collect::<Vec<_>>());
    if headings.iter().any(|it| it.twice) {
        told.push(chrome.t("tables-note-duplicate"));
    }
    let sheet = draft.sheet();
    let preview: Vec<(u32, bool, Vec<String>)> = sheet
        .map(|sheet| {
            let first = draft.mapping.heading.saturating_sub(2);
            let rows = sheet.rows.iter().filter(|it| first <= it.line).take(SHOWN.0);
            let width = sheet.width().min(SHOWN.1);
            let cells = |row: &tables::Row| (0..width).map(|it| row.text(it)).collect();
            rows.map(|it| (it.line, it.line == draft.mapping.heading, cells(it))).collect()
        })
        .unwrap_or_default();
    let columns = headings
        .iter()
        .take(usize::from(COLUMNS))
        .map(|it| {
            let chosen = draft.mapping.columns.iter().find(|other| other.heading == it.name);
            let samples: Vec<String> = sheet
                .map(|sheet| sheet.lines_below(draft.mapping.heading).take(3))
                .into_iter()
                .flatten()
                .map(|row| row.text(it.column))
                .filter(|it| !it.is_empty())
                .collect();
            let field = format!("donnee-{}", it.column);
            Asked {
                at: it.column,
                letters: letters(it.column),
                heading: it.name.clone(),
                twice: it.twice,
                samples: samples.join(", "),
                target: chosen.map(|it| it.target.clone()).unwrap_or_default(),
                named: chosen
                    .filter(|it| target(&questionnaire, &it.target).is_some())
                    .map(|it| super::mapping::named(&questionnaire, &it.target, language))
                    .unwrap_or_default(),
                factor: chosen.map_or_else(|| "1".to_owned(), |it| language.written(&it.factor)),
                error: errors
                    .iter()
                    .find(|it| it.0 == field)
                    .map(|it| it.1.clone())
                    .unwrap_or_default(),
            }
        })
        .collect();
    let level = draft.mapping.level.clone();
    Ok(Columns {
        id: id.to_owned(),
        sheets: draft
            .book
            .sheets
            .iter()
            .filter(|it| !it.rows.is_empty())
            .map(|it| {
                let label = if it.name.is_empty() { draft.file.clone() } else { it.name.clone() };
                (it.name.clone(), label, it.name == draft.mapping.sheet)
            })
            .collect(),
        notes: told,
        preview,
        letters: (0..sheet.map_or(0, |it| it.width().min(SHOWN.1))).map(letters).collect(),
        columns,
        names: headings.iter().map(|it| it.name.clone()).collect(),
        choices: choices(&questionnaire, language),
        levels: ["commune", "cercle", "region"].map(|it| (it, it == level)).to_vec(),
        errors,
        draft,
        chrome,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Looked {
    feuille: Option<String>,
    titres: Option<String>,
}

async fn columns(
    visit: Visit,
    Path(id): Path<String>,
    Query(looked): Query<Looked>,
) -> Result<Response, PageFailure> {
    let mut draft = Draft::clone(&*found(&visit, &id)?);
    if let Some(sheet) = looked.feuille {
        let line = looked.titres.and_then(|it| it.trim().parse().ok()).filter(|it| *it != 0);
        let questionnaire =
            visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
        // Another sheet has its own headings.
        let line = line.filter(|_| sheet == draft.mapping.sheet);
        draft.look_at(&sheet, line, &questionnaire);
        let id = DRAFTS.keep(&visit, draft);
        return Ok(Redirect::to(&address(&id, "colonnes")).into_response());
    }
    visit.page(&columns_view(&visit, &id, draft, Vec::new()).await?)
}

async fn set_columns(
    visit: Visit,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let mut draft = Draft::clone(&*found(&visit, &id)?);
    let fields: BTreeMap<&str, &str> =
        pairs.iter().map(|it| (it.0.as_str(), it.1.trim())).collect();
    let field = |name: &str| fields.get(name).copied().unwrap_or_default();
    let questionnaire = visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
    let headings = draft.headings();
    let mut wrong: Vec<Refused> = Vec::new();
    let mapping = &mut draft.mapping;
    mapping.place = field("lieu").to_owned();
    mapping.above = field("dans").to_owned();
    mapping.level = match field("niveau") {
        it @ ("cercle" | "region") => it.to_owned(),
        _ => "commune".to_owned(),
    };
    mapping.period_column = field("colonne_periode").to_owned();
    mapping.period = field("periode").to_owned();
    let has = |name: &str| headings.iter().any(|it| it.name == name);
    if !has(&mapping.place) {
        wrong.push(Refused::field("lieu", "crosscheck-no-place", ""));
    }
    let period = read_period(&mapping.period);
    if mapping.period_column.is_empty() {
        match period {
            None if mapping.period.is_empty() => {
                wrong.push(Refused::field("periode", "crosscheck-no-period", ""));
            }
            None => {
                let found = &mapping.period;
                wrong.push(Refused::field("periode", "crosscheck-not-a-period", found));
            }
            Some(it) => mapping.period = it.to_string(),
        }
    } else {
        mapping.period.clear();
    }
    for (name, kept) in [
        ("tolerance", &mut mapping.tolerance.percent),
        ("tolerance_absolue", &mut mapping.tolerance.absolute),
    ] {
        let typed = field(name);
        match read_number(if typed.is_empty() { "0" } else { typed }) {
            Some(it) if it >= Decimal::ZERO => *kept = it.normalize().to_string(),
            _ => wrong.push(Refused::field(name, "crosscheck-not-a-tolerance", typed)),
        }
    }
    mapping.columns.clear();
    let level = mapping.level();
    for it in headings.iter().take(usize::from(COLUMNS)) {
        let name = format!("donnee-{}", it.column);
        let typed = field(&name);
        if typed.is_empty() {
            continue;
        }
        let Some(text) = canonical(&questionnaire, typed) else {
            wrong.push(Refused::field(name, "crosscheck-no-target", typed));
            let column = Column {
                heading: it.name.clone(),
                target: typed.to_owned(),
                factor: "1".to_owned(),
            };
            mapping.columns.push(column);
            continue;
        };
        let factor = field(&format!("facteur-{}", it.column));
        let read = read_number(if factor.is_empty() { "1" } else { factor });
        let factor = match read.filter(|it| !it.is_zero()) {
            Some(it) => it.normalize().to_string(),
            None => {
                wrong.push(Refused::field(name.clone(), "crosscheck-not-a-factor", factor));
                "1".to_owned()
            }
        };
        if let Some(found) = target(&questionnaire, &text)
            && let Err(key) = fits(&questionnaire, found.cells.element, period, level)
        {
            wrong.push(Refused::field(name, key, &text));
        }
        mapping.columns.push(Column { heading: it.name.clone(), target: text, factor });
    }
    if mapping.columns.is_empty() {
        wrong.push(Refused::field("donnee-0", "crosscheck-no-column", ""));
    }
    if wrong.is_empty() {
        let id = DRAFTS.keep(&visit, draft);
        return Ok(Redirect::to(&address(&id, "lieux")).into_response());
    }
    let errors = wrong
        .iter()
        .map(|it| {
            let field = match it {
                Refused::Field { field, .. } => field.clone(),
                _ => String::new(),
            };
            (field, visit.app.tell(visit.language, &it.message()))
        })
        .collect();
    visit.correct(&columns_view(&visit, &id, draft, errors).await?)
}

/// A place that a person must say.
struct Question {
    at: usize,
    written: Written,
    candidates: Vec<(String, String, bool)>,
    /// What was typed instead of a choice.
    other: String,
    ignored: bool,
    missing: bool,
}

#[derive(Template)]
#[template(path = "crosscheck/places.html")]
struct Places {
    chrome: Chrome,
    id: String,
    source: String,
    questions: Vec<Question>,
    /// What needs no question: written, ours, above.
    sure: Vec<(String, String, String)>,
    known: usize,
    /// All our places of the level: code and name.
    all: Vec<(String, String)>,
    refusal: String,
}

impl Places {
    fn back(&self) -> String {
        address(&self.id, "colonnes")
    }

    fn count(&self) -> String {
        let (sure, asked) = (self.sure.len(), self.questions.len());
        self.chrome.t2("crosscheck-places-count", ("sure", sure), ("asked", asked))
    }
}

/// What a draft names, and what it may name.
#[derive(Default)]
struct Found {
    places: Vec<(Written, Matched)>,
    all: Vec<(String, String)>,
}

/// The places of a draft, with what a machine can say of each.
async fn matched(visit: &Visit, draft: &Draft) -> Result<Found, PageFailure> {
    let Some(sheet) = draft.sheet() else { return Ok(Found::default()) };
    let written = written(sheet, &draft.mapping);
    let (place, level) = (draft.place.clone(), draft.mapping.level());
    let day = super::compare::span(read_period(&draft.mapping.period).into_iter());
    let day = day.map_or_else(|| visit.today(), |it| it.1.last_day().min(visit.today()));
    visit
        .app
        .read::<_, Failure>(move |tx| {
            let ground = ground(tx, &place, day)?.ok_or(Failure::NotFound)?;
            let found = matches(&ground, level, &written);
            let units = ground.tree.units().iter().filter(|it| it.level == level);
            let all = units.map(|it| (it.code.clone(), ground.name(&it.code).to_owned()));
            Ok(Found { all: all.collect(), places: written.into_iter().zip(found).collect() })
        })
        .await
        .map_err(PageFailure::from)
}

async fn places_view(visit: &Visit, id: &str, refusal: String) -> Result<Places, PageFailure> {
    let draft = found(visit, id)?;
    let (mut questions, mut sure, mut known) = (Vec::new(), Vec::new(), 0);
    let Found { places, all } = matched(visit, &draft).await?;
    for (at, (written, found)) in places.into_iter().enumerate() {
        let before = draft.places.get(&written.key());
        match found {
            Matched::Sure(it) => sure.push((written.name, it.name, it.above)),
            Matched::Asked(candidates) => {
                known += usize::from(before.is_some());
                let among = |code: &String| candidates.iter().any(|it| it.code == *code);
                let other = before.filter(|it| !it.is_empty() && !among(it));
                let other = other.cloned().unwrap_or_default();
                let candidates = candidates
                    .into_iter()
                    .map(|it| {
                        let chosen = before == Some(&it.code);
                        let label = match it.above.is_empty() {
                            true => format!("{} · {}", it.name, it.code),
                            false => format!("{} ({}) · {}", it.name, it.above, it.code),
                        };
                        (it.code, label, chosen)
                    })
                    .collect();
                let ignored = before.is_some_and(String::is_empty);
                let missing = !refusal.is_empty() && before.is_none();
                questions.push(Question { at, written, candidates, other, ignored, missing });
            }
        }
    }
    Ok(Places {
        chrome: visit.chrome("crosscheck-places"),
        id: id.to_owned(),
        source: draft.name.clone(),
        questions,
        sure,
        known,
        all,
        refusal,
    })
}

async fn places(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    visit.page(&places_view(&visit, &id, String::new()).await?)
}

async fn set_places(
    visit: Visit,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let mut draft = Draft::clone(&*found(&visit, &id)?);
    let fields: BTreeMap<&str, &str> =
        pairs.iter().map(|it| (it.0.as_str(), it.1.trim())).collect();
    let mut unsaid = 0;
    let Found { places, all } = matched(&visit, &draft).await?;
    for (at, (written, found)) in places.into_iter().enumerate() {
        let Matched::Asked(candidates) = found else { continue };
        let other = fields.get(format!("autre-{at}").as_str()).copied().unwrap_or_default();
        let other = other.split(' ').next().unwrap_or_default();
        if let Some(it) = all.iter().find(|it| it.0.eq_ignore_ascii_case(other)) {
            draft.places.insert(written.key(), it.0.clone());
            continue;
        }
        let chosen = fields.get(format!("lieu-{at}").as_str()).copied().unwrap_or_default();
        match chosen {
            "aucun" => {
                draft.places.insert(written.key(), String::new());
            }
            code if candidates.iter().any(|it| it.code == code) => {
                draft.places.insert(written.key(), code.to_owned());
            }
            _ => {
                draft.places.remove(&written.key());
                unsaid += 1;
            }
        }
    }
    let id = DRAFTS.keep(&visit, draft);
    if unsaid == 0 {
        return Ok(Redirect::to(&address(&id, "accord")).into_response());
    }
    let message = Message::new("crosscheck-places-unsaid").with("count", unsaid);
    let refusal = visit.app.tell(visit.language, &message);
    visit.correct(&places_view(&visit, &id, refusal).await?)
}

#[derive(Template)]
#[template(path = "crosscheck/agree.html")]
struct Agree {
    chrome: Chrome,
    id: String,
    source: String,
    values: String,
    places: String,
    absent: String,
    left_out: String,
    faulty: usize,
    faults: Vec<[String; 3]>,
    totals: String,
    first: Vec<[String; 4]>,
    refusal: String,
}

impl Agree {
    fn back(&self) -> String {
        address(&self.id, "colonnes")
    }
}

/// Everything of a draft: what it gives, with the places that are sure or were said.
async fn taken(visit: &Visit, draft: &Draft) -> Result<super::Taken, PageFailure> {
    let mut places = draft.places.clone();
    for (written, found) in matched(visit, draft).await?.places {
        if let Matched::Sure(it) = found {
            places.insert(written.key(), it.code);
        }
    }
    let questionnaire = visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
    let draft = draft.clone();
    let work = move || {
        let sheet = draft.sheet();
        Ok(sheet.map(|it| take(&questionnaire, it, &draft.mapping, &places)).unwrap_or_default())
    };
    Ok(visit.app.work(work).await?)
}

async fn agree_view(visit: &Visit, id: &str, refusal: String) -> Result<Agree, PageFailure> {
    let draft = found(visit, id)?;
    let taken = taken(visit, &draft).await?;
    let language = visit.language;
    let count = |it: usize| language.integer(i64::try_from(it).unwrap_or(i64::MAX));
    let questionnaire = visit.app.read::<_, Failure>(newest).await.map_err(PageFailure::from)?;
    let mut units: Vec<&str> = taken.values.iter().map(|it| it.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let first = taken
        .values
        .iter()
        .take(8)
        .map(|it| {
            let period = it.period.parse().map(|it| language.period(it)).unwrap_or_default();
            let what = super::mapping::named(&questionnaire, &it.target, language);
            [
                it.line.to_string(),
                it.unit.clone(),
                format!("{what}, {period}"),
                language.written(&it.value),
            ]
        })
        .collect();
    let lines: Vec<String> = taken.totals.iter().take(12).map(ToString::to_string).collect();
    Ok(Agree {
        chrome: visit.chrome("crosscheck-agree"),
        id: id.to_owned(),
        source: draft.name.clone(),
        values: count(taken.values.len()),
        places: count(units.len()),
        absent: count(taken.absent),
        left_out: count(taken.left_out),
        faulty: taken.faulty,
        faults: taken
            .faults
            .iter()
            .map(|it| {
                let said = visit.app.tell(language, &it.message);
                [it.line.to_string(), it.column.clone(), said]
            })
            .collect(),
        totals: lines.join(", "),
        first,
        refusal,
    })
}

async fn agree(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    visit.page(&agree_view(&visit, &id, String::new()).await?)
}

#[derive(Deserialize)]
struct Nothing {}

async fn accept(
    visit: Visit,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageFailure> {
    let draft = found(&visit, &id)?;
    let taken = taken(&visit, &draft).await?;
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let loading = Loading {
                name: &draft.name,
                place: &draft.place,
                file: &draft.file,
                hash: &draft.hash,
                mapping: &draft.mapping,
                places: &draft.places,
            };
            load(ctx, &loading, taken)
        })
        .await;
    match done {
        Ok(source) => {
            DRAFTS.forget(&id);
            Ok(Redirect::to(&format!("/suivi/recoupement/{source}")).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let said = visit.app.tell(visit.language, &rule.message());
            visit.correct(&agree_view(&visit, &id, said).await?)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
