//! « Documents du trimestre »: all the documents of a place for a quarter, how far each is, to whom
//! it was handed; issuing and handing in one click.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Language, Message, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use super::issue::{self, Handing, Issue, IssueRefused};
use super::kind::Kind;
use super::make::{self, Format, Writers};
use super::origin::Origin;
use super::{href_of, page, recommend, written};
use crate::analysis::{self, PAPER, encoded};
use crate::entry;
use crate::opendata;
use crate::questionnaire::{Level, french};
use crate::store::{self, Stage, may_read_unpublished};

/// The address of the documents of a place for a quarter.
pub(crate) fn href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/documents/{}/{quarter}", encoded(place))
}

pub(super) fn routes() -> Routes {
    let one = "/suivi/documents/{place}/{quarter}/{document}";
    Routes::new()
        .get("/suivi/documents/{place}/{quarter}", Access::Public, show)
        .post(one, Access::SignedIn, act)
        .get("/suivi/documents/emis/{file}", Access::Public, issued_file)
}

/// A document as the page shows it.
pub(super) struct Line {
    pub(super) word: &'static str,
    pub(super) name: String,
    pub(super) code: &'static str,
    pub(super) about: String,
    pub(super) href: String,
    pub(super) state: (&'static str, String),
    pub(super) files: Vec<(String, String, String)>,
    pub(super) issues: Vec<IssueLine>,
    pub(super) handed: Vec<(String, String, String, String)>,
    /// Where it is issued and handed.
    pub(super) action: String,
}

/// One issue of a document.
pub(super) struct IssueLine {
    pub(super) told: String,
    pub(super) code: String,
    pub(super) files: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "reports/documents.html")]
struct View {
    chrome: Chrome,
    crumbs: Vec<(String, String)>,
    title: String,
    lede: String,
    lines: Vec<Line>,
    below: Vec<(String, String)>,
    below_title: String,
    quarters: Vec<(String, String, bool)>,
    may_issue: bool,
    open: bool,
    recommend_href: Option<String>,
    refusal: Option<(String, String)>,
    form: Fields,
    wrong: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    pub(super) acte: String,
    pub(super) destinataire: String,
    pub(super) moyen: String,
    pub(super) jour: String,
}

/// What the base says of the documents of a place.
struct Found {
    ground: store::Ground,
    stage: Option<Stage>,
    issues: Vec<Issue>,
    handings: Vec<Handing>,
    quarters: Vec<Quarter>,
    day: Option<kernel::Date>,
    entitled: bool,
    /// The publication that stands.
    origin: Option<Origin>,
}

async fn find(visit: &Visit, place: &str, quarter: Quarter) -> Result<Found, PageFailure> {
    let (code, seer) = (place.to_owned(), visit.clone());
    visit
        .app
        .read::<_, PageFailure>(move |tx| {
            let ground = store::ground(tx, &code, quarter.last_day())
                .map_err(PageFailure::from)?
                .ok_or(PageFailure::NotFound)?;
            let entitled = may_read_unpublished(&seer.actor, &ground, &code);
            let state = store::passages(tx, &ground)?;
            let passed = [
                (Level::Nation, Stage::Published),
                (Level::Region, Stage::Validated),
                (Level::Cercle, Stage::Closed),
            ]
            .into_iter()
            .find_map(|(level, stage)| {
                state.last(ground.holder(&code, level)?, quarter, stage).cloned()
            });
            let stage = passed.as_ref().map(|it| it.stage);
            if stage != Some(Stage::Published) && !entitled {
                let place = french(ground.name(&code));
                let refused = analysis::Refused::Unpublished { place, quarter };
                return Err(PageFailure::Refused(refused.message()));
            }
            let mut issues = issue::issues(tx, &code, quarter)?;
            let mut handings = Vec::new();
            if entitled {
                handings = issue::handings(tx, &code, &quarter.to_string())?;
            } else {
                issues.retain(|it| it.issued.stage == Stage::Published.word());
            }
            Ok(Found {
                origin: Origin::standing(tx, &ground, quarter)?,
                quarters: analysis::quarters(tx, &seer.actor, &ground, seer.today())?,
                stage,
                day: passed.map(|it| it.day),
                issues,
                handings,
                entitled,
                ground,
            })
        })
        .await
}

async fn view(
    visit: &Visit,
    place: &str,
    quarter: Quarter,
    refused: Option<(Fields, &'static str, Message)>,
) -> Result<View, PageFailure> {
    let found = find(visit, place, quarter).await?;
    let language = visit.language;
    let say = |key: &str, given: &[(&str, String)]| visit.app.catalogue().say(language, key, given);
    let level = found.ground.level();
    let name = french(found.ground.name(place));
    let mut lines: Vec<Line> = Vec::new();
    let data = level == Level::Nation && found.stage == Some(Stage::Published);
    for kind in Kind::of_level(level).iter().chain(data.then_some(&Kind::Data)) {
        lines.push(line(visit, &found, *kind, place, quarter));
    }
    let title = say("documents-of", &[("place", name.clone())]);
    let state = match (found.stage, found.day) {
        (Some(stage), Some(day)) => {
            say(&format!("report-state-{}", stage.word()), &[("day", language.long_date(day))])
        }
        _ => say("report-state-open", &[]),
    };
    let chrome = visit
        .chrome_titled(title.clone())
        .with_place(format!("{name}, {}", language.quarter(quarter)))
        .with_invented(found.ground.invented);
    let below: Vec<(String, String)> = below(&found.ground, place)
        .into_iter()
        .map(|(code, name)| (href(&code, quarter), name))
        .collect();
    let mut crumbs: Vec<(String, String)> = found
        .ground
        .above
        .iter()
        .rev()
        .map(|(code, _)| (href(code, quarter), french(found.ground.name(code))))
        .collect();
    crumbs.push((String::new(), name));
    let (form, wrong, message) = match refused {
        Some((form, word, message)) => (form, word.to_owned(), Some(message)),
        None => (Fields::default(), String::new(), None),
    };
    Ok(View {
        crumbs,
        title,
        lede: format!("{}. {state}.", language.quarter(quarter)),
        below_title: say(&format!("documents-below-{}", level.word()), &[]),
        below,
        quarters: found
            .quarters
            .iter()
            .rev()
            .take(8)
            .map(|it| (href(place, *it), language.short_quarter(*it), *it == quarter))
            .collect(),
        may_issue: visit.may(written::action(level), &found.ground.object(place)),
        open: found.stage.is_none(),
        recommend_href: (found.entitled && level != Level::Commune)
            .then(|| recommend::href(place, quarter)),
        refusal: message.map(|it| {
            let field = if form.acte == "remettre" { "destinataire" } else { "emettre" };
            (format!("{field}-{wrong}"), visit.app.tell(language, &it))
        }),
        lines,
        form,
        wrong,
        chrome,
    })
}

fn below(ground: &store::Ground, place: &str) -> Vec<(String, String)> {
    let units = ground.tree.units();
    let root = ground.tree.place(place);
    let mut found: Vec<(String, String)> = units
        .iter()
        .filter(|it| it.parent.is_some() && it.parent == root)
        .map(|it| (it.code.clone(), french(ground.name(&it.code))))
        .collect();
    found.sort_by_cached_key(|it| kernel::search::fold(&it.1));
    found
}

fn line(visit: &Visit, found: &Found, kind: Kind, place: &str, quarter: Quarter) -> Line {
    let address = match kind {
        Kind::Data => opendata::href(place, quarter),
        _ => href_of(place, quarter, kind),
    };
    let action = format!("{}/{}", href(place, quarter), kind.word());
    let known = (found.issues.as_slice(), found.handings.as_slice());
    let mut line = told(visit, kind, known, (address, action), found.stage.is_some());
    let last = found.issues.iter().rfind(|it| it.issued.document == kind.code());
    if let (Some(last), Some(origin)) = (last, &found.origin)
        && origin.replaces(&last.issued)
        && let Some(day) = origin.day
    {
        let given = [
            ("version", last.issued.version.to_string()),
            ("day", visit.language.short_date(last.issued.day)),
            ("again", visit.language.short_date(day)),
        ];
        let said = visit.app.catalogue().say(visit.language, "document-state-republished", &given);
        line.state = ("late", said);
    }
    line
}

/// A document as a page shows it, from what was issued and handed.
pub(super) fn told(
    visit: &Visit,
    kind: Kind,
    (issues, handings): (&[Issue], &[Handing]),
    (href, action): (String, String),
    ready: bool,
) -> Line {
    let language = visit.language;
    let say = |key: &str, given: &[(&str, String)]| visit.app.catalogue().say(language, key, given);
    let of_kind: Vec<&Issue> =
        issues.iter().filter(|it| it.issued.document == kind.code()).collect();
    let state = match of_kind.last() {
        Some(it) => {
            let given = [
                ("version", it.issued.version.to_string()),
                ("day", language.short_date(it.issued.day)),
            ];
            ("done", say("document-state-issued", &given))
        }
        None if ready => ("todo", say("document-state-ready", &[])),
        None => ("draft", say("document-state-draft", &[])),
    };
    Line {
        word: kind.word(),
        name: say(&format!("document-kind-{}", kind.word()), &[]),
        code: kind.code(),
        about: say(&format!("document-about-{}", kind.word()), &[]),
        files: endings(kind)
            .iter()
            .map(|it| {
                let icon = if *it == "pdf" { "print" } else { "file" };
                (format!("{href}.{it}"), it.to_uppercase(), icon.to_owned())
            })
            .collect(),
        href,
        state,
        issues: of_kind.iter().rev().map(|it| issue_line(&say, language, it)).collect(),
        handed: handings
            .iter()
            .filter(|it| it.handed.document == kind.code())
            .map(|it| {
                (
                    french(&it.handed.to),
                    french(&it.handed.means),
                    language.short_date(it.handed.day),
                    it.handed.version.to_string(),
                )
            })
            .collect(),
        action,
    }
}

fn endings(kind: Kind) -> &'static [&'static str] {
    if kind == Kind::Data { &["zip", "csv"] } else { &["pdf", "docx", "xlsx"] }
}

/// Says a key with its arguments.
type Told<'a> = &'a dyn Fn(&str, &[(&str, String)]) -> String;

fn issue_line(say: Told<'_>, language: Language, it: &Issue) -> IssueLine {
    let given = [
        ("version", it.issued.version.to_string()),
        ("day", language.long_date(it.issued.day)),
        ("office", it.office.clone()),
        ("stage", say(&format!("document-stage-{}", it.issued.stage), &[])),
    ];
    IssueLine {
        told: say("document-issued-told", &given),
        code: it.issued.code.clone(),
        files: it
            .issued
            .files
            .iter()
            .map(|file| {
                let size = language.integer(i64::try_from(file.size.div_ceil(1000)).unwrap_or(0));
                (
                    format!("/suivi/documents/emis/{}.{}", file.hash, file.format),
                    format!(
                        "{} ({})",
                        file.format.to_uppercase(),
                        say("document-size", &[("size", size)])
                    ),
                    file.hash.clone(),
                )
            })
            .collect(),
    }
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let quarter = entry::page::quarter(&quarter, visit.today())?;
    let view = view(&visit, &place, quarter, None).await?;
    visit.page(&view)
}

async fn act(
    visit: Visit,
    Path((place, quarter, word)): Path<(String, String, String)>,
    Form(form): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = entry::page::quarter(&quarter, visit.today())?;
    let kind = Kind::from_word(&word).ok_or(PageFailure::NotFound)?;
    let done = if form.acte == "remettre" {
        let (code, typed) = (place.clone(), form.clone());
        visit
            .app
            .write(&visit.actor, move |ctx| {
                let ground =
                    store::ground(ctx.tx, &code, quarter.last_day())?.ok_or(Failure::NotFound)?;
                let typed =
                    (typed.destinataire.as_str(), typed.moyen.as_str(), typed.jour.as_str());
                issue::hand(ctx, &ground, quarter, kind, typed).map(|_| ())
            })
            .await
    } else {
        issue_now(&visit, &place, quarter, kind).await?
    };
    match done {
        Ok(()) => {
            Ok(Redirect::to(&format!("{}#{}", href(&place, quarter), kind.word())).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let refused = Some((form, kind.word(), rule.message()));
            let view = view(&visit, &place, quarter, refused).await?;
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// Makes a document and issues it. It is written outside of the transaction that enters it in the
/// register: the typesetter is slow, and others write meanwhile.
///
/// # Errors
///
/// If nothing of it may be seen, or if a writer fails.
pub(crate) async fn issue_now(
    visit: &Visit,
    place: &str,
    quarter: Quarter,
    kind: Kind,
) -> Result<Result<(), Stop<IssueRefused>>, PageFailure> {
    let (code, seer) = (place.to_owned(), visit.clone());
    if kind == Kind::Data {
        let read = visit.app.read::<_, PageFailure>(move |tx| {
            Ok(opendata::make(tx, seer.app.catalogue(), &code, quarter)?)
        });
        let made = read.await?;
        return Ok(record(visit, place, quarter, made).await);
    }
    let prepared = visit.app.read::<_, PageFailure>(move |tx| {
        let reader = page::reader(&seer, PAPER, false);
        match make::prepare(tx, reader, &code, quarter, Some(kind))? {
            Ok(it) => Ok(it),
            Err(refused) => Err(PageFailure::Refused(refused.message())),
        }
    });
    let (prepared, writers) = (prepared.await?, Writers::of(&visit.app));
    let made = visit.app.work(move || prepared.made(writers)).await?;
    Ok(record(visit, place, quarter, made).await)
}

async fn record(
    visit: &Visit,
    place: &str,
    quarter: Quarter,
    made: issue::Made,
) -> Result<(), Stop<IssueRefused>> {
    let code = place.to_owned();
    visit
        .app
        .write(&visit.actor, move |ctx| {
            let ground =
                store::ground(ctx.tx, &code, quarter.last_day())?.ok_or(Failure::NotFound)?;
            issue::issue(ctx, &ground, quarter, &made).map(|_| ())
        })
        .await
}

/// A file as it was issued, by its hash: its address for ever.
async fn issued_file(visit: Visit, Path(file): Path<String>) -> Result<Response, PageFailure> {
    let (hash, ending) = file.split_once('.').ok_or(PageFailure::NotFound)?;
    let (hash, ending) = (hash.to_owned(), ending.to_owned());
    let (seer, asked) = (visit.clone(), ending.clone());
    let found = visit.app.read::<_, PageFailure>(move |tx| {
        for it in issue::found(tx, &hash)? {
            let known = it.issued.files.iter().any(|it| it.hash == hash && it.format == asked);
            if !known || !may_open(tx, &seer, &it)? {
                continue;
            }
            if let Some(bytes) = issue::kept_file(tx, &hash)? {
                return Ok(Some((it.issued, bytes)));
            }
        }
        Ok(None)
    });
    let Some((issued, bytes)) = found.await? else { return Err(PageFailure::NotFound) };
    let word = Kind::from_code(&issued.document).map_or("document", Kind::word);
    let of = match issued.quarter.as_str() {
        "" => issued.partnership.clone(),
        quarter => format!("{}-{quarter}", issued.place),
    };
    let name = format!("{word}-{of}-v{}.{ending}", issued.version);
    Ok(visit.file(&name, Format::media_of(&ending), bytes))
}

/// What was issued before the publication stays with those who may read the place.
fn may_open(tx: &mut db::Tx<'_>, visit: &Visit, it: &Issue) -> Result<bool, Failure> {
    if [Stage::Published.word(), issue::OF_THE_REGISTER].contains(&it.issued.stage.as_str()) {
        return Ok(true);
    }
    let Ok(quarter) = it.issued.quarter.parse::<Quarter>() else { return Ok(false) };
    let ground = store::ground(tx, &it.issued.place, quarter.last_day())?;
    Ok(ground.is_some_and(|ground| may_read_unpublished(&visit.actor, &ground, &it.issued.place)))
}
