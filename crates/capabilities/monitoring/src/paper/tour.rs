//! « Préparer la tournée »: choose communes, print their forms.

use super::booklet::{booklet, words};
use crate::circuit::ground_of;
use crate::entry::page::{self, chrome, tier, tier_word};
use crate::questionnaire::Level;
use crate::store::Ground;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use documents::paper::{Booklet, Booklets};
use identity::Action;
use kernel::{Failure, Quarter};
use serde::Deserialize;
use std::io::{Cursor, Write};
use web::{Access, Chrome, PageFailure, Routes, Visit};

/// The booklets of one file: two cercles at once, and about a minute on an old PC.
const MOST: usize = 80;
/// The quarters before the one shown that the page leads to.
const BEFORE: i32 = 3;

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::EnterValues);
    Routes::new().get("/suivi/papier", access, show).get("/suivi/papier/fiches", access, print)
}

#[derive(Template)]
#[template(path = "paper/tour.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    quarters: Vec<(String, String, bool)>,
    units: Vec<(String, String, bool)>,
    tier: &'static str,
    refusal: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    lieu: String,
    trimestre: String,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let own = visit.actor.main_office().map(|it| it.place.clone()).unwrap_or_default();
    let place = if asked.lieu.is_empty() { own } else { asked.lieu };
    let quarter = match asked.trimestre.as_str() {
        "" => Quarter::of(visit.today()),
        text => page::quarter(text, visit.today())?,
    };
    let ground = visit.app.read(move |tx| ground_of(tx, &place, quarter)).await;
    let ground = ground.map_err(|it: Failure| PageFailure::from(it))?;
    visit.page(&view(&visit, ground, quarter, None)?)
}

/// The units of a place whose forms this person may fill in.
fn units(visit: &Visit, ground: &Ground) -> Vec<(String, String)> {
    ground
        .tree
        .units()
        .iter()
        .filter(|it| matches!(it.level, Level::Commune | Level::Cercle))
        .filter(|it| visit.may(Action::EnterValues, &ground.object(&it.code)))
        .map(|it| (it.code.clone(), ground.name(&it.code).to_owned()))
        .collect()
}

fn view(
    visit: &Visit,
    ground: Ground,
    quarter: Quarter,
    refused: Option<(String, &Asking)>,
) -> Result<View, PageFailure> {
    let place = ground.place().to_owned();
    let last = quarter.plus(1).min(Quarter::of(visit.today()).plus(1)).max(quarter);
    let quarters = (-BEFORE..=1).map(|it| quarter.plus(it)).filter(|it| *it <= last).map(|it| {
        let href = format!("/suivi/papier?lieu={place}&trimestre={it}");
        (href, visit.language.short_quarter(it), it == quarter)
    });
    let asked = refused.as_ref().map(|it| it.1);
    let units: Vec<_> = units(visit, &ground)
        .into_iter()
        .map(|(code, name)| {
            let chosen = asked.is_none_or(|it| it.units.contains(&code));
            (code, name, chosen)
        })
        .collect();
    if units.is_empty() {
        return Err(PageFailure::Denied);
    }
    let title = visit.app.catalogue().say(visit.language, "paper-title", &[]);
    Ok(View {
        chrome: chrome(visit, title, &ground, quarter),
        quarters: quarters.collect(),
        units,
        tier: asked.map_or("noyau", |it| tier_word(tier(&it.tier))),
        refusal: refused.map(|it| it.0),
        ground,
        quarter,
    })
}

/// What to print.
#[derive(Clone, Debug, Default)]
struct Asking {
    place: String,
    quarter: String,
    tier: String,
    units: Vec<String>,
    merged: bool,
}

impl Asking {
    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut it = Self::default();
        for (name, text) in pairs {
            match name.as_str() {
                "lieu" => it.place = text,
                "trimestre" => it.quarter = text,
                "palier" => it.tier = text,
                "commune" if !it.units.contains(&text) => it.units.push(text),
                "fichier" => it.merged = text == "pdf",
                _ => {}
            }
        }
        it
    }
}

async fn print(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let asked = Asking::read(pairs);
    let quarter = page::quarter(&asked.quarter, visit.today())?;
    let place = asked.place.clone();
    let ground = visit.app.read(move |tx| ground_of(tx, &place, quarter)).await;
    let ground = ground.map_err(|it: Failure| PageFailure::from(it))?;
    let allowed = units(&visit, &ground);
    if asked.units.iter().any(|it| allowed.iter().all(|known| known.0 != *it)) {
        return Err(PageFailure::Denied);
    }
    let count = asked.units.len();
    if count == 0 || MOST < count {
        let key = if count == 0 { "paper-none" } else { "paper-many" };
        let given = [("most", MOST.to_string())];
        let words = visit.app.catalogue().say(visit.language, key, &given);
        return visit.correct(&view(&visit, ground, quarter, Some((words, &asked)))?);
    }
    let (seer, wanted) = (visit.clone(), asked.clone());
    let booklets = visit.app.read(move |tx| {
        let spoken = (seer.app.catalogue(), seer.language);
        let at = |unit: &String| (unit.clone(), quarter, tier(&wanted.tier));
        let units = wanted.units.iter().map(at);
        units
            .map(|(unit, quarter, tier)| booklet(tx, &seer.actor, (&unit, quarter, tier), spoken))
            .collect::<Result<Vec<Booklet>, Failure>>()
    });
    let booklets = booklets.await.map_err(|it: Failure| PageFailure::from(it))?;
    let (writer, seer) = (visit.app.shell().paper, visit.clone());
    let file = move |booklets: Vec<Booklet>| {
        let given = [("quarter", seer.language.quarter(quarter))];
        writer(&Booklets {
            language: seer.language,
            title: seer.app.catalogue().say(seer.language, "paper-file-title", &given),
            made_on: seer.today(),
            words: words(seer.app.catalogue(), seer.language),
            booklets,
        })
    };
    if count == 1 || asked.merged {
        let name = match asked.units.as_slice() {
            [unit] => format!("fiches-{quarter}-{unit}.pdf"),
            _ => format!("fiches-{quarter}-{}.pdf", asked.place),
        };
        let bytes = visit.app.work(move || file(booklets)).await?;
        return Ok(visit.file(&name, "application/pdf", bytes));
    }
    let named = asked.units;
    let bytes = visit
        .app
        .work(move || {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (unit, booklet) in named.iter().zip(booklets) {
                let bytes = file(vec![booklet])?;
                let name = format!("fiches-{quarter}-{unit}.pdf");
                zip.start_file(name, zip::write::SimpleFileOptions::default())
                    .map_err(Failure::broken)?;
                zip.write_all(&bytes).map_err(Failure::broken)?;
            }
            Ok(zip.finish().map_err(Failure::broken)?.into_inner())
        })
        .await?;
    let name = format!("fiches-{quarter}-{}.zip", asked.place);
    Ok(visit.file(&name, "application/zip", bytes))
}
