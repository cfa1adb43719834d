//! The edge towards the browser: the application that handlers share, who visits, the shell of
//! pages, the catalogue of words, and the pages that any post has (sign-in, people, components).

mod accounts;
mod app;
mod assets;
mod catalogue;
mod chrome;
mod components;
mod connection;
mod failure;
mod form;
mod panels;
mod place;
mod plain;
mod receive;
mod rooms;
mod routes;
mod serve;
mod upload;
mod visit;

pub use app::{App, Fill, PaperWriter, PdfWriter, PictureWriter, Shell};
pub use catalogue::{Catalogue, CatalogueError};
pub use chrome::{Chrome, MenuItem, ViewerCard};
pub use failure::PageFailure;
pub use form::Form;
pub use panels::{Duties, Duty, OfPlace, Panel, Reader, all_duties};
pub use plain::is_plain;
pub use rooms::Room;
pub use routes::{Access, Routes};
pub use serve::{Listening, encode, listen, router};
pub use upload::{Sent, Waiting};
pub use visit::Visit;

/// The pages that any post has: sign-in, people, components.
pub fn routes() -> Routes {
    accounts::routes().and(components::routes())
}

/// The words of the shell and of the pages on people, each as (French, English).
pub fn words() -> [(&'static str, &'static str); 2] {
    [
        (include_str!("words/fr.ftl"), include_str!("words/en.ftl")),
        (include_str!("words/accounts.fr.ftl"), include_str!("words/accounts.en.ftl")),
    ]
}
