//! The activity of the post: the last entries of its journal, for those who answer for it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use identity::{Action, Object};
use journal::{Entry, Journal};
use kernel::format::read_date;
use kernel::{Failure, Message};
use serde::Deserialize;
use web::{Access, Chrome, PageFailure, Routes, Visit};

/// How many entries the page shows.
const SHOWN: i64 = 200;

/// The longest fact that the page of a record writes out, in bytes: a whole imported file would be
/// thousands of lines that nobody reads there.
const WRITTEN_OUT: usize = 16 * 1024;

/// The routes of this module.
pub fn routes() -> Routes {
    let access = Access::Needs(Action::ReadJournal);
    Routes::new().get("/journal", access, show).get("/journal/fiche", access, record)
}

#[derive(Template)]
#[template(path = "activity.html")]
struct View {
    chrome: Chrome,
    entries: Vec<Entry>,
    names: BTreeMap<String, String>,
}

impl View {
    fn href(&self, entry: &Entry) -> String {
        format!("/journal/fiche?sujet={}", web::encode(&entry.subject))
    }

    fn who(&self, entry: &Entry) -> String {
        match self.names.get(&entry.person) {
            Some(name) => name.clone(),
            None if entry.person == "programme" => self.chrome.t("activity-program"),
            None if entry.person == "anonyme" => self.chrome.t("activity-setup"),
            None => self.chrome.t1("activity-elsewhere", "post", &entry.post_id),
        }
    }

    fn what(&self, entry: &Entry) -> String {
        kind(&self.chrome, entry)
    }

    fn why<'a>(&self, entry: &'a Entry) -> &'a str {
        reason(entry)
    }

    fn when(&self, entry: &Entry) -> String {
        self.chrome.language().instant(entry.at_millis)
    }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let (entries, names) = visit
        .app
        .read(|tx| {
            let names =
                identity::persons(tx)?.into_iter().map(|it| (it.id.to_string(), it.name)).collect();
            Ok::<_, Failure>((Journal::latest(tx, SHOWN)?, names))
        })
        .await?;
    visit.page(&View { chrome: visit.chrome("nav-journal"), entries, names })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    sujet: String,
    connu_le: String,
}

#[derive(Template)]
#[template(path = "record.html")]
struct RecordView {
    chrome: Chrome,
    subject: String,
    known_on: String,
    day_error: String,
    steps: Vec<Step>,
}

/// The kinds whose content nobody reads in the journal: what belongs to the commune alone, and what
/// citizens sent before somebody decided about it.
const CLOSED: &[&str] = &[
    "assessments.",
    "observations.sent",
    "observations.asked",
    "observations.completed",
    "observations.refused",
];

/// One entry of a record, in words.
struct Step {
    when: String,
    what: String,
    office: String,
    reason: String,
    mark: String,
    fact: String,
}

/// All that this post knew of a record on a day: `connu_le`, or today. It serves every kind of
/// record, since it reads the journal and no table.
async fn record(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let typed = asked.connu_le.trim().to_owned();
    let day = read_date(&typed);
    let wrong = !typed.is_empty() && day.is_none();
    // To the end of that day.
    let until = day.map(|it| it.plus_days(1).to_millis() - 1);
    let subject = asked.sujet.clone();
    let entries =
        visit.app.read(move |tx| Ok::<_, Failure>(Journal::history(tx, &subject, until)?)).await?;
    if entries.is_empty() && day.is_none() {
        return Err(PageFailure::NotFound);
    }
    let chrome = visit.chrome("activity-record");
    // The facts may name contact persons: whoever may not see those sees who acted and when.
    let open = visit.may(Action::ReadContacts, &Object::Post);
    let steps = entries.iter().map(|it| step(&chrome, it, open)).collect();
    let day_error = if wrong {
        chrome.tell(&Message::new("form-bad-date").with("typed", &typed))
    } else {
        String::new()
    };
    let view = RecordView { subject: asked.sujet, known_on: typed, day_error, steps, chrome };
    if wrong { visit.correct(&view) } else { visit.page(&view) }
}

fn step(chrome: &Chrome, entry: &Entry, open: bool) -> Step {
    let fact = if !open || is_closed(&entry.kind) {
        chrome.t("activity-fact-closed")
    } else if entry.payload.len() > WRITTEN_OUT {
        chrome.t1(
            "activity-fact-long",
            "bytes",
            chrome.language().integer(i64::try_from(entry.payload.len()).unwrap_or(i64::MAX)),
        )
    } else {
        serde_json::from_slice::<serde_json::Value>(&entry.payload)
            .ok()
            .and_then(|it| serde_json::to_string_pretty(&it).ok())
            .unwrap_or_else(|| chrome.t("activity-fact-erased"))
    };
    Step {
        when: chrome.language().instant(entry.known_millis),
        what: kind(chrome, entry),
        office: entry.office.clone(),
        reason: reason(entry).to_owned(),
        mark: entry.mark(),
        fact,
    }
}

fn is_closed(kind: &str) -> bool {
    CLOSED.iter().any(|it| kind.starts_with(it))
}

/// Why, as the pages tell it: the reason of a closed entry often repeats what it holds.
fn reason(entry: &Entry) -> &str {
    if is_closed(&entry.kind) { "" } else { &entry.reason }
}

/// The words of an entry's kind. A kind of a newer program or of another edition has none here: its
/// own name says more than nothing.
fn kind(chrome: &Chrome, entry: &Entry) -> String {
    chrome
        .known(&format!("kind-{}", entry.kind.replace('.', "-")))
        .unwrap_or_else(|| entry.kind.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_of_a_closed_entry_is_as_closed_as_its_content() {
        for (kind, shown) in [
            ("observations.refused", ""),
            ("observations.sent", ""),
            ("assessments.answered", ""),
            ("observations.published", "motif"),
            ("register.changed", "motif"),
        ] {
            let entry = Entry {
                stream_id: String::new(),
                seq: 1,
                hash: journal::Hash::default(),
                post_id: String::new(),
                incarnation: String::new(),
                audience: journal::Audience::Local,
                scope: "*".to_owned(),
                arrival: 1,
                known_millis: 0,
                at_millis: 0,
                person: String::new(),
                office: String::new(),
                reason: "motif".to_owned(),
                kind: kind.to_owned(),
                subject: String::new(),
                payload: Vec::new(),
            };
            assert_eq!(reason(&entry), shown, "{kind}");
        }
    }
}
