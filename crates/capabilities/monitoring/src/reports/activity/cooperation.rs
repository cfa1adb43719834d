//! Section 9: decentralised cooperation.

use documents::Block;

use crate::reports::blocks::{measures, note, paragraph, units_by_measures};
use crate::reports::material::Material;

const CODES: [&str; 8] =
    ["COO_PART", "COO_CONV", "COO_ACT", "I160", "I161", "COO_RECU", "I165", "COO_MISS"];

pub(super) fn cooperation(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let place = material.place();
    let told = |code: &str| {
        material.measure(code).map(|it| material.told(it, place, 0)).unwrap_or_default()
    };
    if material.value_of("COO_PART", place).is_none() {
        return vec![paragraph(say.t("report-form-empty"))];
    }
    let sentence = say.with(
        "report-cooperation-sentence",
        &[
            ("partnerships", told("COO_PART")),
            ("agreements", told("COO_CONV")),
            ("actions", told("COO_ACT")),
            ("planned", told("I160")),
            ("received", told("COO_RECU")),
        ],
    );
    let communes = material.sight.computed.land.communes(place);
    let by_commune = units_by_measures(
        material,
        say.t("report-cooperation-communes"),
        &["COO_PART", "COO_CONV", "COO_ACT", "COO_MISS", "COO_RECU"],
        &communes,
    );
    vec![
        paragraph(sentence),
        Block::Table(measures(material, say.t("report-cooperation-caption"), &CODES)),
        Block::Table(by_commune),
        note(say.t("report-by-hand-title"), say.t("report-by-hand-text")),
    ]
}
