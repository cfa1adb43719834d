//! By which name this machine is addressed.
//!
//! A page of another site can make its own name point to 127.0.0.1 (DNS rebinding) and then talk to
//! the program on the visitor's machine. The name in the request gives it away: a program that
//! listens on this machine alone answers to this machine's own names alone.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{FORWARDED, HOST, HeaderName, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use kernel::Message;

use crate::PageFailure;

/// The headers by which proxies say for whom they ask.
const FORWARDING: [HeaderName; 4] = [
    FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-real-ip"),
];

/// Whether the request addresses this machine by a name of its own.
pub(crate) fn is_addressed_here(uri: &Uri, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let named = match (hosts.next(), hosts.next()) {
        (Some(it), None) => it.to_str().is_ok_and(is_loopback),
        _ => false,
    };
    named && uri.authority().is_none_or(|it| is_loopback(it.as_str()))
}

/// Whether a host, with or without a port, is a name of the machine itself.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, port)) if is_port(port) => name,
            _ => return false,
        },
        None => match host.split_once(':') {
            Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
            Some(_) => return false,
            None => host,
        },
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|it| it.to_canonical().is_loopback())
}

fn is_port(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix(':').is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()))
}

/// A proof that the request was made at this machine, by hand: no proxy stands in between. What
/// opens an empty post asks for it, since whoever does it from elsewhere would own the post.
pub(crate) struct AtTheMachine;

impl<S: Sync> FromRequestParts<S> for AtTheMachine {
    type Rejection = PageFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageFailure> {
        let near = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .is_some_and(|it| it.0.ip().to_canonical().is_loopback());
        let forwarded = FORWARDING.iter().any(|it| parts.headers.contains_key(it));
        // A proxy that passes on neither the name nor its client still passes on what the browser
        // says of its page.
        let from_here = parts.headers.get(ORIGIN).is_none_or(|it| {
            it.to_str().ok().and_then(|it| it.split_once("://")).is_some_and(|it| is_loopback(it.1))
        });
        if near && from_here && !forwarded && is_addressed_here(&parts.uri, &parts.headers) {
            Ok(Self)
        } else {
            Err(PageFailure::Refused(Message::new("setup-not-here")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_post_is_opened_at_its_machine_only() {
        let own = ("host", "127.0.0.1:8400");
        for (peer, headers, expected) in [
            ("127.0.0.1:5000", vec![own], true),
            ("[::1]:5000", vec![("host", "localhost:8400")], true),
            ("127.0.0.1:5000", vec![own, ("origin", "http://127.0.0.1:8400")], true),
            ("192.168.1.20:5000", vec![own], false),
            ("127.0.0.1:5000", vec![("host", "poste.example")], false),
            ("127.0.0.1:5000", vec![own, ("origin", "https://poste.example")], false),
            ("127.0.0.1:5000", vec![own, ("origin", "null")], false),
            ("127.0.0.1:5000", vec![own, ("x-forwarded-for", "203.0.113.7")], false),
            ("127.0.0.1:5000", vec![own, ("forwarded", "for=203.0.113.7")], false),
            ("127.0.0.1:5000", vec![], false),
        ] {
            let mut request = axum::extract::Request::new(());
            let peer: SocketAddr = peer.parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(peer));
            for (name, value) in &headers {
                request.headers_mut().insert(*name, value.parse().unwrap());
            }
            let (mut parts, ()) = request.into_parts();
            let proof = AtTheMachine::from_request_parts(&mut parts, &()).await;
            assert_eq!(proof.is_ok(), expected, "{peer} {headers:?}");
        }
    }

    #[test]
    fn the_machine_knows_its_own_names() {
        for (host, own) in [
            ("localhost", true),
            ("LOCALHOST:8400", true),
            ("127.0.0.1:8400", true),
            ("127.0.0.1", true),
            ("[::1]:8400", true),
            ("[::1]", true),
            ("ailleurs.example:8400", false),
            ("localhost.ailleurs.example", false),
            ("127.0.0.1.ailleurs.example", false),
            ("127.0.0.1:80@ailleurs", false),
            ("[::1]ailleurs", false),
            ("192.168.1.20:8400", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().unwrap());
            assert_eq!(is_addressed_here(&Uri::from_static("/"), &headers), own, "{host}");
        }
        assert!(!is_addressed_here(&Uri::from_static("/"), &HeaderMap::new()));
        let mut headers = HeaderMap::new();
        headers.insert(HOST, "localhost".parse().unwrap());
        assert!(!is_addressed_here(&Uri::from_static("http://ailleurs/"), &headers));
    }
}
