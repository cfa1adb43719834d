//! The page of the components, `/composants`: every piece of the look, in all its states.

use askama::Template;
use axum::response::Response;

use crate::{Access, Chrome, PageFailure, Routes, Visit};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/composants", Access::Public, show)
}

#[derive(Template)]
#[template(path = "composants.html")]
struct View {
    chrome: Chrome,
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    let chrome = visit.chrome("components-title").with_invented(true);
    visit.page(&View { chrome })
}
