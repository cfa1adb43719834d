//! The questions of a place for a quarter, and one of them with all that was said.

use super::threads::{self, About, Saying, Thread, Turn, ask, may_ask, may_speak, say, seen};
use super::{Refused, words};
use crate::analysis::encoded;
use crate::entry::page::{self, chrome, form_href};
use crate::questionnaire::{self, Questionnaire, Tier};
use crate::store::{Ground, may_read_unpublished};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use std::sync::Arc;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    Routes::new()
        .get("/suivi/questions/{place}/{quarter}", read, show)
        .post("/suivi/questions/{place}/{quarter}", Access::SignedIn, pose)
        .get("/suivi/question/{mark}", read, one)
        .post("/suivi/question/{mark}", Access::SignedIn, speak)
}

/// The address of the questions of a place.
pub(crate) fn href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/questions/{}/{quarter}", encoded(place))
}

/// The address of one question.
pub(super) fn one_href(mark: &str) -> String {
    format!("/suivi/question/{mark}")
}

/// The address at which a question on something of a unit is written.
pub(crate) fn ask_href(unit: &str, quarter: Quarter, about: &About) -> String {
    format!("{}?objet={}#f-question", href(unit, quarter), encoded(&about.to_string()))
}

/// A thread as a list shows it.
pub(crate) struct Line {
    pub(crate) mark: String,
    pub(crate) unit: String,
    pub(crate) about: String,
    pub(crate) text: String,
    pub(crate) turn: Turn,
    pub(crate) blocking: bool,
    pub(crate) messages: usize,
    pub(crate) day: String,
}

impl Line {
    pub(crate) fn of(
        visit: &Visit,
        questionnaire: &Questionnaire,
        ground: &Ground,
        it: &Thread,
    ) -> Self {
        let last = it.messages.last();
        Self {
            mark: it.mark.clone(),
            unit: ground.name(&it.unit).to_owned(),
            about: words::about(visit, questionnaire, &it.about),
            text: it.question().map(|it| it.text.clone()).unwrap_or_default(),
            turn: it.turn(),
            blocking: it.blocking,
            messages: it.messages.len() - 1,
            day: last.map(|it| visit.language.short_date(it.day)).unwrap_or_default(),
        }
    }

    /// The icon of how far it is.
    pub(crate) fn kind(&self) -> &'static str {
        self.turn.kind()
    }

    /// The key of the words on how far it is.
    pub(crate) fn key(&self) -> String {
        format!("question-{}", self.turn.word())
    }
}

#[derive(Template)]
#[template(path = "circuit/questions.html")]
struct List {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    lines: Vec<Line>,
    may_ask: bool,
    units: Vec<(String, String, bool)>,
    form: Fields,
    /// What the question is about, if the address says so, with the figure.
    about: Option<(String, String)>,
    error: Option<(&'static str, String)>,
}

impl List {
    fn error(&self, field: &str) -> String {
        self.error.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }

    fn action(&self) -> String {
        href(self.ground.place(), self.quarter)
    }

    fn open(&self) -> usize {
        self.lines.iter().filter(|it| it.turn != Turn::Settled).count()
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    unite: String,
    objet: String,
    question: String,
    bloquante: String,
}

impl Fields {
    /// What the words of the field mean: as the address says it, or a code alone.
    fn about(&self, questionnaire: &Questionnaire) -> Option<About> {
        let text = self.objet.trim();
        if text.is_empty() {
            return Some(About::Quarter);
        }
        if let Ok(about) = text.parse() {
            return Some(about);
        }
        let code = text.to_uppercase();
        let rule = code.split('/').next().unwrap_or_default();
        if questionnaire.indicator(&code).is_some() {
            Some(About::Indicator(code))
        } else if questionnaire.rules().iter().any(|it| it.code == rule) {
            Some(About::Alert(code))
        } else {
            questionnaire.cell_of(text).map(|_| About::Cell(text.to_owned()))
        }
    }
}

async fn list(
    visit: &Visit,
    place: &str,
    quarter: Quarter,
    form: Fields,
    refusal: Option<Refused>,
) -> Result<List, PageFailure> {
    let (code, actor, typed) = (place.to_owned(), visit.actor.clone(), form.clone());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let found = threads::threads(tx, &ground, quarter)?;
        let about = typed.about(&questionnaire).filter(|it| *it != About::Quarter);
        let figure = match &about {
            Some(about) => seen(tx, &actor, &ground, quarter, about)?,
            None => None,
        };
        Ok::<_, Failure>((ground, questionnaire, found, about.zip(figure)))
    });
    let read = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let (ground, questionnaire, mut found, about) = read;
    // What waits comes first; then as they came.
    found.sort_by_key(Thread::turn);
    let lines = found.iter().map(|it| Line::of(visit, &questionnaire, &ground, it)).collect();
    let chosen = if form.unite.is_empty() { place } else { &form.unite };
    let units = ground
        .tree
        .units()
        .iter()
        .filter(|it| it.level < crate::questionnaire::Level::Region)
        .map(|it| (it.code.clone(), ground.name(&it.code).to_owned(), it.code == chosen))
        .collect();
    let title = visit.app.catalogue().say(visit.language, "questions-title", &[]);
    let title = format!("{title} {}", visit.language.short_quarter(quarter));
    let error = refusal.map(|it| {
        let field = if matches!(it, Refused::NoSuch(_)) { "objet" } else { "question" };
        (field, visit.app.tell(visit.language, &it.message()))
    });
    Ok(List {
        chrome: chrome(visit, title, &ground, quarter),
        may_ask: may_ask(&visit.actor, &ground, place),
        about: about.map(|(about, figure)| {
            (words::about(visit, &questionnaire, &about), page::side(visit.language, figure))
        }),
        quarter,
        lines,
        units,
        form,
        error,
        ground,
    })
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Query(form): Query<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    visit.page(&list(&visit, &place, quarter, form, None).await?)
}

async fn pose(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let typed = form.clone();
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let questionnaire = questionnaire::in_force(ctx.tx, quarter)?;
            let about = typed.about(&questionnaire);
            let about = about.ok_or_else(|| Stop::Refused(Refused::NoSuch(typed.objet.clone())))?;
            ask(ctx, &typed.unite, quarter, &about, &typed.question, typed.bloquante == "oui")
        })
        .await;
    match done {
        Ok(entry) => Ok(Redirect::to(&format!("/suivi/question/{}", entry.mark())).into_response()),
        Err(Stop::Refused(rule)) => {
            visit.correct(&list(&visit, &place, quarter, form, Some(rule)).await?)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// One thing said, as the page shows it.
struct Words {
    text: String,
    who: String,
    place: String,
    iso: String,
    day: String,
    kind: &'static str,
    closes: bool,
}

#[derive(Template)]
#[template(path = "circuit/question.html")]
struct One {
    chrome: Chrome,
    ground: Ground,
    thread: Thread,
    about: String,
    figure: String,
    /// Where the figure is typed or shown.
    cell: Option<String>,
    said: Vec<Words>,
    may_speak: bool,
    may_settle: bool,
    typed: Spoken,
    error: String,
}

impl One {
    fn kind(&self) -> &'static str {
        self.thread.turn().kind()
    }

    fn key(&self) -> String {
        format!("question-{}", self.thread.turn().word())
    }

    fn is_settled(&self) -> bool {
        self.thread.turn() == Turn::Settled
    }

    fn list_href(&self) -> String {
        href(self.ground.place(), self.thread.quarter)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Spoken {
    texte: String,
    citer: String,
    faire: String,
}

async fn view(visit: &Visit, mark: &str, typed: Spoken, error: String) -> Result<One, PageFailure> {
    let (mark, actor) = (mark.to_owned(), visit.actor.clone());
    let read = visit.app.read(move |tx| {
        let (ground, thread) = threads::thread_of(tx, &mark)?;
        if !may_read_unpublished(&actor, &ground, &thread.unit) {
            return Err(Failure::Denied("unpublished".to_owned()));
        }
        let mut names = Vec::new();
        for it in &thread.messages {
            names.push(words::person(tx, &it.person)?);
        }
        let questionnaire: Arc<Questionnaire> = questionnaire::in_force(tx, thread.quarter)?;
        Ok::<_, Failure>((ground, thread, names, questionnaire))
    });
    let (ground, thread, names, questionnaire) =
        read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let said = thread
        .messages
        .iter()
        .zip(&names)
        .enumerate()
        .map(|(at, (it, name))| Words {
            text: it.text.clone(),
            who: words::who(name, &it.office),
            place: ground.name(&it.place).to_owned(),
            iso: it.day.to_string(),
            day: visit.language.short_date(it.day),
            kind: match (at, it.closes, it.place == thread.place) {
                (0, ..) => "info",
                (_, true, _) => "done",
                (_, _, true) => "info",
                _ => "current",
            },
            closes: it.closes,
        })
        .collect();
    let cell = match &thread.about {
        About::Cell(text) => questionnaire.cell_of(text).and_then(|cell| {
            let sets = questionnaire.data_sets();
            let set = sets.iter().find(|it| it.elements.contains(&cell.element))?;
            let element = questionnaire.element(cell.element);
            let at = (thread.unit.as_str(), thread.quarter, set.code.as_str());
            Some(form_href(at, element.tier.max(Tier::Core), &format!("p-{}", element.code)))
        }),
        About::Alert(rule) => Some(format!(
            "/suivi/alertes/{}/{}#{}.{}",
            thread.unit,
            thread.quarter,
            thread.unit,
            rule.replace('/', ".")
        )),
        About::Indicator(code) => {
            Some(crate::analysis::page_href(&[code.as_str()], &thread.unit, thread.quarter))
        }
        About::Quarter => None,
    };
    let about = words::about(visit, &questionnaire, &thread.about);
    let title = visit.app.catalogue().say(visit.language, "question-title", &[]);
    Ok(One {
        chrome: chrome(visit, format!("{title}\u{a0}: {about}"), &ground, thread.quarter),
        figure: page::side(visit.language, thread.seen.clone()),
        may_speak: may_speak(&visit.actor, &ground, &thread.unit),
        may_settle: threads::may_settle(&visit.actor, &ground, &thread),
        about,
        cell,
        said,
        typed,
        error,
        ground,
        thread,
    })
}

async fn one(visit: Visit, Path(mark): Path<String>) -> Result<Response, PageFailure> {
    let typed = Spoken { citer: "oui".to_owned(), ..Spoken::default() };
    visit.page(&view(&visit, &mark, typed, String::new()).await?)
}

async fn speak(
    visit: Visit,
    Path(mark): Path<String>,
    Form(typed): Form<Spoken>,
) -> Result<Response, PageFailure> {
    let (code, spoken) = (mark.clone(), typed.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let saying = Saying {
                text: spoken.texte,
                closes: spoken.faire == "regler",
                quoted: spoken.citer == "oui",
            };
            say(ctx, &code, &saying)
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/suivi/question/{mark}")).into_response()),
        Err(Stop::Refused(rule)) => {
            let error = visit.app.tell(visit.language, &rule.message());
            visit.correct(&view(&visit, &mark, typed, error).await?)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
