//! Who asks, in which language, for which address.

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use identity::{Action, Actor, Object, SessionState, allow};
use journal::Journal;
use kernel::{Date, Failure, Language};

use crate::chrome::{MenuItem, ViewerCard};
use crate::panels::{Duty, Panel, Reader, all_duties};
use crate::{App, Chrome, PageFailure};

/// The cookie that holds the session's name.
pub(crate) const SESSION_COOKIE: &str = "benkadi";
/// The cookie that holds the name of the (shared) PC.
pub(crate) const DEVICE_COOKIE: &str = "benkadi-poste";
/// The cookie that holds the language.
pub(crate) const LANGUAGE_COOKIE: &str = "benkadi-langue";

/// One request's visitor. Handlers take it as an argument.
#[derive(Clone)]
pub struct Visit {
    /// The application.
    pub app: App,
    /// Who acts; anonymous when nobody is signed in or the session is locked.
    pub actor: Actor,
    /// The language of the answer.
    pub language: Language,
    /// The instant of the request, in milliseconds since 1970.
    pub now_millis: i64,
    pub(crate) session: Option<String>,
    pub(crate) device: Option<String>,
    pub(crate) locked_name: Option<String>,
    pub(crate) path: String,
    query: String,
    status: Vec<String>,
    place_line: Option<String>,
    office_place: String,
}

impl Visit {
    /// The civil date of the request.
    pub fn today(&self) -> Date {
        Date::from_millis(self.now_millis)
    }

    fn reader(&self) -> Reader<'_> {
        Reader {
            actor: &self.actor,
            today: self.today(),
            language: self.language,
            catalogue: self.app.catalogue(),
        }
    }

    /// What all slices say of a place on a day, for this visitor.
    ///
    /// # Errors
    ///
    /// The base does not answer.
    pub async fn panels(&self, place: &str, day: Date) -> Result<Vec<Panel>, Failure> {
        let (visit, place) = (self.clone(), place.to_owned());
        let read = move |tx: &mut db::Tx<'_>| {
            let mut all = Vec::new();
            for say in &visit.app.shell().places {
                all.extend(say(tx, &place, day, &visit.reader())?);
            }
            Ok::<_, Failure>(all)
        };
        self.app.read(read).await
    }

    /// What waits for this visitor in all slices; nothing for somebody who is not signed in.
    ///
    /// # Errors
    ///
    /// The base does not answer.
    pub async fn duties(&self) -> Result<Vec<Duty>, Failure> {
        if self.actor.offices.is_empty() {
            return Ok(Vec::new());
        }
        let visit = self.clone();
        let read =
            move |tx: &mut db::Tx<'_>| all_duties(tx, &visit.app.shell().duties, &visit.reader());
        self.app.read(read).await
    }

    /// Whether the visitor may do this to that.
    pub fn may(&self, action: Action, object: &Object) -> bool {
        allow(&self.actor, action, object)
    }

    /// The shell of a page whose title has this key.
    pub fn chrome(&self, title_key: &str) -> Chrome {
        self.chrome_titled(self.app.catalogue().say(self.language, title_key, &[]))
    }

    /// The shell of a page with this title.
    pub fn chrome_titled(&self, title: impl Into<String>) -> Chrome {
        let say = |key: &str| self.app.catalogue().say(self.language, key, &[]);
        let menu = self
            .app
            .shell()
            .menu
            .iter()
            .map(|(href, key)| MenuItem {
                href: (*href).to_owned(),
                label: say(key),
                current: self.path == *href || self.path.starts_with(&format!("{href}/")),
            })
            .collect();
        let viewer = self.actor.is_signed_in().then(|| ViewerCard {
            name: self.actor.name.clone(),
            office: self.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
            place: self.office_place.clone(),
            links: self.card_links(),
        });
        let other = match self.language {
            Language::French => Language::English,
            Language::English => Language::French,
        };
        let jeton = self.session.as_deref().map(|it| self.app.token(it)).unwrap_or_default();
        Chrome {
            title: title.into(),
            menu,
            rooms: crate::rooms::beside(
                self.app.rooms(),
                &self.app.shell().menu,
                &self.path,
                &self.actor,
                self.language,
                self.app.catalogue(),
            ),
            viewer,
            place_line: self.place_line.clone(),
            status: self.status.clone(),
            jeton,
            invented: false,
            other_language_href: self.address_in(other),
            app: self.app.clone(),
            language: self.language,
        }
    }

    fn card_links(&self) -> Vec<MenuItem> {
        [
            ("/compte", "account-title", None),
            ("/personnes", "persons-title", Some(Action::ManagePeople)),
            ("/postes", "nav-posts", Some(Action::EnrolPosts)),
            ("/journal", "nav-journal", Some(Action::ReadJournal)),
        ]
        .into_iter()
        .filter(|it| it.2.is_none_or(|action| self.may(action, &Object::Post)))
        .map(|(href, key, _)| MenuItem {
            href: href.to_owned(),
            label: self.app.catalogue().say(self.language, key, &[]),
            current: self.path == href,
        })
        .collect()
    }

    fn address_in(&self, language: Language) -> String {
        let mut address = format!("{}?", self.path);
        for pair in self.query.split('&').filter(|it| !it.is_empty() && !it.starts_with("langue="))
        {
            address.push_str(pair);
            address.push('&');
        }
        address.push_str("langue=");
        address.push_str(language.code());
        address
    }

    /// The address asked for, with its query.
    pub fn address(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    /// The page of a template.
    ///
    /// # Errors
    ///
    /// If the template cannot be written.
    pub fn page(&self, view: &impl askama::Template) -> Result<Response, PageFailure> {
        let body = view.render().map_err(|error| PageFailure::from(Failure::broken(error)))?;
        Ok(Html(body).into_response())
    }

    /// The same page again, to be corrected: status 422, what was typed is in the view.
    ///
    /// # Errors
    ///
    /// If the template cannot be written.
    pub fn correct(&self, view: &impl askama::Template) -> Result<Response, PageFailure> {
        let page = self.page(view)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// A file to keep.
    pub fn file(&self, name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
        use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
        let safe: String = name
            .chars()
            .map(|it| if it.is_ascii_alphanumeric() || "-._".contains(it) { it } else { '-' })
            .collect();
        let headers = [
            (CONTENT_TYPE, kind.to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{safe}\"")),
        ];
        (headers, bytes).into_response()
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = PageFailure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        if let Some(visit) = parts.extensions.get::<Self>() {
            return Ok(visit.clone());
        }
        let visit = read(parts, app).await?;
        parts.extensions.insert(visit.clone());
        Ok(visit)
    }
}

async fn read(parts: &Parts, app: &App) -> Result<Visit, PageFailure> {
    let now_millis = app.now_millis();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let mut visit = Visit {
        app: app.clone(),
        actor: Actor::anonymous(),
        language: language(&query, &parts.headers),
        now_millis,
        session: cookie(&parts.headers, SESSION_COOKIE),
        device: cookie(&parts.headers, DEVICE_COOKIE),
        locked_name: None,
        path: collapsed(parts.uri.path()),
        query,
        status: Vec::new(),
        place_line: None,
        office_place: String::new(),
    };
    // A door for programs shows no frame around its answer: nothing is looked up for one.
    let is_bare = visit.path.starts_with("/api/");
    if is_bare {
        let Some(name) = &visit.session else { return Ok(visit) };
        let known = app.sessions().recall(app.journal(), name, now_millis);
        if let Some(it) = known.filter(|it| it.state == SessionState::Open) {
            visit.actor = it.actor;
            return Ok(visit);
        }
    }
    let application = app.clone();
    let done = tokio::task::spawn_blocking(move || -> Result<Visit, Failure> {
        if let Some(name) = &visit.session {
            match application.sessions().find_and_touch(application.journal(), name, now_millis)? {
                Some(it) if it.state == SessionState::Open => visit.actor = it.actor,
                Some(it) => visit.locked_name = Some(it.actor.name),
                None => visit.session = None,
            }
        }
        if is_bare {
            return Ok(visit);
        }
        let today = visit.today();
        let shell = application.shell();
        application.journal().db().read(|tx| {
            let own = Journal::setting(tx, "post.place")?;
            let office = visit.actor.main_office().map(|it| it.place.clone());
            if let Some(code) = office.as_ref().or(own.as_ref()) {
                visit.place_line = (shell.place_name)(tx, code, today)?;
            }
            if let Some(code) = &office {
                visit.office_place = (shell.place_name)(tx, code, today)?.unwrap_or_default();
            }
            if visit.actor.is_signed_in() {
                for provider in &shell.status {
                    let more = provider(tx, &visit.actor, visit.language, application.catalogue())?;
                    visit.status.extend(more);
                }
            }
            Ok::<(), Failure>(())
        })?;
        Ok(visit)
    })
    .await;
    done.unwrap_or_else(|_| Err(Failure::told("a reader stopped"))).map_err(PageFailure::from)
}

/// The path with one slash at its beginning: a link to `//name` or `/\name` leads to another site.
fn collapsed(path: &str) -> String {
    format!("/{}", path.trim_start_matches(['/', '\\']))
}

/// The language: asked for in the address, else kept in the cookie, else French. The browser's own
/// preference is not asked: computers sold in English serve offices that work in French.
pub(crate) fn language(query: &str, headers: &HeaderMap) -> Language {
    query
        .split('&')
        .find_map(|it| it.strip_prefix("langue="))
        .and_then(Language::from_code)
        .or_else(|| cookie(headers, LANGUAGE_COOKIE).and_then(|it| Language::from_code(&it)))
        .unwrap_or_default()
}

pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .find_map(|it| it.trim().strip_prefix(name)?.strip_prefix('='))
        .filter(|it| it.len() <= 128)
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_the_same_page_stays_on_this_site() {
        for (path, expected) in [
            ("/registre", "/registre"),
            ("//ailleurs.example/", "/ailleurs.example/"),
            ("///ailleurs.example", "/ailleurs.example"),
            ("/\\ailleurs.example", "/ailleurs.example"),
            ("/", "/"),
        ] {
            assert_eq!(collapsed(path), expected, "{path}");
        }
    }
}
