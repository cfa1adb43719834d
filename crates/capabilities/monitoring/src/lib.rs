//! Monitoring of local governments (OISE): a questionnaire, its values, their control and results.
//!
//! The engine (`questionnaire`, `values`, `control`, `results`, `aggregation`) is pure: it reads the
//! questionnaire that the program ships and values in memory, and knows neither pages nor storage.
//! `store` keeps what is typed and filed; `circuit` passes it on; `entry` is how people type it,
//! `paper` how they write it without a machine, `takeover` how the past comes in.
//!
//! What was filed is answered from memory by `cube`, which `explorer` and the door for programs
//! ask; `analysis` computes results one by one and is its reference. `reports`, `opendata` and
//! `national` send them back down; `crosscheck` holds them against another service's.

pub mod aggregation;
pub mod analysis;
pub mod circuit;
pub mod control;
pub mod crosscheck;
pub mod cube;
pub mod entry;
pub mod explorer;
pub mod national;
mod of_place;
mod opendata;
pub mod paper;
pub mod questionnaire;
pub mod reports;
pub mod results;
mod rooms;
pub mod store;
pub mod support;
pub mod takeover;
pub mod values;

#[cfg(test)]
mod testing;

pub use circuit::{ExampleError, duties, example, exercise};
pub use of_place::of_place;
pub use store::fold;

/// The addresses of monitoring.
pub fn routes() -> web::Routes {
    routes_offering(entry::nothing_offered)
}

/// The addresses of monitoring; beside the fields of a form, what another part of the product
/// counts of the same things.
pub fn routes_offering(offer: entry::Offer) -> web::Routes {
    rooms::routes()
        .and(entry::routes(offer))
        .and(circuit::routes())
        .and(analysis::routes())
        .and(cube::routes())
        .and(questionnaire::pages::routes())
        .and(paper::routes())
        .and(crosscheck::routes())
        .and(support::routes())
        .and(national::routes())
}

/// Its words, each as (French, English).
pub fn words() -> Vec<(&'static str, &'static str)> {
    vec![
        explorer::words(),
        (include_str!("engine.fr.ftl"), include_str!("engine.en.ftl")),
        (include_str!("fr.ftl"), include_str!("en.ftl")),
        (include_str!("circuit/fr.ftl"), include_str!("circuit/en.ftl")),
        (include_str!("circuit/plan.fr.ftl"), include_str!("circuit/plan.en.ftl")),
        support::words(),
        national::words(),
        analysis::words(),
        crosscheck::words(),
        (include_str!("entry/foreign.fr.ftl"), include_str!("entry/foreign.en.ftl")),
        reports::words(),
        questionnaire::pages::words(),
        (include_str!("rooms.fr.ftl"), include_str!("rooms.en.ftl")),
        paper::words(),
        (include_str!("cube.fr.ftl"), include_str!("cube.en.ftl")),
    ]
}
