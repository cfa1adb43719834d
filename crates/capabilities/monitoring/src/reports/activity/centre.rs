//! Sections 4, 5, 6 and 10: what the centre was asked for and did.

use documents::{Align, Block, Figure, Table};
use graphics::{DotRow, Frame, dots};
use kernel::Decimal;

use crate::questionnaire::{CellId, Cells};
use crate::reports::blocks::{measures, paragraph};
use crate::reports::material::{Material, Measure};

/// Requests received and support given, by domain.
pub(super) fn support(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let (Some(Measure::Element(asked, _)), Some(Measure::Element(given, _))) =
        (material.measure("CCC_DEM"), material.measure("CCC_APP"))
    else {
        return Vec::new();
    };
    let place = material.place();
    let all = |number: u16| Cells::all(number, material.questionnaire.element(number));
    let now = |cells: &Cells| material.cells(place, cells, material.quarter).value;
    let number = |value: Option<Decimal>| say.number(value);
    let year = material.quarter.year().to_string();
    let mut table = Table::new(say.t("report-support-caption"))
        .column(say.t("report-col-domain"), Align::Start, 4)
        .column(say.t("report-col-asked"), Align::End, 2)
        .column(say.t("report-col-given"), Align::End, 2)
        .column(say.with("report-col-asked-year", &[("year", year.clone())]), Align::End, 2)
        .column(say.with("report-col-given-year", &[("year", year)]), Align::End, 2);
    let mut rows = Vec::new();
    for (cell, _) in (0..).zip(&material.questionnaire.element(asked).cells) {
        let id = CellId { element: asked, cell };
        let other = CellId { element: given, cell };
        let (first, second) =
            (Cells::one(id, &material.questionnaire), Cells::one(other, &material.questionnaire));
        let label = material
            .questionnaire
            .cell_options(id)
            .map(|it| it.1.label.say(say.language).to_owned())
            .next()
            .unwrap_or_default();
        table = table.row([
            label.clone(),
            number(now(&first)),
            number(now(&second)),
            number(material.year_to_date(place, &first)),
            number(material.year_to_date(place, &second)),
        ]);
        rows.push(DotRow { label, values: vec![now(&first), now(&second)] });
    }
    let (asked, given) = (all(asked), all(given));
    let total = [
        say.t("report-total"),
        number(now(&asked)),
        number(now(&given)),
        number(material.year_to_date(place, &asked)),
        number(material.year_to_date(place, &given)),
    ];
    table = table.total(total.clone());
    if now(&asked).is_none() && now(&given).is_none() {
        return vec![paragraph(say.t("report-form-empty"))];
    }
    let sentence = [
        Some(say.with(
            "report-support-sentence",
            &[("asked", total[1].clone()), ("given", total[2].clone())],
        )),
        sentence_of(material, "report-support-met", "I181"),
        sentence_of(material, "report-support-visits", "CCC_VISITES"),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ");
    let title = say
        .with("report-support-figure", &[("asked", total[1].clone()), ("given", total[2].clone())]);
    let mut blocks = vec![paragraph(sentence)];
    if rows.iter().flat_map(|it| &it.values).any(Option::is_some) {
        let frame = Frame {
            id: "support".to_owned(),
            title: title.clone(),
            description: say.t("report-support-text"),
            language: say.language,
            paint: material.canvas.paint,
            width: material.canvas.width,
            words: graphics::Words {
                no_data: say.t("analysis-none"),
                incomplete: say.t("analysis-incomplete"),
            },
        };
        let names = [say.t("report-col-asked"), say.t("report-col-given")];
        blocks.push(Block::Figure(Figure {
            svg: dots(&frame, None, &names, &rows),
            caption: title,
            alternative: say.t("report-support-text"),
            twin: None,
        }));
    }
    blocks.push(Block::Table(table));
    blocks
}

/// Sessions, days, cost, and who was trained.
pub(super) fn training(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let place = material.place();
    let told = |code: &str| {
        material.measure(code).map(|it| material.told(it, place, 0)).unwrap_or_default()
    };
    if material.value_of("FOR_SESS", place).is_none() {
        return vec![paragraph(say.t("report-form-empty"))];
    }
    let sentence = say.with(
        "report-training-sentence",
        &[
            ("sessions", told("FOR_SESS")),
            ("days", told("FOR_JOURS")),
            ("people", told("FOR_PART")),
            ("cost", told("FOR_COUT")),
        ],
    );
    let women = sentence_of(material, "report-training-women", "I031").unwrap_or_default();
    let mut blocks = vec![paragraph(format!("{sentence} {women}").trim().to_owned())];
    blocks.extend(trained(material).map(Block::Table));
    let codes = ["FOR_SESS", "FOR_PART", "FOR_JOURS", "FOR_COUT", "I031"];
    blocks.push(Block::Table(measures(material, say.t("report-training-caption"), &codes)));
    blocks
}

/// A sentence around one value; nothing if there is none.
fn sentence_of(material: &Material<'_>, key: &str, code: &str) -> Option<String> {
    let place = material.place();
    material.value_of(code, place)?;
    let told = material.told(material.measure(code)?, place, 0);
    Some(material.say.with(key, &[("value", told)]))
}

/// Participants by public and sex.
fn trained(material: &Material<'_>) -> Option<Table> {
    let say = &material.say;
    let Some(Measure::Element(number, element)) = material.measure("FOR_PART") else { return None };
    let place = material.place();
    let mut publics: Vec<(String, Vec<(String, CellId)>)> = Vec::new();
    for (cell, _) in (0..).zip(&element.cells) {
        let id = CellId { element: number, cell };
        let mut sex = String::new();
        let mut public = String::new();
        for (dimension, option) in material.questionnaire.cell_options(id) {
            let label = option.label.say(say.language).to_owned();
            if dimension.code == "SEXE" { sex = label } else { public = label }
        }
        match publics.iter_mut().find(|it| it.0 == public) {
            Some(found) => found.1.push((sex, id)),
            None => publics.push((public, vec![(sex, id)])),
        }
    }
    let heads: Vec<String> =
        publics.first().map(|it| it.1.iter().map(|it| it.0.clone()).collect()).unwrap_or_default();
    let mut table = Table::new(say.t("report-trained-caption")).column(
        say.t("report-col-public"),
        Align::Start,
        4,
    );
    for head in &heads {
        table = table.column(head.clone(), Align::End, 2);
    }
    table = table.column(say.t("report-total"), Align::End, 2);
    let mut columns = vec![Some(Decimal::ZERO); heads.len() + 1];
    for (public, cells) in &publics {
        let mut values: Vec<Option<Decimal>> = cells
            .iter()
            .map(|it| {
                let cells = Cells::one(it.1, &material.questionnaire);
                material.cells(place, &cells, material.quarter).value
            })
            .collect();
        let sum = values.iter().copied().sum::<Option<Decimal>>();
        values.push(sum);
        for (column, value) in columns.iter_mut().zip(&values) {
            *column = column.zip(*value).and_then(|it| it.0.checked_add(it.1));
        }
        let mut row = vec![public.clone()];
        row.extend(values.iter().map(|it| say.number(*it)));
        table = table.row(row);
    }
    let mut total = vec![say.t("report-total")];
    total.extend(columns.iter().map(|it| say.number(*it)));
    Some(table.total(total))
}

/// Contracts concluded through the centre.
pub(super) fn brokering(material: &Material<'_>) -> Vec<Block> {
    if material.value_of("CCC_PREST", material.place()).is_none() {
        return vec![paragraph(material.say.t("report-form-empty"))];
    }
    let caption = material.say.t("report-brokering-caption");
    vec![Block::Table(measures(material, caption, &["CCC_PREST", "CCC_PREST_MT"]))]
}

/// Members, fees, committee.
pub(super) fn running(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let place = material.place();
    let told = |code: &str| {
        material.measure(code).map(|it| material.told(it, place, 0)).unwrap_or_default()
    };
    if material.value_of("CCC_CT", place).is_none() {
        return vec![paragraph(say.t("report-form-empty"))];
    }
    let sentence = say.with(
        "report-centre-sentence",
        &[("members", told("CCC_ADH")), ("all", told("CCC_CT")), ("rate", told("I180"))],
    );
    let codes = ["CCC_CT", "CCC_ADH", "I180", "CCC_COTIS", "CCC_ORI", "I184"];
    vec![
        paragraph(sentence),
        Block::Table(measures(material, say.t("report-centre-caption"), &codes)),
    ]
}
