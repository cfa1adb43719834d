//! `/autoevaluation/comparer`: two assessments of one commune, criterion by criterion.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::Failure;
use web::{Chrome, PageFailure, Visit};

use super::{name_of, value};
use crate::assessment::{Change, compare};
use crate::fold::may_read;

#[derive(Template)]
#[template(path = "assessments/compare.html")]
struct View {
    chrome: Chrome,
    commune: String,
    before: String,
    now: String,
    lede: String,
    domains: Vec<Part>,
}

struct Part {
    code: String,
    name: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    before: String,
    now: String,
    icon: &'static str,
    word: String,
}

pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let ids = [value(&pairs, "avant").to_owned(), value(&pairs, "apres").to_owned()];
    let found = visit.app.read(move |tx| {
        let mut both = Vec::new();
        for id in &ids {
            let Some(it) = crate::find(tx, id)? else { return Ok(None) };
            if !may_read(tx, &actor, &it.commune, today)? {
                return Ok(None);
            }
            both.push(it);
        }
        let [before, now] = both.as_slice() else { return Ok(None) };
        // Two communes are never held against each other, nor two grids.
        if before.commune != now.commune || before.content.grid != now.content.grid {
            return Ok(None);
        }
        let name = name_of(tx, &now.commune, today)?;
        Ok::<_, Failure>(Some((before.clone(), now.clone(), name)))
    });
    let (before, now, commune) = found.await?.ok_or(PageFailure::NotFound)?;
    let grid = crate::grid(&now.content.grid).ok_or(PageFailure::NotFound)?;
    let language = visit.language;
    let chrome = visit.chrome("assessments-compare-title").with_invented(now.content.invented);
    let told = |level: Option<u8>| match level {
        Some(it) => it.to_string(),
        None => chrome.t("assessments-not-discussed"),
    };
    let mut counts = [0usize; 4];
    let domains = grid.domains.iter().map(|domain| Part {
        code: domain.code.clone(),
        name: domain.name.say(language).to_owned(),
        rows: domain
            .criteria
            .iter()
            .map(|it| {
                let (old, new) = (before.content.level(&it.code), now.content.level(&it.code));
                let change = compare(old, new);
                let (at, icon) = match change {
                    Change::Up => (0, "done"),
                    Change::Down => (1, "late"),
                    Change::Same => (2, "todo"),
                    Change::Unknown => (3, "info"),
                };
                counts[at] += 1;
                Row {
                    name: it.name.say(language).to_owned(),
                    before: told(old),
                    now: told(new),
                    icon,
                    word: chrome.t(&format!("assessments-change-{}", change.word())),
                }
            })
            .collect(),
    });
    let domains: Vec<Part> = domains.collect();
    let day = |it: &crate::Assessment| {
        it.content
            .held
            .map_or_else(|| chrome.t("assessments-no-day-yet"), |it| language.long_date(it))
    };
    let message = kernel::Message::new("assessments-compare-lede")
        .with("up", counts[0])
        .with("down", counts[1])
        .with("same", counts[2])
        .with("unknown", counts[3]);
    let lede = chrome.tell(&message);
    visit.page(&View { before: day(&before), now: day(&now), commune, lede, domains, chrome })
}
