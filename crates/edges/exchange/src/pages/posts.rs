//! This post's card and the posts that it knows: `/postes`.

use askama::Template;
use axum::extract::{Multipart, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use identity::{Action, Object};
use journal::Journal;
use kernel::{Failure, Message, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

use super::upload::Upload;
use crate::{Card, Hand, Level, Places, Posts, Refused, Relation, enrol, note_parent, open_post};

const ACCESS: Access = Access::Needs(Action::EnrolPosts);
/// A card, and what a form adds around it.
const LONGEST: usize = 64 * 1024;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/postes", ACCESS, show)
        .get("/postes/carte", ACCESS, card)
        .post("/postes/ouverture", ACCESS, open)
        .upload("/postes/cartes", ACCESS, LONGEST, read)
        .post("/postes/liens", ACCESS, relate)
}

/// This post's card as the page shows it.
struct Own {
    name: String,
    level: String,
    place: String,
    words: String,
    fingerprint: String,
    text: String,
}

/// A known post.
struct Line {
    name: String,
    level: String,
    place: String,
    relation: String,
    by: String,
    since: String,
    words: String,
}

/// The form of opening, as it was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    nom: String,
    niveau: String,
    lieu: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Done {
    fait: Option<String>,
}

#[derive(Template)]
#[template(path = "exchange/posts.html")]
struct View {
    chrome: Chrome,
    own: Option<Own>,
    known: Vec<Line>,
    levels: Vec<(&'static str, String)>,
    form: Fields,
    pasted: String,
    done: Option<String>,
    refusal: Option<(&'static str, String)>,
}

impl View {
    fn error(&self, field: &str) -> String {
        self.refusal.iter().filter(|it| it.0 == field).map(|it| it.1.clone()).collect()
    }
}

#[derive(Template)]
#[template(path = "exchange/check.html")]
struct Check {
    chrome: Chrome,
    name: String,
    level: String,
    place: String,
    words: String,
    fingerprint: String,
    text: String,
    is_above: bool,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    form: Option<Fields>,
    pasted: String,
    refusal: Option<(&'static str, Message)>,
}

async fn view(visit: &Visit, typed: Typed, done: Option<String>) -> Result<View, PageFailure> {
    let chrome = visit.chrome("posts-title");
    let asked = visit.clone();
    visit
        .app
        .read(move |tx| -> Result<View, Failure> {
            let places = Places::on(asked.today());
            let journal = asked.app.journal();
            let posts = Posts::load(journal, tx, &places)?;
            let level = |it: Level| chrome.t(&format!("post-level-{it}"));
            let mut own = None;
            if let Some(card) = posts.own() {
                own = Some(Own {
                    name: card.name.clone(),
                    level: level(card.level),
                    place: super::place(tx, &asked, &card.territory)?,
                    words: card.words(),
                    fingerprint: card.fingerprint(),
                    text: card.to_text(journal.key()),
                });
            }
            let mut known = Vec::new();
            for (_, it) in posts.iter().filter(|(_, it)| it.relation != Relation::Own) {
                known.push(Line {
                    name: it.card.name.clone(),
                    level: level(it.card.level),
                    place: super::place(tx, &asked, &it.card.territory)?,
                    relation: chrome.t(relation_key(it.relation)),
                    by: posts.name(&it.by),
                    since: asked.language.instant(it.since_millis),
                    words: it.card.words(),
                });
            }
            let form = match typed.form {
                Some(it) => it,
                None => Fields {
                    nom: Journal::setting(tx, "post.name")?.unwrap_or_default(),
                    niveau: String::new(),
                    lieu: Journal::setting(tx, "post.place")?.unwrap_or_default(),
                },
            };
            let refusal = typed.refusal.map(|(field, it)| (field, chrome.tell(&it)));
            let levels = Level::ALL.map(|it| (it.word(), level(it))).to_vec();
            Ok(View { own, known, levels, form, pasted: typed.pasted, done, refusal, chrome })
        })
        .await
        .map_err(PageFailure::from)
}

fn relation_key(relation: Relation) -> &'static str {
    match relation {
        Relation::Own => "post-relation-own",
        Relation::Parent => "post-relation-parent",
        Relation::Child => "post-relation-child",
        Relation::Above => "post-relation-above",
        Relation::Below => "post-relation-below",
    }
}

async fn show(visit: Visit, Query(query): Query<Done>) -> Result<Response, PageFailure> {
    let say = |key: &str| visit.app.catalogue().say(visit.language, key, &[]);
    let done = match query.fait.as_deref() {
        Some("ouvert") => Some(say("posts-opened")),
        Some(_) => Some(say("posts-done")),
        None => None,
    };
    visit.page(&view(&visit, Typed::default(), done).await?)
}

/// This post's card as a file.
async fn card(visit: Visit) -> Result<Response, PageFailure> {
    let asked = visit.clone();
    let (place, text) = visit
        .app
        .read(move |tx| -> Result<_, Failure> {
            let journal = asked.app.journal();
            let posts = Posts::load(journal, tx, &Places::on(asked.today()))?;
            let card = posts.own().ok_or(Failure::NotFound)?;
            Ok((card.territory.clone(), card.to_text(journal.key())))
        })
        .await?;
    let name = format!("BENKADI-{place}-carte.txt");
    Ok(visit.file(&name, "text/plain; charset=utf-8", text.into_bytes()))
}

async fn open(visit: Visit, Form(form): Form<Fields>) -> Result<Response, PageFailure> {
    let fields = form.clone();
    let asked = visit.clone();
    let done = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<Card, Stop<Refused>> {
            ctx.authorize(Action::EnrolPosts, &Object::Post)?;
            let level = fields.niveau.parse().map_err(|()| Refused::Field { field: "niveau" })?;
            let place = fields.lieu.trim();
            if (asked.app.shell().place_name)(ctx.tx, place, asked.today())?.is_none() {
                return Err(Refused::Field { field: "lieu" }.into());
            }
            let (journal, hand) = (ctx.journal(), Hand::of(ctx));
            let places = Places::on(asked.today());
            let card = open_post(journal, ctx.tx, &places, &hand, (&fields.nom, level, place))?;
            keep_whose(ctx.tx, &card)?;
            Ok(card)
        })
        .await;
    match done {
        Ok(_) => Ok(Redirect::to("/postes?fait=ouvert").into_response()),
        Err(Stop::Refused(rule)) => {
            let field = match rule {
                Refused::Field { field } => field,
                _ => "nom",
            };
            let refusal = Some((field, rule.message()));
            let typed = Typed { form: Some(form), refusal, ..Typed::default() };
            visit.correct(&view(&visit, typed, None).await?)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// What the other slices ask to know which territory this post serves. A post whose place nobody
/// told would pass for one of the whole country. What was told at its installation stays.
fn keep_whose(tx: &mut Tx<'_>, card: &Card) -> Result<(), Failure> {
    for (setting, value) in [("post.place", &card.territory), ("post.name", &card.name)] {
        if Journal::setting(tx, setting)?.is_none_or(|it| it.trim().is_empty()) {
            Journal::set_setting(tx, setting, value)?;
        }
    }
    Ok(())
}

async fn wrong_card(visit: &Visit, text: String, rule: Refused) -> Result<Response, PageFailure> {
    let refusal = Some(("carte", rule.message()));
    let typed = Typed { pasted: text, refusal, ..Typed::default() };
    visit.correct(&view(visit, typed, None).await?)
}

/// Reads a card and shows its eight words, before anything is written.
async fn read(visit: Visit, form: Multipart) -> Result<Response, PageFailure> {
    let upload = Upload::read(&visit, form).await?;
    let text = if upload.file.is_empty() {
        upload.text
    } else {
        String::from_utf8_lossy(&upload.file).into_owned()
    };
    let pasted = text.clone();
    let asked = visit.clone();
    let read = visit
        .app
        .read(move |tx| -> Result<Check, Stop<Refused>> {
            let card = Card::from_text(&text)?;
            let posts = Posts::load(asked.app.journal(), tx, &Places::on(asked.today()))?;
            let own = posts.own().ok_or(Refused::NotOpened)?;
            if own.public_key == card.public_key {
                return Err(Refused::OwnCard.into());
            }
            let chrome = asked.chrome("posts-check-title");
            Ok(Check {
                level: chrome.t(&format!("post-level-{}", card.level)),
                place: super::place(tx, &asked, &card.territory)?,
                words: card.words(),
                fingerprint: card.fingerprint(),
                is_above: is_above(own, &card)?,
                name: card.name,
                text,
                chrome,
            })
        })
        .await;
    match read {
        Ok(check) => visit.page(&check),
        Err(Stop::Refused(rule)) => wrong_card(&visit, pasted, rule).await,
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

/// Whether the card is that of a post above; the level says it.
fn is_above(own: &Card, other: &Card) -> Result<bool, Refused> {
    if own.level == other.level {
        return Err(Refused::SameLevel { post: other.name.clone() });
    }
    Ok(own.level < other.level)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Relating {
    carte: String,
}

async fn relate(visit: Visit, Form(form): Form<Relating>) -> Result<Response, PageFailure> {
    let text = form.carte.clone();
    let places = Places::on(visit.today());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| -> Result<(), Stop<Refused>> {
            ctx.authorize(Action::EnrolPosts, &Object::Post)?;
            let card = Card::from_text(&text)?;
            let (journal, hand) = (ctx.journal(), Hand::of(ctx));
            let posts = Posts::load(journal, ctx.tx, &places)?;
            let own = posts.own().ok_or(Refused::NotOpened)?;
            if is_above(own, &card)? {
                note_parent(journal, ctx.tx, &places, &hand, &card)
            } else {
                enrol(journal, ctx.tx, &places, &hand, &card)
            }
        })
        .await;
    match done {
        Ok(()) => Ok(Redirect::to("/postes?fait=lien").into_response()),
        Err(Stop::Refused(rule)) => wrong_card(&visit, form.carte, rule).await,
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use journal::Folds;

    #[test]
    fn an_opened_post_knows_its_place_and_keeps_the_one_of_its_installation() {
        for base in db::testing::both() {
            let journal = Journal::open(base.db.clone(), Folds::new(vec![crate::fold()])).unwrap();
            let card = |name: &str, place: &str| Card {
                name: name.to_owned(),
                level: Level::ALL[0],
                territory: place.to_owned(),
                public_key: journal.key().public(),
                receive_key: [7; 32],
            };
            let told = |card: Card| {
                base.db
                    .write(|tx| {
                        keep_whose(tx, &card)?;
                        Ok::<_, Failure>((
                            Journal::setting(tx, "post.place")?,
                            Journal::setting(tx, "post.name")?,
                        ))
                    })
                    .unwrap()
            };
            let first = (Some("EX-CERCLE".to_owned()), Some("Poste du cercle".to_owned()));
            assert_eq!(told(card("Poste du cercle", "EX-CERCLE")), first);
            assert_eq!(told(card("Autre", "EX-REGION")), first, "{}", base.engine);
        }
    }
}
