//! The draws of a place for a quarter, what is typed twice so far, and the error rate.

use super::{board_href, second_href};
use crate::circuit::double_entry::{self, Draw, Keying, PERCENT, Refused};
use crate::circuit::ground_of;
use crate::entry::name_of;
use crate::entry::page::{self, chrome};
use crate::questionnaire;
use crate::store::Ground;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Decimal, Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::EnterValues);
    Routes::new().get("/suivi/double-saisie", access, show).post(
        "/suivi/double-saisie/{place}/{quarter}",
        access,
        draw,
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    lieu: String,
    trimestre: String,
}

/// A form that was drawn.
struct Line {
    href: String,
    unit: String,
    form: String,
    /// The kind and the key of its tag.
    state: (&'static str, &'static str),
    /// Gaps and cells, once compared.
    gaps: String,
}

/// The error rate of a form and a pair of persons.
struct Share {
    form: String,
    first: String,
    second: String,
    gaps: String,
    rate: String,
}

#[derive(Template)]
#[template(path = "paper/double.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    quarters: Vec<(String, String, bool)>,
    draws: Vec<(Draw, Vec<Line>)>,
    rates: Vec<Share>,
    /// The rate over all, in words; empty before the first comparison.
    overall: String,
    seed: String,
    percent: String,
    refusal: Option<String>,
}

impl View {
    fn drawn(&self, it: &Draw) -> String {
        self.chrome.t2("double-draw-of", ("count", it.drawn.len()), ("of", it.of))
    }

    fn action(&self) -> String {
        format!("/suivi/double-saisie/{}/{}", self.ground.place(), self.quarter)
    }

    fn day(&self, it: &Draw) -> String {
        self.chrome.language().short_date(it.day)
    }
}

async fn view(
    visit: &Visit,
    place: String,
    quarter: Quarter,
    typed: Option<(Fields, String)>,
) -> Result<View, PageFailure> {
    let (actor, language, seer) = (visit.actor.clone(), visit.language, visit.clone());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &place, quarter)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let keyings = double_entry::keyings(tx, &ground, quarter)?;
        let titled = |code: &str| {
            let label = questionnaire.data_set(code).map(|it| it.1.label.say(language));
            format!("{code} {}", label.unwrap_or_default())
        };
        let line = |unit: &str, form: &str| {
            let found = keyings.iter().find(|it| it.unit == unit && it.form == form);
            Line {
                href: second_href(unit, quarter, form),
                unit: ground.name(unit).to_owned(),
                form: titled(form),
                state: state(found),
                gaps: found
                    .and_then(|it| it.compared.as_ref())
                    .map(|it| format!("{}/{}", it.count.errors, it.count.cells))
                    .unwrap_or_default(),
            }
        };
        let mut draws = Vec::new();
        for it in double_entry::draws(tx, &place, quarter)?.into_iter().rev() {
            let lines = it.drawn.iter().map(|(unit, form)| line(unit, form)).collect();
            draws.push((it, lines));
        }
        let (mut cells, mut errors, mut rates) = (0, 0, Vec::new());
        for it in double_entry::rates(tx, &ground, quarter)? {
            cells += it.count.cells;
            errors += it.count.errors;
            rates.push(Share {
                form: titled(&it.form),
                first: name_of(tx, &it.first)?,
                second: name_of(tx, &it.second)?,
                gaps: format!("{}/{}", it.count.errors, it.count.cells),
                rate: percent_of(&seer, it.count.errors, it.count.cells),
            });
        }
        Ok((ground, draws, rates, (errors, cells)))
    });
    let (ground, draws, rates, (errors, cells)) =
        read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let place = ground.place().to_owned();
    let overall = match cells {
        0 => String::new(),
        _ => visit.app.catalogue().say(
            visit.language,
            "double-overall",
            &[
                ("rate", percent_of(visit, errors, cells)),
                ("errors", errors.to_string()),
                ("cells", cells.to_string()),
            ],
        ),
    };
    let last = Quarter::of(visit.today()).max(quarter);
    let quarters = (-3..=1).map(|it| quarter.plus(it)).filter(|it| *it <= last);
    let title = visit.app.catalogue().say(visit.language, "double-title", &[]);
    let (fields, refusal) = match typed {
        Some((fields, words)) => (fields, Some(words)),
        None => {
            let graine = format!("{} {quarter}", ground.name(&place));
            (Fields { graine, part: PERCENT.to_string() }, None)
        }
    };
    Ok(View {
        chrome: chrome(visit, title, &ground, quarter),
        quarters: quarters
            .map(|it| {
                let word = visit.language.short_quarter(it);
                (board_href(&place, it), word, it == quarter)
            })
            .collect(),
        draws,
        rates,
        overall,
        seed: fields.graine,
        percent: fields.part,
        refusal,
        quarter,
        ground,
    })
}

/// How far a second typing is: the kind and the key of its tag.
fn state(keying: Option<&Keying>) -> (&'static str, &'static str) {
    match keying.map(|it| it.compared.as_ref()) {
        None => ("todo", "double-todo"),
        Some(None) => ("draft", "double-begun"),
        Some(Some(it)) if it.count.errors == 0 => ("done", "double-same"),
        Some(Some(_)) => ("current", "double-differs"),
    }
}

fn percent_of(visit: &Visit, part: u32, whole: u32) -> String {
    let share = (Decimal::from(part) * Decimal::from(100)).checked_div(Decimal::from(whole));
    share.map_or_else(String::new, |it| {
        format!("{}\u{202f}%", visit.language.decimal(it.round_dp(1)))
    })
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let own = visit.actor.main_office().map(|it| it.place.clone()).unwrap_or_default();
    let place = if asked.lieu.is_empty() { own } else { asked.lieu };
    let quarter = match asked.trimestre.as_str() {
        "" => Quarter::of(visit.today()).plus(-1),
        text => page::quarter(text, visit.today())?,
    };
    visit.page(&view(&visit, place, quarter, None).await?)
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    graine: String,
    part: String,
}

async fn draw(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    // What is no number is no share: the rule says so.
    let percent = fields.part.trim().trim_end_matches('%').trim().parse().unwrap_or(0);
    let (code, seed) = (place.clone(), fields.graine.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            ground_of(ctx.tx, &code, quarter).map_err(Stop::<Refused>::Failed)?;
            double_entry::draw(ctx, &code, quarter, &seed, percent)
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to(&board_href(&place, quarter)).into_response()),
        Err(Stop::Refused(rule)) => {
            let words = visit.app.tell(visit.language, &rule.message());
            visit.correct(&view(&visit, place, quarter, Some((fields, words))).await?)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
