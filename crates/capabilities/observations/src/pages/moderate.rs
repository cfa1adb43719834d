//! `/observations/moderation`: what waits for a decision, and the decision.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Failure, Message, Stop};
use web::{Chrome, Form, PageFailure, Visit};

use super::card::{Card, Line};
use super::{name_of, value};
use crate::State;
use crate::find::may_moderate;
use crate::observation::{Act, Ground, Observation};

#[derive(Template)]
#[template(path = "observations/moderation.html")]
struct List {
    chrome: Chrome,
    waiting: Vec<Line>,
    public: Vec<Line>,
    closed: Vec<Line>,
}

pub(super) async fn list(visit: Visit) -> Result<Response, PageFailure> {
    let chrome = visit.chrome("observations-moderation-title");
    let (words, actor, today) = (chrome.clone(), visit.actor.clone(), visit.today());
    let lists = visit.app.read(move |tx| {
        let mut lists = Vec::new();
        for states in [
            &[State::Attente, State::Question][..],
            &[State::Signalee, State::Repondue],
            &[State::Reglee, State::Refusee, State::Retiree],
        ] {
            let mut lines = Vec::new();
            for it in crate::awaiting_moderation(tx, &actor, states, today)? {
                let name = name_of(tx, &it.commune, today)?;
                let href = format!("/observations/moderation/{}", it.id);
                lines.extend(Line::of(&words, &it, &name, href));
            }
            lists.push(lines);
        }
        Ok::<_, Failure>(lists)
    });
    let mut lists = lists.await?.into_iter();
    let mut next = || lists.next().unwrap_or_default();
    visit.page(&List { chrome, waiting: next(), public: next(), closed: next() })
}

#[derive(Template)]
#[template(path = "observations/decide.html")]
struct View {
    chrome: Chrome,
    id: String,
    subject: String,
    commune: String,
    village: String,
    asks_to_hide: bool,
    day: String,
    text: String,
    photo: String,
    contact: String,
    state_icon: &'static str,
    state: String,
    talk: Vec<(String, String)>,
    card: Option<Card>,
    grounds: Vec<(String, String, bool)>,
    /// It waits for a decision, or was refused and may be published after all.
    may_publish: bool,
    may_refuse: bool,
    may_settle: bool,
    may_reopen: bool,
    may_withdraw: bool,
    error: String,
    /// The act that was refused, whose fields come back.
    act: String,
    shown: String,
    typed: String,
    hides: bool,
    leaves_photo: bool,
}

struct Facts {
    it: Observation,
    commune: String,
    contact: String,
    /// The last observation published of this commune hides its place: so does the next one, unless
    /// somebody says otherwise.
    insecure: bool,
}

async fn facts(visit: &Visit, id: String) -> Result<Facts, PageFailure> {
    let (actor, today, now) = (visit.actor.clone(), visit.today(), visit.now_millis);
    let found = visit.app.read(move |tx| {
        let it = crate::observation(tx, &id)?.ok_or(Failure::NotFound)?;
        if !may_moderate(tx, &actor, &it.commune, today)? {
            return Err(Failure::Denied("ModerateObservations".to_owned()));
        }
        Ok::<_, Failure>(Facts {
            commune: name_of(tx, &it.commune, today)?,
            contact: crate::contact_of(tx, &id, now)?.unwrap_or_default(),
            insecure: crate::in_commune(tx, &it.commune, 1)?
                .iter()
                .any(|it| it.public().is_some_and(|it| it.hidden)),
            it,
        })
    });
    Ok(found.await?)
}

fn view(visit: &Visit, facts: Facts, pairs: &[(String, String)], error: String) -> View {
    let Facts { it, commune, contact, insecure } = facts;
    let chrome = visit.chrome("observations-decide-title");
    let language = chrome.language();
    let state = it.state();
    let talk = it.acts.iter().filter_map(|said| match &said.act {
        Act::Asked(asked) => Some((chrome.t("observations-asked"), asked.text.clone())),
        Act::Completed(done) => Some((chrome.t("observations-sender-says"), done.text.clone())),
        Act::Refused(refused) => Some((
            chrome.t(&format!("observations-ground-{}", refused.ground.word())),
            said.reason.clone(),
        )),
        _ => None,
    });
    let chosen = value(pairs, "motif");
    let grounds = Ground::ALL.iter().map(|it| {
        let label = chrome.t(&format!("observations-ground-{}", it.word()));
        (it.word().to_owned(), label, it.word() == chosen)
    });
    let sent = it.sent();
    let text = sent.map(|it| it.text.clone()).unwrap_or_default();
    let act = value(pairs, "acte").to_owned();
    let subject = match (sent, it.public()) {
        (Some(it), _) => it.subject.word(),
        (None, Some(it)) => it.subject.word(),
        (None, None) => "autre",
    };
    View {
        subject: chrome.t(&format!("observations-subject-{subject}")),
        village: sent.map(|it| it.village.clone()).unwrap_or_default(),
        asks_to_hide: sent.is_some_and(|it| it.hide_village),
        day: sent.map(|it| language.long_date(it.day)).unwrap_or_default(),
        photo: match sent.and_then(|it| it.photo.as_ref()) {
            Some(_) => format!("/observations/{}/photo", it.id),
            None => String::new(),
        },
        state_icon: state.icon(),
        state: chrome.t(&format!("observations-state-{}", state.word())),
        talk: talk.collect(),
        card: Card::of(&chrome, &it, commune.clone()),
        grounds: grounds.collect(),
        may_publish: sent.is_some() && !state.is_public(),
        may_refuse: matches!(state, State::Attente | State::Question),
        may_settle: matches!(state, State::Signalee | State::Repondue),
        may_reopen: state == State::Reglee,
        may_withdraw: state.is_public(),
        shown: if act == "publier" { value(pairs, "montre").to_owned() } else { text.clone() },
        typed: value(pairs, "texte").to_owned(),
        hides: if act == "publier" { value(pairs, "cacher") == "oui" } else { insecure },
        leaves_photo: value(pairs, "sans_photo") == "oui",
        id: it.id,
        text,
        commune,
        contact,
        error,
        act,
        chrome,
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let facts = facts(&visit, id).await?;
    visit.page(&view(&visit, facts, &[], String::new()))
}

pub(super) async fn submit(
    visit: Visit,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let (of, given) = (id.clone(), pairs.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let of = of.as_str();
            let typed = |name: &str| value(&given, name).to_owned();
            let is = |name: &str| value(&given, name) == "oui";
            match value(&given, "acte") {
                "publier" => {
                    crate::publish(ctx, of, &typed("montre"), (is("cacher"), !is("sans_photo")))
                }
                "demander" => crate::ask(ctx, of, &typed("texte")),
                "refuser" => crate::refuse_observation(ctx, of, &typed("motif"), &typed("texte")),
                "retirer" => crate::withdraw(ctx, of, &typed("motif"), &typed("texte")),
                "regler" => crate::settle(ctx, of, &typed("texte")),
                "rouvrir" => crate::reopen(ctx, of, &typed("texte")),
                "effacer" => Ok(crate::erase_contact(ctx, of)?),
                _ => Err(Stop::Refused(Message::new("observations-no-act"))),
            }
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/observations/moderation/{id}")).into_response()),
        Err(Stop::Refused(it)) => {
            let error = visit.chrome_titled("").tell(&it);
            let facts = facts(&visit, id).await?;
            visit.correct(&view(&visit, facts, &pairs, error))
        }
        Err(Stop::Failed(it)) => Err(it.into()),
    }
}
