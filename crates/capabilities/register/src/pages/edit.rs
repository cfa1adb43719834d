//! `/registre/{id}/modifier`: what was understood, changed by a person with a reason; where the
//! relation stands; and the undoing of a change.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use identity::Action;
use kernel::{Failure, Id, Stop};
use web::{Chrome, Form, PageFailure, Visit};

use super::{Choice, show, word};
use crate::{Known, Partnership, Refusals, Status, TypedStatus};

type Pairs = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "register/edit.html")]
struct View {
    chrome: Chrome,
    href: String,
    title: String,
    seen: String,
    groups: Vec<Group>,
    reason: String,
    reason_error: String,
    statuses: Vec<Choice>,
    from: String,
    motive: String,
    status_reason: String,
    status_errors: Vec<(String, String)>,
    /// What is wrong, for the summary: field and sentence.
    errors: Vec<(String, String)>,
}

impl View {
    fn status_error(&self, field: &str) -> String {
        let found = self.status_errors.iter().find(|it| it.0 == field);
        found.map(|it| it.1.clone()).unwrap_or_default()
    }
}

/// Fields that belong together.
struct Group {
    title: String,
    /// What the source wrote, shown beside and never changed.
    written: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    label: String,
    value: String,
    hint: String,
    error: String,
    /// Not empty for a list.
    choices: Vec<Choice>,
    long: bool,
}

fn id(text: &str) -> Result<Id, PageFailure> {
    text.parse().map_err(|_| PageFailure::NotFound)
}

fn value(pairs: &Pairs, name: &str) -> String {
    pairs.iter().rev().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
}

/// The partnership, if the visitor may change it.
async fn load(visit: &Visit, id: Id) -> Result<Known, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let work = move |tx: &mut Tx<'_>| {
        let known = crate::known_on(tx, id, None)?.ok_or(Failure::NotFound)?;
        let object = crate::object_of(tx, &known.partnership, today)?;
        if identity::allow(&actor, Action::EditRegister, &object) {
            Ok::<_, Failure>(known)
        } else {
            Err(Failure::Denied("EditRegister".to_owned()))
        }
    };
    Ok(visit.app.read(work).await?)
}

pub(super) async fn show(visit: Visit, Path(path): Path<String>) -> Result<Response, PageFailure> {
    let known = load(&visit, id(&path)?).await?;
    let view = form(&visit, &known, &Vec::new(), &Refusals::default(), false);
    visit.page(&view)
}

pub(super) async fn submit(
    visit: Visit,
    Path(path): Path<String>,
    Form(typed): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let id = id(&path)?;
    let known = load(&visit, id).await?;
    let fields = fields_of(&known.partnership);
    let wanted: Pairs = typed.iter().filter(|it| fields.contains(&it.0)).cloned().collect();
    let (seen, why) = (value(&typed, "vu"), value(&typed, "raison"));
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::edit(ctx, id, &seen, &wanted, &why);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => Ok(Redirect::to(&format!("/registre/{id}")).into_response()),
        Err(Stop::Refused(it)) => visit.correct(&form(&visit, &known, &typed, &it, false)),
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

pub(super) async fn status(
    visit: Visit,
    Path(path): Path<String>,
    Form(typed): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let id = id(&path)?;
    let known = load(&visit, id).await?;
    let status = TypedStatus {
        status: value(&typed, "statut"),
        from: value(&typed, "depuis"),
        motive: value(&typed, "motif"),
    };
    let why = value(&typed, "raison");
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::record_status(ctx, id, &status, &why);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => Ok(Redirect::to(&format!("/registre/{id}")).into_response()),
        Err(Stop::Refused(it)) => visit.correct(&form(&visit, &known, &typed, &it, true)),
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

pub(super) async fn undo(
    visit: Visit,
    Path(path): Path<String>,
    Form(typed): Form<Pairs>,
) -> Result<Response, PageFailure> {
    let id = id(&path)?;
    let (entry, why) = (value(&typed, "ecriture"), value(&typed, "raison"));
    let work = move |ctx: &mut identity::Ctx<'_, '_>| crate::undo_change(ctx, id, &entry, &why);
    match visit.app.write(&visit.actor, work).await {
        Ok(()) => Ok(Redirect::to(&format!("/registre/{id}")).into_response()),
        Err(Stop::Refused(it)) => {
            let sentence =
                it.0.first().map(|it| visit.app.tell(visit.language, &it.1)).unwrap_or_default();
            let view = show::view(&visit, id, None, "", &sentence).await?;
            visit.correct(&view)
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}

/// The fields that the form shows.
fn fields_of(it: &Partnership) -> Vec<String> {
    let mut out: Vec<String> =
        ["form", "years", "url", "phone", "remark"].map(str::to_owned).to_vec();
    for at in 0..it.foreign.len() {
        out.extend(["name", "country", "level"].map(|leaf| format!("foreign.{at}.{leaf}")));
    }
    for at in 0..it.malian.len() {
        out.extend(["name", "level", "place"].map(|leaf| format!("malian.{at}.{leaf}")));
    }
    out
}

fn form(visit: &Visit, known: &Known, typed: &Pairs, refusals: &Refusals, of_status: bool) -> View {
    let it = &known.partnership;
    let chrome = visit.chrome("register-edit-title");
    let errors: Vec<(String, String)> =
        refusals.0.iter().map(|it| (it.0.clone(), chrome.tell(&it.1))).collect();
    let (edit_errors, status_errors) =
        if of_status { (Vec::new(), errors.clone()) } else { (errors.clone(), Vec::new()) };
    let field = |name: &str| field(&chrome, it, typed, &edit_errors, name);
    let mut groups = Vec::new();
    for (at, side) in it.foreign.iter().enumerate() {
        groups.push(Group {
            title: chrome.t("register-foreign-side"),
            written: side.written.clone(),
            fields: ["name", "country", "level"]
                .map(|leaf| field(&format!("foreign.{at}.{leaf}")))
                .into(),
        });
    }
    for (at, side) in it.malian.iter().enumerate() {
        groups.push(Group {
            title: chrome.t("register-malian-side"),
            written: side.written.clone(),
            fields: ["name", "level", "place"]
                .map(|leaf| field(&format!("malian.{at}.{leaf}")))
                .into(),
        });
    }
    groups.push(Group {
        title: chrome.t("register-origin"),
        written: it.origin.written.clone(),
        fields: ["form", "years"].map(field).into(),
    });
    groups.push(Group {
        title: chrome.t("register-contact"),
        written: String::new(),
        fields: ["url", "phone", "remark"].map(field).into(),
    });
    let own = |name: &str, mine: bool| if mine { value(typed, name) } else { String::new() };
    let chosen = own("statut", of_status);
    View {
        href: format!("/registre/{}", it.id),
        title: format!("{} – {}", it.foreign_name(), it.malian_name()),
        // What is shown is what was seen: a second try after a conflict is made knowingly.
        seen: crate::last_mark(known),
        reason: own("raison", !of_status),
        reason_error: error(&edit_errors, "raison"),
        statuses: Status::ALL
            .iter()
            .map(|it| Choice {
                value: it.word().to_owned(),
                label: word(&chrome, "status", it.word()),
                chosen: it.word() == chosen,
            })
            .collect(),
        from: own("depuis", of_status),
        motive: own("motif", of_status),
        status_reason: own("raison", of_status),
        status_errors,
        groups,
        errors,
        chrome,
    }
}

fn error(errors: &[(String, String)], field: &str) -> String {
    errors.iter().find(|it| it.0 == field).map(|it| it.1.clone()).unwrap_or_default()
}

fn field(
    chrome: &Chrome,
    it: &Partnership,
    typed: &Pairs,
    errors: &[(String, String)],
    name: &str,
) -> Field {
    let kept = typed.iter().rev().find(|it| it.0 == name).map(|it| it.1.clone());
    let value = kept.unwrap_or_else(|| {
        let value = it.value(name).unwrap_or_default();
        if name == "years" { value.replace('|', ", ") } else { value }
    });
    let of = |list: &str, words: Vec<&'static str>| -> Vec<Choice> {
        words
            .into_iter()
            .map(|it| Choice {
                value: it.to_owned(),
                label: word(chrome, list, it),
                chosen: it == value,
            })
            .collect()
    };
    let leaf = crate::kind_of(name);
    let side = name.split('.').next().unwrap_or_default();
    let choices = match (side, leaf) {
        (_, "form") => of("form", crate::Form::ALL.iter().map(|it| it.word()).collect()),
        ("malian", "level") => {
            of("malian-level", crate::MalianLevel::ALL.iter().map(|it| it.word()).collect())
        }
        ("foreign", "level") => {
            of("foreign-level", territory::ForeignLevel::ALL.iter().map(|it| it.word()).collect())
        }
        (_, "country") => country_choices(chrome, &value),
        _ => Vec::new(),
    };
    let hint = match leaf {
        "years" => chrome.t("register-hint-years"),
        "place" => chrome.t("register-hint-place"),
        "url" => chrome.t("register-hint-url"),
        "phone" => chrome.t("register-hint-phone"),
        _ => String::new(),
    };
    Field {
        label: show::field_name(chrome, name),
        error: error(errors, name),
        name: name.to_owned(),
        value,
        hint,
        choices,
        long: leaf == "remark",
    }
}

/// All countries, by name.
pub(super) fn country_choices(chrome: &Chrome, chosen: &str) -> Vec<Choice> {
    let mut out: Vec<Choice> = crate::COUNTRIES
        .iter()
        .map(|code| Choice {
            value: (*code).to_owned(),
            label: super::country_name(chrome, code),
            chosen: code.eq_ignore_ascii_case(chosen),
        })
        .collect();
    out.sort_by_key(|it| kernel::search::fold(&it.label));
    out
}
