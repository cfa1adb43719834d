//! The slip of a quarter passed on, to be printed and to go with the package: who, when, under which
//! formulas and which map, and the code of each thing received.

use crate::analysis::encoded;
use crate::entry::page::{self, chrome};
use crate::questionnaire::Level;
use crate::store::{Ground, Passed, Stage, Under, passages};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use identity::Action;
use kernel::{Failure, Quarter};
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    Routes::new().get("/suivi/bordereau/{place}/{quarter}", read, show)
}

/// The address of the slip of a place.
pub(super) fn href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/bordereau/{}/{quarter}", encoded(place))
}

/// What a mark was put under, a line each: what, and its words.
pub(super) fn lines(chrome: &Chrome, under: &Under) -> Vec<(String, String)> {
    let language = chrome.language();
    let map = match under.map {
        Some(day) => chrome.t1("under-map-from", "day", language.long_date(day)),
        None => chrome.t("under-map-oldest"),
    };
    let count = ("count", under.communes);
    let territory = chrome.t2("under-territory-value", count, ("hash", &under.territory));
    let circuit = match under.circuit {
        0 => chrome.t("under-circuit-shipped"),
        number => chrome.t1("plan-number", "number", number),
    };
    let edition =
        chrome.t2("under-edition", ("number", under.edition), ("hash", &under.questionnaire));
    vec![
        (chrome.t("under-questionnaire"), edition),
        (chrome.t("under-map"), map),
        (chrome.t("under-territory"), territory),
        (chrome.t("under-circuit"), circuit),
    ]
}

/// One thing received.
struct Line {
    name: String,
    code: String,
    mark: String,
}

#[derive(Template)]
#[template(path = "circuit/slip.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    passed: Passed,
    step: String,
    who: String,
    under: Vec<(String, String)>,
    received: Vec<Line>,
    back: String,
}

impl View {
    fn day(&self) -> String {
        self.chrome.language().long_date(self.passed.day)
    }

    fn period(&self) -> String {
        self.chrome.language().quarter(self.quarter)
    }

    fn missing(&self) -> String {
        let names = self.passed.missing.iter().map(|it| self.ground.name(it));
        names.collect::<Vec<_>>().join(", ")
    }
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (code, actor) = (place.clone(), visit.actor.clone());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let state = passages(tx, &ground)?;
        let stages: &[Stage] = match ground.level() {
            Level::Nation => &[Stage::Published],
            Level::Region => &[Stage::Validated, Stage::Closed],
            Level::Cercle | Level::Commune => &[Stage::Closed],
        };
        let passed = stages.iter().find_map(|it| state.standing(&code, quarter, *it)).cloned();
        let passed = passed.ok_or(Failure::NotFound)?;
        let name = super::words::person(tx, &passed.person)?;
        Ok::<_, Failure>((ground, passed, name))
    });
    let (ground, passed, name) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let chrome = chrome(&visit, say("slip-title"), &ground, quarter);
    visit.page(&View {
        step: say(&format!("slip-{}", passed.stage.word())),
        who: super::words::who(&name, &passed.office),
        under: passed.under.as_ref().map(|it| lines(&chrome, it)).unwrap_or_default(),
        received: passed
            .covers
            .iter()
            .map(|(code, mark)| Line {
                name: ground.name(code).to_owned(),
                code: code.clone(),
                mark: mark.clone(),
            })
            .collect(),
        back: format!("/suivi/circuit/{}/{quarter}", encoded(&place)),
        chrome,
        passed,
        quarter,
        ground,
    })
}
