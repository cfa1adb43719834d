//! SYN-CLO: what the committee of a cercle reads and decides on, in four pages.
//!
//! Source: plan SYN-CLO of the standard documents. The communes stand side by side in alphabetical
//! order: nothing is ranked.

use documents::{Align, Block, Document, List, Table, Text};

use super::activity::{definitions, key_indicator};
use super::blocks::{measures as table_of, paragraph, picture, recommendations, units_by_measures};
use super::kind::Kind;
use super::material::{Material, Measure};
use super::{document, partners_block, quoted};

/// The model and its version, printed at the foot of each page.
const MODEL: &str = "SYN-CLO 1.0";

/// The ten figures of the cercle.
pub(crate) const FIGURES: [&str; 10] =
    ["I015", "I017", "I040", "I060", "I081", "I082", "I120", "I130", "I150", "I160"];
/// The communes side by side.
pub(crate) const SIDE: [&str; 5] = ["I015", "I018", "I081", "I130", "I150"];
/// What became of the recommendations, as the return of the cercle counts them.
const FOLLOWED: [&str; 3] = ["CCC_RECO", "CCC_RECO_EX", "I184"];
const COOPERATION: [&str; 5] = ["COO_PART", "COO_CONV", "COO_ACT", "COO_ESPACE", "I160"];
/// The state of water points: those broken down on the last day of the quarter.
const WATER: &str = "I082";

/// The sections: the end of the key of each title.
pub(crate) const SECTIONS: [&str; 5] =
    ["figures", "side", "decisions", "recommendations", "cooperation"];

/// The parts that hold values: the end of the key of the title, the codes of the measures.
pub(crate) fn parts() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("figures", &FIGURES),
        ("side", &SIDE),
        ("recommendations", &FOLLOWED),
        ("cooperation", &COOPERATION),
    ]
}

/// The synthesis.
pub(crate) fn report(material: &Material<'_>) -> Document {
    let say = &material.say;
    let mut blocks = Vec::new();
    for (at, section) in SECTIONS.iter().enumerate() {
        let title = say.t(&format!("report-clo-{section}"));
        blocks.push(Block::Heading(1, format!("{}. {title}", at + 1)));
        blocks.extend(body(material, section));
    }
    blocks.push(Block::Heading(1, say.t("report-annex-definitions")));
    blocks.push(Block::Table(definitions(material, &Kind::Clo.measures())));
    document::finished(material, MODEL, "report-clo", blocks)
}

fn body(material: &Material<'_>, section: &str) -> Vec<Block> {
    let say = &material.say;
    let communes = material.sight.computed.land.communes(material.place());
    match section {
        "figures" => {
            vec![Block::KeyFigures(FIGURES.iter().map(|it| key_indicator(material, it)).collect())]
        }
        "side" => {
            let caption = say.t("report-clo-side-caption");
            let table = units_by_measures(material, caption, &SIDE, &communes);
            let mut blocks = vec![Block::Table(
                table.note(say.t("report-alphabetical")).note(say.t("analysis-nd")),
            )];
            blocks.extend(picture(material, WATER, &communes));
            blocks
        }
        "decisions" => {
            let mut blocks = decisions(material, &communes);
            blocks.extend(quoted::blocks(material));
            blocks
        }
        "recommendations" => {
            let mut blocks = recommendations(material);
            if material.value_of("CCC_RECO", material.place()).is_some() {
                let caption = say.t("report-clo-followed");
                blocks.push(Block::Table(table_of(material, caption, &FOLLOWED)));
            }
            blocks
        }
        _ => cooperation(material),
    }
}

/// Indicators at or beyond their threshold of attention, communes without data for two quarters,
/// works out of order.
fn decisions(material: &Material<'_>, communes: &[&str]) -> Vec<Block> {
    use crate::questionnaire::Direction;
    let say = &material.say;
    let place = material.place();
    let mut items: Vec<Text> = Vec::new();
    for code in FIGURES {
        let Some(Measure::Indicator(number, indicator)) = material.measure(code) else { continue };
        let (Some(value), Some(watch)) = (material.sight.value(number, place), indicator.watch)
        else {
            continue;
        };
        let calls = match indicator.direction {
            Direction::Up | Direction::TowardsOne => value < watch,
            Direction::Down => watch < value,
            Direction::Neutral => false,
        };
        if calls {
            let told = say.with(
                "report-clo-watch",
                &[
                    ("value", say.value(indicator, Some(value))),
                    ("watch", say.value(indicator, Some(watch))),
                ],
            );
            let name = indicator.label.say(say.language).to_owned();
            items.push(Text::default().bold(name).plain(format!("{}{told}", colon(say.language))));
        }
    }
    let silent: Vec<&str> = communes
        .iter()
        .filter(|unit| silent(material, unit))
        .map(|it| material.unit_name(it))
        .collect();
    if !silent.is_empty() {
        items.push(say.with("report-clo-silent", &[("names", say.list(&silent))]).into());
    }
    items.extend(broken(material));
    if items.is_empty() {
        return vec![paragraph(say.t("report-clo-nothing"))];
    }
    vec![Block::List(List { ordered: false, items }), paragraph(say.t("report-clo-watch-note"))]
}

fn colon(language: kernel::Language) -> &'static str {
    match language {
        kernel::Language::French => "\u{a0}: ",
        kernel::Language::English => ": ",
    }
}

/// No value of the quarter nor of the one before.
fn silent(material: &Material<'_>, unit: &str) -> bool {
    let held = material.values.of(unit);
    [0, -1].into_iter().all(|back| {
        let period = kernel::Period::Quarter(material.quarter.plus(back));
        held.is_none_or(|it| it.period(period).next().is_none())
    })
}

/// Water points broken down at the end of the quarter and already at the end of the one before:
/// out of order for more than ninety days as far as two returns can tell.
fn broken(material: &Material<'_>) -> Option<Text> {
    let say = &material.say;
    let Some(Measure::Element(number, element)) = material.measure("HYD_PE") else { return None };
    let mut cells = crate::questionnaire::Cells::all(number, element);
    cells.cells.retain(|cell| {
        let id = crate::questionnaire::CellId { element: number, cell: *cell };
        material.questionnaire.cell_options(id).any(|it| it.1.code == "PANNE")
    });
    let place = material.place();
    let now = material.cells(place, &cells, material.quarter).value?;
    let before = material.cells(place, &cells, material.quarter.plus(-1)).value?;
    let long = now.min(before);
    let told = say.with(
        "report-clo-broken",
        &[("now", say.number(Some(now))), ("long", say.number(Some(long)))],
    );
    (!now.is_zero()).then(|| told.into())
}

fn cooperation(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let caption = say.t("report-cooperation-caption");
    let mut blocks = vec![Block::Table(table_of(material, caption, &COOPERATION))];
    blocks.extend(partners_block::list(material));
    let mut table = Table::new(say.t("report-clo-next"))
        .column(say.t("report-col-item"), Align::Start, 3)
        .column(say.t("report-clo-to-write"), Align::Start, 4);
    for key in ["report-clo-renew", "report-clo-forum"] {
        table = table.row([say.t(key), "\u{a0}".to_owned()]);
    }
    blocks.push(Block::Table(table.note(say.t("report-clo-next-note"))));
    blocks
}
