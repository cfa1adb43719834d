//! Two typings side by side, and the decision of a person on each gap.

use super::second::At;
use super::{board_href, second_href};
use crate::circuit::double_entry::{self, Choice, Decided, Keying};
use crate::entry::page::{self, chrome};
use crate::entry::{Sheet, cell_label, cell_named, cell_said, name_of, sheet};
use crate::questionnaire::Tier;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Decimal, Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new().post(
        "/suivi/double-saisie/{unit}/{quarter}/{form}/decision",
        Access::Needs(Action::EnterValues),
        decide,
    )
}

/// A cell in which the two differ.
struct Gap {
    name: String,
    label: String,
    first: String,
    second: String,
    /// What was decided: the key of the choice, the value, the reason, who and when.
    decided: Option<(String, String, String, String)>,
}

#[derive(Template)]
#[template(path = "paper/gaps.html")]
struct View {
    chrome: Chrome,
    title: String,
    action: String,
    board: String,
    form_href: String,
    first: String,
    second: String,
    errors: u32,
    cells: u32,
    rate: String,
    gaps: Vec<Gap>,
    /// What was typed, where it was refused.
    typed: Fields,
    refusal: Option<String>,
}

impl View {
    fn counted(&self) -> String {
        self.chrome.t2("double-rate-note", ("errors", self.errors), ("cells", self.cells))
    }

    fn persons(&self) -> String {
        self.chrome.t2("double-persons", ("first", &self.first), ("second", &self.second))
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    case: String,
    choix: String,
    autre: String,
    motif: String,
}

pub(super) async fn page(
    visit: &Visit,
    at: &At,
    sheet: Sheet,
    keying: &Keying,
    decided: &[Decided],
    typed: Option<(Fields, String)>,
) -> Result<Response, PageFailure> {
    let Some(compared) = &keying.compared else { return Err(PageFailure::NotFound) };
    let questionnaire = &sheet.questionnaire;
    let mut persons: Vec<String> = compared.by_first.keys().cloned().collect();
    persons.push(keying.person.clone());
    let names = visit.app.read(move |tx| {
        persons.iter().map(|it| name_of(tx, it)).collect::<Result<Vec<_>, Failure>>()
    });
    let mut names = names.await.map_err(|it: Failure| PageFailure::from(it))?;
    let second = names.pop().unwrap_or_default();
    names.retain(|it| !it.is_empty());
    let mut gaps = Vec::new();
    for it in &compared.differences {
        let Some(cell) = questionnaire.cell_of(&it.cell) else { continue };
        let read = |text: &str| cell_said(visit, questionnaire, cell, Some(text));
        let decided = decided.iter().rev().find(|done| done.cell == it.cell).map(|done| {
            let day = visit.language.short_date(done.day);
            let key = format!("double-choice-{}", done.choice);
            (key, read(&done.value), done.reason.clone(), format!("{}, {day}", done.office))
        });
        gaps.push(Gap {
            name: it.cell.replace(['|', ';'], ".").replace('=', "-"),
            label: cell_label(questionnaire, cell, visit.language),
            first: read(&it.first),
            second: read(&it.second),
            decided,
        });
    }
    let share = (Decimal::from(compared.count.errors) * Decimal::from(100))
        .checked_div(Decimal::from(compared.count.cells))
        .unwrap_or_default();
    let set = &questionnaire.data_sets()[usize::from(sheet.data_set)];
    let title = format!("{} {}", at.2, set.label.say(visit.language));
    let closer = sheet.ground.above.first().map_or(at.0.as_str(), |it| it.0.as_str());
    let (typed, refusal) = typed.map(|it| (it.0, Some(it.1))).unwrap_or_default();
    let view = View {
        chrome: chrome(visit, title.clone(), &sheet.ground, sheet.quarter),
        title,
        action: format!("{}/decision", second_href(&at.0, sheet.quarter, &at.2)),
        board: board_href(closer, sheet.quarter),
        form_href: page::form_href((&at.0, sheet.quarter, &at.2), Tier::Complete, ""),
        first: names.join(", "),
        second,
        errors: compared.count.errors,
        cells: compared.count.cells,
        rate: format!("{}\u{202f}%", visit.language.decimal(share.round_dp(1))),
        gaps,
        typed,
        refusal,
    };
    match view.refusal {
        Some(_) => visit.correct(&view),
        None => visit.page(&view),
    }
}

async fn decide(
    visit: Visit,
    Path(at): Path<At>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter: Quarter = page::quarter(&at.1, visit.today())?;
    let (unit, form) = (at.0.clone(), at.2.clone());
    let (actor, language) = (visit.actor.clone(), visit.language);
    let read = visit.app.read(move |tx| {
        page::visible(tx, &actor, &unit, quarter)?;
        let at = (unit.as_str(), quarter, form.as_str());
        let sheet = sheet(tx, &actor, at, Tier::Complete, language)?.ok_or(Failure::NotFound)?;
        let keying = double_entry::keying(tx, &unit, quarter, &form)?.ok_or(Failure::NotFound)?;
        Ok((sheet, keying, double_entry::decisions(tx, &unit, quarter, &form)?))
    });
    let (sheet, keying, decided) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let cell = cell_named(&sheet.questionnaire, &fields.case).ok_or(PageFailure::NotFound)?;
    let choice = match fields.choix.as_str() {
        "premiere" => Choice::First,
        "seconde" => Choice::Second,
        "autre" => Choice::Other(fields.autre.clone()),
        _ => {
            let words = visit.app.catalogue().say(visit.language, "double-no-choice", &[]);
            return page(&visit, &at, sheet, &keying, &decided, Some((fields, words))).await;
        }
    };
    let (unit, form, why) = (at.0.clone(), at.2.clone(), fields.motif.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            double_entry::decide(ctx, (&unit, quarter, &form), cell, &choice, &why)
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to(&second_href(&at.0, quarter, &at.2)).into_response()),
        Err(Stop::Refused(rule)) => {
            let words = visit.app.tell(visit.language, &rule.message());
            page(&visit, &at, sheet, &keying, &decided, Some((fields, words))).await
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
