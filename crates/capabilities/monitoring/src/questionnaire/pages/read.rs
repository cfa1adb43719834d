//! Reading the questionnaire, by edition: for everybody.

use super::{EDIT, fields, href, meeting, row_href, shown};
use crate::analysis::Say;
use crate::questionnaire::{Issued, Meeting, Row, Series, Sheet, Tier, french, series};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use identity::Object;
use kernel::Failure;
use serde::Deserialize;
use std::sync::Arc;
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/suivi/questionnaire", Access::Public, index)
        .get("/suivi/questionnaire/{sheet}", Access::Public, list)
        .get("/suivi/questionnaire/{sheet}/ligne", Access::Public, row)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    edition: Option<u32>,
    cle: String,
    emise: Option<u32>,
}

/// The editions, and the place of the one asked for: by its number, else the last one.
pub(super) async fn at(
    visit: &Visit,
    edition: Option<u32>,
) -> Result<(Arc<Series>, usize), PageFailure> {
    let found: Result<_, Failure> = visit.app.read(series).await;
    let series = found?;
    let count = series.editions.editions().len();
    let at = match edition {
        None => count - 1,
        Some(number) => {
            (0..count).rev().find(|it| series.number(*it) == number).ok_or(PageFailure::NotFound)?
        }
    };
    Ok((series, at))
}

/// Where an edition begins, in words.
pub(super) fn begins(say: &Say<'_>, series: &Series, at: usize) -> String {
    match series.editions.editions().get(at).and_then(|it| it.from) {
        None => say.t("questionnaire-edition-first"),
        Some(from) => {
            let quarter = say.language.quarter(from);
            say.with("questionnaire-edition-from", &[("quarter", quarter)])
        }
    }
}

pub(super) fn say_of(visit: &Visit) -> Say<'_> {
    Say { catalogue: visit.app.catalogue(), language: visit.language }
}

struct EditionLine {
    number: u32,
    from: String,
    about: String,
    issued: String,
    changes: String,
    href: String,
    difference: String,
    current: bool,
}

struct FormLine {
    code: String,
    label: String,
    href: String,
    hint: String,
}

struct MeetingView {
    href: String,
    titles: Vec<String>,
    is_settled: bool,
}

#[derive(Template)]
#[template(path = "questionnaire/index.html")]
struct Index {
    chrome: Chrome,
    shown: String,
    editions: Vec<EditionLine>,
    forms: Vec<FormLine>,
    sheets: Vec<(String, String, usize)>,
    meetings: Vec<MeetingView>,
    unread: Option<(u32, String)>,
    issued: Option<u32>,
    may_edit: bool,
}

async fn index(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let (series, at) = at(&visit, asked.edition).await?;
    let say = say_of(&visit);
    let language = visit.language;
    let questionnaire = series.editions.questionnaire(at).ok_or(PageFailure::NotFound)?;
    let number = series.number(at);
    let editions = (0..series.editions.editions().len()).rev().map(|it| {
        let issued: Option<&Issued> = it.checked_sub(1).and_then(|it| series.issued.get(it));
        let number = series.number(it);
        EditionLine {
            number,
            from: begins(&say, &series, it),
            about: issued.map_or_else(|| say.t("questionnaire-whole"), |it| french(&it.title)),
            issued: issued.map(|it| language.short_date(it.day)).unwrap_or_default(),
            changes: issued.map(|it| it.changes.len().to_string()).unwrap_or_default(),
            href: format!("/suivi/questionnaire?edition={number}"),
            difference: match it.checked_sub(1) {
                Some(before) => format!(
                    "/suivi/questionnaire/differences?de={}&a={number}",
                    series.number(before)
                ),
                None => String::new(),
            },
            current: it == at,
        }
    });
    let forms =
        (0..).zip(questionnaire.data_sets()).filter(|it| it.1.in_force).map(|(form, it)| {
            let layout = questionnaire.form(form, Tier::Complete);
            let arguments = [
                ("elements", layout.parts.len().to_string()),
                ("cells", layout.cells().count().to_string()),
                ("version", series.paper(&it.code, at).to_string()),
            ];
            FormLine {
                code: it.code.clone(),
                label: it.label.say(language).to_owned(),
                href: row_href(Sheet::Forms, &it.code, Some(number)),
                hint: say.with("questionnaire-form-count", &arguments),
            }
        });
    let tables = &series.editions.editions()[at].tables;
    let sheets = fields::SHOWN.into_iter().skip(1).map(|sheet| {
        let word = say.t(&format!("questionnaire-sheet-{}", sheet.word()));
        (href(sheet, Some(number)), word, tables.rows(sheet).len())
    });
    let meeting = |it: &Meeting| MeetingView {
        href: meeting::href(&it.after),
        titles: it.editions.iter().map(|one| french(&one.title)).collect(),
        is_settled: it.is_settled,
    };
    let shown = [("number", number.to_string()), ("from", begins(&say, &series, at))];
    let unread = series.unread.as_ref();
    visit.page(&Index {
        shown: say.with("questionnaire-edition-shown", &shown),
        editions: editions.collect(),
        forms: forms.collect(),
        sheets: sheets.collect(),
        meetings: series.meetings.iter().map(meeting).collect(),
        unread: unread
            .map(|(one, problem)| (one.number, visit.app.tell(language, &problem.here()))),
        issued: asked.emise,
        may_edit: visit.may(EDIT, &Object::Post),
        chrome: visit.chrome("questionnaire-title"),
    })
}

struct ListLine {
    key: String,
    name: String,
    summary: String,
    href: String,
}

#[derive(Template)]
#[template(path = "questionnaire/list.html")]
struct List {
    chrome: Chrome,
    index: String,
    title: String,
    shown: String,
    lines: Vec<ListLine>,
    is_formula: bool,
    edit: String,
}

async fn list(
    visit: Visit,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let sheet = sheet(&word)?;
    let (series, at) = at(&visit, asked.edition).await?;
    let say = say_of(&visit);
    let number = series.number(at);
    let line = |row: &Row| ListLine {
        name: shown::name(row, visit.language),
        summary: shown::summary(&say, sheet, row),
        href: row_href(sheet, &row.key, Some(number)),
        key: row.key.clone(),
    };
    let title = say.t(&format!("questionnaire-sheet-{}", sheet.word()));
    let told = [("number", number.to_string()), ("from", begins(&say, &series, at))];
    visit.page(&List {
        index: format!("/suivi/questionnaire?edition={number}"),
        shown: say.with("questionnaire-edition-shown", &told),
        lines: series.editions.editions()[at].tables.rows(sheet).iter().map(line).collect(),
        is_formula: matches!(sheet, Sheet::Rules | Sheet::Indicators),
        edit: match visit.may(EDIT, &Object::Post) {
            true => format!("/suivi/questionnaire/modifier/{}", sheet.word()),
            false => String::new(),
        },
        chrome: visit.chrome_titled(title.clone()),
        title,
    })
}

pub(super) fn sheet(word: &str) -> Result<Sheet, PageFailure> {
    let found = Sheet::from_word(word).filter(|it| fields::SHOWN.contains(it));
    found.ok_or(PageFailure::NotFound)
}

struct User {
    code: String,
    name: String,
    href: String,
}

#[derive(Template)]
#[template(path = "questionnaire/row.html")]
struct RowView {
    chrome: Chrome,
    index: String,
    list: String,
    list_name: String,
    name: String,
    key: String,
    shown: String,
    cells: Vec<shown::Cell>,
    told: Vec<(String, String, String)>,
    users: Vec<User>,
    elements: Vec<User>,
    edit: String,
}

async fn row(
    visit: Visit,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let sheet = sheet(&word)?;
    let (series, at) = at(&visit, asked.edition).await?;
    let say = say_of(&visit);
    let number = series.number(at);
    let edition = &series.editions.editions()[at];
    let questionnaire = series.editions.questionnaire(at).ok_or(PageFailure::NotFound)?;
    let row = edition.tables.row(sheet, &asked.cle).ok_or(PageFailure::NotFound)?;
    let user = |(sheet, code): (Sheet, String)| {
        let name = edition.tables.row(sheet, &code).map(|it| shown::name(it, visit.language));
        User { href: row_href(sheet, &code, Some(number)), name: name.unwrap_or_default(), code }
    };
    let elements = edition.tables.rows(Sheet::Elements).iter().filter(|it| match sheet {
        Sheet::Forms => it.text("jeu") == row.key,
        Sheet::Options => {
            let code = row.text("dimension");
            it.text("ventilations").split(';').any(|it| it.trim() == code)
                || it.text("liste_choix") == code
        }
        _ => false,
    });
    let elements = elements.map(|it| user((Sheet::Elements, it.key.clone()))).collect();
    let name = shown::name(row, visit.language);
    let told = [("number", number.to_string()), ("from", begins(&say, &series, at))];
    visit.page(&RowView {
        index: format!("/suivi/questionnaire?edition={number}"),
        list: href(sheet, Some(number)),
        list_name: say.t(&format!("questionnaire-sheet-{}", sheet.word())),
        key: row.key.clone(),
        shown: say.with("questionnaire-edition-shown", &told),
        cells: shown::cells(&say, sheet, row),
        told: shown::told(&say, questionnaire, sheet, row.text("code")),
        users: shown::users(questionnaire, sheet, row).into_iter().map(user).collect(),
        elements,
        edit: match visit.may(EDIT, &Object::Post) {
            true => super::edit_href(sheet, Some(&row.key)),
            false => String::new(),
        },
        chrome: visit.chrome_titled(name.clone()),
        name,
    })
}
