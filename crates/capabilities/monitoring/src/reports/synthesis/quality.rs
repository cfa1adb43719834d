//! Coverage and quality of the data, money by origin, and the annex of a synthesis.

use std::collections::BTreeMap;

use documents::{Align, Block, List, Table, Text};

use crate::questionnaire::{CellId, Cells, Level, Severity};
use crate::reports::activity::{alert_counts, definitions};
use crate::reports::blocks::{paragraph, units_by_measures};
use crate::reports::material::{Material, Measure};

/// The most rules named.
const MOST_RULES: usize = 8;
/// The rules that compare two sources.
const CROSS: [&str; 2] = ["V060", "V066"];

/// Who answered, how complete, which rules warn most often, which sources disagree.
pub(super) fn blocks(material: &Material<'_>, children: &[&str], communes: &[&str]) -> Vec<Block> {
    let say = &material.say;
    let answered = communes
        .iter()
        .filter(|unit| {
            let period = kernel::Period::Quarter(material.quarter);
            material.values.of(unit).is_some_and(|it| it.period(period).next().is_some())
        })
        .count();
    let counts = |level: Level| {
        let units = material.ground.tree.units().iter();
        units.filter(|it| it.level == level).count().to_string()
    };
    let coverage = say.with(
        "report-coverage",
        &[
            ("answered", answered.to_string()),
            ("communes", communes.len().to_string()),
            ("cercles", counts(Level::Cercle)),
            ("day", say.language.long_date(material.quarter.last_day())),
        ],
    );
    let caption = say.t("report-quality-caption");
    let table = units_by_measures(material, caption, &["I182", "I183"], children);
    let mut blocks =
        vec![paragraph(format!("{coverage} {}", alert_counts(material))), Block::Table(table)];
    blocks.extend(rules(material));
    blocks
}

/// The rules that warn most often, the two comparisons of sources always among them.
fn rules(material: &Material<'_>) -> Option<Block> {
    let say = &material.say;
    let mut found: BTreeMap<&str, (usize, Severity)> = BTreeMap::new();
    for it in &material.doubts {
        found.entry(it.rule.as_str()).or_insert((0, it.alert.severity)).0 += 1;
    }
    let mut found: Vec<(&str, usize, Severity)> =
        found.into_iter().map(|(rule, (count, severity))| (rule, count, severity)).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let crossed = |it: &str| CROSS.contains(&it);
    let (cross, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| crossed(it.0));
    let shown: Vec<_> = others.into_iter().take(MOST_RULES).chain(cross).collect();
    if shown.is_empty() {
        return None;
    }
    let mut table = Table::new(say.t("report-rules-caption"))
        .column(say.t("report-col-rule"), Align::Start, 2)
        .column(say.t("report-rules-sort"), Align::Start, 3)
        .column(say.t("report-rules-what"), Align::Start, 8)
        .column(say.t("report-rules-units"), Align::End, 2);
    for (rule, count, severity) in shown {
        let key = match severity {
            Severity::Blocking => "oise-severity-blocking",
            Severity::Warning => "oise-severity-warning",
            Severity::Information => "oise-severity-information",
        };
        let code = rule.split('/').next().unwrap_or(rule);
        let known = material.questionnaire.rules().iter().find(|it| it.code == code);
        let what = known.map(|it| it.label.say(say.language).to_owned()).unwrap_or_default();
        let sort = if crossed(rule) { say.t("report-rules-cross") } else { say.t(key) };
        table = table.row([rule.to_owned(), sort, what, count.to_string()]);
    }
    Some(Block::Table(table))
}

/// What was engaged over the quarter by origin of the money.
pub(super) fn by_origin(material: &Material<'_>) -> Option<Block> {
    let say = &material.say;
    let Some(Measure::Element(number, element)) = material.measure("COO_ENG") else { return None };
    let place = material.place();
    let mut table = Table::new(say.t("report-origin-caption"))
        .column(say.t("report-com-origin"), Align::Start, 4)
        .column(say.t("report-com-amount"), Align::End, 2)
        .column(
            say.with("report-col-year", &[("year", material.quarter.year().to_string())]),
            Align::End,
            2,
        );
    for (cell, _) in (0..).zip(&element.cells) {
        let id = CellId { element: number, cell };
        let cells = Cells::one(id, &material.questionnaire);
        let label = material
            .questionnaire
            .cell_options(id)
            .map(|it| it.1.label.say(say.language).to_owned())
            .next()
            .unwrap_or_default();
        let now = material.cells(place, &cells, material.quarter).value;
        table =
            table.row([label, say.number(now), say.number(material.year_to_date(place, &cells))]);
    }
    Some(Block::Table(table))
}

/// Definitions, then what changed since the quarter before: formulas, map, corrections.
pub(super) fn annex(material: &Material<'_>, codes: &[&str]) -> Vec<Block> {
    let say = &material.say;
    let mut items: Vec<Text> = vec![
        say.with("report-annex-formulas", &[("mark", material.questionnaire.mark().to_owned())])
            .into(),
    ];
    items.push(match material.map_changes.as_slice() {
        [] => say.t("report-annex-map-same").into(),
        some => {
            let names: Vec<&str> = some.iter().map(String::as_str).collect();
            let count = [("count", some.len().to_string()), ("names", say.list(&names))];
            say.with("report-annex-map", &count).into()
        }
    });
    vec![Block::List(List { ordered: false, items }), Block::Table(definitions(material, codes))]
}
