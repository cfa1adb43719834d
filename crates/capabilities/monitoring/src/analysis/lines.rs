//! Results as lines for other programs: CSV, JSON, and a workbook.

use documents::{Cell, Kind, Sheet, Workbook};
use kernel::{Date, Quarter};
use serde::Serialize;

use crate::questionnaire::{Indicator, Questionnaire};

use super::{Computed, Figure, Say, Withheld, define};

/// The columns, which other programs rely on.
pub const COLUMNS: [&str; 7] = [
    "indicateur",
    "unite_org",
    "periode",
    "numerateur",
    "denominateur",
    "valeur_affichee",
    "repondants",
];

/// What stands in place of a value that may not be published. « n.d. » would say that there is
/// none.
pub const WITHHELD: &str = "restreint";

/// One result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The code of the indicator.
    pub indicateur: String,
    /// The code of the unit.
    pub unite_org: String,
    /// The quarter.
    pub periode: String,
    /// The numerator with four decimals, or nothing.
    pub numerateur: String,
    /// The denominator with four decimals, or nothing.
    pub denominateur: String,
    /// The value with the decimals of the indicator, `n.d.` or `restreint`.
    pub valeur_affichee: String,
    /// `11/12`.
    pub repondants: String,
    /// Whether the quarter is not published yet: the value may still change.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub provisoire: bool,
    #[serde(skip)]
    pub(crate) number: usize,
    #[serde(skip)]
    pub(crate) figure: Option<Figure>,
}

/// The lines of some indicators for some units, in the order of the questionnaire, then by code of
/// the unit. Where `withheld` is given, it says what may not be shown.
pub fn lines(
    computed: &Computed,
    indicators: &[usize],
    units: &[String],
    withheld: Option<&Withheld>,
    provisional: bool,
) -> Vec<Line> {
    let mut units: Vec<&String> = units.iter().collect();
    units.sort_unstable();
    units.dedup();
    let mut out = Vec::new();
    for number in indicators {
        let Some(indicator) = computed.questionnaire().indicators().get(*number) else { continue };
        for unit in &units {
            let Some(figure) = computed.figure(*number, unit) else { continue };
            let hidden = withheld.is_some_and(|it| it.holds(computed, *number, unit));
            out.push(line(indicator, *number, unit, computed.quarter, figure, hidden, provisional));
        }
    }
    out
}

fn line(
    indicator: &Indicator,
    number: usize,
    unit: &str,
    quarter: Quarter,
    figure: Figure,
    hidden: bool,
    provisoire: bool,
) -> Line {
    let open = |it: String| if hidden { String::new() } else { it };
    Line {
        indicateur: indicator.code.clone(),
        unite_org: unit.to_owned(),
        periode: quarter.to_string(),
        numerateur: open(figure.numerator_text()),
        denominateur: open(figure.denominator_text()),
        valeur_affichee: if hidden { WITHHELD.to_owned() } else { figure.shown(indicator) },
        repondants: figure.respondents_text(),
        provisoire,
        number,
        figure: (!hidden).then_some(figure),
    }
}

/// The lines as CSV, as `example_results.csv` writes them: comma, LF, point decimals.
///
/// # Errors
///
/// If the writer fails, which memory does not.
pub fn csv(lines: &[Line]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for line in lines {
        writer.write_record([
            &line.indicateur,
            &line.unite_org,
            &line.periode,
            &line.numerateur,
            &line.denominateur,
            &line.valeur_affichee,
            &line.repondants,
        ])?;
    }
    writer.into_inner().map_err(|it| it.into_error().into())
}

/// What a workbook of results is about.
pub struct Book<'a> {
    /// The words.
    pub say: Say<'a>,
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// The results; one a quarter.
    pub computed: &'a [std::sync::Arc<Computed>],
    /// The lines.
    pub lines: &'a [Line],
    /// The day of the latest fact.
    pub made_on: Date,
    /// Where the values come from, a sentence each.
    pub sources: Vec<String>,
}

/// The workbook of some lines: values with types, then definitions, then sources.
pub fn workbook(book: &Book<'_>) -> Workbook {
    let mut numbers: Vec<usize> = book.lines.iter().map(|it| it.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Workbook {
        language: book.say.language,
        title: book.say.t("analysis-book-title"),
        made_on: book.made_on,
        sources: book.sources.clone(),
        sheets: vec![
            values_sheet(book),
            definitions_sheet(&book.say, book.questionnaire, &numbers),
        ],
    }
}

fn values_sheet(book: &Book<'_>) -> Sheet {
    let say = &book.say;
    let most = book.lines.iter().filter_map(|it| book.questionnaire.indicators().get(it.number));
    let places = most.map(|it| u8::try_from(it.decimals).unwrap_or(4)).max().unwrap_or(1);
    let mut sheet = Sheet::new(say.t("analysis-book-values"));
    for (key, kind) in [
        ("analysis-col-code", Kind::Text),
        ("analysis-col-indicator", Kind::Text),
        ("analysis-col-place-code", Kind::Text),
        ("analysis-col-place", Kind::Text),
        ("analysis-col-period", Kind::Text),
        ("analysis-col-numerator", Kind::Number { places: 2 }),
        ("analysis-col-denominator", Kind::Number { places: 2 }),
        ("analysis-col-value", Kind::Number { places }),
        ("analysis-col-unit", Kind::Text),
        ("analysis-col-answered", Kind::Number { places: 0 }),
        ("analysis-col-expected", Kind::Number { places: 0 }),
        ("analysis-col-missing", Kind::Text),
        ("analysis-col-state", Kind::Text),
    ] {
        sheet = sheet.column(say.t(key), kind);
    }
    for line in book.lines {
        let Some(indicator) = book.questionnaire.indicators().get(line.number) else { continue };
        let Some(computed) = book.computed.iter().find(|it| it.quarter.to_string() == line.periode)
        else {
            continue;
        };
        let figure = line.figure;
        let missing = computed.missing(line.number, &line.unite_org);
        let names: Vec<&str> = missing.iter().map(|it| computed.land.name(it)).collect();
        let state = match (figure, line.provisoire) {
            (None, _) => say.t("analysis-state-withheld"),
            (_, true) => say.t("analysis-state-provisional"),
            (_, false) => say.t("analysis-state-published"),
        };
        let (answered, expected) = line.repondants.split_once('/').unwrap_or(("", ""));
        let count = |it: &str| it.parse::<i64>().ok();
        sheet.rows.push(vec![
            line.indicateur.as_str().into(),
            indicator.label.say(say.language).into(),
            line.unite_org.as_str().into(),
            computed.land.name(&line.unite_org).into(),
            line.periode.as_str().into(),
            figure.and_then(|it| it.numerator).map(|it| it.round_dp(4).normalize()).into(),
            figure.and_then(|it| it.denominator).map(|it| it.round_dp(4).normalize()).into(),
            match figure {
                Some(it) => match it.rounded(indicator) {
                    Some(value) => Cell::Number(value),
                    None => say.t("analysis-none").into(),
                },
                None => Cell::Empty,
            },
            say.unit(&indicator.unit).into(),
            count(answered).into(),
            count(expected).into(),
            names.join(", ").into(),
            state.into(),
        ]);
    }
    sheet
}

/// The definitions of indicators, one a row.
pub fn definitions_sheet(say: &Say<'_>, questionnaire: &Questionnaire, numbers: &[usize]) -> Sheet {
    let mut sheet = Sheet::new(say.t("analysis-book-definitions"));
    for key in [
        "analysis-col-code",
        "analysis-col-indicator",
        "analysis-definition-sector",
        "analysis-definition-formula",
        "analysis-definition-numerator",
        "analysis-definition-denominator",
        "analysis-col-unit",
        "analysis-definition-gathering",
        "analysis-definition-direction",
        "analysis-definition-rhythm",
        "analysis-definition-source",
        "analysis-definition-note",
    ] {
        sheet = sheet.column(say.t(key), Kind::Text);
    }
    for number in numbers {
        let Some(indicator) = questionnaire.indicators().get(*number) else { continue };
        let definition = define(say, questionnaire, indicator);
        let source = [definition.status, definition.reference].join(" ");
        sheet.rows.push(vec![
            indicator.code.as_str().into(),
            definition.name.into(),
            say.sector(&indicator.sector).into(),
            definition.formula.into(),
            definition.numerator.into(),
            definition.denominator.into(),
            say.unit(&indicator.unit).into(),
            definition.gathering.into(),
            definition.direction.into(),
            definition.rhythm.into(),
            source.trim().to_owned().into(),
            definition.note.into(),
        ]);
    }
    sheet
}
