//! SYN-CRO and SYN-CNO in a first form: what the committee of a region or of the nation reads.
//!
//! Source: plans SYN-CRO and SYN-CNO of the standard documents. The children stand side by side in
//! alphabetical order: nothing is ranked.

use documents::{Block, Document};

use super::activity::{alert_counts, analysis, definitions, difficulties, key_indicator};
use super::blocks::{measures, paragraph, picture, units_by_measures};
use super::document;
use super::material::Material;
use crate::questionnaire::Level;

/// What differs between the two documents.
struct Plan {
    model: &'static str,
    key: &'static str,
    figures: &'static [&'static str],
    side_by_side: &'static [&'static str],
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
    drawn: &["I040", "I082", "I130"],
    sections: &["figures", "side", "gaps", "cooperation", "quality", "analysis", "annex"],
};

fn plan(level: Level) -> &'static Plan {
    if level == Level::Nation { &NATION } else { &REGION }
}

/// All the codes of measures that the synthesis of this level shows.
pub(crate) fn measures_of(level: Level) -> Vec<&'static str> {
    let plan = plan(level);
    let more =
        ["I163", "I164", "I182", "I183", "COO_PART", "COO_ACT", "COO_ENG", "COO_RECU", "COO_JUST"];
    let mut codes: Vec<&str> =
        plan.figures.iter().chain(plan.side_by_side).chain(plan.drawn).copied().collect();
    codes.extend(more);
    codes.sort_unstable();
    codes.dedup();
    codes
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
        "figures" => vec![
            Block::KeyFigures(
                plan.figures.iter().take(4).map(|it| key_indicator(material, it)).collect(),
            ),
            Block::Table(measures(material, say.t("report-figures-caption"), plan.figures)),
        ],
        "side" => {
            let table = units_by_measures(
                material,
                say.t("report-side-caption"),
                plan.side_by_side,
                &children,
            );
            let mut blocks = vec![Block::Table(table.note(say.t("report-alphabetical")))];
            for code in plan.side_by_side.iter().take(2) {
                blocks.extend(picture(material, code, &children));
            }
            blocks
        }
        "maps" => {
            let mut blocks: Vec<Block> =
                plan.drawn.iter().flat_map(|it| picture(material, it, &communes)).collect();
            if !communes.iter().any(|it| land.outlines.contains_key(*it)) {
                let place = [("place", material.name().to_owned())];
                blocks.insert(0, paragraph(say.with("analysis-no-map", &place)));
            }
            blocks
        }
        "gaps" => vec![Block::Table(spread(material, plan.side_by_side, &communes))],
        "quality" => {
            let caption = say.t("report-quality-caption");
            let table = units_by_measures(material, caption, &["I182", "I183"], &children);
            vec![paragraph(alert_counts(material)), Block::Table(table)]
        }
        "cooperation" => {
            let codes = ["COO_PART", "COO_ACT", "COO_ENG", "COO_RECU", "COO_JUST", "I163", "I164"];
            vec![Block::Table(measures(material, say.t("report-cooperation-caption"), &codes))]
        }
        "analysis" => analysis(material),
        "recommendations" => difficulties(material),
        _ => vec![Block::Table(definitions(material, &measures_of(material.ground.level())))],
    }
}

/// How the communes spread: least, quartiles, most. Never a mean of rates.
fn spread(material: &Material<'_>, codes: &[&str], communes: &[&str]) -> documents::Table {
    use documents::{Align, Table};
    let say = &material.say;
    let mut table = Table::new(say.t("report-gaps-caption")).column(
        say.t("report-col-measure"),
        Align::Start,
        6,
    );
    for key in ["least", "quarter", "middle", "three-quarters", "most", "known"] {
        table = table.column(say.t(&format!("report-col-{key}")), Align::End, 2);
    }
    for it in codes.iter().filter_map(|it| material.measure(it)) {
        let mut values: Vec<_> =
            communes.iter().filter_map(|unit| material.value(it, unit, 0)).collect();
        values.sort_unstable();
        let rank = |share: usize| {
            let at = (values.len().saturating_sub(1) * share + 2) / 4;
            say.number(values.get(at).copied())
        };
        let mut row = vec![material.label(it)];
        row.extend((0..=4).map(rank));
        row.push(format!("{}/{}", values.len(), communes.len()));
        table = table.row(row);
    }
    table
}
