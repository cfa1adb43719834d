//! `/territoire/syndicats`: local governments that join, their statutes, members and parts.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use journal::{Entry, Journal};
use kernel::{Date, Failure, Id, Stop};
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use crate::groups::{Group, GroupRefused, TypedGroup, TypedMember, group_turn, object_of_group};
use crate::write_group;

const ACCESS: Access = Access::Needs(Action::EditRegister);
/// The lines for members of an empty form; a form has four more than there are members.
const LINES: usize = 6;

type Pairs = Vec<(String, String)>;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/territoire/syndicats", Access::Public, list)
        .get("/territoire/syndicats/nouveau", ACCESS, new)
        .post("/territoire/syndicats/nouveau", ACCESS, submit)
        .get("/territoire/syndicats/{id}", Access::Public, show)
        .get("/territoire/syndicats/{id}/modifier", ACCESS, change)
        .post("/territoire/syndicats/{id}/modifier", ACCESS, save)
}

#[derive(Template)]
#[template(path = "territory/groups.html")]
struct ListView {
    chrome: Chrome,
    may_add: bool,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    purpose: String,
    members: String,
    /// Icon and word.
    state: (&'static str, String),
}

#[derive(Template)]
#[template(path = "territory/group.html")]
struct View {
    chrome: Chrome,
    href: String,
    name: String,
    lede: String,
    facts: Vec<(String, String)>,
    members: Vec<MemberRow>,
    register_href: String,
    history: Vec<(String, String, String)>,
    may_edit: bool,
}

struct MemberRow {
    href: String,
    name: String,
    share: String,
    deliberation: String,
    time: String,
}

#[derive(Template)]
#[template(path = "territory/group_form.html")]
struct FormView {
    chrome: Chrome,
    action: String,
    back: String,
    seen: String,
    typed: TypedGroup,
    lines: Vec<Line>,
    reason: Option<String>,
    errors: Pairs,
}

/// A line of the form, by its number.
struct Line {
    at: usize,
    it: TypedMember,
    errors: [String; 5],
}

impl FormView {
    fn error(&self, field: &str) -> String {
        error(&self.errors, field)
    }
}

fn error(errors: &Pairs, field: &str) -> String {
    errors.iter().find(|it| it.0 == field).map(|it| it.1.clone()).unwrap_or_default()
}

fn value(pairs: &Pairs, name: &str) -> String {
    pairs.iter().rev().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
}

fn id(text: &str) -> Result<Id, PageFailure> {
    text.parse().map_err(|_| PageFailure::NotFound)
}

/// The name of a place as it is or last was.
fn name(tx: &mut db::Tx<'_>, code: &str, day: Date) -> Result<String, db::DbError> {
    Ok(crate::place_near(tx, code, day)?.map_or_else(|| code.to_owned(), |it| it.name))
}

async fn list(visit: Visit) -> Result<Response, PageFailure> {
    let today = visit.today();
    let read = move |tx: &mut db::Tx<'_>| {
        let mut out = Vec::new();
        for it in crate::groups(tx)? {
            let mut members = Vec::new();
            for member in it.members_on(it.to.unwrap_or(today)) {
                members.push(name(tx, &member.place, today)?);
            }
            out.push((it, members.join(", ")));
        }
        Ok::<_, Failure>(out)
    };
    let groups = visit.app.read(read).await?;
    let chrome = visit.chrome("groups-title");
    let rows = groups
        .into_iter()
        .map(|(it, members)| Row {
            href: format!("/territoire/syndicats/{}", it.id),
            state: state(&chrome, &it, today),
            name: it.name,
            purpose: it.purpose,
            members,
        })
        .collect();
    let may_add = visit
        .actor
        .offices
        .iter()
        .any(|it| visit.may(Action::EditRegister, &identity::Object::at([it.place.as_str()])));
    visit.page(&ListView { chrome, may_add, rows })
}

fn state(chrome: &Chrome, it: &Group, today: Date) -> (&'static str, String) {
    let (icon, key) = match it.exists_on(today) {
        true if it.approval.is_empty() => ("draft", "groups-not-approved"),
        true => ("current", "groups-lasts"),
        false => ("stopped", "groups-ended"),
    };
    (icon, chrome.t(key))
}

async fn show(visit: Visit, Path(path): Path<String>) -> Result<Response, PageFailure> {
    let (id, today, actor) = (id(&path)?, visit.today(), visit.actor.clone());
    let read = move |tx: &mut db::Tx<'_>| {
        let group = crate::group(tx, id)?.ok_or(Failure::NotFound)?;
        let mut names = Vec::new();
        for it in &group.members {
            names.push(name(tx, &it.place, today)?);
        }
        let object = object_of_group(tx, &group, today)?;
        let may_edit = identity::allow(&actor, Action::EditRegister, &object);
        let entries = Journal::history(tx, &id.to_string(), None)?;
        Ok::<_, Failure>((group, names, may_edit, entries))
    };
    let (group, names, may_edit, entries) = visit.app.read(read).await?;
    let chrome = visit.chrome_titled(group.name.clone());
    let long = |day: Date| chrome.language().long_date(day);
    let mut facts = vec![
        (chrome.t("groups-purpose"), group.purpose.clone()),
        (chrome.t("groups-statutes"), group.statutes.clone()),
        (
            chrome.t("groups-approval"),
            match group.approval.is_empty() {
                true => chrome.t("groups-not-approved"),
                false => group.approval.clone(),
            },
        ),
        (chrome.t("groups-from"), long(group.from)),
        (chrome.t("groups-to"), group.to.map(long).unwrap_or_default()),
    ];
    facts.retain(|it| !it.1.is_empty());
    let members = group
        .members
        .iter()
        .zip(names)
        .map(|(it, name)| MemberRow {
            href: format!("/territoire/{}", it.place),
            name,
            share: it.share.map_or_else(|| chrome.t("groups-no-share"), |it| it.to_string()),
            deliberation: it.deliberation.clone(),
            time: match (it.from, it.to) {
                (_, Some(to)) => chrome.t2(
                    "territory-held-from-to",
                    ("from", long(it.from.unwrap_or(group.from))),
                    ("to", long(to)),
                ),
                (from, None) => {
                    chrome.t1("territory-held-from", "from", long(from.unwrap_or(group.from)))
                }
            },
        })
        .collect();
    let view = View {
        href: format!("/territoire/syndicats/{id}"),
        lede: state(&chrome, &group, today).1,
        register_href: format!("/registre?q={}", web::encode(&group.name)),
        history: entries.iter().map(|it| told(&chrome, it)).collect(),
        name: group.name,
        facts,
        members,
        may_edit,
        chrome,
    };
    visit.page(&view)
}

fn told(chrome: &Chrome, it: &Entry) -> (String, String, String) {
    (chrome.language().instant(it.at_millis), it.office.clone(), it.reason.clone())
}

fn typed(pairs: &Pairs) -> TypedGroup {
    let text = |name: &str| value(pairs, name);
    let last = pairs
        .iter()
        .filter_map(|it| it.0.strip_prefix("membre_")?.parse::<usize>().ok())
        .filter(|it| *it < crate::MOST_MEMBERS + LINES)
        .max();
    let members = (0..last.map_or(0, |it| it + 1)).map(|at| TypedMember {
        place: text(&format!("membre_{at}")),
        share: text(&format!("part_{at}")),
        deliberation: text(&format!("deliberation_{at}")),
        from: text(&format!("depuis_{at}")),
        to: text(&format!("jusqu_{at}")),
    });
    TypedGroup {
        name: text("nom"),
        purpose: text("objet"),
        statutes: text("statuts"),
        approval: text("approbation"),
        from: text("de"),
        to: text("a"),
        members: members.collect(),
    }
}

fn of_group(chrome: &Chrome, it: &Group) -> TypedGroup {
    let short = |day: Option<Date>| day.map(|it| chrome.language().short_date(it));
    TypedGroup {
        name: it.name.clone(),
        purpose: it.purpose.clone(),
        statutes: it.statutes.clone(),
        approval: it.approval.clone(),
        from: short(Some(it.from)).unwrap_or_default(),
        to: short(it.to).unwrap_or_default(),
        members: it
            .members
            .iter()
            .map(|it| TypedMember {
                place: it.place.clone(),
                share: it.share.map(|it| it.to_string()).unwrap_or_default(),
                deliberation: it.deliberation.clone(),
                from: short(it.from).unwrap_or_default(),
                to: short(it.to).unwrap_or_default(),
            })
            .collect(),
    }
}

fn form(
    visit: &Visit,
    changed: Option<(Id, i64)>,
    typed: TypedGroup,
    reason: String,
    refused: &GroupRefused,
) -> FormView {
    let key = if changed.is_some() { "groups-change-title" } else { "groups-new-title" };
    let chrome = visit.chrome(key);
    let errors: Pairs = refused.0.iter().map(|it| (it.0.clone(), chrome.tell(&it.1))).collect();
    let count = LINES.max(typed.members.len() + if changed.is_some() { 4 } else { 0 });
    let lines = (0..count).map(|at| Line {
        at,
        it: typed.members.get(at).cloned().unwrap_or_default(),
        errors: ["membre", "part", "deliberation", "depuis", "jusqu"]
            .map(|it| error(&errors, &format!("{it}_{at}"))),
    });
    let (action, back, seen) = match changed {
        Some((id, turn)) => (
            format!("/territoire/syndicats/{id}/modifier"),
            format!("/territoire/syndicats/{id}"),
            turn.to_string(),
        ),
        None => (
            "/territoire/syndicats/nouveau".to_owned(),
            "/territoire/syndicats".to_owned(),
            String::new(),
        ),
    };
    FormView {
        lines: lines.collect(),
        reason: changed.map(|_| reason),
        action,
        back,
        seen,
        typed,
        errors,
        chrome,
    }
}

async fn new(visit: Visit) -> Result<Response, PageFailure> {
    let none = GroupRefused::default();
    visit.page(&form(&visit, None, TypedGroup::default(), String::new(), &none))
}

async fn submit(visit: Visit, Form(pairs): Form<Pairs>) -> Result<Response, PageFailure> {
    let wanted = typed(&pairs);
    let work = move |ctx: &mut identity::Ctx<'_, '_>| write_group(ctx, None, &wanted, "");
    match visit.app.write(&visit.actor, work).await {
        Ok(id) => Ok(Redirect::to(&format!("/territoire/syndicats/{id}")).into_response()),
        Err(Stop::Refused(it)) => {
            visit.correct(&form(&visit, None, typed(&pairs), String::new(), &it))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

/// The syndicat, with its turn, for those who may change it.
async fn editable(visit: &Visit, id: Id) -> Result<(Group, i64), PageFailure> {
    let (today, actor) = (visit.today(), visit.actor.clone());
    let read = move |tx: &mut db::Tx<'_>| {
        let found = group_turn(tx, id)?.ok_or(Failure::NotFound)?;
        let object = object_of_group(tx, &found.0, today)?;
        match identity::allow(&actor, Action::EditRegister, &object) {
            true => Ok(found),
            false => Err(Failure::Denied("EditRegister".to_owned())),
        }
    };
    Ok(visit.app.read(read).await?)
}

async fn change(visit: Visit, Path(path): Path<String>) -> Result<Response, PageFailure> {
    let id = id(&path)?;
    let (group, turn) = editable(&visit, id).await?;
    let typed = of_group(&visit.chrome("groups-title"), &group);
    let none = GroupRefused::default();
    visit.page(&form(&visit, Some((id, turn)), typed, String::new(), &none))
}

async fn save(
    visit: Visit,
    Path(path): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let id = id(&path)?;
    let (_, turn) = editable(&visit, id).await?;
    let seen: i64 = value(&pairs, "vu").parse().unwrap_or(-1);
    let (wanted, why) = (typed(&pairs), value(&pairs, "raison"));
    let reason = why.clone();
    let work =
        move |ctx: &mut identity::Ctx<'_, '_>| write_group(ctx, Some((id, seen)), &wanted, &why);
    match visit.app.write(&visit.actor, work).await {
        Ok(id) => Ok(Redirect::to(&format!("/territoire/syndicats/{id}")).into_response()),
        Err(Stop::Refused(it)) => {
            visit.correct(&form(&visit, Some((id, turn)), typed(&pairs), reason, &it))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}
