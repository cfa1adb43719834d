//! The body of a request arrives whole, short enough and in time, before an act begins.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::PageFailure;

/// The body of a form may be this long: 2 MiB.
pub(crate) const FORM_BYTES: usize = 2 * 1024 * 1024;
/// The body of a form must be here within this time: 60 s.
pub(crate) const FORM_TIME: Duration = Duration::from_secs(60);
/// A file must be here within this time: half an hour, for 64 MiB on a line of 300 kbit/s.
pub(crate) const FILE_TIME: Duration = Duration::from_secs(30 * 60);
/// So many bytes beyond the limit are still read, and forgotten: a browser shows no answer before
/// it has sent all.
const PATIENCE_BYTES: usize = 16 * 1024 * 1024;

/// Takes the body in, then goes on. Stands within the guard of the address: nobody who may not come
/// in makes the machine keep bytes.
pub(crate) async fn receive(
    most: usize,
    within: Duration,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(within, read(body, most)).await {
        Err(_) => PageFailure::TooSlow.into_response(),
        Ok(Err(failure)) => failure.into_response(),
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
    }
}

async fn read(mut body: Body, most: usize) -> Result<Vec<u8>, PageFailure> {
    let mut bytes = Vec::new();
    let mut count = 0_usize;
    while let Some(frame) = poll_fn(|it| Pin::new(&mut body).poll_frame(it)).await {
        let Ok(data) = frame.map_err(|_| PageFailure::Unreadable)?.into_data() else { continue };
        count = count.saturating_add(data.len());
        if count <= most {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
        }
        if most.saturating_add(PATIENCE_BYTES) < count {
            break;
        }
    }
    if count <= most { Ok(bytes) } else { Err(PageFailure::TooLarge(most)) }
}
