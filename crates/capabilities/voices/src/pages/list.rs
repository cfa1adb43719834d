//! `/voix`: the languages, how far their recordings are, and a further language from a file.

use askama::Template;
use axum::extract::Request;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Reject, Stop};
use web::{Chrome, PageFailure, Sent, Visit};

use crate::fold::{kept, languages};
use crate::keep::{country, places};

#[derive(Template)]
#[template(path = "voices/list.html")]
struct View {
    chrome: Chrome,
    languages: Vec<Line>,
    /// Whether this person may load a language.
    loads: bool,
    error: String,
}

struct Line {
    code: String,
    name: String,
    verified: bool,
    recorded: usize,
    all: usize,
    source: String,
}

async fn view(visit: &Visit, error: String) -> Result<View, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let found = visit.app.read(move |tx| {
        let own = places(tx, &actor, today)?.into_iter().next().unwrap_or_default();
        let loads = country(tx, &actor, today)?.is_some();
        let mut out = Vec::new();
        for it in languages(tx)? {
            let kept = kept(tx, &it.language, &own)?;
            out.push(Line {
                recorded: it.fragments.keys().filter(|key| kept.contains_key(*key)).count(),
                all: it.fragments.len(),
                code: it.language,
                name: it.name,
                verified: it.verified,
                source: it.source,
            });
        }
        Ok::<_, Failure>((out, loads))
    });
    let (languages, loads) = found.await?;
    Ok(View { chrome: visit.chrome("voices-keep-title"), languages, loads, error })
}

pub(super) async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let view = view(&visit, String::new()).await?;
    visit.page(&view)
}

pub(super) async fn load(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    if !sent.whole {
        return Err(PageFailure::TooLarge(super::FORM_BYTES));
    }
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::load_language(ctx, &sent.bytes);
    match visit.app.write(&visit.actor, work).await {
        Ok(language) => Ok(Redirect::to(&format!("/voix/{language}")).into_response()),
        Err(Stop::Refused(it)) => {
            let error = visit.chrome_titled("").tell(&it.message());
            visit.correct(&view(&visit, error).await?)
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}
