//! Sections 1 and 3: whose report it is, and how the collection went.

use documents::{Align, Block, KeyFigure, Table, Text};

use crate::questionnaire::{Level, Severity};
use crate::reports::blocks::paragraph;
use crate::reports::material::Material;
use crate::store::{Stage, deadline};

/// Cercle, region, quarter, adviser, day on which the data were stopped, version of the formulas.
pub(super) fn identity(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let closed = material.passed(Stage::Closed);
    let adviser = closed
        .and_then(|it| {
            let name = material.persons.get(&it.person)?;
            Some(format!("{name}, {}", it.office))
        })
        .unwrap_or_else(|| say.t("report-adviser-unknown"));
    let stopped = match closed {
        Some(it) => say.language.long_date(it.day),
        None => say.t("report-not-closed"),
    };
    let region = material.ground.holder(material.place(), Level::Region);
    let mut table = Table::new(say.t("report-identity-caption"))
        .column(say.t("report-col-item"), Align::Start, 2)
        .column(say.t("report-col-content"), Align::Start, 4);
    let region = region.map(|it| material.unit_name(it).to_owned()).unwrap_or_default();
    let communes = material.sight.computed.land.communes(material.place()).len();
    for (key, value) in [
        ("report-identity-cercle", material.name().to_owned()),
        ("report-identity-region", region),
        ("report-identity-communes", communes.to_string()),
        ("report-identity-quarter", say.quarter(material.quarter)),
        ("report-identity-adviser", adviser),
        ("report-identity-stopped", stopped),
        ("report-identity-formulas", material.questionnaire.mark().to_owned()),
        ("report-identity-state", crate::reports::document::state_told(material)),
    ] {
        if !value.is_empty() {
            table = table.row([Text::from(say.t(key)), Text::default().bold(value)]);
        }
    }
    vec![Block::Table(table)]
}

/// Returns that came, alerts that were raised.
pub(super) fn state(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let communes = material.sight.computed.land.communes(material.place());
    let day_of =
        |unit: &str| deadline(&material.ground, &material.questionnaire, unit, material.quarter);
    // The day of the place; a commune may have its own.
    let in_time = day_of(material.place());
    let came: Vec<&&str> =
        communes.iter().filter(|it| material.filings.contains_key(**it)).collect();
    let late: Vec<&str> = communes
        .iter()
        .filter(|it| material.filings.get(**it).is_some_and(|filing| day_of(it) < filing.day))
        .map(|it| material.unit_name(it))
        .collect();
    let absent: Vec<&str> = communes
        .iter()
        .filter(|it| !material.filings.contains_key(**it))
        .map(|it| material.unit_name(it))
        .collect();
    let open = material.doubts.iter().filter(|it| it.is_open()).count();
    let mut blocks = vec![Block::KeyFigures(vec![
        KeyFigure {
            value: format!("{}\u{202f}/\u{202f}{}", came.len(), communes.len()),
            label: say.t("report-returns-came"),
            note: say.with("report-deadline", &[("day", say.language.long_date(in_time))]),
        },
        key_indicator(material, "I182"),
        key_indicator(material, "I183"),
        KeyFigure {
            value: material.doubts.len().to_string(),
            label: say.t("report-alerts-raised"),
            note: say.with("report-alerts-open", &[("count", open.to_string())]),
        },
    ])];
    let sentence = [
        told_names(material, "report-late", &late),
        told_names(material, "report-absent", &absent),
        alert_counts(material),
    ];
    blocks.push(paragraph(sentence.join(" ")));
    let mut table = Table::new(say.t("report-collection-caption"))
        .column(say.t("analysis-level-commune"), Align::Start, 4)
        .column(say.t("report-col-received"), Align::Start, 2)
        .column(say.t("report-col-in-time"), Align::Center, 2)
        .column(say.t("report-col-filled"), Align::End, 2)
        .column(say.t("report-col-complete"), Align::End, 2)
        .column(say.t("report-col-alerts"), Align::End, 2);
    for code in &communes {
        let filing = material.filings.get(*code);
        let received = filing
            .map(|it| say.language.short_date(it.day))
            .unwrap_or_else(|| say.t("report-not-received"));
        let timely = match filing {
            Some(it) if it.day <= in_time => say.t("report-yes"),
            Some(_) => say.t("report-no"),
            None => "–".to_owned(),
        };
        let cells = material.figure("I183", code).unwrap_or_default();
        let filled = match (cells.numerator, cells.denominator) {
            (Some(filled), Some(all)) => {
                format!("{}/{}", say.number(Some(filled)), say.number(Some(all)))
            }
            _ => "–".to_owned(),
        };
        let complete =
            material.measure("I183").map(|it| material.told(it, code, 0)).unwrap_or_default();
        let alerts = material.doubts.iter().filter(|it| it.alert.unit == **code).count();
        let name = material.unit_name(code).to_owned();
        table = table.row([name, received, timely, filled, complete, alerts.to_string()]);
    }
    blocks.push(Block::Table(table.note(say.t("report-collection-note"))));
    blocks
}

/// How many alerts were raised, maintained with a reason, and left without one.
pub(crate) fn alert_counts(material: &Material<'_>) -> String {
    let say = &material.say;
    if material.doubts.is_empty() {
        return say.t("report-no-alert");
    }
    let count = |severity: Severity| {
        material.doubts.iter().filter(|it| it.alert.severity == severity).count().to_string()
    };
    let answered = material.doubts.iter().filter(|it| it.answer.is_some()).count();
    let open = material.doubts.iter().filter(|it| it.is_open()).count();
    [
        say.with(
            "report-alerts-sentence",
            &[("blocking", count(Severity::Blocking)), ("warnings", count(Severity::Warning))],
        ),
        say.with("report-alerts-answered", &[("count", answered.to_string())]),
        say.with("report-alerts-left", &[("count", open.to_string())]),
    ]
    .join(" ")
}

/// An indicator set large.
pub(crate) fn key_indicator(material: &Material<'_>, code: &str) -> KeyFigure {
    let say = &material.say;
    let place = material.place();
    let Some(crate::reports::material::Measure::Indicator(number, indicator)) =
        material.measure(code)
    else {
        return KeyFigure::default();
    };
    let figure = material.sight.figure(number, place).unwrap_or_default();
    let answered = say.respondents(indicator, &figure);
    let moved =
        material.moved(crate::reports::material::Measure::Indicator(number, indicator), place);
    KeyFigure {
        value: say.value(indicator, figure.rounded(indicator)),
        label: indicator.label.say(say.language).to_owned(),
        note: if moved.is_empty() {
            answered
        } else {
            say.with("report-key-note", &[("moved", moved), ("answered", answered)])
        },
    }
}

fn told_names(material: &Material<'_>, key: &str, names: &[&str]) -> String {
    let say = &material.say;
    match names.len() {
        0 => say.t(&format!("{key}-none")),
        count => say.with(
            &format!("{key}-some"),
            &[("count", count.to_string()), ("names", say.list(names))],
        ),
    }
}
