//! The sources that were imported, and what is proposed to the units of the visitor.

use super::decide::{About, adopt, cell_of, gaps};
use super::store::{Decided, decisions, sources};
use super::{Refused, Standing};
use crate::analysis;
use crate::entry::page::form_href;
use crate::questionnaire::{Tier, newest};
use crate::store::ground;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use identity::{Action, Object, allow};
use kernel::{Failure, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new().get("/suivi/recoupement", Access::Needs(Action::ReadUnpublished), show).post(
        "/suivi/recoupement/propositions",
        Access::Needs(Action::EnterValues),
        take_up,
    )
}

struct Line {
    href: String,
    name: String,
    day: String,
    by: String,
    values: String,
    agreed: String,
    open: usize,
}

/// A figure proposed to a unit.
struct Proposed {
    it: Decided,
    unit: String,
    what: String,
    period: String,
    ours: String,
    theirs: String,
    asked: String,
    /// The form that shows the cell.
    form: String,
    may_take_up: bool,
}

#[derive(Template)]
#[template(path = "crosscheck/home.html")]
struct View {
    chrome: Chrome,
    lines: Vec<Line>,
    proposed: Vec<Proposed>,
    may_import: bool,
    refusal: String,
}

async fn view(visit: &Visit) -> Result<View, PageFailure> {
    let seer = visit.clone();
    let chrome = visit.chrome("crosscheck-title");
    let words = chrome.clone();
    let read = visit.app.read::<_, Failure>(move |tx| {
        let (actor, today) = (&seer.actor, seer.today());
        let questionnaire = newest(tx)?;
        let language = seer.language;
        let mut lines = Vec::new();
        for it in sources(tx)? {
            let Some((_, found)) = gaps(tx, actor, &it, today)? else { continue };
            let agreed = found.iter().filter(|it| it.standing == Standing::Agrees).count();
            let both = found.iter().filter(|it| it.ours.is_some() && it.theirs.is_some()).count();
            let open =
                found.iter().filter(|it| it.standing == Standing::Differs && it.decided.is_none());
            lines.push(Line {
                href: format!("/suivi/recoupement/{}", it.id),
                day: language.short_date(it.day),
                by: it.office.clone(),
                values: language.integer(i64::try_from(it.values.len()).unwrap_or(i64::MAX)),
                agreed: words.t2("crosscheck-agreed-of", ("agreed", agreed), ("both", both)),
                open: open.count(),
                name: it.name,
            });
        }
        let mut proposed = Vec::new();
        let all = decisions(tx, "")?;
        for (at, it) in all.iter().enumerate() {
            let same = |other: &Decided| {
                (&other.source, &other.unit, &other.period, &other.target)
                    == (&it.source, &it.unit, &it.period, &it.target)
            };
            // The last word counts.
            if it.decision != "corriger" || all[at + 1..].iter().any(same) {
                continue;
            }
            let Some(ground) = ground(tx, &it.unit, today)? else { continue };
            let object = ground.object(&it.unit);
            if !allow(actor, Action::ReadUnpublished, &object) {
                continue;
            }
            let cell = cell_of(&questionnaire, it);
            if let Some((cell, quarter)) = cell {
                // Once the figure is the one proposed, the request is met.
                let there = crate::circuit::ground_of(tx, &it.unit, quarter)?;
                let span = (quarter, quarter);
                let view = crate::store::View::Working;
                let held = crate::store::values_between(tx, actor, &there, view, span)?;
                let period = questionnaire.element(cell.element).rhythm.period(quarter);
                let now = held.get(&it.unit, period, cell).map(ToString::to_string);
                if now.as_deref() == Some(it.theirs.as_str()) {
                    continue;
                }
            }
            let form = cell.and_then(|(cell, quarter)| {
                let element = questionnaire.element(cell.element);
                let set = questionnaire.data_sets().get(usize::from(element.data_set))?;
                let at = (it.unit.as_str(), quarter, set.code.as_str());
                Some(form_href(at, element.tier.max(Tier::Core), &format!("p-{}", element.code)))
            });
            let period = it.period.parse().map(|it| language.period(it));
            proposed.push(Proposed {
                unit: ground.name(&it.unit).to_owned(),
                what: super::mapping::named(&questionnaire, &it.target, language),
                period: period.unwrap_or_else(|_| it.period.clone()),
                ours: written(language, &it.ours),
                theirs: written(language, &it.theirs),
                asked: words.t2(
                    "crosscheck-asked-by",
                    ("office", &it.office),
                    ("day", language.short_date(it.day)),
                ),
                may_take_up: form.is_some() && allow(actor, Action::EnterValues, &object),
                form: form.unwrap_or_default(),
                it: it.clone(),
            });
        }
        let place = analysis::home(tx, actor, today)?;
        let path = match place {
            Some(it) => ground(tx, &it, today)?.map(|ground| ground.path(&it)).unwrap_or_default(),
            None => Vec::new(),
        };
        let may_import = !path.is_empty() && allow(actor, Action::CrossCheck, &Object::at(path));
        Ok((lines, proposed, may_import))
    });
    let (lines, proposed, may_import) = read.await.map_err(PageFailure::from)?;
    Ok(View { chrome, lines, proposed, may_import, refusal: String::new() })
}

/// A figure as people read it; a dash if there is none.
pub(super) fn written(language: kernel::Language, text: &str) -> String {
    if text.is_empty() { "–".to_owned() } else { language.written(text) }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    visit.page(&view(&visit).await?)
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    source: String,
    nom: String,
    unite: String,
    periode: String,
    donnee: String,
}

async fn take_up(visit: Visit, Form(fields): Form<Fields>) -> Result<Response, PageFailure> {
    let typed = fields.clone();
    let given = [("source", fields.nom.clone())];
    let comment = visit.app.catalogue().say(visit.language, "crosscheck-taken-from", &given);
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let about = About { unit: &typed.unite, period: &typed.periode, target: &typed.donnee };
            adopt(ctx, &typed.source, &about, &comment)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to("/suivi/recoupement").into_response()),
        Err(Stop::Refused(rule)) => {
            let mut view = view(&visit).await?;
            view.refusal = visit.app.tell(visit.language, &Refused::message(&rule));
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
