//! `/territoire/{code}/decoupage`: change the map, operation by operation, with a preview; and
//! `/territoire/reformes`: what was changed, by which text, and how to undo it.

mod list;
mod read;
mod seen;
mod told;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use identity::{Action, Object};
use kernel::{Date, Failure, Reject, Stop};
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use crate::lineage::Atlas;
use crate::reform::ReformRefused;
use crate::{Level, Operation, Reform};

use read::Typed;
pub(super) use seen::Seen;
pub(super) use told::{ActLine, act_lines};

const ACCESS: Access = Access::Needs(Action::EditTerritory);
/// The lines of a division that the form offers: the unit itself and four others.
const PIECES: usize = 5;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/territoire/{code}/decoupage", ACCESS, show)
        .post("/territoire/{code}/decoupage", ACCESS, submit)
        .and(told::routes())
        .and(list::routes())
}

/// Whether the visitor may change the map of a country.
pub(super) fn may_change(visit: &Visit, country: &str) -> bool {
    visit.may(Action::EditTerritory, &Object::at([country]))
}

/// The operations in the order of the page, by their word in addresses.
const OPERATIONS: [(&str, &str); 7] = [
    ("scission", "split"),
    ("fusion", "merge"),
    ("rattachement", "move"),
    ("nom", "rename"),
    ("genre", "kind"),
    ("creation", "create"),
    ("fin", "close"),
];

/// A unit under the one that changes, and where a division puts it.
struct Under {
    code: String,
    name: String,
    /// The line of the division that takes it.
    goes: usize,
}

/// A line of a division, as typed.
#[derive(Clone, Debug, Default)]
struct PieceLine {
    number: usize,
    code: String,
    name: String,
    parent: String,
    share: String,
}

#[derive(Template)]
#[template(path = "territory/reform.html")]
struct View {
    chrome: Chrome,
    code: String,
    name: String,
    level: String,
    operation: String,
    operations: Vec<(String, String, bool)>,
    typed: BTreeMap<String, String>,
    pieces: Vec<PieceLine>,
    /// Whether the last lines of a division are used.
    more_pieces: bool,
    own_label: String,
    goes_on_label: String,
    under: Vec<Under>,
    keys: Vec<(String, String, bool)>,
    levels: Vec<(String, String, bool)>,
    siblings: Vec<(String, String, bool)>,
    errors: Vec<(&'static str, String)>,
    seen: Option<Seen>,
    hidden: Vec<(String, String)>,
}

impl View {
    fn value(&self, name: &str) -> String {
        self.typed.get(name).cloned().unwrap_or_default()
    }

    fn error(&self, field: &str) -> String {
        self.errors.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }

    fn is(&self, operation: &str) -> bool {
        self.operation == operation
    }
}

/// What a form needs of the store.
struct Ground {
    atlas: Atlas,
    populations: Vec<crate::Population>,
}

fn ground(tx: &mut db::Tx<'_>, code: &str) -> Result<Option<Ground>, Failure> {
    let Some(unit) = crate::unit(tx, code)? else { return Ok(None) };
    let atlas = Atlas::read(tx, &unit.country)?;
    let populations = crate::read::commune_populations(tx, &unit.country)?;
    Ok(Some(Ground { atlas, populations }))
}

async fn open(visit: &Visit, code: &str) -> Result<Ground, PageFailure> {
    let wanted = code.to_owned();
    let ground =
        visit.app.read(move |tx| ground(tx, &wanted)).await?.ok_or(PageFailure::NotFound)?;
    if may_change(visit, &ground.atlas.country) { Ok(ground) } else { Err(PageFailure::Denied) }
}

async fn show(
    visit: Visit,
    Path(code): Path<String>,
    axum::extract::Query(pairs): axum::extract::Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let ground = open(&visit, &code).await?;
    let typed = Typed::new(pairs);
    visit.page(&view(&visit, &code, &ground, &typed, Vec::new(), None))
}

async fn submit(
    visit: Visit,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let ground = open(&visit, &code).await?;
    let typed = Typed::new(pairs);
    let reform = match read::reform(&typed, &code, &ground.atlas, &ground.populations) {
        Ok(reform) => reform,
        Err(refused) => return correct(&visit, &code, &ground, &typed, &refused),
    };
    if typed.get("etape") == "enregistrer" {
        let reason = typed.get("motif").to_owned();
        let entered = visit
            .app
            .write(&visit.actor, move |ctx| crate::reform::enter(ctx, &reform, &reason))
            .await;
        return match entered {
            Ok(mark) => {
                Ok(Redirect::to(&format!("/territoire/reformes/{mark}?fait=entree"))
                    .into_response())
            }
            Err(Stop::Refused(refused)) => correct(&visit, &code, &ground, &typed, &refused),
            Err(Stop::Failed(failure)) => Err(failure.into()),
        };
    }
    let now = visit.app.now_millis();
    let asked = reform.clone();
    let looked = visit.app.read(move |tx| crate::reform::preview(tx, &asked, now)).await;
    match looked {
        // A reason is asked before the preview, so that the last step only confirms.
        Ok(_) if typed.get("motif").trim().is_empty() => {
            correct(&visit, &code, &ground, &typed, &ReformRefused::NoReason)
        }
        Ok(preview) => {
            let chrome = visit.chrome("reform-title");
            let seen = Seen::of(&chrome, &ground.atlas, &reform, &preview);
            visit.page(&view(&visit, &code, &ground, &typed, Vec::new(), Some(seen)))
        }
        Err(Stop::Refused(refused)) => correct(&visit, &code, &ground, &typed, &refused),
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

fn correct(
    visit: &Visit,
    code: &str,
    ground: &Ground,
    typed: &Typed,
    refused: &ReformRefused,
) -> Result<Response, PageFailure> {
    let said = visit.chrome("reform-title").tell(&refused.message());
    visit.correct(&view(visit, code, ground, typed, vec![(refused.field(), said)], None))
}

fn view(
    visit: &Visit,
    code: &str,
    ground: &Ground,
    typed: &Typed,
    errors: Vec<(&'static str, String)>,
    seen: Option<Seen>,
) -> View {
    let atlas = &ground.atlas;
    let day: Date = typed.get("jour").parse().unwrap_or(visit.today());
    let name = atlas.name(code, day).to_owned();
    let level = atlas.level(code).unwrap_or(Level::Commune);
    let chrome = visit
        .chrome_titled(visit.chrome("reform-title").t1("reform-title-of", "name", &name))
        .with_invented(atlas.units.get(code).is_some_and(|it| it.invented));
    let asked = typed.get("operation");
    let possible = |word: &str| match word {
        "scission" | "fusion" | "rattachement" | "fin" => level != Level::Pays,
        "creation" => level != Level::Commune,
        "genre" => level == Level::Commune,
        _ => true,
    };
    let chosen = OPERATIONS.iter().find(|it| it.0 == asked && possible(it.0)).map_or("", |it| it.0);
    let parent = atlas.version_on(code, day).and_then(|it| it.parent.clone()).unwrap_or_default();
    let pieces: Vec<PieceLine> = (0..PIECES)
        .map(|number| {
            let cell = |what: &str| typed.get(&format!("{what}-{number}")).to_owned();
            let filled = |value: String, otherwise: &str| match value.is_empty() {
                true => otherwise.to_owned(),
                false => value,
            };
            PieceLine {
                number,
                code: cell("code"),
                name: cell("nom"),
                parent: filled(cell("parent"), &parent),
                share: cell("part"),
            }
        })
        .collect();
    let under = atlas
        .children(code, day)
        .into_iter()
        .map(|child| Under {
            code: child.to_owned(),
            name: atlas.name(child, day).to_owned(),
            goes: typed.get(&format!("va-{child}")).parse().unwrap_or(0),
        })
        .collect();
    let siblings = atlas
        .children(&parent, day)
        .into_iter()
        .filter(|it| *it != code && atlas.level(it) == Some(level))
        .map(|it| {
            let chosen = typed.all("avec").any(|other| other == it);
            (it.to_owned(), atlas.name(it, day).to_owned(), chosen)
        })
        .collect();
    let levels = Level::ALL
        .into_iter()
        .filter(|it| !matches!(it, Level::Pays | Level::Inconnu))
        .filter(|it| crate::reform::rank(level) < crate::reform::rank(*it))
        .map(|it| {
            let word = it.word().to_owned();
            let label = chrome.t(&format!("territory-level-{it}"));
            let chosen = typed.get("niveau") == word;
            (word, label, chosen)
        })
        .collect();
    let mut keys = vec![(String::new(), chrome.t("reform-key-unknown"), false)];
    for (year, source) in read::counted(&ground.populations, code) {
        let value = format!("{year}|{source}");
        let label = chrome.t2(
            "reform-key-people",
            ("year", year.to_string()),
            ("source", source.to_owned()),
        );
        let chosen = typed.get("cle") == value;
        keys.push((value, label, chosen));
    }
    View {
        operations: OPERATIONS
            .iter()
            .filter(|it| possible(it.0))
            .map(|(word, key)| {
                ((*word).to_owned(), chrome.t(&format!("reform-do-{key}")), *word == chosen)
            })
            .collect(),
        hidden: typed.pairs().filter(|it| it.0 != "jeton" && it.0 != "etape").collect(),
        code: code.to_owned(),
        level: chrome.t(&format!("territory-level-{level}")),
        operation: chosen.to_owned(),
        typed: typed.last_values(),
        more_pieces: pieces.iter().skip(3).any(|it| !it.code.is_empty()),
        own_label: chrome.t1("reform-piece-own", "name", &name),
        goes_on_label: chrome.t1("reform-goes-on-yes", "name", &name),
        name,
        pieces,
        under,
        keys,
        levels,
        siblings,
        errors,
        seen,
        chrome,
    }
}

/// What a reform is, in a few words: « scission de Cercle d’exemple ».
fn headline(chrome: &Chrome, atlas: &Atlas, reform: &Reform) -> String {
    let eve = reform.day.plus_days(-1);
    let name = |code: &str| {
        let on = if atlas.is_alive(code, eve) { eve } else { reform.day };
        atlas.name(code, on).to_owned()
    };
    let word = reform.operation.word();
    let (first, second) = match &reform.operation {
        Operation::Create { unit } => (unit.name.clone(), name(&unit.parent)),
        Operation::Split { unit, .. } | Operation::Close { unit } => (name(unit), String::new()),
        Operation::Merge { units, into, new } => (
            units.iter().map(|it| name(&it.code)).collect::<Vec<_>>().join(", "),
            new.as_ref().map_or_else(|| name(into), |it| it.name.clone()),
        ),
        Operation::Rename { unit, name: new } => (name(unit), new.clone()),
        Operation::Move { units, parent } => {
            (units.iter().map(|it| name(it)).collect::<Vec<_>>().join(", "), name(parent))
        }
        Operation::Kind { unit, kind } => (name(unit), kind.clone()),
    };
    chrome.t2(&format!("reform-headline-{word}"), ("one", first), ("other", second))
}
