//! Is this file one of ours? A person gives a file, its hash, or the code at the foot of a page;
//! the page says which document of which quarter and version it is, or that nobody here knows it.

use askama::Template;
use axum::extract::{FromRequest, Multipart, Query, Request};
use axum::response::Response;
use kernel::{Date, Failure, Message, Quarter};
use serde::Deserialize;
use web::{Access, Chrome, PageFailure, Routes, Visit};

use super::issue::{self, Issue};
use super::origin::Origin;
use super::{documents_href, href_of, partnership};
use crate::reports::kind::Kind;
use crate::store;

/// The largest file that is looked at: none that the program makes is larger.
const LARGEST: usize = 16 * 1024 * 1024;

/// The address.
pub(crate) const HREF: &str = "/suivi/documents/verifier";

pub(super) fn routes() -> Routes {
    Routes::new().get(HREF, Access::Public, show).upload(
        HREF,
        Access::Public,
        LARGEST + 64 * 1024,
        look,
    )
}

/// What was found.
struct Line {
    /// The very file is known, not only a code that anybody can copy.
    genuine: bool,
    name: String,
    place: String,
    quarter: String,
    told: String,
    format: String,
    latest: bool,
    hash: String,
    href: String,
    documents_href: String,
}

#[derive(Template)]
#[template(path = "reports/verify.html")]
struct View {
    chrome: Chrome,
    asked: String,
    file: String,
    found: Option<Vec<Line>>,
    refusal: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    empreinte: String,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let typed = asked.empreinte.trim().to_owned();
    if typed.is_empty() {
        let chrome = visit.chrome("verify-title");
        let view = View { chrome, asked: typed, file: String::new(), found: None, refusal: None };
        return visit.page(&view);
    }
    let is_hash = 8 <= typed.len() && typed.bytes().all(|it| it.is_ascii_hexdigit());
    if !is_hash && typed.parse::<documents::CheckCode>().is_err() {
        let told = visit.app.tell(visit.language, &Message::new("verify-not-a-mark"));
        let chrome = visit.chrome("verify-title");
        let view =
            View { chrome, asked: typed, file: String::new(), found: None, refusal: Some(told) };
        return visit.correct(&view);
    }
    answer(&visit, typed, String::new()).await
}

/// Nothing is kept of the file: it is hashed and forgotten.
async fn look(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| PageFailure::Unreadable)?;
    let mut file = None;
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.file_name().unwrap_or_default().to_owned();
        let is_file = part.name() == Some("fichier");
        let Ok(bytes) = part.bytes().await else { return Err(PageFailure::Unreadable) };
        if is_file && !bytes.is_empty() {
            file = Some((name, blake3::hash(&bytes).to_hex().to_string()));
        }
    }
    let Some((name, hash)) = file else {
        let told = visit.app.tell(visit.language, &Message::new("verify-no-file"));
        let chrome = visit.chrome("verify-title");
        let (asked, file) = (String::new(), String::new());
        return visit.correct(&View { chrome, asked, file, found: None, refusal: Some(told) });
    };
    answer(&visit, hash, name).await
}

async fn answer(visit: &Visit, asked: String, file: String) -> Result<Response, PageFailure> {
    let wanted = asked.clone();
    let found = visit.app.read::<_, PageFailure>(move |tx| {
        let mut lines = Vec::new();
        for it in issue::found(tx, &wanted)? {
            let (code, quarter) = (&it.issued.document, &it.issued.quarter);
            let last = issue::latest_issue(tx, code, it.issued.about(), quarter)?;
            let latest = last.is_none_or(|last| last.issued.version == it.issued.version);
            lines.push((republished(tx, &it)?, it, latest));
        }
        Ok(lines)
    });
    let lines = found.await?.into_iter();
    let lines = lines.map(|(again, it, latest)| line(visit, it, (latest, again), &asked));
    let found = Some(lines.collect());
    visit.page(&View { chrome: visit.chrome("verify-title"), asked, file, found, refusal: None })
}

/// The day on which the nation published the quarter again since the document was issued.
fn republished(tx: &mut db::Tx<'_>, it: &Issue) -> Result<Option<Date>, Failure> {
    let Ok(quarter) = it.issued.quarter.parse::<Quarter>() else { return Ok(None) };
    let Some(ground) = store::ground(tx, &it.issued.place, quarter.last_day())? else {
        return Ok(None);
    };
    let standing = Origin::standing(tx, &ground, quarter)?;
    Ok(standing.filter(|standing| standing.replaces(&it.issued)).and_then(|it| it.day))
}

fn line(visit: &Visit, it: Issue, (latest, again): (bool, Option<Date>), asked: &str) -> Line {
    let language = visit.language;
    let say = |key: &str, given: &[(&str, String)]| visit.app.catalogue().say(language, key, given);
    let issued = it.issued;
    let asked = asked.to_ascii_lowercase();
    let file = issued.files.iter().find(|it| it.hash.starts_with(&asked));
    let kind = Kind::from_code(&issued.document);
    let quarter: Option<Quarter> = issued.quarter.parse().ok();
    let given = [
        ("version", issued.version.to_string()),
        ("day", language.long_date(issued.day)),
        ("office", it.office),
        ("stage", say(&format!("document-stage-{}", issued.stage), &[])),
    ];
    let sheet = || partnership::href(&issued.partnership);
    let mut told = say("document-issued-told", &given);
    if let Some(day) = again {
        let said = say("document-republished", &[("day", language.long_date(day))]);
        told = format!("{told} {said}");
    }
    Line {
        genuine: file.is_some_and(|it| it.hash == asked),
        name: kind.map_or(issued.document.clone(), |it| {
            say(&format!("document-kind-{}", it.word()), &[])
        }),
        place: issued.name.clone(),
        quarter: match (quarter, issued.quarter.is_empty()) {
            (Some(it), _) => language.quarter(it),
            (None, true) => say("part-at-a-day", &[("day", language.long_date(issued.day))]),
            (None, false) => issued.quarter.clone(),
        },
        told,
        format: file.map(|it| it.format.to_uppercase()).unwrap_or_default(),
        hash: file.map(|it| it.hash.clone()).unwrap_or_default(),
        latest,
        href: match (kind, quarter) {
            (Some(Kind::Partnership), _) => sheet(),
            (Some(Kind::Data), _) | (None, _) | (_, None) => String::new(),
            (Some(kind), Some(quarter)) => href_of(&issued.place, quarter, kind),
        },
        documents_href: match (kind, quarter) {
            (Some(Kind::Partnership), _) => sheet(),
            (_, Some(quarter)) => documents_href(&issued.place, quarter),
            _ => String::new(),
        },
    }
}
