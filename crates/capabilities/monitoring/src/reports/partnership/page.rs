//! `/registre/{id}/fiche`: the sheet of a partnership, its files, issuing and handing it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use documents::{Block, Document, Row, Tone};
use kernel::{Failure, Id, Message, Reject, Stop};
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use super::{about, document, href, prepared, read};
use crate::analysis::Say;
use crate::reports::issue::{self, IssueRefused};
use crate::reports::kind::Kind;
use crate::reports::listing::{self, Fields, Line};
use crate::reports::make::{Format, Prepared, Writers};
use crate::reports::page::Leaning;

pub(crate) fn routes() -> Routes {
    let page = "/registre/{id}/fiche";
    Routes::new().get(page, Access::Public, show_page).post(page, Access::SignedIn, act).get(
        "/registre/{id}/{sheet}",
        Access::Public,
        show,
    )
}

/// The identifier of an address and the file that it asks for: `fiche`, `fiche.pdf`.
fn asked(id: &str, sheet: &str) -> Result<(Id, Option<Format>), PageFailure> {
    let id: Id = id.parse().map_err(|_| PageFailure::NotFound)?;
    let rest = sheet.strip_prefix("fiche").ok_or(PageFailure::NotFound)?;
    if rest.is_empty() {
        return Ok((id, None));
    }
    let ending = rest.strip_prefix('.').ok_or(PageFailure::NotFound)?;
    let format = Format::ALL.into_iter().find(|it| it.ending() == ending);
    Ok((id, Some(format.ok_or(PageFailure::NotFound)?)))
}

fn say(visit: &Visit) -> Say<'_> {
    Say { catalogue: visit.app.catalogue(), language: visit.language }
}

async fn show_page(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    show(visit, Path((id, "fiche".to_owned()))).await
}

async fn show(
    visit: Visit,
    Path((id, sheet)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let (id, format) = asked(&id, &sheet)?;
    let Some(format) = format else {
        let view = view(&visit, id, None).await?;
        return visit.page(&view);
    };
    let prepared = sheet_of(&visit, id).await?;
    let writers = Writers::of(&visit.app);
    let bytes = visit.app.work(move || prepared.file(format, writers)).await?;
    let ending = format.ending();
    Ok(visit.file(&format!("fiche-part-{id}.{ending}"), Format::media_of(ending), bytes))
}

async fn sheet_of(visit: &Visit, id: Id) -> Result<Prepared, PageFailure> {
    let seer = visit.clone();
    let read = visit
        .app
        .read::<_, PageFailure>(move |tx| Ok(prepared(&read(tx, say(&seer), id, seer.today())?)));
    read.await
}

#[derive(Template)]
#[template(path = "reports/partnership.html")]
struct View {
    chrome: Chrome,
    title: String,
    record_href: String,
    it: Line,
    may_issue: bool,
    open: bool,
    form: Fields,
    wrong: String,
    refusal: Option<(String, String)>,
    document: Document,
    code: String,
}

impl Leaning for View {}

async fn view(
    visit: &Visit,
    id: Id,
    refused: Option<(Fields, Message)>,
) -> Result<View, PageFailure> {
    let seer = visit.clone();
    let found = visit.app.read::<_, PageFailure>(move |tx| {
        let facts = read(tx, say(&seer), id, seer.today())?;
        let about = about(tx, &facts.partnership, seer.today())?;
        let key = id.to_string();
        let issues = issue::issues_about(tx, &key, "")?;
        let handings = issue::handings(tx, &key, "")?;
        Ok((facts.name(), document(&facts), about, issues, handings))
    });
    let (title, document, about, issues, mut handings) = found.await?;
    let may_issue = visit.may(about.action, &about.object);
    if !may_issue {
        // To whom it was handed is for those who look after the partnership.
        handings.clear();
    }
    let here = href(&id.to_string());
    let address = (here.clone(), here);
    let it = listing::told(visit, Kind::Partnership, (&issues, &handings), address, true);
    let (form, wrong, message) = match refused {
        Some((form, message)) => (form, Kind::Partnership.word().to_owned(), Some(message)),
        None => (Fields::default(), String::new(), None),
    };
    Ok(View {
        refusal: message.map(|it| {
            let field = if form.acte == "remettre" { "destinataire" } else { "emettre" };
            (format!("{field}-{wrong}"), visit.app.tell(visit.language, &it))
        }),
        record_href: format!("/registre/{id}"),
        chrome: visit.chrome_titled(title.clone()),
        code: document.code.map(|it| it.to_string()).unwrap_or_default(),
        open: false,
        title,
        it,
        may_issue,
        form,
        wrong,
        document,
    })
}

async fn act(
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let (id, _) = asked(&id, "fiche")?;
    let done = if form.acte == "remettre" {
        let typed = form.clone();
        visit
            .app
            .write(&visit.actor, move |ctx| {
                let about = found(ctx, id)?;
                let typed =
                    (typed.destinataire.as_str(), typed.moyen.as_str(), typed.jour.as_str());
                issue::hand_about(ctx, &about, Kind::Partnership, typed).map(|_| ())
            })
            .await
    } else {
        // Written outside of the transaction that enters it: the typesetter is slow.
        let prepared = sheet_of(&visit, id).await?;
        let writers = Writers::of(&visit.app);
        let made = visit.app.work(move || prepared.made(writers)).await?;
        visit
            .app
            .write(&visit.actor, move |ctx| {
                let about = found(ctx, id)?;
                issue::issue_about(ctx, &about, &made).map(|_| ())
            })
            .await
    };
    match done {
        Ok(()) => {
            let there = format!("{}#{}", href(&id.to_string()), Kind::Partnership.word());
            Ok(Redirect::to(&there).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let view = view(&visit, id, Some((form, rule.message()))).await?;
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

fn found(ctx: &mut identity::Ctx<'_, '_>, id: Id) -> Result<issue::About, Stop<IssueRefused>> {
    let known = register::find_partnership(ctx.tx, id).map_err(Failure::from)?;
    let partnership = known.ok_or(Failure::NotFound)?;
    let today = ctx.today();
    Ok(about(ctx.tx, &partnership, today)?)
}
