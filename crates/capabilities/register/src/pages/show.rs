//! `/registre/{id}`: a partnership with its parties, sources, questions and history, today or as
//! this post knew it on a day.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use db::Tx;
use identity::Action;
use kernel::format::read_date;
use kernel::{Date, Failure, Id, Message};
use web::{Chrome, PageFailure, Visit};

use super::{PlaceNames, country_name, question, source_name, status_icon, word};
use crate::{Event, Known, Partnership, Recorded, Step};

#[derive(Template)]
#[template(path = "register/show.html")]
pub(super) struct View {
    chrome: Chrome,
    href: String,
    title: String,
    lede: String,
    triangular: bool,
    known_on: String,
    known_typed: String,
    known_error: String,
    questions: Vec<String>,
    reading_note: String,
    foreign: Vec<Foreign>,
    malian: Vec<Malian>,
    facts: Vec<(String, String)>,
    statuses: Vec<Status>,
    url: String,
    phone: String,
    contact: String,
    contact_hidden: bool,
    contact_is_old: bool,
    remark: String,
    sources: Vec<(String, String)>,
    steps: Vec<Line>,
    may_edit: bool,
    refusal: String,
}

struct Foreign {
    name: String,
    written: String,
    country: String,
    country_note: String,
    level: String,
    others: String,
}

struct Malian {
    name: String,
    written: String,
    level: String,
    place: String,
    place_href: String,
    village: String,
    confidence: String,
    found_by: String,
    candidates: Vec<(String, String)>,
    declared: String,
    declared_written: String,
    found: String,
    contradicts: bool,
    note: String,
    /// The page of the syndicat that is the party; empty for a local government.
    group_href: String,
    /// Its members: address, name, part.
    members: Vec<(String, String, String)>,
}

struct Status {
    iso: String,
    day: String,
    word: String,
    icon: &'static str,
    written: String,
    motive: String,
}

/// An entry of the history.
struct Line {
    iso: String,
    when: String,
    who: String,
    what: String,
    why: String,
    changes: Vec<(String, String, String)>,
    mark: String,
    undoable: bool,
}

pub(super) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let (id, json) = match id.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (id, false),
    };
    let id: Id = id.parse().map_err(|_| PageFailure::NotFound)?;
    let typed = pairs.iter().rev().find(|it| it.0 == "connu_le");
    let typed = typed.map(|it| it.1.trim().to_owned()).unwrap_or_default();
    let day = read_date(&typed);
    let wrong = day.is_none() && !typed.is_empty();
    if json {
        let found = visit.app.read(move |tx| crate::known_on(tx, id, day)).await?;
        let known = found.ok_or(PageFailure::NotFound)?;
        return Ok(axum::Json(super::export::for_programs(&known.partnership)).into_response());
    }
    let view = view(&visit, id, day, &typed, "").await?;
    if wrong { visit.correct(&view) } else { visit.page(&view) }
}

/// The page, with a refusal to tell if an act on it was refused.
pub(super) async fn view(
    visit: &Visit,
    id: Id,
    day: Option<Date>,
    typed: &str,
    refusal: &str,
) -> Result<View, PageFailure> {
    let asking = visit.clone();
    let (typed, refusal) = (typed.to_owned(), refusal.to_owned());
    let work = move |tx: &mut Tx<'_>| {
        if crate::find_partnership(tx, id)?.is_none() {
            return Ok::<_, Failure>(Err(PageFailure::NotFound));
        }
        let Some(known) = crate::known_on(tx, id, day)? else {
            let day = day.unwrap_or(asking.today());
            let message =
                Message::new("register-not-known-yet").with("day", asking.language.long_date(day));
            return Ok(Err(PageFailure::Refused(message)));
        };
        Ok(Ok(gather(tx, &asking, &known, day, typed, refusal)?))
    };
    visit.app.read(work).await?
}

fn gather(
    tx: &mut Tx<'_>,
    visit: &Visit,
    known: &Known,
    day: Option<Date>,
    typed: String,
    refusal: String,
) -> Result<View, Failure> {
    let it = &known.partnership;
    let object = crate::object_of(tx, it, visit.today())?;
    // The past is read, not changed.
    let may_edit = day.is_none() && visit.may(Action::EditRegister, &object);
    let may_read = visit.may(Action::ReadContacts, &object);
    let title = format!("{} – {}", it.foreign_name(), it.malian_name());
    let chrome = visit.chrome_titled(title.clone());
    let language = visit.language;
    let mut names = PlaceNames::default();
    let foreign =
        it.foreign.iter().map(|side| partner(tx, &chrome, side)).collect::<Result<_, Failure>>()?;
    let malian = it
        .malian
        .iter()
        .map(|side| place(tx, &chrome, &mut names, side))
        .collect::<Result<_, Failure>>()?;
    let history: Vec<Recorded> = known.steps.iter().filter_map(|it| it.recorded.clone()).collect();
    let mut steps = known
        .steps
        .iter()
        .map(|step| told(tx, visit, &chrome, step, &history))
        .collect::<Result<Vec<_>, Failure>>()?;
    // What happened last is read first.
    steps.reverse();
    let on = day.unwrap_or(visit.today());
    let status = it.status_on(on);
    // Beside the form, « non renseigné » alone would not say what is not stated.
    let form = word(&chrome, "form", it.form.word());
    let lede = match status {
        crate::Status::Inconnu => chrome.t1("register-show-lede-unstated", "form", form),
        _ => chrome.t2(
            "register-show-lede",
            ("form", form),
            ("status", word(&chrome, "status", status.word())),
        ),
    };
    let hidden = it.contact.personal && !may_read;
    let wrong = day.is_none() && !typed.is_empty();
    Ok(View {
        href: format!("/registre/{}", it.id),
        lede,
        triangular: it.is_triangular(),
        known_on: day.map(|it| language.long_date(it)).unwrap_or_default(),
        known_error: if wrong {
            chrome.t1("territory-bad-day", "value", &typed)
        } else {
            String::new()
        },
        known_typed: typed,
        questions: it.questions().into_iter().map(|flag| question(&chrome, flag)).collect(),
        reading_note: it.reading_note.clone(),
        foreign,
        malian,
        facts: facts(&chrome, it),
        statuses: statuses(&chrome, it),
        url: it.contact.url.clone(),
        phone: if hidden { String::new() } else { phone(it) },
        contact: if may_read { it.contact.written.clone() } else { String::new() },
        contact_hidden: hidden,
        contact_is_old: it.origins.source != crate::BY_HAND,
        remark: it.remark.clone(),
        sources: sources(&chrome, it),
        steps,
        may_edit,
        refusal,
        title,
        chrome,
    })
}

fn phone(it: &Partnership) -> String {
    if it.contact.phone_kind == "fax" {
        format!("{} (fax)", it.contact.phone)
    } else {
        it.contact.phone.clone()
    }
}

/// A value, or the words for a value that the source does not state.
fn or_not_stated(chrome: &Chrome, value: String) -> String {
    if value.is_empty() { chrome.t("register-not-stated") } else { value }
}

fn partner(
    tx: &mut Tx<'_>,
    chrome: &Chrome,
    side: &crate::ForeignParty,
) -> Result<Foreign, Failure> {
    let town = territory::foreign_of(tx, side.id)?;
    let others: Vec<String> = town
        .map(|it| it.aliases)
        .unwrap_or_default()
        .into_iter()
        .filter(|it| *it != side.written && *it != side.name)
        .collect();
    Ok(Foreign {
        name: side.name.clone(),
        written: side.written.clone(),
        country: country_name(chrome, &side.country),
        country_note: side.country_note.clone(),
        level: word(chrome, "foreign-level", side.level.word()),
        others: others.join(", "),
    })
}

fn place(
    tx: &mut Tx<'_>,
    chrome: &Chrome,
    names: &mut PlaceNames,
    side: &crate::MalianParty,
) -> Result<Malian, Failure> {
    let mut name_of = |tx: &mut Tx<'_>, code: &Option<String>| match code {
        Some(code) => names.get(tx, code),
        None => Ok(String::new()),
    };
    let place = name_of(tx, &side.place)?;
    let declared = name_of(tx, &side.region_declared)?;
    let found = name_of(tx, &side.region_found)?;
    let village = match &side.locality {
        Some(code) => territory::locality(tx, code)?.map(|it| it.name).unwrap_or_default(),
        None => String::new(),
    };
    let mut candidates = Vec::new();
    for code in &side.candidates {
        let name = names.get(tx, code)?;
        candidates.push((format!("/territoire/{code}"), format!("{name} ({code})")));
    }
    let mut members = Vec::new();
    for it in &side.members {
        members.push((
            format!("/territoire/{}", it.place),
            names.get(tx, &it.place)?,
            it.share.map_or_else(|| chrome.t("groups-no-share"), |it| it.to_string()),
        ));
    }
    Ok(Malian {
        name: or_not_stated(chrome, side.name.clone()),
        written: side.written.clone(),
        level: word(chrome, "malian-level", side.level.word()),
        place_href: side.place.as_ref().map(|it| format!("/territoire/{it}")).unwrap_or_default(),
        place,
        village,
        confidence: word(chrome, "confidence", side.confidence.word()),
        found_by: side.found_by.clone(),
        candidates,
        declared: or_not_stated(chrome, declared),
        declared_written: side.region_written.clone(),
        found: or_not_stated(chrome, found),
        contradicts: side.region_contradicts(),
        note: side.note.clone(),
        group_href: side.group.map(|it| format!("/territoire/syndicats/{it}")).unwrap_or_default(),
        members,
    })
}

fn facts(chrome: &Chrome, it: &Partnership) -> Vec<(String, String)> {
    let years: Vec<String> = it.origin.years.iter().map(ToString::to_string).collect();
    vec![
        (chrome.t("register-fact-form"), word(chrome, "form", it.form.word())),
        (chrome.t("register-fact-years"), or_not_stated(chrome, years.join(", "))),
        (chrome.t("register-fact-origin-written"), quoted(&it.origin.written)),
    ]
    .into_iter()
    .filter(|it| !it.1.is_empty())
    .collect()
}

fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("«\u{202f}{text}\u{202f}»") }
}

fn statuses(chrome: &Chrome, it: &Partnership) -> Vec<Status> {
    let mut events: Vec<_> = it.statuses.iter().collect();
    events.sort_by_key(|it| it.from);
    events
        .into_iter()
        .map(|event| Status {
            iso: event.from.map(|it| it.to_string()).unwrap_or_default(),
            day: event
                .from
                .map_or_else(|| chrome.t("register-no-day"), |it| chrome.language().long_date(it)),
            word: word(chrome, "status", event.status.word()),
            icon: status_icon(event.status),
            written: event.written.clone(),
            motive: event.motive.clone(),
        })
        .collect()
}

fn sources(chrome: &Chrome, it: &Partnership) -> Vec<(String, String)> {
    let origins = &it.origins;
    let number = |it: Option<i64>| it.map(|it| it.to_string()).unwrap_or_default();
    [
        ("register-fact-source", source_name(chrome, &origins.source)),
        ("register-fact-section", origins.section.clone()),
        ("register-fact-line", number(origins.line)),
        ("register-fact-printed", number(origins.printed_line)),
        ("register-fact-split", origins.split.clone()),
        ("register-fact-id", it.id.to_string()),
    ]
    .into_iter()
    .filter(|it| !it.1.is_empty())
    .map(|(key, value)| (chrome.t(key), value))
    .collect()
}

/// A field's name for people: that of its kind, with the rank of the side when it is not the first.
pub(super) fn field_name(chrome: &Chrome, field: &str) -> String {
    let name = chrome.t(&format!(
        "register-field-{}",
        match field.split('.').next() {
            Some("foreign") => format!("foreign-{}", crate::kind_of(field)),
            Some("malian") => format!("malian-{}", crate::kind_of(field)),
            _ => field.to_owned(),
        }
    ));
    match field.split('.').nth(1).and_then(|it| it.parse::<usize>().ok()) {
        Some(rank) if 0 < rank => format!("{name} ({})", rank + 1),
        _ => name,
    }
}

fn told(
    tx: &mut Tx<'_>,
    visit: &Visit,
    chrome: &Chrome,
    step: &Step,
    history: &[Recorded],
) -> Result<Line, Failure> {
    let entry = &step.entry;
    let person = match entry.person.parse::<Id>() {
        Ok(id) => identity::person(tx, id)?.map(|it| it.name),
        Err(_) => None,
    };
    // Readers without an account see the office; the people of the register see who it was.
    let who = match person {
        Some(name) if visit.actor.is_signed_in() => [name, entry.office.clone()].join(", "),
        Some(_) => entry.office.clone(),
        None => chrome.t("register-the-program"),
    };
    let mut changes = Vec::new();
    let what = match step.recorded.as_ref().map(|it| &it.event) {
        None => chrome.t(match entry.kind.as_str() {
            crate::ADDED => "register-step-added",
            _ => "register-step-loaded",
        }),
        Some(Event::Changed(them)) => {
            changes = them.iter().map(|it| change(chrome, it)).collect();
            chrome.t("register-step-changed")
        }
        Some(Event::Status(event)) => chrome.t2(
            "register-step-status",
            ("status", word(chrome, "status", event.status.word())),
            ("day", event.from.map(|it| visit.language.long_date(it)).unwrap_or_default()),
        ),
        Some(Event::Undone { entry, changes: them }) => {
            changes = them.iter().map(|it| change(chrome, it)).collect();
            chrome.t1("register-step-undone", "mark", entry)
        }
    };
    Ok(Line {
        iso: Date::from_millis(entry.known_millis).to_string(),
        when: visit.language.instant(entry.known_millis),
        who,
        what,
        why: entry.reason.clone(),
        changes,
        undoable: step.recorded.is_some() && crate::undo(history, &entry.mark()).is_ok(),
        mark: entry.mark(),
    })
}

fn change(chrome: &Chrome, it: &crate::FieldChange) -> (String, String, String) {
    let value = |text: &str| {
        let list = match (it.field.split('.').next(), crate::kind_of(&it.field)) {
            (_, "form") => "form",
            (Some("malian"), "level") => "malian-level",
            (Some("foreign"), "level") => "foreign-level",
            (_, "confidence") => "confidence",
            _ => return or_not_stated(chrome, text.replace('|', ", ")),
        };
        word(chrome, list, text)
    };
    (field_name(chrome, &it.field), value(&it.old), value(&it.new))
}
