//! The grid of reception, and the letter that reminds a late place, to be printed.

use super::plan::Act;
use super::reception::{Cell, Reception, Row, Share, Standing, days_between, reception};
use crate::analysis::encoded;
use crate::entry::page::{self, chrome, forms_href};
use crate::questionnaire::{self, Level, Tier};
use crate::store::{Ground, Stage};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use identity::Action;
use kernel::{Failure, Quarter};
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    Routes::new().get("/suivi/reception/{place}/{quarter}", read, show).get(
        "/suivi/rappel/{place}/{quarter}",
        read,
        letter,
    )
}

/// The address of the letter that reminds a place.
pub(crate) fn letter_href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/rappel/{}/{quarter}", encoded(place))
}

#[derive(Template)]
#[template(path = "circuit/reception.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    quarters: Vec<(String, String, bool)>,
    found: Reception,
    has_alerts: bool,
    may_remind: bool,
}

impl View {
    /// A sentence with two arguments.
    fn two(
        &self,
        key: &str,
        a: &str,
        x: impl std::fmt::Display,
        b: &str,
        y: impl std::fmt::Display,
    ) -> String {
        self.chrome.t2(key, (a, x), (b, y))
    }

    fn percent(&self, share: &Share) -> String {
        percent(&self.chrome, *share)
    }

    fn told(&self, standing: &Standing) -> String {
        let key = format!("reception-{}", standing.word());
        self.chrome.t1(&key, "days", standing.days())
    }

    fn day(&self, row: &Row) -> String {
        row.day.map(|it| self.chrome.language().short_date(it)).unwrap_or_default()
    }

    fn due(&self, row: &Row) -> String {
        self.chrome.language().short_date(row.due)
    }

    fn unit_href(&self, cell: &Cell) -> String {
        forms_href(&cell.unit, self.quarter, Tier::Core)
    }

    fn alerts_href(&self, cell: &Cell) -> String {
        format!("/suivi/alertes/{}/{}", encoded(&cell.unit), self.quarter)
    }

    fn board_href(&self, row: &Row) -> String {
        format!("/suivi?lieu={}&trimestre={}", encoded(&row.place), self.quarter)
    }

    fn letter_href(&self, place: &str) -> String {
        letter_href(place, self.quarter)
    }

    /// The places that have not closed, by name.
    fn missing(&self) -> Vec<&str> {
        let late = self.found.rows.iter().filter(|it| !it.standing.is_in());
        late.map(|it| self.ground.name(&it.place)).collect()
    }

    /// The sentence that says what the grid shows.
    fn finding(&self) -> String {
        let late = |it: &&Row| matches!(it.standing, Standing::Late(_));
        let late = self.found.rows.iter().filter(late).count();
        self.chrome.t1("reception-finding", "late", late)
    }

    fn is_late(&self, standing: &Standing) -> bool {
        matches!(standing, Standing::Late(_))
    }
}

fn percent(chrome: &Chrome, share: Share) -> String {
    match share.percent() {
        None => chrome.t("word-no-data"),
        Some(it) => format!("{}\u{202f}%", chrome.language().decimal(it)),
    }
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (code, actor, today) = (place.clone(), visit.actor.clone(), visit.today());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let has_alerts = ground.level() < Level::Nation;
        let found = reception(tx, &actor, &ground, quarter, today, has_alerts)?;
        Ok::<_, Failure>((ground, found, has_alerts))
    });
    let (ground, found, has_alerts) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let title = visit.app.catalogue().say(visit.language, "reception-title", &[]);
    let title = format!("{title} {}", visit.language.short_quarter(quarter));
    let last = Quarter::of(today);
    let quarters = (-4..=1)
        .map(|it| quarter.plus(it))
        .filter(|it| *it <= last)
        .map(|it| {
            let href = format!("/suivi/reception/{}/{it}", encoded(&place));
            (href, visit.language.short_quarter(it), it == quarter)
        })
        .collect();
    let object = ground.object(&place);
    let may = |it| visit.may(it, &object);
    visit.page(&View {
        chrome: chrome(&visit, title, &ground, quarter),
        may_remind: may(Action::CloseQuarter)
            || may(Action::ValidateQuarter)
            || may(Action::PublishQuarter),
        quarters,
        has_alerts,
        found,
        quarter,
        ground,
    })
}

/// A letter to a place that is late.
#[derive(Template)]
#[template(path = "circuit/letter.html")]
struct Letter {
    chrome: Chrome,
    place: String,
    from: String,
    office: String,
    name: String,
    today: String,
    quarter: String,
    due: String,
    days: i32,
    /// The units whose return is not here.
    missing: Vec<String>,
    back: String,
}

impl Letter {
    /// A sentence with two arguments.
    fn two(
        &self,
        key: &str,
        a: &str,
        x: impl std::fmt::Display,
        b: &str,
        y: impl std::fmt::Display,
    ) -> String {
        self.chrome.t2(key, (a, x), (b, y))
    }
}

async fn letter(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let (code, actor, today) = (place.clone(), visit.actor.clone(), visit.today());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let found = reception(tx, &actor, &ground, quarter, today, false)?;
        let act = if ground.closes(&code).is_empty() { Act::File } else { Act::Close };
        let due = ground.due(&questionnaire, &code, act, quarter).ok_or(Failure::NotFound)?;
        let above = match act {
            Act::File => ground.takes(&code, Stage::Closed, quarter),
            _ => ground.takes(&code, Stage::Validated, quarter),
        };
        let above = above.unwrap_or(&code).to_owned();
        Ok::<_, Failure>((ground, found, due, above))
    });
    let (ground, found, due, above) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let language = visit.language;
    let missing = found
        .rows
        .iter()
        .flat_map(|it| &it.cells)
        .filter(|it| !it.standing.is_in() && it.unit != place)
        .map(|it| ground.name(&it.unit).to_owned())
        .collect();
    let title = visit.app.catalogue().say(language, "letter-title", &[]);
    visit.page(&Letter {
        place: ground.name(&place).to_owned(),
        from: ground.name(&above).to_owned(),
        office: visit.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        name: visit.actor.name.clone(),
        today: language.long_date(today),
        quarter: language.quarter(quarter),
        due: language.long_date(due),
        days: days_between(due, today),
        missing,
        back: format!("/suivi/reception/{}/{quarter}", encoded(&above)),
        chrome: chrome(&visit, title, &ground, quarter),
    })
}
