//! `/autoevaluation`: the assessments that this person may read, and who else may.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use identity::OfficeKind;
use kernel::{Failure, Message, Stop};
use web::{Chrome, Form, PageFailure, Visit};

use super::{name_of, value};
use crate::fold::{communes_of, grants, may_keep};

#[derive(Template)]
#[template(path = "assessments/list.html")]
struct View {
    chrome: Chrome,
    grids: Vec<(String, String)>,
    communes: Vec<Commune>,
    error: String,
}

struct Commune {
    code: String,
    name: String,
    invented: bool,
    keeps: bool,
    sheets: Vec<Line>,
    /// The two last that are closed.
    compare: String,
    granted: Vec<(String, String)>,
    offices: Vec<(String, String)>,
    places: Vec<(String, String)>,
}

struct Line {
    href: String,
    when: String,
    closed: bool,
}

pub(super) async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let view = view(&visit, String::new()).await?;
    visit.page(&view)
}

async fn view(visit: &Visit, error: String) -> Result<View, PageFailure> {
    let chrome = visit.chrome("assessments-title");
    let (words, actor, today) = (chrome.clone(), visit.actor.clone(), visit.today());
    let communes = visit.app.read(move |tx| {
        let language = words.language();
        let mut out = Vec::new();
        for code in communes_of(tx, &actor, today)? {
            let keeps = may_keep(tx, &actor, &code, today)?;
            let all = crate::of_commune(tx, &code)?;
            let closed: Vec<&str> =
                all.iter().filter(|it| it.content.closed).map(|it| it.id.as_str()).collect();
            let compare = match closed.as_slice() {
                [.., before, now] => format!("/autoevaluation/comparer?avant={before}&apres={now}"),
                _ => String::new(),
            };
            let sheets = all.iter().map(|it| Line {
                href: format!("/autoevaluation/{}", it.id),
                when: it
                    .content
                    .held
                    .map_or_else(|| words.t("assessments-no-day-yet"), |it| language.long_date(it)),
                closed: it.content.closed,
            });
            let mut places = vec![(code.clone(), name_of(tx, &code, today)?)];
            let above = territory::chain(tx, &code, today)?;
            places.extend(above.into_iter().rev().map(|it| (it.code, it.name)));
            let mut granted = Vec::new();
            for (mark, it) in grants(tx, &code)? {
                let office = words.t(&format!("office-{}", it.office));
                granted.push((mark, format!("{office}, {}", name_of(tx, &it.place, today)?)));
            }
            let place = territory::place_near(tx, &code, today)?;
            out.push(Commune {
                name: places[0].1.clone(),
                invented: place.is_some_and(|it| it.invented),
                keeps,
                sheets: sheets.collect(),
                compare,
                granted,
                offices: OfficeKind::ALL
                    .into_iter()
                    .filter(|it| *it != OfficeKind::Administrator)
                    .map(|it| (it.word().to_owned(), words.t(&format!("office-{it}"))))
                    .collect(),
                places,
                code,
            });
        }
        Ok::<_, Failure>(out)
    });
    let communes = communes.await?;
    let language = visit.language;
    let grids = crate::grids().map_err(Failure::broken)?;
    let grids = grids.iter().map(|it| (it.name.clone(), it.title.say(language).to_owned()));
    let invented = communes.iter().any(|it| it.invented);
    let chrome = chrome.with_invented(invented);
    Ok(View { grids: grids.collect(), communes, error, chrome })
}

pub(super) async fn begin(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let commune = value(&pairs, "commune").to_owned();
    let grid = crate::grid(value(&pairs, "grille")).ok_or(PageFailure::NotFound)?;
    let id = visit.app.write(&visit.actor, move |ctx| crate::begin(ctx, &commune, grid)).await?;
    Ok(Redirect::to(&format!("/autoevaluation/{id}")).into_response())
}

pub(super) async fn access(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let commune = value(&pairs, "commune").to_owned();
    let (office, place) = (value(&pairs, "fonction").to_owned(), value(&pairs, "lieu").to_owned());
    let mark = value(&pairs, "retirer").to_owned();
    let done: Result<(), Stop<Message>> = visit
        .app
        .write(&visit.actor, move |ctx| {
            if mark.is_empty() {
                crate::grant(ctx, &commune, &office, &place)
            } else {
                Ok(crate::ungrant(ctx, &commune, &mark)?)
            }
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to("/autoevaluation").into_response()),
        Err(Stop::Refused(it)) => {
            let error = visit.chrome_titled("").tell(&it);
            visit.correct(&view(&visit, error).await?)
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}
