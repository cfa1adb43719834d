//! The few files that pages need, inside the program.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

const FILES: &[(&str, &str, &str)] = &[
    ("style.css", "text/css; charset=utf-8", include_str!("../assets/style.css")),
    ("favicon.svg", "image/svg+xml", include_str!("../assets/favicon.svg")),
    ("grid.js", "text/javascript; charset=utf-8", include_str!("../assets/grid.js")),
];

/// An asset by its name.
pub(crate) async fn asset(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|it| it.0 == name) {
        Some((_, kind, text)) => {
            ([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "public, max-age=3600")], *text)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
