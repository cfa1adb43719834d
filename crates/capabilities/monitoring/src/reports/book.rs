//! The values of a report as a workbook: typed cells, definitions, sources.

use documents::{Cell, Kind as Sort, Sheet, Workbook};

use crate::analysis::definitions_sheet;
use crate::questionnaire::Cells;

use super::kind::Kind;
use super::material::{Material, Measure};

/// The workbook.
pub(crate) fn workbook(material: &Material<'_>, kind: Kind) -> Workbook {
    let say = &material.say;
    let codes = kind.measures();
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
            &[
                ("model", format!("{} 1.0", kind.code())),
                ("mark", material.questionnaire.mark().to_owned()),
            ],
        ),
        material.origin.told(say),
    ];
    if material.sight.computed.land.invented {
        sources.insert(0, say.t("analysis-source-invented"));
    }
    if material.sight.provisional {
        sources.push(say.t("analysis-source-provisional"));
    }
    let mut sheets: Vec<Sheet> = kind
        .parts()
        .iter()
        .map(|(key, codes)| {
            let part: Vec<Measure<'_>> =
                codes.iter().filter_map(|it| material.measure(it)).collect();
            values(material, say.t(key), &part)
        })
        .collect();
    if kind != Kind::Commune {
        sheets.push(recommendations(material));
    }
    sheets.push(alerts(material));
    sheets.push(definitions_sheet(say, &material.questionnaire, &numbers));
    sheets.push(elements(material, &measures));
    Workbook {
        language: say.language,
        title: say.with("report-book-title", &arguments),
        made_on: material.origin.day.unwrap_or(material.today),
        sources: sources.clone(),
        sheets,
    }
}

/// One row a measure and a unit.
fn values(material: &Material<'_>, name: String, measures: &[Measure<'_>]) -> Sheet {
    let say = &material.say;
    let mut sheet = Sheet::new(name);
    for (key, kind) in [
        ("analysis-col-place-code", Sort::Text),
        ("analysis-col-place", Sort::Text),
        ("analysis-col-code", Sort::Text),
        ("report-col-measure", Sort::Text),
        ("analysis-col-period", Sort::Text),
        ("analysis-col-value", Sort::Number { places: 2 }),
        ("analysis-col-numerator", Sort::Number { places: 2 }),
        ("analysis-col-denominator", Sort::Number { places: 2 }),
        ("analysis-col-before", Sort::Number { places: 2 }),
        ("analysis-col-year-before", Sort::Number { places: 2 }),
        ("analysis-col-respondents", Sort::Text),
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

/// The recommendations of the committee, with what became of them.
fn recommendations(material: &Material<'_>) -> Sheet {
    let say = &material.say;
    let mut sheet = Sheet::new(say.t("recommend-crumb"));
    for (key, sort) in [
        ("recommend-quarter", Sort::Text),
        ("recommend-text", Sort::Text),
        ("report-col-responsible", Sort::Text),
        ("report-col-due", Sort::Date),
        ("recommend-state-head", Sort::Text),
        ("recommend-note", Sort::Text),
    ] {
        sheet = sheet.column(say.t(key), sort);
    }
    for it in &material.recommendations {
        sheet.rows.push(vec![
            it.made.quarter.as_str().into(),
            it.made.text.as_str().into(),
            it.made.owner.as_str().into(),
            it.made.due.into(),
            say.t(&format!("recommend-state-{}", it.state().word())).into(),
            it.steps.last().map(|it| it.note.as_str()).into(),
        ]);
    }
    sheet
}

fn alerts(material: &Material<'_>) -> Sheet {
    let say = &material.say;
    let mut sheet = Sheet::new(say.t("report-annex-alerts"));
    for (key, kind) in [
        ("analysis-col-place", Sort::Text),
        ("report-col-rule", Sort::Text),
        ("report-col-finding", Sort::Text),
        ("report-col-comment", Sort::Text),
        ("report-col-answered-on", Sort::Date),
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
        sheet = sheet.column(say.t(key), Sort::Text);
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
