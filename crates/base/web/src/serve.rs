//! From routes to a listening server: headers, limits, error pages.

use std::net::SocketAddr;
use std::time::Instant;

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
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

use crate::visit::LANGUAGE_COOKIE;
use crate::{App, Chrome, PageFailure, Routes, Visit, assets, form, routes};

/// A request body may be this long where a route does not say more: 2 MiB.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// Nothing from elsewhere, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' \
                      data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
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
        let service = self.service.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(self.listener, service).with_graceful_shutdown(until).await
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
    Ok(Listening { address: listener.local_addr()?, listener, service: router(app, routes) })
}

/// The whole service over these routes.
pub fn router(app: App, routes: Routes) -> Router {
    routes
        .into_router()
        .route("/assets/{name}", get(assets::asset))
        .fallback(async || PageFailure::NotFound)
        .layer(axum::extract::DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(app.clone(), dress))
        .layer(from_fn_with_state(app.clone(), routes::recognise))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(timed))
        .layer(CompressionLayer::new())
        .with_state(app)
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

/// Writes the page of a failure in the visitor's language, and the headers of every answer.
async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let wants_page = request
        .headers()
        .get(ACCEPT)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.contains("text/html"));
    let ours = form::is_ours(request.method(), request.headers());
    let chosen = request
        .uri()
        .query()
        .and_then(|it| it.split('&').find_map(|it| it.strip_prefix("langue=")))
        .and_then(kernel::Language::from_code);
    let mut response =
        if ours { next.run(request).await } else { PageFailure::Denied.into_response() };
    if let Some(failure) = response.extensions_mut().remove::<PageFailure>() {
        response = match &visit {
            Some(visit) => failure_page(visit, &failure, wants_page),
            None => (failure.status(), app.tell(kernel::Language::French, &told(&failure)))
                .into_response(),
        };
    } else if is_bare(&response) {
        let failure = match response.status() {
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND => PageFailure::NotFound,
            _ => PageFailure::Unreadable,
        };
        if let Some(visit) = &visit {
            let status = response.status();
            response = failure_page(visit, &failure, wants_page);
            *response.status_mut() = status;
        }
    }
    if let Some(language) = chosen {
        let cookie = format!(
            "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
            language.code()
        );
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    let signed_in = visit.is_some_and(|it| it.session.is_some());
    if signed_in || !headers.contains_key(CACHE_CONTROL) {
        let rule = if signed_in { "no-store" } else { "no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(rule));
    }
    response
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

fn told(failure: &PageFailure) -> kernel::Message {
    match failure {
        PageFailure::NotFound => kernel::Message::new("error-not-found-text"),
        PageFailure::Denied => kernel::Message::new("error-denied-text"),
        PageFailure::SignIn => kernel::Message::new("error-sign-in-text"),
        PageFailure::Refused(message) => message.clone(),
        PageFailure::Unreadable => kernel::Message::new("error-unreadable-text"),
        PageFailure::Broken(_) => kernel::Message::new("error-broken-text"),
    }
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
    let message = told(failure);
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
        PageFailure::Refused(_) | PageFailure::Unreadable => {
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

fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response<Body> {
    // The panic's own words went to the log; the person gets a plain page of the same kind.
    let failure = PageFailure::from(kernel::Failure::told("a page stopped half-way"));
    let number = if let PageFailure::Broken(it) = failure { it } else { String::new() };
    (StatusCode::INTERNAL_SERVER_ERROR, format!("Erreur interne – opération {number}"))
        .into_response()
}

/// A text as a value in an address.
pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|it| match it {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(it).to_string()
            }
            _ => format!("%{it:02X}"),
        })
        .collect()
}
