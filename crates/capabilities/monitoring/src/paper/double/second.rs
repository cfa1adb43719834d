//! Typing a form for the second time: the questions in paper order, nothing of the first typing;
//! and, once finished, the gaps side by side.

use super::{board_href, decision, second_href};
use crate::circuit::double_entry::{self, Decided, Keying, Refused};
use crate::entry::page::{self, chrome};
use crate::entry::{Question, Row, Sheet, cell_named, sheet};
use crate::questionnaire::{CellId, Tier};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Quarter, Reject, Stop};
use std::collections::BTreeMap;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::EnterValues);
    Routes::new().get("/suivi/double-saisie/{unit}/{quarter}/{form}", access, show).post(
        "/suivi/double-saisie/{unit}/{quarter}/{form}",
        access,
        save,
    )
}

pub(super) type At = (String, String, String);

#[derive(Template)]
#[template(path = "paper/second.html")]
struct View {
    chrome: Chrome,
    sheet: Sheet,
    title: String,
    action: String,
    board: String,
    /// What was typed so far, by the name of the cell.
    typed: BTreeMap<String, String>,
    /// Why a cell is refused.
    errors: Vec<(String, String)>,
    refusal: Option<String>,
    saved: bool,
}

impl View {
    fn period(&self) -> String {
        self.chrome.language().period(self.sheet.period)
    }

    fn value(&self, row: &Row) -> &str {
        match self.typed.get(&row.name).map(String::as_str) {
            Some("NSP") | None => "",
            Some(it) => it,
        }
    }

    fn is_unknown(&self, row: &Row) -> bool {
        self.typed.get(&row.name).is_some_and(|it| it == "NSP")
    }

    fn error(&self, row: &Row) -> Option<&str> {
        self.errors.iter().find(|it| it.0 == row.name).map(|it| it.1.as_str())
    }
}

struct Found {
    sheet: Sheet,
    keying: Option<Keying>,
    decided: Vec<Decided>,
}

async fn read(visit: &Visit, at: &At) -> Result<Found, PageFailure> {
    let quarter = page::quarter(&at.1, visit.today())?;
    let (unit, form) = (at.0.clone(), at.2.clone());
    let (actor, language) = (visit.actor.clone(), visit.language);
    let found = visit.app.read(move |tx| {
        page::visible(tx, &actor, &unit, quarter)?;
        let at = (unit.as_str(), quarter, form.as_str());
        let whole = sheet(tx, &actor, at, Tier::Complete, language)?.ok_or(Failure::NotFound)?;
        // The tier in which the first person worked; it says nothing of the values.
        let beyond = |it: &Row| {
            let element = whole.questionnaire.element(it.cell.element);
            element.tier == Tier::Complete && !it.held.is_empty()
        };
        let is_complete = whole.parts.iter().flat_map(|it| &it.rows).any(beyond);
        let sheet = match is_complete {
            true => whole,
            false => sheet(tx, &actor, at, Tier::Core, language)?.ok_or(Failure::NotFound)?,
        };
        let keying = double_entry::keying(tx, &unit, quarter, &form)?;
        let decided = double_entry::decisions(tx, &unit, quarter, &form)?;
        Ok(Found { sheet, keying, decided })
    });
    found.await.map_err(|it: Failure| PageFailure::from(it))
}

fn view(visit: &Visit, at: &At, sheet: Sheet, typed: BTreeMap<String, String>) -> View {
    let set = &sheet.questionnaire.data_sets()[usize::from(sheet.data_set)];
    let title = format!("{} {}", at.2, set.label.say(visit.language));
    let closer = sheet.ground.above.first().map_or(at.0.as_str(), |it| it.0.as_str());
    View {
        chrome: chrome(visit, title.clone(), &sheet.ground, sheet.quarter),
        title,
        action: second_href(&at.0, sheet.quarter, &at.2),
        board: board_href(closer, sheet.quarter),
        typed,
        errors: Vec::new(),
        refusal: None,
        saved: false,
        sheet,
    }
}

async fn show(visit: Visit, Path(at): Path<At>) -> Result<Response, PageFailure> {
    let Found { sheet, keying, decided } = read(&visit, &at).await?;
    if let Some(keying) = keying.as_ref().filter(|it| it.compared.is_some()) {
        return decision::page(&visit, &at, sheet, keying, &decided, None).await;
    }
    let mine = visit.actor.person_id.map(|it| it.to_string()).unwrap_or_default();
    let begun = keying.filter(|it| it.person == mine);
    let saved = begun.is_some();
    let cells = begun.map(|it| it.cells).unwrap_or_default();
    let rows = sheet.parts.iter().flat_map(|it| &it.rows);
    let typed = rows
        .filter_map(|it| {
            let text = cells.get(sheet.questionnaire.cell_text(it.cell))?;
            Some((it.name.clone(), text.clone()))
        })
        .collect();
    visit.page(&View { saved, ..view(&visit, &at, sheet, typed) })
}

async fn save(
    visit: Visit,
    Path(at): Path<At>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let quarter: Quarter = page::quarter(&at.1, visit.today())?;
    let (mut typed, mut finished) = (BTreeMap::new(), false);
    let mut unknown = Vec::new();
    for (name, text) in pairs {
        if name == "nsp" {
            unknown.push(text);
        } else if name == "fin" {
            finished = text == "oui";
        } else if let Some(cell) = name.strip_prefix("v.") {
            typed.insert(cell.to_owned(), text);
        }
    }
    for cell in unknown {
        typed.insert(cell, "NSP".to_owned());
    }
    let Found { sheet, .. } = read(&visit, &at).await?;
    let cells: Vec<(CellId, String)> = typed
        .iter()
        .filter_map(|(name, text)| Some((cell_named(&sheet.questionnaire, name)?, text.clone())))
        .collect();
    let (unit, form) = (at.0.clone(), at.2.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            double_entry::key(ctx, (&unit, quarter, &form), &cells, finished)
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to(&second_href(&at.0, quarter, &at.2)).into_response()),
        Err(Stop::Refused(rule)) => {
            let mut view = view(&visit, &at, sheet, typed);
            if let Refused::Cells(wrong) = &rule {
                let rows: Vec<&Row> = view.sheet.parts.iter().flat_map(|it| &it.rows).collect();
                let told = wrong.iter().filter_map(|(cell, rule)| {
                    let row = rows.iter().find(|it| it.cell == *cell)?;
                    let words = visit.app.tell(visit.language, &rule.as_ref()?.message());
                    Some((row.name.clone(), words))
                });
                view.errors = told.collect();
            }
            view.refusal = Some(visit.app.tell(visit.language, &rule.message()));
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
