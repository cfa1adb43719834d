//! `/autoevaluation/{id}`: one assessment, filled in by the commune; with `.pdf`, on paper.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::format::read_date;
use kernel::{Date, Failure, Language, Message, Stop};
use web::{Chrome, Form, PageFailure, Visit};

use super::{name_of, paper, value};
use crate::Assessment;
use crate::assessment::{Content, Decided, GROUPS, Group, Mark};
use crate::fold::{may_keep, may_read};
use crate::grid::Grid;
use crate::keep::{ACTIONS, Refusals, SEEN};

#[derive(Template)]
#[template(path = "assessments/sheet.html")]
struct View {
    chrome: Chrome,
    id: String,
    commune: String,
    grid_href: String,
    closed: bool,
    savings: usize,
    /// The savings from which the form was made.
    seen: String,
    keeps: bool,
    held: String,
    groups: Vec<People>,
    domains: Vec<Part>,
    actions: Vec<Line>,
    errors: Vec<(String, String)>,
}

struct People {
    word: &'static str,
    label: String,
    women: String,
    men: String,
}

struct Part {
    code: String,
    name: String,
    criteria: Vec<Row>,
}

struct Row {
    code: String,
    name: String,
    /// Number, words, chosen.
    levels: Vec<(String, String, bool)>,
    /// The level in words; empty if there is none.
    level: String,
    none: bool,
    evidence: String,
}

struct Line {
    at: usize,
    what: String,
    owner: String,
    due: String,
}

impl View {
    fn error(&self, field: impl AsRef<str>) -> String {
        let field = field.as_ref();
        let found = self.errors.iter().find(|it| it.0 == field);
        found.map(|it| it.1.clone()).unwrap_or_default()
    }
}

async fn load(visit: &Visit, id: String) -> Result<(Assessment, String, bool), PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let found = visit.app.read(move |tx| {
        let Some(it) = crate::find(tx, &id)? else { return Ok(None) };
        // Who may not read it must not know that it is there.
        if !may_read(tx, &actor, &it.commune, today)? {
            return Ok(None);
        }
        let keeps = may_keep(tx, &actor, &it.commune, today)?;
        let name = name_of(tx, &it.commune, today)?;
        Ok::<_, Failure>(Some((it, name, keeps)))
    });
    found.await?.ok_or(PageFailure::NotFound)
}

fn grid_of(it: &Assessment) -> Result<&'static Grid, PageFailure> {
    let found = crate::grid(&it.content.grid);
    found.ok_or_else(|| Failure::told("the grid of an assessment is not shipped any more").into())
}

/// The fields of the form, as they were kept.
fn pairs_of(language: Language, it: &Assessment) -> Vec<(String, String)> {
    let content = &it.content;
    let day = |it: Option<Date>| it.map(|it| language.short_date(it)).unwrap_or_default();
    let mut out = Vec::new();
    let mut put = |name: String, value: String| out.push((name, value));
    put(SEEN.to_owned(), it.seen());
    put("tenue".to_owned(), day(content.held));
    for (group, it) in &content.groups {
        put(format!("{group}-f"), it.women.to_string());
        put(format!("{group}-h"), it.men.to_string());
    }
    for (code, it) in &content.marks {
        put(format!("n-{code}"), it.level.map(|it| it.to_string()).unwrap_or_default());
        put(format!("p-{code}"), it.evidence.clone());
    }
    for (at, it) in content.actions.iter().enumerate() {
        put(format!("a-{at}-quoi"), it.what.clone());
        put(format!("a-{at}-qui"), it.owner.clone());
        put(format!("a-{at}-quand"), day(it.due));
    }
    out
}

/// What was typed, and what of it cannot be understood.
fn read(grid: &Grid, pairs: &[(String, String)]) -> (Content, Refusals) {
    let mut content = Content::blank(grid);
    let mut refused = Refusals::default();
    let bad = |key: &str, value: &str| Message::new(key).with("value", value);
    let mut day = |field: String, typed: &str| {
        let read = read_date(typed);
        if read.is_none() && !typed.is_empty() {
            refused.push(field, bad("assessments-bad-day", typed));
        }
        read
    };
    content.held = day("tenue".to_owned(), value(pairs, "tenue"));
    for at in 0..ACTIONS {
        let field = |part: &str| value(pairs, &format!("a-{at}-{part}")).to_owned();
        let it = Decided {
            what: field("quoi"),
            owner: field("qui"),
            due: day(format!("a-{at}"), &field("quand")),
        };
        if !(it.what.is_empty() && it.owner.is_empty() && field("quand").is_empty()) {
            content.actions.push(it);
        }
    }
    for group in GROUPS {
        let mut count = |part: &str| {
            let field = format!("{group}-{part}");
            let typed = value(pairs, &field);
            let read = typed.parse::<u32>().ok();
            if read.is_none() && !typed.is_empty() {
                refused.push(field, bad("assessments-bad-count", typed));
            }
            read
        };
        let (women, men) = (count("f"), count("h"));
        // A group of which nobody typed anything is absent, not empty.
        if women.is_some() || men.is_some() {
            let it = Group { women: women.unwrap_or_default(), men: men.unwrap_or_default() };
            content.groups.insert(group.to_owned(), it);
        }
    }
    for it in grid.criteria() {
        let typed = value(pairs, &format!("n-{}", it.code));
        let level = typed.parse::<u8>().ok();
        if level.is_none() && !typed.is_empty() {
            refused.push(format!("n-{}", it.code), Message::new("assessments-bad-level"));
        }
        let evidence = value(pairs, &format!("p-{}", it.code)).to_owned();
        let mark = Mark { level, evidence };
        if mark != Mark::default() {
            content.marks.insert(it.code.clone(), mark);
        }
    }
    (content, refused)
}

fn view(
    visit: &Visit,
    (it, commune, keeps): (&Assessment, String, bool),
    pairs: &[(String, String)],
    refused: &Refusals,
) -> Result<View, PageFailure> {
    let grid = grid_of(it)?;
    let language = visit.language;
    let title = format!("{} – {commune}", grid.title.say(language));
    let chrome = visit.chrome_titled(title).with_invented(it.content.invented);
    let domains = grid.domains.iter().map(|domain| Part {
        code: domain.code.clone(),
        name: domain.name.say(language).to_owned(),
        criteria: domain
            .criteria
            .iter()
            .map(|it| {
                let typed = value(pairs, &format!("n-{}", it.code));
                let levels: Vec<(String, String, bool)> = it
                    .levels
                    .iter()
                    .enumerate()
                    .map(|(at, told)| {
                        let number = (at + 1).to_string();
                        let chosen = number == typed;
                        (number, told.say(language).to_owned(), chosen)
                    })
                    .collect();
                let level = levels.iter().find(|it| it.2).map(|it| format!("{}. {}", it.0, it.1));
                Row {
                    code: it.code.clone(),
                    name: it.name.say(language).to_owned(),
                    none: level.is_none(),
                    level: level.unwrap_or_default(),
                    levels,
                    evidence: value(pairs, &format!("p-{}", it.code)).to_owned(),
                }
            })
            .collect(),
    });
    let groups = GROUPS.iter().map(|word| People {
        word,
        label: chrome.t(&format!("assessments-group-{word}")),
        women: value(pairs, &format!("{word}-f")).to_owned(),
        men: value(pairs, &format!("{word}-h")).to_owned(),
    });
    // One empty line more than there are, so that the next action has a place.
    let filled = (0..ACTIONS)
        .rev()
        .find(|at| {
            ["quoi", "qui", "quand"]
                .iter()
                .any(|it| !value(pairs, &format!("a-{at}-{it}")).is_empty())
        })
        .map_or(0, |it| it + 1);
    let shown = if keeps { (filled + 3).min(ACTIONS) } else { filled };
    let actions = (0..shown).map(|at| {
        let field = |part: &str| value(pairs, &format!("a-{at}-{part}")).to_owned();
        Line { at, what: field("quoi"), owner: field("qui"), due: field("quand") }
    });
    Ok(View {
        id: it.id.clone(),
        grid_href: format!("/autoevaluation/grille/{}", it.content.grid),
        closed: it.content.closed,
        savings: it.savings,
        seen: value(pairs, SEEN).to_owned(),
        keeps,
        held: value(pairs, "tenue").to_owned(),
        groups: groups.collect(),
        domains: domains.collect(),
        actions: actions.collect(),
        errors: refused.0.iter().map(|it| (it.0.clone(), chrome.tell(&it.1))).collect(),
        commune,
        chrome,
    })
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let (id, pdf) = match id.strip_suffix(".pdf") {
        Some(id) => (id.to_owned(), true),
        None => (id, false),
    };
    let (it, name, keeps) = load(&visit, id).await?;
    if pdf {
        let document = paper::filled(&visit, grid_of(&it)?, &it, &name);
        return paper::answer(&visit, document, &format!("auto-evaluation-{}.pdf", it.id)).await;
    }
    let pairs = pairs_of(visit.language, &it);
    visit.page(&view(&visit, (&it, name, keeps), &pairs, &Refusals::default())?)
}

pub(super) async fn submit(
    visit: Visit,
    Path(id): Path<String>,
    Form(mut pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let (mut it, name, keeps) = load(&visit, id.clone()).await?;
    let (mut content, refused) = read(grid_of(&it)?, &pairs);
    content.closed = it.content.closed || value(&pairs, "acte") == "arreter";
    let refused = if refused.0.is_empty() {
        let (of, seen) = (id.clone(), value(&pairs, SEEN).to_owned());
        let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::save(ctx, (&of, &seen), content);
        match visit.app.write(&visit.actor, work).await {
            Ok(()) => return Ok(Redirect::to(&format!("/autoevaluation/{id}")).into_response()),
            Err(Stop::Refused(it)) => it,
            Err(Stop::Failed(it)) => return Err(it.into()),
        }
    } else {
        refused
    };
    // Who was told of the other saving saves over it knowingly: what was typed comes back, made
    // from what holds now.
    if refused.0.iter().any(|it| it.0 == SEEN) {
        it = load(&visit, id).await?.0;
        pairs.push((SEEN.to_owned(), it.seen()));
    }
    visit.correct(&view(&visit, (&it, name, keeps), &pairs, &refused)?)
}
