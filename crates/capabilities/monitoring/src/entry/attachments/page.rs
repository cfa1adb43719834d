//! The pieces of a form on their page.

use super::kind::LARGEST;
use super::store::{Piece, Refused, attach, content, pieces, withdraw};
use crate::entry::page::{self, chrome, form_href};
use crate::entry::{cell_label, cell_named, name_of};
use crate::questionnaire::{self, Questionnaire, Tier};
use crate::store::Ground;
use askama::Template;
use axum::extract::{FromRequest, Multipart, Path, Query, Request};
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use std::sync::Arc;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(crate) fn routes() -> Routes {
    let (read, write) =
        (Access::Needs(Action::ReadUnpublished), Access::Needs(Action::EnterValues));
    let here = "/suivi/saisie/{unit}/{quarter}/{form}/pieces";
    Routes::new()
        .get(here, read, show)
        .upload(here, write, LARGEST + 64 * 1024, add)
        .post("/suivi/saisie/{unit}/{quarter}/{form}/pieces/retrait", write, take_off)
        .get("/suivi/saisie/{unit}/{quarter}/{form}/pieces/{hash}", read, file)
}

type At = (String, String, String);

/// A piece as the page shows it.
struct Line {
    href: String,
    piece: Piece,
    cell: String,
    size: String,
    who: String,
    instant: String,
}

#[derive(Template)]
#[template(path = "entry/pieces.html")]
struct View {
    chrome: Chrome,
    title: String,
    form_href: String,
    action: String,
    lines: Vec<Line>,
    /// The cells: name, label, chosen.
    cells: Vec<(String, String, bool)>,
    may_add: bool,
    most: usize,
    refusal: Option<String>,
}

fn name(questionnaire: &Questionnaire, cell: questionnaire::CellId) -> String {
    questionnaire.cell_text(cell).replace(['|', ';'], ".").replace('=', "-")
}

struct Found {
    ground: Ground,
    questionnaire: Arc<Questionnaire>,
    pieces: Vec<(Piece, String)>,
}

async fn view(
    visit: &Visit,
    at: &At,
    chosen: &str,
    refusal: Option<String>,
) -> Result<View, PageFailure> {
    let quarter = page::quarter(&at.1, visit.today())?;
    let (actor, unit, form) = (visit.actor.clone(), at.0.clone(), at.2.clone());
    let found = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &unit, quarter)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let mut found = Vec::new();
        for it in pieces(tx, (&unit, quarter, &form))? {
            let who = name_of(tx, &it.person)?;
            found.push((it, who));
        }
        Ok(Found { ground, questionnaire, pieces: found })
    });
    let Found { ground, questionnaire, pieces } =
        found.await.map_err(|it: Failure| PageFailure::from(it))?;
    let (number, set) = questionnaire.data_set(&at.2).ok_or(PageFailure::NotFound)?;
    let language = visit.language;
    let action = format!("/suivi/saisie/{}/{quarter}/{}/pieces", at.0, at.2);
    let whole = visit.app.catalogue().say(language, "pieces-whole", &[]);
    let lines = pieces.into_iter().map(|(piece, who)| {
        let cell = questionnaire.cell_of(&piece.cell);
        Line {
            href: format!("{action}/{}", piece.hash),
            cell: cell.map_or_else(|| whole.clone(), |it| cell_label(&questionnaire, it, language)),
            size: language.integer(piece.size.max(0).unsigned_abs().div_ceil(1024) as i64),
            who,
            instant: language.instant(piece.at_millis),
            piece,
        }
    });
    let layout = questionnaire.form(number, Tier::Complete);
    let cells = layout.cells().map(|it| {
        let name = name(&questionnaire, it);
        let is_chosen = name == chosen;
        (name, cell_label(&questionnaire, it, language), is_chosen)
    });
    let title = format!("{} {}", at.2, set.label.say(language));
    Ok(View {
        lines: lines.collect(),
        cells: cells.collect(),
        may_add: visit.may(Action::EnterValues, &ground.object(&at.0)),
        chrome: chrome(visit, title.clone(), &ground, quarter),
        title,
        form_href: form_href((&at.0, quarter, &at.2), Tier::Core, ""),
        action,
        most: LARGEST / 1024,
        refusal,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    case: String,
}

async fn show(
    visit: Visit,
    Path(at): Path<At>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    visit.page(&view(&visit, &at, &asked.case, None).await?)
}

async fn refused(
    visit: &Visit,
    at: &At,
    chosen: &str,
    rule: &Refused,
) -> Result<Response, PageFailure> {
    let words = visit.app.tell(visit.language, &rule.message());
    visit.correct(&view(visit, at, chosen, Some(words)).await?)
}

async fn add(visit: Visit, Path(at): Path<At>, request: Request) -> Result<Response, PageFailure> {
    let quarter: Quarter = page::quarter(&at.1, visit.today())?;
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| PageFailure::Unreadable)?;
    let (mut token, mut case, mut given) = (String::new(), String::new(), None);
    let too_large = Refused::TooLarge { size: LARGEST + 1 };
    loop {
        let part = match parts.next_field().await {
            Ok(Some(it)) => it,
            Ok(None) => break,
            Err(_) => return refused(&visit, &at, &case, &too_large).await,
        };
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().unwrap_or_default().to_owned();
        let Ok(bytes) = part.bytes().await else {
            return refused(&visit, &at, &case, &too_large).await;
        };
        match field.as_str() {
            "jeton" => token = String::from_utf8_lossy(&bytes).into_owned(),
            "case" => case = String::from_utf8_lossy(&bytes).into_owned(),
            "piece" if !bytes.is_empty() => given = Some((name, bytes)),
            _ => {}
        }
    }
    if token != visit.chrome("pieces-title").jeton {
        return Err(PageFailure::Denied);
    }
    let Some((name, bytes)) = given else {
        return refused(&visit, &at, &case, &Refused::Nothing).await;
    };
    let (unit, form, wanted) = (at.0.clone(), at.2.clone(), case.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let questionnaire = questionnaire::in_force(ctx.tx, quarter)?;
            let cell = match wanted.as_str() {
                "" => "",
                it => match cell_named(&questionnaire, it) {
                    Some(cell) => questionnaire.cell_text(cell),
                    None => return Err(Stop::Refused(Refused::NoCell)),
                },
            };
            attach(ctx, (&unit, quarter, &form), cell, (&name, &bytes))
        })
        .await;
    match done {
        Ok(_) => {
            let here = format!("/suivi/saisie/{}/{quarter}/{}/pieces", at.0, at.2);
            Ok(Redirect::to(&here).into_response())
        }
        Err(Stop::Refused(rule)) => refused(&visit, &at, &case, &rule).await,
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    case: String,
    empreinte: String,
}

async fn take_off(
    visit: Visit,
    Path(at): Path<At>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter: Quarter = page::quarter(&at.1, visit.today())?;
    let (unit, form) = (at.0.clone(), at.2.clone());
    let done = visit.app.write(&visit.actor, move |ctx| {
        withdraw(ctx, (&unit, quarter, &form), (&fields.case, &fields.empreinte))
    });
    match done.await {
        Ok(_) => {}
        Err(Stop::Refused(rule)) => return refused(&visit, &at, "", &rule).await,
        Err(Stop::Failed(failure)) => return Err(failure.into()),
    }
    let here = format!("/suivi/saisie/{}/{quarter}/{}/pieces", at.0, at.2);
    Ok(Redirect::to(&here).into_response())
}

async fn file(
    visit: Visit,
    Path((unit, quarter, form, hash)): Path<(String, String, String, String)>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| {
        page::visible(tx, &actor, &unit, quarter)?;
        content(tx, (&unit, quarter, &form), &hash)
    });
    let (piece, bytes) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let name = format!("piece-{}.{}", &piece.hash[..12], piece.kind.ending());
    Ok(visit.file(&name, piece.kind.media(), bytes))
}
