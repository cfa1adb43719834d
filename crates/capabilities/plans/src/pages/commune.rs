//! `/plans/communes/{code}`: the plans of a commune, those of before too.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use identity::{Action, allow};
use kernel::Failure;
use territory::Level;
use web::{Chrome, PageFailure, Visit};

use super::whole::{is_visible, period};
use crate::read::{self, object_of};
use crate::{Plan, in_force};

#[derive(Template)]
#[template(path = "plans/commune.html")]
struct View {
    chrome: Chrome,
    code: String,
    name: String,
    above: Vec<(String, String)>,
    lede: String,
    rows: Vec<Row>,
    may_edit: bool,
}

struct Row {
    href: String,
    title: String,
    period: String,
    adopted: String,
    /// Icon and word.
    state: (&'static str, String),
    revises: String,
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let read = move |tx: &mut db::Tx<'_>| {
        let place = territory::place_near(tx, &code, today)?.ok_or(Failure::NotFound)?;
        if place.level != Level::Commune {
            return Err(Failure::NotFound);
        }
        let object = object_of(tx, &code, today)?;
        let mut plans = read::plans_of(tx, &code)?;
        plans.retain(|it| is_visible(&actor, it, &object));
        let above = territory::chain(tx, &code, today)?;
        Ok::<_, Failure>((place, above, plans, allow(&actor, Action::EditPlans, &object)))
    };
    let (place, above, plans, may_edit) = visit.app.read(read).await?;
    let chrome = visit.chrome("plans-title");
    let chrome = chrome.with_invented(place.invented).with_place(place.name.clone());
    let current = in_force(&plans, today).map(|it| it.id);
    let rows = plans.iter().map(|it| row(&chrome, it, &plans, current == Some(it.id))).collect();
    let view = View {
        lede: match in_force(&plans, today) {
            Some(it) => chrome.t2("plans-in-force-until", ("title", &it.title), ("year", it.last)),
            None => chrome.t("plans-none-in-force"),
        },
        above: above.into_iter().map(|it| (format!("/plans?lieu={}", it.code), it.name)).collect(),
        code: place.code,
        name: place.name,
        rows,
        may_edit,
        chrome,
    };
    visit.page(&view)
}

fn row(chrome: &Chrome, it: &Plan, all: &[Plan], current: bool) -> Row {
    let language = chrome.language();
    let state = match (&it.adoption, current) {
        (None, _) => ("draft", "plans-is-project"),
        (Some(_), true) => ("current", "plans-is-in-force"),
        (Some(_), false) => ("done", "plans-is-past"),
    };
    Row {
        href: format!("/plans/{}", it.id),
        title: it.title.clone(),
        period: period(it),
        adopted: it.adoption.as_ref().map_or_else(String::new, |it| {
            chrome.t2(
                "plans-adopted-by",
                ("number", &it.number),
                ("day", language.long_date(it.day)),
            )
        }),
        state: (state.0, chrome.t(state.1)),
        revises: it
            .revises
            .and_then(|id| all.iter().find(|it| it.id == id))
            .map_or_else(String::new, |it| chrome.t1("plans-revises", "title", &it.title)),
    }
}
