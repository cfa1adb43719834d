//! Forms: read once, and only when they come from a page of ours.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use kernel::Message;
use serde::de::DeserializeOwned;

use crate::plain::is_plain_sent;
use crate::{App, PageFailure, Visit};

/// The fields of a form, once its token was found to be this session's.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = PageFailure;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageFailure> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, body);
        let axum::extract::RawForm(bytes) = axum::extract::RawForm::from_request(request, &())
            .await
            .map_err(|_| PageFailure::Unreadable)?;
        if let Some(session) = &visit.session {
            let expected = format!("jeton={}", app.token(session));
            let carries = bytes.split(|it| *it == b'&').any(|it| it == expected.as_bytes());
            if !carries {
                return Err(PageFailure::Denied);
            }
        }
        if !is_plain_sent(&bytes) {
            return Err(PageFailure::Refused(Message::new("error-control-signs")));
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| PageFailure::Unreadable)?;
        serde_urlencoded::from_str(text).map(Self).map_err(|_| PageFailure::Unreadable)
    }
}

/// Whether a request that may change something comes from a page of this same address.
///
/// Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`); a program that sends
/// neither holds no cookie of a person either.
pub(crate) fn is_ours(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |it: &str| headers.get(it).and_then(|it| it.to_str().ok()).map(str::to_owned);
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site.as_str(), "same-origin" | "none");
    }
    match (text(ORIGIN.as_str()), text(HOST.as_str())) {
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, it)| it.eq_ignore_ascii_case(&host))
        }
        (Some(_), None) => false,
        (None, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_site_is_not_ours() {
        for (headers, expected) in [
            (vec![], true),
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("origin", "http://127.0.0.1:8400"), ("host", "127.0.0.1:8400")], true),
            (vec![("origin", "http://elsewhere"), ("host", "127.0.0.1:8400")], false),
            (vec![("origin", "null"), ("host", "127.0.0.1:8400")], false),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in &headers {
                map.insert(*name, value.parse().unwrap());
            }
            assert_eq!(is_ours(&Method::POST, &map), expected, "{headers:?}");
            assert!(is_ours(&Method::GET, &map));
        }
    }
}
