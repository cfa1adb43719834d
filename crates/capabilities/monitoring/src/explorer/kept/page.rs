//! The list of kept questions, and the form by which one is kept, changed, copied, retired.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use super::super::page::{PAGE, Pairs};
use super::{KeepRefused, Kept, QueryKept, Sharing, change, keep, may_change, retire, store};
use crate::explorer::asked;

/// The address of the list.
pub(crate) const LIST: &str = "/suivi/explorer/questions";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(LIST, Access::Public, list)
        .post(LIST, Access::SignedIn, create)
        .get("/suivi/explorer/questions/nouvelle", Access::SignedIn, begin)
        .get("/suivi/explorer/questions/{id}", Access::SignedIn, open)
        .post("/suivi/explorer/questions/{id}", Access::SignedIn, save)
        .post("/suivi/explorer/questions/{id}/retrait", Access::SignedIn, withdraw)
}

#[derive(Template)]
#[template(path = "explorer/questions.html")]
struct List {
    chrome: Chrome,
    groups: Vec<(String, Vec<Line>)>,
    may_keep: bool,
}

struct Line {
    name: String,
    href: String,
    note: String,
    edit: String,
    copy: String,
    day: String,
}

async fn list(visit: Visit) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let view = visit.app.read::<_, PageFailure>(move |tx| {
        let today = seer.today();
        let found = store::visible(tx, &seer.actor, today)?;
        let mut groups: Vec<(String, Vec<Line>)> = Vec::new();
        for sharing in Sharing::ALL {
            let mut lines = Vec::new();
            for it in found.iter().filter(|it| it.content.sharing == sharing) {
                let object = store::object(tx, &it.content.place, today)?;
                lines.push(line(&seer, it, may_change(&seer.actor, it, &object)));
            }
            if !lines.is_empty() {
                let key = format!("kept-group-{}", sharing.word());
                groups.push((seer.app.catalogue().say(seer.language, &key, &[]), lines));
            }
        }
        Ok(List { chrome: seer.chrome("kept-title"), groups, may_keep: seer.actor.is_signed_in() })
    });
    visit.page(&view.await?)
}

fn line(visit: &Visit, kept: &Kept, may_edit: bool) -> Line {
    let it = &kept.content;
    let signed = visit.actor.is_signed_in();
    Line {
        name: it.name.clone(),
        href: format!("{PAGE}?{}", it.query),
        note: format!("/suivi/explorer/notes/{}", it.id),
        edit: if may_edit { format!("{LIST}/{}", it.id) } else { String::new() },
        copy: if signed {
            let name = crate::analysis::encoded(&it.name);
            format!("{LIST}/nouvelle?{}&nom={name}", it.query)
        } else {
            String::new()
        },
        day: visit.language.short_date(kept.day),
    }
}

/// What the form holds, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    nom: String,
    question: String,
    partage: String,
    demande_par: String,
    demande_le: String,
    texte: String,
}

impl Fields {
    fn of(it: &QueryKept) -> Self {
        Self {
            nom: it.name.clone(),
            question: it.query.clone(),
            partage: it.sharing.word().to_owned(),
            demande_par: it.asked_by.clone(),
            demande_le: it.asked_on.map(|it| it.to_string()).unwrap_or_default(),
            texte: it.text.clone(),
        }
    }

    fn read(&self, id: &str) -> Result<QueryKept, KeepRefused> {
        let asked_on = match self.demande_le.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| KeepRefused::Day(text.to_owned()))?),
        };
        Ok(QueryKept {
            id: id.to_owned(),
            name: self.nom.clone(),
            query: self.question.clone(),
            sharing: Sharing::from_word(&self.partage).unwrap_or_default(),
            place: String::new(),
            asked_by: self.demande_par.clone(),
            asked_on,
            text: self.texte.clone(),
        })
    }
}

#[derive(Template)]
#[template(path = "explorer/question.html")]
struct View {
    chrome: Chrome,
    form: Fields,
    action: String,
    withdraw: String,
    answer: String,
    /// Where the question itself is changed; empty for a new one.
    rethink: String,
    /// Whether the question shown is not the one that is kept.
    is_other: bool,
    note: String,
    sharings: Vec<(&'static str, String, bool)>,
    refusal: Option<(&'static str, String)>,
}

impl View {
    fn of(visit: &Visit, form: Fields, id: Option<&str>, refused: Option<&KeepRefused>) -> Self {
        let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
        let publishes = visit.actor.offices.iter().any(|it| {
            let object = identity::Object::at([it.place.as_str()]);
            identity::allow(&visit.actor, Action::PublishQuarter, &object)
        });
        let shares = visit.actor.offices.iter().any(|it| {
            let object = identity::Object::at([it.place.as_str()]);
            identity::allow(&visit.actor, Action::ReadUnpublished, &object)
        });
        let sharings = Sharing::ALL
            .into_iter()
            .filter(|it| match it {
                Sharing::Person => true,
                Sharing::Place => shares,
                Sharing::Everybody => publishes,
            })
            .map(|it| {
                let chosen = Sharing::from_word(&form.partage).unwrap_or_default() == it;
                (it.word(), say(&format!("kept-sharing-{}", it.word())), chosen)
            })
            .collect();
        Self {
            chrome: visit.chrome(if id.is_some() { "kept-edit" } else { "kept-new" }),
            action: id.map_or(LIST.to_owned(), |id| format!("{LIST}/{id}")),
            withdraw: id.map_or(String::new(), |id| format!("{LIST}/{id}/retrait")),
            answer: format!("{PAGE}?{}", form.question),
            rethink: id.map_or(String::new(), |id| {
                format!("{PAGE}?{}&remplace={}", form.question, crate::analysis::encoded(id))
            }),
            is_other: false,
            note: id.map_or(String::new(), |id| format!("/suivi/explorer/notes/{id}")),
            refusal: refused.map(|it| (it.field(), visit.app.tell(visit.language, &it.message()))),
            sharings,
            form,
        }
    }

    fn error(&self, field: &str) -> &str {
        self.refusal.as_ref().filter(|it| it.0 == field).map_or("", |it| it.1.as_str())
    }
}

async fn begin(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let view = visit.app.read::<_, PageFailure>(move |tx| {
        let newest = crate::questionnaire::newest(tx)?;
        let refuse = |it: asked::Refused| PageFailure::Refused(it.message());
        let question = asked::read(&newest, &pairs).map_err(refuse)?;
        let name = pairs.iter().find(|it| it.0 == "nom").map(|it| it.1.clone());
        let form = Fields {
            nom: name.unwrap_or_default(),
            question: question.with(|it| it.replaces = None).query(&newest),
            ..Fields::default()
        };
        Ok(View::of(&seer, form, None, None))
    });
    visit.page(&view.await?)
}

/// The question as its owner may change it.
async fn found(visit: &Visit, id: &str) -> Result<Kept, PageFailure> {
    let (actor, today, id) = (visit.actor.clone(), visit.today(), id.to_owned());
    visit
        .app
        .read::<_, PageFailure>(move |tx| {
            let kept = store::kept(tx, &actor, &id, today)?.ok_or(PageFailure::NotFound)?;
            let object = store::object(tx, &kept.content.place, today)?;
            if may_change(&actor, &kept, &object) { Ok(kept) } else { Err(PageFailure::Denied) }
        })
        .await
}

async fn open(
    visit: Visit,
    Path(id): Path<String>,
    Query(pairs): Pairs,
) -> Result<Response, PageFailure> {
    let kept = found(&visit, &id).await?;
    let mut form = Fields::of(&kept.content);
    // What the explorer sends back in the place of what was kept.
    if pairs.iter().any(|it| it.0 == "mesure") {
        form.question = visit.app.read::<_, PageFailure>(move |tx| asked_again(tx, &pairs)).await?;
    }
    let is_other = form.question != kept.content.query;
    let mut view = View::of(&visit, form, Some(&id), None);
    view.is_other = is_other;
    visit.page(&view)
}

/// A question as it is kept.
fn asked_again(tx: &mut db::Tx<'_>, pairs: &[(String, String)]) -> Result<String, PageFailure> {
    let newest = crate::questionnaire::newest(tx)?;
    let refuse = |it: asked::Refused| PageFailure::Refused(it.message());
    let question = asked::read(&newest, pairs).map_err(refuse)?;
    Ok(question.with(|it| it.replaces = None).query(&newest))
}

/// What follows the question mark, as the explorer itself writes it: whatever was typed becomes a
/// question that can be asked again, or is refused.
fn canonical(tx: &mut db::Tx<'_>, query: &str) -> Result<String, PageFailure> {
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|it| it.split_once('='))
        .map(|it| (it.0.to_owned(), crate::explorer::choose::decoded(it.1)))
        .collect();
    asked_again(tx, &pairs)
}

async fn create(visit: Visit, Form(form): Form<Fields>) -> Result<Response, PageFailure> {
    let typed = form.clone();
    let done = visit.app.write(&visit.actor, move |ctx| -> Result<_, PageFailure> {
        let query = canonical(ctx.tx, &typed.question)?;
        let read = typed.read("").map(|it| QueryKept { query, ..it });
        outcome(read.map_err(Stop::Refused).and_then(|it| keep(ctx, it)))
    });
    match done.await? {
        Ok(id) => Ok(Redirect::to(&format!("/suivi/explorer/notes/{id}")).into_response()),
        Err(refused) => visit.correct(&View::of(&visit, form, None, Some(&refused))),
    }
}

async fn save(
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let (typed, code) = (form.clone(), id.clone());
    let done = visit.app.write(&visit.actor, move |ctx| -> Result<_, PageFailure> {
        let query = canonical(ctx.tx, &typed.question)?;
        let read = typed.read(&code).map(|it| QueryKept { query, ..it });
        outcome(read.map_err(Stop::Refused).and_then(|it| change(ctx, it)))
    });
    match done.await? {
        Ok(()) => Ok(Redirect::to(&format!("/suivi/explorer/notes/{id}")).into_response()),
        Err(refused) => visit.correct(&View::of(&visit, form, Some(&id), Some(&refused))),
    }
}

async fn withdraw(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let done = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<_, PageFailure> { outcome(retire(ctx, &id)) });
    match done.await? {
        Ok(()) => Ok(Redirect::to(LIST).into_response()),
        Err(refused) => Err(PageFailure::Refused(refused.message())),
    }
}

fn outcome<T>(done: Result<T, Stop<KeepRefused>>) -> Result<Result<T, KeepRefused>, PageFailure> {
    match done {
        Ok(it) => Ok(Ok(it)),
        Err(Stop::Refused(refused)) => Ok(Err(refused)),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
