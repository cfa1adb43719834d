//! SYN-CRO and SYN-CNO: what the committee of a region or of the nation reads.
//!
//! Source: plans SYN-CRO and SYN-CNO of the standard documents. The children stand side by side in
//! alphabetical order: nothing is ranked.

mod quality;
mod spread;

use documents::{Block, Document};

use super::activity::{analysis, key_indicator};
use super::blocks::{bars_of, measures, paragraph, picture, recommendations, units_by_measures};
use super::kind::Kind;
use super::material::Material;
use super::{document, partners_block, quoted};
use crate::questionnaire::Level;

/// What differs between the two documents.
struct Plan {
    model: &'static str,
    key: &'static str,
    figures: &'static [&'static str],
    side_by_side: &'static [&'static str],
    charted: &'static [&'static str],
    drawn: &'static [&'static str],
    sections: &'static [&'static str],
}

const REGION: Plan = Plan {
    model: "SYN-CRO 1.0",
    key: "report-cro",
    figures: &[
        "I010", "I015", "I017", "I018", "I040", "I044", "I045", "I060", "I062", "I064", "I080",
        "I082", "I101", "I120", "I130", "I132", "I136", "I150", "I160", "I162",
    ],
    side_by_side: &["I015", "I081", "I082", "I130", "I136", "I150", "I160"],
    charted: &["I130"],
    drawn: &["I040", "I082", "I130"],
    sections: &["figures", "side", "maps", "quality", "analysis", "cooperation", "recommendations"],
};

const NATION: Plan = Plan {
    model: "SYN-CNO 1.0",
    key: "report-cno",
    figures: &[
        "I010", "I015", "I018", "I040", "I045", "I060", "I062", "I081", "I082", "I120", "I130",
        "I132", "I136", "I150", "I160", "I161", "I162", "I165",
    ],
    side_by_side: &["I015", "I040", "I060", "I081", "I130", "I136", "I150", "I160"],
    charted: &["I130"],
    drawn: &[],
    sections: &["figures", "side", "gaps", "cooperation", "quality", "analysis", "annex"],
};

fn plan(level: Level) -> &'static Plan {
    if level == Level::Nation { &NATION } else { &REGION }
}

/// What the sections on cooperation and quality count.
const COOPERATION: [&str; 7] =
    ["COO_PART", "COO_ACT", "COO_ENG", "COO_RECU", "COO_JUST", "I163", "I164"];
const QUALITY: [&str; 2] = ["I182", "I183"];

/// The parts of the synthesis of this level that hold values: the key of the title, the codes.
pub(crate) fn parts(level: Level) -> Vec<(String, Vec<&'static str>)> {
    let plan = plan(level);
    let mut parts: Vec<(&str, &[&str])> =
        vec![("figures", plan.figures), ("side", plan.side_by_side)];
    if !plan.drawn.is_empty() {
        parts.push(("maps", plan.drawn));
    }
    parts.push(("quality", &QUALITY));
    parts.push(("cooperation", &COOPERATION));
    parts.into_iter().map(|(it, codes)| (format!("{}-{it}", plan.key), codes.to_vec())).collect()
}

/// The synthesis of a region or of the nation.
pub(crate) fn report(material: &Material<'_>) -> Document {
    let plan = plan(material.ground.level());
    let say = &material.say;
    let mut blocks = Vec::new();
    for (at, section) in plan.sections.iter().enumerate() {
        let title = say.t(&format!("{}-{section}", plan.key));
        blocks.push(Block::Heading(1, format!("{}. {title}", at + 1)));
        blocks.extend(body(material, plan, section));
    }
    document::finished(material, plan.model, plan.key, blocks)
}

fn body(material: &Material<'_>, plan: &Plan, section: &str) -> Vec<Block> {
    let say = &material.say;
    let land = &material.sight.computed.land;
    let children = land.children(material.place());
    let communes = land.communes(material.place());
    match section {
        "figures" => {
            let figures = plan.figures.iter().map(|it| key_indicator(material, it)).collect();
            vec![Block::KeyFigures(figures)]
        }
        "side" => {
            let caption = say.t("report-side-caption");
            let table = units_by_measures(material, caption, plan.side_by_side, &children);
            let table = table.note(say.t("report-alphabetical")).note(say.t("analysis-nd"));
            let mut blocks = vec![Block::Table(table)];
            blocks.extend(plan.charted.iter().flat_map(|it| bars_of(material, it, &children)));
            blocks
        }
        "maps" => {
            let mut blocks: Vec<Block> =
                plan.drawn.iter().flat_map(|it| drawn(material, it, &communes)).collect();
            if !communes.iter().any(|it| land.outlines.contains_key(*it)) {
                let place = [("place", material.name().to_owned())];
                blocks.insert(0, paragraph(say.with("analysis-no-map", &place)));
            }
            blocks
        }
        "gaps" => spread::blocks(material, plan.side_by_side, &communes),
        "quality" => quality::blocks(material, &children, &communes),
        "cooperation" => cooperation(material, &children),
        "analysis" => {
            let mut blocks = analysis(material);
            blocks.extend(quoted::blocks(material));
            if material.ground.level() == Level::Nation {
                blocks.extend(recommendations(material));
            }
            blocks
        }
        "recommendations" => recommendations(material),
        _ => quality::annex(material, &Kind::Cno.measures()),
    }
}

/// A map of the communes, or a line that says why there is none.
fn drawn(material: &Material<'_>, code: &str, communes: &[&str]) -> Vec<Block> {
    let Some(measure) = material.measure(code) else { return Vec::new() };
    let known = communes.iter().filter(|it| material.value(measure, it, 0).is_some()).count();
    if 1 < known {
        return picture(material, code, communes);
    }
    let arguments = [("indicator", material.label(measure)), ("count", known.to_string())];
    vec![paragraph(material.say.with("report-map-few", &arguments))]
}

fn cooperation(material: &Material<'_>, children: &[&str]) -> Vec<Block> {
    let caption = material.say.t("report-cooperation-caption");
    let mut blocks = vec![Block::Table(measures(material, caption, &COOPERATION))];
    if material.ground.level() == Level::Nation {
        blocks.extend(quality::by_origin(material));
        blocks.extend(picture(material, "I160", children));
    }
    blocks.extend(partners_block::counts(material));
    blocks
}
