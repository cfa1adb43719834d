//! The activity of the post: the last entries of its journal, for those who answer for it.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use identity::Action;
use journal::{Entry, Journal};
use kernel::Failure;
use web::{Access, Chrome, PageFailure, Routes, Visit};

/// How many entries the page shows.
const SHOWN: i64 = 200;

/// The routes of this module.
pub fn routes() -> Routes {
    Routes::new().get("/journal", Access::Needs(Action::ReadJournal), show)
}

#[derive(Template)]
#[template(path = "activity.html")]
struct View {
    chrome: Chrome,
    entries: Vec<Entry>,
    names: BTreeMap<String, String>,
}

impl View {
    fn who(&self, entry: &Entry) -> String {
        match self.names.get(&entry.person) {
            Some(name) => name.clone(),
            None if entry.person == "programme" => self.chrome.t("activity-program"),
            None if entry.person == "anonyme" => self.chrome.t("activity-setup"),
            None => self.chrome.t1("activity-elsewhere", "post", &entry.post_id),
        }
    }

    fn what(&self, entry: &Entry) -> String {
        // A kind of a newer program or of another edition has no words here: its own name says
        // more than nothing.
        self.chrome
            .known(&format!("kind-{}", entry.kind.replace('.', "-")))
            .unwrap_or_else(|| entry.kind.clone())
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
