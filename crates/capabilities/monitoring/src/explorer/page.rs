//! The page of the explorer: the question at the head, its answer under it.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::Reject;
use web::{Access, Chrome, PageFailure, Routes, Visit};

use crate::analysis::{self, Say};

use super::answer::{Answer, Cell, answer};
use super::asked::{self, Axis, Question, Shape};
use super::form::{Form, Option_};
use super::table::{Pivot, Row, Spot};
use super::told;

/// The address.
pub(super) const PAGE: &str = "/suivi/explorer";
/// More rows than this are left to the files.
const MOST_ROWS: usize = 900;
/// More links than this would bury the page for those who use the keyboard; the rows lead on.
const MOST_LINKS: usize = 400;

pub(super) fn routes() -> Routes {
    Routes::new().get(PAGE, Access::Public, show)
}

/// The parameters of an address, in order.
pub(super) type Pairs = Query<Vec<(String, String)>>;

/// The words for this visitor.
pub(super) fn say(visit: &Visit) -> Say<'_> {
    Say { catalogue: visit.app.catalogue(), language: visit.language }
}

/// Reads the question of an address and answers it, away from the threads that serve.
pub(super) async fn ask<T: Send + 'static>(
    visit: &Visit,
    pairs: Vec<(String, String)>,
    make: impl FnOnce(&mut db::Tx<'_>, &Visit, &Answer) -> Result<T, PageFailure> + Send + 'static,
) -> Result<T, PageFailure> {
    let seer = visit.clone();
    visit
        .app
        .read::<_, PageFailure>(move |tx| {
            let newest = crate::questionnaire::newest(tx)?;
            let refuse = |it: asked::Refused| PageFailure::Refused(it.message());
            let question = asked::read(&newest, &typed(&pairs)).map_err(refuse)?;
            let found = answer(tx, &seer.actor, seer.today(), &say(&seer), &question)?;
            make(tx, &seer, &found.map_err(refuse)?)
        })
        .await
}

/// The parameters with what the person wrote in the place of what is listed: a period that is
/// written is meant, and the one of the list is not.
fn typed(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let written = pairs.iter().find(|it| it.0 == "ecrit" && !it.1.trim().is_empty());
    match written {
        None => pairs.to_vec(),
        Some((_, text)) => pairs
            .iter()
            .filter(|it| it.0 != "periode")
            .cloned()
            .chain([("periode".to_owned(), text.replace(' ', ""))])
            .collect(),
    }
}

#[derive(Template)]
#[template(path = "explorer/page.html")]
struct View {
    chrome: Chrome,
    form: Form,
    crumbs: Vec<(String, String)>,
    title: String,
    lede: String,
    provisional: bool,
    shapes: Vec<Option_>,
    pictures: Vec<super::draw::Picture>,
    no_picture: String,
    table: Option<Table>,
    strip: Option<Strip>,
    cautions: Vec<String>,
    files: Vec<(&'static str, String, &'static str)>,
    stamp: String,
    keep: String,
    keep_key: &'static str,
    /// Questions that anybody may ask again.
    ready: Vec<(String, String)>,
}

/// How many answered.
struct Strip {
    answered: u32,
    expected: u32,
    label: String,
    missing: String,
}

/// The table as the page shows it.
struct Table {
    caption: String,
    open: bool,
    heads: Vec<String>,
    columns: Vec<String>,
    sum: String,
    rows: Vec<Line>,
    left: String,
}

struct Line {
    group: String,
    heads: Vec<(String, String)>,
    cells: Vec<Shown>,
    sum: String,
    whole: bool,
}

struct Shown {
    text: String,
    absent: bool,
    href: String,
    /// `11/12`, where some are missing.
    answered: String,
}

async fn show(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let view = visit.app.read::<_, PageFailure>(move |tx| kindly(tx, &seer, typed(&pairs))).await?;
    match view.form.errors.is_empty() {
        true => visit.page(&view),
        false => visit.correct(&view),
    }
}

/// Answers what can be read of a question; what cannot is told at its field, with what was typed.
fn kindly(
    tx: &mut db::Tx<'_>,
    visit: &Visit,
    mut pairs: Vec<(String, String)>,
) -> Result<View, PageFailure> {
    let newest = crate::questionnaire::newest(tx)?;
    let (mut errors, mut written) = (Vec::new(), String::new());
    loop {
        let found = match asked::read(&newest, &pairs) {
            Ok(question) => answer(tx, &visit.actor, visit.today(), &say(visit), &question)?,
            Err(refused) => Err(refused),
        };
        let refused = match found {
            Ok(answer) => {
                let ready = if answer.measures.is_empty() {
                    super::kept::visible(tx, &visit.actor, visit.today())?
                } else {
                    Vec::new()
                };
                let mut view = View::of(visit, &answer, ready);
                (view.form.errors, view.form.written) = (errors, written);
                return Ok(view);
            }
            Err(refused) => refused,
        };
        let parameter = refused.parameter();
        let before = pairs.len();
        let (fault, rest): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|it| refused.is_about(&it.0, &it.1));
        pairs = rest;
        // What is wrong though nothing of it was typed cannot be set aside.
        if pairs.len() == before {
            return Err(PageFailure::Refused(refused.message()));
        }
        // A period is written in a field of its own.
        let field = if parameter == "periode" { "ecrit" } else { parameter };
        if parameter == "periode" {
            let typed: Vec<String> = fault.into_iter().map(|it| it.1).collect();
            written = typed.join(", ");
        }
        errors.push((field, visit.app.tell(visit.language, &refused.message())));
    }
}

impl View {
    fn of(visit: &Visit, answer: &Answer, ready: Vec<super::kept::Kept>) -> Self {
        let say = say(visit);
        let asked = !answer.measures.is_empty();
        let title = told::title(&say, answer);
        let where_when = match told::places(&say, answer) {
            places if asked => format!("{places} · {}", told::span(&say, answer)),
            places => places,
        };
        let shape = answer.question.shape;
        let pictures = if asked { super::draw::pictures(&say, answer, true) } else { Vec::new() };
        let pivot = asked.then(|| Pivot::of(answer));
        let no_picture = if asked && shape != Shape::Table && pictures.is_empty() {
            say.t(&format!("explorer-no-{}", shape.word()))
        } else {
            String::new()
        };
        Self {
            form: Form::of(&say, answer),
            crumbs: crumbs(answer),
            // A single picture states it in its own title.
            lede: if pictures.len() == 1 && answer.measures.len() == 1 {
                String::new()
            } else {
                told::finding(&say, answer)
            },
            provisional: asked && answer.provisional,
            shapes: shapes(&say, answer),
            table: pivot.map(|it| Table::of(&say, answer, &it, pictures.is_empty())),
            strip: strip(&say, answer),
            cautions: if asked { told::cautions(&say, answer) } else { Vec::new() },
            files: if asked { files(answer, !pictures.is_empty()) } else { Vec::new() },
            stamp: answer.stamp.told(&say),
            keep: if asked && visit.actor.is_signed_in() {
                let id = answer.question.replaces.as_deref().unwrap_or("nouvelle");
                let page = format!("{}/{}", super::kept::LIST, analysis::encoded(id));
                let question = answer.question.with(|it| it.replaces = None);
                question.href(&page, &answer.questionnaire)
            } else {
                String::new()
            },
            keep_key: match answer.question.replaces {
                Some(_) => "kept-replace",
                None => "kept-keep",
            },
            ready: ready
                .into_iter()
                .map(|it| (format!("{PAGE}?{}", it.content.query), it.content.name))
                .collect(),
            chrome: visit
                .chrome_titled(if asked {
                    format!("{title} – {where_when}")
                } else {
                    title.clone()
                })
                .with_place(where_when.clone())
                .with_invented(answer.land.invented),
            pictures,
            no_picture,
            title,
        }
    }
}

/// The way down to the first place, each with the same question.
fn crumbs(answer: &Answer) -> Vec<(String, String)> {
    let Some(place) = answer.question.places.first() else { return Vec::new() };
    let land = &answer.land;
    let mut path: Vec<&str> = land.path(place);
    path.reverse();
    path.into_iter()
        .map(|code| {
            let href = if code == place { String::new() } else { to_place(answer, code) };
            (href, land.name(code).to_owned())
        })
        .collect()
}

/// The same question about one place and what lies directly under it.
fn to_place(answer: &Answer, code: &str) -> String {
    let question = answer.question.with(|it| {
        it.places = vec![code.to_owned()];
        it.depth = asked::Depth::Children;
    });
    question.href(PAGE, &answer.questionnaire)
}

fn shapes(say: &Say<'_>, answer: &Answer) -> Vec<Option_> {
    if answer.measures.is_empty() {
        return Vec::new();
    }
    Shape::ALL
        .into_iter()
        .map(|it| Option_ {
            value: answer.question.with(|other| other.shape = it).href(PAGE, &answer.questionnaire),
            label: say.t(&format!("explorer-shape-{}", it.word())),
            chosen: it == answer.question.shape,
        })
        .collect()
}

fn files(answer: &Answer, drawn: bool) -> Vec<(&'static str, String, &'static str)> {
    let query = answer.question.query(&answer.questionnaire);
    let mut out: Vec<(&'static str, &'static str)> =
        vec![("csv", "file"), ("xlsx", "file"), ("pdf", "print")];
    if drawn {
        out.push(("svg", "file"));
    }
    out.into_iter().map(|(it, icon)| (it, format!("{PAGE}.{it}?{query}"), icon)).collect()
}

/// Who answered to the first measure, in the last period.
fn strip(say: &Say<'_>, answer: &Answer) -> Option<Strip> {
    let place = answer.whole()?;
    if answer.measures.is_empty() || answer.places[place].below.is_none() {
        return None;
    }
    let at = answer.last_period(0);
    let figure = answer.cell(place, 0, 0, at).figure()?;
    let level = answer.indicators[0].level;
    let arguments = [
        ("level", level.word().to_owned()),
        ("expected", figure.expected.to_string()),
        ("period", told::long_period(say, answer.periods[at])),
    ];
    let missing = answer.missing(place, 0, at);
    Some(Strip {
        answered: figure.respondents,
        expected: figure.expected,
        label: say.with("explorer-answered", &arguments),
        missing: analysis::some_names(say, &missing),
    })
    .filter(|it| 0 < it.expected)
}

impl Table {
    fn of(say: &Say<'_>, answer: &Answer, pivot: &Pivot, open: bool) -> Self {
        let links = pivot.rows.len() * pivot.columns <= MOST_LINKS;
        let down: Vec<Axis> = pivot.down.clone();
        let rows = pivot
            .rows
            .iter()
            .take(MOST_ROWS)
            .map(|it| line(say, answer, pivot, it, links))
            .collect();
        let left = if MOST_ROWS < pivot.rows.len() {
            let arguments =
                [("shown", MOST_ROWS.to_string()), ("all", pivot.rows.len().to_string())];
            say.with("explorer-more-rows", &arguments)
        } else {
            String::new()
        };
        let one = answer.measures.len() == 1;
        let unit = if one { say.unit(&answer.indicators[0].unit) } else { String::new() };
        let caption = if unit.is_empty() {
            told::title(say, answer)
        } else {
            format!("{} ({unit})", told::title(say, answer))
        };
        Self {
            caption,
            open,
            heads: down.iter().map(|it| say.t(&format!("explorer-axis-{}", it.word()))).collect(),
            columns: (0..pivot.columns)
                .map(|it| told::item(say, answer, pivot.across, it))
                .collect(),
            sum: if pivot.sums { say.t("explorer-sum") } else { String::new() },
            rows,
            left,
        }
    }
}

fn line(say: &Say<'_>, answer: &Answer, pivot: &Pivot, row: &Row, links: bool) -> Line {
    let group = match pivot.group {
        Some(axis) if row.begins => told::item(say, answer, axis, row.spot.item(axis)),
        _ => String::new(),
    };
    let heads = pivot
        .down
        .iter()
        .map(|axis| {
            let at = row.spot.item(*axis);
            let href = match axis {
                Axis::Places if answer.places[at].below.is_some() && !answer.places[at].whole => {
                    to_place(answer, &answer.places[at].code)
                }
                _ => String::new(),
            };
            (told::item(say, answer, *axis, at), href)
        })
        .collect();
    let cells = row
        .cells
        .iter()
        .map(|(spot, cell)| {
            let (text, absent) = told::cell(say, answer, (*spot, *cell));
            let answered = cell
                .figure()
                .filter(|it| it.incomplete())
                .map_or(String::new(), |it| it.respondents_text());
            let href = match cell {
                Cell::Known(_) if links => explained(answer, *spot),
                _ => String::new(),
            };
            Shown { text, absent, href, answered }
        })
        .collect();
    let sum = match (row.adds, row.sum) {
        (false, _) => "–".to_owned(),
        (true, it) => say.bare(&answer.indicators[row.spot.measure], it),
    };
    Line { group, heads, cells, sum, whole: row.whole }
}

/// The address that explains a figure.
pub(super) fn explained(answer: &Answer, spot: Spot) -> String {
    let measure = &answer.measures[spot.measure];
    let place = &answer.places[spot.place].code;
    let part = answer.narrowed(measure, spot.part);
    let question = Question {
        measures: vec![part],
        places: vec![place.clone()],
        times: vec![super::time::Time::One(answer.periods[spot.period])],
        map: answer.question.map,
        published_only: answer.question.published_only,
        ..Question::default()
    };
    question.href(super::figure::PAGE, &answer.questionnaire)
}
