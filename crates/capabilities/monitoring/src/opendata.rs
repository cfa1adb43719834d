//! Open data: each published quarter as a dataset with its dictionary, its licence, its hash and
//! an address that stays (J4.7, J10.5). A Frictionless Data Package in a ZIP whose bytes are the
//! same each time; a small DCAT catalogue for the portals that gather others.

mod dataset;
mod page;

pub(crate) use dataset::make;
pub(crate) use page::{href, routes};
