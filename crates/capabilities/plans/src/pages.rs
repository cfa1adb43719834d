//! The pages of the plans. Adopted plans are for everybody; projects for those who prepare them.

mod begin;
mod commune;
mod home;
mod line;
mod printed;
mod show;
mod table;
mod whole;
mod year;

use identity::Action;
use kernel::{Date, Id, Language};
use web::{Access, Chrome, PageFailure, Routes};

use crate::{Figures, Funding, Refusals, State};

const EDITS: Access = Access::Needs(Action::EditPlans);

/// The routes of the slice.
pub fn routes() -> Routes {
    Routes::new()
        .get("/plans", Access::Public, home::show)
        .get("/plans/communes/{code}", Access::Public, commune::show)
        .get("/plans/communes/{code}/nouveau", EDITS, begin::show)
        .post("/plans/communes/{code}/nouveau", EDITS, begin::submit)
        .get("/plans/{id}", Access::Public, show::show)
        .get("/plans/{id}/pia/{year}", Access::Public, year::show)
        .get("/plans/{id}/adoption", EDITS, begin::show_adoption)
        .post("/plans/{id}/adoption", EDITS, begin::adopt)
        .get("/plans/{id}/revision", EDITS, begin::show_revision)
        .post("/plans/{id}/revision", EDITS, begin::revise)
        .and(line::routes())
        .and(table::routes())
}

/// A choice of a list.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

type Pairs = Vec<(String, String)>;

/// The last value of a field, or of a name in an address.
fn value(pairs: &Pairs, name: &str) -> String {
    pairs.iter().rev().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
}

fn id(text: &str) -> Result<Id, PageFailure> {
    text.parse().map_err(|_| PageFailure::NotFound)
}

/// The sentences of refusals, field by field.
fn told(chrome: &Chrome, refusals: &Refusals) -> Pairs {
    refusals.0.iter().map(|it| (it.0.clone(), chrome.tell(&it.1))).collect()
}

fn error(errors: &Pairs, field: &str) -> String {
    errors.iter().find(|it| it.0 == field).map(|it| it.1.clone()).unwrap_or_default()
}

/// The icon and the word of a state.
fn state(chrome: &Chrome, it: State) -> (&'static str, String) {
    let icon = match it {
        State::Planned => "todo",
        State::UnderWay => "current",
        State::Done => "done",
        State::GivenUp => "stopped",
    };
    (icon, chrome.t(&format!("plans-state-{it}")))
}

/// The sources of money, by name.
fn funding(chrome: &Chrome, all: &[Funding]) -> String {
    let names: Vec<String> = all.iter().map(|it| funding_name(chrome, *it)).collect();
    names.join(", ")
}

fn funding_name(chrome: &Chrome, it: Funding) -> String {
    chrome.t(&format!("plans-funding-{}", it.word().to_lowercase()))
}

fn sector(language: Language, code: &str) -> String {
    territory::sector(code).map_or_else(|| code.to_owned(), |it| it.name(language).to_owned())
}

/// An amount that nobody has told stays blank, and never becomes zero.
fn amount(chrome: &Chrome, value: Option<i64>) -> String {
    value.map_or_else(|| chrome.t("plans-not-told"), |it| chrome.language().integer(it))
}

/// « 50,0 % (8/16) », or that nothing can be told.
fn rate_by_number(chrome: &Chrome, it: &Figures) -> String {
    let number = |it: i64| chrome.language().integer(it);
    match it.rate_by_number() {
        Some(_) => {
            let parts = (number(it.count(State::Done)), number(it.lines));
            format!("{} ({}/{})", percent(chrome, it.rate_by_number()), parts.0, parts.1)
        }
        None => chrome.t("plans-no-rate"),
    }
}

fn rate_by_cost(chrome: &Chrome, it: &Figures) -> String {
    percent(chrome, it.rate_by_cost())
}

/// « 51,7 % ».
fn percent(chrome: &Chrome, rate: Option<kernel::Decimal>) -> String {
    match rate {
        Some(rate) => format!("{}\u{a0}%", chrome.language().decimal(rate)),
        None => chrome.t("plans-no-rate"),
    }
}

/// The day on which a year is looked at: today while it lasts, else its last day.
fn day_of(year: i64, today: Date) -> Date {
    let last = i16::try_from(year).ok().and_then(|it| Date::new(it, 12, 31));
    match last {
        Some(last) if i64::from(today.year()) != year => last,
        _ => today,
    }
}
