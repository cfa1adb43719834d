//! A line of a plan: written, changed, struck out, followed; and its history.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use journal::{Entry, Journal};
use kernel::{Failure, Id, Stop};
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use super::show::sector_of;
use super::whole::{Whole, editable, whole, years};
use super::{Choice, EDITS, Pairs, amount, error, funding, funding_name, id, state, told, value};
use crate::{
    Funding, LINE_FOLLOWED, LINES_WRITTEN, Line, Lines, PLAN_WRITTEN, Refusals, STEP_WITHDRAWN,
    State, Step, TypedLine, TypedStep, Withdrawn, Written, state_on,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/plans/{id}/lignes/nouvelle", EDITS, new)
        .post("/plans/{id}/lignes/nouvelle", EDITS, submit)
        .get("/plans/{id}/lignes/{line}", Access::Public, show)
        .get("/plans/{id}/lignes/{line}/modifier", EDITS, change)
        .post("/plans/{id}/lignes/{line}/modifier", EDITS, save)
        .post("/plans/{id}/lignes/{line}/rayer", EDITS, strike)
        .post("/plans/{id}/lignes/{line}/suivi", EDITS, follow)
        .post("/plans/{id}/lignes/{line}/suivi/{mark}/retrait", EDITS, withdraw)
}

#[derive(Template)]
#[template(path = "plans/line_form.html")]
struct FormView {
    chrome: Chrome,
    href: String,
    plan_title: String,
    /// Empty for a new line.
    line_href: String,
    /// The turn that the person sees.
    seen: String,
    typed: TypedLine,
    sectors: Vec<Choice>,
    villages: Vec<Choice>,
    owners: Vec<Choice>,
    /// Field, label, value and error.
    costs: Vec<(String, String, String, String)>,
    fundings: Vec<Choice>,
    funding_error: String,
    needs_reason: bool,
    reason: String,
    errors: Pairs,
}

impl FormView {
    fn error(&self, field: &str) -> String {
        error(&self.errors, field)
    }
}

fn typed(pairs: &Pairs) -> TypedLine {
    let text = |name: &str| value(pairs, name);
    let chosen: Vec<&str> =
        pairs.iter().filter(|it| it.0 == "financement").map(|it| it.1.as_str()).collect();
    let costs = pairs.iter().filter_map(|(name, text)| {
        let year = name.strip_prefix("cout_")?.parse().ok()?;
        (!text.trim().is_empty()).then(|| (year, text.clone()))
    });
    TypedLine {
        sector: text("secteur"),
        objective: text("objectif"),
        action: text("action"),
        place: text("lieu"),
        years: text("annees"),
        cost: text("cout"),
        costs: costs.collect(),
        funding: chosen.join(","),
        priority: text("priorite"),
        owner: text("maitre_ouvrage"),
    }
}

/// A line as a form shows it.
fn of_line(it: &Line) -> TypedLine {
    let codes: Vec<&str> = it.funding.iter().map(|it| it.word()).collect();
    let number = |it: Option<i64>| it.map(|it| it.to_string()).unwrap_or_default();
    TypedLine {
        sector: it.sector.clone(),
        objective: it.objective.clone(),
        action: it.action.clone(),
        place: it.village.clone().unwrap_or_default(),
        years: years(it).replace('–', "-"),
        cost: number(it.cost),
        costs: it.years.iter().filter_map(|it| Some((it.year, it.cost?.to_string()))).collect(),
        funding: codes.join(","),
        priority: number(it.priority),
        owner: it.owner.map(|it| it.to_string()).unwrap_or_default(),
    }
}

fn form_view(
    visit: &Visit,
    whole: &Whole,
    line: Option<(Id, String)>,
    typed: TypedLine,
    reason: String,
    refusals: &Refusals,
) -> FormView {
    let key = if line.is_some() { "plans-change-line-title" } else { "plans-new-line-title" };
    let title = visit.chrome(key).title;
    let chrome = whole.chrome(visit, &title);
    let errors = told(&chrome, refusals);
    let language = chrome.language();
    let sectors = territory::sectors().iter().map(|it| Choice {
        value: it.code.clone(),
        label: it.name(language).to_owned(),
        chosen: it.code == typed.sector,
    });
    let villages = whole.ground.villages.iter().map(|(code, name)| Choice {
        value: code.clone(),
        label: name.clone(),
        chosen: *code == typed.place,
    });
    let owners = whole.ground.owners.iter().map(|(id, name)| Choice {
        value: id.to_string(),
        label: name.clone(),
        chosen: id.to_string() == typed.owner,
    });
    let costs = whole.plan().years().map(|year| {
        let name = format!("cout_{year}");
        let value = typed.costs.get(&year).cloned().unwrap_or_default();
        let error = error(&errors, &name);
        (name, chrome.t1("plans-col-cost-year", "year", year), value, error)
    });
    let fundings = Funding::ALL.into_iter().map(|it| Choice {
        value: it.word().to_owned(),
        label: funding_name(&chrome, it),
        chosen: typed.funding.split(',').any(|word| word == it.word()),
    });
    let (line_href, seen) = match line {
        Some((id, seen)) => (format!("{}/lignes/{id}", whole.href()), seen),
        None => (String::new(), String::new()),
    };
    FormView {
        href: whole.href(),
        plan_title: whole.plan().title.clone(),
        line_href,
        seen,
        sectors: sectors.collect(),
        villages: villages.collect(),
        owners: owners.collect(),
        costs: costs.collect(),
        fundings: fundings.collect(),
        funding_error: error(&errors, "financement"),
        needs_reason: whole.plan().adoption.is_some(),
        typed,
        reason,
        errors,
        chrome,
    }
}

async fn new(visit: Visit, Path(path): Path<String>) -> Result<Response, PageFailure> {
    let whole = editable(&visit, id(&path)?).await?;
    let view =
        form_view(&visit, &whole, None, TypedLine::default(), String::new(), &Refusals::default());
    visit.page(&view)
}

async fn submit(
    visit: Visit,
    Path(path): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let id = id(&path)?;
    let whole = editable(&visit, id).await?;
    let (wanted, why) = (typed(&pairs), value(&pairs, "raison"));
    let reason = why.clone();
    let work =
        move |ctx: &mut identity::Ctx<'_, '_>| crate::write_line(ctx, id, None, &wanted, &why);
    match visit.app.write(&visit.actor, work).await {
        Ok(line) => Ok(Redirect::to(&format!("/plans/{id}/lignes/{line}")).into_response()),
        Err(Stop::Refused(it)) => {
            visit.correct(&form_view(&visit, &whole, None, typed(&pairs), reason, &it))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

/// The line of an address with the turn at which it stands.
async fn turned(visit: &Visit, plan: Id, line: Id) -> Result<(Line, i64), PageFailure> {
    let read = move |tx: &mut db::Tx<'_>| {
        let found = crate::line(tx, plan, line)?.filter(|it| !it.0.removed);
        found.ok_or(Failure::NotFound)
    };
    Ok(visit.app.read(read).await?)
}

async fn change(
    visit: Visit,
    Path((path, line)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let (plan, line) = (id(&path)?, id(&line)?);
    let whole = editable(&visit, plan).await?;
    let (line, turn) = turned(&visit, plan, line).await?;
    let at = Some((line.id, turn.to_string()));
    let none = Refusals::default();
    visit.page(&form_view(&visit, &whole, at, of_line(&line), String::new(), &none))
}

async fn save(
    visit: Visit,
    Path((path, line)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let (plan, line) = (id(&path)?, id(&line)?);
    let whole = editable(&visit, plan).await?;
    let (_, turn) = turned(&visit, plan, line).await?;
    let seen: i64 = value(&pairs, "vu").parse().unwrap_or(-1);
    let (wanted, why) = (typed(&pairs), value(&pairs, "raison"));
    let reason = why.clone();
    let work = move |ctx: &mut identity::Ctx<'_, '_>| {
        crate::write_line(ctx, plan, Some((line, seen)), &wanted, &why)
    };
    match visit.app.write(&visit.actor, work).await {
        Ok(line) => Ok(Redirect::to(&format!("/plans/{plan}/lignes/{line}")).into_response()),
        // What is shown is what was seen: a second try after a conflict is made knowingly.
        Err(Stop::Refused(it)) => {
            let at = Some((line, turn.to_string()));
            visit.correct(&form_view(&visit, &whole, at, typed(&pairs), reason, &it))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

#[derive(Template)]
#[template(path = "plans/line.html")]
struct View {
    chrome: Chrome,
    href: String,
    plan: (String, String),
    action: String,
    sector: String,
    state: (&'static str, String),
    facts: Vec<(String, String)>,
    costs: Vec<(String, String)>,
    notice: String,
    steps: Vec<StepView>,
    paid: String,
    history: Vec<(String, String, String, String)>,
    may_edit: bool,
    seen: String,
    states: Vec<Choice>,
    fundings: Vec<Choice>,
    typed: TypedStep,
    errors: Pairs,
    /// What is wrong beside the form of the follow-up.
    refusal: String,
}

impl View {
    fn error(&self, field: &str) -> String {
        error(&self.errors, field)
    }
}

struct StepView {
    mark: String,
    iso: String,
    day: String,
    icon: &'static str,
    word: String,
    office: String,
    reason: String,
    paid: String,
}

async fn view(
    visit: &Visit,
    (plan, line): (Id, Id),
    typed: TypedStep,
    refusals: &Refusals,
    refusal: String,
) -> Result<View, PageFailure> {
    let whole = whole(visit, plan).await?;
    let (line, turn) = turned(visit, plan, line).await?;
    let subject = plan.to_string();
    let entries =
        visit.app.read(move |tx| Ok::<_, Failure>(Journal::history(tx, &subject, None)?)).await?;
    let chrome = whole.chrome(visit, &line.action);
    let steps = whole.steps.get(&line.id).map_or(&[][..], Vec::as_slice);
    let told_paid: Vec<i64> = steps.iter().filter_map(|it| it.paid).collect();
    let mut facts = vec![
        (chrome.t("plans-col-sector"), sector_of(&chrome, &line)),
        (chrome.t("plans-col-objective"), line.objective.clone()),
        (chrome.t("plans-col-place"), whole.place_of(&chrome, &line)),
        (chrome.t("plans-col-years"), years(&line)),
        (chrome.t("plans-col-cost"), amount(&chrome, line.cost)),
        (chrome.t("plans-col-funding"), funding(&chrome, &line.funding)),
        (chrome.t("plans-col-owner"), whole.owner_of(&chrome, &line)),
        (
            chrome.t("plans-col-priority"),
            line.priority.map(|it| it.to_string()).unwrap_or_default(),
        ),
    ];
    facts.retain(|it| !it.1.is_empty());
    let costs = match line.years.len() {
        0 | 1 => Vec::new(),
        _ => line.years.iter().map(|it| (it.year.to_string(), amount(&chrome, it.cost))).collect(),
    };
    Ok(View {
        href: format!("{}/lignes/{}", whole.href(), line.id),
        plan: (whole.href(), whole.plan().title.clone()),
        action: line.action.clone(),
        sector: sector_of(&chrome, &line),
        state: state(&chrome, state_on(steps, whole.today)),
        notice: whole.notice(&chrome, &line),
        steps: steps.iter().map(|it| step_view(&chrome, it)).collect(),
        paid: amount(&chrome, (!told_paid.is_empty()).then(|| told_paid.iter().sum())),
        history: history(&chrome, &entries, line.id),
        may_edit: whole.may_edit,
        seen: turn.to_string(),
        states: State::ALL
            .into_iter()
            .map(|it| Choice {
                value: it.word().to_owned(),
                label: state(&chrome, it).1,
                chosen: it.word() == typed.state,
            })
            .collect(),
        fundings: Funding::ALL
            .into_iter()
            .map(|it| Choice {
                value: it.word().to_owned(),
                label: funding_name(&chrome, it),
                chosen: it.word() == typed.funding,
            })
            .collect(),
        errors: told(&chrome, refusals),
        facts,
        costs,
        typed: TypedStep {
            day: match typed.day.is_empty() {
                true => chrome.language().short_date(visit.today()),
                false => typed.day,
            },
            ..typed
        },
        refusal,
        chrome,
    })
}

fn step_view(chrome: &Chrome, it: &Step) -> StepView {
    let (icon, word) = state(chrome, it.state);
    let language = chrome.language();
    StepView {
        mark: it.mark.clone(),
        iso: it.day.to_string(),
        day: language.long_date(it.day),
        icon,
        word,
        office: it.office.clone(),
        reason: it.reason.clone(),
        paid: it.paid.map_or_else(String::new, |paid| {
            let source = it.funding.map(|it| funding_name(chrome, it)).unwrap_or_default();
            chrome.t2("plans-paid-told", ("amount", language.integer(paid)), ("source", source))
        }),
    }
}

/// The entries that concern a line: instant, what, office, reason.
fn history(chrome: &Chrome, entries: &[Entry], line: Id) -> Vec<(String, String, String, String)> {
    let mut seen = false;
    let mut out = Vec::new();
    for entry in entries {
        let key = match entry.kind.as_str() {
            PLAN_WRITTEN => {
                let it: Option<Written> = entry.read().ok();
                let found = it.filter(|it| it.lines.iter().any(|it| it.id == line));
                found.map(|it| match it.plan.revises {
                    Some(_) => "plans-did-carry",
                    None => "plans-did-write",
                })
            }
            LINES_WRITTEN => {
                let it: Option<Lines> = entry.read().ok();
                let found = it.filter(|it| it.lines.iter().any(|it| it.what.id == line));
                found.map(|it| match (it.file.is_empty(), seen) {
                    (false, false) => "plans-did-import",
                    (true, false) => "plans-did-write",
                    _ => "plans-did-change",
                })
            }
            LINE_FOLLOWED => {
                let it: Option<Step> = entry.read().ok();
                it.filter(|it| it.line == line).map(|_| "plans-did-follow")
            }
            STEP_WITHDRAWN => {
                let it: Option<Withdrawn> = entry.read().ok();
                it.filter(|it| it.line == line).map(|_| "plans-did-withdraw")
            }
            _ => None,
        };
        let Some(key) = key else { continue };
        seen = true;
        out.push((
            chrome.language().instant(entry.at_millis),
            chrome.t(key),
            entry.office.clone(),
            entry.reason.clone(),
        ));
    }
    out
}

async fn show(
    visit: Visit,
    Path((path, line)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let at = (id(&path)?, id(&line)?);
    let none = Refusals::default();
    visit.page(&view(&visit, at, TypedStep::default(), &none, String::new()).await?)
}

async fn follow(
    visit: Visit,
    Path((path, line)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let (plan, line) = (id(&path)?, id(&line)?);
    let typed = TypedStep {
        state: value(&pairs, "etat"),
        day: value(&pairs, "date"),
        paid: value(&pairs, "paye"),
        funding: value(&pairs, "financement"),
        reason: value(&pairs, "motif"),
    };
    let wanted = typed.clone();
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::follow(ctx, plan, line, &wanted);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => Ok(Redirect::to(&format!("/plans/{plan}/lignes/{line}")).into_response()),
        Err(Stop::Refused(it)) => {
            visit.correct(&view(&visit, (plan, line), typed, &it, String::new()).await?)
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

async fn strike(
    visit: Visit,
    Path((path, line)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let (plan, line) = (id(&path)?, id(&line)?);
    let seen: i64 = value(&pairs, "vu").parse().unwrap_or(-1);
    let why = value(&pairs, "raison");
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::strike(ctx, plan, line, seen, &why);
    let done = visit.app.write(&visit.actor, work).await;
    told_beside(&visit, (plan, line), done, format!("/plans/{plan}")).await
}

async fn withdraw(
    visit: Visit,
    Path((path, line, mark)): Path<(String, String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let (plan, line) = (id(&path)?, id(&line)?);
    let why = value(&pairs, "raison");
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::withdraw(ctx, plan, line, &mark, &why);
    let done = visit.app.write(&visit.actor, work).await;
    told_beside(&visit, (plan, line), done, format!("/plans/{plan}/lignes/{line}")).await
}

/// A refusal of a small form is told at the top of the page of the line.
async fn told_beside(
    visit: &Visit,
    at: (Id, Id),
    done: Result<(), Stop<Refusals>>,
    next: String,
) -> Result<Response, PageFailure> {
    match done {
        Ok(()) => Ok(Redirect::to(&next).into_response()),
        Err(Stop::Refused(it)) => {
            let sentence = it.0.first().map(|it| visit.app.tell(visit.language, &it.1));
            let none = Refusals::default();
            let view =
                view(visit, at, TypedStep::default(), &none, sentence.unwrap_or_default()).await?;
            visit.correct(&view)
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}
