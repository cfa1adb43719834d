//! FICHE-COM: the sheet of a commune, for its people, on one page.
//!
//! Source: plan FICHE-COM of the standard documents. One pictogram, one figure, one plain sentence.

mod pictograms;

use documents::{Align, Block, Card, Document, Figure, KeyFigure, Table};
use graphics::{Bar, Frame, Paint, bars};

use super::activity::key_indicator;
use super::blocks::{paragraph, year};
use super::document;
use super::material::{Material, Measure};
use super::partners_block::country;
use crate::questionnaire::{Cells, french};

const MODEL: &str = "FICHE-COM 2.0";
/// More partners than this would push the sheet onto a second page.
const MOST_PARTNERS: usize = 3;
/// The width of the chart on paper: low and wide, to leave room.
const CHART: u32 = 940;

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
    let mut blocks = vec![Block::Dense];
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

/// One card a service: what it says in plain words, and how it was a year ago.
fn services(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let place = material.place();
    let mut cards = Vec::new();
    for code in SERVICES {
        let Some(measure) = material.measure(code) else { continue };
        let Measure::Indicator(number, indicator) = measure else { continue };
        let value = material.sight.value(number, place);
        let written = say.bare(indicator, value);
        let text = match value {
            Some(_) => say.with(&format!("report-com-say-{code}"), &[("value", written)]),
            None => say.t("report-com-say-nothing"),
        };
        let before = [
            ("quarter", say.language.short_quarter(material.quarter.plus(-4))),
            ("value", material.told(measure, place, 4)),
        ];
        cards.push(Card {
            svg: pictograms::of(code),
            title: indicator.label.say(say.language).to_owned(),
            value: say.value(indicator, value),
            text,
            note: say.with("report-com-before", &before),
        });
    }
    vec![Block::Cards(cards)]
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
            width: match material.canvas.paint {
                Paint::Alone => CHART,
                Paint::Page => material.canvas.width,
            },
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
    let say = &material.say;
    let figures = COOPERATION.iter().filter_map(|it| material.measure(it)).map(|it| KeyFigure {
        value: material.told(it, material.place(), 0),
        label: material.label(it),
        note: match year(material, it) {
            Some(sum) => say.with(
                "report-com-year",
                &[("year", material.quarter.year().to_string()), ("value", sum)],
            ),
            None => String::new(),
        },
    });
    let mut blocks = vec![Block::KeyFigures(figures.collect())];
    let partners = &material.partners.list;
    let named: Vec<String> = partners
        .iter()
        .take(MOST_PARTNERS)
        .map(|it| {
            let land = it.foreign.first().map(|it| country(material, &it.country));
            format!("{} ({})", french(&it.foreign_name()), land.unwrap_or_default())
        })
        .collect();
    if !named.is_empty() {
        let more = partners.len().saturating_sub(MOST_PARTNERS);
        let given = [("names", named.join(", ")), ("more", more.to_string())];
        let key = if more == 0 { "report-com-partners" } else { "report-com-partners-more" };
        blocks.push(paragraph(say.with(key, &given)));
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
