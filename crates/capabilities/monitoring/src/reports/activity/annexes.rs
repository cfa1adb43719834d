//! Sections 13 and 14: sheets of the communes, alerts with their comments, definitions, visa.

use documents::{Align, Block, Signature, Table, Text};

use crate::analysis::{capitalised, define};
use crate::questionnaire::{Gathering, Indicator, Severity};
use crate::reports::blocks::{measures_by_units, paragraph};
use crate::reports::material::{Material, Measure};
use crate::store::Stage;

/// What the sheet of a commune shows: services, then its money.
const SHEET: [&str; 11] =
    ["I040", "I047", "I060", "I063", "I081", "I082", "I101", "I120", "I130", "I132", "I133"];

pub(super) fn annexes(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let communes = material.sight.computed.land.communes(material.place());
    let mut blocks = vec![Block::Heading(2, format!("13.1 {}", say.t("report-annex-communes")))];
    let sheets = measures_by_units(material, &say.t("report-annex-communes"), &SHEET, &communes);
    blocks.push(Block::Table(sheets));
    blocks.push(Block::Heading(2, format!("13.2 {}", say.t("report-annex-alerts"))));
    blocks.extend(alerts(material));
    blocks.push(Block::Heading(2, format!("13.3 {}", say.t("report-annex-definitions"))));
    blocks.push(Block::Table(definitions(material, &crate::reports::Kind::Activity.measures())));
    blocks
}

/// The alerts that were maintained, with their reasons, and those that nobody answered.
pub(crate) fn alerts(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    if material.doubts.is_empty() {
        return vec![paragraph(say.t("report-no-alert"))];
    }
    let mut table = Table::new(say.t("report-alerts-caption"))
        .column(say.t("analysis-col-place"), Align::Start, 3)
        .column(say.t("report-col-rule"), Align::Start, 2)
        .column(say.t("report-col-finding"), Align::Start, 6)
        .column(say.t("report-col-comment"), Align::Start, 4);
    for doubt in &material.doubts {
        let severity = match doubt.alert.severity {
            Severity::Blocking => "oise-severity-blocking",
            Severity::Warning => "oise-severity-warning",
            Severity::Information => "oise-severity-information",
        };
        let comment = match &doubt.answer {
            Some(it) => {
                let by = [("office", it.office.clone()), ("day", say.language.short_date(it.day))];
                Text::from(format!("{} ", it.reason)).italic(say.with("report-answered-by", &by))
            }
            None if doubt.alert.severity == Severity::Information => Text::default(),
            None => Text::default().bold(say.t("report-unanswered")),
        };
        let rule = Text::default().bold(doubt.rule.clone()).plain(format!("\n{}", say.t(severity)));
        table = table.row([
            Text::from(material.unit_name(&doubt.alert.unit)),
            rule,
            Text::from(doubt.alert.message.say(say.language)),
            comment,
        ]);
    }
    vec![Block::Table(table)]
}

/// The definitions of some measures.
pub(crate) fn definitions(material: &Material<'_>, codes: &[&str]) -> Table {
    let say = &material.say;
    let mut table = Table::new(say.t("report-definitions-caption"))
        .column(say.t("analysis-col-code"), Align::Start, 4)
        .column(say.t("report-col-measure"), Align::Start, 5)
        .column(say.t("report-col-definition"), Align::Start, 11);
    let mut found: Vec<Measure<'_>> = codes.iter().filter_map(|it| material.measure(it)).collect();
    found.sort_by(|a, b| a.code().cmp(b.code()));
    for it in found {
        let told = match it {
            Measure::Element(_, element) => {
                let supplier = [("supplier", element.supplier.say(say.language).to_owned())];
                let tail = say.with("report-supplied-by", &supplier);
                format!("{} {tail}", element.definition.say(say.language))
            }
            Measure::Indicator(_, indicator) => formula(material, indicator),
        };
        table = table.row([it.code().to_owned(), material.label(it), told]);
    }
    table.note(say.t("report-definitions-note"))
}

/// The formula of an indicator in one sentence. The usual way from one level to the next stands
/// once, under the table.
fn formula(material: &Material<'_>, indicator: &Indicator) -> String {
    let say = &material.say;
    let it = define(say, &material.questionnaire, indicator);
    let key = match (it.denominator.is_empty(), indicator.factor == 1.into()) {
        (true, _) => "report-formula-plain",
        (false, true) => "report-formula",
        (false, false) => "report-formula-factor",
    };
    let told = say.with(
        key,
        &[
            ("numerator", capitalised(&it.numerator)),
            ("denominator", it.denominator),
            ("factor", say.language.decimal(indicator.factor.normalize())),
        ],
    );
    match indicator.gathering {
        Gathering::SumOfComponents => told,
        _ => format!("{told} {}", it.gathering),
    }
}

/// Who wrote, who validated, when; the code of the document stands at the foot of each page.
pub(super) fn visa(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let writer = material.kept.as_ref().and_then(|it| {
        let name = material.persons.get(&it.person)?;
        Some((name.clone(), it.office.clone()))
    });
    let closer = material.passed(Stage::Closed).and_then(|it| {
        let name = material.persons.get(&it.person)?;
        Some((name.clone(), it.office.clone()))
    });
    let validator = material.passed(Stage::Validated).and_then(|it| {
        let name = material.persons.get(&it.person)?;
        Some((name.clone(), it.office.clone()))
    });
    let signature = |who: Option<(String, String)>, key: &str| {
        let (name, office) = who.unwrap_or_default();
        let office = if office.is_empty() { say.t(key) } else { office };
        Signature { office, name }
    };
    vec![
        paragraph(say.t("report-visa-text")),
        Block::Signatures(vec![
            signature(writer.or(closer), "report-visa-writer"),
            signature(validator, "report-visa-validator"),
        ]),
    ]
}
