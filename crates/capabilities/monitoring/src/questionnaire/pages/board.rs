//! The edition in preparation: from when, about what, what it changes, whether it holds together.

use super::read::say_of;
use super::{EDIT, edit_href, fields, shown};
use crate::analysis::Say;
use crate::questionnaire::{
    Change, ContentError, DraftRefused as Refused, Row, Sheet, Working, drop_draft, issue, start,
    undo, working,
};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let nation = Access::Needs(EDIT);
    Routes::new()
        .get("/suivi/questionnaire/modifier", nation, show)
        .post("/suivi/questionnaire/modifier", nation, act)
        .get("/suivi/questionnaire/modifier/{sheet}", nation, rows)
}

/// Where the edition in preparation does not hold together.
pub(super) struct Wrong {
    pub(super) at: String,
    pub(super) href: String,
    pub(super) told: String,
    /// The formula before the mistake, the sign at fault, what follows it.
    pub(super) formula: Option<(String, String, String)>,
}

pub(super) fn wrong(say: &Say<'_>, visit: &Visit, working: &Working, it: &ContentError) -> Wrong {
    let sheet = Sheet::ALL.into_iter().find(|one| one.file() == it.file);
    let row = sheet.and_then(|sheet| working.tables.row(sheet, it.row()));
    let column = say.t(&fields::word(&it.column));
    let mut at = say.with(
        "edition-wrong-at",
        &[
            ("row", it.row().to_owned()),
            ("column", if it.column.is_empty() { String::new() } else { column }),
        ],
    );
    if let Some(position) = it.character() {
        let told = say.with("edition-at-character", &[("position", position.to_string())]);
        at = format!("{at}, {told}");
    }
    Wrong {
        at,
        href: sheet.map(|sheet| edit_href(sheet, Some(it.row()))).unwrap_or_default(),
        told: visit.app.tell(visit.language, &it.here()),
        formula: row.and_then(|row| marked(row, it)),
    }
}

/// The formula of a mistake, cut around the sign at fault.
fn marked(row: &Row, it: &ContentError) -> Option<(String, String, String)> {
    let letters: Vec<char> = row.text(&it.column).chars().collect();
    let at = it.character()?.checked_sub(1)?;
    let part = |from: usize, to: usize| -> String {
        letters.get(from..to.min(letters.len())).unwrap_or_default().iter().collect()
    };
    // A pair of brackets, a name: what is at fault is seen whole.
    let end = match letters.get(at) {
        Some('[') => letters[at..].iter().position(|it| *it == ']').map_or(at, |it| at + it),
        Some(first) if first.is_ascii_alphabetic() => {
            let name = |it: &char| it.is_ascii_alphanumeric() || *it == '_';
            at + letters[at..].iter().take_while(|it| name(it)).count().saturating_sub(1)
        }
        _ => at,
    };
    let fault = part(at, end + 1);
    // Something is missing at the end.
    let fault = if fault.is_empty() { "…".to_owned() } else { fault };
    Some((part(0, at.min(letters.len())), fault, part((end + 1).min(letters.len()), letters.len())))
}

struct ChangeLine {
    sheet: String,
    sheet_word: &'static str,
    key: String,
    name: String,
    kind: &'static str,
    word: String,
    href: String,
    columns: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "questionnaire/board.html")]
struct View {
    chrome: Chrome,
    from: String,
    about: String,
    exists: bool,
    lines: Vec<ChangeLine>,
    wrong: Vec<Wrong>,
    wrong_count: String,
    sheets: Vec<(String, String)>,
    refusal: Option<(&'static str, String)>,
}

fn line(say: &Say<'_>, working: &Working, change: &Change) -> ChangeLine {
    let before = working.series.editions.last().tables.row(change.sheet, &change.key);
    let now = working.tables.row(change.sheet, &change.key);
    let (kind, word) = match (before, now) {
        (None, _) => ("done", "edition-added"),
        (_, None) => ("stopped", "edition-retired"),
        _ => ("draft", "edition-changed"),
    };
    let columns = fields::columns(change.sheet).iter().filter_map(|(column, typing)| {
        let (before, now) = (before?, now?);
        let (old, new) = (before.text(column), now.text(column));
        let text = |it: &str| shown::text(it, *typing);
        (old != new).then(|| (say.t(&fields::word(column)), text(old), text(new)))
    });
    ChangeLine {
        sheet: say.t(&format!("questionnaire-sheet-{}", change.sheet.word())),
        sheet_word: change.sheet.word(),
        key: change.key.clone(),
        name: now.or(before).map(|it| shown::name(it, say.language)).unwrap_or_default(),
        kind,
        word: say.t(word),
        href: if now.is_some() {
            edit_href(change.sheet, Some(&change.key))
        } else {
            String::new()
        },
        columns: columns.collect(),
    }
}

fn view(visit: &Visit, working: Option<&Working>) -> View {
    let say = say_of(visit);
    let sheets = fields::SHOWN.into_iter().map(|it| {
        let word = say.t(&format!("questionnaire-sheet-{}", it.word()));
        (format!("/suivi/questionnaire/modifier/{}", it.word()), word)
    });
    let next = Quarter::of(visit.today());
    let changes = working.iter().flat_map(|it| it.draft.changes.iter().map(|one| (*it, one)));
    let wrong: Vec<Wrong> = working
        .iter()
        .flat_map(|it| it.read.as_ref().err().into_iter().flatten().map(|one| (*it, one)))
        .map(|(working, error)| wrong(&say, visit, working, error))
        .collect();
    View {
        from: working.map_or_else(|| next.plus(1).to_string(), |it| it.draft.from.to_string()),
        about: working.map(|it| it.draft.title.clone()).unwrap_or_default(),
        exists: working.is_some(),
        lines: changes.map(|(working, it)| line(&say, working, it)).collect(),
        wrong_count: say.with("edition-wrong-count", &[("count", wrong.len().to_string())]),
        wrong,
        sheets: sheets.collect(),
        refusal: None,
        chrome: visit.chrome("edition-title"),
    }
}

async fn held(visit: &Visit) -> Result<Option<Working>, PageFailure> {
    let found: Result<_, Failure> = visit.app.read(working).await;
    Ok(found?)
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let working = held(&visit).await?;
    visit.page(&view(&visit, working.as_ref()))
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    acte: String,
    trimestre: String,
    objet: String,
    table: String,
    cle: String,
}

async fn act(visit: Visit, Form(fields): Form<Fields>) -> Result<Response, PageFailure> {
    let given = fields.clone();
    let done: Result<Option<u32>, Stop<Refused>> = visit
        .app
        .write(&visit.actor, move |ctx| {
            match fields.acte.as_str() {
                "commencer" => start(ctx, &fields.trimestre, &fields.objet)?,
                "abandonner" => drop_draft(ctx)?,
                "annuler" => {
                    let sheet = Sheet::from_word(&fields.table)
                        .ok_or_else(|| Stop::Refused(Refused::NoRow(fields.table.clone())))?;
                    undo(ctx, sheet, &fields.cle)?;
                }
                "emettre" => return issue(ctx).map(Some),
                _ => return Err(Stop::Failed(Failure::NotFound)),
            }
            Ok(None)
        })
        .await;
    match done {
        Ok(Some(number)) => {
            Ok(Redirect::to(&format!("/suivi/questionnaire?emise={number}")).into_response())
        }
        Ok(None) if given.acte == "abandonner" => {
            Ok(Redirect::to("/suivi/questionnaire").into_response())
        }
        Ok(None) => Ok(Redirect::to("/suivi/questionnaire/modifier").into_response()),
        Err(Stop::Refused(rule)) => {
            let working = held(&visit).await?;
            let mut view = view(&visit, working.as_ref());
            if given.acte == "commencer" {
                (view.from, view.about) = (given.trimestre, given.objet);
            }
            let field = match &rule {
                Refused::NoTitle | Refused::TooLong(_) => "objet",
                Refused::NotAQuarter(_) | Refused::TooEarly(_) | Refused::Filed(_) => "trimestre",
                _ => "changements",
            };
            view.refusal = Some((field, visit.app.tell(visit.language, &rule.message())));
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
}

#[derive(Template)]
#[template(path = "questionnaire/rows.html")]
struct Rows {
    chrome: Chrome,
    title: String,
    q: String,
    action: String,
    add: String,
    lines: Vec<(String, String, String, String)>,
}

/// The rows of a table as the edition has them, to choose one.
async fn rows(
    visit: Visit,
    Path(word): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, PageFailure> {
    let sheet = super::read::sheet(&word)?;
    let Some(working) = held(&visit).await? else {
        return Ok(Redirect::to("/suivi/questionnaire/modifier").into_response());
    };
    let say = say_of(&visit);
    let wanted = kernel::search::fold(&search.q);
    let lines = working.tables.rows(sheet).iter().filter_map(|row| {
        let name = shown::name(row, visit.language);
        let summary = shown::summary(&say, sheet, row);
        let text = kernel::search::fold(&format!("{} {name} {summary}", row.key));
        let line = (edit_href(sheet, Some(&row.key)), row.key.clone(), name, summary);
        text.contains(&wanted).then_some(line)
    });
    let title = say.t(&format!("questionnaire-sheet-{}", sheet.word()));
    visit.page(&Rows {
        action: format!("/suivi/questionnaire/modifier/{}", sheet.word()),
        add: edit_href(sheet, None),
        lines: lines.collect(),
        q: search.q,
        chrome: visit.chrome_titled(title.clone()),
        title,
    })
}
