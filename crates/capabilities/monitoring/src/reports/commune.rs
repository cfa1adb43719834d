//! FICHE-COM: the sheet of a commune, for its people, on one page or two.
//!
//! Source: plan FICHE-COM of the standard documents. One figure, one plain sentence.

use documents::{Align, Block, Document, Figure, KeyFigure, Table, Text};
use graphics::{Bar, Frame, bars};

use super::activity::key_indicator;
use super::blocks::{measures as table_of, paragraph};
use super::material::{Material, Measure};
use super::{document, partners_block};
use crate::questionnaire::Cells;

const MODEL: &str = "FICHE-COM 1.0";

/// The services, each with its sentence.
const SERVICES: [&str; 8] = ["I040", "I047", "I060", "I063", "I081", "I082", "I101", "I120"];
const MONEY: [&str; 3] = ["I130", "I132", "I133"];
/// The revenue of the commune by origin.
const REVENUE: [&str; 7] =
    ["FIN_TDRL", "FIN_FISC", "FIN_NONFISC", "FIN_DOT", "FIN_ANICT", "FIN_COOPDEC", "FIN_AUTRES"];
/// The rates, then the revenue: one sheet of the workbook.
const MONEY_ALL: [&str; 10] = [
    "I130",
    "I132",
    "I133",
    "FIN_TDRL",
    "FIN_FISC",
    "FIN_NONFISC",
    "FIN_DOT",
    "FIN_ANICT",
    "FIN_COOPDEC",
    "FIN_AUTRES",
];
const COOPERATION: [&str; 4] = ["COO_PART", "COO_ACT", "COO_RECU", "COO_JUST"];
const IDENTITY: [&str; 4] = ["DEM_POP", "DEM_VILLAGES", "EDI_CONS", "PLA_PDSEC"];
const TOLD: [&str; 2] = ["EDI_RESTIT", "EDI_RESTIT_PART"];

/// The sections: the end of the key of each title.
pub(crate) const SECTIONS: [&str; 5] = ["identity", "services", "money", "cooperation", "told"];

/// The parts that hold values: the end of the key of the title, the codes of the measures.
pub(crate) fn parts() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("identity", &IDENTITY),
        ("services", &SERVICES),
        ("money", &MONEY_ALL),
        ("cooperation", &COOPERATION),
        ("told", &TOLD),
    ]
}

/// The sheet.
pub(crate) fn report(material: &Material<'_>) -> Document {
    let say = &material.say;
    let mut blocks = Vec::new();
    for (at, section) in SECTIONS.iter().enumerate() {
        let title = say.t(&format!("report-com-{section}"));
        blocks.push(Block::Heading(1, format!("{}. {title}", at + 1)));
        blocks.extend(match *section {
            "identity" => identity(material),
            "services" => services(material),
            "money" => money(material),
            "cooperation" => cooperation(material),
            _ => told(material),
        });
    }
    document::finished(material, MODEL, "report-com", blocks)
}

fn told_of(material: &Material<'_>, code: &str) -> String {
    let place = material.place();
    material.measure(code).map(|it| material.told(it, place, 0)).unwrap_or_default()
}

fn identity(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let plan = match material.value_of("PLA_PDSEC", material.place()) {
        None => say.t("analysis-none"),
        Some(it) if it.is_zero() => say.t("report-com-no-plan"),
        Some(_) => say.t("report-com-plan-in-force"),
    };
    let figure =
        |value: String, key: &str| KeyFigure { value, label: say.t(key), note: String::new() };
    vec![Block::KeyFigures(vec![
        figure(told_of(material, "DEM_POP"), "report-com-people"),
        figure(told_of(material, "DEM_VILLAGES"), "report-com-villages"),
        figure(told_of(material, "EDI_CONS"), "report-com-council"),
        figure(plan, "report-com-plan"),
    ])]
}

/// One line a service: what it says in plain words, now and a year ago.
fn services(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let place = material.place();
    let mut table = Table::new(say.t("report-com-services-caption"))
        .column(say.t("report-com-sentence"), Align::Start, 9)
        .column(say.language.short_quarter(material.quarter), Align::End, 3)
        .column(say.language.short_quarter(material.quarter.plus(-4)), Align::End, 3)
        .column(say.t("analysis-col-move"), Align::Center, 3);
    for code in SERVICES {
        let Some(measure) = material.measure(code) else { continue };
        let Measure::Indicator(number, indicator) = measure else { continue };
        let value = material.sight.value(number, place);
        let written = say.bare(indicator, value);
        let sentence = match value {
            Some(_) => say.with(&format!("report-com-say-{code}"), &[("value", written)]),
            None => say.t("report-com-say-nothing"),
        };
        let name = Text::default().bold(material.label(measure)).plain(format!("\n{sentence}"));
        table = table.row([
            name,
            Text::default().bold(say.value(indicator, value)),
            material.told(measure, place, 4).into(),
            material.moved(measure, place).into(),
        ]);
    }
    vec![Block::Table(table.note(say.t("analysis-nd")))]
}

/// The revenue of the year so far by origin, and how the budget is carried out.
fn money(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let place = material.place();
    let mut rows = Vec::new();
    let mut twin = Table::new(say.t("report-com-revenue"))
        .column(say.t("report-com-origin"), Align::Start, 4)
        .column(say.t("report-com-amount"), Align::End, 2);
    for code in REVENUE {
        let Some(Measure::Element(number, element)) = material.measure(code) else { continue };
        let value = material.year_to_date(place, &Cells::all(number, element));
        let label = element.short_label.say(say.language).to_owned();
        twin = twin.row([label.clone(), say.number(value)]);
        rows.push(Bar { label, value, incomplete: false });
    }
    let mut blocks =
        vec![Block::KeyFigures(MONEY.iter().map(|it| key_indicator(material, it)).collect())];
    if rows.iter().any(|it| it.value.is_some()) {
        let year = [("year", material.quarter.year().to_string())];
        let (caption, alternative) = (
            say.with("report-com-revenue-figure", &year),
            say.with("report-com-revenue-text", &year),
        );
        let frame = Frame {
            id: "revenue".to_owned(),
            title: caption.clone(),
            description: alternative.clone(),
            language: say.language,
            paint: material.canvas.paint,
            width: material.canvas.width,
            words: graphics::Words {
                no_data: say.t("analysis-none"),
                incomplete: say.t("analysis-incomplete"),
            },
        };
        let svg = bars(&frame, Some("FCFA"), &rows);
        blocks.push(Block::Figure(Figure { svg, caption, alternative, twin: Some(twin) }));
    }
    blocks
}

fn cooperation(material: &Material<'_>) -> Vec<Block> {
    let caption = material.say.t("report-com-cooperation-caption");
    let mut blocks = vec![Block::Table(table_of(material, caption, &COOPERATION))];
    if !material.partners.list.is_empty() {
        blocks.extend(partners_block::list(material));
    }
    blocks
}

/// Public accountability: how many meetings, how many people; the next one is written by hand.
fn told(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let told = match material.value_of("EDI_RESTIT", material.place()) {
        None => say.t("report-com-told-unknown"),
        Some(it) if it.is_zero() => say.t("report-com-told-none"),
        Some(_) => say.with(
            "report-com-told-some",
            &[
                ("meetings", told_of(material, "EDI_RESTIT")),
                ("people", told_of(material, "EDI_RESTIT_PART")),
            ],
        ),
    };
    vec![paragraph(told), paragraph(say.t("report-com-told-next"))]
}
