//! The explorer: an indicator, a place, a quarter; the figure, its parts, who is missing, the units
//! side by side, the line over the quarters, the map, and how it is computed.

mod choices;
mod compare;
mod detail;
mod overview;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use db::Tx;
use kernel::{Date, Decimal, Failure, Period, Quarter, Reject};
use web::{Access, Chrome, PageFailure, Routes, Visit};

use crate::crosscheck::beside;
use crate::questionnaire::{self, Indicator, Level};

use super::consolidated::{self, Stamp};
use super::{Asked, Move, Refused, Say, Series, Sight, query, restated, series_under};

pub(crate) use choices::{Choices, encoded, href};
pub(crate) use detail::{lede, mapped, shown};

/// The quarters of the line: two years and the quarter before them.
const QUARTERS: i32 = 9;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/suivi/indicateurs", Access::Public, show).get(
        "/suivi/indicateurs.pdf",
        Access::Public,
        super::paper::show,
    )
}

/// All that a page of the explorer reads from the store.
pub(crate) struct Scene {
    pub(crate) asked: Asked,
    pub(crate) place: String,
    pub(crate) quarter: Quarter,
    pub(crate) sight: Sight,
    pub(crate) series: Series,
    pub(crate) quarters: Vec<Quarter>,
    pub(crate) stamp: Stamp,
    /// The maps of the country, the latest first: a day of each, and its first day.
    pub(crate) maps: Vec<(Date, Option<Date>)>,
}

/// Reads what an address asks for.
///
/// # Errors
///
/// If the store fails. `Ok(Err(_))` names the parameter that cannot be used.
pub(crate) fn scene(
    tx: &mut Tx<'_>,
    visit: &Visit,
    pairs: &[(String, String)],
) -> Result<Result<Scene, Refused>, Failure> {
    let asked = match query::read(&*questionnaire::newest(tx)?, pairs) {
        Ok(asked) => asked,
        Err(refused) => return Ok(Err(refused)),
    };
    let today = visit.today();
    let home = match asked.places.first() {
        Some(place) => Some(place.clone()),
        None => consolidated::home(tx, &visit.actor, today)?,
    };
    // A base without content knows no place; nobody asked for the one of the post.
    let Some(place) = home else { return Ok(Err(Refused::Nothing(String::new()))) };
    let Some(root) = consolidated::root_of(tx, &place)? else {
        return Ok(Err(match asked.places.is_empty() {
            true => Refused::Nothing(place),
            false => Refused::Place(place),
        }));
    };
    let quarters = consolidated::quarters(tx, &visit.actor, &root, &place, today)?;
    let Some(quarter) = asked.quarters.last().or(quarters.last()).copied() else {
        return Ok(Err(Refused::Nothing(place)));
    };
    let map = asked.map.day(today);
    let sight = match Sight::open(tx, &visit.actor, &root, &place, (quarter, map))? {
        Ok(sight) => sight,
        Err(refused) => return Ok(Err(refused)),
    };
    let series = series_under(tx, &visit.actor, &root, &place, (quarter, map), QUARTERS)?;
    let stamp = consolidated::stamp(tx)?;
    let maps = territory::maps(tx, &root)?;
    let maps = maps.iter().rev().filter_map(|it| Some((it.day()?, it.from))).collect();
    Ok(Ok(Scene { asked, place, quarter, sight, series, quarters, stamp, maps }))
}

async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let found = visit.app.read::<_, PageFailure>(move |tx| {
        let scene = match scene(tx, &seer, &pairs)? {
            Ok(scene) => scene,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut made = Made::of(&seer, &scene);
        if let (Made::Detail(view), [one]) = (&mut made, scene.asked.indicators.as_slice()) {
            let questionnaire = scene.sight.computed.questionnaire();
            let of = (&**questionnaire, &questionnaire.indicators()[*one]);
            let here = (scene.place.as_str(), Period::Quarter(scene.quarter));
            let seen = (&seer.actor, seer.today());
            view.others = beside(tx, seen, &view.chrome, seer.language, of, here)?;
        }
        Ok(Ok(made))
    });
    match found.await? {
        Ok(Made::Overview(view)) => visit.page(&*view),
        Ok(Made::Detail(view)) => visit.page(&*view),
        Ok(Made::Compare(view)) => visit.page(&*view),
        Err(Refused::Nothing(_)) => visit.page(&Nothing { chrome: visit.chrome("analysis-title") }),
        Err(refused) => Err(PageFailure::Refused(refused.message())),
    }
}

/// Nothing is published yet, which is no mistake of the visitor.
#[derive(Template)]
#[template(path = "analysis/nothing.html")]
struct Nothing {
    chrome: Chrome,
}

/// One of the three pages.
enum Made {
    Overview(Box<overview::View>),
    Detail(Box<detail::View>),
    Compare(Box<compare::View>),
}

impl Made {
    fn of(visit: &Visit, scene: &Scene) -> Self {
        match scene.asked.indicators.as_slice() {
            [] => Self::Overview(Box::new(overview::View::of(visit, scene))),
            [one] => Self::Detail(Box::new(detail::View::of(visit, scene, *one))),
            several => Self::Compare(Box::new(compare::View::of(visit, scene, several))),
        }
    }
}

impl Scene {
    pub(crate) fn say<'a>(&self, visit: &'a Visit) -> Say<'a> {
        Say { catalogue: visit.app.catalogue(), language: visit.language }
    }

    pub(crate) fn name(&self) -> &str {
        self.sight.computed.land.name(&self.place)
    }

    pub(crate) fn indicator(&self, number: usize) -> Option<&Indicator> {
        self.sight.computed.questionnaire().indicators().get(number)
    }

    /// The value of another quarter, and how it moved since.
    pub(crate) fn earlier(
        &self,
        number: usize,
        unit: &str,
        quarters: i32,
    ) -> (Option<Decimal>, Option<Move>) {
        let now = self.sight.value(number, unit);
        let sight = self.series.at(self.quarter.plus(-quarters));
        let before = sight.and_then(|it| it.value(number, unit));
        (before, Move::between(before, now))
    }

    /// A cell for a value that may be absent, withheld, or not collected at this level.
    pub(crate) fn cell(&self, say: &Say<'_>, number: usize, unit: &str) -> Cell {
        let Some(indicator) = self.indicator(number) else { return Cell::default() };
        if self.sight.is_withheld(number, unit) {
            return Cell { text: say.t("analysis-withheld"), absent: true };
        }
        match self.sight.figure(number, unit) {
            None => Cell { text: "–".to_owned(), absent: true },
            Some(figure) => {
                let value = figure.rounded(indicator);
                Cell { text: say.bare(indicator, value), absent: value.is_none() }
            }
        }
    }

    /// What must be said under a table that holds withheld figures; else nothing.
    pub(crate) fn withheld_note(&self, say: &Say<'_>, numbers: &[usize], units: &[&str]) -> String {
        let any = numbers
            .iter()
            .any(|number| units.iter().any(|unit| self.sight.is_withheld(*number, unit)));
        if any { say.t("analysis-withheld-note") } else { String::new() }
    }

    /// The address of this page for other indicators or another place, under the same map.
    pub(crate) fn go(&self, indicators: &[&str], place: &str) -> String {
        let mut out = href(indicators, place, self.quarter);
        let map = self.asked.map.text();
        if !map.is_empty() {
            out.push_str(&format!("&carte={map}"));
        }
        out
    }

    /// What must be said of the map under the tables.
    pub(crate) fn map_rule(&self, say: &Say<'_>) -> String {
        restated::told(say, self.asked.map, self.sight.rule.as_ref())
    }

    /// The address of a file of this page.
    pub(crate) fn file(&self, format: &str) -> String {
        let codes: Vec<&str> = self
            .asked
            .indicators
            .iter()
            .filter_map(|it| self.indicator(*it).map(|it| it.code.as_str()))
            .collect();
        let page = self.go(&codes, &self.place);
        let query = page.split_once('?').map_or("", |it| it.1);
        let below = if self.asked.indicators.is_empty() { "" } else { "&sous=1" };
        format!("/suivi/indicateurs.{format}?{query}{below}")
    }

    /// The level of the units under the place, for sentences.
    pub(crate) fn child_level(&self) -> Level {
        let land = &self.sight.computed.land;
        let first = land.children(&self.place).first().and_then(|it| land.level(it));
        first.unwrap_or(Level::Commune)
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) absent: bool,
}

/// At most a dozen names in a sentence, then how many more.
pub(crate) fn some_names(say: &Say<'_>, names: &[&str]) -> String {
    const MOST: usize = 12;
    if names.len() <= MOST {
        return say.list(names);
    }
    let arguments =
        [("names", names[..MOST].join(", ")), ("more", (names.len() - MOST).to_string())];
    say.with("analysis-names-and-more", &arguments)
}
