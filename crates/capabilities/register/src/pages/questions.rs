//! `/registre/questions`: all the reading questions, by flag.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use db::Tx;
use kernel::Failure;
use web::{Chrome, PageFailure, Visit};

use super::{Tab, address, query_of, question, source_name, tabs};
use crate::{FLAGS, LIEU_NON_RAPPROCHE, PAGE, RECOUPEMENT, REMARQUE};

const PATH: &str = "/registre/questions";

#[derive(Template)]
#[template(path = "register/questions.html")]
struct View {
    chrome: Chrome,
    tabs: Vec<Tab>,
    flags: Vec<Flag>,
    chosen: String,
    error: String,
    rows: Vec<Line>,
    previous: String,
    next: String,
}

/// A flag with how often each source raises it.
struct Flag {
    flag: String,
    href: String,
    sentence: String,
    guide: String,
    bamako: String,
    current: bool,
    /// Raised by the program from the file's own columns, not by the file.
    ours: bool,
}

/// A partnership that raises questions.
struct Line {
    href: String,
    name: String,
    source: String,
    questions: Vec<String>,
    note: String,
}

pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let last = |name: &str| {
        let found = pairs.iter().rev().find(|it| it.0 == name);
        found.map(|it| it.1.trim().to_owned()).unwrap_or_default()
    };
    let typed = last("question");
    let wanted = typed.to_uppercase();
    let known = wanted.is_empty() || FLAGS.contains(&wanted.as_str());
    let number = last("page");
    let page = if number.is_empty() { Some(1) } else { number.parse::<i64>().ok() };
    let page = page.filter(|it| (1..=100_000).contains(it));
    let chrome = visit.chrome("register-questions-title");
    let words = chrome.clone();
    let flag = (!wanted.is_empty() && known).then(|| wanted.clone());
    let skip = (page.unwrap_or(1) - 1) * PAGE;
    let right = known && page.is_some();
    let work = move |tx: &mut Tx<'_>| {
        let counts = crate::question_counts(tx)?;
        let list = if right {
            crate::with_question(tx, flag.as_deref(), PAGE + 1, skip)?
        } else {
            Vec::new()
        };
        Ok::<_, Failure>((counts, list))
    };
    let (counts, list) = visit.app.read(work).await?;
    let language = visit.language;
    let of = |source: &str, flag: &str| {
        let found = counts.iter().find(|it| it.0 == source && it.1 == flag);
        found.map(|it| language.integer(it.2)).unwrap_or_default()
    };
    let flags = FLAGS
        .iter()
        .filter(|flag| counts.iter().any(|it| it.1 == **flag))
        .map(|flag| Flag {
            flag: (*flag).to_owned(),
            href: format!("{PATH}?question={flag}"),
            sentence: question(&words, flag),
            guide: of(crate::GUIDE_SOURCE, flag),
            bamako: of(crate::BAMAKO_SOURCE, flag),
            current: *flag == wanted,
            ours: [LIEU_NON_RAPPROCHE, RECOUPEMENT, REMARQUE].contains(flag),
        })
        .collect();
    let more = PAGE < i64::try_from(list.len()).unwrap_or_default();
    let rows = list
        .iter()
        .take(usize::try_from(PAGE).unwrap_or(usize::MAX))
        .map(|it| Line {
            href: format!("/registre/{}", it.id),
            name: format!("{} – {}", it.foreign_name(), it.malian_name()),
            source: match it.origins.line {
                Some(line) => words.t2(
                    "register-source-line",
                    ("source", source_name(&words, &it.origins.source)),
                    ("line", line),
                ),
                None => source_name(&words, &it.origins.source),
            },
            questions: it.questions().into_iter().map(|flag| question(&words, flag)).collect(),
            note: it.reading_note.clone(),
        })
        .collect();
    let to = |number: i64| {
        let number = number.to_string();
        let mut pairs = vec![("page", number.as_str())];
        if !wanted.is_empty() {
            pairs.insert(0, ("question", &wanted));
        }
        address(PATH, &query_of(&pairs))
    };
    let page = page.unwrap_or(1);
    let view = View {
        tabs: tabs(&chrome, PATH, ""),
        previous: if right && 1 < page { to(page - 1) } else { String::new() },
        next: if right && more { to(page + 1) } else { String::new() },
        error: if right {
            String::new()
        } else if known {
            chrome.t1("register-filter-page", "value", &number)
        } else {
            chrome.t1("register-filter-question-unknown", "value", &typed)
        },
        chosen: typed,
        flags,
        rows,
        chrome,
    };
    if right { visit.page(&view) } else { visit.correct(&view) }
}
