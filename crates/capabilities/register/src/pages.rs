//! The pages of the register. Everything is read without an account and without JavaScript.

mod bamako;
mod edit;
mod export;
mod list;
mod map;
mod new;
mod of_place;
mod questions;
mod show;
mod statistics;

pub use export::whole_csv;
pub use of_place::of_place;

use std::collections::BTreeMap;

use db::{DbError, Tx};
use identity::Action;
use kernel::search::fold;
use web::{Access, Chrome, Routes};

use crate::{FilterRefused, Partnership, Status, Typed, map_of_the_register};

/// The routes of the slice.
pub fn routes() -> Routes {
    let edits = Access::Needs(Action::EditRegister);
    Routes::new()
        .get("/registre", Access::Public, list::show)
        .get("/registre.csv", Access::Public, export::csv)
        .get("/registre.json", Access::Public, export::json)
        .get("/registre.xlsx", Access::Public, export::xlsx)
        .get("/registre.pdf", Access::Public, export::pdf)
        .get("/registre/statistiques", Access::Public, statistics::show)
        .get("/registre/carte", Access::Public, map::show)
        .get("/registre/questions", Access::Public, questions::show)
        .get("/registre/bamako", Access::Public, bamako::show)
        .get("/registre/nouveau", edits, new::show)
        .post("/registre/nouveau", edits, new::submit)
        .get("/registre/{id}", Access::Public, show::show)
        .get("/registre/{id}/modifier", edits, edit::show)
        .post("/registre/{id}/modifier", edits, edit::submit)
        .post("/registre/{id}/statut", edits, edit::status)
        .post("/registre/{id}/defaire", edits, edit::undo)
}

/// A choice of a list.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// A tab of the register.
struct Tab {
    href: String,
    label: String,
    current: bool,
}

/// The tabs of the register; the filters stay from one to the next.
fn tabs(chrome: &Chrome, current: &str, query: &str) -> Vec<Tab> {
    [
        ("/registre", "register-tab-list", true),
        ("/registre/statistiques", "register-tab-statistics", true),
        ("/registre/carte", "register-tab-map", true),
        ("/registre/questions", "register-tab-questions", false),
        ("/registre/bamako", "register-tab-bamako", false),
    ]
    .into_iter()
    .map(|(path, key, filtered)| Tab {
        href: if filtered { address(path, query) } else { path.to_owned() },
        label: chrome.t(key),
        current: path == current,
    })
    .collect()
}

/// An address with its query, if there is one.
fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Pairs as the query of an address.
fn query_of(pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A text inside an address.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The word of a list, from the catalogue: `word(chrome, "status", "actif")`.
fn word(chrome: &Chrome, list: &str, word: &str) -> String {
    chrome.t(&format!("register-{list}-{word}"))
}

/// The name of a country.
fn country_name(chrome: &Chrome, code: &str) -> String {
    chrome.t(&format!("country-{code}"))
}

/// The sentence of a question; a flag that the program does not know is shown as it is.
fn question(chrome: &Chrome, flag: &str) -> String {
    if crate::FLAGS.contains(&flag) {
        chrome.t(&format!("register-question-{}", flag.to_lowercase().replace('_', "-")))
    } else {
        flag.to_owned()
    }
}

/// The name of a source.
fn source_name(chrome: &Chrome, source: &str) -> String {
    match source {
        crate::GUIDE_SOURCE => chrome.t("register-source-guide"),
        crate::BAMAKO_SOURCE => chrome.t("register-source-bamako"),
        crate::BY_HAND => chrome.t("register-source-by-hand"),
        other => other.to_owned(),
    }
}

/// The icon of a status.
fn status_icon(status: Status) -> &'static str {
    match status {
        Status::EnGestation => "draft",
        Status::AccordDePrincipe => "todo",
        Status::Signe | Status::Convention | Status::Actif => "done",
        Status::EnSommeil => "late",
        Status::Suspendu => "blocked",
        Status::Denonce | Status::Echu | Status::Termine => "stopped",
        Status::Inconnu => "info",
    }
}

/// Names of places, looked up once each.
#[derive(Default)]
struct PlaceNames(BTreeMap<String, String>);

impl PlaceNames {
    fn get(&mut self, tx: &mut Tx<'_>, code: &str) -> Result<String, DbError> {
        if let Some(name) = self.0.get(code) {
            return Ok(name.clone());
        }
        let found = territory::version_near(tx, code, map_of_the_register())?;
        let name = found.map_or_else(|| code.to_owned(), |it| it.name);
        self.0.insert(code.to_owned(), name.clone());
        Ok(name)
    }
}

/// The regions of the register's map, as choices: value by code, label by name.
fn regions(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, DbError> {
    let regions = territory::children(tx, "ML", map_of_the_register())?;
    Ok(regions.into_iter().map(|it| (it.code, it.name)).collect())
}

/// The filter form with what was typed and what was refused.
struct FilterForm {
    typed: Typed,
    countries: Vec<Choice>,
    levels: Vec<Choice>,
    regions: Vec<Choice>,
    statuses: Vec<Choice>,
    sources: Vec<Choice>,
    sorts: Vec<Choice>,
    /// More than words and country is asked for: the rest of the form is open.
    open: bool,
    chips: Vec<Chip>,
    refused: Vec<(String, String)>,
}

/// A filter in force, with the address of the list without it.
struct Chip {
    href: String,
    label: String,
}

impl FilterForm {
    fn error(&self, field: &str) -> String {
        let found = self.refused.iter().find(|it| it.0 == field);
        found.map(|it| it.1.clone()).unwrap_or_default()
    }

    fn query(&self) -> String {
        query_of(&self.typed.pairs())
    }

    fn new(
        tx: &mut Tx<'_>,
        chrome: &Chrome,
        path: &str,
        typed: Typed,
        refused: &[FilterRefused],
    ) -> Result<Self, DbError> {
        let mut countries: Vec<(String, String)> = crate::countries(tx)?
            .into_iter()
            .map(|code| (code.clone(), country_name(chrome, &code)))
            .collect();
        countries.sort_by_key(|it| fold(&it.1));
        let regions = regions(tx)?;
        let of_list = |list: &'static str, words: &[&str]| {
            words.iter().map(|it| ((*it).to_owned(), word(chrome, list, it))).collect::<Vec<_>>()
        };
        let levels = of_list("level", &crate::LEVELS);
        let statuses: Vec<&str> = Status::ALL.iter().map(|it| it.word()).collect();
        let statuses = of_list("status", &statuses);
        let mut sources: Vec<(String, String)> = crate::sources(tx)?
            .into_iter()
            .map(|it| (it.name.clone(), source_name(chrome, &it.name)))
            .collect();
        sources.push((crate::BY_HAND.to_owned(), source_name(chrome, crate::BY_HAND)));
        let sorts = of_list("sort", &["nom", "lieu", "annee"]);
        let chips = chips(
            chrome,
            path,
            &typed,
            &[
                ("pays", &countries),
                ("niveau", &levels),
                ("region", &regions),
                ("statut", &statuses),
                ("source", &sources),
            ],
        );
        let sort = if typed.tri.is_empty() { "nom".to_owned() } else { typed.tri.clone() };
        Ok(Self {
            open: typed.pairs().iter().any(|it| !matches!(it.0, "q" | "pays"))
                || !refused.is_empty(),
            countries: choices(countries, &typed.pays),
            levels: choices(levels, &typed.niveau),
            regions: choices(regions, &typed.region),
            statuses: choices(statuses, &typed.statut),
            sources: choices(sources, &typed.source),
            sorts: choices(sorts, &sort),
            chips,
            refused: refused
                .iter()
                .map(|it| (it.field.to_owned(), chrome.tell(&kernel::Reject::message(it))))
                .collect(),
            typed,
        })
    }
}

/// Choices with the one that was typed; a typed value that is none of them stays visible, so that
/// nobody wonders where it went.
fn choices(all: Vec<(String, String)>, typed: &str) -> Vec<Choice> {
    let is = |value: &str| {
        fold(value) == fold(typed)
            || value.strip_prefix("ML0").is_some_and(|it| it == typed)
            || (value == "ML09" && typed.eq_ignore_ascii_case("d"))
    };
    let mut out: Vec<Choice> = all
        .into_iter()
        .map(|(value, label)| Choice { chosen: !typed.is_empty() && is(&value), value, label })
        .collect();
    if !typed.is_empty()
        && !out.iter().any(|it| it.chosen)
        && let Some(same) = out.iter_mut().find(|it| fold(&it.label) == fold(typed))
    {
        same.chosen = true;
    }
    if !typed.is_empty() && !out.iter().any(|it| it.chosen) {
        let (value, label) = (typed.to_owned(), typed.to_owned());
        out.push(Choice { value, label, chosen: true });
    }
    out
}

fn chips(
    chrome: &Chrome,
    path: &str,
    typed: &Typed,
    lists: &[(&str, &Vec<(String, String)>)],
) -> Vec<Chip> {
    let pairs = typed.pairs();
    pairs
        .iter()
        .map(|(name, value)| {
            let others: Vec<(&str, &str)> =
                pairs.iter().filter(|it| it.0 != *name).copied().collect();
            let told = lists
                .iter()
                .find(|it| it.0 == *name)
                .and_then(|it| it.1.iter().find(|it| fold(&it.0) == fold(value)))
                .map_or_else(|| (*value).to_owned(), |it| it.1.clone());
            let key = name.replace('_', "-");
            Chip {
                href: address(path, &query_of(&others)),
                label: chrome.t1(&format!("register-chip-{key}"), "value", told),
            }
        })
        .collect()
}

/// The years of a partnership for people; what the source wrote where no year was understood.
fn years_told(it: &Partnership) -> String {
    if !it.origin.years.is_empty() {
        return it.origin.years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    }
    let written = it.origin.written.trim();
    if matches!(written, "" | "-" | "_") {
        String::new()
    } else {
        format!("«\u{202f}{written}\u{202f}»")
    }
}
