//! From routes to a listening server: headers, limits, error pages.

use std::net::SocketAddr;
use std::time::Instant;

use askama::Template;
use axum::Router;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION,
    REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::connection::{Peer, Watched, attend};
use crate::place::is_addressed_here;
use crate::plain::{is_plain_path, is_plain_sent};
use crate::visit::{self, LANGUAGE_COOKIE};
use crate::{App, Chrome, PageFailure, Routes, Visit, assets, form};

/// Nothing from elsewhere, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' \
                      data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// A server that is ready.
pub struct Listening {
    /// The address that it listens on.
    pub address: SocketAddr,
    listener: TcpListener,
    service: Router,
}

impl Listening {
    /// Serves until the signal comes.
    ///
    /// # Errors
    ///
    /// If the socket fails.
    pub async fn run(
        self,
        until: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), std::io::Error> {
        let service = self.service.into_make_service_with_connect_info::<Peer>();
        axum::serve(Watched(self.listener), service).with_graceful_shutdown(until).await
    }
}

/// Begins to listen.
///
/// # Errors
///
/// If the address is taken or not this machine's.
pub async fn listen(
    app: App,
    routes: Routes,
    address: SocketAddr,
) -> Result<Listening, std::io::Error> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let own_names_only = address.ip().to_canonical().is_loopback();
    Ok(Listening { address, listener, service: service(app, routes, own_names_only) })
}

/// The whole service over these routes.
pub fn router(app: App, routes: Routes) -> Router {
    service(app, routes, false)
}

/// The service; `own_names_only` if it listens on this machine alone, and then answers requests to
/// the machine's own names alone.
fn service(app: App, routes: Routes, own_names_only: bool) -> Router {
    app.open_rooms(routes.rooms());
    let state = Dressing { app: app.clone(), own_names_only };
    routes
        .into_router()
        .route("/assets/{name}", get(assets::asset))
        .fallback(async || PageFailure::NotFound)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(state, dress))
        .layer(from_fn(armour))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(timed))
        .layer(from_fn(attend))
        .layer(CompressionLayer::new())
        .with_state(app)
}

#[derive(Clone)]
struct Dressing {
    app: App,
    own_names_only: bool,
}

/// Says how long the program worked on the answer, compression aside.
async fn timed(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let mut response = next.run(request).await;
    let spent = format!("total;dur={:.3}", begun.elapsed().as_secs_f64() * 1000.0);
    if let Ok(value) = HeaderValue::from_str(&spent) {
        response.headers_mut().insert(HeaderName::from_static("server-timing"), value);
    }
    response
}

/// The headers of every answer.
async fn armour(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}

/// Recognises the visitor, refuses what no page of ours would send, and writes the page of a
/// failure in the visitor's language.
async fn dress(State(it): State<Dressing>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let language = visit::language(parts.uri.query().unwrap_or_default(), &parts.headers);
    let wants_page = parts
        .headers
        .get(ACCEPT)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.contains("text/html"));
    // A name that is not ours is answered before anything is looked up for it.
    if it.own_names_only && !is_addressed_here(&parts.uri, &parts.headers) {
        return bare(&it.app, language, &PageFailure::Elsewhere);
    }
    let path = parts.uri.path();
    let anonymous = path.starts_with("/assets/") || path == "/sante";
    let plain =
        is_plain_path(path) && is_plain_sent(parts.uri.query().unwrap_or_default().as_bytes());
    let visit = if anonymous {
        None
    } else {
        match Visit::from_request_parts(&mut parts, &it.app).await {
            Ok(visit) => Some(visit),
            Err(failure) => return bare(&it.app, language, &failure),
        }
    };
    let mut response = if !form::is_ours(&parts.method, &parts.headers) {
        PageFailure::Denied.into_response()
    } else if !plain {
        PageFailure::Refused(kernel::Message::new("error-control-signs")).into_response()
    } else {
        let chosen = chosen_language(parts.uri.query().unwrap_or_default());
        let mut response = next.run(Request::from_parts(parts, body)).await;
        if let Some(cookie) = chosen {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    };
    let failure = response.extensions_mut().remove::<PageFailure>().or_else(|| {
        let status = response.status();
        is_bare(&response).then_some(match status {
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND => PageFailure::NotFound,
            _ => PageFailure::Unreadable,
        })
    });
    if let Some(failure) = failure {
        let status = response.status();
        let cookies: Vec<HeaderValue> =
            response.headers().get_all(SET_COOKIE).iter().cloned().collect();
        let shown = match &visit {
            Some(visit) => failure_page(visit, &failure, wants_page),
            None => bare(&it.app, language, &failure),
        };
        response = shown;
        if response.status() != StatusCode::SEE_OTHER {
            *response.status_mut() = status;
        }
        for cookie in cookies {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    if visit.is_some_and(|it| it.session.is_some()) {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The cookie that keeps the language which the address asks for.
fn chosen_language(query: &str) -> Option<HeaderValue> {
    let language = query
        .split('&')
        .find_map(|it| it.strip_prefix("langue="))
        .and_then(kernel::Language::from_code)?;
    let code = language.code();
    let cookie = format!("{LANGUAGE_COOKIE}={code}; Path=/; Max-Age=31536000; SameSite=Lax");
    HeaderValue::from_str(&cookie).ok()
}

/// The sentence of a failure alone, where no visitor could be recognised.
fn bare(app: &App, language: kernel::Language, failure: &PageFailure) -> Response {
    let mut sentence = app.tell(language, &failure.message());
    if let PageFailure::Broken(operation) = failure {
        let label = app.catalogue().say(language, "error-broken-number", &[]);
        sentence = format!("{sentence} {label} {operation}");
    }
    (failure.status(), sentence).into_response()
}

/// An answer that the framework gave by itself, in English words of its own.
fn is_bare(response: &Response) -> bool {
    let status = response.status();
    let plain = response
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|it| it.as_bytes().starts_with(b"text/plain"));
    (status.is_client_error() || status.is_server_error()) && plain
}

#[derive(Template)]
#[template(path = "not_found.html")]
struct NotFound {
    chrome: Chrome,
}

#[derive(Template)]
#[template(path = "denied.html")]
struct Denied {
    chrome: Chrome,
}

#[derive(Template)]
#[template(path = "refused.html")]
struct Refused {
    chrome: Chrome,
    message: String,
}

#[derive(Template)]
#[template(path = "broken.html")]
struct Broken {
    chrome: Chrome,
    operation: String,
}

fn failure_page(visit: &Visit, failure: &PageFailure, wants_page: bool) -> Response {
    let message = failure.message();
    let sentence = visit.app.tell(visit.language, &message);
    if !wants_page {
        let body = serde_json::json!({ "code": message.key, "message": sentence });
        return (failure.status(), axum::Json(body)).into_response();
    }
    let page = match failure {
        PageFailure::SignIn => {
            let place = if visit.locked_name.is_some() { "/deverrouiller" } else { "/connexion" };
            let target = format!("{place}?suite={}", encode(&visit.address()));
            return (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response();
        }
        PageFailure::NotFound => {
            NotFound { chrome: visit.chrome("error-not-found-title") }.render()
        }
        PageFailure::Denied => Denied { chrome: visit.chrome("error-denied-title") }.render(),
        PageFailure::Refused(_)
        | PageFailure::Unreadable
        | PageFailure::TooLarge(_)
        | PageFailure::TooSlow
        | PageFailure::Elsewhere => {
            Refused { chrome: visit.chrome("error-refused-title"), message: sentence.clone() }
                .render()
        }
        PageFailure::Broken(operation) => {
            Broken { chrome: visit.chrome("error-broken-title"), operation: operation.clone() }
                .render()
        }
    };
    match page {
        Ok(page) => (failure.status(), Html(page)).into_response(),
        Err(_) => (failure.status(), sentence).into_response(),
    }
}

/// The panic's own words went to the log; the person gets the page of any broken answer.
fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    PageFailure::from(kernel::Failure::told("a page stopped half-way")).into_response()
}

/// A text as a value in an address.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|it| match it {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(it).to_string()
            }
            _ => format!("%{it:02X}"),
        })
        .collect()
}
