//! Blocks that several sections share.

use documents::{Align, Block, Callout, Table, Text, Tone};

use crate::analysis::{
    Canvas, PAPER_MAP, Shown, figure_block, finding_of_map, map, map_blocks, side_by_side,
};

use super::material::{Material, Measure};
use crate::questionnaire::{Indicator, french};

/// More bars than this would fill a page.
const MOST_BARS: usize = 24;
/// More columns than this cannot be read on upright paper.
const MOST_COLUMNS: usize = 7;
/// More columns than this have no room for words in their heads.
const MOST_HEADS: usize = 6;

/// A paragraph.
pub(crate) fn paragraph(text: impl Into<Text>) -> Block {
    Block::Paragraph(text.into())
}

/// A remark set apart.
pub(crate) fn note(title: String, text: String) -> Block {
    Block::Callout(Callout { tone: Tone::Note, title, text: text.into() })
}

/// Something to act on.
pub(crate) fn attention(title: String, text: String) -> Block {
    Block::Callout(Callout { tone: Tone::Attention, title, text: text.into() })
}

/// Measures of the place, one a row: the quarter, the year so far, the quarter before, a year
/// before, how it moved, who answered.
pub(crate) fn measures(material: &Material<'_>, caption: String, codes: &[&str]) -> Table {
    let say = &material.say;
    let found: Vec<Measure<'_>> = codes.iter().filter_map(|it| material.measure(it)).collect();
    let flows = found.iter().any(|it| year(material, *it).is_some());
    let mut table = Table::new(caption)
        .column(say.t("report-col-measure"), Align::Start, 15)
        .column(say.language.short_quarter(material.quarter), Align::End, 6);
    if flows {
        let year = say.with("report-col-year", &[("year", material.quarter.year().to_string())]);
        table = table.column(year, Align::End, 6);
    }
    table = table
        .column(say.language.short_quarter(material.quarter.plus(-1)), Align::End, 6)
        .column(say.language.short_quarter(material.quarter.plus(-4)), Align::End, 6)
        .column(say.t("analysis-col-move"), Align::Center, 6)
        // Wide enough for its head in one word on a sheet of paper.
        .column(say.t("analysis-col-respondents"), Align::End, 7);
    let place = material.place();
    for it in found {
        let mut cells = vec![material.label(it), material.told(it, place, 0)];
        if flows {
            cells.push(year(material, it).unwrap_or_else(|| "–".to_owned()));
        }
        cells.extend([
            material.told(it, place, 1),
            material.told(it, place, 4),
            material.moved(it, place),
            material.answered(it, place),
        ]);
        table = table.row(cells);
    }
    table
}

/// The year so far of a flow, written; `None` for what is no flow.
pub(crate) fn year(material: &Material<'_>, measure: Measure<'_>) -> Option<String> {
    use crate::questionnaire::{Cells, OverTime, Rhythm};
    match measure {
        Measure::Element(number, element)
            if element.rhythm == Rhythm::Quarterly && element.over_time == OverTime::Sum =>
        {
            let cells = Cells::all(number, element);
            Some(material.say.number(material.year_to_date(material.place(), &cells)))
        }
        _ => None,
    }
}

/// Units by rows, measures by columns, the place at the foot.
pub(crate) fn units_by_measures(
    material: &Material<'_>,
    caption: String,
    codes: &[&str],
    units: &[&str],
) -> Table {
    let say = &material.say;
    let found: Vec<Measure<'_>> = codes.iter().filter_map(|it| material.measure(it)).collect();
    let level = units.first().and_then(|it| material.sight.computed.land.level(it));
    let word = level.map_or("commune", |it| it.word());
    let mut table =
        Table::new(caption).column(say.t(&format!("analysis-level-{word}")), Align::Start, 5);
    // Many heads leave no room for words: they stand under the table.
    let coded = MOST_HEADS < found.len();
    for it in &found {
        let head = if coded { it.code().to_owned() } else { short_label(material, *it) };
        table = table.column(head, Align::End, 3);
    }
    let row = |unit: &str| -> Vec<String> {
        let name = told_apart(material, unit, units);
        std::iter::once(name).chain(found.iter().map(|it| material.told(*it, unit, 0))).collect()
    };
    for unit in units {
        table = table.row(row(unit));
    }
    table = table.total(row(material.place()));
    if coded {
        let told: Vec<String> =
            found.iter().map(|it| format!("{}\u{a0}{}", it.code(), material.label(*it))).collect();
        table = table.note(format!("{}.", told.join("\u{202f}; ")));
    }
    table
}

/// Measures by rows and units by columns where there are few units; the other way round where
/// there are many.
pub(crate) fn measures_by_units(
    material: &Material<'_>,
    caption: &str,
    codes: &[&str],
    units: &[&str],
) -> Table {
    let say = &material.say;
    if MOST_COLUMNS - 2 < units.len() {
        return units_by_measures(material, caption.to_owned(), codes, units)
            .note(say.t("analysis-nd"));
    }
    let found: Vec<Measure<'_>> = codes.iter().filter_map(|it| material.measure(it)).collect();
    let mut table = Table::new(caption).column(say.t("report-col-measure"), Align::Start, 6);
    for unit in units {
        table = table.column(told_apart(material, unit, units), Align::End, 3);
    }
    table = table.column(material.name(), Align::End, 3);
    for it in &found {
        let mut cells = vec![material.label(*it)];
        cells.extend(units.iter().map(|unit| material.told(*it, unit, 0)));
        cells.push(material.told(*it, material.place(), 0));
        table = table.row(cells);
    }
    table.note(say.t("analysis-nd"))
}

/// The name of a unit; with its code where another of the same list bears the same name, as the
/// regions of before and after a reform do.
fn told_apart(material: &Material<'_>, unit: &str, units: &[&str]) -> String {
    let name = material.unit_name(unit);
    let twin = units.iter().any(|it| *it != unit && material.unit_name(it) == name);
    if twin { format!("{name} ({unit})") } else { name.to_owned() }
}

/// A name short enough for the head of a column, with its unit.
fn short_label(material: &Material<'_>, measure: Measure<'_>) -> String {
    match measure {
        Measure::Element(_, it) => {
            let unit = if it.unit.french == "FCFA" { "\u{a0}(FCFA)" } else { "" };
            format!("{}{unit}", it.short_label.say(material.say.language))
        }
        Measure::Indicator(..) => material.label(measure),
    }
}

/// The units side by side for one indicator: a map where they have outlines, bars otherwise.
pub(crate) fn picture(material: &Material<'_>, code: &str, units: &[&str]) -> Vec<Block> {
    let Some(Measure::Indicator(number, indicator)) = material.measure(code) else {
        return Vec::new();
    };
    let (say, land) = (&material.say, &material.sight.computed.land);
    let shown = shown(material, number, units);
    if shown.iter().filter(|it| it.value.is_some()).count() < 2 {
        return Vec::new();
    }
    let place = material.place();
    let canvas = Canvas { width: PAPER_MAP, ..material.canvas };
    if let Some(found) = map(say, canvas, indicator, land, place, &shown, &|_| None) {
        return map_blocks(say, indicator, found);
    }
    bars_block(material, number, indicator, &shown)
}

/// The units side by side for one indicator as bars, whether or not they have outlines.
pub(crate) fn bars_of(material: &Material<'_>, code: &str, units: &[&str]) -> Vec<Block> {
    let Some(Measure::Indicator(number, indicator)) = material.measure(code) else {
        return Vec::new();
    };
    let shown = shown(material, number, units);
    if shown.iter().filter(|it| it.value.is_some()).count() < 2 {
        return Vec::new();
    }
    bars_block(material, number, indicator, &shown)
}

fn shown(material: &Material<'_>, number: usize, units: &[&str]) -> Vec<Shown> {
    let one = |unit: &&str| Shown {
        code: (*unit).to_owned(),
        name: told_apart(material, unit, units),
        value: material.sight.value(number, unit),
        incomplete: material.sight.figure(number, unit).is_some_and(|it| it.incomplete()),
    };
    units.iter().map(one).collect()
}

fn bars_block(
    material: &Material<'_>,
    number: usize,
    indicator: &Indicator,
    shown: &[Shown],
) -> Vec<Block> {
    let say = &material.say;
    if MOST_BARS < shown.len() {
        return Vec::new();
    }
    let land = &material.sight.computed.land;
    let level = shown.first().and_then(|it| land.level(&it.code)).map_or("commune", |it| it.word());
    let values: Vec<_> = shown.iter().filter_map(|it| it.value).collect();
    let finding = finding_of_map(say, indicator, level, &values);
    let picture = side_by_side(say, material.canvas, indicator, finding, shown);
    let mut twin = Table::new(material.label(Measure::Indicator(number, indicator)))
        .column(say.t("analysis-col-place"), Align::Start, 2)
        .column(say.t("analysis-col-value"), Align::End, 1);
    for it in shown {
        twin = twin.row([it.name.clone(), say.bare(indicator, it.value)]);
    }
    vec![figure_block(indicator, say, picture, Some(twin))]
}

/// A long text, one paragraph a line.
pub(crate) fn paragraphs(text: &str) -> Vec<Block> {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(paragraph).collect()
}

/// The recommendations made before with what became of them, then those of this quarter; three
/// empty lines to be filled in by pen in session if there is none yet.
pub(crate) fn recommendations(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let head = |caption: &str| {
        Table::new(say.t(caption))
            .column(say.t("recommend-text"), Align::Start, 7)
            .column(say.t("report-col-responsible"), Align::Start, 3)
            .column(say.t("report-col-due"), Align::Start, 3)
            .column(say.t("recommend-state-head"), Align::Start, 4)
    };
    let (mut before, mut now) = (head("report-recommend-before"), head("report-recommend-now"));
    let here = material.quarter.to_string();
    for it in &material.recommendations {
        let state = say.t(&format!("recommend-state-{}", it.state().word()));
        let mut told = Text::default().bold(state);
        if let Some(step) = it.steps.last() {
            let note = if step.note.is_empty() {
                String::new()
            } else {
                format!(" – {}", french(&step.note))
            };
            told = told.plain(format!(" ({}){note}", say.language.short_date(step.day)));
        }
        let row = [
            Text::from(french(&it.made.text)),
            Text::from(french(&it.made.owner)),
            Text::from(say.language.short_date(it.made.due)),
            told,
        ];
        if it.made.quarter == here {
            now = now.row(row);
        } else {
            before = before.row(row);
        }
    }
    let mut blocks = Vec::new();
    if before.rows.is_empty() {
        blocks.push(paragraph(say.t("report-recommend-none")));
    } else {
        blocks.push(Block::Table(before));
    }
    for _ in now.rows.len()..3 {
        now = now.row(["\u{a0}", "", "", ""]);
    }
    blocks.push(Block::Table(now));
    blocks
}
