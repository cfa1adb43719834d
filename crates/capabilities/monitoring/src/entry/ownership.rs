//! A draft belongs to the person who types it. Another person sees whose it is and may take it
//! over; that is an act of its own, in the journal, and never a side effect of typing.

use super::page::{self, form_href};
use crate::circuit::ground_of;
use crate::questionnaire;
use crate::store::{DRAFT_TAKEN_OVER, Draft, DraftTakenOver, drafts};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use identity::{Action, Actor, Ctx, Fact};
use journal::Audience;
use kernel::{Failure, Id, Quarter};
use serde::Deserialize;
use web::{Access, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new().post(
        "/suivi/saisie/{unit}/{quarter}/{form}/reprise",
        Access::Needs(Action::EnterValues),
        take,
    )
}

/// Who is typing cells of a form besides the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theirs {
    /// The name; empty if this post does not know it.
    pub name: String,
    /// How many cells.
    pub cells: usize,
    /// The last time, in milliseconds since 1970.
    pub at_millis: i64,
}

/// Whether a draft is another person's. What the program or a person who is unknown here typed
/// belongs to nobody.
pub(super) fn is_of_another(actor: &Actor, draft: &Draft) -> bool {
    let owner: Option<Id> = draft.person.parse().ok();
    !actor.is_program() && owner.is_some_and(|it| Some(it) != actor.person_id)
}

/// The drafts of a form that are another person's, by person, in the order of their identifiers.
pub(super) fn theirs(
    tx: &mut Tx<'_>,
    actor: &Actor,
    drafts: &[&Draft],
) -> Result<Vec<Theirs>, Failure> {
    let mut found: std::collections::BTreeMap<&str, (usize, i64)> = Default::default();
    for draft in drafts.iter().filter(|it| is_of_another(actor, it)) {
        let it = found.entry(&draft.person).or_default();
        *it = (it.0 + 1, it.1.max(draft.at_millis));
    }
    found
        .into_iter()
        .map(|(person, (cells, at_millis))| {
            Ok(Theirs { name: name_of(tx, person)?, cells, at_millis })
        })
        .collect()
}

/// The name of the person of this identifier; empty if this post does not know it.
pub(crate) fn name_of(tx: &mut Tx<'_>, person: &str) -> Result<String, Failure> {
    let Ok(id) = person.parse() else { return Ok(String::new()) };
    Ok(identity::person(tx, id)?.map(|it| it.name).unwrap_or_default())
}

/// Takes over what others are typing on a form. Returns how many cells changed hands.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such form; the lack of the right to enter values.
pub fn take_over(
    ctx: &mut Ctx<'_, '_>,
    (unit, quarter, form): (&str, Quarter, &str),
) -> Result<usize, Failure> {
    let ground = ground_of(ctx.tx, unit, quarter)?;
    ctx.authorize(Action::EnterValues, &ground.object(unit))?;
    let questionnaire = questionnaire::in_force(ctx.tx, quarter)?;
    let (number, _) = questionnaire.data_set(form).ok_or(Failure::NotFound)?;
    let mut cells = Vec::new();
    for it in drafts(ctx.tx, unit)? {
        let element = questionnaire.element(it.cell.element);
        let shown = element.data_set == number && element.rhythm.period(quarter) == it.period;
        if shown && is_of_another(ctx.actor, &it) {
            cells.push((it.period.to_string(), questionnaire.cell_text(it.cell).to_owned()));
        }
    }
    let count = cells.len();
    if 0 < count {
        ctx.record(Fact {
            kind: DRAFT_TAKEN_OVER,
            subject: &format!("{unit}/{quarter}/{form}"),
            audience: Audience::Local,
            scope: unit,
            reason: "",
            payload: &DraftTakenOver { unit: unit.to_owned(), cells },
        })?;
    }
    Ok(count)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    palier: String,
}

async fn take(
    visit: Visit,
    Path((unit, quarter, form)): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (code, name) = (unit.clone(), form.clone());
    let done =
        visit.app.write(&visit.actor, move |ctx| take_over(ctx, (&code, quarter, &name))).await;
    done.map_err(|it: Failure| PageFailure::from(it))?;
    let here = form_href((&unit, quarter, &form), page::tier(&fields.palier), "");
    Ok(Redirect::to(&here).into_response())
}
