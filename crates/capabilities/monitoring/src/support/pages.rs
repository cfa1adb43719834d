//! The log of support of a place, and one request with what became of it.

use super::read::{Fate, Request, Step, request, requests};
use super::{Asking, Closing, DIMENSION, Provider, Refused, ask, assign, close};
use crate::analysis::{self, encoded};
use crate::circuit::{ground_of, person, who};
use crate::entry::page;
use crate::questionnaire::{self, Level, Questionnaire};
use crate::store::{Ground, may_read_unpublished};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use identity::{Action, OfficeKind};
use kernel::{Date, Failure, Language, Quarter, Reject, Stop};
use serde::Deserialize;
use std::sync::Arc;
use web::{Access, Chrome, Duty, Form, PageFailure, Panel, Reader, Routes, Visit};

/// The requests that a list shows.
const SHOWN: usize = 200;

pub(crate) fn routes() -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    Routes::new()
        .get("/suivi/appuis", read, enter)
        .get("/suivi/appuis/{place}", read, show)
        .post("/suivi/appuis/{place}", Access::SignedIn, log)
        .get("/suivi/appui/{mark}", read, one)
        .post("/suivi/appui/{mark}", Access::SignedIn, act)
}

/// The address of the log of a place.
pub(crate) fn href(place: &str) -> String {
    format!("/suivi/appuis/{}", encoded(place))
}

fn one_href(mark: &str) -> String {
    format!("/suivi/appui/{mark}")
}

async fn enter(visit: Visit) -> Result<Response, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let home = visit.app.read(move |tx| analysis::home(tx, &actor, today)).await;
    let home = home.map_err(|it: Failure| PageFailure::from(it))?.ok_or(PageFailure::NotFound)?;
    Ok(Redirect::to(&href(&home)).into_response())
}

/// The words of an area.
fn area(questionnaire: &Questionnaire, code: &str, language: Language) -> String {
    let areas = questionnaire.dimensions().iter().find(|it| it.code == DIMENSION);
    let mut options = areas.into_iter().flat_map(|it| &it.options);
    options
        .find(|it| it.code == code)
        .map_or_else(|| code.to_owned(), |it| it.label.say(language).to_owned())
}

/// All the requests of the communes of a ground, those that wait first, then the latest.
fn of_ground(tx: &mut Tx<'_>, ground: &Ground) -> Result<Vec<Request>, Failure> {
    let mut found = Vec::new();
    for unit in ground.tree.units().iter().filter(|it| it.level == Level::Commune) {
        found.extend(requests(tx, &unit.code)?);
    }
    found.sort_by(|a, b| {
        let key = |it: &Request| (!it.fate().is_open(), std::cmp::Reverse(it.asked.asked_on));
        (key(a), &a.mark).cmp(&(key(b), &b.mark))
    });
    Ok(found)
}

struct Line {
    mark: String,
    text: String,
    commune: String,
    area: String,
    day: String,
    provider: String,
    fate: Fate,
}

#[derive(Template)]
#[template(path = "support/list.html")]
struct List {
    chrome: Chrome,
    place: String,
    name: String,
    lines: Vec<Line>,
    all: usize,
    open: usize,
    may_log: bool,
    communes: Vec<(String, String, bool)>,
    areas: Vec<(String, String, bool)>,
    typed: Typed,
    refusal: Option<(&'static str, String)>,
}

impl List {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }

    fn fate(&self, it: &Line) -> String {
        self.chrome.t(&format!("support-fate-{}", it.fate.word()))
    }

    fn counted(&self) -> String {
        self.chrome.t2("support-count", ("count", self.all), ("open", self.open))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    commune: String,
    domaine: String,
    demande: String,
    jour: String,
    genre: String,
    prestataire: String,
    compte: String,
    faire: String,
}

async fn list(
    visit: &Visit,
    place: &str,
    typed: Typed,
    refusal: Option<Refused>,
) -> Result<List, PageFailure> {
    let (code, actor, today) = (place.to_owned(), visit.actor.clone(), visit.today());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, Quarter::of(today))?;
        let found = of_ground(tx, &ground)?;
        Ok::<_, Failure>((ground, found, questionnaire::newest(tx)?))
    });
    let (ground, found, questionnaire) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let language = visit.language;
    let say = |key: &str| visit.app.catalogue().say(language, key, &[]);
    let lines = found.iter().take(SHOWN).map(|it| Line {
        mark: it.mark.clone(),
        text: it.asked.text.clone(),
        commune: ground.name(&it.asked.commune).to_owned(),
        area: area(&questionnaire, &it.asked.domain, language),
        day: language.short_date(it.asked.asked_on),
        provider: it.provider().map(|it| it.provider.clone()).unwrap_or_default(),
        fate: it.fate(),
    });
    let communes =
        ground.tree.units().iter().filter(|it| it.level == Level::Commune).map(|it| {
            (it.code.clone(), ground.name(&it.code).to_owned(), it.code == typed.commune)
        });
    let areas = questionnaire.dimensions().iter().find(|it| it.code == DIMENSION);
    let areas =
        areas.into_iter().flat_map(|it| &it.options).filter(|it| it.in_force).map(|it| {
            (it.code.clone(), it.label.say(language).to_owned(), it.code == typed.domaine)
        });
    Ok(List {
        may_log: (ground.level() <= Level::Cercle || !ground.closes(place).is_empty())
            && visit.may(Action::EnterValues, &ground.object(place)),
        chrome: visit
            .chrome_titled(say("support-title"))
            .with_place(ground.name(place).to_owned())
            .with_invented(ground.invented),
        all: found.len(),
        open: found.iter().filter(|it| it.fate().is_open()).count(),
        lines: lines.collect(),
        communes: communes.collect(),
        areas: areas.collect(),
        name: ground.name(place).to_owned(),
        refusal: refusal.map(|it| (it.field(), visit.app.tell(language, &it.message()))),
        place: place.to_owned(),
        typed,
    })
}

async fn show(
    visit: Visit,
    Path(place): Path<String>,
    Query(typed): Query<Typed>,
) -> Result<Response, PageFailure> {
    visit.page(&list(&visit, &place, typed, None).await?)
}

async fn log(
    visit: Visit,
    Path(place): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageFailure> {
    let it = typed.clone();
    let done = visit.app.write(&visit.actor, move |ctx| {
        let asking = Asking { domain: &it.domaine, text: &it.demande, asked_on: &it.jour };
        ask(ctx, &it.commune, &asking)
    });
    match done.await {
        Ok(entry) => Ok(Redirect::to(&one_href(&entry.mark())).into_response()),
        Err(Stop::Refused(rule)) => visit.correct(&list(&visit, &place, typed, Some(rule)).await?),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// One thing done, as the page tells it.
struct Told {
    iso: String,
    day: String,
    who: String,
    title: String,
    text: String,
    kind: &'static str,
}

#[derive(Template)]
#[template(path = "support/one.html")]
struct One {
    chrome: Chrome,
    request: Request,
    commune: String,
    area: String,
    day: String,
    steps: Vec<Told>,
    list: String,
    may_act: bool,
    typed: Typed,
    refusal: Option<(&'static str, String)>,
}

impl One {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }

    fn fate(&self) -> String {
        self.chrome.t(&format!("support-fate-{}", self.request.fate().word()))
    }

    fn kind(&self) -> &'static str {
        self.request.fate().kind()
    }

    fn providers(&self) -> Vec<(&'static str, String, bool)> {
        let provider = |it: Provider| {
            let word = it.word();
            (word, self.chrome.t(&format!("support-provider-{word}")), self.typed.genre == word)
        };
        Provider::ALL.map(provider).to_vec()
    }
}

async fn view(
    visit: &Visit,
    mark: &str,
    typed: Typed,
    refusal: Option<Refused>,
) -> Result<One, PageFailure> {
    let (mark, actor, today) = (mark.to_owned(), visit.actor.clone(), visit.today());
    let read = visit.app.read(move |tx| {
        let found = request(tx, &mark)?;
        let ground = page::visible(tx, &actor, &found.asked.commune, Quarter::of(today))?;
        let mut names = vec![person(tx, &found.person)?];
        for it in &found.steps {
            let (Step::Assigned(_, id) | Step::Closed(_, id)) = it;
            names.push(person(tx, id)?);
        }
        let questionnaire: Arc<Questionnaire> = questionnaire::newest(tx)?;
        Ok::<_, Failure>((found, ground, names, questionnaire))
    });
    let (found, ground, names, questionnaire) =
        read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let steps = told(visit, &found, &names);
    let language = visit.language;
    let commune = ground.name(&found.asked.commune).to_owned();
    let title = visit.app.catalogue().say(language, "support-one", &[("place", commune.clone())]);
    let above = ground.closer(&found.asked.commune).unwrap_or(&found.asked.commune);
    Ok(One {
        chrome: visit
            .chrome_titled(title)
            .with_place(commune.clone())
            .with_invented(ground.invented),
        area: area(&questionnaire, &found.asked.domain, language),
        day: language.short_date(found.asked.asked_on),
        list: href(above),
        may_act: found.fate().is_open()
            && visit.may(Action::GiveSupport, &ground.object(&found.asked.commune)),
        commune,
        steps,
        request: found,
        typed,
        refusal: refusal.map(|it| (it.field(), visit.app.tell(language, &it.message()))),
    })
}

fn told(visit: &Visit, found: &Request, names: &[String]) -> Vec<Told> {
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let event = |day: Date, name: Option<&String>, office: &str| {
        let name = name.map(String::as_str).unwrap_or_default();
        (day.to_string(), visit.language.short_date(day), who(name, office))
    };
    let (iso, day, by) = event(found.asked.day, names.first(), &found.asked.office);
    let (title, text) = (say("support-asked"), found.asked.text.clone());
    let mut all = vec![Told { iso, day, who: by, title, text, kind: "info" }];
    for (it, name) in found.steps.iter().zip(names.iter().skip(1)) {
        all.push(match it {
            Step::Assigned(it, _) => {
                let (iso, day, who) = event(it.day, Some(name), &it.office);
                let kind = say(&format!("support-provider-{}", it.kind.word()));
                let text = format!("{} ({kind})", it.provider);
                Told { iso, day, who, title: say("support-assigned"), text, kind: "current" }
            }
            Step::Closed(it, _) => {
                let (iso, day, who) = event(it.closed_on, Some(name), &it.office);
                let key = if it.done { "support-given" } else { "support-dropped" };
                let kind = if it.done { "done" } else { "stopped" };
                Told { iso, day, who, title: say(key), text: it.report.clone(), kind }
            }
        });
    }
    all
}

async fn one(visit: Visit, Path(mark): Path<String>) -> Result<Response, PageFailure> {
    visit.page(&view(&visit, &mark, Typed::default(), None).await?)
}

async fn act(
    visit: Visit,
    Path(mark): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageFailure> {
    let (code, it) = (mark.clone(), typed.clone());
    let done = visit.app.write(&visit.actor, move |ctx| match it.faire.as_str() {
        "confier" => {
            let kind = Provider::from_word(&it.genre).unwrap_or_default();
            assign(ctx, &code, kind, &it.prestataire)
        }
        what => {
            let done = what != "abandonner";
            close(ctx, &code, &Closing { done, report: &it.compte, closed_on: &it.jour })
        }
    });
    match done.await {
        Ok(_) => Ok(Redirect::to(&one_href(&mark)).into_response()),
        Err(Stop::Refused(rule)) => visit.correct(&view(&visit, &mark, typed, Some(rule)).await?),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// What the page of a commune says of its requests, to those who may see what is not published of
/// it.
///
/// # Errors
///
/// If the store fails.
pub fn of_place(
    tx: &mut Tx<'_>,
    place: &str,
    day: Date,
    reader: &Reader<'_>,
) -> Result<Vec<Panel>, Failure> {
    let Some(ground) = crate::store::ground(tx, place, day)? else { return Ok(Vec::new()) };
    if ground.level() != Level::Commune || !may_read_unpublished(reader.actor, &ground, place) {
        return Ok(Vec::new());
    }
    let found = requests(tx, place)?;
    let open = found.iter().filter(|it| it.fate().is_open()).count();
    let given = [("count", found.len().to_string()), ("open", open.to_string())];
    let mut sentences = vec![reader.say("support-count", &given)];
    let questionnaire = questionnaire::newest(tx)?;
    sentences.extend(found.iter().filter(|it| it.fate().is_open()).take(3).map(|it| {
        let given = [
            ("day", reader.language.short_date(it.asked.asked_on)),
            ("area", area(&questionnaire, &it.asked.domain, reader.language)),
            ("fate", reader.t(&format!("support-fate-{}", it.fate().word()))),
        ];
        reader.say("support-line", &given)
    }));
    Ok(vec![Panel {
        title: reader.t("support-title"),
        sentences,
        links: vec![(href(place), reader.t("support-see"))],
    }])
}

/// The requests that wait for a centre.
///
/// # Errors
///
/// If the store fails.
pub fn waiting(tx: &mut Tx<'_>, reader: &Reader<'_>) -> Result<Vec<Duty>, Failure> {
    let mut found = Vec::new();
    for office in reader.actor.offices.iter().filter(|it| it.kind == OfficeKind::CercleAdviser) {
        let ground = match ground_of(tx, &office.place, Quarter::of(reader.today)) {
            Ok(it) => it,
            Err(Failure::NotFound) => continue,
            Err(failure) => return Err(failure),
        };
        for it in of_ground(tx, &ground)?.into_iter().filter(|it| it.fate().is_open()) {
            let key = match it.fate() {
                Fate::Waiting => "support-duty-assign",
                _ => "support-duty-close",
            };
            let place = ground.name(&it.asked.commune).to_owned();
            found.push(Duty {
                due: None,
                text: reader.say(key, &[("place", place)]),
                href: one_href(&it.mark),
            });
        }
    }
    Ok(found)
}
