//! RAP-CCC: the activity report of the centre of a cercle, in its fourteen sections.
//!
//! Source: plan RAP-CCC of the standard documents; the guide asks for « rapports d'activités
//! standardisés » made by the program and gives no plan of its own.

mod annexes;
mod centre;
mod collection;
mod cooperation;
mod councils;
mod services;
mod texts;

use documents::{Block, Document};

use super::document;
use super::material::Material;

pub(crate) use annexes::definitions;
pub(crate) use collection::{alert_counts, key_indicator};
pub(crate) use texts::analysis;

/// The model and its version, printed at the foot of each page.
pub(crate) const MODEL: &str = "RAP-CCC 1.0";

/// The fourteen sections, in the order of the plan: the end of the key of each title.
pub(crate) const SECTIONS: [&str; 14] = [
    "identity",
    "highlights",
    "collection",
    "support",
    "training",
    "brokering",
    "councils",
    "services",
    "cooperation",
    "centre",
    "analysis",
    "difficulties",
    "annexes",
    "visa",
];

/// The report.
pub(crate) fn report(material: &Material<'_>) -> Document {
    let say = &material.say;
    let mut blocks = Vec::new();
    for (at, section) in SECTIONS.iter().enumerate() {
        let title = say.t(&format!("report-ccc-{section}"));
        blocks.push(Block::Heading(1, format!("{}. {title}", at + 1)));
        blocks.extend(body(material, section));
    }
    document::finished(material, MODEL, "report-ccc", blocks)
}

fn body(material: &Material<'_>, section: &str) -> Vec<Block> {
    match section {
        "identity" => collection::identity(material),
        "highlights" => texts::highlights(material),
        "collection" => collection::state(material),
        "support" => centre::support(material),
        "training" => centre::training(material),
        "brokering" => centre::brokering(material),
        "councils" => councils::life(material),
        "services" => services::services(material),
        "cooperation" => cooperation::cooperation(material),
        "centre" => centre::running(material),
        "analysis" => texts::analysis(material),
        "difficulties" => texts::difficulties(material),
        "annexes" => annexes::annexes(material),
        _ => annexes::visa(material),
    }
}

/// The parts that hold values: the end of the key of the title, the codes of the measures.
pub(crate) fn parts() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("collection", &["I182", "I183"]),
        ("support", &["CCC_DEM", "CCC_APP", "I181", "CCC_VISITES"]),
        ("training", &["FOR_SESS", "FOR_PART", "FOR_JOURS", "FOR_COUT", "I031"]),
        ("brokering", &["CCC_PREST", "CCC_PREST_MT"]),
        (
            "councils",
            &[
                "EDI_SESS_ORD",
                "EDI_DELIB",
                "EDI_DELIB_TRANS",
                "EDI_RESTIT",
                "I130",
                "I136",
                "I150",
                "COO_PART",
                "COO_ACT",
                "I160",
            ],
        ),
        ("services", &["I040", "I041", "I045", "I060", "I063", "I080", "I082", "I101", "I120"]),
        (
            "cooperation",
            &["COO_PART", "COO_CONV", "COO_ACT", "I160", "I161", "COO_RECU", "I165", "COO_MISS"],
        ),
        ("centre", &["CCC_CT", "CCC_ADH", "I180", "CCC_COTIS", "CCC_ORI", "I184"]),
        ("annexes", &["I047", "I081", "I132", "I133"]),
    ]
}
