//! The cercle takes in the code of a quarter: from a photo, from the camera, or as a text; it is
//! looked at first, then accepted as a file of values is.

use super::packed::{self, Content, Head};
use crate::circuit::doubts_of;
use crate::entry::page::forms_href;
use crate::entry::{self, ImportRefused, Preview};
use crate::questionnaire::{self, Severity, Tier, french};
use crate::store::{self, Ground, View as Sight, first_period_of, values_between};
use crate::values::read as read_value;
use askama::Template;
use axum::extract::Request;
use axum::response::Response;
use db::Tx;
use identity::{Action, allow};
use journal::Journal;
use kernel::{Failure, Message, Period, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Sent, Visit, Waiting};

/// The largest photo.
const LARGEST: usize = 12 << 20;
/// The changes that the preview names one by one.
const NAMED: usize = 40;
/// The address.
pub(crate) const HREF: &str = "/suivi/recevoir";

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::ImportValues);
    Routes::new().get(HREF, access, show).upload(HREF, access, LARGEST + 512 * 1024, look).post(
        "/suivi/recevoir/accepter",
        access,
        accept,
    )
}

/// A return between its look and its acceptance.
struct Kept {
    file: String,
    csv: String,
    unit: String,
    quarter: Quarter,
}

static WAITING: Waiting<Kept> = Waiting::new(16);

#[derive(Template)]
#[template(path = "paper/receive.html")]
struct View {
    chrome: Chrome,
    /// What was read or pasted so far.
    text: String,
    refusal: Option<(String, String)>,
    /// Pieces are still to come.
    waiting: Option<String>,
    look: Option<Look>,
    taken: Option<(String, String, String)>,
}

/// What the code holds, as the page shows it.
struct Look {
    id: String,
    mark: String,
    place: String,
    unit: String,
    quarter: String,
    filed: String,
    receipt: String,
    signer: (&'static str, String),
    count: usize,
    new: usize,
    changed: usize,
    same: usize,
    changes: Vec<[String; 4]>,
    unnamed: usize,
    /// Icon, rule, sentence, the reason that the commune gave.
    alerts: Vec<(&'static str, String, String, String)>,
    comments: Vec<(String, String)>,
}

/// Why a code is not taken.
enum Refusal {
    Packed(packed::Refused),
    Import(Box<ImportRefused>),
    NoUnit(String),
    OtherPlace(String),
}

impl From<packed::Refused> for Refusal {
    fn from(it: packed::Refused) -> Self {
        Self::Packed(it)
    }
}

impl Refusal {
    fn message(&self) -> (Message, Option<Message>) {
        match self {
            Self::Packed(it) => (it.message(), None),
            Self::Import(it) => (it.message(), it.cause()),
            Self::NoUnit(unit) => (Message::new("packed-no-unit").with("unit", unit), None),
            Self::OtherPlace(name) => (Message::new("packed-elsewhere").with("place", name), None),
        }
    }
}

fn empty(visit: &Visit, text: String) -> View {
    View {
        chrome: visit.chrome("receive-title"),
        text,
        refusal: None,
        waiting: None,
        look: None,
        taken: None,
    }
}

fn refused(visit: &Visit, text: String, message: &Message, cause: Option<&Message>) -> View {
    let tell = |it: &Message| visit.app.tell(visit.language, it);
    let refusal = Some((tell(message), cause.map(tell).unwrap_or_default()));
    View { refusal, ..empty(visit, text) }
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    visit.page(&empty(&visit, String::new()))
}

async fn look(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    let mut text = sent.field("texte").trim().to_owned();
    if !sent.whole || LARGEST < sent.bytes.len() {
        let message = Message::new("receive-too-large").with("most", LARGEST >> 20);
        return visit.correct(&refused(&visit, text, &message, None));
    }
    if text.is_empty() && sent.bytes.is_empty() {
        let message = Message::new("receive-nothing");
        return visit.correct(&refused(&visit, text, &message, None));
    }
    if !sent.bytes.is_empty() {
        let bytes = sent.bytes;
        match visit.app.work(move || Ok(graphics::read_qr(&bytes))).await? {
            Ok(found) => {
                for it in found {
                    if !text.contains(&it) {
                        text.push_str(if text.is_empty() { "" } else { "\n" });
                        text.push_str(&it);
                    }
                }
            }
            Err(unread) => {
                let key = match unread {
                    graphics::Unread::NotAPicture => "receive-not-a-picture",
                    graphics::Unread::TooLarge => "receive-many-points",
                    graphics::Unread::NoCode => "receive-no-code",
                };
                return visit.correct(&refused(&visit, text, &Message::new(key), None));
            }
        }
    }
    let (seer, given) = (visit.clone(), text.clone());
    let read = visit.app.read::<_, PageFailure>(move |tx| Ok(opened(tx, &seer, &given)?));
    match read.await? {
        Ok(look) => visit.page(&View { look: Some(look), ..empty(&visit, text) }),
        Err(Refusal::Packed(it @ packed::Refused::Missing { .. })) => {
            let waiting = Some(visit.app.tell(visit.language, &it.message()));
            visit.page(&View { waiting, ..empty(&visit, text) })
        }
        Err(rule) => {
            let (message, cause) = rule.message();
            visit.correct(&refused(&visit, text, &message, cause.as_ref()))
        }
    }
}

/// What the pieces in a text would bring.
fn opened(tx: &mut Tx<'_>, visit: &Visit, text: &str) -> Result<Result<Look, Refusal>, Failure> {
    let (bytes, head) = match packed::gather(text).and_then(|it| Ok((packed::head(&it)?, it))) {
        Ok((head, bytes)) => (bytes, head),
        Err(rule) => return Ok(Err(rule.into())),
    };
    let (unit, quarter) = (head.unit.as_str(), head.quarter);
    let Some(ground) = store::ground(tx, unit, quarter.last_day())? else {
        return Ok(Err(Refusal::NoUnit(head.unit)));
    };
    if !allow(&visit.actor, Action::ImportValues, &ground.object(unit)) {
        return Ok(Err(Refusal::OtherPlace(french(ground.name(unit)))));
    }
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let content = match packed::unpack(&bytes, &head, &questionnaire, ground.level()) {
        Ok(it) => it,
        Err(rule) => return Ok(Err(rule.into())),
    };
    let code = documents::CheckCode::of_hash(blake3::hash(&bytes).as_bytes());
    let file = format!("QR {code} {unit} {quarter}");
    let csv = content.csv(unit);
    let preview = match entry::preview(tx, &visit.actor, visit.today(), &file, &csv) {
        Ok(it) => it,
        Err(Stop::Refused(rule)) => return Ok(Err(Refusal::Import(Box::new(rule)))),
        Err(Stop::Failed(failure)) => return Err(failure),
    };
    let alerts = alerts(tx, visit, &ground, quarter, &content)?;
    let kept = Kept { file, csv, unit: unit.to_owned(), quarter };
    let id = WAITING.keep(visit, kept);
    laid_out(tx, visit, (&ground, &head, &content), preview, alerts, id).map(Ok)
}

/// The alerts on the figures as they would stand.
fn alerts(
    tx: &mut Tx<'_>,
    visit: &Visit,
    ground: &Ground,
    quarter: Quarter,
    content: &Content,
) -> Result<Vec<(&'static str, String, String, String)>, Failure> {
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let span = (first_period_of(quarter), quarter);
    let mut values = values_between(tx, &visit.actor, ground, Sight::Working, span)?;
    let unit = ground.place();
    for (period, cells) in &content.values {
        let Ok(period) = period.parse::<Period>() else { continue };
        for (text, value) in cells {
            let Some(cell) = questionnaire.cell_of(text) else { continue };
            let element = questionnaire.element(cell.element);
            if let Ok(Some(value)) = read_value(&questionnaire, element, value) {
                values.set(unit, period, cell, value);
            }
        }
    }
    let mut found = doubts_of(tx, &visit.actor, ground, &values, quarter)?;
    found.retain(|it| it.alert.unit == unit);
    Ok(found
        .into_iter()
        .map(|it| {
            let icon = match it.alert.severity {
                Severity::Blocking => "blocked",
                Severity::Warning => "late",
                Severity::Information => "info",
            };
            let reason = content.answers.get(&it.rule).cloned().unwrap_or_default();
            (icon, it.rule, it.alert.message.say(visit.language).to_owned(), french(&reason))
        })
        .collect())
}

fn laid_out(
    tx: &mut Tx<'_>,
    visit: &Visit,
    (ground, head, content): (&Ground, &Head, &Content),
    preview: Preview,
    mut alerts: Vec<(&'static str, String, String, String)>,
    id: String,
) -> Result<Look, Failure> {
    let language = visit.language;
    let say = |key: &str, given: &[(&str, String)]| visit.app.catalogue().say(language, key, given);
    let known = Journal::streams(tx)?.iter().any(|it| it.public_key == head.signer);
    let post = [("post", Journal::post_id_of(&head.signer))];
    let signer = match known {
        true => ("done", say("receive-signer-known", &post)),
        false => ("late", say("receive-signer-unknown", &post)),
    };
    let label = |text: &str| {
        let questionnaire = &preview.questionnaire;
        let Some(cell) = questionnaire.cell_of(text) else { return text.to_owned() };
        let options = questionnaire.cell_options(cell).map(|it| it.1.label.say(language));
        let name = questionnaire.element(cell.element).label.say(language);
        std::iter::once(name).chain(options).collect::<Vec<_>>().join(", ")
    };
    let changes = preview.changed.iter().take(NAMED).map(|it| {
        [
            language.period(it.period),
            label(preview.questionnaire.cell_text(it.cell)),
            it.held_words(visit.app.catalogue(), language),
            language.written(&it.value),
        ]
    });
    if 0 < preview.taken_over() {
        let told = say("foreign-takes-over", &[("count", preview.taken_over().to_string())]);
        alerts.insert(0, ("late", say("foreign-drafts", &[]), told, String::new()));
    }
    let comments = content.comments.iter().map(|((_, cell), said)| (label(cell), french(said)));
    Ok(Look {
        mark: preview.mark(),
        place: french(ground.name(&head.unit)),
        unit: head.unit.clone(),
        quarter: language.quarter(head.quarter),
        filed: language.instant(head.filed_millis),
        receipt: head.receipt.clone(),
        signer,
        count: content.count(),
        new: preview.new,
        changed: preview.changed.len(),
        same: preview.same,
        changes: changes.collect(),
        unnamed: preview.changed.len().saturating_sub(NAMED),
        comments: comments.collect(),
        alerts,
        id,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    fiche: String,
    marque: String,
}

async fn accept(visit: Visit, Form(fields): Form<Fields>) -> Result<Response, PageFailure> {
    let Some(kept) = WAITING.find(&visit, &fields.fiche) else {
        let message = Message::new("foreign-gone");
        return visit.correct(&refused(&visit, String::new(), &message, None));
    };
    let here = forms_href(&kept.unit, kept.quarter, Tier::Core);
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            entry::import(ctx, &kept.file, &kept.csv, Some(&fields.marque))
        })
        .await;
    match done {
        Ok(taken) => {
            let say = |key: &str, given: &[(&str, String)]| {
                visit.app.catalogue().say(visit.language, key, given)
            };
            let counts = [("new", taken.new.to_string()), ("changed", taken.changed.to_string())];
            let same = [("same", taken.same.to_string())];
            let told = (say("receive-taken", &counts), say("import-taken-same", &same), here);
            visit.page(&View { taken: Some(told), ..empty(&visit, String::new()) })
        }
        Err(Stop::Refused(rule)) => {
            let (message, cause) = (rule.message(), rule.cause());
            visit.correct(&refused(&visit, String::new(), &message, cause.as_ref()))
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
