//! The grid of reception.

use super::letter::letter_href;
use super::reception::{Cell, Reception, Row, Share, Standing, reception};
use crate::analysis::encoded;
use crate::entry::page::{self, chrome, forms_href};
use crate::questionnaire::{Level, Tier};
use crate::store::Ground;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use identity::Action;
use kernel::{Failure, Quarter};
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    Routes::new().get("/suivi/reception/{place}/{quarter}", read, show)
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
