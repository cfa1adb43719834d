//! `/territoire/reformes`: the acts on the map, one by one, and their undoing.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Reject, Stop};
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use super::{ACCESS, Typed, headline, may_change, seen};
use crate::lineage::Atlas;
use crate::{Act, State};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/territoire/reformes", Access::Public, show)
        .get("/territoire/reformes/{mark}", Access::Public, one)
        .post("/territoire/reformes/{mark}/annulation", ACCESS, undo)
}

/// An act in a list.
pub(in crate::pages) struct ActLine {
    pub(in crate::pages) href: String,
    pub(in crate::pages) day: String,
    pub(in crate::pages) what: String,
    pub(in crate::pages) text: String,
    pub(in crate::pages) author: String,
    /// The kind of the tag, and its word.
    pub(in crate::pages) state: (&'static str, String),
    /// Why it does not make the map.
    pub(in crate::pages) why: String,
}

/// Acts as a list shows them.
pub(in crate::pages) fn act_lines(chrome: &Chrome, atlas: &Atlas, acts: &[Act]) -> Vec<ActLine> {
    let language = chrome.language();
    acts.iter()
        .map(|it| {
            let (what, text) = match &it.reform {
                Some(reform) => (headline(chrome, atlas, reform), seen::text(chrome, reform)),
                None => (chrome.t("reform-headline-list"), it.title.clone()),
            };
            let (state, why) = match &it.state {
                State::InForce => (("done", chrome.t("reform-state-in-force")), String::new()),
                State::SetAside(why) => {
                    (("conflict", chrome.t("reform-state-set-aside")), chrome.tell(why))
                }
                State::Undone { reason, .. } => {
                    (("stopped", chrome.t("reform-state-undone")), reason.clone())
                }
            };
            ActLine {
                href: format!("/territoire/reformes/{}", it.mark),
                day: it.day.map(|it| language.long_date(it)).unwrap_or_default(),
                author: if it.office.is_empty() { it.person.clone() } else { it.office.clone() },
                what,
                text,
                state,
                why,
            }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "territory/reforms.html")]
struct View {
    chrome: Chrome,
    groups: Vec<Group>,
    may_load: bool,
}

/// The acts of one country.
struct Group {
    name: String,
    lines: Vec<ActLine>,
    maps: Vec<MapLine>,
    /// Divisions and unions whose key nobody knows.
    unknown: Vec<(String, String)>,
}

/// A map of a country.
struct MapLine {
    from: String,
    href: String,
    title: String,
    changes: String,
}

/// The days of a map that a page names, oldest to latest.
const MAPS: usize = 60;

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let chrome = visit.chrome("reforms-title");
    let words = chrome.clone();
    let today = visit.today();
    let groups = visit
        .app
        .read(move |tx| {
            let mut out = Vec::new();
            for root in crate::roots(tx, today)? {
                let acts = crate::acts(tx, &root.code)?;
                let atlas = Atlas::read(tx, &root.code)?;
                out.push(Group {
                    lines: act_lines(&words, &atlas, &acts),
                    maps: maps(&words, &atlas),
                    unknown: unknown(&words, &atlas, &acts),
                    name: root.name,
                });
            }
            Ok::<_, Failure>(out)
        })
        .await?;
    let may_load = may_change(&visit, "ML")
        || visit.may(identity::Action::EditTerritory, &identity::Object::Post);
    visit.page(&View { chrome, groups, may_load })
}

fn maps(chrome: &Chrome, atlas: &Atlas) -> Vec<MapLine> {
    let language = chrome.language();
    let all = atlas.maps();
    let dated = all.iter().rev().filter_map(|it| it.from.map(|from| (from, it)));
    dated
        .take(MAPS)
        .map(|(from, it)| MapLine {
            from: language.long_date(from),
            href: format!("/territoire/{}?le={from}", atlas.country),
            title: it.title.clone(),
            changes: language.integer(i64::try_from(it.changes).unwrap_or(i64::MAX)),
        })
        .collect()
}

/// What a person must still find out.
fn unknown(chrome: &Chrome, atlas: &Atlas, acts: &[Act]) -> Vec<(String, String)> {
    let marks: BTreeSet<&str> = atlas
        .events()
        .iter()
        .filter(|it| {
            let several = |code: &str| 1 < it.edges.iter().filter(|it| it.from == code).count();
            it.edges.iter().any(|it| it.share.is_none() && several(&it.from))
        })
        .map(|it| it.act.as_str())
        .collect();
    acts.iter()
        .filter(|it| marks.contains(it.mark.as_str()))
        .map(|it| {
            let what = it.reform.as_ref().map_or_else(
                || chrome.t("reform-headline-list"),
                |reform| headline(chrome, atlas, reform),
            );
            (format!("/territoire/reformes/{}", it.mark), what)
        })
        .collect()
}

#[derive(Template)]
#[template(path = "territory/reform_one.html")]
struct One {
    chrome: Chrome,
    mark: String,
    line: ActLine,
    reason: String,
    at: String,
    person: String,
    units: Vec<(String, String)>,
    parts: Vec<(String, String, String)>,
    undone_by: String,
    may_undo: bool,
    done: String,
    typed: String,
    error: String,
}

async fn one(
    visit: Visit,
    Path(mark): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let typed = Typed::new(pairs);
    let done = match typed.get("fait") {
        "" => String::new(),
        "annulation" => visit.chrome("reforms-title").t("reform-done-undone"),
        _ => visit.chrome("reforms-title").t("reform-done-entered"),
    };
    let view = view(&visit, &mark, done, "", String::new()).await?;
    visit.page(&view)
}

async fn view(
    visit: &Visit,
    mark: &str,
    done: String,
    typed: &str,
    error: String,
) -> Result<One, PageFailure> {
    let wanted = mark.to_owned();
    let found = visit
        .app
        .read(move |tx| {
            let Some(act) = crate::act(tx, &wanted)? else { return Ok(None) };
            let atlas = Atlas::read(tx, &act.country)?;
            let person = match act.person.parse() {
                Ok(id) => identity::person(tx, id)?.map(|it| it.name),
                Err(_) => None,
            };
            Ok::<_, Failure>(Some((act, atlas, person)))
        })
        .await?;
    let (act, atlas, person) = found.ok_or(PageFailure::NotFound)?;
    let chrome = visit
        .chrome("reforms-title")
        .with_invented(atlas.units.get(&act.country).is_some_and(|it| it.invented));
    let line = act_lines(&chrome, &atlas, std::slice::from_ref(&act)).pop();
    let line = line.ok_or(PageFailure::NotFound)?;
    let language = chrome.language();
    let day = act.day.unwrap_or(visit.today());
    let units = act
        .units
        .iter()
        .map(|it| (format!("/territoire/{it}?le={day}"), atlas.name(it, day).to_owned()))
        .collect();
    let undone_by = match &act.state {
        State::Undone { office, at_millis, .. } => {
            chrome.t2("reform-undone-by", ("office", office), ("at", language.instant(*at_millis)))
        }
        _ => String::new(),
    };
    Ok(One {
        mark: mark.to_owned(),
        reason: act.reason.clone(),
        at: language.instant(act.at_millis),
        person: person.unwrap_or_default(),
        parts: act.reform.as_ref().map(|it| seen::parts(&chrome, &atlas, it)).unwrap_or_default(),
        may_undo: undone_by.is_empty() && may_change(visit, &act.country),
        typed: typed.to_owned(),
        units,
        undone_by,
        line,
        done,
        error,
        chrome,
    })
}

async fn undo(
    visit: Visit,
    Path(mark): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let typed = Typed::new(pairs);
    let (wanted, reason) = (mark.clone(), typed.get("motif").to_owned());
    let done =
        visit.app.write(&visit.actor, move |ctx| crate::reform::undo(ctx, &wanted, &reason)).await;
    match done {
        Ok(mark) => {
            Ok(Redirect::to(&format!("/territoire/reformes/{mark}?fait=annulation"))
                .into_response())
        }
        Err(Stop::Refused(refused)) => {
            let said = visit.chrome("reforms-title").tell(&refused.message());
            visit.correct(&view(&visit, &mark, String::new(), typed.get("motif"), said).await?)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
