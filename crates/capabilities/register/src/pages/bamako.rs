//! `/registre/bamako`: the accords of the District, as its page lists them.

use askama::Template;
use axum::response::Response;
use db::Tx;
use kernel::Failure;
use web::{Chrome, PageFailure, Visit};

use super::{Tab, country_name, question, status_icon, tabs, word};
use crate::{BAMAKO_SOURCE, Network, Partnership};

const PATH: &str = "/registre/bamako";
/// The headings of the page of Bamako, in its order.
const KINDS: [(&str, &str); 3] = [
    ("jumelage", "register-bamako-twinnings"),
    ("convention", "register-bamako-conventions"),
    ("en gestation", "register-bamako-coming"),
];

#[derive(Template)]
#[template(path = "register/bamako.html")]
struct View {
    chrome: Chrome,
    tabs: Vec<Tab>,
    kinds: Vec<Kind>,
    contradictions: Vec<Line>,
    networks: Vec<Network>,
}

struct Kind {
    id: String,
    title: String,
    lines: Vec<Line>,
}

#[derive(Clone)]
struct Line {
    href: String,
    name: String,
    written: String,
    country: String,
    year: String,
    status: String,
    icon: &'static str,
    questions: Vec<String>,
    note: String,
}

pub(super) async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let work = |tx: &mut Tx<'_>| {
        Ok::<_, Failure>((
            crate::of_source(tx, BAMAKO_SOURCE)?,
            crate::networks(tx, BAMAKO_SOURCE)?,
        ))
    };
    let (accords, networks) = visit.app.read(work).await?;
    let chrome = visit.chrome("register-bamako-title");
    let kinds: Vec<Kind> = KINDS
        .iter()
        .map(|(section, key)| {
            let lines: Vec<Line> = accords
                .iter()
                .filter(|it| it.origins.section == *section)
                .map(|it| line(&chrome, it))
                .collect();
            let count = lines.len();
            Kind { id: key.to_string(), title: chrome.t1(key, "count", count), lines }
        })
        .collect();
    let contradictions = accords
        .iter()
        .filter(|it| it.flags.iter().any(|it| it == "CONTRADICTION"))
        .map(|it| line(&chrome, it))
        .collect();
    let tabs = tabs(&chrome, PATH, "");
    visit.page(&View { chrome, tabs, kinds, contradictions, networks })
}

fn line(chrome: &Chrome, it: &Partnership) -> Line {
    let status = it.status();
    let side = it.foreign.first();
    Line {
        href: format!("/registre/{}", it.id),
        name: it.foreign_name(),
        written: side
            .filter(|it| it.written != it.name)
            .map(|it| chrome.t1("register-as-written", "text", it.written.trim()))
            .unwrap_or_default(),
        country: side.map(|it| country_name(chrome, &it.country)).unwrap_or_default(),
        year: super::years_told(it),
        status: word(chrome, "status", status.word()),
        icon: status_icon(status),
        questions: it.questions().into_iter().map(|flag| question(chrome, flag)).collect(),
        note: it.reading_note.clone(),
    }
}
