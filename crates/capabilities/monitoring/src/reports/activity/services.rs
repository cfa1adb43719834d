//! Section 8: services to the people, with the quarter before and the year before, and where.

use documents::Block;

use crate::reports::blocks::{measures, measures_by_units, paragraph, picture};
use crate::reports::material::Material;

const CODES: [&str; 9] = ["I040", "I041", "I045", "I060", "I063", "I080", "I082", "I101", "I120"];
/// Those that are drawn: access to care, working water points.
const DRAWN: [&str; 2] = ["I040", "I082"];

pub(super) fn services(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let land = &material.sight.computed.land;
    let communes = land.communes(material.place());
    let mut blocks = vec![Block::Table(
        measures(material, say.t("report-services-caption"), &CODES).note(say.t("analysis-nd")),
    )];
    let has_outlines = communes.iter().any(|it| land.outlines.contains_key(*it));
    if !has_outlines {
        blocks
            .push(paragraph(say.with("analysis-no-map", &[("place", material.name().to_owned())])));
    }
    for code in DRAWN {
        blocks.extend(picture(material, code, &communes));
    }
    let by_commune =
        measures_by_units(material, &say.t("report-services-communes"), &CODES, &communes);
    blocks.push(Block::Table(by_commune));
    blocks
}
