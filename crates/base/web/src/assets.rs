//! The few files that pages need, inside the program.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// The look: ours, then the colours of charts and maps.
static STYLE: LazyLock<String> =
    LazyLock::new(|| format!("{}\n{}", include_str!("../assets/style.css"), graphics::STYLESHEET));

const FILES: &[(&str, &str, &str)] = &[
    ("favicon.svg", "image/svg+xml", include_str!("../assets/favicon.svg")),
    ("formula.js", "text/javascript; charset=utf-8", include_str!("../assets/formula.js")),
    ("grid.js", "text/javascript; charset=utf-8", include_str!("../assets/grid.js")),
    ("observe.js", "text/javascript; charset=utf-8", include_str!("../assets/observe.js")),
    ("enter.js", "text/javascript; charset=utf-8", include_str!("../assets/enter.js")),
    ("scan.js", "text/javascript; charset=utf-8", include_str!("../assets/scan.js")),
];

/// An asset by its name.
pub(crate) async fn asset(Path(name): Path<String>) -> Response {
    if name == "style.css" {
        let headers =
            [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
        return (headers, STYLE.as_str()).into_response();
    }
    match FILES.iter().find(|it| it.0 == name) {
        Some((_, kind, text)) => {
            ([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "public, max-age=3600")], *text)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
