//! The values of a report as a workbook: typed cells, definitions, sources.

use documents::{Cell, Kind, Sheet, Workbook};

use crate::analysis::definitions_sheet;
use crate::questionnaire::{Cells, Level};

use super::material::{Material, Measure};
use super::{activity, synthesis};

/// The workbook.
pub(crate) fn workbook(material: &Material<'_>) -> Workbook {
    let say = &material.say;
    let codes: Vec<&str> = match material.ground.level() {
        Level::Commune | Level::Cercle => activity::MEASURES.to_vec(),
        level => synthesis::measures_of(level),
    };
    let measures: Vec<Measure<'_>> = codes.iter().filter_map(|it| material.measure(it)).collect();
    let mut numbers: Vec<usize> = measures
        .iter()
        .filter_map(|it| match it {
            Measure::Indicator(number, _) => Some(*number),
            Measure::Element(..) => None,
        })
        .collect();
    numbers.sort_unstable();
    let arguments = [("place", material.name().to_owned())];
    let mut sources = vec![
        say.t("analysis-source-questionnaire"),
        say.with(
            "report-model",
            &[("model", "XLSX".to_owned()), ("mark", material.questionnaire.mark().to_owned())],
        ),
        material.stamp.told(say),
    ];
    if material.sight.computed.land.invented {
        sources.insert(0, say.t("analysis-source-invented"));
    }
    if material.sight.provisional {
        sources.push(say.t("analysis-source-provisional"));
    }
    Workbook {
        language: say.language,
        title: say.with("report-book-title", &arguments),
        made_on: material.stamp.day().unwrap_or(material.today),
        sources: sources.clone(),
        sheets: vec![
            values(material, &measures),
            alerts(material),
            definitions_sheet(say, &material.questionnaire, &numbers),
            elements(material, &measures),
        ],
    }
}

/// One row a measure and a unit.
fn values(material: &Material<'_>, measures: &[Measure<'_>]) -> Sheet {
    let say = &material.say;
    let mut sheet = Sheet::new(say.t("analysis-book-values"));
    for (key, kind) in [
        ("analysis-col-place-code", Kind::Text),
        ("analysis-col-place", Kind::Text),
        ("analysis-col-code", Kind::Text),
        ("report-col-measure", Kind::Text),
        ("analysis-col-period", Kind::Text),
        ("analysis-col-value", Kind::Number { places: 2 }),
        ("analysis-col-numerator", Kind::Number { places: 2 }),
        ("analysis-col-denominator", Kind::Number { places: 2 }),
        ("analysis-col-before", Kind::Number { places: 2 }),
        ("analysis-col-year-before", Kind::Number { places: 2 }),
        ("analysis-col-respondents", Kind::Text),
    ] {
        sheet = sheet.column(say.t(key), kind);
    }
    let land = &material.sight.computed.land;
    let mut units = vec![material.place()];
    units.extend(land.children(material.place()));
    for unit in units {
        for it in measures {
            if !collected(material, *it, unit) {
                continue;
            }
            let number = |back: i32| -> Cell {
                match material.value(*it, unit, back) {
                    Some(value) => Cell::Number(value.normalize()),
                    None => Cell::Text(material.told(*it, unit, back)),
                }
            };
            let figure = match it {
                Measure::Indicator(at, _) => material.sight.figure(*at, unit),
                Measure::Element(..) => None,
            };
            let part = |it: Option<kernel::Decimal>| -> Cell {
                it.map(|it| it.round_dp(4).normalize()).into()
            };
            sheet.rows.push(vec![
                unit.into(),
                material.unit_name(unit).into(),
                it.code().into(),
                material.label(*it).into(),
                material.quarter.to_string().into(),
                number(0),
                part(figure.and_then(|it| it.numerator)),
                part(figure.and_then(|it| it.denominator)),
                number(1),
                number(4),
                material.answered(*it, unit).into(),
            ]);
        }
    }
    sheet
}

/// Whether a measure is collected at the level of a unit or below it.
fn collected(material: &Material<'_>, measure: Measure<'_>, unit: &str) -> bool {
    match measure {
        Measure::Indicator(number, _) => material.sight.computed.figure(number, unit).is_some(),
        Measure::Element(number, element) => {
            let cells = Cells::all(number, element);
            0 < material.cells(unit, &cells, material.quarter).expected
        }
    }
}

fn alerts(material: &Material<'_>) -> Sheet {
    let say = &material.say;
    let mut sheet = Sheet::new(say.t("report-annex-alerts"));
    for (key, kind) in [
        ("analysis-col-place", Kind::Text),
        ("report-col-rule", Kind::Text),
        ("report-col-finding", Kind::Text),
        ("report-col-comment", Kind::Text),
        ("report-col-answered-on", Kind::Date),
    ] {
        sheet = sheet.column(say.t(key), kind);
    }
    for it in &material.doubts {
        sheet.rows.push(vec![
            material.unit_name(&it.alert.unit).into(),
            it.rule.as_str().into(),
            it.alert.message.say(say.language).into(),
            it.answer.as_ref().map(|it| it.reason.as_str()).into(),
            it.answer.as_ref().map(|it| it.day).into(),
        ]);
    }
    sheet
}

fn elements(material: &Material<'_>, measures: &[Measure<'_>]) -> Sheet {
    let say = &material.say;
    let mut sheet = Sheet::new(say.t("report-book-elements"));
    for key in [
        "analysis-col-code",
        "report-col-measure",
        "report-col-definition",
        "report-col-supplier",
        "analysis-definition-source",
    ] {
        sheet = sheet.column(say.t(key), Kind::Text);
    }
    for it in measures {
        if let Measure::Element(_, element) = it {
            sheet.rows.push(vec![
                element.code.as_str().into(),
                material.label(*it).into(),
                element.definition.say(say.language).into(),
                element.supplier.say(say.language).into(),
                element.reference.say(say.language).into(),
            ]);
        }
    }
    sheet
}
